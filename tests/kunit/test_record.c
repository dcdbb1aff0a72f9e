// SPDX-License-Identifier: GPL-2.0-only
/* Records: what <uapi/sctrace_record.h> promises of them, and what module/record.h writes. */
#include <kunit/test.h>

#include "../../module/record.h"
#include "../../module/ring_mem.h"

/* ---- what readers were built for ---- */

/* Where each member of the header lies: another place is another SCTRACE_ABI_VERSION. */
static void a_header_is_24_bytes_and_each_member_has_its_place(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, SCTRACE_ABI_VERSION, 7);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_hdr), 24);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_hdr, words), 0);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_hdr, type), 2);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_hdr, abi), 3);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_hdr, nr), 4);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_hdr, nr_args), 6);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_hdr, flags), 7);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_hdr, tid), 8);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_hdr, tgid), 12);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_hdr, time), 16);
}

static void records_have_no_holes_and_whole_words(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_piece), 8);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_rec_fork), 24 + 8);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_rec_exec), 24 + 8);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_rec_task_exit), 24 + 8);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_rec_signal), 24 + 16 + 32);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_rec_call), 24 + 16);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_rec_gap), 24 + 24);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_regs), 16 + 31 * 8);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_map), 48);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_fd), 16);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_fd_socket), 104);
	/* A call without arguments takes no more than 64 bytes with its return. */
	KUNIT_EXPECT_LE(test, sizeof(struct sctrace_hdr) + sizeof(struct sctrace_hdr) + 8, 64);
}

static void numbers_of_types_and_flags_stay(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, SCTRACE_REC_ENTER, 1);
	KUNIT_EXPECT_EQ(test, SCTRACE_REC_EXIT, 2);
	KUNIT_EXPECT_EQ(test, SCTRACE_REC_FORK, 3);
	KUNIT_EXPECT_EQ(test, SCTRACE_REC_EXEC, 4);
	KUNIT_EXPECT_EQ(test, SCTRACE_REC_TASK_EXIT, 5);
	KUNIT_EXPECT_EQ(test, SCTRACE_REC_SIGNAL, 6);
	KUNIT_EXPECT_EQ(test, SCTRACE_REC_GAP, 7);
	KUNIT_EXPECT_EQ(test, SCTRACE_REC_LATE, 8);
	KUNIT_EXPECT_EQ(test, SCTRACE_REC_CALL, 9);
	KUNIT_EXPECT_EQ(test, SCTRACE_HDR_LATE_FOLLOWS, 1);
	KUNIT_EXPECT_EQ(test, SCTRACE_HDR_UNDECIDED, 2);
	KUNIT_EXPECT_EQ(test, SCTRACE_PIECE_CUT, 1);
	KUNIT_EXPECT_EQ(test, SCTRACE_PIECE_FAULT, 2);
	KUNIT_EXPECT_EQ(test, SCTRACE_PIECE_LATE, 4);
	KUNIT_EXPECT_EQ(test, SCTRACE_PIECE_NULL, 8);
}

/* The longest there can be fits into the header's 16 bits, and into a quarter of the smallest ring. */
static void the_longest_record_can_be_told(struct kunit *test)
{
	KUNIT_EXPECT_LE(test, SCTRACE_RECORD_MAX_BYTES / 8, U16_MAX);
	KUNIT_EXPECT_LE(test, SCTRACE_RECORD_SURE_BYTES, SCTRACE_RING_MIN_BYTES / 4);
	KUNIT_EXPECT_LE(test, SCTRACE_STEP_MAX_BYTES, U16_MAX);
	KUNIT_EXPECT_EQ(test, SCTRACE_STEP_MAX_BYTES % 8, 0);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_rec_gap) % 8, 0);
}

static void shared_words_have_their_places(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_prod, head), 0);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_prod, oldest), 8);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_prod, waiting), 16);
	KUNIT_EXPECT_EQ(test, offsetof(struct sctrace_cons, tail), 0);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_step), 24);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_plan), 20);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_test), 32);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_symbol), 64);
	KUNIT_EXPECT_EQ(test, sizeof(struct sctrace_filter_data), 6 * 8 + 16 + 8 * 4);
}

/* ---- what is written ---- */

static void first_says_the_number_and_the_flags(struct kunit *test)
{
	struct sctrace_hdr hdr = { .words = 9, .type = SCTRACE_REC_ENTER, .abi = 2, .nr_args = 6 };
	u64 word;

	memcpy(&word, &hdr, sizeof(word));
	word = sctrace_record_first(word, SCTRACE_NR_NONE, SCTRACE_HDR_UNDECIDED);
	memcpy(&hdr, &word, sizeof(word));
	KUNIT_EXPECT_EQ(test, hdr.words, 9);
	KUNIT_EXPECT_EQ(test, hdr.type, SCTRACE_REC_ENTER);
	KUNIT_EXPECT_EQ(test, hdr.abi, 2);
	KUNIT_EXPECT_EQ(test, hdr.nr_args, 6);
	KUNIT_EXPECT_EQ(test, hdr.nr, SCTRACE_NR_NONE);
	KUNIT_EXPECT_EQ(test, hdr.flags, SCTRACE_HDR_UNDECIDED);
}

