// SPDX-License-Identifier: GPL-2.0-or-later
/* Which files processes have mapped (lib/task_maps.c), and which of them a call is kept with (output/stack_maps.c). */
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "calls.h"
#include "made.h"
#include "pair.h"
#include "stack_maps.h"

/* By the tables of x86_64. */
#define GETPID	39
#define CLONE	56
#define EXECVE	59

static struct sct_task_maps all;
static struct sct_tasks tasks;
static struct sct_plan_set plans;
static struct made made;

/* ---- bytes ---- */

struct list {
	uint8_t bytes[4096];
	size_t len;
};

static void add(struct list *list, uint64_t start, uint64_t end, const char *path, size_t path_bytes)
{
	struct sctrace_map map = {
		.start = start, .end = end, .offset = 0x1000, .file_bytes = 77, .file_mtime = -3,
		.bytes = (sizeof(map) + path_bytes + 7) / 8 * 8,
	};

	memset(list->bytes + list->len, 0, map.bytes);
	memcpy(list->bytes + list->len, &map, sizeof(map));
	memcpy(list->bytes + list->len + sizeof(map), path, path_bytes);
	list->len += map.bytes;
}

#define ADD(list, start, end, path) add(list, start, end, path, sizeof(path))

static void expect_paths(const struct sct_maps *maps, const char *want)
{
	char got[256] = "";
	unsigned int i;

	for (i = 0; i < maps->n; i++)
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s ", maps->maps[i].path);
	assert_string_equal(got, want);
}

static void lists_are_by_address_without_overlaps(void **state)
{
	struct list list = { .len = 0 };
	struct sct_maps *maps;

	(void)state;
	ADD(&list, 0x5000, 0x6000, "c");
	ADD(&list, 0x1000, 0x3000, "a");
	ADD(&list, 0x2000, 0x4000, "b");
	ADD(&list, 0x5000, 0x5800, "d");
	maps = sct_maps_parse(list.bytes, list.len);
	expect_paths(maps, "a c ");
	assert_int_equal(maps->maps[0].offset, 0x1000);
	assert_int_equal(maps->maps[0].file_bytes, 77);
	assert_int_equal(maps->maps[0].file_mtime, -3);
	assert_null(sct_maps_find(maps, 0xfff));
	assert_ptr_equal(sct_maps_find(maps, 0x1000), &maps->maps[0]);
	assert_ptr_equal(sct_maps_find(maps, 0x2fff), &maps->maps[0]);
	assert_null(sct_maps_find(maps, 0x3000));
	assert_ptr_equal(sct_maps_find(maps, 0x5fff), &maps->maps[1]);
	assert_null(sct_maps_find(maps, UINT64_MAX));
	assert_null(sct_maps_find(NULL, 0x1000));
	sct_maps_drop(maps);
}

/* From a damaged file. What comes behind what is wrong cannot be told. */
/* What follows a path is the kernel's own image, if it says so and all of it is there. */
static void images_come_with_their_paths(void **state)
{
	struct list list = { .len = 0 };
	struct sctrace_map *map = (void *)list.bytes;
	uint64_t hash;

	(void)state;
	ADD(&list, 0x1000, 0x2000, "[vdso]\0\0the image  ");
	map->flags = SCTRACE_MAP_VDSO;
	map->file_bytes = 11;
	struct sct_maps *maps = sct_maps_parse(list.bytes, list.len);
	assert_non_null(maps->maps[0].image);
	assert_memory_equal(maps->maps[0].image, "the image  ", 11);
	hash = maps->maps[0].inode;
	assert_int_not_equal(hash, 0);
	sct_maps_drop(maps);
	/* Another one of that size. */
	list.bytes[sizeof(*map) + 8]++;
	maps = sct_maps_parse(list.bytes, list.len);
	assert_int_not_equal(maps->maps[0].inode, hash);
	sct_maps_drop(maps);
	map->file_bytes = map->bytes - sizeof(*map) - 8 + 1;
	maps = sct_maps_parse(list.bytes, list.len);
	assert_null(maps->maps[0].image);
	sct_maps_drop(maps);
	map->file_bytes = UINT64_MAX;
	maps = sct_maps_parse(list.bytes, list.len);
	assert_null(maps->maps[0].image);
	sct_maps_drop(maps);
	map->file_bytes = 11;
	map->flags = 0;
	maps = sct_maps_parse(list.bytes, list.len);
	assert_null(maps->maps[0].image);
	sct_maps_drop(maps);
}

