/* SPDX-License-Identifier: GPL-2.0-only */
/* One open of /dev/sctrace: its configuration, its life, its counters. */
#ifndef SCTRACE_SESSION_H
#define SCTRACE_SESSION_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/wait.h>

#include "pidset.h"
#include "plan.h"
#include "policy.h"
#include "ring.h"
#include "wake.h"

struct sctrace_deferred;
struct sctrace_kprobes;
struct sctrace_maps;
struct sctrace_room;
struct vm_area_struct;

/* A session goes through these in order, and never back. */
enum sctrace_state {
	SCTRACE_NEW,
	SCTRACE_CONFIGURED,
	SCTRACE_RUNNING,
	SCTRACE_STOPPED,
};

/**
 * struct sctrace_session - one open file
 * @link: in sctrace_sessions while it runs
 * @tracepoint_link: in sctrace_tracepoint_sessions while it runs, unless it has @kprobes
 * @lock: ioctls and mmap take turns
 * @state: changed under @lock
 * @refs: the file's and one of each capture that sleeps; each comes with one to the module
 * @drained: where stop waits for captures that sleep
 * @takes_records: the rings may be written. Read, with preemption off, before each record of a
 *	capture that slept
 * @states: SCTRACE_TASK_* of every task
 * @policy: who and which calls. Read with preemption off; changed under @lock
 * @next: the policy to come, of which the sets of tasks are kept up to date, or NULL
 * @past_counts: what policies of the past have left out
 * @plans: what of each call
 * @kprobes: what tells it of entries; NULL: the tracepoint, if anything does
 * @hears_entries: from the tracepoint
 * @unread: tasks in a call of which an entry step ran into a page fault
 * @wake: who waits for records
 * @room: LOSSLESS: who waits for the reader; else NULL
 * @deferred: what tasks on their way back to their programs need
 * @maps: what it has told of mapped files; NULL if no step asks
 * @rings: by CPU; NULL where no CPU is possible. Made by configure, kept until the end
 * @rcu: for the last who wakes @drained
 */
struct sctrace_session {
	struct list_head link;
	struct list_head tracepoint_link;
	struct mutex lock; /* of the ioctls */
	enum sctrace_state state;
	refcount_t refs;
	wait_queue_head_t drained;
	bool takes_records;
	struct sctrace_states *states;
	struct sctrace_policy __rcu *policy;
	struct sctrace_policy __rcu *next;
	struct sctrace_filter_counts past_counts;
	struct sctrace_plans plans;
	struct sctrace_kprobes *kprobes;
	bool hears_entries;
	struct sctrace_pidset unread;
	struct sctrace_wake wake;
	struct sctrace_room *room;
	struct sctrace_deferred *deferred;
	struct sctrace_maps *maps;
	struct sctrace_ring **rings;
	struct rcu_head rcu;
};

/* The sessions that run: read with preemption off, changed by run.c. */
extern struct list_head sctrace_sessions;
extern struct list_head sctrace_tracepoint_sessions;
extern unsigned int sctrace_nr_by_kprobe;

/* The sessions that run; preemption is off. */
#define sctrace_for_each_session(s) \
	list_for_each_entry_rcu(s, &sctrace_sessions, link, !preemptible())

/* Those of them that hear of calls from the tracepoints alone. */
#define sctrace_for_each_tracepoint_session(s) \
	list_for_each_entry_rcu(s, &sctrace_tracepoint_sessions, tracepoint_link, !preemptible())

/* One of a session's policies; preemption is off. */
#define sctrace_policy_of(pointer)	rcu_dereference_check(pointer, !preemptible())

/* The policy where the session's lock is held. */
static inline struct sctrace_policy *sctrace_policy_now(struct sctrace_session *s)
{
	return rcu_dereference_protected(s->policy, lockdep_is_held(&s->lock));
}

struct sctrace_session *sctrace_session_open(void);
void sctrace_session_close(struct sctrace_session *s);
void sctrace_session_get(struct sctrace_session *s);
void sctrace_session_put(struct sctrace_session *s);
int sctrace_session_configure(struct sctrace_session *s, struct sctrace_config *config);
int sctrace_session_stats(struct sctrace_session *s, struct sctrace_stats *stats);
int sctrace_session_map(struct sctrace_session *s, u32 cpu, bool cons, struct vm_area_struct *vma);
int sctrace_session_came_on(struct sctrace_session *s);
__poll_t sctrace_session_poll(struct sctrace_session *s, struct file *file, poll_table *wait);

/* run.c */
int sctrace_session_start(struct sctrace_session *s);
int sctrace_session_change(struct sctrace_session *s, struct sctrace_config *config);
int sctrace_session_stop(struct sctrace_session *s);

#endif
