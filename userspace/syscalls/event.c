/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waiting for events, and the descriptors that carry them. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "poll", .args = { PTR("fds"), UINT("nfds"), INT("timeout") } },
	{ .name = "ppoll", .args = {
		PTR("fds"), UINT("nfds"), PTR("tmo_p"), PTR("sigmask"), ULONG("sigsetsize") } },
	{ .name = "select", .args = {
		INT("nfds"), PTR("readfds"), PTR("writefds"), PTR("exceptfds"), PTR("timeout") } },
	{ .name = "pselect6", .args = {
		INT("nfds"), PTR("readfds"), PTR("writefds"), PTR("exceptfds"), PTR("timeout"),
		PTR("sig") } },

	{ .name = "epoll_create", .args = { INT("size") } },
	{ .name = "epoll_create1", .args = { FLAGS("flags", epoll_create_flags) } },
	{ .name = "epoll_ctl", .args = {
		FD("epfd"), ENUM("op", epoll_ctls), FD("fd"), PTR("event") } },
	{ .name = "epoll_wait", .args = {
		FD("epfd"), PTR("events"), INT("maxevents"), INT("timeout") } },
	{ .name = "epoll_pwait", .args = {
		FD("epfd"), PTR("events"), INT("maxevents"), INT("timeout"), PTR("sigmask"),
		ULONG("sigsetsize") } },
	{ .name = "epoll_pwait2", .unified_nr = 441, .args = {
		FD("epfd"), PTR("events"), INT("maxevents"), PTR("timeout"), PTR("sigmask"),
		ULONG("sigsetsize") } },
	/* Numbers kept from a draft of epoll; no kernel has them. */
	{ .name = "epoll_ctl_old", .args = { HEX("arg1"), HEX("arg2"), HEX("arg3"), HEX("arg4") } },
	{ .name = "epoll_wait_old", .args = {
		HEX("arg1"), HEX("arg2"), HEX("arg3"), HEX("arg4") } },

	{ .name = "eventfd", .args = { UINT("initval") } },
	{ .name = "eventfd2", .args = { UINT("initval"), FLAGS("flags", eventfd_flags) } },
	{ .name = "signalfd", .args = { FD("fd"), PTR("mask"), ULONG("sizemask") } },
	{ .name = "signalfd4", .args = {
		FD("fd"), PTR("mask"), ULONG("sizemask"), FLAGS("flags", signalfd_flags) } },
	{ .name = "timerfd_create", .args = { CLOCK("clockid"), FLAGS("flags", timerfd_flags) } },
	{ .name = "timerfd_settime", .args = {
		FD("fd"), FLAGS("flags", timerfd_flags), PTR("new_value"), PTR("old_value") } },
	{ .name = "timerfd_gettime", .args = { FD("fd"), PTR("curr_value") } },

	{ .name = "inotify_init" },
	{ .name = "inotify_init1", .args = { FLAGS("flags", inotify_init_flags) } },
	{ .name = "inotify_add_watch", .args = {
		FD("fd"), PATH("pathname"), FLAGS("mask", inotify_mask) } },
	{ .name = "inotify_rm_watch", .args = { FD("fd"), INT("wd") } },
	{ .name = "fanotify_init", .args = {
		FLAGS("flags", fanotify_init_flags), OPEN_FLAGS("event_f_flags") } },
	{ .name = "fanotify_mark", .args = {
		FD("fanotify_fd"), FLAGS("flags", fanotify_mark_flags),
		FLAGS64("mask", fanotify_mask), DIRFD("dirfd"), PATH("pathname") } },
	{ .name = "userfaultfd", .args = { FLAGS("flags", userfaultfd_flags) } },
};

SCT_FAMILY(event);
