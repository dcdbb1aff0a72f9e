// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of tasks: fork, exec, exit, signals, and changes that scopes ask for.
 *
 * Context: the tracepoints of the scheduler and of signals, and kprobes; preemption is turned off
 * here. As in probe.c nothing sleeps, allocates or takes a lock.
 */
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "clock.h"
#include "focus.h"
#include "image.h"
#include "probe.h"
#include "record.h"
#include "session.h"

static void record_fork(struct sctrace_session *s, const struct task_struct *child)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	u64 now = sctrace_clock();
	struct sctrace_rec_fork *rec = sctrace_record_reserve(s, ring, sizeof(*rec), now);

	if (!rec)
		return;
	sctrace_record_header(&rec->hdr, SCTRACE_REC_FORK, current, now);
	rec->child_tid = child->pid;
	rec->child_tgid = child->tgid;
	sctrace_record_commit(s, ring, &rec->hdr, rec + 1);
}

/**
 * sctrace_probe_fork() - a task was made
 * @data: unused
 * @parent: current
 * @child: not running yet: what is decided about it here holds from its first instruction on
 */
void sctrace_probe_fork(void *data, struct task_struct *parent, struct task_struct *child)
{
	struct sctrace_policy *policy, *next;
	struct sctrace_session *s;

	if (child->flags & PF_KTHREAD)
		return;
	preempt_disable_notrace();
	sctrace_for_each_session(s) {
		policy = sctrace_policy_of(s->policy);
		next = sctrace_policy_of(s->next);
		sctrace_scope_fork(policy->scope, parent, child, policy->in);
		if (unlikely(next) && next->scope != policy->scope)
			sctrace_scope_fork_members(next->scope, parent, child, 0);
		if (sctrace_scope_has_now(policy->scope, policy->in))
			record_fork(s, child);
	}
	sctrace_focus_fork(child);
	preempt_enable_notrace();
}

/* @bprm: what the image was made of, if execve's arguments could not be read at its entry. */
static void record_exec(struct sctrace_session *s, pid_t old_tid, const struct linux_binprm *bprm)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	u32 max = bprm ? s->plans.record_max : sizeof(struct sctrace_rec_exec);
	u64 now = sctrace_clock();
	struct sctrace_rec_exec *rec =
		sctrace_record_reserve(s, ring, min(max, SCTRACE_RECORD_SURE_BYTES), now);
	u8 *at = (u8 *)(rec + 1);

	if (!rec)
		return;
	sctrace_record_header(&rec->hdr, SCTRACE_REC_EXEC, current, now);
	rec->old_tid = old_tid;
	rec->reserved = 0;
	if (unlikely(bprm))
		at = sctrace_image_write(at, (u8 *)rec + sctrace_record_room(ring, max), bprm);
	sctrace_record_commit(s, ring, &rec->hdr, at);
}

/* Preemption is off. */
static void renumber(pid_t from, pid_t to)
{
	struct sctrace_policy *policies[3];
	struct sctrace_session *s;
	unsigned int i;

	if (from == to)
		return;
	sctrace_for_each_session(s) {
		policies[0] = sctrace_policy_of(s->policy);
		policies[1] = policies[0]->before;
		policies[2] = sctrace_policy_of(s->next);
		for (i = 0; i < ARRAY_SIZE(policies); i++) {
			if (!policies[i])
				continue;
			sctrace_scope_renumber(policies[i]->scope, from, to);
			sctrace_filter_renumber(&policies[i]->filter, from, to);
		}
		if (sctrace_pidset_del(&s->unread, from))
			sctrace_pidset_add(&s->unread, to);
	}
}

/**
 * sctrace_probe_renumber() - an exec that can still fail has given a task its leader's number
 * @from: what it had
 * @to: the leader's, which has ended
 *
 * If nothing calls this, sctrace_probe_exec() sees to it when the exec has succeeded.
 */
void sctrace_probe_renumber(pid_t from, pid_t to)
{
	preempt_disable_notrace();
	renumber(from, to);
	preempt_enable_notrace();
}

/**
 * sctrace_probe_exec() - a task has a new image
 * @data: unused
 * @task: current
 * @old_tid: its number before; exec by a thread that is not the leader gives it the leader's
 * @bprm: what the image was made of
 */
void sctrace_probe_exec(void *data, struct task_struct *task, pid_t old_tid,
			struct linux_binprm *bprm)
{
	struct sctrace_policy *policy;
	struct sctrace_session *s;
	unsigned int state;

	preempt_disable_notrace();
	/*
	 * What the kprobe has missed. Not if it has missed nothing and the number has gone to a new
	 * task meanwhile: the exec can have taken long.
	 */
	rcu_read_lock();
	if (!find_pid_ns(old_tid, &init_pid_ns))
		renumber(old_tid, task->pid);
	rcu_read_unlock();
	sctrace_for_each_session(s) {
		/* The memory that could not be read at entry is gone with the old image. */
		bool unread = sctrace_pidset_del(&s->unread, task->pid);

		policy = sctrace_policy_of(s->policy);
		state = sctrace_task_state(s->states, task->pid);
		/* Nor is there anything of it in the ring if its task was out of the scope. */
		unread |= !(state & SCTRACE_TASK_INS) || policy->filter.whole ||
			  (policy->before && policy->before->filter.whole);
		sctrace_filter_exec(&policy->filter);
		if (policy->before)
			sctrace_filter_exec(&policy->before->filter);
		if (sctrace_scope_exec(policy->scope, policy->in))
			record_exec(s, old_tid, unread ? bprm : NULL);
	}
	preempt_enable_notrace();
}

