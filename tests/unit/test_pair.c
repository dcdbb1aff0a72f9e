// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/lib/pair.c: from records to calls, also where records are missing. */
#include <stdlib.h>

#include "made.h"
#include "pair.h"

#define READ	0
#define GETPID	39
#define FORK	57
#define EXECVE	59

static struct sct_tasks *tasks;
/* The record of the last event: events point to it. */
static struct made made;
static struct sct_record rec;

static int setup(void **state)
{
	tasks = calloc(1, sizeof(*tasks));
	tasks->follow = true;
	*state = tasks;
	return 0;
}

static int teardown(void **state)
{
	sct_tasks_free(*state);
	free(*state);
	return 0;
}

/* What the record in `made` means, by this task. */
static int pair_as(uint32_t tid, struct sct_event *event)
{
	made.hdr.tid = tid;
	made_parse(&made, &rec);
	return sct_pair(tasks, &rec, event);
}

static struct sct_event enter(uint32_t tid, uint16_t nr)
{
	struct sct_event event;

	made_enter(&made, nr, 0, NULL);
	assert_int_equal(pair_as(tid, &event), 1);
	assert_int_equal(event.task->tid, tid);
	sct_pair_done(tasks, &event);
	return event;
}

static struct sct_event leave(uint32_t tid, uint16_t nr)
{
	struct sct_event event;

	made_exit(&made, nr, 0);
	assert_int_equal(pair_as(tid, &event), 1);
	sct_pair_done(tasks, &event);
	return event;
}

static struct sct_event fork_by(uint32_t tid, uint32_t child)
{
	struct sct_event event;

	made_fork(&made, child, child);
	assert_int_equal(pair_as(tid, &event), 1);
	sct_pair_done(tasks, &event);
	return event;
}

static struct sct_event exec_by(uint32_t tid, uint32_t old_tid)
{
	struct sct_event event;

	made_exec(&made, old_tid);
	assert_int_equal(pair_as(tid, &event), 1);
	sct_pair_done(tasks, &event);
	return event;
}

/* ---- entry and return ---- */

static void enter_opens_the_call(void **state)
{
	struct sct_event event = enter(1, READ);

	(void)state;
	assert_false(event.abandoned);
	assert_true(event.task->in_call);
	assert_int_equal(event.task->call.nr, READ);
}

static void exit_ends_the_call(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, READ);
	event = leave(1, READ);
	assert_false(event.orphan);
	assert_false(event.task->in_call);
}

static void exit_has_the_call_until_done(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, READ);
	made_exit(&made, READ, 3);
	assert_int_equal(pair_as(1, &event), 1);
	assert_true(event.task->in_call);
	assert_int_equal(event.rec->result, 3);
	sct_pair_done(tasks, &event);
	assert_false(event.task->in_call);
}

static void calls_of_two_tasks_are_apart(void **state)
{
	(void)state;
	enter(1, READ);
	enter(2, GETPID);
	assert_int_equal(leave(1, READ).task->call.nr, READ);
	assert_false(leave(2, GETPID).orphan);
}

static void exit_without_enter_is_an_orphan(void **state)
{
	(void)state;
	assert_true(leave(1, READ).orphan);
	assert_int_equal(tasks->nr, 1);
	enter(1, GETPID);
	assert_false(leave(1, GETPID).orphan);
}

static void exit_of_another_call_is_an_orphan(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, READ);
	event = leave(1, GETPID);
	assert_true(event.orphan);
	assert_false(event.task->in_call);
}

static void enter_after_enter_abandons_the_first(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, READ);
	event = enter(1, GETPID);
	assert_true(event.abandoned);
	assert_int_equal(event.task->call.nr, GETPID);
	assert_false(leave(1, GETPID).orphan);
}

static void enter_begins_with_no_argument_shown(void **state)
{
	(void)state;
	enter(1, READ).task->args_shown = 2;
	leave(1, READ);
	assert_int_equal(enter(1, READ).task->args_shown, 0);
}

static void exit_without_number_ends_the_open_call(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, 15);
	event = leave(1, SCTRACE_NR_NONE);
	assert_false(event.orphan);
	assert_false(event.task->in_call);
	assert_true(leave(1, SCTRACE_NR_NONE).orphan);
}

