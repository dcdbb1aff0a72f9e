// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/syscalls/plan_match.c: records of a reader with other tables. */
#include <linux/audit.h>
#include <stdlib.h>

#include "calls.h"
#include "made.h"
#include "plan_match.h"

#define OPENAT	257
#define FCNTL	72

static struct sct_plan_set ours, theirs;

static int setup(void **state)
{
	struct sct_plan_options how = { .string_limit = 32 };

	(void)state;
	return sct_calls_init(AUDIT_ARCH_X86_64) || sct_plan_set_build(&ours, &how) || sct_plan_set_build(&theirs, &how);
}

static int teardown(void **state)
{
	(void)state;
	sct_plan_set_free(&ours);
	sct_plan_set_free(&theirs);
	return 0;
}

static unsigned int match(const char **example)
{
	return sct_plan_set_match(&ours, theirs.plans, theirs.nr_plans, theirs.steps, example);
}

static unsigned int steps_of(unsigned int nr)
{
	uint64_t args[6] = { 0, 1030 /* F_DUPFD_CLOEXEC */ };
	struct sct_plan plan;

	sct_plan_find(&plan, &ours, SCTRACE_ABI_NATIVE, nr, args, 6);
	assert_non_null(plan.row);
	return plan.nr_steps;
}

static struct sctrace_plan *plan_of(struct sct_plan_set *set, unsigned int nr)
{
	return &set->plans[set->first[SCTRACE_ABI_NATIVE][nr] - 1];
}

static void the_same_tables_keep_all(void **state)
{
	const char *example;

	(void)state;
	assert_int_equal(match(&example), 0);
	assert_int_equal(steps_of(OPENAT), 1);
}

static void another_step_is_not_ours(void **state)
{
	const char *example;

	(void)state;
	theirs.steps[plan_of(&theirs, OPENAT)->first_step].max++;
	assert_int_equal(match(&example), 1);
	assert_string_equal(example, "openat");
	assert_int_equal(steps_of(OPENAT), 0);
	assert_true(steps_of(2) > 0);
}

/* By the general plan, records of theirs would be read as what they are not. */
static void a_variant_too_few_is_not_ours(void **state)
{
	struct sctrace_plan *first = plan_of(&theirs, FCNTL);
	const char *example;

	(void)state;
	assert_int_equal(first[1].nr, FCNTL);
	first[1].select_value ^= 1u << 30;
	assert_int_equal(match(&example), 1);
	assert_string_equal(example, "fcntl");
	assert_int_equal(steps_of(FCNTL), 0);
}

static void a_call_that_one_side_does_not_know(void **state)
{
	const char *example;

	(void)state;
	plan_of(&theirs, OPENAT)->nr = 1023;
	assert_int_equal(match(&example), 2);
	assert_int_equal(steps_of(OPENAT), 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest sctrace_plan_match[] = {
		CASE(the_same_tables_keep_all),
		CASE(another_step_is_not_ours),
		CASE(a_variant_too_few_is_not_ours),
		CASE(a_call_that_one_side_does_not_know),
	};

	return cmocka_run_group_tests(sctrace_plan_match, NULL, NULL);
}
