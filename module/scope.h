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
 * What a session knows of a task: a byte for each number that a thread id can have, so that asking
 * takes nothing but a load.
 *
 * IN and IN_TOO say the same, each by a policy of its own: of the session's policy and the one it
 * has replaced, one has IN and the other IN_TOO. So one that says by which policy the call began
 * that a task is in stays there until its next call begins.
 */
#define SCTRACE_TASK_IN		0x1	/* it is in, as far as was decided */
#define SCTRACE_TASK_LOOK	0x2	/* to be decided (again) at its next call */
#define SCTRACE_TASK_IN_TOO	0x4	/* it is in */
#define SCTRACE_TASK_HOOKED	0x8	/* it is in a call that it has come to past a kprobe */
#define SCTRACE_TASK_INS	(SCTRACE_TASK_IN | SCTRACE_TASK_IN_TOO)

/**
 * struct sctrace_scope - who is traced
 * @users: policies that have it; they take turns
 * @states: the session's: SCTRACE_TASK_* of every task, a byte each: what is asked at every call
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
	unsigned long *states;
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

unsigned long *sctrace_states_alloc(void);
void sctrace_states_free(unsigned long *states);

struct sctrace_scope *sctrace_scope_make(const struct sctrace_scope_request *request,
					 unsigned long *states, struct pid *owner, u32 *bad);
void sctrace_scope_put(struct sctrace_scope *scope);
int sctrace_scope_populate(struct sctrace_scope *scope);
void sctrace_scope_look_at_all(struct sctrace_scope *scope);
void sctrace_scope_forget_in(struct sctrace_scope *scope, unsigned int in);
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

/* Any context. Return: SCTRACE_TASK_*, 0: it is out. */
static inline unsigned int sctrace_task_state(const unsigned long *states, pid_t tid)
{
	return READ_ONCE(((const u8 *)states)[tid]);
}

/* Preemption is off. @state: current's. @in: the policy's bit. Return: whether it is in now. */
static inline bool sctrace_scope_has(struct sctrace_scope *scope, unsigned int state,
				     unsigned int in)
{
	return likely(state == in) || (state && sctrace_scope_decide(scope, in));
}

#endif
