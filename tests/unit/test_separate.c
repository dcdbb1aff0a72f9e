// SPDX-License-Identifier: GPL-2.0-or-later
/* A file for each task: output/separate.c, and the printer's use of it (output/strace.c). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "captured.h"
#include "printer.h"

static void expect_file(const char *name, const char *want)
{
	size_t len;
	char *bytes = (char *)captured_bytes(captured_path(name), &len);

	if (len != strlen(want) || memcmp(bytes, want, len))
		fail_msg("%s: \"%.*s\"", name, (int)len, bytes);
	free(bytes);
}

static void print_separately(const char *options, unsigned int max_files)
{
	struct rlimit limit;

	printer_begin(options);
	fclose(printer.out);
	printer.tids_first = false;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = max_files ? max_files : limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	printer.separate = sct_separate_new(captured_path("t"), false);
	assert_non_null(printer.separate);
}

static void end_separately(void)
{
	sct_strace_finish(&printer, " <unfinished ...>");
	assert_int_equal(sct_strace_error(&printer), 0);
	assert_int_equal(sct_strace_free(&printer), 0);
	printer.separate = NULL;
}

static void show_several(void)
{
	struct sct_event event;

	printer_show_enter(1, 0, READ);
	printer_show_enter(2, 1, GETPID);
	printer_show_exit(2, 2, GETPID, 2);
	printer_show_enter(3, 3, READ);
	sct_strace_flush(&printer);
	printer_show_exit(1, 4, READ, -EINTR);
	made_gap(&printer_made, 7);
	made_parse(&printer_made, &printer_rec);
	assert_int_equal(sct_pair(printer_tasks, &printer_rec, &event), 1);
	printer.realtime = 0;
	sct_strace_event(&printer, &event);
	made_task_exit(&printer_made, 0);
	printer_show(1, 5);
	/* The same number again. */
	printer_show_enter(1, 6, GETPID);
}

static void expect_several(void)
{
#define GAP_LINE "--- 7 records lost on CPU 0 since 1970-01-01T00:00:00.001000Z, in 1.000 ms: the ring was full ---\n"
	expect_file("t.1", "read()                                  = -1 EINTR (Interrupted system call)\n"
		    GAP_LINE "+++ exited with 0 +++\ngetpid( <unfinished ...>\n");
	expect_file("t.2", "getpid()                                = 2\n" GAP_LINE);
	expect_file("t.3", "read( <unfinished ...>\n" GAP_LINE);
}

static void lines_of_each_task_are_whole_in_its_file(void **state)
{
	(void)state;
	print_separately("ls", 0);
	show_several();
	end_separately();
	expect_several();
}

/* With so few files as may be open, one of these is closed for the other. */
static void files_are_closed_for_others(void **state)
{
	struct rlimit limit;
	uint32_t tid;
	char name[16];

	(void)state;
	print_separately("ls", 24);
	show_several();
	for (tid = 10; tid < 60; tid++)
		printer_show_enter(tid, 7, GETPID);
	for (tid = 10; tid < 60; tid++)
		printer_show_exit(tid, 8, GETPID, 1);
	end_separately();
	expect_several();
	for (tid = 10; tid < 60; tid++) {
		snprintf(name, sizeof(name), "t.%u", tid);
		expect_file(name, "getpid()                                = 1\n");
	}
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void a_file_goes_on_under_the_number_that_exec_gives(void **state)
{
	(void)state;
	print_separately("ls", 0);
	printer_show_enter(1, 0, READ);
	printer_show_enter(2, 1, 59);
	made_exec(&printer_made, 2);
	printer_show(1, 2);
	printer_show_exit(1, 3, 59, 0);
	end_separately();
	expect_file("t.2", "execve( <pid changed to 1 ...>\n");
	expect_file("t.1", "read( <unfinished ...>\n+++ superseded by execve in pid 2 +++\n"
		    "<... execve resumed>)                   = 0\n");
}

static void a_file_that_cannot_be_written(void **state)
{
	(void)state;
	printer_begin("ls");
	fclose(printer.out);
	printer.separate = sct_separate_new("/no/such/folder/t", false);
	printer_show_enter(1, 0, READ);
	assert_int_equal(sct_strace_error(&printer), ENOENT);
}

static void files_are_appended_to(void **state)
{
	(void)state;
	captured_write(captured_path("t.1"), (const uint8_t *)"before\n", 7);
	printer_begin("ls");
	fclose(printer.out);
	printer.tids_first = false;
	printer.separate = sct_separate_new(captured_path("t"), true);
	printer_show_enter(1, 0, GETPID);
	printer_show_exit(1, 1, GETPID, 1);
	end_separately();
	expect_file("t.1", "before\ngetpid()                                = 1\n");
}

static void show_gap(uint32_t lost, uint32_t cpu, uint64_t time)
{
	struct sct_event event;

	made_gap(&printer_made, lost);
	made_parse(&printer_made, &printer_rec);
	((struct sctrace_rec_gap *)printer_made.bytes)->hdr.time = time;
	((struct sctrace_rec_gap *)printer_made.bytes)->until = time + 1000000;
	printer_rec.cpu = cpu;
	assert_int_equal(sct_pair(printer_tasks, &printer_rec, &event), 1);
	printer.realtime = 0;
	sct_strace_event(&printer, &event);
}

/* A task that makes no calls has one line of all that was lost meanwhile, and one that came later has none. */
static void gaps_are_one_line_until_the_task_goes_on(void **state)
{
	(void)state;
	print_separately("ls", 0);
	printer_show_enter(1, 0, GETPID);
	printer_show_enter(2, 0, READ);
	show_gap(7, 0, 1000000);
	show_gap(5, 0, 3000000);
	printer_show_exit(1, 5, GETPID, 1);
	show_gap(1, 1, 5000000);
	printer_show_enter(3, 6, GETPID);
	printer_show_exit(3, 7, GETPID, 3);
	end_separately();
	expect_file("t.1", "getpid( <unfinished ...>\n"
		    "--- 12 records lost in 2 gaps on CPU 0 since 1970-01-01T00:00:00.001000Z, in 3.000 ms: the ring was full ---\n"
		    "<... getpid resumed>)                   = 1\n"
		    "--- 1 records lost on CPU 1 since 1970-01-01T00:00:00.005000Z, in 1.000 ms: the ring was full ---\n");
	expect_file("t.2", "read( <unfinished ...>\n"
		    "--- 13 records lost in 3 gaps on several CPUs since 1970-01-01T00:00:00.001000Z, in 5.000 ms: the ring was full ---\n");
	expect_file("t.3", "getpid()                                = 3\n");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, printer_setup, printer_teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(lines_of_each_task_are_whole_in_its_file),
		CASE(files_are_closed_for_others),
		CASE(a_file_goes_on_under_the_number_that_exec_gives),
		CASE(a_file_that_cannot_be_written),
		CASE(files_are_appended_to),
		CASE(gaps_are_one_line_until_the_task_goes_on),
	};

	return cmocka_run_group_tests_name("sctrace_separate", cases, captured_setup, captured_teardown);
}
