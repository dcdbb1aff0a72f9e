/* SPDX-License-Identifier: GPL-2.0-only */
/* The registers of the current task's program. */
#ifndef SCTRACE_USER_REGS_H
#define SCTRACE_USER_REGS_H

struct sctrace_regs;

void sctrace_user_regs(struct sctrace_regs *to);
unsigned long sctrace_user_sp(void);

#endif
