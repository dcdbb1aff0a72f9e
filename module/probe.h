/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The handlers that the tracepoints call; each has the tracepoint's own arguments after @data. And
 * what all providers of changes call.
 */
#ifndef SCTRACE_PROBE_H
#define SCTRACE_PROBE_H

#include <linux/types.h>

struct k_sigaction;
struct kernel_siginfo;
struct linux_binprm;
struct pt_regs;
struct sctrace_session;
struct task_struct;

void sctrace_probe_sys_enter(void *data, struct pt_regs *regs, long nr);
void sctrace_probe_entry(struct sctrace_session *s, struct pt_regs *regs, long nr);
void sctrace_probe_sys_exit(void *data, struct pt_regs *regs, long result);
void sctrace_probe_fork(void *data, struct task_struct *parent, struct task_struct *child);
void sctrace_probe_exec(void *data, struct task_struct *task, pid_t old_tid,
			struct linux_binprm *bprm);
void sctrace_probe_exit(void *data, struct task_struct *task, bool group_dead);
void sctrace_probe_signal(void *data, int signo, struct kernel_siginfo *info,
			  struct k_sigaction *action);
void sctrace_probe_renumber(pid_t from, pid_t to);
void sctrace_probe_change(struct task_struct *task, u32 keys);
void sctrace_probe_change_process(struct task_struct *leader, u32 keys);

#endif
