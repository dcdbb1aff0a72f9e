/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conditions to classic BPF. A condition is code that ends in one of two labels. That on a value of
 * certain calls first looks for the call, by ABI and then by halves of the numbers, as there may be
 * hundreds of them (all that take a descriptor).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <uapi/sctrace.h>

#include "cond.h"
#include "emit.h"

#define OFFSET(member) offsetof(struct sctrace_filter_data, member)

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LOW 0
#define HIGH 4
#else
#define LOW 4
#define HIGH 0
#endif

/* Results that are errors: from -4095 on. */
#define FIRST_ERROR 0xfffff001u

static void load(struct sct_code *code, uint32_t offset)
{
	sct_code_put(code, BPF_LD | BPF_W | BPF_ABS, offset);
}

static void go(struct sct_code *code, int label)
{
	sct_code_jump(code, BPF_JA, 0, label, label);
}

/* ---- comparing ---- */

static uint64_t ones(unsigned int bits)
{
	return bits == 64 ? UINT64_MAX : (1ull << bits) - 1;
}

/* Whether so many bits may hold the number, be they meant as signed or as unsigned. */
static bool has_room(unsigned int bits, struct sct_number number)
{
	if (number.negative)
		return ~number.bits <= ones(bits - 1);
	return number.bits <= ones(bits);
}

/* -1, 0, 1: below, within or above what the value can be. */
static int range_of(const struct sct_where *where, bool is_signed, struct sct_number number)
{
	if (number.negative)
		return is_signed && ~number.bits <= ones(where->bits - 1) ? 0 : -1;
	return number.bits > ones(where->bits - is_signed) ? 1 : 0;
}

static bool is_ordered(enum sct_op op)
{
	return op == SCT_LT || op == SCT_LE || op == SCT_GT || op == SCT_GE;
}

enum sct_foregone sct_compare_foregone(const struct sct_where *where, const struct sct_compare *compare)
{
	bool is_signed = where->is_signed && !compare->masked;
	size_t i;
	int range;

	if (compare->op == SCT_BITS)
		return compare->mask.bits & ones(where->bits) ? SCT_IS_OPEN : SCT_IS_NEVER;
	if (!is_ordered(compare->op)) {
		for (i = 0; i < compare->nr_numbers; i++) {
			if (has_room(where->bits, compare->numbers[i]))
				return SCT_IS_OPEN;
		}
		return compare->op == SCT_EQ ? SCT_IS_NEVER : SCT_IS_ALWAYS;
	}
	range = range_of(where, is_signed, compare->numbers[0]);
	if (!range)
		return SCT_IS_OPEN;
	return (range > 0) == (compare->op == SCT_LT || compare->op == SCT_LE) ? SCT_IS_ALWAYS : SCT_IS_NEVER;
}

/* Into A: the positive number of the error, or 0. */
static void load_errno(struct sct_code *code)
{
	int upper = sct_code_label(code), error = sct_code_label(code), none = sct_code_label(code),
	    done = sct_code_label(code);

	load(code, OFFSET(result) + HIGH);
	sct_code_jump(code, BPF_JEQ, UINT32_MAX, upper, none);
	sct_code_place(code, upper);
	load(code, OFFSET(result) + LOW);
	sct_code_jump(code, BPF_JGE, FIRST_ERROR, error, none);
	sct_code_place(code, error);
	sct_code_put(code, BPF_ALU | BPF_XOR | BPF_K, UINT32_MAX);
	sct_code_put(code, BPF_ALU | BPF_ADD | BPF_K, 1);
	go(code, done);
	sct_code_place(code, none);
	sct_code_put(code, BPF_LD | BPF_W | BPF_IMM, 0);
	sct_code_place(code, done);
}

/* Into A: 32 bits of the value, what does not count of them being 0. */
static void load_word(struct sct_code *code, const struct sct_where *where, bool high, uint32_t mask)
{
	if (where->is_errno)
		load_errno(code);
	else
		load(code, high ? where->high : where->low);
	if (where->bits == 16)
		mask &= UINT16_MAX;
	if (mask != UINT32_MAX)
		sct_code_put(code, BPF_ALU | BPF_AND | BPF_K, mask);
}

