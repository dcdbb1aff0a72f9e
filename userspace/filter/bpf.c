/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a filter's program here, as the kernel does there: those instructions that program.c writes. */
#include <string.h>

#include <linux/filter.h>

#include "bpf.h"

static const struct sock_filter *program_of(const struct sctrace_filter *filter)
{
	return (const struct sock_filter *)(uintptr_t)filter->program;
}

static bool holds(unsigned int op, uint32_t a, uint32_t k)
{
	switch (op) {
	case BPF_JEQ:
		return a == k;
	case BPF_JGT:
		return a > k;
	case BPF_JGE:
		return a >= k;
	case BPF_JSET:
		return a & k;
	default:
		return true;
	}
}

static uint32_t load(const struct sctrace_filter_data *data, uint32_t offset)
{
	uint32_t word = 0;

	if (offset <= sizeof(*data) - sizeof(word))
		memcpy(&word, (const uint8_t *)data + offset, sizeof(word));
	return word;
}

/* Whether it looks at the word at this offset of struct sctrace_filter_data. */
bool sct_bpf_loads(const struct sctrace_filter *filter, uint32_t offset)
{
	uint32_t i;

	for (i = 0; i < filter->nr_insns; i++) {
		const struct sock_filter *insn = &program_of(filter)[i];

		if (insn->code == (BPF_LD | BPF_W | BPF_ABS) && insn->k == offset)
			return true;
	}
	return false;
}

/* Without a program, every call is wanted. */
bool sct_bpf_wants(const struct sctrace_filter *filter, const struct sctrace_filter_data *data)
{
	uint32_t pc = 0, a = 0;

	if (!filter->nr_insns)
		return true;
	while (pc < filter->nr_insns) {
		const struct sock_filter *insn = &program_of(filter)[pc++];

		switch (insn->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			a = load(data, insn->k);
			break;
		case BPF_LD | BPF_W | BPF_IMM:
			a = insn->k;
			break;
		case BPF_ALU | BPF_AND | BPF_K:
			a &= insn->k;
			break;
		case BPF_ALU | BPF_XOR | BPF_K:
			a ^= insn->k;
			break;
		case BPF_ALU | BPF_ADD | BPF_K:
			a += insn->k;
			break;
		case BPF_JMP | BPF_JA:
			pc += insn->k;
			break;
		case BPF_RET | BPF_K:
			return insn->k;
		default:
			pc += holds(BPF_OP(insn->code), a, insn->k) ? insn->jt : insn->jf;
		}
	}
	return false;
}
