// SPDX-License-Identifier: GPL-2.0-only
/*
 * module/capture.c: every kind of step, on a program's memory: whole, cut, at the edge of a page
 * that is not there, on pages not yet in memory, and at addresses of every bad kind.
 */
#include "../../module/capture.c"

#include <kunit/test.h>

#include "trial.h"
#include "user.h"

static const char of_the_kernel[] = "not for programs";

/* No program has anything there: NULL's page, what is no address at all, the kernel. */
static const unsigned long bad[] = {
	8, PAGE_SIZE - 1, ~0UL, ~0UL - 7, 1UL << 63, 0x0000800000000000UL, 0xffff7fffffffffffUL,
	(unsigned long)of_the_kernel,
};

/* ---- strings ---- */

static void string_is_whole_or_cut_at_its_limit(struct kunit *test)
{
	struct trial *t = new_trial(test);

	add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, 0, 4096);
	t->args[0] = user_copy(test, "0123456789", 11);
	run_trial(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 1);
	expect_piece(t, 0, 0, 0, 10, "0123456789", 10);
	KUNIT_EXPECT_FALSE(test, t->c.faulted);
	t->steps[0].max = 11;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 10, "0123456789", 10);
	t->steps[0].max = 10;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_CUT, 0, "0123456789", 10);
	t->steps[0].max = 1;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_CUT, 0, "0", 1);
	t->args[0] += 10;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 0, "", 0);
}

static void string_ends_where_its_page_does(struct kunit *test)
{
	unsigned long room = user_room(test, 1);
	struct trial *t = new_trial(test);

	add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, 0, 4096);
	t->args[0] = room + PAGE_SIZE - 5;
	user_write(test, t->args[0], "last", 5);
	run_trial(t);
	expect_piece(t, 0, 0, 0, 4, "last", 4);
	KUNIT_EXPECT_FALSE(test, t->c.faulted);
	/* Without its end. */
	user_write(test, t->args[0], "lasts", 5);
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, 0, "", 0);
	KUNIT_EXPECT_TRUE(test, t->c.faulted);
	/* If it is cut before, it never gets there. */
	t->steps[0].max = 5;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_CUT, 0, "lasts", 5);
	KUNIT_EXPECT_FALSE(test, t->c.faulted);
}

/* ---- bytes ---- */

static void bytes_are_as_many_as_an_argument_says(struct kunit *test)
{
	struct trial *t = new_trial(test);

	t->args[0] = user_copy(test, "0123456789abcdef", 16);
	add_counted(t, 0, 2, 1, 10);
	t->args[2] = 5;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 5, "01234", 5);
	t->args[2] = 10;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 10, "0123456789", 10);
	t->args[2] = 11;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_CUT, 11, "0123456789", 10);
	t->args[2] = 0;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 0, "", 0);
	t->args[2] = ~0UL;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_CUT, U32_MAX, "0123456789", 10);
	/* An int's upper half is not the call's. */
	t->args[2] = 0x700000003;
	t->steps[0].len_bytes = 4;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 3, "012", 3);
	t->steps[0].unit = 3;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 9, "012345678", 9);
	/* Units that do not fit into 64 bits. */
	t->args[2] = ~0UL;
	t->steps[0].len_bytes = 8;
	t->steps[0].unit = 65535;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_CUT, U32_MAX, "0123456789", 10);
}

static void bytes_are_as_many_as_changed_numbers_say(struct kunit *test)
{
	struct trial *t = new_trial(test);

	t->args[0] = user_copy(test, "0123456789abcdef", 16);
	add_counted(t, 0, 1, 1, 16)->add = -3;
	t->args[1] = 2;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 0, "", 0);
	t->args[1] = 7;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 4, "0123", 4);
	/* One for each four of them; one that is not full counts. */
	t->steps[0].add = 1;
	t->steps[0].shift = 2;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 2, "01", 2);
	t->args[1] = 8;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 3, "012", 3);
	t->steps[0].shift = 31;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 1, "0", 1);
	/* Bits: whole words. */
	t->steps[0].add = 0;
	t->steps[0].shift = 0;
	t->steps[0].unit = 0;
	t->steps[0].word = 8;
	t->args[1] = 64;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 8, "01234567", 8);
	t->args[1] = 65;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 16, "0123456789abcdef", 16);
	t->args[1] = 1;
	t->steps[0].word = 4;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 4, "0123", 4);
}

