// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * userspace/lib/order.c. The linker puts __wrap_sct_ring_head() between it and the rings
 * (-Wl,--wrap), so that a test can write a record between one look at a head and the next.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "lanes.h"
#include "order.h"

static void (*before_look)(unsigned int look);
static unsigned int nr_looks;
static struct lanes *lanes;

uint64_t __real_sct_ring_head(const struct sct_ring *ring);
uint64_t __wrap_sct_ring_head(const struct sct_ring *ring);

uint64_t __wrap_sct_ring_head(const struct sct_ring *ring)
{
	if (before_look)
		before_look(nr_looks);
	nr_looks++;
	return __real_sct_ring_head(ring);
}

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

static int setup(void **state)
{
	if (lanes_setup((void **)&lanes))
		return -1;
	before_look = NULL;
	nr_looks = 0;
	*state = lanes;
	return 0;
}

static void put(unsigned int lane, uint64_t time, uint32_t id)
{
	lanes_put(lanes, lane, time, id);
	lanes_show(lanes, lane);
}

static void begin(struct sct_order *order)
{
	assert_int_equal(sct_order_init(order, lanes->rings, NR_LANES), 0);
}

/* The next record is this one. */
static void expect(struct sct_order *order, uint32_t id)
{
	struct sct_record rec;

	assert_int_equal(sct_order_next(order, &rec), 1);
	assert_int_equal(rec.hdr->tid, id);
}

static void expect_none(struct sct_order *order)
{
	struct sct_record rec;

	assert_int_equal(sct_order_next(order, &rec), 0);
}

/* ---- merging ---- */

static void next_of_empty_rings_is_none(void **state)
{
	struct sct_order order;

	(void)state;
	begin(&order);
	expect_none(&order);
	assert_false(order.held_back);
	sct_order_free(&order);
}

static void next_takes_one_ring_as_it_is(void **state)
{
	struct sct_order order;
	uint32_t i;

	(void)state;
	begin(&order);
	for (i = 1; i <= 5; i++)
		put(0, i, i);
	for (i = 1; i <= 5; i++)
		expect(&order, i);
	expect_none(&order);
	assert_false(order.held_back);
	sct_order_free(&order);
}

static void next_merges_three_rings_by_time(void **state)
{
	static const uint8_t lane_of[] = { 0, 1, 2, 1, 1, 0, 2, 2, 0, 1, 0, 0, 2 };
	struct sct_order order;
	uint32_t i;

	(void)state;
	begin(&order);
	for (i = 0; i < COUNT(lane_of); i++)
		put(lane_of[i], 100 + i, i);
	for (i = 0; i < COUNT(lane_of); i++)
		expect(&order, i);
	expect_none(&order);
	sct_order_free(&order);
}

static void next_at_the_same_time_keeps_each_ring_in_order(void **state)
{
	uint32_t last[NR_LANES] = { 0 };
	struct sct_order order;
	struct sct_record rec;
	unsigned int i;

	(void)state;
	begin(&order);
	for (i = 0; i < 12; i++)
		put(i % NR_LANES, 7, i + 1);
	for (i = 0; i < 12; i++) {
		assert_int_equal(sct_order_next(&order, &rec), 1);
		assert_true(rec.hdr->tid > last[rec.cpu]);
		last[rec.cpu] = rec.hdr->tid;
	}
	expect_none(&order);
	sct_order_free(&order);
}

/* A clock that goes back within a ring must not lose or stop anything. */
static void next_with_time_going_back_in_a_ring_goes_on(void **state)
{
	struct sct_order order;

	(void)state;
	begin(&order);
	put(0, 100, 1);
	put(0, 50, 2);
	put(1, 70, 3);
	expect(&order, 3);
	expect(&order, 1);
	expect(&order, 2);
	expect_none(&order);
	sct_order_free(&order);
}

