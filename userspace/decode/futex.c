/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The encoded arguments of futex(2). */
#include "print.h"
#include "printers.h"

void sct_futex_bits_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if ((uint32_t)value != UINT32_MAX) {
		sct_text_hex(text, (uint32_t)value);
	} else if (sct_text_const(text, UINT32_MAX, SCT_HEX_DIGITS)) {
		sct_text_put(text, "FUTEX_BITSET_MATCH_ANY");
		sct_text_const_end(text);
	}
}

/* A name, or the number, shifted to where it stands. */
static void put_shifted(struct sct_text *text, uint32_t value, const struct sct_xlat *xlat, unsigned int shift)
{
	const char *name = sct_xlat_name(xlat, value);

	if (name)
		sct_text_putf(text, "%s<<%u", name, shift);
	else
		sct_text_putf(text, "%#x<<%u /* %s */", value, shift, xlat->unknown);
}

/* FUTEX_OP of <linux/futex.h>, taken apart. */
void sct_futex_wake_op_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint32_t op = value;

	(void)place;
	if (!sct_text_const(text, op, SCT_HEX_DIGITS))
		return;
	if (op >> 31)
		sct_text_put(text, "FUTEX_OP_OPARG_SHIFT<<28|");
	put_shifted(text, op >> 28 & 7, &sct_xlat_futex_wake_ops, 28);
	sct_text_putf(text, "|%#x<<12|", op >> 12 & 0xfff);
	put_shifted(text, op >> 24 & 0xf, &sct_xlat_futex_wake_cmps, 24);
	sct_text_putf(text, "|%#x", op & 0xfff);
	sct_text_const_end(text);
}
