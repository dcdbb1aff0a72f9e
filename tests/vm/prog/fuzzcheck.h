/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the records of fuzzioctl's worker must hold: the memory that the plans in force name, and no other. Its memory is
 * known: an arena at a fixed place, of which some pages are not there, and all others are the same all the time.
 */
#ifndef PROG_FUZZCHECK_H
#define PROG_FUZZCHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <uapi/sctrace.h>

#include "random.h"

/* The program's: says that something does not hold. */
__attribute__((format(printf, 1, 2)))
static void wrong(const char *format, ...);

/* Below 4 GiB, so that words of 4 bytes can point there. Of its pages: */
#define ARENA		0x20000000ul
#define PAGE		4096ul
#define ARENA_PAGES	16
#define PAGE_NONE	8	/* PROT_NONE */
#define PAGE_COLD	12	/* and 13: of a file, and in no page table until they are looked at */
#define PAGE_GONE	14	/* of a file that ends before it: SIGBUS */
				/* 15: not mapped */

/* The plans that the module has taken. */
struct rules {
	const struct sctrace_plan *plans;
	uint32_t nr_plans;
	const struct sctrace_step *steps;
	bool known;		/* else: somebody was writing there meanwhile */
};

/* A call of the worker's, as its record tells of it. */
struct known_call {
	bool known;
	const struct sctrace_plan *plan;	/* NULL: none */
	uint64_t args[6];
	int64_t result;
};

struct pieces {
	const uint8_t *first, *end;
};

/* ---- memory ---- */

static bool is_readable(uint64_t address)
{
	uint64_t page = (address - ARENA) / PAGE;

	return page < ARENA_PAGES && page != PAGE_NONE && page < PAGE_GONE;
}

/* Pointers into it, lengths, texts. */
static void fill(char *at, size_t bytes)
{
	uint64_t word, i;

	for (i = 0; i < bytes / 8; i++) {
		switch (below(8)) {
		case 0: case 1: case 2:
			word = ARENA + below(ARENA_PAGES * PAGE);
			break;
		case 3:
			word = below(64);
			break;
		case 4:
			word = number();
			break;
		default:
			word = 0x6162636465666768 + 0x0101010101010101 * below(16);
			word = seldom(4) ? word >> 16 : word;
		}
		memcpy(at + i * 8, &word, 8);
	}
}

/* Also in the worker, which comes of a fork. */
static bool make_arena(void)
{
	int file = memfd_create("arena", MFD_CLOEXEC);
	char *at = mmap((void *)ARENA, PAGE_COLD * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE,
			-1, 0);
	static char cold[2 * PAGE];

	if (at != (void *)ARENA || file < 0)
		return false;
	fill(at, PAGE_COLD * PAGE);
	fill(cold, sizeof(cold));
	return write(file, cold, sizeof(cold)) == (ssize_t)sizeof(cold) && !mprotect(at + PAGE_NONE * PAGE, PAGE, PROT_NONE) &&
	       mmap(at + PAGE_COLD * PAGE, 3 * PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 0) != MAP_FAILED;
}

/* In the worker: out of its page table again. */
static void make_cold(void)
{
	madvise((void *)(ARENA + PAGE_COLD * PAGE), 2 * PAGE, MADV_DONTNEED);
}

/* What an argument or pointer may be. */
static uint64_t any_address(void)
{
	const uint64_t chosen[] = { 0, 1, PAGE, ARENA + PAGE_NONE * PAGE - 1 - below(40), ARENA + PAGE_NONE * PAGE,
				    ARENA + PAGE_COLD * PAGE - below(64), ARENA + PAGE_GONE * PAGE - below(64),
				    ARENA + ARENA_PAGES * PAGE - 1, 0x7ffffffff000, 0x7fffffffffff, 0x800000000000,
				    0xffff888000000000, 0xffffffffff600000, UINT64_MAX, UINT64_MAX - 7, -100 /* AT_FDCWD */ };

	return seldom(3) ? PICK(chosen) : ARENA + below(ARENA_PAGES * PAGE);
}

/* ---- pieces ---- */

static const struct sctrace_piece *piece_after(const struct sctrace_piece *p)
{
	return (const void *)((const uint8_t *)(p + 1) + (p->len + 7u) / 8 * 8);
}

