// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/cli/options.c: what the options on tasks mean together, and how the filter's add up. */
#include <stdlib.h>

#include "made.h"
#include "parsed.h"

struct row {
	const char *line;
	enum sctrace_key named;		/* of -p and the command */
	unsigned int nr_groups;		/* the command's is yet to come */
	unsigned int nr_tests;
	uint32_t flags;
};

#define TESTS	SCTRACE_SCOPE_TESTS
#define FOLLOW	SCTRACE_SCOPE_FOLLOW

static void options_on_tasks(void **state)
{
	static const struct row rows[] = {
		{ "", SCTRACE_KEY_TASK, 0, 0, 0 },
		{ "ls", SCTRACE_KEY_TASK, 0, 0, 0 },
		{ "-f ls", SCTRACE_KEY_PROCESS, 0, 0, FOLLOW },
		{ "--scope follow ls", SCTRACE_KEY_PROCESS, 0, 0, FOLLOW },
		{ "-p 1,2 -p 3", SCTRACE_KEY_TASK, 1, 3, TESTS },
		{ "-f -p 1,2", SCTRACE_KEY_PROCESS, 1, 2, TESTS | FOLLOW },
		{ "--scope uid=1", SCTRACE_KEY_TASK, 1, 1, TESTS },
		{ "--scope=uid=1 --trace=uid=2", SCTRACE_KEY_TASK, 1, 2, TESTS },
		{ "--trace uid=1 --scope comm=ls", SCTRACE_KEY_TASK, 2, 2, TESTS },
		{ "-f --scope uid=1", SCTRACE_KEY_PROCESS, 1, 1, TESTS | FOLLOW },
		{ "--scope uid=1 --scope follow", SCTRACE_KEY_PROCESS, 1, 1, TESTS | FOLLOW },
		/* The scope chooses among those that are named. */
		{ "--scope uid=1 ls", SCTRACE_KEY_TASK, 1, 1, TESTS },
		{ "-f --scope uid=1 ls", SCTRACE_KEY_TREE, 1, 1, TESTS },
		{ "-f --scope uid=1 --scope follow ls", SCTRACE_KEY_TREE, 1, 1, TESTS | FOLLOW },
		{ "--scope uid=1 --scope follow ls", SCTRACE_KEY_TASK, 1, 1, TESTS | FOLLOW },
		{ "--scope uid=1 -p 5", SCTRACE_KEY_TASK, 2, 2, TESTS },
		{ "-p 5 -f --scope uid=1", SCTRACE_KEY_TREE, 2, 2, TESTS },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct row *row = &rows[i];
		char *line = strdup(row->line);
		struct sct_cli cli;
		uint32_t j;

		parsed(&cli, line);
		if (cli.named_key != row->named || cli.scope.nr_groups != row->nr_groups ||
		    cli.scope.nr_tests != row->nr_tests || cli.scope.flags != row->flags)
			fail_msg("%s: key %d, %u groups, %u tests, flags %#x", row->line, cli.named_key,
				 cli.scope.nr_groups, cli.scope.nr_tests, cli.scope.flags);
		for (j = 0; j < cli.nr_pids; j++)
			assert_int_equal(cli.scope.tests[cli.scope.nr_tests - 1 - j].key, row->named);
		sct_scope_free(&cli.scope);
		free(cli.pids);
		free(line);
	}
}

static void attached_tasks_are_a_group_of_their_own(void **state)
{
	char line[] = "-p 7 --scope tid=8 -p 9";
	struct sct_cli cli;

	(void)state;
	parsed(&cli, line);
	assert_int_equal(cli.scope.nr_tests, 3);
	assert_int_equal(cli.scope.tests[0].low, 8);
	assert_int_equal(cli.scope.tests[0].group, 0);
	assert_int_equal(cli.scope.tests[1].low, 7);
	assert_int_equal(cli.scope.tests[1].group, 1);
	assert_int_equal(cli.scope.tests[2].low, 9);
	assert_int_equal(cli.scope.tests[2].group, 1);
	sct_scope_free(&cli.scope);
	free(cli.pids);
}

