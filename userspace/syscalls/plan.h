/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the rows to capture plans, and from a record's pieces back to what they are of. */
#ifndef SCT_PLAN_H
#define SCT_PLAN_H

#include <uapi/sctrace.h>

#include "syscall_table.h"

struct sct_netlink_fds;
struct sct_tasks;

/* What can be shown of a descriptor. */
#define SCT_FD_PATH	0x01
#define SCT_FD_SOCKET	0x02
#define SCT_FD_DEV	0x04
#define SCT_FD_PIDFD	0x08
#define SCT_FD_ALL	0x0f
#define SCT_FD_NOTHING	0x80		/* of what was recorded */

struct sct_plan_options {
	unsigned int string_limit;	/* bytes of what is no file name, and elements of arrays; at most 32767 */
	bool verbose;			/* nothing is abbreviated */
	bool fd_paths;			/* what descriptors refer to */
	bool fd_details;		/* with .fd_paths: and what that is besides its path */
	uint8_t fds_shown;		/* SCT_FD_*: what of that is shown; 0: all that there is */
	bool paths;			/* what the filter's paths are compared with */
	bool data;			/* all that is read and written: SCTRACE_STEP_MAX_BYTES of it */
	/* How calls are shown. By ABI, a bit a call. */
	bool by_set;			/* one of these sets is there */
	const __u64 (*abbrev)[16];	/* all others are as if .verbose were true; NULL: it is for all */
	const __u64 (*raw)[16];		/* of these, all arguments are numbers; NULL: of none */
	const __u64 (*followed)[16];	/* of these, pointers to structs are followed; NULL: of all */
	/* Prints what a task is called, behind its number; NULL: nothing. */
	void (*comm)(struct sct_text *text, struct sct_tasks *tasks, int32_t tid);
	struct sct_tasks *tasks;	/* for it */
	struct sct_netlink_fds *netlink; /* of descriptors that the trace has seen made; NULL: they are not kept */
	bool counted;			/* calls are only counted: nothing is copied but what says which call it is */
	bool images;			/* with .counted: and which program is executed */
	bool ips;			/* where in its program the task is */
	unsigned int stack_bytes;	/* what unwinding takes, and so much of the stack; 0: nothing */
};

/* One call's plan, as the decoder needs it. */
struct sct_plan {
	const struct sct_row *row;	/* NULL: no row has this number */
	const struct sct_row *outer;	/* the row whose .inside is row; NULL: row is the call's own */
	uint8_t abi;			/* one bit of enum sct_abi */
	uint8_t nr_steps;
	const struct sctrace_step *steps;
	const uint8_t *args;		/* of each step: the argument that it belongs to; 6: the result; SCT_OF_TASK */
};

/* The step is not of what the call is given, but of the task that makes it. */
#define SCT_OF_TASK (SCT_MAX_ARGS + 1)

#define SCT_NO_STEP 0xff

/* All rows' plans, as SCTRACE_IOC_CONFIG wants them. */
struct sct_plan_set {
	struct sct_plan_options options;
	struct sct_plan_options full;	/* the same with .verbose: of calls that are not in .abbrev */
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

static inline bool sct_plan_has(const __u64 (*calls)[16], unsigned int abi, uint64_t nr)
{
	return abi < SCTRACE_ABI_COUNT && nr < SCTRACE_MAX_NR && calls[abi][nr / 64] >> nr % 64 & 1;
}

/* What is for one call. */
static inline const struct sct_plan_options *sct_plan_options_of(const struct sct_plan_set *set, unsigned int abi,
								 uint64_t nr)
{
	return set->options.abbrev && !sct_plan_has(set->options.abbrev, abi, nr) ? &set->full : &set->options;
}

int sct_plan_set_build(struct sct_plan_set *set, const struct sct_plan_options *options);
void sct_plan_set_free(struct sct_plan_set *set);
void sct_plan_find(struct sct_plan *plan, const struct sct_plan_set *set, unsigned int abi, uint64_t nr,
		   const uint64_t *args, unsigned int nr_args);

#endif
