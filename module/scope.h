/* SPDX-License-Identifier: GPL-2.0-only */
/* Who is traced. */
#ifndef SCTRACE_SCOPE_H
#define SCTRACE_SCOPE_H

#include <linux/atomic.h>
#include <linux/sched.h>

#include "pidset.h"

struct pid;

/**
 * struct sctrace_scope - the tasks of one session
 * @tids: the tasks that are in (@all: that are out); decided at rare events, asked at every call
 * @all: every task, but for those in @tids
 * @follow: children of tasks that are in, are in
 * @settled: the configured tasks have been put in: from now on only probes change @tids
 * @nr_tasks: how many are in; stays 0 with @all
 * @pids: what the session was configured with, each with a reference held
 * @nr_pids: how many
 */
struct sctrace_scope {
	struct sctrace_pidset tids;
	bool all;
	bool follow;
	bool settled;
	atomic_t nr_tasks;
	struct pid **pids;
	unsigned int nr_pids;
};

int sctrace_scope_init_all(struct sctrace_scope *scope);
int sctrace_scope_init_pids(struct sctrace_scope *scope, const s32 *nrs, unsigned int n,
			    bool initial_ns, bool follow, u32 *bad);
void sctrace_scope_free(struct sctrace_scope *scope);
void sctrace_scope_exclude_caller(struct sctrace_scope *scope);
int sctrace_scope_populate(struct sctrace_scope *scope);
void sctrace_scope_fork(struct sctrace_scope *scope, const struct task_struct *parent,
			const struct task_struct *child);
bool sctrace_scope_exec(struct sctrace_scope *scope, const struct task_struct *task, pid_t old_tid);
bool sctrace_scope_exit(struct sctrace_scope *scope, const struct task_struct *task);

/* Any context. */
static inline bool sctrace_scope_has(const struct sctrace_scope *scope, pid_t tid)
{
	return sctrace_pidset_has(&scope->tids, tid) != scope->all;
}

#endif
