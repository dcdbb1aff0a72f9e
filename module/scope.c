// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who is traced.
 *
 * The answer is kept as two bits of a byte a task, so that asking at every system call is one
 * look. IN is written by the task itself (and by its parent before it runs). Whoever learns that
 * the answer may have changed, on whatever CPU, sets LOOK, and the task decides again at its next
 * call, in its own context, where all that it is asked stands still.
 *
 * What a task owes to its past, being named or being a child of such a one, is kept in sets. A bit
 * of those is cleared when its task exits, before the number can be given to another task: the exit
 * probe runs in the task itself, and the number is free only when the task is reaped.
 */
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "focus.h"
#include "scope.h"
#include "scope_group.h"

/* ---- states ---- */

static void state_set(struct sctrace_scope *scope, pid_t tid, unsigned int state)
{
	sctrace_state_set(scope->states, tid, state);
}

static void state_clear(struct sctrace_scope *scope, pid_t tid, unsigned int state)
{
	sctrace_state_clear(scope->states, tid, state);
}

/* Whatever made us do this is seen by who finds the bit: pairs with sctrace_scope_decide(). */
static void look_at(struct sctrace_scope *scope, struct task_struct *task)
{
	if (task->flags & PF_KTHREAD)
		return;
	smp_mb__before_atomic();	/* pairs with sctrace_scope_decide() */
	state_set(scope, task->pid, SCTRACE_TASK_LOOK);
	sctrace_focus_want(task);
}

static unsigned int state_of(const struct sctrace_scope *scope, pid_t tid)
{
	return sctrace_task_state(scope->states, tid);
}

static bool is_in(const struct sctrace_scope *scope, struct task_struct *task)
{
	struct sctrace_found found = { 0 };
	const struct sctrace_group *group;
	unsigned int i;

	/* The reader: tracing itself, it would feed itself for ever. */
	if (task_tgid(task) == scope->owner)
		return false;
	if (scope->follow && sctrace_members_has(&scope->followed, task->pid))
		return true;
	for (i = 0; i < scope->nr_groups; i++) {
		group = &scope->groups[i];
		if (sctrace_group_passes(scope, group, task, &found) == group->not)
			return false;
	}
	return true;
}

/**
 * sctrace_scope_decide() - decide about the current task
 * @scope: one that may want another look at it
 * @in: the policy's bit, SCTRACE_TASK_IN or IN_TOO
 *
 * Context: preemption off, in the task's own context; no lock held.
 * Return: whether the task is in.
 */
bool sctrace_scope_decide(struct sctrace_scope *scope, unsigned int in)
{
	pid_t tid = current->pid;

	/* Pairs with the release in populate: who sees it sees the sets. */
	if (!smp_load_acquire(&scope->settled))
		return false;
	/* Fully ordered: what is asked after this is newer than what made somebody set the bit. */
	if (!sctrace_state_take(scope->states, tid, SCTRACE_TASK_LOOK))
		return state_of(scope, tid) & in;
	if (is_in(scope, current)) {
		state_set(scope, tid, in);
		return true;
	}
	state_clear(scope, tid, in);
	return false;
}

/**
 * sctrace_scope_begin_anew() - the current task begins a call, and another policy had it in
 * @scope: the scope
 * @in: the bit of the policy that judges now
 *
 * Context: as for sctrace_scope_decide().
 * Return: its state: to be decided
 */
unsigned int sctrace_scope_begin_anew(struct sctrace_scope *scope, unsigned int in)
{
	state_set(scope, current->pid, SCTRACE_TASK_LOOK);
	state_clear(scope, current->pid, SCTRACE_TASK_INS & ~in);
	return state_of(scope, current->pid);
}

/**
 * sctrace_scope_set_hooked() - the current task has come past a kprobe, and its return is wanted
 * @scope: the scope
 *
 * Context: that of the kprobe.
 */
void sctrace_scope_set_hooked(struct sctrace_scope *scope)
{
	state_set(scope, current->pid, SCTRACE_TASK_HOOKED);
}

/**
 * sctrace_scope_unset_hooked() - the current task returns
 * @scope: the scope
 *
 * Context: the exit probe.
 * Return: whether it has come past a kprobe in this call
 */
bool sctrace_scope_unset_hooked(struct sctrace_scope *scope)
{
	return state_of(scope, current->pid) & SCTRACE_TASK_HOOKED &&
	       sctrace_state_take(scope->states, current->pid, SCTRACE_TASK_HOOKED);
}

/**
 * sctrace_scope_end_old() - the call has ended that a replaced policy had its task in for
 * @scope: the scope of the policy that judges now
 * @in: its bit
 * @kept: the replaced policy had the same scope
 *
 * Context: as for sctrace_scope_decide().
 */
