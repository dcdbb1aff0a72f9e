/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the rows to capture plans: what an argument is says what is copied of it, and when. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"

/* Whether the argument's memory is captured, and if so by which step. */
static bool step_of(struct sctrace_step *step, const struct sct_row *row, unsigned int i,
		    unsigned int string_limit)
{
	const struct sct_arg *arg = &row->args[i];

	*step = (struct sctrace_step) { .arg = i, .when = SCTRACE_STEP_ENTER };
	switch (arg->type) {
	case SCT_PATH:
		step->op = SCTRACE_STEP_STRING;
		step->max = SCTRACE_STEP_MAX_BYTES;
		return true;
	case SCT_STR:
		step->op = SCTRACE_STEP_STRING;
		step->max = string_limit + 1;
		return true;
	case SCT_BUF_IN:
		step->op = SCTRACE_STEP_BYTES;
		step->len_from = SCTRACE_LEN_ARG;
		step->len_arg = arg->len;
		step->max = string_limit ? string_limit : 1;
		return true;
	case SCT_BUF_OUT:
		step->op = SCTRACE_STEP_BYTES;
		step->when = SCTRACE_STEP_EXIT;
		step->len_from = SCTRACE_LEN_RESULT;
		step->max = string_limit ? string_limit : 1;
		return true;
	default:
		return false;
	}
}

static void add_steps(struct sct_plan_set *set, const struct sct_row *row, unsigned int when,
		      unsigned int string_limit)
{
	struct sctrace_step step;
	unsigned int i;

	for (i = 0; i < sct_row_nr_args(row); i++) {
		if (step_of(&step, row, i, string_limit) && step.when == when)
			set->steps[set->nr_steps++] = step;
	}
}

static void add_plan(struct sct_plan_set *set, unsigned int abi, unsigned int nr,
		     const struct sct_row *row, unsigned int string_limit)
{
	struct sctrace_plan *plan = &set->plans[set->nr_plans++];

	*plan = (struct sctrace_plan) {
		.nr = nr,
		.abi = abi,
		.nr_args = sct_row_nr_args(row),
		.first_step = set->nr_steps,
	};
	add_steps(set, row, SCTRACE_STEP_ENTER, string_limit);
	add_steps(set, row, SCTRACE_STEP_EXIT, string_limit);
	plan->nr_steps = set->nr_steps - plan->first_step;
}

/*
 * Plans for every call of every ABI. string_limit: bytes to capture of what is not a file name,
 * below SCTRACE_STEP_MAX_BYTES. 0 or -ENOMEM; on success the set is for sct_plan_set_free().
 */
int sct_plan_set_build(struct sct_plan_set *set, unsigned int string_limit)
{
	unsigned int abi, nr;

	*set = (struct sct_plan_set) {
		.plans = calloc(SCTRACE_ABI_COUNT * SCTRACE_MAX_NR, sizeof(*set->plans)),
		.steps = calloc(SCTRACE_ABI_COUNT * SCTRACE_MAX_NR * SCT_MAX_ARGS, sizeof(*set->steps)),
	};
	if (!set->plans || !set->steps) {
		sct_plan_set_free(set);
		return -ENOMEM;
	}
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (nr = 0; nr < SCTRACE_MAX_NR; nr++) {
			const struct sct_row *row = sct_calls_find(abi, nr);

			if (row)
				add_plan(set, abi, nr, row, string_limit);
		}
	}
	return 0;
}

void sct_plan_set_free(struct sct_plan_set *set)
{
	free(set->plans);
	free(set->steps);
	*set = (struct sct_plan_set) { 0 };
}
