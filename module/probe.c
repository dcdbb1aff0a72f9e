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

/* Those of them that hear of entries from the tracepoint. */
#define for_each_entry_session(s) \
	list_for_each_entry_rcu(s, &sctrace_entry_sessions, entry_link, !preemptible())

/*
 * The call that current is about to make. Inline, like the next two: without its second user, which
 * is seldom called, the compiler would see that by itself. @nr: its number, without x32's mark.
 */
static __always_inline
void look_at_entry(const struct sctrace_session *s, struct sctrace_syscall *call,
		   struct pt_regs *regs, long nr)
{
	call->call = sctrace_plan_find(&s->plans, call->abi, nr);
	call->nr = sctrace_record_nr(nr);
	call->flags = 0;
	sctrace_syscall_entry_arguments(regs, call->args);
	sctrace_cut_arguments(call->abi, call->args);
	if (unlikely(call->call->select))
		call->call = sctrace_plan_variant(&s->plans, call->call, call->args);
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
	hdr->flags = call->flags;
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
static noinline bool filter_entry(struct sctrace_call_filter *filter,
				  const struct sctrace_plans *plans, struct sctrace_syscall *call,
				  long nr, u64 now)
{
	if (!filter->whole)
		return sctrace_filter_entry(filter, plans, call, now);
	sctrace_filter_begin(filter, plans, call, nr, now);
	return false;
}

/*
 * Return: true if nothing is recorded yet, since it takes sleeping, for which there is a reference
 * to the session now. @filter: NULL if it has let the call pass already; then @flags are the
 * header's. @may_leave: sleeping is fine. Inline for the sake of the one in enter().
 */
static __always_inline
bool record_enter(struct sctrace_session *s, struct sctrace_call_filter *filter,
		  struct pt_regs *regs, long nr, u8 flags, bool may_leave)
{
	struct sctrace_syscall call;
	struct sctrace_ring *ring;
	struct sctrace_hdr *hdr;
	u8 *at, *end;
	u64 now;

	call.abi = sctrace_syscall_abi(&nr);
	if (filter && !sctrace_filter_wants(filter, call.abi, nr))
		return false;
	look_at_entry(s, &call, regs, nr);
	call.flags = flags;
	now = ktime_get_ns();
	if (filter && unlikely(filter->detailed) &&
	    !filter_entry(filter, &s->plans, &call, nr, now))
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

/* Return: whether the entry is to be recorded. @paths: of the filter that judges it. */
static bool wanted_asleep(struct sctrace_session *s, struct sctrace_paths *paths,
			  struct sctrace_syscall *call, void *room)
{
	struct sctrace_policy *policy;

	if (!paths || sctrace_filter_asleep(paths, &s->plans, call, room))
		return true;
	preempt_disable_notrace();
	/* That filter may have been replaced meanwhile. */
	if (READ_ONCE(s->takes_records)) {
		policy = sctrace_policy_of(s->policy);
		if (policy->filter.paths == paths)
			sctrace_filter_skip(&policy->filter);
		else if (policy->before && policy->before->filter.paths == paths)
			sctrace_filter_skip(&policy->before->filter);
	}
	preempt_enable_notrace();
	return false;
}

/*
 * The same as record_enter() where page faults can be served. Gives back the references to the
 * session and to @paths.
 */
static noinline void record_enter_asleep(struct sctrace_session *s, struct sctrace_paths *paths,
					 struct pt_regs *regs, long task_nr)
{
	struct sctrace_syscall call;
	struct sctrace_hdr *hdr;
	long nr = task_nr;
	u8 *first, *at;
	u32 size;

