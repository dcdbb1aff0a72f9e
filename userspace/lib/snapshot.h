/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What rings that overwrite hold at a moment, into a capture file. */
#ifndef SCT_SNAPSHOT_H
#define SCT_SNAPSHOT_H

#include <sctrace/capture.h>

#include "source_ring.h"

int sct_snapshot_rings(struct sct_capture *c, const struct sct_ring *rings, unsigned int nr);

#endif
