// SPDX-License-Identifier: GPL-2.0-only
/*
 * The handlers: one call's way from the tracepoint into the ring, to be read from top to bottom.
 *
 * Context: always a task, never an interrupt. Up to 6.12 the tracepoint calls us with preemption
 * off, later not. We always turn it off: it keeps us on one CPU from reserve to commit, and it is
 * what sctrace_session_stop() waits for (synchronize_rcu()) before a session that we may have
 * found in the list goes away. Nothing here sleeps, allocates or takes a lock.
 */
#include <linux/ktime.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "capture.h"
#include "compat/syscall_abi.h"
#include "probe.h"
#include "session.h"

/* The sessions that run; preemption is off. */
#define for_each_session(s) \
	list_for_each_entry_rcu(s, &sctrace_sessions, link, !preemptible())

static struct sctrace_ring *this_ring(struct sctrace_session *s)
{
	return s->rings[smp_processor_id()];
}

static void write_header(struct sctrace_hdr *hdr, u8 type, const struct task_struct *task, u64 now)
{
	*hdr = (struct sctrace_hdr) {
		.type = type,
		.tid = task->pid,
		.tgid = task->tgid,
		.time = now,
	};
}

/* Room for one record. The reader is woken when there is none, once each gap. */
static void *reserve(struct sctrace_session *s, struct sctrace_ring *ring, u32 max, u64 now)
{
	void *record = sctrace_ring_reserve(ring, max, now);

	if (unlikely(!record) && ring->gap_lost == 1)
		sctrace_wake_reader(&s->wake);
	return record;
}

/* Ends the record that begins at @hdr before @end. */
static void commit(struct sctrace_session *s, struct sctrace_ring *ring, struct sctrace_hdr *hdr,
		   const void *end)
{
	u32 size = (const u8 *)end - (const u8 *)hdr;

	hdr->words = size / 8;
	if (sctrace_ring_commit(ring, size))
		sctrace_wake_reader(&s->wake);
}

static const struct sctrace_call *find_call(const struct sctrace_session *s, u8 abi, long nr)
{
	static const struct sctrace_call unknown = { .nr_args = 6 };

	return (unsigned long)nr < SCTRACE_MAX_NR ? &s->plans.calls[abi][nr] : &unknown;
}

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

static void record_enter(struct sctrace_session *s, struct pt_regs *regs, long nr)
{
	u8 abi = sctrace_syscall_abi(&nr);
	const struct sctrace_call *call = find_call(s, abi, nr);
	const struct sctrace_step *step = s->plans.steps + call->first;
	struct sctrace_ring *ring = this_ring(s);
	u64 now = ktime_get_ns();
	unsigned long args[6];
	bool faulted = false;
	struct sctrace_hdr *hdr;
	unsigned int i;
	u64 *word;
	void *at;

	hdr = reserve(s, ring, sizeof(*hdr) + 7 * sizeof(u64) + call->enter_max, now);
	if (!hdr)
		return;
	write_header(hdr, SCTRACE_REC_ENTER, current, now);
	hdr->abi = abi;
	hdr->nr = nr;
	hdr->nr_args = call->nr_args;
	word = (u64 *)(hdr + 1);
	if (unlikely((unsigned long)nr >= SCTRACE_NR_NONE)) {
		hdr->nr = SCTRACE_NR_NONE;
		*word++ = nr;
	}
	sctrace_syscall_entry_arguments(regs, args);
	cut_arguments(abi, args);
	for (i = 0; i < call->nr_args; i++)
		*word++ = args[i];
	for (at = word, i = 0; i < call->nr_enter; i++) {
		void *piece = at;

		at = sctrace_capture_step(piece, &step[i], args, 0, 0);
		faulted |= sctrace_capture_faulted(piece, at);
	}
	if (faulted)
		sctrace_pidset_add(&s->unread, current->pid);
	commit(s, ring, hdr, at);
}

