// SPDX-License-Identifier: GPL-2.0-or-later
/* What tasks are called (output/comm.c), and where it stands in lines: -Y. */
#include <errno.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "printer.h"
#include "tree.h"

/* By the tables of x86_64. */
#define VFORK	58
#define EXECVE	59
#define KILL	62
#define PRCTL	157

static void show_execve(uint32_t tid, uint64_t time, const char *path)
{
	made_enter(&printer_made, EXECVE, 3, (const uint64_t[]){ 0x1000, 0, 0 });
	made_piece(&printer_made, 0, 0, 0, path, strlen(path));
	printer_show(tid, time);
}

static void show_exec(uint32_t tid, uint64_t time, uint32_t old_tid)
{
	made_exec(&printer_made, old_tid);
	printer_show(tid, time);
}

static void show_prctl(uint32_t tid, uint64_t time, const char *name, int64_t result)
{
	made_enter(&printer_made, PRCTL, 2, (const uint64_t[]){ PR_SET_NAME, 0x1000 });
	made_piece(&printer_made, 0, 0, 0, name, strlen(name));
	printer_show(tid, time);
	printer_show_exit(tid, time, PRCTL, result);
}

static void show_getpid(uint32_t tid, uint64_t time)
{
	printer_show_enter(tid, time, GETPID);
	printer_show_exit(tid, time, GETPID, tid);
}

static void name_is_that_of_the_exec(void **state)
{
	(void)state;
	printer_begin("-Y ls");
	show_execve(12, 0, "/usr/bin/a-name-longer-than-15");
	show_exec(12, 1, 12);
	printer_show_enter(13, 2, READ);
	printer_show_exit(12, 3, EXECVE, 0);
	show_getpid(12, 4);
	/* One that fails gives none. */
	show_execve(12, 5, "/bin/b");
	printer_show_exit(12, 6, EXECVE, -ENOENT);
	made_task_exit(&printer_made, 0);
	printer_show(12, 7);
	printer_expect("12    execve(\"/usr/bin/a-name-longer-than-15\", NULL, NULL <unfinished ...>\n"
		       "13    read( <unfinished ...>\n"
		       "12<a-name-longer-t> <... execve resumed>) = 0\n"
		       "12<a-name-longer-t> getpid()            = 12<a-name-longer-t>\n"
		       "12<a-name-longer-t> execve(\"/bin/b\", NULL, NULL) = -1 ENOENT (No such file or directory)\n"
		       "12<a-name-longer-t> +++ exited with 0 +++\n");
}

static void name_goes_to_those_that_it_makes(void **state)
{
	(void)state;
	printer_begin("--decode-pids=comm ls");
	show_execve(12, 0, "cat");
	show_exec(12, 1, 12);
	printer_show_exit(12, 1, EXECVE, 0);
	printer_show_enter(12, 2, VFORK);
	made_fork(&printer_made, 13, 13);
	printer_show(12, 3);
	printer_show_exit(12, 4, VFORK, 13);
	show_getpid(13, 5);
	made_enter(&printer_made, KILL, 2, (const uint64_t[]){ 12, 0 });
	printer_show(13, 6);
	printer_show_exit(13, 7, KILL, 0);
	made_enter(&printer_made, KILL, 2, (const uint64_t[]){ 99, 0 });
	printer_show(13, 8);
	printer_expect("12    execve(\"cat\", NULL, NULL)         = 0\n"
		       "12<cat> vfork()                         = 13<cat>\n"
		       "13<cat> getpid()                        = 13<cat>\n"
		       "13<cat> kill(12<cat>, 0)                = 0\n"
		       "13<cat> kill(99, 0 <unfinished ...>\n");
}

static void name_is_that_of_prctl(void **state)
{
	(void)state;
	printer_begin("-e decode-pids=comm ls");
	show_prctl(12, 0, "one", 0);
	show_prctl(12, 1, "t>w\no", 0);
	show_prctl(12, 2, "three", -EFAULT);
	printer.tids_first = false;
	printer.tids_bracketed = printer.tids_always = true;
	show_getpid(12, 3);
	printer_expect("12    prctl(PR_SET_NAME, \"one\")         = 0\n"
		       "12<one> prctl(PR_SET_NAME, \"t>w\\no\")    = 0\n"
		       "12<t\\76w\\no> prctl(PR_SET_NAME, \"three\") = -1 EFAULT (Bad address)\n"
		       "[pid    12<t\\76w\\no>] getpid()          = 12<t\\76w\\no>\n");
}

