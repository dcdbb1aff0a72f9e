// SPDX-License-Identifier: GPL-2.0-only
/* module/plan.c: what it refuses, at every bound, and what it makes of plans. */
#include "../../module/plan.c"

#include <kunit/test.h>

#define RING_BYTES	(1U << 20)

/* Plans and steps, as the module is asked about them, and its answer. */
struct ask {
	struct sctrace_plan plans[8];
	struct sctrace_step steps[16];
	u32 nr_plans;
	u32 nr_steps;
	u32 ring_bytes;
	struct sctrace_plans made;
	u32 bad_array;
	u32 bad;
};

static struct ask *ask_like(struct kunit *test, const struct ask *what)
{
	struct ask *ask = kunit_kmalloc(test, sizeof(*ask), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, ask);
	*ask = *what;
	return ask;
}

static int answer(struct kunit *test, struct ask *ask)
{
	struct sctrace_step *steps = kvmalloc(sizeof(ask->steps), GFP_KERNEL);
	int err;

	KUNIT_ASSERT_NOT_NULL(test, steps);
	memcpy(steps, ask->steps, sizeof(ask->steps));
	ask->made = (struct sctrace_plans) { 0 };
	ask->bad_array = SCTRACE_BAD_NONE;
	ask->bad = ~0u;
	err = sctrace_plan_init(&ask->made, ask->plans, ask->nr_plans, steps, ask->nr_steps,
				ask->ring_bytes ?: RING_BYTES, &ask->bad_array, &ask->bad);
	if (err)
		kvfree(steps);
	return err;
}

static void accepts(struct kunit *test, const struct ask *good, const char *what)
{
	struct ask *ask = ask_like(test, good);

	KUNIT_EXPECT_EQ_MSG(test, answer(test, ask), 0, "%s: array %u, index %u", what,
			    ask->bad_array, ask->bad);
	sctrace_plan_free(&ask->made);
}

static void refuses(struct kunit *test, const struct ask *wrong, u32 array, u32 index,
		    const char *what)
{
	struct ask *ask = ask_like(test, wrong);

	KUNIT_EXPECT_EQ_MSG(test, answer(test, ask), -EINVAL, "%s", what);
	KUNIT_EXPECT_EQ_MSG(test, ask->bad_array, array, "%s", what);
	KUNIT_EXPECT_EQ_MSG(test, ask->bad, index, "%s", what);
	KUNIT_EXPECT_NULL_MSG(test, ask->made.calls, "%s", what);
	sctrace_plan_free(&ask->made);
}

/*
 * A step of each kind, for the entry: a vector, a string for each of its words, counted bytes,
 * bytes behind a pointer, a descriptor, a path below it; from 6 on for the return: bytes that the
 * result counts, bytes at the result, an array of structs, bits, the working directory.
 */
#define GOOD_STEPS { \
	[0] = { .op = SCTRACE_STEP_VECTOR, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, \
		.index = 1, .word = 8, .max = 64 }, \
	[1] = { .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_STEP, \
		.index = 0, .stride = 8, .max_count = 8, .word = 8, .max = 32 }, \
	[2] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, \
		.index = 5, .len_from = SCTRACE_LEN_ARG, .len_index = 5, .len_bytes = 4, \
		.unit = 16, .max = 512 }, \
	[3] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_STEP, \
		.index = 2, .offset = 8, .word = 4, .len_from = SCTRACE_LEN_FIELD, \
		.len_index = 0, .len_bytes = 8, .max = 100 }, \
	[4] = { .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG }, \
	[5] = { .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, \
		.index = 3, .max = 4096, .flags = SCTRACE_STEP_PATH | SCTRACE_STEP_BELOW }, \
	[6] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_ARG, \
		.index = 1, .len_from = SCTRACE_LEN_RESULT, .unit = 1, .max = 32 }, \
	[7] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT_ALWAYS, \
		.base = SCTRACE_BASE_RESULT, .len_from = SCTRACE_LEN_MAX, \
		.max = SCTRACE_STEP_MAX_BYTES }, \
	[8] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_STEP, \
		.index = 7, .offset = 8, .stride = 16, .max_count = 1024, .word = 8, \
		.len_from = SCTRACE_LEN_FIELD, .len_index = 7, .len_offset = 4, .len_bytes = 2, \
		.unit = 1, .flags = SCTRACE_STEP_UP_TO_RESULT, .max = 32 }, \
	[9] = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_ARG, \
		.index = 2, .word = 8, .len_from = SCTRACE_LEN_ARG, .len_bytes = 8, .max = 128 }, \
	[10] = { .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_CWD, \
		 .flags = SCTRACE_STEP_DETAILS }, \
}

