// SPDX-License-Identifier: GPL-2.0-only
/* module/filter.c: what it refuses, and which calls are wanted. */
#include "../../module/filter.c"

#include <kunit/test.h>

#include "user.h"

/* A filter that is asked for, and what it is made of; what was made goes with the test. */
struct asked {
	struct kunit *test;
	struct sctrace_plans plans;
	struct sctrace_filter from;
	struct sctrace_call_filter made;
};

static void free_made(void *asked)
{
	sctrace_filter_free(&((struct asked *)asked)->made);
	sctrace_plan_free(&((struct asked *)asked)->plans);
}

/* One that lets every call pass. */
static struct asked *ask(struct kunit *test)
{
	struct asked *a = kunit_kzalloc(test, sizeof(*a), GFP_KERNEL);
	u32 array, bad;

	KUNIT_ASSERT_NOT_NULL(test, a);
	a->test = test;
	a->from.size = sizeof(a->from);
	memset(a->from.calls, 0xff, sizeof(a->from.calls));
	memset(a->from.sigreturns, 1, sizeof(a->from.sigreturns));
	memset(a->from.results, 0xff, sizeof(a->from.results));
	KUNIT_ASSERT_EQ(test, sctrace_plan_init(&a->plans, NULL, 0, NULL, 0,
						SCTRACE_RING_MIN_BYTES, &array, &bad), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_made, a), 0);
	return a;
}

static int make(struct asked *a)
{
	sctrace_filter_free(&a->made);
	return sctrace_filter_init(&a->made, &a->plans, &a->from);
}

static struct sctrace_syscall call_of(const struct asked *a, u16 nr, unsigned long arg)
{
	return (struct sctrace_syscall) {
		.call = sctrace_plan_find(&a->plans, 0, nr), .nr = nr, .args = { arg },
	};
}

static bool enters(struct asked *a, u16 nr, unsigned long arg, u64 now)
{
	struct sctrace_syscall call = call_of(a, nr, arg);
	bool wanted;

	preempt_disable();
	wanted = sctrace_filter_entry(&a->made, &a->plans, &call, now);
	preempt_enable();
	return wanted;
}

static bool exits(struct asked *a, u16 nr, long result, u64 duration)
{
	struct sctrace_syscall call = call_of(a, nr, 0);
	bool wanted;

	call.result = result;
	preempt_disable();
	wanted = sctrace_filter_exit(&a->made, &call, duration, 1);
	preempt_enable();
	return wanted;
}

/* ---- what is refused ---- */

#define REFUSED(field, value) do { \
		struct asked *wrong = ask(test); \
		wrong->from.field = (value); \
		KUNIT_EXPECT_EQ_MSG(test, make(wrong), -EINVAL, #field " = " #value); \
	} while (0)
#define ACCEPTED(field, value) do { \
		struct asked *right = ask(test); \
		right->from.field = (value); \
		KUNIT_EXPECT_EQ_MSG(test, make(right), 0, #field " = " #value); \
	} while (0)

static void init_refuses_what_it_does_not_know(struct kunit *test)
{
	ACCEPTED(flags, 0);
	REFUSED(flags, 8);
	REFUSED(flags, 1U << 31);
	REFUSED(reserved[0], 1);
	REFUSED(reserved[4], 1);
	REFUSED(reserved2, 1);
	ACCEPTED(rate, SCTRACE_MAX_RATE);
	REFUSED(rate, SCTRACE_MAX_RATE + 1);
	/* A program, or its length, alone. */
	REFUSED(nr_insns, 1);
	REFUSED(program, 4096);
	REFUSED(nr_paths, 1);
	REFUSED(nr_paths, SCTRACE_MAX_PATHS + 1);
	REFUSED(path_text_bytes, 1);
}

