// SPDX-License-Identifier: GPL-2.0-only
/* module/path.c: which paths are refused, and which calls access one of them. */
#include "../../module/path.c"

#include <kunit/test.h>
#include <linux/fdtable.h>
#include <linux/shmem_fs.h>

#include "user.h"

/* A filter's paths, and calls of three plans to look at. */
struct asked {
	struct kunit *test;
	struct sctrace_plans plans;
	struct sctrace_filter from;
	struct sctrace_path list[4];
	char text[64];
	struct sctrace_paths *made;
	u8 *room;
};

/* By number: a path; a directory and a path below it; a descriptor; a path in a struct; none. */
enum { PATH, BELOW, DESCRIPTOR, POINTED, NOTHING };

static const struct sctrace_plan plans[] = {
	{ .nr = PATH, .nr_args = 1, .first_step = 0, .nr_steps = 1 },
	{ .nr = BELOW, .nr_args = 2, .first_step = 1, .nr_steps = 2 },
	{ .nr = DESCRIPTOR, .nr_args = 1, .first_step = 3, .nr_steps = 1 },
	{ .nr = POINTED, .nr_args = 1, .first_step = 4, .nr_steps = 2 },
	{ .nr = NOTHING, .nr_args = 1, .first_step = 6, .nr_steps = 1 },
};

static const struct sctrace_step steps[] = {
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .max = 4096,
	  .flags = SCTRACE_STEP_PATH },
	{ .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG },
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 1,
	  .max = 4096, .flags = SCTRACE_STEP_PATH | SCTRACE_STEP_BELOW },
	{ .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG,
	  .flags = SCTRACE_STEP_PATH },
	{ .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .max = 16,
	  .len_from = SCTRACE_LEN_MAX },
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_STEP, .max = 4096,
	  .word = 8, .offset = 8, .flags = SCTRACE_STEP_PATH },
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .max = 4096 },
};

static void free_asked(void *asked)
{
	struct asked *a = asked;

	if (!IS_ERR(a->made))
		sctrace_paths_put(a->made);
	sctrace_plan_free(&a->plans);
}

static struct asked *ask(struct kunit *test)
{
	struct asked *a = kunit_kzalloc(test, sizeof(*a), GFP_KERNEL);
	struct sctrace_step *copy;
	u32 array, bad;

	KUNIT_ASSERT_NOT_NULL(test, a);
	a->test = test;
	a->room = kunit_kmalloc(test, SCTRACE_PATH_ROOM_BYTES, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, a->room);
	copy = kvmalloc(sizeof(steps), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	memcpy(copy, steps, sizeof(steps));
	KUNIT_ASSERT_EQ(test, sctrace_plan_init(&a->plans, plans, ARRAY_SIZE(plans), copy,
						ARRAY_SIZE(steps), SCTRACE_RING_MIN_BYTES, &array,
						&bad), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_asked, a), 0);
	return a;
}

/* Takes the paths over that are in the list. Return: 0 or the error. */
static int make(struct asked *a)
{
	if (!IS_ERR(a->made))
		sctrace_paths_put(a->made);
	a->from.paths = user_copy(a->test, a->list, sizeof(a->list));
	a->from.path_text = user_copy(a->test, a->text, sizeof(a->text));
	a->made = sctrace_paths_make(&a->from);
	return PTR_ERR_OR_ZERO(a->made);
}

/* One path, of this match. */
static void want(struct asked *a, u8 match, const char *text)
{
	strscpy(a->text, text, sizeof(a->text));
	a->from.path_text_bytes = strlen(text);
	a->from.nr_paths = 1;
	a->list[0] = (struct sctrace_path) { .match = match, .length = strlen(text) };
	KUNIT_ASSERT_EQ(a->test, make(a), 0);
}

