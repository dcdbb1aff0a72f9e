/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line. What is wrong with it is said in one line, and ends the program with status 1. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uapi/sctrace.h>

#include "die.h"
#include "option_table.h"
#include "options.h"
#include "qualifier.h"

/* A record has room for several strings of this length, and for more elements than calls take. */
#define MAX_STRING_LIMIT 32767

/* For how long tasks wait for a reader that stands still, seconds. */
#define DEFAULT_PATIENCE 10
#define MAX_PATIENCE 86400

/* index: in sct_cli_long_options; negative: it was a letter. */
static void note_option(struct sct_cli *cli, int c, int index)
{
	if (sct_cli_of_replays(c))
		return;
	if (*cli->live_only)
		return;
	if (index < 0)
		snprintf(cli->live_only, sizeof(cli->live_only), "-%c", c);
	else
		snprintf(cli->live_only, sizeof(cli->live_only), "--%s", sct_cli_long_options[index].name);
}

/* A whole decimal number within the bounds. */
static unsigned long number(const char *option, const char *text, unsigned long min,
			    unsigned long max)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || value < min || value > max)
		die("%s: '%s' is not a number from %lu to %lu", option, text, min, max);
	return value;
}

/* "12,34 56": commas as people write them, white space as pidof prints it. */
static void add_pids(struct sct_cli *cli, char *list)
{
	static const char separators[] = ", \t\n";
	char *rest, *word;

	word = strtok_r(list, separators, &rest);
	if (!word)
		die("-p: '%s' names no process; give its number, as in -p 123", list);
	for (; word; word = strtok_r(NULL, separators, &rest)) {
		if (cli->nr_pids == SCTRACE_MAX_TESTS)
			die("-p: more than %d tasks; use -f, which brings in all threads of a process",
			    SCTRACE_MAX_TESTS);
		cli->pids = realloc(cli->pids, (cli->nr_pids + 1) * sizeof(*cli->pids));
		if (!cli->pids)
			die("out of memory");
		if (!strcmp(word, "kprobe") || !strcmp(word, "tracepoint") || !strcmp(word, "auto"))
			die("--attach is -p, as in strace; how the kernel calls the module is --hook=%s", word);
		cli->pids[cli->nr_pids++] = number("-p", word, 1, 4194303);
	}
}

static void add_scope(struct sct_cli *cli, const char *option, const char *text)
{
	char *error = sct_scope_parse(&cli->scope, option, text);

	if (error)
		die("%s", error);
}

/* The tasks that -p names. */
static void add_attached(struct sct_cli *cli)
{
	struct sct_scope_origin origin = { .option = "-p" };
	struct sctrace_test test = { .key = cli->named_key };
	uint32_t i;

	if (!cli->nr_pids)
		return;
	test.group = sct_scope_group(&cli->scope);
	for (i = 0; i < cli->nr_pids; i++) {
		test.low = cli->pids[i];
		if (!sct_scope_put(&cli->scope, &test, &origin))
			die("-p and --scope: more than %d values", SCTRACE_MAX_TESTS);
	}
}

/*
 * What the options on tasks mean together, once all are known. A scope chooses among the tasks that are
 * named: then -f names what comes of these as well, whether or not they are in the scope themselves,
 * and only "--scope follow" takes in what is started by those that are.
 */
static void combine(struct sct_cli *cli)
{
	bool named = cli->command || cli->nr_pids;
	bool chosen = named && cli->scope.nr_tests;

	if (cli->command && cli->nr_pids)
		die("both -p and a command were given (%s); give one of them", cli->command[0]);
	if (cli->follow && !chosen)
		cli->scope.flags |= SCTRACE_SCOPE_FOLLOW;
	if (!named && !cli->scope.nr_tests && cli->scope.flags)
		die("%s needs a command, -p or --scope with a key; without them the module's follow= decides",
		    cli->follow ? "-f" : "--scope follow");
	cli->named_key = SCTRACE_KEY_TASK;
	if (cli->follow && chosen)
		cli->named_key = SCTRACE_KEY_TREE;
	else if (!chosen && cli->scope.flags & SCTRACE_SCOPE_FOLLOW)
		cli->named_key = SCTRACE_KEY_PROCESS;
	add_attached(cli);
}

