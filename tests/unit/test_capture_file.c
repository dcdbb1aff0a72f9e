// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/lib/capture_file.c and source_file.c: what is written is read, in order, and damage costs one frame. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "captured.h"
#include "capture_rings.h"
#include "lanes.h"

#define MS 1000000ull
#define S 1000000000ull

static struct outcome o;

static void close_capture(struct sct_capture *c, uint32_t flags)
{
	struct sct_capture_end end = { .flags = flags, .left_out = 7, .limited = 8 };

	assert_int_equal(sct_capture_close(c, &end), 0);
}

static void head_and_end_come_back(void **state)
{
	struct sct_capture *c = captured_open("f", NULL);
	const struct sct_capture_info *info;
	struct sct_session *s;
	char *path = captured_path("f");

	(void)state;
	close_capture(c, SCT_END_BY_SIGNAL);
	assert_int_equal(sct_open_files(&s, &path, 1, &o.fault), 0);
	info = sct_file_info(s);
	assert_string_equal(info->head.host, "unit");
	assert_int_equal(info->head.string_limit, 32);
	assert_int_equal(info->head.realtime, -5);
	assert_int_equal(info->plans[1].nr, 257);
	assert_int_equal(info->steps[0].op, SCTRACE_STEP_STRING);
	assert_int_equal(info->pids[1], 34);
	assert_int_equal(sct_info(s)->audit_arch, 0xc000003e);
	sct_close(s);
	captured_read_one(&o, path);
	assert_null(o.fault.path);
	assert_int_equal(o.end.flags, SCT_END_BY_SIGNAL | SCT_END_OF_RECORDING);
	assert_int_equal(o.counts.left_out, 7);
	assert_int_equal(o.counts.limited, 8);
}

/* The effect was found in a round before its cause, whose CPU had been looked at earlier. */
static void a_cause_of_the_next_round_comes_first(void **state)
{
	struct sct_capture *c = captured_open("f", NULL);

	(void)state;
	assert_int_equal(sct_capture_round(c, 100 * MS), 0);
	captured_put(c, 1, 20 * MS, 2);
	assert_int_equal(sct_capture_round(c, 200 * MS), 0);
	captured_put(c, 0, 10 * MS, 1);
	captured_put(c, 0, 150 * MS, 3);
	close_capture(c, 0);
	captured_read_one(&o, captured_path("f"));
	assert_int_equal(o.nr, 3);
	assert_int_equal(o.tids[0], 1);
	assert_int_equal(o.tids[1], 2);
	assert_int_equal(o.tids[2], 3);
	assert_int_equal(o.cpus[0], 0);
	assert_int_equal(o.cpus[1], 1);
}

/* 2 is of the first round, but 1, of the third, is earlier: its probe was under way when the first began. */
static void the_last_millisecond_of_a_round_waits(void **state)
{
	struct sct_capture *c = captured_open("f", NULL);

	(void)state;
	assert_int_equal(sct_capture_round(c, 100 * MS), 0);
	captured_put(c, 1, 100 * MS - 1000, 2);
	assert_int_equal(sct_capture_round(c, 100 * MS + 1), 0);
	captured_put(c, 2, 100 * MS - 500, 3);
	assert_int_equal(sct_capture_round(c, 102 * MS), 0);
	captured_put(c, 0, 100 * MS - 2000, 1);
	close_capture(c, 0);
	captured_read_one(&o, captured_path("f"));
	assert_int_equal(o.nr, 3);
	assert_int_equal(o.tids[0], 1);
	assert_int_equal(o.tids[1], 2);
	assert_int_equal(o.tids[2], 3);
}

static void many_records_of_one_cpu_in_one_round(void **state)
{
	struct sct_capture *c = captured_open("f", NULL);
	size_t n = 100000, i;
	struct sctrace_rec_task_exit *recs = calloc(n, sizeof(*recs));

	(void)state;
	for (i = 0; i < n; i++)
		recs[i].hdr = (struct sctrace_hdr) { .words = sizeof(*recs) / 8, .type = SCTRACE_REC_TASK_EXIT,
						     .tid = i, .time = i * 1000 };
	assert_int_equal(sct_capture_round(c, S), 0);
	assert_int_equal(sct_capture_block(c, 2, recs, n * sizeof(*recs)), 0);
	close_capture(c, 0);
	free(recs);
	captured_read_one(&o, captured_path("f"));
	assert_int_equal(o.nr, n);
	assert_int_equal(o.counts.produced, n);
	assert_null(o.fault.path);
}

