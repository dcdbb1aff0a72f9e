/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A set of tasks: one bit for each number that a thread id can have. It takes 512 KiB, and in
 * return adding, removing and asking are one bit operation each: no lock, no allocation, no way
 * to fail inside a probe.
 */
#ifndef SCTRACE_PIDSET_H
#define SCTRACE_PIDSET_H

#include <linux/bitops.h>
#include <linux/threads.h>
#include <linux/vmalloc.h>

struct sctrace_pidset {
	unsigned long *bits;
};

/* May sleep. 0 or -ENOMEM. */
static inline int sctrace_pidset_init(struct sctrace_pidset *set)
{
	set->bits = __vmalloc(BITS_TO_LONGS(PID_MAX_LIMIT) * sizeof(long),
			      GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN);
	return set->bits ? 0 : -ENOMEM;
}

static inline void sctrace_pidset_free(struct sctrace_pidset *set)
{
	vfree(set->bits);
	set->bits = NULL;
}

static inline bool sctrace_pidset_has(const struct sctrace_pidset *set, pid_t tid)
{
	return test_bit(tid, set->bits);
}

/* Both return whether the set changed; fully ordered if it did, as test_and_set_bit() is. */
static inline bool sctrace_pidset_add(struct sctrace_pidset *set, pid_t tid)
{
	return !test_and_set_bit(tid, set->bits);
}

static inline bool sctrace_pidset_del(struct sctrace_pidset *set, pid_t tid)
{
	return test_and_clear_bit(tid, set->bits);
}

#endif
