/* SPDX-License-Identifier: GPL-2.0-only */
/* Tasks that no session wants make their system calls as if nobody traced. */
#ifndef SCTRACE_FOCUS_H
#define SCTRACE_FOCUS_H

#include <linux/compiler.h>
#include <linux/types.h>

struct task_struct;

extern bool sctrace_focus_on;

void sctrace_focus_begin(void);
void sctrace_focus_end(void);
void sctrace_focus_let_others_in(void);
void sctrace_focus_want(struct task_struct *task);
void sctrace_focus_drop_current(void);
void sctrace_focus_fork(struct task_struct *child);

/*
 * Preemption is off: current makes a call, or returns, and no session that hears of calls from the
 * tracepoints alone has it in its scope.
 */
static inline void sctrace_focus_unwanted(void)
{
	/* drop_current() looks again, in order. */
	if (data_race(sctrace_focus_on))
		sctrace_focus_drop_current();
}

#endif