static void gaps_and_records_are_counted(void **state)
{
	struct sct_capture *c = captured_open("f", NULL);
	uint64_t records, lost;
	struct made m;

	(void)state;
	sct_capture_round(c, S);
	captured_put(c, 0, 1, 1);
	made_gap(&m, 5);
	assert_int_equal(sct_capture_block(c, 0, m.bytes, m.size), 0);
	sct_capture_counts(c, &records, &lost);
	assert_int_equal(records, 1);
	assert_int_equal(lost, 5);
	close_capture(c, 0);
	captured_read_one(&o, captured_path("f"));
	assert_int_equal(o.counts.produced, 6);
	assert_int_equal(o.counts.delivered, 1);
	assert_int_equal(o.counts.lost, 5);
}

static void what_is_no_record_is_not_written(void **state)
{
	struct sct_capture *c = captured_open("f", NULL);
	uint64_t nothing[4] = { 0 };

	(void)state;
	sct_capture_round(c, S);
	assert_int_equal(sct_capture_block(c, 0, nothing, sizeof(nothing)), -EPROTO);
	assert_int_equal(sct_capture_block(c, 3, nothing, sizeof(nothing)), -EINVAL);
	close_capture(c, 0);
}

/* ---- damage ---- */

#define FRAMES 6

/* A file of FRAMES frames of records; where each of its frames begins and how many records are before it. */
static void make_file(const char *name, uint64_t *begins, unsigned int *before, unsigned int *nr_frames)
{
	struct sct_capture *c = captured_open(name, NULL);
	unsigned int i, j, tid = 0;

	begins[0] = before[0] = 0;
	for (i = 1; i <= FRAMES; i++) {
		begins[i] = sct_capture_bytes(c);
		before[i] = tid;
		assert_int_equal(sct_capture_round(c, i * 10 * MS), 0);
		for (j = 0; j < 3; j++, tid++)
			captured_put(c, tid % 3, tid * 1000, tid);
		assert_int_equal(sct_capture_flush(c), 0);
	}
	begins[i] = sct_capture_bytes(c);
	before[i] = tid;
	*nr_frames = i + 1;
	close_capture(c, 0);
}

static unsigned int frame_of(uint64_t offset, const uint64_t *begins, unsigned int nr_frames)
{
	unsigned int i = nr_frames - 1;

	while (begins[i] > offset)
		i--;
	return i;
}

/* All before the frame is there, in order, and what is wrong is told with the frame's place. */
static void check_damage(uint64_t offset, unsigned int frame, const uint64_t *begins, const unsigned int *before)
{
	unsigned int i;

	if (!o.fault.path || o.fault.offset != begins[frame])
		fail_msg("byte %lu: %s, told of byte %lu", offset, o.fault.what, o.fault.offset);
	if (!frame) {
		assert_true(o.opened < 0);
		return;
	}
	assert_int_equal(o.opened, 0);
	if (o.nr != before[frame])
		fail_msg("byte %lu: %u records instead of %u", offset, o.nr, before[frame]);
	for (i = 0; i < o.nr; i++)
		assert_int_equal(o.tids[i], i);
	assert_int_equal(o.counts.produced, o.nr);
	assert_int_equal(o.end.flags, 0);
}

static void a_flipped_byte_anywhere(void **state)
{
	uint64_t begins[FRAMES + 2];
	unsigned int before[FRAMES + 2], nr_frames;
	size_t len, i;
	uint8_t *bytes;

	(void)state;
	make_file("f", begins, before, &nr_frames);
	bytes = captured_bytes(captured_path("f"), &len);
	for (i = 0; i < len; i++) {
		uint8_t flip = i % 3 ? 0xff : 1 << i % 8;

		bytes[i] ^= flip;
		captured_write(captured_path("g"), bytes, len);
		bytes[i] ^= flip;
		captured_read_one(&o, captured_path("g"));
		check_damage(i, frame_of(i, begins, nr_frames), begins, before);
	}
	free(bytes);
}

