/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a struct's members lie, by each ABI's rules. abi: one bit of enum sct_abi. */
#ifndef SCT_LAYOUT_H
#define SCT_LAYOUT_H

#include "syscall_table.h"

/* A walk over the members of a struct. */
struct sct_layout {
	uint8_t abi;
	bool packed;
	uint32_t at;			/* behind the last member */
	uint32_t align;			/* the largest so far */
};

const struct sct_struct *sct_struct_in(const struct sct_struct *s, uint8_t abi);
void sct_layout_begin(struct sct_layout *layout, const struct sct_struct *s, uint8_t abi);
uint32_t sct_layout_next(struct sct_layout *layout, const struct sct_member *m);
uint32_t sct_struct_size(const struct sct_struct *s, uint8_t abi);
uint32_t sct_members_bytes(const struct sct_struct *s, uint8_t abi);
uint32_t sct_member_offset(const struct sct_struct *s, unsigned int i, uint8_t abi);
uint32_t sct_kind_bytes(const struct sct_member *m, uint8_t abi);
unsigned int sct_word_bytes(uint8_t abi);

/* Whether it points to something that is captured. */
static inline bool sct_is_pointer(const struct sct_arg *arg)
{
	return arg->type >= SCT_PATH;
}

#endif
