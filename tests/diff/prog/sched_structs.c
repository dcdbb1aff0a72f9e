// SPDX-License-Identifier: GPL-2.0-or-later
/* Scheduling, limits, and waiting on memory: structs by their sizes, operations by their arguments. */
#include <linux/futex.h>
#include <sched.h>
#include <sys/resource.h>
#include <time.h>

#include "calls.h"

struct attr {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
	uint32_t util_min, util_max;
	uint64_t more[2];
};

static void attributes(void)
{
	static char got[8192];
	struct attr attr;
	static const unsigned int sizes[] = { 48, 56, 60, 72, 0, 4, 47, 4096, 8192, 52 };
	unsigned int i;

	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		call(sched_getattr, 0, got, sizes[i], 0);
	call(sched_getattr, 0, BAD, 48, 0);
	call(sched_getattr, 0, NULL, 48, 0);
	call(sched_getattr, -1, got, 56, 0);
	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		attr = (struct attr) { .size = sizes[i] };
		call(sched_setattr, 0, &attr, 0);
	}
	attr = (struct attr) { .size = 72, .more = { 1 } };
	call(sched_setattr, 0, &attr, 0);
	attr = (struct attr) { .size = 48, .policy = 6, .flags = 7, .runtime = 10, .deadline = 20, .period = 30 };
	call(sched_setattr, 0, &attr, 1);
	attr = (struct attr) { .size = 48, .policy = 77, .flags = -1, .nice = -3, .priority = 99 };
	call(sched_setattr, 0, &attr, -1);
	attr = (struct attr) { .size = 56, .flags = 0x60, .util_min = 5, .util_max = 2000 };
	call(sched_setattr, -1, &attr, 0);
	attr.flags = 0x10;
	call(sched_setattr, -1, &attr, 0);
	attr.flags = 0x08;
	call(sched_setattr, -1, &attr, 0);
	call(sched_setattr, 0, NULL, 0);
	call(sched_setattr, 0, BAD, 0);
	attr.size = 56;
	call(sched_setattr, 0, at_edge(&attr, 24), 0);
}

static void sched_setscheduler_calls(void)
{
	int param = 0, odd = 55;
	struct timespec ts;

	call(sched_yield);
	call(sched_setparam, 0, &param);
	call(sched_setparam, 0, &odd);
	call(sched_setparam, 0, NULL);
	call(sched_setparam, 0, BAD);
	call(sched_getparam, 0, &param);
	call(sched_getparam, 0, NULL);
	call(sched_getparam, -1, &param);
	call(sched_setscheduler, 0, SCHED_OTHER, &param);
	call(sched_setscheduler, 0, SCHED_RR, &odd);
	call(sched_setscheduler, -1, 99, BAD);
	call(sched_setscheduler, -1, SCHED_FIFO, NULL);
	call(sched_getscheduler, 0);
	call(sched_getscheduler, -1);
	call(sched_get_priority_max, SCHED_FIFO);
	call(sched_get_priority_min, 77);
	call(sched_rr_get_interval, 0, &ts);
	call(sched_rr_get_interval, 0, BAD);
	call(sched_rr_get_interval, -1, &ts);
}

static void sched_setaffinity_calls(void)
{
	char mask[1024];
	unsigned int cpu, node;

	memset(mask, 0, sizeof(mask));
	call(sched_getaffinity, 0, sizeof(mask), mask);
	call(sched_getaffinity, 0, 8, mask);
	call(sched_getaffinity, 0, 4, mask);
	call(sched_getaffinity, 0, 0, mask);
	call(sched_getaffinity, 0, 128, BAD);
	call(sched_getaffinity, 0, 128, NULL);
	memset(mask, 0xff, 8);
	call(sched_setaffinity, 0, 8, mask);
	call(sched_setaffinity, 0, 3, mask);
	call(sched_setaffinity, 0, 128, mask);
	call(sched_setaffinity, 0, 0, mask);
	call(sched_setaffinity, 0, 8, NULL);
	call(sched_setaffinity, 0, 128, BAD);
	call(sched_setaffinity, 0, 8, room_at_edge(4));
	memset(mask, 0, sizeof(mask));
	mask[7] = 1;
	mask[6] = 0x80;
	call(sched_setaffinity, -1, 8, mask);
	call(getcpu, &cpu, &node, NULL);
	call(getcpu, NULL, NULL, mask);
	call(getcpu, BAD, &node, NULL);
}

static void getpriority_calls(void)
{
	call(getpriority, PRIO_PROCESS, 0);
	call(getpriority, PRIO_USER, 0);
	call(getpriority, 7, -1);
	call(setpriority, PRIO_PROCESS, 0, 0);
	call(setpriority, PRIO_PGRP, -5, -30);
	call(setpriority, 9, 0, 30);
}

static void ioprio_get_calls(void)
{
	call(ioprio_get, 1, 0);
	call(ioprio_set, 1, 0, 2 << 13 | 5);
	call(ioprio_get, 1, 0);
	call(ioprio_set, 1, 0, 3 << 13);
	call(ioprio_get, 1, 0);
	call(ioprio_get, 2, -1);
	call(ioprio_get, 9, 0);
	call(ioprio_set, 3, -1, 0);
	call(ioprio_set, 9, -1, 0xffffffff);
	call(ioprio_set, 9, -1, 7 << 13 | 0x1fff);
	call(ioprio_set, 9, -1, 1 << 13 | 0x9);
}