static const struct ask good = {
	.plans = { { .nr = 2, .nr_args = 6, .nr_steps = 11 } },
	.nr_plans = 1,
	.steps = GOOD_STEPS,
	.nr_steps = 11,
};

/* One field of a good step changed. */
#define WITH(i, field, value, ...) do { \
		struct ask *changed = ask_like(test, &good); \
		changed->steps[i].field = (value); \
		__VA_ARGS__; \
	} while (0)
#define REFUSED(i, field, value) \
	WITH(i, field, value, refuses(test, changed, SCTRACE_BAD_STEP, i, \
				      "step " #i ": " #field " = " #value))
#define ACCEPTED(i, field, value) \
	WITH(i, field, value, accepts(test, changed, "step " #i ": " #field " = " #value))

static void init_takes_a_step_of_each_kind(struct kunit *test)
{
	accepts(test, &good, "as it is");
}

static void init_refuses_what_is_no_step(struct kunit *test)
{
	REFUSED(0, op, 0);
	REFUSED(0, op, 5);
	REFUSED(0, op, 255);
	REFUSED(0, when, 0);
	REFUSED(6, when, 4);
	REFUSED(6, when, 255);
	REFUSED(0, base, 0);
	REFUSED(0, base, 8);
	REFUSED(0, base, 255);
}

static void init_bounds_the_bytes_of_a_step(struct kunit *test)
{
	REFUSED(0, max, 0);
	REFUSED(2, max, 0);
	REFUSED(5, max, 0);
	REFUSED(2, max, SCTRACE_STEP_MAX_BYTES + 1);
	REFUSED(2, max, 65535);
	ACCEPTED(2, max, SCTRACE_STEP_MAX_BYTES);
	ACCEPTED(2, max, 1);
	/* Of a descriptor it says nothing. */
	ACCEPTED(4, max, 0);
	ACCEPTED(4, max, 65535);
}

static void init_refuses_bad_addresses(struct kunit *test)
{
	REFUSED(0, index, 6);
	REFUSED(0, index, 255);
	REFUSED(0, offset, 1);
	REFUSED(0, stride, 8);
	REFUSED(0, max_count, 1);
	REFUSED(7, index, 1);
	REFUSED(7, offset, 8);
	REFUSED(7, stride, 8);
	REFUSED(7, max_count, 1);
	REFUSED(10, index, 1);
	REFUSED(10, offset, 1);
	REFUSED(10, stride, 8);
	REFUSED(10, max_count, 1);
	REFUSED(2, base, SCTRACE_BASE_CWD);
	REFUSED(2, base, SCTRACE_BASE_RESULT);
	REFUSED(4, base, SCTRACE_BASE_RESULT);
	/* Elements: as many as are said, and the address inside of one. */
	REFUSED(3, max_count, 1);
	REFUSED(1, max_count, 0);
	REFUSED(1, stride, 7);
	REFUSED(1, offset, 1);
	ACCEPTED(8, offset, 8);
	REFUSED(8, offset, 9);
	REFUSED(8, offset, 65535);
	ACCEPTED(1, max_count, 65535);
	/* Of itself, of a later step, of the other phase, of what has no words. */
	REFUSED(1, index, 1);
	REFUSED(1, index, 2);
	REFUSED(1, index, 200);
	REFUSED(8, index, 0);
	REFUSED(3, index, 1);
	ACCEPTED(3, index, 0);
}

static void init_refuses_bad_words(struct kunit *test)
{
	REFUSED(0, word, 0);
	REFUSED(0, word, 2);
	ACCEPTED(0, word, 4);
	REFUSED(1, word, 0);
	REFUSED(1, word, 16);
	REFUSED(3, word, 1);
	/* Bits are counted in words; with a unit it is no number of bits. */
	REFUSED(9, word, 0);
	ACCEPTED(9, word, 4);
	REFUSED(9, unit, 1);
	/* Unused. */
	REFUSED(2, word, 8);
	REFUSED(4, word, 4);
	REFUSED(7, word, 8);
}

static void init_refuses_bad_lengths(struct kunit *test)
{
	REFUSED(0, len_from, SCTRACE_LEN_MAX);
	REFUSED(0, len_index, 1);
	REFUSED(0, len_offset, 1);
	REFUSED(0, len_bytes, 4);
	REFUSED(0, unit, 1);
	REFUSED(0, add, 1);
	REFUSED(0, shift, 1);
	REFUSED(1, len_from, SCTRACE_LEN_ARG);
	REFUSED(4, len_from, SCTRACE_LEN_MAX);
	REFUSED(2, len_from, 0);
	REFUSED(2, len_from, 5);
	REFUSED(2, len_from, SCTRACE_LEN_RESULT);
	REFUSED(2, len_index, 6);
	REFUSED(2, len_offset, 1);
	REFUSED(2, len_bytes, 0);
	REFUSED(2, len_bytes, 2);
	ACCEPTED(2, len_bytes, 8);
	REFUSED(2, shift, 32);
	ACCEPTED(2, shift, 31);
	ACCEPTED(2, add, -32768);
	REFUSED(6, len_index, 1);
	REFUSED(6, len_offset, 1);
	REFUSED(6, len_bytes, 4);
	REFUSED(7, len_index, 1);
	REFUSED(7, len_offset, 1);
	REFUSED(7, len_bytes, 4);
	REFUSED(7, add, 1);
	REFUSED(7, shift, 1);
	REFUSED(8, len_bytes, 0);
	REFUSED(8, len_bytes, 3);
	ACCEPTED(8, len_bytes, 1);
	/* Of itself, of no step, of one that has no fields, of the other phase. */
	REFUSED(8, len_index, 8);
	REFUSED(8, len_index, 200);
	REFUSED(8, len_index, 2);
	REFUSED(3, len_index, 1);
}

static void init_refuses_flags_that_mean_nothing_there(struct kunit *test)
{
	REFUSED(0, flags, SCTRACE_STEP_PATH);
	REFUSED(2, flags, SCTRACE_STEP_UP_TO_RESULT);
	REFUSED(3, flags, SCTRACE_STEP_UP_TO_RESULT);
	REFUSED(6, flags, SCTRACE_STEP_UP_TO_RESULT);
	REFUSED(1, flags, SCTRACE_STEP_PATH);
	REFUSED(2, flags, SCTRACE_STEP_SHORT);
	REFUSED(2, flags, SCTRACE_STEP_DETAILS);
	REFUSED(5, flags, SCTRACE_STEP_BELOW);
	REFUSED(10, flags, SCTRACE_STEP_PATH);
	REFUSED(5, flags, 0x20);
	REFUSED(5, flags, 0x80);
	ACCEPTED(4, flags, SCTRACE_STEP_PATH);
	ACCEPTED(4, flags, SCTRACE_STEP_PATH | SCTRACE_STEP_DETAILS);
	REFUSED(4, flags, SCTRACE_STEP_PATH | SCTRACE_STEP_BELOW);
	/* A path is below what the step before says, which must be a descriptor. */
	WITH(4, op, SCTRACE_STEP_STRING, {
		changed->steps[4].max = 8;
		refuses(test, changed, SCTRACE_BAD_STEP, 5, "below a string");
	});
}

/* Registers, stack and mappings: bytes of a fixed number, as the call begins. */
static void init_takes_stack_registers_and_mappings_at_the_entry(struct kunit *test)
{
	static const u8 bases[] = { SCTRACE_BASE_STACK, SCTRACE_BASE_REGS, SCTRACE_BASE_MAPS };
	struct ask *ask = ask_like(test, &good);
	struct sctrace_step *step, fine;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, ask);
	step = &ask->steps[2];
	ask->nr_steps = 3;
	ask->plans[0].nr_steps = 3;
	for (i = 0; i < ARRAY_SIZE(bases); i++) {
		fine = (struct sctrace_step) { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER,
					       .base = bases[i], .len_from = SCTRACE_LEN_MAX,
					       .max = 8 };
		*step = fine;
		accepts(test, ask, "as it is");
		step->index = 1;
		refuses(test, ask, SCTRACE_BAD_STEP, 2, "index");
		*step = fine;
		step->stride = 8;
		refuses(test, ask, SCTRACE_BAD_STEP, 2, "stride");
		*step = fine;
		step->max_count = 8;
		refuses(test, ask, SCTRACE_BAD_STEP, 2, "max_count");
		*step = fine;
		step->when = SCTRACE_STEP_EXIT_ALWAYS;
		refuses(test, ask, SCTRACE_BAD_STEP, 2, "when");
		*step = fine;
		step->len_from = SCTRACE_LEN_ARG;
		step->len_bytes = 8;
		step->unit = 1;
		refuses(test, ask, SCTRACE_BAD_STEP, 2, "len_from");
		*step = fine;
		step->op = SCTRACE_STEP_STRING;
		step->len_from = 0;
		refuses(test, ask, SCTRACE_BAD_STEP, 2, "op");
		*step = fine;
		step->offset = 8;
		step->flags = SCTRACE_STEP_SHORT;
		if (bases[i] == SCTRACE_BASE_STACK)
			accepts(test, ask, "offset, SHORT");
		else
			refuses(test, ask, SCTRACE_BAD_STEP, 2, "offset, SHORT");
	}
}

static void init_wants_the_steps_of_the_entry_first(struct kunit *test)
{
	WITH(9, when, SCTRACE_STEP_ENTER,
	     refuses(test, changed, SCTRACE_BAD_STEP, 9, "entry after exit"));
	/* A plan of its own that begins there is right. */
	WITH(9, when, SCTRACE_STEP_ENTER, {
		changed->plans[0].nr_steps = 9;
		changed->plans[1] = (struct sctrace_plan) { .nr = 3, .nr_args = 6, .first_step = 9,
							    .nr_steps = 2 };
		changed->nr_plans = 2;
		accepts(test, changed, "two plans");
	});
}

static void init_wants_the_arguments_that_steps_take(struct kunit *test)
{
	struct ask *ask = ask_like(test, &good);
	ask->plans[0].nr_args = 5;
	refuses(test, ask, SCTRACE_BAD_STEP, 2, "address");
	ask->steps[2].index = 4;
	refuses(test, ask, SCTRACE_BAD_STEP, 2, "length");
	ask->steps[2].len_index = 4;
	accepts(test, ask, "five arguments");
}

#define REFUSED_PLAN(field, value) do { \
		struct ask *wrong = ask_like(test, &good); \
		wrong->plans[1] = wrong->plans[0]; \
		wrong->plans[1].field = (value); \
		wrong->nr_plans = 2; \
		refuses(test, wrong, SCTRACE_BAD_PLAN, 1, #field " = " #value); \
	} while (0)

static void init_refuses_bad_plans(struct kunit *test)
{
	REFUSED_PLAN(nr, SCTRACE_MAX_NR);
	REFUSED_PLAN(nr, 65535);
	REFUSED_PLAN(abi, SCTRACE_ABI_COUNT);
	REFUSED_PLAN(abi, 255);
	REFUSED_PLAN(nr_args, 7);
	REFUSED_PLAN(first_step, 1);
	REFUSED_PLAN(first_step, 65535);
	REFUSED_PLAN(nr_steps, 12);
	REFUSED_PLAN(nr_steps, 65535);
	REFUSED_PLAN(select_arg, 1);
	REFUSED_PLAN(select_value, 1);
	REFUSED_PLAN(reserved[0], 1);
	REFUSED_PLAN(reserved[1], 1);
	REFUSED_PLAN(reserved[2], 1);
}

static void init_bounds_the_steps_of_a_plan(struct kunit *test)
{
	struct sctrace_plan plan = { .nr_args = 6, .nr_steps = SCTRACE_MAX_PLAN_STEPS + 1 };
	size_t bytes = (SCTRACE_MAX_PLAN_STEPS + 1) * sizeof(struct sctrace_step);
	struct sctrace_step *steps = kvzalloc(bytes, GFP_KERNEL);
	struct sctrace_plans made = { 0 };
	u32 array, bad, i;

	KUNIT_ASSERT_NOT_NULL(test, steps);
	for (i = 0; i <= SCTRACE_MAX_PLAN_STEPS; i++)
		steps[i] = good.steps[0];
	KUNIT_EXPECT_EQ(test, sctrace_plan_init(&made, &plan, 1, steps, i, RING_BYTES, &array,
						&bad), -EINVAL);
	KUNIT_EXPECT_EQ(test, array, SCTRACE_BAD_PLAN);
	plan.nr_steps--;
	KUNIT_EXPECT_EQ(test, sctrace_plan_init(&made, &plan, 1, steps, i, RING_BYTES, &array,
						&bad), 0);
	sctrace_plan_free(&made);
}

/* ---- what is made of them ---- */

static void init_gives_other_calls_six_arguments(struct kunit *test)
{
	struct ask *ask = kunit_kzalloc(test, sizeof(*ask), GFP_KERNEL);
	const struct sctrace_call *call;
	struct sctrace_hdr hdr;
	u8 abi;

	KUNIT_ASSERT_NOT_NULL(test, ask);
	KUNIT_ASSERT_EQ(test, answer(test, ask), 0);
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		call = sctrace_plan_find(&ask->made, abi, SCTRACE_MAX_NR - 1);
		memcpy(&hdr, &call->enter, sizeof(call->enter));
		KUNIT_EXPECT_EQ(test, hdr.abi, abi);
		KUNIT_EXPECT_EQ(test, hdr.nr, SCTRACE_MAX_NR - 1);
		KUNIT_EXPECT_EQ(test, hdr.nr_args, 6);
		KUNIT_EXPECT_EQ(test, hdr.words, 9);
		KUNIT_EXPECT_EQ(test, hdr.type, SCTRACE_REC_ENTER);
		KUNIT_EXPECT_EQ(test, call->nr_steps, 0);
		KUNIT_EXPECT_PTR_EQ(test, sctrace_plan_find(&ask->made, abi, SCTRACE_MAX_NR),
				    (const struct sctrace_call *)&ask->made.others[abi]);
		KUNIT_EXPECT_PTR_EQ(test, sctrace_plan_find(&ask->made, abi, -2UL),
				    (const struct sctrace_call *)&ask->made.others[abi]);
		KUNIT_EXPECT_PTR_EQ(test, sctrace_plan_find(&ask->made, abi, -1UL),
				    (const struct sctrace_call *)&ask->made.sigreturns[abi]);
		memcpy(&hdr, &ask->made.others[abi].exit, sizeof(u64));
		KUNIT_EXPECT_EQ(test, hdr.nr, SCTRACE_NR_NONE);
		KUNIT_EXPECT_EQ(test, hdr.words, 4);
		KUNIT_EXPECT_EQ(test, ask->made.others[abi].enter_max, 10 * 8);
	}
	sctrace_plan_free(&ask->made);
}

static void init_sums_up_what_a_record_can_have(struct kunit *test)
{
	struct ask *ask = ask_like(test, &good);
	const struct sctrace_call *call;
	u32 enter;

	KUNIT_ASSERT_NOT_NULL(test, ask);
	ask->nr_steps = 5;
	ask->plans[0].nr_steps = 5;
	KUNIT_ASSERT_EQ(test, answer(test, ask), 0);
	call = &ask->made.calls[0][2];
	/* Header and arguments; then each piece with its head, eight strings, the fd's path. */
	enter = 24 + 48 + (8 + 64) + 8 * (8 + 32) + (8 + 512) + (8 + 104) + (8 + PATH_MAX);
	KUNIT_EXPECT_EQ(test, call->enter_max, enter);
	KUNIT_EXPECT_EQ(test, call->enter_sure, enter);
	/* At the return, all of it can be tried again. */
	KUNIT_EXPECT_EQ(test, call->exit_max, enter - 48 + 8);
	KUNIT_EXPECT_EQ(test, call->nr_enter, 5);
	KUNIT_EXPECT_EQ(test, call->nr_steps, 5);
	KUNIT_EXPECT_EQ(test, call->path_steps, 0);
	KUNIT_EXPECT_FALSE(test, call->has_paths);
	sctrace_plan_free(&ask->made);
	/* With all steps, more than a record holds. */
	ask = ask_like(test, &good);
	KUNIT_ASSERT_EQ(test, answer(test, ask), 0);
	call = &ask->made.calls[0][2];
	KUNIT_EXPECT_EQ(test, ask->made.record_max, RING_BYTES / 4);
	KUNIT_EXPECT_GT(test, call->exit_max, SCTRACE_STEP_MAX_BYTES);
	KUNIT_EXPECT_LE(test, call->exit_max, ask->made.record_max);
	KUNIT_EXPECT_EQ(test, call->exit_sure, SCTRACE_RECORD_SURE_BYTES);
	KUNIT_EXPECT_EQ(test, call->whole_sure, SCTRACE_RECORD_SURE_BYTES);
	KUNIT_EXPECT_EQ(test, call->nr_enter, 6);
	KUNIT_EXPECT_EQ(test, call->path_steps, BIT(5) | BIT(4));
	KUNIT_EXPECT_TRUE(test, call->has_paths);
	KUNIT_EXPECT_FALSE(test, call->lean_enter);
	sctrace_plan_free(&ask->made);
	ask->ring_bytes = SCTRACE_RING_MIN_BYTES;
	KUNIT_ASSERT_EQ(test, answer(test, ask), 0);
	KUNIT_EXPECT_EQ(test, ask->made.calls[0][2].exit_max, SCTRACE_RING_MIN_BYTES / 4);
	sctrace_plan_free(&ask->made);
	ask->ring_bytes = SCTRACE_RING_MAX_BYTES;
	KUNIT_ASSERT_EQ(test, answer(test, ask), 0);
	KUNIT_EXPECT_EQ(test, ask->made.record_max, SCTRACE_RECORD_MAX_BYTES);
	sctrace_plan_free(&ask->made);
}

/* Each step 65528 elements of the one before: the product must not wrap around. */
static void init_bounds_the_pieces_of_steps_upon_steps(struct kunit *test)
{
	struct ask *ask = kunit_kzalloc(test, sizeof(*ask), GFP_KERNEL);
	u32 i;

	KUNIT_ASSERT_NOT_NULL(test, ask);
	ask->plans[0] = (struct sctrace_plan) { .nr = 9, .nr_args = 1, .nr_steps = 16 };
	ask->nr_plans = 1;
	ask->nr_steps = 16;
	for (i = 0; i < 16; i++)
		ask->steps[i] = (struct sctrace_step) {
			.op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER,
			.base = i ? SCTRACE_BASE_STEP : SCTRACE_BASE_ARG, .index = i ? i - 1 : 0,
			.stride = i ? 4 : 0, .max_count = i ? 65535 : 0, .word = i ? 4 : 0,
			.len_from = SCTRACE_LEN_MAX, .max = SCTRACE_STEP_MAX_BYTES,
		};
	KUNIT_ASSERT_EQ(test, answer(test, ask), 0);
	KUNIT_EXPECT_EQ(test, ask->made.calls[0][9].enter_max, ask->made.record_max);
	KUNIT_EXPECT_EQ(test, ask->made.calls[0][9].exit_max, ask->made.record_max);
	sctrace_plan_free(&ask->made);
}

/* ---- variants ---- */

static struct sctrace_plan variant(u16 nr, u32 value, u8 nr_args)
{
	return (struct sctrace_plan) { .nr = nr, .nr_args = nr_args, .select_arg = 1,
				       .select_mask = 0xff, .select_value = value };
}

/* How many arguments are recorded of this call, which tells the plans apart. */
static int found(const struct sctrace_plans *plans, u8 abi, unsigned long nr, unsigned long arg)
{
	unsigned long args[6] = { 77, arg, 77, 77, 77, 77 };
	const struct sctrace_call *call = sctrace_plan_find(plans, abi, nr);

	if (call->select)
		call = sctrace_plan_variant(plans, call, args);
	return call->nr_args;
}

static void variant_is_found_by_the_masked_argument(struct kunit *test)
{
	struct ask *ask = kunit_kzalloc(test, sizeof(*ask), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, ask);
	ask->nr_plans = 7;
	/* In no order, and among those of another call. */
	ask->plans[0] = variant(72, 200, 1);
	ask->plans[1] = variant(5, 9, 2);
	ask->plans[2] = variant(72, 0, 3);
	ask->plans[3] = (struct sctrace_plan) { .nr = 72, .nr_args = 0 };
	ask->plans[4] = variant(72, 7, 4);
	ask->plans[5] = variant(5, 8, 5);
	ask->plans[6] = (struct sctrace_plan) { .nr = 1, .nr_args = 3 };
	KUNIT_ASSERT_EQ(test, answer(test, ask), 0);
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, 72, 200), 1);
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, 72, 0), 3);
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, 72, 7), 4);
	/* Bits outside the mask do not count, nor does the upper half. */
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, 72, 0xabcdef00000107), 4);
	/* Values before, between and behind: the general plan, wherever in the list it was. */
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, 72, 1), 0);
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, 72, 255), 0);
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, 5, 8), 5);
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, 5, 9), 2);
	/* No general plan: six arguments. Other calls, other ABIs. */
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, 5, 10), 6);
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, 1, 9), 3);
	KUNIT_EXPECT_EQ(test, found(&ask->made, 1, 72, 200), 6);
	KUNIT_EXPECT_EQ(test, found(&ask->made, 0, -1UL, 0), 6);
	sctrace_plan_free(&ask->made);
}