static enum sctrace_verdict look_at(struct asked *a, u16 nr, unsigned long arg0, unsigned long arg1,
				    bool may_sleep)
{
	struct sctrace_syscall call = {
		.call = sctrace_plan_find(&a->plans, 0, nr), .nr = nr, .args = { arg0, arg1 },
	};
	enum sctrace_verdict verdict;

	if (may_sleep)
		return sctrace_path_look_asleep(a->made, &a->plans, &call, a->room);
	preempt_disable();
	verdict = sctrace_path_look(a->made, &a->plans, &call);
	preempt_enable();
	return verdict;
}

static unsigned long string(struct kunit *test, const char *text)
{
	return user_copy(test, text, strlen(text) + 1);
}

/* ---- what is refused ---- */

static void make_refuses_what_is_not_within_its_text(struct kunit *test)
{
	struct asked *a = ask(test);
	unsigned int i;
	static const struct {
		struct sctrace_path path;
		int err;
	} rows[] = {
		{ { .length = 64 } },
		{ { .length = 1, .offset = 63 } },
		{ { .length = 65 }, -EINVAL },
		{ { .length = 0 }, -EINVAL },
		{ { .length = 1, .offset = 64 }, -EINVAL },
		{ { .length = 2, .offset = 63 }, -EINVAL },
		{ { .length = 1, .offset = ~0u }, -EINVAL },
		{ { .length = PATH_MAX }, -EINVAL },
		{ { .length = 1, .match = SCTRACE_MATCH_COUNT }, -EINVAL },
		{ { .length = 1, .reserved = 1 }, -EINVAL },
	};

	a->from.nr_paths = 2;
	a->from.path_text_bytes = 64;
	a->list[0].length = 1;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		a->list[1] = rows[i].path;
		KUNIT_EXPECT_EQ_MSG(test, make(a), rows[i].err, "row %u", i);
	}
}

static void make_bounds_their_number_and_text(struct kunit *test)
{
	struct asked *a = ask(test);
	struct sctrace_path *many;
	unsigned int i;

	KUNIT_EXPECT_NULL(test, sctrace_paths_make(&a->from));
	a->from.path_text_bytes = 1;
	KUNIT_EXPECT_EQ(test, PTR_ERR(sctrace_paths_make(&a->from)), -EINVAL);
	a->from.nr_paths = SCTRACE_MAX_PATHS + 1;
	KUNIT_EXPECT_EQ(test, PTR_ERR(sctrace_paths_make(&a->from)), -EINVAL);
	a->from.nr_paths = 1;
	a->from.path_text_bytes = 0;
	KUNIT_EXPECT_EQ(test, PTR_ERR(sctrace_paths_make(&a->from)), -EINVAL);
	a->from.path_text_bytes = SCTRACE_MAX_PATH_TEXT_BYTES + 1;
	KUNIT_EXPECT_EQ(test, PTR_ERR(sctrace_paths_make(&a->from)), -EINVAL);
	/* Memory that is not there. */
	a->from.path_text_bytes = 1;
	a->from.paths = 8;
	KUNIT_EXPECT_EQ(test, PTR_ERR(sctrace_paths_make(&a->from)), -EFAULT);
	a->list[0].length = 1;
	a->from.paths = user_copy(test, a->list, sizeof(a->list));
	a->from.path_text = 8;
	KUNIT_EXPECT_EQ(test, PTR_ERR(sctrace_paths_make(&a->from)), -EFAULT);
	/* What is looked for within paths: all together. */
	many = kunit_kcalloc(test, SCTRACE_MAX_PATHS, sizeof(*many), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, many);
	for (i = 0; i < SCTRACE_MAX_PATHS; i++)
		many[i] = (struct sctrace_path) { .match = SCTRACE_MATCH_CONTAINS, .length = 16 };
	a->from.nr_paths = SCTRACE_MAX_PATHS;
	a->from.path_text_bytes = 64;
	a->from.path_text = user_copy(test, a->text, 64);
	a->from.paths = user_copy(test, many, SCTRACE_MAX_PATHS * sizeof(*many));
	a->made = sctrace_paths_make(&a->from);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, a->made);
	many[9].length = 17;
	a->from.paths = user_copy(test, many, SCTRACE_MAX_PATHS * sizeof(*many));
	KUNIT_EXPECT_EQ(test, PTR_ERR(sctrace_paths_make(&a->from)), -EINVAL);
}

