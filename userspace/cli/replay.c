/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --replay: what a live trace would have printed, from the files that it recorded, or the part of that between two moments. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "die.h"
#include "plan_match.h"
#include "qualifier.h"
#include "recorded.h"
#include "trace.h"
#include "window.h"

/* What is to be shown of a recording. */
struct part {
	struct sct_window window;
	bool given;			/* it is not the whole */
	bool damaged;			/* there is damage before it, which was told */
	uint64_t records, lost;		/* that are in it */
	uint64_t unwanted;		/* before it: what the filter wanted */
};

static void open_files(struct trace *t)
{
	const struct sct_cli *cli = t->cli;
	struct sct_file_fault fault;
	int err = sct_open_files(&t->session, cli->replays, cli->nr_replays, &fault);

	if (err && fault.path && fault.error)
		die_with(STATUS_FILE, "cannot read '%s': %s", fault.path, strerror(fault.error));
	if (err && fault.path && fault.cut)
		die_with(STATUS_FILE, "'%s' is cut off before its first record: nothing in it can be shown", fault.path);
	if (err && fault.path)
		die_with(STATUS_FILE, "'%s' %s", fault.path, fault.what);
	if (err)
		die("cannot read '%s': %s", cli->replays[0], strerror(-err));
}

/* What was recorded by other options cannot be shown by these. */
static void check_options(const struct trace *t, const struct sct_capture_head *head)
{
	const struct sct_cli *cli = t->cli;

	if (cli->string_limit_given && cli->string_limit != head->string_limit)
		die("-s %u: '%s' was recorded with -s %u, which decides what is shown", cli->string_limit,
		    cli->replays[0], head->string_limit);
	if (cli->verbose && !(head->flags & SCT_CAPTURE_VERBOSE))
		die("-v: '%s' was recorded without it, and does not hold what it shows", cli->replays[0]);
	if (cli->fd_paths && !(head->flags & SCT_CAPTURE_FD_PATHS))
		die("-y: '%s' was recorded without it, and does not hold what it shows", cli->replays[0]);
	if (cli->lines.columns.ips && !(head->flags & SCT_CAPTURE_IPS))
		die("-i: '%s' was recorded without it, and does not hold what it shows", cli->replays[0]);
	if (cli->lines.stacks && !head->stack_bytes)
		die("-k: '%s' was recorded without it, and does not hold what it shows", cli->replays[0]);
	if (sct_cli_fd_details(cli) && !(head->flags & SCT_CAPTURE_FD_DETAILS))
		die("-yy: '%s' was recorded without it, and does not hold what it shows", cli->replays[0]);
}

/* As recorder.c's describe_trace() wrote it. */
static void take_shape(struct trace *t, const struct sct_capture_info *info)
{
	const struct sct_capture_head *head = &info->head;

	t->shape = (struct shape) {
		.reach = head->reach,
		.named = head->flags & SCT_CAPTURE_NAMED,
		.command = head->flags & SCT_CAPTURE_COMMAND,
		.pids = info->pids,
		.nr_pids = head->nr_pids,
	};
	t->out.realtime = head->realtime;
	/* Its beginning is in the first part. */
	if (head->part)
		t->command = RUNNING;
	sct_show_shape(t);
}

static void take_plans(struct trace *t, const struct sct_capture_info *info)
{
	const struct sct_capture_head *head = &info->head;
	struct sct_plan_options how = {
		.string_limit = head->string_limit,
		.verbose = head->flags & SCT_CAPTURE_VERBOSE,
		.fd_paths = head->flags & SCT_CAPTURE_FD_PATHS,
		.fd_details = head->flags & SCT_CAPTURE_FD_DETAILS,
		.fds_shown = t->cli->fds,
		.paths = head->flags & SCT_CAPTURE_PATHS,
		.ips = head->flags & SCT_CAPTURE_IPS,
		.stack_bytes = head->stack_bytes,
	};
	const char *example;
	unsigned int n;

	sct_show_plans(t, &how);
	n = sct_plan_set_match(&t->plans, info->plans, head->nr_plans, info->steps, &example);
	if (n && !t->cli->silent)
		complain("sctrace-read %s recorded %u calls otherwise than %s would (%s): of their memory, only addresses are shown",
			 head->reader_version, n, SCTRACE_VERSION, example);
}

