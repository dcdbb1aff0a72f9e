/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The paths of which a call must access one, as they are given to the module.
 *
 * The module knows the path that a program gives, and the one that the kernel has of a file that is
 * open. So a path is asked for as it is given, and as it is without symbolic links.
 */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "path.h"

static struct sctrace_path *list_of(const struct sctrace_filter *filter)
{
	return (struct sctrace_path *)(uintptr_t)filter->paths;
}

static char *text_of(const struct sctrace_filter *filter)
{
	return (char *)(uintptr_t)filter->path_text;
}

static bool is_there(const struct sctrace_filter *filter, unsigned int match, const char *text, size_t len)
{
	uint32_t i;

	for (i = 0; i < filter->nr_paths; i++) {
		const struct sctrace_path *path = &list_of(filter)[i];

		if (path->match == match && path->length == len && !memcmp(text_of(filter) + path->offset, text, len))
			return true;
	}
	return false;
}

static int put(struct sctrace_filter *filter, unsigned int match, const char *text, struct sct_fault *fault)
{
	size_t len = strlen(text);
	struct sctrace_path *list;
	char *all;

	if (is_there(filter, match, text, len))
		return 0;
	if (len >= PATH_MAX)
		return sct_fault_set(fault, 0, "a path has at most %d bytes", PATH_MAX - 1);
	if (filter->nr_paths == SCTRACE_MAX_PATHS)
		return sct_fault_set(fault, 0,
				     "more than %d paths, of which one counts twice that is relative or leads over a symbolic link; use PATH*",
				     SCTRACE_MAX_PATHS);
	list = realloc(list_of(filter), (filter->nr_paths + 1) * sizeof(*list));
	if (!list)
		return -ENOMEM;
	filter->paths = (uintptr_t)list;
	all = realloc(text_of(filter), filter->path_text_bytes + len);
	if (!all)
		return -ENOMEM;
	filter->path_text = (uintptr_t)all;
	memcpy(all + filter->path_text_bytes, text, len);
	list[filter->nr_paths++] = (struct sctrace_path) {
		.match = match,
		.length = len,
		.offset = filter->path_text_bytes,
	};
	filter->path_text_bytes += len;
	return 0;
}

/* Where the relative path is from here. */
static int put_absolute(struct sctrace_filter *filter, unsigned int match, const char *text, struct sct_fault *fault)
{
	char cwd[PATH_MAX], whole[2 * PATH_MAX];

	if (!getcwd(cwd, sizeof(cwd)))
		return sct_fault_set(fault, 0, "the working directory is not known (%s): begin the path with /",
				     strerror(errno));
	while (!strncmp(text, "./", 2))
		text += 2 + strspn(text + 2, "/");
	if (!strcmp(text, "."))
		text++;
	snprintf(whole, sizeof(whole), "%s%s%s", cwd, *text && strcmp(cwd, "/") ? "/" : "", text);
	return put(filter, match, whole, fault);
}

/* Where it is without symbolic links: the file, or else its directory. */
static int put_real(struct sctrace_filter *filter, unsigned int match, const char *text, struct sct_fault *fault)
{
	const char *slash = strrchr(text, '/');
	char directory[PATH_MAX], real[PATH_MAX], whole[2 * PATH_MAX];

	if (match == SCTRACE_MATCH_EXACT && realpath(text, real))
		return put(filter, match, real, fault);
	snprintf(directory, sizeof(directory), "%.*s", slash ? (int)(slash - text) + 1 : 1, slash ? text : ".");
	if (!realpath(directory, real))
		return 0;
	snprintf(whole, sizeof(whole), "%s%s%s", real, strcmp(real, "/") ? "/" : "", slash ? slash + 1 : text);
	return put(filter, match, whole, fault);
}

static size_t contained_bytes(const struct sctrace_filter *filter)
{
	size_t n = 0;
	uint32_t i;

	for (i = 0; i < filter->nr_paths; i++) {
		if (list_of(filter)[i].match == SCTRACE_MATCH_CONTAINS)
			n += list_of(filter)[i].length;
	}
	return n;
}

/*
 * Adds a path, as the option is given it: with a "*" at the beginning, the end, or both. 0, -ENOMEM, or -EINVAL
 * and *fault. Whatever it is, the filter is for sct_path_free().
 */
int sct_path_add(struct sctrace_filter *filter, const char *path, struct sct_fault *fault)
{
	static const uint8_t matches[2][2] = {
		{ SCTRACE_MATCH_EXACT, SCTRACE_MATCH_PREFIX }, { SCTRACE_MATCH_SUFFIX, SCTRACE_MATCH_CONTAINS },
	};
	size_t len = strlen(path);
	bool open = *path == '*', cut = len > open && path[len - 1] == '*';
	unsigned int match = matches[open][cut];
	char text[PATH_MAX];
	const char *star;
	int err;

	len -= open + cut;
	star = memchr(path + open, '*', len);
	if (!*path)
		return sct_fault_set(fault, 0, "write a path, such as /etc/passwd, '/etc/*' or '*.so'");
	if (!len)
		return sct_fault_set(fault, 0, "this is every path; write some of it, such as '/etc/*' or '*.so'");
	if (star)
		return sct_fault_set(fault, star - path + 1, "a * can stand only at the beginning and at the end");
	if (len >= sizeof(text))
		return sct_fault_set(fault, 0, "a path has at most %d bytes", PATH_MAX - 1);
	memcpy(text, path + open, len);
	text[len] = '\0';
	err = put(filter, match, text, fault);
	if (!err && contained_bytes(filter) > SCTRACE_MAX_CONTAINED_BYTES)
		return sct_fault_set(fault, 0, "all '*TEXT*' together have more than %d bytes; use '*TEXT' or 'TEXT*'",
				     SCTRACE_MAX_CONTAINED_BYTES);
	if (err || open)
		return err;
	/* What is open has names that are no paths, too: pipe:[1]. */
	if (*text != '/')
		err = put_absolute(filter, match, text, fault);
	return err ? err : put_real(filter, match, text, fault);
}

/* Whether one of the paths is so; cut: there is more of it than this. The module's copy: module/path.c. */
bool sct_path_matches(const struct sctrace_filter *filter, const char *what, size_t len, bool cut)
{
	uint32_t i;

	for (i = 0; i < filter->nr_paths; i++) {
		const struct sctrace_path *path = &list_of(filter)[i];
		const char *text = text_of(filter) + path->offset;
		size_t n = path->length;

		if (len < n)
			continue;
		if (path->match == SCTRACE_MATCH_PREFIX ? !memcmp(what, text, n) :
		    path->match == SCTRACE_MATCH_SUFFIX ? !cut && !memcmp(what + len - n, text, n) :
		    path->match == SCTRACE_MATCH_CONTAINS ? memmem(what, len, text, n) != NULL :
		    !cut && len == n && !memcmp(what, text, n))
			return true;
	}
	return false;
}

void sct_path_free(struct sctrace_filter *filter)
{
	free(list_of(filter));
	free(text_of(filter));
	filter->paths = filter->path_text = 0;
	filter->nr_paths = filter->path_text_bytes = 0;
}
