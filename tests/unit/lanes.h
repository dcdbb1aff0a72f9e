/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rings in memory, as the reader sees them; the test is the module. */
#ifndef UNIT_LANES_H
#define UNIT_LANES_H

#include "made.h"
#include "source_ring.h"

#define NR_LANES	3
#define LANE_BYTES	4096
#define REC_BYTES	sizeof(struct sctrace_rec_task_exit)

struct lanes {
	struct sct_ring rings[NR_LANES];
	struct sctrace_prod prod[NR_LANES];
	struct sctrace_cons cons[NR_LANES];
	uint64_t head[NR_LANES];	/* of what is written, shown or not */
	/* Twice in a row, like the real one, by writing everything twice. */
	uint8_t data[NR_LANES][2 * LANE_BYTES] __attribute__((aligned(8)));
};

int lanes_setup(void **state);
int lanes_teardown(void **state);
void lanes_write(struct lanes *l, unsigned int lane, const void *bytes, size_t n);
void lanes_put(struct lanes *l, unsigned int lane, uint64_t time, uint32_t id);
void lanes_show(struct lanes *l, unsigned int lane);

#endif