static void enter_and_exit_of_a_number_beyond_16_bits(void **state)
{
	uint64_t words[7] = { 0x12345678 };
	struct sct_event event;

	(void)state;
	made_enter(&made, SCTRACE_NR_NONE, 0, NULL);
	made.hdr.nr_args = 6;
	made_words(&made, words, 7);
	assert_int_equal(pair_as(1, &event), 1);
	assert_int_equal(event.task->call.nr, 0x12345678);
	assert_false(leave(1, SCTRACE_NR_NONE).orphan);
}

static bool changes_abi(uint32_t tid, uint8_t abi)
{
	struct sct_event event;

	made_enter(&made, READ, 0, NULL);
	made.hdr.abi = abi;
	assert_int_equal(pair_as(tid, &event), 1);
	sct_pair_done(tasks, &event);
	return event.abi_changed;
}

static void change_of_abi_is_told_once_a_task(void **state)
{
	(void)state;
	assert_false(changes_abi(1, SCTRACE_ABI_NATIVE));
	assert_true(changes_abi(1, SCTRACE_ABI_COMPAT));
	assert_false(changes_abi(1, SCTRACE_ABI_COMPAT));
	assert_true(changes_abi(2, SCTRACE_ABI_X32));
	assert_true(changes_abi(1, SCTRACE_ABI_NATIVE));
}

/* ---- birth ---- */

static void fork_gives_the_child_its_makers_abi(void **state)
{
	(void)state;
	changes_abi(1, SCTRACE_ABI_COMPAT);
	fork_by(1, 2);
	assert_false(changes_abi(2, SCTRACE_ABI_COMPAT));
	assert_true(changes_abi(2, SCTRACE_ABI_NATIVE));
	assert_false(changes_abi(1, SCTRACE_ABI_COMPAT));
}

static void fork_makes_a_newborn_child(void **state)
{
	struct sct_task *child;

	(void)state;
	enter(1, FORK);
	fork_by(1, 2);
	child = sct_tasks_find(tasks, 2);
	assert_non_null(child);
	assert_true(child->newborn);
	assert_false(child->in_call);
	assert_false(sct_tasks_find(tasks, 1)->newborn);
}

static void newborn_exit_means_nothing(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, FORK);
	fork_by(1, 2);
	made_exit(&made, FORK, 0);
	assert_int_equal(pair_as(2, &event), 0);
	/* That was its birth; the next one would be an orphan. */
	assert_true(leave(2, FORK).orphan);
	assert_false(leave(1, FORK).orphan);
}

static void newborn_that_enters_first_is_newborn_no_more(void **state)
{
	(void)state;
	fork_by(1, 2);
	enter(2, GETPID);
	assert_false(leave(2, GETPID).orphan);
}

static void fork_without_follow_makes_no_child(void **state)
{
	(void)state;
	tasks->follow = false;
	fork_by(1, 2);
	assert_null(sct_tasks_find(tasks, 2));
}

/* The scope of a process: its threads to come are in it, its children are not. */
static void fork_with_threads_alone_makes_threads(void **state)
{
	struct sct_event event;

	(void)state;
	tasks->follow = false;
	tasks->threads = true;
	fork_by(1, 2);
	assert_null(sct_tasks_find(tasks, 2));
	made_fork(&made, 3, 1);
	made.hdr.tgid = 1;
	assert_int_equal(pair_as(1, &event), 1);
	assert_true(sct_tasks_find(tasks, 3)->newborn);
}

static void fork_of_a_number_used_before_begins_anew(void **state)
{
	struct sct_event event;

	(void)state;
	enter(2, READ);
	/* 2's exit was lost in a gap. */
	made_fork(&made, 2, 77);
	assert_int_equal(pair_as(1, &event), 1);
	assert_true(sct_tasks_find(tasks, 2)->newborn);
	assert_false(sct_tasks_find(tasks, 2)->in_call);
	assert_int_equal(sct_tasks_find(tasks, 2)->tgid, 77);
	assert_int_equal(tasks->nr, 2);
	assert_false(enter(2, READ).abandoned);
}