static void begin_says_who_and_when(struct kunit *test)
{
	struct sctrace_hdr hdr, other;

	memset(&hdr, 0xff, sizeof(hdr));
	sctrace_record_begin(&hdr, 0x0706050403020109ULL, 77);
	KUNIT_EXPECT_EQ(test, hdr.words, 0x0109);
	KUNIT_EXPECT_EQ(test, hdr.flags, 0x07);
	KUNIT_EXPECT_EQ(test, hdr.tid, current->pid);
	KUNIT_EXPECT_EQ(test, hdr.tgid, current->tgid);
	KUNIT_EXPECT_EQ(test, hdr.time, 77);
	memset(&other, 0xff, sizeof(other));
	sctrace_record_header(&other, SCTRACE_REC_FORK, current, 78);
	KUNIT_EXPECT_EQ(test, other.type, SCTRACE_REC_FORK);
	KUNIT_EXPECT_EQ(test, other.tid, current->pid);
	KUNIT_EXPECT_EQ(test, other.tgid, current->tgid);
	KUNIT_EXPECT_EQ(test, other.time, 78);
	/* Nothing of what was there before. */
	KUNIT_EXPECT_EQ(test, other.words, 0);
	KUNIT_EXPECT_EQ(test, other.flags, 0);
	KUNIT_EXPECT_EQ(test, other.nr, 0);
	KUNIT_EXPECT_EQ(test, other.nr_args, 0);
}

KUNIT_DEFINE_ACTION_WRAPPER(free_ring, sctrace_ring_mem_free, struct sctrace_ring *);

/* A session with a ring of this CPU, and no more. */
static struct sctrace_session *new_session(struct kunit *test, struct sctrace_ring **ring)
{
	struct sctrace_session *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, s);
	s->rings = kunit_kcalloc(test, nr_cpu_ids, sizeof(*s->rings), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, s->rings);
	*ring = sctrace_ring_mem_alloc(0, SCTRACE_RING_MIN_BYTES);
	KUNIT_ASSERT_NOT_NULL(test, *ring);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_ring, *ring), 0);
	sctrace_ring_init(*ring, SCTRACE_MODE_DISCARD, SCTRACE_RING_MIN_BYTES / 8);
	sctrace_wake_init(&s->wake);
	return s;
}

static void commit_publishes_as_much_as_was_written(struct kunit *test)
{
	struct sctrace_ring *ring;
	struct sctrace_session *s = new_session(test, &ring);
	struct sctrace_hdr *hdr;
	int cpu = get_cpu();

	s->rings[cpu] = ring;
	KUNIT_EXPECT_PTR_EQ(test, sctrace_record_ring(s), ring);
	hdr = sctrace_record_reserve(s, ring, 4096, 1);
	if (hdr) {
		sctrace_record_header(hdr, SCTRACE_REC_LATE, current, 1);
		sctrace_record_commit(s, ring, hdr, (u8 *)hdr + 136);
	}
	put_cpu();
	KUNIT_ASSERT_NOT_NULL(test, hdr);
	KUNIT_EXPECT_EQ(test, hdr->words, 17);
	KUNIT_EXPECT_EQ(test, ring->prod->head, 136);
	preempt_disable();
	hdr = sctrace_record_reserve(s, ring, 4096, 2);
	sctrace_record_header(hdr, SCTRACE_REC_EXIT, current, 2);
	sctrace_record_commit_return(s, ring, hdr, (u8 *)hdr + 32);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, ring->prod->head, 168);
	KUNIT_EXPECT_EQ(test, ring->produced, 2);
}

static void room_is_asked_for_only_beyond_what_is_sure(struct kunit *test)
{
	struct sctrace_ring *ring;
	struct sctrace_session *s = new_session(test, &ring);
	struct sctrace_hdr *hdr;
	u32 room;

	/* Until a long record does not fit any more. */
	do {
		preempt_disable();
		hdr = sctrace_record_reserve(s, ring, SCTRACE_RECORD_SURE_BYTES, 1);
		room = hdr ? sctrace_record_room(ring, 16384) : 0;
		if (hdr) {
			sctrace_record_header(hdr, SCTRACE_REC_LATE, current, 1);
			sctrace_record_commit(s, ring, hdr, (u8 *)hdr + room);
		}
		preempt_enable();
		if (hdr) {
			KUNIT_EXPECT_GE(test, room, SCTRACE_RECORD_SURE_BYTES);
			KUNIT_EXPECT_LE(test, room, 16384);
		}
	} while (hdr && ring->head < SCTRACE_RING_MIN_BYTES);
	/* Three whole ones, and what was left of the ring. */
	KUNIT_EXPECT_EQ(test, ring->produced, 5);
	KUNIT_EXPECT_EQ(test, ring->lost, 1);
	KUNIT_EXPECT_EQ(test, ring->head, SCTRACE_RING_MIN_BYTES - sizeof(struct sctrace_rec_gap));
	KUNIT_EXPECT_EQ(test, sctrace_record_room(ring, 64), 64);
	sctrace_wake_finish(&s->wake);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(a_header_is_24_bytes_and_each_member_has_its_place),
	KUNIT_CASE(records_have_no_holes_and_whole_words),
	KUNIT_CASE(numbers_of_types_and_flags_stay),
	KUNIT_CASE(the_longest_record_can_be_told),
	KUNIT_CASE(shared_words_have_their_places),
	KUNIT_CASE(first_says_the_number_and_the_flags),
	KUNIT_CASE(begin_says_who_and_when),
	KUNIT_CASE(commit_publishes_as_much_as_was_written),
	KUNIT_CASE(room_is_asked_for_only_beyond_what_is_sure),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_record", .test_cases = cases };

kunit_test_suite(suite);
