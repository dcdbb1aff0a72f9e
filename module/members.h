/* SPDX-License-Identifier: GPL-2.0-only */
/* A set of tasks that is left by those who exit, and how many are in it. */
#ifndef SCTRACE_MEMBERS_H
#define SCTRACE_MEMBERS_H

#include <linux/atomic.h>
#include <linux/sched.h>

#include "pidset.h"

struct sctrace_members {
	struct sctrace_pidset tids;
	atomic_t nr;
};

/* May sleep. 0 or -ENOMEM. */
static inline int sctrace_members_init(struct sctrace_members *members)
{
	atomic_set(&members->nr, 0);
	return sctrace_pidset_init(&members->tids);
}

/* These: any context. */
static inline bool sctrace_members_has(const struct sctrace_members *members, pid_t tid)
{
	return sctrace_pidset_has(&members->tids, tid);
}

static inline bool sctrace_members_add(struct sctrace_members *members, pid_t tid)
{
	bool added = sctrace_pidset_add(&members->tids, tid);

	if (added)
		atomic_inc(&members->nr);
	return added;
}

static inline bool sctrace_members_del(struct sctrace_members *members, pid_t tid)
{
	bool deleted = sctrace_pidset_del(&members->tids, tid);

	if (deleted)
		atomic_dec(&members->nr);
	return deleted;
}

static inline void sctrace_members_move(struct sctrace_members *members, pid_t from, pid_t to)
{
	if (sctrace_members_del(members, from))
		sctrace_members_add(members, to);
}

/*
 * Not one that is past its exit probe: nobody would ever take it out again. That probe runs after
 * PF_EXITING is set; both sides change their word, then look at the other's, with a full barrier
 * between (the setting of the bit here, one of its own there), so at least one sees the other.
 */
static inline void sctrace_members_add_alive(struct sctrace_members *members,
					     const struct task_struct *task)
{
	pid_t tid = READ_ONCE(task->pid);

	/* Nor under a number that it has lost meanwhile, by an exec. */
	if (sctrace_members_add(members, tid) &&
	    (READ_ONCE(task->flags) & PF_EXITING || READ_ONCE(task->pid) != tid))
		sctrace_members_del(members, tid);
}

#endif