static void fork_of_a_thread_keeps_the_process(void **state)
{
	struct sct_event event;

	(void)state;
	made_fork(&made, 5, TGID);
	assert_int_equal(pair_as(TID, &event), 1);
	assert_int_equal(sct_tasks_find(tasks, 5)->tgid, TGID);
}

/* ---- exec ---- */

static void exec_by_the_leader_changes_nothing(void **state)
{
	struct sct_event event;

	(void)state;
	enter(10, EXECVE);
	event = exec_by(10, 10);
	assert_int_equal(event.task->tid, 10);
	assert_true(event.task->in_call);
	assert_false(leave(10, EXECVE).orphan);
}

static void exec_by_another_thread_goes_on_under_the_leaders_number(void **state)
{
	struct sct_task *thread;
	struct sct_event event;

	(void)state;
	enter(10, READ);
	enter(11, EXECVE);
	thread = sct_tasks_find(tasks, 11);
	event = exec_by(10, 11);
	assert_ptr_equal(event.task, thread);
	assert_int_equal(thread->tid, 10);
	assert_null(sct_tasks_find(tasks, 11));
	assert_int_equal(tasks->nr, 1);
	event = leave(10, EXECVE);
	assert_false(event.orphan);
	assert_ptr_equal(event.task, thread);
}

static void exec_by_another_thread_whose_leader_was_not_seen(void **state)
{
	(void)state;
	enter(11, EXECVE);
	exec_by(10, 11);
	assert_int_equal(tasks->nr, 1);
	assert_false(leave(10, EXECVE).orphan);
}

static void exec_by_a_thread_that_was_not_seen(void **state)
{
	struct sct_event event;

	(void)state;
	event = exec_by(10, 11);
	assert_int_equal(event.task->tid, 10);
	assert_true(leave(10, EXECVE).orphan);
}

/* ---- death, and the rest ---- */

static void task_exit_removes_the_task(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, 231);
	made_task_exit(&made, 0);
	assert_int_equal(pair_as(1, &event), 1);
	assert_int_equal(event.task->tid, 1);
	sct_pair_done(tasks, &event);
	assert_null(sct_tasks_find(tasks, 1));
	assert_int_equal(tasks->nr, 0);
}

static void number_used_again_is_another_task(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, 231);
	made_task_exit(&made, 0);
	assert_int_equal(pair_as(1, &event), 1);
	sct_pair_done(tasks, &event);
	assert_false(enter(1, READ).abandoned);
	assert_false(leave(1, READ).orphan);
}

static void signal_leaves_the_call_open(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, READ);
	made_signal(&made, 17, 1);
	assert_int_equal(pair_as(1, &event), 1);
	assert_int_equal(event.task->tid, 1);
	sct_pair_done(tasks, &event);
	assert_false(leave(1, READ).orphan);
}

static void gap_is_nobodys(void **state)
{
	struct sct_event event;

	(void)state;
	made_gap(&made, 3);
	assert_int_equal(pair_as(0, &event), 1);
	assert_null(event.task);
	sct_pair_done(tasks, &event);
	assert_int_equal(tasks->nr, 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* ---- what comes late ---- */

static void leave_late(uint32_t tid, uint16_t nr, int64_t result)
{
	struct sct_event event;

	made_exit(&made, nr, result);
	made.hdr.flags = SCTRACE_HDR_LATE_FOLLOWS;
	assert_int_equal(pair_as(tid, &event), 0);
	/* Its bytes go back to the module. */
	memset(&made, 0xee, sizeof(made.hdr) + 8);
}

static void exit_waits_for_what_comes_late(void **state)
{
	struct sct_event event;
	struct sct_record late = { 0 };

	(void)state;
	enter(1, READ);
	leave_late(1, READ, 5);
	made_late(&made);
	made_piece(&made, 0, SCTRACE_PIECE_LATE, 4, "late", 4);
	assert_int_equal(pair_as(1, &event), 1);
	assert_false(event.again);
	assert_int_equal(event.rec->hdr->type, SCTRACE_REC_EXIT);
	assert_int_equal(event.rec->result, 5);
	late.pieces = event.late;
	assert_memory_equal(made_nth(&late, 0).data, "late", 4);
	assert_true(event.task->in_call);
	sct_pair_done(tasks, &event);
	assert_false(event.task->in_call);
	assert_false(event.task->held);
}

static void exit_whose_late_was_lost_comes_before_the_next_record(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, READ);
	leave_late(1, READ, 6);
	made_enter(&made, GETPID, 0, NULL);
	assert_int_equal(pair_as(1, &event), 1);
	assert_true(event.again);
	assert_int_equal(event.rec->result, 6);
	assert_int_equal(event.late.len, 0);
	sct_pair_done(tasks, &event);
	assert_int_equal(sct_pair(tasks, &rec, &event), 1);
	assert_false(event.again);
	assert_int_equal(event.rec->hdr->type, SCTRACE_REC_ENTER);
	assert_false(event.abandoned);
	sct_pair_done(tasks, &event);
}

static void exits_that_wait_at_the_end_are_the_rest(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, READ);
	enter(2, READ);
	leave_late(1, READ, 1);
	leave_late(2, READ, 2);
	assert_int_equal(sct_pair_rest(tasks, &event), 1);
	sct_pair_done(tasks, &event);
	assert_int_equal(sct_pair_rest(tasks, &event), 1);
	assert_false(event.orphan);
	sct_pair_done(tasks, &event);
	assert_int_equal(sct_pair_rest(tasks, &event), 0);
}

