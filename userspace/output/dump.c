/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All data that a call has read or written, in hexadecimal and as characters: strace's lines below a call's own. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "classes.h"
#include "dump.h"
#include "layout.h"
#include "print.h"

#define LINE_BYTES 16

/* Members of struct iovec and struct msghdr. */
enum { IOV_BASE, IOV_LEN };
enum { MSG_IOV = 2, MSG_IOVLEN };

static bool has(const struct sct_dump_fds *set, int32_t fd)
{
	unsigned int i;

	for (i = 0; i < set->n; i++) {
		if (set->fds[i] == fd)
			return !set->not;
	}
	return set->not;
}

/* "[!]FD[,FD]...", "all" or "none". */
bool sct_dump_fds_parse(struct sct_dump_fds *set, const char *text)
{
	*set = (struct sct_dump_fds) { .not = *text == '!' };
	text += set->not;
	if (!strcmp(text, "all") || !strcmp(text, "none")) {
		set->not ^= *text == 'a';
		return true;
	}
	for (;; text++) {
		unsigned long fd;
		char *end;

		errno = 0;
		fd = strtoul(text, &end, 10);
		if (*text < '0' || *text > '9' || errno || fd > INT32_MAX || set->n == SCT_DUMP_MAX_FDS)
			return false;
		set->fds[set->n++] = fd;
		text = end;
		if (*text != ',')
			return !*text;
	}
}

/* " | 00010  68 65 6c 6c 6f 0a                                 hello.           |" */
static void put_line(struct sct_text *text, const uint8_t *bytes, unsigned int n, uint32_t offset)
{
	unsigned int i;

	sct_text_putf(text, " | %05x ", offset);
	for (i = 0; i < LINE_BYTES; i++) {
		if (i == LINE_BYTES / 2)
			sct_text_put(text, " ");
		if (i < n)
			sct_text_putf(text, " %02x", bytes[i]);
		else
			sct_text_put(text, "   ");
	}
	sct_text_put(text, "  ");
	for (i = 0; i < LINE_BYTES; i++) {
		const char c = i >= n ? ' ' : bytes[i] >= ' ' && bytes[i] < 0x7f ? bytes[i] : '.';

		sct_text_put_bytes(text, &c, 1);
	}
	sct_text_put(text, " |\n");
}

/* One buffer's: wanted bytes, of which the piece has what was captured. Of what could not be read there is nothing. */
static void put_bytes(struct sct_text *text, const struct sct_piece *piece, uint64_t wanted)
{
	uint32_t at;

	if ((piece->flags & SCTRACE_PIECE_FAULT) && !piece->len)
		return;
	for (at = 0; at < piece->len && at < wanted; at += LINE_BYTES) {
		uint64_t n = wanted < piece->len ? wanted - at : piece->len - at;

		put_line(text, piece->data + at, n < LINE_BYTES ? n : LINE_BYTES, at);
	}
	if (piece->len < wanted)
		sct_text_putf(text, " | (%u of %llu bytes captured)\n", (unsigned int)piece->len, (unsigned long long)wanted);
}

/* What the second argument points to, of which the structs are: the place of the first one. false: it is not there. */
static bool find_structs(struct sct_place *place, const struct sct_known *known, bool at_exit)
{
	unsigned int step = sct_known_step(known, 1, at_exit, NULL, 0);
	const struct sct_arg *arg = &known->plan.row->args[1];
	struct sct_piece piece;

	if (step == SCT_NO_STEP || !sct_known_piece(known, 1, at_exit, step, 0, &piece))
		return false;
	*place = (struct sct_place) {
		.known = known,
		.of = sct_struct_in(arg->of, known->plan.abi),
		.bytes = piece.data,
		.len = piece.len,
		.wanted = piece.wanted,
		.address = sct_known_arg(known, 1),
		.root = 1,
		.at_exit = at_exit,
		.step = step,
	};
	return true;
}

/* What a member points to. */
static bool find_target(struct sct_place *to, const struct sct_place *place, unsigned int i, struct sct_piece *piece)
{
	unsigned int step = sct_known_step(place->known, 1, place->at_exit, place, place->offset + sct_member_at(place, i));
	const struct sct_struct *of = place->of->members[i].arg.of;

	if (step == SCT_NO_STEP)
		return false;
	*to = *place;
	to->of = of ? sct_struct_in(of, place->known->plan.abi) : NULL;
	to->step = step;
	to->ordinal = sct_known_ordinal(place, step);
	to->element = 0;
	to->offset = 0;
	if (!sct_known_piece(place->known, 1, place->at_exit, step, to->ordinal, piece))
		return false;
	to->bytes = piece->data;
	to->len = piece->len;
	to->wanted = piece->wanted;
	return true;
}

