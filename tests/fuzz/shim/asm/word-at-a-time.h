/* SPDX-License-Identifier: GPL-2.0-only */
/* A zero byte in a word, as the kernel's headers of little-endian machines find it. */
#ifndef SHIM_ASM_WORD_AT_A_TIME_H
#define SHIM_ASM_WORD_AT_A_TIME_H

#define BYTES_OF(byte)			(~0UL / 0xff * (byte))

struct word_at_a_time {
	unsigned long ones, highs;
};

#define WORD_AT_A_TIME_CONSTANTS	{ BYTES_OF(0x01), BYTES_OF(0x80) }

static inline unsigned long has_zero(unsigned long word, unsigned long *bits, const struct word_at_a_time *c)
{
	*bits = (word - c->ones) & ~word & c->highs;
	return *bits;
}

#define prep_zero_mask(word, bits, c)	(bits)
#define create_zero_mask(bits)		((((bits) - 1) & ~(bits)) >> 7)
#define zero_bytemask(mask)		(mask)
#define find_zero(mask)			((unsigned long)__builtin_popcountl(mask) / 8)

#endif
