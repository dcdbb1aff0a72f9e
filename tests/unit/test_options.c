// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/cli/options.c: what the options on tasks mean together, and how the filter's add up. */
#include <getopt.h>
#include <stdlib.h>

#include "made.h"
#include "options.h"

/* Parses "-f -p 1 …" as the words of a command line. */
static void parse(struct sct_cli *cli, char *line)
{
	static char *argv[16];
	int argc = 0;
	char *rest, *word;

	argv[argc++] = "sctrace-read";
	for (word = strtok_r(line, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		argv[argc++] = word;
	argv[argc] = NULL;
	optind = 0;
	sct_cli_parse(cli, argc, argv);
}

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

		parse(&cli, line);
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
	parse(&cli, line);
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
	parse(&cli, line);
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
	parse(&cli, line);
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
	parse(&cli, line);
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
	parse(&cli, line);
	assert_string_equal(cli.record.path, "f");
	assert_int_equal(cli.record.options.rotate_bytes, 3 << 20);
	assert_int_equal(cli.record.options.rotate_ns, 7200000000000ull);
	assert_int_equal(cli.record.options.keep, 7);
	assert_int_equal(cli.record.options.level, -3);
	assert_string_equal(cli.command[0], "true");
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
	};

	return cmocka_run_group_tests_name("sctrace_options", tests, NULL, NULL);
}
