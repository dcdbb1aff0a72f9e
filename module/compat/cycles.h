/* SPDX-License-Identifier: GPL-2.0-only */
/* The counter that the kernel's clock may be made of, where reading it takes a few instructions. */
#ifndef SCTRACE_COMPAT_CYCLES_H
#define SCTRACE_COMPAT_CYCLES_H

#include <linux/timekeeping.h>
#include <linux/types.h>

#if defined(CONFIG_X86_64)

#include <asm/tsc.h>

#define SCTRACE_HAS_CYCLES	1

/*
 * The upper half of a product. Not by __int128, for which the compiler would align the stack, even
 * if nothing of it comes to lie there.
 */
static __always_inline u64 sctrace_mul_high(u64 a, u64 b)
{
	u64 high;

	asm("mulq %2" : "+a" (a), "=d" (high) : "rm" (b) : "cc");
	return high;
}

/* Any context. Not before what the program's order has before it. */
static __always_inline u64 sctrace_cycles(void)
{
	return rdtsc_ordered();
}

#else

/* On arm64 reading it may need a workaround for the machine: the kernel's clock has that. */
#define SCTRACE_HAS_CYCLES	0

static __always_inline u64 sctrace_mul_high(u64 a, u64 b)
{
	return 0;
}

static __always_inline u64 sctrace_cycles(void)
{
	return 0;
}

#endif

/*
 * What the counter of the kernel's clock says, whichever that is. ktime_get_snapshot() has become
 * ktime_get_snapshot_id(), with a clock to choose, by 7.3; may go when 7.2 is gone.
 */
static inline u64 sctrace_clock_cycles(void)
{
	struct system_time_snapshot snapshot;

#ifdef SCTRACE_HAVE_KTIME_GET_SNAPSHOT_ID
	ktime_get_snapshot_id(CLOCK_MONOTONIC, &snapshot);
#else
	ktime_get_snapshot(&snapshot);
#endif
	return snapshot.cycles;
}

#endif