static void init_refuses_no_enter_with_what_takes_the_entry(struct kunit *test)
{
	struct asked *a = ask(test);

	a->from.flags = SCTRACE_FILTER_NO_ENTER;
	KUNIT_EXPECT_EQ(test, make(a), 0);
	KUNIT_EXPECT_TRUE(test, a->made.no_enter);
	KUNIT_EXPECT_TRUE(test, a->made.whole);
	KUNIT_EXPECT_TRUE(test, a->made.at_return);
	a->from.sample = 2;
	KUNIT_EXPECT_EQ(test, make(a), 0);
	KUNIT_EXPECT_FALSE(test, a->made.at_return);
	a->from.min_duration = 1;
	KUNIT_EXPECT_EQ(test, make(a), -EINVAL);
	a->from.min_duration = 0;
	a->from.nr_paths = 1;
	KUNIT_EXPECT_EQ(test, make(a), -EINVAL);
}

/* ---- the program ---- */

static int load(struct asked *a, const struct sock_filter *insns, unsigned int n)
{
	a->from.program = user_copy(a->test, insns, max(n * sizeof(*insns), 1UL));
	a->from.nr_insns = n;
	return make(a);
}

#define RET_IF(code, k) { \
		BPF_STMT(code, k), \
		BPF_STMT(BPF_RET | BPF_A, 0), \
	}

