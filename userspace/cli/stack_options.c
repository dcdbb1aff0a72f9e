/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options on stacks: -k and what goes with it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <uapi/sctrace.h>

#include "die.h"
#include "options.h"
#include "stack.h"

#define MAX_FRAMES 1000000000

/* -k, -kk, --stack-trace=WHAT. value: NULL if none is given. */
static void take_kind(struct sct_cli_lines *lines, const char *value)
{
	if (!value)
		lines->stacks = lines->stacks ? SCT_STACKS_SOURCES : SCT_STACKS_SYMBOLS;
	else if (!strcmp(value, "symbol"))
		lines->stacks = SCT_STACKS_SYMBOLS;
	else if (!strcmp(value, "source"))
		lines->stacks = SCT_STACKS_SOURCES;
	else
		die("--stack-trace: '%s' is not known; write symbol or source", value);
}

static unsigned int frames(const char *value)
{
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno || !n || n > MAX_FRAMES)
		die("--stack-trace-frame-limit: '%s' is not a number from 1 on", value);
	return n < SCT_STACK_FRAMES ? n : SCT_STACK_FRAMES;
}

/* Bytes alone, too: the most that there can be are no whole K. As elsewhere, a small k is one. */
static unsigned int stack_bytes(const char *value)
{
	uint64_t bytes;
	char *end;

	errno = 0;
	bytes = strtoull(value, &end, 10);
	if (*value < '0' || *value > '9' || errno || (*end && strcasecmp(end, "k")))
		die("--stack-size: '%s' is no size; write a number of bytes, or with K, as in 32K", value);
	if (*end)
		bytes = bytes > SCTRACE_STEP_MAX_BYTES ? UINT64_MAX : bytes << 10;
	if (bytes < SCT_STACK_MIN_BYTES || bytes > SCTRACE_STEP_MAX_BYTES)
		die("--stack-size: '%s' is not from %d to %d bytes", value, SCT_STACK_MIN_BYTES,
		    SCTRACE_STEP_MAX_BYTES);
	return bytes & ~7u;
}

/* false: it is another's. value: NULL if none was given. */
bool sct_cli_stack_option(struct sct_cli *cli, int c, const char *value)
{
	struct sct_cli_lines *lines = &cli->lines;

	switch (c) {
	case 'k':
		take_kind(lines, value);
		return true;
	case OPT_STACK_FRAMES:
		lines->stack_frames = frames(value);
		return true;
	case OPT_STACK_SIZE:
		lines->stack_bytes = stack_bytes(value);
		return true;
	default:
		return false;
	}
}

/* What they mean together, once all are known. */
void sct_cli_combine_stacks(struct sct_cli *cli)
{
	struct sct_cli_lines *lines = &cli->lines;

	if (lines->stack_bytes && !lines->stacks)
		die("--stack-size: without -k, nothing is taken of stacks; give -k");
	if (lines->stack_frames && !lines->stacks)
		complain("--stack-trace-frame-limit has no effect without -k/--stack-trace");
	if (lines->stacks && cli->summary.only && !cli->record.path) {
		complain("-k/--stack-trace has no effect with -c/--summary-only");
		lines->stacks = SCT_STACKS_NONE;
	}
	if (!lines->stack_bytes)
		lines->stack_bytes = SCT_STACK_BYTES;
}
