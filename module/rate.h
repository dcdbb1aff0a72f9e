/* SPDX-License-Identifier: GPL-2.0-only */
/* How many calls of each task are recorded in a second. */
#ifndef SCTRACE_RATE_H
#define SCTRACE_RATE_H

#include <linux/types.h>

/**
 * struct sctrace_rate - what the tasks of one session have used up
 * @words: one for each task that has made a call lately; NULL: there is no limit
 * @limit: calls of a task in a second, less than 2^20
 */
struct sctrace_rate {
	u64 *words;
	u32 limit;
};

int sctrace_rate_init(struct sctrace_rate *rate, u32 limit);
void sctrace_rate_free(struct sctrace_rate *rate);
bool sctrace_rate_take(struct sctrace_rate *rate, pid_t tid, u64 now);
void sctrace_rate_renumber(struct sctrace_rate *rate, pid_t from, pid_t to);
void sctrace_rate_forget(struct sctrace_rate *rate, pid_t tid);

#endif
