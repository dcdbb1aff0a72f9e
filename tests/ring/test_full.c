// SPDX-License-Identifier: GPL-2.0-or-later
/* Rings that fill up: the reader is woken, tasks are to wait, or the oldest records go. */
#include <stdlib.h>
#include <string.h>

#include "area.h"
#include "cmocka_all.h"

#define RING_BYTES	SCTRACE_RING_MIN_BYTES
#define WATERMARK	(RING_BYTES / 8)
#define GATE		(RING_BYTES / 2)

static int setup(void **state, enum sctrace_mode mode)
{
	struct area *area = malloc(sizeof(*area));

	*state = area;
	return area ? area_make(area, RING_BYTES, WATERMARK, mode) : -1;
}

static int setup_discard(void **state)
{
	return setup(state, SCTRACE_MODE_DISCARD);
}

static int setup_lossless(void **state)
{
	return setup(state, SCTRACE_MODE_LOSSLESS);
}

static int setup_overwrite(void **state)
{
	return setup(state, SCTRACE_MODE_OVERWRITE);
}

static int teardown(void **state)
{
	area_free(*state);
	free(*state);
	return 0;
}

/* Record number n, of so many bytes. Return: what sctrace_ring_attend() says, if it is to be asked. */
static unsigned int put(struct area *area, u64 n, u32 bytes)
{
	struct sctrace_hdr *hdr = sctrace_ring_reserve(&area->module, bytes, n);

	assert_non_null(hdr);
	*hdr = (struct sctrace_hdr) { .words = bytes / 8, .type = SCTRACE_REC_TASK_EXIT, .time = n };
	return sctrace_ring_commit(&area->module, bytes) ? sctrace_ring_attend(&area->module) : 0;
}

/* ---- waking ---- */

/* Return: whether it wakes. */
static bool commit(struct area *area, u32 bytes)
{
	assert_non_null(sctrace_ring_reserve(&area->module, bytes, 1));
	return sctrace_ring_commit(&area->module, bytes) &&
	       sctrace_ring_attend(&area->module) == SCTRACE_RING_WAKE;
}

static void commit_wakes_once_a_watermark(void **state)
{
	struct area *area = *state;
	unsigned int wakes = 0;
	u64 bytes;

	for (bytes = 64; bytes <= 40 * RING_BYTES; bytes += 64) {
		if (commit(area, 64)) {
			wakes++;
			assert_int_equal(bytes, wakes * WATERMARK);
		}
		area->module.cons->tail = bytes;
	}
	assert_int_equal(wakes, 40 * 8);
}

static void commit_of_more_than_a_watermark_wakes_once(void **state)
{
	struct area *area = *state;

	assert_true(commit(area, 2 * WATERMARK));
	assert_false(commit(area, 64));
}

/* ---- lossless ---- */

static void attend_asks_for_waiting_from_half_of_the_ring_on(void **state)
{
	struct area *area = *state;
	u64 bytes;

	for (bytes = 64; bytes <= RING_BYTES * 3 / 4; bytes += 64) {
		unsigned int what = put(area, 1, 64);

		assert_int_equal(!!(what & SCTRACE_RING_FILLED), bytes >= GATE);
		assert_int_equal(!!(what & SCTRACE_RING_WAKE), bytes % WATERMARK == 0);
	}
}

static void attend_asks_no_more_when_the_reader_has_come_on(void **state)
{
	struct area *area = *state;
	u64 bytes;

	for (bytes = 64; bytes <= GATE; bytes += 64)
		put(area, 1, 64);
	area->module.cons->tail = 64;
	assert_true(put(area, 1, 64) & SCTRACE_RING_FILLED);
	area->module.cons->tail = 192;
	assert_int_equal(put(area, 1, 64) & SCTRACE_RING_FILLED, 0);
	assert_true(put(area, 1, 64) & SCTRACE_RING_FILLED);
}

static void attend_is_not_asked_while_the_reader_keeps_up(void **state)
{
	struct area *area = *state;
	u64 bytes, asked = 0;

	for (bytes = 64; bytes <= 100 * RING_BYTES; bytes += 64) {
		struct sctrace_hdr *hdr = sctrace_ring_reserve(&area->module, 64, 1);

		assert_non_null(hdr);
		if (sctrace_ring_commit(&area->module, 64)) {
			asked++;
			assert_int_equal(sctrace_ring_attend(&area->module), SCTRACE_RING_WAKE);
		}
		area->module.cons->tail = bytes;
	}
	assert_int_equal(asked, 100 * 8);
}

static void attend_with_a_hostile_tail_asks_for_waiting(void **state)
{
	struct area *area = *state;
	u64 bytes;

	for (bytes = 64; bytes <= GATE; bytes += 64) {
		area->module.cons->tail = 3 * RING_BYTES;
		put(area, 1, 64);
	}
	assert_true(put(area, 1, 64) & SCTRACE_RING_FILLED);
}

/* ---- overwrite ---- */

