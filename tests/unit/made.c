// SPDX-License-Identifier: GPL-2.0-or-later
#include "made.h"
#include "record.h"

static void begin(struct made *m, uint8_t type)
{
	memset(m, 0, sizeof(*m));
	m->size = sizeof(m->hdr);
	m->hdr = (struct sctrace_hdr) {
		.words = m->size / 8,
		.type = type,
		.tid = TID,
		.tgid = TGID,
		.time = 1000000,
	};
}

static void append(struct made *m, const void *bytes, size_t n)
{
	assert_true(m->size + n + 8 <= sizeof(m->bytes));
	if (n)
		memcpy(m->bytes + m->size, bytes, n);
	m->size += (n + 7) & ~(size_t)7;
	m->hdr.words = m->size / 8;
}

/* The rest of a struct that begins with a header, the header being there already. */
static void append_rest(struct made *m, const void *whole, size_t size)
{
	append(m, (const uint8_t *)whole + sizeof(m->hdr), size - sizeof(m->hdr));
}

void made_words(struct made *m, const void *words, size_t n)
{
	append(m, words, n * 8);
}

void made_enter(struct made *m, uint16_t nr, unsigned int nr_args, const uint64_t *args)
{
	begin(m, SCTRACE_REC_ENTER);
	m->hdr.nr = nr;
	m->hdr.nr_args = nr_args;
	append(m, args, nr_args * sizeof(*args));
}

void made_exit(struct made *m, uint16_t nr, int64_t result)
{
	begin(m, SCTRACE_REC_EXIT);
	m->hdr.nr = nr;
	append(m, &result, sizeof(result));
}

/* entered: 0: not known. For an nr of SCTRACE_NR_NONE the number is the first of args, and not counted. */
void made_call(struct made *m, uint16_t nr, unsigned int nr_args, const uint64_t *args, int64_t result,
	       uint64_t entered)
{
	struct sctrace_rec_call rec = { .result = result, .entered = entered };

	begin(m, SCTRACE_REC_CALL);
	m->hdr.nr = nr;
	m->hdr.nr_args = nr_args;
	append_rest(m, &rec, sizeof(rec));
	append(m, args, (nr_args + (nr == SCTRACE_NR_NONE)) * sizeof(*args));
}

void made_fork(struct made *m, uint32_t child_tid, uint32_t child_tgid)
{
	struct sctrace_rec_fork rec = { .child_tid = child_tid, .child_tgid = child_tgid };

	begin(m, SCTRACE_REC_FORK);
	append_rest(m, &rec, sizeof(rec));
}

void made_exec(struct made *m, uint32_t old_tid)
{
	struct sctrace_rec_exec rec = { .old_tid = old_tid };

	begin(m, SCTRACE_REC_EXEC);
	append_rest(m, &rec, sizeof(rec));
}

void made_task_exit(struct made *m, uint32_t status)
{
	struct sctrace_rec_task_exit rec = { .status = status };

	begin(m, SCTRACE_REC_TASK_EXIT);
	append_rest(m, &rec, sizeof(rec));
}

void made_signal(struct made *m, uint32_t signo, int32_t code)
{
	struct sctrace_rec_signal rec = { .signo = signo, .code = code };

	begin(m, SCTRACE_REC_SIGNAL);
	append_rest(m, &rec, sizeof(rec));
}

void made_gap(struct made *m, uint64_t lost)
{
	struct sctrace_rec_gap rec = { .lost = lost, .until = 2000000, .cause = SCTRACE_GAP_FULL };

	begin(m, SCTRACE_REC_GAP);
	m->hdr.tid = 0;
	m->hdr.tgid = 0;
	append_rest(m, &rec, sizeof(rec));
}

void made_piece(struct made *m, uint8_t step, uint8_t flags, uint32_t wanted, const void *bytes,
		uint16_t len)
{
	struct sctrace_piece piece = { .len = len, .step = step, .flags = flags, .wanted = wanted };

	append(m, &piece, sizeof(piece));
	append(m, bytes, len);
}

/* The i-th piece of the record. */
struct sct_piece made_nth(const struct sct_record *rec, unsigned int i)
{
	struct sct_piece piece;
	size_t at = 0;

	do {
		assert_true(sct_piece_next(&rec->pieces, &at, &piece));
	} while (i--);
	return piece;
}

unsigned int made_count(const struct sct_record *rec)
{
	struct sct_piece piece;
	unsigned int n = 0;
	size_t at = 0;

	while (sct_piece_next(&rec->pieces, &at, &piece))
		n++;
	return n;
}

void made_late(struct made *m)
{
	begin(m, SCTRACE_REC_LATE);
}

/* Reads the record, which must be a valid one; *rec points into it. */
void made_parse(const struct made *m, struct sct_record *rec)
{
	memset(rec, 0, sizeof(*rec));
	assert_int_equal(sct_record_parse(rec, m->bytes, m->size), 0);
}
