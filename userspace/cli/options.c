/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line. What is wrong with it is said in one line, and ends the program with status 1. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uapi/sctrace.h>

#include "die.h"
#include "options.h"
#include "qualifier.h"

static const char usage[] =
	"Usage: sctrace-read [OPTIONS] [-f] [--scope EXPR]... COMMAND [ARGS]\n"
	"       sctrace-read [OPTIONS] [-f] [--scope EXPR]... -p PID[,PID]...\n"
	"       sctrace-read [OPTIONS] [-f] --scope EXPR...\n"
	"       sctrace-read [OPTIONS]\n"
	"       sctrace-read [OPTIONS] --replay FILE [FILE]...\n"
	"\n"
	"Shows the system calls of COMMAND, of the running tasks PID, of the tasks that\n"
	"the scope takes in, or of whatever the module was loaded for (pid=; every task\n"
	"on the machine if that was not given).\n"
	"\n"
	"  -e [trace=]SET         only these calls: names with commas, %file and other classes\n"
	"                         of strace's, /REGEX; ! before the set: all but these\n"
	"  -e status=STATUS       only calls that are successful, or failed\n"
	"  -e fd=FD               only calls with one of these file descriptors\n"
	"  -f, --follow-forks     also threads and child processes, from their first call on\n"
	"  -o, --output=FILE      write the trace to FILE instead of standard error\n"
	"  -p, --attach=PID       trace this task; several with commas or by repeating it\n"
	"  -P, --trace-path=PATH  only calls that access PATH, by name or by descriptor; several\n"
	"                         by repeating it; with * at the beginning or the end\n"
	"  -q, --quiet            do not tell of tasks that come, of their change between 64\n"
	"                         and 32 bit mode, nor of calls left out by their number\n"
	"  -s, --string-limit=N   show at most N bytes of strings that are no file names (32)\n"
	"                         and at most N elements of arrays\n"
	"  -v, --no-abbrev        show everything: all elements and members, environments\n"
	"  -y, --decode-fds       show what file descriptors refer to\n"
	"      --scope=EXPR       only tasks that are as EXPR says; several with commas or by\n"
	"                         repeating it: other keys narrow, other values of a key\n"
	"                         widen. --trace=EXPR is the same\n"
	"  -z, --successful-only  only calls that are successful; -Z, --failed-only: that fail\n"
	"      --errno=ERROR      only calls that fail with one of these: ENOENT,EACCES\n"
	"      --min-duration=T   only calls that take as long: 10ms; without a unit us\n"
	"      --only=SET, --fd=FD  as -e trace= and -e fd=\n"
	"      --rate=N           of the calls that pass all else, at most N of a task a second\n"
	"      --sample=N         of the calls that pass all else, one in N; before --rate\n"
	"      --where=EXPR       only calls for which it is true: openat.flags & O_CREAT\n"
	"      --whole            show calls when they have returned, each in one piece\n"
	"                         (all of these: docs/FILTER.md)\n"
	"      --hook=WAY         how the kernel calls the module: kprobe, on the functions of\n"
	"                         the wanted calls; tracepoint, of every call; auto (this is\n"
	"                         the default): kprobe if the scope is wide and the calls few\n"
	"      --explain          say which way was taken, and why\n"
	"      --lossless[=S]     lose nothing: before a ring is full, its tasks wait for this\n"
	"                         program; when it stands still, for S seconds (10; 0: for ever)\n"
	"      --buffer=SIZE      memory for all CPUs' rings together: 256M\n"
	"      --ring-kb=KB       size of each CPU's ring: a power of two, 64 to 65536\n"
	"      --record=FILE      write records to FILE, for --replay; no lines but with -o\n"
	"      --record-size=SIZE, --record-time=TIME\n"
	"                         begin another file when one has 100M, or after 1h; they are\n"
	"                         FILE.000000, FILE.000001 and so on\n"
	"      --record-files=N   of these, keep the last N\n"
	"      --record-level=N   how zstd compresses: -7 to 19 (-5); more is smaller and slower\n"
	"      --flight=SIZE      keep the newest SIZE (64M) of records in memory, and write them to\n"
	"                         FILE.1, FILE.2 and so on of --record when told: by SIGUSR1, or\n"
	"      --dump-on=WHEN     signal=NAME of a traced task, exit with an error, slow=TIME,\n"
	"                         where=EXPR; several by repeating it\n"
	"      --dump-after=TIME  go on for TIME (10s) before each dump\n"
	"      --replay=FILE      show what was recorded; several files of one recording in a\n"
	"                         row; - is standard input\n"
	"      --strict           end with status 3 if records were lost\n"
	"  -h, --help             this text\n"
	"  -V, --version          the version\n"
	"\n"
	"EXPR is KEY=VALUE[,VALUE]... or KEY!=VALUE[,VALUE]..., with numbers of pid, tid,\n"
	"uid and gid also <, >, <=, >=:\n"
	"  pid=N  tid=N  tree=N   a process, a thread, a process and what comes of it\n"
	"  pid=new                processes that begin after the trace\n"
	"  uid=N|NAME  gid=N|NAME real user and group; also a range, as in uid=1000-2000\n"
	"  comm=NAME  exe=PATH    name and executable, with * at the beginning or the end\n"
	"  cgroup=PATH|ID         a control group; PATH/* also those below it\n"
	"  mntns= pidns= netns= userns= utsns=N\n"
	"                         namespace: its number, or a path such as /proc/1/ns/mnt\n"
	"  container=ID|NAME      a container; container=new, container=started: those that\n"
	"                         come after the trace began, those that ran then\n"
	"  container  not-container\n"
	"                         in any container, in none\n"
	"  follow                 also what these tasks start, as -f\n";

