/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flood SECONDS THREADS COUNTS: threads that make numbered calls, close(1000000), close(1000001), …, each as fast as it
 * can. The file COUNTS then has a line for each thread, with its tid and how many calls it made. Prints how much
 * processor time all took, in ns.
 *
 * flood --check TRACE COUNTS: whether each of these calls is in sctrace-read's output (-f -e trace=close -o TRACE), or between
 * two lines of its thread with a gap between them; and whether as many records are missing as the gaps say. Prints one
 * line; the status is 1 if not.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define FIRST		1000000L
#define MAX_THREADS	64

static double stop_at;

struct thread {
	pthread_t handle;
	long tid;
	uint64_t made;		/* calls */
	uint64_t next;		/* the number that must come next */
	uint64_t gaps;		/* that there were when the last line came */
};

static struct thread threads[MAX_THREADS];
static int nr_threads;

static double now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static void *make_calls(void *arg)
{
	struct thread *thread = arg;
	int i;

	thread->tid = syscall(SYS_gettid);
	while (now(CLOCK_MONOTONIC) < stop_at) {
		for (i = 0; i < 256; i++)
			syscall(SYS_close, FIRST + thread->made++);
	}
	return NULL;
}

static int flood(double seconds, const char *path)
{
	FILE *counts = fopen(path, "w");
	int i;

	if (!counts) {
		perror(path);
		return 1;
	}
	stop_at = now(CLOCK_MONOTONIC) + seconds;
	for (i = 0; i < nr_threads; i++)
		pthread_create(&threads[i].handle, NULL, make_calls, &threads[i]);
	for (i = 0; i < nr_threads; i++)
		pthread_join(threads[i].handle, NULL);
	for (i = 0; i < nr_threads; i++)
		fprintf(counts, "%ld %" PRIu64 "\n", threads[i].tid, threads[i].made);
	fclose(counts);
	printf("%.0f\n", now(CLOCK_PROCESS_CPUTIME_ID) * 1e9);
	return 0;
}

static struct thread *find(long tid)
{
	int i;

	for (i = 0; i < nr_threads; i++) {
		if (threads[i].tid == tid)
			return &threads[i];
	}
	return NULL;
}

static int read_counts(const char *path)
{
	FILE *file = fopen(path, "r");

	if (!file) {
		perror(path);
		return -1;
	}
	while (nr_threads < MAX_THREADS &&
	       fscanf(file, "%ld %" SCNu64, &threads[nr_threads].tid, &threads[nr_threads].made) == 2)
		nr_threads++;
	fclose(file);
	return 0;
}

/* What is said of all lines. */
struct sums {
	uint64_t entries, results, gaps, lost, bad;
};

static void complain(struct sums *sums, const char *what, const char *line)
{
	if (sums->bad++ < 5)
		fprintf(stderr, "flood: %s: %s", what, line);
}

static void check_number(struct sums *sums, struct thread *thread, uint64_t number, const char *line)
{
	if (number < thread->next)
		complain(sums, "a number again", line);
	else if (number > thread->next && thread->gaps == sums->gaps)
		complain(sums, "calls are missing before this one, and no gap says so", line);
	else if (number >= thread->made)
		complain(sums, "a call that was not made", line);
	thread->next = number + 1;
}

static void check_line(struct sums *sums, const char *line)
{
	struct thread *thread;
	unsigned long lost;
	const char *call;
	char *rest;

	if (sscanf(line, "--- %lu records lost", &lost) == 1) {
		sums->gaps++;
		sums->lost += lost;
		return;
	}
	thread = find(strtol(line, &rest, 10));
	if (!thread)
		return;
	call = strstr(rest, " close(");
	if (call) {
		sums->entries++;
		check_number(sums, thread, strtoull(call + 7, NULL, 10) - FIRST, line);
	}
	sums->results += strstr(rest, " = -1 EBADF") != NULL;
	thread->gaps = sums->gaps;
}

/* Of calls, entries and returns are missing; a few of the lost records may be of other kinds: a thread's begin and end. */
static int check(const char *trace)
{
	FILE *file = fopen(trace, "r");
	struct sums sums = { 0 };
	uint64_t made = 0, missing;
	char line[512];
	int i;

	if (!file) {
		perror(trace);
		return 1;
	}
	while (fgets(line, sizeof(line), file))
		check_line(&sums, line);
	fclose(file);
	for (i = 0; i < nr_threads; i++) {
		made += threads[i].made;
		if (threads[i].next < threads[i].made && threads[i].gaps == sums.gaps)
			complain(&sums, "the last calls of a thread are missing, and no gap says so", "\n");
	}
	missing = 2 * made - sums.entries - sums.results;
	if (missing > sums.lost || sums.lost - missing > 4 * (uint64_t)nr_threads)
		complain(&sums, "the number of records missing is not that of the gaps", "\n");
	printf("%" PRIu64 " calls: %" PRIu64 " entries and %" PRIu64 " returns there, %" PRIu64 " missing, %" PRIu64
	       " lost in %" PRIu64 " gaps: %s\n", made, sums.entries, sums.results, missing, sums.lost, sums.gaps,
	       sums.bad ? "WRONG" : "exact");
	return sums.bad != 0;
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: flood SECONDS THREADS COUNTS | flood --check TRACE COUNTS\n");
		return 2;
	}
	if (!strcmp(argv[1], "--check"))
		return read_counts(argv[3]) < 0 ? 1 : check(argv[2]);
	nr_threads = atoi(argv[2]);
	if (nr_threads < 1 || nr_threads > MAX_THREADS) {
		fprintf(stderr, "flood: 1 to %d threads\n", MAX_THREADS);
		return 2;
	}
	return flood(atof(argv[1]), argv[3]);
}
