/* SPDX-License-Identifier: GPL-2.0-only */
/* How the kernel calls us: one provider a file. */
#ifndef SCTRACE_ATTACH_H
#define SCTRACE_ATTACH_H

#include <linux/types.h>

#include <uapi/sctrace.h>

struct sctrace_kprobes;
struct sctrace_session;
struct tracepoint;

/* attach_tracepoint.c: system calls and the life of tasks */
int sctrace_attach_init(void);
void sctrace_attach_exit(void);
bool sctrace_attach_entry_may_sleep(void);
int sctrace_attach(void);
void sctrace_detach(void);
int sctrace_attach_entries(void);
void sctrace_detach_entries(void);
bool sctrace_attach_has_others(void);
bool sctrace_attach_is_others(const struct tracepoint *tp, const void *probe);

/* attach_kprobe.c: the entries of a few calls */
struct sctrace_kprobes *sctrace_kprobes_make(struct sctrace_session *s,
					     struct sctrace_symbol *symbols, u32 nr, u32 *bad);
void sctrace_kprobes_free(struct sctrace_kprobes *k);
int sctrace_kprobes_attach(struct sctrace_kprobes *k);
void sctrace_kprobes_detach(struct sctrace_kprobes *k);

/* attach_change.c: what can change whether a task is in a scope */
int sctrace_attach_changes(u32 asks);
void sctrace_detach_changes(u32 asks);
void sctrace_attach_watch(void);
void sctrace_detach_watch(void);

#endif
