/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records to events: entry and return of a call brought together, tasks kept. */
#ifndef SCT_PAIR_H
#define SCT_PAIR_H

#include "task.h"

struct sct_event {
	const struct sct_record *rec;
	struct sct_pieces late;		/* EXIT, CALL: what was read after it */
	struct sct_task *task;		/* whose record it is; NULL for GAP */
	bool orphan;			/* EXIT: the entry was not seen */
	bool abandoned;			/* ENTER, CALL: the return of the task's call before was not seen */
	bool abi_changed;		/* ENTER, CALL: the task's call before was of another ABI */
	bool whole;			/* EXIT: of its call nothing was shown at the entry */
	bool again;			/* an event of before: the record itself is still to be given */
	struct sct_record held;		/* for rec, if it is a record of before */
};

int sct_pair(struct sct_tasks *tasks, const struct sct_record *rec, struct sct_event *event);
int sct_pair_rest(struct sct_tasks *tasks, struct sct_event *event);
void sct_pair_done(struct sct_tasks *tasks, const struct sct_event *event);

#endif
