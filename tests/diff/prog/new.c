// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls that came after Linux 6.1, by their numbers, which are the same everywhere. Debian 12's strace
 * knows none of them, and older kernels answer ENOSYS.
 */
#include <sys/uio.h>
#include <time.h>

#include "calls.h"

enum {
	CACHESTAT = 451, FCHMODAT2, MAP_SHADOW_STACK, FUTEX_WAKE, FUTEX_WAIT, FUTEX_REQUEUE, STATMOUNT, LISTMOUNT,
	LSM_GET_SELF_ATTR, LSM_SET_SELF_ATTR, LSM_LIST_MODULES, MSEAL, SETXATTRAT, GETXATTRAT, LISTXATTRAT,
	REMOVEXATTRAT, OPEN_TREE_ATTR, FILE_GETATTR, FILE_SETATTR, LISTNS,
};

static int fd;

static void cachestat_calls(void)
{
	struct { uint64_t offset, length; } range = { 0, 4096 };
	uint64_t stat[5];

	call_nr(CACHESTAT, fd, &range, stat, 0);
	call_nr(CACHESTAT, fd, NULL, stat, 7);
	call_nr(CACHESTAT, NO_FD, BAD, BAD, 0);
}

static void fchmodat2_calls(void)
{
	call_nr(FCHMODAT2, AT_FDCWD, "a", 0600, AT_SYMLINK_NOFOLLOW);
	call_nr(FCHMODAT2, NO_FD, NULL, 07777, 0x77);
}

static void xattrat_calls(void)
{
	struct { uint64_t value; uint32_t size, flags; } attr = { (uintptr_t)"value", 5, 0 };
	char buf[256];

	call_nr(SETXATTRAT, AT_FDCWD, "a", 0, "user.one", &attr, sizeof(attr));
	call_nr(SETXATTRAT, fd, "", AT_EMPTY_PATH, "user.two", &attr, sizeof(attr));
	call_nr(SETXATTRAT, AT_FDCWD, "a", 0, BAD, NULL, 5);
	attr.value = (uintptr_t)buf;
	attr.size = sizeof(buf);
	call_nr(GETXATTRAT, AT_FDCWD, "a", 0, "user.one", &attr, sizeof(attr));
	attr.value = 0xdeadbeef000;
	call_nr(GETXATTRAT, AT_FDCWD, "a", 0x100, "user.one", &attr, sizeof(attr));
	call_nr(GETXATTRAT, NO_FD, BAD, 0, NULL, BAD, 3);
	call_nr(LISTXATTRAT, AT_FDCWD, "a", 0, buf, sizeof(buf));
	call_nr(LISTXATTRAT, NO_FD, NULL, 0x77, BAD, 5);
	call_nr(REMOVEXATTRAT, AT_FDCWD, "a", 0, "user.one");
	call_nr(REMOVEXATTRAT, NO_FD, BAD, 0, NULL);
}

static void file_getattr_calls(void)
{
	uint64_t inode_attr[4] = { 0 };

	call_nr(FILE_GETATTR, AT_FDCWD, "a", inode_attr, 24, 0);
	call_nr(FILE_GETATTR, NO_FD, NULL, BAD, 3, 0x77);
	call_nr(FILE_SETATTR, AT_FDCWD, "none", inode_attr, 24, AT_SYMLINK_NOFOLLOW);
	call_nr(FILE_SETATTR, NO_FD, BAD, NULL, 24, 0);
}

static void map_shadow_stack_calls(void)
{
	call_nr(MAP_SHADOW_STACK, 0, 4096, 1);
	call_nr(MAP_SHADOW_STACK, BAD, -1, 0x80);
}

