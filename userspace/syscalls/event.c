/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waiting for events, and the descriptors that carry them. */
#include "printers.h"
#include "structs.h"

static const struct sct_struct sct_struct_epoll_event = {
	.name = "epoll_event", .packed = SCT_X86_64 | SCT_X32, MEMBERS(
	{ K_U32, FLAGS("events", epoll_events) }, { K_U64, CUSTOM("data", sct_epoll_data_print) }) };

/* EPOLL_CTL_DEL of <linux/eventpoll.h>. */
#define CTL_DEL 2

static const struct sct_row rows[] = {
	{ .name = "poll", .remark = sct_poll_remark, .args = {
		ARRAY_IN_BACK("fds", pollfd, 1), UINT("nfds"), INT("timeout") } },
	{ .name = "ppoll", .remark = sct_ppoll_remark, .args = {
		ARRAY_IN_BACK("fds", pollfd, 1), UINT("nfds"), STRUCT_IN_BACK("tmo_p", timespec),
		SIZED_IN("sigmask", sigset, 4), ULONG("sigsetsize") } },
	{ .name = "select", .remark = sct_select_remark, .args = {
		INT("nfds"), BITS_IN_BACK("readfds", fd_set, 0), BITS_IN_BACK("writefds", fd_set, 0),
		BITS_IN_BACK("exceptfds", fd_set, 0), STRUCT_IN_BACK("timeout", timeval) } },
	{ .name = "pselect6", .remark = sct_select_remark, .args = {
		INT("nfds"), BITS_IN_BACK("readfds", fd_set, 0), BITS_IN_BACK("writefds", fd_set, 0),
		BITS_IN_BACK("exceptfds", fd_set, 0), STRUCT_IN_BACK("timeout", timespec),
		STRUCT_IN("sig", sigset_arg) } },

	{ .name = "epoll_create", .ret = SCT_RET_FD, .args = { INT("size") } },
	{ .name = "epoll_create1", .ret = SCT_RET_FD, .args = { FLAGS("flags", epoll_create_flags) } },
	{ .name = "epoll_ctl", .args = {
		FD("epfd"), ENUM("op", epoll_ctls), FD("fd"), STRUCT_IN("event", epoll_event) } },
	/* Looks at no event. */
	{ .name = "epoll_ctl", WHEN(1, CTL_DEL), .args = {
		FD("epfd"), ENUM("op", epoll_ctls), FD("fd"), PTR("event") } },
	{ .name = "epoll_wait", .args = {
		FD("epfd"), ARRAY_OUT("events", epoll_event), INT("maxevents"), INT("timeout") } },
	{ .name = "epoll_pwait", .args = {
		FD("epfd"), ARRAY_OUT("events", epoll_event), INT("maxevents"), INT("timeout"),
		SIZED_IN("sigmask", sigset, 5), ULONG("sigsetsize") } },
	{ .name = "epoll_pwait2", .unified_nr = 441, .args = {
		FD("epfd"), ARRAY_OUT("events", epoll_event), INT("maxevents"), STRUCT_IN("timeout", timespec64),
		SIZED_IN("sigmask", sigset, 5), ULONG("sigsetsize") } },
	/* Numbers kept from a draft of epoll; no kernel has them. */
	{ .name = "epoll_ctl_old", .args = { HEX("arg1"), HEX("arg2"), HEX("arg3"), HEX("arg4") } },
	{ .name = "epoll_wait_old", .args = {
		HEX("arg1"), HEX("arg2"), HEX("arg3"), HEX("arg4") } },

	{ .name = "eventfd", .ret = SCT_RET_FD, .args = { UINT("initval") } },
	{ .name = "eventfd2", .ret = SCT_RET_FD, .args = { UINT("initval"), FLAGS("flags", eventfd_flags) } },
	{ .name = "signalfd", .ret = SCT_RET_FD, .args = {
		FD("fd"), SIZED_IN("mask", sigset, 2), ULONG("sizemask") } },
	{ .name = "signalfd4", .ret = SCT_RET_FD, .args = {
		FD("fd"), SIZED_IN("mask", sigset, 2), ULONG("sizemask"), FLAGS("flags", signalfd_flags) } },
	{ .name = "timerfd_create", .ret = SCT_RET_FD, .args = {
		CLOCK("clockid"), FLAGS("flags", timerfd_flags) } },
	{ .name = "timerfd_settime", .args = {
		FD("fd"), FLAGS("flags", timerfd_flags), STRUCT_IN("new_value", itimerspec),
		STRUCT_OUT("old_value", itimerspec) } },
	{ .name = "timerfd_gettime", .args = { FD("fd"), STRUCT_OUT("curr_value", itimerspec) } },

	{ .name = "inotify_init", .ret = SCT_RET_FD },
	{ .name = "inotify_init1", .ret = SCT_RET_FD, .args = { FLAGS("flags", inotify_init_flags) } },
	{ .name = "inotify_add_watch", .args = {
		FD("fd"), PATH("pathname"), FLAGS("mask", inotify_mask) } },
	{ .name = "inotify_rm_watch", .args = { FD("fd"), INT("wd") } },
	{ .name = "fanotify_init", .ret = SCT_RET_FD, .args = {
		CUSTOM("flags", sct_fanotify_flags_print), OPEN_FLAGS("event_f_flags") } },
	{ .name = "fanotify_mark", .args = {
		FD("fanotify_fd"), FLAGS("flags", fanotify_mark_flags),
		FLAGS64("mask", fanotify_mask), DIRFD("dirfd"), PATH("pathname") } },
	{ .name = "fanotify_mark", .abis = SCT_X86_64 | SCT_X32 | SCT_AARCH64, WHEN(3, UINT32_MAX), .args = {
		FD("fanotify_fd"), FLAGS("flags", fanotify_mark_flags),
		FLAGS64("mask", fanotify_mask), CUSTOM("dirfd", sct_fan_nofd_print), PATH("pathname") } },
	{ .name = "userfaultfd", .ret = SCT_RET_FD, .args = { FLAGS("flags", userfaultfd_flags) } },
};

SCT_FAMILY(event);
