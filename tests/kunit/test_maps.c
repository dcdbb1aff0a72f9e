// SPDX-License-Identifier: GPL-2.0-only
/* module/maps.c, and the step that tells of mappings. */
#include "../../module/maps.c"

#include <linux/shmem_fs.h>

#include "trial.h"
#include "user.h"

#define FILES	3

static struct file *files[FILES];

/* Files of a memory file system, of these names. */
static int make_files(struct kunit_suite *suite)
{
	static const char * const names[FILES] = { "first", "second, which is longer", "third" };
	unsigned int i;

	for (i = 0; i < FILES; i++) {
		files[i] = shmem_file_setup(names[i], 4 * PAGE_SIZE, 0);
		if (IS_ERR(files[i])) {
			while (i--)
				fput(files[i]);
			return -ENOMEM;
		}
	}
	return 0;
}

static void put_files(struct kunit_suite *suite)
{
	unsigned int i;

	for (i = 0; i < FILES; i++)
		fput(files[i]);
}

static unsigned long map_file(struct kunit *test, unsigned int i, unsigned long prot)
{
	unsigned long at = kunit_vm_mmap(test, files[i], 0, 2 * PAGE_SIZE, prot, MAP_PRIVATE,
					 PAGE_SIZE);

	KUNIT_ASSERT_NE(test, at, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(at));
	return at;
}

KUNIT_DEFINE_ACTION_WRAPPER(free_maps, sctrace_maps_free, struct sctrace_maps *);

static struct sctrace_maps *new_maps(struct kunit *test)
{
	struct sctrace_maps *maps = sctrace_maps_alloc();

	KUNIT_ASSERT_NOT_NULL(test, maps);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_maps, maps));
	return maps;
}

/* What a piece tells, looked at as a reader has to. */
static const struct sctrace_map *map_of(struct kunit *test, const struct sctrace_piece *piece,
					const char *path)
{
	const u8 *at = (const u8 *)(piece + 1), *end = at + piece->len;

	while (at < end) {
		const struct sctrace_map *map = (const void *)at;

		KUNIT_ASSERT_GE(test, (long)(end - at), (long)sizeof(*map));
		KUNIT_ASSERT_GT(test, map->bytes, sizeof(*map));
		KUNIT_ASSERT_LE(test, (long)map->bytes, (long)(end - at));
		KUNIT_ASSERT_EQ(test, map->bytes % 8, 0);
		KUNIT_ASSERT_LT(test, strnlen(map->path, map->bytes - sizeof(*map)),
				map->bytes - sizeof(*map));
		if (!strcmp(map->path, path))
			return map;
		at += map->bytes;
	}
	return NULL;
}

static void files_that_can_be_executed_are_told(struct kunit *test)
{
	struct trial *t = new_trial(test);
	const struct sctrace_map *map;
	unsigned long at[FILES];

	at[0] = map_file(test, 0, PROT_READ | PROT_EXEC);
	at[1] = map_file(test, 1, PROT_READ);
	at[2] = map_file(test, 2, PROT_EXEC);
	user_pages(test, 1, PROT_READ | PROT_EXEC);
	t->maps = new_maps(test);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_MAPS, 0, 8192);
	run_at_once(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 1);
	KUNIT_EXPECT_EQ(test, t->pieces[0]->flags, 0);
	KUNIT_EXPECT_EQ(test, t->pieces[0]->wanted, t->pieces[0]->len);
	map = map_of(test, t->pieces[0], "/first (deleted)");
	KUNIT_ASSERT_NOT_NULL(test, map);
	KUNIT_EXPECT_EQ(test, map->start, at[0]);
	KUNIT_EXPECT_EQ(test, map->end, at[0] + 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, map->offset, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, map->file_bytes, 4 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, map->flags, 0);
	KUNIT_EXPECT_NULL(test, map_of(test, t->pieces[0], "/second, which is longer (deleted)"));
	KUNIT_EXPECT_NOT_NULL(test, map_of(test, t->pieces[0], "/third (deleted)"));
}

