// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ring algorithm: one producer, one consumer, discard when full.
 *
 *	module, on the ring's CPU			reader
 *
 *	  D  load tail (only when it looks full)	  B  load head
 *	     write records				     read records
 *	  A  store head					  C  store tail
 *	  E  go on
 *
 * A pairs with B, C with D, E with B of another ring; the contract is in <uapi/sctrace.h>. The
 * module runs with preemption off and never from an interrupt, so on its side plain loads and
 * stores of its own fields are enough.
 *
 * A GAP record's worth of room is always kept free. So the records that were lost last can be told
 * of when the session stops, even if the reader never takes another byte.
 *
 * This file is also compiled in user space (tests/ring/): it includes nothing beyond ring.h.
 */
#include "ring.h"

#define GAP_BYTES	((u32)sizeof(struct sctrace_rec_gap))

/* Takes over the reader's tail if it can be true. */
static void refresh_tail(struct sctrace_ring *ring)
{
	/* D, pairs with C in userspace/lib/source_ring.c: below tail may be overwritten. */
	u64 tail = smp_load_acquire(&ring->cons->tail);

	if (tail - ring->tail <= ring->head - ring->tail && !(tail & 7))
		ring->tail = tail;
}

static bool has_room(const struct sctrace_ring *ring, u64 bytes)
{
	return ring->head + bytes - ring->tail <= ring->size;
}

/* Other CPUs look at head too: sctrace_ring_unread(). */
static void advance(struct sctrace_ring *ring, u32 bytes)
{
	WRITE_ONCE(ring->head, ring->head + bytes);
}

static void write_gap(struct sctrace_ring *ring)
{
	struct sctrace_rec_gap *gap = (void *)(ring->data + (ring->head & (ring->size - 1)));

	*gap = (struct sctrace_rec_gap) {
		.hdr = {
			.words = GAP_BYTES / 8,
			.type = SCTRACE_REC_GAP,
			.time = ring->gap_since,
		},
		.lost = ring->gap_lost,
		.until = ring->gap_until,
		.cause = SCTRACE_GAP_FULL,
	};
	advance(ring, GAP_BYTES);
	ring->gap_lost = 0;
}

static void count_lost(struct sctrace_ring *ring, u64 now)
{
	if (!ring->gap_lost)
		ring->gap_since = now;
	ring->gap_until = now;
	ring->gap_lost++;
	WRITE_ONCE(ring->lost, ring->lost + 1);
}

/**
 * sctrace_ring_reserve() - find room for one record
 * @ring: the ring of this CPU
 * @max: length in bytes that the record is sure to have room for, a multiple of 8, at most half of
 * the ring
 * @now: the record's time, ns
 *
 * Context: preemption off; no interrupts, no nesting.
 * Return: where to write, 8-byte aligned and contiguous; to be followed by one
 * sctrace_ring_commit() or sctrace_ring_abandon(). NULL if there is no room: the record is counted
 * as lost.
 */
void *sctrace_ring_reserve(struct sctrace_ring *ring, u32 max, u64 now)
{
	u64 need = (u64)max + GAP_BYTES;

	WRITE_ONCE(ring->produced, ring->produced + 1);
	if (unlikely(ring->gap_lost))
		need += GAP_BYTES;
	if (unlikely(!has_room(ring, need))) {
		refresh_tail(ring);
		if (!has_room(ring, need)) {
			count_lost(ring, now);
			return NULL;
		}
	}
	if (unlikely(ring->gap_lost))
		write_gap(ring);
	return ring->data + (ring->head & (ring->size - 1));
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
	if (!has_room(ring, (u64)max + GAP_BYTES)) {
		refresh_tail(ring);
		if (!has_room(ring, (u64)max + GAP_BYTES))
			return ring->size - (ring->head - ring->tail) - GAP_BYTES;
	}
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
 * sctrace_ring_commit() - hand the reserved record to the reader
 * @ring: as for sctrace_ring_reserve()
 * @size: the record's length in bytes, a multiple of 8, at most what was reserved or
 * what sctrace_ring_room() said after that
 *
 * Context: as sctrace_ring_reserve(), without preemption in between.
 * Return: whether the reader should be woken: once each watermark.
 */
bool sctrace_ring_commit(struct sctrace_ring *ring, u32 size)
{
	advance(ring, size);
	/* A, pairs with B in userspace/lib/source_ring.c: the record is whole before it is seen. */
	smp_store_release(&ring->prod->head, ring->head);
	/* E, pairs with B in the second look of userspace/lib/order.c: causes first. */
	smp_wmb();
	if (likely(ring->head < ring->wake_at))
		return false;
	ring->wake_at = ring->head + ring->watermark;
	return true;
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
	u64 unread = READ_ONCE(ring->head) - READ_ONCE(ring->cons->tail);

	return unread <= ring->size ? unread : ring->size;
}
