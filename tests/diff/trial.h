/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the cases of module/capture.c share: a plan, a call on this program's own memory, the pieces. */
#ifndef TRIAL_H
#define TRIAL_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <linux/kernel.h>
#include <linux/types.h>

#include "capture.h"

#define BAD		0x50000000UL	/* in no mapping of a program under AddressSanitizer */
#define MOST		32		/* steps, and pieces that a case looks at */
#define ROOM		4096

/* A plan, a call, a record's room, and what came into it. */
struct trial {
	struct sctrace_step steps[MOST];
	unsigned int nr_steps;
	unsigned long args[6];
	long result;
	size_t room;			/* 0: all of ROOM */
	bool may_sleep;
	bool whole;
	struct sctrace_maps *maps;
	struct sctrace_capture c;
	const struct sctrace_piece *pieces[MOST];
	unsigned int nr_pieces;
	uint8_t *memory;		/* exactly as large as the room: AddressSanitizer sees what lies behind */
};

/* The end of a page, before one that is not there. */
extern char *page_end;

struct sctrace_step *add(struct trial *t, uint8_t op);
struct sctrace_step *add_string(struct trial *t, uint8_t arg, uint16_t max);
struct sctrace_step *add_fixed(struct trial *t, uint8_t arg, uint16_t max);
struct sctrace_step *add_counted(struct trial *t, uint8_t arg, uint8_t count_arg, uint16_t unit);
struct sctrace_step *add_vector(struct trial *t, uint8_t arg, uint8_t word, uint16_t max);
struct sctrace_step *add_each(struct trial *t, uint8_t op, uint8_t of, uint16_t offset, uint16_t stride);
struct sctrace_step *add_each_counted(struct trial *t, uint8_t of, uint16_t offset, uint16_t stride,
				      uint16_t len_offset, uint16_t unit);
void run_again(struct trial *t, uint8_t flags);
void run(struct trial *t);
void done(struct trial *t);
void expect(const struct trial *t, unsigned int i, unsigned int step, unsigned int flags, uint32_t wanted,
	    const void *bytes, unsigned int len);
int make_page(void **state);
void *at_end(const void *bytes, size_t n);

#endif
