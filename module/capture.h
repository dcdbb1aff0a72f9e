/* SPDX-License-Identifier: GPL-2.0-only */
/* Copies what a call names: its words, and user memory by plan. */
#ifndef SCTRACE_CAPTURE_H
#define SCTRACE_CAPTURE_H

#include <linux/types.h>

#include <uapi/sctrace.h>

void *sctrace_capture_step(void *to, const struct sctrace_step *step, const unsigned long *args,
			   long result, u8 flags);

/* Whether a step that was just captured ran into a page that could not be read. */
static inline bool sctrace_capture_faulted(const void *piece, const void *end)
{
	return piece != end && (((const struct sctrace_piece *)piece)->flags & SCTRACE_PIECE_FAULT);
}

#endif
