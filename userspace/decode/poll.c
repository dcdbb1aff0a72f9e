/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waiting for descriptors: what is waited for, and what was found. */
#include "layout.h"
#include "print.h"
#include "printers.h"

enum pollfd { FD_MEMBER, EVENTS, REVENTS };

/* A negative descriptor stands for none. */
void sct_pollfd_print(struct sct_text *text, const struct sct_place *place)
{
	bool any = (int32_t)sct_member_value(place, FD_MEMBER) >= 0;

	sct_text_put(text, "{");
	sct_members_print(text, place, FD_MEMBER, any ? REVENTS : EVENTS);
	sct_text_put(text, "}");
}

static void put_found(struct sct_text *text, const struct sct_place *place)
{
	sct_text_putf(text, "{fd=%d, ", (int32_t)sct_member_value(place, FD_MEMBER));
	sct_member_print(text, place, REVENTS);
	sct_text_put(text, "}");
}

/* Those of the array in which something was found. */
static void put_all_found(struct sct_text *text, const struct sct_known *known)
{
	const struct sct_plan_options *options = known->options;
	struct sct_place place;
	uint32_t size, at, all, n = 0;
	const uint8_t *bytes;

	if (!sct_pointer_place(&place, known, 0, true)) {
		sct_text_addr(text, sct_known_arg(known, 0));
		return;
	}
	/* These are values of the call. */
	sct_text_names_only_end(0);
	size = sct_struct_size(place.of, known->plan.abi);
	bytes = place.bytes;
	all = place.len;
	sct_text_put(text, "[");
	for (at = 0; at + size <= all; at += size) {
		place.bytes = bytes + at;
		place.len = size;
		if (!sct_member_value(&place, REVENTS))
			continue;
		sct_text_put(text, n ? ", " : "");
		if (n++ == options->string_limit && !options->verbose) {
			sct_text_put(text, "...");
			break;
		}
		put_found(text, &place);
	}
	sct_text_put(text, "]");
}

/* "left {tv_sec=0, tv_nsec=5}" of the timeout that argument arg points to. false: nothing. */
static bool put_left(struct sct_text *text, const struct sct_known *known, unsigned int arg, const char *separator)
{
	struct sct_place place;

	if (!sct_known_arg(known, arg) || !sct_pointer_place(&place, known, arg, true))
		return false;
	sct_text_put(text, separator);
	sct_text_put(text, "left ");
	sct_struct_print(text, &place);
	return true;
}

void sct_poll_remark(struct sct_text *text, const struct sct_known *known)
{
	if (!known->exit->result) {
		sct_text_put(text, " (Timeout)");
		return;
	}
	if (known->flat)
		return;
	sct_text_put(text, " (");
	put_all_found(text, known);
	sct_text_put(text, ")");
}

void sct_ppoll_remark(struct sct_text *text, const struct sct_known *known)
{
	if (!known->exit->result) {
		sct_text_put(text, " (Timeout)");
		return;
	}
	if (known->flat)
		return;
	sct_text_put(text, " (");
	put_all_found(text, known);
	put_left(text, known, 2, ", ");
	sct_text_put(text, ")");
}

/* Bits that count: as many as the call is told and as were captured. */
static uint32_t set_bits(const struct sct_place *place)
{
	int32_t nfds = sct_known_arg(place->known, 0);
	uint64_t there = (uint64_t)place->len * 8;

	if (nfds < 0)
		return 0;
	return (uint32_t)nfds < there ? (uint32_t)nfds : there;
}

static bool has_fd(const struct sct_place *place, uint32_t fd)
{
	return place->bytes[fd / 8] >> fd % 8 & 1;
}

/* [3 5] */
void sct_fd_set_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t n = set_bits(place), fd;
	const char *separator = "";

	if ((int32_t)sct_known_arg(place->known, 0) <= 0) {
		sct_text_addr(text, place->address);
		return;
	}
	sct_text_put(text, "[");
	for (fd = 0; fd < n; fd++) {
		if (!has_fd(place, fd))
			continue;
		sct_text_putf(text, "%s%u", separator, fd);
		separator = " ";
	}
	sct_text_put(text, "]");
}

/* "in [3 5]", at most *rest descriptors. false: nothing. */
static bool put_ready(struct sct_text *text, const struct sct_place *place, const char *name, uint64_t *rest)
{
	uint32_t n = set_bits(place), fd;
	bool any = false;

	for (fd = 0; fd < n && *rest; fd++) {
		if (!has_fd(place, fd))
			continue;
		if (!any)
			sct_text_putf(text, "%s [%u", name, fd);
		else
			sct_text_putf(text, " %u", fd);
		any = true;
		(*rest)--;
	}
	if (any)
		sct_text_put(text, "]");
	return any;
}

void sct_select_remark(struct sct_text *text, const struct sct_known *known)
{
	static const char *const names[] = { "in", "out", "except" };
	struct sct_text found = { 0 };
	uint64_t rest = known->exit->result;
	struct sct_place place;
	unsigned int i;

	if (!rest) {
		sct_text_put(text, " (Timeout)");
		return;
	}
	for (i = 0; i < 3 && rest; i++) {
		struct sct_text one = { 0 };

		if (sct_pointer_place(&place, known, i + 1, true) && put_ready(&one, &place, names[i], &rest)) {
			sct_text_put(&found, found.len ? ", " : "");
			sct_text_put(&found, one.chars);
		}
		sct_text_free(&one);
	}
	put_left(&found, known, 4, found.len ? ", " : "");
	if (found.len)
		sct_text_putf(text, " (");
	sct_text_put_bytes(text, found.chars ? found.chars : "", found.len);
	if (found.len)
		sct_text_put(text, ")");
	sct_text_free(&found);
}

/* The lower bytes of what the program gave, and all of them. */
void sct_epoll_data_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_putf(text, "{u32=%u, u64=%llu}", (uint32_t)value, (unsigned long long)value);
}

/* FAN_ALL_CLASS_BITS of <linux/fanotify.h>: a value among the flags. */
#define CLASS_BITS 0xcU

void sct_fanotify_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint32_t flags = (uint32_t)value & ~CLASS_BITS;

	(void)place;
	sct_text_enum(text, value & CLASS_BITS, &sct_xlat_fanotify_classes);
	if (flags) {
		sct_text_put(text, "|");
		sct_text_flags(text, flags, &sct_xlat_fanotify_init_flags);
	}
}

void sct_fan_nofd_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_name(text, (int32_t)value, SCT_DECIMAL_DIGITS, "FAN_NOFD");
}
