/* SPDX-License-Identifier: GPL-2.0-or-later */
/* module/plan.c: what it works out in advance for the records of a call. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../../module/plan.h"

#include "made.h"

#define NR 7
#define RING_BYTES (1u << 20)

#define STRING_AT(from, ...) \
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_##from, .max = 64, __VA_ARGS__ }
#define STRING(...)	STRING_AT(ARG, __VA_ARGS__)
#define BYTES_OF(unit_, at, ...) \
	{ .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_##at, .base = SCTRACE_BASE_ARG, .max = 64, .unit = unit_, __VA_ARGS__ }
#define BYTES(...)	BYTES_OF(1, ENTER, __VA_ARGS__)
#define ANSWER(...)	BYTES_OF(1, EXIT, .len_from = SCTRACE_LEN_RESULT, __VA_ARGS__)
#define BY_ARG .len_from = SCTRACE_LEN_ARG, .len_index = 2, .len_bytes = 8
#define FD { .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG }

struct row {
	uint8_t nr_args;
	uint8_t nr_steps;
	struct sctrace_step steps[3];
	bool lean_enter, lean_exit;
};

/* The plan of NR as the module has it, for free_plans(). The error, if it is refused. */
static int make(struct sctrace_plans *plans, const struct row *row)
{
	struct sctrace_plan plan = { .nr = NR, .nr_args = row->nr_args, .nr_steps = row->nr_steps };
	struct sctrace_step *steps = malloc(sizeof(row->steps));
	uint32_t array, index;
	int err;

	assert_non_null(steps);
	memcpy(steps, row->steps, sizeof(row->steps));
	*plans = (struct sctrace_plans) { 0 };
	err = sctrace_plan_init(plans, &plan, 1, steps, row->nr_steps, RING_BYTES, &array, &index);
	if (err) {
		free(steps);
		assert_int_equal(array, SCTRACE_BAD_STEP);
	}
	return err;
}

static void steps_take_recorded_arguments_only(void **state)
{
	static const struct { struct row row; int err; } rows[] = {
		{ { 1, 1, { STRING(.index = 0) } }, 0 },
		{ { 1, 1, { STRING(.index = 1) } }, -EINVAL },
		{ { 0, 1, { STRING(.index = 0) } }, -EINVAL },
		{ { 3, 1, { BYTES(.index = 1, BY_ARG) } }, 0 },
		{ { 2, 1, { BYTES(.index = 1, BY_ARG) } }, -EINVAL },
	};
	struct sctrace_plans plans;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int err = make(&plans, &rows[i].row);

		if (err != rows[i].err)
			fail_msg("row %zu: %d", i, err);
		if (!err)
			sctrace_plan_free(&plans);
	}
}

static void steps_are_lean_or_not(void **state)
{
	static const struct row rows[] = {
		{ 3, 0, { { 0 } }, true, true },
		{ 3, 1, { STRING(.index = 0) }, true, true },
		{ 3, 2, { STRING(.index = 0), STRING(.index = 1) }, true, true },
		{ 3, 1, { BYTES(.index = 1, BY_ARG) }, true, true },
		{ 3, 1, { BYTES(.index = 1, .len_from = SCTRACE_LEN_MAX) }, true, true },
		{ 3, 1, { BYTES_OF(2, ENTER, .index = 1, BY_ARG) }, false, true },
		{ 3, 1, { BYTES(.index = 1, BY_ARG, .add = 1) }, false, true },
		{ 3, 1, { BYTES(.index = 1, BY_ARG, .shift = 1) }, false, true },
		{ 3, 2, { STRING(.index = 0), FD }, false, true },
		{ 3, 1, { ANSWER(.index = 1) }, true, true },
		{ 3, 1, { ANSWER(.index = 1, .add = -1) }, true, false },
		/* What it takes from another step's piece. */
		{ 3, 2, { BYTES(.index = 1, .len_from = SCTRACE_LEN_MAX),
			  BYTES(.index = 1, .len_from = SCTRACE_LEN_FIELD, .len_index = 0, .len_bytes = 4) }, false, true },
		{ 3, 2, { BYTES(.index = 1, .len_from = SCTRACE_LEN_MAX),
			  STRING_AT(STEP, .word = 8) }, false, true },
		{ 3, 2, { FD, ANSWER(.index = 1) }, false, true },
	};
	struct sctrace_plans plans;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sctrace_call *call;

		if (make(&plans, &rows[i]))
			fail_msg("row %zu is refused", i);
		call = sctrace_plan_find_plain(&plans, NR);
		if (call->lean_enter != rows[i].lean_enter || call->lean_exit != rows[i].lean_exit)
			fail_msg("row %zu: %d %d", i, call->lean_enter, call->lean_exit);
		sctrace_plan_free(&plans);
	}
}

static void assert_begins(uint64_t word, unsigned int type, unsigned int nr, unsigned int nr_args, size_t bytes)
{
	struct sctrace_hdr hdr;

	memcpy(&hdr, &word, sizeof(word));
	assert_int_equal(hdr.type, type);
	assert_int_equal(hdr.abi, SCTRACE_ABI_NATIVE);
	assert_int_equal(hdr.nr, nr);
	assert_int_equal(hdr.nr_args, nr_args);
	assert_int_equal(hdr.flags, 0);
	assert_int_equal(hdr.words * 8u, bytes);
}

static void records_begin_as_the_plan_says(void **state)
{
	static const struct row row = { 3, 1, { STRING(.index = 1) } };
	const struct sctrace_call *call;
	struct sctrace_plans plans;

	(void)state;
	assert_int_equal(make(&plans, &row), 0);
	call = sctrace_plan_find_plain(&plans, NR);
	assert_begins(call->enter, SCTRACE_REC_ENTER, NR, 3, sizeof(struct sctrace_hdr) + 3 * 8);
	assert_begins(call->exit, SCTRACE_REC_EXIT, NR, 0, sizeof(struct sctrace_hdr) + 8);
	/* Without a plan. */
	call = sctrace_plan_find_plain(&plans, NR + 1);
	assert_begins(call->enter, SCTRACE_REC_ENTER, NR + 1, 6, sizeof(struct sctrace_hdr) + 6 * 8);
	/* Whatever the plan has, all six arguments are written, and a word for the number. */
	assert_true(call->enter_sure >= sizeof(struct sctrace_hdr) + 7 * 8);
	sctrace_plan_free(&plans);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(steps_take_recorded_arguments_only),
		cmocka_unit_test(steps_are_lean_or_not),
		cmocka_unit_test(records_begin_as_the_plan_says),
	};

	return cmocka_run_group_tests_name("sctrace_plan_call", cases, NULL, NULL);
}
