// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is recorded as a call returns: its EXIT, or all of it in one CALL.
 */
#include <linux/sched.h>
#include <linux/string.h>

#include "capture.h"
#include "capture_lean.h"
#include "clock.h"
#include "compat/syscall_abi.h"
#include "deferred.h"
#include "filter.h"
#include "record.h"
#include "return.h"
#include "session.h"

static void exit_arguments(struct pt_regs *regs, u8 abi, unsigned long *args)
{
	syscall_get_arguments(current, regs, args);
	sctrace_cut_arguments(abi, args);
}

/* What to record of a call whose arguments decide. Out of the way of all other calls. */
static noinline const struct sctrace_call *exit_variant(const struct sctrace_session *s,
							struct pt_regs *regs, u8 abi,
							const struct sctrace_call *call)
{
	unsigned long args[6];

	exit_arguments(regs, abi, args);
	return sctrace_plan_variant(&s->plans, call, args);
}

/*
 * Runs the steps of a call that returns, into the record that begins at @hdr and may be @max bytes
 * long; pieces from @first on. Return: their end.
 */
static __always_inline
u8 *capture_return(struct sctrace_session *s, struct sctrace_ring *ring,
		   const struct sctrace_syscall *call, struct sctrace_hdr *hdr, u8 *first, u32 max,
		   u8 phases)
{
	struct sctrace_capture c = {
		.steps = s->plans.steps + call->call->first,
		.args = call->args,
		.result = call->result,
		.first = first,
		.at = first,
		.end = (u8 *)hdr + sctrace_record_room(ring, max),
	};

	phases = sctrace_capture_phases(&c, call->call, phases);
	if (unlikely(phases) && sctrace_deferred_add(s, call, phases))
		hdr->flags |= SCTRACE_HDR_LATE_FOLLOWS;
	return c.at;
}

/* Of an EXIT. */
static noinline u8 *capture_exit(struct sctrace_session *s, struct sctrace_ring *ring,
				 const struct sctrace_call *what, struct pt_regs *regs,
				 struct sctrace_hdr *hdr, bool again)
{
	u8 *first = (u8 *)(hdr + 1) + sizeof(s64);
	struct sctrace_syscall call = {
		.call = what,
		.result = *(s64 *)(hdr + 1),
		.nr = hdr->nr,
		.abi = hdr->abi,
	};
	u8 phases = SCTRACE_PHASE_EXIT;

	exit_arguments(regs, call.abi, call.args);
	/* By now the kernel has read what the entry could not, so its page is most likely there. */
	if (unlikely(again))
		phases |= SCTRACE_PHASE_ENTER;
	return capture_return(s, ring, &call, hdr, first, what->exit_max, phases);
}

/*
 * A call of which nothing was recorded at its entry; its registers are known from there if .time.
 */
static void call_at_exit(const struct sctrace_session *s, struct pt_regs *regs, long result,
			 struct sctrace_entry *entry, struct sctrace_syscall *call)
{
	if (entry->time) {
		call->abi = entry->abi;
		memcpy(call->args, entry->args, sizeof(call->args));
	} else {
		entry->nr = syscall_get_nr(current, regs);
		call->abi = sctrace_syscall_abi(&entry->nr);
		exit_arguments(regs, call->abi, call->args);
	}
	call->nr = sctrace_record_nr(entry->nr);
	call->result = sctrace_syscall_result(call->abi, result);
	call->call = sctrace_plan_find(&s->plans, call->abi, entry->nr);
}

/* The one record of a call, if it is wanted. */
static noinline void record_whole(struct sctrace_session *s, struct sctrace_call_filter *filter,
				  struct pt_regs *regs, long result)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	struct sctrace_entry entry = sctrace_filter_end(filter);
	struct sctrace_rec_call *rec;
	struct sctrace_syscall call;
	u64 now = sctrace_clock(), duration = U64_MAX;
	u32 max, i;
	u64 *word;
	u8 *end;

	call_at_exit(s, regs, result, &entry, &call);
	if (entry.time)
		duration = now - min(entry.time, now);
	if (!sctrace_filter_wants(filter, call.abi, entry.nr) ||
	    entry.verdict == SCTRACE_UNWANTED ||
	    !sctrace_filter_exit(filter, &call, duration, now))
		return;
	if (call.call->select)
		call.call = sctrace_plan_variant(&s->plans, call.call, call.args);
	max = sctrace_plan_whole_max(&s->plans, call.call);
	rec = sctrace_record_reserve(s, ring, min(max, SCTRACE_RECORD_SURE_BYTES), now);
	if (!rec) {
		sctrace_room_wait(s);
		return;
	}
	sctrace_record_header(&rec->hdr, SCTRACE_REC_CALL, current, now);
	rec->hdr.abi = call.abi;
	rec->hdr.nr = call.nr;
	rec->hdr.nr_args = call.call->nr_args;
	if (filter->paths && entry.verdict == SCTRACE_UNDECIDED)
		rec->hdr.flags = SCTRACE_HDR_UNDECIDED;
	rec->result = call.result;
	rec->entered = entry.time;
	word = (u64 *)(rec + 1);
	if (unlikely(call.nr == SCTRACE_NR_NONE))
		*word++ = entry.nr;
	for (i = 0; i < call.call->nr_args; i++)
		*word++ = call.args[i];
	end = (u8 *)word;
	if (call.call->nr_steps)
		end = capture_return(s, ring, &call, &rec->hdr, end, max,
				     SCTRACE_PHASE_ENTER | SCTRACE_PHASE_EXIT);
	sctrace_record_commit_return(s, ring, &rec->hdr, end);
}

