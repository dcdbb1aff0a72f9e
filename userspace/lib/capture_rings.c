/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From rings to a capture file, in rounds. A round takes what each ring holds when it comes to it, straight
 * from the ring's memory, and merges nothing: replay does. One look at each head is enough, since all looks
 * of a round come after all of the round before: docs/ORDERING.md.
 */
#include <errno.h>

#include "capture_rings.h"

static int put(struct sct_capture *c, const struct sct_ring *ring, uint64_t from, uint64_t to)
{
	if (to - from > ring->size)
		return -EPROTO;
	return to == from ? 0 : sct_capture_block(c, ring->cpu, ring->data + (from & (ring->size - 1)), to - from);
}

/* 1: there was something. 0, or a negative errno. */
int sct_capture_rings(struct sct_capture *c, struct sct_ring *rings, unsigned int nr)
{
	int err = sct_capture_round(c, sct_order_now()), any = 0;
	unsigned int i;

	for (i = 0; i < nr && !err; i++) {
		struct sct_ring *ring = &rings[i];
		uint64_t head = sct_ring_head(ring);

		err = put(c, ring, ring->pos, head);
		any |= ring->pos != head;
		if (!err)
			ring->pos = head;
		sct_ring_release(ring);
	}
	return err ? err : any;
}

/* For struct sct_order: what it will return has gone into the file before. */
int sct_capture_tap(void *of, struct sct_order *order, uint64_t time)
{
	struct sct_capture *c = of;
	int err = sct_capture_round(c, time);
	unsigned int i;

	for (i = 0; i < order->nr_lanes && !err; i++) {
		struct sct_lane *lane = &order->lanes[i];

		err = put(c, lane->ring, lane->tapped, lane->safe);
		lane->tapped = lane->safe;
	}
	return err;
}
