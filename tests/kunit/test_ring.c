// SPDX-License-Identifier: GPL-2.0-only
/* module/ring.c, on memory of module/ring_mem.c: each case a corner of its functions. */
#include "../../module/ring.c"

#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../../module/ring_mem.h"

#define RING_BYTES	SCTRACE_RING_MIN_BYTES
#define WATERMARK	(RING_BYTES / 8)

KUNIT_DEFINE_ACTION_WRAPPER(free_ring, sctrace_ring_mem_free, struct sctrace_ring *);

static struct sctrace_ring *new_ring(struct kunit *test, enum sctrace_mode mode)
{
	struct sctrace_ring *ring = sctrace_ring_mem_alloc(0, RING_BYTES);

	KUNIT_ASSERT_NOT_NULL(test, ring);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_ring, ring));
	sctrace_ring_init(ring, mode, WATERMARK);
	return ring;
}

/* A record of so many bytes, its time the number it is known by. NULL: lost. */
static struct sctrace_hdr *put(struct sctrace_ring *ring, u32 bytes, u64 now)
{
	struct sctrace_hdr *hdr = sctrace_ring_reserve(ring, bytes, now);

	if (!hdr)
		return NULL;
	*hdr = (struct sctrace_hdr) {
		.words = bytes / 8,
		.type = SCTRACE_REC_TASK_EXIT,
		.time = now,
	};
	sctrace_ring_commit(ring, bytes);
	return hdr;
}

/* Fills the ring until so many bytes are left. */
static void fill_until(struct kunit *test, struct sctrace_ring *ring, u64 left)
{
	u64 room = ring->size - (ring->head - ring->tail);

	while (room > left) {
		u32 bytes = min_t(u64, room - left, 4096);

		KUNIT_ASSERT_NOT_NULL(test, put(ring, bytes, 1));
		room -= bytes;
	}
	KUNIT_ASSERT_EQ(test, room, left);
}

static void expect_gap(struct kunit *test, const struct sctrace_ring *ring, u64 at, u64 lost,
		       u64 since, u64 until)
{
	const struct sctrace_rec_gap *gap = (const void *)record_at(ring, at);

	KUNIT_EXPECT_EQ(test, gap->hdr.type, SCTRACE_REC_GAP);
	KUNIT_EXPECT_EQ(test, gap->hdr.words * 8u, GAP_BYTES);
	KUNIT_EXPECT_EQ(test, gap->hdr.time, since);
	KUNIT_EXPECT_EQ(test, gap->hdr.tid, 0);
	KUNIT_EXPECT_EQ(test, gap->hdr.tgid, 0);
	KUNIT_EXPECT_EQ(test, gap->lost, lost);
	KUNIT_EXPECT_EQ(test, gap->until, until);
	KUNIT_EXPECT_EQ(test, gap->cause, SCTRACE_GAP_FULL);
}

/* ---- reserve, commit, abandon ---- */

static void reserve_publishes_nothing(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);

	KUNIT_EXPECT_PTR_EQ(test, sctrace_ring_reserve(ring, 64, 1), (void *)ring->data);
	KUNIT_EXPECT_EQ(test, ring->prod->head, 0);
	KUNIT_EXPECT_EQ(test, ring->produced, 1);
	sctrace_ring_commit(ring, 64);
	KUNIT_EXPECT_EQ(test, ring->prod->head, 64);
	KUNIT_EXPECT_EQ(test, ring->head, 64);
}

static void commit_may_be_shorter_than_reserved(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);

	sctrace_ring_reserve(ring, 4096, 1);
	sctrace_ring_commit(ring, 64);
	KUNIT_EXPECT_EQ(test, ring->prod->head, 64);
	KUNIT_EXPECT_PTR_EQ(test, sctrace_ring_reserve(ring, 64, 2), (void *)(ring->data + 64));
}

static void reserve_fills_the_ring_to_the_last_word(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);

	fill_until(test, ring, 64 + GAP_BYTES);
	KUNIT_EXPECT_NOT_NULL(test, put(ring, 64, 2));
	KUNIT_EXPECT_EQ(test, ring->lost, 0);
	KUNIT_EXPECT_EQ(test, ring->prod->head, RING_BYTES - GAP_BYTES);
}

static void reserve_of_one_word_more_is_lost(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);

	fill_until(test, ring, 64 + GAP_BYTES);
	KUNIT_EXPECT_NULL(test, put(ring, 72, 2));
	KUNIT_EXPECT_EQ(test, ring->lost, 1);
	/* What is smaller finds no room either: the gap has to be told of first. */
	KUNIT_EXPECT_NULL(test, put(ring, 64, 3));
	KUNIT_EXPECT_EQ(test, ring->lost, 2);
	KUNIT_EXPECT_EQ(test, ring->prod->head, RING_BYTES - GAP_BYTES - 64);
}

