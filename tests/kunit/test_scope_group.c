// SPDX-License-Identifier: GPL-2.0-only
/* module/scope_group.c: which tests are refused, what they ask of a task, and whom they name. */
#include "../../module/scope_group.c"

#include <kunit/test.h>
#include <linux/proc_ns.h>

#include "scoped.h"

/* ---- what is refused ---- */

static void make_refuses_wrong_tests(struct kunit *test)
{
	static const struct {
		struct sctrace_test test;
		int err;
	} rows[] = {
		{ { .key = SCTRACE_KEY_UID, .low = 1, .high = 1 } },
		{ { .key = SCTRACE_KEY_UID, .high = ~0ULL } },
		{ { .key = SCTRACE_KEY_UID, .low = 2, .high = 1 }, -EINVAL },
		{ { .key = 0 }, -EINVAL },
		{ { .key = SCTRACE_KEY_COUNT }, -EINVAL },
		{ { .key = 255 }, -EINVAL },
		{ { .key = SCTRACE_KEY_UID, .flags = SCTRACE_TEST_NOT } },
		{ { .key = SCTRACE_KEY_UID, .flags = 2 }, -EINVAL },
		{ { .key = SCTRACE_KEY_UID, .reserved = 1 }, -EINVAL },
		{ { .key = SCTRACE_KEY_UID, .match = 1 }, -EINVAL },
		{ { .key = SCTRACE_KEY_UID, .digits = 1 }, -EINVAL },
		{ { .key = SCTRACE_KEY_UID, .length = 1 }, -EINVAL },
		{ { .key = SCTRACE_KEY_UID, .offset = 1 }, -EINVAL },
		{ { .key = SCTRACE_KEY_COMM, .length = 8, .match = SCTRACE_MATCH_CONTAINS } },
		{ { .key = SCTRACE_KEY_COMM, .length = 8, .match = SCTRACE_MATCH_COUNT }, -EINVAL },
		{ { .key = SCTRACE_KEY_COMM, .length = 9 }, -EINVAL },
		{ { .key = SCTRACE_KEY_COMM, .length = 1, .offset = 7 } },
		{ { .key = SCTRACE_KEY_COMM, .length = 1, .offset = 8 }, -EINVAL },
		{ { .key = SCTRACE_KEY_COMM, .length = 0, .offset = 8 } },
		{ { .key = SCTRACE_KEY_COMM, .length = 0, .offset = 9 }, -EINVAL },
		{ { .key = SCTRACE_KEY_COMM, .length = 1, .offset = ~0u }, -EINVAL },
		{ { .key = SCTRACE_KEY_EXE, .length = PATH_MAX }, -EINVAL },
		{ { .key = SCTRACE_KEY_COMM, .digits = 64 }, -EINVAL },
		{ { .key = SCTRACE_KEY_CONTAINER, .digits = 128 } },
		{ { .key = SCTRACE_KEY_CONTAINER, .digits = 129 }, -EINVAL },
		{ { .key = SCTRACE_KEY_CONTAINER, .digits = 0 }, -EINVAL },
		{ { .key = SCTRACE_KEY_CONTAINER, .digits = 12, .match = 1 }, -EINVAL },
		{ { .key = SCTRACE_KEY_CONTAINER_NEW, .digits = 12, .length = 1 }, -EINVAL },
		{ { .key = SCTRACE_KEY_TASK, .low = 2 } },
		/* There is no such task; a number that none can have. */
		{ { .key = SCTRACE_KEY_TASK, .low = NOBODY }, -ESRCH },
		{ { .key = SCTRACE_KEY_TREE, .low = 1ULL << 40 }, -ESRCH },
		{ { .key = SCTRACE_KEY_PROCESS, .low = 0 }, -ESRCH },
	};
	struct sctrace_test tests[2] = { { .key = SCTRACE_KEY_GID } };
	struct sctrace_scope *scope;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u32 bad = ~0u;

		tests[1] = rows[i].test;
		tests[1].group = 1;
		scope = try_scope(test, tests, 2, "01234567", false, &bad);
		KUNIT_EXPECT_EQ_MSG(test, PTR_ERR_OR_ZERO(scope), rows[i].err, "row %u", i);
		if (IS_ERR(scope))
			KUNIT_EXPECT_EQ_MSG(test, bad, 1, "row %u", i);
	}
}

