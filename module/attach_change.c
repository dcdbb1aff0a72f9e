// SPDX-License-Identifier: GPL-2.0-only
/*
 * The provider of changes: where the kernel gives a task other credentials, namespaces, another
 * name or cgroup. Kprobes where there is no tracepoint that comes after the change or in the task
 * itself. Each is there only while a session's scope asks for what it changes.
 *
 * Callers take turns (run.c's lock).
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cgroup.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <trace/events/cgroup.h>

#include <uapi/sctrace.h>

#include "attach.h"
#include "focus.h"
#include "probe.h"

#define KEY(name)	(1u << SCTRACE_KEY_##name)
#define CONTAINER_KEYS	(KEY(CONTAINER) | KEY(CONTAINER_NEW) | KEY(CONTAINER_OLD))
#define CRED_KEYS	(KEY(UID) | KEY(GID) | KEY(USERNS))
#define NS_KEYS		(KEY(MNTNS) | KEY(NETNS) | KEY(UTSNS) | CONTAINER_KEYS)
#define CGROUP_KEYS	(KEY(CGROUP) | KEY(CGROUP_TREE) | CONTAINER_KEYS)

/* New credentials, about to be in place; the task looks again on its way out of this call. */
static int on_commit_creds(struct kprobe *kp, struct pt_regs *regs)
{
	sctrace_probe_change(current, CRED_KEYS);
	return 0;
}

/* The same for namespaces. Of another task only if that is not running yet, or not any more. */
static int on_switch_namespaces(struct kprobe *kp, struct pt_regs *regs)
{
	sctrace_probe_change((struct task_struct *)regs_get_kernel_argument(regs, 0), NS_KEYS);
	return 0;
}

/* The kernel tells perf of a new name when it is in place. */
static int on_new_comm(struct kprobe *kp, struct pt_regs *regs)
{
	sctrace_probe_change((struct task_struct *)regs_get_kernel_argument(regs, 0), KEY(COMM));
	return 0;
}

/* A thread's exec, of which the leader has ended, about to have the leader's number. */
static int on_exchange_tids(struct kprobe *kp, struct pt_regs *regs)
{
	const struct task_struct *thread = (void *)regs_get_kernel_argument(regs, 0);
	const struct task_struct *leader = (void *)regs_get_kernel_argument(regs, 1);

	sctrace_probe_renumber(thread->pid, leader->pid);
	return 0;
}

/* A tracepoint is about to have another probe. */
static int on_probe_register(struct kprobe *kp, struct pt_regs *regs)
{
	if (sctrace_attach_is_others((void *)regs_get_kernel_argument(regs, 0),
				     (void *)regs_get_kernel_argument(regs, 1)))
		sctrace_focus_let_others_in();
	return 0;
}

static struct change {
	struct kprobe kp;
	const char *symbol;
	kprobe_pre_handler_t handler;
	u32 keys;
	unsigned int users;
} changes[] = {
	{ .symbol = "commit_creds", .handler = on_commit_creds, .keys = CRED_KEYS },
	{ .symbol = "switch_task_namespaces", .handler = on_switch_namespaces, .keys = NS_KEYS },
	{ .symbol = "perf_event_comm", .handler = on_new_comm, .keys = KEY(COMM) },
};

/* What is good to know, for as long as there is a session. */
static struct change watched[] = {
	{ .symbol = "exchange_tids", .handler = on_exchange_tids },
	{ .symbol = "tracepoint_probe_register", .handler = on_probe_register },
	{ .symbol = "tracepoint_probe_register_prio", .handler = on_probe_register },
	{ .symbol = "tracepoint_probe_register_prio_may_exist", .handler = on_probe_register },
};

/* A kprobe that has been registered before cannot be again as it is. */
static int hook(struct change *change)
{
	memset(&change->kp, 0, sizeof(change->kp));
	change->kp.symbol_name = change->symbol;
	change->kp.pre_handler = change->handler;
	return register_kprobe(&change->kp);
}

