/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moving bytes: requests of aio, and positions that calls change. */
#include <linux/aio_abi.h>

#include "layout.h"
#include "print.h"
#include "printers.h"

enum member {
	DATA, KEY, RW_FLAGS, OPCODE, REQPRIO, FILDES, BUF, NBYTES, OFFSET, RESERVED2, AIO_FLAGS, RESFD
};

/* .aio_reqprio is an I/O priority: IOCB_FLAG_IOPRIO of <linux/aio_abi.h>. */
#define FLAG_IOPRIO 0x2

/* IOCB_CMD_POLL, which older headers lack. */
#define CMD_POLL 5

static void put_named(struct sct_text *text, const struct sct_place *place, unsigned int i)
{
	sct_text_put(text, ", ");
	sct_member_print(text, place, i);
}

static void put_reqprio(struct sct_text *text, const struct sct_place *place)
{
	int16_t prio = sct_member_value(place, REQPRIO);

	if (sct_member_value(place, AIO_FLAGS) & FLAG_IOPRIO) {
		sct_text_put(text, ", aio_reqprio=");
		sct_ioprio_print(text, place, (uint16_t)prio);
	} else if (prio) {
		sct_text_putf(text, ", aio_reqprio=%d", prio);
	}
}

/* What every operation has. */
static void put_head(struct sct_text *text, const struct sct_place *place)
{
	sct_member_print(text, place, DATA);
	if (sct_member_value(place, KEY))
		put_named(text, place, KEY);
	if (sct_member_value(place, RW_FLAGS))
		put_named(text, place, RW_FLAGS);
	sct_text_put(text, ", aio_lio_opcode=");
	sct_text_enum_decimal(text, sct_member_value(place, OPCODE), &sct_xlat_aio_ops);
	put_reqprio(text, place);
	put_named(text, place, FILDES);
}

static void put_flags(struct sct_text *text, const struct sct_place *place)
{
	uint32_t flags = sct_member_value(place, AIO_FLAGS);

	if (flags)
		put_named(text, place, AIO_FLAGS);
	if (flags & IOCB_FLAG_RESFD)
		put_named(text, place, RESFD);
}

/*
 * What is written, of bytes that were captured as if they were a vector: only the operation tells which
 * it is.
 */
static void put_written(struct sct_text *text, const struct sct_place *place)
{
	uint32_t limit = place->known->options->string_limit;
	unsigned int step = sct_known_step(place->known, place->root, place->at_exit, place,
					   place->offset + sct_member_at(place, BUF));
	uint64_t bytes = sct_member_value(place, NBYTES);
	uint32_t n = bytes < limit ? bytes : limit;
	struct sct_piece piece;

	sct_text_put(text, ", aio_buf=");
	if (sct_member_value(place, BUF) && step != SCT_NO_STEP &&
	    sct_known_piece(place->known, place->root, place->at_exit, step, sct_known_ordinal(place, step),
			    &piece) && piece.len >= n)
		sct_text_quoted(text, piece.data, n, n < bytes);
	else
		sct_text_addr(text, sct_member_value(place, BUF));
}

static void put_poll(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, ", aio_buf=");
	sct_text_flags(text, (uint32_t)sct_member_value(place, BUF), &sct_xlat_poll_events);
	put_flags(text, place);
}

/* Behind the buffer. */
static void put_rest(struct sct_text *text, const struct sct_place *place, bool counts_bytes)
{
	if (counts_bytes)
		put_named(text, place, NBYTES);
	put_named(text, place, OFFSET);
	put_flags(text, place);
}

void sct_iocb_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	put_head(text, place);
	switch (sct_member_value(place, OPCODE)) {
	case IOCB_CMD_PREAD:
		sct_text_put(text, ", aio_buf=");
		sct_text_addr(text, sct_member_value(place, BUF));
		put_rest(text, place, true);
		break;
	case IOCB_CMD_PWRITE:
		put_written(text, place);
		put_rest(text, place, true);
		break;
	case IOCB_CMD_PREADV:
	case IOCB_CMD_PWRITEV:
		put_named(text, place, BUF);
		put_rest(text, place, false);
		break;
	case CMD_POLL:
		put_poll(text, place);
		break;
	}
	sct_text_put(text, "}");
}

/* What tells which one it is. */
void sct_iocb_head_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	put_head(text, place);
	sct_text_put(text, "}");
}

/* Where the call began and where it ended; the one if it moved nothing. */
void sct_moved_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place before;

	if (place->at_exit && sct_pointer_place(&before, place->known, place->root, false)) {
		sct_text_putf(text, "[%lld]", (long long)sct_member_value(&before, 0));
		if (!place->known->exit->result)
			return;
		sct_text_put(text, " => ");
	}
	sct_text_putf(text, "[%lld]", (long long)sct_member_value(place, 0));
}
