/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attributes of netlink's messages: [{nla_len=7, nla_type=IFLA_IFNAME}, "lo"]. */
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <sys/socket.h>

#include "layout.h"
#include "netlink.h"
#include "sockaddr.h"

#define MAX_ADDR_LEN 32

/* What is behind the first at bytes. false: there is nothing. */
bool sct_nl_more(struct sct_nl *rest, const struct sct_nl *nl, uint32_t at)
{
	*rest = *nl;
	if (at >= nl->len)
		return false;
	rest->bytes += at < nl->have ? at : nl->have;
	rest->len -= at;
	rest->have -= at < nl->have ? at : nl->have;
	return true;
}

/* As they are, each in hexadecimal. */
void sct_nl_bytes_print(struct sct_text *text, const struct sct_nl *nl)
{
	uint32_t limit = nl->place->known->options->string_limit, n = nl->have < limit ? nl->have : limit;

	sct_text_quoted_hex(text, nl->bytes, n, n < nl->len);
}

static void print_string(struct sct_text *text, const struct sct_nl *nl)
{
	uint32_t limit = nl->place->known->options->string_limit, n = nl->len - !nl->bytes[nl->len - 1];
	uint32_t shown = n < limit ? n : limit;

	sct_text_quoted(text, nl->bytes, shown, shown < n || n == nl->len);
}

/* A name, or the number alone. */
void sct_nl_named_print(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat)
{
	if (sct_xlat_name(xlat, value))
		sct_text_enum(text, value, xlat);
	else
		sct_text_hex(text, value);
}

static void print_htobe64(struct sct_text *text, uint64_t value)
{
	if (!sct_text_const(text, value, SCT_DECIMAL_DIGITS))
		return;
	sct_text_putf(text, "htobe64(%llu)", (unsigned long long)__builtin_bswap64(value));
	sct_text_const_end(text);
}

/* Of addresses, bytes that make one. */
static bool print_address(struct sct_text *text, const struct sct_nl *nl)
{
	char chars[INET6_ADDRSTRLEN];

	if (nl->family == AF_INET && nl->len >= 4) {
		sct_inet_addr_print(text, nl->place, ntohl(sct_number_at(nl->bytes, 4)));
		return true;
	}
	if (nl->family != AF_INET6 || nl->len < 16)
		return false;
	if (!sct_text_const_bytes(text, nl->bytes, 16))
		return true;
	inet_ntop(AF_INET6, nl->bytes, chars, sizeof(chars));
	sct_text_putf(text, "inet_pton(AF_INET6, \"%s\")", chars);
	sct_text_const_end(text);
	return true;
}

static uint32_t kind_bytes(const struct sct_nl *nl, const struct sct_nl_attr *attr)
{
	switch (attr->kind) {
	case NL_U8:
	case NL_ENUM8:
	case NL_FLAGS8:
		return 1;
	case NL_U16:
	case NL_HTONS:
	case NL_ENUM16:
	case NL_FLAGS16:
		return 2;
	case NL_U64:
	case NL_HTOBE64:
		return 8;
	case NL_STRUCT:
		return sct_struct_size(attr->of, nl->place->known->plan.abi);
	case NL_BYTES:
	case NL_STRING:
	case NL_MAC:
	case NL_ENUM:
	case NL_ADDRESS:
	case NL_NESTED:
		return 0;
	default:
		return 4;
	}
}

/* So many bytes are not of its kind. */
static bool is_too_long(const struct sct_nl *nl, const struct sct_nl_attr *attr)
{
	switch (attr->kind) {
	case NL_ENUM:
	case NL_FLAGS8:
	case NL_FLAGS16:
	case NL_FLAGS32:
		return nl->len > 8;
	case NL_MAC:
		return nl->len > MAX_ADDR_LEN;
	default:
		return false;
	}
}

