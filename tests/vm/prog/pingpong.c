/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two threads, each bound to a CPU of its own where there are two, hand a counter to and fro
 * through pipes: argv[1] rounds. Each write causes the other thread's read to return, so a trace
 * in the right order never shows the second before the first.
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int to_b[2], to_a[2];
static int rounds, cpus;

static void bind_to(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu % cpus, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static void send(int fd, char side, int i)
{
	char text[16];

	if (write(fd, text, snprintf(text, sizeof(text), "%c%06d", side, i)) != 7)
		abort();
}

static void receive(int fd)
{
	char text[7];

	if (read(fd, text, sizeof(text)) != sizeof(text))
		abort();
}

static void *side_b(void *unused)
{
	int i;

	bind_to(1);
	for (i = 0; i < rounds; i++) {
		receive(to_b[0]);
		send(to_a[1], 'b', i);
	}
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t b;
	int i;

	rounds = argc > 1 ? atoi(argv[1]) : 10;
	cpus = sysconf(_SC_NPROCESSORS_ONLN);
	if (pipe(to_b) || pipe(to_a) || pthread_create(&b, NULL, side_b, NULL))
		return 1;
	bind_to(0);
	for (i = 0; i < rounds; i++) {
		send(to_b[1], 'a', i);
		receive(to_a[0]);
	}
	return pthread_join(b, NULL);
}
