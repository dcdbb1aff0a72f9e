/* SPDX-License-Identifier: GPL-2.0-only */
/* For module/plan.c and rate.c: the kernel's memory is the C library's. */
#ifndef SHIM_LINUX_SLAB_H
#define SHIM_LINUX_SLAB_H

#include <stdlib.h>

#define GFP_KERNEL		0
#define GFP_KERNEL_ACCOUNT	0

#define kvcalloc(n, size, gfp)	((void)(gfp), calloc(n, size))
#define kvfree(p)		free((void *)(p))

#endif
