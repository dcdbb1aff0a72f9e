// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/lib/task.c: the tasks, and the copy of the call that each is in. */
#include <stdlib.h>

#include "made.h"
#include "task.h"

static void find_of_an_unseen_task_is_none(void **state)
{
	struct sct_tasks tasks = { 0 };

	(void)state;
	assert_null(sct_tasks_find(&tasks, 1));
	sct_tasks_get(&tasks, 2, 2);
	assert_null(sct_tasks_find(&tasks, 1));
	sct_tasks_free(&tasks);
}

static void get_makes_a_task_once(void **state)
{
	struct sct_tasks tasks = { 0 };
	struct sct_task *task;

	(void)state;
	task = sct_tasks_get(&tasks, 7, 6);
	assert_non_null(task);
	assert_int_equal(task->tid, 7);
	assert_int_equal(task->tgid, 6);
	assert_false(task->in_call);
	assert_false(task->newborn);
	assert_ptr_equal(sct_tasks_get(&tasks, 7, 6), task);
	assert_ptr_equal(sct_tasks_find(&tasks, 7), task);
	assert_int_equal(tasks.nr, 1);
	sct_tasks_free(&tasks);
}

static void get_of_many_finds_each(void **state)
{
	struct sct_tasks tasks = { 0 };
	uint32_t i;

	(void)state;
	for (i = 0; i < 1000; i++)
		sct_tasks_get(&tasks, i * 0x9e3779b1u, i);
	assert_int_equal(tasks.nr, 1000);
	for (i = 0; i < 1000; i++)
		assert_int_equal(sct_tasks_find(&tasks, i * 0x9e3779b1u)->tgid, i);
	sct_tasks_free(&tasks);
	assert_int_equal(tasks.nr, 0);
}

static void remove_forgets_the_task(void **state)
{
	struct sct_tasks tasks = { 0 };
	struct sct_task *task;

	(void)state;
	task = sct_tasks_get(&tasks, 1, 1);
	task->in_call = true;
	sct_tasks_get(&tasks, 2, 2);
	sct_tasks_remove(&tasks, task);
	assert_null(sct_tasks_find(&tasks, 1));
	assert_non_null(sct_tasks_find(&tasks, 2));
	assert_int_equal(tasks.nr, 1);
	/* The same number again is another task. */
	assert_false(sct_tasks_get(&tasks, 1, 1)->in_call);
	sct_tasks_free(&tasks);
}

/* Their numbers end alike, so each is sought where the other one was found. */
static void find_of_tasks_that_share_a_place(void **state)
{
	const uint32_t tid = 5, other = tid + SCT_TASKS_RECENT, free_tid = tid + 2 * SCT_TASKS_RECENT;
	struct sct_tasks tasks = { 0 };
	struct sct_task *task, *second;

	(void)state;
	task = sct_tasks_get(&tasks, tid, 1);
	second = sct_tasks_get(&tasks, other, 1);
	assert_ptr_equal(sct_tasks_find(&tasks, tid), task);
	assert_ptr_equal(sct_tasks_find(&tasks, other), second);
	assert_ptr_equal(sct_tasks_find(&tasks, tid), task);
	assert_null(sct_tasks_find(&tasks, free_tid));
	/* Removed while it is the one found last, and while another one is. */
	assert_ptr_equal(sct_tasks_find(&tasks, tid), task);
	sct_tasks_remove(&tasks, task);
	assert_null(sct_tasks_find(&tasks, tid));
	task = sct_tasks_get(&tasks, tid, 1);
	assert_ptr_equal(sct_tasks_find(&tasks, other), second);
	assert_int_equal(sct_tasks_renumber(&tasks, second, free_tid), 0);
	assert_null(sct_tasks_find(&tasks, other));
	assert_ptr_equal(sct_tasks_find(&tasks, free_tid), second);
	sct_tasks_remove(&tasks, task);
	assert_null(sct_tasks_find(&tasks, tid));
	assert_ptr_equal(sct_tasks_find(&tasks, free_tid), second);
	sct_tasks_free(&tasks);
}

static void renumber_to_a_free_number(void **state)
{
	struct sct_tasks tasks = { 0 };
	struct sct_task *task;

	(void)state;
	task = sct_tasks_get(&tasks, 5, 1);
	assert_int_equal(sct_tasks_renumber(&tasks, task, 1), 0);
	assert_ptr_equal(sct_tasks_find(&tasks, 1), task);
	assert_null(sct_tasks_find(&tasks, 5));
	assert_int_equal(tasks.nr, 1);
	sct_tasks_free(&tasks);
}

static void renumber_removes_who_had_the_number(void **state)
{
	struct sct_tasks tasks = { 0 };
	struct sct_task *task;
	uint32_t i;

	(void)state;
	for (i = 1; i < 20; i++)
		sct_tasks_get(&tasks, i, 1);
	task = sct_tasks_find(&tasks, 12);
	task->args_shown = 3;
	assert_int_equal(sct_tasks_renumber(&tasks, task, 1), 0);
	assert_int_equal(sct_tasks_find(&tasks, 1)->args_shown, 3);
	assert_null(sct_tasks_find(&tasks, 12));
	assert_int_equal(tasks.nr, 18);
	sct_tasks_free(&tasks);
}

