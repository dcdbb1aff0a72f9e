// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/decode/text.c: strace's way of writing strings, flags and names. */
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>

#include "calls.h"
#include "made.h"
#include "text.h"

static struct sct_text text;

static int clear(void **state)
{
	(void)state;
	sct_text_free(&text);
	return 0;
}

/* What was put since the last time is this. */
static void expect(const char *want)
{
	assert_int_equal(strlen(text.chars), text.len);
	assert_string_equal(text.chars, want);
	sct_text_clear(&text);
}

static void quote(const void *bytes, size_t n, bool more)
{
	sct_text_quoted(&text, bytes, n, more);
}

/* ---- the text itself ---- */

static void put_appends(void **state)
{
	(void)state;
	sct_text_put(&text, "open");
	sct_text_put(&text, "");
	sct_text_put(&text, "at(");
	sct_text_putf(&text, "%d, %#x", -5, 255);
	expect("openat(-5, 0xff");
}

static void put_of_much_grows(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 10000; i++)
		sct_text_put(&text, "0123456789");
	assert_int_equal(text.len, 100000);
	assert_int_equal(strlen(text.chars), 100000);
	assert_memory_equal(text.chars + 99990, "0123456789", 10);
}

static void putf_of_too_much_is_cut(void **state)
{
	char chars[1000];

	(void)state;
	memset(chars, 'x', sizeof(chars) - 1);
	chars[sizeof(chars) - 1] = '\0';
	sct_text_putf(&text, "%s", chars);
	assert_int_equal(strlen(text.chars), text.len);
	assert_true(text.len >= 200 && text.len < 1000);
}

static void pad_goes_to_the_column(void **state)
{
	(void)state;
	sct_text_put(&text, "ab");
	sct_text_pad(&text, 5);
	expect("ab   ");
	sct_text_put(&text, "abcdef");
	sct_text_pad(&text, 5);
	expect("abcdef");
}

static void numbers_are_those_of_printf(void **state)
{
	static const uint64_t numbers[] = { 0, 1, 7, 9, 10, 15, 16, 99, 100, 255, 4096, INT32_MAX, UINT32_MAX, INT64_MAX,
					    (uint64_t)INT64_MIN, -1234567ull, UINT64_MAX };
	char want[64];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(numbers); i++) {
		sprintf(want, "%llu %lld %#llx", (unsigned long long)numbers[i], (long long)numbers[i],
			(unsigned long long)numbers[i]);
		sct_text_unsigned(&text, numbers[i]);
		sct_text_put(&text, " ");
		sct_text_signed(&text, numbers[i]);
		sct_text_put(&text, " ");
		sct_text_hex(&text, numbers[i]);
		expect(want);
	}
}

static void clear_begins_anew(void **state)
{
	(void)state;
	sct_text_put(&text, "abc");
	sct_text_clear(&text);
	sct_text_put(&text, "d");
	expect("d");
}

/* ---- strings ---- */

static void quoted_of_nothing(void **state)
{
	(void)state;
	quote("", 0, false);
	expect("\"\"");
	quote("", 0, true);
	expect("\"\"...");
}

static void quoted_of_plain_text(void **state)
{
	(void)state;
	quote("/etc/passwd", 11, false);
	expect("\"/etc/passwd\"");
}

static void quoted_of_what_was_cut(void **state)
{
	(void)state;
	quote("abc", 3, true);
	expect("\"abc\"...");
}

/* How a byte looks if no digit follows. */
static void look_of(unsigned int byte, char *want)
{
	static const char letters[] = "\t\n\v\f\r\"\\", names[] = "tnvfr\"\\";
	const char *letter = byte ? strchr(letters, byte) : NULL;

	if (letter)
		sprintf(want, "\"\\%c\"", names[letter - letters]);
	else if (byte >= 0x20 && byte <= 0x7e)
		sprintf(want, "\"%c\"", byte);
	else
		sprintf(want, "\"\\%o\"", byte);
}

