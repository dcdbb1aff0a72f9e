/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fullring MODE CHILDREN CALLS [SECONDS]: a reader that is slower than what it reads. CHILDREN processes make
 * CALLS numbered calls each (0: for SECONDS), rings are as small as they can be.
 *
 * MODE discard: every record must be either read or counted in a gap at its place. lossless: every record must be
 * read. overwrite: nothing is read before the end; then the newest calls of each CPU must be there, without a hole,
 * and all others be counted. "-keep-up" behind it: the reader is as fast as it can.
 *
 * Prints what is wrong, and a line with the counts.
 */
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sctrace/sctrace.h>

#define MAX_CHILDREN 16
#define FIRST_NUMBER (-1000000)

static int go[2];
/* Shared with the children. */
static volatile struct {
	uint64_t made[MAX_CHILDREN];	/* calls that each has made; written at its end */
	bool stop;
} *shared;

struct child {
	int32_t pid;
	long next;		/* number that its next call must have if nothing was lost */
	uint64_t skipped;	/* calls whose entry did not come */
	bool ended;
};

struct run {
	enum sctrace_mode mode;
	bool slow;
	int nr;
	struct child children[MAX_CHILDREN];
	struct sct_session *session;
	uint64_t in_gaps, gaps, out_of_order;
	int checked;		/* children whose calls are all there, or the newest of them */
	bool bad;
};

