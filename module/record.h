/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One record on its way into the ring of this CPU. Preemption is off from reserve to commit, and
 * the session takes records: see sctrace_session_stop().
 */
#ifndef SCTRACE_RECORD_H
#define SCTRACE_RECORD_H

#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include "room.h"
#include "session.h"

/*
 * A record that may become longer is made if there is room for this much of it, and cut where the
 * room ends. So calls with large plans do not lose their records long before the ring is full.
 */
#define SCTRACE_RECORD_SURE_BYTES	8192U

static inline struct sctrace_ring *sctrace_record_ring(const struct sctrace_session *s)
{
	return s->rings[smp_processor_id()];
}

/* Room for one record of up to @max bytes. */
static __always_inline void *sctrace_record_reserve(struct sctrace_session *s, struct sctrace_ring *ring,
					   u32 max, u64 now)
{
	void *record = sctrace_ring_reserve(ring, min(max, SCTRACE_RECORD_SURE_BYTES), now);

	if (unlikely(!record))
		sctrace_room_lost(s, ring);
	return record;
}

/* How many bytes a record may have that was reserved with this @max. */
static inline u32 sctrace_record_room(struct sctrace_ring *ring, u32 max)
{
	return likely(max <= SCTRACE_RECORD_SURE_BYTES) ? max : sctrace_ring_room(ring, max);
}

static inline void sctrace_record_header(struct sctrace_hdr *hdr, u8 type,
					 const struct task_struct *task, u64 now)
{
	*hdr = (struct sctrace_hdr) {
		.type = type,
		.tid = task->pid,
		.tgid = task->tgid,
		.time = now,
	};
}

/* Ends the record that begins at @hdr before @end. */
static inline void sctrace_record_commit(struct sctrace_session *s, struct sctrace_ring *ring,
					 struct sctrace_hdr *hdr, const void *end)
{
	u32 size = (const u8 *)end - (const u8 *)hdr;

	hdr->words = size / 8;
	if (sctrace_ring_commit(ring, size))
		sctrace_room_attend(s, ring);
}

#endif