static void record_exit(struct sctrace_session *s, struct pt_regs *regs, long result)
{
	long nr = syscall_get_nr(current, regs);
	u8 abi = sctrace_syscall_abi(&nr);
	const struct sctrace_call *call = find_call(s, abi, nr);
	const struct sctrace_step *step = s->plans.steps + call->first;
	struct sctrace_ring *ring = this_ring(s);
	u64 now = ktime_get_ns();
	/* It is about this call only, so it goes even if the record is lost. */
	bool again = unlikely(sctrace_pidset_has(&s->unread, current->pid)) &&
		     sctrace_pidset_del(&s->unread, current->pid);
	unsigned long args[6];
	struct sctrace_hdr *hdr;
	unsigned int i;
	s64 *word;
	void *at;

	hdr = reserve(s, ring, sizeof(*hdr) + sizeof(u64) + call->exit_max, now);
	if (!hdr)
		return;
	result = sctrace_syscall_result(abi, result);
	write_header(hdr, SCTRACE_REC_EXIT, current, now);
	hdr->abi = abi;
	hdr->nr = (unsigned long)nr < SCTRACE_NR_NONE ? nr : SCTRACE_NR_NONE;
	word = (s64 *)(hdr + 1);
	*word++ = result;
	at = word;
	if (!call->nr_steps)
		goto out;
	syscall_get_arguments(current, regs, args);
	cut_arguments(abi, args);
	/* By now the kernel has read what the entry could not, so its page is most likely there. */
	if (unlikely(again)) {
		for (i = 0; i < call->nr_enter; i++)
			at = sctrace_capture_step(at, &step[i], args, 0, SCTRACE_PIECE_LATE);
	}
	if (IS_ERR_VALUE(result))
		goto out;
	for (i = call->nr_enter; i < call->nr_steps; i++)
		at = sctrace_capture_step(at, &step[i], args, result, 0);
out:
	commit(s, ring, hdr, at);
}

/**
 * sctrace_probe_sys_enter() - a task begins a system call
 * @data: unused
 * @regs: its registers
 * @nr: the number, as the task gave it
 */
void sctrace_probe_sys_enter(void *data, struct pt_regs *regs, long nr)
{
	struct sctrace_session *s;

	preempt_disable_notrace();
	for_each_session(s) {
		if (sctrace_scope_has(&s->scope, current->pid))
			record_enter(s, regs, nr);
	}
	preempt_enable_notrace();
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
	struct sctrace_ring *ring = this_ring(s);
	u64 now = ktime_get_ns();
	struct sctrace_rec_fork *rec = reserve(s, ring, sizeof(*rec), now);

	if (!rec)
		return;
	write_header(&rec->hdr, SCTRACE_REC_FORK, current, now);
	rec->child_tid = child->pid;
	rec->child_tgid = child->tgid;
	commit(s, ring, &rec->hdr, rec + 1);
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

static void record_exec(struct sctrace_session *s, pid_t old_tid)
{
	struct sctrace_ring *ring = this_ring(s);
	u64 now = ktime_get_ns();
	struct sctrace_rec_exec *rec = reserve(s, ring, sizeof(*rec), now);

	if (!rec)
		return;
	write_header(&rec->hdr, SCTRACE_REC_EXEC, current, now);
	rec->old_tid = old_tid;
	rec->reserved = 0;
	commit(s, ring, &rec->hdr, rec + 1);
}

/**
 * sctrace_probe_exec() - a task has a new image
 * @data: unused
 * @task: current
 * @old_tid: its number before; see sctrace_scope_exec()
 * @bprm: unused
 */
void sctrace_probe_exec(void *data, struct task_struct *task, pid_t old_tid,
			struct linux_binprm *bprm)
{
	struct sctrace_session *s;

	preempt_disable_notrace();
	for_each_session(s) {
		/* The memory that could not be read at entry is gone with the old image. */
		sctrace_pidset_del(&s->unread, old_tid);
		if (sctrace_scope_exec(&s->scope, task, old_tid))
			record_exec(s, old_tid);
	}
	preempt_enable_notrace();
}

static void record_task_exit(struct sctrace_session *s, const struct task_struct *task)
{
	struct sctrace_ring *ring = this_ring(s);
	u64 now = ktime_get_ns();
	struct sctrace_rec_task_exit *rec = reserve(s, ring, sizeof(*rec), now);

	if (!rec)
		return;
	write_header(&rec->hdr, SCTRACE_REC_TASK_EXIT, task, now);
	rec->status = task->exit_code;
	rec->reserved = 0;
	commit(s, ring, &rec->hdr, rec + 1);
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
	struct sctrace_ring *ring = this_ring(s);
	u64 now = ktime_get_ns();
	struct sctrace_rec_signal *rec = reserve(s, ring, sizeof(*rec), now);

	if (!rec)
		return;
	memset(rec, 0, sizeof(*rec));
	write_header(&rec->hdr, SCTRACE_REC_SIGNAL, current, now);
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
	commit(s, ring, &rec->hdr, rec + 1);
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
