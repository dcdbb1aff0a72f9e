// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/lib/window.c, file_index.c: a part of a recording is that part of the whole, wherever it is read from. */
#include <stdio.h>
#include <stdlib.h>

#include "capture_format.h"
#include "captured.h"
#include "file_index.h"
#include "window.h"

#define MS 1000000ull
#define ROUNDS 24
#define CPUS 3

/* A record that was read, by what tells it from all others. */
struct seen {
	uint64_t time;
	uint32_t tid;
	uint8_t type;
};

struct part {
	struct seen in[1024];
	size_t nr;
	struct seen before[4096];	/* what came with it */
	size_t nr_before;
	int ret;			/* of sct_window_seek() */
	struct sct_file_fault damage;	/* that it told of */
	struct sct_file_fault fault;
};

static struct part whole, part;

/* ---- a recording ---- */

static void put(struct sct_capture *c, unsigned int cpu, struct made *m, uint64_t time, uint32_t tid)
{
	m->hdr.time = time;
	if (m->hdr.type != SCTRACE_REC_GAP)
		m->hdr.tid = m->hdr.tgid = tid;
	assert_int_equal(sct_capture_block(c, cpu, m->bytes, m->size), 0);
}

static void enter(struct sct_capture *c, unsigned int cpu, uint64_t time, uint32_t tid)
{
	struct made m;

	made_enter(&m, 1, 0, NULL);
	put(c, cpu, &m, time, tid);
}

static void leave(struct sct_capture *c, unsigned int cpu, uint64_t time, uint32_t tid)
{
	struct made m;

	made_exit(&m, 1, 0);
	put(c, cpu, &m, time, tid);
}

/*
 * 24 rounds of 10 ms. On each CPU a task makes a call a round and ends it in the next one. Another one is in a call from
 * round 2 to 20, and one executes a program as another thread. Some frames hold two rounds, some rounds lie in two frames.
 */
static void record(struct sct_capture *c)
{
	unsigned int i, cpu;
	struct made m;

	for (i = 1; i <= ROUNDS; i++) {
		uint64_t now = i * 10 * MS;

		assert_int_equal(sct_capture_round(c, now), 0);
		for (cpu = 0; cpu < CPUS; cpu++) {
			uint64_t at = now - 9 * MS + cpu;

			if (i > 1)
				leave(c, cpu, at, 100 + cpu);
			enter(c, cpu, at + 5 * MS, 100 + cpu);
			if (i == 2 && !cpu)
				enter(c, 0, now - 3 * MS, 200);
			if (i == 4 && cpu == 1) {
				made_fork(&m, 300, 300);
				put(c, 1, &m, now - 3 * MS, 101);
			}
			if (i == 9 && cpu == 2)
				leave(c, 2, now - 3 * MS, 300);
			if (i == 10 && cpu == 1)
				enter(c, 1, now - 3 * MS, 401);
			if (i == 11 && cpu == 1) {
				made_exec(&m, 401);
				put(c, 1, &m, now - 3 * MS, 400);
			}
			if (i == 13 && cpu == 1)
				leave(c, 1, now - 3 * MS, 400);
			if (i == 15 && cpu == 2) {
				/* What is missing is older than what stands before it. */
				made_gap(&m, 3);
				put(c, 2, &m, now - 4 * MS, 0);
			}
			if (i == 20 && !cpu)
				leave(c, 0, now - 3 * MS, 200);
			/* Made while the rings were looked at. */
			if (i % 5 == 0)
				enter(c, cpu, now + 1000 + cpu, 500 + i + cpu);
			if (i % 4 == 0 && cpu == 1)
				assert_int_equal(sct_capture_flush(c), 0);
		}
		if (i % 3)
			assert_int_equal(sct_capture_flush(c), 0);
	}
}

static const struct sct_capture_options plain, rotated = { .rotate_ns = 70 * MS };

static void make_file(const char *name, const struct sct_capture_options *options)
{
	struct sct_capture *c = captured_open(name, options);

	record(c);
	assert_int_equal(sct_capture_close(c, &(struct sct_capture_end) { 0 }), 0);
}

/* ---- reading ---- */