/* strace knows no largest one, and people write what is surely enough. */
static unsigned int string_limit(const char *text)
{
	unsigned long limit = number("-s", text, 0, UINT32_MAX);

	if (limit <= MAX_STRING_LIMIT)
		return limit;
	complain("-s %lu: at most %d bytes of a string are recorded", limit, MAX_STRING_LIMIT);
	return MAX_STRING_LIMIT;
}

static uint32_t ring_bytes(const char *text)
{
	unsigned long kb = number("--ring-kb", text, SCTRACE_RING_MIN_BYTES >> 10,
				  SCTRACE_RING_MAX_BYTES >> 10);

	if (kb & (kb - 1))
		die("--ring-kb: %lu is not a power of two; the next one is %lu", kb,
		    2ul << (63 - __builtin_clzl(kb)));
	return kb << 10;
}

/* getopt has found an option that it does not know, or that lacks its value or has one that it does not take. */
static void bad_option(int what, char **argv)
{
	const char *word = argv[optind - 1], *reason;
	char letter[3] = { '-', optopt };

	if (what == '?' && optopt && !strncmp(word, "--", 2))
		die("option %.*s takes no value; see sctrace-read --help", (int)strcspn(word, "="), word);
	if (optopt && optopt < 256)
		word = letter;
	reason = sct_cli_why_not(word);
	if (reason)
		die("%.*s: %s", (int)strcspn(word, "="), word, reason);
	if (what == ':')
		die("option %s needs a value; see sctrace-read --help", word);
	die("there is no option %s; see sctrace-read --help", word);
}

static void add_path(struct sct_filter_options *filter, const char *path)
{
	filter->paths = realloc(filter->paths, (filter->nr_paths + 1) * sizeof(*filter->paths));
	if (!filter->paths)
		die("out of memory");
	filter->paths[filter->nr_paths++] = path;
}

/* One of the filter's options; false: it is another. */
static bool filter_option(struct sct_filter_options *filter, int c, const char *value)
{
	switch (c) {
	case 'z':
	case 'Z':
		filter->status = c == 'z' ? "successful" : "failed";
		filter->status_option = c == 'z' ? "-z" : "-Z";
		return true;
	case 'P':
		add_path(filter, value);
		return true;
	case OPT_ERRNO:
		filter->errnos = value;
		return true;
	case OPT_FD:
		filter->fds = value;
		filter->fds_option = "--fd";
		return true;
	case OPT_MIN_DURATION:
		filter->min_duration = value;
		return true;
	case OPT_ONLY:
		filter->calls = value;
		filter->calls_option = "--only";
		return true;
	case OPT_RATE:
		filter->rate = value;
		return true;
	case OPT_SAMPLE:
		filter->sample = value;
		return true;
	case OPT_WHERE:
		filter->where = value;
		return true;
	case OPT_WHOLE:
		filter->whole = true;
		return true;
	case OPT_NO_ENTER:
		filter->no_enter = true;
		return true;
	default:
		return false;
	}
}

/* One of those on recording and replaying; false: it is another. */
static bool record_option(struct sct_cli *cli, int c, char *value)
{
	switch (c) {
	case OPT_RECORD_SIZE:
		cli->record.options.rotate_bytes = sct_cli_size("--record-size", value);
		return true;
	case OPT_RECORD_TIME:
		cli->record.options.rotate_ns = sct_cli_time("--record-time", value);
		return true;
	case OPT_RECORD_FILES:
		cli->record.options.keep = number("--record-files", value, 1, 999999);
		return true;
	case OPT_RECORD_LEVEL:
		cli->record.options.level = sct_cli_level(value);
		return true;
	case OPT_REPLAY:
		sct_cli_add_replay(cli, value);
		return true;
	case OPT_SINCE:
		cli->since = sct_cli_moment("--since", value);
		return true;
	case OPT_UNTIL:
		cli->until = sct_cli_moment("--until", value);
		return true;
	case OPT_STRICT:
		cli->strict = true;
		return true;
	default:
		return false;
	}
}

