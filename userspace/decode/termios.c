/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings of terminals: struct termio, termios, termios2. Fields of several bits come before the flags. */
#include <asm/termbits.h>

#include "ioctl.h"

/* Names of a field of several bits, by its value. */
static void print_field(struct sct_text *text, uint32_t value, uint32_t mask, unsigned int shift, const char *name,
			const char *last)
{
	uint32_t n = (value & mask) >> shift;

	if (last && n == mask >> shift)
		sct_text_putf(text, "%s|", last);
	else
		sct_text_putf(text, "%s%u|", name, n);
}

/* Without flags there is nothing, not even a 0. */
static void print_flags(struct sct_text *text, uint32_t flags, const struct sct_xlat *xlat)
{
	uint32_t known = 0;
	size_t i;

	for (i = 0; i < xlat->n; i++)
		known |= xlat->names[i].value;
	if (flags & known)
		sct_text_flags(text, flags, xlat);
	else if (flags)
		sct_text_putf(text, "%#x", flags);
}

static void print_oflags(struct sct_text *text, uint32_t flags)
{
	print_field(text, flags, NLDLY, 8, "NL", NULL);
	print_field(text, flags, CRDLY, 9, "CR", NULL);
	print_field(text, flags, TABDLY, 11, "TAB", "XTABS");
	print_field(text, flags, BSDLY, 13, "BS", NULL);
	print_field(text, flags, VTDLY, 14, "VT", NULL);
	print_field(text, flags, FFDLY, 15, "FF", NULL);
	print_flags(text, flags & ~(uint32_t)(NLDLY | CRDLY | TABDLY | BSDLY | VTDLY | FFDLY),
		    &sct_xlat_termios_oflags);
}

static void print_cflags(struct sct_text *text, uint32_t flags)
{
	uint32_t in = (flags >> IBSHIFT) & CBAUD;

	sct_text_enum(text, flags & CBAUD, &sct_xlat_termios_bauds);
	if (in) {
		sct_text_put(text, "|");
		sct_text_enum(text, in, &sct_xlat_termios_bauds);
		sct_text_put(text, "<<IBSHIFT");
	}
	sct_text_putf(text, "|CS%u|", 5 + ((flags & CSIZE) >> 4));
	print_flags(text, flags & ~(uint32_t)(CBAUD | CSIZE | (uint32_t)CBAUD << IBSHIFT), &sct_xlat_termios_cflags);
}

/* [[VINTR]=0x3, ...] */
static void print_characters(struct sct_text *text, const uint8_t *cc, uint32_t n)
{
	static const char *const names[] = { "VINTR", "VQUIT", "VERASE", "VKILL", "VEOF", "VTIME", "VMIN", "VSWTC",
					     "VSTART", "VSTOP", "VSUSP", "VEOL", "VREPRINT", "VDISCARD", "VWERASE",
					     "VLNEXT", "VEOL2" };
	uint32_t i;

	sct_text_put(text, "[");
	for (i = 0; i < n; i++) {
		sct_text_put(text, i ? ", [" : "[");
		if (i < sizeof(names) / sizeof(names[0]))
			sct_text_putf(text, "%s]=%#x", names[i], cc[i]);
		else
			sct_text_putf(text, "%u]=%#x", i, cc[i]);
	}
	sct_text_put(text, "]");
}

/* Members: the four words of flags, c_line, c_cc, and of termios2 two speeds. */
void sct_termios_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{c_iflag=");
	print_flags(text, sct_member_value(place, 0), &sct_xlat_termios_iflags);
	sct_text_put(text, ", c_oflag=");
	print_oflags(text, sct_member_value(place, 1));
	sct_text_put(text, ", c_cflag=");
	print_cflags(text, sct_member_value(place, 2));
	sct_text_put(text, ", c_lflag=");
	print_flags(text, sct_member_value(place, 3), &sct_xlat_termios_lflags);
	if (!place->known->options->verbose) {
		sct_text_put(text, ", ...}");
		return;
	}
	sct_text_put(text, ", ");
	sct_member_print(text, place, 4);
	sct_text_put(text, ", c_cc=");
	print_characters(text, place->bytes + sct_member_at(place, 5), place->of->members[5].n);
	if (place->of->nr_members > 6) {
		sct_text_put(text, ", ");
		sct_members_print(text, place, 6, 8);
	}
	sct_text_put(text, "}");
}
