/* SPDX-License-Identifier: GPL-2.0-only */
/* What a scope can ask of the current task. */
#ifndef SCTRACE_TASK_ATTR_H
#define SCTRACE_TASK_ATTR_H

#include <linux/types.h>

#include <uapi/sctrace.h>

struct task_struct;

void sctrace_task_attr_init(void);
bool sctrace_task_attr_can(u8 key);
u64 sctrace_task_number(u8 key);
bool sctrace_task_in_cgroup(u64 low, u64 high, bool subtree);
const char *sctrace_task_exe(char *buffer, u32 size);
const char *sctrace_task_container(u8 digits, u64 *id);
u64 sctrace_task_container_cgroup(struct task_struct *task, u8 digits);

#endif
