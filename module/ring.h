/* SPDX-License-Identifier: GPL-2.0-only */
/* One CPU's ring: the lockless algorithm. Its pages come from ring_mem.c. */
#ifndef SCTRACE_RING_H
#define SCTRACE_RING_H

#include <linux/compiler.h>
#include <asm/barrier.h>
#include <linux/types.h>

#include <uapi/sctrace.h>

/**
 * struct sctrace_ring - one ring, written on its CPU only, with preemption off
 * @data: data area, mapped twice in a row
 * @size: its length in bytes, a power of two
 * @head: where the next record begins; the shared copy in @prod is written, never read back
 * @tail: the newest good value seen in @cons
 * @wake_at: when @head reaches this, the reader is woken
 * @watermark: unread bytes at which the reader wants to be woken
 * @produced: records that probes asked for
 * @lost: of these, how many found no room
 * @gap_lost: of @lost, how many are in no gap record yet
 * @gap_since: time of the first of these
 * @gap_until: time of the last of these
 * @prod: shared page that the module writes
 * @cons: shared page that the reader writes: never trusted
 * @pages: ring_mem.c's
 * @nr_pages: ring_mem.c's
 */
struct sctrace_ring {
	u8 *data;
	u64 size;
	u64 head;
	u64 tail;
	u64 wake_at;
	u64 watermark;
	u64 produced;
	u64 lost;
	u64 gap_lost;
	u64 gap_since;
	u64 gap_until;
	struct sctrace_prod *prod;
	struct sctrace_cons *cons;
	struct page **pages;
	unsigned int nr_pages;
};

void *sctrace_ring_reserve(struct sctrace_ring *ring, u32 max, u64 now);
u32 sctrace_ring_room(struct sctrace_ring *ring, u32 max);
void sctrace_ring_abandon(struct sctrace_ring *ring);
bool sctrace_ring_commit(struct sctrace_ring *ring, u32 size);
void sctrace_ring_flush_gap(struct sctrace_ring *ring);
u64 sctrace_ring_unread(const struct sctrace_ring *ring);

#endif
