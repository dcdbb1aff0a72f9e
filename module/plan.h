/* SPDX-License-Identifier: GPL-2.0-only */
/* Capture plans as the probes use them: checked, and found by call number. */
#ifndef SCTRACE_PLAN_H
#define SCTRACE_PLAN_H

#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/nospec.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/sctrace.h>

/*
 * A record that may become longer is made if there is room for this much of it, and cut where the
 * room ends. So calls with large plans do not lose their records long before the ring is full.
 */
#define SCTRACE_RECORD_SURE_BYTES	8192U

/* All six arguments are written into an ENTER; what the call does not have is written over. */
#define SCTRACE_ENTER_LEAST_BYTES	(sizeof(struct sctrace_hdr) + 7 * sizeof(u64))

/**
 * struct sctrace_call - what to record of one call
 * @enter: what its ENTER begins with: the first eight bytes of struct sctrace_hdr, with the length
 *	that it has without pieces
 * @exit: the same of its EXIT
 * @whole: the same of its CALL
 * @enter_sure: bytes that there must be room for to make an ENTER
 * @exit_sure: the same of its EXIT
 * @whole_sure: the same of its CALL
 * @has_paths: it, or a variant of it, has @path_steps; not of variants
 * @nr_args: words to record
 * @nr_enter: how many of its steps are for the entry; they come first
 * @nr_steps: all of them
 * @first: index of the first step
 * @select: which of the plans' selects it has, counted from 1; 0: all calls are recorded so
 * @enter_max: bytes its ENTER can have, at most the session's limit
 * @exit_max: the same of its EXIT, second tries of entry steps included, and of its LATE
 * @path_steps: bit n: step n is to be run to compare its paths with the filter's
 * @lean_enter: its steps for the entry are such as capture_lean.h runs
 * @lean_exit: the same of the others
 */
struct sctrace_call {
	u64 enter;
	u64 exit;
	u64 whole;
	u32 enter_sure;
	u32 exit_sure;
	u32 whole_sure;
	bool has_paths;
	u8 nr_args;
	u8 nr_enter;
	u8 nr_steps;
	u16 first;
	u16 select;
	u32 enter_max;
	u32 exit_max;
	u32 path_steps;
	bool lean_enter;
	bool lean_exit;
	/* A power of two: an entry is found by a shift. */
	u16 unused[3];
};

static_assert(sizeof(struct sctrace_call) == 64);

/**
 * struct sctrace_variant - a plan for certain values of an argument
 * @value: what the masked argument must be
 * @plan: the plan's index in the list it came from
 * @call: what to record then
 */
struct sctrace_variant {
	u32 value;
	u32 plan;
	struct sctrace_call call;
};

/**
 * struct sctrace_select - how one call's variants are told apart
 * @mask: which of the argument's lower 32 bits decide
 * @arg: which argument
 * @first: index of its first variant; they lie together, by value
 * @nr: how many it has
 */
struct sctrace_select {
	u32 mask;
	u8 arg;
	u32 first;
	u32 nr;
};

/**
 * struct sctrace_plans - all calls of a session
 * @calls: by ABI and number
 * @others: by ABI: numbers that have no place there
 * @sigreturns: by ABI: those that return from a call whose number is wiped out
 * @steps: the steps they refer to
 * @selects: of the calls that have variants
 * @variants: of all of these
 * @record_max: bytes that no record exceeds
 */
struct sctrace_plans {
	struct sctrace_call (*calls)[SCTRACE_MAX_NR];
	struct sctrace_call others[SCTRACE_ABI_COUNT];
	struct sctrace_call sigreturns[SCTRACE_ABI_COUNT];
	struct sctrace_step *steps;
	struct sctrace_select *selects;
	struct sctrace_variant *variants;
	u32 record_max;
};

int sctrace_plan_init(struct sctrace_plans *plans, const struct sctrace_plan *list, u32 nr_plans,
		      const struct sctrace_step *steps, u32 nr_steps, u32 ring_bytes,
		      u32 *bad_array, u32 *bad);
void sctrace_plan_free(struct sctrace_plans *plans);
const struct sctrace_call *sctrace_plan_variant(const struct sctrace_plans *plans,
						const struct sctrace_call *call,
						const unsigned long *args);

/**
 * sctrace_plan_find() - what to record of a call, unless its arguments decide
 * @plans: the session's
 * @abi: how it is made
 * @nr: its number, of any value
 *
 * Return: the general plan. If that has a select, sctrace_plan_variant() is to be asked.
 */
static inline const struct sctrace_call *sctrace_plan_find(const struct sctrace_plans *plans,
							   u8 abi, unsigned long nr)
{
	if (unlikely(nr >= SCTRACE_MAX_NR))
		return nr == -1UL ? &plans->sigreturns[abi] : &plans->others[abi];
	/* The number is the task's own: not, while the CPU guesses, to other memory. */
	return &plans->calls[abi][array_index_nospec(nr, SCTRACE_MAX_NR)];
}

/* The same of a number below SCTRACE_MAX_NR of the machine's own table. */
static __always_inline
const struct sctrace_call *sctrace_plan_find_plain(const struct sctrace_plans *plans,
						   unsigned long nr)
{
	const struct sctrace_call *call =
		&plans->calls[SCTRACE_ABI_NATIVE][array_index_nospec(nr, SCTRACE_MAX_NR)];

	/* Or the compiler finds it anew each time. */
	OPTIMIZER_HIDE_VAR(call);
	return call;
}

/* What a CALL can have, in bytes: the second tries of entry steps are its only ones. */
static inline u32 sctrace_plan_whole_max(u32 record_max, u32 exit_max)
{
	return min_t(u32, sizeof(struct sctrace_rec_call) + 7 * sizeof(u64) + exit_max, record_max);
}

#endif
