/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records are much like those before them: the same call of the same task, at another time. So each
 * is written as what differs from a former one, word by word. What is left of a pair of records is some
 * bytes, of which zstd makes the rest; it has a tenth of the bytes to look at, and costs a tenth.
 *
 * Which former one: a record that has the two first words (length, type, number; task) of the one that followed
 * the former record of the record before, has that one. So a task that does the same again and again costs least.
 * Else these two words choose a slot, and the former record is the last one of that slot in the same block.
 * Of each record there are
 *   in "slots"  how its former record was found: the slot, or LIKE_NEXT; SAME_NEXT: and no word differs
 *   in "masks"  unless SAME_NEXT, a bit for each word but that of the time, 1: it differs. Bits beyond its
 *               words are 0
 *   in "times"  how much later than the record before it is, ns; TIME_IN_DATA: the time is in "data"
 *   in "data"   the words that differ, in their order, the time's first after the second word's
 * The first of a slot differs from zeros, and so do words that a shorter former record has not.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include <uapi/sctrace.h>

#include "squeeze.h"

#define TIME_IN_DATA	0xffff
#define LIKE_NEXT	0xfe
#define SAME_NEXT	0xff
#define TIME_WORD	2
#define HEADER_WORDS	(sizeof(struct sctrace_hdr) / 8)

_Static_assert(HEADER_WORDS == 3 && offsetof(struct sctrace_hdr, time) == 8 * TIME_WORD, "the words of a header");

static unsigned int words_of(uint64_t first)
{
	return first & 0xffff;
}

static bool is_gap(uint64_t first)
{
	return (first >> 16 & 0xff) == SCTRACE_REC_GAP;
}

static unsigned int slot_of(const uint64_t *record)
{
	uint64_t task = record[1] << 20 | record[1] >> 44;

	return (record[0] ^ task) * 0x9e3779b97f4a7c15ull >> 57;
}

/* Where the streams go on. Kept in registers: what is stored through a byte pointer may be anything. */
struct streams {
	uint64_t *data;
	uint16_t *times;
	uint8_t *slots;
	uint8_t *masks;
};

static inline __attribute__((always_inline)) void put_time(struct streams *s, uint64_t later, uint64_t time)
{
	*s->times++ = later < TIME_IN_DATA ? later : TIME_IN_DATA;
	if (later >= TIME_IN_DATA)
		*s->data++ = time;
}

/* Of a record that has the two first words of the former one, and so its length; words before i are the same. */
static struct streams put_like(struct streams s, const uint64_t *record, const uint64_t *former, unsigned int n)
{
	unsigned int bit = 2, mask = 0, i;

	for (i = HEADER_WORDS; i < n; i++, bit++) {
		if (bit == 8) {
			*s.masks++ = mask;
			mask = bit = 0;
		}
		if (record[i] != former[i]) {
			mask |= 1 << bit;
			*s.data++ = record[i];
		}
	}
	*s.masks++ = mask;
	return s;
}

static inline __attribute__((always_inline)) bool is_same(const uint64_t *record, const uint64_t *former, size_t n)
{
	size_t i = HEADER_WORDS;

	while (i < n && record[i] == former[i])
		i++;
	return i == n;
}

/* Of any other. */
static __attribute__((noinline)) struct streams put_unlike(struct streams s, const uint64_t *record,
							   const uint64_t *former, uint64_t later)
{
	unsigned int n = words_of(record[0]), n_former = words_of(former[0]), bit = 0, mask = 0, i;

	for (i = 0; i < n; i++) {
		if (i == TIME_WORD) {
			put_time(&s, later, record[i]);
			continue;
		}
		if (bit == 8) {
			*s.masks++ = mask;
			mask = bit = 0;
		}
		if (record[i] != (i < n_former ? former[i] : 0)) {
			mask |= 1 << bit;
			*s.data++ = record[i];
		}
		bit++;
	}
	*s.masks++ = mask;
	return s;
}

static void note_gap(struct sct_squeezer *q, const uint64_t *record)
{
	q->nr_gaps++;
	if (words_of(record[0]) * 8u >= sizeof(struct sctrace_rec_gap))
		q->lost += ((const struct sctrace_rec_gap *)record)->lost;
}

/*
 * Takes records from bytes (8-byte aligned, whole records), as many as there is room for: *to, which is in
 * *q, is made of these. Returns how many bytes that were; 0: what is there is no record.
 */
