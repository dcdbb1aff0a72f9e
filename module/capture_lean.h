/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The steps that most calls have, where all goes well: strings and bytes whose address and length
 * are arguments, in memory. It makes the pieces that sctrace_capture_steps() would make; at the
 * first thing that is not so it gives up, and that one is asked.
 */
#ifndef SCTRACE_CAPTURE_LEAN_H
#define SCTRACE_CAPTURE_LEAN_H

#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/uaccess.h>
#include <asm/word-at-a-time.h>

#include "capture.h"

/*
 * Both copy in words, the last one with zeros behind what is wanted, and so may look at up to seven
 * bytes behind it; page faults are off. Return: -1: something could not be read.
 */

/* Return: the string's length, or -1 also if it does not end before @max bytes. */
static __always_inline long sctrace_lean_string(u64 *to, const unsigned long __user *from, u32 max)
{
	const struct word_at_a_time constants = WORD_AT_A_TIME_CONSTANTS;
	unsigned long word, zeros;
	u32 done;

	if (!user_access_begin(from, max))
		return -1;
	for (done = 0; done + sizeof(word) <= max; done += sizeof(word)) {
		unsafe_get_user(word, from++, fault);
		if (has_zero(word, &zeros, &constants)) {
			user_access_end();
			zeros = create_zero_mask(prep_zero_mask(word, zeros, &constants));
			*to = word & zero_bytemask(zeros);
			return done + find_zero(zeros);
		}
		*to++ = word;
	}
fault:
	user_access_end();
	return -1;
}

static __always_inline int sctrace_lean_bytes(u64 *to, const unsigned long __user *from, u32 n)
{
	unsigned long word, i, whole = n / sizeof(word);

	if (!user_access_begin(from, n))
		return -1;
	for (i = 0; i < whole; i++) {
		unsafe_get_user(word, from + i, fault);
		to[i] = word;
	}
	if (n % sizeof(word)) {
		unsafe_get_user(word, from + i, fault);
		to[i] = word & ((1UL << 8 * (n % sizeof(word))) - 1);
	}
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -1;
}

/**
 * sctrace_capture_lean() - run steps that are all lean: see struct sctrace_call
 * @step: the first
 * @from: its number
 * @to: the number behind the last one
 * @args: the call's arguments
 * @result: its result; at the entry 0
 * @at: where their pieces go
 * @end: behind the room there is
 * @late: the call has returned, and entry steps are among these
 *
 * Context: preemption off.
 * Return: where the next piece would go; NULL: something is not as it commonly is.
 */
static __always_inline
u8 *sctrace_capture_lean(const struct sctrace_step *step, u32 from, u32 to,
			 const unsigned long *args, long result, u8 *at, const u8 *end, bool late)
{
	u8 *next = at;
	u32 i;

	pagefault_disable();
	for (i = from; i < to; i++, step++) {
		const void __user *address = (void __user *)args[step->index];
		struct sctrace_piece piece = { .step = i };
		u32 max = step->max, len;
		u64 wanted;

		if (!address || (step->when == SCTRACE_STEP_EXIT && IS_ERR_VALUE(result)))
			continue;
		if (late && step->when == SCTRACE_STEP_ENTER)
			piece.flags = SCTRACE_PIECE_LATE;
		if (next + sizeof(piece) + round_up(max, 8) > end)
			goto give_up;
		if (step->op == SCTRACE_STEP_STRING) {
			long n = sctrace_lean_string((u64 *)(next + sizeof(piece)), address, max);

			if (n < 0)
				goto give_up;
			len = n;
			piece.wanted = n;
		} else {
			wanted = step->len_from == SCTRACE_LEN_MAX ? max :
				 sctrace_capture_length(step, args, result);
			piece.wanted = min_t(u64, wanted, U32_MAX);
			len = wanted;
			if (wanted > max) {
				len = max;
				piece.flags |= SCTRACE_PIECE_CUT;
			}
			if (sctrace_lean_bytes((u64 *)(next + sizeof(piece)), address, len))
				goto give_up;
		}
		piece.len = len;
		*(struct sctrace_piece *)next = piece;
		next += sizeof(piece) + round_up(len, 8);
	}
	pagefault_enable();
	return next;
give_up:
	pagefault_enable();
	return NULL;
}

#endif
