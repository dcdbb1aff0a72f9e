// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who is traced.
 *
 * The answer is kept as one bit a task, brought up to date when it can change (start, fork, exec,
 * exit), so that asking it at every system call is one bit test.
 *
 * A bit is cleared when its task exits, before the number can be given to another task: the exit
 * probe runs in the task itself, and the number is free only when the task is reaped.
 */
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "scope.h"

/**
 * sctrace_scope_init_all() - every task is in
 * @scope: zeroed
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM; on error nothing is to be freed.
 */
int sctrace_scope_init_all(struct sctrace_scope *scope)
{
	scope->all = true;
	return sctrace_pidset_init(&scope->tids);
}

static struct pid *find_pid_ref(s32 nr, bool initial_ns)
{
	struct pid *pid;

	rcu_read_lock();
	pid = get_pid(initial_ns ? find_pid_ns(nr, &init_pid_ns) : find_vpid(nr));
	rcu_read_unlock();
	return pid;
}

/**
 * sctrace_scope_init_pids() - some tasks are in
 * @scope: zeroed
 * @nrs: thread or process ids
 * @n: how many, at least 1
 * @initial_ns: the ids are numbers of the initial pid namespace, not of the caller's
 * @follow: with all threads of these processes, and with all children from now on
 * @bad: on -ESRCH, the index of the id that is nobody's
 *
 * The tasks are looked up now, so that an id which is given to another task later does no harm;
 * they are in once sctrace_scope_populate() has run.
 *
 * Context: may sleep.
 * Return: 0, -ESRCH or -ENOMEM; on error nothing is to be freed.
 */
int sctrace_scope_init_pids(struct sctrace_scope *scope, const s32 *nrs, unsigned int n,
			    bool initial_ns, bool follow, u32 *bad)
{
	int err = sctrace_pidset_init(&scope->tids);

	if (err)
		return err;
	scope->follow = follow;
	scope->pids = kcalloc(n, sizeof(*scope->pids), GFP_KERNEL);
	if (!scope->pids) {
		err = -ENOMEM;
		goto free;
	}
	for (; scope->nr_pids < n; scope->nr_pids++) {
		struct pid *pid = find_pid_ref(nrs[scope->nr_pids], initial_ns);

		if (!pid) {
			*bad = scope->nr_pids;
			err = -ESRCH;
			goto free;
		}
		scope->pids[scope->nr_pids] = pid;
	}
	return 0;

free:
	sctrace_scope_free(scope);
	return err;
}

/**
 * sctrace_scope_free() - give back what init took
 * @scope: one that no probe uses any more; zeroed is fine
 *
 * Context: may sleep.
 */
void sctrace_scope_free(struct sctrace_scope *scope)
{
	while (scope->nr_pids)
		put_pid(scope->pids[--scope->nr_pids]);
	kfree(scope->pids);
	scope->pids = NULL;
	sctrace_pidset_free(&scope->tids);
}

/*
 * Puts a task in. Not one that is past its exit probe: nobody would ever take it out again. That
 * probe runs after PF_EXITING is set; both sides change their word, then look at the other's,
 * with a full barrier between (the setting of the bit here, one of its own there), so at least
 * one of them sees the other.
 */
static void add_task(struct sctrace_scope *scope, const struct task_struct *task)
{
	/* The reader's own process: tracing itself, it would feed itself for ever. */
	if (task->tgid == current->tgid || !sctrace_pidset_add(&scope->tids, task->pid))
		return;
	atomic_inc(&scope->nr_tasks);
	if (!(READ_ONCE(task->flags) & PF_EXITING))
		return;
	if (sctrace_pidset_del(&scope->tids, task->pid))
		atomic_dec(&scope->nr_tasks);
}

/*
 * All threads of a process. Caller holds rcu_read_lock().
 *
 * The list grows at its end only, so a thread that the pass misses was made by one that was in
 * already, and the fork probe sees to it. A second pass to be safe, and no more: the traced process
 * must not decide how long this takes.
 */
static void add_threads(struct sctrace_scope *scope, struct task_struct *leader)
{
	struct task_struct *thread;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		for_each_thread(leader, thread)
			add_task(scope, thread);
	}
}

/**
 * sctrace_scope_populate() - put the configured tasks in
 * @scope: one whose session is seen by the fork and exit probes already
 *
 * Context: process context; does not sleep.
 * Return: 0, or -ESRCH if all of them have exited.
 */
