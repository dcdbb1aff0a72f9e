/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bytes to records. Nothing is believed: each length is checked against what is there before it is
 * used, so bytes from a damaged or hostile source give -EPROTO and no more.
 */
#include <errno.h>
#include <string.h>

#include "record.h"

/* What is left of the record's body. */
struct rest {
	const uint8_t *at;
	size_t bytes;
};

/* The next n bytes, or NULL if there are fewer. n is a multiple of 8. */
static const void *take(struct rest *rest, size_t n)
{
	const void *at = rest->at;

	if (rest->bytes < n)
		return NULL;
	rest->at += n;
	rest->bytes -= n;
	return at;
}

bool sct_piece_next(const struct sct_pieces *pieces, size_t *at, struct sct_piece *piece)
{
	const struct sctrace_piece *head;

	if (*at >= pieces->len)
		return false;
	head = (const void *)(pieces->bytes + *at);
	*piece = (struct sct_piece) {
		.step = head->step,
		.flags = head->flags,
		.len = head->len,
		.wanted = head->wanted,
		.data = (const uint8_t *)(head + 1),
	};
	*at += sizeof(*head) + ((head->len + 7u) & ~7u);
	return true;
}

static int parse_pieces(struct sct_record *rec, struct rest *rest)
{
	rec->pieces = (struct sct_pieces) { rest->at, rest->bytes };
	while (rest->bytes) {
		const struct sctrace_piece *head = take(rest, sizeof(*head));

		if (!head || head->step >= SCTRACE_MAX_PLAN_STEPS || !take(rest, (head->len + 7u) & ~7u))
			return -EPROTO;
	}
	return 0;
}

static int parse_exec(struct sct_record *rec, struct rest *rest)
{
	if (!take(rest, sizeof(struct sctrace_rec_exec) - sizeof(struct sctrace_hdr)))
		return -EPROTO;
	return parse_pieces(rec, rest);
}

/* The number, the arguments and the pieces, with which an ENTER and a CALL end. */
static int parse_args(struct sct_record *rec, struct rest *rest)
{
	const uint64_t *nr;

	rec->nr = rec->hdr->nr;
	if (rec->nr == SCTRACE_NR_NONE) {
		nr = take(rest, sizeof(*nr));
		if (!nr)
			return -EPROTO;
		rec->nr = *nr;
	}
	if (rec->hdr->nr_args > 6)
		return -EPROTO;
	rec->args = take(rest, rec->hdr->nr_args * sizeof(*rec->args));
	return rec->args ? parse_pieces(rec, rest) : -EPROTO;
}

/* What is no error reaches a 32-bit program in 32 bits. */
static int64_t result_of(const struct sctrace_hdr *hdr, int64_t result)
{
	return hdr->abi == SCTRACE_ABI_COMPAT && !sct_is_error(result) ? (uint32_t)result : result;
}

static int parse_exit(struct sct_record *rec, struct rest *rest)
{
	const int64_t *result = take(rest, sizeof(*result));

	if (!result)
		return -EPROTO;
	rec->nr = rec->hdr->nr == SCTRACE_NR_NONE ? UINT64_MAX : rec->hdr->nr;
	rec->result = result_of(rec->hdr, *result);
	return parse_pieces(rec, rest);
}

static int parse_call(struct sct_record *rec, struct rest *rest)
{
	const struct sctrace_rec_call *call = (const void *)rec->hdr;

	if (!take(rest, sizeof(*call) - sizeof(call->hdr)))
		return -EPROTO;
	rec->result = result_of(rec->hdr, call->result);
	rec->entered = call->entered;
	return parse_args(rec, rest);
}

static int check_fixed(const struct sct_record *rec, size_t size)
{
	return rec->hdr->words * 8u == size ? 0 : -EPROTO;
}

/*
 * Reads the record at bytes (8-byte aligned), of which avail are there. 0: *rec points into them,
 * and the record is rec->hdr->words * 8 bytes long. -EPROTO: no record of a kind that this
 * library knows.
 */
int sct_record_parse(struct sct_record *rec, const void *bytes, size_t avail)
{
	const struct sctrace_hdr *hdr = bytes;
	struct rest rest;

	if (avail < sizeof(*hdr) || hdr->words * 8u < sizeof(*hdr) || hdr->words * 8u > avail)
		return -EPROTO;
	if (hdr->abi >= SCTRACE_ABI_COUNT)
		return -EPROTO;
	rec->hdr = hdr;
	rec->pieces = (struct sct_pieces) { 0 };
	rest = (struct rest) {
		.at = (const uint8_t *)(hdr + 1),
		.bytes = hdr->words * 8u - sizeof(*hdr),
	};
	switch (hdr->type) {
	case SCTRACE_REC_ENTER:
		return parse_args(rec, &rest);
	case SCTRACE_REC_EXIT:
		return parse_exit(rec, &rest);
	case SCTRACE_REC_CALL:
		return parse_call(rec, &rest);
	case SCTRACE_REC_FORK:
		return check_fixed(rec, sizeof(struct sctrace_rec_fork));
	case SCTRACE_REC_EXEC:
		return parse_exec(rec, &rest);
	case SCTRACE_REC_TASK_EXIT:
		return check_fixed(rec, sizeof(struct sctrace_rec_task_exit));
	case SCTRACE_REC_SIGNAL:
		return check_fixed(rec, sizeof(struct sctrace_rec_signal));
	case SCTRACE_REC_GAP:
		return check_fixed(rec, sizeof(struct sctrace_rec_gap));
	case SCTRACE_REC_LATE:
		return parse_pieces(rec, &rest);
	default:
		return -EPROTO;
	}
}
