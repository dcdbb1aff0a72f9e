// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/sched.c. */
#include <linux/futex.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <sched.h>
#include <sys/resource.h>
#include <time.h>

#include "calls.h"

#define NOBODY	0x7fffffff

#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2 13
#endif

/* As <linux/sched/types.h> has it, which does not go with <sched.h>. */
struct attr {
	__u32 size;
	__u32 policy;
	__u64 flags;
	__s32 nice;
	__u32 priority;
	__u64 runtime;
	__u64 deadline;
	__u64 period;
	__u32 util_min;
	__u32 util_max;
};

static void sched_setscheduler_calls(void)
{
	struct sched_param none = { 0 }, much = { 99 };

	call(sched_yield);
	call(sched_getscheduler, 0);
	call(sched_getscheduler, -1);
	call(sched_setscheduler, 0, SCHED_BATCH, &none);
	call(sched_getscheduler, 0);
	call(sched_setscheduler, 0, SCHED_OTHER, &none);
	call(sched_setscheduler, 0, SCHED_OTHER | SCHED_RESET_ON_FORK, &much);
	call(sched_setscheduler, NOBODY, 77, NULL);
	call(sched_setscheduler, 0, -1, BAD);
	call(sched_getparam, 0, &none);
	call(sched_getparam, 0, NULL);
	call(sched_getparam, NOBODY, BAD);
	call(sched_setparam, 0, &none);
	call(sched_setparam, 0, &much);
	call(sched_setparam, 0, BAD);
}

static void sched_get_priority_max_calls(void)
{
	call(sched_get_priority_max, SCHED_FIFO);
	call(sched_get_priority_max, 99);
	call(sched_get_priority_min, SCHED_RR);
	call(sched_get_priority_min, -1);
}

static void sched_rr_get_interval_calls(void)
{
	struct timespec ts;

	call(sched_rr_get_interval, 0, &ts);
	call(sched_rr_get_interval, NOBODY, &ts);
	call(sched_rr_get_interval, 0, BAD);
}

static void sched_setattr_calls(void)
{
	struct attr attr = { .size = sizeof(attr), .policy = SCHED_OTHER, .nice = 0 };
	unsigned char big[128] = { 0 };

	call(sched_getattr, 0, &attr, sizeof(attr), 0);
	call(sched_getattr, 0, &attr, 48, 0);
	call(sched_getattr, 0, &attr, 5, 0);
	call(sched_getattr, NOBODY, &attr, sizeof(attr), 7);
	call(sched_getattr, 0, NULL, sizeof(attr), 0);
	call(sched_getattr, 0, BAD, sizeof(attr), 0);
	attr = (struct attr) { .size = sizeof(attr) };
	call(sched_setattr, 0, &attr, 0);
	attr.size = 48;
	attr.flags = 1;
	call(sched_setattr, NOBODY, &attr, 0);
	attr = (struct attr) { .size = sizeof(attr), .policy = 6, .flags = 0x7f, .nice = -5, .priority = 7,
			       .runtime = 1, .deadline = 2, .period = 3, .util_min = 4, .util_max = 5 };
	call(sched_setattr, NOBODY, &attr, 0);
	attr.policy = 99;
	attr.flags = -1UL;
	call(sched_setattr, 0, &attr, 9);
	attr.size = 3;
	call(sched_setattr, 0, &attr, 0);
	memcpy(big, &attr, sizeof(attr));
	big[0] = 100;
	big[99] = 1;
	call(sched_setattr, 0, big, 0);
	call(sched_setattr, 0, NULL, 0);
	call(sched_setattr, 0, BAD, 0);
}

static void getcpu_calls(void)
{
	unsigned int cpu, node;

	call(getcpu, &cpu, &node, NULL);
	call(getcpu, NULL, NULL, BAD);
	call(getcpu, BAD, &node, NULL);
}

static void sched_setaffinity_calls(void)
{
	unsigned long set[16] = { 1 }, much[2] = { 0x8000000000000001UL, 0xf0f0 };

	call(sched_setaffinity, 0, 8, set);
	call(sched_getaffinity, 0, sizeof(set), set);
	call(sched_getaffinity, 0, 3, set);
	call(sched_getaffinity, 0, 0, NULL);
	call(sched_getaffinity, NOBODY, 128, set);
	call(sched_getaffinity, 0, 128, BAD);
	call(sched_setaffinity, 0, 16, much);
	call(sched_setaffinity, NOBODY, 128, set);
	call(sched_setaffinity, 0, 0, set);
	call(sched_setaffinity, 0, 8, BAD);
	call(sched_setaffinity, 0, -1, NULL);
}

static void getpriority_calls(void)
{
	call(getpriority, PRIO_PROCESS, 0);
	call(getpriority, PRIO_USER, NOBODY);
	call(getpriority, 9, -1);
	call(setpriority, PRIO_PROCESS, 0, 1);
	call(getpriority, PRIO_PROCESS, 0);
	call(setpriority, PRIO_PGRP, NOBODY, -20);
	call(setpriority, -1, -1, -100);
}

static void ioprio_get_calls(void)
{
	call(ioprio_get, 1, 0);
	call(ioprio_get, 3, NOBODY);
	call(ioprio_get, 99, -1);
	call(ioprio_set, 1, 0, 2 << 13 | 5);
	call(ioprio_get, 1, 0);
	call(ioprio_set, 1, 0, 3 << 13 | 7);
	call(ioprio_set, 2, NOBODY, 1 << 13);
	call(ioprio_set, 9, 0, 0xffff);
}

