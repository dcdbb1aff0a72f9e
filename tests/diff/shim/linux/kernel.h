/* SPDX-License-Identifier: GPL-2.0-only */
/* For module/capture.c, besides what tests/ring/shim has for the others. */
#ifndef SHIM_DIFF_LINUX_KERNEL_H
#define SHIM_DIFF_LINUX_KERNEL_H

#include_next <linux/kernel.h>

#include <endian.h>
#include <limits.h>
#include <stdint.h>

#define U32_MAX			UINT32_MAX
#define U64_MAX			UINT64_MAX
#define PAGE_SIZE		4096UL

#define round_up(x, y)		((((x) - 1) | ((__typeof__(x))((y) - 1))) + 1)
#define round_down(x, y)	((x) & ~((__typeof__(x))((y) - 1)))
#define DIV_ROUND_UP_ULL(n, d)	(((unsigned long long)(n) + (d) - 1) / (d))

#define cpu_to_le64(x)		htole64(x)

#define IS_ERR_VALUE(x)		((unsigned long)(x) >= -4095UL)

#endif
