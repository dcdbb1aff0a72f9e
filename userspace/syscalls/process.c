/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Processes and threads: birth, death, identity, and reaching into another one. */
#include <linux/kcmp.h>
#include <linux/sched.h>

#include "printers.h"
#include "structs.h"

/* clone's arguments are shown only if a flag gives them a meaning; the stack comes first. */
#define FLAGS_ARG	{ .name = "flags", .type = SCT_CUSTOM, .print = sct_clone_flags_print, .named = true }
#define STACK_ARG	{ .name = "child_stack", .type = SCT_PTR, .named = true }
#define PARENT_ARG	{ .name = "parent_tid", .type = SCT_STRUCT, .of = &sct_struct_int, .dir = SCT_OUT, .named = true, \
			  .if_bits = CLONE_PARENT_SETTID | CLONE_PIDFD }
#define CHILD_ARG	{ .name = "child_tidptr", .type = SCT_PTR, .named = true, \
			  .if_bits = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID }
#define TLS_ARG	{ .name = "tls", .type = SCT_PTR, .named = true, .if_bits = CLONE_SETTLS }
#define TLS_DESC_ARG	{ .name = "tls", .type = SCT_STRUCT, .of = &sct_struct_user_desc, .named = true, \
			  .if_bits = CLONE_SETTLS }

/* decode/process.c knows the members by their order. */
static const struct sct_struct sct_struct_clone_args = {
	.name = "clone_args",
	MEMBERS({ K_U64, FLAGS64("flags", clone3_flags) },
		{ K_U64, STRUCT_OUT("pidfd", int) },
		{ K_U64, PTR("child_tid") },
		{ K_U64, STRUCT_OUT("parent_tid", int) },
		{ K_U64, CUSTOM("exit_signal", sct_signal_word_print) },
		{ K_U64, PTR("stack") },
		{ K_U64, HEX("stack_size") },
		{ K_U64, PTR("tls") },
		{ K_U64, ARRAY_IN("set_tid", int, 9) },
		{ K_U64, ULONG("set_tid_size") },
		{ K_U64, ULONG("cgroup") }),
	.size = 4096,		/* the kernel looks at a page of it */
	.print = sct_clone_args_print,
};

STRUCT_BY(wait_status, sct_wait_status_print, { K_S32, INT("") });
STRUCT_BY(wait_rusage, sct_wait_rusage_print, { K_STRUCT, STRUCT_IN("", rusage) });

#define USER_DESC_MEMBERS \
	{ K_U32, INT("entry_number") }, { K_U32, CUSTOM("base_addr", sct_hex6_print) }, \
	{ K_U32, CUSTOM("limit", sct_hex6_print) }, { K_U32, HEX("") }

STRUCT_BY(user_desc, sct_user_desc_print, USER_DESC_MEMBERS);
STRUCT_BY(user_desc_asked, sct_user_desc_asked_print, USER_DESC_MEMBERS);
STRUCT_BY(user_desc_given, sct_user_desc_given_print, USER_DESC_MEMBERS);

STRUCT(kcmp_epoll_slot, { K_U32, INT("efd") }, { K_U32, INT("tfd") }, { K_U32, UINT("toff") });

STRUCT(ns_id_req, { K_U32, UINT("size") }, { K_U32, UINT("spare"), .show = SCT_NONZERO },
       { K_U64, ULONG("ns_id") }, { K_U32, FLAGS("ns_type", setns_types) },
       { K_U32, UINT("spare2"), .show = SCT_NONZERO }, { K_U64, ULONG("user_ns_id") });

/* Local memory comes with what is in it: what was read only if the call succeeded. */
#define LOCAL_OUT(n, l)	{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_iovec_out, .count = SCT_COUNT_ARG, \
			  .len = l, .dir = SCT_OUT_ALWAYS }

