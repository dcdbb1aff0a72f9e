/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * change: changes scope and filter of its session while that runs, and looks whether any record has come of half
 * of each. Two processes make close(-1) and dup(-1) as fast as they can. By turns the policy is "the first
 * process, close" and "the second, dup"; so there may be no dup of the first and no close of the second, and
 * every entry has its return. It also changes while one process waits in a read.
 *
 *	change [CHANGES]	default 200
 *
 * Status 0 if all is right; else 1, and a line says what is not.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sctrace/sctrace.h>

#define CHECK(what) ((what) ? (void)0 : wrong(#what, __LINE__))

static struct sct_session *session;

static void wrong(const char *what, int line)
{
	printf("change.c:%d: not true: %s (%s)\n", line, what, strerror(errno));
	exit(1);
}

/* ---- who is traced ---- */

struct worker {
	pid_t pid;
	volatile unsigned long *rounds;	/* shared: how many it has made */
	unsigned int open[2];		/* entries without a return: close, dup */
	unsigned long seen;
	unsigned long first;		/* the record that is its first by the policy of now */
};

static void work(struct worker *w)
{
	w->rounds = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(w->rounds != MAP_FAILED);
	w->pid = fork();
	CHECK(w->pid >= 0);
	if (w->pid)
		return;
	for (;; ++*w->rounds) {
		syscall(SYS_close, -1);
		syscall(SYS_dup, -1);
		/* Not more than a reader can take that looks now and then. */
		if (!(*w->rounds & 63))
			poll(NULL, 0, 1);
	}
}

/* Until it is in no call any more that it was in before. */
static void wait_for_rounds(const struct worker *w)
{
	unsigned long since = *w->rounds;

	while (*w->rounds < since + 2)
		poll(NULL, 0, 1);
}

/* ---- policies ---- */

static void only(struct sctrace_filter *filter, long nr)
{
	memset(filter, 0, sizeof(*filter));
	filter->size = sizeof(*filter);
	filter->calls[SCTRACE_ABI_NATIVE][nr / 64] = 1ull << nr % 64;
	memset(filter->results, 0xff, sizeof(filter->results));
}

struct policy {
	struct sctrace_test test;
	struct sctrace_filter filter;
	struct sct_options options;
};

static void make(struct policy *p, pid_t pid, long nr, unsigned int flags)
{
	*p = (struct policy) { .test = { .key = SCTRACE_KEY_PROCESS, .low = pid } };
	only(&p->filter, nr);
	p->filter.flags = flags;
	p->options = (struct sct_options) {
		.scope = SCTRACE_SCOPE_TESTS,
		.tests = &p->test,
		.nr_tests = 1,
		.filter = &p->filter,
	};
}

/* ---- what has come ---- */

static void look_at(struct worker *workers, const struct sct_record *rec)
{
	unsigned int i = rec->hdr->tid != (unsigned int)workers[0].pid;
	struct worker *w = &workers[i];
	bool dup = rec->hdr->nr == SYS_dup;

	if (rec->hdr->type == SCTRACE_REC_GAP) {
		printf("records are lost; this shows nothing\n");
		exit(1);
	}
	CHECK(rec->hdr->tid == (unsigned int)w->pid);
	w->seen++;
	if (rec->hdr->type == SCTRACE_REC_ENTER) {
		CHECK(!w->open[dup]);
		w->open[dup] = 1;
		CHECK(dup == (i == 1));
	} else if (rec->hdr->type == SCTRACE_REC_EXIT) {
		/* It was in a call as it came into the scope. */
		CHECK(w->open[dup] || w->seen == w->first);
		w->open[dup] = 0;
		CHECK(dup == (i == 1));
	} else {
		CHECK(rec->hdr->type == SCTRACE_REC_CALL);
		CHECK(!w->open[dup]);
		CHECK(dup == (i == 1));
	}
}

static void read_all(struct worker *workers)
{
	struct sct_record rec;
	int ret;

	while ((ret = sct_next(session, &rec)) > 0)
		look_at(workers, &rec);
	CHECK(!ret);
}

static void begin(const struct sct_options *options)
{
	CHECK(!sct_open(&session));
	CHECK(!sct_configure(session, options, NULL));
	CHECK(!sct_start(session));
}

static void end(void)
{
	struct sct_counts counts;

	CHECK(!sct_counts(session, &counts));
	CHECK(counts.produced == counts.delivered && !counts.lost);
	sct_close(session);
}

