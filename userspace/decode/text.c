/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The print vocabulary. */
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

void sct_text_free(struct sct_text *text)
{
	free(text->chars);
	*text = (struct sct_text) { 0 };
}

void sct_text_clear(struct sct_text *text)
{
	text->len = 0;
}

/* Takes back what was put since the text had this length. */
void sct_text_cut(struct sct_text *text, size_t len)
{
	if (len < text->len) {
		text->len = len;
		text->chars[len] = '\0';
	}
}

/* Makes room for n more characters and a NUL. A reader that cannot get a few KiB has nothing left to say. */
void sct_text_grow(struct sct_text *text, size_t n)
{
	text->size = (text->len + n + 1) * 2;
	text->chars = realloc(text->chars, text->size);
	if (!text->chars)
		err(1, "out of memory for a line of %zu bytes", text->size);
}

void sct_text_putf(struct sct_text *text, const char *format, ...)
{
	char chars[256];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(chars, sizeof(chars), format, args);
	va_end(args);
	sct_text_put_bytes(text, chars, n < (int)sizeof(chars) ? n : (int)sizeof(chars) - 1);
}

/* Digits end here, as the last of a buffer. Return: where they begin. */
static char *digits_before(char *end, uint64_t value)
{
	do
		*--end = '0' + value % 10;
	while (value /= 10);
	return end;
}

/* %llu. Numbers are most of what is printed, and vsnprintf() takes ten times as long for one. */
void sct_text_unsigned(struct sct_text *text, uint64_t value)
{
	char chars[20], *end = chars + sizeof(chars), *at;

	if (value < 10) {
		*chars = '0' + value;
		sct_text_put_bytes(text, chars, 1);
		return;
	}
	at = digits_before(end, value);
	sct_text_put_bytes(text, at, end - at);
}

/* %lld */
void sct_text_signed(struct sct_text *text, int64_t value)
{
	if (value < 0) {
		sct_text_put(text, "-");
		sct_text_unsigned(text, -(uint64_t)value);
	} else {
		sct_text_unsigned(text, value);
	}
}

/* %#llx */
void sct_text_hex(struct sct_text *text, uint64_t value)
{
	char chars[18], *end = chars + sizeof(chars), *at = end;
	uint64_t rest = value;

	do
		*--at = "0123456789abcdef"[rest % 16];
	while (rest /= 16);
	if (value) {
		*--at = 'x';
		*--at = '0';
	}
	sct_text_put_bytes(text, at, end - at);
}

/* Spaces up to the column, counted from 0. */
void sct_text_pad(struct sct_text *text, size_t column)
{
	size_t n = text->len < column ? column - text->len : 0;

	memset(sct_text_room(text, n), ' ', n);
	text->len += n;
	text->chars[text->len] = '\0';
}

/* How a byte stands in a C string literal. */
struct spelling {
	char chars[4];
	uint16_t len;
	bool number;			/* by its number, in octal */
};

/* [1]: between < and >, which it does not contain itself; [HEX]: all by their numbers. */
#define HEX 2
static struct spelling spellings[3][256];

static enum sct_hex_strings in_hex;

static char *put_octal(char *to, uint8_t byte, unsigned int digits)
{
	while (digits--)
		*to++ = '0' + (byte >> 3 * digits & 7);
	return to;
}

static struct spelling spell_hex(uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";

	return (struct spelling) { { '\\', 'x', digits[byte >> 4], digits[byte & 15] }, .len = 4 };
}

