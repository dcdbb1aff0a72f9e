// SPDX-License-Identifier: GPL-2.0-or-later
/* module/plan.c: what it refuses and what it makes of plans. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "made.h"
#include "../../module/plan.h"

#define RING_BYTES (1u << 20)

/* ---- what is refused ---- */

/* Plans and steps, as the module is asked about them, and its answer. */
struct ask {
	struct sctrace_plan plans[8];
	struct sctrace_step steps[32];
	uint32_t nr_plans;
	uint32_t nr_steps;
	uint32_t ring_bytes;
	struct sctrace_plans made;	/* to be freed if the answer is 0 */
	uint32_t bad_array;
	uint32_t bad;
};

static int answer(struct ask *ask)
{
	struct sctrace_step *steps = malloc(sizeof(ask->steps));
	int err;

	assert_non_null(steps);
	memcpy(steps, ask->steps, sizeof(ask->steps));
	ask->made = (struct sctrace_plans) { 0 };
	ask->bad_array = SCTRACE_BAD_NONE;
	ask->bad = ~0u;
	err = sctrace_plan_init(&ask->made, ask->plans, ask->nr_plans, steps, ask->nr_steps,
				ask->ring_bytes ? ask->ring_bytes : RING_BYTES, &ask->bad_array, &ask->bad);
	if (err)
		free(steps);
	return err;
}

static void assert_accepted(const struct ask *good, int line)
{
	struct ask ask = *good;

	if (answer(&ask))
		fail_msg("line %d: array %u, index %u", line, ask.bad_array, ask.bad);
	sctrace_plan_free(&ask.made);
}

static void assert_refused(const struct ask *wrong, uint32_t array, uint32_t index, int line)
{
	struct ask ask = *wrong;
	int err = answer(&ask);

	if (!err)
		sctrace_plan_free(&ask.made);
	if (err != -EINVAL || ask.bad_array != array || ask.bad != index)
		fail_msg("line %d: %d, array %u, index %u", line, err, ask.bad_array, ask.bad);
	/* Nothing is left to free. */
	assert_null(ask.made.calls);
	assert_null(ask.made.variants);
}

/*
 * A plan with a step of each kind, at 0: a vector and a string for each of its words, a struct with an array and its
 * count, bits, a descriptor; from 5 on: bytes that the result counts, an array of structs, what these point to.
 */
static const struct ask good = {
	.plans = { { .nr = 2, .nr_args = 6, .nr_steps = 9 } },
	.nr_plans = 1,
	.steps = {
		[0] = { .op = SCTRACE_STEP_VECTOR, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 1,
			.word = 8, .max = 64 },
		[1] = { .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_STEP, .index = 0,
			.stride = 8, .max_count = 8, .word = 8, .max = 32 },
		[2] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 5,
			.len_from = SCTRACE_LEN_ARG, .len_index = 5, .len_bytes = 4, .unit = 16, .max = 512 },
		[3] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_STEP, .index = 2,
			.offset = 8, .word = 4, .len_from = SCTRACE_LEN_FIELD, .len_index = 0, .len_bytes = 8,
			.max = 100 },
		[4] = { .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG },
		[5] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_ARG, .index = 1,
			.len_from = SCTRACE_LEN_RESULT, .unit = 1, .max = 32 },
		[6] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT_ALWAYS, .base = SCTRACE_BASE_RESULT,
			.len_from = SCTRACE_LEN_MAX, .max = SCTRACE_STEP_MAX_BYTES },
		[7] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_STEP, .index = 6,
			.offset = 8, .stride = 16, .max_count = 1024, .word = 8, .len_from = SCTRACE_LEN_FIELD,
			.len_index = 6, .len_offset = 4, .len_bytes = 2, .unit = 1,
			.flags = SCTRACE_STEP_UP_TO_RESULT, .max = 32 },
		[8] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_ARG, .index = 2,
			.word = 8, .len_from = SCTRACE_LEN_ARG, .len_bytes = 8, .max = 128 },
	},
	.nr_steps = 9,
};

/* The good plan with one field changed. */
#define STEP(i, field, value) ({ struct ask changed = good; changed.steps[i].field = value; changed; })
#define REFUSED(i, field, value) do { \
		struct ask wrong = STEP(i, field, value); \
		assert_refused(&wrong, SCTRACE_BAD_STEP, i, __LINE__); \
	} while (0)
#define ACCEPTED(i, field, value) do { \
		struct ask fine = STEP(i, field, value); \
		assert_accepted(&fine, __LINE__); \
	} while (0)

