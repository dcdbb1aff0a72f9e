// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Rings of which control page and data hold anything, changing while they are read: lib/source_ring.c and lib/order.c.
 * No more is read than a ring has, and no position goes back that the module is told.
 */
#include <errno.h>

#include "input.h"
#include "order.h"

#define RING_BYTES	1024u
#define NR_RINGS	2
#define MOST_RECORDS	(64 * NR_RINGS * RING_BYTES / sizeof(struct sctrace_hdr))

struct control {
	uint64_t head;
	uint64_t oldest;
	uint8_t wraps;			/* of RING_BYTES that came before */
};

/* Near to where it was, mostly. */
static uint64_t position(uint64_t word, uint64_t before)
{
	return word >> 56 ? word : before + word % (2 * RING_BYTES);
}

static void change(struct sctrace_prod *prod, struct input *in)
{
	uint64_t word;

	input_take(in, &word, sizeof(word));
	prod->head = position(word, prod->head);
	prod->oldest = position(word >> 8, prod->oldest);
}

static void make_ring(struct sct_ring *ring, unsigned int cpu, struct input *in)
{
	struct control control;
	uint8_t *data = malloc(2 * RING_BYTES);
	struct sctrace_prod *prod = calloc(1, sizeof(*prod));

	input_take(in, &control, sizeof(control));
	input_take(in, data, RING_BYTES);
	memcpy(data + RING_BYTES, data, RING_BYTES);
	*ring = (struct sct_ring) {
		.cpu = cpu,
		.fd = -1,
		.size = RING_BYTES,
		.prod = prod,
		.data = data,
		.cons = calloc(1, sizeof(*ring->cons)),
		.pos = (uint64_t)control.wraps * RING_BYTES,
	};
	ring->freed = ring->pos;
	ring->cons->tail = ring->pos;
	prod->head = position(control.head, ring->pos);
	prod->oldest = position(control.oldest, ring->pos);
}

static void free_ring(struct sct_ring *ring)
{
	free((void *)ring->prod);
	free((void *)ring->data);
	free(ring->cons);
}

static void snapshot(struct sct_ring *ring)
{
	uint8_t *to = malloc(RING_BYTES);
	uint64_t from, end;

	if (sct_ring_snapshot(ring, to, &from, &end))
		must(end - from && end - from <= RING_BYTES);
	free(to);
}

/* To the end, or as long as the module goes on. */
static void read_all(struct sct_order *order, struct sct_ring *rings, struct input *in)
{
	uint64_t tails[NR_RINGS];
	struct sct_record rec;
	unsigned int n = 0, empty = 0, i;
	int ret = 0;

	while (empty < 4 && n++ < MOST_RECORDS) {
		for (i = 0; i < NR_RINGS; i++)
			tails[i] = rings[i].cons->tail;
		ret = sct_order_next(order, &rec);
		if (ret < 0)
			break;
		if (ret)
			must(rec.hdr->words * 8u <= RING_BYTES && rec.cpu < NR_RINGS);
		for (i = 0; i < NR_RINGS; i++)
			must(rings[i].cons->tail >= tails[i] && rings[i].pos - rings[i].cons->tail <= RING_BYTES);
		if (ret)
			continue;
		empty++;
		change((void *)rings[in->left % NR_RINGS].prod, in);
	}
	must(ret >= 0 || ret == -EPROTO);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct sct_ring rings[NR_RINGS];
	struct sct_order order;
	uint8_t flags = input_byte(&in);
	unsigned int i;

	for (i = 0; i < NR_RINGS; i++) {
		make_ring(&rings[i], i, &in);
		snapshot(&rings[i]);
		if (flags & 1)
			sct_ring_to_oldest(&rings[i]);
		rings[i].cons->tail = rings[i].freed = rings[i].pos;
	}
	must(!sct_order_init(&order, rings, NR_RINGS));
	order.last = flags & 2;
	read_all(&order, rings, &in);
	sct_order_free(&order);
	for (i = 0; i < NR_RINGS; i++)
		free_ring(&rings[i]);
	return 0;
}
