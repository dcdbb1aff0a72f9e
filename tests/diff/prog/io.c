// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/io.c. */
#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <sys/uio.h>
#include <time.h>

#include "calls.h"

#define HALVES(x)	((x) & 0xffffffff), ((unsigned long)(x) >> 32)

static int fd, other, p[2], q[2];
static char content[5000];

static void write_calls(void)
{
	char buf[4096];

	memset(buf, 'z', sizeof(buf));
	call(write, fd, "short", 5);
	call(write, fd, "\0\1\2\33\37 !\"\\\177\200\377\n\r\t\v\f\a7", 20);
	call(write, fd, "digits after octal\0" "01\1" "8\1" "7", 24);
	call(write, fd, buf, 31);
	call(write, fd, buf, 32);
	call(write, fd, buf, 33);
	call(write, fd, buf, sizeof(buf));
	call(write, fd, "", 0);
	call(write, fd, NULL, 0);
	call(write, fd, NULL, 10);
	call(write, fd, BAD, 10);
	call(write, NO_FD, "never written", 13);
	call(write, NO_FD, "huge", -1);
	call(write, fd, string_at_edge("edge"), 5);
	call(write, fd, string_at_edge("edge"), 500);
}

static void read_calls(void)
{
	char buf[4096];

	call(lseek, fd, 0, SEEK_SET);
	call(read, fd, buf, 5);
	call(read, fd, buf, 20);
	call(read, fd, buf, 100);
	call(read, fd, buf, sizeof(buf));
	call(read, fd, buf, sizeof(buf));
	call(read, fd, buf, 0);
	call(read, fd, NULL, 0);
	call(read, NO_FD, buf, 10);
	lseek(fd, 0, SEEK_SET);
	call(read, fd, NULL, 10);
	call(read, fd, BAD, 10);
	call(read, fd, room_at_edge(10), 10);
	call(read, fd, room_at_edge(10), 100);
}

static void pread64_calls(void)
{
	char buf[4096];

	call(pread64, fd, buf, 10, 2);
	call(pread64, fd, buf, 10, 1L << 40);
	call(pread64, fd, buf, 10, -1);
	call(pread64, fd, NULL, 10, 0);
	call(pwrite64, fd, "0123456789", 10, 100);
	call(pwrite64, NO_FD, "0123456789", 10, 1L << 33);
	call(pwrite64, fd, BAD, 10, -5);
}

static void writev_calls(void)
{
	struct iovec out[4] = { { "one", 3 }, { "", 0 }, { NULL, 0 }, { "three\n", 6 } };
	struct iovec bad[3] = { { "good", 4 }, { BAD, 100 }, { "never", 5 } };
	static struct iovec many[1024];
	unsigned int i;

	for (i = 0; i < 1024; i++)
		many[i] = (struct iovec) { &"abcdefghijklmnopqrstuvwxyz"[i % 26], 1 };
	lseek(fd, 0, SEEK_SET);
	call(writev, fd, out, 4);
	call(writev, fd, out, 1);
	call(writev, fd, out, 0);
	call(writev, fd, NULL, 3);
	call(writev, fd, BAD, 3);
	call(writev, fd, bad, 3);
	call(writev, fd, many, 1024);
	call(writev, fd, many, 1025);
	call(writev, fd, many, -1);
	call(writev, NO_FD, out, 4);
	call(writev, fd, at_edge(out, sizeof(out)), 4);
	call(writev, fd, at_edge(out, sizeof(out)), 5);
}

static void readv_calls(void)
{
	static char a[4], b[40], c[100];
	struct iovec in[4] = { { a, 4 }, { b, 40 }, { NULL, 0 }, { c, 100 } };
	struct iovec bad[3] = { { "good", 4 }, { BAD, 100 }, { "never", 5 } };

	lseek(fd, 0, SEEK_SET);
	call(readv, fd, in, 4);
	lseek(fd, -50, SEEK_END);
	call(readv, fd, in, 4);
	call(readv, fd, in, 4);
	lseek(fd, 0, SEEK_SET);
	call(readv, fd, in, 2);
	call(readv, fd, bad + 1, 1);
	call(readv, fd, in, 0);
	call(readv, fd, NULL, 1);
	call(readv, NO_FD, in, 4);
}

static void preadv_calls(void)
{
	static char a[4], b[40], c[100];
	struct iovec in[4] = { { a, 4 }, { b, 40 }, { NULL, 0 }, { c, 100 } };
	struct iovec out[4] = { { "one", 3 }, { "", 0 }, { NULL, 0 }, { "three\n", 6 } };

	call(preadv, fd, in, 4, HALVES(3L));
	call(preadv, fd, in, 2, HALVES(1L << 34));
	call(preadv, fd, NULL, 2, HALVES(-1L));
	call(pwritev, fd, out, 4, HALVES(10L));
	call(pwritev, NO_FD, out, 2, HALVES(1L << 34));
	call(pwritev, fd, BAD, 2, HALVES(0L));
}

