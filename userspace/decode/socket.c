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
	sct_text_enum(text, value & TYPE_MASK, &sct_xlat_socket_types);
	if (!flags)
		return;
	sct_text_put(text, "|");
	sct_text_flags(text, flags, &sct_xlat_sock_flags);
}

/* What it means depends on the family. */
static const struct {
	int family;
	const struct sct_xlat *names;
} protocols[] = {
	{ AF_INET, &sct_xlat_inet_protocols },
	{ AF_INET6, &sct_xlat_inet_protocols },
	{ AF_NETLINK, &sct_xlat_netlink_protocols },
	{ AF_BLUETOOTH, &sct_xlat_bluetooth_protocols },
	{ AF_CAN, &sct_xlat_can_protocols },
	{ AF_CAIF, &sct_xlat_caif_protocols },
	{ AF_ISDN, &sct_xlat_isdn_protocols },
	{ AF_KCM, &sct_xlat_kcm_protocols },
	{ AF_NFC, &sct_xlat_nfc_socket_protocols },
	{ AF_PHONET, &sct_xlat_phonet_protocols },
	/* That of the transport below. */
	{ AF_RXRPC, &sct_xlat_addrfams },
	{ AF_SMC, &sct_xlat_smc_protocols },
};

static void print_ethernet_protocol(struct sct_text *text, uint64_t value)
{
	if (!sct_text_const(text, (uint32_t)value, SCT_HEX_DIGITS))
		return;
	sct_text_put(text, "htons(");
	sct_text_enum(text, __builtin_bswap16(value), &sct_xlat_eth_protocols);
	sct_text_put(text, ")");
	sct_text_const_end(text);
}

void sct_socket_protocol_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	int family = sct_known_arg(place->known, 0);
	size_t i;

	if (family == AF_PACKET) {
		print_ethernet_protocol(text, value);
		return;
	}
	if (family == AF_AX25) {
		sct_text_number_of(text, value, &sct_xlat_ax25_protocols);
		return;
	}
	for (i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		if (protocols[i].family == family) {
			sct_text_enum(text, (uint32_t)value, protocols[i].names);
			return;
		}
	}
	sct_text_unsigned(text, value);
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
