/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reload FILE SECONDS ROUNDS SEED: loads the module of FILE and unloads it, again and again, until SECONDS have passed and
 * ROUNDS are over. In between a session of any mode traces every task for a moment, or several do, or none.
 *
 * Prints what is wrong, or how many loads there were, of how many records.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <uapi/sctrace.h>

#define MAX_SESSIONS	3

static unsigned int seed;
static unsigned long records;

static void give_up(const char *what)
{
	printf("%s: %s\n", what, strerror(errno));
	exit(1);
}

static int begin(void)
{
	struct sctrace_config c = { .size = sizeof(c), .scope = SCTRACE_SCOPE_TESTS, .ring_bytes = SCTRACE_RING_MIN_BYTES,
				    .mode = rand_r(&seed) % SCTRACE_MODE_COUNT };
	int fd = open(SCTRACE_DEVICE, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		give_up("open");
	if (ioctl(fd, SCTRACE_IOC_CONFIG, &c) || ioctl(fd, SCTRACE_IOC_START))
		give_up("start");
	return fd;
}

/* Its end is its close: now and then with a stop before. */
static void end(int fd)
{
	struct sctrace_stats stats = { .size = sizeof(stats), .cpu = SCTRACE_ALL_CPUS };

	if (ioctl(fd, SCTRACE_IOC_STATS, &stats))
		give_up("statistics");
	records += stats.produced;
	if (rand_r(&seed) % 4 == 0 && ioctl(fd, SCTRACE_IOC_STOP))
		give_up("stop");
	close(fd);
}

static void trace(void)
{
	int fds[MAX_SESSIONS], n = rand_r(&seed) % (MAX_SESSIONS + 1), i;

	for (i = 0; i < n; i++)
		fds[i] = begin();
	usleep(rand_r(&seed) % 20000);
	for (i = 0; i < n; i++)
		end(fds[i]);
}

static void once(int file)
{
	if (syscall(SYS_finit_module, file, "", 0))
		give_up("load");
	trace();
	/* Tasks that waited for a reader may still be on their way out of it. */
	while (syscall(SYS_delete_module, "sctrace", O_NONBLOCK)) {
		if (errno != EWOULDBLOCK && errno != EBUSY)
			give_up("unload");
		usleep(1000);
	}
}

int main(int argc, char **argv)
{
	unsigned long rounds, n = 0;
	time_t until;
	int file;

	if (argc != 5)
		return 2;
	file = open(argv[1], O_RDONLY | O_CLOEXEC);
	if (file < 0)
		give_up(argv[1]);
	until = time(NULL) + atoi(argv[2]);
	rounds = atol(argv[3]);
	seed = atoi(argv[4]);
	while (n < rounds || time(NULL) < until) {
		once(file);
		n++;
	}
	printf("%lu loads, %lu records\n", n, records);
	return 0;
}
