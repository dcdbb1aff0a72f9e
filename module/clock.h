/* SPDX-License-Identifier: GPL-2.0-only */
/* The time of records. */
#ifndef SCTRACE_CLOCK_H
#define SCTRACE_CLOCK_H

#include <linux/ktime.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

#include "compat/cycles.h"

/**
 * struct sctrace_clock_line - CLOCK_MONOTONIC as a straight line
 * @cycles: where it begins
 * @ns: the time there
 * @slope: ns a cycle, times 2^56
 */
struct sctrace_clock_line {
	u64 cycles;
	u64 ns;
	u64 slope;
};

/* NULL: the kernel's clock is to be asked. */
extern struct sctrace_clock_line __rcu *sctrace_clock_line;

int sctrace_clock_begin(void);
void sctrace_clock_end(void);

/* Return: the time where the counter is at @cycles; before the line begins, what it begins with. */
static __always_inline
u64 sctrace_clock_on(const struct sctrace_clock_line *line, u64 cycles)
{
	s64 since = cycles - line->cycles;

	/* A machine that was moved to another one: until the next look. */
	if (unlikely(since < 0))
		since = 0;
	return line->ns + sctrace_mul_high((u64)since << 8, line->slope);
}

/* Preemption is off, and stays so while the line is used. */
static __always_inline const struct sctrace_clock_line *sctrace_clock_find(void)
{
	return SCTRACE_HAS_CYCLES ?
		rcu_dereference_check(sctrace_clock_line, !preemptible()) : NULL;
}

/* @line: as found. Return: CLOCK_MONOTONIC, ns; ordered across CPUs. */
static __always_inline u64 sctrace_clock_by(const struct sctrace_clock_line *line)
{
	return likely(line) ? sctrace_clock_on(line, sctrace_cycles()) : ktime_get_ns();
}

/* Preemption is off. Return: as above. */
static __always_inline u64 sctrace_clock(void)
{
	return sctrace_clock_by(sctrace_clock_find());
}

#endif
