/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plans of another reader, by which records were made. */
#ifndef SCT_PLAN_MATCH_H
#define SCT_PLAN_MATCH_H

#include "plan.h"

unsigned int sct_plan_set_match(struct sct_plan_set *set, const struct sctrace_plan *plans, uint32_t nr_plans,
				const struct sctrace_step *steps, const char **example);

#endif
