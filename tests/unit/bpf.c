// SPDX-License-Identifier: GPL-2.0-or-later
/* What the kernel takes of classic BPF for a filter, and nothing else: any other instruction fails the test. */
#include "bpf.h"
#include "made.h"

static bool holds(uint16_t op, uint32_t a, uint32_t k)
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
		fail_msg("jump %#x", op);
		return false;
	}
}

static uint32_t load(const struct sctrace_filter_data *data, uint32_t offset)
{
	uint32_t word;

	assert_int_equal(offset % 4, 0);
	assert_true(offset + 4 <= sizeof(*data));
	memcpy(&word, (const uint8_t *)data + offset, 4);
	return word;
}

/* What it returns. */
uint32_t bpf_run(const struct sock_filter *insns, uint32_t n, const struct sctrace_filter_data *data)
{
	uint32_t pc = 0, a = 0;

	assert_true(n > 0 && n <= BPF_MAXINSNS);
	while (pc < n) {
		const struct sock_filter *i = &insns[pc++];

		switch (i->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			a = load(data, i->k);
			break;
		case BPF_LD | BPF_W | BPF_IMM:
			a = i->k;
			break;
		case BPF_ALU | BPF_AND | BPF_K:
			a &= i->k;
			break;
		case BPF_ALU | BPF_XOR | BPF_K:
			a ^= i->k;
			break;
		case BPF_ALU | BPF_ADD | BPF_K:
			a += i->k;
			break;
		case BPF_JMP | BPF_JA:
			pc += i->k;
			break;
		case BPF_RET | BPF_K:
			return i->k;
		default:
			if (BPF_CLASS(i->code) != BPF_JMP)
				fail_msg("instruction %#x", i->code);
			pc += holds(BPF_OP(i->code), a, i->k) ? i->jt : i->jf;
		}
	}
	fail_msg("ran over the end");
	return 0;
}
