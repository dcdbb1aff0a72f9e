/* SPDX-License-Identifier: GPL-2.0-only */
/* Capture plans as the probes use them: checked, and found by call number. */
#ifndef SCTRACE_PLAN_H
#define SCTRACE_PLAN_H

#include <linux/types.h>

#include <uapi/sctrace.h>

/**
 * struct sctrace_call - what to record of one call
 * @nr_args: words to record
 * @nr_enter: how many of its steps are for the entry; they come first
 * @nr_steps: all of them
 * @first: index of the first step
 * @enter_max: bytes its entry pieces can take, headers and padding included
 * @exit_max: the same at its exit, second tries of entry steps included
 */
struct sctrace_call {
	u8 nr_args;
	u8 nr_enter;
	u8 nr_steps;
	u16 first;
	u32 enter_max;
	u32 exit_max;
};

/**
 * struct sctrace_plans - all calls of a session
 * @calls: by ABI and number
 * @steps: the steps they refer to
 */
struct sctrace_plans {
	struct sctrace_call (*calls)[SCTRACE_MAX_NR];
	struct sctrace_step *steps;
};

/* No call's record can be longer than this, whatever the plan. */
#define SCTRACE_RECORD_MAX_BYTES	(SCTRACE_RING_MIN_BYTES / 2)

int sctrace_plan_init(struct sctrace_plans *plans, const struct sctrace_plan *list, u32 nr_plans,
		      const struct sctrace_step *steps, u32 nr_steps, u32 *bad_array, u32 *bad);
void sctrace_plan_free(struct sctrace_plans *plans);

#endif
