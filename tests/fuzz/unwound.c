// SPDX-License-Identifier: GPL-2.0-or-later
#include "unwound.h"

static uint64_t mark(uint64_t word, uint64_t file_at, uint64_t file_bytes)
{
	return word >> 48 == MARK && file_bytes ? file_at + (word & 0xffffffff) % file_bytes : word;
}

void unwound_take(struct unwound *u, struct input *in, uint64_t file_at, uint64_t file_bytes)
{
	uint64_t *words = (uint64_t *)&u->input.regs;
	uint16_t len;
	size_t i;

	input_take(in, &u->input.regs, sizeof(u->input.regs));
	for (i = 0; i < sizeof(u->input.regs) / 8; i++)
		words[i] = mark(words[i], file_at, file_bytes);
	u->input.regs.sp = u->input.regs.general[7] = STACK_AT;
	if (!(u->input.regs.ip >> 63))
		u->input.regs.ip = file_at + u->input.regs.ip % file_bytes;
	input_take(in, &len, sizeof(len));
	u->input.len = len % (sizeof(u->stack) + 1);
	input_take(in, u->stack, u->input.len);
	for (i = 0; i + 8 <= u->input.len; i += 8) {
		uint64_t word;

		memcpy(&word, u->stack + i, 8);
		word = mark(word, file_at, file_bytes);
		memcpy(u->stack + i, &word, 8);
	}
	u->input.bytes = u->stack;
	u->input.limit = u->input.len + len % 2;
	u->input.cut = len & 0x8000;
	u->input.tgid = 1;
}

void unwound_check(struct sct_stacks *stacks, const struct unwound *u)
{
	struct sct_stack_input input = u->input;
	uint8_t *exact = input_copy(u->stack, u->input.len);
	const struct sct_stack *stack;
	struct sct_text text = { 0 };
	size_t i;

	input.bytes = exact;
	stack = sct_stacks_unwind(stacks, &input);
	must(stack->n && stack->n <= SCT_STACK_FRAMES && memchr(stack->why, 0, sizeof(stack->why)));
	sct_stack_print(&text, stack);
	for (i = 0; i < text.len; i++)
		must((unsigned char)text.chars[i] >= ' ' || text.chars[i] == '\n');
	sct_text_free(&text);
	free(exact);
}

size_t unwound_map(uint8_t *to, size_t room, const struct sctrace_map *like, const char *path, const void *image)
{
	size_t path_bytes = (strlen(path) + 8) / 8 * 8, image_bytes = image ? like->file_bytes : 0;
	size_t bytes = sizeof(*like) + path_bytes + (image_bytes + 7) / 8 * 8;
	struct sctrace_map map = *like;

	must(bytes <= room);
	memset(to, 0, bytes);
	map.bytes = bytes;
	memcpy(to, &map, sizeof(map));
	memcpy(to + sizeof(map), path, strlen(path));
	if (image)
		memcpy(to + sizeof(map) + path_bytes, image, image_bytes);
	return bytes;
}
