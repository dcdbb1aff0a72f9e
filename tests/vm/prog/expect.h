/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For programs that make known calls: the lines that a trace of them must have. */
#ifndef PROG_EXPECT_H
#define PROG_EXPECT_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char expected[1 << 20];
static size_t used;

__attribute__((format(printf, 1, 2)))
static void add(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	used += vsnprintf(expected + used, sizeof(expected) - used, format, args);
	va_end(args);
}

/* The line of a call: what stands before the result, padded to strace's column, and the result. */
__attribute__((format(printf, 2, 3), unused))
static void line(const char *result, const char *format, ...)
{
	char call[9000];
	va_list args;

	va_start(args, format);
	vsnprintf(call, sizeof(call), format, args);
	va_end(args);
	strcat(call, ") ");
	add("%-40s= %s\n", call, result);
}

static const char *res(long ret)
{
	static char text[100];

	if (ret == -1)
		snprintf(text, sizeof(text), "-1 %s (%s)", strerrorname_np(errno), strerror(errno));
	else
		snprintf(text, sizeof(text), "%ld", ret);
	return text;
}

__attribute__((unused))
static const char *addr(long ret)
{
	static char text[40];

	snprintf(text, sizeof(text), "%#lx", (unsigned long)ret);
	return text;
}

/* The calls lie between two chdir() that fail, by which the test finds them in the trace. */
__attribute__((unused))
static void begin(void)
{
	chdir("/begin of the known calls");
}

__attribute__((unused))
static void end(void)
{
	chdir("/end of the known calls");
}

/* So that masks are not empty: one signal of each of their words. */
__attribute__((unused))
static void block_two(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, __SIGRTMIN + 2);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Whether the lines are in the file now. */
__attribute__((unused))
static int save(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	return fd >= 0 && write(fd, expected, used) == (ssize_t)used && close(fd) == 0;
}

#endif
