// SPDX-License-Identifier: GPL-2.0-only
/*
 * What must wait until the task may sleep: memory that a probe could not read without a page fault.
 * It is read into a buffer, with faults served, and then goes into the ring as one record.
 *
 * When. At a call's entry, in the probe, where the kernel lets the probe sleep. Else, and for what
 * is read at a call's exit, in task work, which the kernel runs before the task returns to its
 * program.
 *
 * LATE comes next. Between the exit probe, which adds the work, and the work, the task makes no
 * other record: ENTER takes a return to the program, and on that way all work is run. SIGNAL is
 * made in get_signal(), which runs all work first, and so does a ptrace stop. A signal that kills
 * comes the same way, so TASK_EXIT is made after the work, too. The one way round is a task that
 * the kernel kills in the middle (an oops): exit runs the work when the memory is gone, and it does
 * nothing.
 *
 * Lifetime. An item is the session's, taken from a pool: a probe must not allocate, and with
 * PREEMPT_RT it cannot. Each item in use, and each sleeping probe, holds a reference to the
 * session, with what configure made, and one to the module; they are taken with preemption off
 * while the session is in the probes' list, when the file still has its own. The work gives back
 * its item, then the references, the module's last. From there to its return it does not sleep: see
 * sctrace_attach_exit(). If the program makes the fault last (userfaultfd, FUSE), the session's
 * memory and the module stay as long, and closing the file waits for neither.
 *
 * Writing. With preemption off, if session->takes_records: stop clears that, then waits with
 * synchronize_rcu() for who has seen it set.
 */
#include <linux/hash.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/task_work.h>
#include <linux/vmalloc.h>

#include "claim.h"
#include "clock.h"
#include "deferred.h"
#include "maps.h"
#include "record.h"
#include "session.h"

/* Tasks of a session that can be on their way back at a time; of more, no LATE is made. */
#define MAX_ITEMS	2048

/*
 * One process must not take the place of all others: it has its own, or shares it with a few, and
 * so it is with the memory.
 */
#define GROUP_BITS	5
#define MAX_ITEMS_OF_ONE	(MAX_ITEMS >> GROUP_BITS)

/*
 * Memory for records that a group's tasks make asleep. With so much of it in use there is a page
 * for each, until it is twice that: better one that is cut than one that is not made.
 */
#define MANY_ASLEEP_BYTES	SZ_1M

struct item {
	struct callback_head work;
	struct sctrace_session *session;
	struct sctrace_syscall call;
	u8 phases;
};

/**
 * struct sctrace_deferred - the items of a session
 * @asleep_bytes: by group: memory of records that are being made asleep
 * @used: which are in use
 * @items: all
 */
struct sctrace_deferred {
	atomic_long_t asleep_bytes[1 << GROUP_BITS];
	DECLARE_BITMAP(used, MAX_ITEMS);
	struct item items[MAX_ITEMS];
};

/**
 * sctrace_deferred_alloc() - make a session's pool of items
 *
 * Context: may sleep.
 * Return: the pool, owned by the caller, or NULL if memory is short.
 */
struct sctrace_deferred *sctrace_deferred_alloc(void)
{
	return kvzalloc(sizeof(struct sctrace_deferred), GFP_KERNEL_ACCOUNT);
}

/**
 * sctrace_deferred_free() - give a pool back
 * @deferred: one of which no item is in use; NULL is fine
 */
void sctrace_deferred_free(struct sctrace_deferred *deferred)
{
	kvfree(deferred);
}

static unsigned int group(void)
{
	return hash_32(current->tgid, GROUP_BITS);
}

static struct item *take(struct sctrace_deferred *d)
{
	unsigned int start = group() * MAX_ITEMS_OF_ONE;
	int i = sctrace_claim(d->used, start, start + MAX_ITEMS_OF_ONE);

	return i < 0 ? NULL : &d->items[i];
}

static void give_back(struct item *item)
{
	struct sctrace_deferred *d = item->session->deferred;

	sctrace_unclaim(d->used, item - d->items);
}

/* Return: NULL if the group has more than @limit then, or if there is no memory. */
static void *buffer(struct sctrace_deferred *d, u32 bytes, u32 limit)
{
	const gfp_t gfp = GFP_KERNEL_ACCOUNT | __GFP_NOWARN | __GFP_RETRY_MAYFAIL;
	atomic_long_t *sum = &d->asleep_bytes[group()];
	void *memory = NULL;

	if (atomic_long_add_return(bytes, sum) <= limit)
		memory = bytes <= PAGE_SIZE ? kmalloc(bytes, gfp) : __vmalloc(bytes, gfp);
	if (!memory)
		atomic_long_sub(bytes, sum);
	return memory;
}

/**
 * sctrace_deferred_buffer() - get memory for a record that is made where sleeping is allowed
 * @s: whose record it is
 * @least: what it takes in any case
 * @max: how long it can become; gets how long it may become, no less than @least and a page
 *
 * The task decides for how long it is held. So the memory is charged to the task's cgroup, and has
 * a limit for each group of processes. Nobody is killed for it.
 *
 * Context: may sleep.
 * Return: memory for sctrace_deferred_release(), or NULL.
 */
