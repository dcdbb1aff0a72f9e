/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which files the process of a call had mapped: what records say of it, kept with the call. */
#ifndef SCT_OUTPUT_STACK_MAPS_H
#define SCT_OUTPUT_STACK_MAPS_H

#include "pair.h"
#include "plan.h"
#include "task_maps.h"

int sct_stack_maps_event(struct sct_task_maps *all, const struct sct_plan_set *plans, const struct sct_record *rec,
			 const struct sct_event *event);

#endif