void sctrace_scope_end_old(struct sctrace_scope *scope, unsigned int in, bool kept)
{
	state_set(scope, current->pid, SCTRACE_TASK_LOOK);
	/* Until it is looked at, it is what it was. */
	if (kept)
		state_set(scope, current->pid, in);
	state_clear(scope, current->pid, SCTRACE_TASK_INS & ~in);
}

/**
 * sctrace_scope_has_now() - whether the current task is in, asked where a lock may be held
 * @scope: the scope
 * @in: the policy's bit
 *
 * One that is in stays so until the call that it is in has ended, whatever has changed; with the
 * path of its executable asked for, also one that a replaced policy had in. One that
 * has made no call yet since the start is decided about, unless that takes the path of its
 * executable: d_path() takes locks. Then it is as if it came in with its first call.
 *
 * Context: preemption off, in the task's own context.
 * Return: whether it is in.
 */
bool sctrace_scope_has_now(struct sctrace_scope *scope, unsigned int in)
{
	unsigned int state = state_of(scope, current->pid);

	if (state & in || scope->asks & SCTRACE_KEY_BIT(SCTRACE_KEY_EXE))
		return state & SCTRACE_TASK_INS;
	/* In by a policy that was replaced: of this one it is not known. */
	if (state & SCTRACE_TASK_INS)
		state_set(scope, current->pid, SCTRACE_TASK_LOOK);
	return sctrace_scope_has(scope, state, in);
}

/**
 * sctrace_scope_changed() - something that a scope may ask about a task is another now
 * @scope: the scope
 * @task: it
 * @keys: what, (1 << enum sctrace_key)
 *
 * Context: any that does not sleep; if @task is not current, what has changed is in place.
 */
void sctrace_scope_changed(struct sctrace_scope *scope, struct task_struct *task, u32 keys)
{
	if (scope->asks & keys)
		look_at(scope, task);
}

/* ---- beginning and end ---- */

static int init(struct sctrace_scope *scope, const struct sctrace_scope_request *request, u32 *bad)
{
	int err = sctrace_groups_init(scope, request, bad);

	if (!err && scope->asks & SCTRACE_KEY_BIT(SCTRACE_KEY_EXE)) {
		scope->path = __alloc_percpu(PATH_MAX, 1);
		err = scope->path ? 0 : -ENOMEM;
	}
	if (!err && scope->follow)
		err = sctrace_members_init(&scope->followed);
	return err;
}

/**
 * sctrace_scope_make() - make a scope
 * @request: what is asked for; its arrays are given away
 * @states: the session's
 * @owner: the process that reads it, which is never in
 * @bad: on -EINVAL, -ESRCH and -EOPNOTSUPP, the index of the test that is to blame
 *
 * The tasks are in once sctrace_scope_populate() has run.
 *
 * Context: may sleep.
 * Return: the scope, for sctrace_scope_put(); -EINVAL; -ESRCH: the test names nobody; -EOPNOTSUPP:
 * this kernel cannot be asked that; -ENOMEM.
 */
struct sctrace_scope *sctrace_scope_make(const struct sctrace_scope_request *request,
					 struct sctrace_states *states, struct pid *owner,
					 u32 *bad)
{
	struct sctrace_scope *scope = kzalloc(sizeof(*scope), GFP_KERNEL_ACCOUNT);
	int err;

	if (!scope) {
		kvfree(request->tests);
		kvfree(request->text);
		return ERR_PTR(-ENOMEM);
	}
	scope->users = 1;
	scope->tests = request->tests;
	scope->nr_tests = request->nr_tests;
	scope->text = request->text;
	scope->follow = request->follow;
	scope->owner = get_pid(owner);
	scope->states = states;
	err = init(scope, request, bad);
	if (!err)
		return scope;
	sctrace_scope_put(scope);
	return ERR_PTR(err);
}

/**
 * sctrace_scope_put() - one policy has it no more
 * @scope: if that was the last, no probe uses it any more; NULL is fine
 *
 * Context: may sleep.
 */
void sctrace_scope_put(struct sctrace_scope *scope)
{
	if (!scope || --scope->users)
		return;
	sctrace_groups_free(scope);
	sctrace_pidset_free(&scope->followed.tids);
	free_percpu(scope->path);
	kvfree(scope->containers);
	kvfree(scope->tests);
	kvfree(scope->text);
	put_pid(scope->owner);
	kfree(scope);
}

/**
 * sctrace_scope_populate() - note the tasks that are there and named
 * @scope: one whose session and itself are seen by the probes already
 *
 * Decisions can be made from then on.
 *
 * Context: process context; may sleep.
 * Return: 0; -ESRCH if all that are named have exited; -ENOMEM
 */
