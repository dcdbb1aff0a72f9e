/* SPDX-License-Identifier: GPL-2.0-only */
/* Who is traced. */
#ifndef SCTRACE_SCOPE_H
#define SCTRACE_SCOPE_H

#include <linux/sched.h>

#include <uapi/sctrace.h>

#include "members.h"

struct pid;
struct sctrace_group;

/*
 * What is known of a task: a byte for each number that a thread id can have, so that asking takes
 * nothing but a load.
 */
#define SCTRACE_TASK_IN		0x1	/* it is in, as far as was decided */
#define SCTRACE_TASK_LOOK	0x2	/* to be decided (again) at its next call */

/**
 * struct sctrace_scope - the tasks of one session
 * @state: SCTRACE_TASK_* of every task, a byte each: what is asked at every call
 * @settled: the tasks that were there at the start are in the sets; nothing is decided before
 * @follow: whatever a task of the scope makes is in
 * @closed: only tasks that are named, and those they make, can be in: it can come to its end
 * @asks: (1 << enum sctrace_key) of all tests
 * @owner: the process that is never traced
 * @followed: with @follow, the tasks that are in for that
 * @groups: a task has to pass all of them
 * @nr_groups: how many
 * @tests: theirs
 * @nr_tests: how many
 * @text: the tests' text
 * @path: for KEY_EXE, PATH_MAX bytes a CPU
 * @since: time of the start, ns of CLOCK_MONOTONIC
 * @containers: for KEY_CONTAINER_NEW and OLD: ids of cgroups of containers at the start, sorted
 * @nr_containers: how many
 * @digits: that their ids have
 */
struct sctrace_scope {
	unsigned long *state;
	bool settled;
	bool follow;
	bool closed;
	u32 asks;
	struct pid *owner;
	struct sctrace_members followed;
	struct sctrace_group *groups;
	unsigned int nr_groups;
	struct sctrace_test *tests;
	unsigned int nr_tests;
	char *text;
	char __percpu *path;
	u64 since;
	u64 *containers;
	size_t nr_containers;
	u8 digits;
};

/* What a session asks for; the arrays are given away, even if that is refused. */
struct sctrace_scope_request {
	struct sctrace_test *tests;	/* by kvmalloc(); NULL if there are none */
	u32 nr_tests;
	char *text;			/* the same */
	u32 text_bytes;
	bool follow;
	bool initial_ns;		/* ids are of the initial pid namespace */
};

int sctrace_scope_init(struct sctrace_scope *scope, const struct sctrace_scope_request *request,
		       u32 *bad);
void sctrace_scope_free(struct sctrace_scope *scope);
int sctrace_scope_populate(struct sctrace_scope *scope);
bool sctrace_scope_ended(const struct sctrace_scope *scope);
u32 sctrace_scope_count(const struct sctrace_scope *scope);
bool sctrace_scope_decide(struct sctrace_scope *scope);
bool sctrace_scope_has_now(struct sctrace_scope *scope);
void sctrace_scope_changed(struct sctrace_scope *scope, struct task_struct *task, u32 keys);
void sctrace_scope_fork(struct sctrace_scope *scope, struct task_struct *parent,
			struct task_struct *child);
void sctrace_scope_renumber(struct sctrace_scope *scope, pid_t from, pid_t to);
bool sctrace_scope_exec(struct sctrace_scope *scope);
bool sctrace_scope_exit(struct sctrace_scope *scope, struct task_struct *task);

/* Any context. Return: SCTRACE_TASK_*, 0: it is out. */
static inline unsigned int sctrace_scope_state(const struct sctrace_scope *scope, pid_t tid)
{
	return READ_ONCE(((const u8 *)scope->state)[tid]);
}

/* Preemption is off. @state: current's. Return: whether it is in now. */
static inline bool sctrace_scope_has(struct sctrace_scope *scope, unsigned int state)
{
	return likely(state == SCTRACE_TASK_IN) || (state && sctrace_scope_decide(scope));
}

#endif
