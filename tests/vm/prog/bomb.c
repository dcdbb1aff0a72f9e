/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bomb SECONDS LIMIT MODE SEED: a process that, with all that come of it, makes as many processes and threads as it may, LIMIT
 * at a time, traced as a tree. Some run other programs, from threads as well; some are killed.
 *
 * MODE is discard, lossless or overwrite. If nothing is lost (lossless: it must not be), each task that is made must
 * end, each that ends must have been made, and no number may mean two tasks at a time. The session must end by
 * itself when the last of them has; and the counts must add up.
 *
 * Prints what is wrong, and how many tasks there were.
 */
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sctrace/sctrace.h>

#define NOBODY		65534
#define MAX_TID		(4 << 20)
#define RING_BYTES	(1 << 20)

/* ---- the bomb ---- */

static atomic_bool *stop;	/* shared by all */
static const char self[] = "/proc/self/exe";

static void explode(unsigned int seed);

/* In a thread: now and then it runs another program, and its leader is gone. */
static void *thread(void *arg)
{
	unsigned int seed = (uintptr_t)arg;

	if (rand_r(&seed) % 4 == 0)
		execl(self, self, "--leaf", NULL);
	return NULL;
}

static void make_thread(unsigned int seed)
{
	pthread_t handle;

	if (pthread_create(&handle, NULL, thread, (void *)(uintptr_t)seed) == 0)
		pthread_detach(handle);
}

/* 0, or who was made. */
static pid_t make_process(unsigned int seed)
{
	pid_t pid = fork();

	if (pid == 0) {
		explode(seed);
		_exit(0);
	}
	return pid > 0 ? pid : 0;
}

static void run_program(void)
{
	if (vfork() == 0) {
		execl(self, self, "--leaf", NULL);
		_exit(1);
	}
}

/* Until it is over; most end sooner. */
static void explode(unsigned int seed)
{
	pid_t child = 0;

	while (!atomic_load(stop) && rand_r(&seed) % 16) {
		switch (rand_r(&seed) % 8) {
		case 0: make_thread(rand_r(&seed)); break;
		case 1: run_program(); break;
		case 2:
			if (child && waitpid(child, NULL, WNOHANG) == 0)
				kill(child, SIGKILL);
			break;
		default: child = make_process(rand_r(&seed)) ?: child; break;
		}
		while (waitpid(-1, NULL, WNOHANG) > 0)
			child = 0;
	}
	while (waitpid(-1, NULL, 0) > 0)
		;
}

static void light(unsigned int limit, unsigned int seed, int go)
{
	const struct rlimit tasks = { limit, limit };
	char byte;

	if (read(go, &byte, 1) != 1 || setrlimit(RLIMIT_NPROC, &tasks) || setgid(NOBODY) || setuid(NOBODY))
		_exit(1);
	while (!atomic_load(stop)) {
		make_process(rand_r(&seed));
		explode(rand_r(&seed));
	}
	_exit(0);
}

/* ---- what is seen of it ---- */

static struct sct_session *session;
static enum sctrace_mode mode;
static uint64_t made, ended, lost, overlaps;
static bool alive[MAX_TID];

static void give_up(const char *what, int err)
{
	printf("%s: %s\n", what, strerror(-err));
	exit(1);
}

/* Whether a task has such a number, before and after. */
static void turn(uint32_t tid, bool now)
{
	if (tid >= MAX_TID || alive[tid] == now)
		overlaps++;
	else
		alive[tid] = now;
}

static void take(const struct sct_record *rec)
{
	const struct sctrace_rec_fork *f = (const void *)rec->hdr;
	const struct sctrace_rec_exec *e = (const void *)rec->hdr;

	switch (rec->hdr->type) {
	case SCTRACE_REC_GAP:
		lost += ((const struct sctrace_rec_gap *)rec->hdr)->lost;
		break;
	case SCTRACE_REC_FORK:
		made++;
		turn(f->child_tid, true);
		break;
	case SCTRACE_REC_TASK_EXIT:
		ended++;
		turn(rec->hdr->tid, false);
		break;
	case SCTRACE_REC_EXEC:
		/* A thread's: it has the number of its leader now, which has ended. */
		if (e->old_tid != rec->hdr->tid) {
			turn(e->old_tid, false);
			turn(rec->hdr->tid, true);
		}
		break;
	}
}

