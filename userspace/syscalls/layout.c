/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a struct's members lie, by each ABI's rules. */
#include "layout.h"

#define ILP32 (SCT_I386 | SCT_ARM)

/* Bytes of a pointer, and of a long, in memory. */
unsigned int sct_word_bytes(uint8_t abi)
{
	return abi & (ILP32 | SCT_X32) ? 4 : 8;
}

/* The description of a struct that holds in an ABI. */
const struct sct_struct *sct_struct_in(const struct sct_struct *s, uint8_t abi)
{
	while (s->other && (s->other_abis & abi))
		s = s->other;
	return s;
}

/* Bytes of one of the member, without what .n says. */
uint32_t sct_kind_bytes(const struct sct_member *m, uint8_t abi)
{
	switch (m->kind) {
	case K_S8:
	case K_U8:
	case K_CHARS:
		return 1;
	case K_S16:
	case K_U16:
	case K_BE16:
		return 2;
	case K_S32:
	case K_U32:
	case K_BE32:
		return 4;
	case K_S64:
	case K_U64:
		return 8;
	case K_KLONG:
	case K_KULONG:
		return abi & ILP32 ? 4 : 8;
	case K_STRUCT:
		return sct_struct_size(m->arg.of, abi);
	default:
		return sct_word_bytes(abi);
	}
}

static uint32_t struct_align(const struct sct_struct *s, uint8_t abi);

static uint32_t kind_align(const struct sct_member *m, uint8_t abi)
{
	uint32_t bytes;

	if (m->kind == K_STRUCT)
		return struct_align(sct_struct_in(m->arg.of, abi), abi);
	bytes = sct_kind_bytes(m, abi);
	return bytes == 8 && abi == SCT_I386 ? 4 : bytes;
}

static uint32_t round_up(uint32_t n, uint32_t align)
{
	return (n + align - 1) / align * align;
}

void sct_layout_begin(struct sct_layout *layout, const struct sct_struct *s, uint8_t abi)
{
	*layout = (struct sct_layout) { .abi = abi, .packed = s->packed & abi, .align = 1 };
}

/* Offset of the next member. */
uint32_t sct_layout_next(struct sct_layout *layout, const struct sct_member *m)
{
	uint32_t align = layout->packed ? 1 : kind_align(m, layout->abi);
	uint32_t offset = round_up(layout->at, align);

	if (align > layout->align)
		layout->align = align;
	layout->at = offset + sct_kind_bytes(m, layout->abi) * (m->n ? m->n : 1);
	return offset;
}

static void walk(struct sct_layout *layout, const struct sct_struct *s, uint8_t abi)
{
	unsigned int i;

	sct_layout_begin(layout, s, abi);
	for (i = 0; i < s->nr_members; i++)
		sct_layout_next(layout, &s->members[i]);
}

static uint32_t struct_align(const struct sct_struct *s, uint8_t abi)
{
	struct sct_layout layout;

	walk(&layout, s, abi);
	return layout.align;
}

/* sizeof by its members. s: as sct_struct_in() gives it. */
uint32_t sct_members_bytes(const struct sct_struct *s, uint8_t abi)
{
	struct sct_layout layout;

	walk(&layout, s, abi);
	return round_up(layout.at, layout.align);
}

/* The same, or what is captured of it if that is more. */
uint32_t sct_struct_size(const struct sct_struct *s, uint8_t abi)
{
	uint32_t size;

	s = sct_struct_in(s, abi);
	size = sct_members_bytes(s, abi);
	return size > s->size ? size : s->size;
}

/* s: as sct_struct_in() gives it. */
uint32_t sct_member_offset(const struct sct_struct *s, unsigned int i, uint8_t abi)
{
	struct sct_layout layout;
	uint32_t offset = 0;
	unsigned int m;

	sct_layout_begin(&layout, s, abi);
	for (m = 0; m <= i; m++)
		offset = sct_layout_next(&layout, &s->members[m]);
	return offset;
}