static void compare_bits(struct sct_code *code, const struct sct_where *where, uint64_t mask, int yes, int no)
{
	int next = sct_code_label(code);

	mask &= ones(where->bits);
	if (where->bits == 64 && mask >> 32) {
		load_word(code, where, true, UINT32_MAX);
		sct_code_jump(code, BPF_JSET, mask >> 32, yes, next);
	}
	sct_code_place(code, next);
	load_word(code, where, false, UINT32_MAX);
	sct_code_jump(code, BPF_JSET, mask, yes, no);
}

static void compare_equal(struct sct_code *code, const struct sct_where *where, const struct sct_compare *compare,
			  uint64_t mask, int yes, int no)
{
	size_t i;

	if (where->bits < 64)
		load_word(code, where, false, mask);
	for (i = 0; i < compare->nr_numbers; i++) {
		uint64_t bits = compare->numbers[i].bits & ones(where->bits);
		int next = sct_code_label(code), low = sct_code_label(code);

		if (!has_room(where->bits, compare->numbers[i])) {
			sct_code_place(code, low);
		} else if (where->bits < 64) {
			sct_code_place(code, low);
			sct_code_jump(code, BPF_JEQ, bits, yes, next);
		} else {
			load_word(code, where, true, mask >> 32);
			sct_code_jump(code, BPF_JEQ, bits >> 32, low, next);
			sct_code_place(code, low);
			load_word(code, where, false, mask);
			sct_code_jump(code, BPF_JEQ, bits, yes, next);
		}
		sct_code_place(code, next);
	}
	go(code, no);
}

/* Whether it is more than the number, or with or_equal not less. Signed ones are moved up by half of their range. */
static void compare_more(struct sct_code *code, const struct sct_where *where, const struct sct_compare *compare,
			 uint64_t mask, bool or_equal, int yes, int no)
{
	uint32_t flip = where->is_signed && !compare->masked ? 0x80000000 : 0;
	uint64_t bits = compare->numbers[0].bits & ones(where->bits);
	uint16_t test = or_equal ? BPF_JGE : BPF_JGT;

	if (where->bits == 64) {
		int same = sct_code_label(code), low = sct_code_label(code);

		load_word(code, where, true, mask >> 32);
		if (flip)
			sct_code_put(code, BPF_ALU | BPF_XOR | BPF_K, flip);
		sct_code_jump(code, BPF_JGT, bits >> 32 ^ flip, yes, same);
		sct_code_place(code, same);
		sct_code_jump(code, BPF_JEQ, bits >> 32 ^ flip, low, no);
		sct_code_place(code, low);
		load_word(code, where, false, mask);
		sct_code_jump(code, test, bits, yes, no);
		return;
	}
	load_word(code, where, false, mask);
	if (flip)
		sct_code_put(code, BPF_ALU | BPF_XOR | BPF_K, flip);
	sct_code_jump(code, test, (uint32_t)bits ^ flip, yes, no);
}

static void put_compare(struct sct_code *code, const struct sct_where *where, const struct sct_compare *compare,
			int yes, int no)
{
	uint64_t mask = compare->masked ? compare->mask.bits : UINT64_MAX;

	switch (sct_compare_foregone(where, compare)) {
	case SCT_IS_NEVER:
		go(code, no);
		return;
	case SCT_IS_ALWAYS:
		go(code, yes);
		return;
	default:
		break;
	}
	switch (compare->op) {
	case SCT_BITS:
		compare_bits(code, where, compare->mask.bits, yes, no);
		break;
	case SCT_EQ:
		compare_equal(code, where, compare, mask, yes, no);
		break;
	case SCT_NE:
		compare_equal(code, where, compare, mask, no, yes);
		break;
	case SCT_GT:
	case SCT_GE:
		compare_more(code, where, compare, mask, compare->op == SCT_GE, yes, no);
		break;
	default:
		compare_more(code, where, compare, mask, compare->op == SCT_LT, no, yes);
		break;
	}
}

/* ---- finding the call ---- */

/* Spots of one call, which follow each other: any of them will do. */
struct group {
	const struct sct_spot *spots;
	size_t n;
	int label;
};

/* From a number on, the group that is looked at; NULL: none. */
struct run {
	uint32_t first;
	struct group *group;
};

