/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCT_CHILD_H
#define SCT_CHILD_H

#include <sys/types.h>

/* A command that waits to be let go. */
struct sct_child {
	pid_t pid;
	const char *path;
	int go;				/* pipe: a byte lets it exec */
	int failed;			/* pipe: why it could not, an errno; nothing, if it could */
};

void sct_child_start(struct sct_child *child, char **command);
void sct_child_go(struct sct_child *child);
void sct_child_tell(struct sct_child *child);

#endif
