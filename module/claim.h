/* SPDX-License-Identifier: GPL-2.0-only */
/* Items of a pool that is made in advance, told by a bitmap: probes must not allocate. */
#ifndef SCTRACE_CLAIM_H
#define SCTRACE_CLAIM_H

#include <linux/bitmap.h>
#include <linux/bitops.h>

/* Any context. Return: number of an item from @from on that is the caller's now; -1: none is. */
static inline int sctrace_claim(unsigned long *used, unsigned int from, unsigned int end)
{
	for (; (from = find_next_zero_bit(used, end, from)) < end; from++) {
		/* Pairs with clear_bit_unlock() in sctrace_unclaim(). */
		if (!test_and_set_bit_lock(from, used))
			return from;
	}
	return -1;
}

/* Whoever claims the item next finds that its last user has done with it. */
static inline void sctrace_unclaim(unsigned long *used, unsigned int i)
{
	/* Pairs with test_and_set_bit_lock() in sctrace_claim(). */
	clear_bit_unlock(i, used);
}

#endif
