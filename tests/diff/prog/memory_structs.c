// SPDX-License-Identifier: GPL-2.0-or-later
/* What calls of userspace/syscalls/memory.c point to, and their flags one by one. */
#include <sys/uio.h>

#include "calls.h"

#define PAGE 4096L

static char *page;

static void mmap_calls(void)
{
	long i;

	for (i = 0; i < 64; i++)
		call(mmap, 0, PAGE, 0, MAP_PRIVATE | MAP_HUGETLB | i << MAP_HUGE_SHIFT, -1, 0x1234567000);
	for (i = 0; i < 16; i++) {
		if (i != 8)
			call(mmap, 0, 0, 1 << i, i, -1, 1);
	}
	call(mmap, 0, 0, 0x1000000, 0x20, -100, 1);
	call(mmap, 0, 0, 0x3000000, 0x222, -100, 1);
	call(mmap, 0, 0, 0, 0x4000000, -1, 0);
}

static void mremap_calls(void)
{
	call(mremap, page, PAGE, 2 * PAGE, MREMAP_FIXED, 0x77777);
	call(mremap, page, PAGE, 2 * PAGE, MREMAP_FIXED | MREMAP_MAYMOVE, 0x77777);
	call(mremap, page, PAGE, 2 * PAGE, MREMAP_DONTUNMAP, 0x77777);
	call(mremap, page, PAGE, 2 * PAGE, 0xf8, 0x77777);
	call(remap_file_pages, page, PAGE, 1, 3, 0x10000);
}

static void madvise_calls(void)
{
	long i;

	for (i = 0; i < 26; i++)
		call(madvise, page, 0, i);
}

static void memfd_create_calls(void)
{
	long i;

	for (i = 0; i < 64; i += 7)
		call(memfd_create, "abc", i << 26 | MFD_HUGETLB);
}

static void mincore_calls(void)
{
	unsigned char resident[40];

	page[0] = 1;
	call(mincore, page, 5 * PAGE, resident);
	call(mincore, page, 4 * PAGE + 1, resident);
	call(mincore, page, 0, resident);
	call(mincore, page, 33 * PAGE, resident);
	call(mincore, page, 2 * PAGE, room_at_edge(2));
	call(mincore, page + 1, 5 * PAGE, resident);
	call(mincore, page, 5 * PAGE, BAD);
}

static void process_madvise_calls(void)
{
	struct iovec iov[3] = { { page, PAGE }, { BAD, 100 } };

	call(process_madvise, -1, iov, 3, MADV_COLD, 0);
	call(process_madvise, -1, BAD, 3, MADV_PAGEOUT, 5);
	call(process_madvise, -1, NULL, 3, 999, 5);
}

static void move_pages_calls(void)
{
	void *pages[40] = { page, page + PAGE, NULL, BAD };
	int nodes[40] = { 0, 1 }, status[40];

	page[0] = 1;
	call(move_pages, 0, 4, pages, NULL, status, 2);
	call(move_pages, 0, 4, pages, nodes, status, 2);
	call(move_pages, -1, 40, pages, nodes, status, 6);
	call(move_pages, 0, 40, pages, NULL, status, 0);
	call(move_pages, 0, 0, pages, NULL, status, 0);
	call(move_pages, 0, 3, BAD, BAD, BAD, 0xf9);
}

static void set_mempolicy_calls(void)
{
	static const long counts[] = { 0, 2, 63, 64, 65, 66, 127, 128, 129, 130, 2048, 2049, 2050 };
	unsigned long nodes[40] = { 1, 2, 3, 0x8000000000000000 };
	unsigned int i;
	int mode;

	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		call(set_mempolicy, 1, nodes, counts[i]);
		if (counts[i])
			call(get_mempolicy, NULL, nodes + 5, counts[i], NULL, 0);
		call(migrate_pages, -1, counts[i], nodes, nodes + 1);
	}
	call(set_mempolicy, 4 | 0xe000, nodes, 65);
	call(set_mempolicy, 0, NULL, 0);
	call(get_mempolicy, &mode, nodes, 1024, page, 2);
	call(get_mempolicy, &mode, nodes, 64, page, 3);
	call(get_mempolicy, &mode, NULL, 0, page, 3);
	call(get_mempolicy, &mode, BAD, 1024, NULL, 0xf8);
	call(migrate_pages, -1, 100, BAD, NULL);
}

static void mbind_calls(void)
{
	unsigned long nodes[40] = { 1, 2, 3, 0x8000000000000000 };
	int mode;

	call(mbind, page, PAGE, 2, nodes, 64, 0);
	call(mbind, page, PAGE, 2 | 0x8000, nodes, 65, 7);
	call(mbind, page, PAGE, 0x4002, nodes, 64, 0xfff8);
	call(mbind, page, PAGE, 0x99, BAD, 128, 3);
	call(mbind, page, PAGE, 0x100000001, NULL, 128, 3);
	call(mbind, page, PAGE, 5, at_edge(nodes, 8), 64, 0);
	call(mbind, page, PAGE, 5, at_edge(nodes, 8), 128, 0);
	call(get_mempolicy, &mode, nodes, 1024, page, 2);
	call(get_mempolicy, &mode, nodes, 64, page, 3);
}

static void map_pages(void)
{
	page = mmap((void *)0x30000000, 64 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}

static const struct family families[] = {
	{ "mmap", mmap_calls },
	{ "mremap", mremap_calls },
	{ "madvise", madvise_calls },
	{ "memfd_create", memfd_create_calls },
	{ "mincore", mincore_calls },
	{ "process_madvise", process_madvise_calls },
	{ "move_pages", move_pages_calls },
	{ "set_mempolicy", set_mempolicy_calls },
	{ "mbind", mbind_calls },
};

PROGRAM(map_pages, NULL)