static void init_refuses_variants_that_cannot_be_told_apart(struct kunit *test)
{
	struct ask *ask = kunit_kzalloc(test, sizeof(*ask), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, ask);
	ask->nr_plans = 3;
	ask->plans[0] = variant(72, 200, 1);
	ask->plans[1] = variant(73, 201, 1);
	ask->plans[2] = variant(72, 200, 1);
	refuses(test, ask, SCTRACE_BAD_PLAN, 2, "the same value");
	ask->plans[2] = variant(72, 201, 1);
	accepts(test, ask, "another value");
	ask->plans[2].select_arg = 2;
	refuses(test, ask, SCTRACE_BAD_PLAN, 2, "another argument");
	ask->plans[2] = variant(72, 201, 1);
	ask->plans[2].select_mask = 0x1ff;
	refuses(test, ask, SCTRACE_BAD_PLAN, 2, "another mask");
	ask->plans[2] = variant(72, 0x100, 1);
	refuses(test, ask, SCTRACE_BAD_PLAN, 2, "a value outside of the mask");
	ask->plans[2] = variant(72, 1, 1);
	ask->plans[2].select_arg = 6;
	refuses(test, ask, SCTRACE_BAD_PLAN, 2, "no argument");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(init_takes_a_step_of_each_kind),
	KUNIT_CASE(init_refuses_what_is_no_step),
	KUNIT_CASE(init_bounds_the_bytes_of_a_step),
	KUNIT_CASE(init_refuses_bad_addresses),
	KUNIT_CASE(init_refuses_bad_words),
	KUNIT_CASE(init_refuses_bad_lengths),
	KUNIT_CASE(init_refuses_flags_that_mean_nothing_there),
	KUNIT_CASE(init_takes_stack_registers_and_mappings_at_the_entry),
	KUNIT_CASE(init_wants_the_steps_of_the_entry_first),
	KUNIT_CASE(init_wants_the_arguments_that_steps_take),
	KUNIT_CASE(init_refuses_bad_plans),
	KUNIT_CASE(init_bounds_the_steps_of_a_plan),
	KUNIT_CASE(init_gives_other_calls_six_arguments),
	KUNIT_CASE(init_sums_up_what_a_record_can_have),
	KUNIT_CASE(init_bounds_the_pieces_of_steps_upon_steps),
	KUNIT_CASE(variant_is_found_by_the_masked_argument),
	KUNIT_CASE(init_refuses_variants_that_cannot_be_told_apart),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_plan", .test_cases = cases };

kunit_test_suite(suite);
