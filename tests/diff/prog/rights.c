// SPDX-License-Identifier: GPL-2.0-or-later
/* Descriptors that are passed by messages, and what they refer to. */
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "calls.h"

static char room[2][1024] __attribute__((aligned(8)));
static char text[16];
static struct iovec iov = { text, 1 };
static struct ucred cred;
static int sv[2], fds[2], null;

/* A message with credentials, or not, and before or behind them n descriptors, of which every third is not open. */
static struct msghdr message(char *control, unsigned int n, int first, bool credentials)
{
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(room[0]) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
	size_t bytes = 0;
	unsigned int i;

	memset(control, 0, sizeof(room[0]));
	if (credentials) {
		*c = (struct cmsghdr) { CMSG_LEN(sizeof(cred)), SOL_SOCKET, SCM_CREDENTIALS };
		memcpy(CMSG_DATA(c), &cred, sizeof(cred));
		bytes = CMSG_SPACE(sizeof(cred));
		c = (void *)(control + bytes);
	}
	*c = (struct cmsghdr) { CMSG_LEN(n * sizeof(int)), SOL_SOCKET, SCM_RIGHTS };
	for (i = 0; i < n; i++)
		((int *)CMSG_DATA(c))[i] = i % 3 == 2 ? NO_FD : first + (int)i % 3;
	msg.msg_controllen = bytes + CMSG_SPACE(n * sizeof(int));
	return msg;
}

static struct msghdr receiver(char *control, size_t bytes)
{
	return (struct msghdr) { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = bytes };
}

static void open_all(void)
{
	int one = 1;

	null = open("/dev/null", O_RDONLY);
	if (null < 0 || pipe(fds) || socketpair(AF_UNIX, SOCK_DGRAM, 0, sv))
		exit(1);
	setsockopt(sv[1], SOL_SOCKET, SO_PASSCRED, &one, sizeof(one));
	cred = (struct ucred) { getpid(), getuid(), getgid() };
}

static void close_all(void)
{
	close_range(3, ~0U, 0);
}

/* Of descriptors that are not open, and so many that not all are shown. */
static void refused(void)
{
	struct msghdr msg;
	unsigned int i;

	for (i = 3; i < 40; i += 3) {
		msg = message(room[0], i, null, false);
		call(sendmsg, sv[0], &msg, 0);
	}
	msg = message(room[0], 200, null, true);
	call(sendmsg, sv[0], &msg, 0);
	/* One byte short, and one that is none. */
	msg = message(room[0], 2, null, false);
	msg.msg_controllen = CMSG_LEN(7);
	call(sendmsg, NO_FD, &msg, 0);
	msg = message(room[0], 1, AT_FDCWD, false);
	call(sendmsg, NO_FD, &msg, 0);
}

static void passed(void)
{
	struct msghdr msg = message(room[0], 2, null, false);

	call(sendmsg, sv[0], &msg, 0);
	msg = receiver(room[0], sizeof(room[0]));
	call(recvmsg, sv[1], &msg, MSG_CMSG_CLOEXEC);
	msg = message(room[0], 2, null, true);
	call(sendmsg, sv[0], &msg, 0);
	msg = receiver(room[0], sizeof(room[0]));
	call(recvmsg, sv[1], &msg, 0);
}

/* Several at a time, each with its own. */
static void several_at_a_time(void)
{
	struct mmsghdr several[2];

	several[0].msg_hdr = message(room[0], 2, fds[0], true);
	several[1].msg_hdr = message(room[1], 1, null, false);
	call(sendmmsg, sv[0], several, 2, 0);
	several[0].msg_hdr = receiver(room[0], sizeof(room[0]));
	several[1].msg_hdr = receiver(room[1], sizeof(room[1]));
	call(recvmmsg, sv[1], several, 2, MSG_DONTWAIT, NULL);
}

/* Not enough room for both. */
static void cut(void)
{
	struct msghdr msg = message(room[0], 2, null, false);

	call(sendmsg, sv[0], &msg, 0);
	msg = receiver(room[0], CMSG_SPACE(sizeof(struct ucred)) + CMSG_LEN(sizeof(int)));
	call(recvmsg, sv[1], &msg, 0);
}

static const struct family families[] = {
	{ "refused", refused, "-y" },
	{ "passed", passed, "-y" },
	{ "several", several_at_a_time, "-y" },
	{ "cut", cut, "-y" },
};

PROGRAM(open_all, close_all)