static void program_refuses_what_is_about_packets(struct kunit *test)
{
	static const struct sock_filter wrong[][2] = {
		RET_IF(BPF_LD | BPF_W | BPF_LEN, 0),
		RET_IF(BPF_LDX | BPF_W | BPF_LEN, 0),
		RET_IF(BPF_LD | BPF_H | BPF_ABS, 0),
		RET_IF(BPF_LD | BPF_B | BPF_ABS, 0),
		RET_IF(BPF_LD | BPF_W | BPF_IND, 0),
		RET_IF(BPF_LDX | BPF_B | BPF_MSH, 0),
		/* Not a word's place; behind the end; what the kernel takes for its own extensions. */
		RET_IF(BPF_LD | BPF_W | BPF_ABS, 2),
		RET_IF(BPF_LD | BPF_W | BPF_ABS, sizeof(struct sctrace_filter_data)),
		RET_IF(BPF_LD | BPF_W | BPF_ABS, SKF_AD_OFF + SKF_AD_PROTOCOL),
		RET_IF(0xffff, 0),
	};
	struct asked *a = ask(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_EQ_MSG(test, load(a, wrong[i], 2), -EINVAL, "%u", i);
	KUNIT_EXPECT_EQ(test, load(a, wrong[0], 0), -EINVAL);
	a->from.nr_insns = BPF_MAXINSNS + 1;
	KUNIT_EXPECT_EQ(test, make(a), -EINVAL);
	/* Memory that is not there. */
	a->from.nr_insns = 2;
	a->from.program = 8;
	KUNIT_EXPECT_EQ(test, make(a), -EFAULT);
	KUNIT_EXPECT_NULL(test, a->made.program);
}

static void program_decides_by_an_argument(struct kunit *test)
{
	static const struct sock_filter insns[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct sctrace_filter_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 77, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 1),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct asked *a = ask(test);

	KUNIT_ASSERT_EQ(test, load(a, insns, ARRAY_SIZE(insns)), 0);
	KUNIT_EXPECT_TRUE(test, a->made.detailed);
	KUNIT_EXPECT_TRUE(test, enters(a, 1, 77, 1));
	KUNIT_EXPECT_TRUE(test, sctrace_pidset_has(&a->made.wanted, current->pid));
	KUNIT_EXPECT_FALSE(test, enters(a, 1, 78, 1));
	/* Nor is its exit. */
	KUNIT_EXPECT_FALSE(test, sctrace_pidset_has(&a->made.wanted, current->pid));
	KUNIT_EXPECT_TRUE(test, enters(a, 1, 77, 1));
	sctrace_filter_skip(&a->made);
	KUNIT_EXPECT_FALSE(test, sctrace_pidset_has(&a->made.wanted, current->pid));
}

static void program_sees_the_call(struct kunit *test)
{
	struct asked *a = ask(test);
	struct sctrace_syscall call = call_of(a, 0, 0);
	u32 offset;
	bool is;

	call.result = -2;
	call.args[0] = 0;
	/* Of a call of zeros, these words alone are not 0. */
	for (offset = 0; offset < sizeof(struct sctrace_filter_data); offset += 4) {
		const struct sock_filter insns[] = RET_IF(BPF_LD | BPF_W | BPF_ABS, offset);

		KUNIT_ASSERT_EQ(test, load(a, insns, 2), 0);
		preempt_disable();
		is = program_wants(&a->made, &call, 0);
		preempt_enable();
		switch (offset) {
		case offsetof(struct sctrace_filter_data, result):
		case offsetof(struct sctrace_filter_data, result) + 4:
		case offsetof(struct sctrace_filter_data, tid):
		case offsetof(struct sctrace_filter_data, pid):
			KUNIT_EXPECT_TRUE_MSG(test, is, "offset %u", offset);
			break;
		case offsetof(struct sctrace_filter_data, cpu):
		case offsetof(struct sctrace_filter_data, random):
			break;
		default:
			KUNIT_EXPECT_FALSE_MSG(test, is, "offset %u", offset);
		}
	}
}

/* ---- numbers, results ---- */

static void wants_goes_by_the_number(struct kunit *test)
{
	struct asked *a = ask(test);

	KUNIT_ASSERT_EQ(test, make(a), 0);
	KUNIT_EXPECT_FALSE(test, a->made.some);
	a->from.calls[1][2] &= ~(1ULL << 5);
	KUNIT_ASSERT_EQ(test, make(a), 0);
	KUNIT_EXPECT_TRUE(test, a->made.some);
	KUNIT_EXPECT_FALSE(test, sctrace_filter_wants(&a->made, 1, 133));
	KUNIT_EXPECT_TRUE(test, sctrace_filter_wants(&a->made, 1, 132));
	KUNIT_EXPECT_TRUE(test, sctrace_filter_wants(&a->made, 1, 134));
	KUNIT_EXPECT_TRUE(test, sctrace_filter_wants(&a->made, 0, 133));
	/* Numbers that no call has go by the last bit, sigreturns by their own. */
	KUNIT_EXPECT_TRUE(test, sctrace_filter_wants(&a->made, 0, 100000));
	KUNIT_EXPECT_TRUE(test, sctrace_filter_wants(&a->made, 0, -1UL));
	a->from.calls[0][15] &= ~(1ULL << 63);
	a->from.sigreturns[2] = 0;
	KUNIT_ASSERT_EQ(test, make(a), 0);
	KUNIT_EXPECT_FALSE(test, sctrace_filter_wants(&a->made, 0, SCTRACE_MAX_NR - 1));
	KUNIT_EXPECT_FALSE(test, sctrace_filter_wants(&a->made, 0, SCTRACE_MAX_NR));
	KUNIT_EXPECT_FALSE(test, sctrace_filter_wants(&a->made, 0, -2UL));
	KUNIT_EXPECT_TRUE(test, sctrace_filter_wants(&a->made, 0, -1UL));
	KUNIT_EXPECT_FALSE(test, sctrace_filter_wants(&a->made, 2, -1UL));
	/* With paths, only what a plan has such a step for. */
	a->from.nr_paths = 1;
	take_calls(&a->made, &a->plans, &a->from);
	KUNIT_EXPECT_FALSE(test, sctrace_filter_wants(&a->made, 0, 1));
	KUNIT_EXPECT_FALSE(test, sctrace_filter_wants(&a->made, 0, -1UL));
	a->plans.calls[0][1].has_paths = true;
	take_calls(&a->made, &a->plans, &a->from);
	KUNIT_EXPECT_TRUE(test, sctrace_filter_wants(&a->made, 0, 1));
	KUNIT_EXPECT_FALSE(test, sctrace_filter_wants(&a->made, 1, 1));
	a->from.nr_paths = 0;
}

static void exit_goes_by_the_result_and_the_duration(struct kunit *test)
{
	struct asked *a = ask(test);

	a->from.results[0] = 1ULL << ENOENT;
	a->from.results[1] = 0;
	a->from.results[2] = 1ULL << 63;
	KUNIT_ASSERT_EQ(test, make(a), 0);
	KUNIT_EXPECT_TRUE(test, a->made.whole);
	KUNIT_EXPECT_TRUE(test, exits(a, 1, -ENOENT, 5));
	KUNIT_EXPECT_FALSE(test, exits(a, 1, -EPERM, 5));
	KUNIT_EXPECT_FALSE(test, exits(a, 1, 0, 5));
	KUNIT_EXPECT_FALSE(test, exits(a, 1, 100, 5));
	KUNIT_EXPECT_FALSE(test, exits(a, 1, -190, 5));
	KUNIT_EXPECT_TRUE(test, exits(a, 1, -191, 5));
	KUNIT_EXPECT_TRUE(test, exits(a, 1, -512, 5));
	KUNIT_EXPECT_TRUE(test, exits(a, 1, -MAX_ERRNO, 5));
	KUNIT_EXPECT_FALSE(test, exits(a, 1, -MAX_ERRNO - 1, 5));
	a->from.min_duration = 100;
	KUNIT_ASSERT_EQ(test, make(a), 0);
	KUNIT_EXPECT_FALSE(test, exits(a, 1, -ENOENT, 99));
	KUNIT_EXPECT_TRUE(test, exits(a, 1, -ENOENT, 100));
	/* Not known. */
	KUNIT_EXPECT_TRUE(test, exits(a, 1, -ENOENT, U64_MAX));
}

/* ---- samples and rates ---- */

static void sample_takes_one_in_so_many_and_counts_the_rest(struct kunit *test)
{
	struct sctrace_filter_counts sum = { 0 };
	struct asked *a = ask(test);
	unsigned int i, wanted = 0;

	a->from.sample = 4;
	KUNIT_ASSERT_EQ(test, make(a), 0);
	/* On one CPU: a CPU counts for itself. */
	preempt_disable();
	for (i = 0; i < 100; i++)
		wanted += sample_wants(&a->made);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, wanted, 25);
	sctrace_filter_add_counts(&a->made, &sum);
	KUNIT_EXPECT_EQ(test, sum.passed, 100);
	KUNIT_EXPECT_EQ(test, sum.left_out, 75);
	KUNIT_EXPECT_EQ(test, sum.limited, 0);
}

