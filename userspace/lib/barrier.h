/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader's side of the ordering contract in <uapi/sctrace.h>: all its barriers are these two. */
#ifndef SCT_BARRIER_H
#define SCT_BARRIER_H

/* B, pairs with A in module/ring.c. */
#define sct_load_acquire(p)	__atomic_load_n(p, __ATOMIC_ACQUIRE)

/* C, pairs with D in module/ring.c. */
#define sct_store_release(p, v)	__atomic_store_n(p, v, __ATOMIC_RELEASE)

#endif
