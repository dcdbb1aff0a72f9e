// SPDX-License-Identifier: GPL-2.0-or-later
/* lib/snapshot.c: what goes into a dump of rings that overwrite. */
#include <errno.h>
#include <stdlib.h>

#include "captured.h"
#include "lanes.h"
#include "snapshot.h"

static struct outcome o;

static struct lanes *lanes(void)
{
	struct lanes *l;

	assert_int_equal(lanes_setup((void **)&l), 0);
	return l;
}

/* What a snapshot of the rings holds goes to o. */
static void snap(struct lanes *l)
{
	struct sct_capture_end end = { 0 };
	struct sct_capture *c = captured_open("f", NULL);

	assert_int_equal(sct_snapshot_rings(c, l->rings, NR_LANES), 0);
	assert_int_equal(sct_capture_close(c, &end), 0);
	captured_read_one(&o, captured_path("f"));
	free(l);
}

static void all_of_rings_that_were_never_full(void **state)
{
	struct lanes *l = lanes();

	(void)state;
	lanes_put(l, 0, 10, 1);
	lanes_put(l, 2, 20, 2);
	lanes_put(l, 0, 30, 3);
	lanes_show(l, 0);
	lanes_show(l, 2);
	snap(l);
	assert_int_equal(o.nr, 3);
	assert_int_equal(o.tids[0], 1);
	assert_int_equal(o.tids[1], 2);
	assert_int_equal(o.tids[2], 3);
}

/* Of ring 0 nothing before 100 is there any more: so what ring 1 has of before would be with holes. */
static void nothing_before_the_time_from_which_on_all_is_there(void **state)
{
	struct lanes *l = lanes();

	(void)state;
	lanes_put(l, 0, 90, 1);
	lanes_put(l, 0, 100, 2);
	lanes_put(l, 0, 120, 3);
	l->prod[0].oldest = REC_BYTES;
	lanes_put(l, 1, 50, 4);
	lanes_put(l, 1, 99, 5);
	lanes_put(l, 1, 100, 6);
	lanes_put(l, 1, 110, 7);
	lanes_show(l, 0);
	lanes_show(l, 1);
	snap(l);
	assert_int_equal(o.nr, 4);
	assert_int_equal(o.tids[0], 2);
	assert_int_equal(o.tids[1], 6);
	assert_int_equal(o.tids[2], 7);
	assert_int_equal(o.tids[3], 3);
}

/* What is made while rings are copied would be there of some of them only. */
static void nothing_after_the_moment(void **state)
{
	struct lanes *l = lanes();

	(void)state;
	lanes_put(l, 0, 10, 1);
	lanes_put(l, 0, UINT64_MAX / 2, 2);
	lanes_show(l, 0);
	snap(l);
	assert_int_equal(o.nr, 1);
	assert_int_equal(o.tids[0], 1);
}

static void rings_without_records(void **state)
{
	(void)state;
	snap(lanes());
	assert_int_equal(o.nr, 0);
	assert_null(o.fault.path);
}

static void what_is_no_record_is_refused(void **state)
{
	struct sct_capture_end end = { 0 };
	struct sct_capture *c = captured_open("f", NULL);
	struct lanes *l = lanes();

	(void)state;
	lanes_write(l, 0, (uint64_t[3]) { 0 }, 24);
	lanes_show(l, 0);
	assert_int_equal(sct_snapshot_rings(c, l->rings, NR_LANES), -EPROTO);
	sct_capture_close(c, &end);
	free(l);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, captured_setup, captured_teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(all_of_rings_that_were_never_full),
		CASE(nothing_before_the_time_from_which_on_all_is_there),
		CASE(nothing_after_the_moment),
		CASE(rings_without_records),
		CASE(what_is_no_record_is_refused),
	};

	return cmocka_run_group_tests_name("sctrace_snapshot", cases, NULL, NULL);
}