static void name_of_a_call_that_comes_in_one_record(void **state)
{
	(void)state;
	printer_begin("-Y ls");
	show_prctl(12, 0, "old", 0);
	made_exec(&printer_made, 12);
	printer_show(12, 1);
	made_call(&printer_made, EXECVE, 3, (const uint64_t[]){ 0x1000, 0, 0 }, 0, 1000 * MS);
	made_piece(&printer_made, 0, 0, 0, "/bin/ls", 7);
	printer_show(12, 2);
	show_getpid(12, 3);
	/* The path of another exec is in what the new image was given. */
	made_exec(&printer_made, 12);
	made_piece(&printer_made, SCTRACE_IMAGE_PATH, 0, 0, "./wc", 4);
	printer_show(12, 4);
	show_getpid(12, 5);
	/* Of a third nothing is known. */
	show_exec(12, 6, 12);
	show_getpid(12, 7);
	printer_expect("12    prctl(PR_SET_NAME, \"old\")         = 0\n"
		       "12<ls> execve(\"/bin/ls\", NULL, NULL)    = 0\n"
		       "12<ls> getpid()                         = 12<ls>\n"
		       "12<wc> getpid()                         = 12<wc>\n"
		       "12    getpid()                          = 12\n");
}

static void name_goes_with_the_thread_that_execs(void **state)
{
	(void)state;
	printer_begin("-Y ls");
	show_prctl(12, 0, "leader", 0);
	show_prctl(13, 0, "thread", 0);
	show_execve(13, 1, "/bin/true");
	show_exec(12, 2, 13);
	printer_show_exit(12, 3, EXECVE, 0);
	printer_expect("12    prctl(PR_SET_NAME, \"leader\")      = 0\n"
		       "13    prctl(PR_SET_NAME, \"thread\")      = 0\n"
		       "13<thread> execve(\"/bin/true\", NULL, NULL <unfinished ...>\n"
		       "12<true> +++ superseded by execve in pid 13 +++\n"
		       "12<true> <... execve resumed>)          = 0\n");
}

static void kernel_is_asked_once_for_names(void **state)
{
	(void)state;
	assert_int_equal(tree_make(state), 0);
	tree_put("proc/12/comm", "fifteen letters\n");
	printer_begin("-Y ls");
	printer_comms.root = tree_root();
	show_getpid(12, 0);
	tree_put("proc/12/comm", "other\n");
	show_getpid(12, 1);
	show_getpid(13, 2);
	/* What it is called from now on. */
	show_exec(12, 3, 12);
	show_getpid(12, 4);
	/* Not while it may be in the exec, or behind it. */
	tree_put("proc/14/comm", "later\n");
	show_execve(14, 5, "/bin/later");
	printer_expect("12<fifteen letters> getpid()            = 12<fifteen letters>\n"
		       "12<fifteen letters> getpid()            = 12<fifteen letters>\n"
		       "13    getpid()                          = 13\n"
		       "12<other> getpid()                      = 12<other>\n"
		       "14    execve(\"/bin/later\", NULL, NULL <unfinished ...>\n");
	assert_int_equal(tree_remove(state), 0);
}

/* With what there is of it, the task would be called otherwise than it is. */
static void name_that_was_cut_is_none(void **state)
{
	(void)state;
	printer_begin("-Y ls");
	show_prctl(12, 0, "old", 0);
	made_call(&printer_made, PRCTL, 2, (const uint64_t[]){ PR_SET_NAME, 0x1000 }, 0, 1000 * MS);
	made_piece(&printer_made, 0, SCTRACE_PIECE_CUT, 0, "work", 4);
	printer_show(12, 1);
	show_getpid(12, 2);
	printer_expect("12    prctl(PR_SET_NAME, \"old\")         = 0\n"
		       "12<old> prctl(PR_SET_NAME, \"work\"...)   = 0\n"
		       "12    getpid()                          = 12\n");
}

/* The path of an image may come in pieces. */
static void name_is_that_of_the_whole_image(void **state)
{
	(void)state;
	printer_begin("-Y ls");
	made_exec(&printer_made, 12);
	made_piece(&printer_made, SCTRACE_IMAGE_PATH, 0, 9, "/usr/bin/ca", 11);
	made_piece(&printer_made, SCTRACE_IMAGE_PATH, 0, 9, "t", 1);
	printer_show(12, 0);
	show_getpid(12, 1);
	printer_expect("12<cat> getpid()                        = 12<cat>\n");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, printer_setup, printer_teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(name_is_that_of_the_exec),
		CASE(name_goes_to_those_that_it_makes),
		CASE(name_is_that_of_prctl),
		CASE(name_of_a_call_that_comes_in_one_record),
		CASE(name_goes_with_the_thread_that_execs),
		CASE(kernel_is_asked_once_for_names),
		CASE(name_that_was_cut_is_none),
		CASE(name_is_that_of_the_whole_image),
	};

	return cmocka_run_group_tests_name("sctrace_comm", cases, NULL, NULL);
}
