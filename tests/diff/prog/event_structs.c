// SPDX-License-Identifier: GPL-2.0-or-later
/* Waiting for events: sets and arrays of all lengths, what was found, and how long was left. */
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <time.h>

#include "calls.h"

static int ready, silent, writable, other_end;

static void poll_calls(void)
{
	struct pollfd fds[40] = { { ready, POLLIN | POLLPRI, 0 }, { -5, POLLOUT, 0 }, { silent, POLLIN, 0 },
				  { NO_FD, 0, 0 }, { writable, POLLOUT | POLLRDHUP | 0x1000, 0xff } };
	int i;

	call(poll, fds, 5, 100);
	call(poll, fds, 1, -1);
	call(poll, fds + 2, 1, 1);
	call(poll, fds + 1, 2, 0);
	call(poll, fds, 0, 0);
	call(poll, NULL, 0, 0);
	call(poll, NULL, 1, 0);
	call(poll, BAD, 2, 0);
	call(poll, fds, -1, 0);
	call(poll, at_edge(fds, 20), 4, 0);
	for (i = 5; i < 40; i++)
		fds[i] = (struct pollfd) { writable, i % 2 ? POLLOUT : POLLIN, 0 };
	call(poll, fds, 40, 0);
}

static void ppoll_calls(void)
{
	struct pollfd fds[40] = { { ready, POLLIN | POLLPRI, 0 }, { -5, POLLOUT, 0 }, { silent, POLLIN, 0 },
				  { NO_FD, 0, 0 }, { writable, POLLOUT | POLLRDHUP | 0x1000, 0xff } };
	struct timespec none = { 0, 0 }, ten = { 10, 0 }, wrong = { -1, 5 };
	sigset_t set;

	memset(&set, 0, sizeof(set));
	sigaddset(&set, SIGUSR1);
	call(ppoll, fds, 3, &ten, &set, 8);
	call(ppoll, fds + 2, 1, &none, NULL, 8);
	call(ppoll, fds, 1, NULL, NULL, 0);
	call(ppoll, fds, 1, &wrong, BAD, 8);
	call(ppoll, fds, 1, BAD, &set, 8);
	call(ppoll, fds, 1, &none, &set, 3);
	call(ppoll, fds, 1, &none, &set, 16);
	call(ppoll, fds, 1, &none, &set, 4);
	call(ppoll, NULL, 0, &none, NULL, 0);
}

static fd_set in, out, except;

static void fill(void)
{
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_ZERO(&except);
	FD_SET(ready, &in);
	FD_SET(silent, &in);
	FD_SET(writable, &out);
	FD_SET(silent, &except);
}

static void select_calls(void)
{
	struct timeval ten = { 10, 0 }, none = { 0, 0 }, wrong = { -1, -1 };

	fill();
	call(select, 10, &in, &out, &except, &ten);
	fill();
	call(select, 10, &in, NULL, NULL, &ten);
	fill();
	call(select, 10, NULL, &out, &except, NULL);
	fill();
	FD_CLR(ready, &in);
	call(select, 10, &in, NULL, &except, &none);
	fill();
	call(select, 1, &in, &out, NULL, &none);
	call(select, 0, &in, &out, NULL, &none);
	call(select, 0, NULL, NULL, NULL, &none);
	fill();
	call(select, 64, &in, &out, &except, &wrong);
	call(select, 65, &in, NULL, NULL, &none);
	FD_ZERO(&in);
	FD_SET(NO_FD, &in);
	FD_SET(600, &in);
	/* Of a set, Linux looks at no more than its table of descriptors has room for: with a small one it would sleep for ever. */
	dup2(silent, 700);
	call(select, 1024, &in, &in, NULL, NULL);
	close(700);
	call(select, -1, &in, &out, NULL, NULL);
	call(select, 10, BAD, NULL, NULL, BAD);
	call(select, 10, room_at_edge(4), NULL, NULL, &none);
}

