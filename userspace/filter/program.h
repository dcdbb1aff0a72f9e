/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A condition on a call, and the classic BPF that it becomes: conditions are made with sct_cond_*()
 * and compiled by sct_program_make().
 */
#ifndef SCT_FILTER_PROGRAM_H
#define SCT_FILTER_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/filter.h>

/* A whole number of 65 bits: from -2^63 to 2^64 - 1. */
struct sct_number {
	uint64_t bits;			/* two's complement if it is negative */
	bool negative;
};

/* Where a value lies in struct sctrace_filter_data: the offsets of its words. */
struct sct_where {
	uint8_t low;
	uint8_t high;			/* only if .bits is 64 */
	uint8_t bits;			/* 16, 32 or 64 of it count */
	bool is_signed;
	bool is_errno;			/* what the result is the negative of; 0 if that is no error */
};

/* A call, by its ABI and number, and a value there. */
struct sct_spot {
	uint8_t abi;			/* enum sctrace_abi; SCT_ANY_ABI */
	uint16_t nr;			/* SCT_ANY_NR */
	/* Only if the lower word of argument .select_arg has .select_value in .select_mask. 0: always. */
	uint8_t select_arg;
	uint32_t select_mask;
	uint32_t select_value;
	struct sct_where where;		/* .bits of 0: no value, the call itself is what is asked for */
};

#define SCT_ANY_ABI 0xff
#define SCT_ANY_NR 0xfffe

enum sct_op { SCT_EQ, SCT_NE, SCT_LT, SCT_LE, SCT_GT, SCT_GE, SCT_BITS };

/* What a value is tested for. */
struct sct_compare {
	enum sct_op op;			/* BITS: has one of .mask */
	bool masked;			/* only the bits of .mask count; the value is unsigned then */
	struct sct_number mask;
	const struct sct_number *numbers; /* EQ and NE: any of them; else one */
	size_t nr_numbers;
};

struct sct_cond;

/* All are freed together. Zeroed: none. .failed: memory was short, and NULLs are among them. */
struct sct_conds {
	struct sct_cond *newest;
	bool failed;
	bool timed;			/* one asks for how long a call takes */
};

struct sct_cond *sct_cond_and(struct sct_conds *conds, struct sct_cond *a, struct sct_cond *b);
struct sct_cond *sct_cond_or(struct sct_conds *conds, struct sct_cond *a, struct sct_cond *b);
struct sct_cond *sct_cond_not(struct sct_conds *conds, struct sct_cond *a);
struct sct_cond *sct_cond_spots(struct sct_conds *conds, const struct sct_spot *spots, size_t n,
				const struct sct_compare *compare);
void sct_conds_free(struct sct_conds *conds);

/* What is known of a comparison without looking. */
enum sct_foregone { SCT_IS_OPEN, SCT_IS_NEVER, SCT_IS_ALWAYS };
enum sct_foregone sct_compare_foregone(const struct sct_where *where, const struct sct_compare *compare);

int sct_program_make(const struct sct_cond *cond, struct sock_filter **insns, uint32_t *n);

#endif
