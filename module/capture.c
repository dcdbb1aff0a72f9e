// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies user memory by plan, straight into the ring.
 *
 * Page faults are off: a page that is not in memory, or not there at all, ends the copy and is
 * marked. Nothing here sleeps, and the work is bounded by the plan.
 */
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/uaccess.h>

#include "capture.h"

/*
 * Return: bytes copied. raw_copy_from_user() and not a checked variant: the target is the ring,
 * whose bounds reserve has seen to, and CONFIG_HARDENED_USERCOPY would look the ring up among all
 * vmalloc areas, under a lock.
 */
static size_t copy_bytes(void *to, unsigned long from, size_t n)
{
	const void __user *user = (const void __user *)from;
	size_t left;

	if (!access_ok(user, n))
		return 0;
	pagefault_disable();
	left = raw_copy_from_user(to, user, n);
	pagefault_enable();
	return n - left;
}

static void string(struct sctrace_piece *piece, unsigned long from, u32 max)
{
	long n;

	pagefault_disable();
	n = strncpy_from_user((char *)(piece + 1), (const char __user *)from, max);
	pagefault_enable();
	if (n < 0) {
		piece->flags |= SCTRACE_PIECE_FAULT;
		return;
	}
	piece->len = n;
	if (n == max)
		piece->flags |= SCTRACE_PIECE_CUT;
	else
		piece->wanted = n;
}

static void bytes(struct sctrace_piece *piece, unsigned long from, u64 wanted, u32 max)
{
	u32 n = min_t(u64, wanted, max);

	piece->wanted = min_t(u64, wanted, U32_MAX);
	if (wanted > max)
		piece->flags |= SCTRACE_PIECE_CUT;
	piece->len = copy_bytes(piece + 1, from, n);
	if (piece->len < n)
		piece->flags |= SCTRACE_PIECE_FAULT;
}

static u64 wanted_bytes(const struct sctrace_step *step, const unsigned long *args, long result)
{
	switch (step->len_from) {
	case SCTRACE_LEN_ARG:
		return args[step->len_arg];
	case SCTRACE_LEN_RESULT:
		return result > 0 ? result : 0;
	default:
		return step->max;
	}
}

/**
 * sctrace_capture_step() - run one step of a plan
 * @to: where the piece goes, 8-byte aligned, with room for the step's maximum
 * @step: a step that sctrace_plan_init() has accepted
 * @args: the call's six arguments
 * @result: its result, for an exit step
 * @flags: SCTRACE_PIECE_LATE or 0
 *
 * Context: preemption off; does not fault or sleep.
 * Return: behind the piece; @to itself if there is nothing to say (NULL pointer).
 */
void *sctrace_capture_step(void *to, const struct sctrace_step *step, const unsigned long *args,
			   long result, u8 flags)
{
	struct sctrace_piece *piece = to;
	unsigned long from = args[step->arg];
	u8 *end;

	if (!from)
		return to;
	*piece = (struct sctrace_piece) { .arg = step->arg, .flags = flags };
	if (step->op == SCTRACE_STEP_STRING)
		string(piece, from, step->max);
	else
		bytes(piece, from, wanted_bytes(step, args, result), step->max);
	end = (u8 *)(piece + 1) + piece->len;
	/* What the padding held before is another record's. */
	memset(end, 0, -piece->len & 7);
	return end + (-piece->len & 7);
}
