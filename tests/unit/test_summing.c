// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/cli/summing.c: from a trace's records to tables, when and of whom. */
#include <errno.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "calls.h"
#include "made.h"
#include "pair.h"
#include "plan.h"
#include "summing.h"
#include "tree.h"

#define READ	0
#define EXECVE	59
#define FORK	57
#define PRCTL	157
#define SECOND	1000000000ull

static struct sct_plan_set plans;
static struct sct_cli cli;
static struct sct_tasks tasks;
static struct sct_strace out;
static struct sct_comms comms;
static struct sct_summing *summing;
static char *text;
static size_t text_len;

static int setup(void **state)
{
	cli = (struct sct_cli) {
		.quiet = true,
		.summary = { .only = true, .wanted = true, .table = { { SCT_COLUMN_CALLS, SCT_COLUMN_NAME }, 2, SCT_COLUMN_NAME } },
	};
	tasks = (struct sct_tasks) { .follow = true };
	out = (struct sct_strace) { .out = open_memstream(&text, &text_len), .plans = &plans, .tasks = &tasks, .quiet = true };
	comms = (struct sct_comms) { .tasks = &tasks, .plans = &plans };
	return tree_make(state);
}

static int teardown(void **state)
{
	sct_summing_free(summing);
	summing = NULL;
	sct_strace_free(&out);
	sct_tasks_free(&tasks);
	free(text);
	return tree_remove(state);
}

static void begin(uint64_t time)
{
	summing = sct_summing_new(&cli, &out, &comms);
	assert_non_null(summing);
	sct_summing_begin(summing, time);
}

/* As cli/show.c does. Return: whether it would have been taken without an event. */
static bool feed_thread(struct made *m, uint32_t tgid, uint32_t tid, uint64_t time)
{
	struct sct_event event;
	struct sct_record rec;
	bool shown;

	m->hdr.tid = tid;
	m->hdr.tgid = tgid;
	m->hdr.time = time;
	made_parse(m, &rec);
	if (sct_summing_record(summing, &tasks, &rec))
		return true;
	if (sct_pair(&tasks, &rec, &event) <= 0)
		return false;
	sct_comms_before(&comms, &event);
	shown = sct_summing_event(summing, &event);
	sct_comms_after(&comms, &event);
	assert_int_equal(shown, !cli.summary.only || m->hdr.type == SCTRACE_REC_FORK);
	sct_pair_done(&tasks, &event);
	return false;
}

static bool feed(struct made *m, uint32_t tgid, uint64_t time)
{
	return feed_thread(m, tgid, tgid, time);
}

static bool call(uint32_t tgid, uint16_t nr, uint64_t time)
{
	struct made m;

	made_call(&m, nr, 0, NULL, 0, time - 10);
	return feed(&m, tgid, time);
}

static void assert_text(const char *expected)
{
	sct_summing_finish(summing);
	fclose(out.out);
	assert_string_equal(text, expected);
}

#define TABLE(lines, total) \
	"    calls syscall\n--------- ----------------\n" lines "--------- ----------------\n        " #total " total\n"
#define ROW(n, name) "        " #n " " name "\n"
#define DAY	"1970-01-01T00:00:"
#define FROM(from, to) "System call usage summary from " DAY from "Z to " DAY to "Z:\n"
#define OVERALL	"System call usage summary from beginning to end:\n"

static void without_a_wish_there_is_no_summary(void **state)
{
	(void)state;
	cli.summary.wanted = false;
	assert_null(sct_summing_new(&cli, &out, &comms));
	sct_summing_begin(NULL, 1);
	sct_summing_tick(NULL, 1);
	assert_int_equal(sct_summing_wait_ms(NULL, 1, 100), 100);
	sct_summing_finish(NULL);
	sct_summing_free(NULL);
	fclose(out.out);
}