/* The data area is there twice in a row: what is written behind its end is at its beginning. */
static void reserve_across_the_end_is_in_one_piece(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);
	u8 *record;

	fill_until(test, ring, 64 + GAP_BYTES);
	ring->cons->tail = ring->head;
	record = sctrace_ring_reserve(ring, 256, 2);
	KUNIT_ASSERT_PTR_EQ(test, record, ring->data + RING_BYTES - 64 - GAP_BYTES);
	memset(record, 0x5a, 256);
	sctrace_ring_commit(ring, 256);
	KUNIT_EXPECT_MEMEQ(test, ring->data, record + 64 + GAP_BYTES, 256 - 64 - GAP_BYTES);
	KUNIT_EXPECT_EQ(test, ring->data[0], 0x5a);
}

static void reserve_goes_on_beyond_32_bits(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);
	u64 far = (5ULL << 32) + 8;

	ring->head = far;
	ring->tail = far;
	ring->cons->tail = far;
	KUNIT_EXPECT_PTR_EQ(test, sctrace_ring_reserve(ring, 64, 1), (void *)(ring->data + 8));
	sctrace_ring_commit(ring, 64);
	KUNIT_EXPECT_EQ(test, ring->prod->head, far + 64);
	fill_until(test, ring, GAP_BYTES);
	KUNIT_EXPECT_NULL(test, put(ring, 64, 2));
	ring->cons->tail = far + 4096;
	KUNIT_EXPECT_NOT_NULL(test, put(ring, 64, 3));
}

static void abandon_leaves_no_trace(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);
	u64 head;

	put(ring, 64, 1);
	sctrace_ring_reserve(ring, 64, 2);
	sctrace_ring_abandon(ring);
	KUNIT_EXPECT_EQ(test, ring->prod->head, 64);
	KUNIT_EXPECT_EQ(test, ring->produced, 1);
	/* But for a gap that reserve has written: it is told of. */
	fill_until(test, ring, GAP_BYTES);
	put(ring, 64, 3);
	head = ring->head;
	ring->cons->tail = head;
	sctrace_ring_reserve(ring, 64, 4);
	sctrace_ring_abandon(ring);
	KUNIT_EXPECT_EQ(test, ring->prod->head, head + GAP_BYTES);
	expect_gap(test, ring, head, 1, 3, 3);
}

/* ---- gaps ---- */

static void reserve_after_loss_writes_the_gap_first(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);
	struct sctrace_hdr *record;
	u64 at;

	fill_until(test, ring, GAP_BYTES);
	KUNIT_EXPECT_NULL(test, put(ring, 64, 100));
	KUNIT_EXPECT_NULL(test, put(ring, 64, 101));
	KUNIT_EXPECT_NULL(test, put(ring, 64, 103));
	at = ring->head;
	ring->cons->tail = at;
	record = put(ring, 64, 110);
	KUNIT_EXPECT_PTR_EQ(test, record, record_at(ring, at + GAP_BYTES));
	expect_gap(test, ring, at, 3, 100, 103);
	KUNIT_EXPECT_EQ(test, ring->gap_lost, 0);
	/* Told of once. */
	KUNIT_EXPECT_PTR_EQ(test, put(ring, 64, 111), record_at(ring, at + GAP_BYTES + 64));
}

static void flush_gap_finds_room_in_a_full_ring(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);
	u64 at;

	sctrace_ring_flush_gap(ring);
	KUNIT_EXPECT_EQ(test, ring->prod->head, 0);
	fill_until(test, ring, GAP_BYTES);
	put(ring, 8, 7);
	at = ring->head;
	sctrace_ring_flush_gap(ring);
	KUNIT_EXPECT_EQ(test, ring->prod->head, at + GAP_BYTES);
	KUNIT_EXPECT_EQ(test, ring->head - ring->tail, RING_BYTES);
	expect_gap(test, ring, at, 1, 7, 7);
	sctrace_ring_flush_gap(ring);
	KUNIT_EXPECT_EQ(test, ring->prod->head, at + GAP_BYTES);
}

/* ---- the tail is the reader's word ---- */

static void make_room_takes_a_tail_that_can_be_true(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);

	put(ring, 64, 1);
	ring->cons->tail = 64;
	put(ring, 64, 2);
	/* Not looked at while there is room. */
	KUNIT_EXPECT_EQ(test, ring->tail, 0);
	fill_until(test, ring, GAP_BYTES);
	KUNIT_EXPECT_NOT_NULL(test, put(ring, 64, 3));
	KUNIT_EXPECT_EQ(test, ring->tail, 64);
	/* All of it. */
	ring->cons->tail = ring->head;
	fill_until(test, ring, GAP_BYTES);
	KUNIT_EXPECT_NOT_NULL(test, put(ring, 4096, 4));
}

