/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options on recording and replaying: their values, and what goes together. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "constant.h"
#include "die.h"
#include "libc.h"
#include "options.h"

/* zstd's own; the lower ones are faster and make files larger. */
#define MIN_LEVEL (-7)
#define MAX_LEVEL 19

/* A number from 1 on and the rest of the text. false: it is none. */
static bool take_number(const char *text, uint64_t *value, const char **rest)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 10);
	*rest = end;
	return *text >= '0' && *text <= '9' && !errno && *value;
}

/* "100M": bytes. */
uint64_t sct_cli_size(const char *option, const char *text)
{
	static const char units[] = "KMG";
	const char *rest, *unit;
	uint64_t value;

	if (take_number(text, &value, &rest) && *rest && !rest[1]) {
		unit = strchr(units, *rest);
		if (unit && value <= UINT64_MAX >> 10 * (unit - units + 1))
			return value << 10 * (unit - units + 1);
	}
	die("%s: '%s' is no size; write a number with K, M or G, as in 100M", option, text);
}

/* 100 years: with it, and the clock, there are 64 bits to spare. */
#define MAX_TIME_NS 3155760000000000000ull

/* "500ms", "90s", "10m", "1.5h", "1d": ns. Without a unit, seconds. */
uint64_t sct_cli_time(const char *option, const char *text)
{
	uint64_t ns;

	if (sct_length_parse(text, &ns) && ns >= 1000000 && ns <= MAX_TIME_NS)
		return ns;
	die("%s: '%s' is no time from 1ms to 100 years; write a number with ms, s, m, h or d, as in 10m", option, text);
}

struct sct_moment sct_cli_moment(const char *option, const char *text)
{
	struct sct_moment moment;

	if (!sct_moment_parse(&moment, text))
		die("%s: '%s' is no time; write 12:30:05, '2026-11-29 12:30:05', +10s after the beginning, -10s before the"
		    " end, or @SECONDS", option, text);
	return moment;
}

int32_t sct_cli_level(const char *text)
{
	char *end;
	long level = strtol(text, &end, 10);

	if (!*text || *end || !level || level < MIN_LEVEL || level > MAX_LEVEL)
		die("--record-level: '%s' is no level; write a number from %d to -1 or from 1 to %d", text, MIN_LEVEL,
		    MAX_LEVEL);
	return level;
}

void sct_cli_add_replay(struct sct_cli *cli, char *path)
{
	cli->replays = realloc(cli->replays, (cli->nr_replays + 2) * sizeof(*cli->replays));
	if (!cli->replays)
		die("out of memory");
	cli->replays[cli->nr_replays++] = path;
	cli->replays[cli->nr_replays] = NULL;
}

/* Words that are no options are more files of a replay, and options may follow. false: there is none, or no replay. */
bool sct_cli_more_replays(struct sct_cli *cli, int argc, char **argv, int *at)
{
	if (!cli->nr_replays || *at >= argc)
		return false;
	/* Behind this getopt(3) finds no option, and says so from the same place again and again. */
	if (!strcmp(argv[*at - 1], "--")) {
		while (*at < argc)
			sct_cli_add_replay(cli, argv[(*at)++]);
		return false;
	}
	sct_cli_add_replay(cli, argv[(*at)++]);
	return true;
}

static int signal_of(const char *name)
{
	int signo;

	if (!strncmp(name, "SIG", 3))
		name += 3;
	for (signo = 1; signo < 65; signo++) {
		const char *known = sigabbrev_np(signo);

		if (known && !strcmp(known, name))
			return signo;
	}
	die("--dump-on: there is no signal '%s'; write its name, as in signal=SEGV", name);
}

/* What --dump-on says. */
void sct_cli_dump_on(struct sct_cli_flight *flight, const char *text)
{
	char *list, *name, *rest;
	uint64_t ns;

	if (!strcmp(text, "exit")) {
		flight->exit = true;
	} else if (!strncmp(text, "slow=", 5)) {
		flight->slow = text + 5;
		if (!sct_duration_parse(flight->slow, NULL, &ns) || !ns)
			die("--dump-on '%s': at 6: '%s' is no time; write a number with its unit, as in slow=10ms", text,
			    flight->slow);
	} else if (!strncmp(text, "where=", 6)) {
		flight->where = text + 6;
	} else if (!strncmp(text, "signal=", 7)) {
		list = strdup(text + 7);
		if (!list)
			die("out of memory");
		if (!*list)
			die("--dump-on: signal= names none; write its name, as in signal=SEGV");
		for (name = strtok_r(list, ",", &rest); name; name = strtok_r(NULL, ",", &rest))
			flight->signals |= 1ull << (signal_of(name) - 1);
		free(list);
	} else {
		die("--dump-on: '%s' is not known; write signal=NAME, exit, slow=TIME or where=EXPR", text);
	}
}

