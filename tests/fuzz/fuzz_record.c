// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Bytes to records (lib/record.c), records squeezed and back (lib/squeeze.c), and what was squeezed by somebody else.
 * What is taken for a record has its pieces in it; what was squeezed comes back as it was.
 */
#include <errno.h>

#include "input.h"
#include "record.h"
#include "squeeze.h"

static void check_pieces(const struct sct_record *rec, size_t size)
{
	const uint8_t *begin = (const uint8_t *)rec->hdr, *end = begin + size;
	struct sct_piece piece;
	size_t at = 0;

	must(!rec->pieces.len || (rec->pieces.bytes >= begin && rec->pieces.bytes + rec->pieces.len == end));
	while (sct_piece_next(&rec->pieces, &at, &piece)) {
		must(piece.step < SCTRACE_MAX_PLAN_STEPS);
		must(piece.data >= begin && piece.data + piece.len <= end);
	}
	must(at == rec->pieces.len);
}

/* Return: how long the record is that is there; 0: there is none. */
static size_t parse(const uint8_t *bytes, size_t avail)
{
	uint8_t *exact = input_copy(bytes, avail);
	struct sct_record rec = { 0 };
	size_t size = 0;
	int err = sct_record_parse(&rec, exact, avail);

	must(!err || err == -EPROTO);
	if (!err) {
		size = rec.hdr->words * 8u;
		must(size >= sizeof(*rec.hdr) && size <= avail);
		must(rec.hdr->abi < SCTRACE_ABI_COUNT && (!rec.args || rec.hdr->nr_args <= 6));
		check_pieces(&rec, size);
	}
	free(exact);
	return size;
}

static void there_and_back(const uint8_t *bytes, size_t len)
{
	static struct sct_squeezer squeezer;
	struct sct_squeezed squeezed;
	uint8_t *from = input_copy(bytes, len), *back;
	size_t at = 0, n;

	for (; at < len; at += n) {
		n = sct_squeeze(&squeezer, &squeezed, from + at, len - at);
		must(n && n <= len - at);
		back = malloc(n);
		must(!sct_unsqueeze(back, n, &squeezed) && !memcmp(back, from + at, n));
		free(back);
	}
	free(from);
}

static void from_others(struct input *in)
{
	struct { uint16_t len, records, masks, data; } head;
	struct sct_squeezed squeezed = { 0 };
	void *data, *times, *slots, *masks, *back;
	size_t len;

	input_take(in, &head, sizeof(head));
	len = head.len % 8192 * 8;
	squeezed.nr_records = head.records % 512;
	squeezed.nr_masks = head.masks % 512;
	squeezed.nr_data = head.data % 512;
	input_take(in, data = malloc(squeezed.nr_data * 8 + 1), squeezed.nr_data * 8);
	input_take(in, times = malloc(squeezed.nr_records * 2 + 1), squeezed.nr_records * 2);
	input_take(in, slots = malloc(squeezed.nr_records + 1), squeezed.nr_records);
	input_take(in, masks = malloc(squeezed.nr_masks + 1), squeezed.nr_masks);
	squeezed.data = data;
	squeezed.times = times;
	squeezed.slots = slots;
	squeezed.masks = masks;
	back = malloc(len ? len : 1);
	sct_unsqueeze(back, len, &squeezed);
	free(back);
	free(data);
	free(times);
	free(slots);
	free(masks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	size_t whole = 0, n;

	if (input_byte(&in) % 2) {
		from_others(&in);
		return 0;
	}
	while ((n = parse(in.at + whole, in.left - whole)))
		whole += n;
	there_and_back(in.at, whole);
	return 0;
}
