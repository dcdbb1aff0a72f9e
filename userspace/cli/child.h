/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCT_CHILD_H
#define SCT_CHILD_H

#include <sys/types.h>

#include "user.h"

/* Where the reader is: -D, -DD, -DDD. */
enum sct_child_apart {
	SCT_CHILD_OURS,			/* the command's parent */
	SCT_CHILD_GRANDCHILD,		/* a grandchild of the process that becomes the command: whoever waits for us has the command */
	SCT_CHILD_GROUP,		/* the same, in a process group of its own */
	SCT_CHILD_SESSION,		/* the same, in a session of its own */
};

/* How a command is started: otherwise than by its words alone. */
struct sct_child_how {
	struct sct_user user;		/* whose it is; of none, ours */
	char **env;			/* NAME=VALUE to set, NAME to take away, in this order */
	unsigned int nr_env;
	const char *argv0;		/* NULL: the command's own first word */
	enum sct_child_apart apart;
};

/* A command that waits to be let go. */
struct sct_child {
	pid_t pid;
	const char *path;
	int go;				/* pipe: a byte lets it exec */
	int failed;			/* pipe: why it could not, an errno; nothing, if it could */
};

const char *sct_child_find(const char *name);
void sct_child_start(struct sct_child *child, char **command, const struct sct_child_how *how);
void sct_child_go(struct sct_child *child);
void sct_child_signal(const struct sct_child *child, int signo);
int sct_child_tell(struct sct_child *child);

#endif