static void plan_init_accepts_a_step_of_each_kind(void **state)
{
	(void)state;
	assert_accepted(&good, __LINE__);
	/* Both are ignored. */
	ACCEPTED(4, max, 1);
	ACCEPTED(6, unit, 7);
	ACCEPTED(2, max, SCTRACE_STEP_MAX_BYTES);
	ACCEPTED(7, len_bytes, 1);
	ACCEPTED(7, len_bytes, 8);
	/* An element as long as its address; and one at its very end. */
	ACCEPTED(1, word, 4);
	ACCEPTED(7, offset, 0);
	ACCEPTED(7, len_offset, 65535);
	/* It finds no pieces where the other has not run. */
	ACCEPTED(7, when, SCTRACE_STEP_EXIT_ALWAYS);
}

static void plan_init_refuses_what_no_step_is(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 9; i++) {
		REFUSED(i, op, 0);
		REFUSED(i, op, 5);
		REFUSED(i, when, 0);
		REFUSED(i, when, 4);
		REFUSED(i, base, 0);
		REFUSED(i, base, 7);
		REFUSED(i, shift, 32);
		/* There is no length that could be changed. */
		if (good.steps[i].len_from <= SCTRACE_LEN_MAX)
			REFUSED(i, add, -1);
		REFUSED(i, flags, i == 4 ? 16 : SCTRACE_STEP_DETAILS);
		if (i != 7)
			REFUSED(i, flags, SCTRACE_STEP_UP_TO_RESULT);
		if (i == 4)
			continue;
		REFUSED(i, max, 0);
		REFUSED(i, max, SCTRACE_STEP_MAX_BYTES + 1);
	}
}

static void plan_init_refuses_bad_addresses(void **state)
{
	(void)state;
	REFUSED(0, index, 6);
	REFUSED(0, offset, 1);
	REFUSED(0, stride, 8);
	REFUSED(0, max_count, 1);
	REFUSED(6, index, 1);
	REFUSED(6, offset, 8);
	REFUSED(6, stride, 8);
	REFUSED(6, max_count, 1);
	REFUSED(3, max_count, 1);
	REFUSED(1, max_count, 0);
	REFUSED(1, stride, 7);
	REFUSED(1, offset, 1);
	REFUSED(7, offset, 9);
	REFUSED(7, offset, 65535);
	/* Of a step that is not before, that is of the other phase, that has no words. */
	REFUSED(1, index, 1);
	REFUSED(1, index, 2);
	REFUSED(7, index, 0);
	REFUSED(3, index, 1);
	REFUSED(2, base, SCTRACE_BASE_RESULT);
}

static void plan_init_refuses_bad_words(void **state)
{
	(void)state;
	REFUSED(0, word, 0);
	REFUSED(1, word, 0);
	REFUSED(1, word, 16);
	REFUSED(3, word, 1);
	REFUSED(8, word, 0);
	/* Unused. */
	REFUSED(2, word, 8);
	REFUSED(4, word, 4);
	REFUSED(6, word, 8);
	/* With a unit it is no number of bits. */
	REFUSED(8, unit, 1);
}

static void plan_init_refuses_bad_lengths(void **state)
{
	static const int not_bytes[] = { 0, 1, 4 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(not_bytes); i++) {
		REFUSED(not_bytes[i], len_from, SCTRACE_LEN_MAX);
		REFUSED(not_bytes[i], len_index, 1);
		REFUSED(not_bytes[i], len_offset, 1);
		REFUSED(not_bytes[i], len_bytes, 4);
		REFUSED(not_bytes[i], unit, 1);
	}
	REFUSED(2, len_from, 0);
	REFUSED(2, len_from, 5);
	REFUSED(2, len_index, 6);
	REFUSED(2, len_offset, 1);
	REFUSED(2, len_bytes, 0);
	REFUSED(2, len_bytes, 2);
	REFUSED(5, len_index, 1);
	REFUSED(5, len_offset, 1);
	REFUSED(5, len_bytes, 4);
	REFUSED(6, len_index, 1);
	REFUSED(6, len_offset, 1);
	REFUSED(6, len_bytes, 4);
	REFUSED(7, len_bytes, 0);
	REFUSED(7, len_bytes, 3);
	/* Of a step that is not before, that is of the other phase, that has no fields. */
	REFUSED(7, len_index, 7);
	REFUSED(7, len_index, 200);
	REFUSED(7, len_index, 2);
	REFUSED(3, len_index, 1);
}

