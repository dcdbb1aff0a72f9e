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

#include "filter.h"
#include "pidset.h"
#include "plan.h"
#include "ring.h"
#include "scope.h"
#include "wake.h"

struct sctrace_deferred;
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
 * @lock: ioctls and mmap take turns
 * @state: changed under @lock
 * @refs: the file's and one of each capture that sleeps; each comes with one to the module
 * @drained: where stop waits for captures that sleep
 * @takes_records: the rings may be written. Read, with preemption off, before each record of a
 *	capture that slept
 * @scope: who
 * @plans: what of each call
 * @filter: which calls
 * @unread: tasks in a call of which an entry step ran into a page fault
 * @wake: who waits for records
 * @deferred: what tasks on their way back to their programs need
 * @asleep_bytes: memory of records that are being made asleep
 * @rings: by CPU; NULL where no CPU is possible. Made by configure, kept until the end
 * @rcu: for the last who wakes @drained
 */
struct sctrace_session {
	struct list_head link;
	struct mutex lock; /* of the ioctls */
	enum sctrace_state state;
	refcount_t refs;
	wait_queue_head_t drained;
	bool takes_records;
	struct sctrace_scope scope;
	struct sctrace_plans plans;
	struct sctrace_call_filter filter;
	struct sctrace_pidset unread;
	struct sctrace_wake wake;
	struct sctrace_deferred *deferred;
	atomic_long_t asleep_bytes;
	struct sctrace_ring **rings;
	struct rcu_head rcu;
};

/* The sessions that run: read with preemption off, changed by session.c. */
extern struct list_head sctrace_sessions;

struct sctrace_session *sctrace_session_open(void);
void sctrace_session_close(struct sctrace_session *s);
void sctrace_session_get(struct sctrace_session *s);
void sctrace_session_put(struct sctrace_session *s);
int sctrace_session_configure(struct sctrace_session *s, struct sctrace_config *config);
int sctrace_session_start(struct sctrace_session *s);
int sctrace_session_stop(struct sctrace_session *s);
int sctrace_session_stats(struct sctrace_session *s, struct sctrace_stats *stats);
int sctrace_session_map(struct sctrace_session *s, u32 cpu, bool cons, struct vm_area_struct *vma);
__poll_t sctrace_session_poll(struct sctrace_session *s, struct file *file, poll_table *wait);

#endif