static void what_is_no_list_ends_it(void **state)
{
	static const uint32_t sizes[] = { 0, 8, 48, 60, 72, 4096, UINT32_MAX };
	struct list list = { .len = 0 };
	struct sctrace_map map;
	struct sct_maps *maps;
	size_t i;

	(void)state;
	ADD(&list, 0x1000, 0x2000, "a");
	i = list.len;
	ADD(&list, 0x3000, 0x4000, "b");
	memcpy(&map, list.bytes + i, sizeof(map));
	for (size_t s = 0; s < COUNT(sizes); s++) {
		map.bytes = sizes[s];
		memcpy(list.bytes + i, &map, sizeof(map));
		maps = sct_maps_parse(list.bytes, list.len);
		expect_paths(maps, "a ");
		sct_maps_drop(maps);
	}
	list.len = i;
	add(&list, 0x3000, 0x4000, "12345678", 8);
	maps = sct_maps_parse(list.bytes, list.len);
	expect_paths(maps, "a ");
	sct_maps_drop(maps);
	list.len = i;
	ADD(&list, 0x4000, 0x4000, "b");
	maps = sct_maps_parse(list.bytes, list.len);
	expect_paths(maps, "a ");
	sct_maps_drop(maps);
	maps = sct_maps_parse(NULL, 0);
	assert_int_equal(maps->n, 0);
	sct_maps_drop(maps);
}

static void lists_that_are_equal(void **state)
{
	struct list a = { .len = 0 }, b = { .len = 0 };
	struct sct_maps *x, *y;

	(void)state;
	ADD(&a, 0x1000, 0x2000, "a");
	ADD(&b, 0x1000, 0x2000, "b");
	x = sct_maps_parse(a.bytes, a.len);
	y = sct_maps_parse(a.bytes, a.len);
	assert_true(sct_maps_equal(x, y));
	sct_maps_drop(y);
	y = sct_maps_parse(b.bytes, b.len);
	assert_false(sct_maps_equal(x, y));
	sct_maps_drop(x);
	sct_maps_drop(y);
}

static void a_list_of_proc_has_the_files_that_can_be_executed(void **state)
{
	struct sct_maps *maps = sct_maps_read("", getpid());
	const struct sct_map *map;

	(void)state;
	assert_non_null(maps);
	map = sct_maps_find(maps, (uintptr_t)a_list_of_proc_has_the_files_that_can_be_executed);
	assert_non_null(map);
	assert_non_null(strstr(map->path, "/test_task_maps"));
	assert_true(map->by_inode && map->inode);
	assert_null(sct_maps_find(maps, (uintptr_t)&map));
	sct_maps_drop(maps);
	assert_null(sct_maps_read("", UINT32_MAX));
	assert_null(sct_maps_read("/nowhere", getpid()));
}

/* ---- records ---- */