static void make_room_ignores_a_tail_that_is_a_lie(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);
	u64 lies[] = { 8, 4095, 4097, 0, U64_MAX, 1ULL << 63, U64_MAX - 7 };
	unsigned int i;
	u64 head;

	fill_until(test, ring, GAP_BYTES);
	ring->cons->tail = 4096;
	KUNIT_ASSERT_NOT_NULL(test, put(ring, 4096, 1));
	head = ring->head;
	for (i = 0; i < ARRAY_SIZE(lies); i++) {
		ring->cons->tail = lies[i];
		KUNIT_EXPECT_NULL_MSG(test, put(ring, 64, 2), "tail %llx", lies[i]);
		KUNIT_EXPECT_EQ_MSG(test, ring->tail, 4096, "tail %llx", lies[i]);
		KUNIT_EXPECT_EQ_MSG(test, sctrace_ring_tail(ring),
				    lies[i] == 4097 ? 4097 : 4096, "tail %llx", lies[i]);
	}
	ring->cons->tail = head + 8;
	KUNIT_EXPECT_NULL(test, put(ring, 64, 2));
	ring->cons->tail = head;
	KUNIT_EXPECT_NOT_NULL(test, put(ring, 64, 3));
}

static void unread_is_within_the_ring_whatever_the_tail(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);

	put(ring, 4096, 1);
	KUNIT_EXPECT_EQ(test, sctrace_ring_unread(ring), 4096);
	ring->cons->tail = 96;
	KUNIT_EXPECT_EQ(test, sctrace_ring_unread(ring), 4000);
	ring->cons->tail = 4096;
	KUNIT_EXPECT_EQ(test, sctrace_ring_unread(ring), 0);
	ring->cons->tail = 4104;
	KUNIT_EXPECT_EQ(test, sctrace_ring_unread(ring), RING_BYTES);
	ring->cons->tail = 1ULL << 40;
	KUNIT_EXPECT_EQ(test, sctrace_ring_unread(ring), RING_BYTES);
}

/* ---- longer records where there is room ---- */

static void room_is_what_is_wanted_or_what_is_left(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);

	fill_until(test, ring, 1024 + GAP_BYTES);
	KUNIT_ASSERT_NOT_NULL(test, sctrace_ring_reserve(ring, 512, 1));
	KUNIT_EXPECT_EQ(test, sctrace_ring_room(ring, 1016), 1016);
	KUNIT_EXPECT_EQ(test, sctrace_ring_room(ring, 1024), 1024);
	KUNIT_EXPECT_EQ(test, sctrace_ring_room(ring, 1032), 1024);
	KUNIT_EXPECT_EQ(test, sctrace_ring_room(ring, 16384), 1024);
	/* Where the reader has come on, more. */
	ring->cons->tail = 4096;
	KUNIT_EXPECT_EQ(test, sctrace_ring_room(ring, 16384), 1024 + 4096);
	sctrace_ring_commit(ring, 1024);
}

/* ---- waking and waiting ---- */

static void attend_wakes_once_each_watermark(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);
	unsigned int woken = 0, asked = 0;
	u64 at;

	for (at = 0; at < RING_BYTES / 2; at += 64) {
		sctrace_ring_reserve(ring, 64, 1);
		if (!sctrace_ring_commit(ring, 64))
			continue;
		asked++;
		woken += sctrace_ring_attend(ring) == SCTRACE_RING_WAKE;
	}
	KUNIT_EXPECT_EQ(test, woken, 4);
	KUNIT_EXPECT_EQ(test, asked, 4);
}

static void attend_says_filled_from_half_of_a_lossless_ring_on(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_LOSSLESS);
	unsigned int what = 0;
	u64 at;

	for (at = 0; at < RING_BYTES / 2 - 64; at += 64) {
		sctrace_ring_reserve(ring, 64, 1);
		if (sctrace_ring_commit(ring, 64))
			what |= sctrace_ring_attend(ring);
	}
	KUNIT_EXPECT_EQ(test, what, SCTRACE_RING_WAKE);
	/* From here on each time. */
	put(ring, 64, 1);
	KUNIT_EXPECT_EQ(test, sctrace_ring_attend(ring) & SCTRACE_RING_FILLED, SCTRACE_RING_FILLED);
	sctrace_ring_reserve(ring, 64, 1);
	KUNIT_EXPECT_TRUE(test, sctrace_ring_commit(ring, 64));
	KUNIT_EXPECT_EQ(test, sctrace_ring_attend(ring), SCTRACE_RING_FILLED);
	/* Until the reader has come on; a lie does not help. */
	ring->cons->tail = ring->head + 8;
	KUNIT_EXPECT_EQ(test, sctrace_ring_attend(ring), SCTRACE_RING_FILLED);
	ring->cons->tail = ring->head;
	KUNIT_EXPECT_EQ(test, sctrace_ring_attend(ring), 0);
}