static void plan_init_refuses_results_at_entry(void **state)
{
	struct ask wrong = good;

	(void)state;
	wrong.steps[2].len_from = SCTRACE_LEN_RESULT;
	wrong.steps[2].len_index = 0;
	wrong.steps[2].len_bytes = 0;
	assert_refused(&wrong, SCTRACE_BAD_STEP, 2, __LINE__);
	wrong = good;
	wrong.steps[4].base = SCTRACE_BASE_RESULT;
	assert_refused(&wrong, SCTRACE_BAD_STEP, 4, __LINE__);
	/* At the exit it is fine. */
	wrong.steps[4].when = SCTRACE_STEP_EXIT;
	assert_accepted(&wrong, __LINE__);
}

/* Registers and stack: bytes of a fixed number, as the call begins. */
static void plan_init_accepts_the_stack_and_registers(void **state)
{
	static const uint8_t bases[] = { SCTRACE_BASE_STACK, SCTRACE_BASE_REGS, SCTRACE_BASE_MAPS };
	struct ask fine = good, wrong;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bases); i++) {
		fine.steps[4] = (struct sctrace_step) { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER,
							.base = bases[i], .len_from = SCTRACE_LEN_MAX, .max = 8 };
		assert_accepted(&fine, __LINE__);
		wrong = fine;
		wrong.steps[4].index = 1;
		assert_refused(&wrong, SCTRACE_BAD_STEP, 4, __LINE__);
		wrong = fine;
		wrong.steps[4].stride = 8;
		assert_refused(&wrong, SCTRACE_BAD_STEP, 4, __LINE__);
		wrong = fine;
		wrong.steps[4].when = SCTRACE_STEP_EXIT;
		assert_refused(&wrong, SCTRACE_BAD_STEP, 4, __LINE__);
		wrong = fine;
		wrong.steps[4].len_from = SCTRACE_LEN_ARG;
		wrong.steps[4].len_bytes = 8;
		wrong.steps[4].unit = 1;
		assert_refused(&wrong, SCTRACE_BAD_STEP, 4, __LINE__);
		wrong = fine;
		wrong.steps[4].op = SCTRACE_STEP_STRING;
		wrong.steps[4].len_from = 0;
		assert_refused(&wrong, SCTRACE_BAD_STEP, 4, __LINE__);
	}
	fine.steps[4].offset = 8;
	assert_refused(&fine, SCTRACE_BAD_STEP, 4, __LINE__);
	fine.steps[4].offset = 0;
	fine.steps[4].flags = SCTRACE_STEP_SHORT;
	assert_refused(&fine, SCTRACE_BAD_STEP, 4, __LINE__);
	fine.steps[4].base = SCTRACE_BASE_STACK;
	assert_accepted(&fine, __LINE__);
	fine.steps[4].offset = 8;
	assert_accepted(&fine, __LINE__);
}

static void plan_init_wants_entry_before_exit(void **state)
{
	struct ask wrong = good;

	(void)state;
	wrong.steps[8].when = SCTRACE_STEP_ENTER;
	assert_refused(&wrong, SCTRACE_BAD_STEP, 8, __LINE__);
	/* A plan that begins behind is right: each is looked at by itself. */
	wrong.plans[0].nr_steps = 8;
	wrong.plans[1] = (struct sctrace_plan) { .nr = 3, .nr_args = 6, .first_step = 8, .nr_steps = 1 };
	wrong.nr_plans = 2;
	assert_accepted(&wrong, __LINE__);
}

static void plan_init_counts_steps_from_the_plans_first(void **state)
{
	struct ask ask = good;

	(void)state;
	/* The same steps, five further on: .index stays, the index of a bad one does not. */
	memmove(ask.steps + 5, good.steps, 9 * sizeof(good.steps[0]));
	memset(ask.steps, 0, 5 * sizeof(good.steps[0]));
	ask.nr_steps = 14;
	ask.plans[0].first_step = 5;
	assert_refused(&ask, SCTRACE_BAD_STEP, 0, __LINE__);
	memcpy(ask.steps, good.steps, 5 * sizeof(good.steps[0]));
	assert_accepted(&ask, __LINE__);
	ask.steps[6].index = 5;
	assert_refused(&ask, SCTRACE_BAD_STEP, 6, __LINE__);
}

