/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes argv[1] calls close(-1000000 - i), i from 0 on, so that each call carries its number; 0:
 * without end. Sleeps argv[2] microseconds after each; none: as fast as it can. Prints "ready"
 * before the first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	long n = argc > 1 ? atol(argv[1]) : 0;
	long pause_us = argc > 2 ? atol(argv[2]) : 0;
	long i;

	puts("ready");
	fflush(stdout);
	for (i = 0; !n || i < n; i++) {
		syscall(SYS_close, -1000000 - i);
		if (pause_us)
			usleep(pause_us);
	}
	return 0;
}
