/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structs of io_uring: <linux/io_uring.h>. */
#include "layout.h"
#include "print.h"
#include "printers.h"

enum params {
	SQ_ENTRIES, CQ_ENTRIES, SETUP_FLAGS, SQ_THREAD_CPU, SQ_THREAD_IDLE, FEATURES, WQ_FD, PARAMS_RESV, SQ_OFF, CQ_OFF
};

/* IORING_SETUP_ATTACH_WQ: wq_fd counts. */
#define ATTACH_WQ 0x20

static bool is_filled(const struct sct_place *place, unsigned int i, uint32_t bytes)
{
	uint32_t at = sct_member_at(place, i), n;

	for (n = 0; n < bytes && at + n < place->len; n++) {
		if (place->bytes[at + n])
			return true;
	}
	return false;
}

/* What the program asks for, and what it got if the call was no failure. */
void sct_uring_params_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	sct_members_print(text, place, SETUP_FLAGS, FEATURES);
	if (sct_member_value(place, SETUP_FLAGS) & ATTACH_WQ) {
		sct_text_put(text, ", ");
		sct_member_print(text, place, WQ_FD);
	}
	if (is_filled(place, PARAMS_RESV, 12)) {
		sct_text_put(text, ", ");
		sct_member_print(text, place, PARAMS_RESV);
	}
	if (place->at_exit) {
		sct_text_put(text, ", ");
		sct_members_print(text, place, SQ_ENTRIES, SETUP_FLAGS);
		sct_text_put(text, ", ");
		sct_member_print(text, place, FEATURES);
		sct_text_put(text, ", ");
		sct_members_print(text, place, SQ_OFF, CQ_OFF + 1);
	}
	sct_text_put(text, "}");
}

enum probe { LAST_OP, OPS_LEN, PROBE_RESV, PROBE_RESV2 };

/* struct io_uring_probe_op: bytes of one, where its flags are, and where what is reserved. */
#define PROBE_BYTES 16
#define OP_BYTES 8
#define OP_FLAGS 2
#define OP_RESV 1
#define OP_RESV2 4

static void put_op(struct sct_text *text, const uint8_t *bytes)
{
	uint32_t resv = sct_number_at(bytes + OP_RESV, 1), resv2 = sct_number_at(bytes + OP_RESV2, 4);

	sct_text_put(text, "{op=");
	sct_text_enum_decimal(text, *bytes, &sct_xlat_io_uring_ops);
	if (resv)
		sct_text_putf(text, ", resv=%#x", resv);
	sct_text_put(text, ", flags=");
	sct_text_flags(text, sct_number_at(bytes + OP_FLAGS, 2), &sct_xlat_io_uring_op_flags);
	if (resv2)
		sct_text_putf(text, ", resv2=%#x", resv2);
	sct_text_put(text, "}");
}

static void put_ops(struct sct_text *text, const struct sct_place *place, uint32_t n)
{
	const struct sct_plan_options *options = place->known->options;
	uint32_t there = (place->len - PROBE_BYTES) / OP_BYTES, i;

	sct_text_put(text, "[");
	for (i = 0; i < n; i++) {
		sct_text_put(text, i ? ", " : "");
		if (i == there || (i == options->string_limit && !options->verbose)) {
			sct_text_put(text, "...");
			break;
		}
		put_op(text, place->bytes + PROBE_BYTES + i * OP_BYTES);
	}
	sct_text_put(text, "]");
}

/* The operations lie behind the members: as many as the call says that there is room for. */
void sct_uring_probe_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{last_op=");
	sct_text_enum_decimal(text, sct_member_value(place, LAST_OP), &sct_xlat_io_uring_ops);
	sct_text_put(text, ", ");
	sct_member_print(text, place, OPS_LEN);
	if (sct_member_value(place, PROBE_RESV))
		sct_text_putf(text, ", resv=%#x", (uint32_t)sct_member_value(place, PROBE_RESV));
	sct_text_put(text, ", ops=");
	put_ops(text, place, sct_known_arg(place->known, 3));
	if (is_filled(place, PROBE_RESV2, 12)) {
		sct_text_put(text, ", ");
		sct_member_print(text, place, PROBE_RESV2);
	}
	sct_text_put(text, "}");
}

enum restriction { RESTRICTION, RESTRICTED, RESTRICTION_RESV, RESTRICTION_RESV2 };

/* enum io_uring_register_restriction_op: what is restricted. */
enum { REGISTER_OP, SQE_OP, SQE_FLAGS_ALLOWED, SQE_FLAGS_REQUIRED };

void sct_uring_restriction_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t value = sct_member_value(place, RESTRICTED);

	sct_text_put(text, "{");
	sct_member_print(text, place, RESTRICTION);
	switch (sct_member_value(place, RESTRICTION)) {
	case REGISTER_OP:
		sct_text_put(text, ", register_op=");
		sct_text_enum(text, value, &sct_xlat_io_uring_register_ops);
		break;
	case SQE_OP:
		sct_text_put(text, ", sqe_op=");
		sct_text_enum_decimal(text, value, &sct_xlat_io_uring_ops);
		break;
	case SQE_FLAGS_ALLOWED:
	case SQE_FLAGS_REQUIRED:
		sct_text_put(text, ", sqe_flags=");
		sct_text_flags(text, value, &sct_xlat_io_uring_sqe_flags);
		break;
	default:
		sct_text_putf(text, " /* op: %#x */", value);
		break;
	}
	if (sct_member_value(place, RESTRICTION_RESV))
		sct_text_putf(text, ", resv=%#x", (uint32_t)sct_member_value(place, RESTRICTION_RESV));
	if (is_filled(place, RESTRICTION_RESV2, 12)) {
		sct_text_put(text, ", ");
		sct_member_print(text, place, RESTRICTION_RESV2);
	}
	sct_text_put(text, "}");
}

static void put_workers(struct sct_text *text, const struct sct_place *place)
{
	sct_text_putf(text, "[[IO_WQ_BOUND]=%u, [IO_WQ_UNBOUND]=%u]", (uint32_t)sct_member_value(place, 0),
		      (uint32_t)sct_member_value(place, 1));
}

/* The limits that are set, and those that there were. */
void sct_uring_workers_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place given;

	if (place->at_exit && sct_pointer_place(&given, place->known, place->root, false)) {
		put_workers(text, &given);
		sct_text_put(text, " => ");
	}
	put_workers(text, place);
}

/* A descriptor, or the word for leaving the one that is there. */
void sct_uring_fd_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if ((int32_t)value == -2)
		sct_text_name(text, -2, SCT_DECIMAL_DIGITS, "IORING_REGISTER_FILES_SKIP");
	else
		sct_text_signed(text, (int32_t)value);
}
