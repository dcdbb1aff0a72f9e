// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens as a ring fills up. The reader is woken. In a lossless session, from half of the
 * ring on, every task of which a call returns waits for the reader, before it goes back to its
 * program: in task work, where it holds nothing of the kernel's, and behind all other work of that
 * kind, which others may wait for (the end of a file that it has closed). Not in the middle of a
 * call, where it may hold something: so nobody waits for a record of a call's begin, a fork or an
 * exec. The other half of the ring is for these, and for tasks that have not returned yet.
 *
 * Who does not wait. A task that ends, or that a signal, a stop, a tracer or a freezer wants: it
 * comes back here with its next call. Readers, of whatever session: two that trace each other
 * would wait for each other. Of sessions whose scope names no tasks, the reader's process group:
 * in "sctrace-read | grep" grep may be in the scope, and the reader waits for it. And nobody, once
 * the reader has not come on for the time that the session says, until it does: whoever else the
 * reader may depend on, what comes of it is a gap and no deadlock. The reader is the process that
 * has configured the session.
 *
 * Waking. The reader comes on by storing a tail, without a call; so it is told by prod->waiting
 * that it must make one: H and I in <uapi/sctrace.h>. A reader that does not is found out by a
 * look ten times a second.
 *
 * Lifetime. As in deferred.c: who waits has an item, a reference to the session and one to the
 * module. Stop lets all go before it waits for them. A ring may be gone once takes_records is
 * cleared, so it is looked at with preemption off, which stop waits for.
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/hash.h>
#include <linux/jiffies.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/task_work.h>
#include <linux/wait.h>

#include "claim.h"
#include "room.h"
#include "session.h"

/* Tasks of a session that can wait at a time; more lose what has no room. */
#define MAX_ITEMS	8192

/* How often a waiting task looks by itself. */
#define LOOK_JIFFIES	(HZ / 10)

struct item {
	struct callback_head work;
	struct sctrace_session *session;
	int cpu;
	pid_t tid;
	bool again;
};

/**
 * struct sctrace_room - of a lossless session
 * @queue: tasks that wait
 * @closed: nobody is to wait any more
 * @given_up: nor now: the reader does not come on
 * @stuck_at: where it was when that was found: see all_tails()
 * @looked: when that was looked at last, jiffies
 * @patience: for how long a task waits for a reader that does not come on, jiffies; 0: for ever
 * @group: the reader's process group
 * @queued: tasks that wait, or will before they return to their programs
 * @lock: of all prod->waiting
 * @waits: how many times a task has waited
 * @in_vain: of these, how many times until it gave up
 * @used: which items are in use
 * @items: all
 */
struct sctrace_room {
	wait_queue_head_t queue;
	bool closed;
	bool given_up;
	u64 stuck_at;
	unsigned long looked;
	unsigned long patience;
	struct pid *group;
	struct sctrace_pidset queued;
	raw_spinlock_t lock; /* of prod->waiting */
	atomic_long_t waits;
	atomic_long_t in_vain;
	DECLARE_BITMAP(used, MAX_ITEMS);
	struct item items[MAX_ITEMS];
};

/**
 * sctrace_room_alloc() - make what a lossless session needs; current is its reader
 * @config: the session's
 *
 * Context: may sleep.
 * Return: memory for sctrace_room_free(), or NULL if memory is short.
 */
struct sctrace_room *sctrace_room_alloc(const struct sctrace_config *config)
{
	struct sctrace_room *room = kvzalloc(sizeof(*room), GFP_KERNEL_ACCOUNT);

	if (!room)
		return NULL;
	if (sctrace_pidset_init(&room->queued)) {
		kvfree(room);
		return NULL;
	}
	init_waitqueue_head(&room->queue);
	raw_spin_lock_init(&room->lock);
	room->patience = msecs_to_jiffies(config->wait_ms);
	room->looked = jiffies - 1;
	rcu_read_lock();
	room->group = get_pid(task_pgrp(current));
	rcu_read_unlock();
	return room;
}

/**
 * sctrace_room_free() - give it back
 * @room: one that nobody waits in; NULL is fine
 */
void sctrace_room_free(struct sctrace_room *room)
{
	if (!room)
		return;
	put_pid(room->group);
	sctrace_pidset_free(&room->queued);
	kvfree(room);
}

/* ---- waiting ----------------------------------------------------------------------------- */

/* Preemption is off. NULL: it may be gone. */
static struct sctrace_ring *ring_of(const struct sctrace_session *s, int cpu)
{
	return READ_ONCE(s->takes_records) ? s->rings[cpu] : NULL;
}

static bool may_go(const struct sctrace_session *s, int cpu)
{
	const struct sctrace_ring *ring;
	bool room;

	if (READ_ONCE(s->room->closed) || READ_ONCE(s->room->given_up))
		return true;
	preempt_disable_notrace();
	ring = ring_of(s, cpu);
	/* A little more than at the gate, so that not every record is a wait. */
	room = !ring || sctrace_ring_unread(ring) <= ring->gate - ring->size / 8;
	preempt_enable_notrace();
	return room;
}

