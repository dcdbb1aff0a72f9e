/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What tasks are called. No record says it: a name follows from the execve or the prctl(2) that gives it, and goes from a
 * task to those that it makes. While tasks run, the kernel tells the name of one that has been there before the trace.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "calls.h"
#include "comm.h"
#include "known.h"

static bool is_row(const struct sct_row *row, const char *const *names)
{
	for (; row && *names; names++) {
		if (!strcmp(row->name, *names))
			return true;
	}
	return false;
}

/* Whether the call returns a task's number, of one that is there then. */
bool sct_comms_is_pid(const struct sct_row *row)
{
	static const char *const names[] = { "fork", "vfork", "clone", "clone3", "getpid", "gettid", "getppid", "getpgrp",
					     "getpgid", "getsid", "setsid", "set_tid_address", NULL };

	return is_row(row, names);
}

static bool is_exec(unsigned int abi, uint64_t nr)
{
	return sct_row_executes(sct_calls_find(abi, nr));
}

/* Whether a call that succeeds has executed a program. */
bool sct_comms_executes(const struct sct_call *call)
{
	return is_exec(call->abi, call->nr);
}

/* ---- the task's name ---- */

/* It is not known: the kernel may be asked. */
static void forget(struct sct_task *task)
{
	task->comm[0] = '\0';
	task->comm_asked = false;
	free(task->who);
	task->who = NULL;
}

/* The kernel keeps so much of a name. */
static void copy_name(char comm[SCT_COMM_BYTES], const void *bytes, size_t len)
{
	len = strnlen(bytes, len);
	if (len >= SCT_COMM_BYTES)
		len = SCT_COMM_BYTES - 1;
	memcpy(comm, bytes, len);
	comm[len] = '\0';
}

static void set_name(struct sct_task *task, const void *bytes, size_t len)
{
	char comm[SCT_COMM_BYTES];

	copy_name(comm, bytes, len);
	if (!strcmp(comm, task->comm))
		return;
	forget(task);
	memcpy(task->comm, comm, sizeof(comm));
}

/* A path's last part. */
static void set_path(struct sct_task *task, const char *path, size_t len)
{
	const char *slash = memrchr(path, '/', len);

	if (slash) {
		len -= slash + 1 - path;
		path = slash + 1;
	}
	set_name(task, path, len);
}

/* What /proc says. */
static void read_name(const char *root, uint32_t tid, char comm[SCT_COMM_BYTES])
{
	char path[PATH_MAX], line[SCT_COMM_BYTES + 1];	/* with a newline behind it */
	FILE *file;

	snprintf(path, sizeof(path), "%s/proc/%u/comm", root, tid);
	file = fopen(path, "re");
	if (!file)
		return;
	if (fgets(line, sizeof(line), file))
		copy_name(comm, line, strcspn(line, "\n"));
	fclose(file);
}

/* ---- calls that give names ---- */

/* The string that the argument was. false: neither its end nor enough bytes of it are known. */
static bool take_string(const struct sct_known *known, unsigned int arg, size_t enough, struct sct_piece *piece)
{
	unsigned int step = sct_known_step(known, arg, false, NULL, 0);

	return step != SCT_NO_STEP && sct_known_piece(known, arg, false, step, 0, piece) && piece->len &&
	       !(piece->flags & (SCTRACE_PIECE_FAULT | SCTRACE_PIECE_NULL)) &&
	       (!(piece->flags & SCTRACE_PIECE_CUT) || piece->len >= enough);
}

/* By the path that the task's exec was given. */
static void learn_call(const struct sct_comms *c, const struct sct_record *exit, struct sct_pieces late,
		       struct sct_task *task)
{
	struct sct_known known;
	struct sct_piece piece;
	unsigned int i;

	sct_known_init(&known, c->plans, &task->call, exit, late);
	for (i = 0; i < known.nr_args; i++) {
		if (known.plan.row->args[i].type == SCT_PATH && take_string(&known, i, SIZE_MAX, &piece))
			set_path(task, (const char *)piece.data, piece.len);
	}
}