/* Walks what the bytes hold: records with numbers one after the other. Return: the first's, or 0. */
static u64 check_run(const u8 *bytes, u64 len, u64 last)
{
	u64 first = 0, n = 0, at = 0;

	while (at < len) {
		const struct sctrace_hdr *hdr = (const void *)(bytes + at);

		assert_int_equal(hdr->type, SCTRACE_REC_TASK_EXIT);
		if (!first)
			first = n = hdr->time;
		assert_int_equal(hdr->time, n++);
		at += hdr->words * 8u;
	}
	assert_int_equal(at, len);
	if (first)
		assert_int_equal(n - 1, last);
	return first;
}

static void overwrite_keeps_the_newest_records(void **state)
{
	struct area *area = *state;
	u8 *copy = malloc(RING_BYTES);
	uint64_t from, end;
	u64 n, first;

	srandom(1);
	for (n = 1; n <= 200000; n++) {
		assert_int_equal(put(area, n, 24 + 8 * (random() % 200)), 0);
		if (n % 1000)
			continue;
		assert_true(sct_ring_snapshot(&area->reader, copy, &from, &end));
		first = check_run(copy, end - from, n);
		/* All that are not there are counted, and what is there is most of the ring. */
		assert_int_equal(area->module.overwritten, first - 1);
		assert_true(n < 1000 || end - from > RING_BYTES - 8192);
	}
	assert_int_equal(area->module.lost, 0);
	assert_int_equal(area->module.produced, 200000);
	free(copy);
}

static void overwrite_does_not_look_at_the_reader(void **state)
{
	struct area *area = *state;
	u64 n;

	for (n = 1; n <= 10000; n++) {
		area->module.cons->tail = n * 12345;
		put(area, n, 64);
	}
	assert_int_equal(area->module.lost, 0);
	assert_int_equal(area->module.head, 10000 * 64);
}

static void overwrite_makes_room_for_the_longest_record(void **state)
{
	struct area *area = *state;
	u64 n;

	for (n = 1; n <= 100; n++) {
		struct sctrace_hdr *hdr = sctrace_ring_reserve(&area->module, 64, n);

		assert_non_null(hdr);
		assert_int_equal(sctrace_ring_room(&area->module, RING_BYTES / 4), RING_BYTES / 4);
		*hdr = (struct sctrace_hdr) { .words = RING_BYTES / 32, .type = SCTRACE_REC_TASK_EXIT, .time = n };
		sctrace_ring_commit(&area->module, RING_BYTES / 4);
		assert_true(area->module.head - area->module.tail <= RING_BYTES);
	}
	assert_int_equal(area->module.overwritten, 100 - (area->module.head - area->module.tail) / (RING_BYTES / 4));
}

/* ---- a snapshot, while records are written over ---- */

/* Stands for the module's side: what it does while the reader copies. */
static void snapshot_of_what_went_meanwhile_is_void(void **state)
{
	struct area *area = *state;
	struct sctrace_prod before;
	u8 *copy = malloc(RING_BYTES);
	uint64_t from, end;
	u64 n;

	for (n = 1; n <= 5000; n++)
		put(area, n, 64);
	before = *area->module.prod;
	for (; n <= 5100; n++)
		put(area, n, 64);
	/* The reader has seen the head of before, and finds the oldest of now. */
	area->module.prod->head = before.head;
	assert_true(sct_ring_snapshot(&area->reader, copy, &from, &end));
	assert_int_equal(from, area->module.tail);
	assert_int_equal(end, before.head);
	assert_int_equal(check_run(copy, end - from, 5000), from / 64 + 1);
	/* All of it has gone. */
	area->module.prod->oldest = before.head + 64;
	assert_false(sct_ring_snapshot(&area->reader, copy, &from, &end));
	free(copy);
}

static void snapshot_of_an_empty_ring_is_empty(void **state)
{
	struct area *area = *state;
	u8 *copy = malloc(RING_BYTES);
	uint64_t from, end;

	assert_false(sct_ring_snapshot(&area->reader, copy, &from, &end));
	free(copy);
}

#define CASE(f, mode) cmocka_unit_test_setup_teardown(f, setup_##mode, teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(commit_wakes_once_a_watermark, discard),
		CASE(commit_of_more_than_a_watermark_wakes_once, discard),
		CASE(attend_asks_for_waiting_from_half_of_the_ring_on, lossless),
		CASE(attend_asks_no_more_when_the_reader_has_come_on, lossless),
		CASE(attend_is_not_asked_while_the_reader_keeps_up, lossless),
		CASE(attend_with_a_hostile_tail_asks_for_waiting, lossless),
		CASE(overwrite_keeps_the_newest_records, overwrite),
		CASE(overwrite_does_not_look_at_the_reader, overwrite),
		CASE(overwrite_makes_room_for_the_longest_record, overwrite),
		CASE(snapshot_of_what_went_meanwhile_is_void, overwrite),
		CASE(snapshot_of_an_empty_ring_is_empty, overwrite),
	};

	return cmocka_run_group_tests_name("sctrace_ring_full", cases, NULL, NULL);
}
