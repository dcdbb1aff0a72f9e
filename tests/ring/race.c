// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ring between two threads, under ThreadSanitizer: module/ring.c at one end, the reader's own
 * source_ring.c at the other. Record number n says so, has time n, and a length and contents that
 * follow from n, so the reader knows what each one must be and which are missing.
 *
 * The same program is also linked with one of the four barriers weakened (race-without-A ... -D):
 * then it wants ThreadSanitizer to object. That shows that it would.
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "area.h"
#include "cmocka_all.h"

#define RING_BYTES	SCTRACE_RING_MIN_BYTES
#define MAX_RECORD	(RING_BYTES / 2)

static u64 nr_records = 3000000;
static unsigned int nr_reports;

/* Called by ThreadSanitizer for each report. */
void __tsan_on_report(void *report);
void __tsan_on_report(void *report)
{
	(void)report;
	__atomic_fetch_add(&nr_reports, 1, __ATOMIC_RELAXED);
}

static unsigned int reports_so_far(void)
{
	return __atomic_load_n(&nr_reports, __ATOMIC_RELAXED);
}

/* A number that looks random and follows from n. */
static u64 mix(u64 n)
{
	n = (n + 1) * 0x9e3779b97f4a7c15ull;
	n = (n ^ (n >> 30)) * 0xbf58476d1ce4e5b9ull;
	return n ^ (n >> 29);
}

/* Words of payload in record n: mostly few, sometimes many, seldom as many as can be. */
static u32 payload_words(u64 n)
{
	u64 r = mix(n);

	if (!(r & 4095))
		return (MAX_RECORD - sizeof(struct sctrace_hdr) - 8 - sizeof(struct sctrace_piece)) / 8;
	if (!(r & 63))
		return r >> 32 & 255;
	return r >> 32 & 15;
}

static u32 record_bytes(u64 n)
{
	return sizeof(struct sctrace_hdr) + 8 + sizeof(struct sctrace_piece) + 8 * payload_words(n);
}

static void write_record(struct sctrace_hdr *hdr, u64 n)
{
	u64 *args = (u64 *)(hdr + 1);
	struct sctrace_piece *piece = (struct sctrace_piece *)(args + 1);
	u64 *payload = (u64 *)(piece + 1);
	u32 i, words = payload_words(n);

	*hdr = (struct sctrace_hdr) {
		.words = record_bytes(n) / 8,
		.type = SCTRACE_REC_ENTER,
		.nr = n & 255,
		.nr_args = 1,
		.tid = 1,
		.tgid = 1,
		.time = n,
	};
	args[0] = n;
	*piece = (struct sctrace_piece) { .len = 8 * words, .wanted = 8 * words };
	for (i = 0; i < words; i++)
		payload[i] = n + i;
}

/* ---- the module's end ---- */

struct producer {
	struct sctrace_ring *ring;
	u64 lost;
	u64 wakes;
	bool done;
};

/* After a loss some more are lost; then the reader is given time. */
static void be_patient(const struct producer *p, u64 n)
{
	if (mix(n) & 127)
		return;
	while (sctrace_ring_unread(p->ring) > p->ring->size / 2)
		sched_yield();
}

static void *produce(void *data)
{
	struct producer *p = data;
	u64 n;

	for (n = 0; n < nr_records; n++) {
		u32 bytes = record_bytes(n), spare = mix(~n) & 0x1f8;
		u32 max = bytes + spare < MAX_RECORD ? bytes + spare : MAX_RECORD;
		struct sctrace_hdr *hdr = sctrace_ring_reserve(p->ring, max, n);

		if (!hdr) {
			p->lost++;
			be_patient(p, n);
			continue;
		}
		write_record(hdr, n);
		if (sctrace_ring_commit(p->ring, bytes))
			p->wakes += sctrace_ring_attend(p->ring) & SCTRACE_RING_WAKE;
	}
	sctrace_ring_flush_gap(p->ring);
	/* Not with RELEASE, which one of the builds weakens. */
	__atomic_store_n(&p->done, true, __ATOMIC_SEQ_CST);
	return NULL;
}

/* ---- the reader's end ---- */

struct consumer {
	struct sct_ring *ring;
	u64 expected;		/* number of the next record, or of the first in the next gap */
	u64 delivered;
	u64 gaps;
	u64 lost;
	const char *wrong;	/* the first thing that was */
};

static const char *check_gap(struct consumer *c, const struct sctrace_rec_gap *gap)
{
	if (!gap->lost)
		return "a gap of nothing";
	if (gap->cause != SCTRACE_GAP_FULL)
		return "a gap of unknown cause";
	if (gap->hdr.time != c->expected)
		return "a gap that does not begin where records are missing";
	if (gap->until != c->expected + gap->lost - 1)
		return "a gap that does not end where records are missing";
	c->expected += gap->lost;
	c->lost += gap->lost;
	c->gaps++;
	return NULL;
}

static const char *check_record(struct consumer *c, const struct sct_record *rec)
{
	u64 n = c->expected, payload;
	struct sct_piece piece;
	size_t at = 0;
	u32 i;

	if (rec->hdr->type == SCTRACE_REC_GAP)
		return check_gap(c, (const struct sctrace_rec_gap *)rec->hdr);
	if (rec->hdr->type != SCTRACE_REC_ENTER || rec->hdr->nr_args != 1 || !sct_piece_next(&rec->pieces, &at, &piece))
		return "another record than was written";
	if (rec->args[0] != n)
		return "a record out of order, or one missing without a gap";
	if (rec->hdr->words * 8u != record_bytes(n) || rec->hdr->time != n || rec->nr != (n & 255))
		return "a header that is not whole";
	for (i = 0; i < payload_words(n); i++) {
		memcpy(&payload, piece.data + 8 * i, sizeof(payload));
		if (payload != n + i)
			return "a payload that is not whole";
	}
	c->expected++;
	c->delivered++;
	return NULL;
}