/* The flags are the second policy's, which makes CALL records; NO_ENTER is both's. */
static void by_turns(unsigned int changes, unsigned int flags)
{
	struct worker workers[2] = { { 0 } };
	struct policy policies[2];
	unsigned long before;
	unsigned int i;

	work(&workers[0]);
	work(&workers[1]);
	make(&policies[0], workers[0].pid, SYS_close, flags & SCTRACE_FILTER_NO_ENTER);
	make(&policies[1], workers[1].pid, SYS_dup, flags);
	policies[0].options.ring_bytes = 16 << 20;
	workers[0].first = 1;
	begin(&policies[0].options);
	for (i = 1; i <= changes; i++) {
		read_all(workers);
		before = workers[i % 2].seen;
		workers[i % 2].first = before + 1;
		CHECK(!sct_change(session, &policies[i % 2].options, NULL));
		wait_for_rounds(&workers[0]);
		wait_for_rounds(&workers[1]);
		while (workers[i % 2].seen < before + 4) {
			CHECK(sct_wait(session, 5) >= 0);
			read_all(workers);
		}
	}
	CHECK(!sct_stop(session));
	read_all(workers);
	end();
	for (i = 0; i < 2; i++) {
		kill(workers[i].pid, SIGKILL);
		waitpid(workers[i].pid, NULL, 0);
	}
}

/* Until it sleeps in a call. */
static void wait_for_call(pid_t pid, long nr)
{
	char path[64], line[256];
	long now = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/syscall", pid);
	while (now != nr) {
		f = fopen(path, "r");
		CHECK(f);
		if (!fgets(line, sizeof(line), f) || sscanf(line, "%ld", &now) != 1)
			now = -1;
		fclose(f);
		poll(NULL, 0, 1);
	}
}

/* A process waits in a read while the filter is changed. Return: how many ENTER, EXIT and CALL came of that read. */
static unsigned int read_over_change(long first, long second, unsigned int second_scope, unsigned int flags)
{
	unsigned int n = 0;
	struct policy policies[2];
	struct sct_record rec;
	int fds[2], ret;
	char byte = 0;
	pid_t pid;

	CHECK(!pipe(fds));
	pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		/* So that its read begins while the session runs. */
		raise(SIGSTOP);
		/* And is decided about by the first policy, which may hear of returns only. */
		syscall(SYS_getpid);
		ret = read(fds[0], &byte, 1);
		raise(SIGSTOP);
		_exit(0);
	}
	waitpid(pid, NULL, WUNTRACED);
	make(&policies[0], pid, first, flags);
	make(&policies[1], pid, second, flags);
	policies[1].options.scope = second_scope;
	if (second_scope == SCTRACE_SCOPE_KEEP)
		policies[1].options.nr_tests = 0;
	begin(&policies[0].options);
	kill(pid, SIGCONT);
	wait_for_call(pid, SYS_read);
	CHECK(!sct_change(session, &policies[1].options, NULL));
	CHECK(write(fds[1], &byte, 1) == 1);
	waitpid(pid, NULL, WUNTRACED);
	CHECK(!sct_stop(session));
	while ((ret = sct_next(session, &rec)) > 0) {
		bool call = rec.hdr->type == SCTRACE_REC_ENTER || rec.hdr->type == SCTRACE_REC_EXIT ||
			    rec.hdr->type == SCTRACE_REC_CALL;

		n += call && rec.hdr->nr == SYS_read;
	}
	CHECK(!ret);
	end();
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(fds[0]);
	close(fds[1]);
	return n;
}

/*
 * A process waits in a read while the filter is changed twice, so that nothing is left of the policy by which
 * it began. It is still in the scope: its next calls come, its child's, and its end.
 */
static void two_changes(void)
{
	unsigned int closes = 0, forks = 0, exits = 0;
	struct policy p;
	struct sct_record rec;
	int fds[2], ret;
	char byte = 0;
	pid_t pid;

	CHECK(!pipe(fds));
	pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		ret = read(fds[0], &byte, 1);
		if (!fork()) {
			syscall(SYS_close, -1);
			_exit(0);
		}
		syscall(SYS_close, -1);
		ret = read(fds[0], &byte, 1);
		_exit(0);
	}
	make(&p, pid, SYS_close, 0);
	p.options.scope |= SCTRACE_SCOPE_FOLLOW;
	begin(&p.options);
	wait_for_call(pid, SYS_read);
	p.options.scope = SCTRACE_SCOPE_KEEP;
	p.options.nr_tests = 0;
	CHECK(!sct_change(session, &p.options, NULL));
	CHECK(!sct_change(session, &p.options, NULL));
	CHECK(write(fds[1], &byte, 1) == 1);
	while (closes < 4 || !exits) {
		CHECK(sct_wait(session, 5) >= 0);
		while ((ret = sct_next(session, &rec)) > 0) {
			closes += rec.hdr->type <= SCTRACE_REC_EXIT && rec.hdr->nr == SYS_close;
			forks += rec.hdr->type == SCTRACE_REC_FORK;
			exits += rec.hdr->type == SCTRACE_REC_TASK_EXIT;
		}
		CHECK(!ret);
	}
	/* One that makes no call after it. */
	wait_for_call(pid, SYS_read);
	CHECK(!sct_change(session, &p.options, NULL));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	CHECK(!sct_stop(session));
	while ((ret = sct_next(session, &rec)) > 0) {
		forks += rec.hdr->type == SCTRACE_REC_FORK;
		exits += rec.hdr->type == SCTRACE_REC_TASK_EXIT;
	}
	CHECK(forks == 1);
	CHECK(exits == 2);
	end();
}

