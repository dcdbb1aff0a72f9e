/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Processes and threads: birth, death, identity, and reaching into another one. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "fork" },
	{ .name = "vfork" },
	{ .name = "clone", .abis = SCT_X86_64 | SCT_X32, .args = {
		FLAGS64("flags", clone_flags), PTR("child_stack"), PTR("parent_tidptr"),
		PTR("child_tidptr"), PTR("tls") } },
	{ .name = "clone", .abis = SCT_I386 | SCT_AARCH64 | SCT_ARM, .args = {
		FLAGS64("flags", clone_flags), PTR("child_stack"), PTR("parent_tidptr"),
		PTR("tls"), PTR("child_tidptr") } },
	{ .name = "clone3", .unified_nr = 435, .args = { PTR("cl_args"), ULONG("size") } },
	{ .name = "execve", .args = { PATH("pathname"), PTR("argv"), PTR("envp") } },
	{ .name = "execveat", .args = {
		DIRFD("dirfd"), PATH("pathname"), PTR("argv"), PTR("envp"),
		FLAGS("flags", execveat_flags) } },
	{ .name = "exit", .ret = SCT_RET_NONE, .args = { INT("status") } },
	{ .name = "exit_group", .ret = SCT_RET_NONE, .args = { INT("status") } },
	{ .name = "wait4", .args = {
		PID("pid"), PTR("status"), FLAGS("options", wait_options), PTR("usage") } },
	{ .name = "waitid", .args = {
		ENUM("idtype", waitid_types), PID("id"), PTR("siginfo"),
		FLAGS("options", wait_options), PTR("usage") } },
	{ .name = "uselib", .args = { PATH("path") } },

	{ .name = "getpid" },
	{ .name = "getppid" },
	{ .name = "gettid" },
	{ .name = "getpgid", .args = { PID("pid") } },
	{ .name = "setpgid", .args = { PID("pid"), PID("pgid") } },
	{ .name = "getpgrp" },
	{ .name = "getsid", .args = { PID("pid") } },
	{ .name = "setsid" },
	{ .name = "set_tid_address", .args = { PTR("tidptr") } },
	{ .name = "set_robust_list", .args = { PTR("addr"), ULONG("length") } },
	{ .name = "get_robust_list", .args = { PID("pid"), PTR("head_ptr"), PTR("len_ptr") } },
	{ .name = "rseq", .args = {
		PTR("rseq"), UINT("rseq_len"), FLAGS("flags", rseq_flags), HEX("sig") } },
	{ .name = "rseq_slice_yield", .unified_nr = 471 },

	{ .name = "prctl", .args = {
		ENUM("op", prctl_options), HEX("arg2"), HEX("arg3"), HEX("arg4"), HEX("arg5") } },
	{ .name = "arch_prctl", .args = { ENUM("op", arch_prctl_options), PTR("addr") } },
	{ .name = "personality", .ret = SCT_RET_HEX, .args = {
		FLAGS("persona", personality_flags) } },
	{ .name = "ptrace", .args = {
		ENUM("op", ptrace_cmds), PID("pid"), PTR("addr"), PTR("data") } },
	{ .name = "kcmp", .args = {
		PID("pid1"), PID("pid2"), ENUM("type", kcmp_types), ULONG("idx1"), ULONG("idx2") } },
	{ .name = "process_vm_readv", .args = {
		PID("pid"), PTR("local_iov"), ULONG("liovcnt"), PTR("remote_iov"), ULONG("riovcnt"),
		ULONG("flags") } },
	{ .name = "process_vm_writev", .args = {
		PID("pid"), PTR("local_iov"), ULONG("liovcnt"), PTR("remote_iov"), ULONG("riovcnt"),
		ULONG("flags") } },
	{ .name = "pidfd_open", .unified_nr = 434, .args = {
		PID("pid"), FLAGS("flags", pidfd_open_flags) } },
	/* The descriptor is one of the other process. */
	{ .name = "pidfd_getfd", .unified_nr = 438, .args = {
		FD("pidfd"), INT("targetfd"), HEX("flags") } },
	{ .name = "process_mrelease", .unified_nr = 448, .args = { FD("pidfd"), HEX("flags") } },

	{ .name = "unshare", .args = { FLAGS("flags", unshare_flags) } },
	{ .name = "setns", .args = { FD("fd"), FLAGS("nstype", setns_types) } },
	{ .name = "listns", .unified_nr = 470, .args = {
		PTR("req"), PTR("ns_ids"), ULONG("nr_ns_ids"), HEX("flags") } },

	{ .name = "set_thread_area", .args = { PTR("u_info") } },
	{ .name = "get_thread_area", .args = { PTR("u_info") } },
	{ .name = "modify_ldt", .args = { INT("func"), PTR("ptr"), ULONG("bytecount") } },
};

SCT_FAMILY(process);
