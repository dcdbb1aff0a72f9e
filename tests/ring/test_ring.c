// SPDX-License-Identifier: GPL-2.0-or-later
/* module/ring.c in one thread: each case a corner of its functions. */
#include <stdlib.h>
#include <string.h>

#include "area.h"
#include "cmocka_all.h"

#define RING_BYTES	SCTRACE_RING_MIN_BYTES
#define WATERMARK	(RING_BYTES / 8)
#define GAP_BYTES	sizeof(struct sctrace_rec_gap)

static int setup(void **state)
{
	struct area *area = malloc(sizeof(*area));

	*state = area;
	return area ? area_make(area, RING_BYTES, WATERMARK, SCTRACE_MODE_DISCARD) : -1;
}

static int teardown(void **state)
{
	area_free(*state);
	free(*state);
	return 0;
}

/* A record of so many bytes: a TASK_EXIT's header, the rest of no interest. NULL: lost. */
static struct sctrace_hdr *put(struct area *area, u32 bytes, u64 now)
{
	struct sctrace_hdr *hdr = sctrace_ring_reserve(&area->module, bytes, now);

	if (!hdr)
		return NULL;
	*hdr = (struct sctrace_hdr) {
		.words = bytes / 8,
		.type = SCTRACE_REC_TASK_EXIT,
		.time = now,
	};
	sctrace_ring_commit(&area->module, bytes);
	return hdr;
}

/* Fills the ring until so many bytes are left. */
static void fill_until(struct area *area, u64 left)
{
	u64 room = area->module.size - (area->module.head - area->module.tail);

	while (room > left) {
		u32 bytes = room - left > 4096 ? 4096 : room - left;

		assert_non_null(put(area, bytes, 1));
		room -= bytes;
	}
	assert_int_equal(room, left);
}

static const struct sctrace_rec_gap *gap_at(const struct area *area, u64 pos)
{
	return (const void *)(area->module.data + (pos & (area->module.size - 1)));
}

static void assert_gap(const struct sctrace_rec_gap *gap, u64 lost, u64 since, u64 until)
{
	assert_int_equal(gap->hdr.type, SCTRACE_REC_GAP);
	assert_int_equal(gap->hdr.words * 8, GAP_BYTES);
	assert_int_equal(gap->hdr.time, since);
	assert_int_equal(gap->hdr.tid, 0);
	assert_int_equal(gap->hdr.tgid, 0);
	assert_int_equal(gap->lost, lost);
	assert_int_equal(gap->until, until);
	assert_int_equal(gap->cause, SCTRACE_GAP_FULL);
}

/* ---- reserve and commit ---- */

static void reserve_publishes_nothing(void **state)
{
	struct area *area = *state;

	assert_ptr_equal(sctrace_ring_reserve(&area->module, 64, 1), area->module.data);
	assert_int_equal(sct_ring_head(&area->reader), 0);
	assert_int_equal(area->module.produced, 1);
}

static void commit_publishes_the_record(void **state)
{
	struct area *area = *state;

	put(area, sizeof(struct sctrace_rec_task_exit), 1);
	assert_int_equal(sct_ring_head(&area->reader), sizeof(struct sctrace_rec_task_exit));
}

static void commit_shorter_than_reserved(void **state)
{
	struct area *area = *state;

	sctrace_ring_reserve(&area->module, 4096, 1);
	sctrace_ring_commit(&area->module, 64);
	assert_int_equal(sct_ring_head(&area->reader), 64);
	assert_ptr_equal(sctrace_ring_reserve(&area->module, 64, 2), area->module.data + 64);
}

static void reserve_exactly_full(void **state)
{
	struct area *area = *state;

	fill_until(area, 64 + GAP_BYTES);
	assert_non_null(put(area, 64, 2));
	assert_int_equal(area->module.lost, 0);
	assert_int_equal(sct_ring_head(&area->reader), RING_BYTES - GAP_BYTES);
}

static void reserve_one_word_over(void **state)
{
	struct area *area = *state;

	fill_until(area, 64 + GAP_BYTES);
	assert_null(put(area, 72, 2));
	assert_int_equal(area->module.lost, 1);
	/* What is smaller still finds no room: the gap has to be told of first. */
	assert_null(put(area, 64, 3));
	assert_int_equal(area->module.lost, 2);
	assert_int_equal(sct_ring_head(&area->reader), RING_BYTES - GAP_BYTES - 64);
}