static void the_filters_options_are_kept_as_they_are_given(void **state)
{
	char line[] = "--sample=3 --rate 100 --rate=7 ls";
	struct sct_cli cli;

	(void)state;
	parsed(&cli, line);
	assert_string_equal(cli.filter.sample, "3");
	assert_string_equal(cli.filter.rate, "7");
	assert_string_equal(cli.command[0], "ls");
	sct_scope_free(&cli.scope);
}

static void paths_add_up(void **state)
{
	char line[] = "-P a --trace-path=b* --trace-path c ls -P d";
	struct sct_cli cli;

	(void)state;
	parsed(&cli, line);
	assert_int_equal(cli.filter.nr_paths, 3);
	assert_string_equal(cli.filter.paths[0], "a");
	assert_string_equal(cli.filter.paths[1], "b*");
	assert_string_equal(cli.filter.paths[2], "c");
	assert_string_equal(cli.command[0], "ls");
	free(cli.filter.paths);
	sct_scope_free(&cli.scope);
}

static void words_behind_a_replay_are_more_files(void **state)
{
	char line[] = "--replay a -q b --strict c";
	struct sct_cli cli;

	(void)state;
	parsed(&cli, line);
	assert_int_equal(cli.nr_replays, 3);
	assert_string_equal(cli.replays[0], "a");
	assert_string_equal(cli.replays[1], "b");
	assert_string_equal(cli.replays[2], "c");
	assert_null(cli.replays[3]);
	assert_true(cli.quiet && cli.strict);
	assert_null(cli.command);
	free(cli.replays);
}

static void sizes_and_times_of_recordings(void **state)
{
	char line[] = "--record f --record-size=3M --record-time 2h --record-files=7 --record-level -3 true";
	struct sct_cli cli;

	(void)state;
	parsed(&cli, line);
	assert_string_equal(cli.record.path, "f");
	assert_int_equal(cli.record.options.rotate_bytes, 3 << 20);
	assert_int_equal(cli.record.options.rotate_ns, 7200000000000ull);
	assert_int_equal(cli.record.options.keep, 7);
	assert_int_equal(cli.record.options.level, -3);
	assert_string_equal(cli.command[0], "true");
}

/* What is to be read by a program, and the reasons why not. */
/* Remarks go with one -q; what a recording lacks is told until there are two. */
static void what_is_not_said(void **state)
{
	static const struct { const char *line; bool quiet, silent; } rows[] = {
		{ "ls", false, false }, { "-q ls", true, false }, { "-qq ls", true, true }, { "-q -q -q ls", true, true },
		{ "-e quiet=attach ls", false, false }, { "--quiet=all ls", true, true },
	};
	unsigned int i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *line = strdup(rows[i].line);
		struct sct_cli cli;

		parsed(&cli, line);
		if (cli.quiet != rows[i].quiet || cli.silent != rows[i].silent)
			fail_msg("%s", rows[i].line);
		sct_scope_free(&cli.scope);
		free(line);
	}
}

/* A program where a file's name is expected, and behind it what is none. */
static void file_that_was_forgotten(void **state)
{
	(void)state;
	parsed_refused("--record ls /", "--record ls: 'ls' is a program, and the command '/' is none: write --record=FILE ls /...");
	parsed_refused("--record ls",
		       "--record ls: 'ls' is a program, and no command is given: write --record=FILE ls; all tasks go into a"
		       " file of that name by --record=ls");
}

