/* SPDX-License-Identifier: GPL-2.0-only */
/* For module/rate.c: spread as well as the kernel's, by another number. */
#ifndef SHIM_LINUX_HASH_H
#define SHIM_LINUX_HASH_H

#include <linux/types.h>

static inline u32 hash_32(u32 value, unsigned int bits)
{
	return value * 0x9e3779b1u >> (32 - bits);
}

#endif