static void reserve_counts_every_call(void **state)
{
	struct area *area = *state;
	unsigned int i, delivered = 0;

	for (i = 0; i < 100; i++)
		delivered += !!put(area, 4096, i);
	assert_int_equal(area->module.produced, 100);
	assert_int_equal(area->module.produced, delivered + area->module.lost);
}

static void reserve_across_the_end_is_in_one_piece(void **state)
{
	struct area *area = *state;
	u8 *record;

	fill_until(area, 64 + GAP_BYTES);
	area->module.cons->tail = area->module.head;
	/* Starts 120 bytes before the end. */
	record = sctrace_ring_reserve(&area->module, 256, 2);
	assert_ptr_equal(record, area->module.data + RING_BYTES - 64 - GAP_BYTES);
	memset(record, 0x5a, 256);
	sctrace_ring_commit(&area->module, 256);
	/* Its second part lies at the start of the data area as well. */
	assert_memory_equal(area->module.data, record + 64 + GAP_BYTES, 256 - 64 - GAP_BYTES);
	assert_int_equal(area->module.data[0], 0x5a);
	assert_int_equal(area->module.data[256 - 64 - GAP_BYTES], 0);
}

static void reserve_takes_the_tail_only_when_full(void **state)
{
	struct area *area = *state;

	put(area, 64, 1);
	area->module.cons->tail = 64;
	put(area, 64, 2);
	assert_int_equal(area->module.tail, 0);
	fill_until(area, GAP_BYTES);
	assert_non_null(put(area, 64, 3));
	assert_int_equal(area->module.tail, 64);
}

static void reserve_beyond_32_bits(void **state)
{
	struct area *area = *state;
	u64 far = (5ull << 32) + 8;

	area->module.head = far;
	area->module.tail = far;
	area->module.cons->tail = far;
	area->module.prod->head = far;
	assert_ptr_equal(sctrace_ring_reserve(&area->module, 64, 1), area->module.data + 8);
	sctrace_ring_commit(&area->module, 64);
	assert_int_equal(sct_ring_head(&area->reader), far + 64);
	fill_until(area, GAP_BYTES);
	assert_null(put(area, 64, 2));
	area->module.cons->tail = far + 4096;
	assert_non_null(put(area, 64, 3));
}

/* ---- gaps ---- */

static void reserve_after_loss_writes_the_gap_first(void **state)
{
	struct area *area = *state;
	struct sctrace_hdr *record;
	u64 at;

	fill_until(area, GAP_BYTES);
	assert_null(put(area, 64, 100));
	assert_null(put(area, 64, 101));
	assert_null(put(area, 64, 103));
	at = area->module.head;
	area->module.cons->tail = at;
	record = put(area, 64, 104);
	assert_gap(gap_at(area, at), 3, 100, 103);
	assert_ptr_equal(record, (void *)(area->module.data + ((at + GAP_BYTES) & (RING_BYTES - 1))));
	assert_int_equal(sct_ring_head(&area->reader), at + GAP_BYTES + 64);
	assert_int_equal(area->module.gap_lost, 0);
}

static void reserve_after_loss_needs_room_for_the_gap_too(void **state)
{
	struct area *area = *state;

	fill_until(area, GAP_BYTES);
	assert_null(put(area, 64, 10));
	/* Enough for the record, not for the gap before it. */
	area->module.cons->tail = 64 + GAP_BYTES - 8;
	assert_null(put(area, 64, 11));
	assert_int_equal(area->module.gap_lost, 2);
	area->module.cons->tail = 64 + GAP_BYTES;
	assert_non_null(put(area, 64, 12));
	assert_gap(gap_at(area, RING_BYTES - GAP_BYTES), 2, 10, 11);
}

static void reserve_after_two_losses_writes_two_gaps(void **state)
{
	struct area *area = *state;

	fill_until(area, GAP_BYTES);
	put(area, 64, 10);
	area->module.cons->tail = 64 + GAP_BYTES;
	put(area, 64, 11);
	put(area, 64, 12);
	area->module.cons->tail = area->module.head;
	put(area, 64, 13);
	assert_gap(gap_at(area, RING_BYTES - GAP_BYTES), 1, 10, 10);
	assert_gap(gap_at(area, RING_BYTES + 64), 1, 12, 12);
	assert_int_equal(area->module.lost, 2);
}

