/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A thread that is not the leader replaces the process by argv[1], or /bin/true. */
#include <pthread.h>
#include <unistd.h>

static void *exec_it(void *path)
{
	execl(path, "true", NULL);
	return path;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, exec_it, argc > 1 ? argv[1] : "/bin/true"))
		return 1;
	pthread_join(thread, NULL);
	return 1;
}