static void take_filter(struct trace *t)
{
	const char *lacks;

	sct_cli_filter(&t->filter, &t->cli->filter);
	lacks = sct_recorded_lacks(&t->filter.filter);
	if (lacks)
		die("--where '%s': a recording does not say %s; give it when you record", t->cli->filter.where, lacks);
}

/* The recorder's paths, for calls of which the module could not tell whether they access one. */
static void take_paths(struct trace *t, const struct sct_capture_info *info)
{
	struct sctrace_filter *paths = &t->recorded_paths;

	paths->nr_paths = info->head.nr_paths;
	paths->path_text_bytes = info->head.path_text_bytes;
	paths->paths = (uintptr_t)info->paths;
	paths->path_text = (uintptr_t)info->path_text;
	t->paths = paths;
}

/* ---- the part between two moments ---- */

/* CLOCK_MONOTONIC, ns; 0: before that began. */
static uint64_t monotonic(const struct sct_moment *moment, const struct sct_capture_head *head,
			  const struct sct_span *span)
{
	uint64_t at = sct_moment_realtime(moment, span);
	int64_t offset = head->realtime;

	if (offset > 0)
		return at > (uint64_t)offset ? at - offset : 0;
	return at - offset;
}

/* Makes it ready to be read, from where it begins. */
static void find_part(struct trace *t, struct part *part)
{
	const struct sct_moment *since = &t->cli->since, *until = &t->cli->until;
	const struct sct_capture_head *head = &sct_file_info(t->session)->head;
	struct sct_span span = { .begin = head->start + head->realtime };
	struct sct_file_fault before;
	uint64_t lost;
	int ret;

	part->window = (struct sct_window) { .until = UINT64_MAX };
	part->given = since->kind || until->kind;
	if (!part->given)
		return;
	/* Also for what is known of the whole. */
	ret = sct_session_seek(t->session, 0, 0);
	sct_session_span(t->session, &span.end, &lost);
	span.end += head->realtime;
	if (ret == -ESPIPE && (since->kind == SCT_MOMENT_BEFORE_END || until->kind == SCT_MOMENT_BEFORE_END))
		die("'%s' cannot be sought in, so its end is not known: copy it to a file", t->cli->replays[0]);
	if (since->kind)
		part->window.since = monotonic(since, head, &span);
	if (until->kind)
		part->window.until = monotonic(until, head, &span);
	if (since->kind && part->window.since >= part->window.until)
		die("--until is not after --since: nothing can be between them");
	if (!part->window.since)
		return;
	ret = sct_window_seek(t->session, part->window.since, part->window.until, &before);
	if (ret < 0 && ret != -EPROTO)
		die_with(STATUS_FILE, "cannot read '%s': %s", t->cli->replays[0], strerror(-ret));
	part->damaged = before.path;
	if (before.path)
		complain("'%s' %s at byte %" PRIu64 ", before what is shown: of calls that had begun by then there may be only the results",
			 before.path, before.what, before.offset);
	/* A later one than the first: the command runs. */
	if (ret > 0)
		t->command = RUNNING;
	/* Others may be there that have made no call since. */
	t->out.tids_always = true;
}

/* What is shown of one record. false: it is behind the part. */
static bool show_one(struct trace *t, struct part *part, struct sct_recorded *filter, const struct sct_record *rec,
		     int *err)
{
	enum sct_window_place place = sct_window_place(&part->window, rec);
	int what;

	if (place == SCT_WINDOW_BEHIND)
		return false;
	what = sct_recorded_take(filter, rec);
	*err = what < 0 ? what : 0;
	if (place == SCT_WINDOW_BEFORE) {
		part->unwanted = filter->wanted;
		if (what == SCT_RECORDED_SHOW || what == SCT_RECORDED_KEEP)
			sct_show_past(t, rec);
		return what >= 0;
	}
	if (rec->hdr->type == SCTRACE_REC_GAP)
		part->lost += ((const struct sctrace_rec_gap *)rec->hdr)->lost;
	else
		part->records++;
	if (what == SCT_RECORDED_SHOW)
		sct_show_record(t, rec);
	else if (what == SCT_RECORDED_KEEP)
		sct_show_not_yet(t, rec);
	return what >= 0;
}

