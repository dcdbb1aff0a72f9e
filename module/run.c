// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sessions that run: start, change, stop.
 *
 * Locks: session->lock is taken before sessions_lock. Neither is taken by a probe.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/rculist.h>

#include "attach.h"
#include "clock.h"
#include "focus.h"
#include "room.h"
#include "session.h"

LIST_HEAD(sctrace_sessions);
/* Those of them that hear of calls from the tracepoints alone; and how many do not. */
LIST_HEAD(sctrace_tracepoint_sessions);
unsigned int sctrace_nr_by_kprobe;
/* Changes of the list, and attaching for the first and detaching after the last in it. */
static DEFINE_MUTEX(sessions_lock);

/* How many run at a time: each is asked at every call of every task that comes. */
#define MAX_SESSIONS	64
static unsigned int nr_sessions;
/* Of these, how many hear of entries from the tracepoint. */
static unsigned int nr_hear_entries;

/* How long stop waits for captures that sleep. */
#define DRAIN_JIFFIES	HZ

/* The lists have changed, or are about to. */
static void find_first(void)
{
	struct sctrace_session *s;

	if (list_is_singular(&sctrace_sessions) && list_is_singular(&sctrace_tracepoint_sessions)) {
		s = list_first_entry(&sctrace_sessions, struct sctrace_session, link);
		sctrace_states_be_first(s->states);
	} else {
		sctrace_states_be_first(NULL);
	}
}

static void detach_last(void)
{
	sctrace_detach_watch();
	sctrace_focus_end();
	sctrace_detach();
	sctrace_clock_end();
}

/* Has entries told as the session wants them to be. */
static int attach_entries(struct sctrace_session *s)
{
	int err;

	if (s->kprobes)
		return sctrace_kprobes_attach(s->kprobes);
	if (!s->hears_entries)
		return 0;
	err = nr_hear_entries ? 0 : sctrace_attach_entries();
	if (!err)
		nr_hear_entries++;
	return err;
}

/*
 * Takes the session from the probes' list. When it returns, no probe knows it any more that has not
 * a reference.
 */
static void leave_list(struct sctrace_session *s)
{
	mutex_lock(&sessions_lock);
	if (s->kprobes)
		sctrace_kprobes_detach(s->kprobes);
	else
		list_del_rcu(&s->tracepoint_link);
	list_del_rcu(&s->link);
	find_first();
	/* Not before it hears of no returns any more. */
	if (s->hears_entries && !--nr_hear_entries)
		sctrace_detach_entries();
	nr_sessions--;
	if (list_empty(&sctrace_sessions))
		detach_last();
	if (s->kprobes)
		WRITE_ONCE(sctrace_nr_by_kprobe, sctrace_nr_by_kprobe - 1);
	sctrace_detach_changes(sctrace_policy_now(s)->scope->asks);
	mutex_unlock(&sessions_lock);
	synchronize_rcu();
}

/* When it returns, nobody writes the session's rings any more. */
static void retire(struct sctrace_session *s)
{
	leave_list(s);
	/* Only now: who is let go makes no record any more. */
	sctrace_room_close(s->room);
	wait_event_timeout(s->drained, refcount_read(&s->refs) == 1, DRAIN_JIFFIES);
	WRITE_ONCE(s->takes_records, false);
	/* For who has seen it set; and for the module's references of who was waited for. */
	synchronize_rcu();
}

static int attach_first(void)
{
	int err = sctrace_clock_begin();

	if (err)
		return err;
	err = sctrace_attach();
	if (err) {
		sctrace_clock_end();
		return err;
	}
	sctrace_focus_begin();
	sctrace_attach_watch();
	return 0;
}

static int join_list(struct sctrace_session *s)
{
	u32 asks = sctrace_policy_now(s)->scope->asks;
	int err;

	WRITE_ONCE(s->takes_records, true);
	sctrace_room_open(s->room);
	mutex_lock(&sessions_lock);
	err = nr_sessions == MAX_SESSIONS ? -EMFILE : sctrace_attach_changes(asks);
	if (err)
		goto unlock;
	if (list_empty(&sctrace_sessions))
		err = attach_first();
	if (!err) {
		err = attach_entries(s);
		if (err && list_empty(&sctrace_sessions))
			detach_last();
	}
	if (err) {
		sctrace_detach_changes(asks);
	} else {
		list_add_tail_rcu(&s->link, &sctrace_sessions);
		if (s->kprobes)
			WRITE_ONCE(sctrace_nr_by_kprobe, sctrace_nr_by_kprobe + 1);
		else
			list_add_tail_rcu(&s->tracepoint_link, &sctrace_tracepoint_sessions);
		find_first();
		nr_sessions++;
	}
unlock:
	mutex_unlock(&sessions_lock);
	return err;
}

/**
 * sctrace_session_start() - record from now on
 * @s: a configured session
 *
 * Context: may sleep.
 * Return: 0, -EINVAL (not configured), -EBUSY (started before), -ESRCH (every task of the scope
 * has exited), -ENOMEM, -EMFILE (too many run already), -EOPNOTSUPP (this kernel does not tell of
 * changes that the scope asks for), or the error of attaching. After an error the session is as
 * before.
 */
