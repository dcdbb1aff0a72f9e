// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/lib/source_file.c: content that nobody has written, in frames whose checksums are right. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <zstd.h>

#include "captured.h"
#include "capture_format.h"

#define MS 1000000ull

static struct outcome o;
static long pages;			/* of memory, which the machine is said to have; 0: its own */

long __real_sysconf(int name);
long __wrap_sysconf(int name);

long __wrap_sysconf(int name)
{
	return name == _SC_PHYS_PAGES && pages ? pages : __real_sysconf(name);
}

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
	/* Nor is an index believed. */
	captured_read_part(captured_path("g"), 2000, 6000);
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

/* A round, in a frame of its own: one record, or what is none. */
static void put_round(struct sct_capture *c, unsigned int round, bool sound)
{
	struct made m;

	assert_int_equal(sct_capture_round(c, round * 10 * MS), 0);
	made_exit(&m, 1, round);
	m.hdr.time = round * 10 * MS;
	m.hdr.type = sound ? m.hdr.type : 200;
	assert_int_equal(sct_capture_block(c, 0, m.bytes, m.size), 0);
	assert_int_equal(sct_capture_flush(c), 0);
}

/* Of twelve rounds in three files; bad: which is none, from 1; 0: all are sound. */
static void make_rounds(char *paths[3], unsigned int bad)
{
	struct sct_capture_options options = { .rotate_ns = 40 * MS };
	struct sct_capture *c;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		char name[16];

		snprintf(name, sizeof(name), "r.%06u", i);
		paths[i] = captured_path(name);
		unlink(paths[i]);
	}
	c = captured_open("r", &options);
	for (i = 1; i <= 12; i++)
		put_round(c, i, i != bad);
	assert_int_equal(sct_capture_close(c, &(struct sct_capture_end) { 0 }), 0);
	assert_int_equal(access(paths[2], F_OK), 0);
}

/* Where the n-th frame of the file begins, from 0. */
static size_t nth_frame(const uint8_t *file, unsigned int n)
{
	size_t begin = 0;

	while (n--)
		begin += sizeof(struct sct_frame) + frame_at(file, begin).stored;
	return begin;
}

/* Of whichever of several files it is, though that was read ahead of what is shown. */
static void faults_are_of_the_file_that_they_are_in(void **state)
{
	char *paths[3];
	uint8_t *bytes;
	size_t len, begin;
	unsigned int bad;

	(void)state;
	make_rounds(paths, 0);
	bytes = captured_bytes(paths[1], &len);
	begin = nth_frame(bytes, 1);
	bytes[begin + sizeof(struct sct_frame)] ^= 1;
	captured_write(paths[1], bytes, len);
	captured_read(&o, paths, 3);
	assert_string_equal(o.fault.path, paths[1]);
	assert_int_equal(o.fault.offset, begin);
	free(bytes);
	unlink(paths[1]);
	captured_read(&o, paths, 3);
	assert_string_equal(o.fault.path, paths[1]);
	assert_int_equal(o.fault.error, ENOENT);
	assert_int_equal(o.fault.offset, 0);
	for (bad = 1; bad <= 12; bad++) {
		unsigned int file = bad <= 4 ? 0 : bad <= 8 ? 1 : 2;

		make_rounds(paths, bad);
		captured_read(&o, paths, 3);
		assert_string_equal(o.fault.path, paths[file]);
		bytes = captured_bytes(paths[file], &len);
		assert_int_equal(o.fault.offset, nth_frame(bytes, bad - 4 * file));
		free(bytes);
	}
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

/* Of each of many CPUs, in one round, no more than a ring may hold; of all, more than there is. */
static void moment_larger_than_half_of_memory(void **state)
{
	struct sct_capture *c = captured_open("f", NULL);
	unsigned int cpu, i;

	(void)state;
	assert_int_equal(sct_capture_round(c, 10 * MS), 0);
	for (cpu = 0; cpu < 3; cpu++) {
		for (i = 0; i < 100; i++)
			captured_put(c, cpu, i * 1000, 1);
	}
	assert_int_equal(sct_capture_close(c, &(struct sct_capture_end) { 0 }), 0);
	/* 100 records of a CPU are 4 KiB at least, and less than 16. */
	pages = 2 * 3 * 4;
	captured_read_one(&o, captured_path("f"));
	assert_int_equal(o.nr, 300);
	assert_null(o.fault.path);
	pages = 2 * 2;
	captured_read_one(&o, captured_path("f"));
	pages = 0;
	assert_string_equal(o.fault.path, captured_path("f"));
	assert_non_null(strstr(o.fault.what, "half of this machine's memory"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, captured_setup, captured_teardown)
	const struct CMUnitTest sctrace_source_file[] = {
		CASE(hostile_content_in_sound_frames),
		CASE(frames_of_the_wrong_kind),
		CASE(moment_larger_than_half_of_memory),
		CASE(faults_are_of_the_file_that_they_are_in),
	};

	return cmocka_run_group_tests(sctrace_source_file, NULL, NULL);
}