static void record_task_exit(struct sctrace_session *s, const struct task_struct *task)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	u64 now = sctrace_clock();
	struct sctrace_rec_task_exit *rec = sctrace_record_reserve(s, ring, sizeof(*rec), now);

	if (!rec)
		return;
	sctrace_record_header(&rec->hdr, SCTRACE_REC_TASK_EXIT, task, now);
	rec->status = task->exit_code;
	rec->reserved = 0;
	sctrace_record_commit(s, ring, &rec->hdr, rec + 1);
}

/**
 * sctrace_probe_exit() - a task ends
 * @data: unused
 * @task: current; makes no system call any more. Of a kernel thread there is no record, but it may
 *	be one that a scope names
 * @group_dead: unused
 */
void sctrace_probe_exit(void *data, struct task_struct *task, bool group_dead)
{
	bool of_kernel = task->flags & PF_KTHREAD;
	struct sctrace_policy *policy, *next;
	struct sctrace_session *s;

	preempt_disable_notrace();
	sctrace_for_each_session(s) {
		policy = sctrace_policy_of(s->policy);
		next = sctrace_policy_of(s->next);
		if (!of_kernel && sctrace_scope_has_now(policy->scope, policy->in))
			record_task_exit(s, task);
		sctrace_pidset_del(&s->unread, task->pid);
		sctrace_filter_task_exit(&policy->filter);
		if (policy->before)
			sctrace_filter_task_exit(&policy->before->filter);
		if (next && next->scope != policy->scope)
			sctrace_scope_exit(next->scope, task);
		if (sctrace_scope_exit(policy->scope, task))
			sctrace_wake_reader(&s->wake);
	}
	preempt_enable_notrace();
}

static void record_signal(struct sctrace_session *s, int signo, const struct kernel_siginfo *info)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	u64 now = sctrace_clock();
	struct sctrace_rec_signal *rec = sctrace_record_reserve(s, ring, sizeof(*rec), now);

	if (!rec)
		return;
	memset(rec, 0, sizeof(*rec));
	sctrace_record_header(&rec->hdr, SCTRACE_REC_SIGNAL, current, now);
	rec->signo = signo;
	if (info == SEND_SIG_PRIV) {
		rec->code = SI_KERNEL;
	} else if (info == SEND_SIG_NOINFO) {
		rec->code = SI_USER;
	} else {
		rec->code = info->si_code;
		rec->error = info->si_errno;
		memcpy(rec->fields, &info->_sifields,
		       min(sizeof(rec->fields), sizeof(info->_sifields)));
	}
	sctrace_record_commit(s, ring, &rec->hdr, rec + 1);
}

/**
 * sctrace_probe_signal() - a signal is about to take effect
 * @data: unused
 * @signo: its number
 * @info: what is known of it, or one of the kernel's two special values
 * @action: unused
 */
void sctrace_probe_signal(void *data, int signo, struct kernel_siginfo *info,
			  struct k_sigaction *action)
{
	struct sctrace_policy *policy;
	struct sctrace_session *s;

	preempt_disable_notrace();
	sctrace_for_each_session(s) {
		policy = sctrace_policy_of(s->policy);
		/* The kernel holds the process's siglock. */
		if (sctrace_scope_has_now(policy->scope, policy->in))
			record_signal(s, signo, info);
	}
	preempt_enable_notrace();
}

/**
 * sctrace_probe_change_process() - something of all threads has changed that scopes may ask for
 * @leader: whose threads
 * @keys: what, (1 << enum sctrace_key)
 *
 * They can be many, and the kernel may have interrupts off: who does not ask looks at none.
 */
void sctrace_probe_change_process(struct task_struct *leader, u32 keys)
{
	struct task_struct *thread;
	struct sctrace_session *s;
	struct sctrace_scope *scope;

	preempt_disable_notrace();
	rcu_read_lock();
	sctrace_for_each_session(s) {
		scope = sctrace_policy_of(s->policy)->scope;
		if (!(scope->asks & keys))
			continue;
		for_each_thread(leader, thread)
			sctrace_scope_changed(scope, thread, keys);
	}
	rcu_read_unlock();
	preempt_enable_notrace();
}

/**
 * sctrace_probe_change() - something changes that scopes ask for
 * @task: whose
 * @keys: what, (1 << enum sctrace_key)
 */
void sctrace_probe_change(struct task_struct *task, u32 keys)
{
	struct sctrace_session *s;

	preempt_disable_notrace();
	sctrace_for_each_session(s)
		sctrace_scope_changed(sctrace_policy_of(s->policy)->scope, task, keys);
	preempt_enable_notrace();
}
