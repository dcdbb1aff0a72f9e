/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which container a running task is in. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "task_container.h"

/* What /proc calls the first one: PROC_PID_INIT_INO of <linux/proc_ns.h> in the kernel. */
#define INITIAL_PIDNS "pid:[4026531836]"

/* "mnt" of /proc/WHO/ns. false: it is gone. */
static bool read_namespace(const char *root, const char *who, const char *kind, char text[64])
{
	char path[PATH_MAX];
	ssize_t n;

	snprintf(path, sizeof(path), "%s/proc/%s/ns/%s", root, who, kind);
	n = readlink(path, text, 63);
	text[n > 0 ? n : 0] = '\0';
	return n > 0;
}

bool sct_proc_numbers_are_ours(const char *root)
{
	char own[64];

	return read_namespace(root, "self", "pid", own) && !strcmp(own, INITIAL_PIDNS);
}

/* The innermost run of as many digits as an id has. */
static void find_id(const char *path, char id[SCT_CONTAINER_DIGITS + 1])
{
	static const char digits[] = "0123456789abcdef";
	size_t n;

	for (; *path; path += n) {
		path += strcspn(path, digits);
		n = strspn(path, digits);
		if (n == SCT_CONTAINER_DIGITS) {
			memcpy(id, path, n);
			id[n] = '\0';
		}
	}
}

/* Of a line "0::/PATH", that of version 2. false: it is gone. */
static bool read_cgroup(const char *root, const char *who, char id[SCT_CONTAINER_DIGITS + 1])
{
	char path[PATH_MAX], line[PATH_MAX + 8];
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "%s/proc/%s/cgroup", root, who);
	f = fopen(path, "re");
	if (!f)
		return false;
	while (!found && fgets(line, sizeof(line), f))
		found = !strncmp(line, "0::", 3);
	fclose(f);
	if (found)
		find_id(line + 3, id);
	return found;
}

bool sct_task_container(const char *root, uint32_t tid, char id[SCT_CONTAINER_DIGITS + 1])
{
	static const char *const kinds[] = { "mnt", "pid" };
	char who[16], its[64], initial[64];
	bool apart = false;
	size_t i;

	*id = '\0';
	snprintf(who, sizeof(who), "%u", tid);
	if (!read_cgroup(root, who, id))
		return false;
	for (i = 0; i < 2; i++) {
		if (!read_namespace(root, who, kinds[i], its) || !read_namespace(root, "1", kinds[i], initial)) {
			*id = '\0';
			return false;
		}
		apart = apart || strcmp(its, initial);
	}
	if (!apart)
		*id = '\0';
	return true;
}