#define REFUSED_PLAN(field, value) do { \
		struct ask wrong = good; \
		wrong.plans[1] = wrong.plans[0]; \
		wrong.plans[1].field = value; \
		wrong.nr_plans = 2; \
		assert_refused(&wrong, SCTRACE_BAD_PLAN, 1, __LINE__); \
	} while (0)

static void plan_init_refuses_bad_plans(void **state)
{
	(void)state;
	REFUSED_PLAN(nr, SCTRACE_MAX_NR);
	REFUSED_PLAN(abi, SCTRACE_ABI_COUNT);
	REFUSED_PLAN(nr_args, 7);
	REFUSED_PLAN(first_step, 1);
	REFUSED_PLAN(first_step, 65535);
	REFUSED_PLAN(nr_steps, 10);
	REFUSED_PLAN(nr_steps, 65535);
	REFUSED_PLAN(select_arg, 1);
	REFUSED_PLAN(select_value, 1);
	REFUSED_PLAN(reserved[0], 1);
	REFUSED_PLAN(reserved[1], 1);
	REFUSED_PLAN(reserved[2], 1);
}

static void plan_init_refuses_more_steps_than_a_plan_may_have(void **state)
{
	static struct sctrace_step steps[SCTRACE_MAX_PLAN_STEPS + 1];
	struct sctrace_plan plan = { .nr_args = 6, .nr_steps = SCTRACE_MAX_PLAN_STEPS + 1 };
	struct sctrace_plans made = { 0 };
	uint32_t array, bad;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(steps); i++)
		steps[i] = good.steps[0];
	assert_int_equal(sctrace_plan_init(&made, &plan, 1, steps, COUNT(steps), RING_BYTES, &array, &bad), -EINVAL);
	assert_int_equal(array, SCTRACE_BAD_PLAN);
	plan.nr_steps = SCTRACE_MAX_PLAN_STEPS;
	assert_int_equal(sctrace_plan_init(&made, &plan, 1, steps, COUNT(steps), RING_BYTES, &array, &bad), 0);
	made.steps = NULL;
	sctrace_plan_free(&made);
}

/* ---- variants ---- */

#define MASK 0xffu

static struct sctrace_plan variant(uint16_t nr, uint32_t value, uint8_t nr_args)
{
	return (struct sctrace_plan) { .nr = nr, .nr_args = nr_args, .select_arg = 1, .select_mask = MASK,
				       .select_value = value };
}

/* How many arguments are recorded of this call, which tells the plans of these cases apart. */
static int found(const struct sctrace_plans *plans, uint8_t abi, unsigned long nr, unsigned long arg)
{
	unsigned long args[6] = { 77, arg, 77, 77, 77, 77 };
	const struct sctrace_call *call = sctrace_plan_find(plans, abi, nr);

	if (call->select)
		call = sctrace_plan_variant(plans, call, args);
	return call->nr_args;
}

static void variants_are_found_by_the_masked_argument(void **state)
{
	struct ask ask = { .nr_plans = 7 };

	(void)state;
	/* In no order, and among those of another call. */
	ask.plans[0] = variant(72, 200, 1);
	ask.plans[1] = variant(5, 9, 2);
	ask.plans[2] = variant(72, 0, 3);
	ask.plans[3] = (struct sctrace_plan) { .nr = 72, .nr_args = 0 };
	ask.plans[4] = variant(72, 7, 4);
	ask.plans[5] = variant(5, 8, 5);
	ask.plans[6] = (struct sctrace_plan) { .nr = 1, .nr_args = 3 };
	assert_int_equal(answer(&ask), 0);
	assert_int_equal(found(&ask.made, 0, 72, 200), 1);
	assert_int_equal(found(&ask.made, 0, 72, 0), 3);
	assert_int_equal(found(&ask.made, 0, 72, 7), 4);
	/* Bits outside the mask do not count, nor does the upper half. */
	assert_int_equal(found(&ask.made, 0, 72, 0xabcdef00000107), 4);
	/* Values before, between and behind: the general plan, wherever in the list it was. */
	assert_int_equal(found(&ask.made, 0, 72, 1), 0);
	assert_int_equal(found(&ask.made, 0, 72, 100), 0);
	assert_int_equal(found(&ask.made, 0, 72, 255), 0);
	assert_int_equal(found(&ask.made, 0, 5, 8), 5);
	assert_int_equal(found(&ask.made, 0, 5, 9), 2);
	/* No general plan: six arguments. */
	assert_int_equal(found(&ask.made, 0, 5, 7), 6);
	assert_int_equal(found(&ask.made, 0, 5, 10), 6);
	/* Other calls, other ABIs. */
	assert_int_equal(found(&ask.made, 0, 1, 9), 3);
	assert_int_equal(found(&ask.made, 1, 72, 200), 6);
	assert_int_equal(found(&ask.made, 0, SCTRACE_MAX_NR, 0), 6);
	assert_int_equal(found(&ask.made, 0, -1ul, 0), 6);
	sctrace_plan_free(&ask.made);
}