static void mseal_calls(void)
{
	mmap((void *)0x30000000, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	call_nr(MSEAL, 0x30000000, 4096, 0);
	call_nr(MSEAL, 0x30000001, 4096, 0x77);
	call(munmap, (void *)0x30000000, 8192);
}

static void futexes(void)
{
	static uint32_t word = 5;
	struct { uint64_t val, uaddr; uint32_t flags, reserved; } two[2] = { { 9, (uintptr_t)&word, 2, 0 },
									     { 5, (uintptr_t)&word, 2, 0 } };
	struct timespec past = { 1, 0 };

	call_nr(FUTEX_WAKE, &word, 0xffffffff, 1, 2);
	call_nr(FUTEX_WAKE, BAD, 1, 1, 0x77);
	call_nr(FUTEX_WAIT, &word, 6, 0xffffffff, 2 | 128, NULL, 0);
	call_nr(FUTEX_WAIT, &word, 5, 0xffffffff, 2, &past, CLOCK_MONOTONIC);
	call_nr(FUTEX_WAIT, NULL, 5, 1, 2, BAD, 99);
	call_nr(FUTEX_REQUEUE, two, 0, 1, 1);
	call_nr(FUTEX_REQUEUE, BAD, 5, -1, -1);
}

static void statmount_calls(void)
{
	struct { uint32_t size, spare; uint64_t id, param, ns; } request = { 24, 0, -1UL, 1, 0 };
	uint64_t ids[4];
	char buf[512];

	call_nr(STATMOUNT, &request, buf, sizeof(buf), 0);
	call_nr(STATMOUNT, NULL, BAD, 5, 0x77);
	request.param = 0;
	call_nr(LISTMOUNT, &request, ids, 4, 0);
	call_nr(LISTMOUNT, &request, ids, 1, 1);
	call_nr(LISTMOUNT, BAD, NULL, -1, 0x77);
}

static void open_tree_attr_calls(void)
{
	struct { uint64_t set, clear, propagation, userns; } attr = { 1, 0, 0, 0 };

	call_nr(OPEN_TREE_ATTR, AT_FDCWD, "none", 1, &attr, sizeof(attr));
	call_nr(OPEN_TREE_ATTR, NO_FD, BAD, 0x77, NULL, 3);
}

static void listns_calls(void)
{
	struct { uint32_t size, spare; uint64_t id; uint32_t type, spare2; uint64_t user; } spaces = { 32, 0, 0, 0, 0, 0 };
	uint64_t ids[4];

	spaces.id = -1UL;
	call_nr(LISTNS, &spaces, ids, 4, 0);
	call_nr(LISTNS, NULL, BAD, 4, 0x77);
}

static void modules(void)
{
	uint32_t size = 512;
	uint64_t ids[8];
	char buf[512] = { 0 };

	call_nr(LSM_LIST_MODULES, ids, &size, 0);
	size = 3;
	call_nr(LSM_LIST_MODULES, ids, &size, 0);
	call_nr(LSM_LIST_MODULES, NULL, BAD, 7);
	size = sizeof(buf);
	call_nr(LSM_GET_SELF_ATTR, 100, buf, &size, 0);
	call_nr(LSM_GET_SELF_ATTR, 999, NULL, BAD, 1);
	call_nr(LSM_SET_SELF_ATTR, 100, buf, 3, 0);
	call_nr(LSM_SET_SELF_ATTR, 999, BAD, 32, 7);
}

static void make_file(void)
{
	fd = open("a", O_RDWR | O_CREAT, 0644);
}

static void remove_file(void)
{
	close(fd);
	unlink("a");
}

static const struct family families[] = {
	{ "cachestat", cachestat_calls },
	{ "fchmodat2", fchmodat2_calls },
	{ "xattrat", xattrat_calls },
	{ "file_getattr", file_getattr_calls },
	{ "map_shadow_stack", map_shadow_stack_calls },
	{ "mseal", mseal_calls },
	{ "futex", futexes },
	{ "statmount", statmount_calls },
	{ "open_tree_attr", open_tree_attr_calls },
	{ "listns", listns_calls },
	{ "lsm", modules },
};

PROGRAM(make_file, remove_file)