static void late_of_nothing_means_nothing(void **state)
{
	struct sct_event event;

	(void)state;
	enter(1, READ);
	made_late(&made);
	assert_int_equal(pair_as(1, &event), 0);
	assert_false(event.again);
}

static void exec_keeps_what_the_new_image_was_given(void **state)
{
	struct sct_event event;
	struct sct_record image = { 0 };

	(void)state;
	enter(1, EXECVE);
	made_exec(&made, 1);
	made_piece(&made, SCTRACE_IMAGE_PATH, 0, 4, "/bin", 4);
	assert_int_equal(pair_as(1, &event), 1);
	sct_pair_done(tasks, &event);
	image.pieces = sct_kept_pieces(&event.task->call.image);
	assert_memory_equal(made_nth(&image, 0).data, "/bin", 4);
	leave(1, EXECVE);
	enter(1, GETPID);
	assert_int_equal(event.task->call.image.len, 0);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(exit_waits_for_what_comes_late),
		CASE(exit_whose_late_was_lost_comes_before_the_next_record),
		CASE(exits_that_wait_at_the_end_are_the_rest),
		CASE(late_of_nothing_means_nothing),
		CASE(exec_keeps_what_the_new_image_was_given),
		CASE(enter_opens_the_call),
		CASE(exit_ends_the_call),
		CASE(exit_has_the_call_until_done),
		CASE(calls_of_two_tasks_are_apart),
		CASE(exit_without_enter_is_an_orphan),
		CASE(exit_of_another_call_is_an_orphan),
		CASE(enter_after_enter_abandons_the_first),
		CASE(enter_begins_with_no_argument_shown),
		CASE(exit_without_number_ends_the_open_call),
		CASE(enter_and_exit_of_a_number_beyond_16_bits),
		CASE(change_of_abi_is_told_once_a_task),
		CASE(fork_gives_the_child_its_makers_abi),
		CASE(fork_makes_a_newborn_child),
		CASE(newborn_exit_means_nothing),
		CASE(newborn_that_enters_first_is_newborn_no_more),
		CASE(fork_without_follow_makes_no_child),
		CASE(fork_with_threads_alone_makes_threads),
		CASE(fork_of_a_number_used_before_begins_anew),
		CASE(fork_of_a_thread_keeps_the_process),
		CASE(exec_by_the_leader_changes_nothing),
		CASE(exec_by_another_thread_goes_on_under_the_leaders_number),
		CASE(exec_by_another_thread_whose_leader_was_not_seen),
		CASE(exec_by_a_thread_that_was_not_seen),
		CASE(task_exit_removes_the_task),
		CASE(number_used_again_is_another_task),
		CASE(signal_leaves_the_call_open),
		CASE(gap_is_nobodys),
	};

	return cmocka_run_group_tests_name("sctrace_pair", cases, NULL, NULL);
}
