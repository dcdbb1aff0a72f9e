/* SPDX-License-Identifier: GPL-2.0-only */
/* Which files the current task's process may execute, and where they lie in its memory. */
#ifndef SCTRACE_MAPS_H
#define SCTRACE_MAPS_H

#include <linux/types.h>

struct sctrace_maps;
struct sctrace_piece;

struct sctrace_maps *sctrace_maps_alloc(void);
void sctrace_maps_free(struct sctrace_maps *maps);
int sctrace_maps_tell(struct sctrace_maps *maps, struct sctrace_piece *piece, u32 max, u32 room,
		      bool may_sleep);
void sctrace_maps_forget(struct sctrace_maps *maps);

#endif