static uint64_t word_of(const uint8_t *at, uint32_t size)
{
	uint64_t word = 0;

	memcpy(&word, at, size);
	return word;
}

/* The address of piece number @k of a step whose addresses are in another's pieces. false: there is none. */
static bool nth_address(const struct pieces *all, const struct sctrace_step *s, unsigned int k, uint64_t *address)
{
	const struct sctrace_piece *p;

	for (p = (const void *)all->first; (const uint8_t *)p < all->end; p = piece_after(p)) {
		uint32_t size = s->stride ?: p->len, n = s->stride ? p->len / size : 1;

		if (p->step != s->index || s->offset + s->word > (int)size)
			continue;
		if (n > s->max_count && s->stride)
			n = s->max_count;
		if (k < n) {
			*address = word_of((const uint8_t *)(p + 1) + k * size + s->offset, s->word);
			return true;
		}
		k -= n;
	}
	return false;
}

static void check_form(const struct sctrace_step *s, const struct sctrace_piece *p)
{
	const uint8_t *bytes = (const uint8_t *)(p + 1);
	bool whole = !(p->flags & (SCTRACE_PIECE_CUT | SCTRACE_PIECE_FAULT | SCTRACE_PIECE_NULL));
	uint32_t at;

	if (s->op != SCTRACE_STEP_FD && p->len > s->max)
		wrong("a piece of %u bytes, at most %u are wanted", p->len, s->max);
	if (s->op == SCTRACE_STEP_STRING && memchr(bytes, 0, p->len))
		wrong("a NUL in a string");
	for (at = 0; s->op == SCTRACE_STEP_VECTOR && at + s->word <= p->len; at += s->word) {
		if (!word_of(bytes + at, s->word))
			wrong("a 0 in a vector");
	}
	if (s->op == SCTRACE_STEP_VECTOR && p->len % s->word)
		wrong("half a word in a vector");
	if (whole && !(s->flags & SCTRACE_STEP_SHORT) && s->base != SCTRACE_BASE_MAPS && s->op != SCTRACE_STEP_FD &&
	    p->len != p->wanted)
		wrong("%u bytes of %u, and nothing says why", p->len, p->wanted);
}

static void check_bytes(const struct sctrace_step *s, const struct sctrace_piece *p, uint64_t address)
{
	const uint8_t *bytes = (const uint8_t *)(p + 1);
	uint32_t i;

	if (!p->len)
		return;
	/* The lowest address that is no program's on any machine. */
	if (address >> 56)
		wrong("bytes from %#lx", address);
	if ((address - ARENA) / PAGE >= ARENA_PAGES)
		return;
	for (i = 0; i < p->len && (address + i - ARENA) / PAGE < ARENA_PAGES; i++) {
		if (!is_readable(address + i)) {
			wrong("a byte from %#lx, where there is none", address + i);
			return;
		}
		if (bytes[i] != *(const uint8_t *)(address + i)) {
			wrong("byte %u from %#lx is another", i, address);
			return;
		}
	}
	address += p->len;
	if (p->flags & (SCTRACE_PIECE_CUT | SCTRACE_PIECE_FAULT) || !is_readable(address))
		return;
	if (s->op == SCTRACE_STEP_STRING && *(const uint8_t *)address)
		wrong("a string ends before its end");
}

/* One piece, number @k of its step. */
static void check_piece(const struct pieces *all, const struct known_call *call, const struct rules *rules,
			const struct sctrace_piece *p, unsigned int k)
{
	const struct sctrace_step *s;
	uint64_t address;

	if (!call->known || !rules->known)
		return;
	if (!call->plan || p->step >= call->plan->nr_steps) {
		wrong("a piece of step %u of call %d", p->step, call->plan ? call->plan->nr : -1);
		return;
	}
	s = &rules->steps[call->plan->first_step + p->step];
	check_form(s, p);
	if (s->op == SCTRACE_STEP_FD || k >= 40)
		return;
	switch (s->base) {
	case SCTRACE_BASE_ARG:
		address = call->args[s->index];
		break;
	case SCTRACE_BASE_RESULT:
		address = call->result;
		break;
	case SCTRACE_BASE_STEP:
		if (nth_address(all, s, k, &address))
			break;
		wrong("more pieces of step %u than there are addresses", p->step);
		return;
	default:
		return;
	}
	check_bytes(s, p, address);
}

