// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/lib/task_container.c: which container a task is in. */
#include <unistd.h>

#include "made.h"
#include "task_container.h"
#include "tree.h"

#define A	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B	"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static int setup(void **state)
{
	int err = tree_make(state);

	tree_put_task("1", "mnt:[1]", "pid:[4026531836]", "0::/init.scope\n");
	return err;
}

static void assert_in(uint32_t tid, const char *expected)
{
	char id[SCT_CONTAINER_DIGITS + 1];

	assert_true(sct_task_container(tree_root(), tid, id));
	assert_string_equal(id, expected);
}

static void id_is_that_of_the_control_group(void **state)
{
	(void)state;
	tree_put_task("7", "mnt:[2]", "pid:[3]", "1:cpu:/" B "\n0::/system.slice/docker-" A ".scope\n");
	assert_in(7, A);
	tree_put_task("7", "mnt:[2]", "pid:[3]", "0::/kubepods/" A "/" B "/init\n");
	assert_in(7, B);
	/* Its pid namespace is the initial one. */
	tree_put_task("7", "mnt:[2]", "pid:[4026531836]", "0::/libpod-" A ".scope\n");
	assert_in(7, A);
}

static void some_processes_are_in_none(void **state)
{
	(void)state;
	tree_put_task("7", "mnt:[2]", "pid:[3]", "0::/user.slice\n");
	assert_in(7, "");
	/* A digit more is no id, and short runs beside one do not count. */
	tree_put_task("7", "mnt:[2]", "pid:[3]", "0::/a" A "\n");
	assert_in(7, "");
	tree_put_task("7", "mnt:[2]", "pid:[3]", "0::/x" A "x/aa\n");
	assert_in(7, A);
	/* What minds a container is not in it. */
	tree_put_task("7", "mnt:[1]", "pid:[4026531836]", "0::/libpod-conmon-" A ".scope\n");
	assert_in(7, "");
}

static void of_one_that_is_gone_it_cannot_be_told(void **state)
{
	char id[SCT_CONTAINER_DIGITS + 1], path[4096];

	(void)state;
	assert_false(sct_task_container(tree_root(), 8, id));
	/* It ends in between. */
	tree_put_task("8", "mnt:[2]", "pid:[3]", "0::/" A "\n");
	snprintf(path, sizeof(path), "%s/proc/8/ns/pid", tree_root());
	unlink(path);
	assert_false(sct_task_container(tree_root(), 8, id));
	assert_string_equal(id, "");
}

static void numbers_are_ours_in_the_initial_namespace(void **state)
{
	(void)state;
	assert_false(sct_proc_numbers_are_ours(tree_root()));
	tree_put_task("self", "mnt:[1]", "pid:[4026531836]", "0::/\n");
	assert_true(sct_proc_numbers_are_ours(tree_root()));
	tree_put_task("self", "mnt:[1]", "pid:[4026532222]", "0::/\n");
	assert_false(sct_proc_numbers_are_ours(tree_root()));
}

#define CASE(f)	cmocka_unit_test_setup_teardown(f, setup, tree_remove)

int main(void)
{
	const struct CMUnitTest cases[] = {
		CASE(id_is_that_of_the_control_group),
		CASE(some_processes_are_in_none),
		CASE(of_one_that_is_gone_it_cannot_be_told),
		CASE(numbers_are_ours_in_the_initial_namespace),
	};

	return cmocka_run_group_tests_name("sctrace_task_container", cases, NULL, NULL);
}
