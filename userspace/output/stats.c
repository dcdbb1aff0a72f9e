/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How often calls were made, how often they failed and how long they took. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "plan.h"
#include "stats.h"

/* The number under which calls with this one are kept. */
static uint64_t slot_of(uint64_t nr)
{
	return nr < SCTRACE_MAX_NR ? nr : SCTRACE_MAX_NR;
}

/* What an event says of a call that has returned. false: it is not the return of one. */
bool sct_stats_returned(struct sct_returned *call, const struct sct_event *event)
{
	const struct sct_record *rec = event->rec;
	const struct sct_call *known = &event->task->call;
	uint64_t entered;

	if (rec->hdr->type != SCTRACE_REC_EXIT && rec->hdr->type != SCTRACE_REC_CALL)
		return false;
	*call = (struct sct_returned) { .failed = sct_is_error(rec->result) };
	if (rec->hdr->type == SCTRACE_REC_EXIT && event->orphan) {
		call->abi = rec->hdr->abi;
		/* What has lost its number is a sigreturn. */
		call->nr = rec->nr == UINT64_MAX ? sct_calls_sigreturn(call->abi) : rec->nr;
		return true;
	}
	entered = known->time;
	call->abi = known->abi;
	call->nr = known->nr;
	call->args = known->args;
	call->nr_args = known->nr_args;
	call->timed = entered;
	/* Clocks of CPUs may differ by a little. */
	call->ns = rec->hdr->time > entered ? rec->hdr->time - entered : 0;
	return true;
}

/* Whether other calls are made through this one. */
static bool is_carrier(unsigned int abi, uint64_t nr)
{
	const struct sct_row *row;
	size_t i;

	for (i = 0; (row = sct_calls_variant(abi, nr, i)); i++) {
		if (sct_calls_inside(row, sct_calls_abi(abi)))
			return true;
	}
	return false;
}

static struct sct_stat *add_stat(struct sct_stats_abi *abi, const struct sct_stat *stat)
{
	if (abi->nr == abi->size) {
		unsigned int size = abi->size ? 2 * abi->size : 16;
		struct sct_stat *at = realloc(abi->stats, size * sizeof(*at));

		if (!at)
			return NULL;
		abi->stats = at;
		abi->size = size;
	}
	abi->stats[abi->nr] = *stat;
	return &abi->stats[abi->nr++];
}

static struct sct_stats_abi *get_abi(struct sct_stats *stats, unsigned int abi)
{
	if (!stats->abis[abi])
		stats->abis[abi] = calloc(1, sizeof(*stats->abis[abi]));
	return stats->abis[abi];
}

/* The call with this number, made if it was not met before. NULL: memory is short. */
static struct sct_stat *get_number(struct sct_stats *stats, unsigned int abi, uint64_t nr)
{
	struct sct_stats_abi *of = get_abi(stats, abi);
	struct sct_stat *stat;
	uint64_t slot = slot_of(nr);

	if (!of)
		return NULL;
	if (of->index[slot])
		return &of->stats[of->index[slot] - 1];
	stat = add_stat(of, &(struct sct_stat) { .row = nr == slot ? sct_calls_find(abi, nr) : NULL, .nr = slot,
						 .carrier = nr == slot && is_carrier(abi, nr) });
	if (stat)
		of->index[slot] = of->nr;
	return stat;
}

/* The call of a row that no number leads to. Few programs make such calls, so it is looked for. */
static struct sct_stat *get_carried(struct sct_stats *stats, unsigned int abi, const struct sct_row *row)
{
	struct sct_stats_abi *of = get_abi(stats, abi);
	unsigned int i;

	if (!of)
		return NULL;
	for (i = 0; i < of->nr; i++) {
		if (of->stats[i].row == row)
			return &of->stats[i];
	}
	return add_stat(of, &(struct sct_stat) { .row = row, .nr = SCTRACE_MAX_NR });
}

