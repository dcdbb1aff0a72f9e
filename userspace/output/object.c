/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ELF files that processes execute. Their paths are what the kernel says, but who owns a directory there may have put
 * something else in place since. So what is opened has to be a file, and of the size and time that the mapped one had.
 *
 * Files are read, not mapped: one that is cut off meanwhile gives errors then, not signals.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "demangle.h"
#include "object.h"

#define MAX_PLACES 65536

/* Of the kernel's own, which is read from memory: a few pages. */
#define MAX_VDSO_BYTES 65536
#define ADDRESSES_OF_32_BITS (1ull << 32)

/* What is known of an address. */
struct place {
	uint64_t address;
	struct sct_stack_place place;
};

/* ---- opening ---- */

static bool is_the_file(const struct stat *st, const struct sct_map *map)
{
	if (!S_ISREG(st->st_mode))
		return false;
	if (map->by_inode)
		return st->st_ino == map->inode;
	return (uint64_t)st->st_size == map->file_bytes && st->st_mtime == map->file_mtime;
}

/* A negative errno; -ENOENT: it is another. Nothing is opened for reading before it is known what it is. */
static int open_path(const char *path, const struct sct_map *map)
{
	int handle = open(path, O_PATH | O_CLOEXEC), fd = -ENOENT;
	char self[32];
	struct stat st;

	if (handle < 0)
		return -errno;
	if (!fstat(handle, &st) && is_the_file(&st, map)) {
		snprintf(self, sizeof(self), "/proc/self/fd/%d", handle);
		fd = open(self, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			fd = -errno;
	}
	close(handle);
	return fd;
}

/* As the kernel writes a path in a line, a newline in it is \012. */
static void put_real_path(char *to, size_t size, const char *path)
{
	size_t n = 0;

	while (*path && n < size - 1) {
		bool newline = !strncmp(path, "\\012", 4);

		to[n++] = newline ? '\n' : *path;
		path += newline ? 4 : 1;
	}
	to[n] = '\0';
}

static int open_below(const char *prefix, const struct sct_map *map)
{
	char path[8192], real[4096];
	int fd;

	snprintf(path, sizeof(path), "%s%s", prefix, map->path);
	fd = open_path(path, map);
	if (fd >= 0 || !strstr(map->path, "\\012"))
		return fd;
	put_real_path(real, sizeof(real), map->path);
	snprintf(path, sizeof(path), "%s%s", prefix, real);
	return open_path(path, map);
}

/* Where the process sees it, or this one does; or what it has mapped, even without a name. Else a negative errno. */
static int open_file(const struct sct_stack_options *options, const struct sct_map *map, uint32_t tgid)
{
	int fd = -ENOENT, there = 0;
	char path[4096];

	if (options->root) {
		snprintf(path, sizeof(path), "%s/proc/%" PRIu32 "/root", options->root, tgid);
		fd = there = open_below(path, map);
	}
	if (fd < 0)
		fd = open_below("", map);
	if (fd == -ENOENT && there == -EACCES)
		fd = there;
	if (fd < 0 && options->root) {
		int mapped;

		snprintf(path, sizeof(path), "%s/proc/%" PRIu32 "/map_files/%" PRIx64 "-%" PRIx64, options->root, tgid,
			 map->start, map->end);
		mapped = open_path(path, map);
		/* That takes more rights than reading the file: so why not is no reason. */
		if (mapped >= 0)
			fd = mapped;
	}
	return fd;
}

/* ---- the kernel's own ---- */

/* Our own one is that of all programs of this machine's own kind. */
static size_t own_image(uint8_t *to, size_t size)
{
	const uint8_t *image = (const uint8_t *)getauxval(AT_SYSINFO_EHDR);
	const Elf64_Ehdr *header = (const void *)image;
	size_t len;

	if (!image)
		return 0;
	len = header->e_shoff + (size_t)header->e_shnum * header->e_shentsize;
	if (len > size)
		return 0;
	memcpy(to, image, len);
	return len;
}

static size_t recorded_image(uint8_t *to, size_t size, const struct sct_map *map)
{
	if (!map->image || map->file_bytes > size)
		return 0;
	memcpy(to, map->image, map->file_bytes);
	return map->file_bytes;
}

static void open_kernels(struct sct_object *object, const struct sct_stack_options *options, const struct sct_map *map)
{
	size_t len;

	object->image = malloc(MAX_VDSO_BYTES);
	if (!object->image)
		return;
	len = recorded_image(object->image, MAX_VDSO_BYTES, map);
	if (!len && options->ours && map->start >= ADDRESSES_OF_32_BITS)
		len = own_image(object->image, MAX_VDSO_BYTES);
	if (len)
		object->elf = elf_memory(object->image, len);
}

/* ---- objects ---- */

static int by_address(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

static void free_place(void *node)
{
	struct place *place = node;

	free((char *)place->place.symbol);
	free((char *)place->place.source);
	free(place);
}

static void forget_places(struct sct_object *object)
{
	tdestroy(object->places, free_place);
	object->places = NULL;
	object->nr_places = 0;
}

static void free_object(struct sct_object *object)
{
	forget_places(object);
	if (object->elf)
		elf_end(object->elf);
	if (object->fd >= 0)
		close(object->fd);
	free(object->image);
	free(object->path);
	free(object);
}

static bool is_elf(struct sct_object *object)
{
	GElf_Ehdr header;

	if (!object->elf || elf_kind(object->elf) != ELF_K_ELF || !gelf_getehdr(object->elf, &header) ||
	    (header.e_type != ET_EXEC && header.e_type != ET_DYN))
		return false;
	object->machine = header.e_machine;
	object->entry = header.e_entry;
	object->narrow = header.e_ident[EI_CLASS] == ELFCLASS32;
	return true;
}

static uint64_t size_of(const struct sct_map *map)
{
	/* Of the kernel's, there are those of 32 bits, too. */
	if (map->flags & SCTRACE_MAP_VDSO)
		return (map->end - map->start) | (map->start >= ADDRESSES_OF_32_BITS);
	return map->file_bytes;
}

static struct sct_object *open_object(const struct sct_stack_options *options, const struct sct_map *map, uint32_t tgid,
				      int *error)
{
	struct sct_object *object = calloc(1, sizeof(*object));

	if (!object)
		return NULL;
	object->fd = -1;
	object->path = strdup(map->path);
	object->file_bytes = size_of(map);
	object->file_mtime = map->file_mtime;
	object->inode = map->inode;
	if (map->flags & SCTRACE_MAP_VDSO) {
		open_kernels(object, options, map);
	} else {
		object->fd = open_file(options, map, tgid);
		if (object->fd < 0)
			*error = -object->fd;
		else
			object->elf = elf_begin(object->fd, ELF_C_READ, NULL);
	}
	if (object->path && is_elf(object))
		return object;
	free_object(object);
	return NULL;
}

static bool is_same(const struct sct_object *object, const struct sct_map *map)
{
	return object->file_bytes == size_of(map) && object->file_mtime == map->file_mtime &&
	       object->inode == map->inode && !strcmp(object->path, map->path);
}

/* Closes those that nobody uses, but for some that were used last. */
static void close_some(struct sct_objects *all, unsigned int keep)
{
	struct sct_object **at = &all->first;
	unsigned int kept = 0;

	while (*at) {
		struct sct_object *object = *at;

		if (object->users || kept < keep) {
			kept += !object->users;
			at = &object->next;
			continue;
		}
		*at = object->next;
		all->n--;
		free_object(object);
	}
}

static bool has_room(struct sct_objects *all)
{
	if (all->n >= all->most)
		close_some(all, 0);
	return all->n < all->most;
}

/*
 * The file of a part of a process's memory, for sct_objects_leave(). NULL: it cannot be used, and *error says why: so many are
 * open (EMFILE), it may not be read (EACCES), it is not there or another (ENOENT), it is no ELF file (0).
 */
struct sct_object *sct_objects_use(struct sct_objects *all, const struct sct_map *map, uint32_t tgid,
				   int *error)
{
	struct sct_object **at = &all->first, *object;

	while (*at && !is_same(*at, map))
		at = &(*at)->next;
	object = *at;
	*error = 0;
	if (object) {
		*at = object->next;
	} else {
		if (!has_room(all)) {
			*error = EMFILE;
			return NULL;
		}
		object = open_object(all->options, map, tgid, error);
		if (!object)
			return NULL;
		all->n++;
	}
	object->next = all->first;
	all->first = object;
	object->users++;
	return object;
}

void sct_objects_leave(struct sct_objects *all, struct sct_object *object)
{
	object->users--;
	if (all->n > SCT_STACK_OBJECTS)
		close_some(all, SCT_STACK_OBJECTS);
}

/* Of objects that nobody uses any more. */
void sct_objects_free(struct sct_objects *all)
{
	struct sct_object *object;

	while ((object = all->first)) {
		all->first = object->next;
		free_object(object);
	}
	all->n = 0;
}

/* ---- where it is ---- */

static bool has_part(const GElf_Phdr *part, const struct sct_map *map)
{
	return part->p_type == PT_LOAD && part->p_flags & PF_X &&
	       part->p_offset < map->offset + (map->end - map->start) && map->offset < part->p_offset + part->p_filesz;
}

/*
 * Where in memory the file is, by the part of it that is mapped there: what is added to its addresses, and from where
 * to where all of it reaches, as libdwfl reckons. false: it does not say that this part may be executed.
 */
bool sct_object_span(const struct sct_object *object, const struct sct_map *map, uint64_t *bias, uint64_t *low,
		     uint64_t *high)
{
	bool first = true, found = false;
	uint64_t begin = 0, end = 0;
	size_t i, n;

	if (elf_getphdrnum(object->elf, &n) < 0)
		return false;
	for (i = 0; i < n; i++) {
		GElf_Phdr part;

		if (!gelf_getphdr(object->elf, i, &part) || part.p_type != PT_LOAD)
			continue;
		if (first)
			begin = part.p_vaddr & -part.p_align;
		first = false;
		if (part.p_vaddr + part.p_memsz > end)
			end = part.p_vaddr + part.p_memsz;
		if (!found && has_part(&part, map)) {
			found = true;
			*bias = map->start - map->offset + part.p_offset - part.p_vaddr;
		}
	}
	*low = *bias + begin;
	*high = *bias + end;
	return found && *low < *high && *low <= map->start && *high > map->start;
}

/* ---- places ---- */

/* What is known of an address in the file. NULL: nothing so far. */
const struct sct_stack_place *sct_object_place(const struct sct_object *object, uint64_t address)
{
	struct place key = { .address = address };
	struct place **found = tfind(&key, &object->places, by_address);

	return found ? &(*found)->place : NULL;
}

/* Without its version, "@@GLIBC_2.2.5", and as it was written. */
static char *readable(const char *symbol)
{
	char *name = strndup(symbol, strcspn(symbol, "@")), *demangled = name ? sct_demangle(name) : NULL;

	if (!demangled)
		return name;
	free(name);
	return demangled;
}

/* Copies it, for sct_object_place(). NULL: memory is short. Both are valid until sct_object_tidy(). */
const struct sct_stack_place *sct_object_keep(struct sct_object *object, uint64_t address,
					      const struct sct_stack_place *place)
{
	struct place *copy = malloc(sizeof(*copy));

	if (!copy)
		return NULL;
	copy->address = address;
	copy->place = *place;
	copy->place.symbol = place->symbol ? readable(place->symbol) : NULL;
	copy->place.source = place->source ? strdup(place->source) : NULL;
	if (!tsearch(copy, &object->places, by_address)) {
		free_place(copy);
		return NULL;
	}
	object->nr_places++;
	return &copy->place;
}

/* Between two stacks: what is kept of a file has an end. */
void sct_object_tidy(struct sct_object *object)
{
	if (object->nr_places > MAX_PLACES)
		forget_places(object);
}