static void note(struct seen *list, size_t *nr, size_t room, const struct sct_record *rec)
{
	assert_true(*nr < room);
	list[(*nr)++] = (struct seen) { rec->hdr->time, rec->hdr->tid, rec->hdr->type };
}

/* seek: else all is read from the beginning. */
static void read_part(struct part *p, char *const *paths, unsigned int nr, uint64_t since, uint64_t until, bool seek)
{
	struct sct_window w = { .since = since, .until = until };
	enum sct_window_place place;
	struct sct_session *s;
	struct sct_record rec;

	memset(p, 0, sizeof(*p));
	assert_int_equal(sct_open_files(&s, paths, nr, &p->fault), 0);
	if (seek)
		p->ret = sct_window_seek(s, since, until, &p->damage);
	while (sct_next(s, &rec) > 0) {
		place = sct_window_place(&w, &rec);
		if (place == SCT_WINDOW_BEHIND)
			break;
		if (place == SCT_WINDOW_IN)
			note(p->in, &p->nr, COUNT(p->in), &rec);
		else
			note(p->before, &p->nr_before, COUNT(p->before), &rec);
	}
	p->fault = sct_file_fault(s);
	sct_close(s);
}

static void compare(const char *what, const struct part *a, const struct part *b, uint64_t since, uint64_t until)
{
	if (a->nr != b->nr || memcmp(a->in, b->in, a->nr * sizeof(a->in[0])))
		fail_msg("%s: from %lu to %lu there are %zu records instead of %zu", what, since, until, b->nr, a->nr);
}

static bool has(const struct seen *list, size_t nr, uint32_t tid, uint8_t type)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (list[i].tid == tid && list[i].type == type)
			return true;
	}
	return false;
}

/* Tasks of the part whose first record is a return: their call must have come before, if it is in the file. */
static void check_calls(const struct part *all, const struct part *p, uint64_t since)
{
	size_t i, j;

	for (i = 0; i < p->nr; i++) {
		uint32_t tid = p->in[i].tid;

		for (j = 0; j < i && p->in[j].tid != tid; j++)
			;
		if (j < i || p->in[i].type != SCTRACE_REC_EXIT)
			continue;
		if (has(all->before, all->nr_before, tid, SCTRACE_REC_ENTER) &&
		    !has(p->before, p->nr_before, tid, SCTRACE_REC_ENTER))
			fail_msg("from %lu: the call of %u is not there", since, tid);
		/* 400 was 401 when it made the call. */
		if (tid == 400 && !has(p->in, i, 400, SCTRACE_REC_EXEC))
			assert_true(has(p->before, p->nr_before, 401, SCTRACE_REC_ENTER));
		if (tid == 300)
			assert_true(has(p->before, p->nr_before, 101, SCTRACE_REC_FORK) ||
				    has(p->in, i, 101, SCTRACE_REC_FORK));
	}
}

/* All parts there are, of some lengths. Return: how many of them did not begin at the beginning. */
static unsigned int compare_parts(const char *what, char *const *paths, unsigned int nr)
{
	static const uint64_t lengths[] = { 1, 4 * MS, 13 * MS, 90 * MS, UINT64_MAX / 2 };
	unsigned int later = 0;
	uint64_t since;
	size_t i;

	for (since = 1 * MS; since < (ROUNDS + 2) * 10 * MS; since += MS) {
		for (i = 0; i < COUNT(lengths); i++) {
			read_part(&whole, paths, nr, since, since + lengths[i], false);
			read_part(&part, paths, nr, since, since + lengths[i], true);
			compare(what, &whole, &part, since, since + lengths[i]);
			assert_true(part.ret >= 0);
			assert_null(part.damage.path);
			check_calls(&whole, &part, since);
			later += part.ret > 0;
		}
	}
	return later;
}

static void a_part_is_the_same_wherever_it_is_read_from(void **state)
{
	char *path = captured_path("f");

	(void)state;
	make_file("f", &plain);
	assert_true(compare_parts("plain", &path, 1) > 800);
}