/* What is refused leaves all as it was. */
static void refused(void)
{
	struct policy p;
	struct sct_bad bad;

	make(&p, getppid(), SYS_close, 0);
	CHECK(!sct_open(&session));
	CHECK(sct_change(session, &p.options, NULL) == -EINVAL);
	p.options.scope = SCTRACE_SCOPE_KEEP;
	CHECK(sct_configure(session, &p.options, NULL) == -EINVAL);
	p.options.scope = SCTRACE_SCOPE_TESTS;
	CHECK(!sct_configure(session, &p.options, NULL));
	CHECK(sct_change(session, &p.options, NULL) == -EINVAL);
	CHECK(!sct_start(session));
	p.test.low = 4194303;
	CHECK(sct_change(session, &p.options, &bad) == -ESRCH);
	CHECK(bad.array == SCTRACE_BAD_TEST && bad.index == 0);
	p.test.low = getppid();
	p.filter.flags = ~0u;
	CHECK(sct_change(session, &p.options, &bad) == -EINVAL);
	CHECK(bad.array == SCTRACE_BAD_FILTER);
	/* Whether entries are heard stays as it is. */
	p.filter.flags = SCTRACE_FILTER_NO_ENTER;
	CHECK(sct_change(session, &p.options, &bad) == -EINVAL);
	CHECK(bad.array == SCTRACE_BAD_FILTER);
	p.filter.flags = 0;
	CHECK(!sct_change(session, &p.options, NULL));
	CHECK(!sct_stop(session));
	CHECK(sct_change(session, &p.options, NULL) == -EINVAL);
	sct_close(session);
	make(&p, getppid(), SYS_close, SCTRACE_FILTER_NO_ENTER);
	p.filter.min_duration = 1;
	CHECK(!sct_open(&session));
	CHECK(sct_configure(session, &p.options, &bad) == -EINVAL);
	CHECK(bad.array == SCTRACE_BAD_FILTER);
	p.filter.min_duration = 0;
	CHECK(!sct_configure(session, &p.options, NULL));
	CHECK(!sct_start(session));
	p.filter.flags = SCTRACE_FILTER_WHOLE;
	CHECK(sct_change(session, &p.options, &bad) == -EINVAL);
	p.options.filter = NULL;
	CHECK(sct_change(session, &p.options, &bad) == -EINVAL);
	sct_close(session);
}

int main(int argc, char **argv)
{
	unsigned int changes = argc > 1 ? strtoul(argv[1], NULL, 10) : 200;

	refused();
	CHECK(read_over_change(SYS_read, SYS_close, SCTRACE_SCOPE_TESTS, 0) == 2);
	CHECK(read_over_change(SYS_close, SYS_read, SCTRACE_SCOPE_TESTS, 0) == 0);
	CHECK(read_over_change(SYS_read, SYS_close, SCTRACE_SCOPE_KEEP, 0) == 2);
	CHECK(read_over_change(SYS_close, SYS_read, SCTRACE_SCOPE_KEEP, 0) == 0);
	CHECK(read_over_change(SYS_read, SYS_close, SCTRACE_SCOPE_TESTS, SCTRACE_FILTER_NO_ENTER) == 1);
	CHECK(read_over_change(SYS_close, SYS_read, SCTRACE_SCOPE_TESTS, SCTRACE_FILTER_NO_ENTER) == 0);
	CHECK(read_over_change(SYS_read, SYS_close, SCTRACE_SCOPE_KEEP, SCTRACE_FILTER_NO_ENTER) == 1);
	CHECK(read_over_change(SYS_close, SYS_read, SCTRACE_SCOPE_KEEP, SCTRACE_FILTER_NO_ENTER) == 0);
	two_changes();
	by_turns(changes, 0);
	by_turns(changes, SCTRACE_FILTER_WHOLE);
	by_turns(changes, SCTRACE_FILTER_NO_ENTER);
	return 0;
}
