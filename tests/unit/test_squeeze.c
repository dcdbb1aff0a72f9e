// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/lib/squeeze.c: what goes in comes out, and nonsense does no harm. */
#include <errno.h>
#include <stdlib.h>

#include "made.h"
#include "squeeze.h"

#define MAX_BYTES (2u << 20)

static uint8_t *bytes, *back;
static size_t len;
static struct sct_squeezer *squeezer;

static int setup(void **state)
{
	(void)state;
	/* malloc's, so that a step too far is seen. */
	bytes = malloc(MAX_BYTES);
	back = malloc(MAX_BYTES);
	squeezer = malloc(sizeof(*squeezer));
	len = 0;
	return bytes && back && squeezer ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	free(bytes);
	free(back);
	free(squeezer);
	return 0;
}

static void put(const void *record, size_t n)
{
	assert_true(len + n <= MAX_BYTES);
	memcpy(bytes + len, record, n);
	len += n;
}

static void put_made(struct made *m, uint64_t time, uint32_t tid)
{
	m->hdr.time = time;
	m->hdr.tid = tid;
	put(m->bytes, m->size);
}

/* Squeezes all there is and back. Return: how many records it was. */
static unsigned int there_and_back(uint64_t *squeezed_bytes)
{
	size_t at = 0;
	unsigned int nr = 0;

	*squeezed_bytes = 0;
	while (at < len) {
		struct sct_squeezed s;
		size_t n = sct_squeeze(squeezer, &s, bytes + at, len - at);

		assert_true(n > 0 && n <= len - at && n % 8 == 0);
		assert_true(s.nr_records <= SCT_SQUEEZE_RECORDS && s.nr_masks <= SCT_SQUEEZE_MASKS &&
			    s.nr_data <= SCT_SQUEEZE_DATA);
		memset(back, 0x5a, n);
		assert_int_equal(sct_unsqueeze(back, n, &s), 0);
		assert_memory_equal(back, bytes + at, n);
		/* Neither more nor fewer bytes than there are. */
		assert_int_equal(sct_unsqueeze(back, n - 8, &s), -EPROTO);
		if (n < MAX_BYTES)
			assert_int_equal(sct_unsqueeze(back, n + 8, &s), -EPROTO);
		nr += s.nr_records;
		*squeezed_bytes += s.nr_data * 8 + s.nr_masks + s.nr_records * 3;
		at += n;
	}
	return nr;
}

static void pairs_of_calls_become_eight_bytes(void **state)
{
	uint64_t time = 5000000000ull, squeezed;
	struct made m;
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		made_enter(&m, 110, 0, NULL);
		put_made(&m, time += 300, 77);
		made_exit(&m, 110, 1);
		put_made(&m, time += 200, 77);
	}
	assert_int_equal(there_and_back(&squeezed), 2000);
	assert_true(squeezed < 2000 * 4 + 100);
}

static void times_that_go_back_or_far_ahead(void **state)
{
	static const uint64_t times[] = { 0, 0xfffe, 2 * 0xfffe + 1, 3 * 0xfffe + 3, 5, UINT64_MAX, 3, 1ull << 40 };
	uint64_t squeezed;
	struct made m;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(times); i++) {
		made_exit(&m, 1, i);
		put_made(&m, times[i], 1);
	}
	assert_int_equal(there_and_back(&squeezed), COUNT(times));
}

static void records_of_every_length(void **state)
{
	struct sctrace_hdr *hdr;
	uint64_t squeezed;
	unsigned int words, i, nr = 0;

	(void)state;
	for (words = 3; words < 400; words++) {
		for (i = 0; i < 2; i++, nr++) {
			hdr = (struct sctrace_hdr *)(bytes + len);
			memset(hdr, i * words, words * 8);
			*hdr = (struct sctrace_hdr) { .words = words, .type = SCTRACE_REC_EXIT, .time = words };
			len += words * 8;
		}
	}
	assert_int_equal(there_and_back(&squeezed), nr);
}

