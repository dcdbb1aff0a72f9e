// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/lib/source_file.c: content that nobody has written, in frames whose checksums are right. */
#include <stdio.h>
#include <stdlib.h>

#include <zstd.h>

#include "captured.h"
#include "capture_format.h"

#define MS 1000000ull

static struct outcome o;

/* A file with a head, two frames of records and an end. */
static uint8_t *make_file(size_t *len)
{
	struct sct_capture *c = captured_open("f", NULL);
	unsigned int i;

	for (i = 0; i < 8; i++) {
		assert_int_equal(sct_capture_round(c, (i + 1) * 10 * MS), 0);
		captured_put(c, i % 3, i * 1000, i % 2);
		captured_put(c, i % 3, i * 1000 + 1, i % 2);
		if (i == 4)
			assert_int_equal(sct_capture_flush(c), 0);
	}
	assert_int_equal(sct_capture_close(c, &(struct sct_capture_end) { 0 }), 0);
	return captured_bytes(captured_path("f"), len);
}

static struct sct_frame frame_at(const uint8_t *file, size_t begin)
{
	struct sct_frame frame;

	memcpy(&frame, file + begin, sizeof(frame));
	return frame;
}

/* The frame with other content, into to. Return: its length. */
static size_t put_frame(uint8_t *to, const struct sct_frame *like, const uint8_t *content, size_t len)
{
	struct sct_frame frame = *like;
	size_t n = ZSTD_compress(to + sizeof(frame), ZSTD_compressBound(len), content, len, 1);

	assert_false(ZSTD_isError(n));
	frame.stored = n;
	frame.bytes = len;
	frame.checksum = sct_frame_checksum(&frame, to + sizeof(frame));
	memcpy(to, &frame, sizeof(frame));
	return sizeof(frame) + n;
}

/* The file with the content of the frame at begin changed by one byte, or cut. */
static void try(const uint8_t *file, size_t len, size_t begin, size_t at, int flip)
{
	static uint8_t content[8192], made[32768];
	struct sct_frame frame = frame_at(file, begin);
	size_t behind = begin + sizeof(frame) + frame.stored, n;

	n = ZSTD_decompress(content, sizeof(content), file + begin + sizeof(frame), frame.stored);
	assert_int_equal(n, frame.bytes);
	if (flip)
		content[at] ^= flip;
	else
		n = at;
	memcpy(made, file, begin);
	n = begin + put_frame(made + begin, &frame, content, n);
	memcpy(made + n, file + behind, len - behind);
	captured_write(captured_path("g"), made, n + len - behind);
	captured_read_one(&o, captured_path("g"));
	/* Whatever was read was counted. */
	if (!o.opened && o.fault.path)
		assert_int_equal(o.counts.produced, o.counts.delivered + o.counts.lost);
}

static void hostile_content_in_sound_frames(void **state)
{
	static const int flips[] = { 0, 1, 0x80, 0xff, 0x10 };
	size_t len, begin, at, i;
	uint8_t *file = make_file(&len);
	struct sct_frame frame;

	(void)state;
	for (begin = 0; begin < len; begin += sizeof(frame) + frame.stored) {
		frame = frame_at(file, begin);
		for (at = 0; at < frame.bytes; at++) {
			for (i = 0; i < COUNT(flips); i++)
				try(file, len, begin, at, flips[i]);
		}
	}
	free(file);
}

/* The frame is fine, but one of another kind has to stand there. */
static void frames_of_the_wrong_kind(void **state)
{
	size_t len, begin = 0;
	uint8_t *file = make_file(&len);
	uint32_t kind;

	(void)state;
	while (begin < len) {
		struct sct_frame before = frame_at(file, begin), frame = before;

		for (kind = 0; kind < 5; kind++) {
			if (kind == before.kind)
				continue;
			frame.kind = kind;
			frame.checksum = sct_frame_checksum(&frame, file + begin + sizeof(frame));
			memcpy(file + begin, &frame, sizeof(frame));
			captured_write(captured_path("g"), file, len);
			captured_read_one(&o, captured_path("g"));
			assert_true(o.opened || o.fault.path);
		}
		memcpy(file + begin, &before, sizeof(before));
		begin += sizeof(before) + before.stored;
	}
	free(file);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, captured_setup, captured_teardown)
	const struct CMUnitTest sctrace_source_file[] = {
		CASE(hostile_content_in_sound_frames),
		CASE(frames_of_the_wrong_kind),
	};

	return cmocka_run_group_tests(sctrace_source_file, NULL, NULL);
}
