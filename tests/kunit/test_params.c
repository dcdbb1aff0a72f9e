// SPDX-License-Identifier: GPL-2.0-only
/* module/params.c: which values the parameters take, and what scope comes of them. */
#include "../../module/params.c"

#include <kunit/test.h>

enum { PID, UID, COMM, CONTAINER, NEW };

static int set(unsigned int i, const char *value)
{
	const struct kernel_param param = { .arg = &params[i] };

	return set_scope_param(value, &param);
}

static void forget_all(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(params); i++)
		params[i].text[0] = '\0';
	follow = false;
	ring_kb = 0;
}

static int begin(struct kunit *test)
{
	forget_all();
	return 0;
}

static void end(struct kunit *test)
{
	forget_all();
}

static void free_request(void *request)
{
	kvfree(((struct sctrace_scope_request *)request)->tests);
	kvfree(((struct sctrace_scope_request *)request)->text);
}

/* The scope that the parameters make now; it goes with the test. */
static struct sctrace_scope_request *request(struct kunit *test)
{
	struct sctrace_scope_request *r = kunit_kzalloc(test, sizeof(*r), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, r);
	KUNIT_ASSERT_EQ(test, sctrace_default_scope(r), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_request, r), 0);
	return r;
}

static void expect_test(struct kunit *test, const struct sctrace_scope_request *r, u32 i, u8 key,
			u16 group, u64 value)
{
	KUNIT_ASSERT_LT(test, i, r->nr_tests);
	KUNIT_EXPECT_EQ(test, r->tests[i].key, key);
	KUNIT_EXPECT_EQ(test, r->tests[i].group, group);
	KUNIT_EXPECT_EQ(test, r->tests[i].low, value);
	KUNIT_EXPECT_EQ(test, r->tests[i].high, value);
	KUNIT_EXPECT_EQ(test, r->tests[i].flags, 0);
}

static void expect_text(struct kunit *test, const struct sctrace_scope_request *r, u32 i, u8 match,
			const char *text)
{
	KUNIT_ASSERT_LT(test, i, r->nr_tests);
	KUNIT_EXPECT_EQ(test, r->tests[i].match, match);
	KUNIT_ASSERT_EQ(test, r->tests[i].length, strlen(text));
	KUNIT_ASSERT_LE(test, r->tests[i].offset + r->tests[i].length, r->text_bytes);
	KUNIT_EXPECT_MEMEQ(test, r->text + r->tests[i].offset, text, strlen(text));
}

#define REFUSED(i, value) KUNIT_EXPECT_EQ_MSG(test, set(i, value), -EINVAL, "%s", value)
#define ACCEPTED(i, value) KUNIT_EXPECT_EQ_MSG(test, set(i, value), 0, "%s", value)

static void set_takes_numbers_that_tasks_can_have(struct kunit *test)
{
	REFUSED(PID, "0");
	REFUSED(PID, "-1");
	REFUSED(PID, "4194304");
	REFUSED(PID, "99999999999999999999");
	REFUSED(PID, "x");
	REFUSED(PID, "1x");
	REFUSED(PID, "0x10");
	REFUSED(PID, "1,,2");
	REFUSED(PID, "1, 2");
	REFUSED(PID, ",1");
	REFUSED(PID, "1,");
	ACCEPTED(PID, "4194303");
	ACCEPTED(PID, "1,2,3");
	ACCEPTED(UID, "0,4294967295");
	REFUSED(UID, "4294967296");
	REFUSED(UID, "root");
	ACCEPTED(PID, "");
	ACCEPTED(PID, "\n");
	ACCEPTED(PID, "7\n");
}

