/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A reader that is slower than what it reads: argv[1] children make argv[2] numbered calls each
 * (prog/calls.c), rings are as small as they can be. Every record must be either read or counted
 * in a gap at its place. Prints what is wrong, and a line with the counts.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sctrace/sctrace.h>

#define MAX_CHILDREN 16

static int go[2];

struct child {
	int32_t pid;
	long next;		/* number that its next call must have if nothing was lost */
	uint64_t missing;	/* calls that were skipped: each is two records, or one at an edge */
};

static void child(long calls)
{
	char byte;
	long i;

	if (read(go[0], &byte, 1) != 1)
		_exit(1);
	for (i = 0; i < calls; i++)
		syscall(SYS_close, -1000000 - i);
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

static int fail(const char *what, int err)
{
	printf("%s: %s\n", what, strerror(-err));
	return 1;
}

static struct child *find(struct child *children, int n, uint32_t tid)
{
	int i;

	for (i = 0; i < n; i++) {
		if (children[i].pid == (int32_t)tid)
			return &children[i];
	}
	return NULL;
}

int main(int argc, char **argv)
{
	static const struct sctrace_plan plan = { .nr = SYS_close, .nr_args = 1 };
	struct sct_options options = { .scope = SCTRACE_SCOPE_TESTS, .ring_bytes = SCTRACE_RING_MIN_BYTES,
				       .plans = &plan, .nr_plans = 1 };
	int n = argc == 3 ? atoi(argv[1]) : 0;
	long calls = argc == 3 ? atol(argv[2]) : 0;
	struct child children[MAX_CHILDREN] = { 0 };
	struct sctrace_test tests[MAX_CHILDREN] = { 0 };
	int32_t pids[MAX_CHILDREN];
	struct sct_session *s;
	struct sct_record rec;
	struct sct_counts counts;
	uint64_t in_gaps = 0, gaps = 0, out_of_order = 0;
	int err, i, wait = 0, bad = 0;

	if (n < 1 || n > MAX_CHILDREN || pipe(go))
		return 2;
	for (i = 0; i < n; i++) {
		pids[i] = children[i].pid = fork();
		tests[i].key = SCTRACE_KEY_TASK;
		tests[i].low = pids[i];
		if (!pids[i])
			child(calls);
		await_child(pids[i]);
	}
	err = sct_open(&s);
	if (err)
		return fail("open", err);
	options.tests = tests;
	options.nr_tests = n;
	err = sct_configure(s, &options, NULL);
	if (err)
		return fail("configure", err);
	err = sct_start(s);
	if (err)
		return fail("start", err);
	for (i = 0; i < n; i++)
		write(go[1], "", 1);
	while (wait != SCT_WAIT_ENDED || err > 0) {
		err = sct_next(s, &rec);
		if (err < 0)
			return fail("next", err);
		if (err == 0) {
			if (wait == SCT_WAIT_ENDED)
				break;
			wait = sct_wait(s, 100);
			if (wait == SCT_WAIT_ENDED)
				sct_stop(s);
			else
				usleep(20000);	/* slow on purpose */
			err = 1;
			continue;
		}
		if (rec.hdr->type == SCTRACE_REC_GAP) {
			const struct sctrace_rec_gap *gap = (const void *)rec.hdr;

			gaps++;
			in_gaps += gap->lost;
			bad |= gap->until < gap->hdr.time || gap->cause != SCTRACE_GAP_FULL;
		} else if (rec.hdr->type == SCTRACE_REC_ENTER && rec.nr == SYS_close &&
			   (int32_t)rec.args[0] <= -1000000) {
			struct child *c = find(children, n, rec.hdr->tid);
			long number = -1000000 - (int32_t)rec.args[0];

			if (!c || number < c->next) {
				out_of_order++;
				continue;
			}
			c->missing += number - c->next;
			c->next = number + 1;
		}
	}
	sct_counts(s, &counts);
	printf("produced=%" PRIu64 " delivered=%" PRIu64 " lost=%" PRIu64 " gaps=%" PRIu64 "\n", counts.produced,
	       counts.delivered, counts.lost, gaps);
	if (counts.produced != counts.delivered + counts.lost)
		bad = printf("produced is not delivered + lost\n");
	if (in_gaps != counts.lost)
		bad = printf("gap records tell of %" PRIu64 " lost\n", in_gaps);
	/* Each child: the return from its read, calls * 2, the entry of exit_group, the end of the task. */
	if (counts.produced != (uint64_t)n * (calls * 2 + 3))
		bad = printf("%d children made %ld records\n", n, n * (calls * 2 + 3));
	if (out_of_order)
		bad = printf("%" PRIu64 " calls out of order\n", out_of_order);
	for (i = 0; i < n; i++)
		waitpid(pids[i], NULL, 0);
	sct_close(s);
	return bad != 0;
}
