// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Classic BPF: what the kernel refuses before and after it asks the module (bpf_check_classic() in net/core/filter.c),
 * and a run that looks at every access, which the kernel's machine code does not.
 */
#include <linux/filter.h>
#include <linux/uaccess.h>
#include <uapi/sctrace.h>

#include "input.h"
#include "kernel_api.h"

/* The module makes loads into this: the kernel's load from the context. */
#define LOAD_CONTEXT	(BPF_LDX | BPF_W | BPF_ABS)

struct bpf_prog {
	unsigned int n;
	struct sock_filter insns[];
};

static bool is_load(u16 code)
{
	switch (code) {
	case BPF_LD | BPF_W | BPF_ABS:
	case BPF_LD | BPF_H | BPF_ABS:
	case BPF_LD | BPF_B | BPF_ABS:
	case BPF_LD | BPF_W | BPF_IND:
	case BPF_LD | BPF_H | BPF_IND:
	case BPF_LD | BPF_B | BPF_IND:
	case BPF_LD | BPF_W | BPF_LEN:
	case BPF_LD | BPF_IMM:
	case BPF_LD | BPF_MEM:
	case BPF_LDX | BPF_W | BPF_LEN:
	case BPF_LDX | BPF_B | BPF_MSH:
	case BPF_LDX | BPF_IMM:
	case BPF_LDX | BPF_MEM:
		return true;
	default:
		return false;
	}
}

static bool code_allowed(u16 code)
{
	switch (BPF_CLASS(code)) {
	case BPF_LD:
	case BPF_LDX:
		return is_load(code);
	case BPF_ST:
	case BPF_STX:
		return code == BPF_ST || code == BPF_STX;
	case BPF_ALU:
		return code < 0x100 && BPF_OP(code) <= BPF_XOR && (BPF_OP(code) != BPF_NEG || BPF_SRC(code) == BPF_K);
	case BPF_JMP:
		return code < 0x100 && BPF_OP(code) <= BPF_JSET && (BPF_OP(code) != BPF_JA || BPF_SRC(code) == BPF_K);
	case BPF_RET:
		return code == (BPF_RET | BPF_K) || code == (BPF_RET | BPF_A);
	default:
		return code == (BPF_MISC | BPF_TAX) || code == (BPF_MISC | BPF_TXA);
	}
}

static bool insn_ok(const struct sock_filter *insn, unsigned int rest)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_ALU:
		if (BPF_SRC(insn->code) == BPF_X)
			return true;
		if (BPF_OP(insn->code) == BPF_DIV || BPF_OP(insn->code) == BPF_MOD)
			return insn->k;
		return (BPF_OP(insn->code) != BPF_LSH && BPF_OP(insn->code) != BPF_RSH) || insn->k < 32;
	case BPF_ST:
	case BPF_STX:
		return insn->k < BPF_MEMWORDS;
	case BPF_LD:
	case BPF_LDX:
		return BPF_MODE(insn->code) != BPF_MEM || insn->k < BPF_MEMWORDS;
	case BPF_JMP:
		if (BPF_OP(insn->code) == BPF_JA)
			return insn->k < rest;
		return insn->jt < rest && insn->jf < rest;
	default:
		return true;
	}
}

static bool all_ok(const struct sock_filter *insns, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (!code_allowed(insns[i].code) || !insn_ok(&insns[i], n - i - 1))
			return false;
	}
	return BPF_CLASS(insns[n - 1].code) == BPF_RET;
}

int bpf_prog_create_from_user(struct bpf_prog **to, struct sock_fprog *from,
			      int (*check)(struct sock_filter *insns, unsigned int n), bool save)
{
	size_t bytes = from->len * sizeof(*from->filter);
	struct bpf_prog *prog;
	int err = 0;

	(void)save;
	if (!from->filter || !from->len || from->len > BPF_MAXINSNS)
		return -EINVAL;
	prog = malloc(sizeof(*prog) + bytes);
	must(prog);
	prog->n = from->len;
	if (!access_ok(from->filter, bytes) || raw_copy_from_user(prog->insns, from->filter, bytes))
		err = -EFAULT;
	if (!err && !all_ok(prog->insns, prog->n))
		err = -EINVAL;
	if (!err)
		err = check(prog->insns, prog->n);
	if (err)
		free(prog);
	else
		*to = prog;
	return err;
}

void bpf_prog_destroy(struct bpf_prog *prog)
{
	free(prog);
}

static u32 calculate(u16 code, u32 a, u32 with)
{
	switch (BPF_OP(code)) {
	case BPF_ADD:
		return a + with;
	case BPF_SUB:
		return a - with;
	case BPF_MUL:
		return a * with;
	case BPF_DIV:
		return with ? a / with : 0;
	case BPF_MOD:
		return with ? a % with : 0;
	case BPF_AND:
		return a & with;
	case BPF_OR:
		return a | with;
	case BPF_XOR:
		return a ^ with;
	case BPF_LSH:
		return a << (with & 31);
	case BPF_RSH:
		return a >> (with & 31);
	default:
		must(BPF_OP(code) == BPF_NEG);
		return -a;
	}
}

static bool holds(u16 code, u32 a, u32 with)
{
	switch (BPF_OP(code)) {
	case BPF_JEQ:
		return a == with;
	case BPF_JGT:
		return a > with;
	case BPF_JGE:
		return a >= with;
	default:
		must(BPF_OP(code) == BPF_JSET);
		return a & with;
	}
}

struct machine {
	u32 a, x, memory[BPF_MEMWORDS];
};

static u32 load_context(const void *data, u32 offset)
{
	u32 word;

	must(offset % 4 == 0 && offset <= sizeof(struct sctrace_filter_data) - 4);
	memcpy(&word, (const u8 *)data + offset, 4);
	return word;
}

/* All but jumps and returns. */
static void step(struct machine *m, const struct sock_filter *i, const void *data)
{
	switch (i->code) {
	case LOAD_CONTEXT:
		m->a = load_context(data, i->k);
		break;
	case BPF_LD | BPF_IMM:
		m->a = i->k;
		break;
	case BPF_LD | BPF_MEM:
		m->a = m->memory[i->k];
		break;
	case BPF_LDX | BPF_IMM:
		m->x = i->k;
		break;
	case BPF_LDX | BPF_MEM:
		m->x = m->memory[i->k];
		break;
	case BPF_ST:
		m->memory[i->k] = m->a;
		break;
	case BPF_STX:
		m->memory[i->k] = m->x;
		break;
	case BPF_MISC | BPF_TAX:
		m->x = m->a;
		break;
	case BPF_MISC | BPF_TXA:
		m->a = m->x;
		break;
	default:
		must(BPF_CLASS(i->code) == BPF_ALU);
		m->a = calculate(i->code, m->a, BPF_SRC(i->code) == BPF_X ? m->x : i->k);
	}
}

u32 bpf_prog_run(const struct bpf_prog *prog, const void *data)
{
	struct machine m = { 0 };
	unsigned int pc = 0;

	for (;;) {
		const struct sock_filter *i = &prog->insns[pc++];

		must(pc <= prog->n);
		if (BPF_CLASS(i->code) == BPF_RET)
			return i->code == (BPF_RET | BPF_A) ? m.a : i->k;
		if (BPF_CLASS(i->code) != BPF_JMP)
			step(&m, i, data);
		else if (BPF_OP(i->code) == BPF_JA)
			pc += i->k;
		else
			pc += holds(i->code, m.a, BPF_SRC(i->code) == BPF_X ? m.x : i->k) ? i->jt : i->jf;
	}
}
