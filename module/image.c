// SPDX-License-Identifier: GPL-2.0-only
/*
 * What execve gave the new image: for the calls whose arguments could not be read at their entry.
 * Their memory has gone with the old image; the new one has copies of them.
 */
#include <linux/binfmts.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/mm_types.h>
#include <linux/sched.h>
#include <linux/string.h>

#include <uapi/sctrace.h>

#include "capture.h"
#include "image.h"

/* A piece's length has 16 bits. */
#define PORTION_BYTES	(32U << 10)

/* The next piece, without its bytes. Return: NULL if there is no room for any. */
static struct sctrace_piece *begin_piece(u8 *at, u8 *end, enum sctrace_image image, u32 wanted)
{
	struct sctrace_piece *piece = (void *)at;

	if (end - at < (long)sizeof(*piece) + 8)
		return NULL;
	*piece = (struct sctrace_piece) { .step = image, .wanted = wanted };
	return piece;
}

static u8 *put_path(u8 *at, u8 *end, const char *path)
{
	u32 len = strnlen(path, PATH_MAX);
	struct sctrace_piece *piece = begin_piece(at, end, SCTRACE_IMAGE_PATH, len);

	if (!piece)
		return at;
	piece->len = min_t(u32, len, end - (u8 *)(piece + 1));
	if (piece->len < len)
		piece->flags |= SCTRACE_PIECE_CUT;
	memcpy(piece + 1, path, piece->len);
	return sctrace_capture_end_piece(piece);
}

/* Memory of the new image. The pages were written a moment ago. */
static u8 *put_memory(u8 *at, u8 *end, enum sctrace_image image, unsigned long from,
		      unsigned long to)
{
	u32 wanted = min_t(unsigned long, to - from, U32_MAX);
	struct sctrace_piece *piece, *last = NULL;
	u32 done = 0;

	do {
		u32 n;

		piece = begin_piece(at, end, image, wanted);
		if (!piece) {
			if (last)
				last->flags |= SCTRACE_PIECE_CUT;
			return at;
		}
		n = min3(wanted - done, PORTION_BYTES, (u32)(end - (u8 *)(piece + 1)));
		piece->len = sctrace_capture_copy(piece + 1, from + done, n, false);
		if (piece->len < n)
			piece->flags |= SCTRACE_PIECE_FAULT;
		done += piece->len;
		at = sctrace_capture_end_piece(piece);
		last = piece;
	} while (done < wanted && !(piece->flags & SCTRACE_PIECE_FAULT));
	return at;
}

/**
 * sctrace_image_write() - write the pieces of an EXEC
 * @at: where to, 8-byte aligned
 * @end: behind the room there is, 8-byte aligned
 * @bprm: what the new image was made of
 *
 * Context: the exec probe; preemption off. current->mm is the new image, and of no other task yet.
 * Return: the end of the pieces.
 */
u8 *sctrace_image_write(u8 *at, u8 *end, const struct linux_binprm *bprm)
{
	const struct mm_struct *mm = current->mm;

	at = put_path(at, end, bprm->filename);
	at = put_memory(at, end, SCTRACE_IMAGE_ARGS, mm->arg_start, mm->arg_end);
	return put_memory(at, end, SCTRACE_IMAGE_ENV, mm->env_start, mm->env_end);
}