static void combine_flight(const struct sct_cli *cli)
{
	const struct sct_cli_flight *flight = &cli->flight;
	const struct sct_capture_options *o = &cli->record.options;

	if (!flight->bytes && (flight->after_ns || flight->exit || flight->signals || flight->slow || flight->where ||
			       flight->max))
		die("--dump-on, --dump-after and --dump-max need --flight SIZE");
	if (!flight->bytes)
		return;
	if (!cli->record.path || !strcmp(cli->record.path, "-"))
		die("--flight: dumps go to files; name them with --record FILE");
	if (cli->output)
		die("--flight and -o: lines are shown of a dump, by --replay");
	if (cli->lossless || cli->buffer_bytes || cli->ring_bytes)
		die("--flight has rings of its own kind: leave out --lossless, --buffer and --ring-kb");
	if (o->rotate_bytes || o->rotate_ns || o->keep)
		die("--flight: each dump is one file; leave out --record-size, --record-time and --record-files");
}

/*
 * "--record ls" is a command whose file was forgotten: it would trace the whole machine; "--record ls /" would run "/".
 */
static void refuse_program(const struct sct_cli *cli)
{
	const char *path = cli->record.path;

	if (path && cli->record.apart && cli->command && !sct_child_find(*cli->command) && sct_child_find(path))
		die("--record %s: '%s' is a program, and the command '%s' is none: write --record=FILE %s %s...", path, path,
		    *cli->command, path, *cli->command);

	if (path && cli->record.apart && !cli->command && !cli->nr_pids && !cli->scope.nr_tests && sct_child_find(path))
		die("--record %s: '%s' is a program, and no command is given: write --record=FILE %s%s%s", path, path, path,
		    strchr(path, '/') ? "" : "; all tasks go into a file of that name by --record=",
		    strchr(path, '/') ? "" : path);
}

void sct_cli_combine_record(const struct sct_cli *cli)
{
	const struct sct_cli_record *record = &cli->record;
	const struct sct_capture_options *o = &record->options;
	bool to_stdout = record->path && !strcmp(record->path, "-");

	if (!record->path && (o->rotate_bytes || o->rotate_ns || o->keep || o->level))
		die("--record-size, --record-time, --record-files and --record-level need --record FILE");
	combine_flight(cli);
	refuse_program(cli);
	if (!cli->nr_replays && (cli->since.kind || cli->until.kind))
		die("--since and --until choose among what was recorded: they need --replay");
	if (o->keep && !o->rotate_bytes && !o->rotate_ns)
		die("--record-files: without --record-size or --record-time there is one file");
	if (to_stdout && cli->command)
		die("--record - and a command: both would write to standard output; give a file, or -p");
	if (to_stdout && (o->rotate_bytes || o->rotate_ns))
		die("--record -: standard output is one file; --record-size and --record-time need a name");
}

/* Options that are not of a replay: what to do instead. */
static const struct {
	const char *option;
	const char *instead;
} instead[] = {
	{ "--record", "cp copies it" },
	{ "-p", "--where chooses among its calls, as in 'tid == 123'" },
	{ "--attach", "--where chooses among its calls, as in 'tid == 123'" },
	{ "--scope", "--where chooses among its calls, as in 'tid == 123'" },
	{ "--trace", "--where chooses among its calls, as in 'tid == 123'" },
};

/* A replay has no kernel: what only that could do is refused. */
void sct_cli_combine_replay(const struct sct_cli *cli)
{
	size_t i;

	if (!*cli->live_only)
		return;
	for (i = 0; i < sizeof(instead) / sizeof(instead[0]); i++) {
		if (!strcmp(cli->live_only, instead[i].option))
			break;
	}
	die("%s and --replay: a replay shows what was recorded; %s", cli->live_only,
	    i < sizeof(instead) / sizeof(instead[0]) ? instead[i].instead : "give it when you record");
}
