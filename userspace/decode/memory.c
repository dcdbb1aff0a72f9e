/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What pointers lead to, as text. What could not be read is shown as its address, as strace does;
 * of an array, what could be read and then the address.
 */
#include <limits.h>
#include <string.h>

#include "layout.h"
#include "memory.h"
#include "netlink.h"

static bool find_piece(const struct sct_pointer *p, unsigned int step, struct sct_piece *piece)
{
	uint32_t ordinal = p->parent ? sct_known_ordinal(p->parent, step) : 0;

	return sct_known_piece(p->known, p->root, p->at_exit, step, ordinal, piece);
}

/* A struct, or several, that are not to be looked at. */
static bool is_flat(const struct sct_pointer *p)
{
	return p->known->flat && p->arg->type >= SCT_STRUCT;
}

static void print_string(struct sct_text *text, const struct sct_pointer *p, const struct sct_piece *piece)
{
	size_t limit = p->arg->type == SCT_STR ? p->known->options->string_limit : PATH_MAX - 1;
	size_t shown = piece->len < limit ? piece->len : limit;

	if (piece->flags & SCTRACE_PIECE_FAULT)
		sct_text_addr(text, p->address);
	else
		sct_text_quoted(text, piece->data, shown,
				shown < piece->len || (piece->flags & SCTRACE_PIECE_CUT));
}

static bool print_message(struct sct_text *text, const struct sct_pointer *p, const struct sct_piece *piece, uint32_t wanted)
{
	struct sct_place argument = { .known = p->known, .root = p->root, .at_exit = p->at_exit };

	if ((piece->flags & SCTRACE_PIECE_FAULT) && piece->len < wanted)
		return false;
	return sct_netlink_print(text, p->parent ? p->parent : &argument, piece, wanted);
}

static void print_buffer(struct sct_text *text, const struct sct_pointer *p, const struct sct_piece *piece)
{
	uint32_t limit = p->known->options->string_limit;
	uint32_t wanted = piece->wanted, shown;

	if (p->arg->count == SCT_COUNT_RESULT && p->arg->len && sct_known_arg(p->known, p->arg->len) < wanted)
		wanted = sct_known_arg(p->known, p->arg->len);
	if (p->rest) {
		wanted = *p->rest < wanted ? *p->rest : wanted;
		*p->rest -= wanted;
	}
	if (p->arg->message && print_message(text, p, piece, wanted))
		return;
	if (p->arg->type == SCT_TEXT && wanted && piece->len == wanted && !piece->data[wanted - 1])
		wanted--;
	shown = wanted < limit ? wanted : limit;
	if ((piece->flags & SCTRACE_PIECE_FAULT) && piece->len < shown) {
		sct_text_addr(text, p->address);
		return;
	}
	shown = piece->len < shown ? piece->len : shown;
	if (p->arg->type == SCT_BUF_HEX)
		sct_text_quoted_hex(text, piece->data, shown, shown < wanted);
	else
		sct_text_quoted(text, piece->data, shown, shown < wanted);
}

/* Where the struct or the array's first element lies that a piece holds. */
static struct sct_place place_of(const struct sct_pointer *p, unsigned int step, const struct sct_piece *piece)
{
	return (struct sct_place) {
		.known = p->known,
		.of = p->arg->of ? sct_struct_in(p->arg->of, p->known->plan.abi) : NULL,
		.bytes = piece->data,
		.len = piece->len,
		.wanted = piece->wanted,
		.address = p->address,
		.root = p->root,
		.at_exit = p->at_exit,
		.step = step,
		.ordinal = p->parent ? sct_known_ordinal(p->parent, step) : 0,
		.rest = p->rest,
	};
}

/* Bytes without which a struct cannot be told. */
static uint32_t least_bytes(const struct sct_place *place, const struct sct_arg *arg)
{
	if (arg->type != SCT_STRUCT)
		return 0;
	switch (arg->count) {
	case SCT_COUNT_ONE:
	case SCT_COUNT_TAIL:
	case SCT_COUNT_TAIL_RESULT:
		return sct_members_bytes(place->of, place->known->plan.abi);
	default:
		return place->of->least;
	}
}