static void bytes_are_as_many_as_the_result_says(struct kunit *test)
{
	struct trial *t = new_trial(test);
	struct sctrace_step *step = add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 8);

	t->args[0] = user_copy(test, "0123456789", 10);
	step->when = SCTRACE_STEP_EXIT;
	step->len_from = SCTRACE_LEN_RESULT;
	step->unit = 1;
	t->result = 3;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 3, "012", 3);
	t->result = 9;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_CUT, 9, "01234567", 8);
	/* Of an error there is nothing, unless it is asked for whatever has come of it. */
	t->result = -EINTR;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
	step->when = SCTRACE_STEP_EXIT_ALWAYS;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 0, "", 0);
	/* At the result itself. */
	step->when = SCTRACE_STEP_EXIT;
	step->base = SCTRACE_BASE_RESULT;
	step->len_from = SCTRACE_LEN_MAX;
	step->unit = 0;
	t->result = t->args[0] + 1;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 8, "12345678", 8);
	step->when = SCTRACE_STEP_EXIT_ALWAYS;
	t->result = -EFAULT;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
}

static void bytes_stop_at_the_edge_of_what_is_there(struct kunit *test)
{
	unsigned long room = user_room(test, 2);
	struct trial *t = new_trial(test);

	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 7);
	t->args[0] = room + 2 * PAGE_SIZE - 7;
	user_write(test, t->args[0], "0123456", 7);
	run_trial(t);
	expect_piece(t, 0, 0, 0, 7, "0123456", 7);
	t->steps[0].max = 8;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, 8, "0123456", 7);
	KUNIT_EXPECT_TRUE(test, t->c.faulted);
	/* Nor can it be read asleep. */
	t->may_sleep = true;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, 8, "0123456", 7);
	/* Over the edge between two pages that are there. */
	t->may_sleep = false;
	t->args[0] = room + PAGE_SIZE - 3;
	user_write(test, t->args[0], "01234567", 8);
	run_trial(t);
	expect_piece(t, 0, 0, 0, 8, "01234567", 8);
}

/* ---- addresses ---- */

static void null_makes_no_piece(struct kunit *test)
{
	struct trial *t = new_trial(test);

	t->args[1] = 7;
	add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, 0, 4096);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 16);
	add_counted(t, 0, 1, 1, 16);
	add(t, SCTRACE_STEP_VECTOR, SCTRACE_BASE_ARG, 0, 64);
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
	KUNIT_EXPECT_FALSE(test, t->c.faulted);
}

static void bad_addresses_are_marked_and_nothing_is_read(struct kunit *test)
{
	struct trial *t = new_trial(test);
	unsigned int i;

	user_room(test, 1);
	t->args[1] = 100;
	add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, 0, 4096);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 16);
	add_counted(t, 0, 1, 3, 4096);
	add(t, SCTRACE_STEP_VECTOR, SCTRACE_BASE_ARG, 0, 64);
	for (i = 0; i < 2 * ARRAY_SIZE(bad); i++) {
		t->args[0] = bad[i / 2];
		t->may_sleep = i % 2;
		run_trial(t);
		KUNIT_ASSERT_EQ_MSG(test, t->nr_pieces, 4, "%lx", t->args[0]);
		expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, 0, "", 0);
		expect_piece(t, 1, 1, SCTRACE_PIECE_FAULT, 16, "", 0);
		expect_piece(t, 2, 2, SCTRACE_PIECE_FAULT, 300, "", 0);
		expect_piece(t, 3, 3, SCTRACE_PIECE_FAULT, 0, "", 0);
		KUNIT_EXPECT_TRUE(test, t->c.faulted);
	}
}

/* A program maps the last page it can have: what reaches beyond stops there. */
static void the_end_of_user_space_is_an_edge(struct kunit *test)
{
	unsigned long last = TASK_SIZE_MAX - PAGE_SIZE;
	struct trial *t = new_trial(test);
	unsigned long at;

	user_room(test, 1);
	at = kunit_vm_mmap(test, NULL, last, PAGE_SIZE, PROT_READ | PROT_WRITE,
			   MAP_ANONYMOUS | MAP_PRIVATE | MAP_FIXED, 0);
	KUNIT_ASSERT_EQ(test, at, last);
	t->args[0] = last + PAGE_SIZE - 4;
	user_write(test, t->args[0], "abcd", 4);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 64);
	add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, 0, 4);
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, 64, "abcd", 4);
	expect_piece(t, 1, 1, SCTRACE_PIECE_CUT, 0, "abcd", 4);
	/* A length that wraps around the address. */
	t->steps[0].max = SCTRACE_STEP_MAX_BYTES;
	t->nr_steps = 1;
	t->room = SCTRACE_STEP_MAX_BYTES + 8;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, SCTRACE_STEP_MAX_BYTES, "abcd", 4);
}

