/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All CPUs' records in one order: docs/ORDERING.md. */
#ifndef SCT_ORDER_H
#define SCT_ORDER_H

#include "source_ring.h"

/* A ring in the merge: what may be taken, and what comes first. */
struct sct_lane {
	struct sct_ring *ring;
	uint64_t safe;			/* records below this may be taken: the first look */
	uint64_t seen;			/* records below this are known: the second look */
	uint64_t tapped;		/* records below this have been given to .tap */
	bool has_next;
	struct sct_record next;
};

/* A lane and the time of its next record, in the heap. */
struct sct_coming {
	uint64_t time;
	struct sct_lane *lane;
};

/* What comes later than this before a round may not be all there is of its time. */
#define SCT_ORDER_HOLD_NS 1000000

struct sct_order {
	struct sct_lane *lanes;
	unsigned int nr_lanes;
	struct sct_lane *taken;		/* whose record the caller holds */
	struct sct_coming *heap;	/* of this round: lanes with a record, the earliest one first */
	unsigned int nr_heap;
	bool heaped;			/* the heap is of this round */
	uint64_t horizon;		/* records of this time or later wait for the next round, ns */
	bool round;			/* a round is under way */
	bool held_back;			/* the last round left something that it had seen */
	bool last;			/* no probe writes any more: everything may be taken */
	/* Sets .safe and .seen of all lanes, and .horizon, in place of looks at rings' heads. NULL: none. */
	int (*refill)(void *of, struct sct_order *order);
	/* Takes what has become safe before anybody else does; time: of the round. NULL: none. */
	int (*tap)(void *of, struct sct_order *order, uint64_t time);
	void *of;
};

int sct_order_init(struct sct_order *order, struct sct_ring *rings, unsigned int nr_rings);
void sct_order_restart(struct sct_order *order);
void sct_order_free(struct sct_order *order);
uint64_t sct_order_now(void);
int sct_order_next(struct sct_order *order, struct sct_record *rec);

#endif
