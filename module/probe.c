// SPDX-License-Identifier: GPL-2.0-only
/*
 * The handlers: one call's way from the tracepoint into the ring, to be read from top to bottom.
 *
 * Context: always a task, never an interrupt. Up to 6.12 the tracepoint calls us with preemption
 * off, later not, and then we turn it off: it keeps us on one CPU from reserve to commit, and it is
 * what sctrace_session_stop() waits for (synchronize_rcu()) before a session that we may have
 * found in the list goes away. With it off nothing here sleeps or allocates, and no lock is taken
 * but, for what a descriptor refers to, the spinning ones that fd_path.c and fd_details.c name.
 * Only memory that could not be read so is read again with preemption on, where that is allowed.
 */
#include <linux/mm.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "attach.h"
#include "capture.h"
#include "capture_lean.h"
#include "clock.h"
#include "compat/faultable.h"
#include "compat/syscall_abi.h"
#include "deferred.h"
#include "focus.h"
#include "maps.h"
#include "probe.h"
#include "record.h"
#include "return.h"
#include "session.h"

/* ---- what is recorded as a call begins --------------------------------------------------- */

/*
 * Writes the arguments to @words: all six, and what comes next begins where those end that the call
 * has. Return: there.
 */
static __always_inline
u8 *put_arguments(u64 *words, const struct sctrace_call *what, struct pt_regs *regs)
{
	if (what->nr_args)
		sctrace_syscall_entry_arguments(regs, (unsigned long *)words);
	return (u8 *)(words + what->nr_args);
}

/* Any ENTER up to its pieces. Return: where these go. @nr: without x32's mark. */
static u8 *begin_enter(struct sctrace_hdr *hdr, const struct sctrace_syscall *call,
		       struct pt_regs *regs, long nr, u64 now)
{
	u64 *words = (u64 *)(hdr + 1);
	u8 *at;

	sctrace_record_begin(hdr, sctrace_record_first(call->call->enter, call->nr, call->flags),
			     now);
	if (unlikely(call->nr == SCTRACE_NR_NONE))
		*words++ = nr;
	at = put_arguments(words, call->call, regs);
	sctrace_cut_arguments(call->abi, (unsigned long *)words);
	return at;
}

/* Runs the entry steps from @at on. Return: whether there was a fault. */
static __always_inline
bool capture_entry(const struct sctrace_session *s, const struct sctrace_call *what,
		   const unsigned long *args, u8 **at, u8 *end, bool may_sleep)
{
	struct sctrace_capture c = {
		.steps = s->plans.steps + what->first,
		.maps = s->maps,
		.args = args,
		.first = *at,
		.at = *at,
		.end = end,
		.may_sleep = may_sleep,
	};

	sctrace_capture_steps(&c, 0, what->nr_enter);
	*at = c.at;
	return c.faulted;
}

/* Return: as record_enter(). */
static noinline bool add_pieces(struct sctrace_session *s, struct sctrace_ring *ring,
				struct sctrace_hdr *hdr, const struct sctrace_call *what, u8 *at,
				bool may_leave)
{
	const unsigned long *args = (unsigned long *)at - what->nr_args;
	u8 *end = (u8 *)hdr + sctrace_record_room(ring, what->enter_max);

	if (unlikely(capture_entry(s, what, args, &at, end, false))) {
		if (may_leave && sctrace_attach_entry_may_sleep()) {
			/*
			 * Unwanted, maybe, and the reader can look behind the head. There may be
			 * more than the pieces: of a string, what lies before the fault.
			 */
			memset(hdr, 0, end - (u8 *)hdr);
			sctrace_ring_abandon(ring);
			sctrace_maps_forget(s->maps);
			sctrace_session_get(s);
			return true;
		}
		sctrace_pidset_add(&s->unread, current->pid);
	}
	sctrace_record_commit(s, ring, hdr, at);
	return false;
}