static void a_part_of_a_file_without_an_end(void **state)
{
	char *path = captured_path("f");
	struct sct_capture *c = captured_open("f", &plain);
	uint8_t *bytes;
	size_t len;

	(void)state;
	record(c);
	/* What it has written so far is all that there will be. */
	bytes = captured_bytes(path, &len);
	assert_int_equal(sct_capture_close(c, &(struct sct_capture_end) { 0 }), 0);
	captured_write(path, bytes, len);
	assert_true(compare_parts("no end", &path, 1) > 700);
	/* In the midst of a frame. */
	captured_write(path, bytes, len - 5);
	assert_true(compare_parts("cut", &path, 1) > 700);
	read_part(&part, &path, 1, 100 * MS, UINT64_MAX, true);
	assert_true(part.fault.cut);
	free(bytes);
}

static void a_part_of_several_files(void **state)
{
	char *paths[4];
	unsigned int i;
	char name[16];

	(void)state;
	make_file("f", &rotated);
	for (i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "f.%06u", i);
		paths[i] = captured_path(name);
	}
	/* The paths are good for eight calls. */
	assert_true(compare_parts("parts", paths, 4) > 800);
	assert_true(compare_parts("the last two", paths + 2, 2) > 300);
}

/* Each record is in one part, and they are the whole. */
static void parts_that_follow_each_other_are_the_whole(void **state)
{
	char *path = captured_path("f");
	uint64_t at;
	size_t n = 0;

	(void)state;
	make_file("f", &plain);
	read_part(&whole, &path, 1, 0, UINT64_MAX, false);
	for (at = 0; at < ROUNDS * 10 * MS + 7 * MS; at += 7 * MS) {
		read_part(&part, &path, 1, at, at + 7 * MS, true);
		assert_memory_equal(part.in, whole.in + n, part.nr * sizeof(part.in[0]));
		n += part.nr;
	}
	assert_int_equal(n, whole.nr);
}

/* How many records of this time or later come, from where they are all said to be. */
static unsigned int count_since(const char *path, uint64_t since, bool seek)
{
	char *paths[] = { (char *)path };
	struct sct_file_fault fault;
	struct sct_session *s;
	struct sct_record rec;
	unsigned int n = 0;

	assert_int_equal(sct_open_files(&s, paths, 1, &fault), 0);
	if (seek)
		assert_true(sct_session_seek(s, since, 0) >= 0);
	while (sct_next(s, &rec) > 0)
		n += rec.hdr->time >= since;
	sct_close(s);
	return n;
}

static void no_record_is_missing_from_a_place_on(void **state)
{
	char *path = captured_path("f");
	uint64_t since;

	(void)state;
	make_file("f", &plain);
	for (since = 0; since < (ROUNDS + 2) * 10 * MS; since += MS / 2)
		assert_int_equal(count_since(path, since, true), count_since(path, since, false));
}

/* Of a part whose tasks have all begun shortly before it, no frame far away is looked at. */
static void other_frames_are_not_read(void **state)
{
	char *path = captured_path("f");
	struct sct_frame frame;
	size_t len, begin;
	unsigned int spoilt = 0, sound = 0;
	uint8_t *bytes;

	(void)state;
	make_file("f", &plain);
	read_part(&whole, &path, 1, 150 * MS, 160 * MS, false);
	bytes = captured_bytes(path, &len);
	for (begin = 0; begin < len; begin += sizeof(frame) + frame.stored) {
		memcpy(&frame, bytes + begin, sizeof(frame));
		if (frame.kind == SCT_FRAME_RECORDS && (frame.time < 110 * MS || frame.time > 210 * MS)) {
			memset(bytes + begin, 0x55, sizeof(frame) + frame.stored);
			spoilt++;
		} else {
			sound++;
		}
	}
	assert_true(spoilt > 10 && sound > 5);
	captured_write(path, bytes, len);
	free(bytes);
	read_part(&part, &path, 1, 150 * MS, 160 * MS, true);
	compare("spoilt elsewhere", &whole, &part, 150 * MS, 160 * MS);
	assert_int_equal(part.ret, 1);
	assert_null(part.fault.path);
	assert_null(part.damage.path);
	assert_true(whole.nr >= 6);
	/* In this one a call ends that began before the damage. */
	read_part(&part, &path, 1, 180 * MS, 189 * MS, true);
	assert_null(part.damage.path);
	read_part(&part, &path, 1, 186 * MS, 198 * MS, true);
	assert_non_null(part.damage.path);
	assert_true(part.nr > 0);
	assert_false(has(part.before, part.nr_before, 200, SCTRACE_REC_ENTER));
}

