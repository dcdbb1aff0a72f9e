/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options on how values are written, and on how the command is started: their values, and what goes together. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "constant.h"
#include "decode_options.h"
#include "die.h"
#include "options.h"
#include "set.h"

/* ---- how values are written ---- */

static void strings_in_hex(struct sct_cli_decode *decode, const char *option, enum sct_hex_strings how)
{
	if (decode->hex_option && strcmp(decode->hex_option, option))
		die("both -x and --strings-in-hex were given: give one of them");
	decode->hex_option = option;
	decode->hex = how;
}

/* Which of the names, ended by NULL, it is; else the program ends: "is not one of" these. */
static unsigned int one_of(const char *option, const char *name, const char *const *names, const char *these)
{
	unsigned int i;

	for (i = 0; names[i]; i++) {
		if (!strcmp(name, names[i]))
			return i;
	}
	die("%s: '%s' is not one of %s", option, name, these);
}

static enum sct_hex_strings hex_strings(const char *name)
{
	static const char *const names[] = { [SCT_HEX_NONE] = "none", [SCT_HEX_CHARS] = "non-ascii-chars",
					     [SCT_HEX_NON_ASCII] = "non-ascii", [SCT_HEX_ALL] = "all", NULL };

	return one_of("--strings-in-hex", name, names, "none, non-ascii-chars, non-ascii and all");
}

/* ---- how the command is started ---- */

static void add_env(struct sct_child_how *how, char *change)
{
	if (!*change || *change == '=')
		die("-E: '%s' names no variable; write NAME=VALUE to set one, NAME to take it away", change);
	how->env = realloc(how->env, (how->nr_env + 1) * sizeof(*how->env));
	if (!how->env)
		die("out of memory");
	how->env[how->nr_env++] = change;
}

/* -D, each time it is given a step further; --daemonize[=WHERE]. */
static enum sct_child_apart apart(enum sct_child_apart now, const char *where)
{
	static const char *const names[] = { "grandchild", "pgroup", "session", "pgrp", NULL };
	unsigned int name;

	if (!where)
		return now < SCT_CHILD_SESSION ? now + 1 : now;
	name = one_of("--daemonize", where, names, "grandchild, pgroup and session");
	return name == 3 ? SCT_CHILD_GROUP : SCT_CHILD_GRANDCHILD + name;
}

static enum sct_consts const_style(const char *name)
{
	static const char *const names[] = { [SCT_CONSTS_NAMES] = "abbrev", [SCT_CONSTS_NUMBERS] = "raw",
					     [SCT_CONSTS_BOTH] = "verbose", NULL };

	return one_of("-X", name, names, "abbrev, raw and verbose");
}

static void add_dump(struct sct_cli_decode *decode, const char *name, const char *fds)
{
	if (!sct_dump_fds_parse(*name == 'r' ? &decode->dump.read : &decode->dump.write, fds))
		die("-e %s='%s': write numbers of file descriptors with commas, at most %d; or all", name, fds,
		    SCT_DUMP_MAX_FDS);
	decode->dumps = true;
}

/* All and none are what -v decides, for recordings too. */
static void set_abbrev(struct sct_cli *cli, const char *set)
{
	cli->decode.abbrev = NULL;
	if (!strcmp(set, "none") || !strcmp(set, "!all"))
		cli->verbose = true;
	else if (!strcmp(set, "all") || !strcmp(set, "!none"))
		cli->verbose = false;
	else
		cli->decode.abbrev = set;
}

/* ---- when the trace ends ---- */

static unsigned int interruptible(const char *text)
{
	static const struct { const char *word; unsigned int value; } words[] = {
		{ "1", 1 }, { "anywhere", 1 }, { "2", 2 }, { "waiting", 2 }, { "3", 3 }, { "never", 3 },
		{ "4", 4 }, { "never_tstp", 4 },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(text, words[i].word))
			return words[i].value;
	}
	die("-I: '%s' is not one of 1 (anywhere), 2 (waiting), 3 (never) and 4 (never_tstp)", text);
}

static uint64_t call_limit(const char *text)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || !value)
		die("--syscall-limit: '%s' is not a number of calls from 1 on", text);
	return value;
}

/* What an end has a meaning with. */
static void combine_end(const struct sct_cli *cli)
{
	const char *option = cli->end.calls ? "--syscall-limit" : "--for";

	if (!cli->end.calls && !cli->end.ns)
		return;
	if (cli->flight.bytes)
		die("%s: a flight recorder goes on until it is ended; leave one of them out", option);
	if (cli->end.calls && cli->summary.only)
		die("--syscall-limit counts lines, and -c prints none: give -C, or --for");
	if (cli->end.calls && cli->record.path && !cli->output)
		die("--syscall-limit counts lines, and --record prints none: give -o FILE as well, or --for");
}

