// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ring algorithm: one producer, one consumer. When the ring is full, records are discarded, or
 * with
 * @overwrite the oldest ones make room.
 *
 *	module, on the ring's CPU			reader
 *
 *	  D  load tail (only when it looks full)	  B  load head
 *	     write records				     read records
 *	  A  store head					  C  store tail
 *	  E  go on
 *
 * With overwrite there is no tail, and what the reader has copied may be gone:
 *
 *	  F  store oldest, before			  B  load head
 *	     writing over what lies below		     copy what lies between
 *	  A  store head					  G  load oldest: what lies below is void
 *
 * A pairs with B, C with D, E with B of another ring, F with G; the contract is in
 * <uapi/sctrace.h>. The module runs with preemption off and never from an interrupt, so on its side
 * plain loads and stores of its own fields are enough.
 *
 * A GAP record's worth of room is always kept free. So the records that were lost last can be told
 * of when the session stops, even if the reader never takes another byte.
 *
 * While records are missing that are in no gap record yet, limit is 0: then the next one comes to
 * sctrace_ring_make_room().
 *
 * This file is also compiled in user space (tests/ring/): it includes nothing beyond ring.h.
 */
#include "ring.h"

#define GAP_BYTES	((u32)sizeof(struct sctrace_rec_gap))

/* With overwrite, so much goes at a time, at least: publishing that takes a barrier. */
#define DROP_BYTES	4096

/**
 * sctrace_ring_init() - make a ring ready for its first record
 * @ring: zeroed but for its memory
 * @mode: what happens when it is full
 * @watermark: unread bytes at which the reader wants to be woken, less than half of the ring
 */
void sctrace_ring_init(struct sctrace_ring *ring, enum sctrace_mode mode, u64 watermark)
{
	ring->mask = ring->size - 1;
	ring->watermark = watermark;
	ring->wake_at = watermark;
	ring->overwrite = mode == SCTRACE_MODE_OVERWRITE;
	if (ring->overwrite)
		ring->wake_at = ~0ULL;
	if (mode == SCTRACE_MODE_LOSSLESS)
		ring->gate = ring->size / 2;
	ring->attend_at = ring->wake_at;
}

/* Takes over the reader's tail if it can be true. */
static void refresh_tail(struct sctrace_ring *ring)
{
	/* D, pairs with C in userspace/lib/source_ring.c: below tail may be overwritten. */
	u64 tail = smp_load_acquire(&ring->cons->tail);

	if (tail - ring->tail <= ring->head - ring->tail && !(tail & 7))
		WRITE_ONCE(ring->tail, tail);
}

static bool has_room(const struct sctrace_ring *ring, u64 bytes)
{
	return ring->head + bytes - ring->tail <= ring->size;
}

static struct sctrace_hdr *record_at(const struct sctrace_ring *ring, u64 position)
{
	return (void *)(ring->data + (position & ring->mask));
}

/* The oldest records go, until there is room. */
static void drop_oldest(struct sctrace_ring *ring, u64 bytes)
{
	u64 until = ring->head + bytes + DROP_BYTES - ring->size, n = 0;

	/* Nobody but this CPU writes the data area, so each length is what it was. */
	while (ring->tail < ring->head && ring->tail < until) {
		ring->tail += record_at(ring, ring->tail)->words * 8u;
		n++;
	}
	/* J, pairs with K in session.c: who sees these counted has them in produced, too. */
	smp_store_release(&ring->overwritten, ring->overwritten + n);
	WRITE_ONCE(ring->prod->oldest, ring->tail);
	/* F, pairs with G in userspace/lib/source_ring.c: it is void before it is written over. */
	smp_wmb();
}

/* Sees whether there is room after all. */
static bool find_room(struct sctrace_ring *ring, u64 bytes)
{
	if (has_room(ring, bytes))
		return true;
	if (ring->overwrite)
		drop_oldest(ring, bytes);
	else
		refresh_tail(ring);
	return has_room(ring, bytes);
}

static void write_gap(struct sctrace_ring *ring)
{
	*(struct sctrace_rec_gap *)record_at(ring, ring->head) = (struct sctrace_rec_gap) {
		.hdr = {
			.words = GAP_BYTES / 8,
			.type = SCTRACE_REC_GAP,
			.time = ring->gap_since,
		},
		.lost = ring->gap_lost,
		.until = ring->gap_until,
		.cause = SCTRACE_GAP_FULL,
	};
	WRITE_ONCE(ring->head, ring->head + GAP_BYTES);
	ring->gap_lost = 0;
}

