/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A 64-bit program of x86 that makes i386's calls by int 0x80, in turn with its own. A file name
 * must lie where 32 bits reach.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <string.h>
#include <unistd.h>

#ifdef __x86_64__
static long int80(long nr, long a, long b, long c)
{
	long ret;

	asm volatile("int $0x80" : "=a"(ret) : "a"(nr), "b"(a), "c"(b), "d"(c) : "memory", "r8", "r9", "r10", "r11");
	return ret;
}

int main(void)
{
	char *name = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	long pid;

	if (name == MAP_FAILED)
		return 1;
	strcpy(name, "/int80");
	chdir("/begin of the known calls");
	int80(33, (long)name, F_OK, 0);		/* access */
	int80(6, -1, 0, 0);			/* close; in its own numbers, lstat */
	/* The kernel takes the lower half of each register. */
	int80(6, 0x1234567800000063, 0, 0);
	int80(33, 0x1234567800000000 | (long)name, F_OK, 0);
	syscall(SYS_close, -1);
	pid = int80(2, 0, 0, 0);			/* fork */
	if (!pid) {
		int80(12, (long)name, 0, 0);	/* chdir */
		int80(252, 3, 0, 0);		/* exit_group */
	}
	int80(7, pid, 0, 0);			/* waitpid */
	chdir("/end of the known calls");
	return 0;
}
#else
int main(void)
{
	return 1;
}
#endif
