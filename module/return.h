/* SPDX-License-Identifier: GPL-2.0-only */
/* A system call on its way into records: at its entry (probe.c) and at its return (return.c). */
#ifndef SCTRACE_RETURN_H
#define SCTRACE_RETURN_H

#include <linux/compiler.h>
#include <linux/types.h>

#include <uapi/sctrace.h>

struct pt_regs;
struct sctrace_call_filter;
struct sctrace_session;

void sctrace_record_return(struct sctrace_session *s, struct sctrace_call_filter *filter,
			   struct pt_regs *regs, long result);
void sctrace_record_plain_return(struct sctrace_session *s, struct sctrace_call_filter *filter,
				 struct pt_regs *regs, long result);
void sctrace_record_at_return(struct sctrace_session *s, struct sctrace_call_filter *filter,
			      struct pt_regs *regs, long result);

/*
 * Of the registers of a 32-bit call the kernel takes the lower halves; what a 64-bit program that
 * makes one has in the upper halves must not lead us to other memory.
 */
static inline void sctrace_cut_arguments(u8 abi, unsigned long *args)
{
	unsigned int i;

	if (likely(abi != SCTRACE_ABI_COMPAT))
		return;
	for (i = 0; i < 6; i++)
		args[i] = (u32)args[i];
}

static inline u16 sctrace_record_nr(long nr)
{
	return likely((unsigned long)nr < SCTRACE_NR_NONE) ? nr : SCTRACE_NR_NONE;
}

#endif