static void pselect6_calls(void)
{
	struct timespec ten_ns = { 10, 0 }, none_ns = { 0, 0 };
	sigset_t set;
	struct { void *set; size_t bytes; } with = { &set, 8 };

	memset(&set, 0xff, sizeof(set));
	fill();
	call(pselect6, 10, &in, &out, NULL, &ten_ns, &with);
	fill();
	FD_CLR(ready, &in);
	call(pselect6, 10, &in, NULL, NULL, &none_ns, NULL);
	with.set = NULL;
	call(pselect6, 10, NULL, NULL, NULL, &none_ns, &with);
	with.set = BAD;
	call(pselect6, 10, &in, NULL, NULL, &none_ns, &with);
	with.set = &set;
	with.bytes = 5;
	call(pselect6, 10, NULL, NULL, NULL, &none_ns, &with);
	call(pselect6, 0, NULL, NULL, NULL, &none_ns, BAD);
	call(pselect6, -5, NULL, NULL, NULL, NULL, at_edge(&with, 8));
}

static void epolls(void)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLRDNORM, .data.u64 = 0x123456789abcdef0 }, found[8];
	struct timespec ten = { 10, 5 };
	sigset_t set;
	int ep;

	memset(&set, 0, sizeof(set));
	sigaddset(&set, SIGINT);
	ep = call(epoll_create, 5);
	close(ep);
	call(epoll_create, 0);
	call(epoll_create1, 0x7f);
	ep = call(epoll_create1, EPOLL_CLOEXEC);
	call(epoll_wait, ep, found, 8, 0);
	call(epoll_ctl, ep, EPOLL_CTL_ADD, ready, &event);
	event.events = ~(1U << 27);
	call(epoll_ctl, ep, EPOLL_CTL_ADD, NO_FD, &event);
	event.events = EPOLLOUT | EPOLLONESHOT | EPOLLWAKEUP;
	event.data.u64 = writable;
	call(epoll_ctl, ep, EPOLL_CTL_ADD, writable, &event);
	event.events = 0;
	call(epoll_ctl, ep, EPOLL_CTL_MOD, silent, &event);
	call(epoll_ctl, ep, EPOLL_CTL_DEL, silent, &event);
	call(epoll_ctl, ep, EPOLL_CTL_DEL, silent, NULL);
	call(epoll_ctl, ep, EPOLL_CTL_ADD, silent, NULL);
	call(epoll_ctl, ep, EPOLL_CTL_ADD, silent, BAD);
	call(epoll_ctl, ep, EPOLL_CTL_MOD, silent, at_edge(&event, 4));
	call(epoll_ctl, NO_FD, 99, silent, &event);
	call(epoll_wait, ep, found, 8, 1000);
	call(epoll_wait, ep, found, 1, 5);
	call(epoll_wait, ep, found, 0, 1);
	call(epoll_wait, ep, BAD, 3, 1);
	call(epoll_wait, NO_FD, NULL, -1, -1);
	call(epoll_pwait, ep, found, 8, 1000, &set, 8);
	call(epoll_pwait, ep, found, 8, 1000, NULL, 0);
	call(epoll_pwait, ep, found, 8, 1000, BAD, 8);
	call(epoll_pwait, ep, found, 8, 1000, &set, 4);
#ifdef SYS_epoll_pwait2
	call(epoll_pwait2, ep, found, 8, &ten, &set, 8);
	call(epoll_pwait2, ep, found, 8, &ten, NULL, 8);
	call(epoll_pwait2, ep, found, 8, BAD, NULL, 0);
#endif
	close(ep);
}

static void eventfd_calls(void)
{
	int fd;

	fd = call(eventfd, 7);
	close(fd);
	fd = call(eventfd2, 7, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE);
	close(fd);
	call(eventfd2, 1, 0xffffffff);
}

static void signalfd_calls(void)
{
	sigset_t set;
	int fd;

	memset(&set, 0, sizeof(set));
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, 35);
	fd = call(signalfd, -1, &set, 8);
	call(signalfd, fd, NULL, 8);
	close(fd);
	fd = call(signalfd4, -1, &set, 8, SFD_CLOEXEC | SFD_NONBLOCK);
	close(fd);
	call(signalfd4, NO_FD, BAD, 8, 0);
	call(signalfd4, -1, &set, 5, 0xff);
	call(signalfd4, -1, &set, 16, 0xff);
}