static struct spelling spell(uint8_t byte, bool in_brackets)
{
	static const char letters[] = { ['\t'] = 't', ['\n'] = 'n', ['\v'] = 'v',
					['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\' };
	bool is_bracket = byte == '<' || byte == '>';
	unsigned int digits = byte >= 0100 ? 3 : byte >= 010 ? 2 : 1;
	struct spelling s = { { '\\' }, .len = 2 };

	if (in_hex == SCT_HEX_ALL)
		return spell_hex(byte);
	if (byte < sizeof(letters) && letters[byte]) {
		s.chars[1] = letters[byte];
	} else if (byte >= ' ' && byte < 0x7f && !(in_brackets && is_bracket)) {
		s.chars[0] = byte;
		s.len = 1;
	} else if (in_hex == SCT_HEX_CHARS) {
		return spell_hex(byte);
	} else {
		/* As short as it can be. */
		put_octal(s.chars + 1, byte, digits);
		s.len = 1 + digits;
		s.number = true;
	}
	return s;
}

/* Once; kept out of where it is called from, whose loop wants all registers. */
static __attribute__((noinline, cold)) void spell_all(void)
{
	unsigned int i;

	for (i = 0; i < 256; i++) {
		spellings[false][i] = spell(i, false);
		spellings[true][i] = spell(i, true);
		spellings[HEX][i] = spell_hex(i);
	}
}

/* Which strings, and what of them, is written in hexadecimal from now on. */
void sct_text_strings_in_hex(enum sct_hex_strings how)
{
	in_hex = how;
	spell_all();
}

/* What is neither printable nor white space makes a string one that is not ASCII. */
static bool is_ascii(const uint8_t *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (bytes[i] > 0x7e || (bytes[i] < ' ' && (bytes[i] < '\t' || bytes[i] > '\r')))
			return false;
	}
	return true;
}

/* With room for four characters, whatever it is. */
static char *put_spelled(char *to, const struct spelling *s)
{
	memcpy(to, s->chars, sizeof(s->chars));
	return to + s->len;
}

/* What is in a C string literal. in_brackets: between < and >, which it does not contain itself. */
void sct_text_escaped(struct sct_text *text, const uint8_t *bytes, size_t n, bool in_brackets)
{
	const struct spelling *of = spellings[in_brackets], *s;
	char *to = sct_text_room(text, sizeof(s->chars) * n);
	const uint8_t *at = bytes, *end = bytes + n;
	uint8_t byte;

	if (!of->len)
		spell_all();
	if (in_hex == SCT_HEX_NON_ASCII && !is_ascii(bytes, n))
		of = spellings[HEX];
	while (at < end) {
		byte = *at++;
		s = &of[byte];
		if (!s->number) {
			to = put_spelled(to, s);
			continue;
		}
		/* Zeros come many at a time. */
		for (; at < end && *at == byte; at++)
			to = put_spelled(to, s);
		if (at < end && *at >= '0' && *at <= '7') {
			/* That would be read as part of a shorter number. */
			*to++ = '\\';
			to = put_octal(to, byte, 3);
		} else {
			to = put_spelled(to, s);
		}
	}
	*to = '\0';
	text->len = to - text->chars;
}

/*
 * A C string literal. What is not printable ASCII is escaped, so no byte a program passes reaches
 * the terminal as it is. more: there were more bytes than these.
 */
void sct_text_quoted(struct sct_text *text, const uint8_t *bytes, size_t n, bool more)
{
	sct_text_put(text, "\"");
	sct_text_escaped(text, bytes, n, false);
	sct_text_put(text, more ? "\"..." : "\"");
}

/* The same of bytes that are no text: each as \x and two digits. */
void sct_text_quoted_hex(struct sct_text *text, const uint8_t *bytes, size_t n, bool more)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	sct_text_put(text, "\"");
	for (i = 0; i < n; i++) {
		const char chars[] = { '\\', 'x', digits[bytes[i] >> 4], digits[bytes[i] & 15] };

		sct_text_put_bytes(text, chars, sizeof(chars));
	}
	sct_text_put(text, more ? "\"..." : "\"");
}

void sct_text_addr(struct sct_text *text, uint64_t addr)
{
	if (addr)
		sct_text_hex(text, addr);
	else
		sct_text_put(text, "NULL");
}

/* The name of a value, or NULL. */
const char *sct_xlat_name(const struct sct_xlat *xlat, uint64_t value)
{
	size_t i;

	for (i = 0; i < xlat->n; i++) {
		if (xlat->names[i].value == value && sct_name_is_here(&xlat->names[i]))
			return xlat->names[i].name;
	}
	return NULL;
}

/* ---- constants ---- */

enum sct_consts sct_text_consts;

/* How many constants are being written, one within the other: those within are part of a comment. */
static unsigned int open_consts;

/* From now on. */
void sct_text_consts_as(enum sct_consts how)
{
	sct_text_consts = how;
}

/* Of what stands before a name: whether that is to follow. */
static bool open_comment(struct sct_text *text)
{
	if (sct_text_consts == SCT_CONSTS_NUMBERS)
		return false;
	sct_text_put(text, " /* ");
	open_consts++;
	return true;
}

