/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signals. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "kill", .args = { PID("pid"), SIGNAL("signum") } },
	{ .name = "tkill", .args = { PID("tid"), SIGNAL("signum") } },
	{ .name = "tgkill", .args = { PID("tgid"), PID("tid"), SIGNAL("signum") } },
	{ .name = "pidfd_send_signal", .unified_nr = 424, .args = {
		FD("pidfd"), SIGNAL("signum"), PTR("info"), FLAGS("flags", pidfd_signal_flags) } },
	{ .name = "rt_sigaction", .args = {
		SIGNAL("signum"), PTR("act"), PTR("oldact"), ULONG("sigsetsize") } },
	{ .name = "rt_sigprocmask", .args = {
		ENUM("how", sigprocmask_how), PTR("set"), PTR("oldset"), ULONG("sigsetsize") } },
	{ .name = "rt_sigreturn" },
	{ .name = "rt_sigpending", .args = { PTR("set"), ULONG("sigsetsize") } },
	{ .name = "rt_sigsuspend", .args = { PTR("set"), ULONG("sigsetsize") } },
	{ .name = "rt_sigtimedwait", .args = {
		PTR("set"), PTR("info"), PTR("timeout"), ULONG("sigsetsize") } },
	{ .name = "rt_sigqueueinfo", .args = { PID("tgid"), SIGNAL("signum"), PTR("info") } },
	{ .name = "rt_tgsigqueueinfo", .args = {
		PID("tgid"), PID("tid"), SIGNAL("signum"), PTR("info") } },
	{ .name = "sigaltstack", .args = { PTR("ss"), PTR("old_ss") } },
	{ .name = "pause" },
	{ .name = "restart_syscall" },
};

SCT_FAMILY(signal);
