// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/filter/filter.c and set.c: from options to struct sctrace_filter. */
#include <errno.h>
#include <linux/audit.h>
#include <stdlib.h>

#include "bpf.h"
#include "calls.h"
#include "filter.h"
#include "made.h"
#include "set.h"

#define NATIVE	SCTRACE_ABI_NATIVE
#define COMPAT	SCTRACE_ABI_COMPAT
#define X32	SCTRACE_ABI_X32

static int setup(void **state)
{
	(void)state;
	return sct_calls_init(AUDIT_ARCH_X86_64);
}

/* The options are right; *f is for sct_filter_free(). */
static void build(struct sct_filter *f, const struct sct_filter_options *options)
{
	const char *option, *value;
	struct sct_fault fault = { 0 };

	if (sct_filter_build(f, options, &option, &value, &fault))
		fail_msg("%s '%s': at %u: %s", option, value, fault.column, fault.text);
	assert_int_equal(f->filter.size, sizeof(f->filter));
}

/* ---- the set of calls ---- */

static bool in_set(const char *text, unsigned int abi, unsigned int nr)
{
	struct sct_filter_options options = { .calls = text };
	struct sct_filter f;
	bool found;

	build(&f, &options);
	found = sct_set_has(f.filter.calls[abi], nr);
	sct_filter_free(&f);
	return found;
}

