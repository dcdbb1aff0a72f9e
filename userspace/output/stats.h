/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How often calls were made, how often they failed and how long they took: what a summary is made of. */
#ifndef SCT_OUTPUT_STATS_H
#define SCT_OUTPUT_STATS_H

#include "histogram.h"
#include "pair.h"

struct sct_row;

/* A call that has returned. */
struct sct_returned {
	unsigned int abi;
	uint64_t nr;
	const uint64_t *args;		/* as far as they are known */
	unsigned int nr_args;
	bool failed;
	bool timed;			/* its entry was seen */
	uint64_t ns;			/* between entry and return */
};

/* Of one call. */
struct sct_stat {
	const struct sct_row *row;	/* NULL: this number has none */
	uint64_t nr;			/* SCTRACE_MAX_NR: any number from that on */
	bool carrier;			/* its arguments say which other call it is: socketcall */
	uint64_t calls;
	uint64_t errors;
	uint64_t timed;			/* of .calls, those of which it is known how long they took */
	uint64_t total;			/* ns, of these */
	uint64_t min;			/* of these; only if there is one */
	uint64_t max;
	struct sct_histogram *durations; /* of these; NULL: not wanted, or none */
};

/* Of all calls of one ABI. */
struct sct_stats_abi {
	struct sct_stat *stats;		/* in the order in which they came */
	unsigned int nr;
	unsigned int size;
	uint16_t index[SCTRACE_MAX_NR + 1]; /* by number, from 1; 0: there is none */
};

/* Zeroed is empty; sct_stats_free() gives its memory back. */
struct sct_stats {
	struct sct_stats_abi *abis[SCTRACE_ABI_COUNT]; /* NULL: none */
};

struct sct_stats_how {
	const struct sct_plan_set *plans; /* which say what a carrier carries */
	uint64_t overhead;		/* ns, of tracing itself: each call took so much less */
	bool durations;
};

bool sct_stats_returned(struct sct_returned *call, const struct sct_event *event);
int sct_stats_count(struct sct_stats *stats, const struct sct_stats_how *how, const struct sct_returned *call);
int sct_stat_merge(struct sct_stat *to, const struct sct_stat *from);
void sct_stat_free(struct sct_stat *stat);
int sct_stats_merge(struct sct_stats *to, const struct sct_stats *from);
void sct_stats_free(struct sct_stats *stats);

#endif
