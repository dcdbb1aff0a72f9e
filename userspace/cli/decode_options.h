/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options on how values are written, and on how the command is started. */
#ifndef SCT_DECODE_OPTIONS_H
#define SCT_DECODE_OPTIONS_H

#include "child.h"
#include "dump.h"
#include "plan.h"
#include "text.h"

struct sct_cli;

/* Long options without a letter. */
enum {
	SCT_OPT_STRINGS_IN_HEX = 500, SCT_OPT_ARGV0, SCT_OPT_STATUS, SCT_OPT_TRACE_FDS,
	SCT_OPT_RAW, SCT_OPT_VERBOSE, SCT_OPT_SYSCALL_LIMIT, SCT_OPT_FOR,
	SCT_OPT_ABBREV, SCT_OPT_SECCOMP_BPF, SCT_OPT_READ, SCT_OPT_WRITE,
};

struct sct_cli_decode {
	enum sct_hex_strings hex;	/* -x, --strings-in-hex */
	const char *hex_option;		/* by which of them; NULL: by none */
	enum sct_consts consts;		/* -X */
	const char *raw;		/* -e raw=; NULL: not given */
	bool dumps;			/* -e read= or -e write= was given */
	struct sct_dump dump;
	const char *abbrev;		/* -e abbrev=, if it is neither all nor none; NULL: not given */
	const char *verbose;		/* -e verbose=; NULL: not given */
};

/* When the trace ends that could go on. */
struct sct_cli_end {
	uint64_t calls;			/* --syscall-limit: lines of calls; 0: there is no limit */
	uint64_t ns;			/* --for; 0: there is no end */
};

const char *sct_cli_why_not(const char *word);
bool sct_cli_trace_set(struct sct_cli *cli, const char *value);
bool sct_cli_decode_option(struct sct_cli *cli, int c, char *value);
void sct_cli_combine_decode(struct sct_cli *cli);
void sct_cli_apply_decode(const struct sct_cli *cli);
void sct_cli_plan_options(const struct sct_cli *cli, struct sct_plan_options *how);

#endif
