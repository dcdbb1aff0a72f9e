/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls of which the module could not tell whether they access a path that is asked for. */
#ifndef SCT_FILTER_UNDECIDED_H
#define SCT_FILTER_UNDECIDED_H

#include "pair.h"
#include "plan.h"

bool sct_undecided_wanted(const struct sctrace_filter *filter, const struct sct_plan_set *set,
			  const struct sct_call *call, const struct sct_record *ret, struct sct_pieces late);
bool sct_undecided_take(const struct sctrace_filter *filter, const struct sct_plan_set *set, struct sct_event *event);

#endif
