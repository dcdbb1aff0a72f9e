/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -e read= and -e write=: all data of calls, below their lines. */
#ifndef SCT_OUTPUT_DUMP_H
#define SCT_OUTPUT_DUMP_H

#include "known.h"
#include "text.h"

#define SCT_DUMP_MAX_FDS 64

/* Descriptors. Zeroed: none. */
struct sct_dump_fds {
	bool not;			/* all but these */
	unsigned int n;
	int32_t fds[SCT_DUMP_MAX_FDS];
};

struct sct_dump {
	struct sct_dump_fds read, write;
};

bool sct_dump_fds_parse(struct sct_dump_fds *fds, const char *text);
void sct_dump_print(struct sct_text *text, const struct sct_dump *dump, const struct sct_known *known);

#endif
