/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options on what a line has besides the call, which lines there are, and where they go. */
#ifndef SCT_LINE_OPTIONS_H
#define SCT_LINE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "columns.h"

struct sct_cli;

/* Options that have no letter. */
enum {
	OPT_ABSOLUTE_TIMESTAMPS = 400, OPT_ALWAYS_SHOW_PID, OPT_COLOR, OPT_DECODE_FDS, OPT_DECODE_PIDS, OPT_OUTPUT_SEPARATELY,
	OPT_SIGNAL, OPT_STACK_FRAMES, OPT_STACK_SIZE,
};

/* What is not told: -q, -e quiet=. */
#define SCT_QUIET_ATTACH	0x01	/* that tasks come */
#define SCT_QUIET_EXIT		0x02	/* with which status they exit */
#define SCT_QUIET_PERSONALITY	0x04	/* that they change their ABI */
#define SCT_QUIET_SUPERSEDED	0x08	/* that a thread's exec has ended the others */
#define SCT_QUIET_ALL		0x0f

enum sct_cli_stacks { SCT_STACKS_NONE, SCT_STACKS_SYMBOLS, SCT_STACKS_SOURCES };

enum sct_color { SCT_COLOR_AUTO, SCT_COLOR_ALWAYS, SCT_COLOR_NEVER };

struct sct_cli_lines {
	struct sct_columns columns;
	unsigned int nr_t;		/* -t, -tt, -ttt */
	bool absolute;			/* --absolute-timestamps */
	int column_shift;		/* -a, from strace's 40 */
	bool arg_names;			/* -N */
	enum sct_color color;		/* --color */
	bool comms;			/* -Y */
	unsigned int nr_y;		/* -y, -yy */
	bool always_pid;		/* --always-show-pid */
	unsigned int nr_q;		/* -q, -qq, -qqq */
	uint32_t quiet;			/* SCT_QUIET_* */
	uint64_t unshown_signals;	/* by 1 << signal - 1: all but -e signal= */
	enum sct_cli_stacks stacks;	/* -k, -kk */
	unsigned int stack_bytes;	/* --stack-size */
	unsigned int stack_frames;	/* --stack-trace-frame-limit; 0: not given */
	bool append;			/* -A */
	bool separate;			/* --output-separately, -ff: with -o a file for each task */
};

bool sct_cli_line_option(struct sct_cli *cli, int c, const char *value);
bool sct_cli_stack_option(struct sct_cli *cli, int c, const char *value);
bool sct_cli_line_qualifier(struct sct_cli *cli, const char *text);
bool sct_cli_color(const struct sct_cli_lines *lines, FILE *out);
bool sct_cli_is_piped(const struct sct_cli *cli);
bool sct_cli_fd_details(const struct sct_cli *cli);
void sct_cli_combine_stacks(struct sct_cli *cli);
void sct_cli_combine_lines(struct sct_cli *cli);

#endif
