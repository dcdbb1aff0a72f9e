// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/uaccess.h>
#include <uapi/sctrace.h>

#include "fd_path.h"
#include "input.h"
#include "maps.h"
#include "memory.h"
#include "user_regs.h"

#define USER_END	((1UL << 47) - PAGE_SIZE)

struct memory_work memory_work;
static uint8_t memory[MEMORY_BYTES];
static uint16_t absent;

void memory_set(const uint8_t *bytes, size_t n, uint16_t missing)
{
	size_t done = n < sizeof(memory) ? n : sizeof(memory), part;

	absent = missing;
	memory_work = (struct memory_work) { 0 };
	if (!done) {
		memset(memory, 0, sizeof(memory));
		return;
	}
	memcpy(memory, bytes, done);
	for (; done < sizeof(memory); done += part) {
		part = min(done, sizeof(memory) - done);
		memcpy(memory + done, memory, part);
	}
}

bool access_ok(const void *from, unsigned long n)
{
	return n <= USER_END && (unsigned long)from <= USER_END - n;
}

void *memory_at(unsigned long address, size_t n)
{
	unsigned long at = address - MEMORY_BASE;

	return at < sizeof(memory) && n <= sizeof(memory) - at ? memory + at : NULL;
}

unsigned long raw_copy_from_user(void *to, const void *from, unsigned long n)
{
	unsigned long at = (unsigned long)from - MEMORY_BASE, rest = n;

	must(access_ok(from, n));
	memory_work.copies++;
	memory_work.bytes += n;
	while (rest && at < sizeof(memory) && !(absent >> at / PAGE_SIZE & 1)) {
		unsigned long part = min(rest, PAGE_SIZE - at % PAGE_SIZE);

		memcpy(to, memory + at, part);
		to = (uint8_t *)to + part;
		at += part;
		rest -= part;
	}
	return rest;
}

/* As the kernel's: words, so that up to seven bytes behind the NUL, but never behind to + n, are written. */
long strncpy_from_user(char *to, const char *from, long n)
{
	long done = 0;

	if (!access_ok(from, 1))
		return -EFAULT;
	for (; done < n; done++) {
		if (!access_ok(from + done, 1) || raw_copy_from_user(to + done, from + done, 1))
			return -EFAULT;
		if (!to[done]) {
			memset(to + done, 0xa5, min(n - done, 8L));
			return done;
		}
	}
	return n;
}

/* What a larger struct has behind the module's must be zeros. */
int copy_struct_from_user(void *to, size_t size, const void *from, size_t user_size)
{
	size_t same = min(size, user_size), i;
	uint8_t byte;

	for (i = size; i < user_size; i++) {
		const void *at = (const uint8_t *)from + i;

		if (!access_ok(at, 1) || raw_copy_from_user(&byte, at, 1))
			return -EFAULT;
		if (byte)
			return -E2BIG;
	}
	memset(to, 0, size);
	return !access_ok(from, same) || raw_copy_from_user(to, from, same) ? -EFAULT : 0;
}

void *vmemdup_user(const void *from, size_t size)
{
	void *to = malloc(size);

	must(to);
	if (access_ok(from, size) && !raw_copy_from_user(to, from, size))
		return to;
	free(to);
	return (void *)-EFAULT;
}

/* Of any length that there is, and every error. */
int sctrace_fd_path(int fd, char *to, u32 max, bool details, bool may_sleep)
{
	u32 room = min(max, (u32)PATH_MAX), n = (u32)fd % (PATH_MAX + 1);

	memory_work.paths++;
	/* d_path() writes from the end on. */
	memset(to, 'p', room);
	if (fd == AT_FDCWD)
		n = 5;
	else if (fd % 16 == 9)
		return -EBADF;
	else if (fd % 16 == 11 && !may_sleep)
		return -EAGAIN;
	if (n >= room)
		return -ENAMETOOLONG;
	if (details && fd % 2 && max - n >= SCTRACE_FD_MAX_BYTES) {
		memset(to + n, 'd', SCTRACE_FD_MAX_BYTES);
		n += SCTRACE_FD_MAX_BYTES;
	}
	return n;
}

void sctrace_user_regs(struct sctrace_regs *to)
{
	memset(to, 0x77, sizeof(*to));
	to->sp = sctrace_user_sp();
}

unsigned long sctrace_user_sp(void)
{
	return MEMORY_BASE + MEMORY_BYTES / 2;
}

/* Lists of files: a target that has some makes them of what it likes. */
int sctrace_maps_tell(struct sctrace_maps *maps, struct sctrace_piece *piece, u32 max, u32 room, bool may_sleep)
{
	static int turn;
	u32 most = min(max, room);

	(void)maps;
	turn = (turn + 1) % 3;
	if (!turn)
		return 0;
	if (turn == 1 && !may_sleep)
		return -EAGAIN;
	memset(piece + 1, 'm', most);
	piece->len = most;
	piece->wanted = most;
	return 1;
}