static bool is_readable(const struct sct_place *place, const struct sct_arg *arg, const struct sct_piece *piece)
{
	/* The record may have had no room for the rest. */
	if (place->len < least_bytes(place, arg))
		return false;
	/* Of what is open-ended, no more was sure to be there than its members. */
	return !(piece->flags & SCTRACE_PIECE_FAULT) || piece->len >= place->wanted ||
	       (place->of && place->of->size && place->len >= sct_members_bytes(place->of, place->known->plan.abi));
}

/* Of what the kernel had for a buffer, it gave only as much as the program said there is room for. */
static void cut_to_room(struct sct_place *place, const struct sct_pointer *p)
{
	struct sct_place room;
	uint64_t bytes = p->rest && p->arg->count == SCT_COUNT_BYTES ? *p->rest : UINT64_MAX;

	if (p->arg->count == SCT_COUNT_AT && !p->parent &&
	    sct_pointer_place(&room, p->known, p->arg->len, false) && room.len >= 4)
		bytes = sct_number_at(room.bytes, 4);
	place->wanted = bytes < place->wanted ? bytes : place->wanted;
	place->len = place->wanted < place->len ? place->wanted : place->len;
}

static void print_struct(struct sct_text *text, const struct sct_pointer *p, unsigned int step,
			 const struct sct_piece *piece)
{
	struct sct_place place = place_of(p, step, piece);
	bool has_tail = p->arg->count == SCT_COUNT_TAIL || p->arg->count == SCT_COUNT_TAIL_RESULT;

	cut_to_room(&place, p);
	/* What is missing of a tail is its printer's business. */
	if (!is_readable(&place, p->arg, piece) &&
	    !(has_tail && piece->len >= sct_struct_size(place.of, p->known->plan.abi))) {
		sct_text_addr(text, p->address);
		return;
	}
	/* A plain value stands in brackets. */
	if (!place.of->print && !*place.of->members[0].arg.name) {
		sct_text_put(text, "[");
		sct_struct_print(text, &place);
		sct_text_put(text, "]");
	} else {
		sct_struct_print(text, &place);
	}
}

static void print_elements(struct sct_text *text, const struct sct_place *first, uint32_t size, uint32_t n)
{
	struct sct_place place = *first;
	uint32_t i;

	for (i = 0; i < n; i++) {
		place.bytes = first->bytes + i * size;
		place.len = size;
		place.element = i;
		place.address = first->address + i * size;
		if (i)
			sct_text_put(text, ", ");
		sct_struct_print(text, &place);
	}
}

static uint32_t shown_elements(const struct sct_known *known, uint32_t n)
{
	uint32_t limit = known->options->string_limit;

	return known->options->verbose || n < limit ? n : limit;
}

/* More than there can be from the address on: a count of -1. */
static bool is_beyond_memory(const struct sct_pointer *p, uint32_t size)
{
	uint64_t last = sct_word_bytes(p->known->plan.abi) == 4 ? UINT32_MAX : UINT64_MAX;
	const struct sct_row *row = p->known->plan.row;
	unsigned int type;

	if (p->parent || p->arg->count != SCT_COUNT_ARG)
		return false;
	type = row->args[p->arg->len].type;
	return (type == SCT_LONG || type == SCT_ULONG) && p->address <= last &&
	       sct_known_arg(p->known, p->arg->len) > (last - p->address) / size;
}

static void print_array(struct sct_text *text, const struct sct_pointer *p, unsigned int step,
			const struct sct_piece *piece)
{
	uint32_t size = sct_struct_size(p->arg->of, p->known->plan.abi);
	struct sct_place first = place_of(p, step, piece);
	uint32_t wanted = piece->wanted / size, n = shown_elements(p->known, piece->len / size);

	/* As many as there always are: they are there together. */
	if (is_beyond_memory(p, size) ||
	    ((piece->flags & SCTRACE_PIECE_FAULT) && (piece->len < size || p->arg->count == SCT_COUNT_FIXED))) {
		sct_text_addr(text, p->address);
		return;
	}
	sct_text_put(text, "[");
	print_elements(text, &first, size, n);
	if (n < wanted) {
		sct_text_put(text, n ? ", ..." : "...");
		if ((piece->flags & SCTRACE_PIECE_FAULT) && n == piece->len / size)
			sct_text_putf(text, " /* %#llx */", (unsigned long long)p->address + n * size);
	}
	sct_text_put(text, "]");
}

