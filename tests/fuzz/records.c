// SPDX-License-Identifier: GPL-2.0-or-later
#include "record.h"
#include "records.h"

/* Few tasks, so that what returns has mostly begun. */
static uint32_t few(uint32_t id)
{
	return 1000 + id % 4;
}

/* Bytes between header and pieces. May make the record have fewer arguments. */
static size_t fixed_bytes(struct sctrace_hdr *hdr, size_t room)
{
	size_t more = hdr->type == SCTRACE_REC_CALL ? 16 : 0;

	switch (hdr->type) {
	case SCTRACE_REC_ENTER:
	case SCTRACE_REC_CALL:
		if (hdr->nr == SCTRACE_NR_NONE)
			more += 8;
		hdr->nr_args %= 7;
		if (more + hdr->nr_args * 8u > room)
			hdr->nr_args = room > more ? (room - more) / 8 : 0;
		return more + hdr->nr_args * 8u;
	case SCTRACE_REC_EXIT:
	case SCTRACE_REC_EXEC:
		return 8;
	case SCTRACE_REC_FORK:
		return sizeof(struct sctrace_rec_fork) - sizeof(*hdr);
	case SCTRACE_REC_TASK_EXIT:
		return sizeof(struct sctrace_rec_task_exit) - sizeof(*hdr);
	case SCTRACE_REC_SIGNAL:
		return sizeof(struct sctrace_rec_signal) - sizeof(*hdr);
	case SCTRACE_REC_GAP:
		return sizeof(struct sctrace_rec_gap) - sizeof(*hdr);
	default:
		return 0;
	}
}

static bool has_pieces(unsigned int type)
{
	return type == SCTRACE_REC_ENTER || type == SCTRACE_REC_EXIT || type == SCTRACE_REC_CALL ||
	       type == SCTRACE_REC_EXEC || type == SCTRACE_REC_LATE;
}

/* Up to n bytes of pieces. Return: how many they have. */
static size_t mend_pieces(uint8_t *bytes, size_t n)
{
	size_t at = 0;

	while (n - at >= sizeof(struct sctrace_piece)) {
		struct sctrace_piece *piece = (void *)(bytes + at);
		size_t room = n - at - sizeof(*piece);

		piece->step %= SCTRACE_MAX_PLAN_STEPS;
		if (piece->len > room)
			piece->len = room;
		at += sizeof(*piece) + ((piece->len + 7u) & ~7u);
	}
	return at;
}

static void mend_tasks(struct sctrace_hdr *hdr)
{
	hdr->tid = few(hdr->tid);
	hdr->tgid = few(hdr->tgid & ~1u);
	if (hdr->type == SCTRACE_REC_FORK) {
		struct sctrace_rec_fork *fork = (void *)hdr;

		fork->child_tid = few(fork->child_tid);
		fork->child_tgid = few(fork->child_tgid & ~1u);
	} else if (hdr->type == SCTRACE_REC_EXEC) {
		((struct sctrace_rec_exec *)hdr)->old_tid = few(((struct sctrace_rec_exec *)hdr)->old_tid);
	}
}

uint8_t *records_next(struct input *in, struct sct_record *rec)
{
	struct sctrace_hdr hdr;
	uint8_t *bytes, *exact;
	size_t n, fixed;

	if (in->left < sizeof(hdr))
		return NULL;
	memcpy(&hdr, in->at, sizeof(hdr));
	hdr.type = 1 + (hdr.type - 1u) % SCTRACE_REC_CALL;
	hdr.abi = hdr.abi % 16 < SCTRACE_ABI_COUNT ? hdr.abi % 16 : SCTRACE_ABI_NATIVE;
	n = hdr.words * 8u;
	if (n < sizeof(hdr))
		n = sizeof(hdr);
	if (n > in->left)
		n = in->left & ~7ul;
	fixed = sizeof(hdr) + fixed_bytes(&hdr, n - sizeof(hdr));
	if (n < fixed || !has_pieces(hdr.type))
		n = fixed;
	bytes = calloc(1, n);
	must(bytes);
	input_take(in, bytes, n);
	memcpy(bytes, &hdr, sizeof(hdr));
	mend_tasks((void *)bytes);
	n = fixed + (has_pieces(hdr.type) ? mend_pieces(bytes + fixed, n - fixed) : 0);
	((struct sctrace_hdr *)bytes)->words = n / 8;
	exact = input_copy(bytes, n);
	free(bytes);
	/* What a kind of record does not have is not set, and nobody may look at it. */
	memset(rec, 0x5a, sizeof(*rec));
	rec->cpu = 3;
	must(!sct_record_parse(rec, exact, n));
	return exact;
}
