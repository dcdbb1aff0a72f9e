// SPDX-License-Identifier: GPL-2.0-or-later
/* What module/capture.c calls, done to another task from outside. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/reg.h>
#include <sys/uio.h>
#include <unistd.h>

#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/uaccess.h>
#include <uapi/sctrace_record.h>

#include "fd_path.h"
#include "maps.h"
#include "user_memory.h"
#include "user_regs.h"

/* User space ends a page before the address that has bit 47. */
#define USER_END	((1UL << 47) - PAGE_SIZE)

/* As many pages as the longest step can touch. */
#define MAX_PAGES	(65536 / PAGE_SIZE + 2)

pid_t user_tid;
const struct sctrace_regs *user_regs;

bool access_ok(const void *from, unsigned long n)
{
	return n <= USER_END && (unsigned long)from <= USER_END - n;
}

/* One element a page: process_vm_readv() does not part an element, and ends at the first it cannot read. */
unsigned long raw_copy_from_user(void *to, const void *from, unsigned long n)
{
	struct iovec local = { .iov_base = to, .iov_len = n };
	struct iovec remote[MAX_PAGES];
	unsigned long at = (unsigned long)from, rest = n;
	unsigned int i;
	ssize_t got;

	for (i = 0; rest && i < MAX_PAGES; i++) {
		unsigned long part = min(rest, PAGE_SIZE - (at & (PAGE_SIZE - 1)));

		remote[i] = (struct iovec) { .iov_base = (void *)at, .iov_len = part };
		at += part;
		rest -= part;
	}
	got = process_vm_readv(user_tid, &local, 1, remote, i, 0);
	return n - max(got, (ssize_t)0);
}

/*
 * As the kernel's: n if there is no NUL among the first n. It copies in words, so that up to seven
 * bytes behind the NUL, but never behind to + n, are written too.
 */
long strncpy_from_user(char *to, const char *from, long n)
{
	long done = 0;

	while (done < n) {
		unsigned long at = (unsigned long)from + done;
		long part = min(n - done, (long)(PAGE_SIZE - (at & (PAGE_SIZE - 1))));
		char *nul;

		if (!access_ok((void *)at, part) || raw_copy_from_user(to + done, (void *)at, part))
			return -EFAULT;
		nul = memchr(to + done, 0, part);
		if (nul) {
			memset(nul, 0xa5, min(n - (nul - to), 8L));
			return nul - to;
		}
		done += part;
	}
	return n;
}

int sctrace_fd_path(int fd, char *to, u32 max, bool details, bool may_sleep)
{
	char link[64];
	ssize_t n;

	/* They are the kernel's to tell. */
	(void)details;
	(void)may_sleep;
	if (fd == AT_FDCWD)
		snprintf(link, sizeof(link), "/proc/%d/cwd", user_tid);
	else
		snprintf(link, sizeof(link), "/proc/%d/fd/%d", user_tid, fd);
	n = readlink(link, to, max);
	if (n < 0)
		return -EBADF;
	/* The kernel's way needs room for a NUL. */
	return (u32)n < max ? n : -ENAMETOOLONG;
}

void sctrace_user_regs(struct sctrace_regs *to)
{
	if (user_regs) {
		*to = *user_regs;
		return;
	}
	memset(to, 0, sizeof(*to));
	to->ip = ptrace(PTRACE_PEEKUSER, user_tid, 8L * RIP, NULL);
	to->sp = sctrace_user_sp();
}

unsigned long sctrace_user_sp(void)
{
	return user_regs ? user_regs->sp : (unsigned long)ptrace(PTRACE_PEEKUSER, user_tid, 8L * RSP, NULL);
}

int sctrace_maps_tell(struct sctrace_maps *maps, struct sctrace_piece *piece, u32 max, u32 room, bool may_sleep)
{
	u32 most = min(max, room);

	if (maps->answer != 1)
		return may_sleep ? 0 : maps->answer;
	piece->len = min(maps->len, most);
	piece->wanted = maps->len;
	memcpy(piece + 1, maps->bytes, piece->len);
	return 1;
}
