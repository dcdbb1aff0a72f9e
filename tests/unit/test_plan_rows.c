// SPDX-License-Identifier: GPL-2.0-or-later
/* Every plan that userspace/syscalls/plan.c makes of the rows passes module/plan.c. */
#include <linux/audit.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "made.h"
/* There are two of this name. */
#include "../../module/plan.h"
#include "../../userspace/syscalls/plan.h"

#define RING_BYTES (1u << 20)

/* The module's answer to the plans for these options; -1 where they could not be made. */
static int module_says(const struct sct_plan_options *options, uint32_t *bad_array, uint32_t *bad)
{
	struct sctrace_plans plans = { 0 };
	struct sctrace_step *steps;
	struct sct_plan_set set;
	int err;

	if (sct_plan_set_build(&set, options) < 0)
		return -1;
	/* The module takes the steps over. */
	steps = malloc(set.nr_steps * sizeof(*steps));
	memcpy(steps, set.steps, set.nr_steps * sizeof(*steps));
	assert_true(set.nr_steps <= SCTRACE_MAX_STEPS);
	err = sctrace_plan_init(&plans, set.plans, set.nr_plans, steps, set.nr_steps, RING_BYTES, bad_array,
				bad);
	if (err)
		free(steps);
	sctrace_plan_free(&plans);
	sct_plan_set_free(&set);
	return err;
}

static void every_plan_passes_the_modules_check(void **state)
{
	static const uint32_t machines[] = { AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64 };
	static const struct sct_plan_options options[] = {
		{ 0, false, false }, { 1, false, false }, { 32, false, false }, { 32, true, false },
		{ 32, false, true }, { 32767, true, true },
		{ .string_limit = 32767, .verbose = true, .fd_paths = true, .fd_details = true, .paths = true, .ips = true,
		  .stack_bytes = 16384 },
	};
	uint32_t bad_array = 0, bad = 0;
	size_t m, i;

	(void)state;
	for (m = 0; m < COUNT(machines); m++) {
		assert_int_equal(sct_calls_init(machines[m]), 0);
		for (i = 0; i < COUNT(options); i++) {
			if (module_says(&options[i], &bad_array, &bad))
				fail_msg("machine %#x, options %zu: array %u, index %u", machines[m], i,
					 bad_array, bad);
		}
	}
}

/* Stacks come on top of all else: no plan may be longer than there is room for. */
static void every_row_has_room_for_stacks(void **state)
{
	static const uint32_t machines[] = { AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64 };
	static const struct sct_plan_options options = {
		.string_limit = 32767, .verbose = true, .fd_paths = true, .fd_details = true, .paths = true, .data = true,
		.ips = true, .stack_bytes = SCTRACE_STEP_MAX_BYTES,
	};
	struct sct_plan_set set;
	size_t m;

	(void)state;
	for (m = 0; m < COUNT(machines); m++) {
		assert_int_equal(sct_calls_init(machines[m]), 0);
		assert_int_equal(sct_plan_set_build(&set, &options), 0);
		assert_true(set.nr_steps <= SCTRACE_MAX_STEPS);
		sct_plan_set_free(&set);
	}
}

int main(void)
{
	const struct CMUnitTest cases[] = {
		cmocka_unit_test(every_row_has_room_for_stacks),
		cmocka_unit_test(every_plan_passes_the_modules_check),
	};

	return cmocka_run_group_tests_name("plan_rows", cases, NULL, NULL);
}