static void flush_gap_when_full_has_room(void **state)
{
	struct area *area = *state;

	fill_until(area, GAP_BYTES);
	assert_null(put(area, 64, 7));
	assert_null(put(area, 64, 9));
	sctrace_ring_flush_gap(&area->module);
	assert_int_equal(sct_ring_head(&area->reader), RING_BYTES);
	assert_gap(gap_at(area, RING_BYTES - GAP_BYTES), 2, 7, 9);
}

static void flush_gap_when_full_again_after_a_gap_has_room(void **state)
{
	struct area *area = *state;

	fill_until(area, GAP_BYTES);
	assert_null(put(area, 64, 7));
	area->module.cons->tail = 64 + GAP_BYTES;
	assert_non_null(put(area, 64, 8));
	assert_null(put(area, 64, 9));
	sctrace_ring_flush_gap(&area->module);
	assert_int_equal(sct_ring_head(&area->reader), area->module.tail + RING_BYTES);
	assert_gap(gap_at(area, RING_BYTES + 64), 1, 9, 9);
}

static void flush_gap_without_loss_writes_nothing(void **state)
{
	struct area *area = *state;

	put(area, 64, 1);
	sctrace_ring_flush_gap(&area->module);
	assert_int_equal(sct_ring_head(&area->reader), 64);
}

static void flush_gap_twice_writes_once(void **state)
{
	struct area *area = *state;

	fill_until(area, GAP_BYTES);
	put(area, 64, 1);
	sctrace_ring_flush_gap(&area->module);
	sctrace_ring_flush_gap(&area->module);
	assert_int_equal(sct_ring_head(&area->reader), RING_BYTES);
}

/* ---- room and abandon ---- */

static void room_is_what_is_wanted_if_it_is_free(void **state)
{
	struct area *area = *state;

	assert_non_null(sctrace_ring_reserve(&area->module, 64, 1));
	assert_int_equal(sctrace_ring_room(&area->module, RING_BYTES / 4), RING_BYTES / 4);
	sctrace_ring_commit(&area->module, RING_BYTES / 4);
	assert_int_equal(sct_ring_head(&area->reader), RING_BYTES / 4);
}

static void room_is_what_is_free_but_for_a_gap(void **state)
{
	struct area *area = *state;

	fill_until(area, 1024 + GAP_BYTES);
	assert_non_null(sctrace_ring_reserve(&area->module, 64, 2));
	assert_int_equal(sctrace_ring_room(&area->module, 1024), 1024);
	assert_int_equal(sctrace_ring_room(&area->module, 1032), 1024);
	sctrace_ring_commit(&area->module, 1024);
	/* So what is lost now can be told of. */
	assert_null(put(area, 24, 3));
	sctrace_ring_flush_gap(&area->module);
	assert_int_equal(sct_ring_head(&area->reader), RING_BYTES);
	assert_gap(gap_at(area, RING_BYTES - GAP_BYTES), 1, 3, 3);
}

static void room_is_at_least_what_was_reserved(void **state)
{
	struct area *area = *state;

	fill_until(area, 64 + GAP_BYTES);
	assert_non_null(sctrace_ring_reserve(&area->module, 64, 2));
	assert_int_equal(sctrace_ring_room(&area->module, RING_BYTES / 4), 64);
}

static void room_after_loss_leaves_the_gap_out(void **state)
{
	struct area *area = *state;

	fill_until(area, GAP_BYTES);
	assert_null(put(area, 64, 10));
	area->module.cons->tail = 1024 + GAP_BYTES;
	assert_non_null(sctrace_ring_reserve(&area->module, 64, 11));
	assert_int_equal(sctrace_ring_room(&area->module, RING_BYTES / 4), 1024);
}

static void room_takes_the_tail_only_when_short(void **state)
{
	struct area *area = *state;

	fill_until(area, 1024 + GAP_BYTES);
	area->module.cons->tail = 4096;
	assert_non_null(sctrace_ring_reserve(&area->module, 64, 2));
	assert_int_equal(sctrace_ring_room(&area->module, 1024), 1024);
	assert_int_equal(area->module.tail, 0);
	assert_int_equal(sctrace_ring_room(&area->module, 8192), 4096 + 1024);
	assert_int_equal(area->module.tail, 4096);
}

