/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tasks that have been seen, and the call each is in. */
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "task.h"

static int compare(const void *a, const void *b)
{
	const struct sct_task *x = a, *y = b;

	return x->tid < y->tid ? -1 : x->tid > y->tid;
}

/* The task, or NULL if it was not seen. */
struct sct_task *sct_tasks_find(struct sct_tasks *tasks, uint32_t tid)
{
	struct sct_task key = { .tid = tid };
	struct sct_task **found = tfind(&key, &tasks->tree, compare);

	return found ? *found : NULL;
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
	if (!tsearch(task, &tasks->tree, compare)) {
		free(task);
		return NULL;
	}
	tasks->nr++;
	return task;
}

/* Gives the task another number; whoever had that is removed. 0 or -ENOMEM, with which the task is gone. */
int sct_tasks_renumber(struct sct_tasks *tasks, struct sct_task *task, uint32_t tid)
{
	struct sct_task *former = sct_tasks_find(tasks, tid);

	if (former)
		sct_tasks_remove(tasks, former);
	tdelete(task, &tasks->tree, compare);
	task->tid = tid;
	if (tsearch(task, &tasks->tree, compare))
		return 0;
	tasks->nr--;
	free(task->call.memory);
	free(task);
	return -ENOMEM;
}

void sct_tasks_remove(struct sct_tasks *tasks, struct sct_task *task)
{
	tdelete(task, &tasks->tree, compare);
	tasks->nr--;
	free(task->call.memory);
	free(task);
}

void sct_tasks_free(struct sct_tasks *tasks)
{
	while (tasks->tree)
		sct_tasks_remove(tasks, *(struct sct_task **)tasks->tree);
}

static size_t bytes_of(const struct sct_record *rec)
{
	size_t n = 0;
	unsigned int i;

	for (i = 0; i < rec->nr_pieces; i++)
		n += rec->pieces[i].len;
	return n;
}

/* Copies what an ENTER record says. 0 or -ENOMEM. */
int sct_call_keep(struct sct_call *call, const struct sct_record *enter)
{
	size_t need = bytes_of(enter);
	uint8_t *at;
	unsigned int i;

	if (need > call->memory_size) {
		at = realloc(call->memory, need);
		if (!at)
			return -ENOMEM;
		call->memory = at;
		call->memory_size = need;
	}
	call->nr = enter->nr;
	call->time = enter->hdr->time;
	call->abi = enter->hdr->abi;
	call->nr_args = enter->hdr->nr_args;
	memcpy(call->args, enter->args, call->nr_args * sizeof(call->args[0]));
	/* A 32-bit program has no say in the upper half of a register, and the kernel takes none from it. */
	for (i = 0; call->abi == SCTRACE_ABI_COMPAT && i < call->nr_args; i++)
		call->args[i] = (uint32_t)call->args[i];
	call->nr_pieces = enter->nr_pieces;
	at = call->memory;
	for (i = 0; i < enter->nr_pieces; i++) {
		call->pieces[i] = enter->pieces[i];
		call->pieces[i].data = at;
		if (enter->pieces[i].len)
			memcpy(at, enter->pieces[i].data, enter->pieces[i].len);
		at += enter->pieces[i].len;
	}
	return 0;
}
