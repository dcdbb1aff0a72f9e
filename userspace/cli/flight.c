/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --flight: a session that overwrites keeps the newest records. What --dump-on asks for is told by sessions
 * of their own, of the same tasks, with a filter that lets nothing else pass: so the kernel does the looking.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "date.h"
#include "die.h"
#include "libc.h"
#include "module.h"
#include "qualifier.h"
#include "trace.h"

/* How often it is looked whether something has happened, when nobody wakes us. */
#define IDLE_MS		100
/* What happens within this time after a dump is dumped at its end. */
#define BETWEEN_NS	1000000000ull

/* Of --dump-max. */
#define DEFAULT_DUMPS	100

/* What of the records of a trigger's session counts. */
enum kind { LIFE, SLOW, WHERE, KINDS };

struct trigger {
	struct sct_session *session;	/* NULL: not asked for */
	struct sct_filter filter;
};

static struct trigger triggers[KINDS];
static volatile sig_atomic_t asked;	/* by SIGUSR1 */
static char why[256];			/* of the dump that is due; empty: none is */
static uint64_t due, last;		/* when it is to be made; when the last one was. CLOCK_MONOTONIC, ns */
static unsigned int nr_names, nr_dumps;	/* that have been tried; that were made */

static void on_usr1(int signo)
{
	asked = signo;
}

/* ---- triggers ---- */

/* Before anything is begun: what is wrong with --dump-on ends the program. */
void sct_flight_filters(const struct sct_cli_flight *flight)
{
	if (flight->exit || flight->signals)
		sct_cli_filter(&triggers[LIFE].filter,
			       &(struct sct_filter_options) { .calls_option = "--dump-on", .calls = "none" });
	if (flight->slow)
		sct_cli_filter(&triggers[SLOW].filter, &(struct sct_filter_options) { .min_duration = flight->slow });
	if (flight->where)
		sct_cli_where(&triggers[WHERE].filter, flight->where, "--dump-on", "where=");
}

static void open_trigger(struct trigger *trigger, const struct sct_options *like)
{
	struct sct_options options = {
		.scope = like->scope,
		.tests = like->tests,
		.nr_tests = like->nr_tests,
		.text = like->text,
		.text_bytes = like->text_bytes,
		.ring_bytes = SCTRACE_RING_MIN_BYTES,
		/* Whatever comes is what is waited for. */
		.watermark = 8,
	};
	int err;

	options.filter = &trigger->filter.filter;
	trigger->session = sct_module_open();
	err = sct_configure(trigger->session, &options, NULL);
	if (err)
		die("cannot set up the session for --dump-on: %s", strerror(-err));
}

/* After t->session was set up, as options say. */
void sct_flight_prepare(struct trace *t, const struct sct_options *options)
{
	struct sigaction action = { .sa_handler = on_usr1 };
	size_t i;

	sct_recorder_check_folder(t->cli->record.path, "dumps", NULL);
	for (i = 0; i < KINDS; i++) {
		if (triggers[i].filter.wanted)
			open_trigger(&triggers[i], options);
	}
	sigaction(SIGUSR1, &action, NULL);
}

void sct_flight_start(void)
{
	size_t i;
	int err;

	for (i = 0; i < KINDS; i++) {
		err = triggers[i].session ? sct_start(triggers[i].session) : 0;
		/* That all have exited is found where the trace itself begins. */
		if (err && err != -ESRCH)
			die("cannot start the session for --dump-on: %s", strerror(-err));
	}
}

static const char *name_of(const struct sct_record *rec)
{
	const struct sct_row *row = sct_calls_find(rec->hdr->abi, rec->nr);

	return row ? row->name : "a call";
}

