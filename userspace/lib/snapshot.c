/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What rings that overwrite hold at a moment, into a capture file.
 *
 * Each ring reaches as far back as its CPU was quiet. Before the time from which on all of them have
 * everything, a task that went from one CPU to another would have holes: what is older is left out. So is
 * what is younger than the moment itself, since rings are copied one after the other.
 */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "order.h"
#include "snapshot.h"

struct copy {
	uint8_t *bytes;
	uint64_t from;			/* position of the first one */
	uint64_t len;
};

static const struct sctrace_hdr *record_at(const struct copy *copy, uint64_t at)
{
	const struct sctrace_hdr *hdr = (const void *)(copy->bytes + at);

	if (copy->len - at < sizeof(*hdr) || hdr->words * 8u < sizeof(*hdr) || hdr->words * 8u > copy->len - at)
		return NULL;
	return hdr;
}

static int take(struct copy *copies, const struct sct_ring *rings, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		uint64_t end;

		copies[i].bytes = malloc(rings[i].size);
		if (!copies[i].bytes)
			return -ENOMEM;
		if (sct_ring_snapshot(&rings[i], copies[i].bytes, &copies[i].from, &end))
			copies[i].len = end - copies[i].from;
	}
	return 0;
}

/* From when on nothing is missing. 0 if nothing was ever overwritten. -EPROTO: see record_at(). */
static int find_begin(const struct copy *copies, unsigned int nr, uint64_t *begin)
{
	unsigned int i;

	*begin = 0;
	for (i = 0; i < nr; i++) {
		const struct sctrace_hdr *hdr;

		if (!copies[i].from || !copies[i].len)
			continue;
		hdr = record_at(&copies[i], 0);
		if (!hdr)
			return -EPROTO;
		if (hdr->time > *begin)
			*begin = hdr->time;
	}
	return 0;
}

/* Within a ring times do not decrease. */
static int put(struct sct_capture *c, unsigned int cpu, const struct copy *copy, uint64_t begin, uint64_t end)
{
	uint64_t first = 0, at;

	for (at = 0; at < copy->len;) {
		const struct sctrace_hdr *hdr = record_at(copy, at);

		if (!hdr)
			return -EPROTO;
		if (hdr->time > end)
			break;
		at += hdr->words * 8u;
		if (hdr->time < begin)
			first = at;
	}
	return at > first ? sct_capture_block(c, cpu, copy->bytes + first, at - first) : 0;
}

/* 0, or a negative errno; -EPROTO: a ring holds what is no record. */
int sct_snapshot_rings(struct sct_capture *c, const struct sct_ring *rings, unsigned int nr)
{
	const struct timespec settle = { .tv_nsec = SCT_ORDER_HOLD_NS };
	struct copy *copies = calloc(nr, sizeof(*copies));
	uint64_t begin, end = sct_order_now();
	unsigned int i;
	int err;

	if (!copies)
		return -ENOMEM;
	nanosleep(&settle, NULL);
	err = take(copies, rings, nr);
	if (!err)
		err = find_begin(copies, nr, &begin);
	if (!err)
		err = sct_capture_round(c, end);
	for (i = 0; i < nr && !err; i++)
		err = put(c, rings[i].cpu, &copies[i], begin, end);
	for (i = 0; i < nr; i++)
		free(copies[i].bytes);
	free(copies);
	return err;
}
