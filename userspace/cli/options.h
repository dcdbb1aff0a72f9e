/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCT_OPTIONS_H
#define SCT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "decode_options.h"
#include "filter.h"
#include "flight.h"
#include "form.h"
#include "format_options.h"
#include "hook.h"
#include "line_options.h"
#include "moment.h"
#include "record_options.h"
#include "scope.h"
#include "summary_options.h"

struct sct_cli {
	int32_t *pids;			/* -p */
	uint32_t nr_pids;
	struct sct_scope scope;		/* --scope, -p, -f; the command is to be added */
	enum sctrace_key named_key;	/* how -p and the command are in the scope */
	bool follow;			/* -f */
	bool quiet;			/* -q: no remarks on what is as it was wanted */
	bool silent;			/* -qq: nor on what a recording lacks */
	bool verbose;			/* -v */
	bool fd_paths;			/* -y, -yy */
	uint8_t fds;			/* of descriptors, what is shown: SCT_FD_*; 0: it was not said */
	struct sct_cli_lines lines;	/* what a line has besides the call */
	const char *output;		/* -o; NULL: standard error, of a format for programs standard output */
	enum sct_form_kind format;	/* --format */
	unsigned int string_limit;	/* -s */
	bool string_limit_given;
	uint32_t ring_bytes;		/* --ring-kb; 0: the module's default */
	uint64_t buffer_bytes;		/* --buffer; 0: not given */
	struct sct_cli_flight flight;
	struct sct_cli_decode decode;	/* decode_options.c */
	struct sct_cli_end end;		/* --syscall-limit, --for */
	unsigned int interruptible;	/* -I; 0: not given */
	struct sct_child_how how;	/* -E, -u, --argv0 */
	struct sct_user drop;		/* --drop-privileges */
	bool lossless;			/* --lossless */
	uint32_t wait_ms;		/* its value; 0: for as long as it takes */
	struct sct_filter_options filter;
	enum sct_hook_wish hook;	/* --hook */
	bool doctor;			/* --doctor */
	bool explain;			/* --explain */
	struct sct_cli_record record;	/* --record */
	struct sct_cli_summary summary;	/* -c, -C */
	char **replays;			/* --replay, ended by NULL */
	unsigned int nr_replays;
	struct sct_moment since;	/* --since */
	struct sct_moment until;	/* --until */
	bool strict;			/* --strict */
	char live_only[32];		/* the first option that is not for --replay, as it was given; "": none */
	char **command;			/* ended by NULL; NULL: none */
};

void sct_cli_parse(struct sct_cli *cli, int argc, char **argv);

#endif
