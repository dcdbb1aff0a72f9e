/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where frames of records begin. A file that was ended says it in its last frame. In another one, which was broken
 * off, each frame's header says where the next one begins; what is between them is left alone.
 *
 * What an index says is only where to look: what is found there is checked as all frames are.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_index.h"

/* An END has a header, and an index of 65,536 entries, which zstd leaves as long as they are at worst. */
#define MAX_END_BYTES	((1u << 20) + (64u << 10))
/* Of most files it is much smaller. */
#define FIRST_LOOK	(16u << 10)

static int add(struct sct_file_index *index, struct sct_place place)
{
	if (index->nr == index->room) {
		size_t room = index->room ? 2 * index->room : 64;
		struct sct_place *places = realloc(index->places, room * sizeof(*places));

		if (!places)
			return -ENOMEM;
		index->places = places;
		index->room = room;
	}
	index->places[index->nr++] = place;
	return 0;
}

/* ---- by the END ---- */

/* Whether the last frame is an END that begins there. */
static bool is_end(const uint8_t *bytes, uint64_t left)
{
	struct sct_frame frame;

	if (left < sizeof(frame))
		return false;
	memcpy(&frame, bytes, sizeof(frame));
	return frame.magic == SCT_FRAME_MAGIC && frame.mark == SCT_FRAME_MARK && frame.kind == SCT_FRAME_END &&
	       frame.stored == left - sizeof(frame);
}

/* Looks for it in the last bytes of the file. false: it is not there. */
static bool find_end(int fd, uint64_t size, uint64_t look, uint64_t *offset)
{
	uint64_t n = size < look ? size : look, at = n;
	uint8_t *bytes = malloc(n);
	bool found = false;

	if (bytes && pread(fd, bytes, n, size - n) == (ssize_t)n) {
		while (at-- && !found)
			found = is_end(bytes + at, n - at);
		*offset = size - n + at + 1;
	}
	free(bytes);
	return found;
}

/* The entries of the END that was read. false: they are none that a recorder writes. */
static int take_entries(struct sct_file_index *index, const struct sct_frames *frames, unsigned int file)
{
	const struct sct_index_entry *entry = (const void *)(frames->content + sizeof(struct sct_capture_end));
	size_t n = (frames->frame.bytes - sizeof(struct sct_capture_end)) / sizeof(*entry), before = index->nr, i;

	for (i = 0; i < n; i++) {
		if (entry[i].offset >= frames->begin ||
		    (i && (entry[i].offset <= entry[i - 1].offset || entry[i].time < entry[i - 1].time))) {
			index->nr = before;
			return -EPROTO;
		}
		if (add(index, (struct sct_place) { entry[i].offset, entry[i].time, file }))
			return -ENOMEM;
	}
	return 0;
}

/* 0. -EPROTO: there is no END, or one that cannot be used. */
static int take_end(struct sct_file_index *index, struct sct_frames *frames, unsigned int file, uint64_t size)
{
	struct sct_capture_end end;
	uint64_t offset;
	int err;

	if (!find_end(frames->fd, size, FIRST_LOOK, &offset) && !find_end(frames->fd, size, MAX_END_BYTES, &offset))
		return -EPROTO;
	if (!sct_frames_seek(frames, offset) || sct_frames_next(frames) != SCT_FRAMES_ONE ||
	    frames->frame.bytes < sizeof(end))
		return -EPROTO;
	err = take_entries(index, frames, file);
	if (err)
		return err;
	memcpy(&end, frames->content, sizeof(end));
	index->lost += end.lost;
	if (frames->frame.time > index->end)
		index->end = frames->frame.time;
	return 0;
}

/* ---- from frame to frame ---- */

static int walk(struct sct_file_index *index, struct sct_frames *frames, unsigned int file)
{
	uint64_t offset = 0;

	for (; sct_frames_seek(frames, offset); offset += sizeof(frames->frame) + frames->frame.stored) {
		if (frames->frame.kind != SCT_FRAME_RECORDS)
			continue;
		if (add(index, (struct sct_place) { offset, frames->frame.time, file }))
			return -ENOMEM;
		if (frames->frame.time > index->end)
			index->end = frames->frame.time;
	}
	return 0;
}

/* ---- all files ---- */

static int take_file(struct sct_file_index *index, struct sct_frames *frames, const char *path, unsigned int file)
{
	struct stat st;
	int fd, err;

	/* Another open() of a pipe would take from what is in it. */
	if (!strcmp(path, "-"))
		return -ESPIPE;
	if (stat(path, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -ESPIPE;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	sct_frames_begin(frames, fd);
	err = take_end(index, frames, file, st.st_size);
	if (err == -EPROTO) {
		index->complete = false;
		err = walk(index, frames, file);
	}
	sct_frames_end(frames);
	return err;
}

/* 0; -ESPIPE: one of them cannot be sought in; another negative errno. *index is for sct_file_index_free(), always. */
int sct_file_index_make(struct sct_file_index *index, char *const *paths, unsigned int nr)
{
	struct sct_frames frames = { .fd = -1 };
	unsigned int i;
	int err = 0;

	*index = (struct sct_file_index) { .complete = true };
	for (i = 0; i < nr && !err; i++)
		err = take_file(index, &frames, paths[i], i);
	sct_frames_free(&frames);
	return err;
}

/*
 * Of which frame on no record is missing that is of this time or later. A round takes what was made before the next
 * one began, and may lie in several frames: what comes before a frame is of rounds that had all begun when the frame's
 * did. So it is older than the round after that, and older than the time if that round began by then.
 */
size_t sct_file_index_find(const struct sct_file_index *index, uint64_t time)
{
	size_t low = 0, high = index->nr;
	uint64_t next;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->places[middle].time <= time)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return 0;
	next = index->places[--low].time;
	while (low && index->places[low].time == next)
		low--;
	return low;
}

void sct_file_index_free(struct sct_file_index *index)
{
	free(index->places);
	*index = (struct sct_file_index) { 0 };
}
