/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where frames of records begin in capture files, and which time each begins with. */
#ifndef SCT_FILE_INDEX_H
#define SCT_FILE_INDEX_H

#include "frame.h"

struct sct_place {
	uint64_t offset;		/* of the frame, in its file */
	uint64_t time;			/* of the round that it begins with */
	uint32_t file;
};

/* Zeroed: nothing is known. */
struct sct_file_index {
	struct sct_place *places;	/* of frames of RECORDS, in their order; maybe not of each */
	size_t nr, room;
	uint64_t end;			/* time of the last round there is, ns; 0: there is none */
	uint64_t lost;			/* in all files, what GAPs say is missing */
	bool complete;			/* all files have ENDs, so .lost is known */
};

int sct_file_index_make(struct sct_file_index *index, char *const *paths, unsigned int nr);
size_t sct_file_index_find(const struct sct_file_index *index, uint64_t time);
void sct_file_index_free(struct sct_file_index *index);

#endif
