/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scheduling, limits, and waiting on memory. */
#include <linux/futex.h>

#include "printers.h"
#include "structs.h"

#define ATTR \
	{ K_U32, UINT("size") }, { K_U32, ENUM("sched_policy", sched_policies) }, \
	{ K_U64, FLAGS64("sched_flags", sched_attr_flags) }, { K_S32, INT("sched_nice") }, \
	{ K_U32, UINT("sched_priority") }, { K_U64, ULONG("sched_runtime") }, \
	{ K_U64, ULONG("sched_deadline") }, { K_U64, ULONG("sched_period") }, \
	{ K_U32, UINT("sched_util_min") }, { K_U32, UINT("sched_util_max") }
STRUCT_BY(sched_attr, sct_sched_attr_in_print, ATTR);
STRUCT_BY(sched_attr_out, sct_sched_attr_out_print, ATTR);

STRUCT(rlimit, { K_KULONG, CUSTOM("rlim_cur", sct_rlim_print) }, { K_KULONG, CUSTOM("rlim_max", sct_rlim_print) });
STRUCT(rlimit64, { K_U64, CUSTOM("rlim_cur", sct_rlim64_print) }, { K_U64, CUSTOM("rlim_max", sct_rlim64_print) });

STRUCT(futex_waitv,
       { K_U64, HEX("val") }, { K_U64, PTR("uaddr") }, { K_U32, FLAGS("flags", futex_waiter_flags) },
       { K_U32, HEX("__reserved"), .show = SCT_NONZERO });

/* An argument that the operation does not look at. */
#define UNUSED UPPER

/* Rows of the operations, whatever bits they carry besides. */
#define FUTEX(...) .name = "futex", WHEN_MASK(1, FUTEX_CMD_MASK, __VA_ARGS__)
#define WORD_AND_OP PTR("uaddr"), ENUM("futex_op", futex_ops)

/* Younger than some headers. */
#define LOCK_PI2 13

