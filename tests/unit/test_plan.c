// SPDX-License-Identifier: GPL-2.0-or-later
/* Every plan made of the rows passes the module's own check (module/plan.c). */
#include <errno.h>
#include <linux/audit.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "made.h"
#include "plan.h"

/* The module's answer to the plans for a string limit; -1 where they could not be made. */
static int module_says(unsigned int string_limit, uint32_t *bad_array, uint32_t *bad)
{
	struct sctrace_plans plans = { 0 };
	struct sctrace_step *steps;
	struct sct_plan_set set;
	int err;

	if (sct_plan_set_build(&set, string_limit) < 0)
		return -1;
	/* The module takes the steps over. */
	steps = malloc(set.nr_steps * sizeof(*steps));
	memcpy(steps, set.steps, set.nr_steps * sizeof(*steps));
	assert_true(set.nr_steps <= SCTRACE_MAX_STEPS);
	err = sctrace_plan_init(&plans, set.plans, set.nr_plans, steps, set.nr_steps, bad_array, bad);
	if (err)
		free(steps);
	sctrace_plan_free(&plans);
	sct_plan_set_free(&set);
	return err;
}

static void every_plan_passes_the_modules_check(void **state)
{
	static const uint32_t machines[] = { AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64 };
	static const unsigned int limits[] = { 0, 1, 32, 1000, SCTRACE_STEP_MAX_BYTES - 1 };
	uint32_t bad_array = 0, bad = 0;
	size_t m, i;

	(void)state;
	for (m = 0; m < COUNT(machines); m++) {
		assert_int_equal(sct_calls_init(machines[m]), 0);
		for (i = 0; i < COUNT(limits); i++) {
			if (module_says(limits[i], &bad_array, &bad))
				fail_msg("machine %#x, limit %u: array %u, index %u", machines[m], limits[i],
					 bad_array, bad);
		}
	}
}

/* One plan with one step, changed by the case, as the module sees it. */
static int one(const struct sctrace_plan *plan, const struct sctrace_step *step)
{
	struct sctrace_step *steps = malloc(sizeof(*steps));
	struct sctrace_plans plans = { 0 };
	uint32_t bad_array, bad;
	int err;

	*steps = *step;
	err = sctrace_plan_init(&plans, plan, 1, steps, 1, &bad_array, &bad);
	if (err)
		free(steps);
	sctrace_plan_free(&plans);
	return err;
}

static const struct sctrace_plan good_plan = { .nr = 2, .nr_args = 3, .nr_steps = 1 };
static const struct sctrace_step good_step = { .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .max = 4096 };

static void plan_init_refuses_bad_steps(void **state)
{
	struct sctrace_step step;

	(void)state;
	assert_int_equal(one(&good_plan, &good_step), 0);
#define REFUSED(field, value) do { \
		step = good_step; \
		step.field = value; \
		assert_int_equal(one(&good_plan, &step), -EINVAL); \
	} while (0)
	REFUSED(op, 0);
	REFUSED(op, 3);
	REFUSED(when, 0);
	REFUSED(when, 3);
	REFUSED(arg, 6);
	REFUSED(len_arg, 6);
	REFUSED(len_from, SCTRACE_LEN_ARG);
	REFUSED(reserved, 1);
	REFUSED(max, 0);
	REFUSED(max, 4097);
	step = (struct sctrace_step) { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER,
				       .len_from = SCTRACE_LEN_RESULT, .max = 1 };
	assert_int_equal(one(&good_plan, &step), -EINVAL);
	step.len_from = 0;
	assert_int_equal(one(&good_plan, &step), -EINVAL);
}

static void plan_init_refuses_bad_plans(void **state)
{
	struct sctrace_plan plan;

	(void)state;
#define REFUSED_PLAN(field, value) do { \
		plan = good_plan; \
		plan.field = value; \
		assert_int_equal(one(&plan, &good_step), -EINVAL); \
	} while (0)
	REFUSED_PLAN(nr, SCTRACE_MAX_NR);
	REFUSED_PLAN(abi, SCTRACE_ABI_COUNT);
	REFUSED_PLAN(nr_args, 7);
	REFUSED_PLAN(first_step, 1);
	REFUSED_PLAN(first_step, 65535);
	REFUSED_PLAN(nr_steps, 2);
	REFUSED_PLAN(nr_steps, 65535);
}

static void plan_init_wants_entry_before_exit_and_a_bounded_sum(void **state)
{
	struct sctrace_plan plan = { .nr = 2, .nr_args = 6, .nr_steps = 8 };
	struct sctrace_step *steps = malloc(8 * sizeof(*steps));
	struct sctrace_plans plans = { 0 };
	uint32_t bad_array, bad, i;

	(void)state;
	for (i = 0; i < 8; i++)
		steps[i] = good_step;
	/* Eight times PATH_MAX and the headers are more than half of the smallest ring. */
	assert_int_equal(sctrace_plan_init(&plans, &plan, 1, steps, 8, &bad_array, &bad), -EINVAL);
	assert_int_equal(bad_array, SCTRACE_BAD_PLAN);
	plan.nr_steps = 2;
	steps[0].when = SCTRACE_STEP_EXIT;
	assert_int_equal(sctrace_plan_init(&plans, &plan, 1, steps, 8, &bad_array, &bad), -EINVAL);
	free(steps);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_plan_passes_the_modules_check),
		cmocka_unit_test(plan_init_refuses_bad_steps),
		cmocka_unit_test(plan_init_refuses_bad_plans),
		cmocka_unit_test(plan_init_wants_entry_before_exit_and_a_bounded_sum),
	};

	return cmocka_run_group_tests_name("sctrace_plan", tests, NULL, NULL);
}