static void paths_stay_for_who_has_a_reference(struct kunit *test)
{
	struct asked *a = ask(test);

	want(a, SCTRACE_MATCH_EXACT, "/x");
	KUNIT_EXPECT_PTR_EQ(test, sctrace_paths_get(a->made), a->made);
	KUNIT_EXPECT_EQ(test, refcount_read(&a->made->refs), 2);
	sctrace_paths_put(a->made);
	KUNIT_EXPECT_EQ(test, refcount_read(&a->made->refs), 1);
	KUNIT_EXPECT_NULL(test, sctrace_paths_get(NULL));
	sctrace_paths_put(NULL);
}

/* ---- which calls ---- */

static void look_compares_strings(struct kunit *test)
{
	struct asked *a = ask(test);

	want(a, SCTRACE_MATCH_EXACT, "/etc/x");
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, string(test, "/etc/x"), 0, false), SCTRACE_WANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, string(test, "/etc/xx"), 0, false), SCTRACE_UNWANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, string(test, "/etc/"), 0, false), SCTRACE_UNWANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, string(test, ""), 0, false), SCTRACE_UNWANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, 0, 0, false), SCTRACE_UNWANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, NOTHING, string(test, "/etc/x"), 0, false),
			SCTRACE_UNWANTED);
	want(a, SCTRACE_MATCH_PREFIX, "/etc/");
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, string(test, "/etc/xx"), 0, false), SCTRACE_WANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, string(test, "/usr"), 0, false), SCTRACE_UNWANTED);
}

/* Cut, a path's end is not known, but its beginning is. */
static void look_knows_that_a_path_was_cut(struct kunit *test)
{
	char *text = kunit_kmalloc(test, 5000, GFP_KERNEL);
	struct asked *a = ask(test);
	unsigned long at;

	KUNIT_ASSERT_NOT_NULL(test, text);
	memset(text, 'x', 4999);
	text[0] = '/';
	text[4999] = '\0';
	at = user_copy(test, text, 5000);
	want(a, SCTRACE_MATCH_PREFIX, "/x");
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, at, 0, false), SCTRACE_WANTED);
	want(a, SCTRACE_MATCH_CONTAINS, "xx");
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, at, 0, false), SCTRACE_WANTED);
	want(a, SCTRACE_MATCH_SUFFIX, "xx");
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, at, 0, false), SCTRACE_UNWANTED);
}

