/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sets of calls, as strace's trace= spells them. */
#ifndef SCT_FILTER_SET_H
#define SCT_FILTER_SET_H

#include <stdbool.h>

#include <uapi/sctrace.h>

#include "fault.h"
#include "syscall_table.h"

/* The last bit of a set of calls, for what has no number of its own there. */
#define SCT_SET_OTHERS (SCTRACE_MAX_NR - 1)

struct sct_set {
	__u64 calls[SCTRACE_ABI_COUNT][16]; /* as in struct sctrace_filter */
	uint8_t sigreturns[SCTRACE_ABI_COUNT];
	/* As calls: those of which not all are wanted that are made through them (socketcall). */
	__u64 partly[SCTRACE_ABI_COUNT][16];
	struct sct_set_spec *spec;
};

void sct_set_all(struct sct_set *set);
int sct_set_parse(struct sct_set *set, const char *text, struct sct_fault *fault);
bool sct_set_wants(const struct sct_set *set, unsigned int abi, const struct sct_row *variant);
bool sct_set_is_negated(const struct sct_set *set);
void sct_set_free(struct sct_set *set);

static inline bool sct_set_has(const __u64 words[16], unsigned int nr)
{
	return words[nr / 64] >> nr % 64 & 1;
}

#endif
