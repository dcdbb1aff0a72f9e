/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -c, -C: what a trace's events add up to, and when that is printed. */
#ifndef SCT_SUMMING_H
#define SCT_SUMMING_H

#include "comm.h"
#include "options.h"
#include "strace.h"

/* --summary-by=process: of so many there are tables; of those beyond, there is one. */
#define SCT_SUMMING_PROCESSES 4096

struct sct_summing;

/* NULL: the options want no summary. comms are those of the trace. */
struct sct_summing *sct_summing_new(const struct sct_cli *cli, struct sct_strace *out, const struct sct_comms *comms);

/* The first interval begins: CLOCK_MONOTONIC, ns. */
void sct_summing_begin(struct sct_summing *s, uint64_t time);

/* Takes an event. Return: whether it is to be shown as a line, too. */
bool sct_summing_event(struct sct_summing *s, const struct sct_event *event);

/*
 * Takes a record that is of a call and means nothing else: of a task that is known, has not changed, and whose
 * calls begin and return by turns. Return: whether it was taken; else it is to come as an event.
 */
bool sct_summing_record(struct sct_summing *s, struct sct_tasks *tasks, const struct sct_record *rec);

/* All that was before this time has been taken: prints what is due. Of NULL nothing is. */
void sct_summing_tick(struct sct_summing *s, uint64_t time);

/* For how long nothing is due, ms, but no longer than at_most. */
int sct_summing_wait_ms(const struct sct_summing *s, uint64_t time, int at_most);

/* Nothing more will come: prints it all. */
void sct_summing_finish(struct sct_summing *s);

void sct_summing_free(struct sct_summing *s);

#endif
