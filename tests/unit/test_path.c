// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/filter/path.c: what -P asks for; and the steps of plans that its paths are compared with. */
#include <errno.h>
#include <limits.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "calls.h"
#include "made.h"
#include "path.h"
/* There are two of this name. */
#include "../../module/plan.h"
#include "../../userspace/syscalls/plan.h"

#define NATIVE	SCTRACE_ABI_NATIVE
#define OPEN	2
#define CLOSE	3
#define RENAME	82
#define GETPID	39
#define INOTIFY_ADD_WATCH 254
#define OPENAT	257
#define RENAMEAT2 316

/* A folder that is no link itself, with "file", "link" to it, and "ways", a link to the folder. */
static char folder[PATH_MAX];

static int setup(void **state)
{
	char name[] = "/tmp/test_path.XXXXXX";

	(void)state;
	if (!mkdtemp(name) || !realpath(name, folder) || chdir(folder))
		return -1;
	return fclose(fopen("file", "w")) || symlink("file", "link") || symlink(".", "ways") ||
	       sct_calls_init(AUDIT_ARCH_X86_64);
}

static int teardown(void **state)
{
	(void)state;
	return unlink("file") || unlink("link") || unlink("ways") || chdir("/") || rmdir(folder);
}

/* ---- what is asked for ---- */

static struct sctrace_filter filter_of(const char *path)
{
	struct sctrace_filter filter = { 0 };
	struct sct_fault fault = { 0 };

	if (sct_path_add(&filter, path, &fault))
		fail_msg("'%s': at %u: %s", path, fault.column, fault.text);
	return filter;
}

static bool asks_for(const struct sctrace_filter *filter, unsigned int match, const char *text)
{
	const struct sctrace_path *list = (const void *)(uintptr_t)filter->paths;
	const char *all = (const char *)(uintptr_t)filter->path_text;
	uint32_t i;

	for (i = 0; i < filter->nr_paths; i++) {
		assert_true(list[i].offset + list[i].length <= filter->path_text_bytes);
		if (list[i].match == match && list[i].length == strlen(text) &&
		    !memcmp(all + list[i].offset, text, list[i].length))
			return true;
	}
	return false;
}

static void a_path_is_asked_for_as_given_and_as_it_really_is(void **state)
{
	/* %: the folder */
	static const struct { const char *path; unsigned int n, match; const char *texts[3]; } rows[] = {
		{ "/", 1, SCTRACE_MATCH_EXACT, { "/" } },
		{ "/nowhere/x", 1, SCTRACE_MATCH_EXACT, { "/nowhere/x" } },
		{ "%/file", 1, SCTRACE_MATCH_EXACT, { "%/file" } },
		{ "%/link", 2, SCTRACE_MATCH_EXACT, { "%/link", "%/file" } },
		{ "file", 2, SCTRACE_MATCH_EXACT, { "file", "%/file" } },
		{ "./file", 2, SCTRACE_MATCH_EXACT, { "./file", "%/file" } },
		{ ".", 2, SCTRACE_MATCH_EXACT, { ".", "%" } },
		{ "link", 3, SCTRACE_MATCH_EXACT, { "link", "%/link", "%/file" } },
		{ "ways/file", 3, SCTRACE_MATCH_EXACT, { "ways/file", "%/ways/file", "%/file" } },
		/* Not there yet, but its directory is. */
		{ "ways/new", 3, SCTRACE_MATCH_EXACT, { "ways/new", "%/ways/new", "%/new" } },
		{ "pipe:[1]", 2, SCTRACE_MATCH_EXACT, { "pipe:[1]", "%/pipe:[1]" } },
		{ "/*", 1, SCTRACE_MATCH_PREFIX, { "/" } },
		{ "%/ways/fi*", 2, SCTRACE_MATCH_PREFIX, { "%/ways/fi", "%/fi" } },
		/* It may go on otherwise: the link itself is not looked at. */
		{ "%/link*", 1, SCTRACE_MATCH_PREFIX, { "%/link" } },
		{ "fi*", 2, SCTRACE_MATCH_PREFIX, { "fi", "%/fi" } },
		{ "*.so", 1, SCTRACE_MATCH_SUFFIX, { ".so" } },
		{ "*/link", 1, SCTRACE_MATCH_SUFFIX, { "/link" } },
		{ "*li*", 1, SCTRACE_MATCH_CONTAINS, { "li" } },
	};
	char path[2 * PATH_MAX], text[2 * PATH_MAX];
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sctrace_filter filter;
		bool inside = *rows[i].path == '%';

		snprintf(path, sizeof(path), "%s%s", inside ? folder : "", rows[i].path + inside);
		filter = filter_of(path);
		if (filter.nr_paths != rows[i].n)
			fail_msg("%s: %u paths", path, filter.nr_paths);
		for (j = 0; j < rows[i].n; j++) {
			inside = *rows[i].texts[j] == '%';
			snprintf(text, sizeof(text), "%s%s", inside ? folder : "", rows[i].texts[j] + inside);
			if (!asks_for(&filter, rows[i].match, text))
				fail_msg("%s: not %s", path, text);
		}
		sct_path_free(&filter);
	}
}

