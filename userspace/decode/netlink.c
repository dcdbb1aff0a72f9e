/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages of netlink: their headers, errors, and what their protocols begin with. */
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>

#include "layout.h"
#include "libc.h"
#include "netlink.h"
#include "printers.h"
#include "structs.h"

/* An error holds a message, which may be an error. */
#define MAX_DEPTH 16

#define MAX_ERROR 4096

NL_ATTRS(error_attrs, nlmsgerr_attrs, { NLMSGERR_ATTR_MSG, NL_STRING }, { NLMSGERR_ATTR_OFFS, NL_U32 });

/* What is known of a protocol; NULL: nothing. */
static const struct sct_nl_protocol *protocol_of(int protocol)
{
	static const struct sct_nl_protocol *const all[] = { &sct_nl_route, &sct_nl_generic, &sct_nl_sock_diag, &sct_nl_audit,
							    &sct_nl_xfrm };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (all[i]->protocol == protocol)
			return all[i];
	}
	return NULL;
}

static const struct sct_xlat *flags_of(const struct sct_nl_protocol *protocol, uint16_t type)
{
	if (type == NLMSG_ERROR)
		return &sct_xlat_nlmsg_ack_flags;
	return type >= NLMSG_MIN_TYPE && protocol && protocol->flags ? protocol->flags(type) : &sct_xlat_nlmsg_flags;
}

static void print_header(struct sct_text *text, const struct nlmsghdr *header, const struct sct_nl_protocol *protocol)
{
	const struct sct_xlat *types = header->nlmsg_type >= NLMSG_MIN_TYPE && protocol ? protocol->types : &sct_xlat_nlmsg_types;

	sct_text_putf(text, "{nlmsg_len=%u, nlmsg_type=", header->nlmsg_len);
	if (header->nlmsg_type)
		sct_text_enum(text, header->nlmsg_type, types);
	else
		sct_text_enum_decimal(text, 0, types);
	sct_text_put(text, ", nlmsg_flags=");
	if (header->nlmsg_flags)
		sct_text_flags(text, header->nlmsg_flags, flags_of(protocol, header->nlmsg_type));
	else
		sct_text_put(text, "0");
	sct_text_putf(text, ", nlmsg_seq=%u, nlmsg_pid=%d}", header->nlmsg_seq, (int32_t)header->nlmsg_pid);
}

/* As far as it was captured; of one that is too short, its family. */
static void print_head(struct sct_text *text, const struct sct_nl *nl, const struct sct_struct *of)
{
	uint32_t size = sct_struct_size(of, nl->place->known->plan.abi);

	if (nl->len >= size && nl->have >= size) {
		sct_bytes_print(text, nl->place, of, nl->bytes, nl->have);
	} else if (!nl->have) {
		sct_text_put(text, "...");
	} else {
		struct sct_place at = *nl->place;

		at.of = of;
		at.bytes = nl->bytes;
		at.len = nl->have;
		sct_text_put(text, "{");
		sct_member_print(text, &at, 0);
		sct_text_put(text, size > 4 ? ", ...}" : "}");
	}
}

/* Of a type that is not known, its family. */
static void print_family(struct sct_text *text, const struct sct_nl *nl)
{
	struct sct_nl rest;

	if (!nl->have) {
		sct_text_put(text, "...");
		return;
	}
	sct_text_put(text, "{family=");
	sct_text_enum(text, *nl->bytes, &sct_xlat_addrfams);
	if (sct_nl_more(&rest, nl, 1)) {
		sct_text_put(text, ", data=");
		sct_nl_bytes_print(text, &rest);
	}
	sct_text_put(text, "}");
}

static bool print_by_head(struct sct_text *text, struct sct_nl *nl, const struct sct_nl_protocol *protocol,
			  const struct nlmsghdr *header)
{
	uint16_t type = header->nlmsg_type;
	const struct sct_nl_head *head = NULL;
	struct sct_nl rest;
	uint32_t size, i;

	for (i = 0; protocol && i < protocol->nr_heads; i++) {
		if (protocol->heads[i].from <= type && type <= protocol->heads[i].to)
			head = &protocol->heads[i];
	}
	if (protocol && protocol->head && nl->have)
		head = protocol->head(type, header->nlmsg_flags, *nl->bytes);
	if (!head && protocol && protocol->begins_with_family) {
		print_family(text, nl);
		return true;
	}
	if (!head)
		return false;
	nl->family = nl->have ? *nl->bytes : AF_UNSPEC;
	size = sct_struct_size(head->of, nl->place->known->plan.abi);
	print_head(text, nl, head->of);
	if (!head->attrs || nl->have < size || !sct_nl_more(&rest, nl, NLMSG_ALIGN(size)))
		return true;
	sct_text_put(text, ", ");
	sct_nl_attrs_print(text, &rest, head->attrs);
	return true;
}

static void print_message(struct sct_text *text, const struct sct_nl *nl, int protocol, unsigned int depth);

/* The error, the message that it is about, whole or its header, and attributes. */
static void print_error(struct sct_text *text, const struct sct_nl *nl, int protocol, bool capped, unsigned int depth)
{
	struct sct_nl message, attrs;
	struct nlmsghdr header;
	uint32_t bytes = NLMSG_HDRLEN;
	int32_t error;
	bool more;

	memcpy(&error, nl->bytes, 4);
	memcpy(&header, nl->bytes + 4, sizeof(header));
	if (!capped && header.nlmsg_len > bytes)
		bytes = header.nlmsg_len;
	sct_nl_more(&message, nl, 4);
	message.len = bytes < message.len ? bytes : message.len;
	message.have = message.len < message.have ? message.len : message.have;
	more = sct_nl_more(&attrs, nl, 4 + (bytes < nl->len ? bytes : nl->len));
	sct_text_put(text, more ? "[{error=" : "{error=");
	if (error < 0 && error > -MAX_ERROR && strerrorname_np(-error))
		sct_text_putf(text, "-%s", strerrorname_np(-error));
	else
		sct_text_signed(text, error);
	sct_text_put(text, ", msg=");
	print_message(text, &message, protocol, depth + 1);
	sct_text_put(text, "}");
	if (!more)
		return;
	sct_text_put(text, ", ");
	sct_nl_attrs_print(text, &attrs, &error_attrs);
	sct_text_put(text, "]");
}

