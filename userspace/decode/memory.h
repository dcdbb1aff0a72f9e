/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What pointers lead to, as text. */
#ifndef SCT_MEMORY_H
#define SCT_MEMORY_H

#include "print.h"

/* A pointer that is to be followed. */
struct sct_pointer {
	const struct sct_known *known;
	const struct sct_arg *arg;
	uint64_t address;
	uint8_t root;			/* argument that led here */
	bool at_exit;
	const struct sct_place *parent;	/* the struct it is a member of; NULL: it is an argument */
	uint32_t offset;		/* of the pointer in the parent's element */
	uint64_t *rest;			/* as in struct sct_place */
};

struct sct_pointer sct_member_pointer(const struct sct_place *place, unsigned int i);
void sct_pointer_print(struct sct_text *text, const struct sct_pointer *pointer);

#endif
