/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tasks that have been seen, and the call each is in. */
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "task.h"
#include "task_maps.h"

static int compare(const void *a, const void *b)
{
	const struct sct_task *x = a, *y = b;

	return x->tid < y->tid ? -1 : x->tid > y->tid;
}

static struct sct_task **recent_of(struct sct_tasks *tasks, uint32_t tid)
{
	return &tasks->recent[tid % SCT_TASKS_RECENT];
}

/* Takes the task out, under the number that it has. */
static void take_out(struct sct_tasks *tasks, struct sct_task *task)
{
	struct sct_task **recent = recent_of(tasks, task->tid);

	if (*recent == task)
		*recent = NULL;
	tdelete(task, &tasks->tree, compare);
}

static struct sct_task *search(struct sct_tasks *tasks, uint32_t tid)
{
	struct sct_task key = { .tid = tid };
	struct sct_task **found = tfind(&key, &tasks->tree, compare);

	return found ? *found : NULL;
}

/* The task, or NULL if it was not seen. */
struct sct_task *sct_tasks_find(struct sct_tasks *tasks, uint32_t tid)
{
	struct sct_task **recent = recent_of(tasks, tid);

	if (!*recent || (*recent)->tid != tid)
		*recent = search(tasks, tid);
	return *recent;
}

/* The task, made if it was not seen before. NULL: memory is short. */
struct sct_task *sct_tasks_get(struct sct_tasks *tasks, uint32_t tid, uint32_t tgid)
{
	struct sct_task *task = sct_tasks_find(tasks, tid);

	if (task)
		return task;
	task = calloc(1, sizeof(*task));
	if (!task)
		return NULL;
	task->tid = tid;
	task->tgid = tgid;
	task->call.nr = UINT64_MAX;
	if (!tsearch(task, &tasks->tree, compare)) {
		free(task);
		return NULL;
	}
	tasks->nr++;
	return task;
}

static void free_task(struct sct_task *task)
{
	free(task->call.pieces.bytes);
	free(task->call.image.bytes);
	sct_maps_drop(task->call.maps);
	free(task->exit.bytes);
	free(task->who);
	free(task);
}

/* Gives the task another number; whoever had that is removed. 0 or -ENOMEM, with which the task is gone. */
int sct_tasks_renumber(struct sct_tasks *tasks, struct sct_task *task, uint32_t tid)
{
	struct sct_task *former = sct_tasks_find(tasks, tid);

	if (former)
		sct_tasks_remove(tasks, former);
	take_out(tasks, task);
	task->tid = tid;
	if (tsearch(task, &tasks->tree, compare))
		return 0;
	tasks->nr--;
	free_task(task);
	return -ENOMEM;
}

void sct_tasks_remove(struct sct_tasks *tasks, struct sct_task *task)
{
	take_out(tasks, task);
	tasks->nr--;
	free_task(task);
}

void sct_tasks_free(struct sct_tasks *tasks)
{
	while (tasks->tree)
		sct_tasks_remove(tasks, *(struct sct_task **)tasks->tree);
}

static void note_held(const void *node, VISIT visit, void *found)
{
	struct sct_task *task = *(struct sct_task *const *)node;

	if ((visit == postorder || visit == leaf) && task->held)
		*(struct sct_task **)found = task;
}

/* One whose EXIT or CALL is held back, or NULL. */
struct sct_task *sct_tasks_held(struct sct_tasks *tasks)
{
	struct sct_task *found = NULL;

	twalk_r(tasks->tree, note_held, &found);
	return found;
}

static void note_undecided(const void *node, VISIT visit, void *found)
{
	struct sct_task *task = *(struct sct_task *const *)node;

	if ((visit == postorder || visit == leaf) && task->undecided)
		*(struct sct_task **)found = task;
}

/* One of whose call it is not known whether it is wanted, or NULL. */
struct sct_task *sct_tasks_undecided(struct sct_tasks *tasks)
{
	struct sct_task *found = NULL;

	twalk_r(tasks->tree, note_undecided, &found);
	return found;
}

struct visit {
	void (*visit)(struct sct_task *task, void *arg);
	void *arg;
};

static void visit_one(const void *node, VISIT visit, void *closure)
{
	const struct visit *v = closure;

	if (visit == postorder || visit == leaf)
		v->visit(*(struct sct_task *const *)node, v->arg);
}

/* Shows each task, in the order of their numbers, to the visitor, which makes and removes none. */
void sct_tasks_each(struct sct_tasks *tasks, void (*visit)(struct sct_task *task, void *arg), void *arg)
{
	struct visit v = { visit, arg };

	twalk_r(tasks->tree, visit_one, &v);
}

/* Replaces what was kept before. 0 or -ENOMEM. */
int sct_keep(struct sct_kept *kept, const void *bytes, size_t len)
{
	if (len > kept->size) {
		uint8_t *at = realloc(kept->bytes, len);

		if (!at)
			return -ENOMEM;
		kept->bytes = at;
		kept->size = len;
	}
	if (len)
		memcpy(kept->bytes, bytes, len);
	kept->len = len;
	return 0;
}

struct sct_pieces sct_kept_pieces(const struct sct_kept *kept)
{
	return (struct sct_pieces) { kept->bytes, kept->len };
}

/* Copies what an ENTER or CALL record says. image: the EXEC that was kept is of this call. 0 or -ENOMEM. */
int sct_call_keep(struct sct_call *call, const struct sct_record *enter, bool image)
{
	unsigned int i;

	call->nr = enter->nr;
	call->time = enter->hdr->type == SCTRACE_REC_CALL ? enter->entered : enter->hdr->time;
	call->abi = enter->hdr->abi;
	call->tgid = enter->hdr->tgid;
	call->nr_args = enter->hdr->nr_args;
	memcpy(call->args, enter->args, call->nr_args * sizeof(call->args[0]));
	/* A 32-bit program has no say in the upper half of a register, and the kernel takes none from it. */
	for (i = 0; call->abi == SCTRACE_ABI_COMPAT && i < call->nr_args; i++)
		call->args[i] = (uint32_t)call->args[i];
	if (!image)
		call->image.len = 0;
	return sct_keep(&call->pieces, enter->pieces.bytes, enter->pieces.len);
}
