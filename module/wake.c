// SPDX-License-Identifier: GPL-2.0-only
/* Waking the reader: from any context, by irq_work. */
#include <linux/sched.h>

#include "wake.h"

static void wake_sleepers(struct irq_work *work)
{
	wake_up_all(&container_of(work, struct sctrace_wake, work)->queue);
}

/**
 * sctrace_wake_init() - prepare a session's wake-ups
 * @wake: zeroed
 */
void sctrace_wake_init(struct sctrace_wake *wake)
{
	init_waitqueue_head(&wake->queue);
	init_irq_work(&wake->work, wake_sleepers);
}

/**
 * sctrace_wake_finish() - wait until no wake-up is under way
 * @wake: one that no probe uses any more
 *
 * Context: may sleep.
 */
void sctrace_wake_finish(struct sctrace_wake *wake)
{
	irq_work_sync(&wake->work);
}
