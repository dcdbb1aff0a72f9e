// SPDX-License-Identifier: GPL-2.0-only
/*
 * How many calls of each task are recorded in a second.
 *
 * A word holds a task's number, a second, and how many of its calls in that second were wanted.
 * That is all there is to know, so one cmpxchg changes it, and it orders no other memory.
 *
 * Nobody tidies up: a word that tells of a second long enough ago is free for any task. Only a task
 * itself writes a word with its number, so it never has two.
 */
#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/hash.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/time64.h>

#include "rate.h"

/* Tasks of a session that can be known in two seconds. One that has no place has no limit. */
#define WORD_BITS	14
#define NR_WORDS	BIT(WORD_BITS)
/* Places where a task's word can be. */
#define PROBES		8u

/* A word: the task's number, less than PID_MAX_LIMIT; the second's lower bits; the count. */
#define TID_SHIFT	42
#define SECOND_SHIFT	20
#define SECOND_MASK	0x3fffffu
#define COUNT_MASK	0xfffffu

/*
 * From which age in seconds on a word is free for others. That of the last second is not: its task
 * may be about to count a call that began just before this second. An age of almost 2^22 is that of
 * a second to come: another CPU has looked at the clock after us.
 */
#define FREE_AGE	2u
#define MAX_AHEAD	1024u

static u64 make_word(pid_t tid, u32 second, u32 count)
{
	return (u64)tid << TID_SHIFT | (u64)(second & SECOND_MASK) << SECOND_SHIFT | count;
}

static pid_t tid_of(u64 word)
{
	return word >> TID_SHIFT;
}

static u32 second_of(u64 word)
{
	return word >> SECOND_SHIFT & SECOND_MASK;
}

static u32 count_of(u64 word)
{
	return word & COUNT_MASK;
}

static bool is_free(u64 word, u32 second)
{
	u32 age = (second - second_of(word)) & SECOND_MASK;

	return !word || (age >= FREE_AGE && age <= SECOND_MASK - MAX_AHEAD);
}

/*
 * The task's own word; if it has none, one that is free in this second, with @take. *@seen: what is
 * in it. NULL: there is none.
 */
static u64 *find(const struct sctrace_rate *rate, pid_t tid, u32 second, bool take, u64 *seen)
{
	unsigned int start = hash_32(tid, WORD_BITS), i;
	u64 *free = NULL;

	for (i = 0; i < PROBES; i++) {
		u64 *word = &rate->words[(start + i) % NR_WORDS];
		u64 value = READ_ONCE(*word);

		if (tid_of(value) == tid) {
			*seen = value;
			return word;
		}
		if (take && !free && is_free(value, second)) {
			*seen = value;
			free = word;
		}
	}
	return free;
}

/**
 * sctrace_rate_init() - make room for what tasks use up
 * @rate: zeroed
 * @limit: calls of a task in a second, less than 2^20; 0: none is ever left out
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int sctrace_rate_init(struct sctrace_rate *rate, u32 limit)
{
	if (!limit)
		return 0;
	rate->limit = limit;
	rate->words = kvcalloc(NR_WORDS, sizeof(*rate->words), GFP_KERNEL_ACCOUNT);
	return rate->words ? 0 : -ENOMEM;
}

/**
 * sctrace_rate_free() - give back what init took
 * @rate: one that no probe uses any more; zeroed is fine
 *
 * Context: may sleep.
 */
void sctrace_rate_free(struct sctrace_rate *rate)
{
	kvfree(rate->words);
	rate->words = NULL;
}

/**
 * sctrace_rate_take() - count a call, and tell whether it is within the limit
 * @rate: one that was made
 * @tid: the task that makes it
 * @now: the time, ns; never earlier than what it was called with for this task before
 *
 * Context: @tid itself, with preemption off.
 * Return: whether the call is one of the first @limit of the task in this second. If there is no
 * place for the task, it is.
 */
bool sctrace_rate_take(struct sctrace_rate *rate, pid_t tid, u64 now)
{
	u32 second = div_u64(now, NSEC_PER_SEC) & SECOND_MASK;
	u64 *word, seen, next;

	if (!rate->words)
		return true;
	do {
		word = find(rate, tid, second, true, &seen);
		if (!word)
			return true;
		next = make_word(tid, second, 1);
		if (tid_of(seen) == tid && second_of(seen) == second) {
			if (count_of(seen) >= rate->limit)
				return false;
			next = seen + 1;
		}
		/* It fails if another task has taken the word. */
	} while (cmpxchg(word, seen, next) != seen);
	return true;
}

/**
 * sctrace_rate_renumber() - a task gets another number
 * @rate: any
 * @from: what it had
 * @to: what it gets; nobody has it
 *
 * Context: any that does not sleep; the task itself makes no call meanwhile.
 */
void sctrace_rate_renumber(struct sctrace_rate *rate, pid_t from, pid_t to)
{
	u64 *old, *word, value, seen, next;

	old = rate->words ? find(rate, from, 0, false, &value) : NULL;
	if (!old)
		return;
	next = make_word(to, second_of(value), count_of(value));
	do {
		word = find(rate, to, second_of(value), true, &seen);
	} while (word && cmpxchg(word, seen, next) != seen);
	/* If it fails, another task has taken it, as it was old. */
	cmpxchg(old, value, 0);
}

/**
 * sctrace_rate_forget() - forget a task: the next one with its number begins anew
 * @rate: any
 * @tid: makes no call any more
 *
 * Context: any that does not sleep.
 */
void sctrace_rate_forget(struct sctrace_rate *rate, pid_t tid)
{
	u64 value;
	u64 *word = rate->words ? find(rate, tid, 0, false, &value) : NULL;

	if (word)
		cmpxchg(word, value, 0);
}