static void getrlimit_calls(void)
{
	struct rlimit limit = { 8 << 20, -1UL }, got;

	call(getrlimit, RLIMIT_NOFILE, &got);
	call(getrlimit, RLIMIT_STACK, &got);
	call(getrlimit, 99, &got);
	call(getrlimit, RLIMIT_CORE, BAD);
	call(getrlimit, RLIMIT_CORE, NULL);
	call(setrlimit, RLIMIT_CORE, &got);
	limit = (struct rlimit) { 1024, 1025 };
	call(setrlimit, 99, &limit);
	limit = (struct rlimit) { 2047, 2048 };
	call(setrlimit, 99, &limit);
	limit = (struct rlimit) { -1UL, 0xffffffff };
	call(setrlimit, 99, &limit);
	call(setrlimit, 99, at_edge(&limit, 8));
}

static void prlimit64_calls(void)
{
	struct rlimit limit = { 8 << 20, -1UL }, got;

	call(prlimit64, 0, RLIMIT_NOFILE, NULL, &got);
	call(prlimit64, 0, RLIMIT_NOFILE, &got, &limit);
	call(prlimit64, 0, RLIMIT_NOFILE, NULL, NULL);
	call(prlimit64, -1, RLIMIT_NOFILE, &got, &limit);
	call(prlimit64, 0, 99, BAD, BAD);
}

static void getrusage_calls(void)
{
	struct rusage usage;

	call(getrusage, RUSAGE_SELF, &usage);
	call(getrusage, RUSAGE_CHILDREN, &usage);
	call(getrusage, RUSAGE_THREAD, NULL);
	call(getrusage, 99, BAD);
}

static void futexes(void)
{
	static uint32_t word = 5, other = 6;
	struct timespec short_time = { 0, 1000 }, now;
	unsigned int op;

	for (op = 0; op < 15; op++) {
		call(futex, &word, op | FUTEX_PRIVATE_FLAG, 4, &short_time, &other, 7);
		call(futex, BAD, op, 0x7fffffff, NULL, BAD, 0xffffffff);
		if (op != 13)
			call(futex, BAD, op | FUTEX_CLOCK_REALTIME, -1, BAD, NULL, 0);
	}
	call(futex, &word, FUTEX_WAIT, 5, &short_time, NULL, 0);
	call(futex, &word, FUTEX_WAIT_BITSET, 5, &short_time, NULL, FUTEX_BITSET_MATCH_ANY);
	call(futex, &word, FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, 5, &short_time, NULL, 3);
	call(futex, &word, FUTEX_WAKE_BITSET, 5, NULL, NULL, FUTEX_BITSET_MATCH_ANY);
	call(futex, &word, FUTEX_WAKE_OP, 1, 2, &other, FUTEX_OP(FUTEX_OP_ADD, 0x123, FUTEX_OP_CMP_LT, -1));
	call(futex, &word, FUTEX_WAKE_OP, 1, 2, &other, FUTEX_OP((FUTEX_OP_OR | 8), 5, FUTEX_OP_CMP_GE, 6));
	call(futex, &word, FUTEX_WAKE_OP, 1, 2, &other, FUTEX_OP(7, 5, 15, 6));
	call(futex, &word, FUTEX_REQUEUE, 1, 0x7fffffff, &other, 0);
	call(futex, &word, FUTEX_CMP_REQUEUE_PRIVATE, 1, 3, &other, 5);
	clock_gettime(CLOCK_REALTIME, &now);
	call(futex, &word, FUTEX_LOCK_PI, 1, &now, &other, 5);
	call(futex, &word, 0x1234, 1, &now, &other, 5);
}

struct waiter {
	uint64_t val, uaddr;
	uint32_t flags, reserved;
};

static void futexes2(void)
{
	static uint32_t word = 5;
	struct waiter waiters[3] = { { 4, (uintptr_t)&word, 2, 0 }, { 5, 0, 0x82, 0 },
				     { -1, 0xdeadbeef000, -1, 7 } };
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	call_nr(449, waiters, 1, 0, &now, CLOCK_MONOTONIC);
	call_nr(449, waiters, 3, 0, NULL, CLOCK_REALTIME);
	call_nr(449, waiters, 0, 5, NULL, 9);
	call_nr(449, NULL, 1, 0, BAD, 0);
	call_nr(449, BAD, 1, -1, &now, 99);
	call_nr(449, at_edge(waiters, 30), 2, 0, &now, 0);
}

static const struct family families[] = {
	{ "sched_setattr", attributes },
	{ "sched_setscheduler", sched_setscheduler_calls },
	{ "sched_setaffinity", sched_setaffinity_calls },
	{ "getpriority", getpriority_calls },
	{ "ioprio_get", ioprio_get_calls },
	{ "getrlimit", getrlimit_calls },
	{ "prlimit64", prlimit64_calls },
	{ "getrusage", getrusage_calls },
	{ "futex", futexes },
	{ "futex_waitv", futexes2 },
};

PROGRAM(NULL, NULL)