static const struct sct_row rows[] = {
	{ .name = "sched_yield" },
	{ .name = "sched_setparam", .args = { PID("pid"), STRUCT_IN("param", int) } },
	{ .name = "sched_getparam", .args = { PID("pid"), STRUCT_OUT("param", int) } },
	{ .name = "sched_setscheduler", .args = {
		PID("pid"), ENUM("policy", sched_policies), STRUCT_IN("param", int) } },
	{ .name = "sched_getscheduler", .remark = sct_policy_remark, .args = { PID("pid") } },
	{ .name = "sched_setattr", .args = {
		PID("pid"), STRUCT_INOUT_ALWAYS("attr", sched_attr), UINT("flags") } },
	{ .name = "sched_getattr", .args = {
		PID("pid"), SIZED_OUT("attr", sched_attr_out, 2), UINT("size"),
		FLAGS("flags", sched_getattr_flags) } },
	{ .name = "sched_get_priority_max", .args = { ENUM("policy", sched_policies) } },
	{ .name = "sched_get_priority_min", .args = { ENUM("policy", sched_policies) } },
	{ .name = "sched_rr_get_interval", .args = { PID("pid"), STRUCT_OUT("tp", timespec) } },
	{ .name = "sched_setaffinity", .args = {
		PID("pid"), UINT("cpusetsize"), SIZED_IN("mask", cpu_set, 1) } },
	{ .name = "sched_getaffinity", .args = {
		PID("pid"), UINT("cpusetsize"), RESULT_OUT("mask", cpu_set) } },
	{ .name = "getpriority", .args = { ENUM("which", priorities), INT("who") } },
	{ .name = "setpriority", .args = { ENUM("which", priorities), INT("who"), INT("prio") } },
	{ .name = "ioprio_get", .remark = sct_ioprio_remark, .args = { ENUM("which", ioprio_who), INT("who") } },
	{ .name = "ioprio_set", .args = {
		ENUM("which", ioprio_who), INT("who"), CUSTOM("ioprio", sct_ioprio_print) } },
	{ .name = "getcpu", .args = { STRUCT_OUT("cpu", uint), STRUCT_OUT("node", uint), PTR("tcache") } },
	{ .name = "getrlimit", .args = { ENUM("resource", rlimit_resources), STRUCT_OUT("rlim", rlimit) } },
	{ .name = "setrlimit", .args = { ENUM("resource", rlimit_resources), STRUCT_IN("rlim", rlimit) } },
	{ .name = "ugetrlimit", .args = { ENUM("resource", rlimit_resources), STRUCT_OUT("rlim", rlimit) } },
	{ .name = "prlimit64", .args = {
		PID("pid"), ENUM("resource", rlimit_resources), STRUCT_IN("new_limit", rlimit64),
		STRUCT_OUT("old_limit", rlimit64) } },
	{ .name = "getrusage", .args = { ENUM("who", rusage_who), STRUCT_OUT("usage", rusage) } },

	{ .name = "futex", .args = {
		WORD_AND_OP, UINT("val"), PTR("timeout"), PTR("uaddr2"), HEX32("val3") } },
	{ FUTEX(FUTEX_WAIT), .args = { WORD_AND_OP, UINT("val"), STRUCT_IN("timeout", timespec) } },
	{ FUTEX(FUTEX_WAKE, FUTEX_FD), .args = { WORD_AND_OP, UINT("val") } },
	{ FUTEX(FUTEX_REQUEUE), .args = { WORD_AND_OP, UINT("val"), UINT("val2"), PTR("uaddr2") } },
	{ FUTEX(FUTEX_CMP_REQUEUE, FUTEX_CMP_REQUEUE_PI), .args = {
		WORD_AND_OP, UINT("val"), UINT("val2"), PTR("uaddr2"), UINT("val3") } },
	{ FUTEX(FUTEX_WAKE_OP), .args = {
		WORD_AND_OP, UINT("val"), UINT("val2"), PTR("uaddr2"), CUSTOM("val3", sct_futex_wake_op_print) } },
	{ FUTEX(FUTEX_LOCK_PI, LOCK_PI2), .args = { WORD_AND_OP, UNUSED, STRUCT_IN("timeout", timespec) } },
	{ FUTEX(FUTEX_UNLOCK_PI, FUTEX_TRYLOCK_PI), .args = { WORD_AND_OP } },
	{ FUTEX(FUTEX_WAIT_BITSET), .args = {
		WORD_AND_OP, UINT("val"), STRUCT_IN("timeout", timespec), UNUSED,
		CUSTOM("val3", sct_futex_bits_print) } },
	{ FUTEX(FUTEX_WAKE_BITSET), .args = {
		WORD_AND_OP, UINT("val"), UNUSED, UNUSED, CUSTOM("val3", sct_futex_bits_print) } },
	{ FUTEX(FUTEX_WAIT_REQUEUE_PI), .args = {
		WORD_AND_OP, UINT("val"), STRUCT_IN("timeout", timespec), PTR("uaddr2") } },

	/* The same, for times of 64 bits in 32-bit programs. */
	{ .name = "futex_time64", .args = {
		WORD_AND_OP, UINT("val"), PTR("timeout"), PTR("uaddr2"), HEX32("val3") } },
#define FUTEX64(...) .name = "futex_time64", WHEN_MASK(1, FUTEX_CMD_MASK, __VA_ARGS__)
	{ FUTEX64(FUTEX_WAIT), .args = { WORD_AND_OP, UINT("val"), STRUCT_IN("timeout", timespec64) } },
	{ FUTEX64(FUTEX_WAKE, FUTEX_FD), .args = { WORD_AND_OP, UINT("val") } },
	{ FUTEX64(FUTEX_REQUEUE), .args = { WORD_AND_OP, UINT("val"), UINT("val2"), PTR("uaddr2") } },
	{ FUTEX64(FUTEX_CMP_REQUEUE, FUTEX_CMP_REQUEUE_PI), .args = {
		WORD_AND_OP, UINT("val"), UINT("val2"), PTR("uaddr2"), UINT("val3") } },
	{ FUTEX64(FUTEX_WAKE_OP), .args = {
		WORD_AND_OP, UINT("val"), UINT("val2"), PTR("uaddr2"), CUSTOM("val3", sct_futex_wake_op_print) } },
	{ FUTEX64(FUTEX_LOCK_PI, LOCK_PI2), .args = { WORD_AND_OP, UNUSED, STRUCT_IN("timeout", timespec64) } },
	{ FUTEX64(FUTEX_UNLOCK_PI, FUTEX_TRYLOCK_PI), .args = { WORD_AND_OP } },
	{ FUTEX64(FUTEX_WAIT_BITSET), .args = {
		WORD_AND_OP, UINT("val"), STRUCT_IN("timeout", timespec64), UNUSED,
		CUSTOM("val3", sct_futex_bits_print) } },
	{ FUTEX64(FUTEX_WAKE_BITSET), .args = {
		WORD_AND_OP, UINT("val"), UNUSED, UNUSED, CUSTOM("val3", sct_futex_bits_print) } },
	{ FUTEX64(FUTEX_WAIT_REQUEUE_PI), .args = {
		WORD_AND_OP, UINT("val"), STRUCT_IN("timeout", timespec64), PTR("uaddr2") } },

	{ .name = "futex_waitv", .unified_nr = 449, .args = {
		ARRAY_IN("waiters", futex_waitv, 1), UINT("nr_futexes"), HEX32("flags"),
		STRUCT_IN("timeout", timespec64), CLOCK("clockid") } },
	{ .name = "futex_wake", .unified_nr = 454, .args = {
		PTR("uaddr"), HEX("mask"), INT("nr"), FLAGS("flags", futex2_flags) } },
	{ .name = "futex_wait", .unified_nr = 455, .args = {
		PTR("uaddr"), ULONG("val"), HEX("mask"), FLAGS("flags", futex2_flags),
		STRUCT_IN("timeout", timespec64), CLOCK("clockid") } },
	{ .name = "futex_requeue", .unified_nr = 456, .args = {
		FIXED_IN("waiters", futex_waitv, 2), HEX32("flags"), INT("nr_wake"), INT("nr_requeue") } },
};

SCT_FAMILY(sched);