#ifdef CONFIG_CGROUPS

/* After the move. @task: the leader if all threads have moved. */
static void on_cgroup_attach(void *data, struct cgroup *cgroup, const char *path,
			     struct task_struct *task, bool all_threads)
{
	if (all_threads)
		sctrace_probe_change_process(task, CGROUP_KEYS);
	else
		sctrace_probe_change(task, CGROUP_KEYS);
}

static_assert(__builtin_types_compatible_p(typeof(check_trace_callback_type_cgroup_attach_task),
					   void(typeof(on_cgroup_attach) *)),
	      "sctrace: the tracepoint cgroup_attach_task of this kernel has other arguments than this version knows: update sctrace");

static struct tracepoint *cgroup_tracepoint;
static unsigned int cgroup_users;

static void match(struct tracepoint *tp, void *unused)
{
	if (!strcmp(tp->name, "cgroup_attach_task"))
		cgroup_tracepoint = tp;
}

static int attach_cgroup(void)
{
	int err;

	if (!cgroup_users) {
		for_each_kernel_tracepoint(match, NULL);
		err = cgroup_tracepoint ?
		      tracepoint_probe_register(cgroup_tracepoint, on_cgroup_attach, NULL) :
		      -EOPNOTSUPP;
		if (err)
			return err;
	}
	cgroup_users++;
	return 0;
}

static void detach_cgroup(void)
{
	if (!--cgroup_users)
		tracepoint_probe_unregister(cgroup_tracepoint, on_cgroup_attach, NULL);
}

#else

static int attach_cgroup(void)
{
	return -EOPNOTSUPP;
}

static void detach_cgroup(void)
{
}

#endif

static void detach_first(size_t n, u32 asks)
{
	while (n--) {
		if (changes[n].keys & asks && !--changes[n].users)
			unregister_kprobe(&changes[n].kp);
	}
}

/**
 * sctrace_attach_changes() - hear of changes from now on
 * @asks: of what: (1 << enum sctrace_key)
 *
 * Context: may sleep; callers take turns.
 * Return: 0; -ENOMEM; -EOPNOTSUPP if the kernel does not let us (said in its log); nothing stays on
 * error.
 */
int sctrace_attach_changes(u32 asks)
{
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(changes); i++) {
		if (!(changes[i].keys & asks))
			continue;
		err = changes[i].users ? 0 : hook(&changes[i]);
		if (err) {
			if (err != -ENOMEM)
				pr_err("this kernel lets no kprobe watch %s (error %d), which the scope needs\n",
				       changes[i].symbol, err);
			goto undo;
		}
		changes[i].users++;
	}
	err = CGROUP_KEYS & asks ? attach_cgroup() : 0;
	if (!err)
		return 0;
	if (err != -ENOMEM)
		pr_err("this kernel has no tracepoint cgroup_attach_task, which the scope needs\n");
undo:
	detach_first(i, asks);
	return err == -ENOMEM ? err : -EOPNOTSUPP;
}

/**
 * sctrace_detach_changes() - hear of them no more
 * @asks: as attached
 *
 * A kprobe's handler does not run any more when this returns, the tracepoint's may: it finds no
 * session that asks.
 *
 * Context: may sleep; callers take turns.
 */
void sctrace_detach_changes(u32 asks)
{
	if (CGROUP_KEYS & asks)
		detach_cgroup();
	detach_first(ARRAY_SIZE(changes), asks);
}

/**
 * sctrace_attach_watch() - hear of what the kernel need not tell us, if possible
 *
 * Context: may sleep; callers take turns.
 */
void sctrace_attach_watch(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(watched); i++)
		watched[i].users = !hook(&watched[i]);
}

/**
 * sctrace_detach_watch() - hear of them no more
 *
 * Context: may sleep; callers take turns.
 */
void sctrace_detach_watch(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(watched); i++) {
		if (watched[i].users)
			unregister_kprobe(&watched[i].kp);
	}
}
