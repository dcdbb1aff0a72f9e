/* SPDX-License-Identifier: GPL-2.0-only */
/* Runs the steps of a plan: user memory, copied straight into a record. */
#ifndef SCTRACE_CAPTURE_H
#define SCTRACE_CAPTURE_H

#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include <uapi/sctrace.h>

struct sctrace_maps;

/**
 * struct sctrace_capture - one call's steps on their way into one record
 * @steps: the plan's, accepted by sctrace_plan_init()
 * @maps: what the session has told of mapped files; NULL if it has no step that does
 * @args: the call's six arguments
 * @result: its result or a negative errno; for exit steps
 * @first: where the pieces of this phase begin, 8-byte aligned
 * @at: where the next piece goes; grows
 * @end: behind the room there is, 8-byte aligned
 * @flags: for each piece: SCTRACE_PIECE_LATE or 0
 * @may_sleep: page faults are served; else they end the copy
 * @faulted: out: something could not be read
 * @whole: the call has returned, and nothing of it was recorded as it began
 * @paths_only: of descriptors, nothing but the path
 * @dear: pieces so far that took as long as many others: page faults, paths looked up
 */
struct sctrace_capture {
	const struct sctrace_step *steps;
	struct sctrace_maps *maps;
	const unsigned long *args;
	long result;
	u8 *first;
	u8 *at;
	u8 *end;
	u8 flags;
	bool may_sleep;
	bool faulted;
	bool whole;
	bool paths_only;
	u16 dear;
};

/* Clears the padding, which held another record. Return: where the next piece goes. */
static inline u8 *sctrace_capture_end_piece(struct sctrace_piece *piece)
{
	u32 over = piece->len & 7;
	__le64 *last = (void *)((u8 *)(piece + 1) + piece->len - over);

	if (!over)
		return (u8 *)last;
	*last &= cpu_to_le64((1ULL << 8 * over) - 1);
	return (u8 *)(last + 1);
}

/* What LEN_ARG and LEN_RESULT say; else 0. */
static __always_inline u64 sctrace_capture_length(const struct sctrace_step *step,
						  const unsigned long *args, long result)
{
	switch (step->len_from) {
	case SCTRACE_LEN_ARG:
		return step->len_bytes == 4 ? (u32)args[step->len_index] : args[step->len_index];
	case SCTRACE_LEN_RESULT:
		return max(result, 0L);
	default:
		return 0;
	}
}

void sctrace_capture_steps(struct sctrace_capture *c, u32 from, u32 to);
u8 *sctrace_capture_fit(u8 *first, u8 *end, u32 room);
size_t sctrace_capture_copy(void *to, unsigned long from, size_t n, bool may_sleep);

#endif
