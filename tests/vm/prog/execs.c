/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * execs HOW cold|warm EXPECTED PROGRAM N: replaces itself by PROGRAM, with N arguments behind its
 * name and no environment, and writes the line that the trace of that must have to EXPECTED. With
 * "cold" the path, argv and all its strings lie on pages that are in no page table and, where the
 * current directory's file system can drop them, not in memory.
 *
 *   path      by execve(2)
 *   fd        by execveat(2) of an open file and an empty path
 *   thread    by execve(2) in a thread that is not the leader
 *   long      by execve(2), with one more argument, longer than the kernel takes; traced with -s 4095
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "expect.h"

#define SPACE		(2L << 20)
#define MAX_ARGUMENTS	8000
#define TOO_LONG	(128 << 10)
#define SHOWN		4095
#define PAGE		4096

static const char *how, *lines;
static int file, program = -1;
static char *area;
static size_t area_used;
static char *path, **vector;

static void *place(const void *data, size_t size)
{
	char *at = area + area_used;

	memcpy(at, data, size);
	area_used += (size + 7) / 8 * 8;
	return at;
}

/* Path, strings and argv, no two of these on one page, and the line. */
static void fill(const char *name, int n)
{
	static char *argv[MAX_ARGUMENTS + 3];
	char argument[32];
	int i;

	path = place(program < 0 ? name : "", program < 0 ? strlen(name) + 1 : 1);
	area_used = PAGE;
	argv[0] = place(name, strlen(name) + 1);
	if (program < 0)
		add("execve(\"%s\", [\"%s\"", name, name);
	else
		add("execveat(%d, \"\", [\"%s\"", program, name);
	for (i = 1; i <= n; i++) {
		argv[i] = place(argument, sprintf(argument, "argument %d", i) + 1);
		add(", \"%s\"", argument);
	}
	if (!strcmp(how, "long")) {
		argv[i] = area + area_used;
		memset(argv[i], 'x', TOO_LONG);
		area_used += TOO_LONG + 8;
		add(", \"%.*s\"...", SHOWN, argv[i++]);
	}
	area_used = (area_used + PAGE - 1) / PAGE * PAGE;
	vector = place(argv, (i + 1) * sizeof(*argv));
	add("], NULL%s) ", program < 0 ? "" : ", AT_EMPTY_PATH");
}

static bool make_cold(void)
{
	return !msync(area, SPACE, MS_SYNC) &&
	       mmap(area, SPACE, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 0) == area &&
	       !posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
}

static bool save_with(const char *result)
{
	size_t call = used;
	bool saved;

	add("%*s= %s\n", used < 40 ? (int)(40 - used) : 0, "", result);
	saved = save(lines);
	used = call;
	return saved;
}

/* Returns only if that fails. The line says what the result was; NULL is argv's end, and no environment. */
static void *replace(void *unused)
{
	if (program < 0)
		syscall(SYS_execve, path, vector, NULL);
	else
		syscall(SYS_execveat, program, path, vector, NULL, AT_EMPTY_PATH);
	exit(!save_with(res(-1)));
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;
	int n = argc == 6 ? atoi(argv[5]) : MAX_ARGUMENTS + 1;

	if (n > MAX_ARGUMENTS)
		return 2;
	how = argv[1];
	lines = argv[3];
	file = open("execs.tmp", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (file < 0 || ftruncate(file, SPACE))
		return 2;
	area = mmap(NULL, SPACE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (area == MAP_FAILED)
		return 2;
	/* Not closed by the exec: a script's interpreter has to open it again. */
	if (!strcmp(how, "fd"))
		program = open(argv[4], O_PATH);
	fill(argv[4], n);
	if (!save_with("0") || (!strcmp(argv[2], "cold") && !make_cold()))
		return 2;
	if (!strcmp(how, "thread")) {
		if (!pthread_create(&thread, NULL, replace, NULL))
			pthread_join(thread, NULL);
		return 2;
	}
	replace(NULL);
}
