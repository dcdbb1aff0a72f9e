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
		.maps = s->maps,
		.args = call->args,
		.result = call->result,
		.first = first,
		.at = first,
		.end = (u8 *)hdr + sctrace_record_room(ring, max),
		.whole = hdr->type == SCTRACE_REC_CALL,
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

/* Of a CALL. */
static u8 *capture_whole(struct sctrace_session *s, struct sctrace_ring *ring,
			 const struct sctrace_syscall *call, struct sctrace_hdr *hdr, u8 *first)
{
	u32 max = sctrace_plan_whole_max(s->plans.record_max, call->call->exit_max);

	return capture_return(s, ring, call, hdr, first, max,
			      SCTRACE_PHASE_ENTER | SCTRACE_PHASE_EXIT);
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
	u64 *word;
	u32 i;
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
	rec = sctrace_record_reserve(s, ring, call.call->whole_sure, now);
	if (!rec) {
		sctrace_room_wait(s);
		return;
	}
	sctrace_record_begin(&rec->hdr,
			     sctrace_record_first(call.call->whole, call.nr,
						  filter->paths &&
						  entry.verdict == SCTRACE_UNDECIDED ?
						  SCTRACE_HDR_UNDECIDED : 0), now);
	rec->result = call.result;
	rec->entered = entry.time;
	word = (u64 *)(rec + 1);
	if (unlikely(call.nr == SCTRACE_NR_NONE))
		*word++ = entry.nr;
	for (i = 0; i < call.call->nr_args; i++)
		*word++ = call.args[i];
	end = (u8 *)word;
	/* What an exec was given is in its EXEC: its addresses mean nothing in the new image. */
	if (call.call->nr_steps && !entry.execed)
		end = capture_whole(s, ring, &call, &rec->hdr, end);
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
					   (u8 *)(result + 1), (u8 *)hdr + what->exit_sure,
					   false);
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

/* The pieces of the CALL at @rec, where not all is as it commonly is. Return: their end. */
static noinline u8 *whole_pieces(struct sctrace_session *s, const struct sctrace_call *what,
				 struct sctrace_rec_call *rec, u8 *first)
{
	struct sctrace_syscall call = {
		.call = what,
		.result = rec->result,
		.nr = rec->hdr.nr,
		.abi = rec->hdr.abi,
	};

	memcpy(call.args, rec + 1, what->nr_args * sizeof(u64));
	return capture_whole(s, sctrace_record_ring(s), &call, &rec->hdr, first);
}

/* The pieces of the CALL at @rec, and its end. */
static noinline void add_whole_pieces(struct sctrace_session *s, const struct sctrace_call *what,
				      struct sctrace_rec_call *rec)
{
	const unsigned long *args = (unsigned long *)(rec + 1);
	u8 *first = (u8 *)(args + what->nr_args), *end = NULL;

	if (what->lean_enter && what->lean_exit)
		end = sctrace_capture_lean(s->plans.steps + what->first, 0, what->nr_steps, args,
					   rec->result, first, (u8 *)rec + what->whole_sure, true);
	if (unlikely(!end))
		end = whole_pieces(s, what, rec, first);
	sctrace_record_commit_return(s, sctrace_record_ring(s), &rec->hdr, end);
}

/**
 * sctrace_record_at_return() - record a call, if it is wanted, by its return alone
 * @s: as for sctrace_record_return()
 * @filter: one with @at_return
 * @regs: as there
 * @result: as there
 *
 * As in return_plainly(), nothing is called but at its end.
 *
 * Context: as there.
 */
void sctrace_record_at_return(struct sctrace_session *s, struct sctrace_call_filter *filter,
			      struct pt_regs *regs, long result)
{
	const struct sctrace_clock_line *line = sctrace_clock_find();
	long nr = syscall_get_nr(current, regs);
	struct sctrace_rec_call *rec;
	const struct sctrace_call *what;
	struct sctrace_ring *ring;

	if (unlikely(!line || !sctrace_syscall_is_plain(nr)))
		goto other;
	if (!sctrace_filter_wants(filter, SCTRACE_ABI_NATIVE, nr))
		return;
	what = sctrace_plan_find_plain(&s->plans, nr);
	ring = sctrace_record_ring(s);
	if (unlikely(what->select || !sctrace_ring_is_free(ring, what->whole_sure)))
		goto other;
	rec = sctrace_ring_begin(ring);
	sctrace_record_begin(&rec->hdr, what->whole, sctrace_clock_on(line, sctrace_cycles()));
	rec->result = result;
	rec->entered = 0;
	/* All six: what the call does not have is written over. */
	if (what->nr_args)
		syscall_get_arguments(current, regs, (unsigned long *)(rec + 1));
	if (what->nr_steps)
		add_whole_pieces(s, what, rec);
	else
		sctrace_record_publish_return(s, ring,
					      sizeof(*rec) + what->nr_args * sizeof(u64));
	return;
other:
	record_whole(s, filter, regs, result);
}