static void mistakes_are_told(void **state)
{
	static const struct { const char *path; unsigned int column; const char *words; } rows[] = {
		{ "", 0, "write a path" }, { "*", 0, "every path" }, { "**", 0, "every path" },
		{ "/a*b", 3, "only at the beginning and at the end" }, { "**a", 2, "only at" }, { "a**", 2, "only at" },
	};
	char text[PATH_MAX + 1];
	struct sctrace_filter filter = { 0 };
	struct sct_fault fault = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (sct_path_add(&filter, rows[i].path, &fault) != -EINVAL)
			fail_msg("'%s' is accepted", rows[i].path);
		if (fault.column != rows[i].column || !strstr(fault.text, rows[i].words))
			fail_msg("'%s': at %u: %s", rows[i].path, fault.column, fault.text);
	}
	assert_int_equal(filter.nr_paths, 0);
	memset(text, 'a', PATH_MAX);
	text[0] = '/';
	text[PATH_MAX] = '\0';
	assert_int_equal(sct_path_add(&filter, text, &fault), -EINVAL);
	assert_non_null(strstr(fault.text, "at most 4095 bytes"));
	text[PATH_MAX - 1] = '\0';
	assert_int_equal(sct_path_add(&filter, text, &fault), 0);
	/* Together with the working directory it is too long. */
	assert_int_equal(sct_path_add(&filter, text + 1, &fault), -EINVAL);
	sct_path_free(&filter);
}

static void there_are_limits(void **state)
{
	struct sctrace_filter filter = { 0 };
	struct sct_fault fault = { 0 };
	char text[SCTRACE_MAX_CONTAINED_BYTES + 8];
	unsigned int i;

	(void)state;
	for (i = 0; i < SCTRACE_MAX_PATHS; i++) {
		snprintf(text, sizeof(text), "/nowhere/%u", i);
		assert_int_equal(sct_path_add(&filter, text, &fault), 0);
	}
	/* The same again is no more. */
	assert_int_equal(sct_path_add(&filter, text, &fault), 0);
	assert_int_equal(sct_path_add(&filter, "/nowhere/x", &fault), -EINVAL);
	assert_non_null(strstr(fault.text, "more than 64 paths"));
	assert_int_equal(filter.nr_paths, SCTRACE_MAX_PATHS);
	sct_path_free(&filter);
	memset(text, 'a', sizeof(text));
	text[0] = text[1 + SCTRACE_MAX_CONTAINED_BYTES] = '*';
	text[2 + SCTRACE_MAX_CONTAINED_BYTES] = '\0';
	assert_int_equal(sct_path_add(&filter, text, &fault), 0);
	assert_int_equal(sct_path_add(&filter, "*b*", &fault), -EINVAL);
	assert_non_null(strstr(fault.text, "more than 1024 bytes"));
	sct_path_free(&filter);
}

