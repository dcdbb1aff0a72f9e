/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files each process may execute. The lists come in pieces of records, whole each time. What they say is the
 * module's, but paths are the process's, so nothing of them is believed.
 */
#include <errno.h>
#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "task_maps.h"

/* Of what /proc says of a process. */
#define MAX_TEXT	(4u << 20)

/* The list of a process. */
struct process {
	uint32_t tgid;
	struct sct_maps *maps;
};

/* ---- lists ---- */

static int by_start(const void *a, const void *b)
{
	const struct sct_map *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static uint64_t hash_of(const struct sct_maps *maps)
{
	uint64_t hash = maps->n;
	unsigned int i;

	for (i = 0; i < maps->n; i++) {
		const struct sct_map *m = &maps->maps[i];
		const uint64_t words[] = { m->start, m->end, m->offset, m->file_bytes, m->file_mtime, m->inode,
					   m->flags };

		hash = XXH3_64bits_withSeed(words, sizeof(words), hash);
		hash = XXH3_64bits_withSeed(m->path, strlen(m->path), hash);
	}
	return hash;
}

/* A list with room for n, whose paths and images lie behind them. NULL: memory is short. */
static struct sct_maps *new_list(unsigned int n, size_t more)
{
	struct sct_maps *maps = malloc(sizeof(*maps) + n * sizeof(*maps->maps) + more);

	if (maps)
		*maps = (struct sct_maps) { .users = 1, .maps = (struct sct_map *)(maps + 1) };
	return maps;
}

/* In order, and of those that overlap the first alone. */
static struct sct_maps *finish_list(struct sct_maps *maps)
{
	unsigned int i, n = 0;

	qsort(maps->maps, maps->n, sizeof(*maps->maps), by_start);
	for (i = 0; i < maps->n; i++) {
		if (!n || maps->maps[i].start >= maps->maps[n - 1].end)
			maps->maps[n++] = maps->maps[i];
	}
	maps->n = n;
	maps->hash = hash_of(maps);
	return maps;
}

/* The struct sctrace_map at the bytes, of which len are there. false: it is none. */
static bool take_map(const uint8_t *bytes, size_t len, struct sctrace_map *head, size_t *path_bytes)
{
	const char *path = (const char *)bytes + sizeof(*head), *end;

	if (len < sizeof(*head))
		return false;
	memcpy(head, bytes, sizeof(*head));
	if (head->bytes <= sizeof(*head) || head->bytes > len || head->bytes % 8 || head->start >= head->end)
		return false;
	end = memchr(path, '\0', head->bytes - sizeof(*head));
	*path_bytes = end ? end - path + 1 : 0;
	return end;
}

/* The image that follows the path. NULL: none does. */
static const uint8_t *image_of(const uint8_t *bytes, const struct sctrace_map *head, size_t path_bytes)
{
	size_t at = sizeof(*head) + (path_bytes + 7) / 8 * 8;

	if (!(head->flags & SCTRACE_MAP_VDSO) || !head->file_bytes || at > head->bytes || head->file_bytes > head->bytes - at)
		return NULL;
	return bytes + at;
}

/*
 * The list of a piece of BASE_MAPS, up to what is not whole in it. NULL: memory is short. The caller's, for
 * sct_maps_drop().
 */
struct sct_maps *sct_maps_parse(const void *bytes, size_t len)
{
	unsigned int most = len / sizeof(struct sctrace_map);
	struct sct_maps *maps = new_list(most, len);
	char *rest = maps ? (char *)(maps->maps + most) : NULL;
	const uint8_t *entry = bytes, *end = entry + len, *image;
	struct sctrace_map head;
	struct sct_map *map;
	size_t n;

	if (!maps)
		return NULL;
	for (; take_map(entry, end - entry, &head, &n); entry += head.bytes) {
		map = &maps->maps[maps->n++];
		*map = (struct sct_map) {
			.start = head.start,
			.end = head.end,
			.offset = head.offset,
			.file_bytes = head.file_bytes,
			.file_mtime = head.file_mtime,
			.flags = head.flags,
			.path = memcpy(rest, entry + sizeof(head), n),
		};
		rest += n;
		image = image_of(entry, &head, n);
		if (image) {
			map->image = memcpy(rest, image, head.file_bytes);
			map->inode = XXH3_64bits(image, head.file_bytes);
			rest += head.file_bytes;
		}
	}
	return finish_list(maps);
}

/* A file of /proc, up to MAX_TEXT. NULL: it cannot be read. */
static char *read_text(const char *path, size_t *len)
{
	char *text = malloc(MAX_TEXT + 1);
	FILE *file = text ? fopen(path, "re") : NULL;

	*len = file ? fread(text, 1, MAX_TEXT, file) : 0;
	if (file)
		fclose(file);
	if (!*len) {
		free(text);
		return NULL;
	}
	text[*len] = '\0';
	return text;
}

/* A line of /proc/PID/maps. false: it is of no file that may be executed. */
static bool take_line(char *line, struct sct_map *map)
{
	char mode[5] = "";
	int path = 0;

	*map = (struct sct_map) { .by_inode = true };
	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64 " %*s %" SCNu64 " %n", &map->start, &map->end, mode,
		   &map->offset, &map->inode, &path) < 5 || !path || mode[2] != 'x' || map->start >= map->end)
		return false;
	map->path = line + path;
	if (!strcmp(map->path, "[vdso]"))
		map->flags = SCTRACE_MAP_VDSO;
	return *map->path == '/' || map->flags;
}

