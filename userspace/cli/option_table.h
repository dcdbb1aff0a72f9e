/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All options: their names, their letters, and which of them are for a replay, too. */
#ifndef SCT_OPTION_TABLE_H
#define SCT_OPTION_TABLE_H

#include <getopt.h>
#include <stdbool.h>

/* Those without a letter that options.c takes; other files have theirs from other numbers on. */
enum {
	OPT_RING_KB = 256, OPT_BUFFER, OPT_ERRNO, OPT_EXPLAIN, OPT_FD, OPT_HOOK, OPT_LOSSLESS, OPT_MIN_DURATION,
	OPT_NO_ENTER, OPT_ONLY, OPT_RATE, OPT_SAMPLE, OPT_SCOPE, OPT_TRACE, OPT_WHERE, OPT_WHOLE, OPT_RECORD, OPT_RECORD_SIZE,
	OPT_RECORD_TIME, OPT_RECORD_FILES, OPT_RECORD_LEVEL, OPT_REPLAY, OPT_STRICT, OPT_FLIGHT,
	OPT_DUMP_ON, OPT_DUMP_AFTER, OPT_DUMP_MAX, OPT_SINCE, OPT_UNTIL, OPT_DROP_PRIVILEGES,
	OPT_DOCTOR
};

/* For getopt_long(3). */
extern const char sct_cli_letters[];
extern const struct option sct_cli_long_options[];

bool sct_cli_of_replays(int c);

/* help.c: what --help prints. */
extern const char sct_cli_help[];

#endif
