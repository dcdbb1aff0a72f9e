/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a call's number to its row, and from the rows to capture plans. */
#ifndef SCT_CALLS_H
#define SCT_CALLS_H

#include <stdbool.h>

#include <uapi/sctrace.h>

#include "syscall_table.h"

int sct_calls_init(uint32_t audit_arch);
const struct sct_row *sct_calls_find(unsigned int abi, uint64_t nr);
unsigned int sct_row_nr_args(const struct sct_row *row);

/* All rows' plans, as SCTRACE_IOC_CONFIG wants them. */
struct sct_plan_set {
	struct sctrace_plan *plans;
	uint32_t nr_plans;
	struct sctrace_step *steps;
	uint32_t nr_steps;
};

int sct_plan_set_build(struct sct_plan_set *set, unsigned int string_limit);
void sct_plan_set_free(struct sct_plan_set *set);

#endif