static void paths_match_as_their_stars_say(void **state)
{
	static const struct { const char *path, *what; bool cut, matches; } rows[] = {
		{ "/a/b", "/a/b", false, true }, { "/a/b", "/a/b", true, false }, { "/a/b", "/a/bc", false, false },
		{ "/a/b", "/a/", false, false }, { "/a/b", "x/a/b", false, false },
		{ "/a/*", "/a/", false, true }, { "/a/*", "/a/b", true, true }, { "/a/*", "/a", false, false },
		{ "*.so", "x.so", false, true }, { "*.so", "x.so", true, false }, { "*.so", ".so", false, true },
		{ "*.so", "so", false, false }, { "*.so", "x.so.6", false, false },
		{ "*b*", "b", false, true }, { "*b*", "abc", true, true }, { "*bc*", "abbc", false, true },
		{ "*bd*", "abc", false, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sctrace_filter filter = filter_of(rows[i].path);

		if (sct_path_matches(&filter, rows[i].what, strlen(rows[i].what), rows[i].cut) != rows[i].matches)
			fail_msg("%s %s", rows[i].path, rows[i].what);
		sct_path_free(&filter);
	}
}

/* ---- plans ---- */

/* "F" an FD step that is compared, "f" one that is not, "w" the working directory, "S" a path below the step
 * before, "s" any other.
 */
static const char *shape(const struct sct_plan_set *set, unsigned int abi, unsigned int nr)
{
	static char text[SCTRACE_MAX_PLAN_STEPS + 1];
	static const uint64_t args[6];
	struct sct_plan plan;
	char *at = text;
	unsigned int i;

	sct_plan_find(&plan, set, abi, nr, args, 6);
	for (i = 0; i < plan.nr_steps && plan.steps[i].when == SCTRACE_STEP_ENTER; i++) {
		const struct sctrace_step *step = &plan.steps[i];

		if (step->base == SCTRACE_BASE_CWD)
			*at++ = 'w';
		else if (step->op == SCTRACE_STEP_FD)
			*at++ = step->flags == SCTRACE_STEP_PATH ? 'F' : 'f';
		else
			*at++ = step->flags == (SCTRACE_STEP_PATH | SCTRACE_STEP_BELOW) ? 'S' : 's';
	}
	*at = '\0';
	return text;
}

static void plans_say_what_paths_are_compared_with(void **state)
{
	static const struct { unsigned int nr; const char *shape, *without; } rows[] = {
		{ OPENAT, "FS", "s" }, { OPEN, "wS", "s" }, { RENAME, "wSwS", "ss" }, { RENAMEAT2, "FSFS", "ss" },
		{ CLOSE, "F", "" }, { GETPID, "", "" },
		/* Its descriptor is not where a relative path begins. */
		{ INOTIFY_ADD_WATCH, "FwS", "s" },
	};
	struct sct_plan_options with = { .string_limit = 32, .paths = true }, without = { .string_limit = 32 };
	struct sct_plan_set set;
	size_t i;

	(void)state;
	assert_int_equal(sct_plan_set_build(&set, &with), 0);
	for (i = 0; i < COUNT(rows); i++)
		assert_string_equal(shape(&set, NATIVE, rows[i].nr), rows[i].shape);
	sct_plan_set_free(&set);
	assert_int_equal(sct_plan_set_build(&set, &without), 0);
	for (i = 0; i < COUNT(rows); i++)
		assert_string_equal(shape(&set, NATIVE, rows[i].nr), rows[i].without);
	sct_plan_set_free(&set);
}

/* ---- the module's check of such steps ---- */

static int module_says(struct sctrace_plans *made, struct sctrace_plan *plan, const struct sctrace_step *steps,
		       unsigned int n)
{
	uint32_t array, bad;

	*made = (struct sctrace_plans) { 0 };
	plan->nr_steps = n;
	return sctrace_plan_init(made, plan, 1, steps, n, 1 << 20, &array, &bad);
}

/* Steps and the answer: a mask of those to be run, -1: refused. */
static void path_steps_are_checked_and_found(void **state)
{
#define FD_AT(from, ...) { .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_##from, __VA_ARGS__ }
#define STRING_AT(from, ...) \
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_##from, .max = 4096, __VA_ARGS__ }
#define ARG_FD(...)	FD_AT(ARG, __VA_ARGS__)
#define CWD(...)	FD_AT(CWD, __VA_ARGS__)
#define STRING(...)	STRING_AT(ARG, __VA_ARGS__)
#define WORDS		{ .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .max = 48, \
			  .len_from = SCTRACE_LEN_MAX }
#define P		.flags = SCTRACE_STEP_PATH
#define DETAILS		.flags = SCTRACE_STEP_DETAILS
#define BELOW		.flags = SCTRACE_STEP_PATH | SCTRACE_STEP_BELOW
	static const struct { unsigned int n; struct sctrace_step steps[3]; long mask; } rows[] = {
		{ 1, { ARG_FD() }, 0 }, { 1, { ARG_FD(P) }, 1 }, { 1, { CWD() }, 0 }, { 2, { STRING(), STRING(P) }, 2 },
		{ 2, { ARG_FD(P), STRING(BELOW) }, 3 }, { 3, { STRING(), CWD(), STRING(BELOW) }, 6 },
		{ 3, { ARG_FD(P), ARG_FD(), STRING(P) }, 5 },
		{ 3, { STRING(), WORDS, FD_AT(STEP, P, .index = 1, .word = 8) }, 6 },
		{ 2, { WORDS, FD_AT(STEP, .index = 0, .word = 8) }, 0 },
		{ 1, { ARG_FD(DETAILS) }, 0 }, { 1, { ARG_FD(DETAILS | SCTRACE_STEP_PATH) }, 1 }, { 1, { CWD(DETAILS) }, 0 },
		{ 1, { { .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_RESULT, DETAILS } }, 0 },
		{ 1, { STRING(DETAILS) }, -1 }, { 2, { ARG_FD(), ARG_FD(DETAILS | SCTRACE_STEP_PATH | SCTRACE_STEP_BELOW) }, -1 },
		/* No FD before it; not with STEP; nothing of its own. */
		{ 1, { STRING(BELOW) }, -1 }, { 2, { STRING(), STRING(BELOW) }, -1 },
		{ 3, { WORDS, CWD(), STRING_AT(STEP, BELOW, .index = 0, .word = 8) }, -1 },
		{ 2, { ARG_FD(), STRING(.flags = SCTRACE_STEP_BELOW) }, -1 }, { 2, { ARG_FD(), ARG_FD(BELOW) }, -1 },
		/* Of memory that is no path; as the call returns; of several. */
		{ 1, { { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .max = 8,
			 .len_from = SCTRACE_LEN_MAX, P } }, -1 },
		{ 1, { { .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_ARG, P } }, -1 },
		{ 2, { WORDS, FD_AT(STEP, P, .index = 0, .word = 8, .stride = 8, .max_count = 2) }, -1 },
		{ 1, { CWD(P) }, -1 }, { 1, { CWD(.index = 1) }, -1 }, { 1, { STRING_AT(CWD) }, -1 },
		{ 1, { ARG_FD(.flags = SCTRACE_STEP_PATH | SCTRACE_STEP_UP_TO_RESULT) }, -1 }, { 1, { ARG_FD(.flags = 16) }, -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sctrace_plan plan = { .nr = 7, .nr_args = 6 };
		struct sctrace_plans made;
		int err = module_says(&made, &plan, rows[i].steps, rows[i].n);

		if ((rows[i].mask < 0) != (err == -EINVAL))
			fail_msg("row %zu: %d", i, err);
		if (err)
			continue;
		assert_int_equal(made.calls[0][7].path_steps, rows[i].mask);
		assert_int_equal(made.calls[0][7].has_paths, !!rows[i].mask);
		made.steps = NULL;
		sctrace_plan_free(&made);
	}
}

static void details_have_room_behind_the_longest_path(void **state)
{
	static const struct sctrace_step steps[] = { ARG_FD(), ARG_FD(DETAILS) };
	struct sctrace_plan plan = { .nr = 7, .nr_args = 6 };
	struct sctrace_plans made;
	uint32_t room[2];
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_int_equal(module_says(&made, &plan, steps + i, 1), 0);
		room[i] = made.calls[0][7].enter_max;
		made.steps = NULL;
		sctrace_plan_free(&made);
	}
	assert_true(room[1] - room[0] >= 1 + sizeof(struct sctrace_fd_socket) + 108);
	assert_int_equal(room[1] % 8, 0);
}

