/* SPDX-License-Identifier: GPL-2.0-only */
/* What is recorded of the tasks in a scope. */
#ifndef SCTRACE_FILTER_H
#define SCTRACE_FILTER_H

#include <linux/nospec.h>
#include <linux/types.h>

#include <uapi/sctrace.h>

#include "path.h"
#include "pidset.h"
#include "rate.h"

struct bpf_prog;
struct sctrace_open_call;
struct sctrace_plans;
struct sctrace_syscall;

/**
 * struct sctrace_call_filter - one policy's
 * @calls: as in struct sctrace_filter
 * @sigreturns: the same
 * @some: not every call
 * @whole: a call makes one record, at its exit
 * @no_enter: with @whole: of which nothing is known but what its exit tells
 * @at_return: @no_enter, and the number alone decides
 * @plain: neither @some nor @detailed
 * @detailed: @whole, or more than the number decides whether an entry is wanted
 * @results: as in struct sctrace_filter
 * @min_duration: ns
 * @sample: one in so many
 * @rate: of these, how many of a task in a second
 * @program: or NULL
 * @paths: those of which a call must access one, or NULL
 * @counts: of calls, a CPU: for @sample and @rate
 * @wanted: with @detailed and not @whole: tasks in a call of which the entry was wanted
 * @open: with @whole and not @no_enter: calls that have not returned
 */
struct sctrace_call_filter {
	u64 calls[SCTRACE_ABI_COUNT][SCTRACE_MAX_NR / 64];
	u8 sigreturns[SCTRACE_ABI_COUNT];
	bool some;
	bool whole;
	bool no_enter;
	bool at_return;
	bool detailed;
	bool plain;
	u64 results[3];
	u64 min_duration;
	u32 sample;
	struct sctrace_rate rate;
	struct bpf_prog *program;
	struct sctrace_paths *paths;
	struct sctrace_filter_counts __percpu *counts;
	struct sctrace_pidset wanted;
	struct sctrace_open_call *open;
};

/* Of one CPU, written on it with preemption off. */
struct sctrace_filter_counts {
	u64 passed;	/* calls that were wanted but for .sample */
	u64 left_out;	/* of these, those that .sample left out */
	u64 limited;	/* of the others, those that .rate left out */
};

/* What is known of a call's entry when it returns. */
struct sctrace_entry {
	u64 time;	/* 0: nothing is */
	unsigned long args[6];
	long nr;	/* as the task gave it, without x32's mark */
	u8 abi;
	u8 verdict;	/* enum sctrace_verdict: by the paths it accesses */
	bool execed;	/* the task has another image since */
};

int sctrace_filter_init(struct sctrace_call_filter *filter, const struct sctrace_plans *plans,
			const struct sctrace_filter *from);
void sctrace_filter_free(struct sctrace_call_filter *filter);
bool sctrace_filter_entry(struct sctrace_call_filter *filter, const struct sctrace_plans *plans,
			  struct sctrace_syscall *call, u64 now);
void sctrace_filter_skip(struct sctrace_call_filter *filter);
bool sctrace_filter_asleep(struct sctrace_paths *paths, const struct sctrace_plans *plans,
			   struct sctrace_syscall *call, void *room);
bool sctrace_filter_exit(struct sctrace_call_filter *filter, const struct sctrace_syscall *call,
			 u64 duration, u64 now);
void sctrace_filter_begin(struct sctrace_call_filter *filter, const struct sctrace_plans *plans,
			  const struct sctrace_syscall *call, long nr, u64 now);
struct sctrace_entry sctrace_filter_end(struct sctrace_call_filter *filter);
void sctrace_filter_exec(struct sctrace_call_filter *filter);
void sctrace_filter_renumber(struct sctrace_call_filter *filter, pid_t from, pid_t to);
void sctrace_filter_task_exit(struct sctrace_call_filter *filter);
void sctrace_filter_add_counts(const struct sctrace_call_filter *filter,
			       struct sctrace_filter_counts *sum);

/**
 * sctrace_filter_wants() - whether calls of a number are wanted
 * @filter: any
 * @abi: how the call is made
 * @nr: its number, of any value; -1: it is a sigreturn's end
 *
 * Context: any.
 * Return: whether they are, as far as the number decides.
 */
static inline bool sctrace_filter_wants(const struct sctrace_call_filter *filter, u8 abi,
					unsigned long nr)
{
	if (!filter->some)
		return true;
	if (unlikely(nr >= SCTRACE_MAX_NR)) {
		if (nr == -1UL)
			return filter->sigreturns[abi];
		nr = SCTRACE_MAX_NR - 1;
	}
	/* As in sctrace_plan_find(). */
	nr = array_index_nospec(nr, SCTRACE_MAX_NR);
	return filter->calls[abi][nr / 64] >> nr % 64 & 1;
}

#endif
