// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * userspace/lib/record.c: what is valid is read, and nothing else is believed. Each record is
 * parsed in memory of exactly its size, so that AddressSanitizer sees each byte too many.
 */
#include <errno.h>
#include <stdlib.h>

#include "made.h"
#include "record.h"

static const uint64_t args[] = { 11, 12, 13, 14, 15, 16, 17 };

/* Reads every byte that the record says is there. */
static uint64_t touch(const struct sct_record *rec)
{
	uint64_t sum = rec->hdr->time + rec->hdr->flags;
	struct sct_piece piece;
	unsigned int i;
	size_t at = 0;

	if (rec->hdr->type == SCTRACE_REC_ENTER || rec->hdr->type == SCTRACE_REC_CALL) {
		for (i = 0; i < rec->hdr->nr_args; i++)
			sum += rec->args[i];
	}
	while (sct_piece_next(&rec->pieces, &at, &piece)) {
		assert_true(piece.step < SCTRACE_MAX_PLAN_STEPS);
		for (i = 0; i < piece.len; i++)
			sum += piece.data[i];
	}
	return sum;
}

/* Parses n of the bytes, in memory of that size; what is found valid is read to its end. */
static int parse(const void *bytes, size_t n)
{
	static volatile uint64_t sink;
	void *copy = malloc(n ? n : 1);
	struct sct_record rec = { 0 };
	int ret;

	assert_non_null(copy);
	memcpy(copy, bytes, n);
	ret = sct_record_parse(&rec, copy, n);
	if (!ret) {
		assert_true(rec.hdr->words * 8u <= n);
		sink += touch(&rec);
	} else {
		assert_int_equal(ret, -EPROTO);
	}
	free(copy);
	return ret;
}

static int parse_made(const struct made *m)
{
	return parse(m->bytes, m->size);
}

/* An entry with everything: three arguments, a piece of 5 bytes, an empty one, one of 8. */
static void make_rich(struct made *m)
{
	made_enter(m, 257, 3, args);
	made_piece(m, 1, 0, 5, "/etc/", 5);
	made_piece(m, 2, SCTRACE_PIECE_FAULT, 0, NULL, 0);
	made_piece(m, 0, SCTRACE_PIECE_CUT, 100, "12345678", 8);
}

/* ---- what is valid ---- */

static void enter_is_read(void **state)
{
	struct sct_record rec;
	struct made m;

	(void)state;
	make_rich(&m);
	assert_int_equal(parse_made(&m), 0);
	made_parse(&m, &rec);
	assert_int_equal(rec.nr, 257);
	assert_memory_equal(rec.args, args, 3 * sizeof(args[0]));
	assert_int_equal(made_count(&rec), 3);
	assert_int_equal(made_nth(&rec, 0).step, 1);
	assert_int_equal(made_nth(&rec, 0).len, 5);
	assert_int_equal(made_nth(&rec, 0).wanted, 5);
	assert_memory_equal(made_nth(&rec, 0).data, "/etc/", 5);
	assert_int_equal(made_nth(&rec, 1).len, 0);
	assert_int_equal(made_nth(&rec, 1).flags, SCTRACE_PIECE_FAULT);
	assert_int_equal(made_nth(&rec, 2).flags, SCTRACE_PIECE_CUT);
	assert_int_equal(made_nth(&rec, 2).wanted, 100);
	assert_memory_equal(made_nth(&rec, 2).data, "12345678", 8);
}

static void enter_without_arguments_is_read(void **state)
{
	struct sct_record rec;
	struct made m;

	(void)state;
	made_enter(&m, 110, 0, args);
	assert_int_equal(parse_made(&m), 0);
	made_parse(&m, &rec);
	assert_int_equal(rec.nr, 110);
	assert_int_equal(made_count(&rec), 0);
}

static void enter_number_beyond_16_bits_is_in_the_body(void **state)
{
	uint64_t words[] = { 0xdeadbeef00ull, 1, 2, 3, 4, 5, 6 };
	struct sct_record rec;
	struct made m;

	(void)state;
	made_enter(&m, SCTRACE_NR_NONE, 0, NULL);
	m.hdr.nr_args = 6;
	made_words(&m, words, 7);
	assert_int_equal(parse_made(&m), 0);
	made_parse(&m, &rec);
	assert_int_equal(rec.nr, 0xdeadbeef00ull);
	assert_int_equal(rec.args[0], 1);
	assert_int_equal(rec.args[5], 6);
}