int sctrace_session_start(struct sctrace_session *s)
{
	struct sctrace_scope *scope;
	int err;

	mutex_lock(&s->lock);
	if (s->state != SCTRACE_CONFIGURED) {
		err = s->state == SCTRACE_NEW ? -EINVAL : -EBUSY;
		goto unlock;
	}
	err = join_list(s);
	if (err)
		goto unlock;
	/* Only now are forks and exits seen, so only now can a set of tasks be kept right. */
	scope = sctrace_policy_now(s)->scope;
	err = sctrace_scope_populate(scope);
	if (err) {
		retire(s);
		scope->settled = false;
		goto unlock;
	}
	sctrace_scope_look_at_all(scope);
	/* Pairs with the acquire in poll: who sees the state sees the tasks counted. */
	smp_store_release(&s->state, SCTRACE_RUNNING);
	/* The last task may have exited before poll could know that this means the end. */
	wake_up_all(&s->wake.queue);
unlock:
	mutex_unlock(&s->lock);
	return err;
}

/* Hears of what only the coming scope asks for, and notes the tasks that it names. */
static int prepare(struct sctrace_session *s, struct sctrace_policy *next)
{
	int err;

	mutex_lock(&sessions_lock);
	err = sctrace_attach_changes(next->scope->asks);
	mutex_unlock(&sessions_lock);
	if (err)
		return err;
	rcu_assign_pointer(s->next, next);
	/* From here on every probe of forks and exits knows it. */
	synchronize_rcu();
	err = next->scope->settled ? 0 : sctrace_scope_populate(next->scope);
	if (!err)
		return 0;
	rcu_assign_pointer(s->next, NULL);
	/* For the probes that have seen it. */
	synchronize_rcu();
	mutex_lock(&sessions_lock);
	sctrace_detach_changes(next->scope->asks);
	mutex_unlock(&sessions_lock);
	return err;
}

/* From here on @next judges, and @now only the ends of calls that began under it. */
static void replace(struct sctrace_session *s, struct sctrace_policy *now,
		    struct sctrace_policy *next)
{
	struct sctrace_policy *before;

	/* Of the policy before that, whose bit the next one has. */
	sctrace_scope_forget_in(next->scope, next->in);
	/* A probe that finds the next policy has begun after this, and so finds no such bit. */
	synchronize_rcu();
	if (unlikely(sctrace_scope_forget_in(next->scope, next->in)))
		synchronize_rcu();
	rcu_assign_pointer(s->policy, next);
	/*
	 * Whoever judges by @now has done so after this, and what it wrote of its task stands. And
	 * whoever found @now has found @next beside it.
	 */
	synchronize_rcu();
	rcu_assign_pointer(s->next, NULL);
	if (next->scope != now->scope)
		sctrace_scope_look_at_all(next->scope);
	mutex_lock(&sessions_lock);
	sctrace_detach_changes(now->scope->asks);
	mutex_unlock(&sessions_lock);
	before = now->before;
	now->before = NULL;
	if (before)
		sctrace_filter_add_counts(&before->filter, &s->past_counts);
	sctrace_policy_free(before);
}

/**
 * sctrace_session_change() - give a running session another scope or filter
 * @s: the session
 * @config: as the ioctl got it; bad_* are filled in
 *
 * Every record is judged by the one policy or by the other, a call by that which judged its entry,
 * unless it is still in it when there is yet another change.
 *
 * Context: may sleep.
 * Return: 0, -EINVAL (also: it does not run), -ESRCH, -EOPNOTSUPP, -EFAULT, -ENOMEM. After an error
 * the session is as before.
 */
int sctrace_session_change(struct sctrace_session *s, struct sctrace_config *config)
{
	struct sctrace_policy *now, *next;
	int err = -EINVAL;

	config->bad_array = SCTRACE_BAD_NONE;
	config->bad_index = 0;
	mutex_lock(&s->lock);
	if (s->state != SCTRACE_RUNNING || config->ring_bytes || config->watermark ||
	    config->nr_plans || config->nr_steps || config->nr_symbols || config->mode ||
	    config->wait_ms || config->reserved)
		goto unlock;
	now = sctrace_policy_now(s);
	next = sctrace_policy_make(config, &s->plans, s->states, now);
	err = PTR_ERR_OR_ZERO(next);
	if (err)
		goto unlock;
	err = prepare(s, next);
	if (err) {
		sctrace_policy_free(next);
		goto unlock;
	}
	replace(s, now, next);
	/* The last task may have exited before poll could know that this means the end. */
	wake_up_all(&s->wake.queue);
unlock:
	mutex_unlock(&s->lock);
	return err;
}

/**
 * sctrace_session_stop() - record no more
 * @s: any session
 *
 * When it returns, nobody writes to its rings, every record lost is in a gap record, and the
 * counters are exact. Captures that sleep are given a second to end.
 *
 * Context: may sleep.
 * Return: 0, or -EINVAL if it was never started; stopping twice is fine.
 */
int sctrace_session_stop(struct sctrace_session *s)
{
	int err = 0;
	int cpu;

	mutex_lock(&s->lock);
	if (s->state == SCTRACE_RUNNING) {
		retire(s);
		for_each_possible_cpu(cpu)
			sctrace_ring_flush_gap(s->rings[cpu]);
		/* Pairs with the acquire in poll: who sees the state sees the last records. */
		smp_store_release(&s->state, SCTRACE_STOPPED);
		wake_up_all(&s->wake.queue);
	} else if (s->state != SCTRACE_STOPPED) {
		err = -EINVAL;
	}
	mutex_unlock(&s->lock);
	return err;
}
