// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/event.c. */
#include <linux/userfaultfd.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>

#include "calls.h"

static int p[2];
static const uint64_t mask = 1UL << (SIGUSR1 - 1) | 1UL << (SIGCHLD - 1);
static const struct timespec none = { 0, 0 }, soon = { 0, 1000000 }, odd = { -1, 2000000000 };

#ifdef SYS_poll
static void poll_calls(void)
{
	struct pollfd fds[40] = { { p[0], POLLIN, 0 }, { p[1], POLLOUT | POLLERR, 0 }, { NO_FD, POLLPRI | POLLRDHUP, 0 },
				 { -1, 0x7fff, 0 } };
	struct pollfd many[40];
	int i;

	for (i = 0; i < 40; i++)
		many[i] = fds[i % 4];
	call(poll, fds, 4, 0);
	call(poll, fds, 2, -1);
	call(poll, fds, 1, 1);
	call(poll, fds, 0, 0);
	call(poll, NULL, 0, 1);
	call(poll, NULL, 2, 0);
	call(poll, BAD, 2, 0);
	call(poll, many, 40, 0);
	call(poll, fds, -1, 0);
	call(poll, at_edge(fds, 4 * sizeof(fds[0])), 5, 0);
}
#endif

static void ppoll_calls(void)
{
	struct pollfd fds[4] = { { p[0], POLLIN, 0 }, { p[1], POLLOUT | POLLERR, 0 }, { NO_FD, POLLPRI | POLLRDHUP, 0 },
				 { -1, 0x7fff, 0 } };
	struct timespec ts;

	ts = none;
	call(ppoll, fds, 4, &ts, NULL, 8);
	ts = (struct timespec) { 10, 0 };
	call(ppoll, fds, 3, &ts, &mask, 8);
	ts = soon;
	call(ppoll, fds, 1, &ts, &mask, 8);
	ts = odd;
	call(ppoll, fds, 1, &ts, BAD, 8);
	call(ppoll, NULL, 0, BAD, NULL, 8);
	call(ppoll, fds, 1, NULL, &mask, 77);
}

#ifdef SYS_select
static void select_calls(void)
{
	static unsigned long large[128];
	fd_set in, out, except;
	struct timeval tv = { 0, 0 };

	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_ZERO(&except);
	FD_SET(p[0], &in);
	FD_SET(p[1], &out);
	call(select, p[1] + 1, &in, &out, &except, &tv);
	FD_SET(p[0], &in);
	call(select, p[1] + 1, &in, NULL, NULL, &tv);
	call(select, p[1] + 1, NULL, &out, NULL, NULL);
	FD_SET(NO_FD, &except);
	call(select, 100, NULL, &out, &except, &tv);
	call(select, 0, NULL, NULL, NULL, &tv);
	call(select, -1, &in, NULL, NULL, NULL);
	call(select, 5000, large, NULL, NULL, &tv);
	call(select, 5, BAD, NULL, NULL, BAD);
	tv.tv_sec = -1;
	call(select, 5, &in, NULL, NULL, &tv);
	tv = (struct timeval) { 100, 5 };
	call(select, p[1] + 1, NULL, &out, NULL, &tv);
}
#endif

static void pselect6_calls(void)
{
	struct { const void *set; size_t bytes; } with = { &mask, 8 };
	fd_set in, out, except;
	struct timespec ts = none;

	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_ZERO(&except);
	FD_SET(p[0], &in);
	FD_SET(p[1], &out);
	call(pselect6, p[1] + 1, &in, &out, &except, &ts, &with);
	call(pselect6, p[1] + 1, &in, NULL, NULL, &ts, NULL);
	with.set = NULL;
	call(pselect6, 0, NULL, NULL, NULL, &ts, &with);
	with.bytes = 3;
	with.set = &mask;
	call(pselect6, 0, NULL, NULL, NULL, &ts, &with);
	call(pselect6, 0, NULL, NULL, NULL, &ts, BAD);
	call(pselect6, -1, BAD, BAD, BAD, BAD, BAD);
}

static void epolls(void)
{
	struct epoll_event ev = { EPOLLIN | EPOLLET, { .u64 = 0x1122334455667788 } }, got[4];
	int e = call(epoll_create1, EPOLL_CLOEXEC);

#ifdef SYS_epoll_create
	close(call(epoll_create, 5));
	call(epoll_create, -1);
#endif
	call(epoll_create1, 0x77);
	call(epoll_ctl, e, EPOLL_CTL_ADD, p[0], &ev);
	ev = (struct epoll_event) { EPOLLOUT | EPOLLONESHOT | EPOLLRDHUP, { .fd = p[1] } };
	call(epoll_ctl, e, EPOLL_CTL_ADD, p[1], &ev);
	call(epoll_ctl, e, EPOLL_CTL_ADD, p[1], &ev);
	call(epoll_ctl, e, EPOLL_CTL_MOD, p[1], &ev);
	call(epoll_ctl, e, EPOLL_CTL_MOD, NO_FD, BAD);
	call(epoll_ctl, e, 9, p[1], &ev);
	call(epoll_ctl, NO_FD, EPOLL_CTL_ADD, 0, NULL);
	call(epoll_pwait, e, got, 4, 0, NULL, 8);
	call(epoll_ctl, e, EPOLL_CTL_MOD, p[1], &ev);
	call(epoll_pwait, e, got, 4, -1, &mask, 8);
	call(epoll_pwait, e, got, 4, 1, &mask, 8);
	call(epoll_pwait, e, BAD, 0, 0, BAD, 8);
	call(epoll_pwait, e, got, 4, 0, &mask, 3);
#ifdef SYS_epoll_wait
	call(epoll_ctl, e, EPOLL_CTL_MOD, p[1], &ev);
	call(epoll_wait, e, got, 4, 0);
	call(epoll_wait, e, got, 4, 0);
	call(epoll_wait, e, got, -1, 0);
	call(epoll_wait, NO_FD, NULL, 4, 100);
#endif
	call(epoll_ctl, e, EPOLL_CTL_MOD, p[1], &ev);
	call(epoll_pwait2, e, got, 4, &soon, NULL, 0);
	call(epoll_pwait2, e, got, 4, &none, &mask, 8);
	call(epoll_pwait2, e, got, 4, &odd, NULL, 0);
	call(epoll_pwait2, e, NULL, 4, BAD, BAD, 9);
	call(epoll_ctl, e, EPOLL_CTL_DEL, p[0], NULL);
	call(epoll_ctl, e, EPOLL_CTL_DEL, p[0], BAD);
	close(e);
}

