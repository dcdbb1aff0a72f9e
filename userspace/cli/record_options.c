/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options on recording and replaying: their values, and what goes together. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
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

/* "90s", "10m", "1h", "1d": ns. */
uint64_t sct_cli_time(const char *option, const char *text)
{
	static const struct { char letter; uint32_t s; } units[] = {
		{ 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 },
	};
	const char *rest;
	uint64_t value;
	size_t i;

	if (take_number(text, &value, &rest) && *rest && !rest[1] && value < 1000000) {
		for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
			if (units[i].letter == *rest)
				return value * units[i].s * 1000000000ull;
		}
	}
	die("%s: '%s' is no time; write a number with s, m, h or d, as in 10m", option, text);
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

	if (!strcmp(text, "exit")) {
		flight->exit = true;
	} else if (!strncmp(text, "slow=", 5)) {
		flight->slow = text + 5;
		if (strspn(flight->slow, "0") == strspn(flight->slow, "0123456789"))
			die("--dump-on: '%s' is no time; write a number with its unit, as in slow=10ms", text);
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

	if (!flight->bytes && (flight->after_ns || flight->exit || flight->signals || flight->slow || flight->where))
		die("--dump-on and --dump-after need --flight SIZE");
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

void sct_cli_combine_record(const struct sct_cli *cli)
{
	const struct sct_cli_record *record = &cli->record;
	const struct sct_capture_options *o = &record->options;
	bool to_stdout = record->path && !strcmp(record->path, "-");

	if (!record->path && (o->rotate_bytes || o->rotate_ns || o->keep || o->level))
		die("--record-size, --record-time, --record-files and --record-level need --record FILE");
	combine_flight(cli);
	if (o->keep && !o->rotate_bytes && !o->rotate_ns)
		die("--record-files: without --record-size or --record-time there is one file");
	if (to_stdout && cli->command)
		die("--record - and a command: both would write to standard output; give a file, or -p");
	if (to_stdout && (o->rotate_bytes || o->rotate_ns))
		die("--record -: standard output is one file; --record-size and --record-time need a name");
}

static void refuse(bool given, const char *option, const char *instead)
{
	if (given)
		die("%s and --replay: a replay shows what was recorded; %s", option, instead);
}

/* A replay has no kernel: what only that could do is refused. */
void sct_cli_combine_replay(struct sct_cli *cli)
{
	static const char choose[] = "--where chooses among its calls, as in 'tid == 123'";
	static const char record[] = "give it when you record";

	refuse(cli->record.path, "--record", "cp copies it");
	refuse(cli->nr_pids, "-p", choose);
	refuse(cli->scope.nr_tests || cli->scope.flags, "--scope", choose);
	refuse(cli->follow, "-f", record);
	refuse(cli->filter.nr_paths, "-P", record);
	refuse(cli->filter.sample, "--sample", record);
	refuse(cli->filter.rate, "--rate", record);
	refuse(cli->hook != SCT_HOOK_AUTO, "--hook", record);
	refuse(cli->explain, "--explain", record);
	refuse(cli->ring_bytes, "--ring-kb", record);
	refuse(cli->buffer_bytes, "--buffer", record);
	refuse(cli->lossless, "--lossless", record);
	refuse(cli->flight.bytes, "--flight", record);
}