static void count_lost(struct sctrace_ring *ring, u64 now)
{
	if (!ring->gap_lost)
		ring->gap_since = now;
	ring->gap_until = now;
	ring->gap_lost++;
	ring->limit = 0;
	WRITE_ONCE(ring->produced, ring->produced + 1);
	/* J, pairs with K in session.c. */
	smp_store_release(&ring->lost, ring->lost + 1);
}

/**
 * sctrace_ring_make_room() - see whether a record that is beyond the limit has room after all
 * @ring: as for sctrace_ring_reserve()
 * @max: as there
 * @now: as there
 *
 * Context: as there.
 * Return: whether there is room; if not, the record is counted as lost.
 */
bool sctrace_ring_make_room(struct sctrace_ring *ring, u32 max, u64 now)
{
	u64 need = (u64)max + GAP_BYTES;

	if (ring->gap_lost)
		need += GAP_BYTES;
	if (!find_room(ring, need)) {
		count_lost(ring, now);
		return false;
	}
	if (ring->gap_lost)
		write_gap(ring);
	ring->limit = ring->tail + ring->size - GAP_BYTES;
	return true;
}

/**
 * sctrace_ring_room() - find out how long the reserved record may become
 * @ring: a ring of which a record is reserved and not yet committed
 * @max: more is not wanted, a multiple of 8, at most half of the ring
 *
 * So a record is sure of what was reserved, and takes more where there is more: better one that is
 * cut than one that is lost.
 *
 * Context: as sctrace_ring_reserve(), without preemption in between.
 * Return: bytes from the record's begin, a multiple of 8: at least what was reserved, at most @max.
 */
u32 sctrace_ring_room(struct sctrace_ring *ring, u32 max)
{
	if (!find_room(ring, (u64)max + GAP_BYTES))
		return ring->size - (ring->head - ring->tail) - GAP_BYTES;
	return max;
}

/**
 * sctrace_ring_abandon() - make as if the reserved record had not been asked for
 * @ring: as for sctrace_ring_reserve()
 *
 * Context: as sctrace_ring_reserve(), without preemption in between.
 */
void sctrace_ring_abandon(struct sctrace_ring *ring)
{
	WRITE_ONCE(ring->produced, ring->produced - 1);
	/* A, pairs with B in userspace/lib/source_ring.c: reserve may have written a gap. */
	smp_store_release(&ring->prod->head, ring->head);
}

/**
 * sctrace_ring_attend() - see what is to be done as the ring fills up
 * @ring: one of which sctrace_ring_commit() has asked for this
 *
 * Context: as sctrace_ring_commit(), without preemption in between. Return: SCTRACE_RING_*. WAKE:
 * once each watermark. FILLED: each time, until the reader has come on.
 */
unsigned int sctrace_ring_attend(struct sctrace_ring *ring)
{
	unsigned int what = 0;

	if (ring->head >= ring->wake_at) {
		ring->wake_at = ring->head + ring->watermark;
		what = SCTRACE_RING_WAKE;
	}
	ring->attend_at = ring->wake_at;
	if (!ring->gate)
		return what;
	refresh_tail(ring);
	if (ring->head - ring->tail >= ring->gate) {
		ring->attend_at = ring->head;
		return what | SCTRACE_RING_FILLED;
	}
	if (ring->attend_at > ring->tail + ring->gate)
		ring->attend_at = ring->tail + ring->gate;
	return what;
}

/**
 * sctrace_ring_flush_gap() - write down what was lost last
 * @ring: a ring that no probe writes any more
 *
 * There is room: reserve keeps it.
 */
void sctrace_ring_flush_gap(struct sctrace_ring *ring)
{
	if (!ring->gap_lost)
		return;
	write_gap(ring);
	/* A, pairs with B in userspace/lib/source_ring.c, as in commit. */
	smp_store_release(&ring->prod->head, ring->head);
}

/**
 * sctrace_ring_unread() - how much the reader has not taken yet
 * @ring: any ring, from any context
 *
 * Only good for deciding whether to wake: another CPU may be writing.
 *
 * Return: bytes, at most the ring's size, whatever the reader wrote into its page.
 */
u64 sctrace_ring_unread(const struct sctrace_ring *ring)
{
	u64 tail = READ_ONCE(ring->cons->tail), unread;

	/* Or the reader could come past the head that we know. Pairs with its B and C. */
	smp_rmb();
	unread = READ_ONCE(ring->head) - tail;
	return unread <= ring->size ? unread : ring->size;
}

/**
 * sctrace_ring_tail() - how far the reader has come
 * @ring: any ring, from any context
 *
 * Return: what it says, or if that cannot be true, the last good one that is known.
 */
u64 sctrace_ring_tail(const struct sctrace_ring *ring)
{
	u64 good = READ_ONCE(ring->tail), tail = READ_ONCE(ring->cons->tail);

	return tail - good <= READ_ONCE(ring->head) - good ? tail : good;
}