/* Fills *cli; does not return if the command line is wrong or asks for help or version. */
void sct_cli_parse(struct sct_cli *cli, int argc, char **argv)
{
	int c, index = -1;

	*cli = (struct sct_cli) { .string_limit = 32, .scope.root = "" };
	opterr = 0;
	while ((c = getopt_long(argc, argv, sct_cli_letters, sct_cli_long_options, &index)) != -1 ||
	       sct_cli_more_replays(cli, argc, argv, &optind)) {
		if (c != -1)
			note_option(cli, c, index);
		index = -1;
		switch (c) {
		case -1:
			break;
		case 'f':
			cli->lines.separate |= cli->follow;
			cli->follow = true;
			break;
		case 'o':
			cli->output = optarg;
			break;
		case 'p':
			add_pids(cli, optarg);
			break;
		case 's':
			cli->string_limit = string_limit(optarg);
			cli->string_limit_given = true;
			break;
		case 'v':
			cli->verbose = true;
			break;
		case 'y':
			cli->lines.nr_y++;
			break;
		case OPT_SCOPE:
			add_scope(cli, "--scope", optarg);
			break;
		case OPT_TRACE:
			if (!sct_cli_trace_set(cli, optarg))
				add_scope(cli, "--trace", optarg);
			break;
		case OPT_HOOK:
			cli->hook = sct_hook_parse(optarg);
			break;
		case OPT_EXPLAIN:
			cli->explain = true;
			break;
		case OPT_FLIGHT:
			cli->flight.bytes = sct_cli_size("--flight", optarg);
			break;
		case OPT_DUMP_ON:
			sct_cli_dump_on(&cli->flight, optarg);
			break;
		case OPT_DUMP_AFTER:
			cli->flight.after_ns = sct_cli_time("--dump-after", optarg);
			break;
		case OPT_DUMP_MAX:
			cli->flight.max = number("--dump-max", optarg, 1, 999999);
			break;
		case OPT_BUFFER:
			cli->buffer_bytes = sct_cli_size("--buffer", optarg);
			break;
		case OPT_LOSSLESS:
			cli->lossless = true;
			cli->wait_ms = 1000 * (optarg ? number("--lossless", optarg, 0, MAX_PATIENCE) : DEFAULT_PATIENCE);
			break;
		case OPT_DROP_PRIVILEGES:
			sct_user_parse(&cli->drop, "--drop-privileges", optarg ? optarg : "nobody");
			if (!cli->drop.uid)
				die("--drop-privileges: root keeps its own; name another user");
			break;
		case OPT_RING_KB:
			cli->ring_bytes = ring_bytes(optarg);
			break;
		case 'h':
			fputs(sct_cli_help, stdout);
			exit(0);
		case OPT_DOCTOR:
			cli->doctor = true;
			break;
		case 'V':
			printf("sctrace-read %s, interface %d\n", SCTRACE_VERSION,
			       SCTRACE_ABI_VERSION);
			exit(0);
		case OPT_RECORD:
			cli->record.path = optarg;
			cli->record.apart = optarg == argv[optind - 1];
			break;
		case 'e':
			if (!sct_cli_line_qualifier(cli, optarg) && !sct_cli_decode_option(cli, c, optarg))
				sct_cli_qualifier(&cli->filter, optarg);
			break;
		default:
			if (!filter_option(&cli->filter, c, optarg) && !record_option(cli, c, optarg) &&
			    !sct_cli_decode_option(cli, c, optarg) && !sct_cli_format_option(cli, c, optarg) &&
			    !sct_cli_line_option(cli, c, optarg) && !sct_cli_summary_option(cli, c, optarg))
				bad_option(c, argv);
		}
	}
	if (optind < argc)
		cli->command = argv + optind;
	if (cli->nr_replays)
		sct_cli_combine_replay(cli);
	sct_cli_combine_record(cli);
	sct_cli_combine_decode(cli);
	sct_cli_combine_lines(cli);
	sct_cli_combine_summary(cli);
	sct_cli_combine_format(cli);
	combine(cli);
	if (cli->buffer_bytes && cli->ring_bytes)
		die("both --buffer and --ring-kb were given: give one of them");
}
