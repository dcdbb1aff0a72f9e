/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How JSON and CSV say what a task is called, and in which container it is: written once, until either changes. */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "json.h"
#include "task_container.h"
#include "who.h"

/* Run times are asked once for each: it may be many files. */
static const struct sct_container *container_of(struct sct_form *form, const char *id)
{
	struct sct_container *all, *it;
	unsigned int i;

	for (i = 0; i < form->nr_containers; i++) {
		if (!strcmp(form->containers[i].id, id))
			return &form->containers[i];
	}
	all = realloc(form->containers, (form->nr_containers + 1) * sizeof(*all));
	if (!all)
		err(1, "out of memory for containers");
	form->containers = all;
	it = &all[form->nr_containers++];
	/* One that no file knows has no name. */
	if (sct_container_find(form->root, id, it)) {
		*it = (struct sct_container) { 0 };
		memcpy(it->id, id, sizeof(it->id));
	}
	return it;
}

/* NULL: in none, or not known. */
static const struct sct_container *ask_container(struct sct_form *form, uint32_t tid)
{
	char id[SCT_CONTAINER_DIGITS + 1];

	if (!form->root || !sct_task_container(form->root, tid, id) || !*id)
		return NULL;
	return container_of(form, id);
}

/* How the line says it. */
const char *sct_who(struct sct_form *form, struct sct_task *task)
{
	const char *comm = *task->comm ? task->comm : NULL;
	struct sct_text who = { 0 };

	if (task->who)
		return task->who;
	if (form->kind == SCT_FORM_JSON)
		sct_json_who(&who, comm, ask_container(form, task->tid));
	else
		sct_csv_who(&who, comm);
	task->who = who.chars;
	return task->who;
}

/* A child is called as its maker, and is where that is. */
void sct_who_forked(struct sct_form *form, const struct sct_event *event)
{
	const struct sctrace_rec_fork *fork = (const struct sctrace_rec_fork *)event->rec->hdr;
	struct sct_task *child = sct_tasks_find(form->tasks, fork->child_tid);
	char *who;

	if (!child)
		return;
	/* Which, where records are missing, may be itself. */
	who = strdup(sct_who(form, event->task));
	free(child->who);
	child->who = who;
}

void sct_who_free(struct sct_form *form)
{
	free(form->containers);
}
