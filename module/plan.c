// SPDX-License-Identifier: GPL-2.0-only
/*
 * Capture plans: checked once, here, so that the probes need not look again.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "plan.h"

/* Length of a piece in the ring that holds at most this many bytes. */
static u32 piece_max(u32 bytes)
{
	return sizeof(struct sctrace_piece) + ALIGN(bytes, 8);
}

static bool step_ok(const struct sctrace_step *step)
{
	if (step->arg >= 6 || step->len_arg >= 6 || step->reserved)
		return false;
	if (step->max < 1 || step->max > SCTRACE_STEP_MAX_BYTES)
		return false;
	if (step->when != SCTRACE_STEP_ENTER && step->when != SCTRACE_STEP_EXIT)
		return false;
	switch (step->op) {
	case SCTRACE_STEP_STRING:
		return step->len_from == 0;
	case SCTRACE_STEP_BYTES:
		return step->len_from == SCTRACE_LEN_MAX || step->len_from == SCTRACE_LEN_ARG ||
		       (step->len_from == SCTRACE_LEN_RESULT && step->when == SCTRACE_STEP_EXIT);
	default:
		return false;
	}
}

static bool plan_ok(const struct sctrace_plan *plan, u32 nr_steps)
{
	return plan->nr < SCTRACE_MAX_NR && plan->abi < SCTRACE_ABI_COUNT && plan->nr_args <= 6 &&
	       plan->nr_steps <= SCTRACE_MAX_PLAN_STEPS &&
	       (u32)plan->first_step + plan->nr_steps <= nr_steps;
}

/* Fills in one call. Return: whether its steps are in order and within the limit. */
static bool compile(struct sctrace_call *call, const struct sctrace_plan *plan,
		    const struct sctrace_step *steps)
{
	u32 i;

	*call = (struct sctrace_call) {
		.nr_args = plan->nr_args,
		.nr_steps = plan->nr_steps,
		.first = plan->first_step,
	};
	for (i = 0; i < plan->nr_steps; i++) {
		const struct sctrace_step *step = &steps[plan->first_step + i];
		u32 bytes = piece_max(step->max);

		if (step->when == SCTRACE_STEP_ENTER) {
			if (call->nr_enter != i)
				return false;
			call->nr_enter++;
			call->enter_max += bytes;
		}
		call->exit_max += bytes;
	}
	/* The header and the words: at most 24 + 7 * 8 bytes. */
	return call->exit_max + 80 <= SCTRACE_RECORD_MAX_BYTES;
}

/**
 * sctrace_plan_init() - check plans and lay them out for the probes
 * @plans: zeroed; owns @steps after success, as sctrace_plan_free() expects
 * @list: the plans; several for the same call: the last one counts
 * @nr_plans: how many
 * @steps: their steps, from kvmalloc(); NULL if there are none
 * @nr_steps: how many
 * @bad_array: on -EINVAL, which array is wrong
 * @bad: on -EINVAL, the index in it
 *
 * Context: may sleep.
 * Return: 0, -EINVAL or -ENOMEM.
 */
int sctrace_plan_init(struct sctrace_plans *plans, const struct sctrace_plan *list, u32 nr_plans,
		      const struct sctrace_step *steps, u32 nr_steps, u32 *bad_array, u32 *bad)
{
	struct sctrace_call (*calls)[SCTRACE_MAX_NR];
	u32 abi, i;

	for (i = 0; i < nr_steps; i++) {
		if (!step_ok(&steps[i])) {
			*bad_array = SCTRACE_BAD_STEP;
			*bad = i;
			return -EINVAL;
		}
	}
	calls = kvcalloc(SCTRACE_ABI_COUNT, sizeof(*calls), GFP_KERNEL);
	if (!calls)
		return -ENOMEM;
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (i = 0; i < SCTRACE_MAX_NR; i++)
			calls[abi][i].nr_args = 6;
	}
	for (i = 0; i < nr_plans; i++) {
		const struct sctrace_plan *plan = &list[i];

		if (!plan_ok(plan, nr_steps) ||
		    !compile(&calls[plan->abi][plan->nr], plan, steps)) {
			kvfree(calls);
			*bad_array = SCTRACE_BAD_PLAN;
			*bad = i;
			return -EINVAL;
		}
	}
	plans->calls = calls;
	plans->steps = (struct sctrace_step *)steps;
	return 0;
}

/**
 * sctrace_plan_free() - give back what init took
 * @plans: ones that no probe uses any more; zeroed is fine
 */
void sctrace_plan_free(struct sctrace_plans *plans)
{
	kvfree(plans->calls);
	kvfree(plans->steps);
	plans->calls = NULL;
	plans->steps = NULL;
}