static void formats(void **state)
{
	static const struct { const char *line; enum sct_form_kind kind; const char *output; } rows[] = {
		{ "-p 1", SCT_FORM_TEXT, NULL },
		{ "-p 1 --format=json", SCT_FORM_JSON, NULL },
		{ "--format csv -p 1 -o f", SCT_FORM_CSV, "f" },
		{ "--format=json -o f ls", SCT_FORM_JSON, "f" },
		{ "--format=json --format=text ls", SCT_FORM_TEXT, NULL },
		{ "--format=csv --replay f", SCT_FORM_CSV, NULL },
		{ "--format=csv --record f -o g ls", SCT_FORM_CSV, "g" },
		/* strace's: the file of that name. */
		{ "--output=json ls", SCT_FORM_TEXT, "json" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *line = strdup(rows[i].line);
		struct sct_cli cli;

		parsed(&cli, line);
		assert_int_equal(cli.format, rows[i].kind);
		if (rows[i].output)
			assert_string_equal(cli.output, rows[i].output);
		else
			assert_null(cli.output);
		sct_scope_free(&cli.scope);
		free(cli.replays);
		free(cli.pids);
		free(line);
	}
}

/* The columns and what rows are sorted by, as letters. */
static void assert_summary(const char *words, bool only, const char *columns, unsigned int sort)
{
	static const char letters[] = "%tmMa569cenN";
	char *line = strdup(words), got[SCT_COLUMNS + 1] = "";
	struct sct_cli cli;
	unsigned int i;

	parsed(&cli, line);
	for (i = 0; i < cli.summary.table.nr_columns; i++)
		got[i] = letters[cli.summary.table.columns[i]];
	if (!cli.summary.wanted || cli.summary.only != only || strcmp(got, columns) ||
	    cli.summary.table.sort != sort)
		fail_msg("%s: only %d, columns %s, sort %u", words, cli.summary.only, got, cli.summary.table.sort);
	sct_scope_free(&cli.scope);
	free(cli.filter.paths);
	free(cli.replays);
	free(line);
}

static void columns_of_summaries(void **state)
{
	(void)state;
	assert_summary("-c ls", true, "%tacen", SCT_COLUMN_TOTAL);
	assert_summary("--summary-only ls", true, "%tacen", SCT_COLUMN_TOTAL);
	assert_summary("-C ls", false, "%tacen", SCT_COLUMN_TOTAL);
	assert_summary("--summary ls", false, "%tacen", SCT_COLUMN_TOTAL);
	assert_summary("--summary=percentiles ls", false, "%ta569Mcen", SCT_COLUMN_TOTAL);
	assert_summary("-c --summary=percentiles -S time-p99 ls", true, "%ta569Mcen", SCT_COLUMN_P99);
	assert_summary("-c -U calls,syscall,longest -S none ls", true, "cnM", SCT_SORT_NOTHING);
	assert_summary("-C -U errors -S count ls", false, "en", SCT_COLUMN_CALLS);
	/* Without entries there are no times. */
	assert_summary("-c --replay f", true, "%tacen", SCT_COLUMN_TOTAL);
	assert_summary("-c --no-enter ls", true, "cen", SCT_COLUMN_CALLS);
}

static void times_of_summaries(void **state)
{
	char line[] = "-c -w -O 2.5 --interval 2 --summary-by process ls";
	char other[] = "-c --summary-syscall-overhead=70ns --interval=250ms ls";
	char hour[] = "-c --interval 1h ls";
	struct sct_cli cli;

	(void)state;
	parsed(&cli, line);
	assert_true(cli.summary.wall);
	assert_int_equal(cli.summary.overhead_ns, 2500);
	assert_int_equal(cli.summary.interval_ns, 2000000000);
	assert_int_equal(cli.summary.by, SCT_BY_PROCESS);
	sct_scope_free(&cli.scope);
	parsed(&cli, other);
	assert_int_equal(cli.summary.overhead_ns, 70);
	assert_int_equal(cli.summary.interval_ns, 250000000);
	parsed(&cli, hour);
	assert_int_equal(cli.summary.interval_ns, 3600000000000);
	sct_scope_free(&cli.scope);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_on_tasks),
		cmocka_unit_test(attached_tasks_are_a_group_of_their_own),
		cmocka_unit_test(the_filters_options_are_kept_as_they_are_given),
		cmocka_unit_test(paths_add_up),
		cmocka_unit_test(words_behind_a_replay_are_more_files),
		cmocka_unit_test(sizes_and_times_of_recordings),
		cmocka_unit_test(what_is_not_said),
		cmocka_unit_test(file_that_was_forgotten),
		cmocka_unit_test(formats),
		cmocka_unit_test(columns_of_summaries),
		cmocka_unit_test(times_of_summaries),
	};

	return cmocka_run_group_tests_name("sctrace_options", tests, NULL, NULL);
}
