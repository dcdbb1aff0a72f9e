/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events as the lines that strace prints. */
#ifndef SCT_OUTPUT_STRACE_H
#define SCT_OUTPUT_STRACE_H

#include <stdio.h>

#include "columns.h"
#include "dump.h"
#include "pair.h"
#include "plan.h"
#include "separate.h"
#include "stack.h"
#include "text.h"

/* The column of "= ". */
#define SCT_RESULT_COLUMN 40

struct sct_strace {
	FILE *out;
	struct sct_separate *separate;	/* instead of out, a file for each task; NULL: they have one */
	struct sct_stream *stream;	/* of these, the one that line, written and open_tid are of; NULL: none */
	bool tids_first;		/* every line begins with the thread's id: a file of several tasks */
	bool tids_bracketed;		/* the same as [pid N], while there are several tasks */
	bool tids_always;		/* also while only one is known: there may be others */
	bool quiet;			/* no word on tasks that come */
	bool quiet_exit;		/* nor of the statuses with which they exit */
	bool quiet_superseded;		/* nor of an exec that ends all other threads */
	uint64_t unshown_signals;	/* by 1 << signal - 1 */
	int column_shift;		/* how far from SCT_RESULT_COLUMN "= " is */
	bool modes;			/* tell when a task makes calls of another ABI */
	struct sct_columns columns;	/* what stands before and behind the call */
	struct sct_tasks *named;	/* whose names stand behind their numbers; NULL: nobody's */
	int64_t realtime;		/* what added to CLOCK_MONOTONIC is CLOCK_REALTIME, ns */
	const struct sct_plan_set *plans; /* by which the trace is recorded */
	const struct sct_tasks *tasks;
	const struct sct_dump *dump;	/* whose data are shown below the line; NULL: nobody's */
	struct sct_stacks *stacks;	/* stacks are shown below the lines; NULL: they are not */
	uint64_t calls;			/* how many lines of calls have come to their end */
	bool arg_names;			/* arguments are shown as name=value */
	bool color;			/* calls, errors, signals and ends */
	struct sct_text line;
	size_t unseen;			/* how much of it are colours, and takes no column */
	size_t written;			/* how much of line is out already */
	uint32_t open_tid;		/* whose line lacks its end; 0: nobody's */
	uint32_t notice_tid;		/* whose coming is to be told before the next line; 0: nobody's */
};

void sct_strace_event(struct sct_strace *o, const struct sct_event *event);
void sct_strace_mode(struct sct_strace *o, const struct sct_event *event);
void sct_strace_flush(struct sct_strace *o);
void sct_strace_finish(struct sct_strace *o, const char *why);
int sct_strace_error(const struct sct_strace *o);
int sct_strace_free(struct sct_strace *o);

#endif
