/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tasks are called, as far as it can be known: struct sct_task's .comm. */
#ifndef SCT_COMM_H
#define SCT_COMM_H

#include "pair.h"
#include "plan.h"
#include "text.h"

struct sct_comms {
	bool wanted;
	struct sct_tasks *tasks;
	const struct sct_plan_set *plans; /* by which the trace is recorded */
	const char *root;		/* of the /proc that knows these tasks: "", this machine's; NULL: none does */
};

void sct_comms_before(const struct sct_comms *c, const struct sct_event *event);
void sct_comms_after(const struct sct_comms *c, const struct sct_event *event);
void sct_comms_process(const struct sct_comms *c, const struct sct_task *task, char comm[SCT_COMM_BYTES]);
bool sct_comms_executes(const struct sct_call *call);
bool sct_comms_is_pid(const struct sct_row *row);

/* "<cat>" behind a number; nothing if it is not known what it is called. */
void sct_comm_put(struct sct_text *text, struct sct_tasks *tasks, int32_t tid);

#endif
