// SPDX-License-Identifier: GPL-2.0-only
/* What is in headers: sets of tasks (pidset.h, members.h), claims (claim.h), texts (match.h). */
#include <kunit/test.h>

#include "../../module/claim.h"
#include "../../module/match.h"
#include "../../module/members.h"

static void pidset_has_what_was_added(struct kunit *test)
{
	static const pid_t tids[] = { 0, 1, 63, 64, 65, 32768, PID_MAX_LIMIT - 1 };
	struct sctrace_pidset set;
	unsigned int i;

	KUNIT_ASSERT_EQ(test, sctrace_pidset_init(&set), 0);
	for (i = 0; i < ARRAY_SIZE(tids); i++) {
		KUNIT_EXPECT_FALSE(test, sctrace_pidset_has(&set, tids[i]));
		KUNIT_EXPECT_FALSE(test, sctrace_pidset_del(&set, tids[i]));
		KUNIT_EXPECT_TRUE(test, sctrace_pidset_add(&set, tids[i]));
		KUNIT_EXPECT_FALSE(test, sctrace_pidset_add(&set, tids[i]));
		KUNIT_EXPECT_TRUE(test, sctrace_pidset_has(&set, tids[i]));
	}
	KUNIT_EXPECT_EQ(test, bitmap_weight(set.bits, PID_MAX_LIMIT), ARRAY_SIZE(tids));
	for (i = 0; i < ARRAY_SIZE(tids); i++) {
		KUNIT_EXPECT_TRUE(test, sctrace_pidset_del(&set, tids[i]));
		KUNIT_EXPECT_FALSE(test, sctrace_pidset_has(&set, tids[i]));
	}
	KUNIT_EXPECT_TRUE(test, bitmap_empty(set.bits, PID_MAX_LIMIT));
	sctrace_pidset_free(&set);
	KUNIT_EXPECT_NULL(test, set.bits);
	sctrace_pidset_free(&set);
}

static void members_are_counted_once(struct kunit *test)
{
	struct sctrace_members members;

	KUNIT_ASSERT_EQ(test, sctrace_members_init(&members), 0);
	KUNIT_EXPECT_TRUE(test, sctrace_members_add(&members, 7));
	KUNIT_EXPECT_FALSE(test, sctrace_members_add(&members, 7));
	KUNIT_EXPECT_TRUE(test, sctrace_members_add(&members, 8));
	KUNIT_EXPECT_EQ(test, atomic_read(&members.nr), 2);
	KUNIT_EXPECT_TRUE(test, sctrace_members_del(&members, 7));
	KUNIT_EXPECT_FALSE(test, sctrace_members_del(&members, 7));
	KUNIT_EXPECT_EQ(test, atomic_read(&members.nr), 1);
	sctrace_members_move(&members, 8, 9);
	KUNIT_EXPECT_FALSE(test, sctrace_members_has(&members, 8));
	KUNIT_EXPECT_TRUE(test, sctrace_members_has(&members, 9));
	sctrace_members_move(&members, 8, 10);
	KUNIT_EXPECT_FALSE(test, sctrace_members_has(&members, 10));
	KUNIT_EXPECT_EQ(test, atomic_read(&members.nr), 1);
	sctrace_pidset_free(&members.tids);
}

static void members_do_not_take_who_is_exiting(struct kunit *test)
{
	struct task_struct *task = kunit_kzalloc(test, sizeof(*task), GFP_KERNEL);
	struct sctrace_members members;

	KUNIT_ASSERT_NOT_NULL(test, task);
	KUNIT_ASSERT_EQ(test, sctrace_members_init(&members), 0);
	task->pid = 4000000;
	sctrace_members_add_alive(&members, task);
	KUNIT_EXPECT_TRUE(test, sctrace_members_has(&members, 4000000));
	task->pid = 4000001;
	task->flags = PF_EXITING;
	sctrace_members_add_alive(&members, task);
	KUNIT_EXPECT_FALSE(test, sctrace_members_has(&members, 4000001));
	KUNIT_EXPECT_EQ(test, atomic_read(&members.nr), 1);
	sctrace_pidset_free(&members.tids);
}

static void claim_gives_each_item_once(struct kunit *test)
{
	DECLARE_BITMAP(used, 70) = { 0 };
	int i;

	for (i = 3; i < 70; i++)
		KUNIT_EXPECT_EQ(test, sctrace_claim(used, 3, 70), i);
	KUNIT_EXPECT_EQ(test, sctrace_claim(used, 3, 70), -1);
	KUNIT_EXPECT_EQ(test, sctrace_claim(used, 70, 70), -1);
	sctrace_unclaim(used, 66);
	sctrace_unclaim(used, 5);
	KUNIT_EXPECT_EQ(test, sctrace_claim(used, 6, 70), 66);
	KUNIT_EXPECT_EQ(test, sctrace_claim(used, 0, 70), 0);
	KUNIT_EXPECT_EQ(test, sctrace_claim(used, 3, 70), 5);
}

static void text_matches_as_it_is_asked_for(struct kunit *test)
{
	/* By enum sctrace_match: exact, prefix, suffix, contains; then the same of a text that was cut. */
	static const struct {
		const char *text;
		const char *what;
		const char *wanted;
	} rows[] = {
		{ "abc", "abc", "1111" "0101" },
		{ "abc", "abcd", "0101" "0101" },
		{ "abc", "zabc", "0011" "0001" },
		{ "abc", "zabcz", "0001" "0001" },
		{ "abc", "ababc", "0011" "0001" },
		{ "abc", "ab", "0000" "0000" },
		{ "abc", "", "0000" "0000" },
		{ "abc", "abd", "0000" "0000" },
		{ "", "abc", "0111" "0101" },
		{ "", "", "1111" "0101" },
		{ "aab", "aaaab", "0011" "0001" },
	};
	unsigned int i, match, cut;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		size_t text_len = strlen(rows[i].text), len = strlen(rows[i].what);
		/* Exactly as long: KASAN sees who looks behind. */
		char *text = kunit_kmalloc(test, text_len ?: 1, GFP_KERNEL);
		char *what = kunit_kmalloc(test, len ?: 1, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, text);
		KUNIT_ASSERT_NOT_NULL(test, what);
		memcpy(text, rows[i].text, text_len);
		memcpy(what, rows[i].what, len);
		for (match = 0; match < SCTRACE_MATCH_COUNT; match++) {
			for (cut = 0; cut < 2; cut++)
				KUNIT_EXPECT_EQ_MSG(test,
						    sctrace_text_matches(match, text, text_len,
									 what, len, cut),
						    rows[i].wanted[cut * 4 + match] == '1',
						    "'%s' in '%s', match %u, cut %u", rows[i].text,
						    rows[i].what, match, cut);
		}
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(pidset_has_what_was_added),
	KUNIT_CASE(members_are_counted_once),
	KUNIT_CASE(members_do_not_take_who_is_exiting),
	KUNIT_CASE(claim_gives_each_item_once),
	KUNIT_CASE(text_matches_as_it_is_asked_for),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_sets", .test_cases = cases };

kunit_test_suite(suite);
