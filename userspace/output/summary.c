/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of -c, as strace prints it: columns as wide as strace has them, and wider where a value is. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "summary.h"
#include "syscall_table.h"

/* strace's: a name that is as long makes the column wider by one. */
#define NAME_WIDTH 16

/* The longest of a number. */
#define CELL 32

static const struct {
	const char *title;
	unsigned int width;
	unsigned int percent;		/* of a percentile; 0: it is none */
	bool is_time;
	const char *const names[6];
} columns[] = {
	[SCT_COLUMN_PERCENT] = { "% time", 6, 0, true, { "time-percent", "time" } },
	[SCT_COLUMN_TOTAL] = { "seconds", 11, 0, true, { "total-time", "time-total", "wall-total" } },
	[SCT_COLUMN_MIN] = { "shortest", 8, 0, true, { "min-time", "shortest", "time-min", "wall-min" } },
	[SCT_COLUMN_MAX] = { "longest", 8, 0, true, { "max-time", "longest", "time-max", "wall-max" } },
	[SCT_COLUMN_AVG] = { "usecs/call", 11, 0, true, { "avg-time", "time-avg", "wall-avg" } },
	[SCT_COLUMN_P50] = { "p50 usecs", 11, 50, true, { "time-p50", "p50" } },
	[SCT_COLUMN_P95] = { "p95 usecs", 11, 95, true, { "time-p95", "p95" } },
	[SCT_COLUMN_P99] = { "p99 usecs", 11, 99, true, { "time-p99", "p99" } },
	[SCT_COLUMN_CALLS] = { "calls", 9, 0, false, { "calls", "count" } },
	[SCT_COLUMN_ERRORS] = { "errors", 9, 0, false, { "errors", "error" } },
	[SCT_COLUMN_NAME] = { "syscall", NAME_WIDTH, 0, false, { "name", "syscall", "syscall-name" } },
};

/* A line of the table. */
struct line {
	const struct sct_stat *stat;
	const char *name;		/* NULL: .number is it */
	char number[CELL];
	uint64_t percentiles[SCT_COLUMNS]; /* ns; of the columns that are such */
};

/* One table. */
struct table {
	const struct sct_summary *summary;
	struct line *lines;
	size_t nr;
	struct sct_stat all;
	struct line total;
	unsigned int widths[SCT_COLUMNS];
};

/* strace takes both signs. */
static bool is_name(const char *is, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (!is[i] || is[i] != (name[i] == '_' ? '-' : name[i]))
			return false;
	}
	return !is[len];
}

enum sct_column sct_column_find(const char *name, size_t len)
{
	unsigned int column, i;

	for (column = 0; column < SCT_COLUMNS; column++) {
		for (i = 0; columns[column].names[i]; i++) {
			if (is_name(columns[column].names[i], name, len))
				return column;
		}
	}
	return SCT_COLUMNS;
}

bool sct_column_is_time(unsigned int column)
{
	return column < SCT_COLUMNS && columns[column].is_time;
}

bool sct_column_is_percentile(unsigned int column)
{
	return column < SCT_COLUMNS && columns[column].percent;
}

/* ---- the lines and their order ---- */

static void name_line(struct line *line, unsigned int abi)
{
	const struct sct_stat *stat = line->stat;

	if (stat->row)
		line->name = stat->row->name;
	else if (stat->nr == SCTRACE_MAX_NR)
		snprintf(line->number, sizeof(line->number), "(other numbers)");
	else
		snprintf(line->number, sizeof(line->number), "syscall_%#" PRIx64,
			 abi == SCTRACE_ABI_X32 ? stat->nr | 0x40000000 : stat->nr);
}

static const char *name_of(const struct line *line)
{
	return line->name ? line->name : line->number;
}

static void fill_percentiles(struct line *line)
{
	const struct sct_stat *stat = line->stat;
	unsigned int i;

	for (i = 0; stat->durations && i < SCT_COLUMNS; i++) {
		uint64_t ns = columns[i].percent ? sct_histogram_percentile(stat->durations, columns[i].percent) : 0;

		/* These two are known without an error. */
		line->percentiles[i] = ns < stat->min ? stat->min : ns > stat->max ? stat->max : ns;
	}
}

static uint64_t avg_of(const struct sct_stat *stat)
{
	return stat->timed ? stat->total / stat->timed : 0;
}

static uint64_t key_of(const struct line *line, unsigned int column)
{
	switch (column) {
	case SCT_COLUMN_PERCENT:
	case SCT_COLUMN_TOTAL:
		return line->stat->total;
	case SCT_COLUMN_MIN:
		return line->stat->min;
	case SCT_COLUMN_MAX:
		return line->stat->max;
	case SCT_COLUMN_AVG:
		return avg_of(line->stat);
	case SCT_COLUMN_CALLS:
		return line->stat->calls;
	case SCT_COLUMN_ERRORS:
		return line->stat->errors;
	case SCT_COLUMN_NAME:
		return 0;
	default:
		return line->percentiles[column];
	}
}

static int compare(const void *a, const void *b, void *sort)
{
	const struct line *x = a, *y = b;
	unsigned int column = *(const unsigned int *)sort;

	if (column == SCT_COLUMN_NAME && strcmp(name_of(x), name_of(y)))
		return strcmp(name_of(x), name_of(y));
	if (column < SCT_COLUMN_NAME && key_of(x, column) != key_of(y, column))
		return key_of(x, column) < key_of(y, column) ? 1 : -1;
	if (x->stat->nr != y->stat->nr)
		return x->stat->nr < y->stat->nr ? -1 : 1;
	return strcmp(name_of(x), name_of(y));
}