/* Return: whether the entry is to be recorded. */
static bool filter_entry(struct sctrace_call_filter *filter, const struct sctrace_plans *plans,
			 struct sctrace_syscall *call, long nr, u64 now)
{
	if (!filter->whole)
		return sctrace_filter_entry(filter, plans, call, now);
	sctrace_filter_begin(filter, plans, call, nr, now);
	return false;
}

/* The call that current is about to make. @nr: its number, without x32's mark. */
static void look_at_entry(const struct sctrace_session *s, struct sctrace_syscall *call,
			  struct pt_regs *regs, long nr)
{
	call->call = sctrace_plan_find(&s->plans, call->abi, nr);
	call->nr = sctrace_record_nr(nr);
	call->flags = 0;
	sctrace_syscall_entry_arguments(regs, call->args);
	sctrace_cut_arguments(call->abi, call->args);
	if (unlikely(call->call->select))
		call->call = sctrace_plan_variant(&s->plans, call->call, call->args);
}

/*
 * Any call. @filter: NULL if it has let the call pass already; then @flags are the header's.
 * Return: true if nothing is recorded yet, since it takes sleeping, for which there is a reference
 * to the session now. @may_leave: sleeping is fine.
 */
static noinline bool record_enter(struct sctrace_session *s, struct sctrace_call_filter *filter,
				  struct pt_regs *regs, long nr, u8 flags, bool may_leave)
{
	struct sctrace_syscall call;
	struct sctrace_ring *ring;
	struct sctrace_hdr *hdr;
	u8 *at;
	u64 now;

	call.abi = sctrace_syscall_abi(&nr);
	if (filter && !sctrace_filter_wants(filter, call.abi, nr))
		return false;
	look_at_entry(s, &call, regs, nr);
	call.flags = flags;
	now = sctrace_clock();
	if (filter && filter->detailed && !filter_entry(filter, &s->plans, &call, nr, now))
		return false;
	ring = sctrace_record_ring(s);
	hdr = sctrace_record_reserve(s, ring, call.call->enter_sure, now);
	if (!hdr)
		return false;
	at = begin_enter(hdr, &call, regs, nr, now);
	if (call.call->nr_enter)
		return add_pieces(s, ring, hdr, call.call, at, may_leave);
	sctrace_record_commit(s, ring, hdr, at);
	return false;
}

/* ---- where page faults can be served ----------------------------------------------------- */

/* Return: whether the entry is to be recorded. @paths: of the filter that judges it. */
static bool wanted_asleep(struct sctrace_session *s, struct sctrace_paths *paths,
			  struct sctrace_syscall *call, void *room)
{
	struct sctrace_policy *policy;

	if (!paths || sctrace_filter_asleep(paths, &s->plans, call, room))
		return true;
	preempt_disable_notrace();
	/* That filter may have been replaced meanwhile. */
	if (READ_ONCE(s->takes_records)) {
		policy = sctrace_policy_of(s->policy);
		if (policy->filter.paths == paths)
			sctrace_filter_skip(&policy->filter);
		else if (policy->before && policy->before->filter.paths == paths)
			sctrace_filter_skip(&policy->before->filter);
	}
	preempt_enable_notrace();
	return false;
}

/*
 * The same as record_enter() where page faults can be served. Gives back the references to the
 * session and to @paths.
 */
static noinline void record_enter_asleep(struct sctrace_session *s, struct sctrace_paths *paths,
					 struct pt_regs *regs, long task_nr)
{
	struct sctrace_syscall call;
	struct sctrace_hdr *hdr;
	long nr = task_nr;
	u8 *first, *at;
	u32 least, size;

