/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All rows' capture plans, and the plan by which a call was recorded. Their steps: plan_steps.c. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "plan_steps.h"

static int add_plan(struct sct_plan_set *set, unsigned int abi, unsigned int nr, const struct sct_row *row,
		    size_t value)
{
	struct sctrace_plan *plan;
	int err;

	if (set->nr_plans == set->max_plans)
		return -E2BIG;
	set->rows[set->nr_plans] = row;
	plan = &set->plans[set->nr_plans++];
	*plan = (struct sctrace_plan) {
		.nr = nr,
		.abi = abi,
		.nr_args = row->stack ? 0 : sct_row_nr_args(row),
		.first_step = set->nr_steps,
	};
	if (row->when.mask) {
		plan->select_arg = row->when.arg;
		plan->select_mask = row->when.mask;
		plan->select_value = row->when.values[value];
	}
	if (set->options.counted && !(set->options.images && sct_row_executes(row))) {
		/* What chooses among its plans must be known. */
		if (!row->when.mask)
			plan->nr_args = 0;
		return 0;
	}
	err = sct_plan_add_steps(set, abi, nr, row);
	plan->nr_steps = set->nr_steps - plan->first_step;
	return err;
}

/* Whether a plan for this value of this call is there already. */
static bool has_value(const struct sct_plan_set *set, uint32_t first, uint32_t value)
{
	uint32_t i;

	for (i = first + 1; i < set->nr_plans; i++) {
		if (set->plans[i].select_value == value)
			return true;
	}
	return false;
}

/* The rows of a call that are for certain values: first those that name its ABI, then the others. */
static int add_variants(struct sct_plan_set *set, unsigned int abi, unsigned int nr, bool naming)
{
	uint32_t first = set->first[abi][nr] - 1;
	const struct sct_row *row;
	size_t i, v;
	int err;

	for (i = 0; (row = sct_calls_variant(abi, nr, i)); i++) {
		if (!!row->abis != naming || (set->options.counted && !sct_calls_inside(row, sct_calls_abi(abi))))
			continue;
		for (v = 0; v < row->when.n; v++) {
			if (has_value(set, first, row->when.values[v]))
				continue;
			err = add_plan(set, abi, nr, row, v);
			if (err)
				return err;
		}
	}
	return 0;
}

static int add_call(struct sct_plan_set *set, unsigned int abi, unsigned int nr)
{
	const struct sct_row *row = sct_calls_find(abi, nr);
	int err;

	if (!row)
		return 0;
	set->first[abi][nr] = set->nr_plans + 1;
	err = add_plan(set, abi, nr, row, 0);
	if (!err)
		err = add_variants(set, abi, nr, true);
	return err ? err : add_variants(set, abi, nr, false);
}

/*
 * Plans for every call of every ABI. 0; -ENOMEM; -E2BIG, -EINVAL: a row that the interface has no
 * room for, or that contradicts itself. On success the set is for sct_plan_set_free().
 */
int sct_plan_set_build(struct sct_plan_set *set, const struct sct_plan_options *options)
{
	unsigned int abi, nr;
	int err = 0;

	*set = (struct sct_plan_set) {
		.options = *options,
		.full = *options,
		.max_plans = SCTRACE_MAX_PLANS,
		.max_steps = SCTRACE_MAX_STEPS,
		.plans = calloc(SCTRACE_MAX_PLANS, sizeof(*set->plans)),
		.rows = calloc(SCTRACE_MAX_PLANS, sizeof(*set->rows)),
		.steps = calloc(SCTRACE_MAX_STEPS, sizeof(*set->steps)),
		.args = calloc(SCTRACE_MAX_STEPS, sizeof(*set->args)),
	};
	set->full.verbose = true;
	if (!set->plans || !set->rows || !set->steps || !set->args)
		err = -ENOMEM;
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (nr = 0; nr < SCTRACE_MAX_NR && !err; nr++)
			err = add_call(set, abi, nr);
	}
	if (err)
		sct_plan_set_free(set);
	return err;
}

void sct_plan_set_free(struct sct_plan_set *set)
{
	free(set->plans);
	free(set->rows);
	free(set->steps);
	free(set->args);
	*set = (struct sct_plan_set) { 0 };
}

/* The plan by which a call was recorded. set outlives it. */
void sct_plan_find(struct sct_plan *plan, const struct sct_plan_set *set, unsigned int abi, uint64_t nr,
		   const uint64_t *args, unsigned int nr_args)
{
	uint32_t first, i;

	*plan = (struct sct_plan) { .row = sct_calls_find(abi, nr), .abi = sct_calls_abi(abi) };
	if (abi >= SCTRACE_ABI_COUNT || nr >= SCTRACE_MAX_NR || !set->first[abi][nr])
		return;
	first = set->first[abi][nr] - 1;
	for (i = first + 1; i < set->nr_plans && set->plans[i].nr == nr && set->plans[i].select_mask; i++) {
		const struct sctrace_plan *p = &set->plans[i];

		if (p->select_arg < nr_args && (args[p->select_arg] & p->select_mask) == p->select_value)
			break;
	}
	if (i == set->nr_plans || set->plans[i].nr != nr || !set->plans[i].select_mask)
		i = first;
	plan->row = sct_calls_inside(set->rows[i], plan->abi);
	if (plan->row)
		plan->outer = set->rows[i];
	else
		plan->row = set->rows[i];
	plan->nr_steps = set->plans[i].nr_steps;
	plan->steps = set->steps + set->plans[i].first_step;
	plan->args = set->args + set->plans[i].first_step;
}
