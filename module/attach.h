/* SPDX-License-Identifier: GPL-2.0-only */
/* How the kernel calls us: one provider a file. */
#ifndef SCTRACE_ATTACH_H
#define SCTRACE_ATTACH_H

#include <linux/types.h>

int sctrace_attach_init(void);
void sctrace_attach_exit(void);
bool sctrace_attach_entry_may_sleep(void);
int sctrace_attach(void);
void sctrace_detach(void);

#endif
