// SPDX-License-Identifier: GPL-2.0-or-later
/* Cases of module/capture.c: steps whose address is an argument or the result. */
#include <fcntl.h>
#include <sys/mman.h>

#include "trial.h"

static void string_whole(void **state)
{
	struct trial t = { .args = { (uintptr_t)"eight by" } };

	(void)state;
	add_string(&t, 0, 4096);
	run(&t);
	assert_int_equal(t.nr_pieces, 1);
	expect(&t, 0, 0, 0, 8, "eight by", 8);
	assert_false(t.c.faulted);
	t.args[0] = (uintptr_t)"";
	run(&t);
	expect(&t, 0, 0, 0, 0, "", 0);
	done(&t);
}

static void string_cut(void **state)
{
	struct trial t = { .args = { (uintptr_t)"0123456789" } };

	(void)state;
	add_string(&t, 0, 10);
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, 0, "0123456789", 10);
	t.steps[0].max = 11;
	run(&t);
	expect(&t, 0, 0, 0, 10, "0123456789", 10);
	t.steps[0].max = 1;
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, 0, "0", 1);
	done(&t);
}

static void string_before_unmapped_page(void **state)
{
	struct trial t = { .args = { (uintptr_t)at_end("last\0", 5) } };

	(void)state;
	add_string(&t, 0, 4096);
	run(&t);
	expect(&t, 0, 0, 0, 4, "last", 4);
	assert_false(t.c.faulted);
	done(&t);
}

static void string_without_end(void **state)
{
	struct trial t = { .args = { (uintptr_t)at_end("last", 4) } };

	(void)state;
	add_string(&t, 0, 4096);
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_FAULT, 0, "", 0);
	assert_true(t.c.faulted);
	/* Cut before the end of the page, it never gets there. */
	t.steps[0].max = 4;
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, 0, "last", 4);
	assert_false(t.c.faulted);
	done(&t);
}

static void null_makes_no_piece(void **state)
{
	struct trial t = { .args = { 0, 0, 7 } };

	(void)state;
	add_string(&t, 0, 4096);
	add_fixed(&t, 0, 16);
	add_counted(&t, 1, 2, 1);
	add_vector(&t, 1, 8, 64);
	run(&t);
	assert_int_equal(t.nr_pieces, 0);
	assert_false(t.c.faulted);
	done(&t);
}

static void unreadable(void **state)
{
	struct trial t = { .args = { BAD, ~0UL, 7 } };

	(void)state;
	add_string(&t, 0, 4096);
	add_fixed(&t, 1, 16);
	add_counted(&t, 0, 2, 3);
	add_vector(&t, 0, 8, 64);
	run(&t);
	assert_int_equal(t.nr_pieces, 4);
	expect(&t, 0, 0, SCTRACE_PIECE_FAULT, 0, "", 0);
	expect(&t, 1, 1, SCTRACE_PIECE_FAULT, 16, "", 0);
	expect(&t, 2, 2, SCTRACE_PIECE_FAULT, 21, "", 0);
	expect(&t, 3, 3, SCTRACE_PIECE_FAULT, 0, "", 0);
	assert_true(t.c.faulted);
	done(&t);
}

static void bytes_before_unmapped_page(void **state)
{
	struct trial t = { .args = { (uintptr_t)at_end("0123456", 7) } };

	(void)state;
	add_fixed(&t, 0, 7);
	run(&t);
	expect(&t, 0, 0, 0, 7, "0123456", 7);
	t.steps[0].max = 8;
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_FAULT, 8, "0123456", 7);
	done(&t);
}

static void bytes_by_argument(void **state)
{
	struct trial t = { .args = { (uintptr_t)"0123456789abcdef", 0, 5 } };

	(void)state;
	add_counted(&t, 0, 2, 1)->max = 10;
	run(&t);
	expect(&t, 0, 0, 0, 5, "01234", 5);
	t.args[2] = 10;
	run(&t);
	expect(&t, 0, 0, 0, 10, "0123456789", 10);
	t.args[2] = 11;
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, 11, "0123456789", 10);
	t.args[2] = -1;
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, UINT32_MAX, "0123456789", 10);
	t.args[2] = 0;
	run(&t);
	expect(&t, 0, 0, 0, 0, "", 0);
	/* An int's upper half is not the call's. */
	t.args[2] = 0x700000003;
	t.steps[0].len_bytes = 4;
	run(&t);
	expect(&t, 0, 0, 0, 3, "012", 3);
	t.steps[0].unit = 3;
	run(&t);
	expect(&t, 0, 0, 0, 9, "012345678", 9);
	/* Units that do not fit in 64 bits. */
	t.args[2] = -1;
	t.steps[0].len_bytes = 8;
	t.steps[0].unit = 65535;
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, UINT32_MAX, "0123456789", 10);
	done(&t);
}

