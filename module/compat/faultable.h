/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tracepoint_is_faultable(): since 6.13. Before that every probe was called with preemption off.
 * May go when 6.12 is gone.
 */
#ifndef SCTRACE_COMPAT_FAULTABLE_H
#define SCTRACE_COMPAT_FAULTABLE_H

#include <linux/tracepoint.h>

#ifndef SCTRACE_HAVE_TRACEPOINT_IS_FAULTABLE
static inline bool tracepoint_is_faultable(struct tracepoint *tp)
{
	return false;
}
#endif

#endif