static void preadv2_calls(void)
{
	static char a[4], b[40], c[100];
	struct iovec in[4] = { { a, 4 }, { b, 40 }, { NULL, 0 }, { c, 100 } };
	struct iovec out[4] = { { "one", 3 }, { "", 0 }, { NULL, 0 }, { "three\n", 6 } };

	call(preadv2, fd, in, 4, HALVES(0L), RWF_HIPRI);
	call(preadv2, fd, in, 2, HALVES(-1L), RWF_NOWAIT);
	call(preadv2, fd, in, 2, HALVES(0L), 0x1000);
	call(pwritev2, fd, out, 4, HALVES(0L), RWF_DSYNC | RWF_SYNC);
	call(pwritev2, fd, out, 1, HALVES(-1L), RWF_APPEND);
	call(pwritev2, NO_FD, out, 1, HALVES(7L), 0xff00);
}

static void sendfile_calls(void)
{
	loff_t from = 1;

	lseek(fd, 0, SEEK_SET);
	call(sendfile, other, fd, NULL, 100);
	call(sendfile, other, fd, &from, 100);
	call(sendfile, other, fd, BAD, 100);
	call(sendfile, NO_FD, fd, &from, -1);
}

static void splice_calls(void)
{
	loff_t from = 1, to = 2;

	call(splice, fd, &from, p[1], NULL, 100, SPLICE_F_MOVE);
	call(splice, p[0], NULL, other, &to, 50, SPLICE_F_MORE | SPLICE_F_NONBLOCK);
	call(splice, p[0], &from, other, NULL, 50, 0);
	call(splice, NO_FD, BAD, p[0], BAD, 10, 0xf0);
}

static void tee_calls(void)
{
	write(p[1], "to be seen twice", 16);
	call(tee, p[0], q[1], 20, SPLICE_F_NONBLOCK);
	call(tee, fd, NO_FD, 20, 0x80);
}

static void vmsplice_calls(void)
{
	struct iovec iov[2] = { { "first", 5 }, { "second", 6 } };

	call(vmsplice, q[1], iov, 2, SPLICE_F_NONBLOCK);
	call(vmsplice, q[1], iov, 2, SPLICE_F_GIFT);
	call(vmsplice, q[1], NULL, 2, 0);
	call(vmsplice, NO_FD, BAD, 1, 0x100);
}

static void copy_file_range_calls(void)
{
	loff_t from = 0, to = 10;

	call(copy_file_range, fd, &from, other, &to, 100, 0);
	call(copy_file_range, fd, NULL, other, NULL, 0, 0);
	call(copy_file_range, NO_FD, BAD, other, NULL, 10, 1);
}

static void asynchronous(void)
{
	static char buf[64];
	struct iovec iov[2] = { { buf, 10 }, { buf + 10, 20 } };
	struct iocb read_cb = { .aio_data = 0x11, .aio_lio_opcode = IOCB_CMD_PREAD, .aio_fildes = fd,
				.aio_buf = (uintptr_t)buf, .aio_nbytes = 32, .aio_offset = 5 };
	struct iocb write_cb = { .aio_data = 0x22, .aio_key = 7, .aio_lio_opcode = IOCB_CMD_PWRITE,
				 .aio_reqprio = 3, .aio_fildes = fd, .aio_buf = (uintptr_t)"written", .aio_nbytes = 7 };
	struct iocb vector_cb = { .aio_data = 0x33, .aio_lio_opcode = IOCB_CMD_PREADV, .aio_fildes = fd,
				  .aio_buf = (uintptr_t)iov, .aio_nbytes = 2 };
	struct iocb sync_cb = { .aio_lio_opcode = IOCB_CMD_FSYNC, .aio_fildes = NO_FD, .aio_flags = IOCB_FLAG_RESFD,
				.aio_resfd = NO_FD };
	struct iocb odd_cb = { .aio_lio_opcode = 99, .aio_fildes = -1, .aio_flags = 0xfffffffe };
	struct iocb *cbs[] = { &read_cb, &write_cb, &vector_cb };
	struct iocb *sync_only[] = { &sync_cb };
	struct iocb *odd[] = { &odd_cb, NULL, BAD };
	struct io_event events[8];
	struct timespec second = { 1, 5 }, none = { 0, 0 };
	sigset_t set;
	struct { void *set; size_t bytes; } with = { &set, 8 };
	aio_context_t ctx = 0;

	memset(&set, 0, sizeof(set));
	sigaddset(&set, SIGUSR1);
	call(io_setup, 0, &ctx);
	call(io_setup, 4, NULL);
	call(io_setup, 4, BAD);
	call(io_setup, 4, &ctx);
	call(io_submit, ctx, 3, cbs);
	call(io_getevents, ctx, 3, 8, events, &second);
	call(io_submit, ctx, 1, sync_only);
	call(io_submit, ctx, 3, odd);
	call(io_submit, ctx, 0, cbs);
	call(io_submit, ctx, -1, cbs);
	call(io_submit, ctx, 2, NULL);
	call(io_submit, ctx, 2, BAD);
	call(io_getevents, ctx, 0, 8, events, &none);
	call(io_getevents, ctx, 1, 0, NULL, NULL);
	call(io_getevents, ctx, 5, 2, BAD, BAD);
#ifdef SYS_io_pgetevents
	call(io_pgetevents, ctx, 0, 8, events, &none, &with);
	call(io_pgetevents, ctx, 0, 8, events, &none, NULL);
	with.bytes = 3;
	call(io_pgetevents, ctx, 0, 8, events, &none, &with);
	call(io_pgetevents, ctx, 0, 8, events, &none, BAD);
#endif
	call(io_cancel, ctx, &read_cb, events);
	call(io_cancel, ctx, NULL, NULL);
	call(io_cancel, 0, BAD, BAD);
	call(io_destroy, ctx);
	call(io_destroy, 0x123456789UL);
}

