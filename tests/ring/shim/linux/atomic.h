/* SPDX-License-Identifier: GPL-2.0-only */
/* For module/rate.c. */
#ifndef SHIM_LINUX_ATOMIC_H
#define SHIM_LINUX_ATOMIC_H

#include <linux/compiler.h>

/* What another CPU does just before a cmpxchg; the test defines it. */
void shim_before_cmpxchg(void);

#define cmpxchg(p, old, new) \
	(shim_before_cmpxchg(), __sync_val_compare_and_swap(p, old, new))

#endif