static void set_takes_names_that_tasks_can_have(struct kunit *test)
{
	ACCEPTED(COMM, "a");
	ACCEPTED(COMM, "fifteen letters");
	REFUSED(COMM, "sixteen letters!");
	ACCEPTED(COMM, "*fifteen letters*");
	REFUSED(COMM, "*");
	REFUSED(COMM, "**");
	REFUSED(COMM, "a*b");
	REFUSED(COMM, "***a");
	REFUSED(COMM, "a,");
	ACCEPTED(CONTAINER, "any,new,started,0123456789abcdef");
	REFUSED(CONTAINER, "ABC");
	REFUSED(CONTAINER, "all");
	REFUSED(CONTAINER, "any,");
	ACCEPTED(CONTAINER, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	REFUSED(CONTAINER, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0");
	ACCEPTED(NEW, "Y");
	ACCEPTED(NEW, "0");
	REFUSED(NEW, "maybe");
}

static void set_bounds_words_and_text(struct kunit *test)
{
	char *value = kunit_kzalloc(test, 2 * MAX_TEXT, GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, value);
	for (i = 0; i < MAX_WORDS; i++)
		strcat(value, i ? ",1" : "1");
	ACCEPTED(PID, value);
	KUNIT_EXPECT_EQ(test, request(test)->nr_tests, MAX_WORDS);
	strcat(value, ",1");
	REFUSED(PID, value);
	/* What is refused changes nothing. */
	KUNIT_EXPECT_EQ(test, request(test)->nr_tests, MAX_WORDS);
	memset(value, '0', MAX_TEXT);
	value[MAX_TEXT] = '\0';
	REFUSED(PID, value);
	/* Zeros before a number are as many as there is room for. */
	value[MAX_TEXT - 1] = '\0';
	value[MAX_TEXT - 2] = '1';
	ACCEPTED(PID, value);
}

static void get_shows_what_was_set(struct kunit *test)
{
	const struct kernel_param param = { .arg = &params[UID] };
	char *buffer = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, buffer);
	ACCEPTED(UID, "5,6\n");
	KUNIT_EXPECT_EQ(test, get_scope_param(buffer, &param), 4);
	KUNIT_EXPECT_STREQ(test, buffer, "5,6\n");
	REFUSED(UID, "5,x");
	get_scope_param(buffer, &param);
	KUNIT_EXPECT_STREQ(test, buffer, "5,6\n");
}

static void scope_is_every_parameter_a_group(struct kunit *test)
{
	struct sctrace_scope_request *r = request(test);

	KUNIT_EXPECT_EQ(test, r->nr_tests, 0);
	KUNIT_EXPECT_NULL(test, r->tests);
	KUNIT_EXPECT_EQ(test, sctrace_default_keys(), 0);
	ACCEPTED(PID, "7,8");
	ACCEPTED(UID, "1000");
	ACCEPTED(COMM, "exact,pre*,*suf,*with*");
	ACCEPTED(CONTAINER, "new,0ab");
	ACCEPTED(NEW, "1");
	r = request(test);
	KUNIT_ASSERT_EQ(test, r->nr_tests, 10);
	expect_test(test, r, 0, SCTRACE_KEY_TASK, 1, 7);
	expect_test(test, r, 1, SCTRACE_KEY_TASK, 1, 8);
	expect_test(test, r, 2, SCTRACE_KEY_UID, 2, 1000);
	expect_test(test, r, 3, SCTRACE_KEY_COMM, 3, 0);
	expect_text(test, r, 3, SCTRACE_MATCH_EXACT, "exact");
	expect_text(test, r, 4, SCTRACE_MATCH_PREFIX, "pre");
	expect_text(test, r, 5, SCTRACE_MATCH_SUFFIX, "suf");
	expect_text(test, r, 6, SCTRACE_MATCH_CONTAINS, "with");
	expect_test(test, r, 7, SCTRACE_KEY_CONTAINER_NEW, 4, 0);
	expect_test(test, r, 8, SCTRACE_KEY_CONTAINER, 4, 0);
	expect_text(test, r, 8, SCTRACE_MATCH_EXACT, "0ab");
	KUNIT_EXPECT_EQ(test, r->tests[8].digits, CONTAINER_DIGITS);
	expect_test(test, r, 9, SCTRACE_KEY_NEW, 5, 0);
	KUNIT_EXPECT_FALSE(test, r->follow);
	KUNIT_EXPECT_TRUE(test, r->initial_ns);
	KUNIT_EXPECT_EQ(test, sctrace_default_keys(),
			BIT(SCTRACE_KEY_TASK) | BIT(SCTRACE_KEY_UID) | BIT(SCTRACE_KEY_COMM) |
			BIT(SCTRACE_KEY_CONTAINER_NEW) | BIT(SCTRACE_KEY_CONTAINER) |
			BIT(SCTRACE_KEY_NEW));
	/* Who is followed is named as a process. */
	follow = true;
	r = request(test);
	expect_test(test, r, 1, SCTRACE_KEY_PROCESS, 1, 8);
	KUNIT_EXPECT_TRUE(test, r->follow);
	KUNIT_EXPECT_EQ(test, sctrace_default_keys() & 1, 1);
}

static void check_wants_processes_that_are_there(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sctrace_params_check(), 0);
	ACCEPTED(PID, "1");
	KUNIT_EXPECT_EQ(test, sctrace_params_check(), 0);
	ACCEPTED(PID, "1,4194303");
	KUNIT_EXPECT_EQ(test, sctrace_params_check(), -ESRCH);
	follow = true;
	KUNIT_EXPECT_EQ(test, sctrace_params_check(), -ESRCH);
	ACCEPTED(PID, "");
	KUNIT_EXPECT_EQ(test, sctrace_params_check(), 0);
	/* Of other numbers it is not asked. */
	ACCEPTED(UID, "4194303");
	KUNIT_EXPECT_EQ(test, sctrace_params_check(), 0);
}

