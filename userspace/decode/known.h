/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of a call: its words, and the memory that was captured of it, best copy first. */
#ifndef SCT_KNOWN_H
#define SCT_KNOWN_H

#include "plan.h"
#include "task.h"

struct sct_known {
	struct sct_plan plan;
	const struct sct_plan_options *options;
	const struct sct_call *call;
	/* What the row means by its arguments; mostly the call's own. */
	uint64_t args[SCT_MAX_ARGS];
	uint8_t nr_args;
	bool raw;			/* all of them are numbers */
	bool flat;			/* pointers to structs are not followed */
	const struct sct_record *exit;	/* NULL: it has not returned yet */
	struct sct_pieces late;		/* what came after that */
	/* Of each argument (6: of the result) at entry [0] and return [1]: the pieces to take, and whether
	 * all of them could be read.
	 */
	struct sct_pieces pieces[2][SCT_MAX_ARGS + 1];
	bool whole[2][SCT_MAX_ARGS + 1];
};

/*
 * Where in captured memory a decoder stands: at a struct, or at an argument in its register. A
 * decoder passes it on, and looks at what is told here.
 */
struct sct_place {
	const struct sct_known *known;
	const struct sct_struct *of;	/* in this ABI's form; NULL: an argument */
	const uint8_t *bytes;		/* of the struct */
	uint32_t len;			/* how many of them there are; may be less than its size */
	uint32_t wanted;		/* how many the call names, where a length says it */
	uint64_t address;		/* in the task */
	uint8_t root;			/* argument that led here */
	bool at_exit;			/* captured at the return */
	uint8_t step;			/* step that has copied it */
	uint32_t ordinal;		/* of the step's pieces, which one */
	uint32_t element;		/* which element of the piece */
	uint32_t offset;		/* of the struct in the element */
	uint64_t *rest;			/* bytes that buffers below may still show; NULL: as many as there are */
};

void sct_known_init(struct sct_known *known, const struct sct_plan_set *set, const struct sct_call *call,
		    const struct sct_record *exit, struct sct_pieces late);
bool sct_known_failed(const struct sct_known *known);
unsigned int sct_known_step(const struct sct_known *known, unsigned int root, bool at_exit,
			    const struct sct_place *parent, uint32_t offset);
unsigned int sct_known_fd_step(const struct sct_known *known, unsigned int root);
unsigned int sct_known_member_fd_step(const struct sct_place *place, uint32_t offset);
bool sct_known_piece(const struct sct_known *known, unsigned int root, bool at_exit, unsigned int step,
		     uint32_t ordinal, struct sct_piece *piece);
bool sct_known_of_task(const struct sct_known *known, enum sctrace_base base, struct sct_piece *piece);
uint64_t sct_known_ip(const struct sct_known *known);
uint32_t sct_known_ordinal(const struct sct_place *parent, unsigned int step);

#endif
