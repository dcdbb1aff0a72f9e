/* SPDX-License-Identifier: GPL-2.0-only */
/* Who is traced. */
#ifndef SCTRACE_SCOPE_H
#define SCTRACE_SCOPE_H

#include <linux/sched.h>

#include <uapi/sctrace.h>

#include "members.h"
#include "states.h"

struct pid;
struct sctrace_group;

/**
 * struct sctrace_scope - who is traced
 * @users: policies that have it; they take turns
 * @states: the session's
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
	unsigned int users;
	struct sctrace_states *states;
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

struct sctrace_scope *sctrace_scope_make(const struct sctrace_scope_request *request,
					 struct sctrace_states *states, struct pid *owner,
					 u32 *bad);
void sctrace_scope_put(struct sctrace_scope *scope);
int sctrace_scope_populate(struct sctrace_scope *scope);
void sctrace_scope_look_at_all(struct sctrace_scope *scope);
bool sctrace_scope_forget_in(struct sctrace_scope *scope, unsigned int in);
bool sctrace_scope_ended(const struct sctrace_scope *scope);
u32 sctrace_scope_count(const struct sctrace_scope *scope);
bool sctrace_scope_decide(struct sctrace_scope *scope, unsigned int in);
bool sctrace_scope_has_now(struct sctrace_scope *scope, unsigned int in);
unsigned int sctrace_scope_begin_anew(struct sctrace_scope *scope, unsigned int in);
void sctrace_scope_end_old(struct sctrace_scope *scope, unsigned int in, bool kept);
void sctrace_scope_set_hooked(struct sctrace_scope *scope);
bool sctrace_scope_unset_hooked(struct sctrace_scope *scope);
void sctrace_scope_changed(struct sctrace_scope *scope, struct task_struct *task, u32 keys);
void sctrace_scope_fork_members(struct sctrace_scope *scope, struct task_struct *parent,
				struct task_struct *child, unsigned int in);
void sctrace_scope_fork(struct sctrace_scope *scope, struct task_struct *parent,
			struct task_struct *child, unsigned int in);
void sctrace_scope_renumber(struct sctrace_scope *scope, pid_t from, pid_t to);
bool sctrace_scope_exec(struct sctrace_scope *scope, unsigned int in);
bool sctrace_scope_exit(struct sctrace_scope *scope, struct task_struct *task);

/* Preemption is off. @state: current's. @in: the policy's bit. Return: whether it is in now. */
static inline bool sctrace_scope_has(struct sctrace_scope *scope, unsigned int state,
				     unsigned int in)
{
	return likely(state == in) || (state && sctrace_scope_decide(scope, in));
}

#endif
