// SPDX-License-Identifier: GPL-2.0-only
/* module/scope.c: who is in, through the life of tasks. */
#include "../../module/scope.c"

#include <kunit/test.h>

#include "scoped.h"

#define IN	SCTRACE_TASK_IN
#define TOO	SCTRACE_TASK_IN_TOO
#define LOOK	SCTRACE_TASK_LOOK

static const struct sctrace_test kthreads_tree = { .key = SCTRACE_KEY_TREE, .low = 2 };

static unsigned int state(const struct sctrace_scope *scope, const struct task_struct *task)
{
	return sctrace_task_state(scope->states, task->pid);
}

/* ---- decisions ---- */

static void decide_says_no_before_the_tasks_are_noted(struct kunit *test)
{
	struct sctrace_scope *scope = new_scope(test, NULL, 0, "", false);

	KUNIT_EXPECT_FALSE(test, decides(scope));
	/* It is still to be decided. */
	KUNIT_EXPECT_EQ(test, state(scope, current), LOOK);
	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	KUNIT_EXPECT_TRUE(test, decides(scope));
	KUNIT_EXPECT_EQ(test, state(scope, current), IN);
}

static void decide_asks_again_only_where_something_may_have_changed(struct kunit *test)
{
	struct sctrace_test uid = { .key = SCTRACE_KEY_UID };
	struct sctrace_scope *scope = new_scope(test, &uid, 1, "", false);
	bool in;

	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	KUNIT_EXPECT_TRUE(test, decides(scope));
	scope->tests[0].low = 1;
	scope->tests[0].high = 1;
	preempt_disable();
	in = sctrace_scope_decide(scope, IN);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, in);
	KUNIT_EXPECT_FALSE(test, decides(scope));
	KUNIT_EXPECT_EQ(test, state(scope, current), 0);
}

static void decide_never_takes_the_reader(struct kunit *test)
{
	struct sctrace_scope *scope = new_scope(test, NULL, 0, "", true);

	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	put_pid(scope->owner);
	scope->owner = get_pid(task_tgid(current));
	KUNIT_EXPECT_FALSE(test, decides(scope));
	sctrace_members_add(&scope->followed, current->pid);
	KUNIT_EXPECT_FALSE(test, decides(scope));
}

static void decide_wants_every_group_to_pass(struct kunit *test)
{
	struct sctrace_test tests[] = {
		{ .key = SCTRACE_KEY_UID, .group = 1 },
		{ .key = SCTRACE_KEY_TID, .group = 2, .low = 1, .high = 1 },
		{ .key = SCTRACE_KEY_GID, .group = 2 },
	};
	struct sctrace_scope *scope = new_scope(test, tests, 3, "", false);

	KUNIT_EXPECT_EQ(test, scope->nr_groups, 2);
	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	/* One test of each group is enough. */
	KUNIT_EXPECT_TRUE(test, decides(scope));
	scope->tests[2].low = 5;
	scope->tests[2].high = 9;
	KUNIT_EXPECT_FALSE(test, decides(scope));
	scope->groups[1].not = true;
	KUNIT_EXPECT_TRUE(test, decides(scope));
	scope->groups[0].not = true;
	KUNIT_EXPECT_FALSE(test, decides(scope));
}

/* ---- the life of tasks ---- */