static void a_cut_anywhere(void **state)
{
	uint64_t begins[FRAMES + 2];
	unsigned int before[FRAMES + 2], nr_frames;
	size_t len, i;
	uint8_t *bytes;

	(void)state;
	make_file("f", begins, before, &nr_frames);
	bytes = captured_bytes(captured_path("f"), &len);
	for (i = 0; i < len; i++) {
		captured_write(captured_path("g"), bytes, i);
		captured_read_one(&o, captured_path("g"));
		check_damage(i, frame_of(i, begins, nr_frames), begins, before);
		assert_true(o.fault.cut || !i);
	}
	captured_read_one(&o, captured_path("f"));
	assert_null(o.fault.path);
	assert_int_equal(o.nr, 3 * FRAMES);
	free(bytes);
}

/* Frame 3 taken out, or there twice: every frame is sound. */
static void a_frame_too_few_or_too_many(void **state)
{
	uint64_t begins[FRAMES + 2];
	unsigned int before[FRAMES + 2], nr_frames, twice;
	size_t len, n;
	uint8_t *bytes, *made;

	(void)state;
	make_file("f", begins, before, &nr_frames);
	bytes = captured_bytes(captured_path("f"), &len);
	made = malloc(2 * len);
	for (twice = 0; twice < 2; twice++) {
		size_t keep = begins[twice ? 4 : 3], again = begins[twice ? 3 : 4];

		memcpy(made, bytes, keep);
		n = len - again;
		memcpy(made + keep, bytes + again, n);
		captured_write(captured_path("g"), made, keep + n);
		captured_read_one(&o, captured_path("g"));
		assert_int_equal(o.fault.offset, keep);
		assert_int_equal(o.nr, before[twice ? 4 : 3]);
	}
	captured_write(captured_path("g"), bytes, len);
	memcpy(made, bytes, len);
	memcpy(made + len, bytes, len);
	captured_write(captured_path("g"), made, 2 * len);
	captured_read_one(&o, captured_path("g"));
	assert_int_equal(o.fault.offset, len);
	assert_string_equal(o.fault.what, "goes on behind its end");
	free(made);
	free(bytes);
}

static void what_is_no_capture_file(void **state)
{
	static const char text[] = "Not at all: this is some other file, of a length that a frame might have, or more.";
	char *path = captured_path("none");

	(void)state;
	captured_read_one(&o, path);
	assert_true(o.opened < 0 && o.fault.error == ENOENT);
	captured_write(path, (const uint8_t *)text, 0);
	captured_read_one(&o, path);
	assert_string_equal(o.fault.what, "is empty");
	captured_write(path, (const uint8_t *)text, sizeof(text));
	captured_read_one(&o, path);
	assert_string_equal(o.fault.what, "is no capture file of sctrace-read");
	captured_write(path, (const uint8_t *)text, 9);
	captured_read_one(&o, path);
	assert_string_equal(o.fault.what, "is no capture file of sctrace-read");
}

/* As of a full disk: the write is cut, and then fails. */
static void no_room_leaves_whole_frames(void **state)
{
	struct sct_capture *c = captured_open("f", NULL);
	struct rlimit before, limit;
	struct stat st;
	unsigned int i = 0;
	int err = 0;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	limit = before;
	limit.rlim_cur = 2000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	while (!err && i < 1000) {
		err = sct_capture_round(c, (i + 1) * 10 * MS);
		assert_int_equal(err, 0);
		captured_put(c, i % 3, i * 1000, i);
		err = sct_capture_flush(c);
		i += !err;
	}
	assert_int_equal(err, -EFBIG);
	assert_int_equal(sct_capture_round(c, 20000 * MS), -EFBIG);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(stat(captured_path("f"), &st), 0);
	assert_int_equal(st.st_size, sct_capture_bytes(c));
	assert_int_equal(sct_capture_close(c, &(struct sct_capture_end) { 0 }), -EFBIG);
	captured_read_one(&o, captured_path("f"));
	assert_true(o.fault.cut);
	assert_int_equal(o.fault.offset, st.st_size);
	assert_int_equal(o.nr, i);
}

/* ---- rotation ---- */

