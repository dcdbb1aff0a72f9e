/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SCTRACE_RING_MEM_H
#define SCTRACE_RING_MEM_H

#include "ring.h"

struct vm_area_struct;

struct sctrace_ring *sctrace_ring_mem_alloc(int cpu, u32 bytes);
void sctrace_ring_mem_free(struct sctrace_ring *ring);
int sctrace_ring_mem_map(struct sctrace_ring *ring, struct vm_area_struct *vma);
int sctrace_ring_mem_map_cons(struct sctrace_ring *ring, struct vm_area_struct *vma);

#endif
