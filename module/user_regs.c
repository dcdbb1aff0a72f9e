// SPDX-License-Identifier: GPL-2.0-only
/*
 * The registers with which the current task came into the kernel. They lie at the foot of its
 * kernel stack, and stay there until it returns to its program.
 */
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>

#include <uapi/sctrace_record.h>

#include "user_regs.h"

/**
 * sctrace_user_regs() - the current task's registers
 * @to: gets them. A task that has called sigreturn or execve and returns from it has those that it
 *	goes on with
 *
 * Context: a task that is no kernel thread; does not sleep.
 */
void sctrace_user_regs(struct sctrace_regs *to)
{
	struct pt_regs *regs = task_pt_regs(current);

	to->ip = instruction_pointer(regs);
	to->sp = user_stack_pointer(regs);
}
