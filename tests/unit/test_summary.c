// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/output/stats.c and summary.c: what is counted, and the table of it as strace lays it out. */
#include <errno.h>
#include <linux/audit.h>
#include <stdlib.h>

#include "calls.h"
#include "made.h"
#include "pair.h"
#include "plan.h"
#include "summary.h"

#define READ	0
#define GETPPID	110
#define ACCESS	21
#define EXECVE	59
#define PRIORITY_MAX 146
#define SIGRETURN 15

static struct sct_plan_set plans;
static struct sct_stats_how how;
static struct sct_tasks tasks;
static struct sct_stats stats;

static int setup(void **state)
{
	(void)state;
	tasks = (struct sct_tasks) { .follow = true };
	how = (struct sct_stats_how) { .plans = &plans };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	sct_tasks_free(&tasks);
	sct_stats_free(&stats);
	return 0;
}

/* ---- what is counted ---- */

static void count_record(const struct made *m)
{
	struct sct_returned call;
	struct sct_event event;
	struct sct_record rec;

	made_parse(m, &rec);
	if (sct_pair(&tasks, &rec, &event) <= 0)
		return;
	if (event.task && sct_stats_returned(&call, &event))
		assert_int_equal(sct_stats_count(&stats, &how, &call), 0);
	sct_pair_done(&tasks, &event);
}

/* A call that has taken so long. */
static void count(unsigned int abi, uint16_t nr, int64_t result, uint64_t ns)
{
	struct made m;

	made_call(&m, nr, 0, NULL, result, 1000);
	m.hdr.abi = abi;
	m.hdr.time = 1000 + ns;
	count_record(&m);
}

static const struct sct_stat *stat_of(unsigned int abi, uint64_t nr)
{
	const struct sct_stats_abi *of = stats.abis[abi];

	return of && of->index[nr] ? &of->stats[of->index[nr] - 1] : NULL;
}

static void entry_and_return_are_one_call(void **state)
{
	struct made m;

	(void)state;
	made_enter(&m, READ, 0, NULL);
	m.hdr.time = 500;
	count_record(&m);
	assert_null(stat_of(0, READ));
	made_exit(&m, READ, -EINTR);
	m.hdr.time = 800;
	count_record(&m);
	assert_int_equal(stat_of(0, READ)->calls, 1);
	assert_int_equal(stat_of(0, READ)->errors, 1);
	assert_int_equal(stat_of(0, READ)->timed, 1);
	assert_int_equal(stat_of(0, READ)->total, 300);
}

/* ERESTARTSYS and its like are errors, for strace too. */
static void restarts_count_as_errors(void **state)
{
	(void)state;
	count(0, READ, -512, 10);
	count(0, READ, -516, 10);
	count(0, READ, -4095, 10);
	count(0, READ, -4096, 10);
	count(0, READ, 5, 10);
	assert_int_equal(stat_of(0, READ)->calls, 5);
	assert_int_equal(stat_of(0, READ)->errors, 3);
}

static void call_that_does_not_return_is_not_counted(void **state)
{
	struct made m;

	(void)state;
	made_enter(&m, 231, 0, NULL);
	count_record(&m);
	made_task_exit(&m, 0);
	count_record(&m);
	assert_null(stats.abis[0]);
}

static void return_without_its_entry_has_no_time(void **state)
{
	struct made m;

	(void)state;
	made_exit(&m, READ, 0);
	count_record(&m);
	made_call(&m, READ, 0, NULL, 0, 0);
	count_record(&m);
	count(0, READ, 0, 700);
	assert_int_equal(stat_of(0, READ)->calls, 3);
	assert_int_equal(stat_of(0, READ)->timed, 1);
	assert_int_equal(stat_of(0, READ)->min, 700);
	assert_int_equal(stat_of(0, READ)->total, 700);
}

