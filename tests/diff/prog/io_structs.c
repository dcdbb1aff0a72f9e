// SPDX-License-Identifier: GPL-2.0-or-later
/* Requests that lie in memory: those of aio by their operations, those of io_uring_register by theirs. */
#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <poll.h>
#include <signal.h>
#include <sys/uio.h>
#include <time.h>

#include "calls.h"

static void requests(void)
{
	static char buf[64], text[] = "a text that is somewhat longer than thirty-two bytes";
	struct iovec iov[3] = { { buf, 10 }, { text, 20 }, { NULL, 0 } };
	struct iocb cbs[] = {
		{ .aio_lio_opcode = IOCB_CMD_PREAD, .aio_fildes = 1, .aio_buf = (uintptr_t)buf, .aio_nbytes = 64,
		  .aio_offset = -1, .aio_flags = IOCB_FLAG_RESFD, .aio_resfd = NO_FD, .aio_rw_flags = RWF_HIPRI },
		{ .aio_lio_opcode = IOCB_CMD_PWRITE, .aio_fildes = 1, .aio_buf = (uintptr_t)text, .aio_nbytes = 52,
		  .aio_data = -1, .aio_key = -1, .aio_reqprio = -2, .aio_flags = 3, .aio_rw_flags = 0xfe1f },
		{ .aio_lio_opcode = IOCB_CMD_PWRITE, .aio_fildes = 1, .aio_buf = (uintptr_t)BAD, .aio_nbytes = 52 },
		{ .aio_lio_opcode = IOCB_CMD_PWRITE, .aio_fildes = 1, .aio_buf = 0, .aio_nbytes = 0 },
		{ .aio_lio_opcode = IOCB_CMD_PREADV, .aio_fildes = 1, .aio_buf = (uintptr_t)iov, .aio_nbytes = 3 },
		{ .aio_lio_opcode = IOCB_CMD_PREADV, .aio_fildes = 1, .aio_buf = (uintptr_t)BAD, .aio_nbytes = 3 },
		{ .aio_lio_opcode = IOCB_CMD_FSYNC, .aio_fildes = 1, .aio_buf = 7, .aio_nbytes = 8 },
		{ .aio_lio_opcode = IOCB_CMD_FDSYNC, .aio_fildes = -1, .aio_rw_flags = RWF_NOWAIT },
		{ .aio_lio_opcode = IOCB_CMD_POLL, .aio_fildes = 1, .aio_buf = POLLIN | POLLHUP, .aio_offset = 5 },
		{ .aio_lio_opcode = IOCB_CMD_POLL, .aio_fildes = 1, .aio_buf = 0x12345, .aio_nbytes = 4,
		  .aio_flags = IOCB_FLAG_IOPRIO, .aio_reqprio = 2 << 13 | 4 },
		{ .aio_lio_opcode = IOCB_CMD_NOOP, .aio_fildes = 1 },
		{ .aio_lio_opcode = 4, .aio_fildes = 1, .aio_buf = 1 },
	};
	struct iocb *list[sizeof(cbs) / sizeof(*cbs)], *many[40], *odd[] = { NULL, BAD };
	aio_context_t ctx = 0;
	unsigned int i;

	call(io_setup, 4, &ctx);
	for (i = 0; i < sizeof(cbs) / sizeof(*cbs); i++) {
		list[i] = &cbs[i];
		call(io_submit, 0, 1, &list[i]);
		call(io_cancel, 0, &cbs[i], NULL);
	}
	for (i = 0; i < 40; i++)
		many[i] = &cbs[6];
	call(io_submit, 0, 12, list);
	call(io_submit, 0, 40, many);
	call(io_submit, 0, 2, odd);
	call(io_submit, 0, 4, at_edge(list, 16));
	call(io_submit, 0, 1, odd + 1);
	list[0] = at_edge(&cbs[0], 48);
	call(io_submit, 0, 1, list);
	call(io_cancel, ctx, at_edge(&cbs[0], 48), NULL);
	call(io_destroy, ctx);
}

static int ring;