static void all_tasks_are_in_one_table(void **state)
{
	(void)state;
	begin(0);
	call(1, READ, 100);
	call(2, READ, 200);
	call(1, EXECVE, 300);
	assert_text(TABLE(ROW(1, "execve") ROW(2, "read"), 3));
}

/* The short way counts what the long way counts, and keeps to what it may take. */
static void calls_of_known_tasks_need_no_event(void **state)
{
	uint64_t open[] = { 0 };
	struct made m;

	(void)state;
	begin(0);
	assert_false(call(1, READ, 100));
	assert_true(call(1, READ, 200));
	made_call(&m, READ, 0, NULL, -EINTR, 0);
	assert_false(feed(&m, 1, 300));
	made_call(&m, READ, 0, NULL, 0, 390);
	m.hdr.abi = SCTRACE_ABI_COMPAT;
	assert_false(feed(&m, 1, 400));
	assert_false(call(1, READ, 500));
	/* A call goes on. */
	made_enter(&m, READ, 1, open);
	assert_true(feed(&m, 1, 600));
	assert_false(call(1, READ, 700));
	assert_true(call(1, READ, 800));
	/* One that was not seen to begin; one that was. */
	made_exit(&m, READ, 0);
	assert_false(feed(&m, 1, 810));
	made_enter(&m, EXECVE, 0, NULL);
	assert_true(feed(&m, 1, 820));
	made_exit(&m, READ, 0);
	assert_false(feed(&m, 1, 830));
	made_enter(&m, READ, 1, open);
	assert_true(feed(&m, 1, 840));
	made_exit(&m, READ, -EINTR);
	assert_true(feed(&m, 1, 850));
	/* What has no number any more ends the call that goes on. */
	made_enter(&m, 15, 0, NULL);
	assert_true(feed(&m, 1, 860));
	made_exit(&m, SCTRACE_NR_NONE, 0);
	assert_false(feed(&m, 1, 870));
	/* It was made by another's call: its first return is of that. */
	made_fork(&m, 7, 7);
	assert_false(feed(&m, 1, 900));
	made_call(&m, FORK, 0, NULL, 0, 0);
	assert_false(feed(&m, 7, 1000));
	made_call(&m, READ, 0, NULL, 0, 1090);
	m.hdr.flags = SCTRACE_HDR_LATE_FOLLOWS;
	assert_false(feed(&m, 7, 1100));
	cli.summary.only = false;
	assert_false(call(1, READ, 1200));
	assert_text("    calls syscall\n--------- ----------------\n       10 read\n" ROW(1, "rt_sigreturn")
		    "--------- ----------------\n       11 total\n" "System call usage summary for 32 bit mode:\n"
		    TABLE(ROW(1, "restart_syscall"), 1));
}

static void by_process_each_has_a_table_and_what_it_executed_as_its_name(void **state)
{
	uint64_t args[] = { 4096, 0, 0 };
	struct made m;

	(void)state;
	cli.summary.by = SCT_BY_PROCESS;
	begin(0);
	made_enter(&m, EXECVE, 3, args);
	made_piece(&m, 0, 0, 8, "/bin/sh", 7);
	feed(&m, 10, 100);
	made_exit(&m, EXECVE, 0);
	feed(&m, 10, 110);
	made_fork(&m, 11, 11);
	feed(&m, 10, 120);
	/* As its maker, until it executes what is there. */
	call(11, READ, 130);
	made_enter(&m, EXECVE, 3, args);
	made_piece(&m, 0, 0, 8, "/x/a\nb", 6);
	feed(&m, 11, 140);
	made_exit(&m, EXECVE, -ENOENT);
	feed(&m, 11, 150);
	made_fork(&m, 12, 12);
	feed(&m, 10, 160);
	made_enter(&m, EXECVE, 3, args);
	made_piece(&m, 0, 0, 8, "/x/a\nb", 6);
	feed(&m, 12, 170);
	made_exit(&m, EXECVE, 0);
	feed(&m, 12, 180);
	call(99, READ, 190);
	assert_text("System call usage summary of process 10 (sh):\n" TABLE(ROW(1, "execve"), 1)
		    "System call usage summary of process 11 (sh):\n" TABLE(ROW(1, "execve") ROW(1, "read"), 2)
		    "System call usage summary of process 12 (a?b):\n" TABLE(ROW(1, "execve"), 1)
		    "System call usage summary of process 99:\n" TABLE(ROW(1, "read"), 1));
}