static void variants_of_many_values_are_all_found(void **state)
{
	enum { N = 1000 };
	struct sctrace_plan *list = calloc(N, sizeof(*list));
	struct sctrace_plans made = { 0 };
	uint32_t i, array, bad;

	(void)state;
	assert_non_null(list);
	for (i = 0; i < N; i++) {
		list[i] = variant(16, (i * 7919 % N) << 8, i % 6);
		list[i].select_mask = 0xffffff00;
	}
	assert_int_equal(sctrace_plan_init(&made, list, N, NULL, 0, RING_BYTES, &array, &bad), 0);
	for (i = 0; i < N; i++)
		assert_int_equal(found(&made, 0, 16, list[i].select_value | 0xff), i % 6);
	assert_int_equal(found(&made, 0, 16, N << 8), 6);
	sctrace_plan_free(&made);
	free(list);
}

static void variants_that_do_not_agree_are_refused(void **state)
{
	struct ask ask = { .nr_plans = 3 };
	struct ask good_ones;

	(void)state;
	ask.plans[0] = variant(72, 1, 1);
	ask.plans[1] = variant(72, 2, 2);
	ask.plans[2] = variant(72, 3, 3);
	assert_accepted(&ask, __LINE__);
	good_ones = ask;
	ask.plans[2].select_value = 1;
	assert_refused(&ask, SCTRACE_BAD_PLAN, 2, __LINE__);
	ask = good_ones;
	ask.plans[1].select_arg = 2;
	assert_refused(&ask, SCTRACE_BAD_PLAN, 1, __LINE__);
	ask = good_ones;
	ask.plans[1].select_mask = 0x7f;
	assert_refused(&ask, SCTRACE_BAD_PLAN, 1, __LINE__);
	/* For another call or ABI they need not agree. */
	ask.plans[1].abi = 1;
	assert_accepted(&ask, __LINE__);
	ask.plans[1].abi = 0;
	ask.plans[1].nr = 73;
	assert_accepted(&ask, __LINE__);
	ask = good_ones;
	ask.plans[1].select_value = MASK + 1;
	assert_refused(&ask, SCTRACE_BAD_PLAN, 1, __LINE__);
	ask = good_ones;
	ask.plans[1].select_arg = 6;
	assert_refused(&ask, SCTRACE_BAD_PLAN, 1, __LINE__);
}

static void the_last_of_two_general_plans_counts(void **state)
{
	struct ask ask = { .nr_plans = 2 };

	(void)state;
	ask.plans[0] = (struct sctrace_plan) { .nr = 4, .nr_args = 1 };
	ask.plans[1] = (struct sctrace_plan) { .nr = 4, .nr_args = 2 };
	assert_int_equal(answer(&ask), 0);
	assert_int_equal(found(&ask.made, 0, 4, 0), 2);
	sctrace_plan_free(&ask.made);
}

/* ---- the longest record ---- */

#define HEADER	sizeof(struct sctrace_hdr)
#define PIECE	sizeof(struct sctrace_piece)

static void maxima_are_those_of_the_pieces(void **state)
{
	const struct sctrace_call *call;
	struct ask ask = good;
	size_t entry;

	(void)state;
	/* Without those of the 64 KiB step and what is in it. */
	ask.plans[0].nr_steps = 6;
	assert_int_equal(answer(&ask), 0);
	call = sctrace_plan_find(&ask.made, 0, 2);
	/* A vector, a string for each of eight words, a struct, one array of it, a path. */
	entry = PIECE + 64 + 8 * (PIECE + 32) + PIECE + 512 + PIECE + 104 + PIECE + 4096;
	assert_int_equal(call->enter_max, HEADER + 6 * 8 + entry);
	assert_int_equal(call->exit_max, HEADER + 8 + entry + PIECE + 32);
	assert_int_equal(call->nr_enter, 5);
	assert_int_equal(call->nr_steps, 6);
	/* No plan: the arguments and the result. */
	call = sctrace_plan_find(&ask.made, 0, 3);
	assert_int_equal(call->enter_max, HEADER + 6 * 8);
	assert_int_equal(call->exit_max, HEADER + 8);
	/* No such number: it may need a word. */
	call = sctrace_plan_find(&ask.made, 0, SCTRACE_MAX_NR);
	assert_int_equal(call->enter_max, HEADER + 7 * 8);
	sctrace_plan_free(&ask.made);
}

