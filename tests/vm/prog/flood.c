/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flood SECONDS THREADS COUNTS: threads, each on a processor of its own, that make numbered calls, close(1000000),
 * close(1000001), …, as fast as they can. The file COUNTS then has a line for each, with its tid, how many calls it made, and
 * its processor. Prints how much processor time all took, in ns.
 *
 * flood --check TRACE COUNTS: whether each of these calls is in sctrace-read's output (-f -e trace=close -o TRACE) in its
 * order, and, where calls are not, whether gaps of that processor lie there with exactly as many records as are missing.
 * Prints one line; the status is 1 if not.
 */
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define FIRST		1000000L
#define MAX_THREADS	64
/* At its end, what may be lost besides calls: exits of threads. */
#define OTHERS_LOST	6

static double stop_at;
/* All threads are there before the first call: what is missing before a call is of calls. */
static pthread_barrier_t all_there;

struct thread {
	pthread_t handle;
	long tid;
	int cpu;
	uint64_t made;		/* calls */
	/* Of the check: the number that comes next; since the entry of the one before: */
	uint64_t next;
	uint64_t returns;	/* that came */
	uint64_t lost;		/* records, on this processor */
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
	cpu_set_t cpus;
	int i;

	CPU_ZERO(&cpus);
	CPU_SET(thread->cpu, &cpus);
	sched_setaffinity(0, sizeof(cpus), &cpus);
	thread->tid = syscall(SYS_gettid);
	pthread_barrier_wait(&all_there);
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
	pthread_barrier_init(&all_there, NULL, nr_threads + 1);
	for (i = 0; i < nr_threads; i++) {
		threads[i].cpu = i;
		if (pthread_create(&threads[i].handle, NULL, make_calls, &threads[i])) {
			fprintf(stderr, "flood: no thread\n");
			return 1;
		}
	}
	stop_at = now(CLOCK_MONOTONIC) + seconds;
	pthread_barrier_wait(&all_there);
	for (i = 0; i < nr_threads; i++)
		pthread_join(threads[i].handle, NULL);
	for (i = 0; i < nr_threads; i++)
		fprintf(counts, "%ld %" PRIu64 " %d\n", threads[i].tid, threads[i].made, threads[i].cpu);
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
	while (nr_threads < MAX_THREADS && fscanf(file, "%ld %" SCNu64 " %d", &threads[nr_threads].tid,
						  &threads[nr_threads].made, &threads[nr_threads].cpu) == 3)
		nr_threads++;
	fclose(file);
	return 0;
}

/* What is said of all lines. */
struct sums {
	uint64_t entries, returns, gaps, lost, bad;
};

static void complain(struct sums *sums, const char *what, const char *line)
{
	if (sums->bad++ < 5)
		fprintf(stderr, "flood: %s: %s", what, line);
}

/*
 * Between the entries of two calls lie the first one's return and both of each call in between: they came, or they are
 * counted as lost. Number made: the thread's end; some more may be lost there.
 */
static void check_entry(struct sums *sums, struct thread *thread, uint64_t number, uint64_t more, const char *line)
{
	uint64_t due = 2 * (number - thread->next) + (thread->next > 0);
	uint64_t here = thread->returns + thread->lost;

	if (number < thread->next)
		complain(sums, "a number again", line);
	else if (number > thread->made)
		complain(sums, "a call that was not made", line);
	else if (here < due || here > due + more)
		complain(sums, "the records missing before this are not those of the gaps", line);
	thread->next = number + 1;
	thread->returns = 0;
	thread->lost = 0;
}

static void add_gap(struct sums *sums, uint64_t lost, int cpu)
{
	int i;

	sums->gaps++;
	sums->lost += lost;
	for (i = 0; i < nr_threads; i++) {
		if (threads[i].cpu == cpu)
			threads[i].lost += lost;
	}
}

static void check_line(struct sums *sums, const char *line)
{
	struct thread *thread;
	const char *call;
	uint64_t lost;
	char *rest;
	int cpu;

	if (sscanf(line, "--- %" SCNu64 " records lost on CPU %d", &lost, &cpu) == 2) {
		add_gap(sums, lost, cpu);
		return;
	}
	thread = find(strtol(line, &rest, 10));
	if (!thread)
		return;
	call = strstr(rest, " close(");
	if (call) {
		sums->entries++;
		check_entry(sums, thread, strtoull(call + 7, NULL, 10) - FIRST, 0, line);
	}
	if (strstr(rest, " = -1 EBADF")) {
		sums->returns++;
		thread->returns++;
	}
}

static int check(const char *trace)
{
	FILE *file = fopen(trace, "r");
	struct sums sums = { 0 };
	uint64_t made = 0;
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
		check_entry(&sums, &threads[i], threads[i].made, OTHERS_LOST, "the end of a thread\n");
	}
	printf("%" PRIu64 " calls, each there or in a gap: %" PRIu64 " entries, %" PRIu64 " returns, %" PRIu64
	       " lost in %" PRIu64 " gaps: %s\n", made, sums.entries, sums.returns, sums.lost, sums.gaps,
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
	if (nr_threads < 1 || nr_threads > MAX_THREADS || nr_threads > sysconf(_SC_NPROCESSORS_ONLN)) {
		fprintf(stderr, "flood: as many threads as there are processors, at most\n");
		return 2;
	}
	return flood(atof(argv[1]), argv[3]);
}
