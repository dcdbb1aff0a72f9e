// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/cli/decode_options.c: what the options say, and what is said of those that are wrong. */
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "made.h"
#include "parsed.h"

static void strings_in_hex(void **state)
{
	static const struct { const char *line; enum sct_hex_strings want; } rows[] = {
		{ "ls", SCT_HEX_NONE },
		{ "-x ls", SCT_HEX_NON_ASCII },
		{ "-xx ls", SCT_HEX_ALL },
		{ "-x -y -x ls", SCT_HEX_ALL },
		{ "-xxx ls", SCT_HEX_ALL },
		{ "--strings-in-hex ls", SCT_HEX_ALL },
		{ "--strings-in-hex=all ls", SCT_HEX_ALL },
		{ "--strings-in-hex=non-ascii ls", SCT_HEX_NON_ASCII },
		{ "--strings-in-hex=non-ascii-chars ls", SCT_HEX_CHARS },
		{ "--strings-in-hex --strings-in-hex=none ls", SCT_HEX_NONE },
		{ "-x --replay f", SCT_HEX_NON_ASCII },
		{ "--strings-in-hex --replay f", SCT_HEX_ALL },
	};
	struct sct_cli cli;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *line = strdup(rows[i].line);

		parsed(&cli, line);
		if (cli.decode.hex != rows[i].want)
			fail_msg("%s: %d", rows[i].line, cli.decode.hex);
		free(cli.replays);
		free(line);
	}
	parsed_refused("-x --strings-in-hex ls", "both -x and --strings-in-hex were given: give one of them");
	parsed_refused("--strings-in-hex=none -x ls", "both -x and --strings-in-hex were given: give one of them");
	parsed_refused("--strings-in-hex=ascii ls",
		"--strings-in-hex: 'ascii' is not one of none, non-ascii-chars, non-ascii and all");
	parsed_refused("--strings-in-hex= ls", "--strings-in-hex: '' is not one of none, non-ascii-chars, non-ascii and all");
}

static void how_the_command_starts(void **state)
{
	char line[] = "-E A=1 --env=B -EA=2 --argv0 -sh -u 12:34 sh";
	char named[] = "--user=root -E A sh";
	struct sct_cli cli;

	(void)state;
	parsed(&cli, line);
	assert_int_equal(cli.how.nr_env, 3);
	assert_string_equal(cli.how.env[0], "A=1");
	assert_string_equal(cli.how.env[1], "B");
	assert_string_equal(cli.how.env[2], "A=2");
	assert_string_equal(cli.how.argv0, "-sh");
	assert_string_equal(cli.how.user.given, "12:34");
	assert_int_equal(cli.how.user.nr_groups, 1);
	assert_int_equal(cli.how.user.groups[0], 34);
	assert_int_equal(cli.how.user.uid, 12);
	assert_int_equal(cli.how.user.gid, 34);
	assert_string_equal(cli.command[0], "sh");
	free(cli.how.env);
	free(cli.how.user.groups);

	parsed(&cli, named);
	assert_string_equal(cli.how.user.given, "root");
	assert_true(cli.how.user.nr_groups >= 1);
	assert_int_equal(cli.how.user.uid, 0);
	assert_int_equal(cli.how.user.gid, 0);
	assert_null(cli.how.argv0);
	free(cli.how.env);
	free(cli.how.user.groups);
}

static void how_no_command_starts(void **state)
{
	(void)state;
	parsed_refused("-u no-such-user ls", "-u: there is no user 'no-such-user'");
	parsed_refused("--drop-privileges=no-such-user ls", "--drop-privileges: there is no user 'no-such-user'");
	parsed_refused("--drop-privileges=123456 ls",
		       "--drop-privileges: there is no user '123456'; of numbers, give UID:GID");
	parsed_refused("--drop-privileges=0:1 ls", "--drop-privileges: root keeps its own; name another user");
	parsed_refused("-u 12 ls", "-u: there is no user '12'; of numbers, give UID:GID");
	parsed_refused("-u 12: ls", "-u: '12:' is neither a user's name nor UID:GID in numbers");
	parsed_refused("-u :12 ls", "-u: ':12' is neither a user's name nor UID:GID in numbers");
	parsed_refused("-u 1:-1 ls", "-u: '1:-1' is neither a user's name nor UID:GID in numbers");
	parsed_refused("-u 4294967295:1 ls", "-u: '4294967295:1' is neither a user's name nor UID:GID in numbers");
	parsed_refused("-u 1:4294967295 ls", "-u: '1:4294967295' is neither a user's name nor UID:GID in numbers");
	parsed_refused("-E =x ls", "-E: '=x' names no variable; write NAME=VALUE to set one, NAME to take it away");
	parsed_refused("-u root -p 1", "-u says how a command is started, and none was given");
	parsed_refused("-E A=1 -p 1", "-E says how a command is started, and none was given");
	parsed_refused("--argv0=x --scope uid=1", "--argv0 says how a command is started, and none was given");
}

