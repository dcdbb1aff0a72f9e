/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCT_OPTIONS_H
#define SCT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "filter.h"
#include "flight.h"
#include "hook.h"
#include "record_options.h"
#include "scope.h"

struct sct_cli {
	int32_t *pids;			/* -p */
	uint32_t nr_pids;
	struct sct_scope scope;		/* --scope, -p, -f; the command is to be added */
	enum sctrace_key named_key;	/* how -p and the command are in the scope */
	bool follow;			/* -f */
	bool quiet;			/* -q */
	bool verbose;			/* -v */
	bool fd_paths;			/* -y */
	const char *output;		/* -o; NULL: standard error */
	unsigned int string_limit;	/* -s */
	bool string_limit_given;
	uint32_t ring_bytes;		/* --ring-kb; 0: the module's default */
	uint64_t buffer_bytes;		/* --buffer; 0: not given */
	struct sct_cli_flight flight;
	bool lossless;			/* --lossless */
	uint32_t wait_ms;		/* its value; 0: for as long as it takes */
	struct sct_filter_options filter;
	enum sct_hook_wish hook;	/* --hook */
	bool explain;			/* --explain */
	struct sct_cli_record record;	/* --record */
	char **replays;			/* --replay, ended by NULL */
	unsigned int nr_replays;
	bool strict;			/* --strict */
	char **command;			/* ended by NULL; NULL: none */
};

void sct_cli_parse(struct sct_cli *cli, int argc, char **argv);

#endif
