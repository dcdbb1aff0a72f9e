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
#include <linux/string.h>

#include "room.h"
#include "session.h"

static inline struct sctrace_ring *sctrace_record_ring(const struct sctrace_session *s)
{
	return s->rings[smp_processor_id()];
}

/* Room for one record that is sure of @max bytes, at most SCTRACE_RECORD_SURE_BYTES. */
static __always_inline
void *sctrace_record_reserve(struct sctrace_session *s, struct sctrace_ring *ring, u32 max,
			     u64 now)
{
	void *record = sctrace_ring_reserve(ring, max, now);

	if (unlikely(!record))
		sctrace_room_lost(s, ring);
	return record;
}

/* How many bytes a record may have that was reserved, and may become so long. */
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

/* What a record begins with: what its plan says, the number, and flags. */
static inline u64 sctrace_record_first(u64 word, u16 nr, u8 flags)
{
	struct sctrace_hdr hdr;

	memcpy(&hdr, &word, sizeof(word));
	hdr.nr = nr;
	hdr.flags = flags;
	memcpy(&word, &hdr, sizeof(word));
	return word;
}

/* The header of a call's record. @first: its first eight bytes. */
static __always_inline void sctrace_record_begin(struct sctrace_hdr *hdr, u64 first, u64 now)
{
	memcpy(hdr, &first, sizeof(first));
	hdr->time = now;
	if (offsetof(struct task_struct, tgid) == offsetof(struct task_struct, pid) + sizeof(u32)) {
		/* Both at once. */
		*(u64 *)&hdr->tid = *(const u64 *)&current->pid;
		return;
	}
	hdr->tid = current->pid;
	hdr->tgid = current->tgid;
}

/* Ends a record of @size bytes, that says so already. */
static __always_inline
void sctrace_record_publish(struct sctrace_session *s, struct sctrace_ring *ring, u32 size)
{
	if (sctrace_ring_commit(ring, size))
		sctrace_room_attend(s, ring);
}

/* The same of a record that is made as a call returns: its task may have to wait for the reader. */
static __always_inline
void sctrace_record_publish_return(struct sctrace_session *s, struct sctrace_ring *ring, u32 size)
{
	if (sctrace_ring_commit(ring, size))
		sctrace_room_attend_return(s, ring);
}

/* Says how long the record is that begins at @hdr and ends before @end. Return: that. */
static inline u32 sctrace_record_end(struct sctrace_hdr *hdr, const void *end)
{
	u32 size = (const u8 *)end - (const u8 *)hdr;

	hdr->words = size / 8;
	return size;
}

static inline void sctrace_record_commit(struct sctrace_session *s, struct sctrace_ring *ring,
					 struct sctrace_hdr *hdr, const void *end)
{
	sctrace_record_publish(s, ring, sctrace_record_end(hdr, end));
}

static inline void sctrace_record_commit_return(struct sctrace_session *s,
						struct sctrace_ring *ring, struct sctrace_hdr *hdr,
						const void *end)
{
	sctrace_record_publish_return(s, ring, sctrace_record_end(hdr, end));
}

#endif
