// SPDX-License-Identifier: GPL-2.0-only
#include <linux/tracepoint.h>

static inline bool probe(struct tracepoint *tp)
{
	return tracepoint_is_faultable(tp);
}