static void image_says_the_name_in_pieces(void **state)
{
	struct made m;

	(void)state;
	cli.summary.by = SCT_BY_PROCESS;
	begin(0);
	made_exec(&m, 10);
	made_piece(&m, SCTRACE_IMAGE_PATH, 0, 9, "/usr/bin/ca", 11);
	made_piece(&m, SCTRACE_IMAGE_PATH, 0, 9, "t", 1);
	made_piece(&m, SCTRACE_IMAGE_ARGS, 0, 9, "dog", 4);
	feed(&m, 10, 100);
	made_call(&m, EXECVE, 0, NULL, 0, 90);
	feed(&m, 10, 110);
	assert_text("System call usage summary of process 10 (cat):\n" TABLE(ROW(1, "execve"), 1));
}

static void number_used_again_is_another_process(void **state)
{
	struct made m;

	(void)state;
	cli.summary.by = SCT_BY_PROCESS;
	begin(0);
	call(10, READ, 100);
	call(11, READ, 110);
	made_task_exit(&m, 0);
	feed(&m, 11, 120);
	made_fork(&m, 11, 11);
	feed(&m, 10, 130);
	call(11, EXECVE, 140);
	call(11, READ, 150);
	assert_text("System call usage summary of process 10:\n" TABLE(ROW(1, "read"), 1)
		    "System call usage summary of process 11:\n" TABLE(ROW(1, "read"), 1)
		    "System call usage summary of process 11:\n" TABLE(ROW(1, "execve") ROW(1, "read"), 2));
}

/* The memory is bounded, and no call is lost for that; who lives has a table still. */
static void ended_processes_with_few_calls_are_counted_together(void **state)
{
	const uint32_t n = SCT_SUMMING_PROCESSES, lives = 5, busy = 6;
	struct made m;
	uint32_t i;
	char *at;

	(void)state;
	cli.summary.by = SCT_BY_PROCESS;
	begin(0);
	for (i = 1; i <= n + 1; i++) {
		call(i, READ, 100 * i);
		if (i == busy)
			call(i, READ, 100 * i + 1);
		if (i == lives)
			continue;
		made_task_exit(&m, 0);
		feed(&m, i, 100 * i + 2);
	}
	/* Its number has changed, and leads to it. */
	call(lives, EXECVE, 100 * (n + 2));
	sct_summing_finish(summing);
	fclose(out.out);
	/* Half of them are left, and the one behind. */
	for (i = 0, at = text; (at = strstr(at, " of process ")); at++)
		i++;
	assert_int_equal(i, n / 2 + 1);
	assert_non_null(strstr(text, " of process 5:\n" TABLE(ROW(1, "execve") ROW(1, "read"), 2)));
	assert_non_null(strstr(text, " of process 6:\n" TABLE(ROW(2, "read"), 2)));
	assert_non_null(strstr(text, " of process 4097:\n"));
	at = strstr(text, "System call usage summary of 2048 other processes:\n");
	assert_non_null(at);
	assert_string_equal(strchr(at, '\n') + 1, "    calls syscall\n--------- ----------------\n     2048 read\n"
			    "--------- ----------------\n     2048 total\n");
}

static void thread(uint32_t tgid, uint32_t tid, uint64_t time)
{
	struct made m;

	made_fork(&m, tid, tgid);
	feed(&m, tgid, time);
	/* Its return from its maker's call. */
	made_call(&m, FORK, 0, NULL, 0, 0);
	feed_thread(&m, tgid, tid, time + 1);
}