static void fork_puts_children_where_their_parents_are(struct kunit *test)
{
	static const struct {
		u8 key;
		bool thread, child;
	} rows[] = {
		{ SCTRACE_KEY_TASK },
		{ SCTRACE_KEY_PROCESS, true },
		{ SCTRACE_KEY_TREE, true, true },
	};
	struct task_struct *parent = new_task(test, NOBODY, NOBODY);
	struct task_struct *thread = new_task(test, NOBODY + 1, NOBODY);
	struct task_struct *child = new_task(test, NOBODY + 2, NOBODY + 2);
	struct task_struct *other = new_task(test, NOBODY + 3, NOBODY + 3);
	struct task_struct *others = new_task(test, NOBODY + 4, NOBODY + 3);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct sctrace_test named = { .key = rows[i].key, .low = 2 };
		struct sctrace_scope *scope = new_scope(test, &named, 1, "", false);

		KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
		sctrace_members_add(&scope->groups[0].members, NOBODY);
		/* What a task before had left under these numbers. */
		state_set(scope, child->pid, IN);
		state_set(scope, child->pid, TOO);
		state_set(scope, child->pid, SCTRACE_TASK_HOOKED);
		sctrace_members_add(&scope->groups[0].members, others->pid);
		sctrace_scope_fork(scope, parent, thread, IN);
		sctrace_scope_fork(scope, parent, child, IN);
		sctrace_scope_fork(scope, other, others, IN);
		KUNIT_EXPECT_EQ_MSG(test, state(scope, thread), rows[i].thread ? LOOK : 0, "%u", i);
		KUNIT_EXPECT_EQ_MSG(test, state(scope, child), rows[i].child ? LOOK : 0, "%u", i);
		KUNIT_EXPECT_EQ_MSG(test, state(scope, others), 0, "%u", i);
		KUNIT_EXPECT_FALSE(test, sctrace_members_has(&scope->groups[0].members,
							     others->pid));
	}
}

/* Which mark of the thread of the test shows that a child of its is to be followed. */
static void fork_follows_who_is_in(struct kunit *test)
{
	struct task_struct *child = new_task(test, NOBODY + 2, NOBODY + 2);
	struct sctrace_test uid = { .key = SCTRACE_KEY_UID };
	struct sctrace_scope *scope = new_scope(test, &uid, 1, "", true);

	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	state_set(scope, current->pid, IN);
	preempt_disable();
	sctrace_scope_fork(scope, current, child, IN);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, sctrace_members_has(&scope->followed, child->pid));
	KUNIT_EXPECT_EQ(test, sctrace_scope_count(scope), 1);
	state_clear(scope, current->pid, IN);
	preempt_disable();
	sctrace_scope_fork(scope, current, child, IN);
	preempt_enable();
	KUNIT_EXPECT_FALSE(test, sctrace_members_has(&scope->followed, child->pid));
	/* A policy that does not judge yet has nobody in. */
	state_set(scope, current->pid, IN);
	sctrace_scope_fork_members(scope, current, child, 0);
	KUNIT_EXPECT_FALSE(test, sctrace_members_has(&scope->followed, child->pid));
	/* Who is followed is in, whatever the tests say. */
	scope->tests[0].low = 5;
	scope->tests[0].high = 5;
	KUNIT_EXPECT_FALSE(test, decides(scope));
	sctrace_members_add(&scope->followed, current->pid);
	KUNIT_EXPECT_TRUE(test, decides(scope));
}

static void exit_says_when_nobody_is_left(struct kunit *test)
{
	struct task_struct *one = new_task(test, NOBODY, NOBODY);
	struct task_struct *other = new_task(test, NOBODY + 1, NOBODY + 1);
	struct sctrace_scope *scope = new_scope(test, &kthreads_tree, 1, "", true);

	scope->settled = true;
	KUNIT_EXPECT_TRUE(test, sctrace_scope_ended(scope));
	sctrace_members_add(&scope->groups[0].members, one->pid);
	sctrace_members_add(&scope->followed, other->pid);
	state_set(scope, one->pid, IN);
	state_set(scope, one->pid, TOO);
	state_set(scope, one->pid, LOOK);
	state_set(scope, one->pid, SCTRACE_TASK_HOOKED);
	KUNIT_EXPECT_EQ(test, sctrace_scope_count(scope), 2);
	KUNIT_EXPECT_FALSE(test, sctrace_scope_ended(scope));
	KUNIT_EXPECT_FALSE(test, sctrace_scope_exit(scope, one));
	KUNIT_EXPECT_EQ(test, state(scope, one), 0);
	KUNIT_EXPECT_FALSE(test, sctrace_scope_exit(scope, one));
	KUNIT_EXPECT_TRUE(test, sctrace_scope_exit(scope, other));
	/* Somebody whom it never had does not end it again. */
	KUNIT_EXPECT_FALSE(test, sctrace_scope_exit(scope, other));
	KUNIT_EXPECT_TRUE(test, sctrace_scope_ended(scope));
}