size_t sct_squeeze(struct sct_squeezer *q, struct sct_squeezed *to, const void *bytes, size_t len)
{
	static const uint64_t nothing[HEADER_WORDS];
	const uint64_t *record = bytes, *former, *next = nothing;
	struct streams s = { q->data, q->times, q->slots, q->masks };
	uint64_t before = 0;
	size_t left = len / 8, enough = left > SCT_SQUEEZE_BYTES / 8 ? left - SCT_SQUEEZE_BYTES / 8 : 0;
	unsigned int i;

	for (i = 0; i < SCT_SQUEEZE_SLOTS; i++)
		q->last[i] = nothing;
	q->nr_gaps = q->lost = 0;
	while (left > enough) {
		uint64_t first = record[0], time = record[TIME_WORD];
		size_t n = words_of(first);
		unsigned int slot;

		if (n < HEADER_WORDS || n > left)
			break;
		if (next[0] == first && next[1] == record[1]) {
			former = next;
			put_time(&s, time - before, time);
			if (is_same(record, former, n)) {
				*s.slots++ = SAME_NEXT;
			} else {
				*s.slots++ = LIKE_NEXT;
				s = put_like(s, record, former, n);
			}
			next = former + n;
		} else {
			slot = slot_of(record);
			former = q->last[slot];
			*s.slots++ = slot;
			s = put_unlike(s, record, former, time - before);
			next = former + words_of(former[0]);
			q->last[slot] = record;
		}
		if (is_gap(first))
			note_gap(q, record);
		before = time;
		record += n;
		left -= n;
	}
	*to = (struct sct_squeezed) {
		.nr_records = s.times - q->times,
		.nr_masks = s.masks - q->masks,
		.nr_data = s.data - q->data,
		.data = q->data,
		.times = q->times,
		.slots = q->slots,
		.masks = q->masks,
	};
	return (const uint8_t *)record - (const uint8_t *)bytes;
}

/* ---- back; what comes is not believed ---- */

struct unsqueezer {
	const struct sct_squeezed *from;
	uint32_t mask, data;		/* the next ones */
	unsigned int bit;		/* of the mask */
	uint64_t *end;			/* of the room */
	const uint64_t *next;		/* what followed the former record of the record before */
	const uint64_t *last[SCT_SQUEEZE_SLOTS];
};

static int get_data(struct unsqueezer *u, uint64_t *word)
{
	if (u->data == u->from->nr_data)
		return -EPROTO;
	*word = u->from->data[u->data++];
	return 0;
}

/* A word that is no time: another one than the former record's, or that. */
static int get_word(struct unsqueezer *u, uint64_t *word, uint64_t former)
{
	unsigned int mask;

	if (u->bit == 8) {
		u->bit = 0;
		u->mask++;
	}
	if (u->mask == u->from->nr_masks)
		return -EPROTO;
	mask = u->from->masks[u->mask];
	if (mask >> u->bit++ & 1)
		return get_data(u, word);
	*word = former;
	return 0;
}

static int get_time(struct unsqueezer *u, uint64_t *time, uint16_t later, uint64_t before)
{
	if (later == TIME_IN_DATA)
		return get_data(u, time);
	*time = before + later;
	return 0;
}

/* A record that is the same as the former one, but for its time. */
static int get_same(struct unsqueezer *u, uint64_t *record, uint32_t nr, uint64_t before)
{
	const uint64_t *former = u->next;
	unsigned int n = former ? words_of(former[0]) : 0, i;

	if (!former || n > u->end - record)
		return -EPROTO;
	for (i = 0; i < n; i++)
		record[i] = former[i];
	return get_time(u, &record[TIME_WORD], u->from->times[nr], before) ? -EPROTO : (int)n;
}

/* Any other. like: it has the two first words of the former one. */
static int get_unlike(struct unsqueezer *u, uint64_t *record, const uint64_t *former, uint32_t nr, uint64_t before,
		      bool like)
{
	unsigned int n_former = former ? words_of(former[0]) : 0, n, i;

	u->bit = like ? 2 : 0;
	if (record == u->end || (like && !former))
		return -EPROTO;
	if (like)
		record[0] = former[0];
	else if (get_word(u, &record[0], former ? former[0] : 0))
		return -EPROTO;
	n = words_of(record[0]);
	if (n < HEADER_WORDS || n > u->end - record)
		return -EPROTO;
	if (like)
		record[1] = former[1];
	else if (get_word(u, &record[1], former ? former[1] : 0))
		return -EPROTO;
	if (get_time(u, &record[TIME_WORD], u->from->times[nr], before))
		return -EPROTO;
	for (i = HEADER_WORDS; i < n; i++) {
		if (get_word(u, &record[i], i < n_former ? former[i] : 0))
			return -EPROTO;
	}
	u->mask++;
	return n;
}

/* Its length in words, or -EPROTO. */
static int get_record(struct unsqueezer *u, uint64_t *record, uint32_t nr, uint64_t before)
{
	unsigned int slot = u->from->slots[nr];
	const uint64_t *former = u->next;
	int n;

	if (slot == SAME_NEXT) {
		n = get_same(u, record, nr, before);
	} else if (slot == LIKE_NEXT) {
		n = get_unlike(u, record, former, nr, before, true);
	} else if (slot < SCT_SQUEEZE_SLOTS) {
		former = u->last[slot];
		n = get_unlike(u, record, former, nr, before, false);
		u->last[slot] = record;
	} else {
		return -EPROTO;
	}
	u->next = former ? former + words_of(former[0]) : NULL;
	return n;
}

/* The len bytes (8-byte aligned) that *from was made of. 0, or -EPROTO: it is not made of so many. */
int sct_unsqueeze(void *bytes, size_t len, const struct sct_squeezed *from)
{
	struct unsqueezer u = { .from = from, .end = (uint64_t *)bytes + len / 8 };
	uint64_t *record = bytes, before = 0;
	uint32_t nr;

	for (nr = 0; nr < from->nr_records; nr++) {
		int n = get_record(&u, record, nr, before);

		if (n < 0)
			return n;
		before = record[TIME_WORD];
		record += n;
	}
	return record == u.end && u.mask == from->nr_masks && u.data == from->nr_data ? 0 : -EPROTO;
}