static void exit_is_read(void **state)
{
	struct sct_record rec;
	struct made m;

	(void)state;
	made_exit(&m, 0, -EINTR);
	made_piece(&m, 1, SCTRACE_PIECE_LATE, 3, "abc", 3);
	assert_int_equal(parse_made(&m), 0);
	made_parse(&m, &rec);
	assert_int_equal(rec.nr, 0);
	assert_int_equal(rec.result, -EINTR);
	assert_int_equal(made_count(&rec), 1);
	assert_memory_equal(made_nth(&rec, 0).data, "abc", 3);
}

/* The kernel keeps results in 64 bits; a 32-bit program gets the lower half. */
static void exit_of_a_32_bit_call_has_32_bits(void **state)
{
	static const struct {
		uint8_t abi;
		int64_t made, read;
	} results[] = {
		{ SCTRACE_ABI_COMPAT, 0x100000000, 0 },
		{ SCTRACE_ABI_COMPAT, 0xfffffff0, 0xfffffff0 },
		{ SCTRACE_ABI_COMPAT, -4096, 0xfffff000 },
		{ SCTRACE_ABI_COMPAT, -4095, -4095 },
		{ SCTRACE_ABI_COMPAT, -1, -1 },
		{ SCTRACE_ABI_NATIVE, 0x100000000, 0x100000000 },
		{ SCTRACE_ABI_X32, -4096, -4096 },
	};
	struct sct_record rec;
	struct made m;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(results); i++) {
		made_exit(&m, 19, results[i].made);
		m.hdr.abi = results[i].abi;
		made_parse(&m, &rec);
		if (rec.result != results[i].read)
			fail_msg("result %zu: %#llx", i, (long long)rec.result);
	}
}

static void exit_without_number_is_read(void **state)
{
	struct sct_record rec;
	struct made m;

	(void)state;
	made_exit(&m, SCTRACE_NR_NONE, 7);
	made_parse(&m, &rec);
	assert_true(rec.nr == UINT64_MAX);
	assert_int_equal(rec.result, 7);
}

/* One record of each type with a fixed size. */
static void make_fixed(struct made *m, unsigned int i)
{
	switch (i) {
	case 0:
		made_fork(m, 1, 1);
		break;
	case 1:
		made_exec(m, 1);
		break;
	case 2:
		made_task_exit(m, 0);
		break;
	case 3:
		made_signal(m, 17, 1);
		break;
	default:
		made_gap(m, 1);
		break;
	}
}

#define NR_FIXED 5

static void fixed_types_are_read(void **state)
{
	struct sct_record rec;
	struct made m;
	unsigned int i;

	(void)state;
	for (i = 0; i < NR_FIXED; i++) {
		make_fixed(&m, i);
		assert_int_equal(parse_made(&m), 0);
		made_parse(&m, &rec);
		assert_ptr_equal(rec.hdr, &m.hdr);
		assert_int_equal(made_count(&rec), 0);
	}
}

static void bytes_behind_the_record_are_not_its_own(void **state)
{
	struct made m;

	(void)state;
	make_rich(&m);
	memset(m.bytes + m.size, 0xff, 64);
	assert_int_equal(parse(m.bytes, m.size + 64), 0);
}

/* ---- lengths ---- */

static void no_bytes_are_refused(void **state)
{
	struct made m;
	size_t n;

	(void)state;
	make_rich(&m);
	for (n = 0; n < sizeof(struct sctrace_hdr); n++)
		assert_int_equal(parse(m.bytes, n), -EPROTO);
}

static void words_of_less_than_a_header_are_refused(void **state)
{
	struct made m;

	(void)state;
	make_rich(&m);
	for (m.hdr.words = 0; m.hdr.words < sizeof(struct sctrace_hdr) / 8; m.hdr.words++)
		assert_int_equal(parse_made(&m), -EPROTO);
}

static void words_beyond_the_bytes_are_refused(void **state)
{
	struct made m;

	(void)state;
	make_rich(&m);
	m.hdr.words++;
	assert_int_equal(parse_made(&m), -EPROTO);
	m.hdr.words = 0xffff;
	assert_int_equal(parse_made(&m), -EPROTO);
}

static void record_cut_at_any_byte_is_refused(void **state)
{
	struct made m;
	size_t n;

	(void)state;
	make_rich(&m);
	for (n = 0; n < m.size; n++)
		assert_int_equal(parse(m.bytes, n), -EPROTO);
}

/* What is left after a cut between pieces is a record; after any other cut it is none. */
static void words_cut_are_valid_only_between_pieces(void **state)
{
	unsigned int words, valid = 0;
	struct made m;

	(void)state;
	make_rich(&m);
	for (words = 0; words <= m.size / 8; words++) {
		m.hdr.words = words;
		valid += !parse(m.bytes, words * 8);
	}
	/* Behind the arguments, and behind each of three pieces. */
	assert_int_equal(valid, 4);
}

