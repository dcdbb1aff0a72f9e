/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader's side of the ordering contract in <uapi/sctrace.h>: all its barriers are here. */
#ifndef SCT_BARRIER_H
#define SCT_BARRIER_H

/* B, pairs with A in module/ring.h. */
#define sct_load_acquire(p)	__atomic_load_n(p, __ATOMIC_ACQUIRE)

/* C, pairs with D in module/ring.c. */
#define sct_store_release(p, v)	__atomic_store_n(p, v, __ATOMIC_RELEASE)

/* I, pairs with H in module/room.c. */
#define sct_full_barrier()	__atomic_thread_fence(__ATOMIC_SEQ_CST)

/* G, pairs with F in module/ring.c: reads before it are done before those after it. */
#define sct_read_barrier()	__atomic_thread_fence(__ATOMIC_ACQUIRE)

/* Of words that a barrier beside it orders. */
#define sct_load_relaxed(p)	__atomic_load_n(p, __ATOMIC_RELAXED)

#endif
