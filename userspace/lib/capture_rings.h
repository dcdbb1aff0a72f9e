/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From rings to a capture file. */
#ifndef SCT_CAPTURE_RINGS_H
#define SCT_CAPTURE_RINGS_H

#include <sctrace/capture.h>

#include "order.h"

int sct_capture_rings(struct sct_capture *c, struct sct_ring *rings, unsigned int nr);
int sct_capture_tap(void *c, struct sct_order *order, uint64_t time);

#endif