struct sctrace_hdr *sctrace_deferred_buffer(struct sctrace_session *s, u32 least, u32 *max)
{
	struct sctrace_hdr *hdr;

	least = max_t(u32, least, PAGE_SIZE);
	if (*max > least) {
		hdr = buffer(s->deferred, *max, MANY_ASLEEP_BYTES);
		if (hdr)
			return hdr;
		*max = least;
	}
	return buffer(s->deferred, *max, 2 * MANY_ASLEEP_BYTES);
}

/**
 * sctrace_deferred_release() - give back what sctrace_deferred_buffer() gave
 * @s: as there
 * @hdr: the memory
 * @max: how long it might become
 *
 * Context: of the task that got it; may sleep.
 */
void sctrace_deferred_release(struct sctrace_session *s, struct sctrace_hdr *hdr, u32 max)
{
	kvfree(hdr);
	atomic_long_sub(max, &s->deferred->asleep_bytes[group()]);
}

/**
 * sctrace_deferred_write() - copy a record into the ring, unless the session has stopped meanwhile
 * @s: a session that the caller has a reference to
 * @hdr: the record; time and length are filled in here
 * @first: its first piece
 * @end: its end
 *
 * Context: process context; does not sleep.
 */
void sctrace_deferred_write(struct sctrace_session *s, struct sctrace_hdr *hdr, u8 *first, u8 *end)
{
	u32 size = end - (u8 *)hdr;
	struct sctrace_ring *ring;
	void *record = NULL;
	u32 room;

	preempt_disable_notrace();
	if (!READ_ONCE(s->takes_records))
		goto out;
	ring = sctrace_record_ring(s);
	hdr->time = sctrace_clock();
	record = sctrace_record_reserve(s, ring, min(size, SCTRACE_RECORD_SURE_BYTES), hdr->time);
	if (!record)
		goto out;
	room = sctrace_record_room(ring, size);
	if (room < size)
		size = sctrace_capture_fit(first, end, room - (first - (u8 *)hdr)) - (u8 *)hdr;
	memcpy(record, hdr, size);
	sctrace_record_commit(s, ring, record, record + size);
out:
	preempt_enable_notrace();
	if (!record || (u8 *)hdr + size < end)
		sctrace_maps_forget(s->maps);
}

/* Of which there is no memory for: then the pieces of the EXIT say what was not read. */
static void write_empty_late(struct sctrace_session *s, const struct sctrace_syscall *call)
{
	struct sctrace_hdr hdr;
	u8 *end = (u8 *)(&hdr + 1);

	sctrace_record_header(&hdr, SCTRACE_REC_LATE, current, 0);
	hdr.abi = call->abi;
	hdr.nr = call->nr;
	sctrace_deferred_write(s, &hdr, end, end);
}

static void write_late(struct sctrace_session *s, const struct sctrace_syscall *call, u8 phases)
{
	u32 max = call->call->exit_max;
	struct sctrace_hdr *hdr = sctrace_deferred_buffer(s, 0, &max);
	struct sctrace_capture c = {
		.steps = s->plans.steps + call->call->first,
		.maps = s->maps,
		.args = call->args,
		.result = call->result,
		.may_sleep = true,
	};

	if (!hdr) {
		write_empty_late(s, call);
		return;
	}
	c.first = (u8 *)(hdr + 1);
	c.at = c.first;
	c.end = (u8 *)hdr + max;
	sctrace_capture_phases(&c, call->call, phases);
	sctrace_record_header(hdr, SCTRACE_REC_LATE, current, 0);
	hdr->abi = call->abi;
	hdr->nr = call->nr;
	sctrace_deferred_write(s, hdr, c.first, c.at);
	sctrace_deferred_release(s, hdr, max);
}

static void run(struct callback_head *work)
{
	struct item *item = container_of(work, struct item, work);
	struct sctrace_session *s = item->session;

	if (!(current->flags & PF_EXITING) && READ_ONCE(s->takes_records))
		write_late(s, &item->call, item->phases);
	give_back(item);
	sctrace_session_put(s);
}

/**
 * sctrace_deferred_add() - have memory read again before the task returns to its program
 * @s: a session in the probes' list
 * @call: the call that returns
 * @phases: SCTRACE_PHASE_* of which steps ran into faults
 *
 * Context: the exit probe; preemption off.
 * Return: whether a LATE will follow.
 */
bool sctrace_deferred_add(struct sctrace_session *s, const struct sctrace_syscall *call, u8 phases)
{
	struct item *item = take(s->deferred);

	if (!item)
		return false;
	item->session = s;
	item->call = *call;
	item->phases = phases;
	init_task_work(&item->work, run);
	if (task_work_add(current, &item->work, TWA_RESUME)) {
		give_back(item);
		return false;
	}
	sctrace_session_get(s);
	return true;
}