static void bytes_by_bits(void **state)
{
	unsigned long words[3] = { 1, 2, 3 };
	struct trial t = { .args = { (uintptr_t)words, 64 } };

	(void)state;
	add_counted(&t, 0, 1, 0);
	run(&t);
	expect(&t, 0, 0, 0, 8, words, 8);
	t.args[1] = 65;
	run(&t);
	expect(&t, 0, 0, 0, 16, words, 16);
	t.args[1] = 1;
	run(&t);
	expect(&t, 0, 0, 0, 8, words, 8);
	t.steps[0].word = 4;
	run(&t);
	expect(&t, 0, 0, 0, 4, words, 4);
	t.args[1] = 0;
	run(&t);
	expect(&t, 0, 0, 0, 0, "", 0);
	t.args[1] = -1;
	run(&t);
	assert_int_equal(t.pieces[0]->flags & SCTRACE_PIECE_CUT, SCTRACE_PIECE_CUT);
	done(&t);
}

/* A header before what is counted, one bit less, a byte for each page. */
static void bytes_by_changed_argument(void **state)
{
	struct trial t = { .args = { (uintptr_t)"0123456789abcdef", 3 } };

	(void)state;
	add_counted(&t, 0, 1, 1)->add = 8;
	t.steps[0].max = 17;
	run(&t);
	expect(&t, 0, 0, 0, 11, "0123456789a", 11);
	t.args[1] = -1;
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, UINT32_MAX, "0123456789abcdef", 17);
	t.steps[0].add = -1;
	t.args[1] = 3;
	run(&t);
	expect(&t, 0, 0, 0, 2, "01", 2);
	t.args[1] = 0;
	run(&t);
	expect(&t, 0, 0, 0, 0, "", 0);
	t.steps[0].unit = 0;
	t.args[1] = 65;
	run(&t);
	expect(&t, 0, 0, 0, 8, "01234567", 8);
	t.steps[0].unit = 1;
	t.steps[0].add = 0;
	t.steps[0].shift = 12;
	t.args[1] = 4096;
	run(&t);
	expect(&t, 0, 0, 0, 1, "0", 1);
	t.args[1] = 4097;
	run(&t);
	expect(&t, 0, 0, 0, 2, "01", 2);
	done(&t);
}

static void bytes_by_result(void **state)
{
	struct trial t = { .args = { (uintptr_t)"0123456789" }, .result = 4 };
	struct sctrace_step *step = add_fixed(&t, 0, 256);

	(void)state;
	step->when = SCTRACE_STEP_EXIT;
	step->len_from = SCTRACE_LEN_RESULT;
	run(&t);
	expect(&t, 0, 0, 0, 4, "0123", 4);
	t.result = 0;
	run(&t);
	expect(&t, 0, 0, 0, 0, "", 0);
	/* After an error nothing has been written; what comes back always does. */
	t.result = -22;
	run(&t);
	assert_int_equal(t.nr_pieces, 0);
	step->when = SCTRACE_STEP_EXIT_ALWAYS;
	run(&t);
	expect(&t, 0, 0, 0, 0, "", 0);
	step->len_from = SCTRACE_LEN_MAX;
	step->max = 3;
	run(&t);
	expect(&t, 0, 0, 0, 3, "012", 3);
	/* An address is no error. */
	t.result = -4096;
	step->when = SCTRACE_STEP_EXIT;
	run(&t);
	expect(&t, 0, 0, 0, 3, "012", 3);
	done(&t);
}

static void address_is_result(void **state)
{
	struct trial t = { .result = (long)"at the result" };
	struct sctrace_step *step = add_string(&t, 0, 256);

	(void)state;
	step->when = SCTRACE_STEP_EXIT;
	step->base = SCTRACE_BASE_RESULT;
	run(&t);
	expect(&t, 0, 0, 0, 13, "at the result", 13);
	done(&t);
}

/* As accept(2): the address's length is behind a pointer of its own. */
static void bytes_by_field_of_other_step(void **state)
{
	uint32_t len = 5;
	struct trial t = { .args = { (uintptr_t)"0123456789", (uintptr_t)&len } };
	struct sctrace_step *step;

	(void)state;
	add_fixed(&t, 1, 4);
	step = add_fixed(&t, 0, 8);
	step->len_from = SCTRACE_LEN_FIELD;
	step->len_index = 0;
	step->len_bytes = 4;
	run(&t);
	assert_int_equal(t.nr_pieces, 2);
	expect(&t, 1, 1, 0, 5, "01234", 5);
	len = 9;
	run(&t);
	expect(&t, 1, 1, SCTRACE_PIECE_CUT, 9, "01234567", 8);
	step->len_bytes = 2;
	len = 0x70003;
	run(&t);
	expect(&t, 1, 1, 0, 3, "012", 3);
	step->len_bytes = 1;
	len = 0x702;
	run(&t);
	expect(&t, 1, 1, 0, 2, "01", 2);
	/* The field lies behind what was read, or was not read at all. */
	step->len_bytes = 8;
	run(&t);
	expect(&t, 1, 1, 0, 0, "", 0);
	step->len_bytes = 4;
	t.args[1] = 0;
	run(&t);
	assert_int_equal(t.nr_pieces, 1);
	expect(&t, 0, 1, 0, 0, "", 0);
	t.args[1] = BAD;
	run(&t);
	expect(&t, 1, 1, 0, 0, "", 0);
	done(&t);
}

