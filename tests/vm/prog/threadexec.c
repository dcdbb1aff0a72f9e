/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A thread that is not the leader replaces the process by /bin/true. */
#include <pthread.h>
#include <unistd.h>

static void *exec_true(void *unused)
{
	execl("/bin/true", "true", NULL);
	return unused;
}

int main(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, exec_true, NULL))
		return 1;
	pthread_join(thread, NULL);
	return 1;
}
