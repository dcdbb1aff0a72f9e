/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the rows to capture plans, and from a record's pieces back to what they are of. */
#ifndef SCT_PLAN_H
#define SCT_PLAN_H

#include <uapi/sctrace.h>

#include "syscall_table.h"

struct sct_plan_options {
	unsigned int string_limit;	/* bytes of what is no file name, and elements of arrays; at most 32767 */
	bool verbose;			/* nothing is abbreviated */
	bool fd_paths;			/* what descriptors refer to */
	bool paths;			/* what the filter's paths are compared with */
};

/* One call's plan, as the decoder needs it. */
struct sct_plan {
	const struct sct_row *row;	/* NULL: no row has this number */
	const struct sct_row *outer;	/* the row whose .inside is row; NULL: row is the call's own */
	uint8_t abi;			/* one bit of enum sct_abi */
	uint8_t nr_steps;
	const struct sctrace_step *steps;
	const uint8_t *args;		/* of each step: the argument that it belongs to; 6: the result */
};

#define SCT_NO_STEP 0xff

/* All rows' plans, as SCTRACE_IOC_CONFIG wants them. */
struct sct_plan_set {
	struct sct_plan_options options;
	struct sctrace_plan *plans;	/* those of one call lie together, the general one first */
	const struct sct_row **rows;	/* of each plan */
	uint32_t nr_plans;
	uint32_t max_plans;
	struct sctrace_step *steps;
	uint8_t *args;			/* of each step */
	uint32_t nr_steps;
	uint32_t max_steps;
	uint16_t first[SCTRACE_ABI_COUNT][SCTRACE_MAX_NR]; /* of a call's plans, from 1; 0: it has none */
};

int sct_plan_set_build(struct sct_plan_set *set, const struct sct_plan_options *options);
void sct_plan_set_free(struct sct_plan_set *set);
void sct_plan_find(struct sct_plan *plan, const struct sct_plan_set *set, unsigned int abi, uint64_t nr,
		   const uint64_t *args, unsigned int nr_args);

#endif