static void return_without_a_number_is_a_sigreturn(void **state)
{
	struct made m;

	(void)state;
	made_exit(&m, SCTRACE_NR_NONE, -EINTR);
	count_record(&m);
	assert_int_equal(stat_of(0, SIGRETURN)->calls, 1);
	assert_int_equal(stat_of(0, SIGRETURN)->errors, 1);
}

static void overhead_is_taken_off_each_call(void **state)
{
	(void)state;
	how.overhead = 200;
	count(0, READ, 0, 150);
	count(0, READ, 0, 1000);
	assert_int_equal(stat_of(0, READ)->total, 800);
	assert_int_equal(stat_of(0, READ)->min, 0);
	assert_int_equal(stat_of(0, READ)->max, 800);
}

/* However many numbers a program tries, they take no memory. */
static void numbers_beyond_all_calls_are_one_row(void **state)
{
	struct made m;
	uint64_t nr;

	(void)state;
	for (nr = 1024; nr < 200000; nr += 1001) {
		made_call(&m, SCTRACE_NR_NONE, 0, &nr, -ENOSYS, 900000);
		count_record(&m);
	}
	assert_int_equal(stats.abis[0]->nr, 1);
	assert_int_equal(stat_of(0, SCTRACE_MAX_NR)->calls, 199);
}

static void calls_through_socketcall_have_their_own_names(void **state)
{
	uint64_t args[] = { 1, 0 };	/* socket */
	const struct sct_stats_abi *of;
	struct made m;
	unsigned int i, found = 0;

	(void)state;
	for (i = 0; i < 3; i++) {
		made_call(&m, 102, 2, args, 3, 900000);
		m.hdr.abi = SCTRACE_ABI_COMPAT;
		count_record(&m);
	}
	args[0] = 999;
	made_call(&m, 102, 2, args, -EINVAL, 900000);
	m.hdr.abi = SCTRACE_ABI_COMPAT;
	count_record(&m);
	of = stats.abis[SCTRACE_ABI_COMPAT];
	for (i = 0; i < of->nr; i++) {
		if (!strcmp(of->stats[i].row->name, "socket") && of->stats[i].calls == 3)
			found |= 1;
		if (!strcmp(of->stats[i].row->name, "socketcall") && of->stats[i].calls == 1)
			found |= 2;
	}
	assert_int_equal(found, 3);
}

/* What a plan without steps records of a call is enough for that. */
static void plans_that_only_count_copy_nothing(void **state)
{
	struct sct_plan_options options = { .string_limit = 32, .counted = true };
	struct sct_plan_set set;
	unsigned int i, with_args = 0;

	(void)state;
	assert_int_equal(sct_plan_set_build(&set, &options), 0);
	assert_int_equal(set.nr_steps, 0);
	for (i = 0; i < set.nr_plans; i++) {
		const char *name = set.rows[i]->name;

		if (!set.plans[i].nr_args)
			continue;
		with_args++;
		assert_true(!strcmp(name, "socketcall") || !strcmp(name, "ipc"));
		assert_true(set.plans[i].select_mask);
		assert_true(set.plans[i].select_arg < set.plans[i].nr_args);
	}
	assert_true(with_args > 20);
	sct_plan_set_free(&set);
	options.images = true;
	assert_int_equal(sct_plan_set_build(&set, &options), 0);
	assert_true(set.nr_steps > 0);
	sct_plan_set_free(&set);
}

static void two_merged_are_as_one_of_both(void **state)
{
	struct sct_stats first;

	(void)state;
	how.durations = true;
	count(0, READ, 0, 100);
	count(0, READ, -EINTR, 900);
	first = stats;
	stats = (struct sct_stats) { 0 };
	count(0, READ, 0, 50);
	count(0, GETPPID, 1, 60);
	assert_int_equal(sct_stats_merge(&stats, &first), 0);
	sct_stats_free(&first);
	assert_int_equal(stat_of(0, READ)->calls, 3);
	assert_int_equal(stat_of(0, READ)->errors, 1);
	assert_int_equal(stat_of(0, READ)->total, 1050);
	assert_int_equal(stat_of(0, READ)->min, 50);
	assert_int_equal(stat_of(0, READ)->max, 900);
	assert_int_equal(stat_of(0, READ)->durations->n, 3);
	assert_int_equal(stat_of(0, GETPPID)->calls, 1);
}