/* However many threads there are, also of those that were there before. */
static void threads_of_a_process_are_in_one_table(void **state)
{
	struct made m;

	(void)state;
	cli.summary.by = SCT_BY_PROCESS;
	comms.root = tree_root();
	tree_put("proc/10/comm", "daemon\n");
	tree_put("proc/11/comm", "worker\n");
	begin(0);
	made_call(&m, READ, 0, NULL, 0, 90);
	feed_thread(&m, 10, 11, 100);
	feed_thread(&m, 10, 12, 110);
	call(10, READ, 120);
	thread(10, 13, 130);
	made_call(&m, READ, 0, NULL, 0, 90);
	feed_thread(&m, 10, 13, 140);
	assert_text("System call usage summary of process 10 (daemon):\n" TABLE(ROW(4, "read"), 4));
}

static void process_is_called_as_its_first_thread(void **state)
{
	const uint64_t args[] = { PR_SET_NAME, 4096 };
	struct made m;

	(void)state;
	cli.summary.by = SCT_BY_PROCESS;
	begin(0);
	call(10, READ, 100);
	thread(10, 11, 110);
	made_call(&m, PRCTL, 2, args, 0, 110);
	made_piece(&m, 0, 0, 8, "first", 5);
	feed(&m, 10, 120);
	made_call(&m, PRCTL, 2, args, 0, 120);
	made_piece(&m, 0, 0, 8, "second", 6);
	feed_thread(&m, 10, 11, 130);
	call(10, READ, 140);
	assert_text("System call usage summary of process 10 (first):\n" TABLE(ROW(2, "prctl") ROW(2, "read"), 4));
}

#define A	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B	"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void by_container_a_child_is_where_its_maker_is_until_it_executes(void **state)
{
	struct made m;

	(void)state;
	cli.summary.by = SCT_BY_CONTAINER;
	comms.root = tree_root();
	tree_put_task("1", "mnt:[1]", "pid:[4026531836]", "0::/init.scope\n");
	tree_put_task("9", "mnt:[1]", "pid:[4026531836]", "0::/user.slice\n");
	tree_put_task("10", "mnt:[2]", "pid:[3]", "0::/" A "\n");
	tree_put_task("11", "mnt:[2]", "pid:[3]", "0::/" B "\n");
	begin(0);
	call(9, READ, 90);
	call(10, READ, 100);
	made_fork(&m, 11, 11);
	feed(&m, 10, 110);
	call(11, READ, 120);
	made_call(&m, EXECVE, 0, NULL, -ENOENT, 900000);
	feed(&m, 11, 130);
	call(11, READ, 140);
	/* The call itself is made where it was before. */
	call(11, EXECVE, 150);
	call(11, READ, 160);
	/* One that has executed something and is gone may have been anywhere. */
	made_fork(&m, 12, 12);
	feed(&m, 10, 170);
	call(12, READ, 180);
	call(12, EXECVE, 190);
	call(12, READ, 200);
	assert_text("System call usage summary outside containers:\n" TABLE(ROW(1, "read"), 1)
		    "System call usage summary of container aaaaaaaaaaaa:\n" TABLE(ROW(3, "execve") ROW(4, "read"), 7)
		    "System call usage summary of container bbbbbbbbbbbb:\n" TABLE(ROW(1, "read"), 1)
		    "System call usage summary of processes that were gone before it could be told where they were:\n"
		    TABLE(ROW(1, "read"), 1));
}

