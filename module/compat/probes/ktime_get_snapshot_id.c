// SPDX-License-Identifier: GPL-2.0-only
#include <linux/timekeeping.h>

static inline void probe(struct system_time_snapshot *snapshot)
{
	ktime_get_snapshot_id(CLOCK_MONOTONIC, snapshot);
}