static void ring_kb_is_a_power_of_two_within_its_bounds(struct kunit *test)
{
	const struct kernel_param param = { .arg = &ring_kb };
	static const char * const wrong[] = {
		"0", "1", "32", "63", "65", "96", "65537", "131072", "-64", "", "x", "64k",
		"4294967296",
	};
	unsigned int i, kb;
	char text[16];

	KUNIT_EXPECT_EQ(test, sctrace_params_check(), 0);
	KUNIT_EXPECT_TRUE(test, is_power_of_2(ring_kb));
	KUNIT_EXPECT_LE(test, ring_kb, ONE_RING_KB);
	KUNIT_EXPECT_EQ(test, sctrace_default_ring_bytes(), ring_kb << 10);
	for (kb = 64; kb <= 65536; kb *= 2) {
		snprintf(text, sizeof(text), "%u", kb);
		KUNIT_EXPECT_EQ_MSG(test, set_ring_kb(text, &param), 0, "%s", text);
		KUNIT_EXPECT_EQ(test, sctrace_default_ring_bytes(), kb << 10);
	}
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_EQ_MSG(test, set_ring_kb(wrong[i], &param), -EINVAL, "%s", wrong[i]);
	KUNIT_EXPECT_EQ(test, ring_kb, 65536);
	/* What is given stays. */
	KUNIT_EXPECT_EQ(test, sctrace_params_check(), 0);
	KUNIT_EXPECT_EQ(test, ring_kb, 65536);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(set_takes_numbers_that_tasks_can_have),
	KUNIT_CASE(set_takes_names_that_tasks_can_have),
	KUNIT_CASE(set_bounds_words_and_text),
	KUNIT_CASE(get_shows_what_was_set),
	KUNIT_CASE(scope_is_every_parameter_a_group),
	KUNIT_CASE(check_wants_processes_that_are_there),
	KUNIT_CASE(ring_kb_is_a_power_of_two_within_its_bounds),
	{}
};

static struct kunit_suite suite = {
	.name = "sctrace_params",
	.test_cases = cases,
	.init = begin,
	.exit = end,
};

kunit_test_suite(suite);