/* The sum of what all rings have been read: it changes as the reader comes on. */
static u64 all_tails(const struct sctrace_session *s)
{
	struct sctrace_ring *ring;
	u64 sum = 0;
	int cpu;

	preempt_disable_notrace();
	for_each_possible_cpu(cpu) {
		ring = ring_of(s, cpu);
		if (ring)
			sum += sctrace_ring_tail(ring);
	}
	preempt_enable_notrace();
	return sum;
}

static void count_waiting(const struct sctrace_session *s, int cpu, int more)
{
	struct sctrace_ring *ring;

	preempt_disable_notrace();
	ring = ring_of(s, cpu);
	if (ring) {
		raw_spin_lock(&s->room->lock);
		WRITE_ONCE(ring->prod->waiting, ring->prod->waiting + more);
		raw_spin_unlock(&s->room->lock);
	}
	preempt_enable_notrace();
	/* H, pairs with I in userspace/lib/source_ring.c: then the look at the tail. */
	smp_mb();
}

static void give_up(struct sctrace_room *room, u64 tails)
{
	atomic_long_inc(&room->in_vain);
	WRITE_ONCE(room->stuck_at, tails);
	WRITE_ONCE(room->given_up, true);
	wake_up_all(&room->queue);
}

/* A task that waits for room in the ring of a CPU. */
struct waiter {
	wait_queue_entry_t entry;
	struct sctrace_session *session;
	int cpu;
};

/*
 * The reader comes on in one ring after the other: who waits for another ring sleeps on. The
 * queue's lock is held, so a waiter is seen here with the tail that was stored before, or sees that
 * tail itself, once it is in the queue.
 */
static int wake_who_may_go(wait_queue_entry_t *entry, unsigned int mode, int flags, void *key)
{
	struct waiter *waiter = container_of(entry, struct waiter, entry);

	if (!may_go(waiter->session, waiter->cpu))
		return 0;
	return default_wake_function(entry, mode, flags, key);
}

/* Till it may go, or a while has passed. Return: false: a signal has come. */
static bool sleep_a_while(struct sctrace_session *s, int cpu)
{
	wait_queue_head_t *queue = &s->room->queue;
	struct waiter waiter = { .session = s, .cpu = cpu };

	init_waitqueue_func_entry(&waiter.entry, wake_who_may_go);
	waiter.entry.private = current;
	INIT_LIST_HEAD(&waiter.entry.entry);
	prepare_to_wait(queue, &waiter.entry, TASK_INTERRUPTIBLE);
	if (!may_go(s, cpu) && !signal_pending(current))
		schedule_timeout(LOOK_JIFFIES);
	finish_wait(queue, &waiter.entry);
	return may_go(s, cpu) || !signal_pending(current);
}

static void wait_for_room(struct sctrace_session *s, int cpu)
{
	struct sctrace_room *room = s->room;
	u64 tails = all_tails(s), now;
	unsigned long since = jiffies;

	while (!may_go(s, cpu)) {
		if (!sleep_a_while(s, cpu))
			return;
		now = all_tails(s);
		if (now != tails) {
			tails = now;
			since = jiffies;
		} else if (room->patience && time_after(jiffies, since + room->patience) &&
			   !may_go(s, cpu)) {
			give_up(room, tails);
		}
	}
}

/* From a place of its own on, and then from the first: they seldom meet. */
static struct item *take(struct sctrace_room *room)
{
	unsigned int start = hash_32(current->pid, ilog2(MAX_ITEMS));
	int i = sctrace_claim(room->used, start, MAX_ITEMS);

	if (i < 0)
		i = sctrace_claim(room->used, 0, start);
	return i < 0 ? NULL : &room->items[i];
}

static void give_back(struct sctrace_room *room, struct item *item)
{
	sctrace_pidset_del(&room->queued, item->tid);
	sctrace_unclaim(room->used, item - room->items);
}

static void run(struct callback_head *work)
{
	struct item *item = container_of(work, struct item, work);
	struct sctrace_session *s = item->session;
	int cpu = item->cpu;

	/* The newest work comes first. Once more, behind what else there is. */
	if (!item->again) {
		item->again = true;
		if (!task_work_add(current, work, TWA_RESUME))
			return;
	}
	if (!(current->flags & PF_EXITING) && !may_go(s, cpu)) {
		atomic_long_inc(&s->room->waits);
		count_waiting(s, cpu, 1);
		wait_for_room(s, cpu);
		count_waiting(s, cpu, -1);
	}
	give_back(s->room, item);
	sctrace_session_put(s);
}

/* ---- the probes' side; preemption is off ------------------------------------------------- */