/* ---- the table ---- */

static struct sct_summary of_columns(const char *names, enum sct_column sort)
{
	struct sct_summary summary = { .sort = sort };

	for (; *names; names += strcspn(names, ",") + (names[strcspn(names, ",")] == ','))
		summary.columns[summary.nr_columns++] = sct_column_find(names, strcspn(names, ","));
	return summary;
}

#define USUAL	"time-percent,total-time,avg-time,calls,errors,name"

/* expected: NULL: no table. */
static void assert_table(const struct sct_summary *summary, const char *what, const char *expected)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_int_equal(sct_summary_print(out, summary, &stats, what), expected ? 1 : 0);
	fclose(out);
	assert_string_equal(text, expected ? expected : "");
	free(text);
}

/* As strace 6.1 has printed such figures. */
static void usual_table(void **state)
{
	struct sct_summary summary = of_columns(USUAL, SCT_COLUMN_TOTAL);
	unsigned int i;

	(void)state;
	count(0, EXECVE, 0, 225600);
	for (i = 0; i < 1200; i++)
		count(0, GETPPID, 1, 2500);
	count(0, ACCESS, -ENOENT, 16999);
	assert_table(&summary, "",
		     "% time     seconds  usecs/call     calls    errors syscall\n"
		     "------ ----------- ----------- --------- --------- ----------------\n"
		     " 92.52    0.003000           2      1200           getppid\n"
		     "  6.96    0.000226         225         1           execve\n"
		     "  0.52    0.000017          16         1         1 access\n"
		     "------ ----------- ----------- --------- --------- ----------------\n"
		     "100.00    0.003243           2      1202         1 total\n");
}

static void without_calls_there_is_no_table(void **state)
{
	struct sct_summary summary = of_columns(USUAL, SCT_COLUMN_TOTAL);

	(void)state;
	assert_table(&summary, "", NULL);
	assert_table(&summary, " of nobody", NULL);
}

static void without_times_all_are_zero_and_in_the_order_of_numbers(void **state)
{
	struct sct_summary summary = of_columns(USUAL, SCT_COLUMN_TOTAL);

	(void)state;
	count(0, GETPPID, 1, 0);
	count(0, EXECVE, 0, 0);
	assert_table(&summary, "",
		     "% time     seconds  usecs/call     calls    errors syscall\n"
		     "------ ----------- ----------- --------- --------- ----------------\n"
		     "  0.00    0.000000           0         1           execve\n"
		     "  0.00    0.000000           0         1           getppid\n"
		     "------ ----------- ----------- --------- --------- ----------------\n"
		     "100.00    0.000000           0         2           total\n");
}

static void name_before_other_columns_is_padded_and_long_ones_widen_it(void **state)
{
	struct sct_summary summary = of_columns("name,calls,min-time,max-time", SCT_COLUMN_CALLS);

	(void)state;
	count(0, READ, 0, 7000);
	assert_table(&summary, "",
		     "syscall              calls shortest  longest\n"
		     "---------------- --------- -------- --------\n"
		     "read                     1 0.000007 0.000007\n"
		     "---------------- --------- -------- --------\n"
		     "total                    1 0.000007 0.000007\n");
	count(0, PRIORITY_MAX, 99, 9000);
	count(0, READ, 0, 1000);
	assert_table(&summary, "",
		     "syscall                     calls shortest  longest\n"
		     "----------------------- --------- -------- --------\n"
		     "read                            2 0.000001 0.000007\n"
		     "sched_get_priority_max          1 0.000009 0.000009\n"
		     "----------------------- --------- -------- --------\n"
		     "total                           3 0.000001 0.000009\n");
}

