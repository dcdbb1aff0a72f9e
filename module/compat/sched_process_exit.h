/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Since 6.16 the tracepoint sched_process_exit also says whether the thread group is dead. May
 * go when 6.12 is gone.
 */
#ifndef SCTRACE_COMPAT_SCHED_PROCESS_EXIT_H
#define SCTRACE_COMPAT_SCHED_PROCESS_EXIT_H

#include "../probe.h"

#ifdef SCTRACE_HAVE_EXIT_GROUP_DEAD
#define sctrace_exit_hook sctrace_probe_exit
#else
static void sctrace_exit_hook(void *data, struct task_struct *task)
{
	sctrace_probe_exit(data, task, false);
}
#endif

#endif
