/* SPDX-License-Identifier: GPL-2.0-only */
/* How the kernel calls us: one provider a file. */
#ifndef SCTRACE_ATTACH_H
#define SCTRACE_ATTACH_H

#include <linux/types.h>

struct tracepoint;

/* attach_tracepoint.c: system calls and the life of tasks */
int sctrace_attach_init(void);
void sctrace_attach_exit(void);
bool sctrace_attach_entry_may_sleep(void);
int sctrace_attach(void);
void sctrace_detach(void);
bool sctrace_attach_has_others(void);
bool sctrace_attach_is_of_syscalls(const struct tracepoint *tp);

/* attach_change.c: what can change whether a task is in a scope */
int sctrace_attach_changes(u32 asks);
void sctrace_detach_changes(u32 asks);
void sctrace_attach_watch(void);
void sctrace_detach_watch(void);

#endif
