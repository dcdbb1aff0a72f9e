/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file for each task, as many as there are: those not used lately are closed, and opened again to append to. What went
 * wrong with any of them is kept, for who asks.
 */
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "separate.h"

#define MAX_OPEN 256

/* <linux/threads.h> of the kernel: PID_MAX_LIMIT. */
#define MAX_TID (4u << 20)

struct sct_separate {
	char *path;			/* of all, but for ".TID" */
	bool append;
	void *streams;			/* of tsearch(3), by tid */
	struct sct_stream *newest, *oldest;
	unsigned int nr_open;
	unsigned int max_open;
	uint8_t *begun;			/* a bit for each tid that has a file: a number may be used again */
	int error;			/* the first, errno */
};

static int compare(const void *a, const void *b)
{
	const struct sct_stream *x = a, *y = b;

	return x->tid < y->tid ? -1 : x->tid > y->tid;
}

static void note_error(struct sct_separate *s)
{
	if (!s->error)
		s->error = errno ? errno : EIO;
}

/* NULL: memory is short. */
struct sct_separate *sct_separate_new(const char *path, bool append)
{
	struct sct_separate *s = calloc(1, sizeof(*s));
	struct rlimit limit;

	if (!s)
		return NULL;
	s->append = append;
	s->path = strdup(path);
	s->begun = calloc(1, MAX_TID / 8);
	s->max_open = MAX_OPEN;
	/* We have other files, too. */
	if (!getrlimit(RLIMIT_NOFILE, &limit) && limit.rlim_cur / 2 < s->max_open)
		s->max_open = limit.rlim_cur > 2 ? limit.rlim_cur / 2 : 1;
	if (s->path && s->begun)
		return s;
	sct_separate_free(s);
	return NULL;
}

/* ---- the list of open files ---- */

static void take_out(struct sct_separate *s, struct sct_stream *stream)
{
	*(stream->newer ? &stream->newer->older : &s->newest) = stream->older;
	*(stream->older ? &stream->older->newer : &s->oldest) = stream->newer;
}

static void put_first(struct sct_separate *s, struct sct_stream *stream)
{
	stream->newer = NULL;
	stream->older = s->newest;
	*(s->newest ? &s->newest->newer : &s->oldest) = stream;
	s->newest = stream;
}

static void close_file(struct sct_separate *s, struct sct_stream *stream)
{
	bool failed;

	if (!stream->file)
		return;
	take_out(s, stream);
	s->nr_open--;
	sct_text_write(&stream->line, &stream->written, stream->file);
	failed = ferror_unlocked(stream->file);
	if (fclose(stream->file) || failed)
		note_error(s);
	stream->file = NULL;
}

static FILE *open_file(struct sct_separate *s, uint32_t tid)
{
	uint8_t *begun = tid < MAX_TID ? &s->begun[tid / 8] : NULL, bit = 1 << tid % 8;
	bool again = s->append || (begun && *begun & bit);
	FILE *file = NULL;
	char *path;

	if (asprintf(&path, "%s.%u", s->path, tid) < 0)
		return NULL;
	file = fopen(path, again ? "ae" : "we");
	free(path);
	if (file && begun)
		*begun |= bit;
	return file;
}

/* ---- streams ---- */

static struct sct_stream *find(struct sct_separate *s, uint32_t tid)
{
	struct sct_stream key = { .tid = tid }, **found = tfind(&key, &s->streams, compare), *stream;

	if (found)
		return *found;
	stream = calloc(1, sizeof(*stream));
	if (!stream)
		return NULL;
	stream->tid = tid;
	if (tsearch(stream, &s->streams, compare))
		return stream;
	free(stream);
	return NULL;
}

/* The task's, ready to be written to. NULL: that cannot be, and sct_separate_error() says why. */
struct sct_stream *sct_separate_open(struct sct_separate *s, uint32_t tid)
{
	struct sct_stream *stream = find(s, tid);

	if (!stream) {
		note_error(s);
		return NULL;
	}
	if (stream->file) {
		take_out(s, stream);
		put_first(s, stream);
		return stream;
	}
	if (s->nr_open >= s->max_open)
		close_file(s, s->oldest);
	stream->file = open_file(s, tid);
	if (!stream->file) {
		note_error(s);
		return NULL;
	}
	put_first(s, stream);
	s->nr_open++;
	return stream;
}

static void free_stream(struct sct_separate *s, struct sct_stream *stream)
{
	close_file(s, stream);
	tdelete(stream, &s->streams, compare);
	sct_text_free(&stream->line);
	free(stream);
}

/* Nothing more comes of the task: its stream is gone. */
void sct_separate_close(struct sct_separate *s, uint32_t tid)
{
	struct sct_stream key = { .tid = tid }, **found = tfind(&key, &s->streams, compare);

	if (found)
		free_stream(s, *found);
}

struct visit {
	void (*visit)(struct sct_stream *stream, void *closure);
	void *closure;
};

static void visit_node(const void *node, VISIT when, void *closure)
{
	const struct visit *v = closure;

	if (when == postorder || when == leaf)
		v->visit(*(struct sct_stream *const *)node, v->closure);
}

/* Of each task that has not exited, also if its file is closed. */
void sct_separate_each(struct sct_separate *s, void (*visit)(struct sct_stream *stream, void *closure), void *closure)
{
	struct visit v = { visit, closure };

	twalk_r(s->streams, visit_node, &v);
}

/* ---- gaps ---- */

static void join(struct sct_gap *gap, const struct sct_gap *next)
{
	if (!gap->n) {
		*gap = *next;
		return;
	}
	gap->n += next->n;
	gap->lost += next->lost;
	if (next->since < gap->since)
		gap->since = next->since;
	if (next->until > gap->until)
		gap->until = next->until;
	if (next->cpu != gap->cpu)
		gap->cpu = UINT32_MAX;
	if (next->cause != gap->cause)
		gap->cause = UINT32_MAX;
}

static void join_missed(struct sct_stream *stream, void *closure)
{
	join(&stream->missed, closure);
}

/* Keeps it for each task that has a stream now. */
void sct_separate_put_gap(struct sct_separate *s, struct sct_gap gap)
{
	sct_separate_each(s, join_missed, &gap);
}

/* What there is, also of lines that wait for their end. */
void sct_separate_flush(struct sct_separate *s)
{
	struct sct_stream *stream;

	for (stream = s->newest; stream; stream = stream->older) {
		if (stream->open_tid)
			sct_text_write(&stream->line, &stream->written, stream->file);
		if (fflush_unlocked(stream->file) || ferror_unlocked(stream->file))
			note_error(s);
	}
}

/* errno of what could not be written; 0: all was. */
int sct_separate_error(const struct sct_separate *s)
{
	return s->error;
}

/* The same of all of them, to their ends. */
int sct_separate_free(struct sct_separate *s)
{
	int error;

	while (s->streams)
		free_stream(s, *(struct sct_stream **)s->streams);
	error = s->error;
	free(s->begun);
	free(s->path);
	free(s);
	return error;
}