/* What has happened, and when. */
static void note(const struct trace *t, uint64_t time, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void note(const struct trace *t, uint64_t time, const char *format, ...)
{
	char date[SCT_DATE_UTC];
	va_list args;
	size_t n;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	n = strlen(why);
	sct_date_utc(date, time + t->out.realtime);
	snprintf(why + n, sizeof(why) - n, " at %s", date);
}

/* Return: whether it is what is waited for; then why[] says it. */
static bool happens(const struct trace *t, enum kind kind, const struct sct_record *rec)
{
	const struct sct_cli_flight *flight = &t->cli->flight;
	const struct sctrace_hdr *hdr = rec->hdr;

	if (hdr->type == SCTRACE_REC_SIGNAL && kind == LIFE) {
		uint32_t signo = ((const struct sctrace_rec_signal *)hdr)->signo;

		if (signo < 1 || signo > 64 || !(flight->signals >> (signo - 1) & 1))
			return false;
		note(t, hdr->time, "SIG%s of task %u", sigabbrev_np(signo) ? sigabbrev_np(signo) : "?", hdr->tid);
		return true;
	}
	if (hdr->type == SCTRACE_REC_TASK_EXIT && kind == LIFE && flight->exit) {
		int status = ((const struct sctrace_rec_task_exit *)hdr)->status;

		if (!status)
			return false;
		if (WIFSIGNALED(status))
			note(t, hdr->time, "the end of task %u by signal %d", hdr->tid, WTERMSIG(status));
		else
			note(t, hdr->time, "the exit of task %u with status %d", hdr->tid, WEXITSTATUS(status));
		return true;
	}
	/* How long a call took that had begun before is not known. */
	if (kind == SLOW && hdr->type == SCTRACE_REC_CALL && rec->entered) {
		note(t, hdr->time, "%s of task %u, which took %.3f ms and returned", name_of(rec), hdr->tid,
		     (hdr->time - rec->entered) / 1e6);
		return true;
	}
	/* Of --where, the entry is enough; of one that looks at the result, there is none. */
	if (kind == WHERE && (hdr->type == SCTRACE_REC_ENTER || hdr->type == SCTRACE_REC_CALL)) {
		note(t, hdr->time, "%s of task %u", name_of(rec), hdr->tid);
		return true;
	}
	return false;
}

static bool look(const struct trace *t, uint64_t now)
{
	bool found = false;
	struct sct_record rec;
	size_t i;

	for (i = 0; i < KINDS; i++) {
		/* All of it: what is left would wake us again. */
		while (triggers[i].session && sct_next(triggers[i].session, &rec) > 0)
			found = found || happens(t, i, &rec);
	}
	if (!asked)
		return found;
	/* Before it is answered: one that comes from here on is another. */
	asked = 0;
	if (!found)
		note(t, now, "SIGUSR1");
	return true;
}

/* ---- dumps ---- */

/* The next name that nobody has. */
static char *next_name(const struct trace *t)
{
	char *name;

	do {
		if (asprintf(&name, "%s.%u", t->cli->record.path, ++nr_names) < 0)
			die("out of memory");
		if (access(name, F_OK) < 0)
			return name;
		free(name);
	} while (true);
}

/* 0, or what has gone wrong: the recorder goes on. */
static int write_dump(struct trace *t, const char *name, uint64_t *records)
{
	struct sct_capture_end end = { 0 };
	uint64_t lost;
	int err, closed;

	err = sct_recorder_open(t, name);
	if (err)
		return err;
	err = sct_snapshot(t->session, t->capture);
	sct_capture_counts(t->capture, records, &lost);
	closed = sct_capture_close(t->capture, &end);
	t->capture = NULL;
	return err ? err : closed;
}

static uint32_t max_dumps(const struct trace *t)
{
	return t->cli->flight.max ? t->cli->flight.max : DEFAULT_DUMPS;
}

/* Sessions that nothing comes of any more would cost the traced tasks something. */
static void close_triggers(void)
{
	size_t i;

	for (i = 0; i < KINDS; i++) {
		sct_close(triggers[i].session);
		triggers[i].session = NULL;
	}
}

static void dump(struct trace *t)
{
	char *name = next_name(t);
	uint64_t records = 0;
	int err = write_dump(t, name, &records);

	if (err == -EPROTO)
		sct_recorder_failed(t, err);
	if (err)
		complain("cannot write to '%s': %s; for %s there is no dump, and recording goes on", name, strerror(-err),
			 why);
	else if (!t->cli->quiet)
		complain("%s: the last %" PRIu64 " records, for %s", name, records, why);
	if (!err && ++nr_dumps == max_dumps(t)) {
		complain("that was the last dump: --dump-max allows %u", max_dumps(t));
		close_triggers();
	}
	/* It may be buffered, for lines. */
	fflush(stderr);
	free(name);
	why[0] = '\0';
	last = sct_live_clock(CLOCK_MONOTONIC);
}

static void dump_in_time(struct trace *t, bool now)
{
	if (why[0] && (now || (uint64_t)sct_live_clock(CLOCK_MONOTONIC) >= due))
		dump(t);
}

/* Notes what has happened since the last look, and dumps when it is time to. */
static void take(struct trace *t, bool ends)
{
	char before[sizeof(why)];
	uint64_t now = sct_live_clock(CLOCK_MONOTONIC);

	/* Of what happens until a dump is made, the first is its reason. */
	memcpy(before, why, sizeof(why));
	if (look(t, now) && nr_dumps == max_dumps(t)) {
		/* Somebody waits for it. */
		complain("for %s there is no dump: --dump-max allows %u", why, max_dumps(t));
		fflush(stderr);
		why[0] = '\0';
	} else if (why[0] && !before[0]) {
		due = now + t->cli->flight.after_ns;
		if (last && due < last + BETWEEN_NS)
			due = last + BETWEEN_NS;
	} else {
		memcpy(why, before, sizeof(why));
	}
	dump_in_time(t, ends);
}

/* The session whose records are waited for: the only one there is a trigger of, or the trace. */
static struct sct_session *waited_for(struct trace *t)
{
	struct sct_session *one = NULL;
	size_t i;

	for (i = 0; i < KINDS; i++) {
		if (triggers[i].session && one)
			return t->session;
		if (triggers[i].session)
			one = triggers[i].session;
	}
	return one ? one : t->session;
}

void sct_flight_follow(struct trace *t)
{
	int ret = SCT_WAIT_READY;

	while (ret != SCT_WAIT_ENDED && !sct_live_signal) {
		ret = sct_wait(waited_for(t), IDLE_MS);
		if (ret < 0)
			die("waiting for what --dump-on says: %s", strerror(-ret));
		take(t, false);
	}
}

/* The trace was stopped: what has happened last, and the rest of the books. */
void sct_flight_end(struct trace *t)
{
	struct sct_record rec;
	size_t i;

	for (i = 0; i < KINDS; i++) {
		if (triggers[i].session)
			sct_stop(triggers[i].session);
	}
	take(t, true);
	while (sct_next(t->session, &rec) > 0)
		;
	close_triggers();
	for (i = 0; i < KINDS; i++)
		sct_filter_free(&triggers[i].filter);
}