static void make_refuses_groups_that_do_not_go_together(struct kunit *test)
{
	struct sctrace_test tests[3] = {
		{ .key = SCTRACE_KEY_UID, .group = 5 },
		{ .key = SCTRACE_KEY_GID, .group = 5 },
		{ .key = SCTRACE_KEY_TID, .group = 7 },
	};
	u32 bad;

	KUNIT_EXPECT_EQ(test, new_scope(test, tests, 3, "", false)->nr_groups, 2);
	tests[1].flags = SCTRACE_TEST_NOT;
	KUNIT_EXPECT_EQ(test, PTR_ERR(try_scope(test, tests, 3, "", false, &bad)), -EINVAL);
	KUNIT_EXPECT_EQ(test, bad, 1);
	tests[1].flags = 0;
	tests[2].group = 4;
	KUNIT_EXPECT_EQ(test, PTR_ERR(try_scope(test, tests, 3, "", false, &bad)), -EINVAL);
	KUNIT_EXPECT_EQ(test, bad, 2);
	/* Of those that name tasks, one kind in a group. */
	tests[0] = (struct sctrace_test) { .key = SCTRACE_KEY_TASK, .group = 5, .low = 1 };
	tests[1] = (struct sctrace_test) { .key = SCTRACE_KEY_TREE, .group = 5, .low = 1 };
	KUNIT_EXPECT_EQ(test, PTR_ERR(try_scope(test, tests, 2, "", false, &bad)), -EINVAL);
	tests[1].group = 6;
	KUNIT_EXPECT_EQ(test, new_scope(test, tests, 2, "", false)->nr_groups, 2);
	/* Container ids of two lengths cannot both be new. */
	tests[0] = (struct sctrace_test) { .key = SCTRACE_KEY_CONTAINER_NEW, .digits = 12 };
	tests[1] = (struct sctrace_test) { .key = SCTRACE_KEY_CONTAINER_OLD, .digits = 64 };
	KUNIT_EXPECT_EQ(test, PTR_ERR(try_scope(test, tests, 2, "", false, &bad)), -EINVAL);
	tests[1].digits = 12;
	KUNIT_EXPECT_EQ(test, new_scope(test, tests, 2, "", false)->digits, 12);
}

static void make_bounds_what_takes_memory_or_time(struct kunit *test)
{
	struct sctrace_test *tests = kunit_kcalloc(test, 70, sizeof(*tests), GFP_KERNEL);
	char *text = kunit_kmalloc(test, 101, GFP_KERNEL);
	unsigned int i;
	u32 bad;

	KUNIT_ASSERT_NOT_NULL(test, tests);
	KUNIT_ASSERT_NOT_NULL(test, text);
	memset(text, 'x', 100);
	text[100] = '\0';
	for (i = 0; i <= MAX_LISTS; i++)
		tests[i] = (struct sctrace_test) { .key = SCTRACE_KEY_TASK, .group = i, .low = 1 };
	KUNIT_EXPECT_EQ(test, new_scope(test, tests, MAX_LISTS, "", false)->nr_groups, MAX_LISTS);
	KUNIT_EXPECT_EQ(test, PTR_ERR(try_scope(test, tests, MAX_LISTS + 1, "", false, &bad)),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, bad, MAX_LISTS);
	for (i = 0; i < 70; i++)
		tests[i] = (struct sctrace_test) { .key = SCTRACE_KEY_COMM, .length = 100,
						   .match = SCTRACE_MATCH_CONTAINS };
	new_scope(test, tests, MAX_CONTAINED_BYTES / 100, text, false);
	KUNIT_EXPECT_EQ(test, PTR_ERR(try_scope(test, tests, MAX_CONTAINED_BYTES / 100 + 1, text,
						false, &bad)), -EINVAL);
}

/* ---- what is asked ---- */

/* Whether the thread of the test is in by this test alone. */
static bool is_in_by(struct kunit *test, struct sctrace_test asked, const char *text)
{
	struct sctrace_scope *scope = new_scope(test, &asked, 1, text, false);

	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	return decides(scope);
}

#define RANGE(of, from, to)	((struct sctrace_test) { .key = (of), .low = (from), .high = (to) })

