// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the steps of a plan: copies user memory straight into a record.
 *
 * In a probe page faults are off: a page that is not in memory, or not there at all, ends the copy
 * and is marked. Where the caller may sleep they are served. The work is bounded by the plan and by
 * the room in the record.
 *
 * What a step has copied stays in the record, and later steps take addresses and lengths from it.
 * It cannot change there: only this CPU writes the ring, and its data pages are read-only to
 * others.
 *
 * This file is also compiled in user space (tests/diff/): what it includes is in the shim there.
 */
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/nospec.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "capture.h"
#include "fd_path.h"
#include "maps.h"
#include "user_regs.h"

/*
 * Pieces that take long, in one record, while the task must not be preempted. What comes after them
 * is marked as a fault, so that it is read asleep.
 */
#define MAX_DEAR	64

/*
 * A path can take longer than its length says: d_path() climbs all mounts on one place, and a user
 * namespace's owner may have 100,000. Each 2^17 ns count as one more; with interrupts off, as
 * arm64's kprobes have them, each 2^14.
 */
#define DEAR_SHIFT		17
#define DEAR_SHIFT_IRQS_OFF	14

/* A vector's end is looked for in portions of this many bytes. */
#define VECTOR_PORTION	256

/* A user address, and the bytes that its length is in, if a field says it. */
struct source {
	unsigned long address;
	const u8 *fields;
	u32 fields_bytes;
};

static struct sctrace_piece *next_piece(const struct sctrace_piece *piece)
{
	return (void *)((u8 *)(piece + 1) + round_up(piece->len, 8));
}

/*
 * Of addresses that user space can have. raw_copy_from_user() and not a checked variant: the
 * target is the ring, whose bounds the caller has seen to, and CONFIG_HARDENED_USERCOPY would look
 * the ring up among all vmalloc areas, under a lock. Return: bytes copied.
 */
static size_t copy_range(void *to, unsigned long from, size_t n, bool may_sleep)
{
	const void __user *user = (const void __user *)from;
	size_t left;

	/* The next step may follow it: not, while the CPU guesses, to where access is not ok. */
	barrier_nospec();
	if (may_sleep)
		return n - raw_copy_from_user(to, user, n);
	pagefault_disable();
	left = raw_copy_from_user(to, user, n);
	pagefault_enable();
	return n - left;
}

/**
 * sctrace_capture_copy() - copy user memory
 * @to: where to
 * @from: any address
 * @n: how many bytes
 * @may_sleep: serve page faults; else they end the copy
 *
 * Return: bytes copied, up to the first that cannot be read.
 */
size_t sctrace_capture_copy(void *to, unsigned long from, size_t n, bool may_sleep)
{
	size_t done = 0, part, n_copied;

	if (likely(access_ok((const void __user *)from, n)))
		return copy_range(to, from, n, may_sleep);
	/* It reaches beyond what user space can have: up to there, page by page. */
	while (done < n) {
		part = min_t(size_t, n - done, PAGE_SIZE - ((from + done) & (PAGE_SIZE - 1)));
		if (!access_ok((const void __user *)(from + done), part))
			break;
		n_copied = copy_range(to + done, from + done, part, may_sleep);
		done += n_copied;
		if (n_copied < part)
			break;
	}
	return done;
}

static long copy_string(const struct sctrace_capture *c, void *to, unsigned long from, size_t max)
{
	const char __user *user = (const char __user *)from;
	long n;

	if (c->may_sleep)
		return strncpy_from_user(to, user, max);
	pagefault_disable();
	n = strncpy_from_user(to, user, max);
	pagefault_enable();
	return n;
}

