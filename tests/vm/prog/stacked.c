// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stacked [DEPTH]: getppid from outer() -> middle() -> inner(), in main() and in a thread (in_thread()); between middle() and
 * inner() are DEPTH frames of deeper(), each of half a KiB and more. Then inner() from a handler of a signal.
 * stacked addresses: where these functions begin.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* No call is the last thing that its function does, else the frame would go before it. */
#define FRAME __attribute__((noinline, noclone))

static volatile int sink;

static FRAME void inner(void)
{
	syscall(SYS_getppid);
	sink++;
}

static FRAME void deeper(int depth)
{
	volatile char room[512];

	memset((char *)room, depth, sizeof(room));
	if (depth)
		deeper(depth - 1);
	else
		inner();
	sink += room[depth & 511];
}

static FRAME void middle(int depth)
{
	if (depth)
		deeper(depth - 1);
	else
		inner();
	sink++;
}

static FRAME void outer(int depth)
{
	middle(depth);
	sink++;
}

static FRAME void *in_thread(void *depth)
{
	outer(*(int *)depth);
	sink++;
	return NULL;
}

static FRAME void handler(int signo)
{
	inner();
	sink += signo;
}

int main(int argc, char **argv)
{
	int depth = argc > 1 ? atoi(argv[1]) : 0;
	pthread_t thread;

	if (argc > 1 && strcmp(argv[1], "addresses") == 0) {
		printf("inner %p\nmiddle %p\nouter %p\nmain %p\n", (void *)inner, (void *)middle, (void *)outer, (void *)main);
		return 0;
	}
	outer(depth);
	if (pthread_create(&thread, NULL, in_thread, &depth))
		return 1;
	pthread_join(thread, NULL);
	signal(SIGUSR1, handler);
	raise(SIGUSR1);
	sink++;
	return 0;
}