	call.abi = sctrace_syscall_abi(&nr);
	look_at_entry(s, &call, regs, nr);
	least = paths ? SCTRACE_PATH_ROOM_BYTES : SCTRACE_ENTER_LEAST_BYTES;
	size = max_t(u32, call.call->enter_max, least);
	hdr = sctrace_deferred_buffer(s, least, &size);
	if (hdr && wanted_asleep(s, paths, &call, hdr)) {
		first = begin_enter(hdr, &call, regs, nr, 0);
		at = first;
		capture_entry(s, call.call, call.args, &at,
			      (u8 *)hdr + min_t(u32, size, call.call->enter_max), true);
		sctrace_deferred_write(s, hdr, first, at);
	} else if (!hdr) {
		preempt_disable_notrace();
		if (READ_ONCE(s->takes_records))
			record_enter(s, NULL, regs, task_nr,
				     paths ? SCTRACE_HDR_UNDECIDED : 0, false);
		preempt_enable_notrace();
	}
	if (hdr)
		sctrace_deferred_release(s, hdr, size);
	sctrace_paths_put(paths);
	sctrace_session_put(s);
}

/* ---- a task begins a call ---------------------------------------------------------------- */

/*
 * Whether any session that hears of calls from the tracepoints alone has current in its scope, or
 * wants it decided. Preemption is off.
 */
static __always_inline unsigned int wanted_at_tracepoints(void)
{
	struct sctrace_session *s;
	unsigned int any = 0;

	sctrace_for_each_tracepoint_session(s)
		any |= sctrace_task_state(s->states, current->pid);
	return any;
}

/* Return: whether the scope has current, which begins a call and has not just policy->in. */
static noinline bool begins_in(struct sctrace_session *s, struct sctrace_policy *policy)
{
	unsigned int state = sctrace_task_state(s->states, current->pid);

	if (unlikely(state & SCTRACE_TASK_INS & ~policy->in)) {
		state = sctrace_scope_begin_anew(policy->scope, policy->in);
		/* The call that this was about may have ended unseen. */
		sctrace_pidset_del(&s->unread, current->pid);
	}
	return sctrace_scope_has(policy->scope, state, policy->in);
}

/* Return: as record_enter(); then *paths are its filter's, with a reference. */
static bool enter_session(struct sctrace_session *s, struct pt_regs *regs, long nr, bool may_leave,
			  struct sctrace_paths **paths)
{
	struct sctrace_policy *policy = sctrace_policy_of(s->policy);

	/* The probe is there for others. */
	if (policy->filter.no_enter)
		return false;
	if (sctrace_task_state(s->states, current->pid) != policy->in && !begins_in(s, policy))
		return false;
	if (likely(!record_enter(s, &policy->filter, regs, nr, 0, may_leave)))
		return false;
	*paths = sctrace_paths_get(policy->filter.paths);
	return true;
}

/* Ends what the probe has begun with sctrace_syscall_probe_begin(); so do the next ones. */
static noinline void enter(struct pt_regs *regs, long nr)
{
	/* Only one: of several sessions the others get the memory at the call's exit. */
	struct sctrace_session *s, *asleep = NULL;
	struct sctrace_paths *paths = NULL;

	sctrace_for_each_tracepoint_session(s) {
		if (enter_session(s, regs, nr, !asleep, &paths))
			asleep = s;
	}
	sctrace_syscall_probe_end();
	if (unlikely(asleep))
		record_enter_asleep(asleep, paths, regs, nr);
}

/* The rest of enter_plainly(): the pieces of the ENTER at @hdr. */
static noinline void enter_pieces(struct sctrace_session *s, struct sctrace_hdr *hdr,
				  const struct sctrace_call *what, struct pt_regs *regs, long nr)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	u64 *args = (u64 *)(hdr + 1);
	u8 *at = (u8 *)(args + what->nr_args), *end;
	struct sctrace_paths *paths = NULL;
	bool asleep;

	if (what->lean_enter) {
		end = sctrace_capture_lean(s->plans.steps + what->first, 0, what->nr_enter,
					   (unsigned long *)args, 0, at,
					   (u8 *)hdr + what->enter_sure, false);
		if (likely(end)) {
			sctrace_record_commit(s, ring, hdr, end);
			sctrace_syscall_probe_end();
			return;
		}
	}
	asleep = add_pieces(s, ring, hdr, what, at, true);
	sctrace_syscall_probe_end();
	if (unlikely(asleep))
		record_enter_asleep(s, paths, regs, nr);
}

