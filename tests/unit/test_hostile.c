// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every decoder, on memory that a program has filled to confuse it: all plans of all ABIs, with pieces
 * of any length, content and flags. Each is decoded where AddressSanitizer sees every byte too many.
 */
#include <linux/audit.h>
#include <stdlib.h>

#include "arg.h"
#include "calls.h"
#include "made.h"
#include "stack.h"

#define ROUNDS 12

static uint64_t state64;
static struct sct_stacks *stacks;

/* The same numbers in each run: xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift"). */
static uint64_t any(void)
{
	state64 ^= state64 >> 12;
	state64 ^= state64 << 25;
	state64 ^= state64 >> 27;
	return state64 * 2685821657736338717ull;
}

/* Numbers that programs like: small ones, ones at the edge of a type, any. */
static uint64_t number(void)
{
	static const uint64_t edges[] = { 0, 1, 2, 3, 8, 16, 64, 4096, 0x7fffffff, 0x80000000, 0xffffffff,
					  0x7fffffffffffffff, 0x8000000000000000, UINT64_MAX };

	switch (any() % 4) {
	case 0:
		return any() % 40;
	case 1:
		return edges[any() % COUNT(edges)];
	case 2:
		return 1ull << any() % 64;
	default:
		return any();
	}
}

static void fill(uint8_t *bytes, size_t n)
{
	size_t i;
	uint64_t word;

	for (i = 0; i < n; i += 8) {
		word = number();
		memcpy(bytes + i, &word, n - i < 8 ? n - i : 8);
	}
}

/* Up to three pieces of some of the steps. */
static void add_pieces(struct made *m, const struct sctrace_plan *plan, const struct sctrace_step *steps)
{
	uint8_t bytes[320];
	unsigned int i, n;

	for (i = 0; i < plan->nr_steps; i++) {
		for (n = any() % 4; n && m->size < sizeof(m->bytes) - 1000; n--) {
			uint16_t len = any() % 3 ? any() % 64 : any() % sizeof(bytes);
			uint8_t flags = any() % 3 ? 0 : any() % 16;

			if (any() % 4 == 0 && steps[i].max <= sizeof(bytes))
				len = steps[i].max;
			fill(bytes, sizeof(bytes));
			made_piece(m, i, flags, any() % 2 ? len : number(), bytes, len);
		}
	}
}

/* Pieces in memory of exactly their size. */
static struct sct_pieces some_pieces(const struct sctrace_plan *plan, const struct sctrace_step *steps)
{
	struct sct_pieces pieces = { 0 };
	static struct made m;
	struct sct_record rec;
	uint8_t *copy;

	made_late(&m);
	add_pieces(&m, plan, steps);
	made_parse(&m, &rec);
	if (!rec.pieces.len)
		return pieces;
	copy = malloc(rec.pieces.len);
	assert_non_null(copy);
	memcpy(copy, rec.pieces.bytes, rec.pieces.len);
	return (struct sct_pieces) { copy, rec.pieces.len };
}

static void print(const struct sct_plan_set *set, const struct sct_call *call, const struct sct_record *exit,
		  struct sct_pieces late)
{
	const struct sct_stack *stack;
	struct sct_text text = { 0 };
	struct sct_known known;
	unsigned int i;

	sct_known_init(&known, set, call, exit, late);
	for (i = sct_arg_next(&known, 0); i < known.nr_args; i = sct_arg_next(&known, i + 1)) {
		if (!sct_arg_print(&text, &known, i))
			assert_null(exit);
	}
	if (exit)
		sct_result_print(&text, &known, known.plan.row, exit->result);
	stack = sct_stacks_of(stacks, &known);
	if (stack)
		sct_stack_print(&text, stack);
	sct_text_free(&text);
}

static void decode(const struct sct_plan_set *set, const struct sctrace_plan *plan)
{
	const struct sctrace_step *steps = set->steps + plan->first_step;
	struct sct_call call = { .nr = plan->nr, .abi = plan->abi, .nr_args = plan->nr_args };
	struct sct_record exit = { .result = any() % 4 ? number() : 0 };
	struct sct_pieces early = some_pieces(plan, steps), late = some_pieces(plan, steps);
	unsigned int i;

	for (i = 0; i < plan->nr_args; i++)
		call.args[i] = number();
	if (plan->select_mask)
		call.args[plan->select_arg] = plan->select_value;
	if (plan->abi == SCTRACE_ABI_COMPAT) {
		for (i = 0; i < plan->nr_args; i++)
			call.args[i] = (uint32_t)call.args[i];
	}
	exit.pieces = some_pieces(plan, steps);
	call.pieces = (struct sct_kept) { (uint8_t *)early.bytes, early.len, early.len };
	print(set, &call, NULL, (struct sct_pieces) { 0 });
	print(set, &call, &exit, late);
	free((void *)early.bytes);
	free((void *)exit.pieces.bytes);
	free((void *)late.bytes);
}

static void decode_all(uint32_t machine, const struct sct_plan_options *options)
{
	static const struct sct_stack_options how;
	struct sct_plan_set set;
	unsigned int round;
	uint32_t i;

	state64 = 88172645463325252ull;
	stacks = sct_stacks_new(&how);
	assert_int_equal(sct_calls_init(machine), 0);
	assert_int_equal(sct_plan_set_build(&set, options), 0);
	assert_true(set.nr_plans > 300);
	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < set.nr_plans; i++)
			decode(&set, &set.plans[i]);
	}
	sct_plan_set_free(&set);
	sct_stacks_free(stacks);
}

static void no_memory_confuses_a_decoder_of_x86_64(void **state)
{
	static const struct sct_plan_options options = { .string_limit = 32 };

	(void)state;
	decode_all(AUDIT_ARCH_X86_64, &options);
}

static void no_memory_confuses_a_decoder_of_arm64(void **state)
{
	static const struct sct_plan_options options = { .string_limit = 32 };

	(void)state;
	decode_all(AUDIT_ARCH_AARCH64, &options);
}

static void no_memory_confuses_a_decoder_that_abbreviates_nothing(void **state)
{
	static const struct sct_plan_options options = { .string_limit = 0, .verbose = true, .fd_paths = true,
		.fd_details = true, .ips = true, .stack_bytes = 1024 };

	(void)state;
	decode_all(AUDIT_ARCH_X86_64, &options);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_memory_confuses_a_decoder_of_x86_64),
		cmocka_unit_test(no_memory_confuses_a_decoder_of_arm64),
		cmocka_unit_test(no_memory_confuses_a_decoder_that_abbreviates_nothing),
	};

	return cmocka_run_group_tests_name("sctrace_hostile", tests, NULL, NULL);
}