/* From @at to the record's end. */
static void check_pieces(const uint8_t *at, const uint8_t *end, const struct known_call *call, const struct rules *rules)
{
	const struct pieces all = { at, end };
	unsigned int count[256] = { 0 }, i;

	while (at < end) {
		const struct sctrace_piece *p = (const void *)at;

		if (end - at < (long)sizeof(*p) || (const uint8_t *)piece_after(p) > end) {
			wrong("a piece reaches beyond its record");
			return;
		}
		for (i = p->len; i % 8; i++) {
			if (((const uint8_t *)(p + 1))[i])
				wrong("bytes behind a piece's end");
		}
		at = (const uint8_t *)piece_after(p);
	}
	for (at = all.first; at < end; at = (const uint8_t *)piece_after((const void *)at)) {
		const struct sctrace_piece *p = (const void *)at;

		check_piece(&all, call, rules, p, count[p->step]++);
	}
}

/* ---- calls ---- */

/* As the module looks for it: the last general one, or the one for these arguments. */
static void find_plan(struct known_call *call, const struct rules *rules, unsigned int abi, unsigned int nr,
		      const uint64_t *args, unsigned int nr_args)
{
	uint32_t i;

	call->plan = NULL;
	call->known = rules->known;
	for (i = 0; rules->known && i < rules->nr_plans; i++) {
		const struct sctrace_plan *p = &rules->plans[i];

		if (p->nr == nr && p->abi == abi && !p->select_mask)
			call->plan = p;
	}
	for (i = 0; rules->known && i < rules->nr_plans; i++) {
		const struct sctrace_plan *p = &rules->plans[i];

		if (p->nr != nr || p->abi != abi || !p->select_mask)
			continue;
		/* What decides is not recorded. */
		if (p->select_arg >= nr_args)
			call->known = false;
		else if ((args[p->select_arg] & p->select_mask) == p->select_value)
			call->plan = p;
	}
}

/* Of an ENTER or CALL, whose body begins at @words. Return: where its pieces begin. */
static const uint8_t *take_call(struct known_call *call, const struct rules *rules, const struct sctrace_hdr *hdr,
				const uint64_t *words, const uint8_t *end)
{
	words += hdr->nr == SCTRACE_NR_NONE;
	if ((const uint8_t *)(words + hdr->nr_args) > end || hdr->nr_args > 6) {
		wrong("a record has no room for its %u arguments", hdr->nr_args);
		return end;
	}
	memset(call->args, 0, sizeof(call->args));
	memcpy(call->args, words, hdr->nr_args * 8);
	find_plan(call, rules, hdr->abi, hdr->nr, call->args, hdr->nr_args);
	if (call->known && hdr->nr_args != (call->plan ? call->plan->nr_args : 6))
		wrong("call %u has %u arguments", hdr->nr, hdr->nr_args);
	return (const uint8_t *)(words + hdr->nr_args);
}

/*
 * @call: the last one of the worker's, and after this, of its record. @worker: whether the record is its. After a gap
 * nothing is known of the call.
 */
static void check_record(const struct sctrace_hdr *hdr, bool worker, struct known_call *call, const struct rules *rules)
{
	const uint8_t *end = (const uint8_t *)hdr + hdr->words * 8u, *at = (const uint8_t *)(hdr + 1);
	static const struct known_call others;
	struct known_call other = others;

	if (!worker)
		call = &other;
	switch (hdr->type) {
	case SCTRACE_REC_ENTER:
		at = take_call(call, rules, hdr, (const void *)at, end);
		break;
	case SCTRACE_REC_CALL:
		call->result = ((const struct sctrace_rec_call *)hdr)->result;
		at = take_call(call, rules, hdr, (const void *)((const struct sctrace_rec_call *)hdr + 1), end);
		break;
	case SCTRACE_REC_EXIT:
		call->result = *(const int64_t *)at;
		at += 8;
		break;
	case SCTRACE_REC_LATE:
		break;
	case SCTRACE_REC_EXEC:
		check_pieces((const uint8_t *)hdr + sizeof(struct sctrace_rec_exec), end, &others, rules);
		return;
	default:
		return;
	}
	if (!worker)
		call->known = false;
	check_pieces(at, end, call, rules);
	if (hdr->type == SCTRACE_REC_EXIT && !(hdr->flags & SCTRACE_HDR_LATE_FOLLOWS))
		call->known = false;
}

#endif
