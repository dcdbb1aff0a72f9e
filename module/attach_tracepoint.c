// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tracepoint provider: system calls and the life of tasks.
 *
 * The tracepoints are found by name: most of their variables are not exported to modules. They are
 * part of the kernel proper, so what was found stays.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <trace/events/sched.h>
#include <trace/events/signal.h>
#include <trace/events/syscalls.h>

#include "attach.h"
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
	{ "sys_enter", sctrace_probe_sys_enter },
};

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
		if (hooks[i].tp)
			continue;
		pr_err("this kernel has no tracepoint %s: it needs CONFIG_TRACEPOINTS and CONFIG_FTRACE_SYSCALLS\n",
		       hooks[i].name);
		return -EOPNOTSUPP;
	}
	return 0;
}

static void unregister(size_t n)
{
	while (n--)
		tracepoint_probe_unregister(hooks[n].tp, hooks[n].probe, NULL);
	/* Waits for probes that were already on their way: then the module may go. */
	tracepoint_synchronize_unregister();
}

/**
 * sctrace_attach() - have the probes called from now on
 *
 * Context: may sleep; callers take turns (session.c's lock).
 * Return: 0 or the kernel's error; nothing stays attached on error.
 */
int sctrace_attach(void)
{
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
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
 * When it returns, none runs any longer.
 *
 * Context: may sleep; callers take turns (session.c's lock).
 */
void sctrace_detach(void)
{
	unregister(ARRAY_SIZE(hooks));
}