static void room_ignores_a_hostile_tail(void **state)
{
	struct area *area = *state;

	fill_until(area, 1024 + GAP_BYTES);
	assert_non_null(sctrace_ring_reserve(&area->module, 64, 2));
	area->module.cons->tail = RING_BYTES;
	assert_int_equal(sctrace_ring_room(&area->module, 8192), 1024);
	area->module.cons->tail = 4097;
	assert_int_equal(sctrace_ring_room(&area->module, 8192), 1024);
}

static void abandon_leaves_nothing(void **state)
{
	struct area *area = *state;

	put(area, 64, 1);
	assert_non_null(sctrace_ring_reserve(&area->module, 4096, 2));
	sctrace_ring_abandon(&area->module);
	assert_int_equal(area->module.produced, 1);
	assert_int_equal(area->module.lost, 0);
	assert_int_equal(sct_ring_head(&area->reader), 64);
	assert_ptr_equal(sctrace_ring_reserve(&area->module, 64, 3), area->module.data + 64);
}

static void abandon_publishes_the_gap_before_it(void **state)
{
	struct area *area = *state;

	fill_until(area, GAP_BYTES);
	assert_null(put(area, 64, 10));
	area->module.cons->tail = 4096;
	assert_non_null(sctrace_ring_reserve(&area->module, 64, 11));
	sctrace_ring_abandon(&area->module);
	sctrace_ring_flush_gap(&area->module);
	assert_int_equal(sct_ring_head(&area->reader), RING_BYTES);
	assert_gap(gap_at(area, RING_BYTES - GAP_BYTES), 1, 10, 10);
}

/* ---- hostile tails ---- */

/* The ring is full, the reader has taken 4096 bytes of it and now says this. */
static void check_ignored(struct area *area, u64 tail)
{
	u64 head;

	fill_until(area, GAP_BYTES);
	area->module.cons->tail = 4096;
	put(area, 64, 1);
	assert_int_equal(area->module.tail, 4096);
	fill_until(area, GAP_BYTES);
	head = area->module.head;
	area->module.cons->tail = tail;
	assert_null(put(area, 64, 2));
	assert_int_equal(area->module.tail, 4096);
	assert_int_equal(area->module.head, head);
	assert_int_equal(area->module.lost, 1);
	/* A reader that comes to its senses goes on. */
	area->module.cons->tail = 8192;
	assert_non_null(put(area, 64, 3));
	assert_gap(gap_at(area, head), 1, 2, 2);
}

static void tail_beyond_head_is_ignored(void **state)
{
	check_ignored(*state, RING_BYTES + 4096);
}

static void tail_just_beyond_head_is_ignored(void **state)
{
	check_ignored(*state, RING_BYTES + 4096 - GAP_BYTES + 8);
}

static void tail_before_the_last_good_one_is_ignored(void **state)
{
	check_ignored(*state, 4088);
}

static void tail_of_zero_is_ignored(void **state)
{
	check_ignored(*state, 0);
}

static void tail_unaligned_is_ignored(void **state)
{
	check_ignored(*state, 8193);
}

static void tail_of_all_ones_is_ignored(void **state)
{
	check_ignored(*state, ~0ull);
}

static void tail_of_all_ones_but_aligned_is_ignored(void **state)
{
	check_ignored(*state, ~7ull);
}

static void tail_at_head_empties_the_ring(void **state)
{
	struct area *area = *state;

	fill_until(area, GAP_BYTES);
	area->module.cons->tail = area->module.head;
	assert_non_null(put(area, RING_BYTES / 4, 1));
	assert_int_equal(area->module.tail, RING_BYTES - GAP_BYTES);
}