/* ---- what strace has long options for ---- */

/* Whether a text with commas has a word that is a scope's, though it has no value. */
static bool has_scope_word(const char *text)
{
	static const char *const words[] = { "container", "not-container", "follow" };
	size_t i, len;

	for (; *text; text += len + (text[len] == ',')) {
		len = strcspn(text, ",");
		for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
			if (strlen(words[i]) == len && !strncmp(text, words[i], len))
				return true;
		}
	}
	return false;
}

/*
 * --trace is strace's for a set of calls and ours for a scope. A scope has keys and values: in a set there are
 * signs of comparison only in expressions. false: it is a scope.
 */
bool sct_cli_trace_set(struct sct_cli *cli, const char *value)
{
	if (value[strcspn(value, "=<>/")] && value[strcspn(value, "=<>/")] != '/')
		return false;
	if (has_scope_word(value))
		return false;
	cli->filter.calls = value;
	cli->filter.calls_option = "--trace";
	return true;
}

/* strace's, whose meaning this program cannot have. */
static const struct {
	const char *word;
	const char *reason;
} refusals[] = {
#define CHANGES "calls are recorded as they are made, not changed; strace can"
	{ "-b", "a task is traced until it ends, or the trace does: see --scope, --for and --syscall-limit" },
	{ "--detach-on", "a task is traced until it ends, or the trace does: see --scope, --for and --syscall-limit" },
	{ "-d", "there is no debugging output; --explain says how calls are heard of" },
	{ "--debug", "there is no debugging output; --explain says how calls are heard of" },
	{ "--inject", CHANGES },
	{ "--fault", CHANGES },
	{ "--kill-on-exit", "who is traced does not depend on this program, and goes on without it" },
	{ "--secontext", "the contexts of SELinux are not recorded" },
};

/* Why there is no such option, though strace has it; NULL: it has not. The word may have a value behind it. */
const char *sct_cli_why_not(const char *word)
{
	size_t len = strcspn(word, "="), i;

	for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		if (strlen(refusals[i].word) == len && !strncmp(refusals[i].word, word, len))
			return refusals[i].reason;
	}
	return NULL;
}

static void refuse_qualifier(const char *text)
{
	if (!strncmp(text, "inject=", 7) || !strncmp(text, "fault=", 6))
		die("-e %.*s: " CHANGES, (int)strcspn(text, "="), text);
}

/* What -e is given, NAME=VALUE, if it is about how calls are shown. false: it is not. */
static bool qualifier(struct sct_cli *cli, const char *text)
{
	static const struct {
		const char *name;
		size_t to;
	} names[] = {
		{ "raw=", offsetof(struct sct_cli_decode, raw) }, { "x=", offsetof(struct sct_cli_decode, raw) },
		{ "verbose=", offsetof(struct sct_cli_decode, verbose) }, { "v=", offsetof(struct sct_cli_decode, verbose) },
	};
	struct sct_cli_decode *decode = &cli->decode;
	size_t i;

	if (!strncmp(text, "abbrev=", 7) || !strncmp(text, "a=", 2)) {
		set_abbrev(cli, strchr(text, '=') + 1);
		return true;
	}
	if (!strncmp(text, "read=", 5) || !strncmp(text, "r=", 2) || !strncmp(text, "reads=", 6)) {
		add_dump(decode, "read", strchr(text, '=') + 1);
		return true;
	}
	if (!strncmp(text, "write=", 6) || !strncmp(text, "w=", 2) || !strncmp(text, "writes=", 7)) {
		add_dump(decode, "write", strchr(text, '=') + 1);
		return true;
	}
	refuse_qualifier(text);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t len = strlen(names[i].name);

		if (!strncmp(text, names[i].name, len)) {
			*(const char **)((char *)decode + names[i].to) = text + len;
			return true;
		}
	}
	return false;
}