static void a_scope_that_names_nobody_has_no_end(struct kunit *test)
{
	struct sctrace_test not_kthreads = { .key = SCTRACE_KEY_TREE, .low = 2,
					     .flags = SCTRACE_TEST_NOT };
	struct sctrace_scope *scope = new_scope(test, &not_kthreads, 1, "", false);

	KUNIT_EXPECT_FALSE(test, sctrace_scope_ended(scope));
	KUNIT_EXPECT_FALSE(test, scope->closed);
	KUNIT_EXPECT_EQ(test, sctrace_scope_count(scope), 0);
	KUNIT_EXPECT_FALSE(test, sctrace_scope_ended(new_scope(test, NULL, 0, "", false)));
}

static void renumber_takes_all_along(struct kunit *test)
{
	struct sctrace_scope *scope = new_scope(test, &kthreads_tree, 1, "", true);
	struct task_struct *from = new_task(test, NOBODY, NOBODY);
	struct task_struct *to = new_task(test, NOBODY + 1, NOBODY + 1);

	sctrace_members_add(&scope->groups[0].members, from->pid);
	sctrace_members_add(&scope->followed, from->pid);
	state_set(scope, from->pid, TOO);
	state_set(scope, from->pid, SCTRACE_TASK_HOOKED);
	sctrace_scope_renumber(scope, from->pid, to->pid);
	KUNIT_EXPECT_EQ(test, state(scope, from), 0);
	KUNIT_EXPECT_EQ(test, state(scope, to), TOO | SCTRACE_TASK_HOOKED);
	KUNIT_EXPECT_TRUE(test, sctrace_members_has(&scope->groups[0].members, to->pid));
	KUNIT_EXPECT_TRUE(test, sctrace_members_has(&scope->followed, to->pid));
	KUNIT_EXPECT_EQ(test, sctrace_scope_count(scope), 2);
	sctrace_scope_renumber(scope, from->pid, to->pid);
	KUNIT_EXPECT_EQ(test, state(scope, to), TOO | SCTRACE_TASK_HOOKED);
	KUNIT_EXPECT_EQ(test, sctrace_scope_count(scope), 2);
}

static void changed_looks_at_what_is_asked_for(struct kunit *test)
{
	struct sctrace_test uid = { .key = SCTRACE_KEY_UID };
	struct sctrace_scope *scope = new_scope(test, &uid, 1, "", false);
	struct task_struct *task = new_task(test, NOBODY, NOBODY);

	sctrace_scope_changed(scope, task, BIT(SCTRACE_KEY_GID) | BIT(SCTRACE_KEY_COMM));
	KUNIT_EXPECT_EQ(test, state(scope, task), 0);
	sctrace_scope_changed(scope, task, BIT(SCTRACE_KEY_UID));
	KUNIT_EXPECT_EQ(test, state(scope, task), LOOK);
	/* Kernel threads make no calls. */
	sctrace_scope_changed(scope, current, BIT(SCTRACE_KEY_UID));
	KUNIT_EXPECT_EQ(test, state(scope, current), 0);
}

static void exec_has_a_task_looked_at_again(struct kunit *test)
{
	struct sctrace_test comm = { .key = SCTRACE_KEY_COMM, .length = 1 };
	struct sctrace_scope *scope = new_scope(test, &comm, 1, "x", false);
	bool in;

	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	preempt_disable();
	in = sctrace_scope_exec(scope, IN);
	preempt_enable();
	KUNIT_EXPECT_FALSE(test, in);
	/* One that was in has an execve to end, even by a policy that was replaced. */
	state_set(scope, current->pid, TOO);
	preempt_disable();
	in = sctrace_scope_exec(scope, IN);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, in);
}

/* ---- one policy after the other ---- */

static void a_call_ends_as_it_began(struct kunit *test)
{
	struct sctrace_scope *scope = new_scope(test, NULL, 0, "", false);

	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	/* In by the old policy; the new one begins a call. */
	state_set(scope, current->pid, IN);
	KUNIT_EXPECT_EQ(test, sctrace_scope_begin_anew(scope, TOO), LOOK);
	KUNIT_EXPECT_EQ(test, state(scope, current), LOOK);
	/* The end of a call that the old one had. */
	state_set(scope, current->pid, IN);
	sctrace_scope_end_old(scope, TOO, false);
	KUNIT_EXPECT_EQ(test, state(scope, current), LOOK);
	state_set(scope, current->pid, IN);
	sctrace_scope_end_old(scope, TOO, true);
	KUNIT_EXPECT_EQ(test, state(scope, current), LOOK | TOO);
}