static void numbers_are_within_their_ranges(struct kunit *test)
{
	static const u8 keys[] = {
		SCTRACE_KEY_TID, SCTRACE_KEY_PID, SCTRACE_KEY_UID, SCTRACE_KEY_GID,
		SCTRACE_KEY_PIDNS, SCTRACE_KEY_USERNS, SCTRACE_KEY_NETNS, SCTRACE_KEY_UTSNS,
	};
	unsigned int i;

	KUNIT_EXPECT_EQ(test, sctrace_task_number(SCTRACE_KEY_TID), current->pid);
	KUNIT_EXPECT_EQ(test, sctrace_task_number(SCTRACE_KEY_PID), current->tgid);
	KUNIT_EXPECT_EQ(test, sctrace_task_number(SCTRACE_KEY_UID), 0);
	KUNIT_EXPECT_EQ(test, sctrace_task_number(SCTRACE_KEY_PIDNS), PROC_PID_INIT_INO);
	KUNIT_EXPECT_EQ(test, sctrace_task_number(SCTRACE_KEY_USERNS), PROC_USER_INIT_INO);
	KUNIT_EXPECT_EQ(test, sctrace_task_number(SCTRACE_KEY_UTSNS), PROC_UTS_INIT_INO);
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		u64 own = sctrace_task_number(keys[i]);

		KUNIT_EXPECT_TRUE_MSG(test, is_in_by(test, RANGE(keys[i], own, own), ""), "%u", i);
		KUNIT_EXPECT_TRUE(test, is_in_by(test, RANGE(keys[i], 0, ~0ULL), ""));
		KUNIT_EXPECT_TRUE(test, is_in_by(test, RANGE(keys[i], own, ~0ULL), ""));
		KUNIT_EXPECT_FALSE(test, is_in_by(test, RANGE(keys[i], own + 1, ~0ULL), ""));
		if (own)
			KUNIT_EXPECT_FALSE(test, is_in_by(test, RANGE(keys[i], 0, own - 1), ""));
	}
}

static void cgroups_are_within_their_ranges(struct kunit *test)
{
	/* Kernel threads are in the topmost one. */
	KUNIT_EXPECT_TRUE(test, is_in_by(test, RANGE(SCTRACE_KEY_CGROUP, 1, 1), ""));
	KUNIT_EXPECT_TRUE(test, is_in_by(test, RANGE(SCTRACE_KEY_CGROUP_TREE, 1, 1), ""));
	KUNIT_EXPECT_FALSE(test, is_in_by(test, RANGE(SCTRACE_KEY_CGROUP, 2, ~0ULL), ""));
	KUNIT_EXPECT_FALSE(test, is_in_by(test, RANGE(SCTRACE_KEY_CGROUP_TREE, 2, ~0ULL), ""));
}

#define TEXT(of, how, n)	((struct sctrace_test) { .key = (of), .match = (how), .length = (n) })

static void names_match_as_is_asked(struct kunit *test)
{
	char comm[TASK_COMM_LEN];
	size_t len;

	get_task_comm(comm, current);
	len = strlen(comm);
	KUNIT_ASSERT_GT(test, len, 3);
	KUNIT_EXPECT_TRUE(test, is_in_by(test, TEXT(SCTRACE_KEY_COMM, SCTRACE_MATCH_EXACT, len),
					 comm));
	KUNIT_EXPECT_FALSE(test, is_in_by(test, TEXT(SCTRACE_KEY_COMM, SCTRACE_MATCH_EXACT, len - 1),
					  comm));
	KUNIT_EXPECT_TRUE(test, is_in_by(test, TEXT(SCTRACE_KEY_COMM, SCTRACE_MATCH_PREFIX, len - 1),
					 comm));
	KUNIT_EXPECT_FALSE(test, is_in_by(test, TEXT(SCTRACE_KEY_COMM, SCTRACE_MATCH_PREFIX, 3),
					  comm + 1));
	KUNIT_EXPECT_TRUE(test, is_in_by(test, TEXT(SCTRACE_KEY_COMM, SCTRACE_MATCH_SUFFIX, len - 1),
					 comm + 1));
	KUNIT_EXPECT_TRUE(test, is_in_by(test, TEXT(SCTRACE_KEY_COMM, SCTRACE_MATCH_CONTAINS, 2),
					 comm + 1));
	/* A kernel thread runs no file, and is in no container. */
	KUNIT_EXPECT_FALSE(test, is_in_by(test, TEXT(SCTRACE_KEY_EXE, SCTRACE_MATCH_CONTAINS, 0),
					  ""));
	KUNIT_EXPECT_FALSE(test, is_in_by(test, (struct sctrace_test) {
			.key = SCTRACE_KEY_CONTAINER, .digits = 64 }, ""));
	KUNIT_EXPECT_FALSE(test, is_in_by(test, (struct sctrace_test) {
			.key = SCTRACE_KEY_CONTAINER_NEW, .digits = 64 }, ""));
	KUNIT_EXPECT_FALSE(test, is_in_by(test, (struct sctrace_test) {
			.key = SCTRACE_KEY_CONTAINER_OLD, .digits = 64 }, ""));
	KUNIT_EXPECT_TRUE(test, is_in_by(test, (struct sctrace_test) {
			.key = SCTRACE_KEY_CONTAINER, .digits = 64, .flags = SCTRACE_TEST_NOT }, ""));
}

