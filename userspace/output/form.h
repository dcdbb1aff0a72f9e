/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events for programs to read: JSON, an object a line, or CSV, a row each. A call is told when it
 * has returned, all of it at once; one of which no return comes, when that is known.
 */
#ifndef SCT_OUTPUT_FORM_H
#define SCT_OUTPUT_FORM_H

#include <stdio.h>

#include "known.h"
#include "pair.h"
#include "stack.h"
#include "text.h"

enum sct_form_kind {
	SCT_FORM_TEXT,			/* none of these, but strace.h */
	SCT_FORM_JSON,
	SCT_FORM_CSV,
};

struct sct_container;

struct sct_form {
	enum sct_form_kind kind;
	FILE *out;
	int64_t realtime;		/* what added to CLOCK_MONOTONIC is CLOCK_REALTIME, ns */
	const struct sct_plan_set *plans; /* by which the trace is recorded */
	struct sct_tasks *tasks;
	const char *root;		/* of the /proc that knows these tasks: "", this machine's; NULL: none does */
	struct sct_stacks *stacks;	/* stacks are told with calls; NULL: they are not */
	struct sct_container *containers; /* that were met */
	unsigned int nr_containers;
	struct sct_text line;
	struct sct_text part;		/* of a line, before it is escaped */
	uint64_t second;		/* of the epoch, which is written in .date */
	char date[32];			/* "": none is */
};

/* What is to be said of a call: bits of sct_form_call.flags. */
enum sct_form_flag {
	SCT_FORM_CUT = 0x01,		/* memory is shown in part: there was more */
	SCT_FORM_LATE = 0x02,		/* memory was read later than it should have been */
	SCT_FORM_UNREADABLE = 0x04,	/* memory could not be read */
	SCT_FORM_ORPHAN = 0x08,		/* only the return is known */
	SCT_FORM_LOST = 0x10,		/* the record of the return was lost */
	SCT_FORM_RESTART = 0x20,	/* the call is made again by itself */
	SCT_FORM_FLAGS = 6		/* how many there are */
};

struct sct_form_call {
	struct sct_task *task;
	const struct sct_known *known;	/* NULL: only the return is known */
	const struct sct_row *row;	/* NULL: it has none */
	uint64_t nr;			/* UINT64_MAX: not known */
	unsigned int abi;
	unsigned int cpu;		/* it returned there */
	uint64_t time;			/* CLOCK_MONOTONIC, ns, of its entry; of its return, if not .timed */
	uint64_t duration;		/* with .timed and .returned, ns */
	bool timed;
	bool returned;			/* .result and .cpu are known */
	bool unfinished;		/* no return will be seen */
	int64_t result;
	unsigned int flags;		/* enum sct_form_flag */
};

void sct_form_begin(struct sct_form *form);
void sct_form_before(struct sct_form *form, const struct sct_record *rec);
void sct_form_event(struct sct_form *form, const struct sct_event *event);
void sct_form_finish(struct sct_form *form);
void sct_form_free(struct sct_form *form);

/* For json.c and csv.c. */
const char *sct_form_flag_name(unsigned int i);
const char *sct_form_error(int64_t result);
const char *sct_form_abi(unsigned int abi);
const char *sct_form_cause(uint32_t cause);
void sct_form_put_time(struct sct_form *form, uint64_t monotonic);

#endif