/* Return: whether it was read to the end. */
static bool show_all(struct trace *t, struct part *part, struct sct_recorded *filter)
{
	struct sct_record rec;
	int ret, err = 0;

	while ((ret = sct_next(t->session, &rec)) > 0) {
		if (!show_one(t, part, filter, &rec, &err))
			break;
	}
	if (err)
		ret = err;
	/* What is wrong with a file is told at the end. */
	if (ret < 0 && ret != -EPROTO)
		die("cannot show '%s': %s", t->cli->replays[0], strerror(-ret));
	return ret <= 0;
}

/* ---- the end ---- */

/* Return: the exit status that the file has deserved. */
static int report_fault(const struct trace *t, uint64_t delivered)
{
	struct sct_file_fault fault = sct_file_fault(t->session);

	if (!fault.path)
		return 0;
	if (fault.cut)
		complain("'%s' ends at byte %" PRIu64 " without the end of the recording, which was broken off: its %" PRIu64
			 " records are shown", fault.path, fault.offset, delivered);
	else
		complain("'%s' %s at byte %" PRIu64 "%s%s: the %" PRIu64 " records before that are shown", fault.path,
			 fault.what, fault.offset, fault.error ? ": " : "", fault.error ? strerror(fault.error) : "",
			 delivered);
	return STATUS_FILE;
}

/* Whoever has one part of a recording may think that it is all. */
static void report_follower(const struct trace *t)
{
	if (!(sct_file_end(t->session).flags & SCT_END_OF_RECORDING) && !t->cli->silent)
		complain("another part of this recording follows '%s'", t->cli->replays[t->cli->nr_replays - 1]);
}

/* Who looks at a part wants to know whether that is all there is of its time. */
static void report_part(const struct trace *t, const struct part *part)
{
	const struct sct_capture_head *head = &sct_file_info(t->session)->head;
	char begin[SCT_DATE_UTC], end[SCT_DATE_UTC];
	uint64_t last, lost;
	bool known = sct_session_span(t->session, &last, &lost);

	if (known && lost > part->lost)
		complain("%" PRIu64 " records were lost at other times of this recording", lost - part->lost);
	if (part->records || part->lost || t->cli->silent)
		return;
	sct_date_utc(begin, head->start + head->realtime);
	sct_date_utc(end, last + head->realtime);
	if (last)
		complain("nothing was recorded between these times: the recording is from %s%s to %s", begin,
			 known ? "" : " at least", end);
	else
		complain("nothing was recorded between these times: the recording is from %s on", begin);
}

/* The exit status. */
static int report(struct trace *t, const struct part *part, const struct sct_recorded *filter, bool by_signal)
{
	struct sct_counts counts;
	bool balanced;
	int status;

	sct_counts(t->session, &counts);
	if (part->given)
		counts = (struct sct_counts) {
			.produced = part->records + part->lost,
			.delivered = part->records,
			.lost = part->lost,
		};
	status = report_fault(t, counts.delivered);
	if (!status && !part->given && !by_signal)
		report_follower(t);
	if (part->damaged)
		status = STATUS_FILE;
	if (part->given)
		report_part(t, part);
	if (filter->filter && !counts.lost && counts.produced == counts.delivered)
		counts.delivered = counts.produced = filter->wanted - part->unwanted;
	balanced = sct_show_counts(t, &counts, by_signal);
	if (t->cli->strict && counts.lost)
		return sct_show_lost();
	return status ? status : !balanced;
}

int sct_replay_run(struct trace *t)
{
	const struct sct_capture_info *info;
	struct sct_recorded filter = { 0 };
	struct part part = { 0 };
	bool by_signal = false;
	int status;

	open_files(t);
	info = sct_file_info(t->session);
	check_options(t, &info->head);
	sct_show_calls(info->head.audit_arch, "the recording is of", STATUS_FILE);
	take_filter(t);
	if (t->filter.wanted)
		filter.filter = &t->filter.filter;
	sct_show_open(t);
	take_shape(t, info);
	take_plans(t, info);
	take_paths(t, info);
	find_part(t, &part);
	sct_summing_begin(t->summing, part.window.since > info->head.start ? part.window.since : info->head.start);
	if (!t->shape.command && !part.window.since)
		sct_show_attached(t);
	if (show_all(t, &part, &filter)) {
		by_signal = sct_file_end(t->session).flags & SCT_END_BY_SIGNAL;
		sct_show_finish(t, by_signal);
	} else {
		sct_show_break_off(t);
	}
	status = report(t, &part, &filter, by_signal);
	sct_show_close(t);
	sct_recorded_free(&filter);
	sct_filter_free(&t->filter);
	sct_close(t->session);
	return status;
}
