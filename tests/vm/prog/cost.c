/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a system call costs here: argv[1] getppid() calls, printed as ns a call: by the clock, and
 * of this thread's own time. Under --icount 1 ns is one instruction.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static double now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1e9 + ts.tv_nsec;
}

int main(int argc, char **argv)
{
	long n = argc > 1 ? atol(argv[1]) : 100000;
	double wall = now(CLOCK_MONOTONIC), own = now(CLOCK_THREAD_CPUTIME_ID);
	long i;

	for (i = 0; i < n; i++)
		syscall(SYS_getppid);
	printf("%.0f ns a call, %.0f of them in the task\n", (now(CLOCK_MONOTONIC) - wall) / n,
	       (now(CLOCK_THREAD_CPUTIME_ID) - own) / n);
	return 0;
}