static void fixed_types_of_another_size_are_refused(void **state)
{
	unsigned int i, words, size;
	struct made m;

	(void)state;
	for (i = 0; i < NR_FIXED; i++) {
		make_fixed(&m, i);
		size = m.size / 8;
		for (words = 0; words < 40; words++) {
			m.hdr.words = words;
			/* Zeros behind an EXEC are empty pieces. */
			assert_int_equal(parse(m.bytes, 320),
					 words == size || (words > size && m.hdr.type == SCTRACE_REC_EXEC) ?
						 0 : -EPROTO);
		}
	}
}

static void exit_without_result_is_refused(void **state)
{
	struct made m;

	(void)state;
	made_exit(&m, 1, 0);
	m.size -= 8;
	m.hdr.words--;
	assert_int_equal(parse_made(&m), -EPROTO);
}

static void enter_with_fewer_words_than_arguments_is_refused(void **state)
{
	struct made m;

	(void)state;
	made_enter(&m, 1, 3, args);
	m.hdr.nr_args = 4;
	assert_int_equal(parse_made(&m), -EPROTO);
}

static void enter_with_seven_arguments_is_refused(void **state)
{
	struct made m;

	(void)state;
	made_enter(&m, 1, 6, args);
	assert_int_equal(parse_made(&m), 0);
	made_enter(&m, 1, 7, args);
	assert_int_equal(parse_made(&m), -EPROTO);
	m.hdr.nr_args = 255;
	assert_int_equal(parse_made(&m), -EPROTO);
}

static void enter_without_its_number_is_refused(void **state)
{
	struct made m;

	(void)state;
	made_enter(&m, SCTRACE_NR_NONE, 0, NULL);
	assert_int_equal(parse_made(&m), -EPROTO);
}

/* ---- pieces ---- */

static void piece_beyond_the_end_is_refused(void **state)
{
	struct sctrace_piece *piece;
	struct made m;

	(void)state;
	made_enter(&m, 1, 0, NULL);
	made_piece(&m, 0, 0, 8, "12345678", 8);
	piece = (struct sctrace_piece *)(m.bytes + sizeof(m.hdr));
	piece->len = 9;
	assert_int_equal(parse_made(&m), -EPROTO);
	piece->len = 0xffff;
	assert_int_equal(parse_made(&m), -EPROTO);
	piece->len = 0xfff9;
	assert_int_equal(parse_made(&m), -EPROTO);
	piece->len = 8;
	assert_int_equal(parse_made(&m), 0);
}

/* The word behind a piece that is too short is read as the next piece's head. */
static void piece_too_short_shifts_the_next(void **state)
{
	struct made m;

	(void)state;
	made_enter(&m, 1, 0, NULL);
	made_piece(&m, 0, 0, 8, "\xff\xff\x01\0\0\0\0\0", 8);
	((struct sctrace_piece *)(m.bytes + sizeof(m.hdr)))->len = 0;
	assert_int_equal(parse_made(&m), -EPROTO);
}

static void piece_of_a_step_that_no_plan_has_is_refused(void **state)
{
	struct made m;

	(void)state;
	made_exit(&m, 1, 0);
	made_piece(&m, SCTRACE_MAX_PLAN_STEPS - 1, 0, 0, NULL, 0);
	assert_int_equal(parse_made(&m), 0);
	made_exit(&m, 1, 0);
	made_piece(&m, SCTRACE_MAX_PLAN_STEPS, 0, 0, NULL, 0);
	assert_int_equal(parse_made(&m), -EPROTO);
}

static void exec_and_late_have_pieces(void **state)
{
	struct sct_record rec;
	struct made m;

	(void)state;
	made_exec(&m, 7);
	made_piece(&m, SCTRACE_IMAGE_PATH, 0, 4, "/bin", 4);
	made_piece(&m, SCTRACE_IMAGE_ARGS, SCTRACE_PIECE_CUT, 9, "a\0b", 3);
	assert_int_equal(parse_made(&m), 0);
	made_parse(&m, &rec);
	assert_int_equal(made_count(&rec), 2);
	assert_memory_equal(made_nth(&rec, 0).data, "/bin", 4);
	assert_int_equal(made_nth(&rec, 1).wanted, 9);
	made_late(&m);
	made_piece(&m, 0, SCTRACE_PIECE_LATE, 2, "xy", 2);
	assert_int_equal(parse_made(&m), 0);
	made_parse(&m, &rec);
	assert_int_equal(made_count(&rec), 1);
	assert_int_equal(made_nth(&rec, 0).flags, SCTRACE_PIECE_LATE);
}

