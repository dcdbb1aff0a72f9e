/* SPDX-License-Identifier: GPL-2.0-only */
/* bpf_prog_run(): before 5.15 it was a macro, BPF_PROG_RUN(). May go when 5.10 is gone. */
#ifndef SCTRACE_COMPAT_BPF_RUN_H
#define SCTRACE_COMPAT_BPF_RUN_H

#include <linux/filter.h>

#ifdef BPF_PROG_RUN
#define bpf_prog_run(prog, ctx)	BPF_PROG_RUN(prog, ctx)
#endif

#endif