static void quoted_of_each_byte_alone(void **state)
{
	unsigned int byte;
	char want[16];

	(void)state;
	for (byte = 0; byte < 256; byte++) {
		uint8_t it = byte;

		look_of(byte, want);
		quote(&it, 1, false);
		expect(want);
	}
}

static void quoted_is_printable_ascii_whatever_the_bytes(void **state)
{
	uint8_t all[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all); i++)
		all[i] = i;
	quote(all, sizeof(all), false);
	for (i = 0; i < text.len; i++)
		assert_in_range(text.chars[i], 0x20, 0x7e);
}

static void quoted_octal_before_an_octal_digit_is_long(void **state)
{
	(void)state;
	quote("\0" "0", 2, false);
	expect("\"\\0000\"");
	quote("\1" "7", 2, false);
	expect("\"\\0017\"");
	quote("\33[1m", 4, false);
	expect("\"\\33[1m\"");
	quote("\33" "1m", 3, false);
	expect("\"\\0331m\"");
	quote("\377" "5", 2, false);
	expect("\"\\3775\"");
}

/* Seen in strace 6.1: 8 and 9 are no octal digits, so nothing can be read wrongly. */
static void quoted_octal_before_8_or_9_is_short(void **state)
{
	(void)state;
	quote("\1" "8\1" "9", 4, false);
	expect("\"\\18\\19\"");
}

static void quoted_octal_at_the_end_is_short(void **state)
{
	(void)state;
	/* The digit behind it is not shown. */
	quote("a\0" "1", 2, true);
	expect("\"a\\0\"...");
}

static void quoted_of_the_same_many_times(void **state)
{
	(void)state;
	quote("\0\0\0", 3, false);
	expect("\"\\0\\0\\0\"");
	quote("\0\0\0" "1\0", 5, false);
	expect("\"\\0\\0\\0001\\0\"");
	quote("\377\377" "9", 3, false);
	expect("\"\\377\\3779\"");
	quote("\n\naa\t\t\t", 7, false);
	expect("\"\\n\\naa\\t\\t\\t\"");
}

static void escaped_in_brackets_has_none(void **state)
{
	(void)state;
	sct_text_escaped(&text, (const uint8_t *)"a<<1>\0", 6, true);
	expect("a\\74\\0741\\76\\0");
	sct_text_escaped(&text, (const uint8_t *)"a<<1>\0", 6, false);
	expect("a<<1>\\0");
}

static void quoted_hex_is_two_digits_a_byte(void **state)
{
	(void)state;
	sct_text_quoted_hex(&text, (const uint8_t *)"\0\x0f\xf0z", 4, true);
	expect("\"\\x00\\x0f\\xf0\\x7a\"...");
}

static int in_octal(void **state)
{
	sct_text_strings_in_hex(SCT_HEX_NONE);
	return clear(state);
}

/* The lines are strace's. */
static void quoted_in_hex(void **state)
{
	static const char bytes[] = "ab\1\n\"\\<>7\377z\0001";
	static const char *const all[] = {
		[SCT_HEX_NONE] = "\"ab\\1\\n\\\"\\\\<>7\\377z\\0001\"",
		[SCT_HEX_CHARS] = "\"ab\\x01\\n\\\"\\\\<>7\\xffz\\x001\"",
		[SCT_HEX_NON_ASCII] = "\"\\x61\\x62\\x01\\x0a\\x22\\x5c\\x3c\\x3e\\x37\\xff\\x7a\\x00\\x31\"",
		[SCT_HEX_ALL] = "\"\\x61\\x62\\x01\\x0a\\x22\\x5c\\x3c\\x3e\\x37\\xff\\x7a\\x00\\x31\"",
	};
	static const char *const plain[] = {
		[SCT_HEX_NONE] = "\"a\\tb\\v\\f\\r~\"...",
		[SCT_HEX_CHARS] = "\"a\\tb\\v\\f\\r~\"...",
		[SCT_HEX_NON_ASCII] = "\"a\\tb\\v\\f\\r~\"...",
		[SCT_HEX_ALL] = "\"\\x61\\x09\\x62\\x0b\\x0c\\x0d\\x7e\"...",
	};
	static const char *const in_brackets[] = {
		[SCT_HEX_NONE] = "/no\\74such", [SCT_HEX_CHARS] = "/no\\x3csuch", [SCT_HEX_NON_ASCII] = "/no\\74such",
		[SCT_HEX_ALL] = "\\x2f\\x6e\\x6f\\x3c\\x73\\x75\\x63\\x68",
	};
	unsigned int how;

	(void)state;
	for (how = SCT_HEX_NONE; how <= SCT_HEX_ALL; how++) {
		sct_text_strings_in_hex(how);
		quote(bytes, sizeof(bytes) - 1, false);
		expect(all[how]);
		quote("a\tb\v\f\r~", 7, true);
		expect(plain[how]);
		sct_text_escaped(&text, (const uint8_t *)"/no<such", 8, true);
		expect(in_brackets[how]);
	}
}