/* One that was met before, of most calls. NULL: it must be looked for. */
static inline struct sct_stat *find_stat(const struct sct_stats *stats, const struct sct_returned *call)
{
	const struct sct_stats_abi *of = stats->abis[call->abi];
	struct sct_stat *stat;

	if (!of || call->nr >= SCTRACE_MAX_NR || !of->index[call->nr])
		return NULL;
	stat = &of->stats[of->index[call->nr] - 1];
	return stat->carrier ? NULL : stat;
}

static struct sct_stat *get_stat(struct sct_stats *stats, const struct sct_stats_how *how,
				 const struct sct_returned *call)
{
	/* arm's own calls have numbers beyond all others. */
	const struct sct_row *beyond = call->nr >= SCTRACE_MAX_NR ? sct_calls_find(call->abi, call->nr) : NULL;
	struct sct_stat *stat;
	struct sct_plan plan;

	if (beyond)
		return get_carried(stats, call->abi, beyond);
	stat = get_number(stats, call->abi, call->nr);
	if (!stat || !stat->carrier)
		return stat;
	sct_plan_find(&plan, how->plans, call->abi, call->nr, call->args, call->nr_args);
	return plan.outer ? get_carried(stats, call->abi, plan.row) : stat;
}

static void add_time(struct sct_stat *stat, uint64_t n, uint64_t total, uint64_t min, uint64_t max)
{
	if (!stat->timed || min < stat->min)
		stat->min = min;
	if (max > stat->max)
		stat->max = max;
	stat->timed += n;
	stat->total += total;
}

/* NULL: memory is short. */
static struct sct_histogram *durations_of(struct sct_stat *stat)
{
	if (!stat->durations)
		stat->durations = calloc(1, sizeof(*stat->durations));
	return stat->durations;
}

static int add_duration(struct sct_stat *stat, uint64_t ns)
{
	return durations_of(stat) ? sct_histogram_add(stat->durations, ns) : -ENOMEM;
}

/* 0 or -ENOMEM. */
int sct_stats_count(struct sct_stats *stats, const struct sct_stats_how *how, const struct sct_returned *call)
{
	struct sct_stat *stat = find_stat(stats, call);
	uint64_t ns = call->ns > how->overhead ? call->ns - how->overhead : 0;

	if (!stat)
		stat = get_stat(stats, how, call);
	if (!stat)
		return -ENOMEM;
	stat->calls++;
	stat->errors += call->failed;
	if (!call->timed)
		return 0;
	add_time(stat, 1, ns, ns, ns);
	return how->durations ? add_duration(stat, ns) : 0;
}

/* Adds what one says to what the other says. 0 or -ENOMEM. */
int sct_stat_merge(struct sct_stat *to, const struct sct_stat *from)
{
	to->calls += from->calls;
	to->errors += from->errors;
	if (!from->timed)
		return 0;
	add_time(to, from->timed, from->total, from->min, from->max);
	if (!from->durations)
		return 0;
	return durations_of(to) ? sct_histogram_merge(to->durations, from->durations) : -ENOMEM;
}

void sct_stat_free(struct sct_stat *stat)
{
	if (stat->durations)
		sct_histogram_free(stat->durations);
	free(stat->durations);
	stat->durations = NULL;
}

int sct_stats_merge(struct sct_stats *to, const struct sct_stats *from)
{
	unsigned int abi, i;
	int err = 0;

	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		const struct sct_stats_abi *of = from->abis[abi];

		for (i = 0; of && i < of->nr && !err; i++) {
			const struct sct_stat *stat = &of->stats[i];
			struct sct_stat *same = stat->nr < SCTRACE_MAX_NR || !stat->row ? get_number(to, abi, stat->nr) :
											   get_carried(to, abi, stat->row);

			err = same ? sct_stat_merge(same, stat) : -ENOMEM;
		}
	}
	return err;
}

void sct_stats_free(struct sct_stats *stats)
{
	unsigned int abi, i;

	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		struct sct_stats_abi *of = stats->abis[abi];

		for (i = 0; of && i < of->nr; i++)
			sct_stat_free(&of->stats[i]);
		if (of)
			free(of->stats);
		free(of);
	}
	*stats = (struct sct_stats) { 0 };
}