static void vector_whole(void **state)
{
	unsigned long words[4] = { 1, 2, 3, 0 };
	struct trial t = { .args = { (uintptr_t)words } };

	(void)state;
	add_vector(&t, 0, 8, 256);
	run(&t);
	expect(&t, 0, 0, 0, 24, words, 24);
	words[0] = 0;
	run(&t);
	expect(&t, 0, 0, 0, 0, "", 0);
	done(&t);
}

static void vector_of_small_words(void **state)
{
	uint32_t words[4] = { 1, 0x10000, 0x80000000, 0 };
	struct trial t = { .args = { (uintptr_t)words } };

	(void)state;
	add_vector(&t, 0, 4, 256);
	run(&t);
	expect(&t, 0, 0, 0, 12, words, 12);
	done(&t);
}

static void vector_cut(void **state)
{
	unsigned long words[100];
	struct trial t = { .args = { (uintptr_t)words } };

	(void)state;
	memset(words, 1, sizeof(words));
	words[99] = 0;
	add_vector(&t, 0, 8, 792);
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, 0, words, 792);
	t.steps[0].max = 799;
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_CUT, 0, words, 792);
	t.steps[0].max = 800;
	run(&t);
	expect(&t, 0, 0, 0, 792, words, 792);
	done(&t);
}

static void vector_before_unmapped_page(void **state)
{
	unsigned long words[3] = { 1, 2, 0 };
	struct trial t = { .args = { (uintptr_t)at_end(words, sizeof(words)) } };

	(void)state;
	add_vector(&t, 0, 8, 4096 - 8);
	run(&t);
	expect(&t, 0, 0, 0, 16, words, 16);
	assert_false(t.c.faulted);
	words[2] = 3;
	at_end(words, sizeof(words));
	run(&t);
	expect(&t, 0, 0, SCTRACE_PIECE_FAULT, 0, words, 24);
	assert_true(t.c.faulted);
	done(&t);
}

/* A program may lay its vector where it wants, also so that a word lies on two pages. */
static void vector_misaligned(void **state)
{
	static char pages[4 * 4096] __attribute__((aligned(4096)));
	unsigned long words[100];
	unsigned int shift;

	(void)state;
	memset(words, 7, sizeof(words));
	words[99] = 0;
	for (shift = 1; shift < 800; shift++) {
		char *at = pages + 2 * 4096 - shift;
		struct trial t = { .args = { (uintptr_t)at } };

		memcpy(at, words, sizeof(words));
		add_vector(&t, 0, 8, 1024);
		run(&t);
		expect(&t, 0, 0, 0, 792, words, 792);
		done(&t);
	}
}

static void vector_misaligned_before_unmapped_page(void **state)
{
	unsigned long words[4] = { 1, 2, 3, 0 };
	unsigned int lacking;

	(void)state;
	for (lacking = 1; lacking < 8; lacking++) {
		struct trial t = { .args = { (uintptr_t)at_end(words, sizeof(words) - lacking) } };

		add_vector(&t, 0, 8, 1024);
		run(&t);
		expect(&t, 0, 0, SCTRACE_PIECE_FAULT, 0, words, 24);
		done(&t);
	}
}

int main(void)
{
	const struct CMUnitTest cases[] = {
		cmocka_unit_test(string_whole),
		cmocka_unit_test(string_cut),
		cmocka_unit_test(string_before_unmapped_page),
		cmocka_unit_test(string_without_end),
		cmocka_unit_test(null_makes_no_piece),
		cmocka_unit_test(unreadable),
		cmocka_unit_test(bytes_before_unmapped_page),
		cmocka_unit_test(bytes_by_argument),
		cmocka_unit_test(bytes_by_bits),
		cmocka_unit_test(bytes_by_changed_argument),
		cmocka_unit_test(bytes_by_result),
		cmocka_unit_test(address_is_result),
		cmocka_unit_test(bytes_by_field_of_other_step),
		cmocka_unit_test(vector_whole),
		cmocka_unit_test(vector_of_small_words),
		cmocka_unit_test(vector_cut),
		cmocka_unit_test(vector_before_unmapped_page),
		cmocka_unit_test(vector_misaligned),
		cmocka_unit_test(vector_misaligned_before_unmapped_page),
	};

	return cmocka_run_group_tests_name("capture", cases, make_page, NULL);
}