/* The same from /proc, if the process is still there. NULL: it is not, or memory is short. */
struct sct_maps *sct_maps_read(const char *root, uint32_t tgid)
{
	char path[4096], *text, *line, *rest;
	struct sct_maps *maps;
	struct sct_map map;
	unsigned int n = 1;
	size_t len;

	snprintf(path, sizeof(path), "%s/proc/%" PRIu32 "/maps", root, tgid);
	text = read_text(path, &len);
	if (!text)
		return NULL;
	for (line = text; *line; line++)
		n += *line == '\n';
	maps = new_list(n, len + 1);
	if (maps) {
		rest = memcpy((char *)(maps->maps + n), text, len + 1);
		while ((line = strsep(&rest, "\n"))) {
			if (take_line(line, &map))
				maps->maps[maps->n++] = map;
		}
		maps = finish_list(maps);
	}
	free(text);
	return maps;
}

/* For one more user. NULL: there is none. */
struct sct_maps *sct_maps_share(struct sct_maps *maps)
{
	if (maps)
		maps->users++;
	return maps;
}

/* One user less; NULL: none is. */
void sct_maps_drop(struct sct_maps *maps)
{
	if (maps && !--maps->users)
		free(maps);
}

static bool is_same(const struct sct_map *x, const struct sct_map *y)
{
	return x->start == y->start && x->end == y->end && x->offset == y->offset && x->flags == y->flags &&
	       x->file_bytes == y->file_bytes && x->file_mtime == y->file_mtime && x->inode == y->inode &&
	       x->by_inode == y->by_inode && !strcmp(x->path, y->path);
}

/* Whether both say the same. */
bool sct_maps_equal(const struct sct_maps *a, const struct sct_maps *b)
{
	unsigned int i;

	if (a == b)
		return true;
	if (a->n != b->n || a->hash != b->hash)
		return false;
	for (i = 0; i < a->n; i++) {
		if (!is_same(&a->maps[i], &b->maps[i]))
			return false;
	}
	return true;
}

/* The one that has the address; NULL: none has. */
const struct sct_map *sct_maps_find(const struct sct_maps *maps, uint64_t address)
{
	unsigned int low = 0, high = maps ? maps->n : 0;

	while (low < high) {
		unsigned int middle = (low + high) / 2;

		if (address < maps->maps[middle].start)
			high = middle;
		else if (address >= maps->maps[middle].end)
			low = middle + 1;
		else
			return &maps->maps[middle];
	}
	return NULL;
}

/* ---- processes ---- */

static int compare(const void *a, const void *b)
{
	const struct process *x = a, *y = b;

	return x->tgid < y->tgid ? -1 : x->tgid > y->tgid;
}

static struct process *process_of(const struct sct_task_maps *all, uint32_t tgid)
{
	struct process key = { .tgid = tgid };
	struct process **found = tfind(&key, &all->tree, compare);

	return found ? *found : NULL;
}

static void forget(struct sct_task_maps *all, uint32_t tgid)
{
	struct process *process = process_of(all, tgid);

	if (!process)
		return;
	tdelete(process, &all->tree, compare);
	sct_maps_drop(process->maps);
	free(process);
}

/* The process has this list now, which is taken over. 0 or -ENOMEM, with which it is dropped. */
int sct_task_maps_set(struct sct_task_maps *all, uint32_t tgid, struct sct_maps *maps)
{
	struct process *process = process_of(all, tgid);

	if (process) {
		sct_maps_drop(process->maps);
		process->maps = maps;
		return 0;
	}
	process = malloc(sizeof(*process));
	if (process)
		*process = (struct process) { tgid, maps };
	if (process && tsearch(process, &all->tree, compare))
		return 0;
	free(process);
	sct_maps_drop(maps);
	return -ENOMEM;
}

/* The process's list, looked up in /proc if no record has said it. It stays .users' own; NULL: it is not known. */
struct sct_maps *sct_task_maps_find(struct sct_task_maps *all, uint32_t tgid)
{
	struct process *process = process_of(all, tgid);
	struct sct_maps *maps;

	if (process || !all->root)
		return process ? process->maps : NULL;
	maps = sct_maps_read(all->root, tgid);
	return maps && !sct_task_maps_set(all, tgid, maps) ? maps : NULL;
}

static int take_fork(struct sct_task_maps *all, const struct sctrace_rec_fork *fork)
{
	struct process *parent = process_of(all, fork->hdr.tgid);

	if (fork->child_tgid == fork->hdr.tgid)
		return 0;
	/* A number used again. */
	forget(all, fork->child_tgid);
	return parent ? sct_task_maps_set(all, fork->child_tgid, sct_maps_share(parent->maps)) : 0;
}

/* What follows from a record that is of no call. 0 or -ENOMEM. */
int sct_task_maps_record(struct sct_task_maps *all, const struct sct_record *rec)
{
	switch (rec->hdr->type) {
	case SCTRACE_REC_FORK:
		return take_fork(all, (const struct sctrace_rec_fork *)rec->hdr);
	case SCTRACE_REC_EXEC:
		forget(all, rec->hdr->tgid);
		return 0;
	case SCTRACE_REC_TASK_EXIT:
		if (rec->hdr->tid == rec->hdr->tgid)
			forget(all, rec->hdr->tgid);
		return 0;
	default:
		return 0;
	}
}

static void free_process(void *node)
{
	struct process *process = node;

	sct_maps_drop(process->maps);
	free(process);
}

void sct_task_maps_free(struct sct_task_maps *all)
{
	tdestroy(all->tree, free_process);
	all->tree = NULL;
}
