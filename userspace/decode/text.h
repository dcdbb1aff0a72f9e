/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The print vocabulary: what decoders say, and how it becomes text. */
#ifndef SCT_TEXT_H
#define SCT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "xlat.h"

/* A text that grows. Zeroed is empty; sct_text_free() gives its memory back. */
struct sct_text {
	char *chars;			/* ended by NUL once anything was put */
	size_t len;
	size_t size;
};

/* What of strings is written as \x and two digits. */
enum sct_hex_strings {
	SCT_HEX_NONE,			/* nothing: in octal, what has no shorter form */
	SCT_HEX_CHARS,			/* what else were in octal */
	SCT_HEX_NON_ASCII,		/* strings that have such */
	SCT_HEX_ALL,
};

/* How constants are written that have names. */
enum sct_consts {
	SCT_CONSTS_NAMES,
	SCT_CONSTS_NUMBERS,
	SCT_CONSTS_BOTH,		/* the number, and the name in a comment */
};

/* How the number is written, where it is. */
enum sct_digits { SCT_HEX_DIGITS, SCT_DECIMAL_DIGITS, SCT_OCTAL_DIGITS };

extern enum sct_consts sct_text_consts;

void sct_text_free(struct sct_text *text);
void sct_text_clear(struct sct_text *text);
void sct_text_cut(struct sct_text *text, size_t len);
void sct_text_grow(struct sct_text *text, size_t n);
void sct_text_putf(struct sct_text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void sct_text_unsigned(struct sct_text *text, uint64_t value);
void sct_text_signed(struct sct_text *text, int64_t value);
void sct_text_hex(struct sct_text *text, uint64_t value);
void sct_text_pad(struct sct_text *text, size_t column);
void sct_text_quoted(struct sct_text *text, const uint8_t *bytes, size_t n, bool more);
void sct_text_quoted_hex(struct sct_text *text, const uint8_t *bytes, size_t n, bool more);
void sct_text_escaped(struct sct_text *text, const uint8_t *bytes, size_t n, bool in_brackets);
void sct_text_strings_in_hex(enum sct_hex_strings how);
void sct_text_addr(struct sct_text *text, uint64_t addr);
void sct_text_enum(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
void sct_text_enum_decimal(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
void sct_text_flags(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
void sct_text_flags_more(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
void sct_text_number_of(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
const char *sct_xlat_name(const struct sct_xlat *xlat, uint64_t value);

void sct_text_consts_as(enum sct_consts how);
bool sct_text_const_number(struct sct_text *text, uint64_t value, enum sct_digits digits);
bool sct_text_const_bytes(struct sct_text *text, const void *bytes, size_t n);
void sct_text_name(struct sct_text *text, uint64_t value, enum sct_digits digits, const char *name);
void sct_text_const_close(struct sct_text *text);
unsigned int sct_text_names_only(void);
void sct_text_names_only_end(unsigned int before);

/* Before the name of a constant. true: it is to be written, and then sct_text_const_end(). */
static inline bool sct_text_const(struct sct_text *text, uint64_t value, enum sct_digits digits)
{
	return __builtin_expect(!sct_text_consts, 1) || sct_text_const_number(text, value, digits);
}

static inline void sct_text_const_end(struct sct_text *text)
{
	if (__builtin_expect(sct_text_consts, 0))
		sct_text_const_close(text);
}

/*
 * What puts characters is here, so that of a literal the length is known when this is compiled: a dozen
 * instructions each, and a line is put together of twenty.
 */

/* Room for n more characters and a NUL. */
static inline char *sct_text_room(struct sct_text *text, size_t n)
{
	if (text->len + n >= text->size)
		sct_text_grow(text, n);
	return text->chars + text->len;
}

static inline void sct_text_put_bytes(struct sct_text *text, const void *bytes, size_t n)
{
	char *to = sct_text_room(text, n);

	memcpy(to, bytes, n);
	to[n] = '\0';
	text->len += n;
}

static inline void sct_text_put(struct sct_text *text, const char *chars)
{
	sct_text_put_bytes(text, chars, strlen(chars));
}

/* Writes what is behind the first *written of them. */
static inline void sct_text_write(const struct sct_text *text, size_t *written, FILE *out)
{
	fwrite_unlocked(text->chars + *written, 1, text->len - *written, out);
	*written = text->len;
}

#endif
