/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program's memory made of a fuzzer's bytes, as the module's copies from user space see it. */
#ifndef FUZZ_MEMORY_H
#define FUZZ_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* Small, so that words of it are often addresses in it. */
#define MEMORY_BASE	0x10000UL
#define MEMORY_PAGES	16
#define MEMORY_BYTES	(MEMORY_PAGES * 4096UL)

/* What was asked for since memory_set(). */
struct memory_work {
	size_t copies;
	size_t bytes;
	size_t paths;			/* of descriptors */
};

extern struct memory_work memory_work;

/* missing: bit n: page n is not there. Bytes are there again and again, up to the end. */
void memory_set(const uint8_t *bytes, size_t n, uint16_t missing);

/* For a target that changes some of it. NULL: it is not all there. */
void *memory_at(unsigned long address, size_t n);

#endif
