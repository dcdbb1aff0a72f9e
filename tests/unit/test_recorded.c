// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/filter/recorded.c and bpf.c: a filter on records leaves what the module would have left. */
#include <errno.h>
#include <linux/audit.h>

#include "calls.h"
#include "filter.h"
#include "made.h"
#include "recorded.h"

#define READ	0
#define CLOSE	3
#define EXECVE	59
#define SIGRETURN 15

static struct sct_filter filter;
static struct sct_recorded recorded;

static int setup(void **state)
{
	(void)state;
	recorded = (struct sct_recorded) { .filter = &filter.filter };
	return sct_calls_init(AUDIT_ARCH_X86_64);
}

static int teardown(void **state)
{
	(void)state;
	sct_recorded_free(&recorded);
	sct_filter_free(&filter);
	return 0;
}

static void build(const struct sct_filter_options *options)
{
	const char *option, *value;
	struct sct_fault fault;

	assert_int_equal(sct_filter_build(&filter, options, &option, &value, &fault), 0);
}

#define FILTER(...) build(&(struct sct_filter_options) { __VA_ARGS__ })

#define DROP SCT_RECORDED_DROP
#define SHOW SCT_RECORDED_SHOW
#define KEEP SCT_RECORDED_KEEP

static int take(struct made *m, uint64_t time)
{
	struct sct_record rec;

	m->hdr.time = time;
	made_parse(m, &rec);
	return sct_recorded_take(&recorded, &rec);
}

static int enter(uint16_t nr, uint64_t arg, uint64_t time)
{
	static struct made m;

	made_enter(&m, nr, 1, &arg);
	made_piece(&m, 0, 0, 3, "abc", 3);
	return take(&m, time);
}

static int leave(uint16_t nr, int64_t result, uint64_t time)
{
	static struct made m;

	made_exit(&m, nr, result);
	made_piece(&m, 1, 0, 2, "de", 2);
	return take(&m, time);
}

static void without_a_filter_all_passes(void **state)
{
	(void)state;
	recorded.filter = NULL;
	assert_int_equal(enter(READ, 1, 10), SHOW);
	assert_int_equal(leave(READ, 1, 20), SHOW);
	assert_int_equal(recorded.wanted, 2);
}

static void a_return_goes_with_its_call(void **state)
{
	(void)state;
	FILTER(.calls = "read", .where = "read.fd == 7");
	assert_int_equal(enter(READ, 7, 10), SHOW);
	assert_int_equal(leave(READ, 1, 20), SHOW);
	assert_int_equal(enter(READ, 8, 30), DROP);
	assert_int_equal(leave(READ, 1, 40), DROP);
	assert_int_equal(enter(CLOSE, 7, 50), DROP);
	assert_int_equal(leave(CLOSE, 0, 60), DROP);
	/* Begun before the trace: its number decides. */
	assert_int_equal(leave(READ, 1, 70), SHOW);
	assert_int_equal(leave(CLOSE, 1, 80), DROP);
	assert_int_equal(recorded.wanted, 3);
}

static void a_filter_on_ends_makes_whole_calls(void **state)
{
	(void)state;
	FILTER(.status = "failed");
	assert_int_equal(enter(READ, 7, 10), KEEP);
	assert_int_equal(leave(READ, -EAGAIN, 25), SHOW);
	assert_int_equal(enter(READ, 7, 30), KEEP);
	assert_int_equal(leave(READ, 5, 35), KEEP);
	/* Begun before the trace. */
	assert_int_equal(leave(READ, -EAGAIN, 40), SHOW);
	assert_int_equal(leave(READ, 0, 50), DROP);
}

static void durations_and_results(void **state)
{
	(void)state;
	FILTER(.min_duration = "1us", .where = "result >= 4");
	enter(READ, 7, 1000);
	assert_int_equal(leave(READ, 4, 2000), SHOW);
	enter(READ, 7, 3000);
	assert_int_equal(leave(READ, 4, 3999), KEEP);
	enter(READ, 7, 5000);
	assert_int_equal(leave(READ, 3, 9000), KEEP);
}

static void another_number_is_another_call(void **state)
{
	(void)state;
	FILTER(.whole = true, .calls = "read");
	enter(READ, 7, 1000);
	assert_int_equal(leave(CLOSE, 0, 2000), KEEP);
	enter(CLOSE, 7, 3000);
	assert_int_equal(leave(READ, 0, 4000), SHOW);
}

