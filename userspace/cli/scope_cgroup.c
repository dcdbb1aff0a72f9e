/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cgroups of scope expressions: ids of version 2, by path. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "die.h"
#include "scope_expr.h"

static char *join(const char *a, const char *b)
{
	char *joined;

	if (asprintf(&joined, "%s%s", a, b) < 0)
		die("out of memory");
	return joined;
}

/* \ooo for what would end a field: proc(5). In place. */
static void unescape(char *text)
{
	char *to = text;

	for (; *text; text++) {
		unsigned int octal;
		int n = 0;

		if (sscanf(text, "\\%3o%n", &octal, &n) == 1 && n == 4) {
			*to++ = octal;
			text += 3;
		} else {
			*to++ = *text;
		}
	}
	*to = '\0';
}

/* The mount point, in the line of mountinfo, if that is of a cgroup2 file system, else NULL. */
static char *cgroup2_point(char *line)
{
	char *type = strstr(line, " - ");
	char *point = NULL, *rest;
	int field;

	if (!type || strncmp(type + 3, "cgroup2 ", 8))
		return NULL;
	*type = '\0';
	for (field = 0; field < 5; field++) {
		point = strtok_r(field ? NULL : line, " ", &rest);
		if (!point)
			return NULL;
	}
	unescape(point);
	return point;
}

/* Where the first one is mounted; the caller's to free. NULL: nowhere. */
static char *find_mount(const char *root)
{
	char *path = join(root, "/proc/self/mountinfo");
	FILE *file = fopen(path, "re");
	char *line = NULL, *point = NULL;
	size_t size = 0;

	free(path);
	while (file && !point && getline(&line, &size, file) > 0) {
		point = cgroup2_point(line);
		if (point)
			point = join(point, "");
	}
	if (file)
		fclose(file);
	free(line);
	return point;
}

/* The id of the folder of this file system: 0, or a negative errno. */
static int folder_id(const char *folder, dev_t dev, uint64_t *id)
{
	struct stat st;

	if (stat(folder, &st) < 0)
		return -errno;
	if (!S_ISDIR(st.st_mode) || st.st_dev != dev)
		return -ENOTDIR;
	*id = st.st_ino;
	return 0;
}

/* path: below the mount point, or with it. */
static int path_id(const char *root, const char *mount, const char *path, uint64_t *id)
{
	char *top = join(root, mount);
	size_t len = strlen(mount);
	bool with = !strncmp(path, mount, len) && (!path[len] || path[len] == '/');
	char *folder = join(top, with ? path + len : path);
	struct stat st;
	int err = stat(top, &st) < 0 ? -errno : folder_id(folder, st.st_dev, id);

	free(folder);
	free(top);
	return err;
}

static bool find_path(struct sct_expr *e, const char *path, uint64_t *id)
{
	char *mount = find_mount(e->scope->root);
	int err;

	if (!mount)
		return sct_expr_fail(e, 0, "no cgroup2 file system is mounted; expected a cgroup's id");
	err = path_id(e->scope->root, mount, path, id);
	if (err)
		sct_expr_fail(e, 0, "there is no cgroup '%s' in %s: %s", path, mount, strerror(-err));
	free(mount);
	return !err;
}

/* PATH or ID, and with / and a star behind it whatever is below as well. */
bool sct_value_cgroup(struct sct_expr *e, const char *value)
{
	struct sctrace_test test = { .key = SCTRACE_KEY_CGROUP };
	size_t len = strlen(value);
	char *cgroup = join(value, "");
	uint64_t id = 0;
	bool good;

	if (len >= 2 && !strcmp(cgroup + len - 2, "/*")) {
		test.key = SCTRACE_KEY_CGROUP_TREE;
		cgroup[len -= len == 2 ? 1 : 2] = '\0';
	}
	if (*cgroup == '/') {
		good = find_path(e, cgroup, &id);
	} else {
		char *end;

		errno = 0;
		id = strtoull(cgroup, &end, 10);
		good = *cgroup >= '0' && *cgroup <= '9' && !*end && !errno && id;
		if (!good)
			sct_expr_fail(e, 0, "expected %s", e->key->expected);
	}
	free(cgroup);
	test.low = id;
	test.high = id;
	return good && sct_expr_put(e, test);
}
