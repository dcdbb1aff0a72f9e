/* SPDX-License-Identifier: GPL-2.0-only */
/* What a session asks for: who and which calls. It is replaced as a whole. */
#ifndef SCTRACE_POLICY_H
#define SCTRACE_POLICY_H

#include <linux/types.h>

#include "filter.h"
#include "scope.h"

struct sctrace_config;
struct sctrace_plans;

/**
 * struct sctrace_policy - one answer to what is recorded
 * @scope: who
 * @in: SCTRACE_TASK_IN or SCTRACE_TASK_IN_TOO: what a task has that it takes for in
 * @filter: which calls
 * @before: the policy that this one has replaced, for calls that began while it judged, or NULL
 */
struct sctrace_policy {
	struct sctrace_scope *scope;
	unsigned int in;
	struct sctrace_call_filter filter;
	struct sctrace_policy *before;
};

struct sctrace_policy *sctrace_policy_make(struct sctrace_config *config,
					   const struct sctrace_plans *plans,
					   struct sctrace_states *states,
					   struct sctrace_policy *before);
void *sctrace_copy_array(u64 from, size_t n, size_t size);
void sctrace_policy_free(struct sctrace_policy *policy);

#endif
