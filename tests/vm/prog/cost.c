/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cost N [CALL]: what a system call costs here: N calls of getppid, or of another one of the table
 * below, printed as ns a call: by the clock, and of this thread's own time. Under --icount 1 ns is one
 * instruction.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static double now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1e9 + ts.tv_nsec;
}

static void call_getppid(void)
{
	syscall(SYS_getppid);
}

/* A string at entry; it fails, so that no descriptor has to be closed. */
static void call_openat(void)
{
	syscall(SYS_openat, AT_FDCWD, "/nonexistent/file", O_RDONLY);
}

static const struct {
	const char *name;
	void (*call)(void);
} calls[] = { { "getppid", call_getppid }, { "openat", call_openat } };

static void (*find(const char *name))(void)
{
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (!strcmp(calls[i].name, name))
			return calls[i].call;
	}
	fprintf(stderr, "cost: no call '%s' here\n", name);
	exit(2);
}

int main(int argc, char **argv)
{
	long n = argc > 1 ? atol(argv[1]) : 100000;
	void (*call)(void) = find(argc > 2 ? argv[2] : "getppid");
	double wall = now(CLOCK_MONOTONIC), own = now(CLOCK_THREAD_CPUTIME_ID);
	long i;

	for (i = 0; i < n; i++)
		call();
	printf("%.0f ns a call, %.0f of them in the task\n", (now(CLOCK_MONOTONIC) - wall) / n,
	       (now(CLOCK_THREAD_CPUTIME_ID) - own) / n);
	return 0;
}
