/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The same numbers for the same seed, in each thread its own: xorshift64* (Vigna, "An experimental exploration of Marsaglia's
 * xorshift").
 */
#ifndef PROG_RANDOM_H
#define PROG_RANDOM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static __thread uint64_t random_state = 1;

static inline void seed_random(uint64_t seed)
{
	/* Small seeds, and those that differ in a few bits, give other numbers from the first one on. */
	seed = (seed + 1) * 0x9e3779b97f4a7c15ull;
	random_state = (seed ^ seed >> 29) | 1;
}

static inline uint64_t any(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return random_state * 2685821657736338717ull >> 8 ^ random_state << 40;
}

/* 0 .. n - 1 */
static inline uint32_t below(uint32_t n)
{
	return any() % n;
}

/* One time in n. */
static inline int seldom(uint32_t n)
{
	return !below(n);
}

/* Numbers that programs like: small ones, ones at the edge of a type, powers of two and beside them, any. */
static inline uint64_t number(void)
{
	static const uint64_t edges[] = { 0, 1, 2, 3, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff,
					  0x80000000, 0xffffffff, 0x7fffffffffffffff, 0x8000000000000000, UINT64_MAX };

	switch (below(5)) {
	case 0:
		return below(40);
	case 1:
		return edges[below(sizeof(edges) / sizeof(edges[0]))];
	case 2:
		return (1ull << below(64)) + below(3) - 1;
	case 3:
		return below(70000);
	default:
		return any();
	}
}

#define PICK(array) ((array)[below(sizeof(array) / sizeof((array)[0]))])

#endif