static void io_uring_setup_calls(void)
{
	struct io_uring_params params = { .flags = IORING_SETUP_CQSIZE, .cq_entries = 16 };
	int ring;

	ring = call(io_uring_setup, 4, &params);
	call(io_uring_setup, 0, &params);
	call(io_uring_setup, 4, NULL);
	call(io_uring_setup, 4, BAD);
	params.flags = 0xffffffff;
	call(io_uring_setup, 4, &params);
	params = (struct io_uring_params) { .flags = IORING_SETUP_SQPOLL | IORING_SETUP_SQ_AFF | IORING_SETUP_ATTACH_WQ,
					    .sq_thread_cpu = 1, .sq_thread_idle = 100, .wq_fd = NO_FD };
	call(io_uring_setup, 4, &params);
	if (ring >= 0)
		close(ring);
}

static void io_uring_enter_calls(void)
{
	struct io_uring_params params = { 0 };
	int ring = call(io_uring_setup, 4, &params);

	call(io_uring_enter, ring, 0, 0, 0, NULL, 8);
	call(io_uring_enter, ring, 0, 0, IORING_ENTER_GETEVENTS, NULL, 0);
	call(io_uring_enter, NO_FD, 1, 2, IORING_ENTER_SQ_WAKEUP | 0x100, BAD, 8);
	if (ring >= 0)
		close(ring);
}

static void io_uring_register_calls(void)
{
	struct io_uring_params params = { .flags = IORING_SETUP_CQSIZE, .cq_entries = 16 };
	struct iovec iov[2] = { { &params, sizeof(params) }, { NULL, 0 } };
	int32_t fds[3] = { fd, -1, NO_FD };
	int ring = call(io_uring_setup, 4, &params);

	call(io_uring_register, ring, IORING_REGISTER_BUFFERS, iov, 1);
	call(io_uring_register, ring, IORING_UNREGISTER_BUFFERS, NULL, 0);
	call(io_uring_register, ring, IORING_REGISTER_FILES, fds, 2);
	call(io_uring_register, ring, IORING_UNREGISTER_FILES, NULL, 0);
	call(io_uring_register, ring, IORING_REGISTER_EVENTFD, fds + 2, 1);
	call(io_uring_register, ring, IORING_REGISTER_BUFFERS, BAD, 2);
	call(io_uring_register, NO_FD, 999, NULL, -1);
	if (ring >= 0)
		close(ring);
}

static void make_files(void)
{
	memset(content, 'z', sizeof(content));
	memcpy(content, "short\0\1\2\33\37 !\"\\\177\200\377\n\r\t\v\f\a7digits after octal\0" "01\1" "8\1" "7", 49);
	fd = open("a", O_RDWR | O_CREAT | O_TRUNC, 0644);
	other = open("b", O_RDWR | O_CREAT | O_TRUNC, 0644);
	if (pipe(p) || pipe(q))
		exit(1);
	pwrite(fd, content, sizeof(content), 0);
}

static void remove_files(void)
{
	close(p[0]);
	close(p[1]);
	close(q[0]);
	close(q[1]);
	close(fd);
	close(other);
	unlink("a");
	unlink("b");
}

static const struct family families[] = {
	{ "write", write_calls },
	{ "read", read_calls },
	{ "pread64", pread64_calls },
	{ "writev", writev_calls },
	{ "readv", readv_calls },
	{ "preadv", preadv_calls },
	{ "preadv2", preadv2_calls },
	{ "sendfile", sendfile_calls },
	{ "splice", splice_calls },
	{ "tee", tee_calls },
	{ "vmsplice", vmsplice_calls },
	{ "copy_file_range", copy_file_range_calls },
	{ "aio", asynchronous },
	{ "io_uring_setup", io_uring_setup_calls },
	{ "io_uring_enter", io_uring_enter_calls },
	{ "io_uring_register", io_uring_register_calls },
};

PROGRAM(make_files, remove_files)
