// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who is not traced does not pay.
 *
 * The kernel marks every task while a tracepoint of system calls has a probe; a marked task goes
 * the slow way, past the tracepoints. A task that comes to our probe and is in no session's scope
 * takes its own mark off. Who puts it into a scope, or wants it decided again, puts the mark back.
 *
 * Others (perf, ftrace, BPF) use the same mark, and it is set only when the first of all of them
 * comes. So while there are others no mark is taken off, and when the first of them comes all marks
 * are put back: at once if the kernel's registration can be watched by a kprobe, else within a
 * second.
 */
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/moduleparam.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/workqueue.h>

#include "attach.h"
#include "compat/syscall_work.h"
#include "focus.h"
#include "session.h"

/* Marks may be taken off. Read in probes, with preemption off; changed by those that take turns. */
bool sctrace_focus_on;

static bool focus = true;
module_param(focus, bool, 0644);
MODULE_PARM_DESC(focus, "Take tasks that nobody traces off the tracepoints' slow way (default: Y)");

/* How often we look who else is attached. */
#define WATCH_JIFFIES	HZ

static void watch(struct work_struct *work);
static DECLARE_DELAYED_WORK(watch_work, watch);
static void let_others_in(struct work_struct *work);
static DECLARE_WORK(others_work, let_others_in);
static struct irq_work others_irq_work;
/* Those that change sctrace_focus_on. */
static DEFINE_MUTEX(focus_lock);
static bool watching;
/* Somebody may be attaching: off at least until then. */
static unsigned long off_until;

/**
 * sctrace_focus_want() - have a task come past the tracepoints
 * @task: any
 *
 * Context: any. Before this, it was written somewhere that the task is wanted.
 */
void sctrace_focus_want(struct task_struct *task)
{
	smp_mb();	/* pairs with sctrace_focus_drop_current() */
	set_task_syscall_work(task, SYSCALL_TRACEPOINT);
}

static bool is_wanted(const struct task_struct *task)
{
	struct sctrace_session *s;

	sctrace_for_each_tracepoint_session(s) {
		if (sctrace_task_state(s->states, task->pid))
			return true;
	}
	return false;
}

/**
 * sctrace_focus_drop_current() - the current task does not come any more
 *
 * Context: the probes, preemption off.
 */
void sctrace_focus_drop_current(void)
{
	clear_task_syscall_work(current, SYSCALL_TRACEPOINT);
	/*
	 * Who wants the task, or all, writes that first and then sets the mark: either we see it,
	 * or the mark is set after this.
	 */
	smp_mb();	/* pairs with sctrace_focus_want() and mark_all() */
	if (!READ_ONCE(sctrace_focus_on) || is_wanted(current))
		set_task_syscall_work(current, SYSCALL_TRACEPOINT);
}

/**
 * sctrace_focus_fork() - a task was made, with its parent's mark
 * @child: not running yet; every session has decided about it
 *
 * Context: the fork probe, preemption off.
 */
void sctrace_focus_fork(struct task_struct *child)
{
	/* The child is in the list of tasks before this look. */
	smp_mb();	/* pairs with mark_all() */
	/*
	 * If mark_all() has come past the child too early, it has marked its parent before. A
	 * parent without a mark: nobody is attached any more.
	 */
	if (!READ_ONCE(sctrace_focus_on) && test_task_syscall_work(current, SYSCALL_TRACEPOINT))
		set_task_syscall_work(child, SYSCALL_TRACEPOINT);
}

/* A task that is not in the list yet is marked by sctrace_focus_fork(), which sees focus_on. */
static void mark_all(void)
{
	struct task_struct *process, *thread;

	smp_mb();	/* pairs with sctrace_focus_drop_current() and sctrace_focus_fork() */
	rcu_read_lock();
	for_each_process_thread(process, thread)
		set_task_syscall_work(thread, SYSCALL_TRACEPOINT);
	rcu_read_unlock();
}

static void set_focus(bool on)
{
	if (on == sctrace_focus_on)
		return;
	WRITE_ONCE(sctrace_focus_on, on);
	if (!on)
		mark_all();
}

/* Return: whether we are still watching. */
static bool check(void)
{
	bool on;

	mutex_lock(&focus_lock);
	on = watching;
	if (on)
		set_focus(READ_ONCE(focus) && !sctrace_attach_has_others() &&
			  time_after_eq(jiffies, off_until));
	mutex_unlock(&focus_lock);
	return on;
}

static void watch(struct work_struct *work)
{
	if (check())
		schedule_delayed_work(&watch_work, WATCH_JIFFIES);
}

static void let_others_in(struct work_struct *work)
{
	mutex_lock(&focus_lock);
	off_until = jiffies + WATCH_JIFFIES;
	set_focus(false);
	mutex_unlock(&focus_lock);
}

/* The kprobe may have come in a context where no work can be queued. */
static void queue_let_others_in(struct irq_work *work)
{
	schedule_work(&others_work);
}

/**
 * sctrace_focus_let_others_in() - somebody is attaching to the tracepoints
 *
 * Context: any.
 */
void sctrace_focus_let_others_in(void)
{
	irq_work_queue(&others_irq_work);
}

/**
 * sctrace_focus_begin() - our probes are attached
 *
 * Context: may sleep.
 */
void sctrace_focus_begin(void)
{
	init_irq_work(&others_irq_work, queue_let_others_in);
	mutex_lock(&focus_lock);
	watching = true;
	off_until = jiffies;
	mutex_unlock(&focus_lock);
	watch(NULL);
}

/**
 * sctrace_focus_end() - our probes are about to be detached
 *
 * When it returns, every task is marked, as others that stay attached need it.
 *
 * Context: may sleep.
 */
void sctrace_focus_end(void)
{
	mutex_lock(&focus_lock);
	watching = false;
	set_focus(false);
	mutex_unlock(&focus_lock);
	/* For a task that is about to set its mark again: later nobody would take it off. */
	synchronize_rcu();
	cancel_delayed_work_sync(&watch_work);
	irq_work_sync(&others_irq_work);
	cancel_work_sync(&others_work);
}
