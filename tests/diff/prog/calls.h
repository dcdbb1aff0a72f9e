/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the programs here share. A program is a table of families: one call or a few that belong
 * together, each made several times, with arguments that are as they should be and with such as a
 * decoder could stumble over. `PROGRAM FAMILY' makes the calls of one, without an argument a program
 * makes those of all; `PROGRAM --list' says which there are. A family needs nothing that another has
 * left. They run in an empty directory, leave it empty, print nothing, and do the same each time.
 */
#ifndef CALLS_H
#define CALLS_H

#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The call itself: what the C library would make of it, nobody asks. Arguments not given are 0. */
#define call(name, ...)		make_call(SYS_##name, SIX(__VA_ARGS__ __VA_OPT__(,) 0, 0, 0, 0, 0, 0, 0))
#define call_nr(nr, ...)	make_call(nr, SIX(__VA_ARGS__ __VA_OPT__(,) 0, 0, 0, 0, 0, 0, 0))
#define make_call(nr, six)	syscall(nr, six)
#define SIX(a, b, c, d, e, f, ...) \
	(long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f)

/* Where nothing is. */
#define BAD			((void *)0xdeadbeef000UL)

/* A descriptor that is not open. */
#define NO_FD			99

/* Two pages where nothing else is; the second is then taken away. */
#define EDGE_AT			0x20000000UL

static inline char *edge(void)
{
	static char *end;

	if (!end) {
		char *page = mmap((void *)EDGE_AT, 8192, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

		if (page == MAP_FAILED)
			exit(1);
		munmap(page + 4096, 4096);
		end = page + 4096;
	}
	return end;
}

/* The same bytes, the last of them before a page that is not there. */
static inline void *at_edge(const void *bytes, size_t n)
{
	return memcpy(edge() - n, bytes, n);
}

#define string_at_edge(s)	((char *)at_edge(s, strlen(s) + 1))

/* Room for n bytes, behind which is nothing. */
static inline void *room_at_edge(size_t n)
{
	return memset(edge() - n, 0, n);
}

/* Whether the process is asleep. */
static inline int is_asleep(int pid)
{
	char path[32], stat[256] = "", *behind;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	if (read(fd, stat, sizeof(stat) - 1) < 0)
		stat[0] = 0;
	close(fd);
	behind = strrchr(stat, ')');
	return behind && behind[1] == ' ' && behind[2] == 'S';
}

/*
 * The signal will come when this process is asleep: in the call that it makes next, however long it
 * takes to get there. Of the child that sends it no signal is heard. For families that are traced
 * without it. Returns what interrupted() is told behind that call.
 */
static inline int interrupt_when_asleep(int signo)
{
	int parent = getpid(), child = call_nr(SYS_clone, 0, 0, 0, 0, 0);

	if (child == 0) {
		while (!is_asleep(parent))
			usleep(1000);
		kill(parent, signo);
		_exit(0);
	}
	return child;
}

static inline void interrupted(int child)
{
	waitpid(child, NULL, __WALL);
}

struct family {
	const char *name;
	void (*run)(void);
	/* Options of tests/diff/run. */
	const char *compare;
};

/* before and after, each may be NULL, are called around each family. Returns the program's status. */
static inline int run_families(const struct family *families, size_t n, void (*before)(void), void (*after)(void),
			       const char *name)
{
	int status = name ? 2 : 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (name && strcmp(name, "--list") == 0) {
			printf("%s %s\n", families[i].name, families[i].compare ? families[i].compare : "");
			status = 0;
		} else if (!name || strcmp(name, families[i].name) == 0) {
			if (before)
				before();
			families[i].run();
			if (after)
				after();
			status = 0;
		}
	}
	return status;
}

/* The end of a program: main, with what is done before and after each of its families[]. */
#define PROGRAM(before, after)									\
int main(int argc, char **argv)									\
{												\
	return run_families(families, sizeof(families) / sizeof(families[0]), before, after,	\
			    argc > 1 ? argv[1] : NULL);						\
}

#endif