/* ---- kinds ---- */

static void type_unknown_is_refused(void **state)
{
	unsigned int type;
	struct made m;

	(void)state;
	for (type = 0; type < 256; type++) {
		made_gap(&m, 1);
		m.hdr.type = type;
		if (type < SCTRACE_REC_ENTER || type > SCTRACE_REC_CALL)
			assert_int_equal(parse_made(&m), -EPROTO);
	}
}

static void abi_unknown_is_refused(void **state)
{
	unsigned int abi;
	struct made m;

	(void)state;
	for (abi = 0; abi < 256; abi++) {
		made_exit(&m, 1, 0);
		m.hdr.abi = abi;
		assert_int_equal(parse_made(&m), abi < SCTRACE_ABI_COUNT ? 0 : -EPROTO);
	}
}

/* ---- chance ---- */

static void fill_at_random(uint64_t *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		words[i] = (uint64_t)random() << 42 ^ (uint64_t)random() << 21 ^ (uint64_t)random();
}

/* The header makes sense most of the time, or hardly any would get further. */
static void random_bytes_do_no_harm(void **state)
{
	uint64_t words[32];
	unsigned int i, valid = 0;

	(void)state;
	srandom(1);
	for (i = 0; i < 1000000; i++) {
		struct sctrace_hdr *hdr = (struct sctrace_hdr *)words;
		size_t n = random() % (COUNT(words) + 1);

		fill_at_random(words, n);
		if (n >= 3 && random() % 16) {
			hdr->words = random() % 8 ? n : n + 1;
			hdr->type = random() % 9;
			hdr->abi = random() % 4;
			hdr->nr_args = random() % 8;
		}
		/* Lengths of pieces that can fit. */
		if (n > 6 && random() % 2) {
			words[4] &= 0x3003f;
			words[random() % (n - 4) + 4] &= 0x3001f;
		}
		valid += !parse(words, n * 8);
	}
	assert_true(valid > 1000);
}

static void valid_record_with_bits_turned_does_no_harm(void **state)
{
	unsigned int i, valid = 0;
	struct made m, turned;

	(void)state;
	make_rich(&m);
	srandom(2);
	for (i = 0; i < 200000; i++) {
		unsigned int bits = 1 + random() % 3;

		turned.size = m.size;
		memcpy(turned.bytes, m.bytes, m.size);
		while (bits--)
			turned.bytes[random() % m.size] ^= 1 << (random() & 7);
		valid += !parse_made(&turned);
	}
	assert_true(valid > 1000);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(enter_is_read),
		cmocka_unit_test(enter_without_arguments_is_read),
		cmocka_unit_test(enter_number_beyond_16_bits_is_in_the_body),
		cmocka_unit_test(exit_is_read),
		cmocka_unit_test(exit_of_a_32_bit_call_has_32_bits),
		cmocka_unit_test(exit_without_number_is_read),
		cmocka_unit_test(fixed_types_are_read),
		cmocka_unit_test(bytes_behind_the_record_are_not_its_own),
		cmocka_unit_test(no_bytes_are_refused),
		cmocka_unit_test(words_of_less_than_a_header_are_refused),
		cmocka_unit_test(words_beyond_the_bytes_are_refused),
		cmocka_unit_test(record_cut_at_any_byte_is_refused),
		cmocka_unit_test(words_cut_are_valid_only_between_pieces),
		cmocka_unit_test(fixed_types_of_another_size_are_refused),
		cmocka_unit_test(exit_without_result_is_refused),
		cmocka_unit_test(enter_with_fewer_words_than_arguments_is_refused),
		cmocka_unit_test(enter_with_seven_arguments_is_refused),
		cmocka_unit_test(enter_without_its_number_is_refused),
		cmocka_unit_test(piece_beyond_the_end_is_refused),
		cmocka_unit_test(piece_too_short_shifts_the_next),
		cmocka_unit_test(piece_of_a_step_that_no_plan_has_is_refused),
		cmocka_unit_test(exec_and_late_have_pieces),
		cmocka_unit_test(type_unknown_is_refused),
		cmocka_unit_test(abi_unknown_is_refused),
		cmocka_unit_test(random_bytes_do_no_harm),
		cmocka_unit_test(valid_record_with_bits_turned_does_no_harm),
	};

	return cmocka_run_group_tests_name("sctrace_record", cases, NULL, NULL);
}
