/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One CPU's ring, as the reader sees it. */
#ifndef SCT_SOURCE_RING_H
#define SCT_SOURCE_RING_H

#include <sctrace/sctrace.h>

struct sct_ring {
	unsigned int cpu;
	int fd;				/* of the device; the session's */
	uint64_t size;			/* of the data area, bytes */
	size_t page_bytes;
	const struct sctrace_prod *prod;
	const uint8_t *data;
	struct sctrace_cons *cons;
	uint64_t pos;			/* the next record to read */
	uint64_t freed;			/* what the module was told of pos */
};

int sct_ring_map(struct sct_ring *ring, int fd, unsigned int cpu, uint64_t size, size_t page_bytes);
void sct_ring_unmap(struct sct_ring *ring);
uint64_t sct_ring_head(const struct sct_ring *ring);
int sct_ring_peek(const struct sct_ring *ring, uint64_t head, struct sct_record *rec);
void sct_ring_advance(struct sct_ring *ring, const struct sct_record *rec);
void sct_ring_release(struct sct_ring *ring);
void sct_ring_to_oldest(struct sct_ring *ring);
bool sct_ring_snapshot(const struct sct_ring *ring, uint8_t *to, uint64_t *from, uint64_t *end);

#endif
