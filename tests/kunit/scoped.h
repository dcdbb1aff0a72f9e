/* SPDX-License-Identifier: GPL-2.0-only */
/* What the cases of scopes share: a scope of some tests, and tasks that are made up. */
#ifndef KUNIT_SCOPED_H
#define KUNIT_SCOPED_H

#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../../module/scope.h"
#include "../../module/states.h"

/* Numbers that no task of a guest has. */
#define NOBODY	4194000

KUNIT_DEFINE_ACTION_WRAPPER(scope_put, sctrace_scope_put, struct sctrace_scope *);
KUNIT_DEFINE_ACTION_WRAPPER(states_free, sctrace_states_free, struct sctrace_states *);

/* What is asked for, with arrays that it can give away. */
static inline struct sctrace_scope_request scope_request(struct kunit *test,
							 const struct sctrace_test *tests, u32 nr,
							 const char *text, bool follow)
{
	struct sctrace_scope_request request = {
		.nr_tests = nr,
		.text_bytes = strlen(text),
		.follow = follow,
		.initial_ns = true,
	};

	if (nr) {
		request.tests = kvmalloc_array(nr, sizeof(*tests), GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, request.tests);
		memcpy(request.tests, tests, nr * sizeof(*tests));
	}
	if (*text) {
		request.text = kvmalloc(strlen(text), GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, request.text);
		memcpy(request.text, text, strlen(text));
	}
	return request;
}

/* A scope that goes with the test, or an error. Its reader is init. */
static inline struct sctrace_scope *try_scope(struct kunit *test, const struct sctrace_test *tests,
					      u32 nr, const char *text, bool follow, u32 *bad)
{
	struct sctrace_scope_request request = scope_request(test, tests, nr, text, follow);
	struct sctrace_scope *scope;

	/* Large; one for all scopes of a test. */
	if (!test->priv) {
		test->priv = sctrace_states_alloc(NULL);
		KUNIT_ASSERT_NOT_NULL(test, test->priv);
		KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, states_free, test->priv), 0);
	}
	scope = sctrace_scope_make(&request, test->priv, task_tgid(&init_task), bad);
	if (!IS_ERR(scope))
		KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, scope_put, scope), 0);
	return scope;
}

static inline struct sctrace_scope *new_scope(struct kunit *test, const struct sctrace_test *tests,
					      u32 nr, const char *text, bool follow)
{
	u32 bad = ~0u;
	struct sctrace_scope *scope = try_scope(test, tests, nr, text, follow, &bad);

	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(scope), "%ld, test %u", PTR_ERR(scope), bad);
	return scope;
}

/* A program's task that is in no list. */
static inline struct task_struct *new_task(struct kunit *test, pid_t pid, pid_t tgid)
{
	struct task_struct *task = kunit_kzalloc(test, sizeof(*task), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, task);
	task->signal = kunit_kzalloc(test, sizeof(*task->signal), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, task->signal);
	task->pid = pid;
	task->tgid = tgid;
	return task;
}

/* Has the current task decided about as at its next call. */
static inline bool decides(struct sctrace_scope *scope)
{
	bool in;

	sctrace_state_set(scope->states, current->pid, SCTRACE_TASK_LOOK);
	preempt_disable();
	in = sctrace_scope_decide(scope, SCTRACE_TASK_IN);
	preempt_enable();
	return in;
}

#endif