/* ---- overwrite ---- */

static void overwrite_drops_the_oldest_and_counts_them(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_OVERWRITE);
	u64 at, there = 0, n = 0;

	while (ring->head < 3 * RING_BYTES) {
		/* Lengths that do not divide the ring. */
		KUNIT_ASSERT_NOT_NULL(test, put(ring, 40 + n % 7 * 8, n));
		n++;
	}
	KUNIT_EXPECT_EQ(test, ring->lost, 0);
	KUNIT_EXPECT_EQ(test, ring->produced, n);
	KUNIT_EXPECT_EQ(test, ring->prod->oldest, ring->tail);
	KUNIT_EXPECT_LE(test, ring->head - ring->tail, RING_BYTES);
	/* Those that are there are the last ones, whole and in a row. */
	for (at = ring->tail; at < ring->head; at += record_at(ring, at)->words * 8) {
		KUNIT_ASSERT_EQ(test, record_at(ring, at)->time, ring->overwritten + there);
		there++;
	}
	KUNIT_EXPECT_EQ(test, at, ring->head);
	KUNIT_EXPECT_EQ(test, ring->overwritten + there, n);
	/* The reader's tail means nothing here. */
	ring->cons->tail = ring->head;
	KUNIT_EXPECT_GT(test, ring->head - ring->tail, RING_BYTES / 2);
	KUNIT_EXPECT_GT(test, ring->wake_at, 1ULL << 62);
}

/* ---- all of it ---- */

/* A reader that reads now and then: what it finds, and what the gaps say, is what was produced. */
static void produced_is_delivered_and_lost(struct kunit *test)
{
	struct sctrace_ring *ring = new_ring(test, SCTRACE_MODE_DISCARD);
	u64 at = 0, next = 0, delivered = 0, told = 0;
	struct rnd_state rnd;
	unsigned int i;

	prandom_seed_state(&rnd, 20);
	for (i = 0; i < 40000; i++) {
		put(ring, 24 + prandom_u32_state(&rnd) % 64 * 8, i);
		if (i == 39999)
			sctrace_ring_flush_gap(ring);
		else if (prandom_u32_state(&rnd) % 400)
			continue;
		while (at < ring->prod->head) {
			const struct sctrace_hdr *hdr = record_at(ring, at);

			if (hdr->type == SCTRACE_REC_GAP) {
				KUNIT_ASSERT_EQ(test, hdr->time, next);
				told += ((const struct sctrace_rec_gap *)hdr)->lost;
				next += ((const struct sctrace_rec_gap *)hdr)->lost;
			} else {
				KUNIT_ASSERT_EQ(test, hdr->time, next);
				delivered++;
				next++;
			}
			at += hdr->words * 8;
		}
		ring->cons->tail = at;
	}
	KUNIT_EXPECT_EQ(test, ring->produced, 40000);
	KUNIT_EXPECT_EQ(test, told, ring->lost);
	KUNIT_EXPECT_EQ(test, delivered + told, 40000);
	KUNIT_EXPECT_GT(test, told, 0);
	KUNIT_EXPECT_GT(test, delivered, 1000);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(reserve_publishes_nothing),
	KUNIT_CASE(commit_may_be_shorter_than_reserved),
	KUNIT_CASE(reserve_fills_the_ring_to_the_last_word),
	KUNIT_CASE(reserve_of_one_word_more_is_lost),
	KUNIT_CASE(reserve_across_the_end_is_in_one_piece),
	KUNIT_CASE(reserve_goes_on_beyond_32_bits),
	KUNIT_CASE(abandon_leaves_no_trace),
	KUNIT_CASE(reserve_after_loss_writes_the_gap_first),
	KUNIT_CASE(flush_gap_finds_room_in_a_full_ring),
	KUNIT_CASE(make_room_takes_a_tail_that_can_be_true),
	KUNIT_CASE(make_room_ignores_a_tail_that_is_a_lie),
	KUNIT_CASE(unread_is_within_the_ring_whatever_the_tail),
	KUNIT_CASE(room_is_what_is_wanted_or_what_is_left),
	KUNIT_CASE(attend_wakes_once_each_watermark),
	KUNIT_CASE(attend_says_filled_from_half_of_a_lossless_ring_on),
	KUNIT_CASE(overwrite_drops_the_oldest_and_counts_them),
	KUNIT_CASE(produced_is_delivered_and_lost),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_ring", .test_cases = cases };

kunit_test_suite(suite);