static void rate_limits_and_counts_the_rest(struct kunit *test)
{
	struct sctrace_filter_counts sum = { 0 };
	struct asked *a = ask(test);
	unsigned int i, wanted = 0;

	a->from.rate = 10;
	KUNIT_ASSERT_EQ(test, make(a), 0);
	for (i = 0; i < 50; i++)
		wanted += enters(a, 1, 0, 5 * NSEC_PER_SEC);
	KUNIT_EXPECT_EQ(test, wanted, 10);
	sctrace_filter_add_counts(&a->made, &sum);
	KUNIT_EXPECT_EQ(test, sum.limited, 40);
	KUNIT_EXPECT_TRUE(test, enters(a, 1, 0, 6 * NSEC_PER_SEC));
	sctrace_filter_task_exit(&a->made);
	KUNIT_EXPECT_FALSE(test, sctrace_pidset_has(&a->made.wanted, current->pid));
	/* A filter that was never made has counted nothing. */
	memset(&sum, 0, sizeof(sum));
	sctrace_filter_add_counts(&(struct sctrace_call_filter) { 0 }, &sum);
	KUNIT_EXPECT_EQ(test, sum.passed + sum.left_out + sum.limited, 0);
}

/* ---- calls that have not returned ---- */

static void end_knows_what_began(struct kunit *test)
{
	struct asked *a = ask(test);
	struct sctrace_syscall call;
	struct sctrace_entry entry;

	a->from.flags = SCTRACE_FILTER_WHOLE;
	KUNIT_ASSERT_EQ(test, make(a), 0);
	KUNIT_EXPECT_EQ(test, sctrace_filter_end(&a->made).time, 0);
	call = call_of(a, 9, 0x1234);
	sctrace_filter_begin(&a->made, &a->plans, &call, 100009, 55);
	entry = sctrace_filter_end(&a->made);
	KUNIT_EXPECT_EQ(test, entry.time, 55);
	KUNIT_EXPECT_EQ(test, entry.nr, 100009);
	KUNIT_EXPECT_EQ(test, entry.args[0], 0x1234);
	KUNIT_EXPECT_EQ(test, entry.verdict, SCTRACE_WANTED);
	KUNIT_EXPECT_FALSE(test, entry.execed);
	/* Once. */
	KUNIT_EXPECT_EQ(test, sctrace_filter_end(&a->made).time, 0);
	/* An exec, and the number that comes with it. */
	sctrace_filter_begin(&a->made, &a->plans, &call, 9, 56);
	sctrace_filter_exec(&a->made);
	sctrace_filter_renumber(&a->made, current->pid, 4000000);
	KUNIT_EXPECT_EQ(test, sctrace_filter_end(&a->made).time, 0);
	sctrace_filter_renumber(&a->made, 4000000, current->pid);
	entry = sctrace_filter_end(&a->made);
	KUNIT_EXPECT_EQ(test, entry.time, 56);
	KUNIT_EXPECT_TRUE(test, entry.execed);
	/* A task that ends takes its call along. */
	sctrace_filter_begin(&a->made, &a->plans, &call, 9, 57);
	sctrace_filter_task_exit(&a->made);
	KUNIT_EXPECT_EQ(test, sctrace_filter_end(&a->made).time, 0);
}

