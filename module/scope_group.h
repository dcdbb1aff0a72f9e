/* SPDX-License-Identifier: GPL-2.0-only */
/* The tests of a scope, in groups. */
#ifndef SCTRACE_SCOPE_GROUP_H
#define SCTRACE_SCOPE_GROUP_H

#include <linux/types.h>

#include <uapi/sctrace.h>

#include "members.h"

struct pid;
struct sctrace_scope;
struct sctrace_scope_request;
struct task_struct;

#define SCTRACE_KEY_BIT(key)	(1u << (key))

/* Keys whose tests name tasks. */
#define SCTRACE_KEYS_NAMING	(SCTRACE_KEY_BIT(SCTRACE_KEY_TASK) | \
				 SCTRACE_KEY_BIT(SCTRACE_KEY_PROCESS) | \
				 SCTRACE_KEY_BIT(SCTRACE_KEY_TREE))

/**
 * struct sctrace_group - tests of which a task has to pass one, or with @not none
 * @first: index of the first
 * @nr: how many
 * @not: none
 * @names_all: all its tests name tasks, and not @not
 * @list: the key of those that name tasks (TASK, PROCESS or TREE), or 0
 * @members: with @list: who is named
 * @pids: with @list: by index from @first on, each with a reference held, or NULL
 */
struct sctrace_group {
	u32 first;
	u32 nr;
	bool not;
	bool names_all;
	u8 list;
	struct sctrace_members members;
	struct pid **pids;
};

/* What has been found out while one task is decided about. */
struct sctrace_found {
	const char *exe;
	bool has_exe;
	u8 container_digits;		/* 0: not looked for yet */
	const char *container;
	u64 container_id;
};

int sctrace_groups_init(struct sctrace_scope *scope, const struct sctrace_scope_request *request,
			u32 *bad);
void sctrace_groups_free(struct sctrace_scope *scope);
bool sctrace_group_passes(const struct sctrace_scope *scope, const struct sctrace_group *group,
			  const struct task_struct *task, struct sctrace_found *found);
void sctrace_group_populate(const struct sctrace_scope *scope, struct sctrace_group *group);
int sctrace_groups_note_containers(struct sctrace_scope *scope);

#endif
