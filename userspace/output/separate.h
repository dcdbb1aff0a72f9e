/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file for each task: what stands in the printer's place for one. */
#ifndef SCT_SEPARATE_H
#define SCT_SEPARATE_H

#include <stdbool.h>
#include <stdio.h>

#include "text.h"

struct sct_separate;

/* What was lost: one gap, or several one behind the other. */
struct sct_gap {
	unsigned int n;			/* gaps */
	uint64_t lost;			/* records */
	uint64_t since, until;		/* CLOCK_MONOTONIC, ns */
	uint32_t cpu;			/* UINT32_MAX: several */
	uint32_t cause;			/* enum sctrace_gap_cause; UINT32_MAX: several */
};

/* One task's output. */
struct sct_stream {
	uint32_t tid;
	FILE *file;			/* NULL: closed, to be opened again to append to */
	struct sct_text line;		/* as in struct sct_strace */
	size_t unseen;
	size_t written;
	uint32_t open_tid;
	struct sct_gap missed;		/* since its last line, as one; .n 0: nothing */
	struct sct_stream *newer, *older; /* of those that have an open file, by when they were used */
};

struct sct_separate *sct_separate_new(const char *path, bool append);
struct sct_stream *sct_separate_open(struct sct_separate *s, uint32_t tid);
void sct_separate_close(struct sct_separate *s, uint32_t tid);
void sct_separate_each(struct sct_separate *s, void (*visit)(struct sct_stream *stream, void *closure), void *closure);
void sct_separate_put_gap(struct sct_separate *s, struct sct_gap gap);
void sct_separate_flush(struct sct_separate *s);
int sct_separate_error(const struct sct_separate *s);
int sct_separate_free(struct sct_separate *s);

#endif