static void timerfd_calls(void)
{
	struct itimerspec spec = { { 5, 6 }, { 100, 8 } }, old;
	int fd;

	fd = call(timerfd_create, CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	call(timerfd_create, 99, 0xff);
	call(timerfd_settime, fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, &old);
	call(timerfd_settime, fd, 0, &spec, NULL);
	call(timerfd_settime, fd, 0xf0, BAD, BAD);
	call(timerfd_settime, NO_FD, 0, NULL, &old);
	call(timerfd_gettime, fd, &spec);
	call(timerfd_gettime, fd, NULL);
	call(timerfd_gettime, NO_FD, &spec);
	close(fd);
}

static void inotify_calls(void)
{
	int fd, wd;

	fd = call(inotify_init);
	close(fd);
	fd = call(inotify_init1, IN_CLOEXEC | IN_NONBLOCK);
	call(inotify_init1, 0x1);
	wd = call(inotify_add_watch, fd, ".", IN_ALL_EVENTS | IN_ONLYDIR);
	call(inotify_add_watch, fd, "nothing", IN_MODIFY | IN_CLOSE | IN_MASK_ADD | 0x100000);
	call(inotify_add_watch, fd, BAD, 0);
	call(inotify_add_watch, NO_FD, NULL, 0x10000);
	call(inotify_rm_watch, fd, wd);
	call(inotify_rm_watch, fd, -1);
	close(fd);
}

static void fanotify_calls(void)
{
	int fd;

	call(fanotify_init, 0xf0000000, 0xf0000000);
	fd = call(fanotify_init, FAN_CLASS_NOTIF | FAN_CLOEXEC | FAN_NONBLOCK, O_RDONLY | O_LARGEFILE);
	call(fanotify_mark, fd, FAN_MARK_ADD | FAN_MARK_ONLYDIR, FAN_OPEN | FAN_CLOSE | FAN_ONDIR, AT_FDCWD, ".");
	call(fanotify_mark, fd, FAN_MARK_FLUSH, 0, -1, NULL);
	close(fd);
	call(fanotify_init, FAN_CLASS_CONTENT | FAN_UNLIMITED_QUEUE, O_RDWR | O_NOATIME);
	call(fanotify_init, FAN_CLASS_PRE_CONTENT | FAN_REPORT_FID | FAN_REPORT_DIR_FID, O_WRONLY);
	call(fanotify_init, FAN_CLASS_CONTENT | FAN_CLASS_PRE_CONTENT, 3);
	call(fanotify_mark, NO_FD, FAN_MARK_REMOVE | FAN_MARK_FILESYSTEM | FAN_MARK_DONT_FOLLOW,
	     ~0x3100000UL, AT_FDCWD, BAD);
	call(fanotify_mark, NO_FD, 0, 0, NO_FD, "x");
	call(fanotify_mark, NO_FD, 0x4000, FAN_EVENT_ON_CHILD | FAN_ACCESS_PERM | 0x100000000UL, NO_FD, NULL);
}

static void userfaultfd_calls(void)
{
	int fd;

	fd = call(userfaultfd, O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0)
		close(fd);
	call(userfaultfd, 1);
	call(userfaultfd, 0xf0);
}

static void open_pipes(void)
{
	int p[2], q[2];

	pipe(p);
	pipe(q);
	ready = p[0];
	writable = p[1];
	silent = q[0];
	other_end = q[1];
	write(p[1], "x", 1);
}

static void close_pipes(void)
{
	close(ready);
	close(writable);
	close(silent);
	close(other_end);
}

static const struct family families[] = {
	{ "poll", poll_calls },
	{ "ppoll", ppoll_calls },
	{ "select", select_calls },
	{ "pselect6", pselect6_calls },
	{ "epoll", epolls },
	{ "eventfd", eventfd_calls },
	{ "signalfd", signalfd_calls },
	{ "timerfd", timerfd_calls },
	{ "inotify", inotify_calls },
	{ "fanotify", fanotify_calls },
	{ "userfaultfd", userfaultfd_calls },
};

PROGRAM(open_pipes, close_pipes)
