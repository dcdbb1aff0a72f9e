// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a line has besides its call (output/columns.c, output/strace.c), as strace 6.1 prints it, and the options that ask
 * for it (cli/line_options.c).
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "printer.h"

/* One line each of what there is. */
static void show_all_kinds(void)
{
	static const uint64_t args[] = { 3, 0x1000, 100 };

	made_enter(&printer_made, READ, 3, args);
	printer_show(1, 0);
	printer_show_enter(2, 500000, GETPID);
	printer_show_exit(2, 500900, GETPID, 2);
	printer_show_exit(1, 1000000, READ, -EINTR);
	made_signal(&printer_made, SIGSEGV, SI_USER);
	printer_show(1, 1001000);
	made_enter(&printer_made, 20, 0, NULL);
	printer_made.hdr.abi = SCTRACE_ABI_COMPAT;
	printer_show(1, 3000000);
	made_exit(&printer_made, 20, 1);
	printer_made.hdr.abi = SCTRACE_ABI_COMPAT;
	printer_show(1, 3000000 + 2000 * MS);
	made_task_exit(&printer_made, 0);
	printer_show(2, 4000 * MS);
	printer_show_exit(3, 4000 * MS, GETPID, 3);
	made_call(&printer_made, GETPID, 0, NULL, 3, 1000 * MS + 4001 * MS);
	printer_show(3, 4002 * MS);
	made_call(&printer_made, GETPID, 0, NULL, 3, 0);
	printer_show(3, 4003 * MS);
}

static void without_options_there_is_nothing_besides(void **state)
{
	(void)state;
	printer_begin("ls");
	show_all_kinds();
	printer_expect("1     read(3,  <unfinished ...>\n"
	       "2     getpid()                          = 2\n"
	       "1     <... read resumed>0x1000, 100)    = -1 EINTR (Interrupted system call)\n"
	       "1     --- SIGSEGV {si_signo=SIGSEGV, si_code=SI_USER, si_pid=0, si_uid=0} ---\n"
	       "1     [ Process PID=1 runs in 32 bit mode. ]\n"
	       "1     getpid()                          = 1\n"
	       "2     +++ exited with 0 +++\n"
	       "3     <... getpid resumed>)             = 3\n"
	       "3     getpid()                          = 3\n"
	       "3     getpid()                          = 3\n");
}

static void clock_of_every_line(void **state)
{
	(void)state;
	printer_begin("-tt ls");
	show_all_kinds();
	printer_expect("1     14:43:14.510380 read(3,  <unfinished ...>\n"
	       "2     14:43:14.510880 getpid()          = 2\n"
	       "1     14:43:14.511380 <... read resumed>0x1000, 100) = -1 EINTR (Interrupted system call)\n"
	       "1     14:43:14.511381 --- SIGSEGV {si_signo=SIGSEGV, si_code=SI_USER, si_pid=0, si_uid=0} ---\n"
	       "1     14:43:14.513380 [ Process PID=1 runs in 32 bit mode. ]\n"
	       "1     14:43:14.513380 getpid()          = 1\n"
	       "2     14:43:18.510380 +++ exited with 0 +++\n"
	       "3     14:43:18.510380 <... getpid resumed>) = 3\n"
	       "3     14:43:18.511380 getpid()          = 3\n"
	       "3     14:43:18.513380 getpid()          = 3\n");
}