struct finder {
	struct sct_code *code;
	const struct sct_compare *compare;
	struct group *groups;
	size_t nr_groups;
	struct run *runs;
	size_t nr_runs;
	int yes, no;
};

static bool is_same_call(const struct sct_spot *a, const struct sct_spot *b)
{
	return a->abi == b->abi && a->nr == b->nr;
}

/* Whether code for one of the groups will do for the other. */
static bool is_same_test(const struct group *a, const struct group *b)
{
	size_t i;

	for (i = 0; a->n == b->n && i < a->n; i++) {
		const struct sct_spot *x = &a->spots[i], *y = &b->spots[i];

		if (x->select_arg != y->select_arg || x->select_mask != y->select_mask ||
		    x->select_value != y->select_value || memcmp(&x->where, &y->where, sizeof(x->where)))
			return false;
	}
	return a->n == b->n;
}

/* The code of any number of groups that are the same is put once. */
static struct group *find_group(struct finder *f, const struct group *group)
{
	size_t i;

	for (i = 0; i < f->nr_groups; i++) {
		if (is_same_test(&f->groups[i], group))
			return &f->groups[i];
	}
	f->groups[f->nr_groups] = *group;
	f->groups[f->nr_groups].label = sct_code_label(f->code);
	return &f->groups[f->nr_groups++];
}

static void add_run(struct finder *f, uint32_t first, struct group *group)
{
	if (f->nr_runs && f->runs[f->nr_runs - 1].first == first)
		f->runs[f->nr_runs - 1].group = group;
	else
		f->runs[f->nr_runs++] = (struct run) { first, group };
	if (f->nr_runs > 1 && f->runs[f->nr_runs - 2].group == group)
		f->nr_runs--;
}

/* Runs of all calls of one ABI. Spots are sorted by call. */
static void make_runs(struct finder *f, const struct sct_spot *spots, size_t n)
{
	size_t i = 0, same;

	f->nr_runs = 0;
	add_run(f, 0, NULL);
	while (i < n) {
		struct group group = { .spots = &spots[i] }, *known;

		for (same = i; same < n && is_same_call(&spots[same], &spots[i]); same++)
			;
		group.n = same - i;
		known = find_group(f, &group);
		if (spots[i].nr == SCT_ANY_NR) {
			add_run(f, 0, known);
		} else {
			add_run(f, spots[i].nr, known);
			add_run(f, spots[i].nr + 1u, NULL);
		}
		i = same;
	}
}

static int label_of(const struct finder *f, const struct run *run)
{
	return run->group ? run->group->label : f->no;
}

/* Jumps to the group of the number in A, which is in one of the n runs. */
static void put_search(struct finder *f, const struct run *runs, size_t n)
{
	size_t half = n / 2;
	int below, above;

	if (n == 1) {
		go(f->code, label_of(f, runs));
		return;
	}
	if (n == 3 && runs[0].group == runs[2].group && runs[2].first == runs[1].first + 1) {
		sct_code_jump(f->code, BPF_JEQ, runs[1].first, label_of(f, &runs[1]), label_of(f, &runs[0]));
		return;
	}
	below = half > 1 ? sct_code_label(f->code) : label_of(f, &runs[0]);
	above = n - half > 1 ? sct_code_label(f->code) : label_of(f, &runs[half]);
	sct_code_jump(f->code, BPF_JGE, runs[half].first, above, below);
	if (half > 1) {
		sct_code_place(f->code, below);
		put_search(f, runs, half);
	}
	if (n - half > 1) {
		sct_code_place(f->code, above);
		put_search(f, runs + half, n - half);
	}
}

static void put_spot(struct finder *f, const struct sct_spot *spot, int no)
{
	int selected = sct_code_label(f->code);

	if (spot->select_mask) {
		load(f->code, OFFSET(args) + spot->select_arg * sizeof(uint64_t) + LOW);
		if (spot->select_mask != UINT32_MAX)
			sct_code_put(f->code, BPF_ALU | BPF_AND | BPF_K, spot->select_mask);
		sct_code_jump(f->code, BPF_JEQ, spot->select_value, selected, no);
	}
	sct_code_place(f->code, selected);
	if (spot->where.bits)
		put_compare(f->code, &spot->where, f->compare, f->yes, no);
	else
		go(f->code, f->yes);
}

