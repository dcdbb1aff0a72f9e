/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signals. */
#include "printers.h"
#include "structs.h"

/* Sets of signals come with their size, which has to be 8. */
STRUCT_BY(sigset_part, sct_sigset_part_print, { K_U64, HEX("") });

/* The mask of programs with pointers of 32 bits is two words. */
static const struct sct_struct sct_struct_sigaction = {
	.name = "sigaction",
	MEMBERS({ K_PTR, CUSTOM("sa_handler", sct_handler_print) },
		{ K_ULONG, FLAGS64("sa_flags", sigaction_flags) },
		{ K_PTR, PTR("sa_restorer") },
		{ K_U64, CUSTOM("sa_mask", sct_sigset_value_print) }),
	.packed = SCT_ARM | SCT_X32,
	.print = sct_sigaction_print,
};

STRUCT(sigaltstack,
       { K_PTR, PTR("ss_sp") },
       { K_S32, FLAGS("ss_flags", sigaltstack_flags) },
       { K_ULONG, ULONG("ss_size") });

/* What a signal's handler returns to: struct rt_sigframe of the kernel's architectures. */
PUBLIC_STRUCT(sigframe,
	      { K_U64, CUSTOM("mask", sct_sigset_value_print) });

#define SIGRETURN(abi, offset) \
	{ .name = "rt_sigreturn", .abis = abi, .stack = offset, .args = { STRUCT_IN("frame", sigframe) } }

static const struct sct_row rows[] = {
	{ .name = "kill", .args = { PID("pid"), SIGNAL("signum") } },
	{ .name = "tkill", .args = { PID("tid"), SIGNAL("signum") } },
	{ .name = "tgkill", .args = { PID("tgid"), PID("tid"), SIGNAL("signum") } },
	{ .name = "pidfd_send_signal", .unified_nr = 424, .args = {
		FD("pidfd"), SIGNAL("signum"), STRUCT_IN("info", siginfo),
		FLAGS("flags", pidfd_signal_flags) } },
	{ .name = "rt_sigaction", .args = {
		SIGNAL("signum"), STRUCT_IN("act", sigaction), STRUCT_OUT("oldact", sigaction),
		ULONG("sigsetsize") } },
	{ .name = "rt_sigprocmask", .args = {
		ENUM("how", sigprocmask_how), SIZED_IN("set", sigset, 3), SIZED_OUT("oldset", sigset, 3),
		ULONG("sigsetsize") } },
	/* .uc.uc_sigmask, from where the stack pointer is in the frame. */
	SIGRETURN(SCT_X86_64, 296),
	SIGRETURN(SCT_X32, 280),
	SIGRETURN(SCT_I386, 248),
	SIGRETURN(SCT_AARCH64, 168),
	SIGRETURN(SCT_ARM, 232),
	{ .name = "rt_sigpending", .args = { SIZED_OUT("set", sigset_part, 1), ULONG("sigsetsize") } },
	{ .name = "rt_sigsuspend", .args = { SIZED_IN("set", sigset, 1), ULONG("sigsetsize") } },
	{ .name = "rt_sigtimedwait", .remark = sct_signal_remark, .args = {
		SIZED_IN("set", sigset, 3), STRUCT_OUT("info", siginfo), STRUCT_IN("timeout", timespec),
		ULONG("sigsetsize") } },
	{ .name = "rt_sigqueueinfo", .args = {
		PID("tgid"), SIGNAL("signum"), STRUCT_IN("info", siginfo) } },
	{ .name = "rt_tgsigqueueinfo", .args = {
		PID("tgid"), PID("tid"), SIGNAL("signum"), STRUCT_IN("info", siginfo) } },
	{ .name = "sigaltstack", .args = {
		STRUCT_IN("ss", sigaltstack), STRUCT_OUT("old_ss", sigaltstack) } },
	{ .name = "pause" },
	{ .name = "restart_syscall" },
};

SCT_FAMILY(signal);
