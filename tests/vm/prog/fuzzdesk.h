/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where an ioctl of fuzzioctl finds what it is given, and what can be wrong there. */
#ifndef PROG_FUZZDESK_H
#define PROG_FUZZDESK_H

#include "fuzzcheck.h"
#include "fuzzplan.h"

/* Each block ends where memory ends, or lies somewhere before. */
#define BLOCK_PAGES	3ul
#define BLOCK_BYTES	(BLOCK_PAGES * PAGE)

enum block { CONFIG, TESTS, TEXT, PLANS, STEPS, FILTER, PROGRAM, PATHS, PATH_TEXT, SYMBOLS, SMALL, NR_BLOCKS };

static struct { char *at; size_t bytes; } desk[NR_BLOCKS];
static char *read_only, *gone;
static struct wish wish;
static bool mutated;

#define SLOT(block)	(desk_start + (block) * (BLOCK_BYTES + PAGE))
static char *desk_start;

static bool make_desk(void)
{
	int file = memfd_create("gone", MFD_CLOEXEC), i;

	desk_start = mmap(NULL, NR_BLOCKS * (BLOCK_BYTES + PAGE), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	read_only = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	gone = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (desk_start == MAP_FAILED || read_only == MAP_FAILED || gone == MAP_FAILED)
		return false;
	for (i = 0; i < NR_BLOCKS; i++) {
		if (mprotect(SLOT(i), BLOCK_BYTES, PROT_READ | PROT_WRITE))
			return false;
	}
	return true;
}

static uint64_t lay(enum block block, const void *what, size_t bytes)
{
	size_t before = seldom(2) ? below(PAGE / 8) * 8 : BLOCK_BYTES - bytes;

	desk[block].at = SLOT(block) + before;
	desk[block].bytes = bytes;
	memcpy(desk[block].at, what, bytes);
	return (uintptr_t)desk[block].at;
}

static struct sctrace_config *config_there(void)
{
	return (void *)desk[CONFIG].at;
}

static void lay_out(struct wish *w)
{
	struct sctrace_config *c = &w->config;

	memset(desk, 0, sizeof(desk));
	w->filter.program = w->filter.nr_insns ? lay(PROGRAM, w->program, w->filter.nr_insns * sizeof(*w->program)) : 0;
	w->filter.paths = w->filter.nr_paths ? lay(PATHS, w->paths, w->filter.nr_paths * sizeof(*w->paths)) : 0;
	w->filter.path_text = w->filter.nr_paths ? lay(PATH_TEXT, w->path_text, TEXT_BYTES) : 0;
	c->filter = w->has_filter ? lay(FILTER, &w->filter, sizeof(w->filter)) : 0;
	c->tests = lay(TESTS, w->tests, c->nr_tests * sizeof(*w->tests));
	c->text = lay(TEXT, w->text, c->text_bytes);
	c->plans = lay(PLANS, w->plans, c->nr_plans * sizeof(*w->plans));
	c->steps = lay(STEPS, w->steps, c->nr_steps * sizeof(*w->steps));
	c->symbols = lay(SYMBOLS, w->symbols, c->nr_symbols * sizeof(*w->symbols));
	lay(CONFIG, c, sizeof(*c));
}

static uint64_t bad_pointer(void)
{
	enum block block = below(NR_BLOCKS);
	const uint64_t bad[] = { 0, 1, 8, (uintptr_t)read_only, (uintptr_t)gone, (uintptr_t)gone - 16, 0x800000000000,
				 0xffff888000000000, 0xffffffff81000000, UINT64_MAX, UINT64_MAX - 7, 0x7ffffffff000,
				 (uintptr_t)SLOT(block) + BLOCK_BYTES - below(64), (uintptr_t)SLOT(block) + BLOCK_BYTES,
				 (uintptr_t)desk[block].at };

	return PICK(bad);
}

/* Any part of what lies there gets another value. */
static void change_word(void)
{
	enum block block = below(NR_BLOCKS);
	size_t size = 1ul << below(4), at;
	uint64_t value = number();

	if (desk[block].bytes < 8)
		block = seldom(2) || !desk[FILTER].bytes ? CONFIG : FILTER;
	at = below(desk[block].bytes / size) * size;
	if (seldom(3))
		value = word_of((uint8_t *)desk[block].at + at, size) ^ 1ull << below(size * 8);
	memcpy(desk[block].at + at, &value, size);
}

static void change_pointer(void)
{
	uint64_t *const pointers[] = {
		(uint64_t *)&config_there()->tests, (uint64_t *)&config_there()->text, (uint64_t *)&config_there()->filter,
		(uint64_t *)&config_there()->plans, (uint64_t *)&config_there()->steps, (uint64_t *)&config_there()->symbols,
	};
	struct sctrace_filter *f = (void *)desk[FILTER].at;

	if (!f || seldom(2))
		*PICK(pointers) = bad_pointer();
	else if (seldom(3))
		f->program = bad_pointer();
	else if (seldom(2))
		f->paths = bad_pointer();
	else
		f->path_text = bad_pointer();
}

static void change_count(void)
{
	struct sctrace_config *c = config_there();
	uint32_t *const counts[] = { &c->nr_tests, &c->text_bytes, &c->nr_plans, &c->nr_steps, &c->nr_symbols, &c->scope, &c->size,
				     &c->watermark, &c->mode, &c->ring_bytes };
	static const uint32_t limits[] = { 1, SCTRACE_MAX_TESTS, SCTRACE_MAX_TEXT_BYTES, SCTRACE_MAX_PLANS, SCTRACE_MAX_STEPS,
					   SCTRACE_MAX_SYMBOLS, 4096, SCTRACE_RING_MAX_BYTES, SCTRACE_RING_MIN_BYTES };

	*PICK(counts) = seldom(3) ? number() : PICK(limits) + below(3) - 1;
}

static uint64_t nowhere(void)
{
	static const uint64_t addresses[] = { 8, 0x800000000000, 0xffff888000000000, UINT64_MAX - 7 };

	return PICK(addresses);
}

/*
 * It cannot be taken, for what the module looks at last: seldom the symbols, behind scopes and filters, for which it has
 * to clear 4 MB first; else the last of the steps.
 */
static void spoil(void)
{
	struct sctrace_config *c = config_there();

	if (seldom(32)) {
		c->nr_symbols = 1 + below(MAX_SYMBOLS);
		c->symbols = nowhere();
	} else if (desk[STEPS].bytes) {
		((struct sctrace_step *)(desk[STEPS].at + desk[STEPS].bytes))[-1].op = 255;
	} else {
		c->nr_steps = 1;
		c->steps = nowhere();
	}
}

/* The same of a change: the filter comes behind the scope, and a filter's paths behind all else. */
static void spoil_change(void)
{
	struct sctrace_filter *f = (void *)desk[FILTER].at;

	if (desk[FILTER].bytes && !seldom(4)) {
		f->nr_paths = 1 + below(MAX_PATHS);
		f->paths = nowhere();
	} else {
		config_there()->filter = nowhere();
	}
}

static void mutate(void)
{
	int n = 1 + below(4);

	while (n--) {
		switch (below(4)) {
		case 0:
			change_pointer();
			break;
		case 1:
			change_count();
			break;
		default:
			change_word();
		}
	}
}

#endif
