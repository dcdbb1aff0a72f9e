// SPDX-License-Identifier: GPL-2.0-or-later
/* A folder that stands for the root of a machine. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "made.h"
#include "tree.h"

static char root[64];

/* Set-up of a cmocka test. */
int tree_make(void **state)
{
	(void)state;
	strcpy(root, "/tmp/sctrace-unit-XXXXXX");
	return mkdtemp(root) ? 0 : -1;
}

static int take_away(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

int tree_remove(void **state)
{
	(void)state;
	return nftw(root, take_away, 16, FTW_DEPTH | FTW_PHYS);
}

const char *tree_root(void)
{
	return root;
}

/* The file below the root, with its folders; one of before is written anew. */
void tree_put(const char *path, const char *text)
{
	char whole[4096];
	size_t at;
	int fd;

	at = snprintf(whole, sizeof(whole), "%s/", root);
	snprintf(whole + at, sizeof(whole) - at, "%s", path);
	for (; whole[at]; at++) {
		if (whole[at] != '/')
			continue;
		whole[at] = '\0';
		assert_true(mkdir(whole, 0700) == 0 || errno == EEXIST);
		whole[at] = '/';
	}
	fd = open(whole, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void put_link(const char *who, const char *kind, const char *to)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/proc/%s/ns/%s", root, who, kind);
	unlink(path);
	assert_int_equal(symlink(to, path), 0);
}

/* A task with its namespaces and the lines of its cgroup file. */
void tree_put_task(const char *who, const char *mnt, const char *pid, const char *cgroup)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%s/cgroup", who);
	tree_put(path, cgroup);
	snprintf(path, sizeof(path), "/proc/%s/ns/none", who);
	tree_put(path, "");
	put_link(who, "mnt", mnt);
	put_link(who, "pid", pid);
}
