/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --record: a live trace's records into capture files. */
#include <errno.h>
#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "die.h"
#include "trace.h"

/* Where the trace is made. */
static void describe_machine(const struct trace *t, struct sct_capture_head *head)
{
	const struct sctrace_info *info = sct_info(t->session);
	struct utsname uts;

	head->audit_arch = info->audit_arch;
	head->nr_cpus = info->nr_cpus;
	head->start = t->began ? t->began : (uint64_t)sct_live_clock(CLOCK_MONOTONIC);
	head->realtime = t->out.realtime;
	uname(&uts);
	snprintf(head->host, sizeof(head->host), "%s", uts.nodename);
	snprintf(head->kernel, sizeof(head->kernel), "%s %s", uts.release, uts.version);
	snprintf(head->module_version, sizeof(head->module_version), "%s", info->module_version);
	snprintf(head->reader_version, sizeof(head->reader_version), "%s", SCTRACE_VERSION);
}

/* What lines look like, but for what a replay decides. */
static void describe_trace(const struct trace *t, struct sct_capture_info *info)
{
	const struct sct_plan_set *plans = &t->plans;
	struct sct_capture_head *head = &info->head;

	head->string_limit = plans->options.string_limit;
	head->flags = (plans->options.verbose ? SCT_CAPTURE_VERBOSE : 0) |
		      (plans->options.fd_paths ? SCT_CAPTURE_FD_PATHS : 0) |
		      (plans->options.fd_details ? SCT_CAPTURE_FD_DETAILS : 0) |
		      (plans->options.paths ? SCT_CAPTURE_PATHS : 0) | (plans->options.ips ? SCT_CAPTURE_IPS : 0) |
		      (t->shape.command ? SCT_CAPTURE_COMMAND : 0) | (t->shape.named ? SCT_CAPTURE_NAMED : 0);
	head->stack_bytes = plans->options.stack_bytes;
	head->reach = t->shape.reach;
	head->nr_pids = t->shape.nr_pids;
	head->nr_plans = plans->nr_plans;
	head->nr_steps = plans->nr_steps;
	head->nr_paths = t->filter.filter.nr_paths;
	head->path_text_bytes = t->filter.filter.path_text_bytes;
	info->paths = (const void *)(uintptr_t)t->filter.filter.paths;
	info->path_text = (const void *)(uintptr_t)t->filter.filter.path_text;
	info->plans = plans->plans;
	info->steps = plans->steps;
	info->pids = t->shape.pids;
}

/* 0, or a negative errno. */
int sct_recorder_open(struct trace *t, const char *path)
{
	struct sct_capture_info info = { 0 };

	describe_machine(t, &info.head);
	describe_trace(t, &info);
	return sct_capture_open(&t->capture, path, &info, &t->cli->record.options);
}

/* Parts of two recordings would be taken for one. */
static void refuse_other_parts(const char *path)
{
	char *pattern;
	glob_t found;

	if (asprintf(&pattern, "%s.[0-9][0-9][0-9][0-9][0-9][0-9]", path) < 0)
		die("out of memory");
	if (!glob(pattern, 0, NULL, &found))
		die("'%s' is of a recording before: remove its parts, or give another --record", found.gl_pathv[0]);
	globfree(&found);
	free(pattern);
}

/* The whole trace goes to --record. */
void sct_recorder_begin(struct trace *t)
{
	const struct sct_cli_record *record = &t->cli->record;
	int err;

	if (record->options.rotate_bytes || record->options.rotate_ns)
		refuse_other_parts(record->path);
	err = sct_recorder_open(t, record->path);
	if (err)
		die("cannot write to '%s': %s", record->path, strerror(-err));
	if (t->text)
		sct_record_too(t->session, t->capture);
}

void sct_recorder_failed(struct trace *t, int err)
{
	if (err == -EPROTO)
		die("a ring holds what is no record: module version %s, reader version %s",
		    sct_info(t->session)->module_version, SCTRACE_VERSION);
	die("cannot write to '%s': %s; its first %" PRIu64 " bytes can be replayed", sct_capture_path(t->capture),
	    strerror(-err), sct_capture_bytes(t->capture));
}

void sct_recorder_take(struct trace *t)
{
	int err = sct_record(t->session, t->capture);

	if (err < 0)
		sct_recorder_failed(t, err);
}

/* The file's own counts, made as the records went by, must be the module's. */
static void compare_counts(const struct trace *t, const struct sct_counts *counts)
{
	uint64_t records, lost;

	sct_capture_counts(t->capture, &records, &lost);
	if (records != counts->delivered || lost != counts->lost)
		die("'%s' holds %" PRIu64 " records and gaps of %" PRIu64 ", but %" PRIu64 " were read and %" PRIu64
		    " lost; please report this", sct_capture_path(t->capture), records, lost, counts->delivered,
		    counts->lost);
}

void sct_recorder_close(struct trace *t, const struct sct_counts *counts)
{
	struct sct_capture_end end = {
		.flags = sct_live_signal || t->detached ? SCT_END_BY_SIGNAL : 0,
		.left_out = counts->left_out,
		.limited = counts->limited,
	};
	int err;

	compare_counts(t, counts);
	err = sct_capture_close(t->capture, &end);
	t->capture = NULL;
	if (err)
		die("cannot write to '%s': %s; what was written before can be replayed", t->cli->record.path,
		    strerror(-err));
}
