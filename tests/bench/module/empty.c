// SPDX-License-Identifier: GPL-2.0-only
/*
 * sctrace_bench_empty: probes that return at once. What a call costs with them is what no tracer that uses the
 * tracepoints can go below.
 */
#include <linux/module.h>
#include <linux/ptrace.h>

#include "hook.h"

static void on_enter(void *unused, struct pt_regs *regs, long nr)
{
}

static void on_exit(void *unused, struct pt_regs *regs, long result)
{
}

static int __init empty_init(void)
{
	return hook_attach(on_enter, on_exit);
}

static void __exit empty_exit(void)
{
	hook_detach(on_enter, on_exit);
}

module_init(empty_init);
module_exit(empty_exit);
MODULE_DESCRIPTION("empty probes on the tracepoints of system calls");
MODULE_LICENSE("GPL");
