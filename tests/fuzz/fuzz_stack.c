// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Registers, stacks and lists of files of a program that wants to confuse who unwinds: output/stack.c and
 * lib/task_maps.c. The one file there is is the kernel's own.
 */
#include "task_maps.h"
#include "unwound.h"

#define VDSO_AT		0x7fff00000000ull
#define VDSO_BYTES	0x2000

static void check_maps(const struct sct_maps *maps)
{
	unsigned int i;

	for (i = 0; i < maps->n; i++) {
		const struct sct_map *map = &maps->maps[i];

		must(map->start < map->end && (!i || maps->maps[i - 1].end <= map->start));
		must(strlen(map->path) < 65536);
		must(sct_maps_find(maps, map->start) == map);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct sctrace_map vdso = { .start = VDSO_AT, .end = VDSO_AT + VDSO_BYTES, .flags = SCTRACE_MAP_VDSO };
	static const struct sct_stack_options options = { .ours = true, .sources = true };
	struct input in = { data, size };
	struct sct_stacks *stacks = sct_stacks_new(&options);
	struct sct_task_maps all = { 0 };
	static struct unwound u;
	uint8_t list[2048], *exact;
	size_t n, more;

	must(stacks);
	unwound_take(&u, &in, VDSO_AT, VDSO_BYTES);
	n = unwound_map(list, sizeof(list), &vdso, "[vdso]", NULL);
	more = in.left < sizeof(list) - n ? in.left : sizeof(list) - n;
	input_take(&in, list + n, more);
	exact = input_copy(list, n + more);
	u.input.maps = sct_maps_parse(exact, n + more);
	free(exact);
	must(u.input.maps);
	check_maps(u.input.maps);
	must(!sct_task_maps_set(&all, 1, (struct sct_maps *)u.input.maps));
	unwound_check(stacks, &u);
	/* Files are ready now. */
	unwound_check(stacks, &u);
	sct_task_maps_free(&all);
	sct_stacks_free(stacks);
	return 0;
}