/* By the new image's path, if it is there, maybe in several pieces. Return: whether it is. */
static bool learn_image(struct sct_pieces pieces, struct sct_task *task)
{
	struct sct_piece piece;
	char path[PATH_MAX];
	size_t at = 0, len = 0;

	while (sct_piece_next(&pieces, &at, &piece)) {
		if (piece.step != SCTRACE_IMAGE_PATH)
			continue;
		if (piece.flags & (SCTRACE_PIECE_CUT | SCTRACE_PIECE_FAULT) || piece.len > sizeof(path) - len)
			return false;
		memcpy(path + len, piece.data, piece.len);
		len += piece.len;
	}
	len = strnlen(path, len);
	if (len)
		set_path(task, path, len);
	return len;
}

/* Of a call that comes in one record, more is known when that comes. */
static void take_exec(const struct sct_comms *c, const struct sct_event *event)
{
	struct sct_task *task = event->task;

	/* What it was called is gone, whether or not it is known what it is called now. */
	forget(task);
	if (!learn_image(event->rec->pieces, task) && task->in_call && sct_comms_executes(&task->call))
		learn_call(c, NULL, (struct sct_pieces) { 0 }, task);
}

static bool has_succeeded(const struct sct_event *event)
{
	unsigned int type = event->rec->hdr->type;

	return (type == SCTRACE_REC_EXIT || type == SCTRACE_REC_CALL) && !event->orphan && !event->rec->result;
}

static void take_fork(const struct sct_comms *c, const struct sct_event *event)
{
	const struct sctrace_rec_fork *fork = (const struct sctrace_rec_fork *)event->rec->hdr;
	struct sct_task *child = sct_tasks_find(c->tasks, fork->child_tid);

	/* Where records are missing, it may be itself. */
	if (!child || child == event->task)
		return;
	forget(child);
	set_name(child, event->task->comm, sizeof(event->task->comm));
}

/* To be called before the event is used. */
void sct_comms_before(const struct sct_comms *c, const struct sct_event *event)
{
	const struct sct_record *rec = event->rec;
	struct sct_task *task = event->task;

	if (!task)
		return;
	if (rec->hdr->type == SCTRACE_REC_EXEC)
		take_exec(c, event);
	else if (has_succeeded(event) && sct_comms_executes(&task->call) &&
		 !learn_image(sct_kept_pieces(&task->call.image), task))
		learn_call(c, rec, event->late, task);
	/* Of a task in its execve it may be the next name. */
	if (c->root && !*task->comm && !task->comm_asked &&
	    !(rec->hdr->type == SCTRACE_REC_ENTER && is_exec(rec->hdr->abi, rec->nr))) {
		task->comm_asked = true;
		read_name(c->root, task->tid, task->comm);
	}
	if (rec->hdr->type == SCTRACE_REC_FORK)
		take_fork(c, event);
}

/* To be called when it has been: prctl(2) gives a name, but is called under the former one. */
void sct_comms_after(const struct sct_comms *c, const struct sct_event *event)
{
	static const char *const prctl[] = { "prctl", NULL };
	struct sct_task *task = event->task;
	struct sct_known known;
	struct sct_piece piece;

	if (!has_succeeded(event) || !is_row(sct_calls_find(task->call.abi, task->call.nr), prctl))
		return;
	sct_known_init(&known, c->plans, &task->call, event->rec, event->late);
	if (known.nr_args < 2 || known.args[0] != PR_SET_NAME)
		return;
	if (take_string(&known, 1, SCT_COMM_BYTES - 1, &piece))
		set_name(task, piece.data, piece.len);
	else
		forget(task);
}

/* What the task's process is called: as its first thread, else as the task. */
void sct_comms_process(const struct sct_comms *c, const struct sct_task *task, char comm[SCT_COMM_BYTES])
{
	const struct sct_task *first = task->tid == task->tgid ? task : sct_tasks_find(c->tasks, task->tgid);

	*comm = '\0';
	if (first)
		memcpy(comm, first->comm, SCT_COMM_BYTES);
	else if (c->root)
		read_name(c->root, task->tgid, comm);
	if (!*comm)
		memcpy(comm, task->comm, SCT_COMM_BYTES);
}

void sct_comm_put(struct sct_text *text, struct sct_tasks *tasks, int32_t tid)
{
	const struct sct_task *task = tid > 0 ? sct_tasks_find(tasks, tid) : NULL;

	if (!task || !*task->comm)
		return;
	sct_text_put(text, "<");
	sct_text_escaped(text, (const uint8_t *)task->comm, strlen(task->comm), true);
	sct_text_put(text, ">");
}
