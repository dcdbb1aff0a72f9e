// SPDX-License-Identifier: GPL-2.0-only
/*
 * The registers with which the current task came into the kernel. They lie at the foot of its
 * kernel stack, and stay there until it returns to its program.
 */
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/string.h>

#include <uapi/sctrace_record.h>

#include "user_regs.h"

/* In the order of DWARF, which is not the one in which they lie: struct sctrace_regs. */
static void general_registers(u64 *to, const struct pt_regs *regs)
{
#ifdef CONFIG_X86_64
	const u64 general[] = {
		regs->ax, regs->dx, regs->cx, regs->bx, regs->si, regs->di, regs->bp, regs->sp,
		regs->r8, regs->r9, regs->r10, regs->r11, regs->r12, regs->r13, regs->r14,
		regs->r15,
	};

	memcpy(to, general, sizeof(general));
#elif defined(CONFIG_ARM64)
	memcpy(to, regs->regs, sizeof(regs->regs));
#else
#error "sctrace: which registers unwinding takes is not known of this architecture"
#endif
}

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

	memset(to, 0, sizeof(*to));
	to->ip = instruction_pointer(regs);
	to->sp = user_stack_pointer(regs);
	general_registers(to->general, regs);
}

/**
 * sctrace_user_sp() - the current task's stack pointer
 *
 * Context: as sctrace_user_regs().
 */
unsigned long sctrace_user_sp(void)
{
	return user_stack_pointer(task_pt_regs(current));
}