/* Of a call that is one record and began in the part, no former record of its task is looked for. */
static void calls_of_one_record_need_none_before(void **state)
{
	struct sct_capture *c = captured_open("f", &plain);
	char *path = captured_path("f");
	unsigned int i;
	struct made m;

	(void)state;
	for (i = 1; i <= 60; i++) {
		uint64_t now = i * 10 * MS;

		assert_int_equal(sct_capture_round(c, now), 0);
		made_call(&m, 1, 0, NULL, 0, now - 7 * MS);
		put(c, 0, &m, now - 6 * MS, 1000 + i);
		/* This one began long before. */
		made_call(&m, 1, 0, NULL, 0, i == 50 ? 15 * MS : now - 5 * MS);
		if (i == 2 || i == 50)
			put(c, 1, &m, now - 2 * MS, 600);
		assert_int_equal(sct_capture_flush(c), 0);
	}
	assert_int_equal(sct_capture_close(c, &(struct sct_capture_end) { 0 }), 0);
	read_part(&part, &path, 1, 400 * MS, 420 * MS, true);
	assert_int_equal(part.ret, 1);
	assert_int_equal(part.nr, 2);
	assert_true(part.nr_before < 4);
	read_part(&part, &path, 1, 490 * MS, 500 * MS, true);
	assert_int_equal(part.nr, 2);
	assert_true(has(part.before, part.nr_before, 600, SCTRACE_REC_CALL));
}

/* The index has every second frame then: places are fewer, and as good. */
static void an_index_that_was_thinned_out(void **state)
{
	char *path = captured_path("f");
	struct sct_file_index index;
	struct sct_capture *c = captured_open("f", &plain);
	unsigned int i, n = 70000;

	(void)state;
	for (i = 1; i <= n; i++) {
		assert_int_equal(sct_capture_round(c, i * MS), 0);
		enter(c, i % CPUS, i * MS - MS / 2, i);
		assert_int_equal(sct_capture_flush(c), 0);
	}
	assert_int_equal(sct_capture_close(c, &(struct sct_capture_end) { 0 }), 0);
	assert_int_equal(sct_file_index_make(&index, &path, 1), 0);
	assert_true(index.complete);
	assert_int_equal(index.nr, n / 2);
	assert_int_equal(index.end, n * MS);
	sct_file_index_free(&index);
	read_part(&part, &path, 1, 60000 * MS, 60100 * MS, true);
	assert_int_equal(part.ret, 1);
	assert_int_equal(part.nr, 100);
	assert_int_equal(part.in[0].tid, 60001);
	assert_true(part.nr_before < 10);
}

/* All of a dump is of one round, so there is only one place to begin. */
static void a_recording_of_one_round(void **state)
{
	struct sct_capture *c = captured_open("f", &plain);
	char *path = captured_path("f");
	unsigned int i;

	(void)state;
	assert_int_equal(sct_capture_round(c, 500 * MS), 0);
	for (i = 0; i < 400; i++) {
		enter(c, i % CPUS, i * MS, 1000 + i);
		if (i % 50 == 0)
			assert_int_equal(sct_capture_flush(c), 0);
	}
	assert_int_equal(sct_capture_close(c, &(struct sct_capture_end) { 0 }), 0);
	read_part(&part, &path, 1, 100 * MS, 200 * MS, true);
	assert_int_equal(part.ret, 0);
	assert_int_equal(part.nr, 100);
	assert_int_equal(part.in[0].tid, 1100);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, captured_setup, captured_teardown)
	const struct CMUnitTest sctrace_window[] = {
		CASE(a_part_is_the_same_wherever_it_is_read_from),
		CASE(a_part_of_a_file_without_an_end),
		CASE(a_part_of_several_files),
		CASE(parts_that_follow_each_other_are_the_whole),
		CASE(no_record_is_missing_from_a_place_on),
		CASE(other_frames_are_not_read),
		CASE(calls_of_one_record_need_none_before),
		CASE(an_index_that_was_thinned_out),
		CASE(a_recording_of_one_round),
	};

	return cmocka_run_group_tests(sctrace_window, NULL, NULL);
}