/* More tasks in calls than there are places: some are not known, and none is another's. */
static void open_calls_are_never_another_tasks(struct kunit *test)
{
	struct asked *a = ask(test);
	struct sctrace_open_call *open;
	unsigned int i, known = 0, lost = 0;

	a->from.flags = SCTRACE_FILTER_WHOLE;
	KUNIT_ASSERT_EQ(test, make(a), 0);
	for (i = 1; i <= 2 * NR_OPEN; i++) {
		open = find_open(&a->made, i, true);
		if (!open) {
			lost++;
			continue;
		}
		KUNIT_ASSERT_EQ(test, open->entry.time, 0);
		open->entry.time = i;
		known++;
	}
	KUNIT_EXPECT_GT(test, lost, 0);
	KUNIT_EXPECT_GT(test, known, NR_OPEN / 2);
	for (i = 1; i <= 2 * NR_OPEN; i++) {
		open = find_open(&a->made, i, false);
		if (!open)
			continue;
		KUNIT_ASSERT_EQ(test, open->entry.time, i);
		open->entry.time = 0;
		give_back(open);
		known--;
	}
	KUNIT_EXPECT_EQ(test, known, 0);
	KUNIT_EXPECT_NOT_NULL(test, find_open(&a->made, 4000000, true));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(init_refuses_what_it_does_not_know),
	KUNIT_CASE(init_refuses_no_enter_with_what_takes_the_entry),
	KUNIT_CASE(program_refuses_what_is_about_packets),
	KUNIT_CASE(program_decides_by_an_argument),
	KUNIT_CASE(program_sees_the_call),
	KUNIT_CASE(wants_goes_by_the_number),
	KUNIT_CASE(exit_goes_by_the_result_and_the_duration),
	KUNIT_CASE(sample_takes_one_in_so_many_and_counts_the_rest),
	KUNIT_CASE(rate_limits_and_counts_the_rest),
	KUNIT_CASE(end_knows_what_began),
	KUNIT_CASE(open_calls_are_never_another_tasks),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_filter", .test_cases = cases };

kunit_test_suite(suite);
