/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The printer's place in one of several files. */
#include "stream.h"

/* Gives back what sct_stream_use() has taken. */
void sct_stream_leave(struct sct_strace *o)
{
	struct sct_stream *now = o->stream;

	if (!now)
		return;
	now->line = o->line;
	now->unseen = o->unseen;
	now->written = o->written;
	now->open_tid = o->open_tid;
	o->stream = NULL;
	o->line = (struct sct_text) { 0 };
	o->unseen = o->written = 0;
	o->open_tid = 0;
}

/* What comes of a task goes to its own file from here on. false: there is none, and o->separate says why. */
bool sct_stream_use(struct sct_strace *o, uint32_t tid)
{
	struct sct_stream *now;

	sct_stream_leave(o);
	o->stream = now = sct_separate_open(o->separate, tid);
	if (!now)
		return false;
	o->out = now->file;
	o->line = now->line;
	o->unseen = now->unseen;
	o->written = now->written;
	o->open_tid = now->open_tid;
	return true;
}