static void sets_have_what_their_words_say(void **state)
{
	static const struct { const char *text; unsigned int abi, nr; bool in; } rows[] = {
		{ "read", NATIVE, 0, true }, { "read", COMPAT, 3, true }, { "read", X32, 0, true },
		{ "read", NATIVE, 1, false }, { "read", COMPAT, 0, false },
		{ "read,openat", NATIVE, 257, true }, { "read,openat", NATIVE, 2, false },
		{ "!read,openat", NATIVE, 257, false }, { "!read,openat", NATIVE, 2, true },
		{ "!read", NATIVE, SCT_SET_OTHERS, true }, { "read", NATIVE, SCT_SET_OTHERS, false },
		{ "!read", NATIVE, 700, true }, { "all", NATIVE, SCT_SET_OTHERS, true },
		{ "all", COMPAT, 1000, true }, { "none", NATIVE, 0, false }, { "!none", NATIVE, 0, true },
		{ "!all", X32, 0, false },
		{ "read@64", NATIVE, 0, true }, { "read@64", COMPAT, 3, false }, { "read@64", X32, 0, false },
		{ "read@32", COMPAT, 3, true }, { "read@32", NATIVE, 0, false }, { "read@x32", X32, 0, true },
		{ "all@32", COMPAT, 9, true }, { "all@32", NATIVE, 9, false },
		{ "?nosuch,read", NATIVE, 0, true }, { "?nosuch", NATIVE, 0, false },
		{ "/^p?read(64)?$", NATIVE, 0, true }, { "/^p?read(64)?$", NATIVE, 17, true },
		{ "/^p?read(64)?$", NATIVE, 295, false }, { "/read@64", NATIVE, 295, true },
		{ "/read@64", COMPAT, 3, false }, { "?/nothing", NATIVE, 0, false },
		{ "5", NATIVE, 5, true }, { "5", COMPAT, 5, true }, { "5@64", COMPAT, 5, false },
		{ "%file", NATIVE, 2, true }, { "file", NATIVE, 257, true }, { "%file", NATIVE, 0, false },
		{ "%file", NATIVE, 79, true }, { "%file", COMPAT, 195, true }, { "%file", NATIVE, 466, true }, { "%file", NATIVE, 240, false },
		{ "%desc", NATIVE, 0, true }, { "%desc", NATIVE, 9, true }, { "%desc", NATIVE, 2, true },
		{ "%desc", NATIVE, 41, false }, { "%desc", NATIVE, 42, false }, { "%desc", NATIVE, 40, true },
		{ "%net", NATIVE, 41, true }, { "network", NATIVE, 41, true }, { "%network", NATIVE, 40, true },
		{ "%process", NATIVE, 59, true }, { "%process", NATIVE, 62, true }, { "%process", NATIVE, 39, false },
		{ "%signal", NATIVE, 13, true }, { "signal", NATIVE, 62, true }, { "signal", COMPAT, 48, true },
		{ "%ipc", NATIVE, 29, true }, { "%memory", NATIVE, 9, true }, { "%creds", NATIVE, 102, true },
		{ "%stat", NATIVE, 4, true }, { "%stat", NATIVE, 6, false }, { "%lstat", NATIVE, 6, true },
		{ "%fstat", NATIVE, 262, true }, { "%fstat", NATIVE, 332, true }, { "%%stat", NATIVE, 6, true },
		{ "%%stat", NATIVE, 137, false }, { "%statfs", NATIVE, 137, true }, { "%statfs", NATIVE, 138, false },
		{ "%fstatfs", NATIVE, 138, true }, { "%%statfs", NATIVE, 136, true }, { "%%statfs", COMPAT, 268, true },
		{ "%clock", NATIVE, 228, true }, { "%clock", COMPAT, 403, true }, { "%pure", NATIVE, 39, true },
		{ "%pure", NATIVE, 102, true }, { "!%pure,%file", NATIVE, 0, true }, { "!%pure,%file", NATIVE, 2, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (in_set(rows[i].text, rows[i].abi, rows[i].nr) != rows[i].in)
			fail_msg("'%s', ABI %u, number %u: %d", rows[i].text, rows[i].abi, rows[i].nr, !rows[i].in);
	}
}

/* What strace 6.1 shows with trace=%CLASS of a program that makes every call of x86_64. */
static void classes_are_straces(void **state)
{
	static const struct { const char *text; unsigned int n; } rows[] = {
		{ "%file", 67 }, { "%process", 16 }, { "%network", 21 }, { "%signal", 16 },
		{ "%ipc", 12 }, { "%desc", 123 }, { "%memory", 26 }, { "%creds", 19 },
		{ "%stat", 1 }, { "%lstat", 1 }, { "%fstat", 3 }, { "%%stat", 5 },
		{ "%statfs", 1 }, { "%fstatfs", 1 }, { "%%statfs", 3 }, { "%clock", 8 },
		{ "%pure", 8 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sct_filter_options options = { .calls = rows[i].text };
		struct sct_filter f;
		unsigned int nr, n = 0;

		build(&f, &options);
		/* Up to what it knew. */
		for (nr = 0; nr <= 450; nr++)
			n += nr != 15 && sct_set_has(f.filter.calls[NATIVE], nr);
		if (n != rows[i].n)
			fail_msg("%s: %u calls, strace has %u", rows[i].text, n, rows[i].n);
		sct_filter_free(&f);
	}
}

static void sigreturns_follow_their_call(void **state)
{
	static const struct { const char *text; uint8_t wanted[SCTRACE_ABI_COUNT]; } rows[] = {
		{ NULL, { 1, 1, 1 } }, { "read", { 0, 0, 0 } }, { "rt_sigreturn", { 1, 1, 1 } }, { "sigreturn", { 0, 1, 0 } },
		{ "rt_sigreturn@64", { 1, 0, 0 } }, { "!rt_sigreturn", { 0, 1, 0 } }, { "%signal", { 1, 1, 1 } },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sct_filter_options options = { .calls = rows[i].text };
		struct sct_filter f;

		build(&f, &options);
		assert_memory_equal(f.filter.sigreturns, rows[i].wanted, sizeof(rows[i].wanted));
		sct_filter_free(&f);
	}
}

/* Whether a call gets through set and program. */
static bool wanted(const struct sct_filter_options *options, const struct sctrace_filter_data *data)
{
	struct sct_filter f;
	bool yes;

	build(&f, options);
	yes = sct_set_has(f.filter.calls[data->abi], data->nr < SCT_SET_OTHERS ? data->nr : SCT_SET_OTHERS);
	if (yes && f.filter.program)
		yes = bpf_run((void *)(uintptr_t)f.filter.program, f.filter.nr_insns, data);
	sct_filter_free(&f);
	return yes;
}

/* socketcall's first argument says which call it is: 1 socket, 3 connect, 4 listen; 99 none. */
static void calls_through_socketcall_are_told_apart(void **state)
{
	static const struct { const char *text; unsigned int call; bool wanted; } rows[] = {
		{ "socket", 1, true }, { "socket", 3, false }, { "socket", 99, false },
		{ "socket,connect", 3, true }, { "socket,connect", 4, false }, { "%net", 4, true },
		{ "!socket", 1, false }, { "!socket", 3, true }, { "!socket", 99, true },
		{ "socketcall", 1, true }, { "socketcall", 99, true }, { "!socketcall", 1, false },
		{ "all", 99, true }, { "!%net", 3, false }, { "read", 1, false }, { "socket@64", 1, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sct_filter_options options = { .calls = rows[i].text };
		struct sctrace_filter_data data = { .abi = COMPAT, .nr = 102, .args[0] = rows[i].call };

		if (wanted(&options, &data) != rows[i].wanted)
			fail_msg("'%s', call %u: %d", rows[i].text, rows[i].call, !rows[i].wanted);
		data.abi = NATIVE;
		data.nr = 39;
		assert_int_equal(wanted(&options, &data), rows[i].text[0] == '!' || rows[i].text[0] == 'a');
	}
}

/* ---- descriptors ---- */

static void descriptors_are_any_argument_that_is_one(void **state)
{
	static const struct { struct sctrace_filter_data data; bool wanted; } rows[] = {
		{ { .nr = 0, .args = { 3 } }, true }, { { .nr = 0, .args = { 4 } }, false },
		{ { .nr = 0, .args = { 0xabc00000003, 3 } }, true }, { { .nr = 0, .args = { 5, 3, 3 } }, false },
		{ { .nr = 1, .args = { 7 } }, true }, { { .nr = 39, .args = { 3 } }, false },
		{ { .nr = 9, .args = { 3, 3, 3, 3, 7 } }, true }, { { .nr = 9, .args = { 3, 3, 3, 3, 8 } }, false },
		{ { .nr = 33, .args = { 3, 5 } }, true }, { { .nr = 33, .args = { 5, 7 } }, true },
		{ { .nr = 257, .args = { 7 } }, true }, { { .nr = 3, .abi = COMPAT, .args = { 7 } }, true },
		{ { .nr = 4, .abi = COMPAT, .args = { 1 } }, false }, { { .nr = 515, .abi = X32, .args = { 3 } }, true },
		{ { .nr = 42, .args = { 3 } }, true }, { { .nr = 264, .args = { 1, 0, 3 } }, true },
		{ { .nr = SCTRACE_NR_NONE, .args = { 3 } }, false },
	};
	struct sct_filter_options options = { .fds = "3,7" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (wanted(&options, &rows[i].data) != rows[i].wanted)
			fail_msg("row %zu", i);
	}
}

static void descriptors_and_an_expression_must_both_hold(void **state)
{
	struct sct_filter_options options = { .fds = "3", .where = "uid == 5", .calls = "read,write" };
	struct sctrace_filter_data data = { .nr = 0, .args = { 3 }, .uid = 5 };

	(void)state;
	assert_true(wanted(&options, &data));
	data.uid = 6;
	assert_false(wanted(&options, &data));
	data.uid = 5;
	data.args[0] = 4;
	assert_false(wanted(&options, &data));
}

/* ---- results, and the rest ---- */

static bool has_result(const struct sct_filter *f, unsigned int n)
{
	return f->filter.results[n / 64] >> n % 64 & 1;
}

static void results_are_bits(void **state)
{
	static const struct {
		struct sct_filter_options options;
		bool success, eperm, enoent, other;	/* 0, 1, 2, 191 */
	} rows[] = {
		{ { .calls = "read" }, true, true, true, true },
		{ { .status = "successful" }, true, false, false, false },
		{ { .status = "failed" }, false, true, true, true },
		{ { .status = "successful,failed" }, true, true, true, true },
		{ { .status = "all" }, true, true, true, true },
		{ { .status = "none" }, false, false, false, false },
		{ { .status = "!failed" }, true, false, false, false },
		{ { .status = "!successful" }, false, true, true, true },
		{ { .status = "!none" }, true, true, true, true },
		{ { .status = "!all" }, false, false, false, false },
		{ { .status = "!unfinished,detached" }, true, true, true, true },
		{ { .errnos = "ENOENT" }, false, false, true, false },
		{ { .errnos = "ENOENT,EPERM" }, false, true, true, false },
		{ { .errnos = "2,512" }, false, false, true, true },
		{ { .errnos = "!ENOENT" }, false, true, false, true },
		{ { .errnos = "ENOENT", .status = "successful" }, true, false, true, false },
		{ { .errnos = "ENOENT", .status = "failed" }, false, false, true, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sct_filter f;

		build(&f, &rows[i].options);
		if (has_result(&f, 0) != rows[i].success || has_result(&f, 1) != rows[i].eperm ||
		    has_result(&f, 2) != rows[i].enoent || has_result(&f, 191) != rows[i].other)
			fail_msg("row %zu", i);
		sct_filter_free(&f);
	}
}

/* strace's summary counts all, and so the module must hear of all. */
static void status_with_a_summary_is_of_lines(void **state)
{
	struct sct_filter_options options = { .status = "failed", .counted = true };
	struct sct_filter f;

	(void)state;
	build(&f, &options);
	assert_true(f.lines_by_status);
	assert_true(f.wanted);
	assert_true(has_result(&f, 0) && has_result(&f, 2) && has_result(&f, 191));
	/* A line comes when it is known how the call has ended. */
	assert_int_equal(f.filter.flags, SCTRACE_FILTER_WHOLE);
	assert_false(sct_filter_has_result(f.line_results, 0));
	assert_false(sct_filter_has_result(f.line_results, -4096));
	assert_true(sct_filter_has_result(f.line_results, -ENOENT));
	assert_true(sct_filter_has_result(f.line_results, -4095));
	sct_filter_free(&f);
	options.no_enter = true;
	build(&f, &options);
	assert_int_equal(f.filter.flags, SCTRACE_FILTER_NO_ENTER);
	sct_filter_free(&f);
	/* Errors by name are of both. */
	options = (struct sct_filter_options) { .status = "successful", .errnos = "ENOENT", .counted = true };
	build(&f, &options);
	assert_false(f.lines_by_status);
	assert_true(has_result(&f, 0) && has_result(&f, 2) && !has_result(&f, 1));
	sct_filter_free(&f);
}

static void durations_have_units(void **state)
{
	static const struct { const char *text; uint64_t ns; } rows[] = {
		{ "5", 5000 }, { "0", 0 }, { "7ns", 7 }, { "7us", 7000 }, { "10ms", 10000000 }, { "2s", 2000000000 },
		{ "1.5ms", 1500000 }, { "0.25", 250 }, { "1.0000000005s", 1000000000 }, { "18446744073s", 18446744073000000000u },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sct_filter_options options = { .min_duration = rows[i].text };
		struct sct_filter f;

		build(&f, &options);
		assert_int_equal(f.filter.min_duration, rows[i].ns);
		sct_filter_free(&f);
	}
}

static void the_rest_is_as_it_is_given(void **state)
{
	struct sct_filter_options options = { 0 };
	struct sct_filter f;

	(void)state;
	build(&f, &options);
	assert_false(f.wanted);
	sct_filter_free(&f);
	options.whole = true;
	options.sample = "100";
	options.rate = "1000000";
	build(&f, &options);
	assert_true(f.wanted);
	assert_int_equal(f.filter.flags, SCTRACE_FILTER_WHOLE);
	assert_int_equal(f.filter.sample, 100);
	assert_int_equal(f.filter.rate, 1000000);
	assert_int_equal(f.filter.program, 0);
	assert_int_equal(f.filter.nr_insns, 0);
	assert_int_equal(f.filter.calls[X32][15], UINT64_MAX);
	sct_filter_free(&f);
	options = (struct sct_filter_options) { .rate = "1" };
	build(&f, &options);
	assert_true(f.wanted);
	assert_int_equal(f.filter.rate, 1);
	assert_int_equal(f.filter.flags, 0);
	sct_filter_free(&f);
	options = (struct sct_filter_options) { .where = "errno == ENOENT" };
	build(&f, &options);
	assert_int_equal(f.filter.flags, SCTRACE_FILTER_AT_EXIT);
	assert_true(f.filter.nr_insns > 0);
	sct_filter_free(&f);
}

static void what_takes_the_beginning_of_a_call_is_refused_without_it(void **state)
{
	const char *paths[] = { "/etc/passwd" };
	const struct sct_filter_options rows[] = {
		{ .no_enter = true, .min_duration = "10ms" },
		{ .no_enter = true, .where = "duration > 1ms" },
		{ .no_enter = true, .paths = paths, .nr_paths = 1 },
	};
	static const char *const options[] = { "--min-duration", "--where", "-P" };
	struct sct_filter_options good = { .no_enter = true, .where = "result == 0", .status = "failed", .rate = "1" };
	const char *option, *value;
	struct sct_fault fault;
	struct sct_filter f;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(sct_filter_build(&f, &rows[i], &option, &value, &fault), -EINVAL);
		assert_string_equal(option, options[i]);
		assert_non_null(strstr(fault.text, "--no-enter"));
		sct_filter_free(&f);
	}
	build(&f, &good);
	assert_int_equal(f.filter.flags, SCTRACE_FILTER_NO_ENTER | SCTRACE_FILTER_AT_EXIT);
	sct_filter_free(&f);
}

static void paths_are_handed_on(void **state)
{
	const char *paths[] = { "/nowhere/a", "*.so" };
	struct sct_filter_options options = { .paths = paths, .nr_paths = 2 };
	const struct sctrace_path *list;
	struct sct_filter f;

	(void)state;
	build(&f, &options);
	assert_true(f.wanted);
	assert_int_equal(f.filter.flags, 0);
	assert_int_equal(f.filter.nr_paths, 2);
	list = (const void *)(uintptr_t)f.filter.paths;
	assert_int_equal(list[0].match, SCTRACE_MATCH_EXACT);
	assert_int_equal(list[1].match, SCTRACE_MATCH_SUFFIX);
	assert_int_equal(list[1].offset, 10);
	assert_int_equal(list[1].length, 3);
	assert_int_equal(f.filter.path_text_bytes, 13);
	sct_filter_free(&f);
}

static void mistakes_are_told(void **state)
{
	static const char *paths[] = { "/a", "a*b" };
	static const struct {
		struct sct_filter_options options;
		const char *option;
		unsigned int column;
		const char *words;
	} rows[] = {
		{ { .calls = "read,opne", .calls_option = "-e trace" }, "-e trace", 6, "there is no system call 'opne'" },
		{ { .calls = "!read,", .calls_option = "--only" }, "--only", 7, "expected the name of a system call" },
		{ { .calls = "", .calls_option = "--only" }, "--only", 1, "expected the name of a system call" },
		{ { .calls = "?", .calls_option = "--only" }, "--only", 2, "expected the name of a system call" },
		{ { .calls = "%nosuch", .calls_option = "--only" }, "--only", 1, "there is no class '%nosuch'" },
		{ { .calls = "creds", .calls_option = "--only" }, "--only", 1, "there is no system call 'creds'" },
		{ { .calls = "a,/x[", .calls_option = "--only" }, "--only", 4, "'x[' is no regular expression" },
		{ { .calls = "/nothing", .calls_option = "--only" }, "--only", 1, "there is no system call '/nothing'" },
		{ { .calls = "read@16", .calls_option = "--only" }, "--only", 5, "expected @64, @32 or @x32, not '@16'" },
		{ { .calls = "stat64@64", .calls_option = "--only" }, "--only", 1, "no 64-bit system call 'stat64'" },
		{ { .status = "failed,unfinished", .status_option = "-e status" }, "-e status", 8, "has not" },
		{ { .status = "detached", .status_option = "-e status" }, "-e status", 1, "has not" },
		{ { .status = "!good", .status_option = "-e status" }, "-e status", 2, "'good' is no status" },
		{ { .status = "good", .status_option = "-e status" }, "-e status", 1, "'good' is no status" },
		{ { .errnos = "ENOENT,EFOO" }, "--errno", 8, "'EFOO' is no error" },
		{ { .errnos = "0" }, "--errno", 1, "'0' is no error" },
		{ { .errnos = "4096" }, "--errno", 1, "'4096' is no error" },
		{ { .min_duration = "10m" }, "--min-duration", 0, "write a duration" },
		{ { .min_duration = "-1" }, "--min-duration", 0, "write a duration" },
		{ { .min_duration = "18446744074s" }, "--min-duration", 0, "write a duration" },
		{ { .sample = "0" }, "--sample", 0, "from 1 on" },
		{ { .sample = "1/2" }, "--sample", 0, "from 1 on" },
		{ { .rate = "0" }, "--rate", 0, "from 1 to 1000000" },
		{ { .rate = "1000001" }, "--rate", 0, "from 1 to 1000000" },
		{ { .rate = "5/s" }, "--rate", 0, "from 1 to 1000000" },
		{ { .rate = "-1" }, "--rate", 0, "from 1 to 1000000" },
		{ { .fds = "1,x", .fds_option = "--fd" }, "--fd", 3, "'x' is no file descriptor" },
		{ { .fds = "-1", .fds_option = "--fd" }, "--fd", 1, "'-1' is no file descriptor" },
		{ { .paths = paths, .nr_paths = 2 }, "-P", 2, "a * can stand only" },
		{ { .where = "uid ==" }, "--where", 7, "expected" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const char *option = NULL, *value;
		struct sct_fault fault = { 0 };
		struct sct_filter f;

		if (sct_filter_build(&f, &rows[i].options, &option, &value, &fault) != -EINVAL)
			fail_msg("row %zu is accepted", i);
		if (strcmp(option, rows[i].option) || fault.column != rows[i].column ||
		    !strstr(fault.text, rows[i].words))
			fail_msg("row %zu: %s '%s': at %u: %s", i, option, value, fault.column, fault.text);
		sct_filter_free(&f);
	}
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(sets_have_what_their_words_say),
		cmocka_unit_test(classes_are_straces),
		cmocka_unit_test(sigreturns_follow_their_call),
		cmocka_unit_test(calls_through_socketcall_are_told_apart),
		cmocka_unit_test(descriptors_are_any_argument_that_is_one),
		cmocka_unit_test(descriptors_and_an_expression_must_both_hold),
		cmocka_unit_test(results_are_bits),
		cmocka_unit_test(status_with_a_summary_is_of_lines),
		cmocka_unit_test(durations_have_units),
		cmocka_unit_test(the_rest_is_as_it_is_given),
		cmocka_unit_test(what_takes_the_beginning_of_a_call_is_refused_without_it),
		cmocka_unit_test(paths_are_handed_on),
		cmocka_unit_test(mistakes_are_told),
	};

	return cmocka_run_group_tests_name("sctrace_filter", cases, setup, NULL);
}
