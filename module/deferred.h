/* SPDX-License-Identifier: GPL-2.0-only */
/* What must wait until the task may sleep: memory that a probe could not read. */
#ifndef SCTRACE_DEFERRED_H
#define SCTRACE_DEFERRED_H

#include <linux/types.h>

#include "capture.h"
#include "plan.h"

struct sctrace_deferred;
struct sctrace_session;

/**
 * struct sctrace_syscall - a call of the current task
 * @call: what to record of it
 * @args: its arguments; at exit only if there are steps
 * @result: or a negative errno; at exit
 * @nr: its number, as in records
 * @abi: how it is made
 * @flags: SCTRACE_HDR_* of its ENTER
 */
struct sctrace_syscall {
	const struct sctrace_call *call;
	unsigned long args[6];
	long result;
	u16 nr;
	u8 abi;
	u8 flags;
};

#define SCTRACE_PHASE_ENTER	0x01
#define SCTRACE_PHASE_EXIT	0x02

/* Runs a returned call's steps of some phases. Return: of which phases there was a fault. */
static inline u8 sctrace_capture_phases(struct sctrace_capture *c, const struct sctrace_call *call,
					u8 phases)
{
	u8 faulted = 0;

	if (unlikely(phases & SCTRACE_PHASE_ENTER)) {
		c->flags = SCTRACE_PIECE_LATE;
		sctrace_capture_steps(c, 0, call->nr_enter);
		if (c->faulted)
			faulted |= SCTRACE_PHASE_ENTER;
		c->flags = 0;
		c->faulted = false;
	}
	if (phases & SCTRACE_PHASE_EXIT) {
		sctrace_capture_steps(c, call->nr_enter, call->nr_steps);
		if (c->faulted)
			faulted |= SCTRACE_PHASE_EXIT;
	}
	return faulted;
}

struct sctrace_deferred *sctrace_deferred_alloc(void);
void sctrace_deferred_free(struct sctrace_deferred *deferred);
bool sctrace_deferred_add(struct sctrace_session *s, const struct sctrace_syscall *call, u8 phases);
struct sctrace_hdr *sctrace_deferred_buffer(struct sctrace_session *s, u32 least, u32 *max);
void sctrace_deferred_release(struct sctrace_session *s, struct sctrace_hdr *hdr, u32 max);
void sctrace_deferred_write(struct sctrace_session *s, struct sctrace_hdr *hdr, u8 *first, u8 *end);

#endif