static void a_sigreturn_has_no_number_at_its_end(void **state)
{
	(void)state;
	FILTER(.calls = "rt_sigreturn");
	assert_int_equal(enter(SIGRETURN, 0, 10), SHOW);
	assert_int_equal(leave(SCTRACE_NR_NONE, 0, 20), SHOW);
	assert_int_equal(leave(SCTRACE_NR_NONE, 0, 30), SHOW);
	assert_int_equal(enter(READ, 0, 40), DROP);
	assert_int_equal(leave(READ, 0, 50), DROP);
}

static void memory_that_comes_late_goes_with_its_call(void **state)
{
	struct made exit, late;

	(void)state;
	FILTER(.calls = "read");
	made_exit(&exit, READ, 0);
	exit.hdr.flags = SCTRACE_HDR_LATE_FOLLOWS;
	made_late(&late);
	made_piece(&late, 0, 0, 1, "x", 1);
	enter(READ, 7, 10);
	assert_int_equal(take(&exit, 20), SHOW);
	assert_int_equal(take(&late, 30), SHOW);
	exit.hdr.nr = CLOSE;
	enter(CLOSE, 7, 40);
	assert_int_equal(take(&exit, 50), DROP);
	assert_int_equal(take(&late, 60), DROP);
	/* The next one is its own. */
	enter(READ, 7, 70);
	exit.hdr.nr = READ;
	assert_int_equal(take(&exit, 80), SHOW);
	assert_int_equal(take(&late, 90), SHOW);
}

/* The thread takes its leader's number, and returns with the number that execve has elsewhere. */
static void an_exec_renames_and_renumbers(void **state)
{
	struct made m;

	(void)state;
	FILTER(.whole = true);
	made_enter(&m, EXECVE, 0, NULL);
	m.hdr.tid = TID + 1;
	assert_int_equal(take(&m, 10), KEEP);
	made_exec(&m, TID + 1);
	assert_int_equal(take(&m, 20), SHOW);
	assert_int_equal(leave(11, 0, 30), SHOW);
}

static void lives_of_tasks_always_pass(void **state)
{
	struct made m;

	(void)state;
	FILTER(.calls = "none");
	made_fork(&m, 5, 5);
	assert_int_equal(take(&m, 10), SHOW);
	made_signal(&m, 9, 0);
	assert_int_equal(take(&m, 20), SHOW);
	assert_int_equal(enter(READ, 7, 30), DROP);
	made_task_exit(&m, 0);
	assert_int_equal(take(&m, 40), SHOW);
	assert_null(recorded.tree);
	made_gap(&m, 3);
	assert_int_equal(take(&m, 50), SHOW);
	assert_int_equal(recorded.wanted, 3);
}

static void calls_that_were_recorded_whole(void **state)
{
	uint64_t args[1] = { 7 };
	struct made m;

	(void)state;
	FILTER(.where = "read.fd == 7 && result < 0");
	made_call(&m, READ, 1, args, -1, 5);
	assert_int_equal(take(&m, 10), SHOW);
	made_call(&m, READ, 1, args, 1, 5);
	assert_int_equal(take(&m, 20), DROP);
}

static void what_no_record_says_is_told(void **state)
{
	static const char *const where[] = { "uid == 0", "gid != 5", "random < 7" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(where); i++) {
		FILTER(.where = where[i]);
		assert_non_null(sct_recorded_lacks(&filter.filter));
		sct_filter_free(&filter);
	}
	FILTER(.where = "tid == 5 || cpu == 1 || duration > 3us || read.fd == 0");
	assert_null(sct_recorded_lacks(&filter.filter));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest sctrace_recorded[] = {
		CASE(without_a_filter_all_passes),
		CASE(a_return_goes_with_its_call),
		CASE(a_filter_on_ends_makes_whole_calls),
		CASE(durations_and_results),
		CASE(another_number_is_another_call),
		CASE(a_sigreturn_has_no_number_at_its_end),
		CASE(memory_that_comes_late_goes_with_its_call),
		CASE(an_exec_renames_and_renumbers),
		CASE(lives_of_tasks_always_pass),
		CASE(calls_that_were_recorded_whole),
		CASE(what_no_record_says_is_told),
	};

	return cmocka_run_group_tests(sctrace_recorded, NULL, NULL);
}
