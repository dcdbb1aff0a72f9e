/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stacks of registers, bytes and files that a fuzzer makes, as output/stack.c unwinds them. */
#ifndef FUZZ_UNWOUND_H
#define FUZZ_UNWOUND_H

#include "input.h"
#include "stack.h"

#define STACK_AT	0x7ffe00000000ull

/* Registers, then up to 4 KiB of stack. Words that begin so are made addresses of the file: of its bytes, counted. */
#define MARK		0x5555ull

struct unwound {
	struct sct_stack_input input;
	uint8_t stack[4096];
};

void unwound_take(struct unwound *u, struct input *in, uint64_t file_at, uint64_t file_bytes);
/* Unwinds and prints it: neither is too long, and there is nothing in it that steers a terminal. */
void unwound_check(struct sct_stacks *stacks, const struct unwound *u);
/* One more entry of a list of files, as the module tells them. Return: its bytes. */
size_t unwound_map(uint8_t *to, size_t room, const struct sctrace_map *like, const char *path, const void *image);

#endif