/* A record has room for several strings of this length, and for more elements than calls take. */
#define MAX_STRING_LIMIT 32767

/* For how long tasks wait for a reader that stands still, seconds. */
#define DEFAULT_PATIENCE 10
#define MAX_PATIENCE 86400

enum {
	OPT_RING_KB = 256, OPT_BUFFER, OPT_ERRNO, OPT_EXPLAIN, OPT_FD, OPT_HOOK, OPT_LOSSLESS, OPT_MIN_DURATION,
	OPT_ONLY, OPT_RATE, OPT_SAMPLE, OPT_SCOPE, OPT_TRACE, OPT_WHERE, OPT_WHOLE, OPT_RECORD, OPT_RECORD_SIZE,
	OPT_RECORD_TIME, OPT_RECORD_FILES, OPT_RECORD_LEVEL, OPT_REPLAY, OPT_STRICT, OPT_FLIGHT,
	OPT_DUMP_ON, OPT_DUMP_AFTER
};

static const struct option long_options[] = {
	{ "buffer", required_argument, NULL, OPT_BUFFER },
	{ "dump-after", required_argument, NULL, OPT_DUMP_AFTER },
	{ "dump-on", required_argument, NULL, OPT_DUMP_ON },
	{ "errno", required_argument, NULL, OPT_ERRNO },
	{ "flight", required_argument, NULL, OPT_FLIGHT },
	{ "explain", no_argument, NULL, OPT_EXPLAIN },
	{ "failed-only", no_argument, NULL, 'Z' },
	{ "fd", required_argument, NULL, OPT_FD },
	{ "follow-forks", no_argument, NULL, 'f' },
	{ "hook", required_argument, NULL, OPT_HOOK },
	{ "lossless", optional_argument, NULL, OPT_LOSSLESS },
	{ "min-duration", required_argument, NULL, OPT_MIN_DURATION },
	{ "only", required_argument, NULL, OPT_ONLY },
	{ "output", required_argument, NULL, 'o' },
	{ "attach", required_argument, NULL, 'p' },
	{ "trace-path", required_argument, NULL, 'P' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "string-limit", required_argument, NULL, 's' },
	{ "no-abbrev", no_argument, NULL, 'v' },
	{ "decode-fds", no_argument, NULL, 'y' },
	{ "rate", required_argument, NULL, OPT_RATE },
	{ "sample", required_argument, NULL, OPT_SAMPLE },
	{ "successful-only", no_argument, NULL, 'z' },
	{ "where", required_argument, NULL, OPT_WHERE },
	{ "whole", no_argument, NULL, OPT_WHOLE },
	{ "ring-kb", required_argument, NULL, OPT_RING_KB },
	{ "scope", required_argument, NULL, OPT_SCOPE },
	{ "trace", required_argument, NULL, OPT_TRACE },
	{ "record", required_argument, NULL, OPT_RECORD },
	{ "record-size", required_argument, NULL, OPT_RECORD_SIZE },
	{ "record-time", required_argument, NULL, OPT_RECORD_TIME },
	{ "record-files", required_argument, NULL, OPT_RECORD_FILES },
	{ "record-level", required_argument, NULL, OPT_RECORD_LEVEL },
	{ "replay", required_argument, NULL, OPT_REPLAY },
	{ "strict", no_argument, NULL, OPT_STRICT },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

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
	const char *word = argv[optind - 1];
	char letter[3] = { '-', optopt };

	if (what == '?' && optopt && !strncmp(word, "--", 2))
		die("option %.*s takes no value; see sctrace-read --help", (int)strcspn(word, "="), word);
	if (optopt && optopt < 256)
		word = letter;
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
	case 'e':
		sct_cli_qualifier(filter, value);
		return true;
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
	default:
		return false;
	}
}

