/* SPDX-License-Identifier: GPL-2.0-only */
/* For module/plan.c: the C library's sort, which does not promise to take NULL for no elements. */
#ifndef SHIM_LINUX_SORT_H
#define SHIM_LINUX_SORT_H

#include <stdlib.h>

#define sort(base, n, size, compare, swap) do { \
	if (n) \
		qsort(base, n, size, compare); \
} while (0)

#endif
