/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A filter on records that were made without it: what the module would have recorded with it. */
#ifndef SCT_RECORDED_H
#define SCT_RECORDED_H

#include "task.h"

/* What is to be made of a record. */
enum sct_recorded_what {
	SCT_RECORDED_DROP,		/* nothing */
	SCT_RECORDED_SHOW,		/* what it means */
	SCT_RECORDED_KEEP,		/* it is part of a call of which nothing is shown so far, or at all */
};

/* Zeroed but for .filter, which is NULL: all records are wanted. */
struct sct_recorded {
	const struct sctrace_filter *filter;
	void *tree;			/* of tsearch(3): struct recorded_task, by tid */
	uint64_t wanted;		/* records, but for GAPs, that the module would have made */
};

const char *sct_recorded_lacks(const struct sctrace_filter *filter);
int sct_recorded_take(struct sct_recorded *r, const struct sct_record *rec);
void sct_recorded_free(struct sct_recorded *r);

#endif
