// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tracepoint provider: system calls and the life of tasks.
 *
 * The tracepoints are found by name: most of their variables are not exported to modules. They are
 * part of the kernel proper, so what was found stays.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cache.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <trace/events/sched.h>
#include <trace/events/signal.h>
#include <trace/events/syscalls.h>

#include "attach.h"
#include "compat/faultable.h"
#include "compat/sched_process_exit.h"
#include "probe.h"

#ifndef CONFIG_HAVE_SYSCALL_TRACEPOINTS
#error "sctrace: this architecture's kernel has no system call tracepoints"
#endif

/*
 * Registering takes any pointer, and the call is made with whatever arguments the kernel has for
 * the tracepoint: a probe that expects others would read garbage. So the kernel's own headers are
 * asked here, at build time.
 */
#define CHECK(tracepoint, probe) \
	static_assert(__builtin_types_compatible_p(typeof(check_trace_callback_type_##tracepoint), \
						   void(typeof(probe) *)), \
		      "sctrace: the tracepoint " #tracepoint " of this kernel has other " \
		      "arguments than this version knows: update sctrace")

CHECK(sched_process_fork, sctrace_probe_fork);
CHECK(sched_process_exec, sctrace_probe_exec);
CHECK(sched_process_exit, sctrace_exit_hook);
CHECK(signal_deliver, sctrace_probe_signal);
CHECK(sys_exit, sctrace_probe_sys_exit);
CHECK(sys_enter, sctrace_probe_sys_enter);

static struct hook {
	const char *name;
	void *probe;
	struct tracepoint *tp;
} hooks[] = {
	/* The tasks' life first: a scope that follows forks must miss none. */
	{ "sched_process_fork", sctrace_probe_fork },
	{ "sched_process_exec", sctrace_probe_exec },
	{ "sched_process_exit", sctrace_exit_hook },
	{ "signal_deliver", sctrace_probe_signal },
	{ "sys_exit", sctrace_probe_sys_exit },
	/* The last: only while a session wants it. */
	{ "sys_enter", sctrace_probe_sys_enter },
};

#define NR_ALWAYS	(ARRAY_SIZE(hooks) - 1)

static bool entry_may_sleep __ro_after_init;

/*
 * A page may never come. Until the task is killed, nobody's wait for RCU Tasks Trace ends, as for
 * a sleepable BPF program: perf and tracefs wait for it as they let go of a tracepoint, with locks
 * that the loading of modules takes, too.
 */
static bool sleep_at_entry = true;
module_param(sleep_at_entry, bool, 0644);
MODULE_PARM_DESC(sleep_at_entry, "where the kernel lets probes sleep (6.13 and later): read cold memory before the call, not after it (default: Y)");

static void match(struct tracepoint *tp, void *unused)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		if (!strcmp(tp->name, hooks[i].name))
			hooks[i].tp = tp;
	}
}

/**
 * sctrace_attach_init() - find what we attach to
 *
 * Context: module init.
 * Return: 0, or -EOPNOTSUPP if the kernel lacks a tracepoint; says which in the kernel log.
 */
int sctrace_attach_init(void)
{
	size_t i;

	for_each_kernel_tracepoint(match, NULL);
	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		if (!hooks[i].tp) {
			pr_err("this kernel has no tracepoint %s: it needs CONFIG_TRACEPOINTS and CONFIG_FTRACE_SYSCALLS\n",
			       hooks[i].name);
			return -EOPNOTSUPP;
		}
		if (hooks[i].probe == sctrace_probe_sys_enter)
			entry_may_sleep = tracepoint_is_faultable(hooks[i].tp);
	}
	return 0;
}

/**
 * sctrace_attach_entry_may_sleep() - ask about the context of sctrace_probe_sys_enter()
 *
 * Return: whether it is called where it may sleep, and is to.
 */
bool sctrace_attach_entry_may_sleep(void)
{
	return entry_may_sleep && READ_ONCE(sleep_at_entry);
}