static void clock_in_each_format(void **state)
{
	static const struct { const char *options, *line; } rows[] = {
		{ "-t ls", "1     14:43:14 getpid()                 = 1\n" },
		{ "-ttt ls", "1     1795963394.510380 getpid()        = 1\n" },
		{ "-t -t -t -t ls", "1     1795963394.510380 getpid()        = 1\n" },
		{ "--absolute-timestamps ls", "1     14:43:14 getpid()                 = 1\n" },
		{ "--timestamps=ms ls", "1     14:43:14.510 getpid()             = 1\n" },
		{ "--absolute-timestamps=unix ls", "1     1795963394 getpid()               = 1\n" },
		{ "--absolute-timestamps=format:unix,precision:ns ls",
		  "1     1795963394.510380123 getpid()     = 1\n" },
		{ "--absolute-timestamps=us,time ls", "1     14:43:14.510380 getpid()          = 1\n" },
		{ "--absolute-timestamps=unix --absolute-timestamps=none ls",
		  "1     getpid()                          = 1\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		printer_begin(rows[i].options);
		printer_show_enter(1, 0, GETPID);
		printer_show_exit(1, 10, GETPID, 1);
		printer_expect(rows[i].line);
		printer_clear();
	}
}

static void clock_of_the_readers_time_zone(void **state)
{
	(void)state;
	setenv("TZ", "XYZ-2:30", 1);
	tzset();
	printer_begin("-t ls");
	printer_show_enter(1, 0, GETPID);
	printer_show_exit(1, 10, GETPID, 1);
	printer_show_enter(1, 60000 * MS, GETPID);
	printer_show_exit(1, 60000 * MS, GETPID, 1);
	printer_expect("1     17:13:14 getpid()                 = 1\n"
	       "1     17:14:14 getpid()                 = 1\n");
}

static void relative_is_since_the_line_before(void **state)
{
	(void)state;
	printer_begin("-r ls");
	show_all_kinds();
	printer_expect("1          0.000000 read(3,  <unfinished ...>\n"
	       "2          0.000500 getpid()            = 2\n"
	       "1          0.000500 <... read resumed>0x1000, 100) = -1 EINTR (Interrupted system call)\n"
	       "1          0.000001 --- SIGSEGV {si_signo=SIGSEGV, si_code=SI_USER, si_pid=0, si_uid=0} ---\n"
	       "1          0.001999 [ Process PID=1 runs in 32 bit mode. ]\n"
	       "1          0.000000 getpid()            = 1\n"
	       "2          3.997000 +++ exited with 0 +++\n"
	       "3          0.000000 <... getpid resumed>) = 3\n"
	       "3          0.001000 getpid()            = 3\n"
	       "3          0.002000 getpid()            = 3\n");
}

static void relative_of_a_line_that_began_before_the_last_one(void **state)
{
	(void)state;
	printer_begin("--relative-timestamps=ms ls");
	printer_show_enter(1, 5 * MS, GETPID);
	printer_show_exit(1, 9 * MS, GETPID, 1);
	made_call(&printer_made, GETPID, 0, NULL, 2, 1000 * MS + 3 * MS);
	printer_show(2, 10 * MS);
	printer_expect("1          0.000 getpid()               = 1\n"
	       "2         -0.002 getpid()               = 2\n");
}

static void relative_stands_in_brackets_behind_the_clock(void **state)
{
	(void)state;
	printer_begin("-t --relative-timestamps=s ls");
	printer_show_enter(1, 0, GETPID);
	printer_show_exit(1, 10, GETPID, 1);
	printer_show_enter(1, 7000 * MS, GETPID);
	printer_expect("1     14:43:14 (+     0) getpid()       = 1\n"
	       "1     14:43:21 (+     7) getpid( <unfinished ...>\n");
}

static void times_of_calls_stand_behind_their_results(void **state)
{
	(void)state;
	printer_begin("-T ls");
	show_all_kinds();
	made_enter(&printer_made, EXIT_GROUP, 1, (const uint64_t[]){ 0 });
	printer_show(3, 5000 * MS);
	printer_expect("1     read(3,  <unfinished ...>\n"
	       "2     getpid()                          = 2 <0.000000>\n"
	       "1     <... read resumed>0x1000, 100)    = -1 EINTR (Interrupted system call) <0.001000>\n"
	       "1     --- SIGSEGV {si_signo=SIGSEGV, si_code=SI_USER, si_pid=0, si_uid=0} ---\n"
	       "1     [ Process PID=1 runs in 32 bit mode. ]\n"
	       "1     getpid()                          = 1 <2.000000>\n"
	       "2     +++ exited with 0 +++\n"
	       "3     <... getpid resumed>)             = 3 <unavailable>\n"
	       "3     getpid()                          = 3 <0.001000>\n"
	       "3     getpid()                          = 3 <unavailable>\n"
	       "3     exit_group(0)                     = ?\n");
}

static void times_of_calls_in_other_units(void **state)
{
	(void)state;
	printer_begin("--syscall-times=ns ls");
	printer_show_enter(1, 0, GETPID);
	printer_show_exit(1, 1000 * MS + 7, GETPID, 1);
	/* Of a CPU whose clock is behind. */
	printer_show_enter(1, 2000 * MS, GETPID);
	printer_show_exit(1, 2000 * MS - 5, GETPID, 1);
	printer.columns = printer_parse("-T --syscall-times=s ls")->lines.columns;
	printer_show_enter(1, 3000 * MS, GETPID);
	printer_show_exit(1, 4000 * MS, GETPID, 1);
	printer_expect("1     getpid()                          = 1 <1.000000007>\n"
	       "1     getpid()                          = 1 <0.000000000>\n"
	       "1     getpid()                          = 1 <1>\n");
}

/* ---- what is in a line, and which lines there are ---- */

static void numbers_of_calls(void **state)
{
	(void)state;
	printer_begin("-n ls");
	/* A task that has made no call yet. */
	made_signal(&printer_made, SIGSEGV, SI_USER);
	printer_show(4, 0);
	printer_show_enter(1, 0, READ);
	printer_show_enter(2, 500000, GETPID);
	printer_show_exit(2, 500900, GETPID, 2);
	made_exit(&printer_made, READ, -EINTR);
	printer_show(1, 1000000);
	made_task_exit(&printer_made, 0);
	printer_show(2, 4000 * MS);
	printer_show_exit(3, 4000 * MS, GETPID, 3);
	made_enter(&printer_made, EXIT_GROUP, 1, (const uint64_t[]){ 0 });
	printer_show(3, 5000 * MS);
	printer_expect("4     [????] --- SIGSEGV {si_signo=SIGSEGV, si_code=SI_USER, si_pid=0, si_uid=0} ---\n"
	       "1     [   0] read( <unfinished ...>\n"
	       "2     [  39] getpid()                   = 2\n"
	       "1     [   0] <... read resumed>)        = -1 EINTR (Interrupted system call)\n"
	       "2     [  39] +++ exited with 0 +++\n"
	       "3     [  39] <... getpid resumed>)      = 3\n"
	       "3     [ 231] exit_group(0)              = ?\n");
}

/* Which step of a call's plan takes the registers. */
static uint8_t step_of_ip(uint16_t nr, unsigned int abi)
{
	struct sct_plan plan;
	uint8_t i;

	sct_plan_find(&plan, &printer_plans, abi, nr, NULL, 0);
	for (i = 0; plan.steps[i].base != SCTRACE_BASE_REGS; i++)
		assert_true(i < plan.nr_steps);
	return i;
}

static void addresses_of_instructions(void **state)
{
	static const uint64_t ip = 0x7fe3baaf6267, ip32 = 0xf7f0a579, args[] = { 3, 0x1000, 100 };

	printer_teardown(state);
	printer_how.ips = true;
	printer_setup(state);
	printer_begin("-n -i ls");
	made_enter(&printer_made, READ, 3, args);
	made_piece(&printer_made, step_of_ip(READ, 0), 0, 8, &ip, 8);
	printer_show(1, 0);
	/* One of which it was not recorded, or not all of it. */
	printer_show_enter(2, 500000, GETPID);
	printer_show_exit(2, 500900, GETPID, 2);
	made_enter(&printer_made, GETPID, 0, NULL);
	made_piece(&printer_made, step_of_ip(GETPID, 0), 0, 8, &ip, 7);
	printer_show(2, 501000);
	printer_show_exit(2, 501900, GETPID, 2);
	made_exit(&printer_made, READ, -EINTR);
	printer_show(1, 1000000);
	/* Signals come from anywhere. */
	made_signal(&printer_made, SIGSEGV, SI_USER);
	printer_show(1, 1001000);
	made_enter(&printer_made, 20, 0, NULL);
	printer_made.hdr.abi = SCTRACE_ABI_COMPAT;
	made_piece(&printer_made, step_of_ip(20, SCTRACE_ABI_COMPAT), 0, 8, &ip32, 8);
	printer_show(1, 3000000);
	made_exit(&printer_made, 20, 1);
	printer_made.hdr.abi = SCTRACE_ABI_COMPAT;
	printer_show(1, 3000000);
	printer_show_exit(3, 4000 * MS, GETPID, 3);
	printer_expect("1     [   0] [00007fe3baaf6267] read(3,  <unfinished ...>\n"
	       "2     [  39] [????????????????] getpid() = 2\n"
	       "2     [  39] [????????????????] getpid() = 2\n"
	       "1     [   0] [00007fe3baaf6267] <... read resumed>0x1000, 100) = -1 EINTR (Interrupted system call)\n"
	       "1     [   0] [????????????????] --- SIGSEGV {si_signo=SIGSEGV, si_code=SI_USER, si_pid=0, si_uid=0} ---\n"
	       "1     [  20] [????????] [ Process PID=1 runs in 32 bit mode. ]\n"
	       "1     [  20] [f7f0a579] getpid()        = 1\n"
	       "3     [  39] [????????????????] <... getpid resumed>) = 3\n");
	printer_teardown(state);
	printer_how.ips = false;
	printer_setup(state);
}

static void numbers_stand_behind_the_times(void **state)
{
	(void)state;
	printer_begin("--syscall-number -t -r ls");
	printer_show_enter(1, 0, GETPID);
	printer_expect("1     14:43:14 (+     0.000000) [  39] getpid( <unfinished ...>\n");
}

static void results_stand_in_the_column(void **state)
{
	static const struct { const char *options, *line; } rows[] = {
		{ "-a 0 ls", "1     getpid() = 1\n" },
		{ "-a 20 ls", "1     getpid()      = 1\n" },
		{ "--columns=44 ls", "1     getpid()                              = 1\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		printer_begin(rows[i].options);
		printer_show_enter(1, 0, GETPID);
		printer_show_exit(1, 10, GETPID, 1);
		printer_expect(rows[i].line);
		printer_clear();
	}
}

static void arguments_with_their_names(void **state)
{
	static const uint64_t args[] = { 3, 0x1000, 100 };

	(void)state;
	printer_begin("-N ls");
	made_enter(&printer_made, READ, 3, args);
	printer_show(1, 0);
	made_exit(&printer_made, READ, 2);
	made_piece(&printer_made, 0, 0, 2, "ab", 2);
	printer_show(1, 1);
	made_enter(&printer_made, READ, 3, args);
	printer_show(1, 2);
	printer_show_enter(2, 3, GETPID);
	made_enter(&printer_made, 999, 1, args);
	printer_show(3, 3);
	printer_expect("1     read(fd=3, buf=\"ab\", count=100)   = 2\n"
	       "1     read(fd=3,  <unfinished ...>\n"
	       "2     getpid( <unfinished ...>\n"
	       "3     syscall_0x3e7(0x3 <unfinished ...>\n");
}

static void show_ends(void)
{
	made_signal(&printer_made, SIGCHLD, SI_USER);
	printer_show(1, 0);
	made_signal(&printer_made, SIGUSR1, SI_USER);
	printer_show(1, 1);
	made_signal(&printer_made, 34, SI_USER);
	printer_show(1, 2);
	made_task_exit(&printer_made, 0x300);
	printer_show(1, 3);
	made_task_exit(&printer_made, SIGUSR1);
	printer_show(2, 4);
}

static void colors_take_no_columns(void **state)
{
	(void)state;
	printer_begin("--color ls");
	printer_show_enter(1, 0, GETPID);
	printer_show_exit(1, 1, GETPID, 1);
	printer_show_enter(1, 0, READ);
	printer_show_enter(2, 1, GETPID);
	printer_show_exit(1, 1, READ, -EINTR);
	made_signal(&printer_made, SIGSEGV, SI_USER);
	printer_show(1, 2);
	made_task_exit(&printer_made, 0);
	printer_show(1, 3);
	made_task_exit(&printer_made, SIGSEGV);
	printer_show(2, 4);
	printer_expect("1     \33[36mgetpid\33[m()                          = 1\n"
		       "1     \33[36mread\33[m( <unfinished ...>\n"
		       "2     \33[36mgetpid\33[m( <unfinished ...>\n"
		       "1     <... \33[36mread\33[m resumed>)               = \33[31m-1 EINTR (Interrupted system call)\33[m\n"
		       "1     \33[33m--- SIGSEGV {si_signo=SIGSEGV, si_code=SI_USER, si_pid=0, si_uid=0} ---\33[m\n"
		       "1     \33[35m+++ exited with 0 +++\33[m\n"
		       "2     \33[35m+++ killed by SIGSEGV +++\33[m\n");
}

/* A terminal of the test's own. */
static void colors_are_there_when_they_are_wanted(void **state)
{
	FILE *terminal = fdopen(posix_openpt(O_RDWR | O_NOCTTY), "w"), *file = tmpfile();

	(void)state;
	assert_non_null(terminal);
	unsetenv("NO_COLOR");
	setenv("TERM", "linux", 1);
	assert_true(sct_cli_color(&printer_parse("ls")->lines, terminal));
	assert_false(sct_cli_color(&printer_parse("ls")->lines, file));
	assert_true(sct_cli_color(&printer_parse("--color=auto ls")->lines, terminal));
	assert_true(sct_cli_color(&printer_parse("--color=always ls")->lines, file));
	assert_false(sct_cli_color(&printer_parse("--color=never ls")->lines, terminal));
	setenv("NO_COLOR", "", 1);
	assert_true(sct_cli_color(&printer_parse("ls")->lines, terminal));
	setenv("NO_COLOR", "1", 1);
	assert_false(sct_cli_color(&printer_parse("ls")->lines, terminal));
	assert_true(sct_cli_color(&printer_parse("--color ls")->lines, terminal));
	unsetenv("NO_COLOR");
	setenv("TERM", "dumb", 1);
	assert_false(sct_cli_color(&printer_parse("ls")->lines, terminal));
	fclose(terminal);
	fclose(file);
}

#define SIGNAL_LINE(name)	"1     --- " name " {si_signo=" name ", si_code=SI_USER, si_pid=0, si_uid=0} ---\n"
#define EXIT_LINE		"1     +++ exited with 3 +++\n"
#define KILLED_LINE		"2     +++ killed by SIGUSR1 +++\n"

static void signals_that_are_wanted(void **state)
{
	static const struct { const char *options, *lines; } rows[] = {
		{ "ls", SIGNAL_LINE("SIGCHLD") SIGNAL_LINE("SIGUSR1") SIGNAL_LINE("SIGRT_2") EXIT_LINE KILLED_LINE },
		{ "-e signal=all ls",
		  SIGNAL_LINE("SIGCHLD") SIGNAL_LINE("SIGUSR1") SIGNAL_LINE("SIGRT_2") EXIT_LINE KILLED_LINE },
		{ "-e signal=none ls", EXIT_LINE },
		{ "-e signal=!all ls", EXIT_LINE },
		{ "-e signals=SIGUSR1 ls", SIGNAL_LINE("SIGUSR1") EXIT_LINE KILLED_LINE },
		{ "-e s=chld,rt_2 ls", SIGNAL_LINE("SIGCHLD") SIGNAL_LINE("SIGRT_2") EXIT_LINE },
		{ "--signal=!10,34 ls", SIGNAL_LINE("SIGCHLD") EXIT_LINE },
		{ "-qq ls", SIGNAL_LINE("SIGCHLD") SIGNAL_LINE("SIGUSR1") SIGNAL_LINE("SIGRT_2") KILLED_LINE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		printer_begin(rows[i].options);
		show_ends();
		printer_expect(rows[i].lines);
		printer_clear();
	}
}

static void what_is_not_told(void **state)
{
	static const struct { const char *options; uint32_t quiet; bool remarks; } rows[] = {
		{ "ls", 0, false },
		{ "-q ls", SCT_QUIET_ATTACH | SCT_QUIET_PERSONALITY, true },
		{ "-qq ls", SCT_QUIET_ATTACH | SCT_QUIET_PERSONALITY | SCT_QUIET_EXIT, true },
		{ "-q -q -q -q ls", SCT_QUIET_ALL, true },
		{ "--quiet ls", SCT_QUIET_ATTACH | SCT_QUIET_PERSONALITY, true },
		{ "-e quiet=all ls", SCT_QUIET_ALL, true },
		{ "-e q=exit,path-resolution ls", SCT_QUIET_EXIT, false },
		{ "--silent=thread-execve ls", SCT_QUIET_SUPERSEDED, false },
		{ "-e quiet=!attach,superseded ls", SCT_QUIET_EXIT | SCT_QUIET_PERSONALITY, false },
		{ "--silence=none ls", 0, false },
	};
	const struct sct_cli *cli;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		cli = printer_parse(rows[i].options);
		if (cli->lines.quiet != rows[i].quiet || cli->quiet != rows[i].remarks)
			fail_msg("%s: %#x, %d", rows[i].options, cli->lines.quiet, cli->quiet);
	}
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, printer_setup, printer_teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(without_options_there_is_nothing_besides),
		CASE(clock_of_every_line),
		CASE(clock_in_each_format),
		CASE(clock_of_the_readers_time_zone),
		CASE(relative_is_since_the_line_before),
		CASE(relative_of_a_line_that_began_before_the_last_one),
		CASE(relative_stands_in_brackets_behind_the_clock),
		CASE(times_of_calls_stand_behind_their_results),
		CASE(times_of_calls_in_other_units),
		CASE(numbers_of_calls),
		CASE(addresses_of_instructions),
		CASE(numbers_stand_behind_the_times),
		CASE(results_stand_in_the_column),
		CASE(arguments_with_their_names),
		CASE(colors_take_no_columns),
		CASE(colors_are_there_when_they_are_wanted),
		CASE(signals_that_are_wanted),
		CASE(what_is_not_told),
	};

	return cmocka_run_group_tests_name("sctrace_columns", cases, NULL, NULL);
}
