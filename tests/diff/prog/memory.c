// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/memory.c. */
#include <linux/mempolicy.h>
#include <linux/mman.h>
#include <sys/uio.h>

#include "calls.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif
#ifndef PROT_GROWSDOWN
#define PROT_GROWSDOWN 0x01000000
#endif

#define AT	((char *)0x30000000UL)

static int fd;

static void brk_calls(void)
{
	call(brk, 0);
	call(brk, 1);
}

static void mmap_calls(void)
{
	call(mmap, AT, 16384, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	call(mmap, AT + 16384, 8192, PROT_READ, MAP_SHARED | MAP_FIXED_NOREPLACE, fd, 0);
	call(mmap, AT, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	call(mmap, NULL, 0, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
	call(mmap, NULL, 4096, 0xff, MAP_SHARED_VALIDATE | 0x8000000, NO_FD, 4096);
	call(mmap, NULL, 4096, PROT_READ | PROT_SEM, MAP_ANONYMOUS | MAP_STACK, -1, 0);
	call(mmap, NULL, 4096, PROT_READ | PROT_GROWSDOWN, MAP_PRIVATE | MAP_HUGETLB | (21 << 26), NO_FD, 1);
	call(mmap, (void *)-4096L, -1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE | MAP_NORESERVE, -1,
	     -4096);
	call(munmap, AT + 0x100000, 4096);
	call(munmap, AT, 4096 * 6);
	call(munmap, AT + 1, 4096);
	call(munmap, NULL, 0);
	call(mmap, AT, 16384, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}

static void mprotect_calls(void)
{
	call(mprotect, AT, 4096, PROT_READ);
	call(mprotect, AT, 4096, PROT_READ | PROT_WRITE);
	call(mprotect, AT + 1, 4096, PROT_NONE);
	call(mprotect, NULL, -1, PROT_GROWSDOWN | 0x80);
}

static void mremap_calls(void)
{
	call(mremap, AT, 16384, 8192, 0);
	call(mremap, AT, 8192, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, AT + 0x100000);
	call(mremap, AT + 0x100000, 4096, 8192, MREMAP_MAYMOVE | 0x80, BAD);
	call(mremap, NULL, 0, 0, MREMAP_FIXED, NULL);
}

static void mincore_calls(void)
{
	unsigned char present[4];

	memset(AT, 1, 16384);
	call(mincore, AT, 16384, present);
	call(mincore, AT, 16384, NULL);
	call(mincore, AT + 1, 4096, present);
	call(mincore, BAD, 4096, present);
}

static void msync_calls(void)
{
	call(msync, AT + 16384, 8192, MS_SYNC);
	call(msync, AT, 4096, MS_ASYNC | MS_INVALIDATE);
	call(msync, BAD, 4096, 0xf0);
}

static void madvise_calls(void)
{
	call(madvise, AT, 4096, MADV_DONTNEED);
	call(madvise, AT, 4096, MADV_WILLNEED);
	call(madvise, AT, 4096, MADV_POPULATE_READ);
	call(madvise, AT, 4096, MADV_COLD);
	call(madvise, BAD, 4096, MADV_FREE);
	call(madvise, AT, 4096, 12345);
}

static void remap_file_pages_calls(void)
{
	call(remap_file_pages, AT + 16384, 4096, 0, 1, 0);
	call(remap_file_pages, BAD, 4096, PROT_READ, -1, MAP_NONBLOCK);
}

static void mlock_calls(void)
{
	call(mlock, AT, 4096);
	call(mlock, BAD, 4096);
	call(mlock2, AT, 4096, MLOCK_ONFAULT);
	call(mlock2, AT, 4096, 0xf0);
	call(munlock, AT, 8192);
	call(munlock, BAD, -1);
}

static void mlockall_calls(void)
{
	call(mlockall, MCL_FUTURE | MCL_ONFAULT);
	call(mlockall, 0x80);
	call(munlockall);
}

static void keys(void)
{
	int key = call(pkey_alloc, 0, 0);

	call(pkey_alloc, 0, 1 | 2);
	call(pkey_alloc, 7, 0xff);
	call(pkey_mprotect, AT, 4096, PROT_READ | PROT_WRITE, -1);
	call(pkey_mprotect, AT, 4096, PROT_READ, 99);
	call(pkey_free, key);
	call(pkey_free, -1);
}

static void memfd_create_calls(void)
{
	close(call(memfd_create, "name", MFD_CLOEXEC));
	close(call(memfd_create, "", MFD_ALLOW_SEALING));
	call(memfd_create, "huge", MFD_HUGETLB | (21U << 26) | 0x80);
	call(memfd_create, NULL, 0);
	call(memfd_create, BAD, -1);
}

#ifdef SYS_memfd_secret
static void memfd_secret_calls(void)
{
	close(call(memfd_secret, O_CLOEXEC));
	call(memfd_secret, 0x77);
}
#endif

static void mempolicy_calls(void)
{
	unsigned long nodes[2] = { 1, 0 }, more[2] = { 0x8000000000000001UL, 0xff }, got[16];
	int mode;

	call(get_mempolicy, &mode, got, 1024, NULL, 0);
	call(get_mempolicy, &mode, NULL, 0, AT, MPOL_F_ADDR | MPOL_F_NODE);
	call(get_mempolicy, NULL, got, 1024, NULL, MPOL_F_MEMS_ALLOWED);
	call(get_mempolicy, BAD, BAD, 64, BAD, 0xf0);
	call(set_mempolicy, MPOL_BIND, nodes, 64);
	call(set_mempolicy, MPOL_PREFERRED | MPOL_F_STATIC_NODES, nodes, 65);
	call(set_mempolicy, 77, more, 128);
	call(set_mempolicy, MPOL_INTERLEAVE, NULL, 0);
	call(set_mempolicy, MPOL_BIND, BAD, 64);
	call(set_mempolicy, MPOL_DEFAULT, NULL, 0);
#ifdef SYS_set_mempolicy_home_node
	call(set_mempolicy_home_node, AT, 4096, 0, 0);
	call(set_mempolicy_home_node, BAD, -1, 99, 7);
#endif
}

static void mbind_calls(void)
{
	unsigned long nodes[2] = { 1, 0 }, more[2] = { 0x8000000000000001UL, 0xff };

	call(mbind, AT, 4096, MPOL_BIND, nodes, 64, MPOL_MF_STRICT);
	call(mbind, AT, 4096, MPOL_INTERLEAVE | MPOL_F_RELATIVE_NODES, more, 128, MPOL_MF_MOVE | MPOL_MF_MOVE_ALL);
	call(mbind, AT, 4096, MPOL_DEFAULT, NULL, 0, 0);
	call(mbind, BAD, -1, 99, BAD, 64, 0xf0);
	call(mbind, AT, 4096, MPOL_BIND, nodes, 0, 0);
	call(mbind, AT, 4096, MPOL_BIND, nodes, -1, 0);
}

static void migrate_pages_calls(void)
{
	unsigned long nodes[2] = { 1, 0 }, more[2] = { 0x8000000000000001UL, 0xff };
	long self = 0;

	call(migrate_pages, self, 64, nodes, nodes);
	call(migrate_pages, -1, 128, more, NULL);
	call(migrate_pages, self, 64, BAD, BAD);
}

static void move_pages_calls(void)
{
	void *pages[3] = { AT, BAD, NULL };
	int on[3] = { 0, 0, 99 }, status[3];
	long self = 0;

	call(move_pages, self, 1, pages, on, status, MPOL_MF_MOVE);
	call(move_pages, self, 3, pages, NULL, status, 0);
	call(move_pages, self, 3, pages, on, status, 0x80);
	call(move_pages, self, 0, NULL, NULL, NULL, 0);
	call(move_pages, -1, 3, BAD, BAD, BAD, MPOL_MF_MOVE_ALL);
}

static void advice_to_others(void)
{
	struct iovec iov[2] = { { AT, 4096 }, { AT + 4096, 4096 } };
	int self = syscall(SYS_pidfd_open, getpid(), 0);

	call(process_madvise, self, iov, 2, MADV_COLD, 0);
	call(process_madvise, self, iov, 1, 99, 7);
	call(process_madvise, NO_FD, iov, 2, MADV_PAGEOUT, 0);
	call(process_madvise, self, NULL, 2, MADV_COLD, 0);
	call(process_madvise, self, BAD, 2, MADV_COLD, 0);
	close(self);
}

/* Four pages of our own at AT, and two of a file behind them. */
static void map_pages(void)
{
	fd = open("a", O_RDWR | O_CREAT, 0644);
	ftruncate(fd, 8192);
	mmap(AT, 16384, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	mmap(AT + 16384, 8192, PROT_READ, MAP_SHARED | MAP_FIXED_NOREPLACE, fd, 0);
	memset(AT, 1, 16384);
}

static void unmap_pages(void)
{
	munmap(AT, 4096 * 6);
	close(fd);
	unlink("a");
}

static const struct family families[] = {
	{ "brk", brk_calls },
	{ "mmap", mmap_calls },
	{ "mprotect", mprotect_calls },
	{ "mremap", mremap_calls },
	{ "mincore", mincore_calls },
	{ "msync", msync_calls },
	{ "madvise", madvise_calls },
	{ "remap_file_pages", remap_file_pages_calls },
	{ "mlock", mlock_calls },
	{ "mlockall", mlockall_calls },
	{ "pkey", keys },
	{ "memfd_create", memfd_create_calls },
#ifdef SYS_memfd_secret
	{ "memfd_secret", memfd_secret_calls },
#endif
	{ "mempolicy", mempolicy_calls },
	{ "mbind", mbind_calls },
	{ "migrate_pages", migrate_pages_calls },
	{ "move_pages", move_pages_calls },
	{ "process_madvise", advice_to_others },
};

PROGRAM(map_pages, unmap_pages)
