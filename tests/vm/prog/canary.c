/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether anything is left in the pages of a ring of what others have put into memory: the words of a traced program that
 * a session before has recorded and nobody has read, and those that programs have had in theirs. A new session's rings are
 * all zeros; when it runs, they hold nothing of who is not in its scope. Prints what does not hold.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <uapi/sctrace.h>

#define RING		(1u << 20)
#define PAGE		4096u
#define WHOLE		(PAGE + 2 * RING)
#define ROUNDS		12
#define MAX_CPUS	64

/* Put together where it is used, so that it is in no program file. */
static char canary[32];
static int failures;

static void need(const char *what, long ret)
{
	if (ret >= 0)
		return;
	printf("%s: %s\n", what, strerror(errno));
	exit(1);
}

static void wrong(const char *what, int round, int cpu)
{
	printf("round %d, CPU %d: %s\n", round, cpu, what);
	failures++;
}

/* As many as a ring holds, and more. */
static pid_t start_singer(void)
{
	pid_t pid = fork();
	char song[4096];
	size_t i;

	need("fork", pid);
	if (pid)
		return pid;
	for (i = 0; i < sizeof(song); i += sizeof(canary))
		memcpy(song + i, canary, sizeof(canary));
	for (;;)
		syscall(SYS_write, -1, song, sizeof(song));
}

static pid_t start_silent(void)
{
	pid_t pid = fork();

	need("fork", pid);
	while (!pid)
		syscall(SYS_write, -1, "-", 1);
	return pid;
}

/* The kernel gets pages back that are full of it. */
static void dirty_memory(void)
{
	size_t bytes = 64u << 20, i;
	char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		return;
	for (i = 0; i < bytes; i += sizeof(canary))
		memcpy(at + i, canary, sizeof(canary));
	munmap(at, bytes);
}

/* One that traces a process, or every one but us. */
static int configure(pid_t pid, unsigned int mode)
{
	static struct sctrace_step step = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG,
					    .index = 1, .max = 8192, .len_from = SCTRACE_LEN_ARG, .len_index = 2,
					    .len_bytes = 8, .unit = 1 };
	static struct sctrace_plan plan = { .nr = SYS_write, .nr_args = 3, .nr_steps = 1 };
	struct sctrace_test test = { .key = SCTRACE_KEY_TASK, .low = pid };
	struct sctrace_config c = {
		.size = sizeof(c), .scope = SCTRACE_SCOPE_TESTS, .ring_bytes = RING, .tests = (unsigned long)&test, .nr_tests = 1,
		.plans = (unsigned long)&plan, .nr_plans = 1, .steps = (unsigned long)&step, .nr_steps = 1, .mode = mode,
	};
	int fd = open(SCTRACE_DEVICE, O_RDWR | O_CLOEXEC);

	need("open", fd);
	need("configure", ioctl(fd, SCTRACE_IOC_CONFIG, &c));
	return fd;
}

static unsigned long long produced(int fd)
{
	struct sctrace_stats s = { .size = sizeof(s), .cpu = SCTRACE_ALL_CPUS };

	need("stats", ioctl(fd, SCTRACE_IOC_STATS, &s));
	return s.produced;
}

/* Fills a session's rings, of which nobody reads anything. */
static void record(pid_t pid, unsigned int mode, unsigned int n)
{
	int fd = configure(pid, mode);

	need("start", ioctl(fd, SCTRACE_IOC_START));
	while (produced(fd) < n)
		usleep(1000);
	/* Its end is that of its file. */
	close(fd);
}

/* @maps: NULL ends them. */
static void map_all(int fd, char *maps[], char *pages[])
{
	int cpu, n = 0;

	for (cpu = 0; cpu < MAX_CPUS; cpu++) {
		char *map = mmap(NULL, WHOLE, PROT_READ, MAP_SHARED, fd, SCTRACE_MMAP_RING(cpu));

		if (map == MAP_FAILED)
			continue;
		pages[n] = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, SCTRACE_MMAP_CONS(cpu));
		maps[n++] = map;
	}
	maps[n] = NULL;
}

static int is_zero(const char *at, size_t n)
{
	return !at[0] && !memcmp(at, at + 1, n - 1);
}

static void look(pid_t silent, int round)
{
	int fd = configure(silent, SCTRACE_MODE_DISCARD), i;
	char *maps[MAX_CPUS + 1], *pages[MAX_CPUS + 1];

	map_all(fd, maps, pages);
	if (!maps[0])
		need("map", -1);
	for (i = 0; maps[i]; i++) {
		if (!is_zero(maps[i], WHOLE))
			wrong("a new ring is not all zeros", round, i);
		if (!is_zero(pages[i], PAGE))
			wrong("a new page of the reader's is not all zeros", round, i);
	}
	need("start", ioctl(fd, SCTRACE_IOC_START));
	while (produced(fd) < 1000)
		usleep(1000);
	need("stop", ioctl(fd, SCTRACE_IOC_STOP));
	for (i = 0; maps[i]; i++) {
		if (memmem(maps[i], WHOLE, canary, sizeof(canary)))
			wrong("what another task has written is in the ring", round, i);
		munmap(maps[i], WHOLE);
		munmap(pages[i], PAGE);
	}
	close(fd);
}

int main(void)
{
	pid_t singer, silent;
	size_t i;
	int round;

	for (i = 0; i < sizeof(canary); i++)
		canary[i] = 'A' + (i * 7 + 3) % 26;
	singer = start_singer();
	silent = start_silent();
	for (round = 0; round < ROUNDS; round++) {
		record(singer, round % SCTRACE_MODE_COUNT == SCTRACE_MODE_LOSSLESS ? SCTRACE_MODE_DISCARD : round % SCTRACE_MODE_COUNT,
		       2000);
		dirty_memory();
		look(silent, round);
	}
	kill(singer, SIGKILL);
	kill(silent, SIGKILL);
	return failures != 0;
}
