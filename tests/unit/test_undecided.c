// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/filter/undecided.c: calls of which the module could not tell whether they access a path. */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>

#include "calls.h"
#include "made.h"
#include "pair.h"
#include "path.h"
#include "record.h"
#include "strace.h"
#include "undecided.h"

/* By the tables of x86_64; their plans with -P are "w" and a string; FD and a string; FD. */
#define OPEN	2
#define CLOSE	3
#define EXECVE	59
#define CHDIR	80
#define OPENAT	257

#define FAULT	SCTRACE_PIECE_FAULT
#define LATE	SCTRACE_PIECE_LATE
#define CUT	SCTRACE_PIECE_CUT

struct copy {
	const char *text;		/* NULL: there is no piece */
	uint8_t flags;
	uint16_t behind;		/* bytes behind the text */
};

/* One call: what of step 0 (an FD) and of step 1 (a string) is in ENTER, EXIT, LATE. */
struct row {
	const char *path;		/* -P */
	uint64_t args[2];
	struct copy fd[3], string[3];
	bool wanted;
};

static struct sct_plan_set plans;

static int setup(void **state)
{
	struct sct_plan_options how = { .string_limit = 32, .paths = true };

	(void)state;
	return sct_calls_init(AUDIT_ARCH_X86_64) || sct_plan_set_build(&plans, &how);
}

static int teardown(void **state)
{
	(void)state;
	sct_plan_set_free(&plans);
	return 0;
}

static struct sctrace_filter filter_of(const char *path)
{
	struct sctrace_filter filter = { 0 };
	struct sct_fault fault;

	assert_int_equal(sct_path_add(&filter, path, &fault), 0);
	return filter;
}

static void add(struct made *m, uint8_t step, const struct copy *copy)
{
	if (copy->text)
		made_piece(m, step, copy->flags, 0, copy->text, strlen(copy->text) + copy->behind);
}

static bool wanted(const struct row *row, uint16_t nr, int64_t result, bool as_one)
{
	struct sctrace_filter filter = filter_of(row->path);
	struct made enter, ret, late;
	struct sct_record enter_rec, ret_rec, late_rec;
	struct sct_call call = { 0 };
	bool yes;

	made_enter(&enter, nr, 2, row->args);
	add(&enter, 0, &row->fd[0]);
	add(&enter, 1, &row->string[0]);
	made_exit(&ret, nr, result);
	if (as_one)
		made_call(&ret, nr, 2, row->args, result, 1);
	add(&ret, 0, &row->fd[1]);
	add(&ret, 1, &row->string[1]);
	made_late(&late);
	add(&late, 0, &row->fd[2]);
	add(&late, 1, &row->string[2]);
	made_parse(&enter, &enter_rec);
	made_parse(&ret, &ret_rec);
	made_parse(&late, &late_rec);
	assert_int_equal(sct_call_keep(&call, as_one ? &ret_rec : &enter_rec, false), 0);
	yes = sct_undecided_wanted(&filter, &plans, &call, &ret_rec, late_rec.pieces);
	free(call.pieces.bytes);
	sct_path_free(&filter);
	return yes;
}

