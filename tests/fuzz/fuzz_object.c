// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ELF files that a program brings along, in a file or as the image of a 32-bit program's vdso: output/object.c, and
 * what libdw makes of them.
 */
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "task_maps.h"
#include "unwound.h"

#define FILE_AT		0x400000ull
#define AS_VDSO		0x01
#define SOURCES		0x02
#define MAX_FILE	(48u << 10)

/* The list that has only this file. */
static struct sct_maps *map_file(const uint8_t *bytes, size_t n, bool as_vdso, uint32_t offset)
{
	static uint8_t list[65536 + 4096];
	static char path[32];
	static int file = -1;
	struct sctrace_map map = { .start = FILE_AT, .end = FILE_AT + 0x10000, .offset = offset, .file_bytes = n };
	struct stat st;

	if (as_vdso) {
		map.flags = SCTRACE_MAP_VDSO;
		return sct_maps_parse(list, unwound_map(list, sizeof(list), &map, "[vdso]", bytes));
	}
	if (file < 0) {
		file = memfd_create("object", MFD_CLOEXEC);
		must(file >= 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	}
	must(!ftruncate(file, 0) && pwrite(file, bytes, n, 0) == (ssize_t)n && !fstat(file, &st));
	map.file_mtime = st.st_mtime;
	return sct_maps_parse(list, unwound_map(list, sizeof(list), &map, path, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	uint8_t flags = input_byte(&in), page = input_byte(&in);
	struct sct_stack_options options = { .sources = flags & SOURCES };
	struct sct_stacks *stacks = sct_stacks_new(&options);
	static struct unwound u;
	uint8_t *bytes;
	size_t n;

	must(stacks);
	unwound_take(&u, &in, FILE_AT, 0x10000);
	n = in.left < MAX_FILE ? in.left : MAX_FILE;
	bytes = input_copy(in.at, n);
	u.input.maps = map_file(bytes, n, flags & AS_VDSO, page % 16 * 0x1000);
	free(bytes);
	must(u.input.maps);
	unwound_check(stacks, &u);
	sct_stacks_free(stacks);
	sct_maps_drop((struct sct_maps *)u.input.maps);
	return 0;
}