static int setup(void **state)
{
	static const struct sct_plan_options how = { .string_limit = 32, .stack_bytes = 16384 };

	(void)state;
	all = (struct sct_task_maps) { 0 };
	tasks = (struct sct_tasks) { .follow = true };
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	assert_int_equal(sct_plan_set_build(&plans, &how), 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	sct_tasks_free(&tasks);
	sct_task_maps_free(&all);
	sct_plan_set_free(&plans);
	return 0;
}

static void show(uint32_t tid, uint32_t tgid)
{
	struct sct_event event;
	struct sct_record rec;
	int ret;

	made.hdr.tid = tid;
	made.hdr.tgid = tgid;
	made_parse(&made, &rec);
	do {
		ret = sct_pair(&tasks, &rec, &event);
		assert_true(ret >= 0);
		assert_int_equal(sct_stack_maps_event(&all, &plans, &rec, &event), 0);
		if (ret)
			sct_pair_done(&tasks, &event);
	} while (event.again);
}

/* A list of one file, of this path. */
static void add_piece(uint16_t nr, uint8_t flags, const char *path)
{
	struct list list = { .len = 0 };
	struct sct_plan plan;
	uint8_t step = 0;

	sct_plan_find(&plan, &plans, 0, nr, NULL, 0);
	while (step < plan.nr_steps && plan.steps[step].base != SCTRACE_BASE_MAPS)
		step++;
	assert_true(step < plan.nr_steps);
	add(&list, 0x1000, 0x2000, path, strlen(path) + 1);
	made_piece(&made, step, flags, list.len, list.bytes, list.len);
}

/* path: of the list in it; NULL: it has none. */
static void enter(uint32_t tid, uint32_t tgid, uint16_t nr, const char *path)
{
	made_enter(&made, nr, 0, NULL);
	if (path)
		add_piece(nr, 0, path);
	show(tid, tgid);
}

static void leave(uint32_t tid, uint32_t tgid, uint16_t nr, int64_t result)
{
	made_exit(&made, nr, result);
	show(tid, tgid);
}

/* The list with which the task's call is kept; "": none. */
static void expect(uint32_t tid, const char *path)
{
	const struct sct_maps *maps = sct_tasks_find(&tasks, tid)->call.maps;

	assert_string_equal(maps ? maps->maps[0].path : "", path);
}

static void a_list_holds_for_all_threads_until_the_next(void **state)
{
	(void)state;
	enter(1, 1, GETPID, NULL);
	expect(1, "");
	leave(1, 1, GETPID, 1);
	enter(1, 1, GETPID, "a");
	expect(1, "a");
	enter(2, 1, GETPID, NULL);
	expect(2, "a");
	leave(2, 1, GETPID, 1);
	enter(2, 1, GETPID, "b");
	expect(1, "a");
	expect(2, "b");
	leave(1, 1, GETPID, 1);
	enter(1, 1, GETPID, NULL);
	expect(1, "b");
	enter(3, 3, GETPID, NULL);
	expect(3, "");
}

static void a_child_begins_with_its_parents(void **state)
{
	(void)state;
	enter(1, 1, CLONE, "a");
	made_fork(&made, 7, 7);
	show(1, 1);
	made_fork(&made, 2, 1);
	show(1, 1);
	enter(7, 7, GETPID, NULL);
	expect(7, "a");
	leave(7, 7, GETPID, 7);
	enter(7, 7, GETPID, "b");
	expect(7, "b");
	enter(2, 1, GETPID, NULL);
	expect(2, "a");
	/* A number used again. */
	made_fork(&made, 7, 7);
	show(1, 1);
	enter(7, 7, GETPID, NULL);
	expect(7, "a");
}

static void an_exec_ends_it_but_not_for_its_own_call(void **state)
{
	(void)state;
	enter(1, 1, EXECVE, "a");
	made_exec(&made, 1);
	show(1, 1);
	expect(1, "a");
	leave(1, 1, EXECVE, 0);
	expect(1, "a");
	enter(1, 1, GETPID, NULL);
	expect(1, "");
}

static void an_exit_ends_it(void **state)
{
	(void)state;
	enter(1, 1, GETPID, "a");
	leave(1, 1, GETPID, 1);
	enter(2, 1, GETPID, NULL);
	made_task_exit(&made, 0);
	show(2, 1);
	enter(1, 1, GETPID, NULL);
	expect(1, "a");
	made_task_exit(&made, 0);
	show(1, 1);
	enter(1, 1, GETPID, NULL);
	expect(1, "");
}

static void late_pieces_are_of_the_call_that_returns(void **state)
{
	(void)state;
	enter(1, 1, GETPID, NULL);
	made_exit(&made, GETPID, 1);
	add_piece(GETPID, SCTRACE_PIECE_LATE, "a");
	show(1, 1);
	expect(1, "a");
	enter(1, 1, GETPID, NULL);
	made_exit(&made, GETPID, 1);
	made.hdr.flags = SCTRACE_HDR_LATE_FOLLOWS;
	show(1, 1);
	made_late(&made);
	made.hdr.nr = GETPID;
	add_piece(GETPID, SCTRACE_PIECE_LATE, "b");
	show(1, 1);
	expect(1, "b");
	/* Of a call whose EXIT is lost. */
	enter(1, 1, GETPID, NULL);
	made_late(&made);
	made.hdr.nr = CLONE;
	add_piece(GETPID, SCTRACE_PIECE_LATE, "lost");
	show(1, 1);
	expect(1, "b");
	leave(1, 1, GETPID, 1);
	/* Of an exec that was successful it is the new program's. */
	enter(1, 1, EXECVE, NULL);
	made_exec(&made, 1);
	show(1, 1);
	made_exit(&made, EXECVE, 0);
	add_piece(EXECVE, SCTRACE_PIECE_LATE, "c");
	show(1, 1);
	expect(1, "b");
	enter(1, 1, GETPID, NULL);
	expect(1, "c");
}

static void a_call_in_one_record_has_it_all(void **state)
{
	(void)state;
	made_call(&made, GETPID, 0, NULL, 1, 0);
	add_piece(GETPID, SCTRACE_PIECE_LATE, "a");
	show(1, 1);
	expect(1, "a");
	made_call(&made, GETPID, 0, NULL, 1, 0);
	made.hdr.flags = SCTRACE_HDR_LATE_FOLLOWS;
	show(1, 1);
	made_late(&made);
	made.hdr.nr = GETPID;
	add_piece(GETPID, SCTRACE_PIECE_LATE, "b");
	show(1, 1);
	expect(1, "b");
}

static void what_no_record_has_said_is_looked_up(void **state)
{
	char path[64];

	(void)state;
	all.root = "";
	enter(getpid(), getpid(), GETPID, NULL);
	snprintf(path, sizeof(path), "%s", sct_task_maps_find(&all, getpid())->maps[0].path);
	expect(getpid(), path);
	assert_int_equal(*path, '/');
	leave(getpid(), getpid(), GETPID, 1);
	enter(getpid(), getpid(), GETPID, "a");
	expect(getpid(), "a");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(lists_are_by_address_without_overlaps),
		cmocka_unit_test(images_come_with_their_paths),
		cmocka_unit_test(what_is_no_list_ends_it),
		cmocka_unit_test(lists_that_are_equal),
		cmocka_unit_test(a_list_of_proc_has_the_files_that_can_be_executed),
		CASE(a_list_holds_for_all_threads_until_the_next),
		CASE(a_child_begins_with_its_parents),
		CASE(an_exec_ends_it_but_not_for_its_own_call),
		CASE(an_exit_ends_it),
		CASE(late_pieces_are_of_the_call_that_returns),
		CASE(a_call_in_one_record_has_it_all),
		CASE(what_no_record_has_said_is_looked_up),
	};

	return cmocka_run_group_tests_name("sctrace_task_maps", cases, NULL, NULL);
}
