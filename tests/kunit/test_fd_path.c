// SPDX-License-Identifier: GPL-2.0-only
/* module/fd_path.c, and steps that say what a descriptor is. */
#include "../../module/fd_path.c"

#include <linux/fdtable.h>
#include <linux/shmem_fs.h>

#include "trial.h"
#include "user.h"

#define NAME	"/a name of 32 bytes and so many more (deleted)"

/* Kernel threads share a table of descriptors: what is put into it is taken out by the test. */
static int put_file(struct kunit *test)
{
	struct file *file = shmem_file_setup("a name of 32 bytes and so many more", PAGE_SIZE, 0);
	int fd;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, file);
	fd = get_unused_fd_flags(O_CLOEXEC);
	if (fd < 0)
		fput(file);
	KUNIT_ASSERT_GE(test, fd, 0);
	fd_install(fd, file);
	return fd;
}

static void fd_path_is_whole_or_does_not_fit(struct kunit *test)
{
	u32 len = strlen(NAME), max;
	int fd = put_file(test), n;
	char to[128];

	KUNIT_EXPECT_EQ(test, sctrace_fd_path(fd, to, sizeof(to), false, false), len);
	KUNIT_EXPECT_MEMEQ(test, to, NAME, len);
	for (max = 1; max <= len + 1; max++) {
		char *exact = kunit_kmalloc(test, max, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, exact);
		/* KASAN sees what is written behind. */
		n = sctrace_fd_path(fd, exact, max, true, false);
		KUNIT_EXPECT_EQ(test, n, max <= len ? -ENAMETOOLONG : (int)len);
		kunit_kfree(test, exact);
	}
	KUNIT_EXPECT_EQ(test, close_fd(fd), 0);
	KUNIT_EXPECT_EQ(test, sctrace_fd_path(fd, to, sizeof(to), false, false), -EBADF);
	KUNIT_EXPECT_EQ(test, sctrace_fd_path(-1, to, sizeof(to), false, false), -EBADF);
	KUNIT_EXPECT_EQ(test, sctrace_fd_path(INT_MAX, to, sizeof(to), false, false), -EBADF);
}

static void fd_path_of_the_working_directory(struct kunit *test)
{
	const char *own = own_directory(test);
	int len = strlen(own);
	char to[256];

	KUNIT_EXPECT_EQ(test, sctrace_fd_path(AT_FDCWD, to, sizeof(to), false, false), len);
	KUNIT_EXPECT_MEMEQ(test, to, own, len);
	KUNIT_EXPECT_EQ(test, sctrace_fd_path(AT_FDCWD, to, len + 1, true, true), len);
	KUNIT_EXPECT_EQ(test, sctrace_fd_path(AT_FDCWD, to, len, true, true), -ENAMETOOLONG);
}

static void a_step_says_what_a_descriptor_is(struct kunit *test)
{
	u32 len = strlen(NAME);
	struct trial *t = new_trial(test);
	int fd = put_file(test);

	t->args[0] = fd;
	add(t, SCTRACE_STEP_FD, SCTRACE_BASE_ARG, 0, 0);
	run_trial(t);
	expect_piece(t, 0, 0, 0, len, NAME, len);
	/* The upper half of an int says nothing. */
	t->args[0] |= 0xabcd00000000;
	run_trial(t);
	expect_piece(t, 0, 0, 0, len, NAME, len);
	/* No room for it: nothing of it. */
	t->room = 8 + len / 8 * 8;
	run_trial(t);
	expect_piece(t, 0, 0, SCTRACE_PIECE_CUT, 0, "", 0);
	t->room = 0;
	/* As a result; of an error there is none, even if it has AT_FDCWD's value. */
	t->steps[0].when = SCTRACE_STEP_EXIT_ALWAYS;
	t->steps[0].base = SCTRACE_BASE_RESULT;
	t->result = fd;
	run_trial(t);
	expect_piece(t, 0, 0, 0, len, NAME, len);
	t->result = AT_FDCWD;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
	KUNIT_EXPECT_EQ(test, close_fd(fd), 0);
	/* None is there: a piece that says nothing. */
	t->result = fd;
	run_trial(t);
	expect_piece(t, 0, 0, 0, 0, "", 0);
	KUNIT_EXPECT_FALSE(test, t->c.faulted);
}

static void a_step_says_what_the_working_directory_is(struct kunit *test)
{
	const char *own = own_directory(test);
	struct trial *t = new_trial(test);
	u32 len = strlen(own);

	t->args[0] = AT_FDCWD;
	add(t, SCTRACE_STEP_FD, SCTRACE_BASE_ARG, 0, 0);
	add(t, SCTRACE_STEP_FD, SCTRACE_BASE_CWD, 0, 0);
	run_at_once(t);
	expect_piece(t, 0, 0, 0, len, own, len);
	expect_piece(t, 1, 1, 0, len, own, len);
	/* As an unsigned int. */
	t->args[0] = (u32)AT_FDCWD;
	run_trial(t);
	expect_piece(t, 0, 0, 0, len, own, len);
}

/* Where one lies whose turn is after the last that was read at once: of so many, or after less if they took their time. */
static u32 first_that_takes_sleeping(const struct trial *t)
{
	u32 i = 1;

	while (i < t->nr_pieces && !(t->pieces[i]->flags & SCTRACE_PIECE_FAULT))
		i++;
	return i;
}

/* Each takes as long as many plain pieces: so many of them, and the rest takes sleeping. */
static void many_descriptors_take_sleeping(struct kunit *test)
{
	const char *own = own_directory(test);
	u32 len = strlen(own), words[100], i, first;
	struct trial *t = new_trial(test);

	for (i = 0; i < ARRAY_SIZE(words); i++)
		words[i] = AT_FDCWD;
	t->may_sleep = true;
	t->args[0] = user_copy(test, words, sizeof(words));
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_ARG, 0, sizeof(words));
	add_each(t, SCTRACE_STEP_FD, 0, 0, 4, 0)->word = 4;
	run_trial(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 101);
	expect_piece(t, 100, 1, 0, len, own, len);
	t->may_sleep = false;
	run_trial(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 101);
	first = first_that_takes_sleeping(t);
	KUNIT_ASSERT_GE(test, first, 2);
	KUNIT_EXPECT_LE(test, first, 65);
	for (i = 1; i < first; i++)
		expect_piece(t, i, 1, 0, len, own, len);
	for (i = first; i < 101; i++)
		expect_piece(t, i, 1, SCTRACE_PIECE_FAULT, 0, "", 0);
	KUNIT_EXPECT_TRUE(test, t->c.faulted);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(fd_path_is_whole_or_does_not_fit),
	KUNIT_CASE(fd_path_of_the_working_directory),
	KUNIT_CASE(a_step_says_what_a_descriptor_is),
	KUNIT_CASE(a_step_says_what_the_working_directory_is),
	KUNIT_CASE(many_descriptors_take_sleeping),
	{}
};

static struct kunit_suite suite = { .name = "sctrace_fd_path", .test_cases = cases };

kunit_test_suite(suite);
