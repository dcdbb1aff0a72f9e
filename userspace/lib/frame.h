/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A capture file as frames, each checked before anything in it is looked at. */
#ifndef SCT_FRAME_H
#define SCT_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "capture_format.h"

enum sct_frames_result {
	SCT_FRAMES_ONE,			/* .frame and .content are the next one */
	SCT_FRAMES_NONE,		/* the file ends where a frame may */
	SCT_FRAMES_CUT,			/* it ends within the frame at .begin */
	SCT_FRAMES_DAMAGED,		/* the frame at .begin is not what was written */
	SCT_FRAMES_UNREADABLE,		/* .error: errno of the read */
	SCT_FRAMES_NO_MEMORY,
};

/* Zeroed but for .fd, which is -1: none. */
struct sct_frames {
	int fd;
	uint64_t offset;		/* how much has been read */
	uint64_t begin;			/* of the frame */
	uint64_t number;		/* of the next */
	bool strange;			/* the file begins with what no capture file begins with */
	int error;
	struct sct_frame frame;
	uint8_t *content;		/* frame.bytes */
	size_t at;			/* how much of it has been used: the caller's */
	uint8_t *stored;
	void *zstd;
};

void sct_frames_begin(struct sct_frames *f, int fd);
enum sct_frames_result sct_frames_next(struct sct_frames *f);
bool sct_frames_seek(struct sct_frames *f, uint64_t offset);
void sct_frames_end(struct sct_frames *f);
void sct_frames_free(struct sct_frames *f);

#endif
