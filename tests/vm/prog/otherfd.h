/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What else takes a descriptor, done to one of /dev/sctrace. */
#ifndef PROG_OTHERFD_H
#define PROG_OTHERFD_H

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include <uapi/sctrace.h>

#include "random.h"

/* The program's: says that something does not hold. */
__attribute__((format(printf, 1, 2)))
static void wrong(const char *format, ...);

/* It is no stream of bytes: nothing comes from it or goes to it. */
static void no_bytes(const char *what, ssize_t ret)
{
	if (ret > 0)
		wrong("%s: %zd bytes", what, ret);
}

static void other_calls(int fd, const void *ring)
{
	static const int commands[] = { F_DUPFD, F_GETFL, F_SETLEASE, F_NOTIFY, F_SETPIPE_SZ, F_ADD_SEALS, F_SETOWN, F_SETSIG,
					F_SETFL, F_GETLK, F_SETLK };
	struct epoll_event event = { .events = EPOLLIN | EPOLLET };
	struct pollfd p = { fd, POLLIN, 0 };
	char bytes[64] = { 0 };
	int pipes[2], epoll, n;

	if (pipe2(pipes, O_NONBLOCK))
		return;
	no_bytes("read", read(fd, bytes, sizeof(bytes)));
	no_bytes("write", write(fd, bytes, sizeof(bytes)));
	no_bytes("pread", pread(fd, bytes, sizeof(bytes), any()));
	no_bytes("splice from it", splice(fd, NULL, pipes[1], NULL, 4096, SPLICE_F_NONBLOCK));
	write(pipes[1], bytes, sizeof(bytes));
	no_bytes("splice to it", splice(pipes[0], NULL, fd, NULL, 4096, SPLICE_F_NONBLOCK));
	no_bytes("sendfile", sendfile(pipes[1], fd, NULL, 4096));
	no_bytes("copy_file_range", copy_file_range(fd, NULL, pipes[1], NULL, 4096, 0));
	/* Its pages are not pinned: vmsplice() would give away what others write. */
	no_bytes("vmsplice of a ring",
		 ring ? vmsplice(pipes[1], &(struct iovec) { (void *)ring, 4096 }, 1, SPLICE_F_NONBLOCK) : 0);
	lseek(fd, any(), below(5));
	ftruncate(fd, below(100000));
	fallocate(fd, 0, 0, 4096);
	fsync(fd);
	flock(fd, LOCK_SH | LOCK_NB);
	n = fcntl(fd, PICK(commands), below(2) ? 0 : (int)number() & ~O_ASYNC);
	if (n > fd)
		close(n);
	poll(&p, 1, 0);
	epoll = epoll_create1(0);
	epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
	close(epoll);
	ioctl(fd, _IOC(below(4), SCTRACE_IOC_MAGIC, 7 + below(249), below(256)), bytes);
	close(pipes[0]);
	close(pipes[1]);
}

#endif