/* Enough of them that the heap has levels; many records have the same time. */
static void next_of_many_rings_goes_by_time_and_then_by_cpu(void **state)
{
	enum { NR_RINGS = 37, NR_RECORDS = 60 };
	static struct lanes many[(NR_RINGS + NR_LANES - 1) / NR_LANES];
	struct sct_ring rings[NR_RINGS];
	struct sct_order order;
	struct sct_record rec;
	uint64_t time = 0;
	unsigned int i, k, cpu = 0, taken[NR_RINGS] = { 0 };
	uint32_t random = 1;

	(void)state;
	memset(many, 0, sizeof(many));
	for (i = 0; i < NR_RINGS; i++) {
		struct lanes *l = &many[i / NR_LANES];
		unsigned int lane = i % NR_LANES;

		rings[i] = (struct sct_ring) { .cpu = i, .size = LANE_BYTES, .prod = &l->prod[lane],
					       .cons = &l->cons[lane], .data = l->data[lane] };
		for (k = 0, time = 0; k < NR_RECORDS; k++) {
			random = random * 1103515245 + 12345;
			time += random >> 16 & 7;
			lanes_put(l, lane, time, k);
		}
		lanes_show(l, lane);
	}
	assert_int_equal(sct_order_init(&order, rings, NR_RINGS), 0);
	for (i = 0, time = 0; i < NR_RINGS * NR_RECORDS; i++) {
		assert_int_equal(sct_order_next(&order, &rec), 1);
		assert_true(rec.hdr->time > time || (rec.hdr->time == time && rec.cpu >= cpu));
		assert_int_equal(rec.hdr->tid, taken[rec.cpu]++);
		time = rec.hdr->time;
		cpu = rec.cpu;
	}
	expect_none(&order);
	sct_order_free(&order);
}

static void next_goes_round_the_ring(void **state)
{
	struct sct_order order;
	uint32_t i;

	(void)state;
	begin(&order);
	for (i = 0; i < 1000; i++) {
		put(i % 2, i, i);
		expect(&order, i);
		expect_none(&order);
	}
	sct_order_free(&order);
}

/* ---- safe and seen ---- */

/* Looks 0, 1, 2 are for safe, 3, 4, 5 for seen. */
static void cause_appears_after_first_looks(unsigned int look)
{
	if (look == 3)
		put(0, 10, 10);
}

static void next_waits_for_what_is_seen_but_not_safe(void **state)
{
	struct sct_order order;

	(void)state;
	begin(&order);
	put(1, 5, 5);
	put(1, 20, 20);
	before_look = cause_appears_after_first_looks;
	expect(&order, 5);
	/* 20 is safe, but 10 comes before it and may have causes that were not seen. */
	expect_none(&order);
	assert_true(order.held_back);
	before_look = NULL;
	expect(&order, 10);
	expect(&order, 20);
	expect_none(&order);
	assert_false(order.held_back);
	sct_order_free(&order);
}

/* The first look at ring 0 found nothing; then the cause came into it, then the effect into ring 1. */
static void cause_and_effect_appear(unsigned int look)
{
	if (look == 1) {
		put(0, 10, 10);
		put(1, 11, 11);
	}
}

static void next_never_gives_an_effect_before_its_cause(void **state)
{
	struct sct_order order;

	(void)state;
	begin(&order);
	before_look = cause_and_effect_appear;
	/* 11 is safe and 10 is not: neither yet. */
	expect_none(&order);
	expect(&order, 10);
	expect(&order, 11);
	sct_order_free(&order);
}

static void effect_appears_last(unsigned int look)
{
	if (look == 5)
		put(2, 30, 30);
}

static void next_gives_what_is_safe_before_what_is_only_seen(void **state)
{
	struct sct_order order;

	(void)state;
	begin(&order);
	put(0, 10, 10);
	before_look = effect_appears_last;
	expect(&order, 10);
	expect_none(&order);
	expect(&order, 30);
	sct_order_free(&order);
}

static void next_looks_twice_at_each_ring_a_round(void **state)
{
	struct sct_order order;

	(void)state;
	begin(&order);
	put(0, 1, 1);
	put(0, 2, 2);
	expect(&order, 1);
	expect(&order, 2);
	assert_int_equal(nr_looks, 2 * NR_LANES);
	expect_none(&order);
	expect_none(&order);
	assert_int_equal(nr_looks, 4 * NR_LANES);
	sct_order_free(&order);
}

static void next_leaves_what_comes_during_the_round_for_the_next(void **state)
{
	struct sct_order order;

	(void)state;
	begin(&order);
	put(0, 10, 10);
	expect(&order, 10);
	put(1, 5, 5);
	expect_none(&order);
	expect(&order, 5);
	sct_order_free(&order);
}

/* ---- the horizon ---- */

static void next_holds_back_what_is_new(void **state)
{
	struct timespec part = { .tv_nsec = 200000000 };
	struct sct_order order;

	(void)state;
	begin(&order);
	put(0, now_ns() - 1000000000, 1);
	put(1, now_ns() + 300000000, 2);
	expect(&order, 1);
	expect_none(&order);
	assert_true(order.held_back);
	nanosleep(&part, NULL);
	nanosleep(&part, NULL);
	expect(&order, 2);
	expect_none(&order);
	assert_false(order.held_back);
	sct_order_free(&order);
}

