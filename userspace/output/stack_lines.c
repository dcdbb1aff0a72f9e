/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a stack, below that of its call. */
#include <inttypes.h>

#include "stack.h"
#include "text.h"

/* The bytes of a character beyond ASCII that a terminal shows, which U+0080 to U+009F are not. 0: it is none. */
static unsigned int shown_bytes(const unsigned char *at)
{
	unsigned int n = *at > 0xf4 ? 0 : *at >= 0xf0 ? 4 : *at >= 0xe0 ? 3 : *at >= 0xc2 ? 2 : 0, i;
	uint32_t c = *at & 0x7f >> n;

	for (i = 1; i < n; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (at[i] & 0x3f);
	}
	/* Or it would do with fewer bytes, or is no character. */
	return c < 0xa0 || (n > 2 && c < (n == 3 ? 0x800u : 0x10000u)) || c >> 11 == 0x1b || c > 0x10ffff ? 0 : n;
}

/* Names are the program's: what would end a line or steer a terminal, or is no text, is in octal. */
static void put_clean(struct sct_text *text, const char *chars)
{
	unsigned int n;

	for (; *chars; chars += n ?: 1) {
		n = *chars >= ' ' && *chars < 0x7f ? 1 : shown_bytes((const unsigned char *)chars);
		if (n)
			sct_text_put_bytes(text, chars, n);
		else
			sct_text_putf(text, "\\%03o", (unsigned char)*chars);
	}
}

static void put_line(struct sct_text *text, const struct sct_stack_frame *frame)
{
	if (!frame->path) {
		sct_text_putf(text, " > unexpected_backtracing_error [0x%" PRIx64 "]\n", frame->address);
		return;
	}
	sct_text_put(text, " > ");
	put_clean(text, frame->path);
	sct_text_put(text, "(");
	if (frame->place.symbol) {
		put_clean(text, frame->place.symbol);
		sct_text_putf(text, "+0x%" PRIx64, frame->place.offset);
	}
	sct_text_putf(text, ") [0x%" PRIx64 "]", frame->address);
	if (frame->place.source) {
		sct_text_put(text, " ");
		put_clean(text, frame->place.source);
		sct_text_putf(text, ":%d", frame->place.line);
	}
	sct_text_put(text, "\n");
}

/* As strace -k: a line each, and one if there would be more. */
void sct_stack_print(struct sct_text *text, const struct sct_stack *stack)
{
	unsigned int i;

	for (i = 0; i < stack->n; i++)
		put_line(text, &stack->frames[i]);
	if (*stack->why)
		sct_text_putf(text, " > %s\n", stack->why);
}