static void has_now_keeps_who_was_in(struct kunit *test)
{
	struct sctrace_test uid = { .key = SCTRACE_KEY_UID, .low = 5, .high = 5 };
	struct sctrace_scope *scope = new_scope(test, &uid, 1, "", false);
	bool in;

	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	state_set(scope, current->pid, IN);
	state_set(scope, current->pid, LOOK);
	preempt_disable();
	in = sctrace_scope_has_now(scope, IN);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, in);
	/* In by another policy: of this one it is decided, and the test does not pass. */
	state_clear(scope, current->pid, IN);
	state_clear(scope, current->pid, LOOK);
	state_set(scope, current->pid, TOO);
	preempt_disable();
	in = sctrace_scope_has_now(scope, IN);
	preempt_enable();
	KUNIT_EXPECT_FALSE(test, in);
	/* With the executable asked for, that takes locks: it stays what it was. */
	scope->asks |= BIT(SCTRACE_KEY_EXE);
	preempt_disable();
	in = sctrace_scope_has_now(scope, IN);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, in);
}

static void forget_in_takes_the_bit_from_all(struct kunit *test)
{
	struct sctrace_scope *scope = new_scope(test, NULL, 0, "", false);

	state_set(scope, 1, IN);
	state_set(scope, 2, IN);
	sctrace_scope_forget_in(scope, TOO);
	KUNIT_EXPECT_EQ(test, state_of(scope, 1), IN);
	sctrace_scope_forget_in(scope, IN);
	KUNIT_EXPECT_EQ(test, state_of(scope, 1), LOOK);
	KUNIT_EXPECT_EQ(test, state_of(scope, 2), 0);
	state_clear(scope, 1, LOOK);
	sctrace_scope_look_at_all(scope);
	KUNIT_EXPECT_EQ(test, state_of(scope, 1), LOOK);
	KUNIT_EXPECT_EQ(test, state_of(scope, 2), 0);
}

static void hooked_is_told_once(struct kunit *test)
{
	struct sctrace_scope *scope = new_scope(test, NULL, 0, "", false);

	KUNIT_EXPECT_FALSE(test, sctrace_scope_unset_hooked(scope));
	sctrace_scope_set_hooked(scope);
	KUNIT_EXPECT_TRUE(test, sctrace_scope_unset_hooked(scope));
	KUNIT_EXPECT_FALSE(test, sctrace_scope_unset_hooked(scope));
}

static void put_frees_with_the_last_user(struct kunit *test)
{
	struct sctrace_scope *scope = new_scope(test, &kthreads_tree, 1, "", true);

	scope->users++;
	sctrace_scope_put(scope);
	KUNIT_EXPECT_EQ(test, scope->users, 1);
	KUNIT_EXPECT_EQ(test, scope->nr_groups, 1);
	sctrace_scope_put(NULL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(decide_says_no_before_the_tasks_are_noted),
	KUNIT_CASE(decide_asks_again_only_where_something_may_have_changed),
	KUNIT_CASE(decide_never_takes_the_reader),
	KUNIT_CASE(decide_wants_every_group_to_pass),
	KUNIT_CASE(fork_puts_children_where_their_parents_are),
	KUNIT_CASE(fork_follows_who_is_in),
	KUNIT_CASE(exit_says_when_nobody_is_left),
	KUNIT_CASE(a_scope_that_names_nobody_has_no_end),
	KUNIT_CASE(renumber_takes_all_along),
	KUNIT_CASE(changed_looks_at_what_is_asked_for),
	KUNIT_CASE(exec_has_a_task_looked_at_again),
	KUNIT_CASE(a_call_ends_as_it_began),
	KUNIT_CASE(has_now_keeps_who_was_in),
	KUNIT_CASE(forget_in_takes_the_bit_from_all),
	KUNIT_CASE(hooked_is_told_once),
	KUNIT_CASE(put_frees_with_the_last_user),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_scope", .test_cases = cases };

kunit_test_suite(suite);
