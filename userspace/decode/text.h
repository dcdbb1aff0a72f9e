/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The print vocabulary: what decoders say, and how it becomes text. */
#ifndef SCT_TEXT_H
#define SCT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "xlat.h"

/* A text that grows. Zeroed is empty; sct_text_free() gives its memory back. */
struct sct_text {
	char *chars;			/* ended by NUL once anything was put */
	size_t len;
	size_t size;
};

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
void sct_text_addr(struct sct_text *text, uint64_t addr);
void sct_text_enum(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
void sct_text_enum_decimal(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
void sct_text_flags(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
void sct_text_flags_more(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
void sct_text_number_of(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
const char *sct_xlat_name(const struct sct_xlat *xlat, uint64_t value);

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

#endif