static void values_widen_their_column(void **state)
{
	struct sct_summary summary = of_columns("total-time,max-time,name", SCT_COLUMN_TOTAL);

	(void)state;
	count(0, READ, 0, 123456000000000ull);
	assert_table(&summary, "",
		     "      seconds       longest syscall\n"
		     "------------- ------------- ----------------\n"
		     "123456.000000 123456.000000 read\n"
		     "------------- ------------- ----------------\n"
		     "123456.000000 123456.000000 total\n");
}

static void percentiles_have_columns(void **state)
{
	struct sct_summary summary = of_columns("time-p50,time-p95,time-p99,calls,name", SCT_COLUMN_P50);
	unsigned int i;

	(void)state;
	how.durations = true;
	for (i = 0; i < 99; i++)
		count(0, READ, 0, 40);
	count(0, READ, 0, 63);
	count(0, GETPPID, 0, 12345678);
	assert_table(&summary, "",
		     "  p50 usecs   p95 usecs   p99 usecs     calls syscall\n"
		     "----------- ----------- ----------- --------- ----------------\n"
		     "  12345.678   12345.678   12345.678         1 getppid\n"
		     "      0.040       0.040       0.040       100 read\n"
		     "----------- ----------- ----------- --------- ----------------\n"
		     "      0.040       0.040       0.063       101 total\n");
}

static void each_abi_has_its_table(void **state)
{
	struct sct_summary summary = of_columns("calls,name", SCT_COLUMN_CALLS);

	(void)state;
	count(SCTRACE_ABI_COMPAT, 6, 0, 10);
	assert_table(&summary, "",
		     "System call usage summary for 32 bit mode:\n"
		     "    calls syscall\n"
		     "--------- ----------------\n"
		     "        1 close\n"
		     "--------- ----------------\n"
		     "        1 total\n");
	count(0, READ, 0, 10);
	assert_table(&summary, " of process 7 (x)",
		     "System call usage summary of process 7 (x):\n"
		     "    calls syscall\n"
		     "--------- ----------------\n"
		     "        1 read\n"
		     "--------- ----------------\n"
		     "        1 total\n"
		     "System call usage summary of process 7 (x) for 32 bit mode:\n"
		     "    calls syscall\n"
		     "--------- ----------------\n"
		     "        1 close\n"
		     "--------- ----------------\n"
		     "        1 total\n");
}

static void unknown_numbers_have_rows(void **state)
{
	struct sct_summary summary = of_columns("calls,errors,name", SCT_COLUMN_NAME);
	uint64_t nr = 5000000;
	struct made m;

	(void)state;
	count(0, 999, -ENOSYS, 10);
	made_call(&m, SCTRACE_NR_NONE, 0, &nr, -ENOSYS, 900000);
	count_record(&m);
	assert_table(&summary, "",
		     "    calls    errors syscall\n"
		     "--------- --------- ----------------\n"
		     "        1         1 (other numbers)\n"
		     "        1         1 syscall_0x3e7\n"
		     "--------- --------- ----------------\n"
		     "        2         2 total\n");
}

