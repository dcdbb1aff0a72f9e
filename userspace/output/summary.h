/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of -c, as strace prints it. */
#ifndef SCT_OUTPUT_SUMMARY_H
#define SCT_OUTPUT_SUMMARY_H

#include <stdio.h>

#include "stats.h"

/* In the order of strace's manual; to sort by all of these, and by nothing. */
enum sct_column {
	SCT_COLUMN_PERCENT, SCT_COLUMN_TOTAL, SCT_COLUMN_MIN, SCT_COLUMN_MAX, SCT_COLUMN_AVG, SCT_COLUMN_P50,
	SCT_COLUMN_P95, SCT_COLUMN_P99, SCT_COLUMN_CALLS, SCT_COLUMN_ERRORS, SCT_COLUMN_NAME, SCT_COLUMNS
};

#define SCT_SORT_NOTHING SCT_COLUMNS

struct sct_summary {
	enum sct_column columns[SCT_COLUMNS];
	unsigned int nr_columns;
	unsigned int sort;		/* enum sct_column, or SCT_SORT_NOTHING */
};

/* By any of its names, of len bytes. SCT_COLUMNS: there is none. */
enum sct_column sct_column_find(const char *name, size_t len);
bool sct_column_is_time(unsigned int column);
bool sct_column_is_percentile(unsigned int column);

/*
 * A table for each ABI that made calls; none if none did. what, such as " of process 1 (init)", makes a heading;
 * "": only what strace gives one has it. Return: whether there was a table. -ENOMEM.
 */
int sct_summary_print(FILE *out, const struct sct_summary *summary, const struct sct_stats *stats, const char *what);

#endif
