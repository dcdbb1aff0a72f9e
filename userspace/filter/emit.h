/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Classic BPF with labels, all of which lie ahead. */
#ifndef SCT_FILTER_EMIT_H
#define SCT_FILTER_EMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/filter.h>

struct sct_insn {
	uint16_t code;
	uint32_t k;
	int yes, no;			/* labels; of a JA: yes */
};

struct sct_code {
	struct sct_insn *insns;
	size_t n, max;
	size_t *labels;			/* the instruction that each stands at */
	size_t nr_labels, max_labels;
	bool failed;			/* memory was short */
};

int sct_code_label(struct sct_code *code);
void sct_code_place(struct sct_code *code, int label);
void sct_code_put(struct sct_code *code, uint16_t what, uint32_t k);
void sct_code_jump(struct sct_code *code, uint16_t test, uint32_t k, int yes, int no);
int sct_code_finish(struct sct_code *code, struct sock_filter **insns, uint32_t *n);

#endif