static void intervals_end_with_a_later_record(void **state)
{
	(void)state;
	cli.summary.interval_ns = 2 * SECOND;
	begin(SECOND);
	call(1, READ, SECOND + 1);
	call(1, READ, 3 * SECOND - 1);
	call(1, READ, 3 * SECOND);
	/* Nothing for a while. */
	call(1, EXECVE, 10 * SECOND);
	assert_text(FROM("01.000000", "03.000000") TABLE(ROW(2, "read"), 2)
		    FROM("03.000000", "05.000000") TABLE(ROW(1, "read"), 1)
		    FROM("09.000000", "10.000000") TABLE(ROW(1, "execve"), 1)
		    OVERALL TABLE(ROW(1, "execve") ROW(3, "read"), 4));
}

/* Live, records may still be on their way when the time is up. */
static void intervals_end_without_a_record_a_little_later(void **state)
{
	(void)state;
	cli.summary.interval_ns = SECOND;
	begin(SECOND);
	call(1, READ, SECOND + 1);
	assert_int_equal(sct_summing_wait_ms(summing, SECOND, 100), 100);
	assert_int_equal(sct_summing_wait_ms(summing, 2 * SECOND, 100), 21);
	sct_summing_tick(summing, 2 * SECOND + 1000000);
	fflush(out.out);
	assert_int_equal(text_len, 0);
	assert_int_equal(sct_summing_wait_ms(summing, 2 * SECOND + 20000000, 100), 0);
	sct_summing_tick(summing, 2 * SECOND + 20000000);
	fflush(out.out);
	assert_string_equal(text, FROM("01.000000", "02.000000") TABLE(ROW(1, "read"), 1));
	assert_int_equal(sct_summing_wait_ms(summing, 2 * SECOND + 20000000, 100), 100);
	/* One that came even later belongs where it comes. */
	call(1, EXECVE, 2 * SECOND - 1);
	assert_text(FROM("01.000000", "02.000000") TABLE(ROW(1, "read"), 1)
		    FROM("02.000000", "02.000000") TABLE(ROW(1, "execve"), 1)
		    OVERALL TABLE(ROW(1, "execve") ROW(1, "read"), 2));
}

static void lost_records_are_told_where_they_are_missing(void **state)
{
	struct made m;

	(void)state;
	cli.summary.interval_ns = SECOND;
	begin(SECOND);
	call(1, READ, SECOND + 1);
	made_gap(&m, 40);
	feed(&m, 0, SECOND + 2);
	call(1, READ, 2 * SECOND);
	made_gap(&m, 2);
	feed(&m, 0, 3 * SECOND);
	assert_text(FROM("01.000000", "02.000000") TABLE(ROW(1, "read"), 1) "These figures lack 40 records, which were lost\n"
		    FROM("02.000000", "03.000000") TABLE(ROW(1, "read"), 1)
		    "These figures lack 2 records, which were lost\n"
		    OVERALL TABLE(ROW(2, "read"), 2) "These figures lack 42 records, which were lost\n");
}

#define CASE(f)	cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest cases[] = {
		CASE(without_a_wish_there_is_no_summary),
		CASE(all_tasks_are_in_one_table),
		CASE(calls_of_known_tasks_need_no_event),
		CASE(by_process_each_has_a_table_and_what_it_executed_as_its_name),
		CASE(image_says_the_name_in_pieces),
		CASE(number_used_again_is_another_process),
		CASE(ended_processes_with_few_calls_are_counted_together),
		CASE(threads_of_a_process_are_in_one_table),
		CASE(process_is_called_as_its_first_thread),
		CASE(by_container_a_child_is_where_its_maker_is_until_it_executes),
		CASE(intervals_end_with_a_later_record),
		CASE(intervals_end_without_a_record_a_little_later),
		CASE(lost_records_are_told_where_they_are_missing),
	};
	struct sct_plan_options options = { .string_limit = 32 };
	int failed;

	if (sct_calls_init(AUDIT_ARCH_X86_64) || sct_plan_set_build(&plans, &options))
		return 1;
	failed = cmocka_run_group_tests_name("sctrace_summing", cases, NULL, NULL);
	sct_plan_set_free(&plans);
	return failed;
}
