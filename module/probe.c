// SPDX-License-Identifier: GPL-2.0-only
/*
 * The handlers: one call's way from the tracepoint into the ring, to be read from top to bottom.
 *
 * Context: always a task, never an interrupt. Up to 6.12 the tracepoint calls us with preemption
 * off, later not. We always turn it off: it keeps us on one CPU from reserve to commit, and it is
 * what sctrace_session_stop() waits for (synchronize_rcu()) before a session that we may have
 * found in the list goes away. With it off nothing here sleeps, allocates or takes a lock. Only
 * memory that could not be read so is read again with preemption on, where that is allowed.
 */
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "attach.h"
#include "capture.h"
#include "compat/syscall_abi.h"
#include "deferred.h"
#include "image.h"
#include "probe.h"
#include "record.h"
#include "session.h"

/* The sessions that run; preemption is off. */
#define for_each_session(s) \
	list_for_each_entry_rcu(s, &sctrace_sessions, link, !preemptible())

/*
 * Of the registers of a 32-bit call the kernel takes the lower halves; what a 64-bit program that
 * makes one has in the upper halves must not lead us to other memory.
 */
static void cut_arguments(u8 abi, unsigned long *args)
{
	unsigned int i;

	if (likely(abi != SCTRACE_ABI_COMPAT))
		return;
	for (i = 0; i < 6; i++)
		args[i] = (u32)args[i];
}

static u16 record_nr(long nr)
{
	return likely((unsigned long)nr < SCTRACE_NR_NONE) ? nr : SCTRACE_NR_NONE;
}

/*
 * The call that current is about to make. Return: its number. Inline, like the next two: without
 * its second user, which is seldom called, the compiler would see that by itself.
 */
static __always_inline
long look_at_entry(const struct sctrace_session *s, struct sctrace_syscall *call,
		   struct pt_regs *regs, long nr)
{
	call->abi = sctrace_syscall_abi(&nr);
	call->nr = record_nr(nr);
	sctrace_syscall_entry_arguments(regs, call->args);
	cut_arguments(call->abi, call->args);
	call->call = sctrace_plan_find(&s->plans, call->abi, nr);
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

/*
 * Return: true if nothing is recorded yet, since it takes sleeping, for which there is a reference
 * to the session now. @may_leave: this is fine.
 */
static bool record_enter(struct sctrace_session *s, struct pt_regs *regs, long nr, bool may_leave)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	u64 now = ktime_get_ns();
	struct sctrace_syscall call;
	struct sctrace_hdr *hdr;
	u8 *at, *end;

	nr = look_at_entry(s, &call, regs, nr);
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
			record_enter(s, regs, nr, false);
		preempt_enable_notrace();
	}
	sctrace_session_put(s);
}

static void exit_arguments(struct pt_regs *regs, u8 abi, unsigned long *args)
{
	syscall_get_arguments(current, regs, args);
	cut_arguments(abi, args);
}

/* What to record of a call whose arguments decide. Out of the way of all other calls. */
static noinline const struct sctrace_call *exit_variant(const struct sctrace_session *s,
							struct pt_regs *regs, u8 abi,
							const struct sctrace_call *call)
{
	unsigned long args[6];

	exit_arguments(regs, abi, args);
	return sctrace_plan_variant(&s->plans, call, args);
}

/*
 * Runs the steps that are due at the exit of a call whose EXIT begins at @hdr and may be @max bytes
 * long. Return: the end of their pieces.
 */
static noinline u8 *capture_exit(struct sctrace_session *s, struct sctrace_ring *ring,
				 const struct sctrace_call *what, struct pt_regs *regs,
				 struct sctrace_hdr *hdr, bool again)
{
	u8 *first = (u8 *)(hdr + 1) + sizeof(s64);
	struct sctrace_syscall call = {
		.call = what,
		.result = *(s64 *)(hdr + 1),
		.nr = hdr->nr,
		.abi = hdr->abi,
	};
	struct sctrace_capture c = {
		.steps = s->plans.steps + what->first,
		.args = call.args,
		.result = call.result,
		.first = first,
		.at = first,
		.end = (u8 *)hdr + sctrace_record_room(ring, what->exit_max),
	};
	u8 phases = SCTRACE_PHASE_EXIT;

