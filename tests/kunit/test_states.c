// SPDX-License-Identifier: GPL-2.0-only
/* module/states.c: a byte a task, and those that are nobody's. */
#include <linux/init.h>

/* The units run when the memory of init functions may have gone. */
#undef __init
#define __init

#include "../../module/states.c"

#include <kunit/test.h>

static void states_are_set_by_the_bit(struct kunit *test)
{
	static const pid_t tids[] = { 0, 1, 7, 8, 4095, 4096, PID_MAX_LIMIT - 1 };
	struct sctrace_states *states = sctrace_states_alloc(NULL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, states);
	for (i = 0; i < ARRAY_SIZE(tids); i++) {
		KUNIT_EXPECT_EQ(test, sctrace_task_state(states, tids[i]), 0);
		sctrace_state_set(states, tids[i], SCTRACE_TASK_LOOK);
		sctrace_state_set(states, tids[i], SCTRACE_TASK_HOOKED);
		KUNIT_EXPECT_EQ(test, sctrace_task_state(states, tids[i]),
				SCTRACE_TASK_LOOK | SCTRACE_TASK_HOOKED);
		KUNIT_EXPECT_TRUE(test, sctrace_state_take(states, tids[i], SCTRACE_TASK_LOOK));
		KUNIT_EXPECT_FALSE(test, sctrace_state_take(states, tids[i], SCTRACE_TASK_LOOK));
		KUNIT_EXPECT_EQ(test, states->of[tids[i]], SCTRACE_TASK_HOOKED);
		sctrace_state_clear(states, tids[i], SCTRACE_TASK_HOOKED);
	}
	/* Nothing of a neighbour's. */
	KUNIT_EXPECT_NULL(test, memchr_inv(states->of, 0, PID_MAX_LIMIT));
	sctrace_states_free(states);
	sctrace_states_free(NULL);
}

/* Whoever looks at these finds that it has to look elsewhere, whatever its number. */
static void nobodys_states_say_look(struct kunit *test)
{
	struct sctrace_states *states, *own = sctrace_states_alloc(NULL);
	pid_t tid;

	KUNIT_ASSERT_NOT_NULL(test, own);
	KUNIT_ASSERT_EQ(test, sctrace_states_init(), 0);
	states = rcu_dereference_protected(sctrace_states_first, true);
	KUNIT_EXPECT_NULL(test, states->session);
	for (tid = 0; tid < PID_MAX_LIMIT; tid = tid * 3 + 1)
		KUNIT_EXPECT_EQ(test, sctrace_task_state(states, tid), 0xff);
	KUNIT_EXPECT_EQ(test, sctrace_task_state(states, PID_MAX_LIMIT - 1), 0xff);
	sctrace_states_be_first(own);
	KUNIT_EXPECT_PTR_EQ(test, rcu_dereference_protected(sctrace_states_first, true), own);
	sctrace_states_be_first(NULL);
	KUNIT_EXPECT_PTR_EQ(test, rcu_dereference_protected(sctrace_states_first, true), states);
	sctrace_states_exit();
	nobodys = NULL;
	RCU_INIT_POINTER(sctrace_states_first, NULL);
	sctrace_states_free(own);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(states_are_set_by_the_bit),
	KUNIT_CASE(nobodys_states_say_look),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_states", .test_cases = cases };

kunit_test_suite(suite);
