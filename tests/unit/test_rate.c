// SPDX-License-Identifier: GPL-2.0-or-later
/* module/rate.c: how many calls of each task are recorded in a second. */
#include <linux/atomic.h>
#include <linux/hash.h>
#include <stdlib.h>

#include "made.h"
#include "rate.h"

#define SECOND	1000000000ull
/* As there: places for tasks in all, and those where one task's can be; seconds that a word can tell apart. */
#define BITS	14
#define PLACES	8
#define WRAP	(1ull << 22)

static struct sctrace_rate make(uint32_t limit)
{
	struct sctrace_rate rate = { 0 };

	assert_int_equal(sctrace_rate_init(&rate, limit), 0);
	return rate;
}

/* How many of n calls are within the limit. */
static unsigned int take(struct sctrace_rate *rate, pid_t tid, uint64_t now, unsigned int n)
{
	unsigned int taken = 0;

	while (n--)
		taken += sctrace_rate_take(rate, tid, now);
	return taken;
}

/* Tasks that all begin to look for a place at the same one. */
static void find_rivals(pid_t *tids, unsigned int n)
{
	pid_t tid = 1;
	unsigned int i;

	for (i = 0; i < n; tid++) {
		if (hash_32(tid, BITS) == hash_32(1, BITS))
			tids[i++] = tid;
	}
}

static void take_without_a_limit_takes_all(void **state)
{
	struct sctrace_rate rate = make(0);

	(void)state;
	assert_null(rate.words);
	assert_int_equal(take(&rate, 1, 0, 5000), 5000);
	sctrace_rate_renumber(&rate, 1, 2);
	sctrace_rate_forget(&rate, 1);
	sctrace_rate_free(&rate);
}

static void take_begins_anew_each_second(void **state)
{
	struct sctrace_rate rate = make(3);

	(void)state;
	assert_int_equal(take(&rate, 7, 5 * SECOND, 2), 2);
	assert_int_equal(take(&rate, 7, 6 * SECOND - 1, 2), 1);
	assert_int_equal(take(&rate, 7, 6 * SECOND, 9), 3);
	assert_int_equal(take(&rate, 7, 7 * SECOND, 2), 2);
	assert_int_equal(take(&rate, 7, 900 * SECOND, 9), 3);
	sctrace_rate_free(&rate);
}

static void take_counts_each_task_by_itself(void **state)
{
	struct sctrace_rate rate = make(1);
	pid_t tid;

	(void)state;
	for (tid = 1; tid <= 1000; tid++)
		assert_int_equal(take(&rate, tid, 0, 1), 1);
	for (tid = 1; tid <= 1000; tid++)
		assert_int_equal(take(&rate, tid, 1, 1), 0);
	sctrace_rate_free(&rate);
}

/* Of tasks and calls. */
static void take_knows_the_largest_numbers(void **state)
{
	struct sctrace_rate rate = make(SCTRACE_MAX_RATE);

	(void)state;
	assert_int_equal(take(&rate, 4194303, (WRAP - 1) * SECOND, SCTRACE_MAX_RATE + 10), SCTRACE_MAX_RATE);
	assert_int_equal(take(&rate, 4194302, (WRAP - 1) * SECOND, 1), 1);
	assert_int_equal(take(&rate, 4194303, WRAP * SECOND, SCTRACE_MAX_RATE + 10), SCTRACE_MAX_RATE);
	sctrace_rate_free(&rate);
}

static void take_without_a_place_takes_all(void **state)
{
	struct sctrace_rate rate = make(2);
	pid_t tids[PLACES + 1];
	unsigned int i;

	(void)state;
	find_rivals(tids, PLACES + 1);
	for (i = 0; i < PLACES; i++)
		assert_int_equal(take(&rate, tids[i], 0, 5), 2);
	assert_int_equal(take(&rate, tids[PLACES], 0, 5), 5);
	/* One of these makes room. */
	sctrace_rate_forget(&rate, tids[3]);
	assert_int_equal(take(&rate, tids[PLACES], 0, 5), 2);
	sctrace_rate_free(&rate);
}

/* Neither what is being counted now, nor the last second, nor one that another CPU has begun already. */
static void take_leaves_others_what_they_need(void **state)
{
	static const struct { uint64_t theirs, ours; bool free; } rows[] = {
		{ 10, 10, false }, { 10, 11, false }, { 10, 12, true }, { 10, 1000000, true },
		{ 11, 10, false }, { 500, 10, false },
		{ WRAP - 1, WRAP, false }, { WRAP - 1, WRAP + 1, true }, { WRAP, WRAP - 1, false },
		{ 0, 1, false }, { 0, 2, true },
	};
	pid_t tids[PLACES + 1];
	unsigned int i, j;

	(void)state;
	find_rivals(tids, PLACES + 1);
	for (j = 0; j < COUNT(rows); j++) {
		struct sctrace_rate rate = make(2);

		for (i = 0; i < PLACES; i++)
			take(&rate, tids[i], rows[j].theirs * SECOND, 2);
		if (take(&rate, tids[PLACES], rows[j].ours * SECOND, 5) != (rows[j].free ? 2 : 5))
			fail_msg("row %u", j);
		/* Of theirs one at most is gone. */
		for (i = 1; i < PLACES; i++)
			assert_int_equal(take(&rate, tids[i], rows[j].theirs * SECOND, 1), 0);
		sctrace_rate_free(&rate);
	}
}

