/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structs by their members: {st_mode=S_IFREG|0644, st_size=12, ...}. */
#include <string.h>

#include "layout.h"
#include "memory.h"

/* n bytes (1, 2, 4 or 8) as an unsigned number. */
uint64_t sct_number_at(const uint8_t *bytes, unsigned int n)
{
	uint64_t value8;
	uint32_t value4;
	uint16_t value2;

	switch (n) {
	case 8:
		memcpy(&value8, bytes, 8);
		return value8;
	case 4:
		memcpy(&value4, bytes, 4);
		return value4;
	case 2:
		memcpy(&value2, bytes, 2);
		return value2;
	default:
		return *bytes;
	}
}

static uint64_t swapped(uint64_t value, unsigned int n)
{
	return n == 2 ? __builtin_bswap16(value) : __builtin_bswap32(value);
}

static uint64_t extended(uint64_t value, unsigned int n)
{
	unsigned int shift = 64 - 8 * n;

	return (uint64_t)((int64_t)(value << shift) >> shift);
}

/* One of the member's kind at the bytes, its sign spread over the whole word. */
static uint64_t kind_value(const struct sct_member *m, const uint8_t *bytes, uint8_t abi)
{
	unsigned int n = sct_kind_bytes(m, abi);
	uint64_t value = sct_number_at(bytes, n);

	switch (m->kind) {
	case K_S8:
	case K_S16:
	case K_S32:
	case K_S64:
	case K_LONG:
	case K_KLONG:
		return extended(value, n);
	case K_BE16:
	case K_BE32:
		return swapped(value, n);
	default:
		return value;
	}
}

uint32_t sct_member_at(const struct sct_place *place, unsigned int i)
{
	return sct_member_offset(place->of, i, place->known->plan.abi);
}

static uint32_t member_bytes(const struct sct_place *place, const struct sct_member *m)
{
	return sct_kind_bytes(m, place->known->plan.abi) * (m->n ? m->n : 1);
}

/* Whether the whole member was captured. */
bool sct_member_is_there(const struct sct_place *place, unsigned int i)
{
	return sct_member_at(place, i) + member_bytes(place, &place->of->members[i]) <= place->len;
}

/* A number; 0 if it is not there. */
uint64_t sct_member_value(const struct sct_place *place, unsigned int i)
{
	if (!sct_member_is_there(place, i))
		return 0;
	return kind_value(&place->of->members[i], place->bytes + sct_member_at(place, i),
			  place->known->plan.abi);
}

/* The place of a member of kind STRUCT. */
bool sct_member_place(struct sct_place *to, const struct sct_place *place, unsigned int i)
{
	const struct sct_member *m = &place->of->members[i];
	uint32_t at = sct_member_at(place, i);

	if (!sct_member_is_there(place, i))
		return false;
	*to = *place;
	to->of = sct_struct_in(m->arg.of, place->known->plan.abi);
	to->bytes = place->bytes + at;
	to->len = member_bytes(place, m);
	to->address = place->address + at;
	to->offset = place->offset + at;
	return true;
}

static void print_chars(struct sct_text *text, const struct sct_place *place, const struct sct_member *m,
			const uint8_t *bytes)
{
	uint32_t limit = place->known->options->string_limit;
	uint32_t n = m->arg.type == SCT_BUF ? m->n : strnlen((const char *)bytes, m->n);

	/* A name in a struct is not cut; but its last byte is for the NUL. */
	if (m->arg.type == SCT_BUF && n > limit)
		sct_text_quoted(text, bytes, limit, true);
	else if (m->arg.type != SCT_BUF && n == m->n)
		sct_text_quoted(text, bytes, n - 1, true);
	else
		sct_text_quoted(text, bytes, n, false);
}

/* Elements of a struct lying in a row, as an array. Members of theirs that point to something are not followed. */
void sct_array_print(struct sct_text *text, const struct sct_place *place, const struct sct_struct *of,
		     const uint8_t *bytes, uint32_t len)
{
	uint32_t size = sct_struct_size(of, place->known->plan.abi), i;
	struct sct_place at = *place;

	at.of = sct_struct_in(of, place->known->plan.abi);
	at.step = SCT_NO_STEP;
	sct_text_put(text, "[");
	for (i = 0; i + size <= len; i += size) {
		at.bytes = bytes + i;
		at.len = size;
		if (i)
			sct_text_put(text, ", ");
		sct_struct_print(text, &at);
	}
	sct_text_put(text, "]");
}

/* A struct that begins at the bytes. Members of it that point to something are not followed. */
void sct_bytes_print(struct sct_text *text, const struct sct_place *place, const struct sct_struct *of,
		     const uint8_t *bytes, uint32_t len)
{
	struct sct_place at = *place;

	at.of = sct_struct_in(of, place->known->plan.abi);
	at.step = SCT_NO_STEP;
	at.address = place->address + (bytes - place->bytes);
	at.bytes = bytes;
	at.len = len < sct_struct_size(of, place->known->plan.abi) ? len : sct_struct_size(of, place->known->plan.abi);
	at.wanted = at.len;
	sct_struct_print(text, &at);
}

/* A member that points to something. */
struct sct_pointer sct_member_pointer(const struct sct_place *place, unsigned int i)
{
	return (struct sct_pointer) {
		.known = place->known,
		.arg = &place->of->members[i].arg,
		.address = sct_member_value(place, i),
		.root = place->root,
		.at_exit = place->at_exit,
		.parent = place,
		.offset = place->offset + sct_member_at(place, i),
	};
}