static void maxima_count_no_more_elements_than_a_piece_holds(void **state)
{
	struct ask ask = good;

	(void)state;
	ask.plans[0].nr_steps = 2;
	ask.steps[1].max_count = 65535;
	assert_int_equal(answer(&ask), 0);
	assert_int_equal(sctrace_plan_find(&ask.made, 0, 2)->enter_max,
			 HEADER + 6 * 8 + PIECE + 64 + 8 * (PIECE + 32));
	sctrace_plan_free(&ask.made);
	ask.steps[1].max_count = 3;
	assert_int_equal(answer(&ask), 0);
	assert_int_equal(sctrace_plan_find(&ask.made, 0, 2)->enter_max,
			 HEADER + 6 * 8 + PIECE + 64 + 3 * (PIECE + 32));
	sctrace_plan_free(&ask.made);
}

/* Arrays of arrays of arrays: the product of their sizes is in no 64 bits. */
static void maxima_end_at_the_records_limit(void **state)
{
	static const uint32_t rings[][2] = {
		{ SCTRACE_RING_MIN_BYTES, SCTRACE_RING_MIN_BYTES / 4 },
		{ 256 << 10, 64 << 10 },
		{ 1 << 20, SCTRACE_RECORD_MAX_BYTES },
		{ SCTRACE_RING_MAX_BYTES, SCTRACE_RECORD_MAX_BYTES },
	};
	struct ask ask = { .nr_plans = 1, .nr_steps = 32 };
	size_t i;

	(void)state;
	ask.plans[0] = (struct sctrace_plan) { .nr_args = 1, .nr_steps = 32 };
	ask.steps[0] = (struct sctrace_step) { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER,
					       .base = SCTRACE_BASE_ARG, .len_from = SCTRACE_LEN_MAX,
					       .max = SCTRACE_STEP_MAX_BYTES };
	for (i = 1; i < 32; i++) {
		ask.steps[i] = ask.steps[0];
		ask.steps[i].base = SCTRACE_BASE_STEP;
		ask.steps[i].index = i - 1;
		ask.steps[i].stride = 4;
		ask.steps[i].word = 4;
		ask.steps[i].max_count = 65535;
	}
	for (i = 0; i < COUNT(rings); i++) {
		ask.ring_bytes = rings[i][0];
		assert_int_equal(answer(&ask), 0);
		assert_int_equal(ask.made.record_max, rings[i][1]);
		assert_int_equal(sctrace_plan_find(&ask.made, 0, 0)->enter_max, rings[i][1]);
		assert_int_equal(sctrace_plan_find(&ask.made, 0, 0)->exit_max, rings[i][1]);
		sctrace_plan_free(&ask.made);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(plan_init_accepts_a_step_of_each_kind),
		cmocka_unit_test(plan_init_refuses_what_no_step_is),
		cmocka_unit_test(plan_init_refuses_bad_addresses),
		cmocka_unit_test(plan_init_refuses_bad_words),
		cmocka_unit_test(plan_init_refuses_bad_lengths),
		cmocka_unit_test(plan_init_refuses_results_at_entry),
		cmocka_unit_test(plan_init_accepts_the_stack_and_registers),
		cmocka_unit_test(plan_init_wants_entry_before_exit),
		cmocka_unit_test(plan_init_counts_steps_from_the_plans_first),
		cmocka_unit_test(plan_init_refuses_bad_plans),
		cmocka_unit_test(plan_init_refuses_more_steps_than_a_plan_may_have),
		cmocka_unit_test(variants_are_found_by_the_masked_argument),
		cmocka_unit_test(variants_of_many_values_are_all_found),
		cmocka_unit_test(variants_that_do_not_agree_are_refused),
		cmocka_unit_test(the_last_of_two_general_plans_counts),
		cmocka_unit_test(maxima_are_those_of_the_pieces),
		cmocka_unit_test(maxima_count_no_more_elements_than_a_piece_holds),
		cmocka_unit_test(maxima_end_at_the_records_limit),
	};

	return cmocka_run_group_tests_name("sctrace_plan", tests, NULL, NULL);
}
