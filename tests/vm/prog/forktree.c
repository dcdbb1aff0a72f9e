/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A tree of processes, argv[1] deep with argv[2] children each. Every process first names itself
 * by a call (chdir to its place in the tree), makes its children, waits for them and exits with
 * its depth.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int branch(int depth, int width, const char *place)
{
	char child[100];
	int i;

	if (chdir(place) == 0)
		return 99;
	for (i = 0; depth && i < width; i++) {
		snprintf(child, sizeof(child), "%s/%d", place, i);
		/* Raw: the C library's fork makes calls of its own in the child. */
		if (syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) == 0)
			_exit(branch(depth - 1, width, child));
	}
	while (wait(NULL) > 0)
		;
	return depth;
}

int main(int argc, char **argv)
{
	return argc == 3 ? branch(atoi(argv[1]), atoi(argv[2]), "/tree") : 2;
}