/* A vector of strings: argv, envp. */
static void print_strings(struct sct_text *text, const struct sct_pointer *p, unsigned int step,
			  const struct sct_piece *vector)
{
	unsigned int word = sct_word_bytes(p->known->plan.abi);
	static const struct sct_arg string = { .name = "", .type = SCT_STR };
	uint32_t i, n = vector->len / word, shown = shown_elements(p->known, n);
	struct sct_place place = place_of(p, step, vector);
	struct sct_pointer to = {
		.known = p->known,
		.arg = &string,
		.root = p->root,
		.at_exit = p->at_exit,
		.parent = &place,
	};

	sct_text_put(text, "[");
	for (i = 0; i < shown; i++) {
		place.element = i;
		to.address = sct_number_at(vector->data + i * word, word);
		if (i)
			sct_text_put(text, ", ");
		sct_pointer_print(text, &to);
	}
	if (vector->flags & SCTRACE_PIECE_FAULT && shown == n)
		sct_text_putf(text, "%s... /* %#llx */", n ? ", " : "",
			      (unsigned long long)p->address + n * word);
	else if (shown < n || (vector->flags & SCTRACE_PIECE_CUT))
		sct_text_put(text, shown ? ", ..." : "...");
	sct_text_put(text, "]");
}

static void print_strings_count(struct sct_text *text, const struct sct_pointer *p,
				const struct sct_piece *vector)
{
	unsigned int n = vector->len / sct_word_bytes(p->known->plan.abi);

	sct_text_addr(text, p->address);
	sct_text_putf(text, " /* %u var%s%s */", n, n == 1 ? "" : "s",
		      vector->flags & SCTRACE_PIECE_FAULT ? ", unterminated" : "");
}

static void print_vector(struct sct_text *text, const struct sct_pointer *p, unsigned int step,
			 const struct sct_piece *vector)
{
	if ((vector->flags & SCTRACE_PIECE_FAULT) && !vector->len)
		sct_text_addr(text, p->address);
	else if (p->arg->type == SCT_STRINGS_COUNT && !p->known->options->verbose)
		print_strings_count(text, p, vector);
	else
		print_strings(text, p, step, vector);
}

void sct_pointer_print(struct sct_text *text, const struct sct_pointer *p)
{
	unsigned int step = sct_known_step(p->known, p->root, p->at_exit, p->parent, p->offset);
	struct sct_piece piece;

	/* Not captured: it is NULL, the call has failed, or the record had no room. */
	if (step == SCT_NO_STEP || !p->address || is_flat(p) || !find_piece(p, step, &piece)) {
		sct_text_addr(text, p->address);
		return;
	}
	switch (p->arg->type) {
	case SCT_PATH:
	case SCT_STR:
		print_string(text, p, &piece);
		break;
	case SCT_BUF:
	case SCT_BUF_HEX:
	case SCT_TEXT:
		print_buffer(text, p, &piece);
		break;
	case SCT_STRUCT:
		print_struct(text, p, step, &piece);
		break;
	case SCT_ARRAY:
		print_array(text, p, step, &piece);
		break;
	default:
		print_vector(text, p, step, &piece);
		break;
	}
}

static bool pointer_target(struct sct_place *to, const struct sct_pointer *p)
{
	unsigned int step = sct_known_step(p->known, p->root, p->at_exit, p->parent, p->offset);
	struct sct_piece piece;

	if (step == SCT_NO_STEP || !p->address || is_flat(p) || !find_piece(p, step, &piece))
		return false;
	*to = place_of(p, step, &piece);
	return is_readable(to, p->arg, &piece);
}

/*
 * The place of what argument arg points to, captured at the call's entry or return. false: it was not
 * captured, or could not be read.
 */
bool sct_pointer_place(struct sct_place *to, const struct sct_known *known, unsigned int arg, bool at_exit)
{
	struct sct_pointer p = {
		.known = known,
		.arg = &known->plan.row->args[arg],
		.address = sct_known_arg(known, arg),
		.root = arg,
		.at_exit = at_exit,
	};

	return pointer_target(to, &p);
}

/* The place of what member i of the struct at the place points to. false: as above. */
bool sct_member_target(struct sct_place *to, const struct sct_place *place, unsigned int i)
{
	struct sct_pointer p = sct_member_pointer(place, i);

	return pointer_target(to, &p);
}