static void print_payload(struct sct_text *text, struct sct_nl *nl, const struct nlmsghdr *header, int protocol,
			  unsigned int depth)
{
	uint32_t least = 4 + NLMSG_HDRLEN;

	if (header->nlmsg_type == NLMSG_ERROR && nl->have >= least && depth < MAX_DEPTH)
		print_error(text, nl, protocol, header->nlmsg_flags & NLM_F_CAPPED, depth);
	else if (header->nlmsg_type == NLMSG_DONE && nl->len == 4 && nl->have == 4)
		sct_text_signed(text, (int32_t)sct_number_at(nl->bytes, 4));
	else if (header->nlmsg_type < NLMSG_MIN_TYPE || !print_by_head(text, nl, protocol_of(protocol), header))
		sct_nl_bytes_print(text, nl);
}

/* One, of which the header is there. */
static void print_message(struct sct_text *text, const struct sct_nl *nl, int protocol, unsigned int depth)
{
	struct sct_nl all = *nl, payload;
	struct nlmsghdr header;

	memcpy(&header, nl->bytes, sizeof(header));
	all.len = header.nlmsg_len < nl->len ? header.nlmsg_len : nl->len;
	all.have = all.len < nl->have ? all.len : nl->have;
	if (!sct_nl_more(&payload, &all, NLMSG_HDRLEN)) {
		print_header(text, &header, protocol_of(protocol));
		return;
	}
	sct_text_put(text, "[");
	print_header(text, &header, protocol_of(protocol));
	sct_text_put(text, ", ");
	print_payload(text, &payload, &header, protocol, depth);
	sct_text_put(text, "]");
}

static void print_messages(struct sct_text *text, const struct sct_nl *nl, int protocol)
{
	const struct sct_plan_options *options = nl->place->known->options;
	struct sct_nl at = *nl, next;
	bool several = false;
	uint32_t i;

	for (i = 0;; i++, at = next) {
		uint32_t len = at.have >= NLMSG_HDRLEN ? sct_number_at(at.bytes, 4) : 0;
		/* At the end of all numbers, the next would begin where this one does. */
		bool last = len < NLMSG_HDRLEN || len > at.len || NLMSG_ALIGN(len) < len || !sct_nl_more(&next, &at, NLMSG_ALIGN(len));

		if (i && i == options->string_limit && !options->verbose) {
			sct_text_put(text, "...");
			break;
		}
		if (at.have < NLMSG_HDRLEN) {
			if (at.len < NLMSG_HDRLEN && at.have == at.len)
				sct_nl_bytes_print(text, &at);
			else
				sct_text_put(text, "...");
			break;
		}
		if (!i && !last) {
			sct_text_put(text, "[");
			several = true;
		}
		print_message(text, &at, protocol, 0);
		if (last)
			break;
		sct_text_put(text, ", ");
	}
	sct_text_put(text, several ? "]" : "");
}

/* The family of an address: of the message that a vector belongs to, or of the call's own. false: there is none. */
static bool family_of(const struct sct_place *place, uint16_t *family)
{
	const struct sct_row *row = place->known->plan.row;
	struct sct_place message, header, name;

	if (row->args[1].type == SCT_BUF) {
		if (!sct_pointer_place(&name, place->known, 4, row->args[4].dir != SCT_IN) || name.len < 2)
			return false;
	} else {
		uint32_t size;

		if (!sct_pointer_place(&message, place->known, 1, place->at_exit))
			return false;
		header = message;
		size = sct_struct_size(message.of, place->known->plan.abi);
		/* There is one vector a message. */
		if (row->args[1].type == SCT_ARRAY) {
			if ((place->ordinal + 1) * size > message.len)
				return false;
			message.bytes += place->ordinal * size;
			message.len = size;
			message.element = place->ordinal;
			if (!sct_member_place(&header, &message, 0))
				return false;
		}
		if (!sct_member_target(&name, &header, 0) || name.len < 2)
			return false;
	}
	*family = sct_number_at(name.bytes, 2);
	return true;
}

/*
 * What a call on a socket sends or receives, if that is netlink's: place is the buffer's, or that of the vector's element
 * that points to it; of len bytes the piece has what was captured. false: it is something else, and nothing was printed.
 */
bool sct_netlink_print(struct sct_text *text, const struct sct_place *place, const struct sct_piece *piece, uint32_t len)
{
	int protocol = sct_netlink_fd_protocol(place->known);
	struct sct_place plain = *place;
	struct sct_nl nl = { .place = &plain, .bytes = piece->data, .len = len };
	uint16_t family = AF_UNSPEC;
	bool named = family_of(place, &family);

	/* As strace has it: in vectors, what comes from or goes to an address of netlink. */
	if (named || place->known->plan.row->args[1].type != SCT_BUF ? family != AF_NETLINK : protocol == SCT_NO_NETLINK)
		return false;
	nl.have = piece->len < len ? piece->len : len;
	if (protocol == NETLINK_KOBJECT_UEVENT)
		return false;
	plain.bytes = piece->data;
	plain.len = nl.have;
	plain.step = SCT_NO_STEP;
	print_messages(text, &nl, protocol);
	return true;
}