static void put_group(struct finder *f, const struct group *group)
{
	size_t i;

	for (i = 0; i < group->n; i++) {
		bool last = i + 1 == group->n;
		int next = last ? f->no : sct_code_label(f->code);

		put_spot(f, &group->spots[i], next);
		if (!last)
			sct_code_place(f->code, next);
	}
}

static int compare_spots(const void *a, const void *b)
{
	const struct sct_spot *x = a, *y = b;

	if (x->abi != y->abi)
		return x->abi < y->abi ? -1 : 1;
	if (x->nr != y->nr)
		return x->nr < y->nr ? -1 : 1;
	return 0;
}

/* Code that looks at the numbers of one ABI. */
static void put_numbers(struct finder *f, const struct sct_spot *spots, size_t n)
{
	make_runs(f, spots, n);
	if (f->nr_runs > 1)
		load(f->code, OFFSET(nr));
	put_search(f, f->runs, f->nr_runs);
}

static void put_spots(struct finder *f, struct sct_spot *spots, size_t n)
{
	size_t i, end;
	int next;

	qsort(spots, n, sizeof(*spots), compare_spots);
	for (i = 0; i < n; i = end) {
		int here = sct_code_label(f->code);

		for (end = i; end < n && spots[end].abi == spots[i].abi; end++)
			;
		if (spots[i].abi == SCT_ANY_ABI) {
			sct_code_place(f->code, here);
			put_numbers(f, spots + i, end - i);
			continue;
		}
		next = end < n ? sct_code_label(f->code) : f->no;
		load(f->code, OFFSET(abi));
		sct_code_jump(f->code, BPF_JEQ, spots[i].abi, here, next);
		sct_code_place(f->code, here);
		put_numbers(f, spots + i, end - i);
		if (end < n)
			sct_code_place(f->code, next);
	}
	if (!n)
		go(f->code, f->no);
	for (i = 0; i < f->nr_groups; i++) {
		sct_code_place(f->code, f->groups[i].label);
		put_group(f, &f->groups[i]);
	}
}

static void put_find(struct sct_code *code, const struct sct_cond *cond, int yes, int no)
{
	struct finder f = {
		.code = code,
		.compare = &cond->compare,
		.groups = calloc(cond->nr_spots + 1, sizeof(*f.groups)),
		.runs = calloc(2 * cond->nr_spots + 2, sizeof(*f.runs)),
		.yes = yes,
		.no = no,
	};

	if (f.groups && f.runs)
		put_spots(&f, cond->spots, cond->nr_spots);
	else
		code->failed = true;
	free(f.groups);
	free(f.runs);
}

/* ---- the whole ---- */

static void put_cond(struct sct_code *code, const struct sct_cond *cond, int yes, int no)
{
	int next;

	switch (cond->kind) {
	case SCT_COND_AND:
		next = sct_code_label(code);
		put_cond(code, cond->left, next, no);
		sct_code_place(code, next);
		put_cond(code, cond->right, yes, no);
		break;
	case SCT_COND_OR:
		next = sct_code_label(code);
		put_cond(code, cond->left, yes, next);
		sct_code_place(code, next);
		put_cond(code, cond->right, yes, no);
		break;
	case SCT_COND_NOT:
		put_cond(code, cond->left, no, yes);
		break;
	default:
		put_find(code, cond, yes, no);
		break;
	}
}

/*
 * The program that returns 1 where the condition holds and 0 where not, for the caller to free. 0;
 * -ENOMEM; -E2BIG: *n instructions are more than the kernel takes.
 */
int sct_program_make(const struct sct_cond *cond, struct sock_filter **insns, uint32_t *n)
{
	struct sct_code code = { 0 };
	int yes = sct_code_label(&code), no = sct_code_label(&code);
	int err;

	put_cond(&code, cond, yes, no);
	sct_code_place(&code, yes);
	sct_code_put(&code, BPF_RET | BPF_K, 1);
	sct_code_place(&code, no);
	sct_code_put(&code, BPF_RET | BPF_K, 0);
	err = sct_code_finish(&code, insns, n);
	if (err || *n <= BPF_MAXINSNS)
		return err;
	free(*insns);
	*insns = NULL;
	return -E2BIG;
}