/* All of it was captured. false: it is none of its kind. */
static bool print_value(struct sct_text *text, const struct sct_nl *nl, const struct sct_nl_attr *attr)
{
	uint32_t n = kind_bytes(nl, attr);
	uint64_t value;

	if (nl->len < n || is_too_long(nl, attr))
		return false;
	value = n == 1 || n == 2 || n == 4 || n == 8 ? sct_number_at(nl->bytes, n) : 0;
	switch (attr->kind) {
	case NL_STRING:
		print_string(text, nl);
		return true;
	case NL_S32:
		sct_text_signed(text, (int32_t)value);
		return true;
	case NL_HTONS:
		sct_htons_print(text, nl->place, __builtin_bswap16(value));
		return true;
	case NL_HTOBE64:
		print_htobe64(text, value);
		return true;
	case NL_MAC:
		sct_mac_print(text, nl->bytes, nl->len);
		return true;
	case NL_ADDRESS:
		return print_address(text, nl);
	case NL_IFINDEX:
		sct_ifindex_print(text, nl->place, value);
		return true;
	case NL_ENUM:
		value = 0;
		memcpy(&value, nl->bytes, nl->len);
		/* fallthrough */
	case NL_ENUM8:
	case NL_ENUM16:
	case NL_ENUM32:
		sct_text_enum(text, value, attr->xlat);
		return true;
	case NL_NAMED32:
		sct_nl_named_print(text, value, attr->xlat);
		return true;
	case NL_FLAGS8:
	case NL_FLAGS16:
	case NL_FLAGS32:
	case NL_BITS32:
		sct_text_flags(text, value, attr->xlat);
		return true;
	case NL_STRUCT:
		sct_bytes_print(text, nl->place, attr->of, nl->bytes, nl->len);
		return true;
	case NL_U8:
	case NL_U16:
	case NL_U32:
	case NL_U64:
		sct_text_unsigned(text, value);
		return true;
	default:
		return false;
	}
}

static const struct sct_nl_attr *find(const struct sct_nl_attrs *attrs, uint32_t type)
{
	uint16_t i;

	for (i = 0; i < attrs->n; i++) {
		if (attrs->attrs[i].type == type)
			return &attrs->attrs[i];
	}
	return NULL;
}

static void print_payload(struct sct_text *text, const struct sct_nl *nl, const struct sct_nl_attr *attr)
{
	if (attr && attr->kind == NL_NESTED)
		sct_nl_attrs_print(text, nl, attr->in);
	else if (nl->have < nl->len)
		sct_text_put(text, "...");
	else if (!attr || !print_value(text, nl, attr))
		sct_nl_bytes_print(text, nl);
}

static void print_head(struct sct_text *text, const struct sct_nl_attrs *attrs, uint32_t len, uint32_t type)
{
	sct_text_putf(text, "{nla_len=%u, nla_type=", len);
	if (type & NLA_F_NESTED)
		sct_text_put(text, "NLA_F_NESTED|");
	if (type & NLA_F_NET_BYTEORDER)
		sct_text_put(text, "NLA_F_NET_BYTEORDER|");
	sct_text_enum(text, type & NLA_TYPE_MASK, attrs->names);
	sct_text_put(text, "}");
}

/* One of them, of so many bytes. */
static void print_one(struct sct_text *text, const struct sct_nl *nl, const struct sct_nl_attrs *attrs, uint32_t len)
{
	uint32_t type = sct_number_at(nl->bytes + 2, 2);
	struct sct_nl all = *nl, payload;
	bool more;

	all.len = len < nl->len ? len : nl->len;
	all.have = all.len < nl->have ? all.len : nl->have;
	more = sct_nl_more(&payload, &all, NLA_HDRLEN);
	sct_text_put(text, more ? "[" : "");
	print_head(text, attrs, len, type);
	if (!more)
		return;
	sct_text_put(text, ", ");
	print_payload(text, &payload, find(attrs, type & NLA_TYPE_MASK));
	sct_text_put(text, "]");
}

/* All that there are; several stand in brackets. What is too short for one is bytes. */
void sct_nl_attrs_print(struct sct_text *text, const struct sct_nl *nl, const struct sct_nl_attrs *attrs)
{
	const struct sct_plan_options *options = nl->place->known->options;
	struct sct_nl at = *nl, next;
	bool several = false;
	uint32_t i;

	for (i = 0;; i++, at = next) {
		uint32_t len = at.have >= NLA_HDRLEN ? sct_number_at(at.bytes, 2) : 0;
		bool last = !sct_nl_more(&next, &at, NLA_ALIGN(len)) || len < NLA_HDRLEN;

		if (i == options->string_limit && !options->verbose && i) {
			sct_text_put(text, "...");
			break;
		}
		if (at.len < NLA_HDRLEN && at.have == at.len) {
			sct_nl_bytes_print(text, &at);
			break;
		}
		if (at.have < NLA_HDRLEN) {
			sct_text_put(text, "...");
			break;
		}
		if (!i && !last) {
			sct_text_put(text, "[");
			several = true;
		}
		print_one(text, &at, attrs, len);
		if (last)
			break;
		sct_text_put(text, ", ");
	}
	sct_text_put(text, several ? "]" : "");
}
