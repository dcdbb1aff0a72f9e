/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Users that a process can become. */
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "die.h"
#include "user.h"

/* A number alone. (uid_t)-1 is nobody's: setuid(2). */
static bool take_id(const char *text, uint32_t *id)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 10);
	*id = value;
	return *text >= '0' && *text <= '9' && !*end && !errno && value < UINT32_MAX;
}

/* "1000:100"; false: it is a name. */
static bool take_ids(struct sct_user *user, const char *option, const char *text)
{
	const char *colon = strchr(text, ':');
	char uid[16];

	if (!colon)
		return false;
	if (colon - text < (int)sizeof(uid)) {
		memcpy(uid, text, colon - text);
		uid[colon - text] = '\0';
		if (take_id(uid, &user->uid) && take_id(colon + 1, &user->gid))
			return true;
	}
	die("%s: '%s' is neither a user's name nor UID:GID in numbers", option, text);
}

/* All groups of the user with that name, NULL: of none. */
static void find_groups(struct sct_user *user, const char *name)
{
	user->nr_groups = 1;
	user->groups = malloc(sizeof(*user->groups));
	if (user->groups)
		user->groups[0] = user->gid;
	while (user->groups && name && getgrouplist(name, user->gid, user->groups, &user->nr_groups) < 0)
		user->groups = realloc(user->groups, user->nr_groups * sizeof(*user->groups));
	if (!user->groups)
		die("out of memory");
}

/*
 * Of an option's value, which must stay. Does not return if it is nobody. All that is known of users is asked here: later, those
 * who know may be traced, and wait for us.
 */
void sct_user_parse(struct sct_user *user, const char *option, const char *text)
{
	const struct passwd *found = NULL;

	free(user->groups);
	*user = (struct sct_user) { .given = text };
	if (!take_ids(user, option, text)) {
		errno = 0;
		found = getpwnam(text);
		if (!found)
			die("%s: there is no user '%s'%s%s%s", option, text, errno ? ": " : "", errno ? strerror(errno) : "",
			    text[strspn(text, "0123456789")] ? "" : "; of numbers, give UID:GID");
		user->uid = found->pw_uid;
		user->gid = found->pw_gid;
	}
	find_groups(user, found ? text : NULL);
}

/* Groups first: a user who is not root has no right to change them. Return: an errno. */
int sct_user_become(const struct sct_user *user)
{
	return setgroups(user->nr_groups, user->groups) < 0 || setresgid(user->gid, user->gid, user->gid) < 0 ||
	       setresuid(user->uid, user->uid, user->uid) < 0 ? errno : 0;
}

static bool is_user_already(const struct sct_user *user)
{
	uid_t uid[3];
	gid_t gid[3];

	return !getresuid(&uid[0], &uid[1], &uid[2]) && !getresgid(&gid[0], &gid[1], &gid[2]) &&
	       uid[0] == user->uid && uid[1] == user->uid && uid[2] == user->uid &&
	       gid[0] == user->gid && gid[1] == user->gid && gid[2] == user->gid;
}

/* All capabilities but those in the mask. Ambient ones go with them. */
static int keep_capabilities(uint32_t mask)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { { .effective = mask, .permitted = mask } };

	return syscall(SYS_capset, &head, data);
}

/*
 * With no capability from then on, nor a way to any; with signals, if there is one to signal whom one likes, with that alone.
 * Others of that user may not look into this process, which holds a trace. Who is that user already, and may not change groups, keeps
 * them. Return: an errno; then nothing is certain.
 */
int sct_user_become_for_good(const struct sct_user *user, bool signals)
{
	int error;

	/* As long as there are capabilities nobody looks into this process; without them, nobody if it is not dumpable. */
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0)
		return errno;
	error = sct_user_become(user);
	if (error && !(error == EPERM && is_user_already(user)))
		return error;
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return errno;
	if ((!signals || keep_capabilities(1u << CAP_KILL) < 0) && keep_capabilities(0) < 0)
		return errno;
	return prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? errno : 0;
}
