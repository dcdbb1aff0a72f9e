/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One CPU's ring: the lockless algorithm, of which ring.c says how it works. What every record
 * takes is here, to be compiled into the probes; the rest is there. Its pages come from
 * ring_mem.c.
 */
#ifndef SCTRACE_RING_H
#define SCTRACE_RING_H

#include <linux/compiler.h>
#include <asm/barrier.h>
#include <linux/types.h>

#include <uapi/sctrace.h>

/**
 * struct sctrace_ring - one ring, written on its CPU only, with preemption off
 * @data: data area, mapped twice in a row
 * @mask: its length in bytes less 1, all ones
 * @head: where the next record begins; the shared copy in @prod is written, never read back
 * @limit: up to here records may be written without a look at anything else
 * @attend_at: when @head reaches this, sctrace_ring_attend() is to be called
 * @produced: records that probes asked for
 * @prod: shared page that the module writes
 * @size: the data area's length in bytes, a power of two
 * @tail: the newest good value seen in @cons; with @overwrite: the oldest record that is there
 * @wake_at: when @head reaches this, the reader is woken
 * @watermark: unread bytes at which the reader wants to be woken
 * @gate: unread bytes at which tasks are to wait for the reader; 0: never
 * @overwrite: the oldest records make room for new ones
 * @lost: of @produced, how many found no room
 * @overwritten: of @produced, how many are not there any more, with @overwrite
 * @gap_lost: of @lost, how many are in no gap record yet
 * @gap_since: time of the first of these
 * @gap_until: time of the last of these
 * @cons: shared page that the reader writes: never trusted
 * @pages: ring_mem.c's
 * @nr_pages: ring_mem.c's
 */
struct sctrace_ring {
	/* What each record takes: one cache line. */
	u8 *data;
	u64 mask;
	u64 head;
	u64 limit;
	u64 attend_at;
	u64 produced;
	struct sctrace_prod *prod;

	u64 size;
	u64 tail;
	u64 wake_at;
	u64 watermark;
	u64 gate;
	bool overwrite;
	u64 lost;
	u64 overwritten;
	u64 gap_lost;
	u64 gap_since;
	u64 gap_until;
	struct sctrace_cons *cons;
	struct page **pages;
	unsigned int nr_pages;
};

/* What sctrace_ring_attend() has found. */
#define SCTRACE_RING_WAKE	0x01	/* the reader should be woken */
#define SCTRACE_RING_FILLED	0x02	/* it is behind: whoever may wait should */

void sctrace_ring_init(struct sctrace_ring *ring, enum sctrace_mode mode, u64 watermark);
bool sctrace_ring_make_room(struct sctrace_ring *ring, u32 max, u64 now);
u32 sctrace_ring_room(struct sctrace_ring *ring, u32 max);
void sctrace_ring_abandon(struct sctrace_ring *ring);
unsigned int sctrace_ring_attend(struct sctrace_ring *ring);
void sctrace_ring_flush_gap(struct sctrace_ring *ring);
u64 sctrace_ring_tail(const struct sctrace_ring *ring);
u64 sctrace_ring_unread(const struct sctrace_ring *ring);

/* Whether there is room for @max bytes, as far as a single look can tell. */
static __always_inline bool sctrace_ring_is_free(const struct sctrace_ring *ring, u32 max)
{
	return ring->head + max <= ring->limit;
}

/* Begins a record where there is room for it. Context and return: as sctrace_ring_reserve(). */
static __always_inline void *sctrace_ring_begin(struct sctrace_ring *ring)
{
	WRITE_ONCE(ring->produced, ring->produced + 1);
	return ring->data + (ring->head & ring->mask);
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
static __always_inline void *sctrace_ring_reserve(struct sctrace_ring *ring, u32 max, u64 now)
{
	if (unlikely(!sctrace_ring_is_free(ring, max)) && !sctrace_ring_make_room(ring, max, now))
		return NULL;
	return sctrace_ring_begin(ring);
}

/**
 * sctrace_ring_commit() - hand the reserved record to the reader
 * @ring: as for sctrace_ring_reserve()
 * @size: the record's length in bytes, a multiple of 8, at most what was reserved or
 * what sctrace_ring_room() said after that
 *
 * Context: as sctrace_ring_reserve(), without preemption in between.
 * Return: whether sctrace_ring_attend() is to be called.
 */
static __always_inline bool sctrace_ring_commit(struct sctrace_ring *ring, u32 size)
{
	u64 head = ring->head + size;

	/* Other CPUs look at it, too: sctrace_ring_unread(). */
	WRITE_ONCE(ring->head, head);
	/* A, pairs with B in userspace/lib/source_ring.c: the record is whole before it is seen. */
	smp_store_release(&ring->prod->head, head);
	/* E, pairs with B in the second look of userspace/lib/order.c: causes first. */
	smp_wmb();
	return unlikely(head >= ring->attend_at);
}

#endif