/*
 * What enter() does if @s is the only session: what most calls take is written out here. With a
 * @line it calls nothing but at its ends, so it need not save registers; whatever else there is to
 * do is done by others, from the beginning.
 */
static __always_inline
void enter_plainly(struct sctrace_session *s, struct pt_regs *regs, long nr,
		   const struct sctrace_clock_line *line)
{
	struct sctrace_policy *policy = sctrace_policy_of(s->policy);
	const struct sctrace_call *what;
	struct sctrace_ring *ring;
	struct sctrace_hdr *hdr;
	u8 *end;

	if (unlikely(sctrace_task_state(s->states, current->pid) != policy->in ||
		     !sctrace_syscall_is_plain(nr)))
		goto other;
	if (unlikely(!policy->filter.plain)) {
		if (policy->filter.detailed)
			goto other;
		if (!sctrace_filter_wants(&policy->filter, SCTRACE_ABI_NATIVE, nr)) {
			sctrace_syscall_probe_end();
			return;
		}
	}
	what = sctrace_plan_find_plain(&s->plans, nr);
	ring = sctrace_record_ring(s);
	if (unlikely(what->select || !sctrace_ring_is_free(ring, what->enter_sure)))
		goto other;
	hdr = sctrace_ring_begin(ring);
	sctrace_record_begin(hdr, what->enter, sctrace_clock_by(line));
	end = put_arguments((u64 *)(hdr + 1), what, regs);
	if (what->nr_enter) {
		enter_pieces(s, hdr, what, regs, nr);
		return;
	}
	sctrace_record_publish(s, ring, end - (u8 *)hdr);
	sctrace_syscall_probe_end();
	return;
other:
	enter(regs, nr);
}

static noinline void enter_without_line(struct sctrace_session *s, struct pt_regs *regs, long nr)
{
	enter_plainly(s, regs, nr, NULL);
}

/* What tasks of no scope need not pay for, not even by the saving of registers. */
static noinline void enter_wanted(const struct sctrace_states *states, struct pt_regs *regs,
				  long nr)
{
	const struct sctrace_clock_line *line = sctrace_clock_find();

	if (likely(states->session)) {
		if (likely(line))
			enter_plainly(states->session, regs, nr, line);
		else
			enter_without_line(states->session, regs, nr);
	} else if (wanted_at_tracepoints()) {
		enter(regs, nr);
	} else {
		sctrace_focus_unwanted();
		sctrace_syscall_probe_end();
	}
}

/**
 * sctrace_probe_sys_enter() - a task begins a system call
 * @data: unused
 * @regs: its registers
 * @nr: the number, as the task gave it
 */
void sctrace_probe_sys_enter(void *data, struct pt_regs *regs, long nr)
{
	const struct sctrace_states *states;

	/* Most tasks of the machine are in no scope: they pay for these lines. */
	sctrace_syscall_probe_begin();
	states = rcu_dereference_check(sctrace_states_first, !preemptible());
	/* Who is wanted looks again. */
	if (likely(!data_race(states->of[current->pid]))) {
		sctrace_focus_unwanted();
		sctrace_syscall_probe_end();
		return;
	}
	enter_wanted(states, regs, nr);
}

/**
 * sctrace_probe_entry() - a task begins a system call that a session has a kprobe on
 * @s: the session; it runs, or is about to, or did
 * @regs: the task's registers
 * @nr: the number, as the task gave it
 *
 * Context: see attach_kprobe.c.
 */