static void getrlimit_calls(void)
{
	struct rlimit rl = { 100, 200 }, old;

	call(getrlimit, RLIMIT_NOFILE, &old);
	call(getrlimit, RLIMIT_CORE, BAD);
	call(getrlimit, 99, &old);
	call(setrlimit, RLIMIT_NOFILE, &rl);
	rl = (struct rlimit) { 10 << 20, RLIM_INFINITY };
	call(setrlimit, 99, &rl);
	rl = (struct rlimit) { 200, 100 };
	call(setrlimit, RLIMIT_CORE, &rl);
	call(setrlimit, RLIMIT_CORE, NULL);
}

static void prlimit64_calls(void)
{
	struct rlimit rl = { 100, 200 }, old;

	call(prlimit64, 0, RLIMIT_STACK, NULL, &old);
	rl = (struct rlimit) { 1024 * 3, 1024 * 1024 };
	call(prlimit64, 0, RLIMIT_CORE, &rl, &old);
	call(prlimit64, NOBODY, RLIMIT_AS, &rl, NULL);
	call(prlimit64, 0, 77, BAD, BAD);
}

static void getrusage_calls(void)
{
	struct rusage ru;

	call(getrusage, RUSAGE_SELF, &ru);
	call(getrusage, RUSAGE_CHILDREN, &ru);
	call(getrusage, RUSAGE_THREAD, BAD);
	call(getrusage, 99, NULL);
}

static void futexes(void)
{
	static uint32_t word = 5, other;
	struct timespec soon = { 0, 1000 }, past = { 1, 0 }, odd = { -1, -1 };

	call(futex, &word, FUTEX_WAIT, 6, NULL, NULL, 0);
	call(futex, &word, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 5, &soon, NULL, 0);
	call(futex, &word, FUTEX_WAIT, 5, &odd, NULL, 0);
	call(futex, &word, FUTEX_WAIT, 5, BAD, NULL, 0);
	call(futex, BAD, FUTEX_WAIT, 5, &soon, NULL, 0);
	call(futex, &word, FUTEX_WAKE, 1, NULL, NULL, 0);
	call(futex, &word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 0x7fffffff, NULL, NULL, 0);
	call(futex, NULL, FUTEX_WAKE, 1, NULL, NULL, 0);
	call(futex, &word, FUTEX_FD, 5, NULL, NULL, 0);
	call(futex, &word, FUTEX_REQUEUE, 1, 2, &other, 0);
	call(futex, &word, FUTEX_CMP_REQUEUE | FUTEX_PRIVATE_FLAG, 1, 2, &other, 5);
	call(futex, &word, FUTEX_WAKE_OP, 1, 2, &other, FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_GT, 4));
	call(futex, &word, FUTEX_WAKE_OP, 1, 2, &other, 0x8f0ff00f);
	call(futex, &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 5, &past, NULL, 0xffffffff);
	call(futex, &word, FUTEX_WAIT_BITSET, 5, &past, NULL, 7);
	call(futex, &word, FUTEX_WAKE_BITSET, 5, NULL, NULL, 3);
	call(futex, &other, FUTEX_TRYLOCK_PI, 0, NULL, NULL, 0);
	call(futex, &other, FUTEX_LOCK_PI, 0, &past, NULL, 0);
	call(futex, &other, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
	call(futex, &word, FUTEX_LOCK_PI2, 0, &odd, NULL, 0);
	call(futex, &word, FUTEX_WAIT_REQUEUE_PI, 9, &past, &other, 0);
	call(futex, &word, FUTEX_CMP_REQUEUE_PI, 1, 2, &other, 9);
	call(futex, &word, 99, 1, 2, &other, 3);
	call(futex, &word, -1, -1, -1, BAD, -1);
}

#ifdef SYS_futex_waitv
static void many_futexes(void)
{
	static uint32_t words[2] = { 1, 2 };
	struct futex_waitv w[3] = { { 1, (uintptr_t)&words[0], FUTEX_32 | FUTEX_PRIVATE_FLAG, 0 },
				    { 9, (uintptr_t)&words[1], FUTEX_32, 0 }, { -1UL, 0xdeadbeef000, 0x77, 5 } };
	struct timespec past = { 1, 0 }, odd = { -1, -1 };

	call(futex_waitv, w, 1, 0, &past, CLOCK_MONOTONIC);
	call(futex_waitv, w, 2, 0, &past, CLOCK_REALTIME);
	call(futex_waitv, w, 3, 0, &odd, CLOCK_TAI);
	call(futex_waitv, w, 0, 7, NULL, 0);
	call(futex_waitv, w, 200, 0, NULL, 99);
	call(futex_waitv, NULL, 1, 0, NULL, 0);
	call(futex_waitv, BAD, 1, 0, BAD, 0);
	call(futex_waitv, at_edge(w, sizeof(w[0])), 2, 0, &past, CLOCK_MONOTONIC);
}
#endif

static const struct family families[] = {
	{ "sched_setscheduler", sched_setscheduler_calls },
	{ "sched_get_priority_max", sched_get_priority_max_calls },
	{ "sched_rr_get_interval", sched_rr_get_interval_calls },
	{ "sched_setattr", sched_setattr_calls },
	{ "getcpu", getcpu_calls },
	{ "sched_setaffinity", sched_setaffinity_calls },
	{ "getpriority", getpriority_calls },
	{ "ioprio_get", ioprio_get_calls },
	{ "getrlimit", getrlimit_calls },
	{ "prlimit64", prlimit64_calls },
	{ "getrusage", getrusage_calls },
	{ "futex", futexes },
	{ "futex_waitv", many_futexes },
};

PROGRAM(NULL, NULL)