static void mappings_are_told_again_when_they_have_changed(struct kunit *test)
{
	struct trial *t = new_trial(test);
	unsigned int told = 0, i;

	map_file(test, 0, PROT_READ | PROT_EXEC);
	t->maps = new_maps(test);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_MAPS, 0, 8192);
	run_at_once(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 1);
	KUNIT_EXPECT_NULL(test, map_of(test, t->pieces[0], "/third (deleted)"));
	map_file(test, 2, PROT_READ | PROT_EXEC);
	run_at_once(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 1);
	KUNIT_EXPECT_NOT_NULL(test, map_of(test, t->pieces[0], "/third (deleted)"));
	/* Else once a second: many looks, and few of them new. */
	for (i = 0; i < 100; i++) {
		struct sctrace_piece *piece = (void *)t->memory;

		told += sctrace_maps_tell(t->maps, piece, 8192, 8192, false) > 0;
	}
	KUNIT_EXPECT_LT(test, told, 100);
	/* Unless what was told has been lost. */
	for (i = 0; i < 10; i++) {
		sctrace_maps_forget(t->maps);
		run_at_once(t);
		KUNIT_EXPECT_EQ(test, t->nr_pieces, 1);
	}
	sctrace_maps_forget(NULL);
}

static void mappings_without_room_are_not_told(struct kunit *test)
{
	struct trial *t = new_trial(test);

	map_file(test, 0, PROT_READ | PROT_EXEC);
	map_file(test, 1, PROT_READ | PROT_EXEC);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_MAPS, 0, 8192);
	run_at_once(t);
	/* The session has no such step. */
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
	t->maps = new_maps(test);
	for (t->room = 8; t->room < 8 + 160; t->room += 8) {
		run_at_once(t);
		KUNIT_EXPECT_EQ_MSG(test, t->nr_pieces, 0, "%u", t->room);
	}
	/* What the step itself limits is cut, whole mappings. */
	t->room = 0;
	t->steps[0].max = sizeof(struct sctrace_map) + 24;
	run_at_once(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 1);
	KUNIT_EXPECT_EQ(test, t->pieces[0]->flags, SCTRACE_PIECE_CUT);
	KUNIT_EXPECT_LE(test, t->pieces[0]->len, t->steps[0].max);
	map_of(test, t->pieces[0], "");
}

/* A probe only tries for the lock; whoever may sleep waits for it. */
static void mappings_that_others_change_come_later(struct kunit *test)
{
	struct trial *t = new_trial(test);

	map_file(test, 0, PROT_READ | PROT_EXEC);
	t->maps = new_maps(test);
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_MAPS, 0, 8192);
	mmap_write_lock(current->mm);
	run_trial(t);
	mmap_write_unlock(current->mm);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 0);
	t->may_sleep = true;
	run_trial(t);
	KUNIT_EXPECT_EQ(test, t->nr_pieces, 1);
}

/* So many that all of them take more than a probe may do at once. */
static void many_mappings_take_sleeping(struct kunit *test)
{
	struct trial *t = new_trial(test);
	unsigned int i;

	/* Alternating files: adjacent areas of one would be joined. */
	for (i = 0; i < 240; i++)
		map_file(test, i % 2 * 2, PROT_READ | PROT_EXEC);
	t->maps = new_maps(test);
	t->room = 65536;
	add(t, SCTRACE_STEP_BYTES, SCTRACE_BASE_MAPS, 0, 65528);
	run_trial(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 1);
	expect_piece(t, 0, 0, SCTRACE_PIECE_FAULT, t->pieces[0]->wanted, "", 0);
	KUNIT_EXPECT_TRUE(test, t->c.faulted);
	t->may_sleep = true;
	run_trial(t);
	KUNIT_ASSERT_EQ(test, t->nr_pieces, 1);
	KUNIT_EXPECT_EQ(test, t->pieces[0]->flags, 0);
	KUNIT_EXPECT_GT(test, t->pieces[0]->len, MAX_BYTES_AT_ONCE);
	map_of(test, t->pieces[0], "");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(files_that_can_be_executed_are_told),
	KUNIT_CASE(mappings_are_told_again_when_they_have_changed),
	KUNIT_CASE(mappings_without_room_are_not_told),
	KUNIT_CASE(mappings_that_others_change_come_later),
	KUNIT_CASE(many_mappings_take_sleeping),
	{}
};

static struct kunit_suite suite = {
	.name = "sctrace_maps",
	.test_cases = cases,
	.suite_init = make_files,
	.suite_exit = put_files,
};

kunit_test_suite(suite);