static void string(struct sctrace_capture *c, struct sctrace_piece *piece, unsigned long from,
		   u32 max)
{
	long n = copy_string(c, piece + 1, from, max);

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

static void bytes(struct sctrace_capture *c, struct sctrace_piece *piece, unsigned long from,
		  u64 wanted, u32 max)
{
	u32 n = min_t(u64, wanted, max);

	piece->wanted = min_t(u64, wanted, U32_MAX);
	if (wanted > max)
		piece->flags |= SCTRACE_PIECE_CUT;
	piece->len = sctrace_capture_copy(piece + 1, from, n, c->may_sleep);
	if (piece->len < n && !(c->steps[piece->step].flags & SCTRACE_STEP_SHORT))
		piece->flags |= SCTRACE_PIECE_FAULT;
}

/* A word of 4 or 8 bytes; or of 1 or 2, for lengths. */
static u64 word_at(const u8 *at, u32 size)
{
	u64 word8;
	u32 word4;
	u16 word2;

	switch (size) {
	case 8:
		memcpy(&word8, at, 8);
		return word8;
	case 4:
		memcpy(&word4, at, 4);
		return word4;
	case 2:
		memcpy(&word2, at, 2);
		return word2;
	default:
		return *at;
	}
}

/* Return: bytes before the word that is 0; @n if none is. */
static u32 find_end(const u8 *words, u32 n, u32 word)
{
	u32 i;

	for (i = 0; i + word <= n; i += word) {
		if (!word_at(words + i, word))
			return i;
	}
	return n;
}

/*
 * Whole words. No portion reaches over a page's end, unless a word does: what lies behind the
 * vector may not be there.
 */
static u32 portion(unsigned long from, u32 rest, u32 word)
{
	u32 n = min3(rest, (u32)VECTOR_PORTION, (u32)(PAGE_SIZE - (from & (PAGE_SIZE - 1))));

	return round_down(n, word) ?: word;
}

static void vector(struct sctrace_capture *c, struct sctrace_piece *piece, unsigned long from,
		   u32 word, u32 max)
{
	u8 *to = (u8 *)(piece + 1);
	u32 len = 0;

	max = round_down(max, word);
	while (len < max) {
		u32 n = portion(from + len, max - len, word);
		u32 got = round_down(sctrace_capture_copy(to + len, from + len, n, c->may_sleep),
				     word);
		u32 end = find_end(to + len, got, word);

		len += end;
		if (end < got) {
			piece->wanted = len;
			piece->len = len;
			return;
		}
		if (got < n) {
			piece->flags |= SCTRACE_PIECE_FAULT;
			piece->len = len;
			return;
		}
	}
	piece->flags |= SCTRACE_PIECE_CUT;
	piece->len = len;
}

static void registers(struct sctrace_piece *piece, u32 wanted, u32 max)
{
	struct sctrace_regs regs;

	sctrace_user_regs(&regs);
	piece->wanted = min_t(u32, wanted, sizeof(regs));
	piece->len = min(piece->wanted, max);
	if (piece->len < piece->wanted)
		piece->flags |= SCTRACE_PIECE_CUT;
	memcpy(piece + 1, &regs, piece->len);
}

/* The piece at c->at, if it is made; one of a fault, if that takes sleeping. */
static void maps(struct sctrace_capture *c, u32 nr)
{
	struct sctrace_piece *piece = (void *)c->at;
	long room = c->end - c->at - (long)sizeof(*piece);
	int told;

	if (!c->maps || room < (long)sizeof(struct sctrace_map))
		return;
	*piece = (struct sctrace_piece) { .step = nr, .flags = c->flags };
	told = sctrace_maps_tell(c->maps, piece, c->steps[nr].max, room, c->may_sleep);
	if (told == -EAGAIN) {
		piece->flags |= SCTRACE_PIECE_FAULT;
		c->faulted = true;
	}
	if (told)
		c->at = sctrace_capture_end_piece(piece);
}

static void fd_path(struct sctrace_capture *c, struct sctrace_piece *piece, int fd, u32 max)
{
	bool details = c->steps[piece->step].flags & SCTRACE_STEP_DETAILS && !c->paths_only;
	unsigned int shift = irqs_disabled() ? DEAR_SHIFT_IRQS_OFF : DEAR_SHIFT;
	u64 began = c->may_sleep ? 0 : ktime_get_ns();
	int n = sctrace_fd_path(fd, (char *)(piece + 1), max, details, c->may_sleep);

	if (!c->may_sleep)
		c->dear += min_t(u64, (ktime_get_ns() - began) >> shift, MAX_DEAR);
	/* It takes sleeping, or more room. Anything else: there is no such descriptor. */
	if (n == -EAGAIN)
		piece->flags |= SCTRACE_PIECE_FAULT;
	else if (n == -ENAMETOOLONG)
		piece->flags |= SCTRACE_PIECE_CUT;
	if (n < 0)
		return;
	piece->len = n;
	piece->wanted = n;
}

static u64 field_length(const struct sctrace_step *step, const struct source *from)
{
	if (step->len_offset + step->len_bytes > from->fields_bytes)
		return 0;
	return word_at(from->fields + step->len_offset, step->len_bytes);
}

static u64 length(const struct sctrace_capture *c, const struct sctrace_step *step,
		  const struct source *from)
{
	if (step->len_from == SCTRACE_LEN_FIELD)
		return field_length(step, from);
	return sctrace_capture_length(step, c->args, c->result);
}

static u64 wanted_bytes(const struct sctrace_capture *c, const struct sctrace_step *step,
			const struct source *from)
{
	u64 n;

	if (step->len_from == SCTRACE_LEN_MAX)
		return step->max;
	/* More than fits anywhere; and the product below stays in its 64 bits. */
	n = min_t(u64, length(c, step, from), U32_MAX);
	if (step->add < 0 && n < -step->add)
		return 0;
	n = (n + step->add + (1ULL << step->shift) - 1) >> step->shift;
	if (step->unit)
		return n * step->unit;
	return DIV_ROUND_UP_ULL(n, step->word * 8) * step->word;
}

/*
 * Makes the piece of one address. @rest: bytes that all pieces of the step may still have.
 * Return: false if there was no room.
 */
static bool one_piece(struct sctrace_capture *c, u32 nr, const struct source *from, u64 *rest)
{
	const struct sctrace_step *step = &c->steps[nr];
	struct sctrace_piece *piece = (void *)c->at;
	u32 max;

	if (c->end - c->at < (long)sizeof(*piece) + 8)
		return false;
	*piece = (struct sctrace_piece) { .step = nr, .flags = c->flags };
	if (c->may_sleep) {
		if (fatal_signal_pending(current))
			return false;
		cond_resched();
	} else if (c->dear >= MAX_DEAR && step->base != SCTRACE_BASE_REGS &&
		   !(step->flags & SCTRACE_STEP_SHORT)) {
		piece->flags |= SCTRACE_PIECE_FAULT;
		c->faulted = true;
		c->at = (u8 *)(piece + 1);
		return true;
	}
	max = min_t(u32, step->max, c->end - (u8 *)(piece + 1));
	if (step->op == SCTRACE_STEP_FD) {
		fd_path(c, piece, from->address, c->end - (u8 *)(piece + 1));
	} else if (step->base == SCTRACE_BASE_REGS) {
		registers(piece, step->max, max);
	} else if (!from->address) {
		piece->flags |= SCTRACE_PIECE_NULL;
	} else if (step->op == SCTRACE_STEP_STRING) {
		string(c, piece, from->address, max);
	} else if (step->op == SCTRACE_STEP_VECTOR) {
		vector(c, piece, from->address, step->word, max);
	} else {
		u64 wanted = min(wanted_bytes(c, step, from), *rest);

		*rest -= wanted;
		bytes(c, piece, from->address, wanted, max);
	}
	if (piece->flags & SCTRACE_PIECE_FAULT)
		c->faulted = true;
	if (step->op == SCTRACE_STEP_FD)
		c->dear += 1 + (piece->flags & SCTRACE_PIECE_CUT ? PATH_MAX : piece->len) / 64;
	else if (piece->flags & SCTRACE_PIECE_FAULT)
		c->dear++;
	c->at = sctrace_capture_end_piece(piece);
	return true;
}

/* Pieces lie in the order of their steps. NULL: there is none of this step. */
static const struct sctrace_piece *first_piece_of(const struct sctrace_capture *c, u32 step)
{
	const struct sctrace_piece *piece = (const void *)c->first;

	while ((const u8 *)piece < c->at && piece->step < step)
		piece = next_piece(piece);
	return (const u8 *)piece < c->at && piece->step == step ? piece : NULL;
}

/* Where a step's lengths are, unless each is beside its address. */
static void find_fields(const struct sctrace_capture *c, const struct sctrace_step *step,
			struct source *from)
{
	const struct sctrace_piece *piece;

	if (step->len_from != SCTRACE_LEN_FIELD)
		return;
	piece = first_piece_of(c, step->len_index);
	if (!piece)
		return;
	from->fields = (const u8 *)(piece + 1);
	from->fields_bytes = piece->len;
}

/* The pieces of all addresses in the elements of piece @of. Return: false if there was no room. */
static bool each_element(struct sctrace_capture *c, u32 nr, const struct sctrace_piece *of,
			 struct source *from, u64 *rest)
{
	const struct sctrace_step *step = &c->steps[nr];
	bool beside = step->len_from == SCTRACE_LEN_FIELD && step->len_index == step->index;
	u32 size = step->stride ?: of->len;
	u32 n = step->stride ? min_t(u32, of->len / size, step->max_count) : 1;
	u32 i;

	if (step->offset + step->word > size)
		return true;
	for (i = 0; i < n; i++) {
		const u8 *element = (const u8 *)(of + 1) + i * size;

		from->address = word_at(element + step->offset, step->word);
		if (beside) {
			from->fields = element;
			from->fields_bytes = size;
		}
		if (!one_piece(c, nr, from, rest))
			return false;
	}
	return true;
}

static void one_step(struct sctrace_capture *c, u32 nr)
{
	const struct sctrace_step *step = &c->steps[nr];
	const struct sctrace_piece *piece;
	struct source from = { 0 };
	const u8 *end = c->at;
	u64 rest = U64_MAX;

	if (step->flags & SCTRACE_STEP_UP_TO_RESULT)
		rest = max(c->result, 0L);
	find_fields(c, step, &from);
	switch (step->base) {
	case SCTRACE_BASE_ARG:
		from.address = c->args[step->index];
		break;
	case SCTRACE_BASE_RESULT:
		/* An error is no address, and no descriptor: one has the value of AT_FDCWD. */
		if (IS_ERR_VALUE(c->result))
			return;
		from.address = c->result;
		break;
	case SCTRACE_BASE_CWD:
		from.address = AT_FDCWD;
		break;
	case SCTRACE_BASE_STACK:
		if (c->flags & SCTRACE_PIECE_LATE &&
		    !(c->whole && step->flags & SCTRACE_STEP_SHORT))
			return;
		from.address = sctrace_user_sp() + step->offset;
		break;
	case SCTRACE_BASE_REGS:
		one_piece(c, nr, &from, &rest);
		return;
	case SCTRACE_BASE_MAPS:
		maps(c, nr);
		return;
	default:
		piece = first_piece_of(c, step->index);
		while (piece && (const u8 *)piece < end && piece->step == step->index &&
		       each_element(c, nr, piece, &from, &rest))
			piece = next_piece(piece);
		return;
	}
	if (from.address || step->op == SCTRACE_STEP_FD)
		one_piece(c, nr, &from, &rest);
}

static bool is_due(const struct sctrace_capture *c, const struct sctrace_step *step)
{
	return step->when != SCTRACE_STEP_EXIT || !IS_ERR_VALUE(c->result);
}

/**
 * sctrace_capture_steps() - run steps of a plan
 * @c: the call, and where its pieces go
 * @from: number of the first step
 * @to: number behind the last; all are of one phase
 *
 * Context: preemption off and no page faults, or with @may_sleep a task that holds no lock.
 */
void sctrace_capture_steps(struct sctrace_capture *c, u32 from, u32 to)
{
	u32 i;

	for (i = from; i < to; i++) {
		if (is_due(c, &c->steps[i]))
			one_step(c, i);
	}
}

/**
 * sctrace_capture_fit() - shorten pieces to less room, by leaving the last ones out
 * @first: where they begin
 * @end: where they end
 * @room: bytes there are for them
 *
 * Return: the new end.
 */
u8 *sctrace_capture_fit(u8 *first, u8 *end, u32 room)
{
	u8 *at = first;

	while (at < end) {
		u8 *next = (u8 *)next_piece((const void *)at);

		if (next - first > room)
			break;
		at = next;
	}
	return at;
}
