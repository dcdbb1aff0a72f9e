/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where to begin to read for a part of a recording. What comes before it is needed only for the calls that are under
 * way as it begins, of tasks of which something is in it. So it is read once to see which tasks begin with something
 * else than a call of theirs; then frames before it are read, ever more, until of all these there is a beginning.
 */
#include <errno.h>
#include <search.h>
#include <stdlib.h>

#include "window.h"

/* ---- sets of tasks ---- */

static int compare(const void *a, const void *b)
{
	return (uintptr_t)a < (uintptr_t)b ? -1 : (uintptr_t)a > (uintptr_t)b;
}

/* A set is a tree of tsearch(3), whose keys are the numbers themselves. */
static void *key_of(uint32_t tid)
{
	return (void *)(uintptr_t)tid;
}

static bool has(void *const *set, uint32_t tid)
{
	return tfind(key_of(tid), set, compare);
}

/* false: memory is short. */
static bool put(void **set, uint32_t tid)
{
	return tsearch(key_of(tid), set, compare);
}

static void leave(void *key)
{
	(void)key;
}

static void clear(void **set)
{
	tdestroy(*set, leave);
	*set = NULL;
}

/* ---- what the part needs ---- */

struct needs {
	void *met;			/* tasks that had a record in the part */
	uint32_t *tids;			/* of these, those whose call began before it */
	size_t nr, room;
};

static bool need(struct needs *needs, uint32_t tid)
{
	if (needs->nr == needs->room) {
		size_t room = needs->room ? 2 * needs->room : 64;
		uint32_t *tids = realloc(needs->tids, room * sizeof(*tids));

		if (!tids)
			return false;
		needs->tids = tids;
		needs->room = room;
	}
	needs->tids[needs->nr++] = tid;
	return true;
}

/* The task has a record. alone: it is one that needs none before it. */
static bool meet(struct needs *needs, uint32_t tid, bool alone)
{
	return has(&needs->met, tid) || (put(&needs->met, tid) && (alone || need(needs, tid)));
}

/* Whatever the task has done before, the record is understood. What a CALL made of its task came after it began. */
static bool begins(const struct sct_record *rec, uint64_t since)
{
	return rec->hdr->type == SCTRACE_REC_ENTER || (rec->hdr->type == SCTRACE_REC_CALL && rec->entered >= since);
}

static bool note_need(struct needs *needs, const struct sct_record *rec, uint64_t since)
{
	const struct sctrace_hdr *hdr = rec->hdr;

	switch (hdr->type) {
	case SCTRACE_REC_GAP:
		return true;
	case SCTRACE_REC_EXEC:
		/* Whoever called it goes on under this number. */
		return meet(needs, ((const struct sctrace_rec_exec *)hdr)->old_tid, false) &&
		       meet(needs, hdr->tid, true);
	case SCTRACE_REC_FORK:
		return meet(needs, hdr->tid, false) &&
		       meet(needs, ((const struct sctrace_rec_fork *)hdr)->child_tid, true);
	default:
		return meet(needs, hdr->tid, begins(rec, since));
	}
}

/* 1: something is needed. 0. -ENOMEM. What is wrong with the file is told when it is read. */
static int find_needs(struct sct_session *s, struct sct_window w, struct needs *needs)
{
	struct sct_record rec;

	while (sct_next(s, &rec) > 0) {
		enum sct_window_place place = sct_window_place(&w, &rec);

		if (place == SCT_WINDOW_BEHIND)
			break;
		if (place == SCT_WINDOW_IN && !note_need(needs, &rec, w.since))
			return -ENOMEM;
	}
	return needs->nr > 0;
}

/* ---- where that is ---- */

/* What a record of before the part says: of which tasks the call is known that they are in, if any. */
static bool learn(void **known, const struct sct_record *rec)
{
	const struct sctrace_hdr *hdr = rec->hdr;
	uint32_t old;

	switch (hdr->type) {
	case SCTRACE_REC_ENTER:
	case SCTRACE_REC_CALL:
	case SCTRACE_REC_TASK_EXIT:
		return put(known, hdr->tid);
	case SCTRACE_REC_FORK:
		return true;
	case SCTRACE_REC_EXEC:
		old = ((const struct sctrace_rec_exec *)hdr)->old_tid;
		if (old == hdr->tid)
			return true;
		if (has(known, old))
			return put(known, hdr->tid);
		tdelete(key_of(hdr->tid), known, compare);
		return true;
	default:
		return true;
	}
}

/* 1: from where the files are, all that is needed comes before the part. 0. -EPROTO: damage does. -ENOMEM. */
static int has_needs(struct sct_session *s, struct sct_window w, const struct needs *needs)
{
	void *known = NULL;
	struct sct_record rec;
	bool fits = true;
	size_t i = 0;

	while (fits && sct_next(s, &rec) > 0 && sct_window_place(&w, &rec) == SCT_WINDOW_BEFORE)
		fits = learn(&known, &rec);
	while (fits && i < needs->nr && has(&known, needs->tids[i]))
		i++;
	clear(&known);
	if (!fits)
		return -ENOMEM;
	return sct_file_fault(s).path && !w.begun ? -EPROTO : i == needs->nr;
}

/* Return: as sct_window_seek(). */
static int seek_needs(struct sct_session *s, const struct sct_window *w, const struct needs *needs,
		      struct sct_file_fault *fault)
{
	size_t before = 0, sound = 0;
	int ret, found;

	do {
		ret = sct_session_seek(s, w->since, before);
		found = ret < 0 ? ret : has_needs(s, *w, needs);
		if (found == -EPROTO && before) {
			/* The part itself is sound. */
			*fault = sct_file_fault(s);
			return sct_session_seek(s, w->since, sound);
		}
		if (found < 0 && found != -EPROTO)
			return found;
		sound = before;
		/* So little is read twice. */
		before = before ? 4 * before : 1;
	} while (!found && ret > 0);
	return sct_session_seek(s, w->since, sound);
}

/*
 * Files are read from where the part, and all that it needs, is there: what comes before the part is the caller's to
 * leave out, by sct_window_place(). 1; 0: that is the beginning, or they cannot be sought in. -EPROTO: sct_file_fault().
 * Another negative errno. *before: damage that keeps calls from being known that had begun before the part; or none.
 */
int sct_window_seek(struct sct_session *s, uint64_t since, uint64_t until, struct sct_file_fault *before)
{
	struct sct_window w = { .since = since, .until = until };
	struct needs needs = { 0 };
	int ret = sct_session_seek(s, since, 0);

	*before = (struct sct_file_fault) { 0 };
	if (ret > 0) {
		ret = find_needs(s, w, &needs);
		if (ret >= 0)
			ret = ret ? seek_needs(s, &w, &needs, before) : sct_session_seek(s, since, 0);
	}
	clear(&needs.met);
	free(needs.tids);
	return ret == -ESPIPE ? 0 : ret;
}
