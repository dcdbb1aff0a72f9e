/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All CPUs' records in one order.
 *
 * Work goes in rounds. A round looks at every ring's head twice: first for "safe", then, when all
 * have been looked at, for "seen". Records are taken in order of time from all that are seen,
 * until the earliest one is not safe; that ends the round.
 *
 * Why no record comes before its cause: let record A's call cause record B's (it made the task,
 * wrote the pipe, woke the waiter). A was committed before B's time was taken. If B is safe, A is
 * seen, since the second look at A's ring came after the first at B's; and A's time is not later.
 * So A has been taken before B, or it ends the round before B's turn. The argument at length, and
 * what it rests on: docs/ORDERING.md.
 *
 * That gives causes first, always. To also have unrelated records of different CPUs in order of
 * time, the last SCT_ORDER_HOLD_NS before the round are held back: a probe that had taken its time but not
 * yet committed when we looked commits within them, unless its CPU was taken away for longer.
 *
 * Which lane comes next a heap says: with hundreds of CPUs, a look at each lane for each record would take
 * several times what printing it takes.
 */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "order.h"

/* CLOCK_MONOTONIC, ns. */
uint64_t sct_order_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

/* rings stay the caller's and must outlive the order. 0 or -ENOMEM. */
int sct_order_init(struct sct_order *order, struct sct_ring *rings, unsigned int nr_rings)
{
	unsigned int i;

	*order = (struct sct_order) { .nr_lanes = nr_rings };
	order->lanes = calloc(nr_rings, sizeof(*order->lanes));
	order->heap = calloc(nr_rings, sizeof(*order->heap));
	if (!order->lanes || !order->heap) {
		sct_order_free(order);
		return -ENOMEM;
	}
	for (i = 0; i < nr_rings; i++)
		order->lanes[i].ring = &rings[i];
	return 0;
}

/* The rings' contents are others now: nothing is known of them. */
void sct_order_restart(struct sct_order *order)
{
	unsigned int i;

	for (i = 0; i < order->nr_lanes; i++)
		order->lanes[i] = (struct sct_lane) { .ring = order->lanes[i].ring };
	*order = (struct sct_order) {
		.lanes = order->lanes,
		.nr_lanes = order->nr_lanes,
		.heap = order->heap,
		.refill = order->refill,
		.tap = order->tap,
		.of = order->of,
	};
}

void sct_order_free(struct sct_order *order)
{
	free(order->lanes);
	free(order->heap);
	order->lanes = NULL;
	order->heap = NULL;
}

static int look_at_rings(struct sct_order *order)
{
	uint64_t now = sct_order_now();
	unsigned int i;
	int err;

	order->horizon = order->last ? UINT64_MAX : now - SCT_ORDER_HOLD_NS;
	for (i = 0; i < order->nr_lanes; i++)
		order->lanes[i].safe = sct_ring_head(order->lanes[i].ring);
	err = order->tap ? order->tap(order->of, order, now) : 0;
	for (i = 0; i < order->nr_lanes; i++)
		order->lanes[i].seen = sct_ring_head(order->lanes[i].ring);
	return err;
}

static int begin_round(struct sct_order *order)
{
	int err = order->refill ? order->refill(order->of, order) : look_at_rings(order);

	order->round = !err;
	order->heaped = false;
	order->held_back = false;
	return err;
}

static void end_round(struct sct_order *order)
{
	unsigned int i;

	for (i = 0; i < order->nr_lanes; i++)
		sct_ring_release(order->lanes[i].ring);
	order->round = false;
}

/* Sees to it that the lane knows its next record, if one is seen. */
static int fill(struct sct_lane *lane)
{
	int ret;

	if (lane->has_next)
		return 0;
	ret = sct_ring_peek(lane->ring, lane->seen, &lane->next);
	if (ret < 0)
		return ret;
	lane->has_next = ret > 0;
	return 0;
}

/* At the same time the lower CPU's comes first. */
static bool is_before(const struct sct_coming *a, const struct sct_coming *b)
{
	return a->time < b->time || (a->time == b->time && a->lane < b->lane);
}

/* The lane at i may have to stand further down. */
static void sift_down(struct sct_order *order, unsigned int i)
{
	struct sct_coming *heap = order->heap, moved = heap[i];
	unsigned int child;

	while ((child = 2 * i + 1) < order->nr_heap) {
		if (child + 1 < order->nr_heap && is_before(&heap[child + 1], &heap[child]))
			child++;
		if (!is_before(&heap[child], &moved))
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = moved;
}

static int look_at_lanes(struct sct_order *order)
{
	unsigned int i;

	order->nr_heap = 0;
	for (i = 0; i < order->nr_lanes; i++) {
		struct sct_lane *lane = &order->lanes[i];
		int err = fill(lane);

		if (err)
			return err;
		if (lane->has_next)
			order->heap[order->nr_heap++] = (struct sct_coming) { lane->next.hdr->time, lane };
	}
	for (i = order->nr_heap / 2; i-- > 0;)
		sift_down(order, i);
	order->heaped = true;
	return 0;
}

/* Only the lane in front can have been taken from. */
static int look_at_front(struct sct_order *order)
{
	struct sct_coming *front = order->heap;
	int err = fill(front->lane);

	if (err)
		return err;
	if (front->lane->has_next)
		front->time = front->lane->next.hdr->time;
	else
		*front = order->heap[--order->nr_heap];
	/* Mostly it stays in front. */
	if ((order->nr_heap > 1 && is_before(&front[1], front)) || (order->nr_heap > 2 && is_before(&front[2], front)))
		sift_down(order, 0);
	return 0;
}

/* NULL: no lane has a record. */
static int find_earliest(struct sct_order *order, struct sct_lane **earliest)
{
	int err = 0;

	if (!order->heaped)
		err = look_at_lanes(order);
	else if (order->nr_heap)
		err = look_at_front(order);
	*earliest = order->nr_heap ? order->heap[0].lane : NULL;
	return err;
}

/* The record that the caller had is no longer needed. */
static void drop_taken(struct sct_order *order)
{
	struct sct_lane *lane = order->taken;

	if (!lane)
		return;
	sct_ring_advance(lane->ring, &lane->next);
	lane->has_next = false;
	order->taken = NULL;
	/* Long before the end of a long round the module should have its room back. */
	if (lane->ring->pos - lane->ring->freed > lane->ring->size / 8)
		sct_ring_release(lane->ring);
}

/* 1: *rec is the next record, valid until the next call. 0: the round is over. -EPROTO: see sct_ring_peek(). */
int sct_order_next(struct sct_order *order, struct sct_record *rec)
{
	struct sct_lane *lane;
	int err;

	drop_taken(order);
	err = order->round ? 0 : begin_round(order);
	if (err)
		return err;
	err = find_earliest(order, &lane);
	if (err)
		return err;
	if (lane && lane->ring->pos < lane->safe && lane->next.hdr->time < order->horizon) {
		order->taken = lane;
		*rec = lane->next;
		return 1;
	}
	/* What is seen, but not safe or too new, comes next time. */
	order->held_back = lane;
	end_round(order);
	return 0;
}