/* ---- the call ---- */

static void keep(struct sct_call *call, struct made *m)
{
	struct sct_record rec;

	made_parse(m, &rec);
	assert_int_equal(sct_call_keep(call, &rec, false), 0);
	/* The record's bytes go back to the module. */
	memset(m->bytes, 0xee, m->size);
}

static void keep_copies_everything(void **state)
{
	static const uint64_t args[] = { 1, 2, 3 };
	struct sct_call call = { 0 };
	struct sct_record rec;
	struct made m;

	(void)state;
	made_enter(&m, 257, 3, args);
	m.hdr.abi = SCTRACE_ABI_COMPAT;
	made_piece(&m, 1, SCTRACE_PIECE_CUT, 77, "hello", 5);
	made_piece(&m, 2, SCTRACE_PIECE_FAULT, 0, NULL, 0);
	made_piece(&m, 0, 0, 10, "0123456789", 10);
	keep(&call, &m);
	assert_int_equal(call.nr, 257);
	assert_int_equal(call.time, 1000000);
	assert_int_equal(call.abi, SCTRACE_ABI_COMPAT);
	assert_int_equal(call.nr_args, 3);
	assert_memory_equal(call.args, args, sizeof(args));
	rec.pieces = sct_kept_pieces(&call.pieces);
	assert_int_equal(made_count(&rec), 3);
	assert_int_equal(made_nth(&rec, 0).step, 1);
	assert_int_equal(made_nth(&rec, 0).wanted, 77);
	assert_int_equal(made_nth(&rec, 0).flags, SCTRACE_PIECE_CUT);
	assert_memory_equal(made_nth(&rec, 0).data, "hello", 5);
	assert_int_equal(made_nth(&rec, 1).len, 0);
	assert_int_equal(made_nth(&rec, 1).flags, SCTRACE_PIECE_FAULT);
	assert_memory_equal(made_nth(&rec, 2).data, "0123456789", 10);
	free(call.pieces.bytes);
}

static void keep_takes_half_a_register_from_a_32_bit_program(void **state)
{
	static const uint64_t args[] = { 0xdeadbeef00000001, UINT64_MAX };
	struct sct_call call = { 0 };
	struct made m;

	(void)state;
	made_enter(&m, 4, 2, args);
	m.hdr.abi = SCTRACE_ABI_COMPAT;
	keep(&call, &m);
	assert_int_equal(call.args[0], 1);
	assert_int_equal(call.args[1], UINT32_MAX);
	made_enter(&m, 4, 2, args);
	m.hdr.abi = SCTRACE_ABI_X32;
	keep(&call, &m);
	assert_memory_equal(call.args, args, sizeof(args));
}

static void keep_of_no_pieces_needs_no_memory(void **state)
{
	struct sct_call call = { 0 };
	struct made m;

	(void)state;
	made_enter(&m, 1, 0, NULL);
	keep(&call, &m);
	assert_int_equal(call.pieces.len, 0);
	assert_null(call.pieces.bytes);
}

static void keep_again_takes_what_is_longer_and_what_is_shorter(void **state)
{
	struct sct_call call = { 0 };
	struct sct_record rec;
	char bytes[1000];
	struct made m;
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = 'a' + i % 26;
	for (i = 1; i <= 50; i++) {
		unsigned int len = i * 619 % sizeof(bytes);

		made_enter(&m, i, 0, NULL);
		made_piece(&m, 0, 0, len, bytes, len);
		keep(&call, &m);
		assert_int_equal(call.nr, i);
		rec.pieces = sct_kept_pieces(&call.pieces);
		assert_int_equal(made_nth(&rec, 0).len, len);
		assert_memory_equal(made_nth(&rec, 0).data, bytes, len);
	}
	free(call.pieces.bytes);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(find_of_an_unseen_task_is_none),
		cmocka_unit_test(get_makes_a_task_once),
		cmocka_unit_test(get_of_many_finds_each),
		cmocka_unit_test(remove_forgets_the_task),
		cmocka_unit_test(find_of_tasks_that_share_a_place),
		cmocka_unit_test(renumber_to_a_free_number),
		cmocka_unit_test(renumber_removes_who_had_the_number),
		cmocka_unit_test(keep_copies_everything),
		cmocka_unit_test(keep_takes_half_a_register_from_a_32_bit_program),
		cmocka_unit_test(keep_of_no_pieces_needs_no_memory),
		cmocka_unit_test(keep_again_takes_what_is_longer_and_what_is_shorter),
	};

	return cmocka_run_group_tests_name("sctrace_task", cases, NULL, NULL);
}