static void pages_not_in_memory_take_sleeping(struct kunit *test)
{
	unsigned long pages = user_pages(test, 2, PROT_READ | PROT_WRITE);
	static const u64 zeros[2];
	struct trial *t = new_trial(test);

	t->args[0] = pages;
	t->args[1] = pages + PAGE_SIZE - 8;
	user_write(test, t->args[0], "in memory", 9);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 9);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 1, 16);
	run_trial(t);
	expect_piece(t, 0, 0, 0, 9, "in memory", 9);
	expect_piece(t, 1, 1, SCTRACE_PIECE_FAULT, 16, zeros, 8);
	KUNIT_EXPECT_TRUE(test, t->c.faulted);
	t->may_sleep = true;
	run_trial(t);
	expect_piece(t, 1, 1, 0, 16, zeros, 16);
	KUNIT_EXPECT_FALSE(test, t->c.faulted);
	t->may_sleep = false;
	run_trial(t);
	expect_piece(t, 1, 1, 0, 16, zeros, 16);
}

static void pages_that_may_not_be_read_are_not(struct kunit *test)
{
	unsigned long pages = user_pages(test, 1, PROT_NONE);
	struct trial *t = new_trial(test);

	t->args[0] = pages;
	t->may_sleep = true;
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 16);
	add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, 0, 16);
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, 16, "", 0);
	expect_piece(t, 1, 1, SCTRACE_PIECE_FAULT, 0, "", 0);
}

/* ---- vectors, and what they point to ---- */

static void vector_ends_at_its_zero(struct kunit *test)
{
	u64 words[70] = { 11, 22, 33 };
	struct trial *t = new_trial(test);
	unsigned long room = user_room(test, 1);
	unsigned int i;

	add(t, SCTRACE_STEP_VECTOR, SCTRACE_BASE_ARG, 0, 1024);
	t->args[0] = user_copy(test, words, sizeof(words));
	run_trial(t);
	expect_piece(t, 0, 0, 0, 24, words, 24);
	/* Of words of four bytes, the upper half of the first is the end. */
	t->steps[0].word = 4;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 4, words, 4);
	/* Longer than a portion, and cut in the middle of a word. */
	t->steps[0].word = 8;
	for (i = 0; i < 69; i++)
		words[i] = i + 1;
	user_write(test, t->args[0], words, sizeof(words));
	run_trial(t);
	expect_piece(t, 0, 0, 0, 69 * 8, words, 69 * 8);
	t->steps[0].max = 69 * 8 - 1;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_CUT, 0, words, 68 * 8);
	/* At the edge: with its zero, and without. */
	t->steps[0].max = 1024;
	t->args[0] = room + PAGE_SIZE - 3 * 8;
	user_write(test, t->args[0], &words[67], 3 * 8);
	run_trial(t);
	expect_piece(t, 0, 0, 0, 16, &words[67], 16);
	KUNIT_EXPECT_FALSE(test, t->c.faulted);
	user_write(test, t->args[0], &words[66], 3 * 8);
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, 0, &words[66], 24);
	/* A word that reaches over the edge. */
	t->args[0] += 4;
	user_write(test, t->args[0], &words[66], 20);
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, 0, &words[66], 16);
}

static void strings_of_a_vector_come_in_its_order(struct kunit *test)
{
	unsigned long text = user_copy(test, "one\0two\0three", 14);
	u64 words[] = { text, text + 4, 8, text + 8, 0 };
	struct trial *t = new_trial(test);

	t->args[1] = user_copy(test, words, sizeof(words));
	add(t, SCTRACE_STEP_VECTOR, SCTRACE_BASE_ARG, 1, 64);
	add_each(t, SCTRACE_STEP_STRING, 0, 0, 8, 4);
	run_trial(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 5);
	expect_piece(t, 0, 0, 0, 32, words, 32);
	expect_piece(t, 1, 1, 0, 3, "one", 3);
	expect_piece(t, 2, 1, 0, 3, "two", 3);
	expect_piece(t, 3, 1, SCTRACE_PIECE_FAULT, 0, "", 0);
	expect_piece(t, 4, 1, SCTRACE_PIECE_CUT, 0, "thre", 4);
	t->steps[1].max_count = 2;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 3);
}

