/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which files each process may execute, and where in its memory they are. */
#ifndef SCT_TASK_MAPS_H
#define SCT_TASK_MAPS_H

#include <sctrace/sctrace.h>

/* A part of a file: struct sctrace_map. */
struct sct_map {
	uint64_t start;
	uint64_t end;
	uint64_t offset;		/* in the file */
	uint64_t file_bytes;
	int64_t file_mtime;		/* s */
	uint64_t inode;			/* instead of these two, if .by_inode; hash of .image */
	uint32_t flags;			/* SCTRACE_MAP_* */
	bool by_inode;
	const char *path;
	const uint8_t *image;		/* of SCTRACE_MAP_VDSO: .file_bytes of it; NULL: it is not in the records */
};

/* A list by address, in which no two overlap. It does not change, and may be of many processes. */
struct sct_maps {
	unsigned int users;
	unsigned int n;
	uint64_t hash;			/* of all below */
	struct sct_map *maps;
};

/* What is known of all processes. Zeroed: nothing. */
struct sct_task_maps {
	void *tree;			/* of tsearch(3), by process */
	const char *root;		/* of the /proc that has what is not known: ""; NULL: none has */
};

struct sct_maps *sct_maps_parse(const void *bytes, size_t len);
struct sct_maps *sct_maps_read(const char *root, uint32_t tgid);
struct sct_maps *sct_maps_share(struct sct_maps *maps);
void sct_maps_drop(struct sct_maps *maps);
bool sct_maps_equal(const struct sct_maps *a, const struct sct_maps *b);
const struct sct_map *sct_maps_find(const struct sct_maps *maps, uint64_t address);

struct sct_maps *sct_task_maps_find(struct sct_task_maps *all, uint32_t tgid);
int sct_task_maps_set(struct sct_task_maps *all, uint32_t tgid, struct sct_maps *maps);
int sct_task_maps_record(struct sct_task_maps *all, const struct sct_record *rec);
void sct_task_maps_free(struct sct_task_maps *all);

#endif