/* With a CPU each, as far as there are some: a ring holds the newest calls of its CPU, wherever who made them is now. */
static void pin(int i)
{
	long nr_cpus = sysconf(_SC_NPROCESSORS_ONLN);
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(i % nr_cpus, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static void child(int i, long calls)
{
	char byte;
	long n;

	pin(i);

	if (read(go[0], &byte, 1) != 1)
		_exit(1);
	for (n = 0; calls ? n < calls : !shared->stop; n++)
		syscall(SYS_close, FIRST_NUMBER - n);
	shared->made[i] = n;
	_exit(0);
}

/* Returns when the child sleeps in its first read, whose entry is then no record of ours. */
static void await_child(int32_t pid)
{
	char path[40], text[40];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/syscall", pid);
	do {
		usleep(1000);
		file = fopen(path, "r");
		if (!file || !fgets(text, sizeof(text), file))
			exit(1);
		fclose(file);
	} while (text[0] == 'r' /* running */ || atoi(text) != SYS_read);
}

static void give_up(const char *what, int err)
{
	printf("%s: %s\n", what, strerror(-err));
	exit(1);
}

static void wrong(struct run *run, const char *what, uint64_t number)
{
	printf("%s: %" PRIu64 "\n", what, number);
	run->bad = true;
}

static struct child *find(struct run *run, uint32_t tid)
{
	int i;

	for (i = 0; i < run->nr; i++) {
		if (run->children[i].pid == (int32_t)tid)
			return &run->children[i];
	}
	return NULL;
}

/* ---- what comes ---- */

static void take_gap(struct run *run, const struct sctrace_rec_gap *gap)
{
	run->gaps++;
	run->in_gaps += gap->lost;
	if (gap->until < gap->hdr.time || gap->cause != SCTRACE_GAP_FULL || !gap->lost)
		wrong(run, "a gap that makes no sense", gap->lost);
}

static void take_call(struct run *run, struct child *c, long number)
{
	if (number < c->next) {
		run->out_of_order++;
		return;
	}
	/* With overwrite the first one that is there may have any number. */
	if (number > c->next && run->mode == SCTRACE_MODE_OVERWRITE && c->next)
		wrong(run, "a hole before call", number);
	c->skipped += number - c->next;
	c->next = number + 1;
}

static void take(struct run *run, const struct sct_record *rec)
{
	struct child *c = find(run, rec->hdr->tid);

	if (rec->hdr->type == SCTRACE_REC_GAP)
		take_gap(run, (const void *)rec->hdr);
	else if (!c)
		wrong(run, "a record of another task", rec->hdr->tid);
	else if (rec->hdr->type == SCTRACE_REC_TASK_EXIT)
		c->ended = true;
	else if (rec->hdr->type == SCTRACE_REC_ENTER && rec->nr == SYS_close &&
		 (int32_t)rec->args[0] <= FIRST_NUMBER)
		take_call(run, c, (long)FIRST_NUMBER - (int32_t)rec->args[0]);
}

/* Takes all there is, and is slow at it if that is wanted. */
static void drain(struct run *run)
{
	struct sct_record rec;
	unsigned int n = 0;
	int ret;

	while ((ret = sct_next(run->session, &rec)) > 0) {
		take(run, &rec);
		/* About a hundred times what making them takes. */
		if (run->slow && run->mode == SCTRACE_MODE_LOSSLESS && !(++n & 63))
			usleep(5000);
	}
	if (ret < 0)
		give_up("next", ret);
}

/* However slow the machine: each child makes more than half a ring. */
static void await_waiting(struct run *run)
{
	struct sct_counts counts = { 0 };
	int ms;

	for (ms = 0; !counts.waits && ms < 100000; ms++) {
		usleep(1000);
		if (sct_counts(run->session, &counts) < 0)
			return;
	}
}

static void follow(struct run *run, int seconds)
{
	time_t end = time(NULL) + seconds;
	unsigned int pause = 20000;
	int ret = SCT_WAIT_READY;

	if (run->slow && run->mode == SCTRACE_MODE_LOSSLESS)
		await_waiting(run);
	while (ret != SCT_WAIT_ENDED) {
		if (run->slow && run->mode == SCTRACE_MODE_DISCARD)
			usleep(pause);
		/* On a slow machine it takes longer until a ring is full. */
		if (!run->gaps && pause < 1000000)
			pause *= 2;
		drain(run);
		if (seconds && time(NULL) >= end)
			shared->stop = true;
		ret = sct_wait(run->session, 20);
		if (ret < 0)
			give_up("wait", ret);
	}
	sct_stop(run->session);
	drain(run);
}

/* ---- the end ---- */

static void check_counts(struct run *run, const struct sct_counts *counts)
{
	uint64_t made = 0;
	int i;

	for (i = 0; i < run->nr; i++)
		made += shared->made[i];
	printf("produced=%" PRIu64 " delivered=%" PRIu64 " lost=%" PRIu64 " overwritten=%" PRIu64 " gaps=%" PRIu64
	       " waits=%" PRIu64 " given-up=%" PRIu64 "\n", counts->produced, counts->delivered, counts->lost,
	       counts->overwritten, run->gaps, counts->waits, counts->given_up);
	if (counts->produced != counts->delivered + counts->lost + counts->overwritten)
		wrong(run, "produced is not delivered + lost + overwritten", counts->produced);
	if (run->in_gaps != counts->lost)
		wrong(run, "gap records tell of", run->in_gaps);
	/* Each child: the return from its read, calls * 2, the entry of exit_group, the end of the task. */
	if (counts->produced != made * 2 + run->nr * 3)
		wrong(run, "records of these calls", made * 2 + run->nr * 3);
	if (run->out_of_order)
		wrong(run, "calls out of order", run->out_of_order);
	if (run->mode != SCTRACE_MODE_DISCARD && counts->lost)
		wrong(run, "lost", counts->lost);
	if (run->mode != SCTRACE_MODE_OVERWRITE && counts->overwritten)
		wrong(run, "overwritten", counts->overwritten);
}

static void check_child(struct run *run, const struct child *c, uint64_t made)
{
	if (run->mode == SCTRACE_MODE_DISCARD)
		return;
	/* Others have come after it on its CPU: none of its calls is left. */
	if (run->mode == SCTRACE_MODE_OVERWRITE && !c->next)
		return;
	run->checked++;
	if (!c->ended || (uint64_t)c->next != made)
		wrong(run, "calls of a child that came to none after", c->next);
	if (run->mode == SCTRACE_MODE_LOSSLESS && c->skipped)
		wrong(run, "calls missing", c->skipped);
}

/* ---- */

static void begin(struct run *run, long calls)
{
	static const struct sctrace_plan plan = { .nr = SYS_close, .nr_args = 1 };
	struct sct_options options = { .scope = SCTRACE_SCOPE_TESTS, .ring_bytes = SCTRACE_RING_MIN_BYTES,
				       .plans = &plan, .nr_plans = 1, .mode = run->mode };
	struct sctrace_test tests[MAX_CHILDREN] = { 0 };
	int i, err;

	for (i = 0; i < run->nr; i++) {
		run->children[i].pid = fork();
		if (!run->children[i].pid)
			child(i, calls);
		tests[i].key = SCTRACE_KEY_TASK;
		tests[i].low = run->children[i].pid;
		await_child(run->children[i].pid);
	}
	err = sct_open(&run->session);
	if (err)
		give_up("open", err);
	options.tests = tests;
	options.nr_tests = run->nr;
	err = sct_configure(run->session, &options, NULL);
	if (err)
		give_up("configure", err);
	err = sct_start(run->session);
	if (err)
		give_up("start", err);
	for (i = 0; i < run->nr; i++)
		if (write(go[1], "", 1) != 1)
			exit(1);
}

static bool take_mode(struct run *run, const char *text)
{
	static const char *const names[] = { "discard", "lossless", "overwrite" };
	size_t i, len;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		len = strlen(names[i]);
		if (strncmp(text, names[i], len))
			continue;
		run->mode = i;
		run->slow = !text[len];
		return run->slow || !strcmp(text + len, "-keep-up");
	}
	return false;
}

int main(int argc, char **argv)
{
	struct run run = { .nr = argc > 3 ? atoi(argv[2]) : 0 };
	long calls = argc > 3 ? atol(argv[3]) : 0;
	int seconds = argc > 4 ? atoi(argv[4]) : 0;
	struct sct_counts counts;
	int i;

	if (run.nr < 1 || run.nr > MAX_CHILDREN || !take_mode(&run, argv[1]) || pipe(go) || !calls == !seconds)
		return 2;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return 1;
	begin(&run, calls);
	follow(&run, seconds);
	for (i = 0; i < run.nr; i++)
		waitpid(run.children[i].pid, NULL, 0);
	sct_counts(run.session, &counts);
	check_counts(&run, &counts);
	for (i = 0; i < run.nr; i++)
		check_child(&run, &run.children[i], shared->made[i]);
	if (run.mode != SCTRACE_MODE_DISCARD && !run.checked)
		wrong(&run, "children of which calls are there", 0);
	sct_close(run.session);
	return run.bad;
}