static void open_ring(void)
{
	struct io_uring_params params = { 0 };

	ring = call(io_uring_setup, 4, &params);
}

static void close_ring(void)
{
	close(ring);
}

static void enter(void)
{
	sigset_t set;

	memset(&set, 0, sizeof(set));
	sigaddset(&set, SIGUSR1);
	call(io_uring_enter, ring, 0, 0, IORING_ENTER_GETEVENTS, &set, 8);
	call(io_uring_enter, ring, 0, 0, 0xffffff00, &set, 4);
}

static void registrations(void)
{
	static uint32_t room[2048];
	static uint64_t tags[2] = { 7, 0xffffffffffff };
	static char buf[4096];
	struct iovec iov[2] = { { buf, sizeof(buf) }, { NULL, 7 } };
	int32_t fds[4] = { 1, -1, NO_FD, -2 };
	struct io_uring_files_update files = { .offset = 1, .fds = (uintptr_t)fds };
	struct io_uring_rsrc_register buffers = { .nr = 2, .data = (uintptr_t)iov, .tags = (uintptr_t)tags };
	struct io_uring_rsrc_update2 update = { .offset = 3, .data = (uintptr_t)fds, .tags = (uintptr_t)tags, .nr = 2 };
	struct io_uring_restriction restrictions[] = {
		{ .opcode = IORING_RESTRICTION_REGISTER_OP, .register_op = IORING_REGISTER_PROBE },
		{ .opcode = IORING_RESTRICTION_SQE_OP, .sqe_op = IORING_OP_WRITEV },
		{ .opcode = IORING_RESTRICTION_SQE_FLAGS_ALLOWED, .sqe_flags = IOSQE_FIXED_FILE | IOSQE_ASYNC },
		{ .opcode = IORING_RESTRICTION_SQE_FLAGS_REQUIRED, .sqe_flags = 0 },
		{ .opcode = 99, .register_op = 5, .resv = 7 },
	};
	static const unsigned char masks[128] = { 5 };
	unsigned int workers[2] = { 4, 5 };
	struct io_uring_rsrc_update rings[] = { { .offset = 1, .data = 5 }, { .offset = -1 } };
	struct io_uring_buf_reg bufs = { .ring_addr = (uintptr_t)buf, .ring_entries = 8, .bgid = 9 };
	unsigned int op;

	memset(room, 0, sizeof(room));
	call(io_uring_register, ring, IORING_REGISTER_BUFFERS, iov, 2);
	call(io_uring_register, ring, IORING_REGISTER_FILES, fds, 4);
	call(io_uring_register, ring, IORING_REGISTER_FILES, at_edge(fds, 8), 4);
	call(io_uring_register, ring, IORING_REGISTER_EVENTFD, fds, 1);
	call(io_uring_register, ring, IORING_REGISTER_EVENTFD_ASYNC, fds, 2);
	call(io_uring_register, ring, IORING_REGISTER_EVENTFD, NULL, 1);
	call(io_uring_register, ring, IORING_UNREGISTER_EVENTFD, NULL, 0);
	call(io_uring_register, ring, IORING_UNREGISTER_EVENTFD, fds, 7);
	call(io_uring_register, ring, IORING_REGISTER_FILES_UPDATE, &files, 2);
	files.resv = 9;
	call(io_uring_register, ring, IORING_REGISTER_FILES_UPDATE, &files, 4);
	files.fds = 0;
	call(io_uring_register, ring, IORING_REGISTER_FILES_UPDATE, &files, 1);
	call(io_uring_register, ring, IORING_REGISTER_FILES_UPDATE, BAD, 2);
	call(io_uring_register, ring, IORING_REGISTER_PROBE, room, 4);
	room[0] = 1;
	call(io_uring_register, ring, IORING_REGISTER_PROBE, room, 4);
	memset(room, 0, sizeof(room));
	call(io_uring_register, ring, IORING_REGISTER_PROBE, room, 40);
	memset(room, 0, sizeof(room));
	call(io_uring_register, ring, IORING_REGISTER_PROBE, room, 0);
	call(io_uring_register, ring, IORING_REGISTER_PROBE, NULL, 4);
	call(io_uring_register, ring, IORING_REGISTER_PROBE, BAD, 4);
	call(io_uring_register, ring, IORING_REGISTER_PERSONALITY, NULL, 0);
	call(io_uring_register, ring, IORING_UNREGISTER_PERSONALITY, NULL, 1);
	call(io_uring_register, ring, IORING_REGISTER_RESTRICTIONS, restrictions, 5);
	call(io_uring_register, ring, IORING_REGISTER_RESTRICTIONS, NULL, 5);
	call(io_uring_register, ring, IORING_REGISTER_ENABLE_RINGS, NULL, 0);
	memset(room, 0, sizeof(room));
	call(io_uring_register, ring, IORING_REGISTER_BUFFERS2, &buffers, sizeof(buffers));
	call(io_uring_register, ring, IORING_REGISTER_BUFFERS2, &buffers, 8);
	buffers.data = (uintptr_t)fds;
	buffers.flags = 1;
	call(io_uring_register, ring, IORING_REGISTER_FILES2, &buffers, sizeof(buffers));
	buffers.resv2 = 4;
	call(io_uring_register, ring, IORING_REGISTER_FILES2, &buffers, sizeof(buffers));
	call(io_uring_register, ring, IORING_REGISTER_FILES_UPDATE2, &update, sizeof(update));
	update.resv = update.resv2 = 6;
	call(io_uring_register, ring, IORING_REGISTER_FILES_UPDATE2, &update, sizeof(update));
	update.data = (uintptr_t)iov;
	call(io_uring_register, ring, IORING_REGISTER_BUFFERS_UPDATE, &update, sizeof(update));
	call(io_uring_register, ring, IORING_REGISTER_BUFFERS_UPDATE, &update, 5);
	call(io_uring_register, ring, IORING_REGISTER_IOWQ_AFF, masks, 2);
	call(io_uring_register, ring, IORING_REGISTER_IOWQ_AFF, masks, 128);
	call(io_uring_register, ring, IORING_UNREGISTER_IOWQ_AFF, NULL, 0);
	call(io_uring_register, ring, IORING_REGISTER_IOWQ_MAX_WORKERS, workers, 2);
	call(io_uring_register, ring, IORING_REGISTER_IOWQ_MAX_WORKERS, BAD, 2);
	call(io_uring_register, ring, IORING_REGISTER_RING_FDS, rings, 2);
	rings[1].resv = 5;
	call(io_uring_register, ring, IORING_REGISTER_RING_FDS, rings, 2);
	call(io_uring_register, ring, IORING_UNREGISTER_RING_FDS, rings, 2);
	rings[0] = (struct io_uring_rsrc_update) { .offset = -1, .data = ring };
	call(io_uring_register, ring, IORING_REGISTER_RING_FDS, rings, 1);
	call(io_uring_register, ring, IORING_UNREGISTER_RING_FDS, rings, 1);
	call(io_uring_register, ring, IORING_REGISTER_PBUF_RING, &bufs, 1);
	bufs.pad = 1;
	bufs.resv[1] = 2;
	call(io_uring_register, ring, IORING_REGISTER_PBUF_RING, &bufs, 1);
	call(io_uring_register, ring, IORING_REGISTER_PBUF_RING, &bufs, 2);
	call(io_uring_register, ring, IORING_UNREGISTER_PBUF_RING, &bufs, 1);
	for (op = 38; op < 40; op++)
		call(io_uring_register, NO_FD, op, BAD, 1);
}

static void uring_setup(void)
{
	struct io_uring_params params = { .flags = 0x800000, .resv = { 1, 2, 3 }, .sq_thread_cpu = 5 };

	call(io_uring_setup, 4, &params);
	call(io_uring_setup, 4, at_edge(&params, sizeof(params)));
	call(io_uring_setup, 4, edge() - 8);
}

static const struct family families[] = {
	{ "io_submit", requests },
	{ "io_uring_setup", uring_setup },
	{ "io_uring_enter", enter },
	{ "io_uring_register", registrations },
};

PROGRAM(open_ring, close_ring)