int sctrace_scope_populate(struct sctrace_scope *scope)
{
	unsigned int i;
	int err;

	err = sctrace_groups_note_containers(scope);
	if (err)
		return err;
	for (i = 0; i < scope->nr_groups; i++) {
		if (scope->groups[i].list)
			sctrace_group_populate(scope, &scope->groups[i]);
	}
	scope->since = ktime_get_ns();
	/* Pairs with decide and with sctrace_scope_fork(). */
	smp_store_release(&scope->settled, true);
	return sctrace_scope_ended(scope) ? -ESRCH : 0;
}

/**
 * sctrace_scope_look_at_all() - have every task decided about
 * @scope: the scope of the session's policy, populated
 *
 * A task that is not in the list yet comes past the fork probe after it has been put there, and is
 * looked at for that.
 *
 * Context: process context; does not sleep.
 */
void sctrace_scope_look_at_all(struct sctrace_scope *scope)
{
	struct task_struct *process, *thread;

	rcu_read_lock();
	for_each_process_thread(process, thread)
		look_at(scope, thread);
	rcu_read_unlock();
}

/**
 * sctrace_scope_forget_in() - take a bit from all tasks, and have those decided about that had it
 * @scope: the scope
 * @in: the bit; it says of a task that it has begun no call since the policy was replaced that had
 *	it, so no probe sets it
 *
 * An exec may move it to the number of the process, which the walk has passed: once more, then.
 *
 * Context: process context; does not sleep.
 * Return: whether any had it.
 */
bool sctrace_scope_forget_in(struct sctrace_scope *scope, unsigned int in)
{
	struct task_struct *process, *thread;
	bool any = false;

	rcu_read_lock();
	for_each_process_thread(process, thread) {
		if (!(state_of(scope, thread->pid) & in))
			continue;
		look_at(scope, thread);
		state_clear(scope, thread->pid, in);
		any = true;
	}
	rcu_read_unlock();
	return any;
}

/**
 * sctrace_scope_ended() - whether nobody can be in any more
 * @scope: populated
 *
 * Context: any.
 * Return: whether all tasks have exited that it names, and those that it follows.
 */
bool sctrace_scope_ended(const struct sctrace_scope *scope)
{
	unsigned int i;

	bool named_are_gone = false;

	for (i = 0; i < scope->nr_groups; i++) {
		const struct sctrace_group *group = &scope->groups[i];

		if (group->names_all && !atomic_read_acquire(&group->members.nr))
			named_are_gone = true;
	}
	/*
	 * In this order: those who are named make those who are followed, and never the other way.
	 */
	return named_are_gone && !(scope->follow && atomic_read_acquire(&scope->followed.nr));
}

/**
 * sctrace_scope_count() - how many tasks the scope names or follows now
 * @scope: the scope
 *
 * Context: any.
 * Return: how many
 */
u32 sctrace_scope_count(const struct sctrace_scope *scope)
{
	u32 n = atomic_read(&scope->followed.nr);
	unsigned int i;

	for (i = 0; i < scope->nr_groups; i++) {
		if (!scope->groups[i].not)
			n += atomic_read(&scope->groups[i].members.nr);
	}
	return n;
}

/* ---- the life of tasks ---- */

/* Return: whether the child is in the group because its parent is. */
static bool group_fork(struct sctrace_group *group, const struct task_struct *parent,
		       const struct task_struct *child, bool settled)
{
	bool inherits = group->list == SCTRACE_KEY_TREE ||
			(group->list == SCTRACE_KEY_PROCESS && child->tgid == parent->tgid);

	if (inherits && sctrace_members_has(&group->members, parent->pid)) {
		sctrace_members_add(&group->members, child->pid);
		return true;
	}
	/*
	 * Left by a thread that lost this number in an exec which then failed: it died under its
	 * leader's number, without coming past the exec probe.
	 */
	if (settled)
		sctrace_members_del(&group->members, child->pid);
	return false;
}

/**
 * sctrace_scope_fork_members() - put a new task into the sets that its parent is in
 * @scope: the scope
 * @parent: current
 * @child: not running yet
 * @in: the policy's bit; 0: it does not judge yet, so nobody is in
 *
 * Context: the fork probe.
 */
void sctrace_scope_fork_members(struct sctrace_scope *scope, struct task_struct *parent,
				struct task_struct *child, unsigned int in)
{
	bool settled, inherits = false;
	unsigned int i;

