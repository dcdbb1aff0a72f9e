/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Classic BPF with labels. Its conditional jumps reach 255 instructions and its JA everything, so
 * a conditional jump that goes farther gets a JA behind it that it jumps to.
 */
#include <errno.h>
#include <stdlib.h>

#include "emit.h"

#define NEAR 255

/* Room for one more in an array. */
static bool grow(struct sct_code *code, void **array, size_t n, size_t *max, size_t size)
{
	void *more;

	if (n < *max)
		return true;
	more = realloc(*array, (*max * 2 + 64) * size);
	if (!more) {
		code->failed = true;
		return false;
	}
	*array = more;
	*max = *max * 2 + 64;
	return true;
}

/* A label, to be placed once. */
int sct_code_label(struct sct_code *code)
{
	if (!grow(code, (void **)&code->labels, code->nr_labels, &code->max_labels, sizeof(*code->labels)))
		return 0;
	return code->nr_labels++;
}

/* The label is what comes next. */
void sct_code_place(struct sct_code *code, int label)
{
	if (!code->failed)
		code->labels[label] = code->n;
}

static void put(struct sct_code *code, struct sct_insn insn)
{
	if (grow(code, (void **)&code->insns, code->n, &code->max, sizeof(*code->insns)))
		code->insns[code->n++] = insn;
}

void sct_code_put(struct sct_code *code, uint16_t what, uint32_t k)
{
	put(code, (struct sct_insn) { .code = what, .k = k });
}

/* test: BPF_JEQ and so on, with k; BPF_JA: to yes, always. */
void sct_code_jump(struct sct_code *code, uint16_t test, uint32_t k, int yes, int no)
{
	put(code, (struct sct_insn) { .code = BPF_JMP | test | BPF_K, .k = k, .yes = yes, .no = no });
}

static bool is_jump(const struct sct_insn *insn)
{
	return BPF_CLASS(insn->code) == BPF_JMP;
}

static bool is_test(const struct sct_insn *insn)
{
	return is_jump(insn) && BPF_OP(insn->code) != BPF_JA;
}

/* Which of a test's two ways need a JA. */
struct reach {
	bool yes, no;
};

/* How many instructions it becomes. */
static size_t length(const struct reach *reach)
{
	return 1 + reach->yes + reach->no;
}

/* Jumps that are far stay so when others grow: in the end nothing changes. */
static void find_reaches(const struct sct_code *code, struct reach *reach, size_t *at)
{
	bool changed;
	size_t i;

	do {
		changed = false;
		for (i = 0; i < code->n; i++)
			at[i + 1] = at[i] + length(&reach[i]);
		for (i = 0; i < code->n; i++) {
			const struct sct_insn *insn = &code->insns[i];

			if (!is_test(insn))
				continue;
			if (!reach[i].yes && at[code->labels[insn->yes]] - at[i] - 1 > NEAR)
				changed = reach[i].yes = true;
			if (!reach[i].no && at[code->labels[insn->no]] - at[i] - 1 > NEAR)
				changed = reach[i].no = true;
		}
	} while (changed);
}

static void write_out(const struct sct_code *code, const struct reach *reach, const size_t *at,
		      struct sock_filter *out)
{
	size_t i;

	for (i = 0; i < code->n; i++) {
		const struct sct_insn *insn = &code->insns[i];
		struct sock_filter *to = out + at[i];
		size_t yes, no, ja = at[i] + 1;

		*to = (struct sock_filter) { .code = insn->code, .k = insn->k };
		if (!is_jump(insn))
			continue;
		yes = at[code->labels[insn->yes]];
		if (!is_test(insn)) {
			to->k = yes - at[i] - 1;
			continue;
		}
		no = at[code->labels[insn->no]];
		if (reach[i].yes) {
			out[ja] = (struct sock_filter) { .code = BPF_JMP | BPF_JA, .k = yes - ja - 1 };
			yes = ja++;
		}
		if (reach[i].no) {
			out[ja] = (struct sock_filter) { .code = BPF_JMP | BPF_JA, .k = no - ja - 1 };
			no = ja;
		}
		to->jt = yes - at[i] - 1;
		to->jf = no - at[i] - 1;
	}
}

/* The program, which is the caller's to free, and its length. 0 or -ENOMEM. *code is no more. */
int sct_code_finish(struct sct_code *code, struct sock_filter **insns, uint32_t *n)
{
	struct reach *reach = calloc(code->n + 1, sizeof(*reach));
	size_t *at = calloc(code->n + 1, sizeof(*at));

	*insns = NULL;
	if (reach && at && !code->failed) {
		find_reaches(code, reach, at);
		*n = at[code->n];
		*insns = calloc(*n + 1, sizeof(**insns));
		if (*insns)
			write_out(code, reach, at, *insns);
	}
	free(reach);
	free(at);
	free(code->insns);
	free(code->labels);
	*code = (struct sct_code) { 0 };
	return *insns ? 0 : -ENOMEM;
}
