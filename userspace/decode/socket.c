/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of the calls of sockets, and the names of the machine. */
#include <sys/socket.h>

#include "print.h"
#include "printers.h"

#define TYPE_MASK	0xf

void sct_socket_type_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	const char *name = sct_xlat_name(&sct_xlat_socket_types, value & TYPE_MASK);
	uint32_t flags = (uint32_t)value & ~TYPE_MASK;

	(void)place;
	if (!name) {
		sct_text_flags(text, (uint32_t)value, &sct_xlat_sock_flags);
		return;
	}
	sct_text_put(text, name);
	if (!flags)
		return;
	sct_text_put(text, "|");
	if (flags & (SOCK_CLOEXEC | SOCK_NONBLOCK))
		sct_text_flags(text, flags, &sct_xlat_sock_flags);
	else
		sct_text_putf(text, "%#x", flags);
}

/* What it means depends on the family. */
void sct_socket_protocol_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	switch ((uint32_t)sct_known_arg(place->known, 0)) {
	case AF_INET:
	case AF_INET6:
		sct_text_enum(text, (uint32_t)value, &sct_xlat_inet_protocols);
		break;
	case AF_NETLINK:
		sct_text_enum(text, (uint32_t)value, &sct_xlat_netlink_protocols);
		break;
	case AF_BLUETOOTH:
		sct_text_enum(text, (uint32_t)value, &sct_xlat_bluetooth_protocols);
		break;
	case AF_PACKET:
		sct_text_put(text, "htons(");
		sct_text_enum(text, __builtin_bswap16(value), &sct_xlat_eth_protocols);
		sct_text_put(text, ")");
		break;
	default:
		sct_text_unsigned(text, value);
		break;
	}
}

/* __NEW_UTS_LEN: a longer name is none, and is not read. */
#define NAME_MAX_BYTES	64

void sct_hostname_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t limit = place->known->options->string_limit, n = place->len < limit ? place->len : limit;

	if (place->wanted > NAME_MAX_BYTES || place->len < place->wanted)
		sct_text_addr(text, place->address);
	else
		sct_text_quoted(text, place->bytes, n, n < place->wanted);
}