	/*
	 * The child is in the list of threads before the look at the parent's bit. Populate sets
	 * the bit, then walks on in the list.
	 */
	smp_mb();	/* pairs with the ordered sctrace_members_add() in populate */
	/* First this, pairs with populate, then the parent's bit: which is final then. */
	settled = smp_load_acquire(&scope->settled);

	for (i = 0; i < scope->nr_groups; i++) {
		if (scope->groups[i].list)
			inherits |= group_fork(&scope->groups[i], parent, child, settled);
	}
	if (!scope->follow)
		return;
	/* What it inherits is not enough if there is more that can put it out. */
	if (in && !(inherits && scope->nr_groups == 1) && sctrace_scope_has_now(scope, in))
		sctrace_members_add(&scope->followed, child->pid);
	else if (settled)
		sctrace_members_del(&scope->followed, child->pid);
}

/**
 * sctrace_scope_fork() - decide about a new task
 * @scope: the scope
 * @parent: current
 * @child: not running yet
 * @in: the policy's bit
 *
 * Context: the fork probe.
 */
void sctrace_scope_fork(struct sctrace_scope *scope, struct task_struct *parent,
			struct task_struct *child, unsigned int in)
{
	sctrace_scope_fork_members(scope, parent, child, in);
	/* What was left under this number says nothing of the child. */
	state_clear(scope, child->pid, SCTRACE_TASK_IN);
	state_clear(scope, child->pid, SCTRACE_TASK_IN_TOO);
	state_clear(scope, child->pid, SCTRACE_TASK_HOOKED);
	if (smp_load_acquire(&scope->settled) &&	/* pairs with populate */
	    !(scope->asks & ~SCTRACE_KEYS_NAMING) && !is_in(scope, child)) {
		state_clear(scope, child->pid, SCTRACE_TASK_LOOK);
		return;
	}
	look_at(scope, child);
}

/**
 * sctrace_scope_renumber() - a task gets another number
 * @scope: the scope
 * @from: what it had
 * @to: a leader's that has been through sctrace_scope_exit(), since a thread of its calls exec
 *
 * Context: any; done again it does nothing.
 */
void sctrace_scope_renumber(struct sctrace_scope *scope, pid_t from, pid_t to)
{
	unsigned int state = state_of(scope, from), i, bit;

	for (i = 0; i < scope->nr_groups; i++) {
		if (scope->groups[i].list)
			sctrace_members_move(&scope->groups[i].members, from, to);
	}
	if (scope->follow)
		sctrace_members_move(&scope->followed, from, to);
	for (bit = SCTRACE_TASK_IN; bit <= SCTRACE_TASK_HOOKED; bit <<= 1) {
		if (state & bit)
			state_set(scope, to, bit);
		state_clear(scope, from, bit);
	}
}

/**
 * sctrace_scope_exec() - the current task runs another program
 * @scope: the scope
 * @in: the policy's bit
 *
 * Context: the exec probe.
 * Return: whether the task is in.
 */
bool sctrace_scope_exec(struct sctrace_scope *scope, unsigned int in)
{
	unsigned int state;

	/*
	 * Name, executable, number; and until now it may have been a kernel thread, which nobody
	 * looks at.
	 */
	if (!scope->closed || scope->asks & ~SCTRACE_KEYS_NAMING)
		look_at(scope, current);
	/* One that was in has an execve to end: see sctrace_scope_has_now(). */
	state = state_of(scope, current->pid);
	return state & SCTRACE_TASK_INS || sctrace_scope_has(scope, state, in);
}

/**
 * sctrace_scope_exit() - forget a task
 * @scope: the scope
 * @task: current
 *
 * Context: the exit probe.
 * Return: whether nobody can be in any more, now.
 */
bool sctrace_scope_exit(struct sctrace_scope *scope, struct task_struct *task)
{
	bool left = false;
	unsigned int i;

	/*
	 * PF_EXITING before the look at the bits, which is no barrier on all kernels if a bit is
	 * not set.
	 */
	smp_mb();	/* pairs with the ordered add in sctrace_members_add_alive() */
	for (i = 0; i < scope->nr_groups; i++) {
		if (scope->groups[i].list)
			left |= sctrace_members_del(&scope->groups[i].members, task->pid);
	}
	if (scope->follow)
		left |= sctrace_members_del(&scope->followed, task->pid);
	state_clear(scope, task->pid, SCTRACE_TASK_IN);
	state_clear(scope, task->pid, SCTRACE_TASK_IN_TOO);
	state_clear(scope, task->pid, SCTRACE_TASK_HOOKED);
	state_clear(scope, task->pid, SCTRACE_TASK_LOOK);
	/* Two tasks that leave two sets at once: one of them sees both empty. */
	smp_mb();	/* pairs with itself */
	return left && sctrace_scope_ended(scope);
}