/* Between printable ASCII, white space and all else. */
static void quoted_in_hex_only_if_it_is_not_ascii(void **state)
{
	unsigned int byte;
	char as_hex[16];

	(void)state;
	sct_text_strings_in_hex(SCT_HEX_NON_ASCII);
	for (byte = 0; byte < 256; byte++) {
		const char chars[] = { 'a', byte };
		bool ascii = (byte >= 9 && byte <= 13) || (byte >= 32 && byte <= 126);

		quote(chars, 2, false);
		snprintf(as_hex, sizeof(as_hex), "\"\\x61\\x%02x\"", byte);
		assert_int_equal(!strcmp(text.chars, as_hex), !ascii);
		sct_text_clear(&text);
	}
}

static void quoted_letters_before_a_digit_stay(void **state)
{
	(void)state;
	quote("\n1\t2", 4, false);
	expect("\"\\n1\\t2\"");
}

static void addr_of_zero_is_null(void **state)
{
	(void)state;
	sct_text_addr(&text, 0);
	expect("NULL");
	sct_text_addr(&text, 0x7ffe12345678);
	expect("0x7ffe12345678");
	sct_text_addr(&text, UINT64_MAX);
	expect("0xffffffffffffffff");
}

/* ---- names ---- */

static const struct sct_name colours[] = { { 1, "RED" }, { 2, "GREEN" }, { 7, "WHITE" }, { 4, "BLUE" } };
static const struct sct_xlat plain = { "COL_???", colours, COUNT(colours) };

static const struct sct_name with_zero[] = { { 0, "NONE" }, { 6, "BOTH" }, { 2, "TWO" }, { 4, "FOUR" } };
static const struct sct_xlat zero = { "Z_???", with_zero, COUNT(with_zero) };

static const struct sct_name wide_names[] = { { 1ull << 40, "FAR" }, { 0x80000000, "HIGH" } };
static const struct sct_xlat wide = { "W_???", wide_names, COUNT(wide_names) };

static const struct sct_xlat bare = { NULL, colours, COUNT(colours) };
static const struct sct_xlat empty = { "E_???", NULL, 0 };

static void flags(uint64_t value, const struct sct_xlat *xlat, const char *want)
{
	sct_text_flags(&text, value, xlat);
	expect(want);
}

static void flags_are_joined(void **state)
{
	(void)state;
	flags(1, &plain, "RED");
	flags(3, &plain, "RED|GREEN");
	flags(5, &plain, "RED|BLUE");
}

static void flags_of_several_bits_come_first(void **state)
{
	(void)state;
	flags(6, &zero, "BOTH");
	flags(2, &zero, "TWO");
	flags(0xe, &zero, "BOTH|0x8");
}

static void flags_of_zero(void **state)
{
	(void)state;
	flags(0, &zero, "NONE");
	flags(0, &plain, "0");
	flags(0, &empty, "0");
}

static void flags_with_unknown_bits(void **state)
{
	(void)state;
	flags(0x11, &plain, "RED|0x10");
	flags(0x10, &plain, "0x10 /* COL_??? */");
	flags(0x10, &bare, "0x10");
	flags(0x10, &empty, "0x10 /* E_??? */");
}