int sctrace_scope_populate(struct sctrace_scope *scope)
{
	struct task_struct *task;
	unsigned int i;

	if (scope->all)
		return 0;
	rcu_read_lock();
	for (i = 0; i < scope->nr_pids; i++) {
		task = pid_task(scope->pids[i], PIDTYPE_PID);
		if (!task)
			continue;
		if (!scope->follow) {
			add_task(scope, task);
			continue;
		}
		add_threads(scope, task);
	}
	rcu_read_unlock();
	smp_store_release(&scope->settled, true);	/* pairs with sctrace_scope_fork() */
	return atomic_read(&scope->nr_tasks) ? 0 : -ESRCH;
}

/**
 * sctrace_scope_exclude_caller() - leave the calling process out of a scope of all tasks
 * @scope: one whose session is in the probes' list; nothing happens unless it is of all tasks
 */
void sctrace_scope_exclude_caller(struct sctrace_scope *scope)
{
	struct task_struct *thread;
	int pass;

	if (!scope->all)
		return;
	rcu_read_lock();
	for (pass = 0; pass < 2; pass++) {
		for_each_thread(current, thread) {
			/* Nobody takes out one that is past its exit probe: as in add_task(). */
			if (sctrace_pidset_add(&scope->tids, thread->pid) &&
			    (READ_ONCE(thread->flags) & PF_EXITING))
				sctrace_pidset_del(&scope->tids, thread->pid);
		}
	}
	rcu_read_unlock();
}

/**
 * sctrace_scope_fork() - decide about a new task
 * @scope: the scope
 * @parent: current
 * @child: not running yet
 *
 * Context: the fork probe.
 */
void sctrace_scope_fork(struct sctrace_scope *scope, const struct task_struct *parent,
			const struct task_struct *child)
{
	bool settled, listed;

	/*
	 * The child is in the list of threads before the look at the parent's bit. Populate sets
	 * the bit, then walks on in the list.
	 */
	smp_mb();	/* pairs with the ordered sctrace_pidset_add() in add_task() */
	/* First this, pairs with populate, then the parent's bit: which is final then. */
	settled = smp_load_acquire(&scope->settled);
	listed = sctrace_pidset_has(&scope->tids, parent->pid);

	if (scope->all) {
		/* A thread of an excluded reader; its child processes are traced. */
		if (listed && child->tgid == parent->tgid)
			sctrace_pidset_add(&scope->tids, child->pid);
	} else if (listed && scope->follow) {
		if (sctrace_pidset_add(&scope->tids, child->pid))
			atomic_inc(&scope->nr_tasks);
	} else if (settled && sctrace_pidset_has(&scope->tids, child->pid)) {
		/*
		 * Left by a thread that lost this number in an exec which then failed: it died
		 * under its leader's number, without coming past the exec probe.
		 */
		if (sctrace_pidset_del(&scope->tids, child->pid))
			atomic_dec(&scope->nr_tasks);
	}
}

/**
 * sctrace_scope_exec() - follow a thread to its new number
 * @scope: the scope
 * @task: current
 * @old_tid: its number before; exec by a thread that is not the leader gives it the leader's
 *
 * The old leader has been through sctrace_scope_exit() by now.
 *
 * Context: the exec probe.
 * Return: whether the task is in.
 */
bool sctrace_scope_exec(struct sctrace_scope *scope, const struct task_struct *task, pid_t old_tid)
{
	if (old_tid != task->pid && sctrace_pidset_del(&scope->tids, old_tid))
		sctrace_pidset_add(&scope->tids, task->pid);
	return sctrace_scope_has(scope, task->pid);
}

/**
 * sctrace_scope_exit() - forget a task
 * @scope: the scope
 * @task: current
 *
 * Context: the exit probe.
 * Return: whether it was the last one in.
 */
bool sctrace_scope_exit(struct sctrace_scope *scope, const struct task_struct *task)
{
	/*
	 * PF_EXITING before the look at the bit, which is no barrier on all kernels if the bit is
	 * not set.
	 */
	smp_mb();	/* pairs with the ordered sctrace_pidset_add() in add_task() */
	if (!sctrace_pidset_del(&scope->tids, task->pid))
		return false;
	return !scope->all && atomic_dec_and_test(&scope->nr_tasks);
}