static void drain(void)
{
	struct sct_record rec;
	int ret;

	while ((ret = sct_next(session, &rec)) > 0)
		take(&rec);
	if (ret < 0)
		give_up("next", ret);
}

static void follow(int seconds)
{
	time_t end = time(NULL) + seconds;
	int ret = SCT_WAIT_READY;

	while (ret != SCT_WAIT_ENDED) {
		drain();
		if (time(NULL) >= end)
			atomic_store(stop, true);
		ret = sct_wait(session, 20);
		if (ret < 0)
			give_up("wait", ret);
	}
	ret = sct_stop(session);
	if (ret)
		give_up("stop", ret);
	drain();
}

static int check(void)
{
	struct sct_counts c;
	bool bad = false;

	sct_counts(session, &c);
	if (c.produced != c.delivered + c.lost + c.overwritten || c.lost != lost) {
		printf("produced=%" PRIu64 " delivered=%" PRIu64 " lost=%" PRIu64 " overwritten=%" PRIu64 " in gaps=%" PRIu64 "\n",
		       c.produced, c.delivered, c.lost, c.overwritten, lost);
		bad = true;
	}
	if (mode == SCTRACE_MODE_LOSSLESS && c.lost) {
		printf("%" PRIu64 " lost of %" PRIu64 "\n", c.lost, c.produced);
		bad = true;
	}
	/* With overwrite only the newest are there. */
	if (!c.lost && !c.overwritten && (made + 1 != ended || overlaps)) {
		printf("%" PRIu64 " made and one before, %" PRIu64 " ended, %" PRIu64 " times at odds with one before\n", made, ended,
		       overlaps);
		bad = true;
	}
	printf("%" PRIu64 " tasks, %" PRIu64 " records, %" PRIu64 " lost, %" PRIu64 " waits\n", made, c.produced, c.lost, c.waits);
	return bad;
}

static void begin(pid_t root)
{
	struct sctrace_test test = { .key = SCTRACE_KEY_TREE, .low = root };
	struct sct_options options = { .scope = SCTRACE_SCOPE_TESTS, .tests = &test, .nr_tests = 1,
				       .ring_bytes = RING_BYTES, .mode = mode };
	int err;

	/* The same by another way. */
	if (root & 1) {
		test.key = SCTRACE_KEY_PROCESS;
		options.scope |= SCTRACE_SCOPE_FOLLOW;
	}
	err = sct_open(&session);
	if (err)
		give_up("open", err);
	err = sct_configure(session, &options, NULL);
	if (err)
		give_up("configure", err);
	err = sct_start(session);
	if (err)
		give_up("start", err);
	alive[root] = true;
}

static bool take_mode(const char *text)
{
	static const char *const names[] = { "discard", "lossless", "overwrite" };
	unsigned int i;

	for (i = 0; i < SCTRACE_MODE_COUNT; i++) {
		mode = i;
		if (!strcmp(text, names[i]))
			return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	int go[2], bad;
	pid_t root;

	if (argc > 1 && !strcmp(argv[1], "--leaf"))
		return 0;
	if (argc != 5 || !take_mode(argv[3]) || pipe(go))
		return 2;
	stop = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (stop == MAP_FAILED)
		return 1;
	root = fork();
	if (root == 0)
		light(atoi(argv[2]), atoi(argv[4]), go[0]);
	begin(root);
	if (write(go[1], "", 1) != 1)
		return 1;
	follow(atoi(argv[1]));
	waitpid(root, NULL, 0);
	bad = check();
	sct_close(session);
	return bad;
}
