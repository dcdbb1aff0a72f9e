/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One ring in this process, with both ends of it: the module's and the reader's. */
#ifndef RING_AREA_H
#define RING_AREA_H

#include "ring.h"
#include "source_ring.h"

struct area {
	struct sctrace_ring module;
	struct sct_ring reader;
};

int area_make(struct area *area, u64 bytes, u64 watermark, enum sctrace_mode mode);
void area_free(struct area *area);

#endif
