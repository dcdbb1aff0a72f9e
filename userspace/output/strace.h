/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events as the lines that strace prints. */
#ifndef SCT_OUTPUT_STRACE_H
#define SCT_OUTPUT_STRACE_H

#include <stdio.h>

#include "pair.h"
#include "plan.h"
#include "text.h"

struct sct_strace {
	FILE *out;
	bool tids_first;		/* every line begins with the thread's id: a file of several tasks */
	bool tids_bracketed;		/* the same as [pid N], while there are several tasks */
	bool tids_always;		/* also while only one is known: there may be others */
	bool quiet;			/* no word on tasks that come */
	bool modes;			/* tell when a task makes calls of another ABI */
	int64_t realtime;		/* what added to CLOCK_MONOTONIC is CLOCK_REALTIME, ns */
	const struct sct_plan_set *plans; /* by which the trace is recorded */
	const struct sct_tasks *tasks;
	struct sct_text line;
	size_t written;			/* how much of line is out already */
	uint32_t open_tid;		/* whose line lacks its end; 0: nobody's */
	uint32_t notice_tid;		/* whose coming is to be told before the next line; 0: nobody's */
};

void sct_strace_event(struct sct_strace *o, const struct sct_event *event);
void sct_strace_flush(struct sct_strace *o);
void sct_strace_finish(struct sct_strace *o, const char *why);
void sct_strace_free(struct sct_strace *o);

#endif