/* Files r.000000 and on: 20 records of 10 ms each, in frames of their own. */
static void make_parts(const struct sct_capture_options *options)
{
	struct sct_capture *c = captured_open("r", options);
	unsigned int i;

	for (i = 0; i < 20; i++) {
		assert_int_equal(sct_capture_round(c, (i + 1) * 10 * MS), 0);
		captured_put(c, i % 3, i * 10 * MS, i);
		assert_int_equal(sct_capture_flush(c), 0);
	}
	close_capture(c, 0);
}

static unsigned int parts(char **paths, unsigned int max)
{
	unsigned int i, n = 0;
	char *path;

	for (i = 0; i < 100; i++) {
		assert_true(asprintf(&path, "%s.%06u", captured_path("r"), i) > 0);
		if (access(path, F_OK) || n == max)
			free(path);
		else
			paths[n++] = path;
	}
	return n;
}

static void check_parts(unsigned int n, char **paths, unsigned int first, unsigned int nr)
{
	unsigned int i;

	captured_read(&o, paths, n);
	assert_int_equal(o.opened, 0);
	assert_null(o.fault.path);
	assert_int_equal(o.nr, nr);
	for (i = 0; i < nr && i < COUNT(o.tids); i++)
		assert_int_equal(o.tids[i], first + i);
	assert_int_equal(o.counts.produced, nr);
	assert_int_equal(o.end.flags & SCT_END_OF_RECORDING, SCT_END_OF_RECORDING);
}

static void rotation_by_time(void **state)
{
	struct sct_capture_options options = { .rotate_ns = 50 * MS };
	char *paths[100];
	unsigned int n, i;

	(void)state;
	make_parts(&options);
	n = parts(paths, 100);
	assert_int_equal(n, 4);
	check_parts(n, paths, 0, 20);
	/* Each alone is a file like any other. */
	captured_read_one(&o, paths[2]);
	assert_null(o.fault.path);
	assert_int_equal(o.nr, 5);
	assert_int_equal(o.tids[0], 10);
	assert_int_equal(o.end.flags, 0);
	for (i = 0; i < n; i++)
		free(paths[i]);
}

static void rotation_by_size_keeps_the_last(void **state)
{
	struct sct_capture_options options = { .rotate_bytes = 1000, .keep = 3 };
	char *paths[100];
	struct stat st;
	unsigned int n, i;

	(void)state;
	make_parts(&options);
	n = parts(paths, 100);
	assert_int_equal(n, 3);
	captured_read(&o, paths, n);
	assert_null(o.fault.path);
	assert_int_equal(o.tids[o.nr - 1], 19);
	check_parts(n, paths, 20 - o.nr, o.nr);
	for (i = 0; i < n; i++) {
		assert_int_equal(stat(paths[i], &st), 0);
		assert_true(st.st_size >= 500 && st.st_size < 1500);
		free(paths[i]);
	}
}

/* A large round goes on in the next file, and its records stay in order across CPUs. */
static void rotation_within_a_round(void **state)
{
	struct sct_capture_options options = { .rotate_bytes = 20000 };
	struct sct_capture *c = captured_open("r", &options);
	size_t n = 60000, i;
	struct sctrace_rec_task_exit *recs = calloc(n, sizeof(*recs));
	char *paths[100];
	unsigned int nr;

	(void)state;
	for (i = 0; i < n; i++)
		recs[i].hdr = (struct sctrace_hdr) { .words = sizeof(*recs) / 8, .type = SCTRACE_REC_TASK_EXIT,
						     .tid = i, .time = i * 1000 };
	assert_int_equal(sct_capture_round(c, S), 0);
	/* The later half first. */
	assert_int_equal(sct_capture_block(c, 0, recs + n / 2, n / 2 * sizeof(*recs)), 0);
	assert_int_equal(sct_capture_block(c, 1, recs, n / 2 * sizeof(*recs)), 0);
	close_capture(c, 0);
	free(recs);
	nr = parts(paths, 100);
	assert_true(nr > 3);
	check_parts(nr, paths, 0, n);
	for (i = 0; i < nr; i++)
		free(paths[i]);
}