/* Whether the reader has not come on since somebody gave up. */
static bool is_stuck(struct sctrace_session *s)
{
	struct sctrace_room *room = s->room;

	if (!READ_ONCE(room->given_up))
		return false;
	/* Not at every record, which are many, and that takes a look at all CPUs' rings. */
	if (time_before_eq(jiffies, READ_ONCE(room->looked)))
		return true;
	WRITE_ONCE(room->looked, jiffies);
	if (all_tails(s) == READ_ONCE(room->stuck_at))
		return true;
	WRITE_ONCE(room->given_up, false);
	return false;
}

/* Whether current may be made to wait: see above. */
static bool may_wait(struct sctrace_session *s)
{
	const struct sctrace_scope *scope = sctrace_policy_of(s->policy)->scope;
	struct sctrace_session *other;

	if (READ_ONCE(s->room->closed) || is_stuck(s))
		return false;
	if (current->flags & (PF_EXITING | PF_KTHREAD))
		return false;
	if (!scope->closed && task_pgrp(current) == s->room->group)
		return false;
	list_for_each_entry_rcu(other, &sctrace_sessions, link, !preemptible()) {
		if (sctrace_policy_of(other->policy)->scope->owner == task_tgid(current))
			return false;
	}
	return true;
}

static void queue_wait(struct sctrace_session *s)
{
	struct sctrace_room *room = s->room;
	struct item *item;

	if (!may_wait(s) || sctrace_pidset_has(&room->queued, current->pid))
		return;
	item = take(room);
	if (!item)
		return;
	item->session = s;
	item->cpu = smp_processor_id();
	item->tid = current->pid;
	item->again = false;
	sctrace_pidset_add(&room->queued, item->tid);
	init_task_work(&item->work, run);
	if (task_work_add(current, &item->work, TWA_RESUME)) {
		give_back(room, item);
		return;
	}
	sctrace_session_get(s);
}

/**
 * sctrace_room_attend() - see what is to be done as a ring fills up
 * @s: its session
 * @ring: of this CPU; sctrace_ring_commit() has asked for this
 *
 * Context: where records are made; preemption off.
 */
void sctrace_room_attend(struct sctrace_session *s, struct sctrace_ring *ring)
{
	if (sctrace_ring_attend(ring) & SCTRACE_RING_WAKE)
		sctrace_wake_reader(&s->wake);
}

/**
 * sctrace_room_attend_return() - the same as a call returns
 * @s: as there
 * @ring: as there
 *
 * Context: the exit probe; preemption off.
 */
void sctrace_room_attend_return(struct sctrace_session *s, struct sctrace_ring *ring)
{
	unsigned int what = sctrace_ring_attend(ring);

	if (what & SCTRACE_RING_WAKE)
		sctrace_wake_reader(&s->wake);
	if (what & SCTRACE_RING_FILLED)
		queue_wait(s);
}

/**
 * sctrace_room_wait() - have current wait for the reader, in a lossless session
 * @s: of which there was no room for the return of a call
 *
 * Context: as sctrace_room_attend_return().
 */
void sctrace_room_wait(struct sctrace_session *s)
{
	if (s->room)
		queue_wait(s);
}

/**
 * sctrace_room_lost() - a record had no room
 * @s: whose
 * @ring: of this CPU
 *
 * Context: as sctrace_room_attend().
 */
void sctrace_room_lost(struct sctrace_session *s, const struct sctrace_ring *ring)
{
	if (ring->gap_lost == 1)
		sctrace_wake_reader(&s->wake);
}

/* ---- the reader's side ------------------------------------------------------------------- */

/**
 * sctrace_room_came_on() - the reader has made room
 * @room: its session's; NULL is fine
 *
 * Context: process context.
 */
void sctrace_room_came_on(struct sctrace_room *room)
{
	if (room)
		wake_up_all(&room->queue);
}

/**
 * sctrace_room_open() - have tasks wait, also after sctrace_room_close()
 * @room: the session's; NULL is fine. No probe knows it.
 */
void sctrace_room_open(struct sctrace_room *room)
{
	if (!room)
		return;
	WRITE_ONCE(room->closed, false);
	WRITE_ONCE(room->given_up, false);
}

/**
 * sctrace_room_close() - let all go, and nobody wait any more
 * @room: the session's; NULL is fine
 *
 * Context: process context.
 */
void sctrace_room_close(struct sctrace_room *room)
{
	if (!room)
		return;
	WRITE_ONCE(room->closed, true);
	wake_up_all(&room->queue);
}

/**
 * sctrace_room_stats() - say how many have waited
 * @room: the session's; NULL is fine
 * @stats: .waits and .given_up are filled in
 */
void sctrace_room_stats(const struct sctrace_room *room, struct sctrace_stats *stats)
{
	stats->waits = room ? atomic_long_read(&room->waits) : 0;
	stats->given_up = room ? atomic_long_read(&room->in_vain) : 0;
}
