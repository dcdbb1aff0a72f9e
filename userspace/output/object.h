/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ELF files that processes execute, open while they are wanted, and what is known of places in them. */
#ifndef SCT_OUTPUT_OBJECT_H
#define SCT_OUTPUT_OBJECT_H

#include <libelf.h>

#include "stack.h"

struct sct_object {
	struct sct_object *next;
	unsigned int users;		/* lists of files that have it */
	char *path;			/* and the rest of what tells it from others */
	uint64_t file_bytes;
	uint64_t inode;
	int64_t file_mtime;
	int fd;				/* -1: .image has it all */
	void *image;
	Elf *elf;
	unsigned int machine;		/* EM_* */
	bool narrow;			/* of 32 bits */
	uint64_t entry;			/* where a program begins */
	void *places;			/* of tsearch(3), by address */
	unsigned int nr_places;
};

/* Zeroed but for .options and .most: none. */
struct sct_objects {
	const struct sct_stack_options *options;
	unsigned int most;		/* so many at a time */
	struct sct_object *first;	/* used last */
	unsigned int n;
};

struct sct_object *sct_objects_use(struct sct_objects *all, const struct sct_map *map, uint32_t tgid,
				   int *error);
void sct_objects_leave(struct sct_objects *all, struct sct_object *object);
void sct_objects_free(struct sct_objects *all);
bool sct_object_span(const struct sct_object *object, const struct sct_map *map, uint64_t *bias, uint64_t *low,
		     uint64_t *high);
const struct sct_stack_place *sct_object_place(const struct sct_object *object, uint64_t address);
const struct sct_stack_place *sct_object_keep(struct sct_object *object, uint64_t address,
					      const struct sct_stack_place *place);
void sct_object_tidy(struct sct_object *object);

#endif