static void flags_of_64_bits(void **state)
{
	(void)state;
	flags(1ull << 40 | 0x80000000, &wide, "FAR|HIGH");
	flags(1ull << 41, &wide, "0x20000000000 /* W_??? */");
	flags(1ull << 63 | 0x80000000, &wide, "HIGH|0x8000000000000000");
}

static void enum_has_a_name_or_a_number(void **state)
{
	(void)state;
	sct_text_enum(&text, 7, &plain);
	expect("WHITE");
	sct_text_enum(&text, 0, &zero);
	expect("NONE");
	sct_text_enum(&text, 3, &plain);
	expect("0x3 /* COL_??? */");
	sct_text_enum(&text, 0, &plain);
	expect("0 /* COL_??? */");
	sct_text_enum(&text, 3, &bare);
	expect("0x3");
}

static void name_of_a_value(void **state)
{
	(void)state;
	assert_string_equal(sct_xlat_name(&plain, 4), "BLUE");
	assert_null(sct_xlat_name(&plain, 3));
	assert_null(sct_xlat_name(&empty, 0));
}

static const struct sct_name few_names[] = { { 0, "NOTHING" }, { 1, "ONE" }, { 2, "TWO" } };
static const struct sct_xlat few = { "FEW_???", few_names, 3 };
static const struct sct_xlat no_zero = { "FEW_???", few_names + 1, 2 };

static int by_names(void **state)
{
	sct_text_consts_as(SCT_CONSTS_NAMES);
	return clear(state);
}