/* One of these options; false: it is another. */
bool sct_cli_decode_option(struct sct_cli *cli, int c, char *value)
{
	struct sct_cli_decode *decode = &cli->decode;

	switch (c) {
	case 'x':
		strings_in_hex(decode, "-x", decode->hex_option ? SCT_HEX_ALL : SCT_HEX_NON_ASCII);
		return true;
	case SCT_OPT_STRINGS_IN_HEX:
		strings_in_hex(decode, "--strings-in-hex", value ? hex_strings(value) : SCT_HEX_ALL);
		return true;
	case 'e':
		return qualifier(cli, value);
	case SCT_OPT_RAW:
		decode->raw = value;
		return true;
	case SCT_OPT_VERBOSE:
		decode->verbose = value;
		return true;
	case SCT_OPT_SYSCALL_LIMIT:
		cli->end.calls = call_limit(value);
		return true;
	case SCT_OPT_FOR:
		cli->end.ns = sct_cli_time("--for", value);
		return true;
	case 'I':
		cli->interruptible = interruptible(value);
		return true;
	case 'X':
		decode->consts = const_style(value);
		return true;
	case SCT_OPT_ABBREV:
		set_abbrev(cli, value);
		return true;
	case SCT_OPT_READ:
		add_dump(decode, "read", value);
		return true;
	case SCT_OPT_WRITE:
		add_dump(decode, "write", value);
		return true;
	case SCT_OPT_SECCOMP_BPF:
		/* What it is for is so in any case: the filter is the kernel's. */
		return true;
	case SCT_OPT_STATUS:
		cli->filter.status = value;
		cli->filter.status_option = "--status";
		return true;
	case SCT_OPT_TRACE_FDS:
		cli->filter.fds = value;
		cli->filter.fds_option = "--trace-fds";
		return true;
	case 'D':
		cli->how.apart = apart(cli->how.apart, value);
		return true;
	case 'E':
		add_env(&cli->how, value);
		return true;
	case 'u':
		sct_user_parse(&cli->how.user, "-u", value);
		return true;
	case SCT_OPT_ARGV0:
		cli->how.argv0 = value;
		return true;
	default:
		return false;
	}
}

/* A recording says in its head what is recorded of calls, and of all alike. */
static void combine_abbrev(const struct sct_cli *cli)
{
	if (cli->decode.abbrev && (cli->nr_replays || cli->record.path))
		die("-e abbrev='%s': a recording abbreviates all calls or none: write abbrev=all, or abbrev=none, which is -v",
		    cli->decode.abbrev);
}

/* What is not for this trace, once all is known. */
void sct_cli_combine_decode(struct sct_cli *cli)
{
	const struct sct_child_how *how = &cli->how;
	const char *option = how->user.given ? "-u" : how->argv0 ? "--argv0" : how->nr_env ? "-E" : how->apart ? "-D" : NULL;

	if (option && !cli->command)
		die("%s says how a command is started, and none was given", option);
	if (how->apart && cli->strict)
		die("-D and --strict: the status is the command's own; leave out one of them");
	combine_end(cli);
	combine_abbrev(cli);
	/* As under strace: the trace is to have the end that the command comes to. */
	if (!cli->interruptible && cli->output && cli->command)
		cli->interruptible = 3;
}

/* Before the first line. */
void sct_cli_apply_decode(const struct sct_cli *cli)
{
	if (cli->decode.hex)
		sct_text_strings_in_hex(cli->decode.hex);
	sct_text_consts_as(cli->decode.consts);
}

/* The calls of a set. calls: SCTRACE_ABI_COUNT of them. */
static void take_calls(__u64 (*calls)[16], const char *option, const char *text)
{
	struct sct_fault fault;
	struct sct_set set;
	int err = sct_set_parse(&set, text, &fault);

	if (err == -EINVAL && fault.column)
		die("%s '%s': at %u: %s", option, text, fault.column, fault.text);
	if (err)
		die("out of memory");
	memcpy(calls, set.calls, sizeof(set.calls));
	sct_set_free(&set);
}

/* How calls are shown, by sct_calls_init()'s tables. What *how points to stays. */
void sct_cli_plan_options(const struct sct_cli *cli, struct sct_plan_options *how)
{
	static __u64 raw[SCTRACE_ABI_COUNT][16], followed[SCTRACE_ABI_COUNT][16], abbrev[SCTRACE_ABI_COUNT][16];

	/* A recording has what -s says: it is what the reader of another day finds in its head. */
	how->data = cli->decode.dumps && !cli->nr_replays && !cli->record.path;
	if (cli->decode.raw) {
		take_calls(raw, "-e raw", cli->decode.raw);
		how->raw = raw;
	}
	if (cli->decode.verbose) {
		take_calls(followed, "-e verbose", cli->decode.verbose);
		how->followed = followed;
	}
	if (cli->decode.abbrev) {
		take_calls(abbrev, "-e abbrev", cli->decode.abbrev);
		how->abbrev = abbrev;
		how->verbose = false;
	}
	how->by_set = how->raw || how->followed || how->abbrev;
}
