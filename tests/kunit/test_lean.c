// SPDX-License-Identifier: GPL-2.0-only
/* module/capture_lean.h: what it makes is, byte for byte, what module/capture.c would make. */
#include "../../module/capture_lean.h"

#include <linux/prandom.h>

#include "trial.h"
#include "user.h"

/* What the lean way makes of a trial's steps in its room, into memory of its own. NULL: it gave up. */
static u8 *run_lean(struct trial *t, u8 **memory)
{
	u32 room = t->room ?: TRIAL_ROOM;
	u8 *end;

	*memory = kunit_kmalloc(t->test, room, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(t->test, *memory);
	memset(*memory, 0x5a, room);
	preempt_disable();
	end = sctrace_capture_lean(t->steps, 0, t->nr_steps, t->args, t->result, *memory,
				   *memory + room, t->flags);
	preempt_enable();
	return end;
}

/* Return: whether it did not give up. What it made is the same then. */
static bool same(struct trial *t)
{
	u8 *memory, *end = run_lean(t, &memory);

	run_trial(t);
	if (end) {
		KUNIT_EXPECT_EQ(t->test, (long)(end - memory), (long)(t->c.at - t->memory));
		KUNIT_EXPECT_MEMEQ(t->test, memory, t->memory, t->c.at - t->memory);
		KUNIT_EXPECT_FALSE(t->test, t->c.faulted);
	}
	kunit_kfree(t->test, memory);
	return end;
}

static void lean_makes_the_same_pieces(struct kunit *test)
{
	unsigned long room = user_room(test, 2);
	struct trial *t = new_trial(test);
	struct rnd_state rnd;
	unsigned int i, j, made = 0;

	prandom_seed_state(&rnd, 3);
	for (i = 0; i < 2 * PAGE_SIZE - 8; i++) {
		u8 byte = prandom_u32_state(&rnd) % 40;

		KUNIT_ASSERT_EQ(test, put_user(byte, (u8 __user *)(room + i)), 0);
	}
	for (i = 0; i < 3000; i++) {
		t->nr_steps = 0;
		t->flags = prandom_u32_state(&rnd) % 2 ? SCTRACE_PIECE_LATE : 0;
		t->result = (int)(prandom_u32_state(&rnd) % 64) - 16;
		t->room = prandom_u32_state(&rnd) % 40 * 8 + 8;
		for (j = 0; j < 6; j++)
			t->args[j] = prandom_u32_state(&rnd) % 8 ?
				     room + prandom_u32_state(&rnd) % (2 * PAGE_SIZE - 128) : 0;
		t->args[5] = prandom_u32_state(&rnd) % 80;
		for (j = 0; j < 3; j++) {
			u32 max = prandom_u32_state(&rnd) % 100 + 1;

			switch (prandom_u32_state(&rnd) % 4) {
			case 0:
				add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, j, max);
				break;
			case 1:
				add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, j, max);
				break;
			case 2:
				add_counted(t, j, 5, 1, max);
				break;
			default:
				add_counted(t, j, 5, 1, max)->len_from = SCTRACE_LEN_RESULT;
				t->steps[j].when = SCTRACE_STEP_EXIT;
			}
		}
		/* All of one phase, as sctrace_capture_steps() has it. */
		for (j = 0; j < 3; j++) {
			if (t->steps[j].len_from == SCTRACE_LEN_RESULT)
				t->flags = 0;
		}
		made += same(t);
	}
	/* It is worth nothing if it gives up where all is well. */
	KUNIT_EXPECT_GT(test, made, 500);
	KUNIT_EXPECT_LT(test, made, 3000);
}

static void lean_gives_up_where_something_is_not_as_it_commonly_is(struct kunit *test)
{
	unsigned long room = user_room(test, 1);
	struct trial *t = new_trial(test);

	t->args[0] = room + PAGE_SIZE - 16;
	user_write(test, t->args[0], "0123456789abcdef", 16);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 16);
	KUNIT_EXPECT_TRUE(test, same(t));
	/* The edge of what is there, in a word. */
	t->args[0] += 3;
	t->steps[0].max = 13;
	KUNIT_EXPECT_FALSE(test, same(t));
	t->steps[0].max = 8;
	KUNIT_EXPECT_TRUE(test, same(t));
	t->steps[0].max = 14;
	KUNIT_EXPECT_FALSE(test, same(t));
	/* Addresses that no program has. */
	t->args[0] = 8;
	KUNIT_EXPECT_FALSE(test, same(t));
	t->args[0] = ~0UL - 7;
	KUNIT_EXPECT_FALSE(test, same(t));
	t->args[0] = PAGE_OFFSET;
	KUNIT_EXPECT_FALSE(test, same(t));
	/* No room for the most there could be. */
	t->args[0] = room;
	KUNIT_EXPECT_TRUE(test, same(t));
	t->room = 16;
	KUNIT_EXPECT_FALSE(test, same(t));
	t->room = 24;
	KUNIT_EXPECT_TRUE(test, same(t));
	/* A string that does not end before its limit. */
	t->room = 0;
	t->args[0] = room + PAGE_SIZE - 16;
	t->steps[0].op = SCTRACE_STEP_STRING;
	t->steps[0].len_from = 0;
	t->steps[0].max = 15;
	KUNIT_EXPECT_FALSE(test, same(t));
	t->steps[0].max = 4096;
	KUNIT_EXPECT_FALSE(test, same(t));
	user_write(test, room + PAGE_SIZE - 1, "", 1);
	KUNIT_EXPECT_TRUE(test, same(t));
}

static void lean_leaves_out_what_is_null(struct kunit *test)
{
	struct trial *t = new_trial(test);
	u8 *memory;

	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 16);
	add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, 1, 16);
	KUNIT_EXPECT_PTR_EQ(test, run_lean(t, &memory), memory);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(lean_makes_the_same_pieces),
	KUNIT_CASE(lean_gives_up_where_something_is_not_as_it_commonly_is),
	KUNIT_CASE(lean_leaves_out_what_is_null),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_lean", .test_cases = cases };

kunit_test_suite(suite);