	call.abi = sctrace_syscall_abi(&nr);
	look_at_entry(s, &call, regs, nr);
	size = max(call.call->enter_max, paths ? SCTRACE_PATH_ROOM_BYTES : 0);
	hdr = sctrace_deferred_buffer(s, size);
	if (hdr && wanted_asleep(s, paths, &call, hdr)) {
		first = begin_enter(hdr, &call, nr, 0);
		at = first;
		capture_entry(s, &call, &at, (u8 *)hdr + call.call->enter_max, true);
		sctrace_deferred_write(s, hdr, first, at);
	} else if (!hdr) {
		preempt_disable_notrace();
		if (READ_ONCE(s->takes_records))
			record_enter(s, NULL, regs, task_nr,
				     paths ? SCTRACE_HDR_UNDECIDED : 0, false);
		preempt_enable_notrace();
	}
	if (hdr)
		sctrace_deferred_release(s, hdr, size);
	sctrace_paths_put(paths);
	sctrace_session_put(s);
}

/*
 * Whether any session that hears of entries from the tracepoint has current in its scope, or wants
 * it decided. Preemption is off.
 */
static __always_inline unsigned int wanted_at_entry(void)
{
	struct sctrace_session *s;
	unsigned int any = 0;

	for_each_entry_session(s)
		any |= sctrace_task_state(s->states, current->pid);
	return any;
}

/* Return: whether the session's scope has current, which begins a call. */
static __always_inline bool begins_in(struct sctrace_session *s, struct sctrace_policy *policy)
{
	unsigned int state = sctrace_task_state(s->states, current->pid);

	if (likely(state == policy->in))
		return true;
	if (unlikely(state & SCTRACE_TASK_INS & ~policy->in)) {
		state = sctrace_scope_begin_anew(policy->scope, policy->in);
		/* The call that this was about may have ended unseen. */
		sctrace_pidset_del(&s->unread, current->pid);
	}
	return sctrace_scope_has(policy->scope, state, policy->in);
}

static noinline void enter(struct pt_regs *regs, long nr)
{
	/* Only one: of several sessions the others get the memory at the call's exit. */
	struct sctrace_session *s, *asleep = NULL;
	struct sctrace_paths *paths = NULL;
	struct sctrace_policy *policy;

	sctrace_syscall_probe_begin();
	for_each_entry_session(s) {
		policy = sctrace_policy_of(s->policy);
		if (!begins_in(s, policy) ||
		    likely(!record_enter(s, &policy->filter, regs, nr, 0, !asleep)))
			continue;
		asleep = s;
		paths = sctrace_paths_get(policy->filter.paths);
	}
	sctrace_syscall_probe_end();
	if (unlikely(asleep))
		record_enter_asleep(asleep, paths, regs, nr);
}

/**
 * sctrace_probe_sys_enter() - a task begins a system call
 * @data: unused
 * @regs: its registers
 * @nr: the number, as the task gave it
 */
void sctrace_probe_sys_enter(void *data, struct pt_regs *regs, long nr)
{
	bool wanted;

	/*
	 * Most tasks of the machine are in no scope: they must not pay for what comes behind this,
	 * not even the saving of registers.
	 */
	sctrace_syscall_probe_begin();
	wanted = wanted_at_entry();
	if (!wanted)
		sctrace_focus_unwanted();
	sctrace_syscall_probe_end();
	if (wanted)
		enter(regs, nr);
}

/**
 * sctrace_probe_entry() - a task begins a system call that a session has a kprobe on
 * @s: the session; it runs, or is about to, or did
 * @regs: the task's registers
 * @nr: the number, as the task gave it
 *
 * Context: see attach_kprobe.c.
 */
void sctrace_probe_entry(struct sctrace_session *s, struct pt_regs *regs, long nr)
{
	struct sctrace_policy *policy = sctrace_policy_of(s->policy);

	if (!READ_ONCE(s->takes_records) || !begins_in(s, policy))
		return;
	record_enter(s, &policy->filter, regs, nr, 0, false);
	/* Its return is told by the tracepoint. */
	sctrace_scope_set_hooked(policy->scope);
	sctrace_focus_want(current);
}

/* Return: whether the policy judges the end of the call that current is in, and has it in. */
static noinline bool ends_in(struct sctrace_session *s, struct sctrace_policy *policy,
			     unsigned int state, struct pt_regs *regs, long result)
{
	struct sctrace_policy *before = policy->before;

	/* A call that has taken its task out of the scope still ends. */
	if (likely(!(state & SCTRACE_TASK_INS & ~policy->in)))
		return sctrace_scope_has(policy->scope, state, policy->in) || state & policy->in;
	/* The call began while another policy judged. That judges its end, too. */
	sctrace_record_return(s, &before->filter, regs, result);
	sctrace_scope_end_old(policy->scope, policy->in, policy->scope == before->scope);
	return false;
}

static noinline void leave(struct pt_regs *regs, long result)
{
	struct sctrace_session *s;
	struct sctrace_policy *policy;
	unsigned int state;

	sctrace_syscall_probe_begin();
	for_each_session(s) {
		policy = sctrace_policy_of(s->policy);
		/* The mark may be there for others: what came past no kprobe has no return. */
		if (unlikely(s->kprobes) && !sctrace_scope_unset_hooked(policy->scope))
			continue;
		state = sctrace_task_state(s->states, current->pid);
		if (unlikely(state != policy->in) && !ends_in(s, policy, state, regs, result))
			continue;
		sctrace_record_return(s, &policy->filter, regs, result);
	}
	/* Of those who are here for a kprobe's sake: their next call may be none of ours. */
	if (unlikely(READ_ONCE(sctrace_nr_by_kprobe)) && !wanted_at_entry())
		sctrace_focus_unwanted();
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
	struct sctrace_session *s;
	unsigned int any = 0;

	/* As at the entry. */
	sctrace_syscall_probe_begin();
	for_each_session(s)
		any |= sctrace_task_state(s->states, current->pid);
	sctrace_syscall_probe_end();
	if (any)
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
	struct sctrace_policy *policy, *next;
	struct sctrace_session *s;

	if (child->flags & PF_KTHREAD)
		return;
	preempt_disable_notrace();
	for_each_session(s) {
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
	struct sctrace_policy *policies[3];
	struct sctrace_session *s;
	unsigned int i;

	if (from == to)
		return;
	for_each_session(s) {
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
	for_each_session(s) {
		/* The memory that could not be read at entry is gone with the old image. */
		bool unread = sctrace_pidset_del(&s->unread, task->pid);

		policy = sctrace_policy_of(s->policy);
		state = sctrace_task_state(s->states, task->pid);
		/* Nor is there anything of it in the ring if its task was out of the scope. */
		unread |= !(state & SCTRACE_TASK_INS) || policy->filter.whole;
		if (sctrace_scope_exec(policy->scope, policy->in))
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
	struct sctrace_policy *policy, *next;
	struct sctrace_session *s;

	if (task->flags & PF_KTHREAD)
		return;
	preempt_disable_notrace();
	for_each_session(s) {
		policy = sctrace_policy_of(s->policy);
		next = sctrace_policy_of(s->next);
		if (sctrace_scope_has_now(policy->scope, policy->in))
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
	struct sctrace_policy *policy;
	struct sctrace_session *s;

	preempt_disable_notrace();
	for_each_session(s) {
		policy = sctrace_policy_of(s->policy);
		/* The kernel holds the process's siglock. */
		if (sctrace_scope_has_now(policy->scope, policy->in))
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
		sctrace_scope_changed(sctrace_policy_of(s->policy)->scope, task, keys);
	preempt_enable_notrace();
}
