/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flags of mappings and policies for memory: mmap(2), memfd_create(2), mbind(2), move_pages(2). */
#include <linux/memfd.h>
#include <linux/mempolicy.h>
#include <linux/mman.h>
#include <string.h>

#include "layout.h"
#include "print.h"
#include "printers.h"

/* Linux 5.12; the installed headers may be older. */
#ifndef MPOL_F_NUMA_BALANCING
#define MPOL_F_NUMA_BALANCING (1 << 13)
#endif

#define TYPE_MASK	0xf	/* MAP_TYPE of the kernel */

/* Above this bit the size of huge pages, as a power of two: MAP_HUGE_SHIFT and MFD_HUGE_SHIFT are the same. */
#define HUGE_MASK	((uint32_t)MAP_HUGE_MASK << MAP_HUGE_SHIFT)

static void print_with_huge(struct sct_text *text, uint32_t flags, const struct sct_xlat *xlat, const char *shift)
{
	uint32_t rest = flags & ~HUGE_MASK;

	if (rest || !flags)
		sct_text_flags(text, rest, xlat);
	if (flags & HUGE_MASK)
		sct_text_putf(text, "%s%u<<%s", rest ? "|" : "", flags >> MAP_HUGE_SHIFT, shift);
}

void sct_mmap_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	/* Behind a type no comment tells what the number is. */
	struct sct_xlat bits = { .names = sct_xlat_mmap_flags.names, .n = sct_xlat_mmap_flags.n };
	uint32_t flags = value;

	(void)place;
	if (!sct_text_const(text, flags, SCT_HEX_DIGITS))
		return;
	sct_text_enum(text, flags & TYPE_MASK, &sct_xlat_mmap_types);
	if (flags & ~TYPE_MASK) {
		sct_text_put(text, "|");
		print_with_huge(text, flags & ~TYPE_MASK, &bits, "MAP_HUGE_SHIFT");
	}
	sct_text_const_end(text);
}

void sct_memfd_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_with_huge(text, value, &sct_xlat_memfd_create_flags, "MFD_HUGE_SHIFT");
}

/* One value, and flags in the same number; all of it as flags if the value has no name. */
void sct_mpol_mode_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint64_t flags = value & (MPOL_F_STATIC_NODES | MPOL_F_RELATIVE_NODES | MPOL_F_NUMA_BALANCING);

	(void)place;
	if (flags && !sct_xlat_name(&sct_xlat_mpol_modes, value & ~flags)) {
		sct_text_flags(text, (uint32_t)value, &sct_xlat_mpol_mode_flags);
		return;
	}
	if (!sct_text_const(text, value, SCT_HEX_DIGITS))
		return;
	sct_text_enum(text, value & ~flags, &sct_xlat_mpol_modes);
	if (flags) {
		sct_text_put(text, "|");
		sct_text_flags(text, flags, &sct_xlat_mpol_mode_flags);
	}
	sct_text_const_end(text);
}

/* One word of a mask of nodes, with all its digits. */
void sct_node_mask_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	sct_text_putf(text, "%#0*llx", 2 * sct_word_bytes(place->known->plan.abi), (unsigned long long)value);
}

/* Of one page in a byte: the lowest bit says whether it is in memory. */
void sct_mincore_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_putf(text, "%u", (unsigned int)value & 1);
}

/* What is no flag has no comment. */
void sct_secretmem_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	struct sct_xlat flags = { .names = sct_xlat_memfd_secret_flags.names, .n = sct_xlat_memfd_secret_flags.n };

	(void)place;
	sct_text_flags(text, (uint32_t)value, &flags);
}
