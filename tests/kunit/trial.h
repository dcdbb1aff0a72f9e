/* SPDX-License-Identifier: GPL-2.0-only */
/* What the cases of captures share: steps, a call, and the pieces that come of them. */
#ifndef KUNIT_TRIAL_H
#define KUNIT_TRIAL_H

#include <kunit/test.h>
#include <linux/preempt.h>
#include <linux/string.h>

#include "../../module/capture.h"

#define TRIAL_STEPS	8
#define TRIAL_PIECES	256
#define TRIAL_ROOM	16384

/**
 * struct trial - a plan, a call, a record's room, and what came into it
 * @test: the test
 * @steps: the plan
 * @nr_steps: how many
 * @args: the call's
 * @result: the call's
 * @room: bytes for pieces; 0: TRIAL_ROOM
 * @may_sleep: page faults are served
 * @whole: as in struct sctrace_capture
 * @flags: the same
 * @maps: the same
 * @c: the run
 * @memory: exactly as large as the room: KASAN sees what lies behind
 * @pieces: what it made
 * @nr_pieces: how many
 */
struct trial {
	struct kunit *test;
	struct sctrace_step steps[TRIAL_STEPS];
	unsigned int nr_steps;
	unsigned long args[6];
	long result;
	u32 room;
	bool may_sleep;
	bool whole;
	u8 flags;
	struct sctrace_maps *maps;
	struct sctrace_capture c;
	u8 *memory;
	const struct sctrace_piece *pieces[TRIAL_PIECES];
	unsigned int nr_pieces;
};

static inline struct trial *new_trial(struct kunit *test)
{
	struct trial *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, t);
	t->test = test;
	return t;
}

static inline struct sctrace_step *add(struct trial *t, u8 op, u8 base, u8 index, u16 max)
{
	struct sctrace_step *step = &t->steps[t->nr_steps++];

	*step = (struct sctrace_step) {
		.op = op,
		.when = SCTRACE_STEP_ENTER,
		.base = base,
		.index = index,
		.max = max,
		.len_from = op == SCTRACE_STEP_BYTES ? SCTRACE_LEN_MAX : 0,
		.word = op == SCTRACE_STEP_VECTOR || base == SCTRACE_BASE_STEP ? 8 : 0,
	};
	return step;
}

/* As many bytes as argument @arg says, times @unit. */
static inline struct sctrace_step *add_counted(struct trial *t, u8 index, u8 arg, u16 unit, u16 max)
{
	struct sctrace_step *step = add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, index, max);

	step->len_from = SCTRACE_LEN_ARG;
	step->len_index = arg;
	step->len_bytes = 8;
	step->unit = unit;
	return step;
}

/* One for each element of @stride bytes that step @of has copied. */
static inline struct sctrace_step *add_each(struct trial *t, u8 op, u8 of, u16 offset, u16 stride,
					    u16 max)
{
	struct sctrace_step *step = add(t, op, SCTRACE_BASE_STEP, of, max);

	step->offset = offset;
	step->stride = stride;
	step->max_count = 1024;
	return step;
}

/* What was in the room before shows in no piece, and not in its padding. */
static inline void run_trial(struct trial *t)
{
	u32 room = t->room ?: TRIAL_ROOM;
	u8 *at;

	kunit_kfree(t->test, t->memory);
	t->memory = kunit_kmalloc(t->test, room, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(t->test, t->memory);
	memset(t->memory, 0xa5, room);
	t->c = (struct sctrace_capture) {
		.steps = t->steps, .maps = t->maps, .args = t->args, .result = t->result,
		.first = t->memory, .at = t->memory, .end = t->memory + room,
		.flags = t->flags, .may_sleep = t->may_sleep, .whole = t->whole,
	};
	if (!t->may_sleep)
		preempt_disable();
	sctrace_capture_steps(&t->c, 0, t->nr_steps);
	if (!t->may_sleep)
		preempt_enable();
	KUNIT_ASSERT_LE(t->test, (unsigned long)t->c.at, (unsigned long)t->c.end);
	t->nr_pieces = 0;
	for (at = t->memory; at < t->c.at; ) {
		const struct sctrace_piece *piece = (const void *)at;
		u32 whole = round_up(piece->len, 8), i;

		KUNIT_ASSERT_LT(t->test, t->nr_pieces, TRIAL_PIECES);
		t->pieces[t->nr_pieces++] = piece;
		at += sizeof(*piece) + whole;
		KUNIT_ASSERT_LE(t->test, (unsigned long)at, (unsigned long)t->c.at);
		for (i = piece->len; i < whole; i++)
			KUNIT_EXPECT_EQ(t->test, ((const u8 *)(piece + 1))[i], 0);
	}
}

/*
 * Of what does not need sleeping. On a processor that stands still in the middle, the time that there is for it without is over:
 * then again.
 */
static inline void run_at_once(struct trial *t)
{
	unsigned int i = 0;

	do {
		run_trial(t);
	} while (t->c.faulted && ++i < 100);
}

/* Piece @i: of this step, with these flags, this wanted length and these bytes. */
#define expect_piece(t, i, of, with, want, bytes, n) do { \
		KUNIT_ASSERT_LT((t)->test, (i), (t)->nr_pieces); \
		KUNIT_EXPECT_EQ((t)->test, (t)->pieces[i]->step, (of)); \
		KUNIT_EXPECT_EQ((t)->test, (t)->pieces[i]->flags, (with)); \
		KUNIT_EXPECT_EQ((t)->test, (t)->pieces[i]->wanted, (u32)(want)); \
		KUNIT_ASSERT_EQ((t)->test, (t)->pieces[i]->len, (n)); \
		KUNIT_EXPECT_MEMEQ((t)->test, (t)->pieces[i] + 1, (bytes), (n)); \
	} while (0)

#endif
