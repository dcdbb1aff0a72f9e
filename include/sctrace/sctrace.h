/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libsctrace: record system calls with sctrace.ko and read them in order.
 *
 *	struct sct_session *s;
 *	struct sct_record rec;
 *	int err = sct_open(&s);
 *
 *	err = sct_configure(s, &options, NULL);
 *	err = sct_start(s);
 *	while ((err = sct_next(s, &rec)) >= 0) {
 *		if (err == 0) { if (sct_wait(s, -1) == SCT_WAIT_ENDED) sct_stop(s); … }
 *	}
 *	sct_close(s);
 *
 * Functions return 0 or more, or a negative errno. Not thread-safe: one thread a session at a time.
 */
#ifndef SCTRACE_H
#define SCTRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <uapi/sctrace.h>

struct sct_session;

/* What a step of the call's plan has copied: struct sctrace_piece. */
struct sct_piece {
	uint8_t step;
	uint8_t flags;			/* SCTRACE_PIECE_* */
	uint16_t len;			/* bytes at data */
	uint32_t wanted;		/* bytes the call names */
	const uint8_t *data;
};

/* A record's pieces, checked: for sct_piece_next(). Zeroed: none. */
struct sct_pieces {
	const uint8_t *bytes;
	size_t len;
};

/* One record, checked. What it points to belongs to the session and holds until the next sct_next(). */
struct sct_record {
	const struct sctrace_hdr *hdr;	/* cast it by hdr->type for what is not here */
	unsigned int cpu;		/* whose ring it came from */
	uint64_t nr;			/* ENTER, CALL: the number; EXIT: that, or UINT64_MAX if unknown */
	const uint64_t *args;		/* ENTER, CALL: hdr->nr_args words */
	int64_t result;			/* EXIT, CALL: the result or a negative errno */
	uint64_t entered;		/* CALL: time of the entry, ns; 0: not known */
	struct sct_pieces pieces;	/* ENTER, EXIT, CALL, EXEC, LATE */
};

/* Whether a result is a negative errno: they end at -4095, <linux/err.h> of the kernel. */
static inline bool sct_is_error(int64_t result)
{
	return result < 0 && result >= -4095;
}

/* The piece at *at, from 0 on, which is moved on behind it. false: there is none. */
bool sct_piece_next(const struct sct_pieces *pieces, size_t *at, struct sct_piece *piece);

struct sct_options {
	uint32_t scope;			/* SCTRACE_SCOPE_* */
	const struct sctrace_test *tests; /* with SCTRACE_SCOPE_TESTS; none: every task */
	uint32_t nr_tests;
	const char *text;		/* of the tests */
	uint32_t text_bytes;
	const struct sctrace_filter *filter; /* NULL: every call */
	uint32_t ring_bytes;		/* 0: the module's default */
	uint32_t watermark;		/* sct_wait() returns when a ring holds so many bytes; 0: an eighth */
	const struct sctrace_plan *plans;
	uint32_t nr_plans;
	const struct sctrace_step *steps;
	uint32_t nr_steps;
	struct sctrace_symbol *symbols;	/* .found comes back */
	uint32_t nr_symbols;		/* 0: the tracepoint */
	enum sctrace_mode mode;		/* what happens when a ring is full */
	uint32_t wait_ms;		/* SCTRACE_MODE_LOSSLESS: see struct sctrace_config */
};

/* What sct_configure() has found wrong. */
struct sct_bad {
	enum sctrace_bad_array array;
	uint32_t index;			/* in it */
};

/* Counters. Exact after sct_stop(); then produced == delivered + lost + overwritten once sct_next() has returned 0. */
struct sct_counts {
	uint64_t produced;		/* records that the module made */
	uint64_t delivered;		/* of these, returned by sct_next() */
	uint64_t lost;			/* of these, missing; each is in a GAP record */
	uint64_t left_out;		/* calls that the filter's .sample left out; no records */
	uint64_t limited;		/* calls that its .rate left out */
	uint64_t overwritten;		/* of produced, with SCTRACE_MODE_OVERWRITE: made room for others */
	uint64_t waits;			/* with SCTRACE_MODE_LOSSLESS: times that a task waited */
	uint64_t given_up;		/* of these, until its patience had an end */
};

enum sct_wait_result {
	SCT_WAIT_READY,			/* there is something to read, or may be: the time is up */
	SCT_WAIT_ENDED,			/* nothing more will come */
	SCT_WAIT_SIGNAL,			/* a signal was caught while sleeping */
};

/*
 * Opens /dev/sctrace. On success *s is the caller's, for sct_close(). -ENOENT: the module is not
 * loaded.
 * -EPROTO: it speaks another version of the interface; sct_module_abi() says which.
 */
int sct_open(struct sct_session **s);

/* The interface version of the module that sct_open() last met; 0 if it met none. */
uint32_t sct_module_abi(void);

/* What the module says of itself; valid until sct_close(). */
const struct sctrace_info *sct_info(const struct sct_session *s);

/*
 * Once, before sct_start(). -ESRCH: there is no task that tests[bad->index] names. -EINVAL: an option
 * is out of range. -EOPNOTSUPP: the kernel has not what tests[bad->index] asks for. bad may be NULL.
 */
int sct_configure(struct sct_session *s, const struct sct_options *options, struct sct_bad *bad);

/* Records from now on. -ESRCH: every task of the scope has exited. */
int sct_start(struct sct_session *s);

/*
 * While it records: another scope and filter, as for sct_configure(); the rest of *options is not looked at.
 * SCTRACE_SCOPE_KEEP: only another filter. What no record is judged by half of: see SCTRACE_IOC_CHANGE. After
 * an error nothing has changed.
 */
int sct_change(struct sct_session *s, const struct sct_options *options, struct sct_bad *bad);

/* Records no more. What was recorded can still be read. */
int sct_stop(struct sct_session *s);

/*
 * The next record of all CPUs, in the order of docs/ORDERING.md. 1: *rec is it. 0: none now; with
 * SCTRACE_MODE_OVERWRITE none before sct_stop().
 * -EPROTO: a ring holds what is no record.
 */
int sct_next(struct sct_session *s, struct sct_record *rec);

/*
 * Sleeps until there is something to do or timeout_ms (-1: as long as it takes) has passed.
 * Returns enum sct_wait_result, or a negative errno.
 */
int sct_wait(struct sct_session *s, int timeout_ms);

int sct_counts(struct sct_session *s, struct sct_counts *counts);

/* Ends the session and frees it. NULL is fine. */
void sct_close(struct sct_session *s);

#endif
