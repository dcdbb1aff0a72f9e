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

static const char usage[] =
	"Usage: sctrace-read [-fqvy] [-o FILE] [-s SIZE] [--ring-kb=KB] COMMAND [ARGS]\n"
	"       sctrace-read [-fqvy] [-o FILE] [-s SIZE] [--ring-kb=KB] -p PID[,PID]...\n"
	"       sctrace-read [-qvy] [-o FILE] [-s SIZE] [--ring-kb=KB]\n"
	"\n"
	"Shows the system calls of COMMAND, of the running tasks PID, or of whatever the\n"
	"module was loaded for (pid=; every task on the machine if that was not given).\n"
	"\n"
	"  -f, --follow-forks     also threads and child processes, from their first call on\n"
	"  -o, --output=FILE      write the trace to FILE instead of standard error\n"
	"  -p, --attach=PID       trace this task; several with commas or by repeating it\n"
	"  -q, --quiet            do not tell of tasks that come, nor of their change\n"
	"                         between 64 and 32 bit mode\n"
	"  -s, --string-limit=N   show at most N bytes of strings that are no file names (32)\n"
	"                         and at most N elements of arrays\n"
	"  -v, --no-abbrev        show everything: all elements and members, environments\n"
	"  -y, --decode-fds       show what file descriptors refer to\n"
	"      --ring-kb=KB       size of each CPU's ring: a power of two, 64 to 65536\n"
	"  -h, --help             this text\n"
	"  -V, --version          the version\n";

/* A record has room for several strings of this length, and for more elements than calls take. */
#define MAX_STRING_LIMIT 32767

enum { OPT_RING_KB = 256 };

static const struct option long_options[] = {
	{ "follow-forks", no_argument, NULL, 'f' },
	{ "output", required_argument, NULL, 'o' },
	{ "attach", required_argument, NULL, 'p' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "string-limit", required_argument, NULL, 's' },
	{ "no-abbrev", no_argument, NULL, 'v' },
	{ "decode-fds", no_argument, NULL, 'y' },
	{ "ring-kb", required_argument, NULL, OPT_RING_KB },
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
		if (cli->nr_pids == SCTRACE_MAX_PIDS)
			die("-p: more than %d tasks; use -f, which brings in all threads of a process",
			    SCTRACE_MAX_PIDS);
		cli->pids = realloc(cli->pids, (cli->nr_pids + 1) * sizeof(*cli->pids));
		if (!cli->pids)
			die("out of memory");
		cli->pids[cli->nr_pids++] = number("-p", word, 1, 4194303);
	}
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

/* Fills *cli; does not return if the command line is wrong or asks for help or version. */
void sct_cli_parse(struct sct_cli *cli, int argc, char **argv)
{
	int c;

	*cli = (struct sct_cli) { .string_limit = 32 };
	opterr = 0;
	while ((c = getopt_long(argc, argv, "+:fho:p:qs:vyV", long_options, NULL)) != -1) {
		switch (c) {
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
			break;
		case 'v':
			cli->verbose = true;
			break;
		case 'y':
			if (cli->fd_paths)
				die("-yy: details of sockets and devices are not there yet; -y shows what descriptors refer to");
			cli->fd_paths = true;
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
			bad_option(c, argv);
		}
	}
	if (optind < argc)
		cli->command = argv + optind;
	if (cli->command && cli->nr_pids)
		die("both -p and a command were given (%s); give one of them", cli->command[0]);
	if (cli->follow && !cli->command && !cli->nr_pids)
		die("-f needs a command or -p; without them the module's follow= decides");
}