/* Element i of those that begin at the place. */
static bool take_element(struct sct_place *place, const struct sct_place *first, uint32_t i)
{
	uint32_t size = sct_struct_size(first->of, first->known->plan.abi);

	if (i >= first->len / size)
		return false;
	*place = *first;
	place->bytes = first->bytes + i * size;
	place->len = size;
	place->element = i;
	return true;
}

/* Buffers of a vector, up to so many bytes; as strace has it, up to the first that is empty too. */
static void put_vector(struct sct_text *text, const struct sct_place *first, uint64_t bytes)
{
	struct sct_place vector, buffer;
	uint32_t i;

	for (i = 0; bytes && take_element(&vector, first, i); i++) {
		uint64_t len = sct_member_value(&vector, IOV_LEN);
		struct sct_piece piece = { 0 };

		len = len < bytes ? len : bytes;
		if (!len)
			return;
		bytes -= len;
		sct_text_putf(text, " * %llu bytes in buffer %u\n", (unsigned long long)len, i);
		if (!find_target(&buffer, &vector, IOV_BASE, &piece))
			piece = (struct sct_piece) { 0 };
		put_bytes(text, &piece, len);
	}
	if (bytes && first->len < first->wanted && !sct_known_failed(first->known))
		sct_text_putf(text, " * (%u of %llu buffers captured)\n", i, (unsigned long long)(first->wanted /
			      sct_struct_size(first->of, first->known->plan.abi)));
}

static void put_message(struct sct_text *text, const struct sct_place *header, uint64_t bytes)
{
	struct sct_piece piece;
	struct sct_place first;

	if (sct_member_is_there(header, MSG_IOVLEN) && find_target(&first, header, MSG_IOV, &piece))
		put_vector(text, &first, bytes);
}

/* Of those that the kernel has dealt with. */
static void put_messages(struct sct_text *text, const struct sct_place *first)
{
	int64_t n = first->known->exit->result;
	struct sct_place message, header;
	uint32_t i;

	for (i = 0; i < n && take_element(&message, first, i); i++) {
		if (!sct_member_place(&header, &message, 0))
			return;
		sct_text_putf(text, " = %llu buffers in vector %u\n", (unsigned long long)sct_member_value(&header, MSG_IOVLEN), i);
		put_message(text, &header, sct_member_value(&message, 1));
	}
}

static void put_one(struct sct_text *text, const struct sct_known *known, bool at_exit, uint64_t wanted)
{
	unsigned int step = sct_known_step(known, 1, at_exit, NULL, 0);
	struct sct_piece piece;

	if (step == SCT_NO_STEP || !sct_known_piece(known, 1, at_exit, step, 0, &piece))
		piece = (struct sct_piece) { 0 };
	put_bytes(text, &piece, wanted);
}

/* Of a call that has returned: lines with the bytes that it was about, if they are wanted. */
void sct_dump_print(struct sct_text *text, const struct sct_dump *dump, const struct sct_known *known)
{
	const struct sct_row *row = known->plan.row;
	enum sct_data data = row ? sct_row_data(row) : SCT_DATA_NONE;
	int32_t fd = sct_known_arg(known, 0);
	bool reads = data == SCT_DATA_READ, at_exit;
	struct sct_place place;
	uint64_t wanted;

	/* Of arguments that lie in memory and are not taken apart it is not known which is the descriptor. */
	if (known->raw && known->plan.outer)
		return;
	if (data == SCT_DATA_NONE || fd < 0 || !has(reads ? &dump->read : &dump->write, fd))
		return;
	at_exit = row->args[1].dir != SCT_IN;
	/* What was to be written is told also if it was not. */
	if (at_exit && sct_known_failed(known))
		return;
	wanted = reads ? (uint64_t)known->exit->result : UINT64_MAX;
	if (row->args[1].type == SCT_BUF)
		put_one(text, known, at_exit, reads ? wanted : sct_known_arg(known, 2));
	else if (!find_structs(&place, known, at_exit))
		return;
	else if (row->args[1].type == SCT_STRUCT)
		put_message(text, &place, wanted);
	else if (sct_row_has_messages(row))
		put_messages(text, &place);
	else
		put_vector(text, &place, wanted);
}