static void eventfd_calls(void)
{
#ifdef SYS_eventfd
	close(call(eventfd, 5));
#endif
	close(call(eventfd2, 7, O_CLOEXEC | O_NONBLOCK | 1));
	call(eventfd2, -1, 0x100);
}

static void signalfd_calls(void)
{
	uint64_t all = -1UL, few = 1UL << (SIGTERM - 1);
	int t;

#ifdef SYS_signalfd
	t = call(signalfd, -1, &mask, 8);
	call(signalfd, t, &few, 8);
	close(t);
#endif
	t = call(signalfd4, -1, &mask, 8, O_CLOEXEC | O_NONBLOCK);
	call(signalfd4, t, &few, 8, 0);
	call(signalfd4, t, &all, 8, 0);
	call(signalfd4, NO_FD, &few, 8, 0);
	call(signalfd4, -1, NULL, 8, 0);
	call(signalfd4, -1, BAD, 3, 0x77);
	close(t);
}

static void timerfd_calls(void)
{
	struct itimerspec spec = { { 5, 6 }, { 1000, 7 } }, old;
	int t;

	t = call(timerfd_create, CLOCK_MONOTONIC, O_CLOEXEC | O_NONBLOCK);
	call(timerfd_create, 99, 0x77);
	call(timerfd_settime, t, 0, &spec, NULL);
	call(timerfd_gettime, t, &old);
	call(timerfd_settime, t, 1 | 2, &spec, &old);
	spec.it_value.tv_nsec = -1;
	call(timerfd_settime, t, 0x80, &spec, &old);
	call(timerfd_settime, NO_FD, 0, BAD, BAD);
	call(timerfd_gettime, t, NULL);
	call(timerfd_gettime, NO_FD, BAD);
	close(t);
}

static void userfaultfd_calls(void)
{
	close(call(userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY));
	call(userfaultfd, 0x77);
}

static void inotify_calls(void)
{
	int n, w;

#ifdef SYS_inotify_init
	close(call(inotify_init));
#endif
	n = call(inotify_init1, IN_NONBLOCK | IN_CLOEXEC);
	call(inotify_init1, 0x77);
	w = call(inotify_add_watch, n, ".", IN_CREATE | IN_DELETE | IN_ONLYDIR);
	call(inotify_add_watch, n, "none", IN_ALL_EVENTS);
	call(inotify_add_watch, n, BAD, 0);
	call(inotify_add_watch, NO_FD, ".", 0xffffffff);
	call(inotify_rm_watch, n, w);
	call(inotify_rm_watch, n, 99);
	call(inotify_rm_watch, NO_FD, -1);
	close(n);
}

static void fanotify_calls(void)
{
	int n;

	n = call(fanotify_init, FAN_CLASS_NOTIF | FAN_CLOEXEC | FAN_NONBLOCK, O_RDONLY | O_LARGEFILE);
	call(fanotify_init, FAN_CLASS_PRE_CONTENT | FAN_UNLIMITED_QUEUE | 0x80000000, O_RDWR);
	call(fanotify_mark, n, FAN_MARK_ADD, FAN_CLOSE_WRITE | FAN_ONDIR, AT_FDCWD, ".");
	call(fanotify_mark, n, FAN_MARK_REMOVE | FAN_MARK_DONT_FOLLOW, FAN_CLOSE_WRITE, AT_FDCWD, ".");
	call(fanotify_mark, n, FAN_MARK_ADD | FAN_MARK_MOUNT, FAN_OPEN, AT_FDCWD, "none");
	call(fanotify_mark, NO_FD, FAN_MARK_FLUSH | 0x8000, -1UL, NO_FD, NULL);
	call(fanotify_mark, n, 0, 0, -1, BAD);
	close(n);
}

static void open_pipe(void)
{
	if (pipe(p))
		exit(1);
}

static void close_pipe(void)
{
	close(p[0]);
	close(p[1]);
}

static const struct family families[] = {
#ifdef SYS_poll
	{ "poll", poll_calls },
#endif
	{ "ppoll", ppoll_calls },
#ifdef SYS_select
	{ "select", select_calls },
#endif
	{ "pselect6", pselect6_calls },
	{ "epoll", epolls },
	{ "eventfd", eventfd_calls },
	{ "signalfd", signalfd_calls },
	{ "timerfd", timerfd_calls },
	{ "userfaultfd", userfaultfd_calls },
	{ "inotify", inotify_calls },
	{ "fanotify", fanotify_calls },
};

PROGRAM(open_pipe, close_pipe)
