// SPDX-License-Identifier: GPL-2.0-only
/*
 * The handlers: one call's way from the tracepoint into the ring, to be read from top to bottom.
 *
 * Context: always a task, never an interrupt. Up to 6.12 the tracepoint calls us with preemption
 * off, later not, and then we turn it off: it keeps us on one CPU from reserve to commit, and it is
 * what sctrace_session_stop() waits for (synchronize_rcu()) before a session that we may have
 * found in the list goes away. With it off nothing here sleeps, allocates or takes a lock. Only
 * memory that could not be read so is read again with preemption on, where that is allowed.
 */
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "attach.h"
#include "capture.h"
#include "compat/faultable.h"
#include "compat/syscall_abi.h"
#include "deferred.h"
#include "focus.h"
#include "image.h"
#include "probe.h"
#include "record.h"
#include "return.h"
#include "session.h"

/* The sessions that run; preemption is off. */
#define for_each_session(s) \
	list_for_each_entry_rcu(s, &sctrace_sessions, link, !preemptible())

/*
 * The call that current is about to make; no more than its plan if the filter leaves it out.
 * Return: its number. Inline, like the next two: without its second user, which is seldom called,
 * the compiler would see that by itself.
 */
static __always_inline
long look_at_entry(const struct sctrace_session *s, struct sctrace_syscall *call,
		   struct pt_regs *regs, long nr)
{
	call->abi = sctrace_syscall_abi(&nr);
	call->call = sctrace_plan_find(&s->plans, call->abi, nr);
	if (call->call->left_out)
		return nr;
	call->nr = sctrace_record_nr(nr);
	sctrace_syscall_entry_arguments(regs, call->args);
	sctrace_cut_arguments(call->abi, call->args);
	if (unlikely(call->call->select))
		call->call = sctrace_plan_variant(&s->plans, call->call, call->args);
	return nr;
}

/* What an ENTER begins with. Return: where its pieces go. */
static __always_inline
u8 *begin_enter(struct sctrace_hdr *hdr, const struct sctrace_syscall *call, long nr, u64 now)
{
	u64 *word = (u64 *)(hdr + 1);
	unsigned int i;

	sctrace_record_header(hdr, SCTRACE_REC_ENTER, current, now);
	hdr->abi = call->abi;
	hdr->nr = call->nr;
	hdr->nr_args = call->call->nr_args;
	if (unlikely(call->nr == SCTRACE_NR_NONE))
		*word++ = nr;
	for (i = 0; i < call->call->nr_args; i++)
		*word++ = call->args[i];
	return (u8 *)word;
}

/* Runs the entry steps from @at on. Return: whether there was a fault. */
static __always_inline
bool capture_entry(const struct sctrace_session *s, const struct sctrace_syscall *call, u8 **at,
		   u8 *end, bool may_sleep)
{
	struct sctrace_capture c = {
		.steps = s->plans.steps + call->call->first,
		.args = call->args,
		.first = *at,
		.at = *at,
		.end = end,
		.may_sleep = may_sleep,
	};

	sctrace_capture_steps(&c, 0, call->call->nr_enter);
	*at = c.at;
	return c.faulted;
}

/* Return: whether the entry is to be recorded. */
static noinline bool filter_entry(struct sctrace_session *s, const struct sctrace_syscall *call,
				  long nr, u64 now)
{
	if (!s->filter.whole)
		return sctrace_filter_entry(&s->filter, call, now);
	sctrace_filter_begin(&s->filter, call, nr, now);
	return false;
}

/*
 * Return: true if nothing is recorded yet, since it takes sleeping, for which there is a reference
 * to the session now. @first: it has not been asked for before; @may_leave: sleeping is fine.
 */
static bool record_enter(struct sctrace_session *s, struct pt_regs *regs, long nr, bool first,
			 bool may_leave)
{
	struct sctrace_syscall call;
	struct sctrace_ring *ring;
	struct sctrace_hdr *hdr;
	u8 *at, *end;
	u64 now;

	nr = look_at_entry(s, &call, regs, nr);
	if (call.call->left_out)
		return false;
	now = ktime_get_ns();
	if (unlikely(s->filter.detailed) && first && !filter_entry(s, &call, nr, now))
		return false;
	ring = sctrace_record_ring(s);
	hdr = sctrace_record_reserve(s, ring, call.call->enter_max, now);
	if (!hdr)
		return false;
	at = begin_enter(hdr, &call, nr, now);
	if (!call.call->nr_enter)
		goto commit;
	end = (u8 *)hdr + sctrace_record_room(ring, call.call->enter_max);
	if (likely(!capture_entry(s, &call, &at, end, false)))
		goto commit;
	if (may_leave && sctrace_attach_entry_may_sleep()) {
		sctrace_ring_abandon(ring);
		sctrace_session_get(s);
		return true;
	}
	sctrace_pidset_add(&s->unread, current->pid);
commit:
	sctrace_record_commit(s, ring, hdr, at);
	return false;
}

/* The same where page faults can be served. Gives back the reference to the session. */
static noinline void record_enter_asleep(struct sctrace_session *s, struct pt_regs *regs, long nr)
{
	struct sctrace_syscall call;
	struct sctrace_hdr *hdr;
	u8 *first, *at;
	long abi_nr;

	abi_nr = look_at_entry(s, &call, regs, nr);
	hdr = sctrace_deferred_buffer(s, call.call->enter_max);
	if (hdr) {
		first = begin_enter(hdr, &call, abi_nr, 0);
		at = first;
		capture_entry(s, &call, &at, (u8 *)hdr + call.call->enter_max, true);
		sctrace_deferred_write(s, hdr, first, at);
		sctrace_deferred_release(s, hdr, call.call->enter_max);
	} else {
		preempt_disable_notrace();
		if (READ_ONCE(s->takes_records))
			record_enter(s, regs, nr, false, false);
		preempt_enable_notrace();
	}
	sctrace_session_put(s);
}

