// SPDX-License-Identifier: GPL-2.0-only
/* module/rate.c: how many calls of a task pass in a second. Its time is what it is told. */
#include "../../module/rate.c"

#include <kunit/test.h>

#include <uapi/sctrace.h>

#define SECOND	((u64)NSEC_PER_SEC)

KUNIT_DEFINE_ACTION_WRAPPER(free_rate, sctrace_rate_free, struct sctrace_rate *);

static struct sctrace_rate *new_rate(struct kunit *test, u32 limit)
{
	struct sctrace_rate *rate = kunit_kzalloc(test, sizeof(*rate), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, rate);
	KUNIT_ASSERT_EQ(test, sctrace_rate_init(rate, limit), 0);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_rate, rate));
	return rate;
}

static unsigned int passed(struct sctrace_rate *rate, pid_t tid, u64 now, unsigned int calls)
{
	unsigned int n = 0;

	while (calls--)
		n += sctrace_rate_take(rate, tid, now);
	return n;
}

static void take_lets_so_many_pass_in_each_second(struct kunit *test)
{
	struct sctrace_rate *rate = new_rate(test, 5);

	KUNIT_EXPECT_EQ(test, passed(rate, 100, 7 * SECOND, 20), 5);
	KUNIT_EXPECT_EQ(test, passed(rate, 100, 8 * SECOND - 1, 20), 0);
	KUNIT_EXPECT_EQ(test, passed(rate, 100, 8 * SECOND, 3), 3);
	KUNIT_EXPECT_EQ(test, passed(rate, 100, 9 * SECOND - 1, 20), 2);
	/* After a long while. */
	KUNIT_EXPECT_EQ(test, passed(rate, 100, 1000 * SECOND, 20), 5);
	KUNIT_EXPECT_EQ(test, passed(rate, 100, (1000 + (1 << 21)) * SECOND, 20), 5);
}

static void take_counts_each_task_for_itself(struct kunit *test)
{
	struct sctrace_rate *rate = new_rate(test, 1);
	pid_t tid, n = 0;

	for (tid = 1; tid <= 2000; tid++)
		n += passed(rate, tid, SECOND, 3);
	KUNIT_EXPECT_EQ(test, n, 2000);
	KUNIT_EXPECT_EQ(test, passed(rate, PID_MAX_LIMIT - 1, SECOND, 3), 1);
}

static void take_without_a_limit_lets_all_pass(struct kunit *test)
{
	struct sctrace_rate *rate = new_rate(test, 0);

	KUNIT_EXPECT_EQ(test, passed(rate, 1, SECOND, 1000), 1000);
	sctrace_rate_forget(rate, 1);
	sctrace_rate_renumber(rate, 1, 2);
}

/* More tasks in one second than there are places: those without one have no limit. */
static void take_lets_pass_who_has_no_place(struct kunit *test)
{
	struct sctrace_rate *rate = new_rate(test, 1);
	unsigned int i, limited = 0, free = 0;

	for (i = 1; i <= 2 * NR_WORDS; i++) {
		if (passed(rate, i, SECOND, 2) == 1)
			limited++;
		else
			free++;
	}
	KUNIT_EXPECT_GT(test, limited, NR_WORDS / 2);
	KUNIT_EXPECT_LE(test, limited, NR_WORDS);
	KUNIT_EXPECT_GT(test, free, 0);
	/* Places of the last second are not taken away, older ones are. */
	KUNIT_EXPECT_EQ(test, passed(rate, 1, SECOND, 1), 0);
	KUNIT_EXPECT_EQ(test, passed(rate, 3000000, 4 * SECOND, 3), 1);
}

static void forget_lets_the_next_one_begin_anew(struct kunit *test)
{
	struct sctrace_rate *rate = new_rate(test, 2);

	KUNIT_EXPECT_EQ(test, passed(rate, 5, SECOND, 9), 2);
	KUNIT_EXPECT_EQ(test, passed(rate, 6, SECOND, 9), 2);
	sctrace_rate_forget(rate, 5);
	sctrace_rate_forget(rate, 7);
	KUNIT_EXPECT_EQ(test, passed(rate, 5, SECOND, 9), 2);
	KUNIT_EXPECT_EQ(test, passed(rate, 6, SECOND, 9), 0);
}

static void renumber_takes_the_count_along(struct kunit *test)
{
	struct sctrace_rate *rate = new_rate(test, 4);

	KUNIT_EXPECT_EQ(test, passed(rate, 5, SECOND, 3), 3);
	sctrace_rate_renumber(rate, 5, 6);
	KUNIT_EXPECT_EQ(test, passed(rate, 6, SECOND, 9), 1);
	/* The old number is nobody's now. */
	KUNIT_EXPECT_EQ(test, passed(rate, 5, SECOND, 9), 4);
	sctrace_rate_renumber(rate, 77, 78);
	KUNIT_EXPECT_EQ(test, passed(rate, 78, SECOND, 9), 4);
}

static void a_word_keeps_its_three_parts_apart(struct kunit *test)
{
	u64 word = make_word(PID_MAX_LIMIT - 1, 0xffffffff, SCTRACE_MAX_RATE);

	KUNIT_EXPECT_EQ(test, tid_of(word), PID_MAX_LIMIT - 1);
	KUNIT_EXPECT_EQ(test, second_of(word), SECOND_MASK);
	KUNIT_EXPECT_EQ(test, count_of(word), SCTRACE_MAX_RATE);
	KUNIT_EXPECT_EQ(test, count_of(word + 1), SCTRACE_MAX_RATE + 1);
	KUNIT_EXPECT_TRUE(test, is_free(0, 9));
	KUNIT_EXPECT_FALSE(test, is_free(make_word(1, 9, 1), 9));
	KUNIT_EXPECT_FALSE(test, is_free(make_word(1, 9, 1), 10));
	KUNIT_EXPECT_TRUE(test, is_free(make_word(1, 9, 1), 11));
	/* Of a second to come: another CPU has looked at the clock after us. */
	KUNIT_EXPECT_FALSE(test, is_free(make_word(1, 9, 1), 8));
	KUNIT_EXPECT_TRUE(test, is_free(make_word(1, 5000, 1), 9));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(take_lets_so_many_pass_in_each_second),
	KUNIT_CASE(take_counts_each_task_for_itself),
	KUNIT_CASE(take_without_a_limit_lets_all_pass),
	KUNIT_CASE(take_lets_pass_who_has_no_place),
	KUNIT_CASE(forget_lets_the_next_one_begin_anew),
	KUNIT_CASE(renumber_takes_the_count_along),
	KUNIT_CASE(a_word_keeps_its_three_parts_apart),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_rate", .test_cases = cases };

kunit_test_suite(suite);