static void new_is_who_began_after_the_start(struct kunit *test)
{
	struct sctrace_test asked = { .key = SCTRACE_KEY_NEW };
	struct sctrace_scope *scope = new_scope(test, &asked, 1, "", false);

	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	KUNIT_EXPECT_FALSE(test, decides(scope));
	scope->since = current->group_leader->start_time;
	KUNIT_EXPECT_TRUE(test, decides(scope));
}

/* ---- who is named ---- */

static void populate_takes_who_is_named(struct kunit *test)
{
	struct sctrace_test tests[] = {
		{ .key = SCTRACE_KEY_TASK, .low = 2 },
		{ .key = SCTRACE_KEY_TASK, .low = 2 },
	};
	struct sctrace_scope *scope = new_scope(test, tests, 2, "", false);

	KUNIT_EXPECT_TRUE(test, scope->closed);
	KUNIT_EXPECT_TRUE(test, scope->groups[0].names_all);
	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	/* Named twice, counted once. */
	KUNIT_EXPECT_EQ(test, sctrace_scope_count(scope), 1);
	KUNIT_EXPECT_TRUE(test, sctrace_members_has(&scope->groups[0].members, 2));
	KUNIT_EXPECT_FALSE(test, decides(scope));
	/* Kernel threads are the children of number 2. */
	tests[0].key = SCTRACE_KEY_TREE;
	scope = new_scope(test, tests, 1, "", false);
	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	KUNIT_EXPECT_GT(test, sctrace_scope_count(scope), 1);
	KUNIT_EXPECT_TRUE(test, sctrace_members_has(&scope->groups[0].members, current->pid));
	KUNIT_EXPECT_FALSE(test, sctrace_members_has(&scope->groups[0].members, 1));
	KUNIT_EXPECT_TRUE(test, decides(scope));
	tests[0].key = SCTRACE_KEY_PROCESS;
	tests[0].low = 1;
	scope = new_scope(test, tests, 1, "", false);
	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	KUNIT_EXPECT_TRUE(test, sctrace_members_has(&scope->groups[0].members, 1));
	KUNIT_EXPECT_FALSE(test, decides(scope));
}

static void populate_leaves_the_reader_out(struct kunit *test)
{
	struct sctrace_test asked = { .key = SCTRACE_KEY_TREE, .low = 2 };
	struct sctrace_scope *scope = new_scope(test, &asked, 1, "", false);

	put_pid(scope->owner);
	scope->owner = get_pid(task_tgid(current));
	KUNIT_ASSERT_EQ(test, sctrace_scope_populate(scope), 0);
	KUNIT_EXPECT_FALSE(test, sctrace_members_has(&scope->groups[0].members, current->pid));
	/* Alone, that is nobody. */
	asked = (struct sctrace_test) { .key = SCTRACE_KEY_TASK, .low = current->pid };
	scope = new_scope(test, &asked, 1, "", false);
	put_pid(scope->owner);
	scope->owner = get_pid(task_tgid(current));
	KUNIT_EXPECT_EQ(test, sctrace_scope_populate(scope), -ESRCH);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(make_refuses_wrong_tests),
	KUNIT_CASE(make_refuses_groups_that_do_not_go_together),
	KUNIT_CASE(make_bounds_what_takes_memory_or_time),
	KUNIT_CASE(numbers_are_within_their_ranges),
	KUNIT_CASE(cgroups_are_within_their_ranges),
	KUNIT_CASE(names_match_as_is_asked),
	KUNIT_CASE(new_is_who_began_after_the_start),
	KUNIT_CASE(populate_takes_who_is_named),
	KUNIT_CASE(populate_leaves_the_reader_out),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_scope_group", .test_cases = cases };

kunit_test_suite(suite);