static const struct sct_row rows[] = {
	{ .name = "fork" },
	{ .name = "vfork" },
	{ .name = "clone", .abis = SCT_X86_64 | SCT_X32, .order = (const uint8_t[]){ 1, 0, 2, 4, 3 }, .args = {
		FLAGS_ARG, STACK_ARG, PARENT_ARG, CHILD_ARG, TLS_ARG } },
	{ .name = "clone", .abis = SCT_AARCH64 | SCT_ARM, .order = (const uint8_t[]){ 1, 0, 2, 3, 4 }, .args = {
		FLAGS_ARG, STACK_ARG, PARENT_ARG, TLS_ARG, CHILD_ARG } },
	{ .name = "clone", .abis = SCT_I386, .order = (const uint8_t[]){ 1, 0, 2, 3, 4 }, .args = {
		FLAGS_ARG, STACK_ARG, PARENT_ARG, TLS_DESC_ARG, CHILD_ARG } },
	{ .name = "clone3", .unified_nr = 435, .args = {
		{ .name = "cl_args", .type = SCT_STRUCT, .of = &sct_struct_clone_args, .dir = SCT_INOUT,
		  .count = SCT_COUNT_BYTES, .len = 1 },
		ULONG("size") } },
	{ .name = "execve", .args = { PATH("pathname"), STRINGS("argv"), STRINGS_COUNT("envp") } },
	{ .name = "execveat", .args = {
		DIRFD("dirfd"), PATH("pathname"), STRINGS("argv"), STRINGS_COUNT("envp"),
		FLAGS("flags", execveat_flags) } },
	{ .name = "exit", .ret = SCT_RET_NONE, .args = { INT("status") } },
	{ .name = "exit_group", .ret = SCT_RET_NONE, .args = { INT("status") } },
	{ .name = "wait4", .args = {
		PID("pid"), STRUCT_OUT("status", wait_status), FLAGS("options", wait_options),
		STRUCT_OUT("usage", wait_rusage) } },
	{ .name = "waitid", .args = {
		ENUM("idtype", waitid_types), PID("id"), STRUCT_OUT("siginfo", siginfo),
		FLAGS("options", wait_options), STRUCT_OUT("usage", rusage) } },
	{ .name = "uselib", .args = { PATH("path") } },

	{ .name = "getpid" },
	{ .name = "getppid" },
	{ .name = "gettid" },
	{ .name = "getpgid", .args = { PID("pid") } },
	{ .name = "setpgid", .args = { PID("pid"), PID("pgid") } },
	{ .name = "getpgrp" },
	{ .name = "getsid", .args = { PID("pid") } },
	{ .name = "setsid" },
	{ .name = "set_tid_address", .args = { HEX("tidptr") } },
	{ .name = "set_robust_list", .args = { PTR("addr"), ULONG("length") } },
	{ .name = "get_robust_list", .args = {
		PID("pid"), STRUCT_OUT("head_ptr", ptr), STRUCT_OUT("len_ptr", ulong) } },
	{ .name = "rseq", .args = {
		HEX("rseq"), HEX("rseq_len"), FLAGS("flags", rseq_flags), HEX("sig") } },
	{ .name = "rseq_slice_yield", .unified_nr = 471 },

	{ .name = "kcmp", .args = {
		PID("pid1"), PID("pid2"), ENUM("type", kcmp_types), HEX("idx1"), HEX("idx2") } },
	{ .name = "kcmp", WHEN(2, KCMP_FILE), .args = {
		PID("pid1"), PID("pid2"), ENUM("type", kcmp_types), INT("idx1"), INT("idx2") } },
	{ .name = "kcmp", WHEN(2, KCMP_VM, KCMP_FILES, KCMP_FS, KCMP_SIGHAND, KCMP_IO, KCMP_SYSVSEM), .args = {
		PID("pid1"), PID("pid2"), ENUM("type", kcmp_types) } },
	{ .name = "kcmp", WHEN(2, KCMP_EPOLL_TFD), .args = {
		PID("pid1"), PID("pid2"), ENUM("type", kcmp_types), INT("idx1"),
		STRUCT_IN("idx2", kcmp_epoll_slot) } },
	{ .name = "process_vm_readv", .args = {
		PID("pid"), LOCAL_OUT("local_iov", 2), ULONG("liovcnt"),
		ARRAY_IN("remote_iov", iovec_addr, 4), ULONG("riovcnt"), ULONG("flags") } },
	{ .name = "process_vm_writev", .args = {
		PID("pid"), ARRAY_IN("local_iov", iovec, 2), ULONG("liovcnt"),
		ARRAY_IN("remote_iov", iovec_addr, 4), ULONG("riovcnt"), ULONG("flags") } },
	{ .name = "pidfd_open", .unified_nr = 434, .ret = SCT_RET_FD, .args = {
		PID("pid"), FLAGS("flags", pidfd_open_flags) } },
	/* The descriptor is one of the other process. */
	{ .name = "pidfd_getfd", .unified_nr = 438, .ret = SCT_RET_FD, .args = {
		FD("pidfd"), INT("targetfd"), HEX("flags") } },
	{ .name = "process_mrelease", .unified_nr = 448, .args = { FD("pidfd"), HEX("flags") } },

	{ .name = "unshare", .args = { FLAGS("flags", unshare_flags) } },
	{ .name = "setns", .args = { FD("fd"), FLAGS("nstype", setns_types) } },
	{ .name = "listns", .unified_nr = 470, .args = {
		STRUCT_IN("req", ns_id_req), ARRAY_OUT("ns_ids", u64), ULONG("nr_ns_ids"), HEX("flags") } },

	{ .name = "set_thread_area", .remark = sct_user_desc_remark, .args = {
		STRUCT_INOUT("u_info", user_desc_given) } },
	{ .name = "get_thread_area", .args = { STRUCT_INOUT("u_info", user_desc_asked) } },
	{ .name = "modify_ldt", .remark = sct_modify_ldt_remark, .args = {
		INT("func"), PTR("ptr"), ULONG("bytecount") } },
	/* Writing, in the old form and the new. */
	{ .name = "modify_ldt", WHEN(0, 1, 17), .remark = sct_modify_ldt_remark, .args = {
		INT("func"), SIZED_IN("ptr", user_desc, 2), ULONG("bytecount") } },
};

SCT_FAMILY(process);
