// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/output/histogram.c: how far percentiles may be from the truth, and how much memory they take. */
#include <math.h>
#include <stdlib.h>

#include "histogram.h"
#include "made.h"

#define HOUR_NS 3600000000000ull

/* The bound that the header states. */
static void assert_near(uint64_t told, uint64_t truth)
{
	uint64_t off = told > truth ? told - truth : truth - told;

	if (off > truth / 64)
		fail_msg("%lu instead of %lu is off by %lu, more than a 64th", told, truth, off);
}

static void one_number_is_told_within_a_64th(void **state)
{
	struct sct_histogram h = { 0 };
	uint64_t value, step;

	(void)state;
	for (value = 1; value <= HOUR_NS; value += step) {
		assert_int_equal(sct_histogram_add(&h, value), 0);
		assert_near(sct_histogram_percentile(&h, 50), value);
		assert_near(sct_histogram_percentile(&h, 99), value);
		sct_histogram_free(&h);
		/* All that are small, and of the others some 70 of each power of two. */
		step = value < 4096 ? 1 : value / 100;
	}
}

static void edges_of_powers_of_two_are_told_within_a_64th(void **state)
{
	struct sct_histogram h = { 0 };
	unsigned int bit;
	int off;

	(void)state;
	for (bit = 1; bit < 64; bit++) {
		for (off = -1; off <= 1; off++) {
			assert_int_equal(sct_histogram_add(&h, (1ull << bit) + off), 0);
			assert_near(sct_histogram_percentile(&h, 50), (1ull << bit) + off);
			sct_histogram_free(&h);
		}
	}
	assert_int_equal(sct_histogram_add(&h, UINT64_MAX), 0);
	assert_near(sct_histogram_percentile(&h, 50), UINT64_MAX);
	sct_histogram_free(&h);
}

static void small_numbers_are_exact(void **state)
{
	struct sct_histogram h = { 0 };
	uint64_t value;

	(void)state;
	for (value = 0; value < 64; value++) {
		assert_int_equal(sct_histogram_add(&h, value), 0);
		assert_int_equal(sct_histogram_percentile(&h, 99), value);
		sct_histogram_free(&h);
	}
}

static int compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Durations as calls have them: from 50 ns to minutes, many of them short. */
static void percentiles_of_many_are_those_of_the_sorted_numbers(void **state)
{
	static const unsigned int percents[] = { 1, 50, 90, 95, 99, 100 };
	enum { N = 10007 };
	static uint64_t values[N];
	struct sct_histogram h = { 0 };
	uint64_t seed = 1;
	size_t i;

	(void)state;
	for (i = 0; i < N; i++) {
		seed = seed * 6364136223846793005ull + 1442695040888963407ull;
		values[i] = 50 * exp((seed >> 40) / 16777216.0 * 22);
		assert_int_equal(sct_histogram_add(&h, values[i]), 0);
	}
	qsort(values, N, sizeof(values[0]), compare);
	for (i = 0; i < COUNT(percents); i++)
		assert_near(sct_histogram_percentile(&h, percents[i]), values[(N * percents[i] + 99) / 100 - 1]);
	sct_histogram_free(&h);
}

static void percentile_is_the_smallest_that_so_many_do_not_pass(void **state)
{
	struct sct_histogram h = { 0 };
	unsigned int i;

	(void)state;
	assert_int_equal(sct_histogram_percentile(&h, 50), 0);
	for (i = 1; i <= 20; i++)
		assert_int_equal(sct_histogram_add(&h, i), 0);
	assert_int_equal(sct_histogram_percentile(&h, 50), 10);
	assert_int_equal(sct_histogram_percentile(&h, 95), 19);
	assert_int_equal(sct_histogram_percentile(&h, 99), 20);
	assert_int_equal(sct_histogram_percentile(&h, 0), 1);
	sct_histogram_free(&h);
}

static void two_merged_are_as_one_of_both(void **state)
{
	struct sct_histogram one = { 0 }, other = { 0 }, both = { 0 };
	unsigned int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		assert_int_equal(sct_histogram_add(i % 3 ? &one : &other, i * i * 7), 0);
		assert_int_equal(sct_histogram_add(&both, i * i * 7), 0);
	}
	assert_int_equal(sct_histogram_merge(&one, &other), 0);
	assert_int_equal(one.n, both.n);
	for (i = 0; i <= 100; i++)
		assert_int_equal(sct_histogram_percentile(&one, i), sct_histogram_percentile(&both, i));
	sct_histogram_free(&one);
	sct_histogram_free(&other);
	sct_histogram_free(&both);
}

static void memory_is_bounded(void **state)
{
	struct sct_histogram h = { 0 };
	unsigned int octaves = 0, i;

	(void)state;
	for (i = 0; i < 10000; i++)
		assert_int_equal(sct_histogram_add(&h, 1000 + i % 24), 0);
	for (i = 0; i < SCT_HISTOGRAM_OCTAVES; i++)
		octaves += h.octaves[i] != NULL;
	assert_int_equal(octaves, 1);
	assert_true(sizeof(h) <= 512);
	assert_int_equal(SCT_HISTOGRAM_BUCKETS * sizeof(*h.octaves[0]), 256);
	sct_histogram_free(&h);
}

int main(void)
{
	const struct CMUnitTest cases[] = {
		cmocka_unit_test(one_number_is_told_within_a_64th),
		cmocka_unit_test(edges_of_powers_of_two_are_told_within_a_64th),
		cmocka_unit_test(small_numbers_are_exact),
		cmocka_unit_test(percentiles_of_many_are_those_of_the_sorted_numbers),
		cmocka_unit_test(percentile_is_the_smallest_that_so_many_do_not_pass),
		cmocka_unit_test(two_merged_are_as_one_of_both),
		cmocka_unit_test(memory_is_bounded),
	};

	return cmocka_run_group_tests_name("sctrace_histogram", cases, NULL, NULL);
}
