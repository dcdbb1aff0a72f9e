/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Classic BPF programs, as seccomp(2) and sockets take them: <linux/filter.h>. */
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "print.h"
#include "printers.h"

static void put_number(struct sct_text *text, uint32_t value)
{
	sct_text_putf(text, value ? "%#x" : "0", value);
}

/* One part of a code: its name, or its bits. first: nothing stands before it. */
static void put_part(struct sct_text *text, uint32_t value, const struct sct_xlat *xlat)
{
	sct_text_put(text, "|");
	sct_text_enum(text, value, xlat);
}

/* BPF_LD|BPF_W|BPF_ABS: which parts a code has depends on its class. */
static void put_code(struct sct_text *text, uint16_t code)
{
	uint32_t rest = code & ~0x7U;

	sct_text_enum(text, BPF_CLASS(code), &sct_xlat_bpf_classes);
	switch (BPF_CLASS(code)) {
	case BPF_LD:
	case BPF_LDX:
		put_part(text, BPF_SIZE(code), &sct_xlat_bpf_sizes);
		put_part(text, BPF_MODE(code), &sct_xlat_bpf_modes);
		rest = code & ~0xffU;
		break;
	case BPF_ALU:
	case BPF_JMP:
		put_part(text, BPF_SRC(code), &sct_xlat_bpf_sources);
		put_part(text, BPF_OP(code), BPF_CLASS(code) == BPF_ALU ? &sct_xlat_bpf_alu_ops : &sct_xlat_bpf_jump_ops);
		rest = code & ~0xffU;
		break;
	case BPF_RET:
		put_part(text, BPF_RVAL(code), &sct_xlat_bpf_values);
		rest = code & ~0x1fU;
		break;
	case BPF_MISC:
		put_part(text, BPF_MISCOP(code), &sct_xlat_bpf_misc_ops);
		rest = code & ~0xffU;
		break;
	}
	if (rest)
		sct_text_putf(text, "|%#x /* BPF_??? */", rest);
}

/* SECCOMP_RET_ERRNO|0x5 */
static void put_action(struct sct_text *text, uint32_t value)
{
	sct_text_enum(text, value & SECCOMP_RET_ACTION_FULL, &sct_xlat_seccomp_actions);
	if (value & SECCOMP_RET_DATA)
		sct_text_putf(text, "|%#x", value & SECCOMP_RET_DATA);
}

/* struct sock_filter: code, jt, jf, k. */
static void print_insn(struct sct_text *text, const struct sct_place *place, bool seccomp)
{
	uint16_t code = sct_member_value(place, 0);
	uint32_t jt = sct_member_value(place, 1), jf = sct_member_value(place, 2), k = sct_member_value(place, 3);

	sct_text_put(text, jt || jf ? "BPF_JUMP(" : "BPF_STMT(");
	put_code(text, code);
	sct_text_put(text, ", ");
	if (seccomp && BPF_CLASS(code) == BPF_RET && !jt && !jf)
		put_action(text, k);
	else
		put_number(text, k);
	if (jt || jf) {
		sct_text_put(text, ", ");
		put_number(text, jt);
		sct_text_put(text, ", ");
		put_number(text, jf);
	}
	sct_text_put(text, ")");
}

void sct_bpf_insn_print(struct sct_text *text, const struct sct_place *place)
{
	print_insn(text, place, false);
}

/* What such a program returns is an action. */
void sct_seccomp_insn_print(struct sct_text *text, const struct sct_place *place)
{
	print_insn(text, place, true);
}

/* struct sock_fprog: the program itself only if nothing is abbreviated. */
void sct_sock_fprog_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	sct_member_print(text, place, 0);
	sct_text_put(text, ", filter=");
	if (place->known->options->verbose)
		sct_member_value_print(text, place, 1);
	else
		sct_text_addr(text, sct_member_value(place, 1));
	sct_text_put(text, "}");
}