static void look_joins_a_relative_path_to_its_directory(struct kunit *test)
{
	static const struct {
		const char *path;
		const char *wanted;
	} rows[] = {
		{ "a", "/dir (deleted)/a" },
		{ "./a", "/dir (deleted)/a" },
		{ ".///./a", "/dir (deleted)/a" },
		{ ".", "/dir (deleted)" },
		{ "./", "/dir (deleted)" },
		{ "./.", "/dir (deleted)" },
		{ "..", "/dir (deleted)/.." },
		{ "a/./b", "/dir (deleted)/a/./b" },
		{ ".a", "/dir (deleted)/.a" },
		{ "/abs", "/abs" },
		{ "/./abs", "/./abs" },
	};
	struct asked *a = ask(test);
	struct file *file;
	const char *own;
	char below[64];
	unsigned int i;
	int fd;

	file = shmem_file_setup("dir", PAGE_SIZE, 0);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, file);
	fd = get_unused_fd_flags(O_CLOEXEC);
	if (fd < 0)
		fput(file);
	KUNIT_ASSERT_GE(test, fd, 0);
	fd_install(fd, file);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		want(a, SCTRACE_MATCH_EXACT, rows[i].wanted);
		KUNIT_EXPECT_EQ_MSG(test, look_at(a, BELOW, fd, string(test, rows[i].path), false),
				    SCTRACE_WANTED, "%s", rows[i].path);
		want(a, SCTRACE_MATCH_EXACT, "/other");
		KUNIT_EXPECT_EQ_MSG(test, look_at(a, BELOW, fd, string(test, rows[i].path), false),
				    SCTRACE_UNWANTED, "%s", rows[i].path);
	}
	/* The directory itself is not what is accessed, a descriptor is. */
	want(a, SCTRACE_MATCH_EXACT, "/dir (deleted)");
	KUNIT_EXPECT_EQ(test, look_at(a, BELOW, fd, string(test, "a"), false), SCTRACE_UNWANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, BELOW, fd, string(test, ""), false), SCTRACE_UNWANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, DESCRIPTOR, fd, 0, false), SCTRACE_WANTED);
	close_fd(fd);
	KUNIT_EXPECT_EQ(test, look_at(a, DESCRIPTOR, fd, 0, false), SCTRACE_UNWANTED);
	/* The working directory: the root ends with a slash of its own. */
	own = own_directory(test);
	snprintf(below, sizeof(below), "%s/a", strcmp(own, "/") ? own : "");
	want(a, SCTRACE_MATCH_EXACT, below);
	KUNIT_EXPECT_EQ(test, look_at(a, BELOW, AT_FDCWD, string(test, "a"), false), SCTRACE_WANTED);
	/* As a descriptor, AT_FDCWD is not compared. */
	want(a, SCTRACE_MATCH_EXACT, own);
	KUNIT_EXPECT_EQ(test, look_at(a, BELOW, AT_FDCWD, string(test, "."), false), SCTRACE_WANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, DESCRIPTOR, AT_FDCWD, 0, false), SCTRACE_UNWANTED);
}

static void look_follows_a_pointer_in_a_struct(struct kunit *test)
{
	u64 words[2] = { 0, string(test, "/etc/x") };
	struct asked *a = ask(test);
	unsigned long at = user_copy(test, words, sizeof(words));

	want(a, SCTRACE_MATCH_EXACT, "/etc/x");
	KUNIT_EXPECT_EQ(test, look_at(a, POINTED, at, 0, false), SCTRACE_WANTED);
	want(a, SCTRACE_MATCH_EXACT, "/etc/y");
	KUNIT_EXPECT_EQ(test, look_at(a, POINTED, at, 0, false), SCTRACE_UNWANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, POINTED, 0, 0, false), SCTRACE_UNDECIDED);
}

/* What could not be read is decided where it can be; what cannot be read at all is no path. */
static void look_is_undecided_until_memory_is_there(struct kunit *test)
{
	unsigned long page = user_pages(test, 1, PROT_READ | PROT_WRITE);
	struct asked *a = ask(test);

	want(a, SCTRACE_MATCH_EXACT, "/etc/x");
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, page, 0, false), SCTRACE_UNDECIDED);
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, page, 0, true), SCTRACE_UNWANTED);
	user_write(test, page, "/etc/x", 7);
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, page, 0, false), SCTRACE_WANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, page, 0, true), SCTRACE_WANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, 8, 0, false), SCTRACE_UNDECIDED);
	KUNIT_EXPECT_EQ(test, look_at(a, PATH, 8, 0, true), SCTRACE_UNWANTED);
	KUNIT_EXPECT_EQ(test, look_at(a, POINTED, 8, 0, false), SCTRACE_UNDECIDED);
	KUNIT_EXPECT_EQ(test, look_at(a, POINTED, 8, 0, true), SCTRACE_UNWANTED);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(make_refuses_what_is_not_within_its_text),
	KUNIT_CASE(make_bounds_their_number_and_text),
	KUNIT_CASE(paths_stay_for_who_has_a_reference),
	KUNIT_CASE(look_compares_strings),
	KUNIT_CASE(look_knows_that_a_path_was_cut),
	KUNIT_CASE(look_joins_a_relative_path_to_its_directory),
	KUNIT_CASE(look_follows_a_pointer_in_a_struct),
	KUNIT_CASE(look_is_undecided_until_memory_is_there),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_path", .test_cases = cases };

kunit_test_suite(suite);
