/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records to events. An entry and the return that follows it in the same task are one call: a
 * task is in one call at a time. A CALL is both at once. Where records are missing, what can be
 * said is said: a return without an entry, an entry after an entry.
 */
#include <errno.h>

#include "pair.h"
#include "record.h"

/* The task is in this call. image: see sct_call_keep(). */
static int begin_call(struct sct_task *task, const struct sct_record *rec, bool image, struct sct_event *event)
{
	event->abandoned = task->in_call;
	event->abi_changed = rec->hdr->abi != task->abi;
	task->abi = rec->hdr->abi;
	task->newborn = false;
	task->execed = false;
	task->in_call = true;
	task->args_shown = 0;
	task->all_shown = false;
	task->told = false;
	return sct_call_keep(&task->call, rec, image) ? -ENOMEM : 1;
}

static int pair_enter(struct sct_task *task, const struct sct_record *rec, struct sct_event *event)
{
	return begin_call(task, rec, false, event);
}

/*
 * The event of a CALL, at its time or when its LATE has come. The EXEC that it made came before it: if it is not
 * known when it began, any that has a call before it.
 */
static int make_call(struct sct_task *task, const struct sct_record *rec, struct sct_event *event)
{
	return begin_call(task, rec, task->execed && rec->entered <= task->exec_time, event);
}

/* The event of an EXIT, at its time or when its LATE has come. */
static void make_exit(struct sct_task *task, const struct sct_record *rec, struct sct_event *event)
{
	/* An unknown number (sigreturn) ends what is open; another one means that records are missing. */
	event->orphan = !task->in_call ||
			(rec->nr != UINT64_MAX && rec->nr != task->call.nr && !task->execed);
	task->execed = false;
}

static int make_return(struct sct_task *task, const struct sct_record *rec, struct sct_event *event)
{
	if (rec->hdr->type == SCTRACE_REC_CALL)
		return make_call(task, rec, event);
	make_exit(task, rec, event);
	return 1;
}

/* A new task returns from its parent's fork or clone. That is no call of its own: it has not entered it. */
static bool is_birth(const struct sct_tasks *tasks, const struct sct_record *rec)
{
	if (rec->hdr->type == SCTRACE_REC_EXIT)
		return true;
	return !rec->entered && !rec->result &&
	       (!tasks->makes_tasks || tasks->makes_tasks(rec->hdr->abi, rec->nr));
}

/* An EXIT or a CALL. */
static int pair_return(const struct sct_tasks *tasks, struct sct_task *task, const struct sct_record *rec,
		       struct sct_event *event)
{
	bool newborn = task->newborn;

	task->newborn = false;
	if (newborn && is_birth(tasks, rec))
		return 0;
	if (!(rec->hdr->flags & SCTRACE_HDR_LATE_FOLLOWS))
		return make_return(task, rec, event);
	if (sct_keep(&task->exit, rec->hdr, rec->hdr->words * 8u))
		return -ENOMEM;
	task->exit_cpu = rec->cpu;
	task->held = true;
	return 0;
}

/* The EXIT or CALL that was held back, with what has come for it since. */
static int release(struct sct_task *task, struct sct_pieces late, struct sct_event *event)
{
	if (sct_record_parse(&event->held, task->exit.bytes, task->exit.len))
		return -EPROTO;
	event->held.cpu = task->exit_cpu;
	event->rec = &event->held;
	event->late = late;
	task->held = false;
	return make_return(task, event->rec, event);
}

static int pair_exec(struct sct_tasks *tasks, const struct sct_record *rec, struct sct_event *event)
{
	const struct sctrace_rec_exec *exec = (const struct sctrace_rec_exec *)rec->hdr;
	struct sct_task *caller;

	/* Its call returns with the number that execve has in the new image's ABI. */
	event->task->newborn = false;
	event->task->execed = true;
	event->task->exec_time = exec->hdr.time;
	if (exec->old_tid == exec->hdr.tid)
		return sct_keep(&event->task->call.image, rec->pieces.bytes, rec->pieces.len) ? -ENOMEM : 1;
	/* The thread that called exec goes on under the leader's number. */
	caller = sct_tasks_find(tasks, exec->old_tid);
	if (!caller)
		return 1;
	event->task = caller;
	caller->execed = true;
	caller->exec_time = exec->hdr.time;
	if (sct_keep(&caller->call.image, rec->pieces.bytes, rec->pieces.len))
		return -ENOMEM;
	return sct_tasks_renumber(tasks, caller, exec->hdr.tid) ? -ENOMEM : 1;
}

/* A task that will be in the scope: its first record will come. */
static int pair_fork(struct sct_tasks *tasks, const struct sct_task *parent,
		     const struct sctrace_rec_fork *fork)
{
	struct sct_task *child;

	if (!sct_tasks_takes(tasks, fork))
		return 1;
	child = sct_tasks_get(tasks, fork->child_tid, fork->child_tgid);
	if (!child)
		return -ENOMEM;
	/* A number used again, whose former task's exit was lost, begins anew. */
	child->tgid = fork->child_tgid;
	child->newborn = true;
	child->abi = parent->abi;
	child->in_call = false;
	return 1;
}

/*
 * 1: *event is what rec means, or with event->again something older that comes before it; to be
 * followed by sct_pair_done(). 0: it means nothing of its own. -ENOMEM.
 */
int sct_pair(struct sct_tasks *tasks, const struct sct_record *rec, struct sct_event *event)
{
	const struct sctrace_hdr *hdr = rec->hdr;

	*event = (struct sct_event) { .rec = rec };
	if (hdr->type == SCTRACE_REC_GAP)
		return 1;
	event->task = sct_tasks_get(tasks, hdr->tid, hdr->tgid);
	if (!event->task)
		return -ENOMEM;
	if (hdr->type == SCTRACE_REC_LATE)
		return event->task->held ? release(event->task, rec->pieces, event) : 0;
	if (event->task->held) {
		/* The LATE was lost. */
		event->again = true;
		return release(event->task, (struct sct_pieces) { 0 }, event);
	}
	switch (hdr->type) {
	case SCTRACE_REC_ENTER:
		return pair_enter(event->task, rec, event);
	case SCTRACE_REC_EXIT:
	case SCTRACE_REC_CALL:
		return pair_return(tasks, event->task, rec, event);
	case SCTRACE_REC_FORK:
		return pair_fork(tasks, event->task, (const struct sctrace_rec_fork *)hdr);
	case SCTRACE_REC_EXEC:
		return pair_exec(tasks, rec, event);
	default:
		return 1;
	}
}

/* No record will come any more: the events that waited for one. 1: *event is one; 0: there is none; -ENOMEM. */
int sct_pair_rest(struct sct_tasks *tasks, struct sct_event *event)
{
	struct sct_task *task = sct_tasks_held(tasks);

	*event = (struct sct_event) { .task = task };
	return task ? release(task, (struct sct_pieces) { 0 }, event) : 0;
}

/* The event has been used: brings the tasks up to what it says. */
void sct_pair_done(struct sct_tasks *tasks, const struct sct_event *event)
{
	if (event->rec->hdr->type == SCTRACE_REC_EXIT || event->rec->hdr->type == SCTRACE_REC_CALL)
		event->task->in_call = false;
	else if (event->rec->hdr->type == SCTRACE_REC_TASK_EXIT)
		sct_tasks_remove(tasks, event->task);
}
