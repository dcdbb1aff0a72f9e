/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Puts a pair of probes on the two tracepoints of system calls, found by their names.
 */
#ifndef SCTRACE_BENCH_HOOK_H
#define SCTRACE_BENCH_HOOK_H

#include <linux/string.h>
#include <linux/tracepoint.h>

static struct tracepoint *sys_enter;
static struct tracepoint *sys_exit;

static void hook_find(struct tracepoint *point, void *unused)
{
	if (!strcmp(point->name, "sys_enter"))
		sys_enter = point;
	else if (!strcmp(point->name, "sys_exit"))
		sys_exit = point;
}

static int hook_attach(void *on_enter, void *on_exit)
{
	int err;

	for_each_kernel_tracepoint(hook_find, NULL);
	if (!sys_enter || !sys_exit)
		return -ENOENT;
	err = tracepoint_probe_register(sys_exit, on_exit, NULL);
	if (err)
		return err;
	err = tracepoint_probe_register(sys_enter, on_enter, NULL);
	if (err) {
		tracepoint_probe_unregister(sys_exit, on_exit, NULL);
		tracepoint_synchronize_unregister();
	}
	return err;
}

static void hook_detach(void *on_enter, void *on_exit)
{
	tracepoint_probe_unregister(sys_enter, on_enter, NULL);
	tracepoint_probe_unregister(sys_exit, on_exit, NULL);
	tracepoint_synchronize_unregister();
}

#endif