	exit_arguments(regs, call.abi, call.args);
	/* By now the kernel has read what the entry could not, so its page is most likely there. */
	if (unlikely(again))
		phases |= SCTRACE_PHASE_ENTER;
	phases = sctrace_capture_phases(&c, what, phases);
	if (unlikely(phases) && sctrace_deferred_add(s, &call, phases))
		hdr->flags |= SCTRACE_HDR_LATE_FOLLOWS;
	return c.at;
}

static void record_exit(struct sctrace_session *s, struct pt_regs *regs, long result)
{
	struct sctrace_ring *ring = sctrace_record_ring(s);
	long nr = syscall_get_nr(current, regs);
	u64 now = ktime_get_ns();
	/* It is about this call only, so it goes even if the record is lost. */
	bool again = unlikely(sctrace_pidset_has(&s->unread, current->pid)) &&
		     sctrace_pidset_del(&s->unread, current->pid);
	u8 abi = sctrace_syscall_abi(&nr);
	const struct sctrace_call *call = sctrace_plan_find(&s->plans, abi, nr);
	struct sctrace_hdr *hdr;
	u8 *end;

	if (unlikely(call->select))
		call = exit_variant(s, regs, abi, call);
	hdr = sctrace_record_reserve(s, ring, call->exit_max, now);
	if (!hdr)
		return;
	sctrace_record_header(hdr, SCTRACE_REC_EXIT, current, now);
	hdr->abi = abi;
	hdr->nr = record_nr(nr);
	*(s64 *)(hdr + 1) = sctrace_syscall_result(abi, result);
	end = (u8 *)(hdr + 1) + sizeof(s64);
	if (call->nr_steps != call->nr_enter || unlikely(again))
		end = capture_exit(s, ring, call, regs, hdr, again);
	sctrace_record_commit(s, ring, hdr, end);
}

/**
 * sctrace_probe_sys_enter() - a task begins a system call
 * @data: unused
 * @regs: its registers
 * @nr: the number, as the task gave it
 */
void sctrace_probe_sys_enter(void *data, struct pt_regs *regs, long nr)
{
	/* Only one: of several sessions the others get the memory at the call's exit. */
	struct sctrace_session *s, *asleep = NULL;

	preempt_disable_notrace();
	for_each_session(s) {
		if (sctrace_scope_has(&s->scope, current->pid) &&
		    unlikely(record_enter(s, regs, nr, !asleep)))
			asleep = s;
	}
	preempt_enable_notrace();
	if (unlikely(asleep))
		record_enter_asleep(asleep, regs, nr);
}

/**
 * sctrace_probe_sys_exit() - a task returns from a system call
 * @data: unused
 * @regs: its registers
 * @result: the result, or a negative errno, in the architecture's own form
 */
void sctrace_probe_sys_exit(void *data, struct pt_regs *regs, long result)
{
	struct sctrace_session *s;

	preempt_disable_notrace();
	for_each_session(s) {
		if (sctrace_scope_has(&s->scope, current->pid))
			record_exit(s, regs, result);
	}
	preempt_enable_notrace();
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
		if (sctrace_scope_has(&s->scope, parent->pid))
			record_fork(s, child);
	}
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

/**
 * sctrace_probe_exec() - a task has a new image
 * @data: unused
 * @task: current
 * @old_tid: its number before; see sctrace_scope_exec()
 * @bprm: what the image was made of
 */
void sctrace_probe_exec(void *data, struct task_struct *task, pid_t old_tid,
			struct linux_binprm *bprm)
{
	struct sctrace_session *s;

	preempt_disable_notrace();
	for_each_session(s) {
		/* The memory that could not be read at entry is gone with the old image. */
		bool unread = sctrace_pidset_del(&s->unread, old_tid);

		if (sctrace_scope_exec(&s->scope, task, old_tid))
			record_exec(s, old_tid, unread ? bprm : NULL);
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
		if (sctrace_scope_has(&s->scope, task->pid))
			record_task_exit(s, task);
		sctrace_pidset_del(&s->unread, task->pid);
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
		if (sctrace_scope_has(&s->scope, current->pid))
			record_signal(s, signo, info);
	}
	preempt_enable_notrace();
}