static void the_rule_is_the_modules(void **state)
{
	static const struct row rows[] = {
		/* The first copy that is whole counts. */
		{ "/a", { 3, 4 }, { { "/x" } }, { { "", FAULT }, { "/a", LATE } }, true },
		{ "/a", { 3, 4 }, { { "/x" } }, { { "", FAULT }, { "/b", LATE } }, false },
		{ "/a", { 3, 4 }, { { "/x" } }, { { "", FAULT }, { "", FAULT | LATE }, { "/a", LATE } }, true },
		{ "/a", { 3, 4 }, { { "/x" } }, { { "", FAULT }, { "", FAULT | LATE }, { "/b", LATE } }, false },
		{ "/a", { 3, 4 }, { { "/x" } }, { { "/a" }, { "/b", LATE } }, true },
		{ "/a", { 3, 4 }, { { "/x" }, { "/a", LATE } }, { { "/b" } }, false },
		/* By its descriptor. */
		{ "/x", { 3, 4 }, { { "/x" } }, { { "/b" } }, true },
		{ "/x", { 3, 4 }, { { "", FAULT }, { "", FAULT }, { "/x", LATE } }, { { "/b" } }, true },
		{ "/x", { (uint64_t)AT_FDCWD, 4 }, { { "/x" } }, { { "/b" } }, false },
		{ "/x", { (uint32_t)AT_FDCWD, 4 }, { { "/x" } }, { { "/b" } }, false },
		/* What it is besides, behind the path, is nothing to compare. */
		{ "/x", { 3, 4 }, { { "/x\0/y", .behind = 3 } }, { { "/b" } }, true },
		{ "*y", { 3, 4 }, { { "/x\0/y", .behind = 3 } }, { { "/b" } }, false },
		{ "/x/a", { 3, 4 }, { { "/x\0/y", .behind = 3 } }, { { "a" } }, true },
		/* Relative. */
		{ "/x/a", { 3, 4 }, { { "/x" } }, { { "", FAULT }, { "a", LATE } }, true },
		{ "/x/a", { (uint64_t)AT_FDCWD, 4 }, { { "/x" } }, { { "a" } }, true },
		{ "/a", { 3, 4 }, { { "/" } }, { { "a" } }, true },
		{ "/x/a", { 3, 4 }, { { "/x" } }, { { ".///./a" } }, true },
		{ "/x/.a", { 3, 4 }, { { "/x" } }, { { ".a" } }, true },
		{ "/x/../a", { 3, 4 }, { { "/x" } }, { { "../a" } }, true },
		{ "/x", { (uint64_t)AT_FDCWD, 4 }, { { "/x" } }, { { "." } }, true },
		{ "/x", { (uint64_t)AT_FDCWD, 4 }, { { "/x" } }, { { "./" } }, true },
		{ "/x/*", { (uint64_t)AT_FDCWD, 4 }, { { "/x" } }, { { "." } }, false },
		{ "/x", { (uint64_t)AT_FDCWD, 4 }, { { "/x" } }, { { "" } }, false },
		{ "*/a", { (uint64_t)-1, 4 }, { { "" } }, { { "a" } }, false },
		{ "*a", { (uint64_t)-1, 4 }, { { "" } }, { { "a" } }, true },
		/* Cut by its limit; and by the record. */
		{ "*x*", { (uint64_t)-1, 4 }, { { "" } }, { { "/x", CUT } }, true },
		/* No memory there at all; no address. */
		{ "/a", { 3, 4 }, { { "/x" } }, { { "", FAULT }, { "", FAULT | LATE }, { "", FAULT | LATE } }, false },
		{ "/a", { 3, 0 }, { { "/x" } }, { { NULL } }, false },
		/* What is not known is shown: the late piece is missing; no room for it; nothing open there any more. */
		{ "/a", { 3, 4 }, { { "/x" } }, { { "", FAULT }, { "", FAULT | LATE } }, true },
		{ "/a", { 3, 4 }, { { "/x" } }, { { NULL } }, true },
		{ "/a", { 3, 4 }, { { NULL } }, { { "b" } }, true },
		{ "/a", { 3, 4 }, { { "", FAULT }, { "", FAULT }, { "", LATE } }, { { "/b" } }, true },
		{ "/a", { (uint64_t)-1, 4 }, { { "", FAULT }, { "", FAULT }, { "", LATE } }, { { "/b" } }, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (wanted(&rows[i], OPENAT, -ENOENT, false) != rows[i].wanted)
			fail_msg("row %zu", i);
	}
}

static void calls_without_a_directory_begin_at_the_working_directory(void **state)
{
	static const struct row rows[] = {
		{ "/x/a", { 4 }, { { "/x" } }, { { "", FAULT }, { "a", LATE } }, true },
		{ "/y/a", { 4 }, { { "/x" } }, { { "", FAULT }, { "a", LATE } }, false },
		/* It alone is no path of the call's. */
		{ "/x", { 4 }, { { "/x" } }, { { "/a" } }, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (wanted(&rows[i], OPEN, -ENOENT, false) != rows[i].wanted)
			fail_msg("row %zu", i);
	}
}

static void what_was_never_open_is_no_path(void **state)
{
	static const struct row row = { "/a", { 3, 4 }, { { "", FAULT }, { "", FAULT }, { "", LATE } }, { { "/b" } } };

	(void)state;
	assert_true(wanted(&row, OPENAT, -ENOENT, false));
	assert_false(wanted(&row, OPENAT, -EBADF, false));
}

static void working_directory_that_the_call_has_changed_is_not_known(void **state)
{
	static const struct row late = { "/x/a", { 4 }, { { "", FAULT }, { "", FAULT }, { "/x/a", LATE } }, { { "a" } } };
	static const struct row early = { "/y/a", { 4 }, { { "/x" } }, { { "a" } } };

	(void)state;
	assert_true(wanted(&late, CHDIR, 0, false));
	assert_false(wanted(&late, CHDIR, -ENOENT, false));
	assert_false(wanted(&early, CHDIR, 0, false));
}

static void calls_in_one_record_are_decided_too(void **state)
{
	static const struct row rows[] = {
		{ "/a", { 3, 4 }, { [1] = { "/x", LATE } }, { [1] = { "/a", LATE } }, true },
		{ "/a", { 3, 4 }, { [1] = { "/x", LATE } }, { [1] = { "/b", LATE } }, false },
		{ "/a", { 3, 4 }, { [1] = { "/x", LATE } }, { [1] = { "", FAULT | LATE }, [2] = { "/b", LATE } }, false },
		{ "/a", { 3, 4 }, { [1] = { "/a", LATE } }, { [1] = { "/b", LATE } }, true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (wanted(&rows[i], OPENAT, -ENOENT, true) != rows[i].wanted)
			fail_msg("row %zu", i);
	}
}

/* execve("/a"…) whose path was not read in time; what its memory holds afterwards is another program's. */
static bool exec_wanted(const char *path, const char *image, struct copy early, bool as_one)
{
	static const uint64_t args[] = { 0x1000, 0, 0 };
	static const struct copy cwd = { "/x" }, later = { "/later", LATE };
	struct sctrace_filter filter = filter_of(path);
	struct made enter, ret, exec;
	struct sct_record enter_rec, ret_rec, exec_rec;
	struct sct_call call = { 0 };
	bool yes;

	made_enter(&enter, EXECVE, 3, args);
	add(&enter, 0, &cwd);
	add(&enter, 1, &early);
	made_exit(&ret, EXECVE, 0);
	if (as_one) {
		made_call(&ret, EXECVE, 3, args, 0, 1);
		add(&ret, 0, &cwd);
		add(&ret, 1, &later);
	}
	made_exec(&exec, TID);
	made_piece(&exec, SCTRACE_IMAGE_PATH, 0, strlen(image), image, strlen(image));
	made_parse(&enter, &enter_rec);
	made_parse(&ret, &ret_rec);
	made_parse(&exec, &exec_rec);
	assert_int_equal(sct_call_keep(&call, as_one ? &ret_rec : &enter_rec, false), 0);
	assert_int_equal(sct_keep(&call.image, exec_rec.pieces.bytes, exec_rec.pieces.len), 0);
	yes = sct_undecided_wanted(&filter, &plans, &call, &ret_rec, (struct sct_pieces) { 0 });
	free(call.pieces.bytes);
	free(call.image.bytes);
	sct_path_free(&filter);
	return yes;
}

static void an_execs_path_is_that_of_the_new_image(void **state)
{
	static const struct copy fault = { "", FAULT }, early = { "/a" };

	(void)state;
	assert_true(exec_wanted("/a", "/a", fault, false));
	assert_false(exec_wanted("/b", "/a", fault, false));
	assert_true(exec_wanted("/x/a", "./a", fault, false));
	assert_true(exec_wanted("/a", "/a", fault, true));
	assert_false(exec_wanted("/later", "/a", fault, true));
	/* A path that was read counts; of execveat it is not known. */
	assert_true(exec_wanted("/a", "/b", early, false));
	assert_true(exec_wanted("/b", "/dev/fd/3/a", fault, false));
}

/* ---- events ---- */

struct trace {
	struct sctrace_filter filter;
	struct sct_tasks tasks;
	struct sct_strace out;
	struct made made;
	char *text;
	size_t len;
};

static void show(struct trace *t)
{
	struct sct_record rec;
	struct sct_event event;

	made_parse(&t->made, &rec);
	if (sct_pair(&t->tasks, &rec, &event) != 1)
		return;
	if (sct_undecided_take(&t->filter, &plans, &event))
		sct_strace_event(&t->out, &event);
	sct_pair_done(&t->tasks, &event);
}

static void make_openat(struct trace *t, bool undecided)
{
	static const uint64_t args[] = { (uint64_t)AT_FDCWD, 0x1000, 0, 0 };

	made_enter(&t->made, OPENAT, 4, args);
	made_piece(&t->made, 0, 0, 2, "/x", 2);
	made_piece(&t->made, 1, undecided ? FAULT : 0, undecided ? 0 : 2, "/a", undecided ? 0 : 2);
	t->made.hdr.flags = undecided ? SCTRACE_HDR_UNDECIDED : 0;
	show(t);
}

static void make_return(struct trace *t, const char *late)
{
	made_exit(&t->made, OPENAT, 3);
	if (late)
		made_piece(&t->made, 1, LATE, strlen(late), late, strlen(late));
	show(t);
}

static void what_is_undecided_waits_for_its_return(void **state)
{
	static const char *const lines = "openat(AT_FDCWD, \"/a\", O_RDONLY)        = 3\n";
	struct trace t = { .filter = filter_of("/a") };

	(void)state;
	t.out = (struct sct_strace) { .out = open_memstream(&t.text, &t.len), .plans = &plans, .tasks = &t.tasks };
	make_openat(&t, true);
	sct_strace_flush(&t.out);
	assert_int_equal(t.len, 0);
	assert_non_null(sct_tasks_undecided(&t.tasks));
	make_return(&t, "/a");
	assert_null(sct_tasks_undecided(&t.tasks));
	sct_strace_flush(&t.out);
	assert_string_equal(t.text, lines);
	make_openat(&t, true);
	make_return(&t, "/b");
	sct_strace_flush(&t.out);
	assert_string_equal(t.text, lines);
	/* One that the module has decided about is shown at once, whatever it is. */
	make_openat(&t, false);
	sct_strace_flush(&t.out);
	assert_string_equal(t.text + strlen(lines), "openat(AT_FDCWD, \"/a\", O_RDONLY");
	make_return(&t, NULL);
	/* A return without an entry is shown. */
	make_return(&t, NULL);
	sct_strace_finish(&t.out, "");
	assert_non_null(strstr(t.text, "<... openat resumed>) "));
	fclose(t.out.out);
	free(t.text);
	sct_strace_free(&t.out);
	sct_tasks_free(&t.tasks);
	sct_path_free(&t.filter);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(the_rule_is_the_modules),
		cmocka_unit_test(calls_without_a_directory_begin_at_the_working_directory),
		cmocka_unit_test(what_was_never_open_is_no_path),
		cmocka_unit_test(working_directory_that_the_call_has_changed_is_not_known),
		cmocka_unit_test(calls_in_one_record_are_decided_too),
		cmocka_unit_test(an_execs_path_is_that_of_the_new_image),
		cmocka_unit_test(what_is_undecided_waits_for_its_return),
	};

	return cmocka_run_group_tests_name("sctrace_undecided", cases, setup, teardown);
}
