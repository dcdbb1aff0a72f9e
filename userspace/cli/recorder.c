/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --record: a live trace's records into capture files. */
#include <errno.h>
#include <glob.h>
#include <inttypes.h>
#include <libgen.h>
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
	head->start = t->began;
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

bool sct_recorder_has_parts(const struct sct_cli_record *record)
{
	return record->options.rotate_bytes || record->options.rotate_ns;
}

/* Parts of two recordings would be taken for one. */
void sct_recorder_refuse_other_parts(const char *path)
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

/* Better now than when something has happened. user: of --drop-privileges, who this process is; or NULL. */
void sct_recorder_check_folder(const char *path, const char *what, const char *user)
{
	char *copy = strdup(path);
	const char *folder;

	if (!copy)
		die("out of memory");
	folder = dirname(copy);
	if (access(folder, W_OK | X_OK) < 0 && user)
		die("--drop-privileges=%s: that user cannot write %s to '%s': %s; name a folder where they can, or another user",
		    user, what, folder, strerror(errno));
	if (access(folder, W_OK | X_OK) < 0)
		die("cannot write %s to '%s': %s", what, folder, strerror(errno));
	free(copy);
}

/* The whole trace goes to --record. */
void sct_recorder_begin(struct trace *t)
{
	const char *path = t->cli->record.path;
	int err = sct_recorder_open(t, path);

	if (err)
		die("cannot write to '%s': %s", path, strerror(-err));
	if (t->text)
		sct_record_too(t->session, t->capture);
}

/* What there is of a recording that breaks off. */
static void describe_rest(const struct sct_capture *c, char *text, size_t size)
{
	uint64_t bytes = sct_capture_bytes(c);

	if (!sct_capture_part(c))
		snprintf(text, size, "its first %" PRIu64 " bytes", bytes);
	else if (!bytes)
		snprintf(text, size, "the parts before it");
	else
		snprintf(text, size, "the parts before it and its first %" PRIu64 " bytes", bytes);
}

/* It is told, and the trace goes on for who reads its lines, and for a command. */
void sct_recorder_failed(struct trace *t, int err)
{
	const struct sct_capture_end end = { 0 };
	char rest[80];

	if (err == -EPROTO)
		die("a ring holds what is no record: module version %s, reader version %s",
		    sct_info(t->session)->module_version, SCTRACE_VERSION);
	describe_rest(t->capture, rest, sizeof(rest));
	complain("cannot write to '%s': %s; %s can be replayed%s", sct_capture_path(t->capture), strerror(-err), rest,
		 t->text && !t->unwritable ? "; what comes is shown, but not recorded" :
		 t->cli->command ? "; nothing more is recorded, and the command goes on" : "; the trace ends");
	sct_record_too(t->session, NULL);
	sct_capture_close(t->capture, &end);
	t->capture = NULL;
	t->unrecorded = true;
	if (!t->text)
		t->unwritable = true;
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
	if (!err)
		return;
	complain("cannot write to '%s': %s; what was written before can be replayed", t->cli->record.path, strerror(-err));
	t->unrecorded = true;
}