static void forget_lets_the_next_with_the_number_begin_anew(void **state)
{
	struct sctrace_rate rate = make(2);

	(void)state;
	assert_int_equal(take(&rate, 5, 0, 9), 2);
	sctrace_rate_forget(&rate, 6);
	assert_int_equal(take(&rate, 5, 0, 9), 0);
	sctrace_rate_forget(&rate, 5);
	assert_int_equal(take(&rate, 5, 0, 9), 2);
	sctrace_rate_free(&rate);
}

static void renumber_keeps_what_is_used_up(void **state)
{
	struct sctrace_rate rate = make(3);

	(void)state;
	assert_int_equal(take(&rate, 5, 7 * SECOND, 2), 2);
	sctrace_rate_renumber(&rate, 5, 9);
	assert_int_equal(take(&rate, 9, 7 * SECOND, 9), 1);
	assert_int_equal(take(&rate, 5, 7 * SECOND, 9), 3);
	sctrace_rate_renumber(&rate, 12, 13);
	assert_int_equal(take(&rate, 13, 7 * SECOND, 9), 3);
	sctrace_rate_free(&rate);
}

/* ---- another CPU in between ---- */

static struct {
	struct sctrace_rate *rate;	/* NULL: nothing is to happen */
	pid_t tid;
	uint64_t now;
	unsigned int taken;
} other;

/* Once. */
void shim_before_cmpxchg(void)
{
	struct sctrace_rate *rate = other.rate;

	other.rate = NULL;
	if (rate)
		other.taken = take(rate, other.tid, other.now, 5);
}

/* Both find the same place free. */
static void take_looks_again_if_its_place_goes_to_another(void **state)
{
	struct sctrace_rate rate = make(2);
	pid_t tids[2];

	(void)state;
	find_rivals(tids, 2);
	other.rate = &rate;
	other.tid = tids[1];
	other.now = 100 * SECOND;
	assert_int_equal(take(&rate, tids[0], 100 * SECOND, 5), 2);
	assert_int_equal(other.taken, 2);
	assert_int_equal(take(&rate, tids[1], 100 * SECOND, 5), 0);
	sctrace_rate_free(&rate);
}

/* All places are of a second that is gone, and the last of the tasks is about to take one. */
static void let_the_last_take_an_old_place(struct sctrace_rate *rate, pid_t *tids)
{
	unsigned int i;

	find_rivals(tids, PLACES + 1);
	for (i = 0; i < PLACES; i++)
		take(rate, tids[i], 100 * SECOND, 1);
	other.rate = rate;
	other.tid = tids[PLACES];
	other.now = 102 * SECOND;
}

static void take_looks_again_if_its_old_place_goes_to_another(void **state)
{
	struct sctrace_rate rate = make(2);
	pid_t tids[PLACES + 1];

	(void)state;
	let_the_last_take_an_old_place(&rate, tids);
	assert_int_equal(take(&rate, tids[0], 102 * SECOND, 5), 2);
	assert_int_equal(other.taken, 2);
	assert_int_equal(take(&rate, tids[PLACES], 102 * SECOND, 5), 0);
	sctrace_rate_free(&rate);
}

/* The task's word is old and the first that is free. */
static void forget_leaves_alone_what_another_has_taken(void **state)
{
	struct sctrace_rate rate = make(2);
	pid_t tids[PLACES + 1];

	(void)state;
	let_the_last_take_an_old_place(&rate, tids);
	sctrace_rate_forget(&rate, tids[0]);
	assert_int_equal(other.taken, 2);
	assert_int_equal(take(&rate, tids[PLACES], 102 * SECOND, 5), 0);
	sctrace_rate_free(&rate);
}

/* The place for the new number. */
static void renumber_leaves_alone_what_another_has_taken(void **state)
{
	struct sctrace_rate rate = make(2);
	pid_t tids[3];

	(void)state;
	find_rivals(tids, 3);
	assert_int_equal(take(&rate, tids[0], 100 * SECOND, 2), 2);
	other.rate = &rate;
	other.tid = tids[1];
	other.now = 100 * SECOND;
	sctrace_rate_renumber(&rate, tids[0], tids[2]);
	assert_int_equal(other.taken, 2);
	assert_int_equal(take(&rate, tids[1], 100 * SECOND, 5), 0);
	assert_int_equal(take(&rate, tids[2], 100 * SECOND, 5), 0);
	assert_int_equal(take(&rate, tids[0], 100 * SECOND, 5), 2);
	sctrace_rate_free(&rate);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(take_without_a_limit_takes_all),
		cmocka_unit_test(take_begins_anew_each_second),
		cmocka_unit_test(take_counts_each_task_by_itself),
		cmocka_unit_test(take_knows_the_largest_numbers),
		cmocka_unit_test(take_without_a_place_takes_all),
		cmocka_unit_test(take_leaves_others_what_they_need),
		cmocka_unit_test(forget_lets_the_next_with_the_number_begin_anew),
		cmocka_unit_test(renumber_keeps_what_is_used_up),
		cmocka_unit_test(take_looks_again_if_its_place_goes_to_another),
		cmocka_unit_test(take_looks_again_if_its_old_place_goes_to_another),
		cmocka_unit_test(forget_leaves_alone_what_another_has_taken),
		cmocka_unit_test(renumber_leaves_alone_what_another_has_taken),
	};

	return cmocka_run_group_tests_name("sctrace_rate", cases, NULL, NULL);
}