/* Takes all that there is. */
static void drain(struct consumer *c)
{
	uint64_t head = sct_ring_head(c->ring);
	struct sct_record rec;
	int ret;

	while ((ret = sct_ring_peek(c->ring, head, &rec)) > 0) {
		c->wrong = check_record(c, &rec);
		if (c->wrong)
			return;
		sct_ring_advance(c->ring, &rec);
		if (!(c->delivered & 31))
			sct_ring_release(c->ring);
		/* Sometimes slow, so that the ring fills. */
		if (!(mix(c->delivered) & 32767))
			usleep(2000);
	}
	if (ret < 0)
		c->wrong = "bytes that are no record";
	sct_ring_release(c->ring);
}

static void consume(struct consumer *c, struct producer *p)
{
	bool done;

	do {
		done = __atomic_load_n(&p->done, __ATOMIC_SEQ_CST);
		drain(c);
		if (!done)
			sched_yield();
	} while (!done && !c->wrong);
}

/* ---- other CPUs ---- */

/* What poll(2) and SCTRACE_IOC_STATS look at while the probes write. */
static void *look_on(void *data)
{
	struct producer *p = data;
	u64 produced = 0;

	while (!__atomic_load_n(&p->done, __ATOMIC_SEQ_CST)) {
		u64 now = READ_ONCE(p->ring->produced);

		if (sctrace_ring_unread(p->ring) > p->ring->size || now < produced ||
		    READ_ONCE(p->ring->lost) > READ_ONCE(p->ring->produced))
			return "counters that make no sense";
		produced = now;
		sched_yield();
	}
	return NULL;
}

/* Runs both ends, and an onlooker if asked for. Return: what the onlooker saw wrong. */
static const char *run(struct area *area, struct producer *p, struct consumer *c, bool onlooker)
{
	pthread_t producer, other;
	void *seen = NULL;

	assert_int_equal(area_make(area, RING_BYTES, RING_BYTES / 8, SCTRACE_MODE_DISCARD), 0);
	*p = (struct producer) { .ring = &area->module };
	*c = (struct consumer) { .ring = &area->reader };
	assert_int_equal(pthread_create(&producer, NULL, produce, p), 0);
	if (onlooker)
		assert_int_equal(pthread_create(&other, NULL, look_on, p), 0);
	consume(c, p);
	pthread_join(producer, NULL);
	if (onlooker)
		pthread_join(other, &seen);
	return seen;
}

/* ---- cases ---- */

static void ring_between_two_threads(void **state)
{
	unsigned int before = reports_so_far();
	struct producer p;
	struct consumer c;
	struct area area;

	(void)state;
	run(&area, &p, &c, false);
	print_message("# %llu delivered, %llu lost in %llu gaps, %llu wake-ups\n",
		      (unsigned long long)c.delivered, (unsigned long long)c.lost,
		      (unsigned long long)c.gaps, (unsigned long long)p.wakes);
	if (c.wrong)
		fail_msg("the reader got %s at record %llu", c.wrong,
			 (unsigned long long)c.expected);
	assert_int_equal(area.module.produced, nr_records);
	assert_int_equal(c.delivered + c.lost, nr_records);
	assert_int_equal(c.lost, p.lost);
	assert_int_equal(c.lost, area.module.lost);
	assert_int_equal(c.expected, nr_records);
	/* Otherwise it has not been a test of either. */
	assert_true(c.gaps > 10);
	assert_true(c.delivered > nr_records / 4);
	assert_int_equal(reports_so_far(), before);
	area_free(&area);
}

static void ring_seen_from_another_cpu(void **state)
{
	unsigned int before = reports_so_far();
	const char *seen;
	struct producer p;
	struct consumer c;
	struct area area;

	(void)state;
	seen = run(&area, &p, &c, true);
	if (seen)
		fail_msg("another CPU saw %s", seen);
	assert_null(c.wrong);
	assert_int_equal(reports_so_far(), before);
	area_free(&area);
}

/* In a build without one of the barriers. What the reader gets may be wrong then, or not: that is the CPU's choice. */
static void ring_without_a_barrier_is_reported(void **state)
{
	struct producer p;
	struct consumer c;
	struct area area;

	(void)state;
	run(&area, &p, &c, false);
	assert_true(reports_so_far() > 0);
	area_free(&area);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest sound[] = {
		cmocka_unit_test(ring_between_two_threads),
		cmocka_unit_test(ring_seen_from_another_cpu),
	};
	static const struct CMUnitTest weak[] = {
		cmocka_unit_test(ring_without_a_barrier_is_reported),
	};
	char suite[32];

	if (argc > 1)
		nr_records = strtoull(argv[1], NULL, 10);
	if (argc < 3)
		return cmocka_run_group_tests_name("sctrace_ring_race", sound, NULL, NULL);
	snprintf(suite, sizeof(suite), "sctrace_ring_without_%s", argv[2]);
	return cmocka_run_group_tests_name(suite, weak, NULL, NULL);
}
