/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a fuzzer's bytes are taken apart with, and how a target says that something is wrong. */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program where the fuzzer sees it, with words. */
#define must(condition) do { \
	if (!(condition)) { \
		fprintf(stderr, "%s:%d: must be: %s\n", __FILE__, __LINE__, #condition); \
		abort(); \
	} \
} while (0)

struct input {
	const uint8_t *at;
	size_t left;
};

/* As many bytes as there are, then zeros. */
static inline void input_take(struct input *in, void *to, size_t n)
{
	size_t have = in->left < n ? in->left : n;

	memset(to, 0, n);
	if (have)
		memcpy(to, in->at, have);
	in->at += have;
	in->left -= have;
}

static inline uint8_t input_byte(struct input *in)
{
	uint8_t byte;

	input_take(in, &byte, 1);
	return byte;
}

/* In memory of exactly so many bytes, where AddressSanitizer sees every one too many. For free(). */
static inline void *input_copy(const void *bytes, size_t n)
{
	void *copy = malloc(n ? n : 1);

	must(copy);
	if (n)
		memcpy(copy, bytes, n);
	return copy;
}

#endif