/* The forms are strace's. */
static void constants_in_three_styles(void **state)
{
	static const struct { enum sct_consts how; const char *want; } rows[] = {
		{ SCT_CONSTS_NAMES, "ONE 0x9 /* FEW_??? */ NOTHING ONE|TWO|0x8 0x8 /* FEW_??? */ 0 ONE 9 /* FEW_??? */ 0x10 TWO" },
		{ SCT_CONSTS_NUMBERS, "0x1 0x9 0 0xb 0x8 0 1 9 0x10 0x2" },
		{ SCT_CONSTS_BOTH, "0x1 /* ONE */ 0x9 /* FEW_??? */ 0 /* NOTHING */ 0xb /* ONE|TWO|0x8 */ 0x8 /* FEW_??? */ 0"
				   " 1 /* ONE */ 9 /* FEW_??? */ 0x10 0x2 /* TWO */" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		sct_text_consts_as(rows[i].how);
		sct_text_enum(&text, 1, &few);
		sct_text_put(&text, " ");
		sct_text_enum(&text, 9, &few);
		sct_text_put(&text, " ");
		sct_text_flags(&text, 0, &few);
		sct_text_put(&text, " ");
		sct_text_flags(&text, 11, &few);
		sct_text_put(&text, " ");
		sct_text_flags(&text, 8, &no_zero);
		sct_text_put(&text, " ");
		sct_text_flags(&text, 0, &no_zero);
		sct_text_put(&text, " ");
		sct_text_enum_decimal(&text, 1, &few);
		sct_text_put(&text, " ");
		sct_text_enum_decimal(&text, 9, &few);
		sct_text_put(&text, " ");
		sct_text_flags_more(&text, 16, &few);
		sct_text_put(&text, " ");
		sct_text_flags_more(&text, 2, &few);
		expect(rows[i].want);
	}
}

/* What is put together of several constants has one comment. */
static void constants_within_others_are_names(void **state)
{
	static const uint8_t port[] = { 0, 80 };
	unsigned int before;

	(void)state;
	sct_text_consts_as(SCT_CONSTS_BOTH);
	assert_true(sct_text_const(&text, 18, SCT_OCTAL_DIGITS));
	sct_text_enum(&text, 1, &few);
	sct_text_put(&text, "|");
	sct_text_flags(&text, 2, &few);
	sct_text_put(&text, "|");
	sct_text_flags_more(&text, 16, &few);
	sct_text_const_end(&text);
	expect("022 /* ONE|TWO|0x10 */");

	assert_true(sct_text_const_bytes(&text, port, 2));
	sct_text_put(&text, "htons(80)");
	sct_text_const_end(&text);
	expect("\"\\x00\\x50\" /* htons(80) */");

	before = sct_text_names_only();
	sct_text_enum(&text, 1, &few);
	sct_text_names_only_end(before);
	sct_text_enum(&text, 1, &few);
	expect("ONE0x1 /* ONE */");

	sct_text_consts_as(SCT_CONSTS_NUMBERS);
	assert_false(sct_text_const(&text, -100, SCT_DECIMAL_DIGITS));
	assert_false(sct_text_const_bytes(&text, port, 2));
	expect("-100\"\\x00\\x50\"");
	before = sct_text_names_only();
	sct_text_flags(&text, 3, &few);
	sct_text_names_only_end(before);
	expect("ONE|TWO");
}

#define CASE(f) cmocka_unit_test_teardown(f, clear)

static void names_are_those_of_the_machine(void **state)
{
	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	sct_text_flags(&text, 0x14000, &sct_xlat_open_flags);
	expect("O_DIRECT|O_DIRECTORY");
	sct_text_flags(&text, 0x410000, &sct_xlat_open_flags);
	expect("O_TMPFILE");
	sct_text_enum(&text, 18, &sct_xlat_ptrace_cmds);
	expect("PTRACE_GETFPXREGS");
	assert_int_equal(sct_calls_init(AUDIT_ARCH_AARCH64), 0);
	sct_text_flags(&text, 0x14000, &sct_xlat_open_flags);
	expect("O_DIRECT|O_DIRECTORY");
	sct_text_flags(&text, 0x404000, &sct_xlat_open_flags);
	expect("O_TMPFILE");
	sct_text_flags(&text, 0x8000, &sct_xlat_open_flags);
	expect("O_NOFOLLOW");
	sct_text_flags(&text, 0x31, &sct_xlat_mmap_prot);
	expect("PROT_READ|PROT_BTI|PROT_MTE");
	sct_text_enum(&text, 18, &sct_xlat_ptrace_cmds);
	expect("0x12 /* PTRACE_??? */");
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(put_appends),
		CASE(put_of_much_grows),
		CASE(putf_of_too_much_is_cut),
		CASE(pad_goes_to_the_column),
		CASE(numbers_are_those_of_printf),
		CASE(clear_begins_anew),
		CASE(quoted_of_nothing),
		CASE(quoted_of_plain_text),
		CASE(quoted_of_what_was_cut),
		CASE(quoted_of_each_byte_alone),
		CASE(quoted_is_printable_ascii_whatever_the_bytes),
		CASE(quoted_octal_before_an_octal_digit_is_long),
		CASE(quoted_octal_before_8_or_9_is_short),
		CASE(quoted_octal_at_the_end_is_short),
		CASE(quoted_of_the_same_many_times),
		CASE(escaped_in_brackets_has_none),
		CASE(quoted_hex_is_two_digits_a_byte),
		cmocka_unit_test_teardown(quoted_in_hex, in_octal),
		cmocka_unit_test_teardown(quoted_in_hex_only_if_it_is_not_ascii, in_octal),
		cmocka_unit_test_teardown(constants_in_three_styles, by_names),
		cmocka_unit_test_teardown(constants_within_others_are_names, by_names),
		CASE(quoted_letters_before_a_digit_stay),
		CASE(addr_of_zero_is_null),
		CASE(flags_are_joined),
		CASE(flags_of_several_bits_come_first),
		CASE(flags_of_zero),
		CASE(flags_with_unknown_bits),
		CASE(flags_of_64_bits),
		CASE(enum_has_a_name_or_a_number),
		CASE(name_of_a_value),
		CASE(names_are_those_of_the_machine),
	};

	return cmocka_run_group_tests_name("sctrace_text", cases, NULL, NULL);
}