static void trace_is_a_set_or_a_scope(void **state)
{
	static const struct { const char *value; bool set; } rows[] = {
		{ "open,close", true }, { "!open", true }, { "%file", true }, { "?nosuch", true }, { "all", true },
		{ "/a=b", true }, { "!/a<b", true }, { "read,/x>y", true }, { "read@64", true }, { "0", true },
		{ "uid=5", false }, { "uid<5", false }, { "uid!=5", false }, { "container", false }, { "follow", false },
		{ "not-container", false }, { "container,follow", false }, { "exe=/bin/ls", false }, { "follow,uid=1", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sct_cli cli = { 0 };

		assert_int_equal(sct_cli_trace_set(&cli, rows[i].value), rows[i].set);
		assert_int_equal(cli.filter.calls == rows[i].value, rows[i].set);
	}
}

static void straces_long_options_of_the_filter(void **state)
{
	char line[] = "--status=failed --trace-fds=1,2 --trace=%file --trace=uid=5 ls";
	struct sct_cli cli;

	(void)state;
	parsed(&cli, line);
	assert_string_equal(cli.filter.status, "failed");
	assert_string_equal(cli.filter.fds, "1,2");
	assert_string_equal(cli.filter.calls, "%file");
	assert_int_equal(cli.scope.nr_tests, 1);
	sct_scope_free(&cli.scope);
}

static void sets_of_calls_by_how_they_are_shown(void **state)
{
	static char line[] = "-e raw=read -e v=!poll --raw=%file -e trace=all ls", more[] = "--verbose=none -e x=read --replay f";
	struct sct_plan_options how = { 0 };
	struct sct_cli cli;

	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	parsed(&cli, line);
	assert_string_equal(cli.filter.calls, "all");
	sct_cli_plan_options(&cli, &how);
	/* read, open, poll. */
	assert_false(sct_plan_has(how.raw, SCTRACE_ABI_NATIVE, 0));
	assert_true(sct_plan_has(how.raw, SCTRACE_ABI_NATIVE, 2));
	assert_true(sct_plan_has(how.followed, SCTRACE_ABI_NATIVE, 2));
	assert_false(sct_plan_has(how.followed, SCTRACE_ABI_NATIVE, 7));
	assert_false(sct_plan_has(how.raw, SCTRACE_ABI_NATIVE, SCTRACE_MAX_NR));

	how = (struct sct_plan_options) { 0 };
	parsed(&cli, more);
	sct_cli_plan_options(&cli, &how);
	assert_true(sct_plan_has(how.raw, SCTRACE_ABI_NATIVE, 0));
	assert_false(sct_plan_has(how.followed, SCTRACE_ABI_NATIVE, 0));
	free(cli.replays);
}

/* Calls that are not abbreviated are recorded and decoded as with -v. */
static void some_calls_are_abbreviated(void **state)
{
	static char line[] = "-e abbrev=execve ls";
	static const struct { unsigned int nr; bool verbose; } rows[] = { { 59, false }, { 322, true } };
	struct sct_plan_options how = { .string_limit = 32 };
	struct sct_plan_set plans;
	struct sct_cli cli;
	size_t i;

	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	parsed(&cli, line);
	sct_cli_plan_options(&cli, &how);
	assert_true(how.by_set);
	assert_int_equal(sct_plan_set_build(&plans, &how), 0);
	for (i = 0; i < COUNT(rows); i++) {
		struct sct_call call = { .abi = SCTRACE_ABI_NATIVE, .nr = rows[i].nr };
		unsigned int strings = 0, s;
		struct sct_known known;

		sct_known_init(&known, &plans, &call, NULL, (struct sct_pieces) { 0 });
		assert_int_equal(known.options->verbose, rows[i].verbose);
		/* Of the environment they are there with -v only. */
		for (s = 0; s < known.plan.nr_steps; s++)
			strings += known.plan.steps[s].op == SCTRACE_STEP_STRING;
		assert_int_equal(strings, rows[i].verbose ? 3 : 2);
	}
	sct_plan_set_free(&plans);
}

static void ends_of_traces(void **state)
{
	static const struct { const char *line; uint64_t calls, ns; } rows[] = {
		{ "ls", 0, 0 },
		{ "--syscall-limit=1 ls", 1, 0 },
		{ "--for 10s -p 1", 0, 10000000000ull },
		{ "--for=1.5ms --syscall-limit 12 -p 1", 12, 1500000 },
		{ "--for 3 ls", 0, 3000000000ull },
		{ "--for 2h --record f -p 1", 0, 7200000000000ull },
		{ "--for 1.5h ls", 0, 5400000000000ull },
		{ "--syscall-limit 3 --record f -o g -p 1", 3, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *line = strdup(rows[i].line);
		struct sct_cli cli;

		parsed(&cli, line);
		if (cli.end.calls != rows[i].calls || cli.end.ns != rows[i].ns)
			fail_msg("%s", rows[i].line);
		free(cli.pids);
		sct_scope_free(&cli.scope);
		free(line);
	}
	parsed_refused("--syscall-limit=0 ls", "--syscall-limit: '0' is not a number of calls from 1 on");
	parsed_refused("--syscall-limit=-1 ls", "--syscall-limit: '-1' is not a number of calls from 1 on");
	parsed_refused("--for=0s ls", "--for: '0s' is no time from 1ms to 100 years; write a number with ms, s, m, h or d, as in 10m");
	parsed_refused("--for=soon ls", "--for: 'soon' is no time from 1ms to 100 years; write a number with ms, s, m, h or d, as in 10m");
	parsed_refused("--for=1s --flight 64M --record f -p 1",
		"--for: a flight recorder goes on until it is ended; leave one of them out");
	parsed_refused("--syscall-limit=1 --record f ls",
		"--syscall-limit counts lines, and --record prints none: give -o FILE as well, or --for");
	parsed_refused("--for=1s --replay f", "--for and --replay: a replay shows what was recorded; give it when you record");
}

static void what_strace_has_and_is_not_here_has_a_reason(void **state)
{
	static const struct { const char *line, *name; } rows[] = {
		{ "-b execve ls", "-b" },
		{ "-bexecve ls", "-b" }, { "--detach-on=execve ls", "--detach-on" }, { "-d ls", "-d" },
		{ "--inject=read:error=EIO ls", "--inject" }, { "--fault=read ls", "--fault" },
		{ "--kill-on-exit ls", "--kill-on-exit" }, { "--secontext=full ls", "--secontext" },
	};
	char why[300];
	size_t i;

	(void)state;
	assert_null(sct_cli_why_not("--injec"));
	assert_null(sct_cli_why_not("-x"));
	for (i = 0; i < COUNT(rows); i++) {
		snprintf(why, sizeof(why), "%s: %s", rows[i].name, sct_cli_why_not(rows[i].name));
		parsed_refused(rows[i].line, why);
	}
	parsed_refused("-e inject=read ls", "-e inject: calls are recorded as they are made, not changed; strace can");
	parsed_refused("-e abbrev=read --record f ls",
		"-e abbrev='read': a recording abbreviates all calls or none: write abbrev=all, or abbrev=none, which is -v");
	parsed_refused("-e abbrev=read --replay f",
		"-e abbrev='read': a recording abbreviates all calls or none: write abbrev=all, or abbrev=none, which is -v");
	parsed_refused("-X names ls", "-X: 'names' is not one of abbrev, raw and verbose");
	parsed_refused("-I 5 ls", "-I: '5' is not one of 1 (anywhere), 2 (waiting), 3 (never) and 4 (never_tstp)");
}

static void what_is_so_in_any_case_is_taken(void **state)
{
	char dumps[] = "-X verbose -e read=0 --write=1,2 -e r=3 ls";
	char line[] = "-X abbrev --seccomp-bpf -I 4 -e abbrev=none ls", other[] = "-v --abbrev=all --interruptible=waiting ls";
	struct sct_cli cli;

	(void)state;
	parsed(&cli, line);
	assert_true(cli.verbose);
	assert_int_equal(cli.decode.consts, SCT_CONSTS_NAMES);
	assert_int_equal(cli.interruptible, 4);
	assert_string_equal(cli.command[0], "ls");
	parsed(&cli, other);
	assert_false(cli.verbose);
	assert_int_equal(cli.interruptible, 2);
	assert_false(cli.decode.dumps);
	parsed(&cli, dumps);
	assert_true(cli.decode.dumps);
	assert_int_equal(cli.decode.consts, SCT_CONSTS_BOTH);
	assert_int_equal(cli.decode.dump.read.n, 1);
	assert_int_equal(cli.decode.dump.read.fds[0], 3);
	assert_int_equal(cli.decode.dump.write.n, 2);
	parsed_refused("-e write=x ls", "-e write='x': write numbers of file descriptors with commas, at most 64; or all");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_in_hex),
		cmocka_unit_test(how_the_command_starts),
		cmocka_unit_test(how_no_command_starts),
		cmocka_unit_test(trace_is_a_set_or_a_scope),
		cmocka_unit_test(sets_of_calls_by_how_they_are_shown),
		cmocka_unit_test(some_calls_are_abbreviated),
		cmocka_unit_test(ends_of_traces),
		cmocka_unit_test(what_strace_has_and_is_not_here_has_a_reason),
		cmocka_unit_test(what_is_so_in_any_case_is_taken),
		cmocka_unit_test(straces_long_options_of_the_filter),
	};

	return cmocka_run_group_tests_name("sctrace_decode_options", tests, NULL, NULL);
}
