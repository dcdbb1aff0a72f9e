/* SPDX-License-Identifier: GPL-2.0-only */
/* What is recorded of the tasks in a scope. */
#ifndef SCTRACE_FILTER_H
#define SCTRACE_FILTER_H

#include <linux/types.h>

#include <uapi/sctrace.h>

#include "pidset.h"
#include "rate.h"

struct bpf_prog;
struct sctrace_open_call;
struct sctrace_plans;
struct sctrace_syscall;

/**
 * struct sctrace_call_filter - one session's
 * @whole: a call makes one record, at its exit
 * @detailed: @whole, or more than the number decides whether an entry is wanted
 * @results: as in struct sctrace_filter
 * @min_duration: ns
 * @sample: one in so many
 * @rate: of these, how many of a task in a second
 * @program: or NULL
 * @counts: of calls, a CPU: for @sample and @rate
 * @skipped: with @detailed and not @whole: tasks in a call that is not wanted
 * @open: with @whole: calls that have not returned
 */
struct sctrace_call_filter {
	bool whole;
	bool detailed;
	u64 results[3];
	u64 min_duration;
	u32 sample;
	struct sctrace_rate rate;
	struct bpf_prog *program;
	struct sctrace_filter_counts __percpu *counts;
	struct sctrace_pidset skipped;
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
};

int sctrace_filter_init(struct sctrace_call_filter *filter, struct sctrace_plans *plans,
			const struct sctrace_filter *from);
void sctrace_filter_free(struct sctrace_call_filter *filter);
bool sctrace_filter_entry(struct sctrace_call_filter *filter, const struct sctrace_syscall *call,
			  u64 now);
bool sctrace_filter_exit(struct sctrace_call_filter *filter, const struct sctrace_syscall *call,
			 u64 duration, u64 now);
void sctrace_filter_begin(struct sctrace_call_filter *filter, const struct sctrace_syscall *call,
			  long nr, u64 now);
struct sctrace_entry sctrace_filter_end(struct sctrace_call_filter *filter);
void sctrace_filter_renumber(struct sctrace_call_filter *filter, pid_t from, pid_t to);
void sctrace_filter_task_exit(struct sctrace_call_filter *filter);
u64 sctrace_filter_left_out(const struct sctrace_call_filter *filter);
u64 sctrace_filter_limited(const struct sctrace_call_filter *filter);

#endif