/*
 * Whether any session has current in its scope, or wants it decided. Most tasks of the machine are
 * in none: they must not pay for what comes behind this, not even the saving of registers. @drop:
 * if not, this is its last time here.
 */
static __always_inline bool is_anybodys(bool drop)
{
	struct sctrace_session *s;
	unsigned int any = 0;

	sctrace_syscall_probe_begin();
	for_each_session(s)
		any |= sctrace_scope_state(&s->scope, current->pid);
	if (drop && !any)
		sctrace_focus_unwanted();
	sctrace_syscall_probe_end();
	return any;
}

static noinline void enter(struct pt_regs *regs, long nr)
{
	/* Only one: of several sessions the others get the memory at the call's exit. */
	struct sctrace_session *s, *asleep = NULL;

	sctrace_syscall_probe_begin();
	for_each_session(s) {
		if (sctrace_scope_has(&s->scope, sctrace_scope_state(&s->scope, current->pid)) &&
		    unlikely(record_enter(s, regs, nr, true, !asleep)))
			asleep = s;
	}
	sctrace_syscall_probe_end();
	if (unlikely(asleep))
		record_enter_asleep(asleep, regs, nr);
}

/**
 * sctrace_probe_sys_enter() - a task begins a system call
 * @data: unused
 * @regs: its registers
 * @nr: the number, as the task gave it
 */
void sctrace_probe_sys_enter(void *data, struct pt_regs *regs, long nr)
{
	if (is_anybodys(true))
		enter(regs, nr);
}

static noinline void leave(struct pt_regs *regs, long result)
{
	struct sctrace_session *s;
	unsigned int state;

	sctrace_syscall_probe_begin();
	for_each_session(s) {
		state = sctrace_scope_state(&s->scope, current->pid);
		/* A call that has taken its task out of the scope still ends. */
		if (sctrace_scope_has(&s->scope, state) || unlikely(state & SCTRACE_TASK_IN))
			sctrace_record_return(s, regs, result);
	}
	sctrace_syscall_probe_end();
}

/**
 * sctrace_probe_sys_exit() - a task returns from a system call
 * @data: unused
 * @regs: its registers
 * @result: the result, or a negative errno, in the architecture's own form
 */
void sctrace_probe_sys_exit(void *data, struct pt_regs *regs, long result)
{
	if (is_anybodys(false))
		leave(regs, result);
}

static void record_fork(struct sctrace_session *s, const struct task_struct *child)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	u64 now = ktime_get_ns();
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
	struct sctrace_session *s;

	if (child->flags & PF_KTHREAD)
		return;
	preempt_disable_notrace();
	for_each_session(s) {
		sctrace_scope_fork(&s->scope, parent, child);
		if (sctrace_scope_has_now(&s->scope))
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
	u64 now = ktime_get_ns();
	struct sctrace_rec_exec *rec = sctrace_record_reserve(s, ring, max, now);
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
	struct sctrace_session *s;

	if (from == to)
		return;
	for_each_session(s) {
		sctrace_scope_renumber(&s->scope, from, to);
		sctrace_filter_renumber(&s->filter, from, to);
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
	struct sctrace_session *s;

	preempt_disable_notrace();
	/*
	 * What the kprobe has missed. Not if it has missed nothing and the number has gone to a new
	 * task meanwhile: the exec can have taken long.
	 */
	rcu_read_lock();
	if (!find_pid_ns(old_tid, &init_pid_ns))
		renumber(old_tid, task->pid);
	rcu_read_unlock();
	for_each_session(s) {
		/* The memory that could not be read at entry is gone with the old image. */
		bool unread = sctrace_pidset_del(&s->unread, task->pid);
		/* Nor is there anything of it in the ring if its task was out of the scope. */
		bool was_in = sctrace_scope_state(&s->scope, task->pid) & SCTRACE_TASK_IN;

		if (sctrace_scope_exec(&s->scope))
			record_exec(s, old_tid, unread || !was_in || s->filter.whole ? bprm : NULL);
	}
	preempt_enable_notrace();
}

static void record_task_exit(struct sctrace_session *s, const struct task_struct *task)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	u64 now = ktime_get_ns();
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
 * @task: current; makes no system call any more
 * @group_dead: unused
 */
void sctrace_probe_exit(void *data, struct task_struct *task, bool group_dead)
{
	struct sctrace_session *s;

	if (task->flags & PF_KTHREAD)
		return;
	preempt_disable_notrace();
	for_each_session(s) {
		if (sctrace_scope_has_now(&s->scope))
			record_task_exit(s, task);
		sctrace_pidset_del(&s->unread, task->pid);
		sctrace_filter_task_exit(&s->filter);
		if (sctrace_scope_exit(&s->scope, task))
			sctrace_wake_reader(&s->wake);
	}
	preempt_enable_notrace();
}

static void record_signal(struct sctrace_session *s, int signo, const struct kernel_siginfo *info)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	u64 now = ktime_get_ns();
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
	struct sctrace_session *s;

	preempt_disable_notrace();
	for_each_session(s) {
		/* The kernel holds the process's siglock. */
		if (sctrace_scope_has_now(&s->scope))
			record_signal(s, signo, info);
	}
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
	for_each_session(s)
		sctrace_scope_changed(&s->scope, task, keys);
	preempt_enable_notrace();
}
