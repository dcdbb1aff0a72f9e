/* SPDX-License-Identifier: GPL-2.0-only */
/* What a session knows of each task: a byte, so that asking at every call is one look. */
#ifndef SCTRACE_STATES_H
#define SCTRACE_STATES_H

#include <linux/bitops.h>
#include <linux/compiler.h>
#include <linux/log2.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

struct sctrace_session;

/*
 * IN and IN_TOO say the same, each by a policy of its own: of the session's policy and the one it
 * has replaced, one has IN and the other IN_TOO. So one that says by which policy the call began
 * that a task is in stays there until its next call begins.
 */
#define SCTRACE_TASK_IN		0x1	/* it is in, as far as was decided */
#define SCTRACE_TASK_LOOK	0x2	/* to be decided (again) at its next call */
#define SCTRACE_TASK_IN_TOO	0x4	/* it is in */
#define SCTRACE_TASK_HOOKED	0x8	/* it is in a call that it has come to past a kprobe */
#define SCTRACE_TASK_INS	(SCTRACE_TASK_IN | SCTRACE_TASK_IN_TOO)

/**
 * struct sctrace_states - of every number that a thread id can have
 * @session: whose they are; NULL: of none, and all ask for a look at the list of sessions
 * @of: SCTRACE_TASK_*, by thread id; written by the bit
 */
struct sctrace_states {
	struct sctrace_session *session;
	u8 of[];
};

/*
 * What the probes look at first: the states of the only session that runs, if it hears of calls
 * from the tracepoints alone; else those that are nobody's. Never NULL while a probe is attached.
 * Read with preemption off, changed by run.c.
 */
extern struct sctrace_states __rcu *sctrace_states_first;

int sctrace_states_init(void);
void sctrace_states_exit(void);
void sctrace_states_be_first(struct sctrace_states *states);
struct sctrace_states *sctrace_states_alloc(struct sctrace_session *session);
void sctrace_states_free(struct sctrace_states *states);

/* Any context. Return: SCTRACE_TASK_*, 0: it is out. */
static inline unsigned int sctrace_task_state(const struct sctrace_states *states, pid_t tid)
{
	return READ_ONCE(states->of[tid]);
}

/* The number of a bit in the words of @of. */
static inline unsigned long sctrace_state_bit(pid_t tid, unsigned int state)
{
	unsigned long place = tid;

#ifdef __BIG_ENDIAN
	place ^= sizeof(long) - 1;
#endif
	return place * BITS_PER_BYTE + ilog2(state);
}

static inline void sctrace_state_set(struct sctrace_states *states, pid_t tid, unsigned int state)
{
	set_bit(sctrace_state_bit(tid, state), (unsigned long *)states->of);
}

static inline void sctrace_state_clear(struct sctrace_states *states, pid_t tid, unsigned int state)
{
	clear_bit(sctrace_state_bit(tid, state), (unsigned long *)states->of);
}

/* Fully ordered if the bit was set. Return: whether it was. */
static inline bool sctrace_state_take(struct sctrace_states *states, pid_t tid, unsigned int state)
{
	return test_and_clear_bit(sctrace_state_bit(tid, state), (unsigned long *)states->of);
}

#endif
