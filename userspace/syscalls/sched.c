/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scheduling, limits, and waiting on memory. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "sched_yield" },
	{ .name = "sched_setparam", .args = { PID("pid"), PTR("param") } },
	{ .name = "sched_getparam", .args = { PID("pid"), PTR("param") } },
	{ .name = "sched_setscheduler", .args = {
		PID("pid"), ENUM("policy", sched_policies), PTR("param") } },
	{ .name = "sched_getscheduler", .args = { PID("pid") } },
	{ .name = "sched_setattr", .args = { PID("pid"), PTR("attr"), HEX("flags") } },
	{ .name = "sched_getattr", .args = {
		PID("pid"), PTR("attr"), UINT("size"), FLAGS("flags", sched_getattr_flags) } },
	{ .name = "sched_get_priority_max", .args = { ENUM("policy", sched_policies) } },
	{ .name = "sched_get_priority_min", .args = { ENUM("policy", sched_policies) } },
	{ .name = "sched_rr_get_interval", .args = { PID("pid"), PTR("tp") } },
	{ .name = "sched_setaffinity", .args = { PID("pid"), UINT("cpusetsize"), PTR("mask") } },
	{ .name = "sched_getaffinity", .args = { PID("pid"), UINT("cpusetsize"), PTR("mask") } },
	{ .name = "getpriority", .args = { ENUM("which", priorities), INT("who") } },
	{ .name = "setpriority", .args = { ENUM("which", priorities), INT("who"), INT("prio") } },
	{ .name = "ioprio_get", .args = { ENUM("which", ioprio_who), INT("who") } },
	{ .name = "ioprio_set", .args = { ENUM("which", ioprio_who), INT("who"), HEX("ioprio") } },
	{ .name = "getcpu", .args = { PTR("cpu"), PTR("node"), PTR("tcache") } },
	{ .name = "getrlimit", .args = { ENUM("resource", rlimit_resources), PTR("rlim") } },
	{ .name = "setrlimit", .args = { ENUM("resource", rlimit_resources), PTR("rlim") } },
	{ .name = "prlimit64", .args = {
		PID("pid"), ENUM("resource", rlimit_resources), PTR("new_limit"), PTR("old_limit") } },
	{ .name = "getrusage", .args = { ENUM("who", rusage_who), PTR("usage") } },

	{ .name = "futex", .args = {
		PTR("uaddr"), ENUM("futex_op", futex_ops), UINT("val"), PTR("timeout"),
		PTR("uaddr2"), HEX("val3") } },
	{ .name = "futex_waitv", .unified_nr = 449, .args = {
		PTR("waiters"), UINT("nr_futexes"), HEX("flags"), PTR("timeout"), CLOCK("clockid") } },
	{ .name = "futex_wake", .unified_nr = 454, .args = {
		PTR("uaddr"), HEX("mask"), INT("nr"), FLAGS("flags", futex2_flags) } },
	{ .name = "futex_wait", .unified_nr = 455, .args = {
		PTR("uaddr"), ULONG("val"), HEX("mask"), FLAGS("flags", futex2_flags),
		PTR("timeout"), CLOCK("clockid") } },
	{ .name = "futex_requeue", .unified_nr = 456, .args = {
		PTR("waiters"), HEX("flags"), INT("nr_wake"), INT("nr_requeue") } },
};

SCT_FAMILY(sched);
