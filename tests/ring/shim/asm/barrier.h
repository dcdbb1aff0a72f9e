/* SPDX-License-Identifier: GPL-2.0-only */
/* The module's barriers. The pairs they make are in <uapi/sctrace.h>. */
#ifndef SHIM_ASM_BARRIER_H
#define SHIM_ASM_BARRIER_H

#define smp_load_acquire(p)	__atomic_load_n(p, __ATOMIC_ACQUIRE)
#define smp_store_release(p, v)	__atomic_store_n(p, v, __ATOMIC_RELEASE)
/* E orders this ring against others, which is cause-e-b.litmus's; ThreadSanitizer knows no fences. */
/* Of looks that decide about waking only. */
#define smp_rmb()		__asm__ volatile("" ::: "memory")
#define smp_wmb()		__asm__ volatile("" ::: "memory")

#endif