/* sct_text_const(), if not all constants are by their names. */
bool sct_text_const_number(struct sct_text *text, uint64_t value, enum sct_digits digits)
{
	if (open_consts) {
		open_consts++;
		return true;
	}
	if (digits == SCT_DECIMAL_DIGITS)
		sct_text_signed(text, value);
	else if (digits == SCT_OCTAL_DIGITS)
		sct_text_putf(text, value ? "%#03llo" : "000", (unsigned long long)value);
	else
		sct_text_hex(text, value);
	return open_comment(text);
}

/* The same of what is not a number but bytes in the order of a network. */
bool sct_text_const_bytes(struct sct_text *text, const void *bytes, size_t n)
{
	if (!sct_text_consts)
		return true;
	if (open_consts) {
		open_consts++;
		return true;
	}
	sct_text_quoted_hex(text, bytes, n, false);
	return open_comment(text);
}

/* sct_text_const_end() */
void sct_text_const_close(struct sct_text *text)
{
	if (!--open_consts)
		sct_text_put(text, " */");
}

/* A constant that has this name. */
void sct_text_name(struct sct_text *text, uint64_t value, enum sct_digits digits, const char *name)
{
	if (!sct_text_const(text, value, digits))
		return;
	sct_text_put(text, name);
	sct_text_const_end(text);
}

/* Until sct_text_names_only_end(), which wants what this gives: what explains a number is written as it is. */
unsigned int sct_text_names_only(void)
{
	return open_consts++;
}

void sct_text_names_only_end(unsigned int before)
{
	open_consts = before;
}

static void put_unknown(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat)
{
	sct_text_hex(text, value);
	if (xlat->unknown && (sct_text_consts != SCT_CONSTS_NUMBERS || open_consts))
		sct_text_putf(text, " /* %s */", xlat->unknown);
}

/* One value: its name, or the number with a comment. */
void sct_text_enum(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat)
{
	const char *name = sct_xlat_name(xlat, value);

	if (name)
		sct_text_name(text, value, SCT_HEX_DIGITS, name);
	else
		put_unknown(text, value, xlat);
}

/* The same, a number without a name in decimal. */
void sct_text_enum_decimal(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat)
{
	const char *name = sct_xlat_name(xlat, value);

	if (!sct_text_const(text, value, SCT_DECIMAL_DIGITS))
		return;
	if (name)
		sct_text_put(text, name);
	else if (sct_text_consts)
		sct_text_put(text, xlat->unknown);
	else
		sct_text_putf(text, "%llu /* %s */", (unsigned long long)value, xlat->unknown);
	sct_text_const_end(text);
}

/* Bits that have names, joined by |; gives what is left of the value. */
static uint64_t put_bits(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat)
{
	uint64_t rest = value;
	size_t i;

	for (i = 0; i < xlat->n && rest; i++) {
		const struct sct_name *name = &xlat->names[i];

		if (!name->value || !sct_name_is_here(name) || (rest & name->value) != name->value)
			continue;
		if (rest != value)
			sct_text_put(text, "|");
		sct_text_put(text, name->name);
		rest &= ~name->value;
	}
	return rest;
}

/* Bits: names joined by |, what has no name in hexadecimal; a comment if nothing has a name. */
void sct_text_flags(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat)
{
	size_t len = text->len;
	const char *zero;
	uint64_t rest;

	if (!value) {
		zero = sct_xlat_name(xlat, 0);
		if (zero)
			sct_text_name(text, 0, SCT_HEX_DIGITS, zero);
		else
			sct_text_put(text, "0");
		return;
	}
	if (!sct_text_const(text, value, SCT_HEX_DIGITS))
		return;
	rest = put_bits(text, value, xlat);
	if (rest == value) {
		/* There is nothing to comment on the number with. */
		if (sct_text_consts)
			open_consts--;
		sct_text_cut(text, len);
		put_unknown(text, rest, xlat);
		return;
	}
	if (rest)
		sct_text_putf(text, "|%#llx", (unsigned long long)rest);
	sct_text_const_end(text);
}

/* Bits that stand behind others: without a comment. */
void sct_text_flags_more(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat)
{
	struct sct_xlat bits = { .names = xlat->names, .n = xlat->n };

	if (value)
		sct_text_flags(text, value, &bits);
}

/* A number that has a name: the number, and the name in a comment. */
void sct_text_number_of(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat)
{
	const char *name = sct_xlat_name(xlat, value);

	sct_text_hex(text, value);
	if (sct_text_consts != SCT_CONSTS_NUMBERS || open_consts)
		sct_text_putf(text, " /* %s */", name ? name : xlat->unknown);
}
