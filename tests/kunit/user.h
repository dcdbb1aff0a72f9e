/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory of a program for a test: its thread gets a memory of its own, which goes with it. */
#ifndef KUNIT_USER_H
#define KUNIT_USER_H

#include <kunit/test.h>
#include <linux/dcache.h>
#include <linux/fs_struct.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/uaccess.h>

/* Pages that were never touched. */
static inline unsigned long user_pages(struct kunit *test, unsigned int n, unsigned long prot)
{
	unsigned long at = kunit_vm_mmap(test, NULL, 0, n * PAGE_SIZE, prot,
					 MAP_ANONYMOUS | MAP_PRIVATE, 0);

	KUNIT_ASSERT_NE(test, at, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(at));
	return at;
}

static inline void user_write(struct kunit *test, unsigned long to, const void *from, size_t n)
{
	KUNIT_ASSERT_EQ(test, copy_to_user((void __user *)to, from, n), 0);
}

/* Pages that can be written, all in memory, and one behind them that is not there. */
static inline unsigned long user_room(struct kunit *test, unsigned int n)
{
	unsigned long at = user_pages(test, n + 1, PROT_READ | PROT_WRITE);

	KUNIT_ASSERT_EQ(test, vm_munmap(at + n * PAGE_SIZE, PAGE_SIZE), 0);
	KUNIT_ASSERT_EQ(test, clear_user((void __user *)at, n * PAGE_SIZE), 0);
	return at;
}

/* A copy in a program's memory. */
static inline unsigned long user_copy(struct kunit *test, const void *from, size_t n)
{
	unsigned long at = user_room(test, DIV_ROUND_UP(n, PAGE_SIZE));

	user_write(test, at, from, n);
	return at;
}

/* Where kernel threads are in the tree of files depends on what init has done. */
static inline const char *own_directory(struct kunit *test)
{
	char *room = kunit_kmalloc(test, 256, GFP_KERNEL), *path;
	struct path pwd;

	KUNIT_ASSERT_NOT_NULL(test, room);
	get_fs_pwd(current->fs, &pwd);
	path = d_path(&pwd, room, 256);
	path_put(&pwd);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, path);
	return path;
}

#endif