/* 0 or -ENOMEM. */
static int fill_table(struct table *t, const struct sct_stats_abi *of, unsigned int abi)
{
	unsigned int sort = t->summary->sort, i;

	t->lines = calloc(of->nr ? of->nr : 1, sizeof(*t->lines));
	if (!t->lines)
		return -ENOMEM;
	for (i = 0; i < of->nr; i++) {
		struct line *line = &t->lines[t->nr];

		/* A carrier all of whose calls were others. */
		if (!of->stats[i].calls)
			continue;
		line->stat = &of->stats[i];
		name_line(line, abi);
		fill_percentiles(line);
		if (sct_stat_merge(&t->all, line->stat))
			return -ENOMEM;
		t->nr++;
	}
	qsort_r(t->lines, t->nr, sizeof(*t->lines), compare, &sort);
	t->total = (struct line) { .stat = &t->all, .name = "total" };
	fill_percentiles(&t->total);
	return 0;
}

/* ---- the text ---- */

static double percent_of(const struct table *t, const struct line *line)
{
	if (line == &t->total)
		return 100;
	return t->all.total ? 100.0 * line->stat->total / t->all.total : 0;
}

/* All but names. */
static void put_cell(char cell[CELL], const struct table *t, const struct line *line, enum sct_column column)
{
	const struct sct_stat *stat = line->stat;

	switch (column) {
	case SCT_COLUMN_PERCENT:
		snprintf(cell, CELL, "%.2f", percent_of(t, line));
		break;
	case SCT_COLUMN_TOTAL:
	case SCT_COLUMN_MIN:
	case SCT_COLUMN_MAX:
		snprintf(cell, CELL, "%.6f", key_of(line, column) / 1e9);
		break;
	case SCT_COLUMN_AVG:
		snprintf(cell, CELL, "%" PRIu64, avg_of(stat) / 1000);
		break;
	case SCT_COLUMN_CALLS:
	case SCT_COLUMN_ERRORS:
		*cell = '\0';
		if (key_of(line, column))
			snprintf(cell, CELL, "%" PRIu64, key_of(line, column));
		break;
	default:
		snprintf(cell, CELL, "%.3f", line->percentiles[column] / 1e3);
		break;
	}
}

static void widen(struct table *t, const struct line *line)
{
	char cell[CELL];
	unsigned int i;

	for (i = 0; i < t->summary->nr_columns; i++) {
		enum sct_column column = t->summary->columns[i];
		size_t width = strlen(name_of(line)) + 1;

		if (column != SCT_COLUMN_NAME) {
			put_cell(cell, t, line, column);
			width = strlen(cell);
		}
		if (width > t->widths[column])
			t->widths[column] = width;
	}
}

static void set_widths(struct table *t)
{
	unsigned int i;

	for (i = 0; i < SCT_COLUMNS; i++)
		t->widths[i] = columns[i].width;
	for (i = 0; i < t->nr; i++)
		widen(t, &t->lines[i]);
	widen(t, &t->total);
}

/* Nothing stands behind the last name. */
static void put_name(FILE *out, const struct table *t, const char *name, bool last)
{
	fprintf(out, "%-*s", last ? 0 : (int)t->widths[SCT_COLUMN_NAME], name);
}

static void put_titles(FILE *out, const struct table *t)
{
	unsigned int i, n = t->summary->nr_columns;

	for (i = 0; i < n; i++) {
		enum sct_column column = t->summary->columns[i];

		if (i)
			fputc(' ', out);
		if (column == SCT_COLUMN_NAME)
			put_name(out, t, columns[column].title, i + 1 == n);
		else
			fprintf(out, "%*s", (int)t->widths[column], columns[column].title);
	}
	fputc('\n', out);
}

static void put_rule(FILE *out, const struct table *t)
{
	unsigned int i, j;

	for (i = 0; i < t->summary->nr_columns; i++) {
		if (i)
			fputc(' ', out);
		for (j = 0; j < t->widths[t->summary->columns[i]]; j++)
			fputc('-', out);
	}
	fputc('\n', out);
}

static void put_line(FILE *out, const struct table *t, const struct line *line)
{
	unsigned int i, n = t->summary->nr_columns;
	char cell[CELL];

	for (i = 0; i < n; i++) {
		enum sct_column column = t->summary->columns[i];

		if (i)
			fputc(' ', out);
		if (column == SCT_COLUMN_NAME) {
			put_name(out, t, name_of(line), i + 1 == n);
			continue;
		}
		put_cell(cell, t, line, column);
		fprintf(out, "%*s", (int)t->widths[column], cell);
	}
	fputc('\n', out);
}

static void put_table(FILE *out, struct table *t, unsigned int abi, const char *what)
{
	static const char *const modes[] = { "", " for 32 bit mode", " for x32 mode" };
	size_t i;

	if (*what || abi)
		fprintf(out, "System call usage summary%s%s:\n", what, modes[abi]);
	set_widths(t);
	put_titles(out, t);
	put_rule(out, t);
	for (i = 0; i < t->nr; i++)
		put_line(out, t, &t->lines[i]);
	put_rule(out, t);
	put_line(out, t, &t->total);
}

int sct_summary_print(FILE *out, const struct sct_summary *summary, const struct sct_stats *stats, const char *what)
{
	unsigned int abi;
	int ret = 0, err;

	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		struct table t = { .summary = summary };

		if (!stats->abis[abi])
			continue;
		err = fill_table(&t, stats->abis[abi], abi);
		if (!err && t.nr)
			put_table(out, &t, abi, what);
		ret = err ? err : ret | (t.nr > 0);
		sct_stat_free(&t.all);
		free(t.lines);
		if (err)
			break;
	}
	return ret;
}