/* As writev's: addresses and lengths side by side. */
static void buffers_of_an_array_are_as_long_as_it_says(struct kunit *test)
{
	unsigned long text = user_copy(test, "0123456789", 10);
	u64 array[] = { text, 3, 0, 5, text + 3, 100, text, 0 };
	struct trial *t = new_trial(test);
	struct sctrace_step *each;

	t->args[1] = user_copy(test, array, sizeof(array));
	t->args[2] = 4;
	add_counted(t, 1, 2, 16, 1024);
	each = add_each(t, SCTRACE_STEP_BYTES, 0, 0, 16, 7);
	each->len_from = SCTRACE_LEN_FIELD;
	each->len_offset = 8;
	each->len_bytes = 8;
	each->unit = 1;
	run_trial(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 5);
	expect_piece(t, 1, 1, 0, 3, "012", 3);
	expect_piece(t, 2, 1, SCTRACE_PIECE_NULL, 0, "", 0);
	expect_piece(t, 3, 1, SCTRACE_PIECE_CUT, 100, "3456789", 7);
	expect_piece(t, 4, 1, 0, 0, "", 0);
	/* All together as many as the result says: readv. */
	t->steps[0].when = SCTRACE_STEP_EXIT;
	each->when = SCTRACE_STEP_EXIT;
	each->flags = SCTRACE_STEP_UP_TO_RESULT;
	t->result = 5;
	run_trial(t);
	expect_piece(t, 1, 1, 0, 3, "012", 3);
	expect_piece(t, 3, 1, 0, 2, "34", 2);
	expect_piece(t, 4, 1, 0, 0, "", 0);
	/* An array that is cut has whole elements only. */
	t->steps[0].max = 40;
	each->flags = 0;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 3);
	/* An offset that its elements do not have is no length. */
	each->len_offset = 9;
	run_trial(t);
	expect_piece(t, 1, 1, 0, 0, "", 0);
}

/* As sendmsg's: a pointer in a struct, and its length in another place of it, of every size. */
static void one_pointer_of_a_struct_is_followed(struct kunit *test)
{
	struct { u64 a; u64 at; u8 n1; u8 pad; u16 n2; u32 n4; u64 n8; } s = {
		.n1 = 1, .n2 = 2, .n4 = 4, .n8 = 5,
	};
	static const u8 sizes[] = { 1, 2, 4, 8 }, offsets[] = { 16, 18, 20, 24 };
	static const u8 lengths[] = { 1, 2, 4, 5 };
	struct trial *t = new_trial(test);
	struct sctrace_step *step;
	unsigned int i;

	s.at = user_copy(test, "01234567", 8);
	t->args[0] = user_copy(test, &s, sizeof(s));
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, sizeof(s));
	step = add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_STEP, 0, 64);
	step->offset = 8;
	step->len_from = SCTRACE_LEN_FIELD;
	step->unit = 1;
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		step->len_offset = offsets[i];
		step->len_bytes = sizes[i];
		run_trial(t);
		expect_piece(t, 1, 1, 0, lengths[i], "01234567", lengths[i]);
	}
	/* Of a struct that ends before its pointer, nothing. */
	t->steps[0].max = 15;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 1);
	/* Nor of one that is not there. */
	t->args[0] = 0;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
}

/* ---- room and time ---- */

static void pieces_stay_within_the_room(struct kunit *test)
{
	struct trial *t = new_trial(test);
	u64 words[8];
	u32 i;

	for (i = 0; i < 8; i++)
		words[i] = user_copy(test, "0123456789abcdef", 17);
	t->args[0] = user_copy(test, words, sizeof(words));
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 64);
	add_each(t, SCTRACE_STEP_STRING, 0, 0, 8, 100);
	/* run_trial() sees that none is longer, and KASAN what is written behind. */
	for (i = 8; i < 400; i += 8) {
		t->room = i;
		run_trial(t);
		KUNIT_EXPECT_LE(test, (long)(t->c.at - t->memory), (long)i);
	}
	t->room = 8 + 64 + 8 + 8;
	run_trial(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 2);
	expect_piece(t, 1, 1, SCTRACE_PIECE_CUT, 0, "01234567", 8);
	t->room = 8;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
}