static void parts_in_another_order_are_refused(void **state)
{
	struct sct_capture_options options = { .rotate_ns = 50 * MS };
	char *paths[100], *wrong[2];
	unsigned int n, i;
	uint8_t *bytes;
	size_t len;

	(void)state;
	make_parts(&options);
	n = parts(paths, 100);
	wrong[0] = paths[0];
	wrong[1] = paths[2];
	captured_read(&o, wrong, 2);
	assert_string_equal(o.fault.path, paths[2]);
	assert_non_null(strstr(o.fault.what, "is not the part of the recording that follows"));
	assert_int_equal(o.nr, 5);
	/* Of another recording: the part would be right. */
	bytes = captured_bytes(paths[0], &len);
	captured_write(captured_path("other"), bytes, len);
	free(bytes);
	make_parts(&options);
	wrong[0] = captured_path("other");
	wrong[1] = paths[1];
	captured_read(&o, wrong, 2);
	assert_string_equal(o.fault.path, paths[1]);
	assert_int_equal(o.nr, 5);
	for (i = 0; i < n; i++)
		free(paths[i]);
}

/* ---- rings ---- */

static void a_round_takes_what_rings_hold(void **state)
{
	struct sct_capture *c = captured_open("f", NULL);
	struct lanes *l;

	(void)state;
	assert_int_equal(lanes_setup((void **)&l), 0);
	lanes_put(l, 1, 5, 42);
	lanes_show(l, 1);
	lanes_put(l, 1, 6, 43);
	assert_int_equal(sct_capture_rings(c, l->rings, NR_LANES), 1);
	assert_int_equal(l->cons[1].tail, REC_BYTES);
	assert_int_equal(sct_capture_rings(c, l->rings, NR_LANES), 0);
	lanes_show(l, 1);
	assert_int_equal(sct_capture_rings(c, l->rings, NR_LANES), 1);
	/* More than the ring can hold. */
	l->prod[2].head = LANE_BYTES + 8;
	assert_int_equal(sct_capture_rings(c, l->rings, NR_LANES), -EPROTO);
	close_capture(c, 0);
	captured_read_one(&o, captured_path("f"));
	assert_int_equal(o.nr, 2);
	assert_int_equal(o.tids[0], 42);
	assert_int_equal(o.tids[1], 43);
	lanes_teardown((void **)&l);
}

/* Nothing is returned, and no room given back, that is not in the file. */
static void what_is_shown_is_written_too(void **state)
{
	struct sct_capture *c = captured_open("f", NULL);
	struct sct_order order;
	struct sct_record rec;
	struct lanes *l;
	uint64_t records, lost;
	unsigned int i, shown = 0;

	(void)state;
	assert_int_equal(lanes_setup((void **)&l), 0);
	assert_int_equal(sct_order_init(&order, l->rings, NR_LANES), 0);
	order.tap = sct_capture_tap;
	order.of = c;
	for (i = 0; i < 500; i++) {
		lanes_put(l, i % 3, i, i);
		lanes_show(l, i % 3);
		while (sct_order_next(&order, &rec) > 0)
			assert_int_equal(rec.hdr->tid, shown++);
		sct_capture_counts(c, &records, &lost);
		assert_int_equal(records, i + 1);
	}
	assert_int_equal(shown, 500);
	close_capture(c, 0);
	captured_read_one(&o, captured_path("f"));
	assert_int_equal(o.nr, 500);
	for (i = 0; i < 500; i++)
		assert_int_equal(o.tids[i], i);
	sct_order_free(&order);
	lanes_teardown((void **)&l);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, captured_setup, captured_teardown)
	const struct CMUnitTest sctrace_capture_file[] = {
		CASE(head_and_end_come_back),
		CASE(a_cause_of_the_next_round_comes_first),
		CASE(the_last_millisecond_of_a_round_waits),
		CASE(many_records_of_one_cpu_in_one_round),
		CASE(gaps_and_records_are_counted),
		CASE(what_is_no_record_is_not_written),
		CASE(a_flipped_byte_anywhere),
		CASE(a_cut_anywhere),
		CASE(a_frame_too_few_or_too_many),
		CASE(what_is_no_capture_file),
		CASE(no_room_leaves_whole_frames),
		CASE(rotation_by_time),
		CASE(rotation_by_size_keeps_the_last),
		CASE(rotation_within_a_round),
		CASE(parts_in_another_order_are_refused),
		CASE(a_round_takes_what_rings_hold),
		CASE(what_is_shown_is_written_too),
	};

	return cmocka_run_group_tests(sctrace_capture_file, NULL, NULL);
}
