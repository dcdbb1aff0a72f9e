/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options on the summary: their values, and what goes together. */
#include <string.h>

#include "constant.h"
#include "die.h"
#include "options.h"

/* Of -O, as of strace. */
#define MAX_OVERHEAD_NS 1000000000000ull

static void take_by(struct sct_cli_summary *summary, const char *value)
{
	if (!strcmp(value, "process"))
		summary->by = SCT_BY_PROCESS;
	else if (!strcmp(value, "container"))
		summary->by = SCT_BY_CONTAINER;
	else
		die("--summary-by: '%s' is not known; there are process and container", value);
}

static void take_overhead(struct sct_cli_summary *summary, const char *value)
{
	summary->overhead = value;
	if (!sct_duration_parse(value, "us", &summary->overhead_ns) || summary->overhead_ns > MAX_OVERHEAD_NS)
		die("-O: '%s' is no time; write it as in 500ns or 2.5us (without a unit, microseconds)", value);
}

static void take_kind(struct sct_cli_summary *summary, const char *value)
{
	if (!value) {
		summary->with_lines = true;
		return;
	}
	if (strcmp(value, "percentiles"))
		die("--summary: '%s' is not known; there is percentiles, and --summary alone", value);
	summary->percentiles = true;
}

/* One of the summary's options; false: it is another. */
bool sct_cli_summary_option(struct sct_cli *cli, int c, const char *value)
{
	struct sct_cli_summary *summary = &cli->summary;

	switch (c) {
	case 'c':
		summary->only = true;
		return true;
	case 'C':
		summary->with_lines = true;
		return true;
	case OPT_SUMMARY:
		take_kind(summary, value);
		return true;
	case 'w':
		summary->wall = true;
		return true;
	case 'U':
		summary->columns = value;
		return true;
	case 'S':
		summary->sort = value;
		return true;
	case 'O':
		take_overhead(summary, value);
		return true;
	case OPT_SUMMARY_BY:
		take_by(summary, value);
		return true;
	case OPT_INTERVAL:
		summary->interval_ns = sct_cli_time("--interval", value);
		return true;
	default:
		return false;
	}
}

/* ---- the table ---- */

static void add_column(struct sct_summary *table, enum sct_column column, const char *text)
{
	unsigned int i;

	for (i = 0; i < table->nr_columns; i++) {
		if (table->columns[i] == column)
			die("-U '%s': a column is there twice (times are wall-clock times: wall-* are the same)", text);
	}
	table->columns[table->nr_columns++] = column;
}

static void add_columns(struct sct_summary *table, const char *text)
{
	const char *at = text;
	size_t len;

	for (;; at += len + 1) {
		enum sct_column column;

		len = strcspn(at, ",");
		column = sct_column_find(at, len);
		if (column == SCT_COLUMNS)
			die("-U '%s': at %zu: there is no column '%.*s'; there are time-percent, total-time, min-time, max-time,"
			    " avg-time, time-p50, time-p95, time-p99, calls, errors and name", text, at - text + 1, (int)len, at);
		add_column(table, column, text);
		if (!at[len])
			break;
	}
	for (len = 0; len < table->nr_columns; len++) {
		if (table->columns[len] == SCT_COLUMN_NAME)
			return;
	}
	add_column(table, SCT_COLUMN_NAME, text);
}

static const char *default_columns(const struct sct_cli *cli)
{
	if (cli->filter.no_enter)
		return "calls,errors,name";
	if (cli->summary.percentiles)
		return "time-percent,total-time,avg-time,time-p50,time-p95,time-p99,max-time,calls,errors,name";
	return "time-percent,total-time,avg-time,calls,errors,name";
}

static void set_sort(struct sct_cli *cli)
{
	const char *text = cli->summary.sort;
	struct sct_summary *table = &cli->summary.table;

	if (!text) {
		table->sort = cli->filter.no_enter ? SCT_COLUMN_CALLS : SCT_COLUMN_TOTAL;
	} else if (!strcmp(text, "nothing") || !strcmp(text, "none")) {
		table->sort = SCT_SORT_NOTHING;
	} else {
		table->sort = sct_column_find(text, strlen(text));
		if (table->sort == SCT_COLUMNS)
			die("-S: nothing can be sorted by '%s'; there are time, min-time, max-time, avg-time, time-p50, time-p95,"
			    " time-p99, calls, errors, name and nothing", text);
	}
}

/* With --no-enter nobody knows a time. */
static void refuse_times(const struct sct_cli *cli)
{
	const struct sct_summary *table = &cli->summary.table;
	bool times = sct_column_is_time(table->sort);
	unsigned int i;

	for (i = 0; i < table->nr_columns; i++)
		times = times || sct_column_is_time(table->columns[i]);
	if (times || cli->summary.percentiles || cli->summary.overhead)
		die("with --no-enter it is not known how long calls take: leave it out, or the summary's columns on time");
}

static void refuse_without_summary(const struct sct_cli *cli)
{
	const struct sct_cli_summary *summary = &cli->summary;
	const char *option = summary->wall ? "-w/--summary-wall-clock" : summary->columns ? "-U/--summary-columns" :
			     summary->by ? "--summary-by" : summary->interval_ns ? "--interval" : NULL;

	if (option)
		die("%s must be given with -c/--summary-only or -C/--summary", option);
	/* As strace does, which goes on. */
	if (summary->sort)
		complain("-S/--summary-sort-by has no effect without -c/--summary-only or -C/--summary");
	if (summary->overhead)
		complain("-O/--summary-syscall-overhead has no effect without -c/--summary-only or -C/--summary");
}

/* What they mean together, once all are known. */
void sct_cli_combine_summary(struct sct_cli *cli)
{
	struct sct_cli_summary *summary = &cli->summary;

	if (summary->only && summary->with_lines)
		die("-c/--summary-only and -C/--summary are mutually exclusive");
	summary->wanted = summary->only || summary->with_lines || summary->percentiles;
	if (!summary->wanted) {
		refuse_without_summary(cli);
		return;
	}
	if (summary->only && (cli->lines.columns.before || cli->lines.columns.took || cli->lines.arg_names || cli->fd_paths))
		complain("-t, -r, -T, -i, -n, -N and -y have no effect with -c/--summary-only");
	if (cli->lines.separate)
		die("a summary is one table for all: leave out --output-separately, or give --summary-by=process");
	if (cli->flight.bytes)
		die("--flight and a summary: it is made of a dump, by --replay");
	if (summary->by == SCT_BY_CONTAINER && cli->nr_replays)
		die("--summary-by=container and --replay: a recording does not say which containers there were; --summary-by=process"
		    " tells processes apart");
	if (summary->by == SCT_BY_CONTAINER && cli->drop.given)
		die("--summary-by=container and --drop-privileges: only root can look up which container a process is in; leave out"
		    " --drop-privileges, or give --summary-by=process");
	cli->filter.counted = true;
	add_columns(&summary->table, summary->columns ? summary->columns : default_columns(cli));
	set_sort(cli);
	if (cli->filter.no_enter)
		refuse_times(cli);
}
