// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/lib/source_ring.c, but for the mapping of a real device (tests/vm). */
#include <errno.h>

#include "lanes.h"

static void peek_at_head_finds_nothing(void **state)
{
	struct lanes *l = *state;
	struct sct_record rec;

	assert_int_equal(sct_ring_peek(&l->rings[0], sct_ring_head(&l->rings[0]), &rec), 0);
}

static void peek_does_not_move_on(void **state)
{
	struct lanes *l = *state;
	struct sct_record rec;
	int i;

	lanes_put(l, 1, 5, 42);
	lanes_show(l, 1);
	for (i = 0; i < 2; i++) {
		assert_int_equal(sct_ring_peek(&l->rings[1], sct_ring_head(&l->rings[1]), &rec), 1);
		assert_int_equal(rec.hdr->tid, 42);
		assert_int_equal(rec.cpu, 1);
	}
}

static void peek_sees_no_further_than_head(void **state)
{
	struct lanes *l = *state;
	struct sct_record rec;

	lanes_put(l, 0, 5, 1);
	assert_int_equal(sct_ring_peek(&l->rings[0], REC_BYTES - 8, &rec), -EPROTO);
}

static void peek_with_head_beyond_the_ring_is_refused(void **state)
{
	struct lanes *l = *state;
	struct sct_record rec;

	lanes_put(l, 0, 5, 1);
	assert_int_equal(sct_ring_peek(&l->rings[0], LANE_BYTES, &rec), 1);
	assert_int_equal(sct_ring_peek(&l->rings[0], LANE_BYTES + 8, &rec), -EPROTO);
	assert_int_equal(sct_ring_peek(&l->rings[0], ~0ull, &rec), -EPROTO);
}

static void peek_with_head_gone_back_is_refused(void **state)
{
	struct lanes *l = *state;
	struct sct_record rec;

	lanes_put(l, 0, 5, 1);
	assert_int_equal(sct_ring_peek(&l->rings[0], REC_BYTES, &rec), 1);
	sct_ring_advance(&l->rings[0], &rec);
	assert_int_equal(sct_ring_peek(&l->rings[0], 0, &rec), -EPROTO);
}

static void advance_goes_to_the_next_round_the_ring(void **state)
{
	struct lanes *l = *state;
	struct sct_ring *ring = &l->rings[0];
	struct sct_record rec;
	uint32_t i;

	for (i = 0; i < 1000; i++) {
		lanes_put(l, 0, i, i);
		lanes_show(l, 0);
		assert_int_equal(sct_ring_peek(ring, sct_ring_head(ring), &rec), 1);
		assert_int_equal(rec.hdr->tid, i);
		sct_ring_advance(ring, &rec);
	}
	assert_int_equal(ring->pos, 1000 * REC_BYTES);
}

static void advance_keeps_the_bytes_until_release(void **state)
{
	struct lanes *l = *state;
	struct sct_ring *ring = &l->rings[0];
	struct sct_record rec;

	lanes_put(l, 0, 1, 1);
	lanes_show(l, 0);
	assert_int_equal(sct_ring_peek(ring, sct_ring_head(ring), &rec), 1);
	sct_ring_advance(ring, &rec);
	assert_int_equal(l->cons[0].tail, 0);
	sct_ring_release(ring);
	assert_int_equal(l->cons[0].tail, REC_BYTES);
}

static void release_of_nothing_writes_nothing(void **state)
{
	struct lanes *l = *state;

	l->cons[0].tail = 99;
	sct_ring_release(&l->rings[0]);
	assert_int_equal(l->cons[0].tail, 99);
}

/* As no module says it. */
static void snapshot_of_an_oldest_that_lies_has_nothing(void **state)
{
	static uint8_t copy[LANE_BYTES];
	struct lanes *l = *state;
	uint64_t from = 1, end = 2;

	/* More than a ring lies between them. */
	l->prod[0].oldest = 8;
	l->prod[0].head = 8 + 3 * LANE_BYTES;
	assert_false(sct_ring_snapshot(&l->rings[0], copy, &from, &end));
	assert_int_equal(from, end);
	/* It is beyond the head. */
	l->prod[0].oldest = 64;
	l->prod[0].head = 8;
	assert_false(sct_ring_snapshot(&l->rings[0], copy, &from, &end));
	assert_int_equal(from, end);
}

static void to_an_oldest_within_a_word_goes_to_the_word(void **state)
{
	struct lanes *l = *state;
	struct sct_record rec;

	lanes_put(l, 0, 5, 42);
	lanes_show(l, 0);
	l->prod[0].oldest = 3;
	sct_ring_to_oldest(&l->rings[0]);
	assert_int_equal(sct_ring_peek(&l->rings[0], sct_ring_head(&l->rings[0]), &rec), 1);
	assert_int_equal(rec.hdr->tid, 42);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, lanes_setup, lanes_teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(peek_at_head_finds_nothing),
		CASE(peek_does_not_move_on),
		CASE(peek_sees_no_further_than_head),
		CASE(peek_with_head_beyond_the_ring_is_refused),
		CASE(peek_with_head_gone_back_is_refused),
		CASE(advance_goes_to_the_next_round_the_ring),
		CASE(advance_keeps_the_bytes_until_release),
		CASE(release_of_nothing_writes_nothing),
		CASE(snapshot_of_an_oldest_that_lies_has_nothing),
		CASE(to_an_oldest_within_a_word_goes_to_the_word),
	};

	return cmocka_run_group_tests_name("sctrace_source_ring", cases, NULL, NULL);
}