static void fit_leaves_the_last_pieces_out(struct kunit *test)
{
	struct trial *t = new_trial(test);
	u8 *first;

	t->args[0] = user_copy(test, "0123456789", 11);
	add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, 0, 100);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 8);
	run_trial(t);
	first = t->memory;
	KUNIT_EXPECT_PTR_EQ(test, sctrace_capture_fit(first, t->c.at, 1000), t->c.at);
	KUNIT_EXPECT_PTR_EQ(test, sctrace_capture_fit(first, t->c.at, 40), t->c.at);
	KUNIT_EXPECT_PTR_EQ(test, sctrace_capture_fit(first, t->c.at, 39), first + 24);
	KUNIT_EXPECT_PTR_EQ(test, sctrace_capture_fit(first, t->c.at, 24), first + 24);
	KUNIT_EXPECT_PTR_EQ(test, sctrace_capture_fit(first, t->c.at, 23), first);
	KUNIT_EXPECT_PTR_EQ(test, sctrace_capture_fit(first, t->c.at, 0), first);
}

/* A program must not keep a processor busy: after so many faults the rest waits until it may sleep. */
static void after_many_faults_the_rest_takes_sleeping(struct kunit *test)
{
	unsigned long text = user_copy(test, "here", 5);
	u64 *words = kunit_kmalloc(test, 100 * sizeof(*words), GFP_KERNEL);
	struct trial *t = new_trial(test);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, words);
	for (i = 0; i < 100; i++)
		words[i] = i < MAX_DEAR ? 8 : text;
	t->args[0] = user_copy(test, words, 100 * sizeof(*words));
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, 800);
	add_each(t, SCTRACE_STEP_STRING, 0, 0, 8, 100);
	run_trial(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 101);
	expect_piece(t, MAX_DEAR, 1, SCTRACE_PIECE_FAULT, 0, "", 0);
	expect_piece(t, 100, 1, SCTRACE_PIECE_FAULT, 0, "", 0);
	t->may_sleep = true;
	run_trial(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 101);
	expect_piece(t, MAX_DEAR, 1, SCTRACE_PIECE_FAULT, 0, "", 0);
	expect_piece(t, MAX_DEAR + 1, 1, 0, 4, "here", 4);
	expect_piece(t, 100, 1, 0, 4, "here", 4);
}

static void flags_are_in_every_piece(struct kunit *test)
{
	struct trial *t = new_trial(test);

	t->flags = SCTRACE_PIECE_LATE;
	t->args[0] = user_copy(test, "text", 5);
	t->args[1] = 8;
	add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, 0, 100);
	add(t, SCTRACE_STEP_STRING, SCTRACE_BASE_ARG, 1, 100);
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_LATE, 4, "text", 4);
	expect_piece(t, 1, 1, SCTRACE_PIECE_LATE | SCTRACE_PIECE_FAULT, 0, "", 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(string_is_whole_or_cut_at_its_limit),
	KUNIT_CASE(string_ends_where_its_page_does),
	KUNIT_CASE(bytes_are_as_many_as_an_argument_says),
	KUNIT_CASE(bytes_are_as_many_as_changed_numbers_say),
	KUNIT_CASE(bytes_are_as_many_as_the_result_says),
	KUNIT_CASE(bytes_stop_at_the_edge_of_what_is_there),
	KUNIT_CASE(null_makes_no_piece),
	KUNIT_CASE(bad_addresses_are_marked_and_nothing_is_read),
	KUNIT_CASE(the_end_of_user_space_is_an_edge),
	KUNIT_CASE(pages_not_in_memory_take_sleeping),
	KUNIT_CASE(pages_that_may_not_be_read_are_not),
	KUNIT_CASE(vector_ends_at_its_zero),
	KUNIT_CASE(strings_of_a_vector_come_in_its_order),
	KUNIT_CASE(buffers_of_an_array_are_as_long_as_it_says),
	KUNIT_CASE(one_pointer_of_a_struct_is_followed),
	KUNIT_CASE(pieces_stay_within_the_room),
	KUNIT_CASE(fit_leaves_the_last_pieces_out),
	KUNIT_CASE(after_many_faults_the_rest_takes_sleeping),
	KUNIT_CASE(flags_are_in_every_piece),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_capture", .test_cases = cases };

kunit_test_suite(suite);
