/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A part of a recording, by time. It goes from the first record of .since or later up to before the first of .until or
 * later, in the order in which records come: so parts that follow each other are the whole, and each record is in one.
 */
#ifndef SCT_WINDOW_H
#define SCT_WINDOW_H

#include <sctrace/capture.h>

struct sct_window {
	uint64_t since, until;		/* CLOCK_MONOTONIC, ns; 0, UINT64_MAX: no bound */
	bool begun, ended;
};

/* Where a record stands that comes next. */
enum sct_window_place { SCT_WINDOW_BEFORE, SCT_WINDOW_IN, SCT_WINDOW_BEHIND };

/* A GAP has the time of what is missing, and stands where the recorder came to know of that. */
static inline enum sct_window_place sct_window_place(struct sct_window *w, const struct sct_record *rec)
{
	bool timed = rec->hdr->type != SCTRACE_REC_GAP;

	w->begun = w->begun || !w->since || (timed && rec->hdr->time >= w->since);
	w->ended = w->ended || (w->begun && timed && rec->hdr->time >= w->until);
	return w->ended ? SCT_WINDOW_BEHIND : w->begun ? SCT_WINDOW_IN : SCT_WINDOW_BEFORE;
}

int sct_window_seek(struct sct_session *s, uint64_t since, uint64_t until, struct sct_file_fault *before);

/* session.c: sct_file_seek() and sct_file_span() of its files. */
int sct_session_seek(struct sct_session *s, uint64_t time, size_t before);
bool sct_session_span(struct sct_session *s, uint64_t *end, uint64_t *lost);

#endif