/* One of those on recording and replaying; false: it is another. */
static bool record_option(struct sct_cli *cli, int c, char *value)
{
	switch (c) {
	case OPT_RECORD:
		cli->record.path = value;
		return true;
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
	int c;

	*cli = (struct sct_cli) { .string_limit = 32, .scope.root = "" };
	opterr = 0;
	while ((c = getopt_long(argc, argv, "+:e:fho:p:P:qs:vyzVZ", long_options, NULL)) != -1 ||
	       sct_cli_more_replays(cli, argc, argv, &optind)) {
		switch (c) {
		case -1:
			break;
		case 'f':
			if (cli->follow)
				die("-ff: one file for each process is not there yet; -f -o FILE writes one, each line with its task's number");
			cli->follow = true;
			break;
		case 'o':
			cli->output = optarg;
			break;
		case 'p':
			add_pids(cli, optarg);
			break;
		case 'q':
			cli->quiet = true;
			break;
		case 's':
			cli->string_limit = number("-s", optarg, 0, MAX_STRING_LIMIT);
			cli->string_limit_given = true;
			break;
		case 'v':
			cli->verbose = true;
			break;
		case 'y':
			if (cli->fd_paths)
				die("-yy: details of sockets and devices are not there yet; -y shows what descriptors refer to");
			cli->fd_paths = true;
			break;
		case OPT_SCOPE:
			add_scope(cli, "--scope", optarg);
			break;
		case OPT_TRACE:
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
		case OPT_BUFFER:
			cli->buffer_bytes = sct_cli_size("--buffer", optarg);
			break;
		case OPT_LOSSLESS:
			cli->lossless = true;
			cli->wait_ms = 1000 * (optarg ? number("--lossless", optarg, 0, MAX_PATIENCE) : DEFAULT_PATIENCE);
			break;
		case OPT_RING_KB:
			cli->ring_bytes = ring_bytes(optarg);
			break;
		case 'h':
			fputs(usage, stdout);
			exit(0);
		case 'V':
			printf("sctrace-read %s, interface %d\n", SCTRACE_VERSION,
			       SCTRACE_ABI_VERSION);
			exit(0);
		default:
			if (!filter_option(&cli->filter, c, optarg) && !record_option(cli, c, optarg))
				bad_option(c, argv);
		}
	}
	if (optind < argc)
		cli->command = argv + optind;
	if (cli->nr_replays)
		sct_cli_combine_replay(cli);
	sct_cli_combine_record(cli);
	combine(cli);
	if (cli->buffer_bytes && cli->ring_bytes)
		die("both --buffer and --ring-kb were given: give one of them");
}
