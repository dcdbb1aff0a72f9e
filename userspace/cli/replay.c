/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --replay: what a live trace would have printed, from the files that it recorded. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "die.h"
#include "plan_match.h"
#include "qualifier.h"
#include "recorded.h"
#include "trace.h"

static void open_files(struct trace *t)
{
	const struct sct_cli *cli = t->cli;
	struct sct_file_fault fault;
	int err = sct_open_files(&t->session, cli->replays, cli->nr_replays, &fault);

	if (err && fault.path && fault.error)
		die("cannot read '%s': %s", fault.path, strerror(fault.error));
	if (err && fault.path && fault.cut)
		die("'%s' is cut off at byte %" PRIu64 ": nothing in it can be shown", fault.path, fault.offset);
	if (err && fault.path)
		die("'%s' %s", fault.path, fault.what);
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
		.paths = head->flags & SCT_CAPTURE_PATHS,
	};
	const char *example;
	unsigned int n;

	sct_show_plans(t, &how);
	n = sct_plan_set_match(&t->plans, info->plans, head->nr_plans, info->steps, &example);
	if (n && !t->cli->quiet)
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

static void show_all(struct trace *t, struct sct_recorded *filter)
{
	struct sct_record rec;
	int ret;

	while ((ret = sct_next(t->session, &rec)) > 0) {
		ret = sct_recorded_take(filter, &rec);
		if (ret < 0)
			break;
		if (ret == SCT_RECORDED_SHOW)
			sct_show_record(t, &rec);
		else if (ret == SCT_RECORDED_KEEP)
			sct_show_not_yet(t, &rec);
	}
	/* What is wrong with a file is told at the end. */
	if (ret < 0 && ret != -EPROTO)
		die("cannot show '%s': %s", t->cli->replays[0], strerror(-ret));
}

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
	return STATUS_DAMAGED;
}

/* The exit status. */
static int report(struct trace *t, const struct sct_recorded *filter, bool by_signal)
{
	struct sct_counts counts;
	bool balanced;
	int status;

	sct_counts(t->session, &counts);
	status = report_fault(t, counts.delivered);
	if (filter->filter && counts.produced == counts.delivered + counts.lost) {
		counts.delivered = filter->wanted;
		counts.produced = counts.delivered + counts.lost;
	}
	balanced = sct_show_counts(t, &counts, by_signal);
	if (t->cli->strict && counts.lost)
		return sct_show_lost();
	return status ? status : !balanced;
}

int sct_replay_run(struct trace *t)
{
	const struct sct_capture_info *info;
	struct sct_recorded filter = { 0 };
	bool by_signal;
	int status;

	open_files(t);
	info = sct_file_info(t->session);
	check_options(t, &info->head);
	sct_show_calls(info->head.audit_arch, "the recording is of");
	take_filter(t);
	if (t->filter.wanted)
		filter.filter = &t->filter.filter;
	sct_show_open(t);
	take_shape(t, info);
	take_plans(t, info);
	take_paths(t, info);
	if (!t->shape.command)
		sct_show_attached(t);
	show_all(t, &filter);
	by_signal = sct_file_end(t->session).flags & SCT_END_BY_SIGNAL;
	sct_show_finish(t, by_signal);
	status = report(t, &filter, by_signal);
	sct_show_close(t);
	sct_recorded_free(&filter);
	sct_filter_free(&t->filter);
	sct_close(t->session);
	return status;
}