/* Whatever the reader writes, the module stays inside the data area and its sums stay true. */
static void tail_at_random_does_no_harm(void **state)
{
	struct area *area = *state;
	struct sctrace_ring *ring = &area->module;
	u64 i, delivered = 0, abandoned = 0, told = 0;

	srandom(1);
	for (i = 0; i < 1000000; i++) {
		static const u64 near[] = { 0, 1, 8, 64, 4096, RING_BYTES, ~0ull, 1ull << 63 };
		u64 base = random() & 1 ? ring->head : ring->tail;
		u32 max = 24 + 8 * (random() % 2000);
		u8 *record;

		ring->cons->tail = base + (random() & 1 ? 1 : -1) * near[random() & 7] * (random() & 3);
		told += ring->gap_lost;
		record = sctrace_ring_reserve(ring, max, i);
		told -= ring->gap_lost;
		if (!record) {
			told += 1;
			continue;
		}
		assert_in_range(record - ring->data, 0, RING_BYTES - 8);
		/* The mapping is two rings long; the record's end must be in it. */
		assert_in_range(record - ring->data + max, 0, 2 * RING_BYTES);
		max = sctrace_ring_room(ring, max + 8 * (random() % 1000));
		assert_in_range(record - ring->data + max, 0, 2 * RING_BYTES);
		memset(record, 0xff, max);
		if (random() % 8) {
			sctrace_ring_commit(ring, 24 + 8 * (random() % (max / 8 - 2)));
			delivered++;
		} else {
			sctrace_ring_abandon(ring);
			abandoned++;
		}
		assert_true(ring->head - ring->tail <= RING_BYTES - GAP_BYTES);
		assert_true(ring->tail % 8 == 0);
	}
	sctrace_ring_flush_gap(ring);
	assert_true(ring->head - ring->tail <= RING_BYTES);
	assert_int_equal(ring->produced, 1000000 - abandoned);
	assert_int_equal(ring->produced, delivered + ring->lost);
	assert_true(delivered > 1000 && ring->lost > 1000);
	assert_int_equal(told, ring->lost);
}

/* ---- unread ---- */

static void unread_is_what_the_reader_has_not_taken(void **state)
{
	struct area *area = *state;

	assert_int_equal(sctrace_ring_unread(&area->module), 0);
	put(area, 64, 1);
	put(area, 64, 2);
	assert_int_equal(sctrace_ring_unread(&area->module), 128);
	area->module.cons->tail = 64;
	assert_int_equal(sctrace_ring_unread(&area->module), 64);
}

static void unread_with_a_hostile_tail_is_at_most_the_ring(void **state)
{
	static const u64 tails[] = { 65, 72, RING_BYTES, ~0ull, ~7ull, 1ull << 63 };
	struct area *area = *state;
	size_t i;

	put(area, 64, 1);
	for (i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		area->module.cons->tail = tails[i];
		assert_in_range(sctrace_ring_unread(&area->module), 0, RING_BYTES);
	}
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(reserve_publishes_nothing),
		CASE(commit_publishes_the_record),
		CASE(commit_shorter_than_reserved),
		CASE(reserve_exactly_full),
		CASE(reserve_one_word_over),
		CASE(reserve_counts_every_call),
		CASE(reserve_across_the_end_is_in_one_piece),
		CASE(reserve_takes_the_tail_only_when_full),
		CASE(reserve_beyond_32_bits),
		CASE(reserve_after_loss_writes_the_gap_first),
		CASE(reserve_after_loss_needs_room_for_the_gap_too),
		CASE(reserve_after_two_losses_writes_two_gaps),
		CASE(flush_gap_when_full_has_room),
		CASE(flush_gap_when_full_again_after_a_gap_has_room),
		CASE(flush_gap_without_loss_writes_nothing),
		CASE(flush_gap_twice_writes_once),
		CASE(room_is_what_is_wanted_if_it_is_free),
		CASE(room_is_what_is_free_but_for_a_gap),
		CASE(room_is_at_least_what_was_reserved),
		CASE(room_after_loss_leaves_the_gap_out),
		CASE(room_takes_the_tail_only_when_short),
		CASE(room_ignores_a_hostile_tail),
		CASE(abandon_leaves_nothing),
		CASE(abandon_publishes_the_gap_before_it),
		CASE(tail_beyond_head_is_ignored),
		CASE(tail_just_beyond_head_is_ignored),
		CASE(tail_before_the_last_good_one_is_ignored),
		CASE(tail_of_zero_is_ignored),
		CASE(tail_unaligned_is_ignored),
		CASE(tail_of_all_ones_is_ignored),
		CASE(tail_of_all_ones_but_aligned_is_ignored),
		CASE(tail_at_head_empties_the_ring),
		CASE(tail_at_random_does_no_harm),
		CASE(unread_is_what_the_reader_has_not_taken),
		CASE(unread_with_a_hostile_tail_is_at_most_the_ring),
	};

	return cmocka_run_group_tests_name("sctrace_ring", cases, NULL, NULL);
}