/* Return: whether the call's entry was not wanted or not seen, or its exit is not to be an EXIT. */
static noinline bool filter_exit(struct sctrace_session *s, struct sctrace_call_filter *filter,
				 struct pt_regs *regs, long result)
{
	if (!filter->whole)
		return !sctrace_pidset_del(&filter->wanted, current->pid);
	record_whole(s, filter, regs, result);
	return true;
}

/* Whether the entry steps are to be run again: memory could not be read as the call began. */
static __always_inline bool is_unread(struct sctrace_session *s)
{
	/* It is about this call only, so it goes even if the record is lost. */
	return unlikely(sctrace_pidset_has(&s->unread, current->pid)) &&
	       sctrace_pidset_del(&s->unread, current->pid);
}

/**
 * sctrace_record_return() - record that a call returns
 * @s: a session that has current in its scope
 * @filter: of the policy that judges this call
 * @regs: its registers
 * @result: as the exit probe is given it
 *
 * Context: the exit probe; preemption off.
 */
void sctrace_record_return(struct sctrace_session *s, struct sctrace_call_filter *filter,
			   struct pt_regs *regs, long result)
{
	long nr = syscall_get_nr(current, regs);
	u8 abi = sctrace_syscall_abi(&nr);
	const struct sctrace_call *what;
	bool again = is_unread(s);
	struct sctrace_ring *ring;
	struct sctrace_hdr *hdr;
	u64 now;
	u8 *end;

	/* First what the entry has decided: the number need not be the same any more. */
	if (filter->detailed && filter_exit(s, filter, regs, result))
		return;
	if (!sctrace_filter_wants(filter, abi, nr))
		return;
	what = sctrace_plan_find(&s->plans, abi, nr);
	if (what->select)
		what = exit_variant(s, regs, abi, what);
	now = sctrace_clock();
	ring = sctrace_record_ring(s);
	hdr = sctrace_record_reserve(s, ring, what->exit_sure, now);
	if (!hdr) {
		sctrace_room_wait(s);
		return;
	}
	sctrace_record_begin(hdr, sctrace_record_first(what->exit, sctrace_record_nr(nr), 0), now);
	*(s64 *)(hdr + 1) = sctrace_syscall_result(abi, result);
	end = (u8 *)(hdr + 1) + sizeof(s64);
	if (what->nr_steps != what->nr_enter || again)
		end = capture_exit(s, ring, what, regs, hdr, again);
	sctrace_record_commit_return(s, ring, hdr, end);
}

/* The pieces of the EXIT at @hdr, and its end. */
static noinline void add_pieces(struct sctrace_session *s, const struct sctrace_call *what,
				struct pt_regs *regs, struct sctrace_hdr *hdr)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	s64 *result = (s64 *)(hdr + 1);
	unsigned long args[6];
	u8 *end = NULL;

	if (what->lean_exit) {
		exit_arguments(regs, SCTRACE_ABI_NATIVE, args);
		end = sctrace_capture_lean(s->plans.steps + what->first + what->nr_enter,
					   what->nr_enter, what->nr_steps, args, *result,
					   (u8 *)(result + 1), (u8 *)hdr + what->exit_sure);
	}
	if (unlikely(!end))
		end = capture_exit(s, ring, what, regs, hdr, false);
	sctrace_record_commit_return(s, ring, hdr, end);
}

/* What most calls take, as enter_plainly() in probe.c. */
static __always_inline
void return_plainly(struct sctrace_session *s, struct sctrace_call_filter *filter,
		    struct pt_regs *regs, long result, const struct sctrace_clock_line *line)
{
	long nr = syscall_get_nr(current, regs);
	const struct sctrace_call *what;
	struct sctrace_ring *ring;
	struct sctrace_hdr *hdr;

	if (unlikely(!sctrace_syscall_is_plain(nr)))
		goto other;
	if (unlikely(!filter->plain)) {
		if (filter->detailed)
			goto other;
		if (!sctrace_filter_wants(filter, SCTRACE_ABI_NATIVE, nr))
			return;
	}
	what = sctrace_plan_find_plain(&s->plans, nr);
	ring = sctrace_record_ring(s);
	if (unlikely(what->select || !sctrace_ring_is_free(ring, what->exit_sure) ||
		     (what->nr_enter && sctrace_pidset_has(&s->unread, current->pid))))
		goto other;
	hdr = sctrace_ring_begin(ring);
	sctrace_record_begin(hdr, what->exit, sctrace_clock_by(line));
	*(s64 *)(hdr + 1) = result;
	if (what->nr_steps != what->nr_enter)
		add_pieces(s, what, regs, hdr);
	else
		sctrace_record_publish_return(s, ring, sizeof(*hdr) + sizeof(s64));
	return;
other:
	sctrace_record_return(s, filter, regs, result);
}

static noinline void return_without_line(struct sctrace_session *s,
					 struct sctrace_call_filter *filter, struct pt_regs *regs,
					 long result)
{
	return_plainly(s, filter, regs, result, NULL);
}

/**
 * sctrace_record_plain_return() - the same, where most calls come
 * @s: as there
 * @filter: as there
 * @regs: as there
 * @result: as there
 *
 * Context: as there.
 */
void sctrace_record_plain_return(struct sctrace_session *s, struct sctrace_call_filter *filter,
				 struct pt_regs *regs, long result)
{
	const struct sctrace_clock_line *line = sctrace_clock_find();

	if (likely(line))
		return_plainly(s, filter, regs, result, line);
	else
		return_without_line(s, filter, regs, result);
}
