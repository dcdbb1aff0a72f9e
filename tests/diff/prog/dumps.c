// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls whose data are shown below their lines: one buffer, vectors of them, messages. */
#include <sys/socket.h>
#include <sys/uio.h>

#include "calls.h"

#define MESSAGE(v, n)	{ .msg_iov = v, .msg_iovlen = n }

static char in[4][12];
static struct iovec room[] = { { in[0], 12 }, { in[1], 12 }, { in[2], 12 }, { in[3], 12 } };
static struct iovec data[] = { { "hello", 5 }, { "the quick\tbrown fox jumps", 25 }, { "\0\377", 2 } };
static struct iovec gap[] = { { "hello", 5 }, { NULL, 0 }, { "fox", 3 } };
static struct iovec hole[] = { { "hello", 5 }, { BAD, 4 }, { "fox", 3 } };
static struct iovec many[40];

static void buffers(int from, int to)
{
	write(to, "12345678901234567", 17);
	read(from, in[0], 12);
	read(from, in[0], 12);
	read(from, in[0], 12);
	write(to, "", 0);
	write(NO_FD, "hello", 5);
	write(from, "hello", 5);
	write(to, BAD, 5);
	pwrite(to, "hello", 5, 0);
}

static void vectors(int from, int to)
{
	unsigned int i;

	writev(to, data, 3);
	readv(from, room, 4);
	readv(from, room, 4);
	writev(to, gap, 3);
	readv(from, room, 1);
	writev(NO_FD, data, 3);
	writev(to, hole, 3);
	writev(to, BAD, 3);
	writev(to, data, 0);
	vmsplice(to, data, 1, 0);
	for (i = 0; i < 40; i++)
		many[i] = (struct iovec) { in[i % 4], i % 7 + 1 };
	writev(to, many, 40);
	readv(from, many, 40);
	readv(from, many, 40);
	syscall(SYS_process_vm_readv, getpid(), room, 1, data, 1, 0);
}

static void files(int fd)
{
	pwritev(fd, data, 3, 0);
	preadv(fd, room, 4, 1);
	preadv(fd, room, 4, 1000);
	pwritev2(fd, data, 2, 3, 0);
	preadv2(fd, room, 3, 1, 0);
}

static void messages(int a, int b)
{
	struct mmsghdr out[] = { { .msg_hdr = MESSAGE(data, 3) }, { .msg_hdr = MESSAGE(gap, 1) }, { .msg_hdr = MESSAGE(NULL, 0) } };
	struct mmsghdr got[] = { { .msg_hdr = MESSAGE(room, 2) }, { .msg_hdr = MESSAGE(room + 2, 1) },
				 { .msg_hdr = MESSAGE(room + 3, 1) } };
	struct msghdr one = MESSAGE(data, 3), to = MESSAGE(room, 4), none = MESSAGE(NULL, 0), holed = MESSAGE(hole, 3);

	sendto(a, "hello", 5, 0, NULL, 0);
	recvfrom(b, in[0], 12, 0, NULL, NULL);
	recvfrom(b, in[0], 12, 0, NULL, NULL);
	sendmsg(a, &one, 0);
	recvmsg(b, &to, 0);
	recvmsg(b, &to, 0);
	sendmsg(a, &none, 0);
	recvmsg(b, &to, 0);
	sendmsg(a, &holed, 0);
	sendmsg(NO_FD, &one, 0);
	sendmsg(a, BAD, 0);
	sendmmsg(a, out, 3, 0);
	recvmmsg(b, got, 3, 0, NULL);
	recvmmsg(b, got, 3, 0, NULL);
	sendmmsg(a, out, 0, 0);
}

static void with_pipe(void (*make)(int from, int to))
{
	int pipes[2];

	pipe2(pipes, O_NONBLOCK);
	make(pipes[0], pipes[1]);
	close(pipes[0]);
	close(pipes[1]);
}

static void of_buffers(void)
{
	with_pipe(buffers);
}

static void of_vectors(void)
{
	with_pipe(vectors);
}

static void of_files(void)
{
	int fd = open("file", O_RDWR | O_CREAT, 0600);

	files(fd);
	close(fd);
	unlink("file");
}

static void of_messages(void)
{
	int pair[2];

	socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, pair);
	messages(pair[0], pair[1]);
	close(pair[0]);
	close(pair[1]);
}

static const struct family families[] = {
	{ "buffers", of_buffers, "-d" },
	{ "vectors", of_vectors, "-d" },
	{ "files", of_files, "-d" },
	{ "messages", of_messages, "-d" },
};

PROGRAM(NULL, NULL)
