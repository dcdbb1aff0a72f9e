/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The functions that a task was in as it made a call: its stack, unwound. */
#ifndef SCT_OUTPUT_STACK_H
#define SCT_OUTPUT_STACK_H

#include "known.h"
#include "task_maps.h"
#include "text.h"

#define SCT_STACK_FRAMES	256
#define SCT_STACK_MIN_BYTES	1024
#define SCT_STACK_BYTES		16384

/* Files that are open at most, those of them that nobody uses, and lists of files that are kept ready for the next call. */
#define SCT_STACK_FILES		4096
#define SCT_STACK_OBJECTS	64
#define SCT_STACK_SPACES	32

/* A place in a file. */
struct sct_stack_place {
	const char *symbol;		/* NULL: none is known there */
	uint64_t offset;		/* from it */
	const char *source;		/* file; NULL: not known, or not wanted */
	int line;			/* in it */
};

struct sct_stack_frame {
	const char *path;		/* NULL: it is in no file that is known */
	struct sct_stack_place place;
	uint64_t address;		/* in the file, as its symbols have it; without a file, in memory */
};

/* Innermost first. */
struct sct_stack {
	unsigned int n;
	struct sct_stack_frame frames[SCT_STACK_FRAMES];
	char why[96];			/* there are no more than these; "": that was the outermost */
};

/* What a stack is made of. */
struct sct_stack_input {
	struct sctrace_regs regs;
	const uint8_t *bytes;		/* from the stack pointer on */
	size_t len;
	size_t limit;			/* how many were wanted */
	bool cut;			/* the record had no room for them */
	const struct sct_maps *maps;	/* NULL: not known */
	uint32_t tgid;
};

struct sct_stack_options {
	bool sources;			/* files and lines of sources are wanted */
	unsigned int frames;		/* at most so many; 0: SCT_STACK_FRAMES */
	const char *root;		/* of the /proc that knows the processes; NULL: none does */
	bool ours;			/* they run on this very kernel */
};

struct sct_stacks;

struct sct_stacks *sct_stacks_new(const struct sct_stack_options *options);
void sct_stacks_free(struct sct_stacks *stacks);
const struct sct_stack *sct_stacks_unwind(struct sct_stacks *stacks, const struct sct_stack_input *input);
const struct sct_stack *sct_stacks_of(struct sct_stacks *stacks, const struct sct_known *known);
void sct_stack_print(struct sct_text *text, const struct sct_stack *stack);

#endif