static void next_after_last_takes_everything(void **state)
{
	struct sct_order order;

	(void)state;
	begin(&order);
	put(0, now_ns() + 1000000000, 1);
	put(1, now_ns() + 2000000000, 2);
	put(2, 3, 3);
	expect(&order, 3);
	expect_none(&order);
	/* As sct_stop() does. */
	order.last = true;
	order.round = false;
	expect(&order, 1);
	expect(&order, 2);
	expect_none(&order);
	sct_order_free(&order);
}

static void next_after_last_in_the_middle_of_a_round(void **state)
{
	struct sct_order order;

	(void)state;
	begin(&order);
	put(0, 1, 1);
	put(0, 5, 5);
	put(1, 6, 6);
	expect(&order, 1);
	put(2, 2, 2);
	put(0, now_ns() + 1000000000, 7);
	order.last = true;
	order.round = false;
	expect(&order, 2);
	expect(&order, 5);
	expect(&order, 6);
	expect(&order, 7);
	expect_none(&order);
	assert_int_equal(lanes->cons[0].tail, lanes->head[0]);
	sct_order_free(&order);
}

/* ---- giving room back ---- */

static void next_keeps_the_bytes_of_the_record_given_out(void **state)
{
	struct sct_order order;
	struct sct_record rec;
	unsigned int i;

	(void)state;
	begin(&order);
	for (i = 0; i < LANE_BYTES / REC_BYTES; i++)
		put(0, i + 1, i);
	for (i = 0; i < LANE_BYTES / REC_BYTES; i++) {
		assert_int_equal(sct_order_next(&order, &rec), 1);
		assert_true(lanes->cons[0].tail <= i * REC_BYTES);
	}
	expect_none(&order);
	assert_int_equal(lanes->cons[0].tail, lanes->head[0]);
	sct_order_free(&order);
}

static void next_gives_room_back_within_a_round(void **state)
{
	struct sct_order order;
	struct sct_record rec;
	unsigned int i;

	(void)state;
	begin(&order);
	for (i = 0; i < LANE_BYTES / REC_BYTES; i++)
		put(0, i + 1, i);
	for (i = 0; i < LANE_BYTES / REC_BYTES; i++) {
		assert_int_equal(sct_order_next(&order, &rec), 1);
		assert_in_range(i * REC_BYTES - lanes->cons[0].tail, 0, LANE_BYTES / 8);
	}
	sct_order_free(&order);
}

/* ---- damage ---- */

static void next_of_a_damaged_record_is_an_error(void **state)
{
	struct sctrace_hdr bad = { .words = 3, .type = 99 };
	struct sct_order order;
	struct sct_record rec;

	(void)state;
	begin(&order);
	put(0, 1, 1);
	lanes_write(lanes, 0, &bad, sizeof(bad));
	lanes_show(lanes, 0);
	expect(&order, 1);
	assert_int_equal(sct_order_next(&order, &rec), -EPROTO);
	assert_int_equal(sct_order_next(&order, &rec), -EPROTO);
	sct_order_free(&order);
}

static void next_of_a_ring_overrun_is_an_error(void **state)
{
	struct sct_order order;
	struct sct_record rec;

	(void)state;
	begin(&order);
	put(0, 1, 1);
	lanes->prod[0].head = LANE_BYTES + 8;
	assert_int_equal(sct_order_next(&order, &rec), -EPROTO);
	sct_order_free(&order);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, lanes_teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(next_of_empty_rings_is_none),
		CASE(next_takes_one_ring_as_it_is),
		CASE(next_merges_three_rings_by_time),
		CASE(next_at_the_same_time_keeps_each_ring_in_order),
		CASE(next_with_time_going_back_in_a_ring_goes_on),
		CASE(next_of_many_rings_goes_by_time_and_then_by_cpu),
		CASE(next_goes_round_the_ring),
		CASE(next_waits_for_what_is_seen_but_not_safe),
		CASE(next_never_gives_an_effect_before_its_cause),
		CASE(next_gives_what_is_safe_before_what_is_only_seen),
		CASE(next_looks_twice_at_each_ring_a_round),
		CASE(next_leaves_what_comes_during_the_round_for_the_next),
		CASE(next_holds_back_what_is_new),
		CASE(next_after_last_takes_everything),
		CASE(next_after_last_in_the_middle_of_a_round),
		CASE(next_keeps_the_bytes_of_the_record_given_out),
		CASE(next_gives_room_back_within_a_round),
		CASE(next_of_a_damaged_record_is_an_error),
		CASE(next_of_a_ring_overrun_is_an_error),
	};

	return cmocka_run_group_tests_name("sctrace_order", cases, NULL, NULL);
}
