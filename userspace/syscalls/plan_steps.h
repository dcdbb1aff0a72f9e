/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a row to the steps of its plan. */
#ifndef SCT_PLAN_STEPS_H
#define SCT_PLAN_STEPS_H

#include "plan.h"

int sct_plan_add_steps(struct sct_plan_set *set, unsigned int abi, unsigned int nr, const struct sct_row *row);

#endif
