/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A capture file as frames, each checked before anything in it is looked at. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>
#include <zstd.h>

#include "frame.h"

/* What zstd may make of content of the largest size, and some more. */
#define MAX_STORED	(SCT_FRAME_MAX_BYTES + SCT_FRAME_MAX_BYTES / 128 + 1024)

uint64_t sct_frame_checksum(const struct sct_frame *frame, const void *stored)
{
	uint64_t seed = XXH3_64bits(frame, offsetof(struct sct_frame, checksum));

	return XXH3_64bits_withSeed(stored, frame->stored, seed);
}

/* fd is the frames' from now on. */
void sct_frames_begin(struct sct_frames *f, int fd)
{
	f->fd = fd;
	f->offset = f->begin = f->number = 0;
	f->strange = false;
	f->frame.bytes = 0;
	f->at = 0;
}

/* ONE: all n bytes. */
static enum sct_frames_result get(struct sct_frames *f, void *bytes, size_t n, size_t *got)
{
	*got = 0;
	while (*got < n) {
		ssize_t ret = read(f->fd, (uint8_t *)bytes + *got, n - *got);

		if (ret < 0 && errno == EINTR)
			continue;
		if (ret < 0) {
			f->error = errno;
			return SCT_FRAMES_UNREADABLE;
		}
		if (!ret)
			return *got ? SCT_FRAMES_CUT : SCT_FRAMES_NONE;
		*got += ret;
		f->offset += ret;
	}
	return SCT_FRAMES_ONE;
}

static bool is_sound(const struct sct_frames *f)
{
	const struct sct_frame *frame = &f->frame;

	return frame->magic == SCT_FRAME_MAGIC && frame->mark == SCT_FRAME_MARK &&
	       frame->size == sizeof(*frame) - offsetof(struct sct_frame, mark) && frame->number == f->number &&
	       frame->stored <= MAX_STORED && frame->bytes <= SCT_FRAME_MAX_BYTES;
}

/* Also where so much is left of it only. */
static bool is_strange(const struct sct_frame *frame, size_t got)
{
	static const struct sct_frame like = { .magic = SCT_FRAME_MAGIC, .mark = SCT_FRAME_MARK };

	return (got >= offsetof(struct sct_frame, size) && frame->magic != like.magic) ||
	       (got >= offsetof(struct sct_frame, kind) && frame->mark != like.mark);
}

static bool make_buffers(struct sct_frames *f)
{
	if (!f->content)
		f->content = malloc(SCT_FRAME_MAX_BYTES);
	if (!f->stored)
		f->stored = malloc(MAX_STORED);
	if (!f->zstd)
		f->zstd = ZSTD_createDCtx();
	return f->content && f->stored && f->zstd;
}

static bool decompress(struct sct_frames *f)
{
	size_t n = ZSTD_decompressDCtx(f->zstd, f->content, SCT_FRAME_MAX_BYTES, f->stored, f->frame.stored);

	return !ZSTD_isError(n) && n == f->frame.bytes;
}

static enum sct_frames_result get_header(struct sct_frames *f)
{
	size_t got;
	enum sct_frames_result result = get(f, &f->frame, sizeof(f->frame), &got);

	f->strange = !f->begin && got && is_strange(&f->frame, got);
	if (f->strange || (result == SCT_FRAMES_ONE && !is_sound(f)))
		return SCT_FRAMES_DAMAGED;
	return result;
}

static enum sct_frames_result get_content(struct sct_frames *f)
{
	enum sct_frames_result result;
	size_t got;

	if (!make_buffers(f))
		return SCT_FRAMES_NO_MEMORY;
	result = get(f, f->stored, f->frame.stored, &got);
	if (result == SCT_FRAMES_NONE)
		return SCT_FRAMES_CUT;
	if (result == SCT_FRAMES_ONE &&
	    (f->frame.checksum != sct_frame_checksum(&f->frame, f->stored) || !decompress(f)))
		return SCT_FRAMES_DAMAGED;
	return result;
}

enum sct_frames_result sct_frames_next(struct sct_frames *f)
{
	enum sct_frames_result result;

	f->begin = f->offset;
	f->at = 0;
	result = get_header(f);
	if (result == SCT_FRAMES_ONE)
		result = get_content(f);
	if (result == SCT_FRAMES_ONE)
		f->number++;
	else
		f->frame.bytes = 0;
	return result;
}

/*
 * Goes to the frame that begins there: .frame is its header, and sct_frames_next() reads it, whatever its number is.
 * false: no header is there.
 */
bool sct_frames_seek(struct sct_frames *f, uint64_t offset)
{
	bool found = pread(f->fd, &f->frame, sizeof(f->frame), offset) == sizeof(f->frame);

	f->number = f->frame.number;
	if (!found || !is_sound(f) || lseek(f->fd, offset, SEEK_SET) < 0) {
		f->frame.bytes = f->at = 0;
		return false;
	}
	f->offset = f->begin = offset;
	/* Nothing of it is there to be used. */
	f->at = f->frame.bytes;
	return true;
}

/* Closes the file; sct_frames_begin() may follow. */
void sct_frames_end(struct sct_frames *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
}

void sct_frames_free(struct sct_frames *f)
{
	free(f->content);
	free(f->stored);
	ZSTD_freeDCtx(f->zstd);
}