void sctrace_probe_entry(struct sctrace_session *s, struct pt_regs *regs, long nr)
{
	struct sctrace_policy *policy = sctrace_policy_of(s->policy);

	if (!READ_ONCE(s->takes_records))
		return;
	if (sctrace_task_state(s->states, current->pid) != policy->in && !begins_in(s, policy))
		return;
	record_enter(s, &policy->filter, regs, nr, 0, false);
	/* Its return is told by the tracepoint. */
	sctrace_scope_set_hooked(policy->scope);
	sctrace_focus_want(current);
}

/* ---- a call returns ---------------------------------------------------------------------- */

/* Return: whether the policy judges the end of the call that current is in, and has it in. */
static noinline bool ends_in(struct sctrace_session *s, struct sctrace_policy *policy,
			     unsigned int state, struct pt_regs *regs, long result)
{
	struct sctrace_policy *before = policy->before;

	/* A call that has taken its task out of the scope still ends. */
	if (likely(!(state & SCTRACE_TASK_INS & ~policy->in)))
		return sctrace_scope_has(policy->scope, state, policy->in) || state & policy->in;
	/* The call began while another policy judged. That judges its end, too. */
	sctrace_record_return(s, &before->filter, regs, result);
	sctrace_scope_end_old(policy->scope, policy->in, policy->scope == before->scope);
	return false;
}

static void leave_session(struct sctrace_session *s, struct pt_regs *regs, long result)
{
	struct sctrace_policy *policy = sctrace_policy_of(s->policy);
	unsigned int state = sctrace_task_state(s->states, current->pid);

	if (state != policy->in && !ends_in(s, policy, state, regs, result))
		return;
	sctrace_record_return(s, &policy->filter, regs, result);
}

static noinline void leave(struct pt_regs *regs, long result)
{
	struct sctrace_session *s;

	sctrace_for_each_session(s) {
		/* The mark may be there for others: what came past no kprobe has no return. */
		if (unlikely(s->kprobes) &&
		    !sctrace_scope_unset_hooked(sctrace_policy_of(s->policy)->scope))
			continue;
		leave_session(s, regs, result);
	}
	/* Of those who are here for a kprobe's sake: their next call may be none of ours. */
	if (unlikely(READ_ONCE(sctrace_nr_by_kprobe)) && !wanted_at_tracepoints())
		sctrace_focus_unwanted();
}

/* Whether any session has current in its scope, or wants it decided. */
static __always_inline unsigned int wanted_at_exit(void)
{
	struct sctrace_session *s;
	unsigned int any = 0;

	sctrace_for_each_session(s)
		any |= sctrace_task_state(s->states, current->pid);
	return any;
}

/* As enter_wanted(). */
static noinline void leave_wanted(const struct sctrace_states *states, struct pt_regs *regs,
				  long result)
{
	struct sctrace_session *s = states->session;
	struct sctrace_policy *policy;

	if (likely(s)) {
		policy = sctrace_policy_of(s->policy);
		if (unlikely(sctrace_task_state(states, current->pid) != policy->in))
			leave_session(s, regs, result);
		else if (policy->filter.at_return)
			sctrace_record_at_return(s, &policy->filter, regs, result);
		else
			sctrace_record_plain_return(s, &policy->filter, regs, result);
	} else if (wanted_at_exit()) {
		leave(regs, result);
	} else {
		sctrace_focus_unwanted();
	}
	sctrace_syscall_probe_end();
}

/**
 * sctrace_probe_sys_exit() - a task returns from a system call
 * @data: unused
 * @regs: its registers
 * @result: the result, or a negative errno, in the architecture's own form
 */
void sctrace_probe_sys_exit(void *data, struct pt_regs *regs, long result)
{
	const struct sctrace_states *states;

	/* As at the entry. */
	sctrace_syscall_probe_begin();
	states = rcu_dereference_check(sctrace_states_first, !preemptible());
	/* Who is wanted looks again. */
	if (likely(!data_race(states->of[current->pid]))) {
		sctrace_focus_unwanted();
		sctrace_syscall_probe_end();
		return;
	}
	leave_wanted(states, regs, result);
}