static void print_pointer(struct sct_text *text, const struct sct_place *place, unsigned int i)
{
	struct sct_pointer p = sct_member_pointer(place, i);

	p.rest = place->rest;
	sct_pointer_print(text, &p);
}

static void print_numbers(struct sct_text *text, const struct sct_place *place, const struct sct_member *m,
			  const uint8_t *bytes)
{
	unsigned int size = sct_kind_bytes(m, place->known->plan.abi), i;

	sct_text_put(text, "[");
	for (i = 0; i < m->n; i++) {
		if (i)
			sct_text_put(text, ", ");
		sct_value_print(text, place, &m->arg,
				kind_value(m, bytes + i * size, place->known->plan.abi));
	}
	sct_text_put(text, "]");
}

/* A descriptor, and what it refers to. */
static void print_fd(struct sct_text *text, const struct sct_place *place, unsigned int i)
{
	unsigned int step = sct_known_member_fd_step(place, sct_member_at(place, i));
	struct sct_piece piece;

	sct_value_print(text, place, &place->of->members[i].arg, sct_member_value(place, i));
	if (step != SCT_NO_STEP && sct_known_piece(place->known, place->root, place->at_exit, step,
						   sct_known_ordinal(place, step), &piece))
		sct_fd_piece_print(text, place->known->options, &piece);
}

/* The value of a member that is there, without its name. */
void sct_member_value_print(struct sct_text *text, const struct sct_place *place, unsigned int i)
{
	const struct sct_member *m = &place->of->members[i];
	const uint8_t *bytes = place->bytes + sct_member_at(place, i);
	struct sct_place inner;

	if (m->kind == K_CHARS)
		print_chars(text, place, m, bytes);
	else if (m->kind == K_STRUCT && m->n)
		sct_array_print(text, place, m->arg.of, bytes, member_bytes(place, m));
	else if (m->kind == K_STRUCT && sct_member_place(&inner, place, i))
		sct_struct_print(text, &inner);
	else if (m->n)
		print_numbers(text, place, m, bytes);
	else if (sct_is_pointer(&m->arg))
		print_pointer(text, place, i);
	else if (m->arg.type == SCT_FD || m->arg.type == SCT_DIRFD)
		print_fd(text, place, i);
	else
		sct_value_print(text, place, &m->arg, sct_member_value(place, i));
}

static bool is_filled(const uint8_t *bytes, uint32_t n)
{
	while (n && !bytes[n - 1])
		n--;
	return n;
}

static bool is_shown(const struct sct_place *place, unsigned int i)
{
	const struct sct_member *m = &place->of->members[i];

	if (m->arg.type == SCT_HIDDEN || !sct_member_is_there(place, i))
		return false;
	if (m->show == SCT_NONZERO)
		return is_filled(place->bytes + sct_member_at(place, i), member_bytes(place, m));
	return m->show != SCT_VERBOSE || place->known->options->verbose;
}

/* "name=value". false: it is not shown or not there, and nothing was printed. */
bool sct_member_print(struct sct_text *text, const struct sct_place *place, unsigned int i)
{
	const char *name = place->of->members[i].arg.name;

	if (!is_shown(place, i))
		return false;
	if (name && *name) {
		sct_text_put(text, name);
		sct_text_put(text, "=");
	}
	sct_member_value_print(text, place, i);
	return true;
}

/* Members from .. to - 1 with ", " between them, and ", ..." for those that are not shown. */
void sct_members_print(struct sct_text *text, const struct sct_place *place, unsigned int from,
		       unsigned int to)
{
	bool any = false, more = false;
	unsigned int i;

	for (i = from; i < to && i < place->of->nr_members; i++) {
		if (place->of->members[i].show == SCT_VERBOSE && !place->known->options->verbose)
			more = true;
		if (!is_shown(place, i))
			continue;
		if (any)
			sct_text_put(text, ", ");
		sct_member_print(text, place, i);
		any = true;
	}
	if (more)
		sct_text_put(text, any ? ", ..." : "...");
}

/*
 * Of a struct that the program has newer than the reader: what it has behind the members, unless that
 * is 0; ??? if it cannot be read.
 */
void sct_tail_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t from = sct_members_bytes(place->of, place->known->plan.abi);
	uint32_t limit = place->known->options->string_limit, n;

	if (place->len < from)
		return;
	if (place->len < place->wanted && place->len < place->of->size) {
		sct_text_put(text, ", ???");
		return;
	}
	n = place->len - from;
	if (!is_filled(place->bytes + from, n))
		return;
	sct_text_putf(text, ", /* bytes %u..%u */ ", from, place->wanted - 1);
	sct_text_quoted_hex(text, place->bytes + from, n < limit ? n : limit, n > limit);
}

static bool is_plain(const struct sct_struct *of)
{
	return of->nr_members == 1 && !*of->members[0].arg.name;
}

/* The struct at the place, braces and all; a plain value without. */
void sct_struct_print(struct sct_text *text, const struct sct_place *place)
{
	if (place->of->print) {
		place->of->print(text, place);
		return;
	}
	if (is_plain(place->of)) {
		sct_members_print(text, place, 0, 1);
		return;
	}
	sct_text_put(text, "{");
	sct_members_print(text, place, 0, place->of->nr_members);
	sct_tail_print(text, place);
	sct_text_put(text, "}");
}