static bool is_of_syscalls(const struct hook *hook)
{
	return hook->probe == sctrace_probe_sys_enter || hook->probe == sctrace_probe_sys_exit;
}

/**
 * sctrace_attach_is_others() - ask about a probe that is about to be registered
 * @tp: with which tracepoint
 * @probe: it
 *
 * Context: any.
 * Return: whether it is not ours, and tasks come past the tracepoint because of their mark: see
 * focus.c
 */
bool sctrace_attach_is_others(const struct tracepoint *tp, const void *probe)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		if (hooks[i].tp == tp)
			return is_of_syscalls(&hooks[i]) && hooks[i].probe != probe;
	}
	return false;
}

/**
 * sctrace_attach_has_others() - ask who else hears of system calls
 *
 * Context: process context; does not sleep.
 * Return: whether somebody has a probe there that is not ours.
 */
bool sctrace_attach_has_others(void)
{
	const struct tracepoint_func *func;
	bool others = false;
	size_t i;

	sctrace_tracepoint_funcs_lock();
	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		if (!is_of_syscalls(&hooks[i]))
			continue;
		for (func = rcu_dereference_raw(hooks[i].tp->funcs); func && func->func; func++)
			others |= func->func != hooks[i].probe;
	}
	sctrace_tracepoint_funcs_unlock();
	return others;
}

static void unregister(size_t n)
{
	while (n--)
		tracepoint_probe_unregister(hooks[n].tp, hooks[n].probe, NULL);
}

/**
 * sctrace_attach() - have the probes called from now on, but that of entries
 *
 * Context: may sleep; callers take turns (run.c's lock).
 * Return: 0 or the kernel's error; nothing stays attached on error.
 */
int sctrace_attach(void)
{
	size_t i;
	int err;

	for (i = 0; i < NR_ALWAYS; i++) {
		err = tracepoint_probe_register(hooks[i].tp, hooks[i].probe, NULL);
		if (err) {
			unregister(i);
			return err;
		}
	}
	return 0;
}

/**
 * sctrace_detach() - have the probes called no more
 *
 * Some may still be on their way. That is not waited for: one may sleep in a page fault for as long
 * as its task likes. It finds no session in the list, or one that has begun since, and does what it
 * would have done had it been called a moment later. Attaching again is the same probe with the
 * same data, and an event goes through the old list of probes or through the new one, so it comes
 * here once.
 *
 * Context: may sleep; callers take turns (run.c's lock). That of entries is detached already.
 */
void sctrace_detach(void)
{
	unregister(NR_ALWAYS);
}

/**
 * sctrace_attach_entries() - have the probe of entries called from now on, too
 *
 * Context: as sctrace_attach(), after it.
 * Return: 0 or the kernel's error.
 */
int sctrace_attach_entries(void)
{
	return tracepoint_probe_register(hooks[NR_ALWAYS].tp, hooks[NR_ALWAYS].probe, NULL);
}

/**
 * sctrace_detach_entries() - have it called no more
 *
 * Context: as sctrace_detach(), of which all else is true as well.
 */
void sctrace_detach_entries(void)
{
	tracepoint_probe_unregister(hooks[NR_ALWAYS].tp, hooks[NR_ALWAYS].probe, NULL);
}

/**
 * sctrace_attach_exit() - wait until nothing runs in the module's text any more
 *
 * Every probe is detached. The first wait is for those that were on their way. The second is for
 * deferred captures that have given back their reference to the module and not yet returned: from
 * there they do not sleep, so a task that has slept since, or was in its program, is out of it.
 * (Without CONFIG_TASKS_RCU, synchronize_rcu() stands for it: such kernels do not preempt
 * themselves.)
 *
 * Context: module exit.
 */
void sctrace_attach_exit(void)
{
	tracepoint_synchronize_unregister();
	synchronize_rcu_tasks();
}
