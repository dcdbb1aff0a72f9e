/* SPDX-License-Identifier: GPL-2.0-only */
/* Waking the reader from a probe. */
#ifndef SCTRACE_WAKE_H
#define SCTRACE_WAKE_H

#include <linux/irq_work.h>
#include <linux/wait.h>

/**
 * struct sctrace_wake - who sleeps in poll(2), and the way to wake them
 * @queue: the sleepers
 * @work: wakes them: a probe may not, since the task it runs in can hold the scheduler's locks
 */
struct sctrace_wake {
	wait_queue_head_t queue;
	struct irq_work work;
};

void sctrace_wake_init(struct sctrace_wake *wake);
void sctrace_wake_finish(struct sctrace_wake *wake);

/* Any context. Several calls before the wake-up count as one. */
static inline void sctrace_wake_reader(struct sctrace_wake *wake)
{
	irq_work_queue(&wake->work);
}

#endif