/* Which of these comes first; two with the same value: by number. */
static void rows_are_sorted(void **state)
{
	static const struct { enum sct_column by; const char *order; } rows[] = {
		{ SCT_COLUMN_PERCENT, "execve read access getppid " },
		{ SCT_COLUMN_TOTAL, "execve read access getppid " },
		{ SCT_COLUMN_MIN, "execve access getppid read " },
		{ SCT_COLUMN_MAX, "execve read access getppid " },
		{ SCT_COLUMN_AVG, "execve access read getppid " },
		{ SCT_COLUMN_CALLS, "read getppid access execve " },
		{ SCT_COLUMN_ERRORS, "access read execve getppid " },
		{ SCT_COLUMN_NAME, "access execve getppid read " },
		{ SCT_SORT_NOTHING, "read access execve getppid " },
	};
	char *text, order[128], *line, *rest;
	struct sct_summary summary;
	size_t i, len;
	FILE *out;

	(void)state;
	count(0, GETPPID, 1, 20);
	count(0, GETPPID, 1, 20);
	count(0, EXECVE, 0, 2000);
	count(0, READ, 1, 10);
	count(0, READ, 1, 10);
	count(0, READ, 1, 400);
	count(0, ACCESS, -ENOENT, 300);
	for (i = 0; i < COUNT(rows); i++) {
		summary = of_columns("name", rows[i].by);
		text = NULL;
		out = open_memstream(&text, &len);
		assert_int_equal(sct_summary_print(out, &summary, &stats, ""), 1);
		fclose(out);
		*order = '\0';
		for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
			if (*line != '-' && strncmp(line, "syscall", 7) && strncmp(line, "total", 5))
				strcat(strcat(strtok(line, " ") ? order : order, line), " ");
		}
		if (strcmp(order, rows[i].order))
			fail_msg("by %d: %s", rows[i].by, order);
		free(text);
	}
}

static void columns_have_straces_names(void **state)
{
	static const struct { const char *name; enum sct_column column; } names[] = {
		{ "time-percent", SCT_COLUMN_PERCENT }, { "time", SCT_COLUMN_PERCENT },
		{ "total-time", SCT_COLUMN_TOTAL }, { "time-total", SCT_COLUMN_TOTAL },
		{ "min-time", SCT_COLUMN_MIN }, { "shortest", SCT_COLUMN_MIN }, { "time-min", SCT_COLUMN_MIN },
		{ "max-time", SCT_COLUMN_MAX }, { "longest", SCT_COLUMN_MAX }, { "time-max", SCT_COLUMN_MAX },
		{ "avg-time", SCT_COLUMN_AVG }, { "time-avg", SCT_COLUMN_AVG },
		{ "calls", SCT_COLUMN_CALLS }, { "count", SCT_COLUMN_CALLS },
		{ "errors", SCT_COLUMN_ERRORS }, { "error", SCT_COLUMN_ERRORS },
		{ "name", SCT_COLUMN_NAME }, { "syscall", SCT_COLUMN_NAME }, { "syscall-name", SCT_COLUMN_NAME },
		{ "wall-avg", SCT_COLUMN_AVG }, { "time-p95", SCT_COLUMN_P95 }, { "nam", SCT_COLUMNS }, { "", SCT_COLUMNS },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(names); i++)
		assert_int_equal(sct_column_find(names[i].name, strlen(names[i].name)), names[i].column);
}

#define CASE(f)	cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest cases[] = {
		CASE(entry_and_return_are_one_call),
		CASE(restarts_count_as_errors),
		CASE(call_that_does_not_return_is_not_counted),
		CASE(return_without_its_entry_has_no_time),
		CASE(return_without_a_number_is_a_sigreturn),
		CASE(overhead_is_taken_off_each_call),
		CASE(numbers_beyond_all_calls_are_one_row),
		CASE(calls_through_socketcall_have_their_own_names),
		CASE(plans_that_only_count_copy_nothing),
		CASE(two_merged_are_as_one_of_both),
		CASE(usual_table),
		CASE(without_calls_there_is_no_table),
		CASE(without_times_all_are_zero_and_in_the_order_of_numbers),
		CASE(name_before_other_columns_is_padded_and_long_ones_widen_it),
		CASE(values_widen_their_column),
		CASE(percentiles_have_columns),
		CASE(each_abi_has_its_table),
		CASE(unknown_numbers_have_rows),
		CASE(rows_are_sorted),
		CASE(columns_have_straces_names),
	};
	struct sct_plan_options options = { .string_limit = 32, .counted = true };
	int failed;

	if (sct_calls_init(AUDIT_ARCH_X86_64) || sct_plan_set_build(&plans, &options))
		return 1;
	failed = cmocka_run_group_tests_name("sctrace_summary", cases, NULL, NULL);
	sct_plan_set_free(&plans);
	return failed;
}
