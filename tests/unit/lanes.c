// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "lanes.h"

int lanes_setup(void **state)
{
	struct lanes *l = calloc(1, sizeof(*l));
	unsigned int i;

	if (!l)
		return -1;
	for (i = 0; i < NR_LANES; i++)
		l->rings[i] = (struct sct_ring) {
			.cpu = i,
			.size = LANE_BYTES,
			.prod = &l->prod[i],
			.cons = &l->cons[i],
			.data = l->data[i],
		};
	*state = l;
	return 0;
}

int lanes_teardown(void **state)
{
	free(*state);
	return 0;
}

/* Writes bytes, which lanes_show() then shows to the reader. */
void lanes_write(struct lanes *l, unsigned int lane, const void *bytes, size_t n)
{
	const uint8_t *from = bytes;

	while (n--) {
		uint64_t at = l->head[lane]++ & (LANE_BYTES - 1);

		l->data[lane][at] = *from;
		l->data[lane][at + LANE_BYTES] = *from++;
	}
}

/* The same for a record of this time with a number to know it by. */
void lanes_put(struct lanes *l, unsigned int lane, uint64_t time, uint32_t id)
{
	struct sctrace_rec_task_exit rec = {
		.hdr = {
			.words = REC_BYTES / 8,
			.type = SCTRACE_REC_TASK_EXIT,
			.tid = id,
			.tgid = id,
			.time = time,
		},
	};

	lanes_write(l, lane, &rec, sizeof(rec));
}

void lanes_show(struct lanes *l, unsigned int lane)
{
	l->prod[lane].head = l->head[lane];
}
