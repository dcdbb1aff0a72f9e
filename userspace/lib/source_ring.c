/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One CPU's ring, read in place. */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "barrier.h"
#include "record.h"
#include "source_ring.h"

/* 0, or a negative errno; -ENXIO: this CPU has no ring. Nothing stays mapped on error. */
int sct_ring_map(struct sct_ring *ring, int fd, unsigned int cpu, uint64_t size, size_t page_bytes)
{
	uint8_t *area;
	void *cons;

	area = mmap(NULL, page_bytes + 2 * size, PROT_READ, MAP_SHARED, fd, SCTRACE_MMAP_RING(cpu));
	if (area == MAP_FAILED)
		return -errno;
	cons = mmap(NULL, page_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, SCTRACE_MMAP_CONS(cpu));
	if (cons == MAP_FAILED) {
		int err = -errno;

		munmap(area, page_bytes + 2 * size);
		return err;
	}
	*ring = (struct sct_ring) {
		.cpu = cpu,
		.fd = fd,
		.size = size,
		.page_bytes = page_bytes,
		.prod = (const struct sctrace_prod *)area,
		.data = area + page_bytes,
		.cons = cons,
	};
	return 0;
}

void sct_ring_unmap(struct sct_ring *ring)
{
	munmap((void *)ring->prod, ring->page_bytes + 2 * ring->size);
	munmap(ring->cons, ring->page_bytes);
}

/* How far the module has written. */
uint64_t sct_ring_head(const struct sct_ring *ring)
{
	return sct_load_acquire(&ring->prod->head);	/* B, pairs with A in module/ring.h */
}

/*
 * The record at ring->pos, without moving on. 1: *rec is it. 0: it lies beyond head. -EPROTO:
 * what is there is no record.
 */
int sct_ring_peek(const struct sct_ring *ring, uint64_t head, struct sct_record *rec)
{
	uint64_t avail = head - ring->pos;
	int err;

	if (!avail)
		return 0;
	if (avail > ring->size)
		return -EPROTO;
	err = sct_record_parse(rec, ring->data + (ring->pos & (ring->size - 1)), avail);
	rec->cpu = ring->cpu;
	return err ? err : 1;
}

/* Moves on behind rec, which sct_ring_peek() has returned. Its bytes stay until sct_ring_release(). */
void sct_ring_advance(struct sct_ring *ring, const struct sct_record *rec)
{
	ring->pos += rec->hdr->words * 8u;
}

/* Lets the module write over everything before ring->pos. */
void sct_ring_release(struct sct_ring *ring)
{
	if (ring->freed == ring->pos)
		return;
	ring->freed = ring->pos;
	sct_store_release(&ring->cons->tail, ring->pos);	/* C, pairs with D in module/ring.c */
	sct_full_barrier();	/* I, pairs with H in module/room.c: then the look who waits */
	if (sct_load_relaxed(&ring->prod->waiting))
		ioctl(ring->fd, SCTRACE_IOC_ROOM);
}

/* To the oldest record of an OVERWRITE ring, which nobody writes any more. */
void sct_ring_to_oldest(struct sct_ring *ring)
{
	/* Records begin at whole words, whatever it says. The load pairs with the stop's end. */
	ring->pos = sct_load_acquire(&ring->prod->oldest) & ~7ull;
}

/*
 * Copies what an OVERWRITE ring holds now, while the module may be writing: positions *from to *end, to
 * to[0 .. *end - *from). to has room for ring->size bytes. false: nothing is left of what there was.
 */
bool sct_ring_snapshot(const struct sct_ring *ring, uint8_t *to, uint64_t *from, uint64_t *end)
{
	/* Pairs with the release in sctrace_ring_commit(): A. */
	uint64_t first = sct_load_acquire(&ring->prod->oldest), oldest;
	uint64_t head = sct_ring_head(ring);
	uint64_t len;

	/* Between the two looks it can have come round. */
	if (head - first > ring->size)
		first = head - ring->size;
	len = head - first;
	memcpy(to, ring->data + (first & (ring->size - 1)), len);
	sct_read_barrier();	/* G, pairs with F in module/ring.c: what lies below oldest now is void */
	oldest = sct_load_relaxed(&ring->prod->oldest);
	/* It only grows, up to the head; else nobody knows what was copied. */
	if (oldest > head || oldest < first)
		oldest = head;
	/* Records begin there; where they begin before that is not known. */
	if (oldest > first)
		memmove(to, to + (oldest - first), head - oldest);
	*from = oldest;
	*end = head;
	return oldest < head;
}