static void the_longest_record_after_as_many_others_as_can_be(void **state)
{
	uint64_t squeezed, i;
	struct made m;

	(void)state;
	/* The last one begins within what one call takes, if only just. */
	while (len + 24 < SCT_SQUEEZE_BYTES) {
		made_enter(&m, 1, 0, NULL);
		put_made(&m, len, len);
	}
	for (i = 0; i < SCT_SQUEEZE_WORDS; i++)
		((uint64_t *)(bytes + len))[i] = i * 0x9e3779b97f4a7c15ull;
	*(struct sctrace_hdr *)(bytes + len) = (struct sctrace_hdr) { .words = SCT_SQUEEZE_WORDS, .type = 2 };
	len += SCT_SQUEEZE_WORDS * 8;
	there_and_back(&squeezed);
}

/* Tasks and calls at random, so that slots are shared. */
static void records_of_many_kinds(void **state)
{
	uint64_t args[6] = { 0 }, squeezed;
	struct made m;
	int i, nr = 0;

	(void)state;
	srand(1);
	for (i = 0; i < 8000; i++) {
		args[rand() % 6] = rand() % 3;
		switch (rand() % 4) {
		case 0:
			made_enter(&m, rand() % 500, rand() % 7, args);
			if (rand() % 2)
				made_piece(&m, 0, 0, 9, "/etc/some", 1 + rand() % 9);
			break;
		case 1:
			made_exit(&m, rand() % 500, rand() % 3);
			break;
		case 2:
			made_gap(&m, 5);
			break;
		default:
			made_fork(&m, rand(), 7);
		}
		put_made(&m, i * 1000ull, rand() % 20);
		nr++;
	}
	assert_int_equal(there_and_back(&squeezed), nr);
}

static void gaps_are_counted(void **state)
{
	struct sct_squeezed s;
	struct made m;

	(void)state;
	made_gap(&m, 5);
	put_made(&m, 1, 0);
	put_made(&m, 2, 0);
	made_exit(&m, 1, 1);
	put_made(&m, 3, 1);
	assert_int_equal(sct_squeeze(squeezer, &s, bytes, len), len);
	assert_int_equal(s.nr_records, 3);
	assert_int_equal(squeezer->nr_gaps, 2);
	assert_int_equal(squeezer->lost, 10);
}

static void what_is_no_record_is_not_taken(void **state)
{
	struct sct_squeezed s;
	struct made m;

	(void)state;
	made_exit(&m, 1, 1);
	m.hdr.words = 2;
	put(m.bytes, m.size);
	assert_int_equal(sct_squeeze(squeezer, &s, bytes, len), 0);
	((struct sctrace_hdr *)bytes)->words = 5;
	assert_int_equal(sct_squeeze(squeezer, &s, bytes, len), 0);
	((struct sctrace_hdr *)bytes)->words = 4;
	put(m.bytes, m.size);
	/* What is before it is taken. */
	assert_int_equal(sct_squeeze(squeezer, &s, bytes, len), 32);
}

/* Streams that nobody has made. */
static void nonsense_does_no_harm(void **state)
{
	static uint8_t noise[4096] __attribute__((aligned(8)));
	unsigned int i, j;

	(void)state;
	srand(2);
	for (i = 0; i < 20000; i++) {
		uint8_t *exact = malloc(1024);
		struct sct_squeezed s = {
			.nr_records = rand() % 60, .nr_masks = rand() % 100, .nr_data = rand() % 100,
			.data = (void *)noise, .times = (void *)(noise + 1024), .slots = noise + 2048,
			.masks = noise + 3072,
		};

		for (j = 0; j < sizeof(noise); j++)
			noise[j] = rand() % 3 ? 0 : rand();
		if (rand() % 2)
			((uint64_t *)noise)[0] = 3 + rand() % 200;
		sct_unsqueeze(exact, 1024, &s);
		free(exact);
	}
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest sctrace_squeeze[] = {
		CASE(pairs_of_calls_become_eight_bytes),
		CASE(times_that_go_back_or_far_ahead),
		CASE(records_of_every_length),
		CASE(the_longest_record_after_as_many_others_as_can_be),
		CASE(records_of_many_kinds),
		CASE(gaps_are_counted),
		CASE(what_is_no_record_is_not_taken),
		CASE(nonsense_does_no_harm),
	};

	return cmocka_run_group_tests(sctrace_squeeze, NULL, NULL);
}