static void a_call_has_paths_if_a_variant_of_it_has(void **state)
{
	static const struct sctrace_step steps[] = { ARG_FD(P) };
	struct sctrace_plan plan = { .nr = 7, .nr_args = 6, .select_arg = 1, .select_mask = 1, .select_value = 1 };
	struct sctrace_plans made;

	(void)state;
	assert_int_equal(module_says(&made, &plan, steps, 1), 0);
	assert_int_equal(made.calls[0][7].path_steps, 0);
	assert_true(made.calls[0][7].has_paths);
	assert_false(made.calls[0][8].has_paths);
	assert_int_equal(made.variants[0].call.path_steps, 1);
	made.steps = NULL;
	sctrace_plan_free(&made);
}

static void every_plan_passes_the_modules_check(void **state)
{
	static const uint32_t machines[] = { AUDIT_ARCH_AARCH64, AUDIT_ARCH_X86_64 };
	static const struct sct_plan_options options[] = {
		{ .string_limit = 32, .paths = true }, { .string_limit = 32, .fd_paths = true, .paths = true },
		{ .string_limit = 32767, .verbose = true, .fd_paths = true, .fd_details = true, .paths = true },
	};
	uint32_t array = 0, bad = 0;
	size_t m, i;

	(void)state;
	for (m = 0; m < COUNT(machines); m++) {
		assert_int_equal(sct_calls_init(machines[m]), 0);
		for (i = 0; i < COUNT(options); i++) {
			struct sctrace_plans made = { 0 };
			struct sct_plan_set set;

			assert_int_equal(sct_plan_set_build(&set, &options[i]), 0);
			if (sctrace_plan_init(&made, set.plans, set.nr_plans, set.steps, set.nr_steps, 1 << 20, &array,
					      &bad))
				fail_msg("machine %#x, options %zu: array %u, index %u", machines[m], i, array, bad);
			made.steps = NULL;
			sctrace_plan_free(&made);
			sct_plan_set_free(&set);
		}
	}
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(a_path_is_asked_for_as_given_and_as_it_really_is),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(there_are_limits),
		cmocka_unit_test(paths_match_as_their_stars_say),
		cmocka_unit_test(plans_say_what_paths_are_compared_with),
		cmocka_unit_test(path_steps_are_checked_and_found),
		cmocka_unit_test(details_have_room_behind_the_longest_path),
		cmocka_unit_test(a_call_has_paths_if_a_variant_of_it_has),
		cmocka_unit_test(every_plan_passes_the_modules_check),
	};

	return cmocka_run_group_tests_name("sctrace_path", cases, setup, teardown);
}
