/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Users that a process can become: of -u the command, of --drop-privileges this program. */
#ifndef SCT_USER_H
#define SCT_USER_H

#include <stdbool.h>
#include <sys/types.h>

struct sct_user {
	const char *given;		/* as it was given; NULL: none was */
	uid_t uid;
	gid_t gid;
	gid_t *groups;			/* all that it has, .gid among them */
	int nr_groups;
};

void sct_user_parse(struct sct_user *user, const char *option, const char *text);
int sct_user_become(const struct sct_user *user);
int sct_user_become_for_good(const struct sct_user *user, bool signals);

#endif
