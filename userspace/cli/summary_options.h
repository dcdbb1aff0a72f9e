/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options on the summary. */
#ifndef SCT_SUMMARY_OPTIONS_H
#define SCT_SUMMARY_OPTIONS_H

#include "summary.h"

struct sct_cli;

/* Long options without a letter: these numbers are the getopt table's. */
enum { OPT_SUMMARY = 600, OPT_SUMMARY_BY, OPT_INTERVAL };

enum sct_summary_by { SCT_BY_NOTHING, SCT_BY_PROCESS, SCT_BY_CONTAINER };

struct sct_cli_summary {
	bool only;			/* -c: no lines */
	bool with_lines;		/* -C */
	bool wanted;			/* one of these, or percentiles: of these two, -C */
	bool percentiles;		/* --summary=percentiles */
	bool wall;			/* -w */
	const char *columns;		/* -U; NULL: not given */
	const char *sort;		/* -S */
	const char *overhead;		/* -O */
	uint64_t overhead_ns;
	enum sct_summary_by by;		/* --summary-by */
	uint64_t interval_ns;		/* --interval; 0: not given */
	struct sct_summary table;	/* what these mean together */
};

bool sct_cli_summary_option(struct sct_cli *cli, int c, const char *value);
void sct_cli_combine_summary(struct sct_cli *cli);

#endif
