/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Addresses of sockets, and their lengths. An address is told by its family if it is as long as
 * that family's addresses are, else by its bytes.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "layout.h"
#include "printers.h"
#include "sockaddr.h"
#include "structs.h"

/* No address is longer: sizeof(struct sockaddr_storage). */
#define MAX_BYTES	128
#define FAMILY_BYTES	2

/* What the program said and what the kernel made of it; one number if they are the same. */
void sct_socklen_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place entry;
	int32_t now, before;

	/* A length of no address is not looked at. */
	if (place->len < 4 || (place->root && !sct_known_arg(place->known, place->root - 1) &&
			       place->known->plan.row->args[place->root - 1].of == &sct_struct_sockaddr)) {
		sct_text_addr(text, place->address);
		return;
	}
	now = sct_number_at(place->bytes, 4);
	before = now;
	if (place->at_exit && sct_pointer_place(&entry, place->known, place->root, false) && entry.len >= 4)
		before = sct_number_at(entry.bytes, 4);
	if (before == now)
		sct_text_putf(text, "[%d]", now);
	else
		sct_text_putf(text, "[%d => %d]", before, now);
}

/* An interface, by the name that it has here. */
void sct_ifindex_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	char name[IF_NAMESIZE];

	(void)place;
	if ((uint32_t)value && if_indextoname(value, name)) {
		if (!sct_text_const(text, (uint32_t)value, SCT_DECIMAL_DIGITS))
			return;
		sct_text_put(text, "if_nametoindex(");
		sct_text_quoted(text, (const uint8_t *)name, strlen(name), false);
		sct_text_put(text, ")");
		sct_text_const_end(text);
	} else {
		sct_text_unsigned(text, (uint32_t)value);
	}
}

/* value: as a member of kind BE16 has it. */
void sct_htons_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	const uint16_t bytes = htons(value);

	(void)place;
	if (!sct_text_const_bytes(text, &bytes, sizeof(bytes)))
		return;
	sct_text_putf(text, "htons(%u)", (uint32_t)value);
	sct_text_const_end(text);
}

void sct_htonl_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	const uint32_t bytes = htonl(value);

	(void)place;
	if (!sct_text_const_bytes(text, &bytes, sizeof(bytes)))
		return;
	sct_text_putf(text, "htonl(%u)", (uint32_t)value);
	sct_text_const_end(text);
}

static void put_string(struct sct_text *text, const char *chars)
{
	sct_text_quoted(text, (const uint8_t *)chars, strlen(chars), false);
}

void sct_inet_addr_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	const uint32_t bytes = htonl(value);
	char chars[INET_ADDRSTRLEN];

	(void)place;
	if (!sct_text_const_bytes(text, &bytes, sizeof(bytes)))
		return;
	snprintf(chars, sizeof(chars), "%u.%u.%u.%u", (uint8_t)(value >> 24), (uint8_t)(value >> 16),
		 (uint8_t)(value >> 8), (uint8_t)value);
	sct_text_put(text, "inet_addr(");
	put_string(text, chars);
	sct_text_put(text, ")");
	sct_text_const_end(text);
}

/* An IPv6 address that is the member of this name. */
void sct_inet6_print(struct sct_text *text, const struct sct_place *place, const char *name)
{
	char chars[INET6_ADDRSTRLEN];

	if (place->len < 16 || !inet_ntop(AF_INET6, place->bytes, chars, sizeof(chars)))
		return;
	if (sct_text_consts)
		sct_text_putf(text, "%s=", name);
	if (!sct_text_const_bytes(text, place->bytes, 16))
		return;
	sct_text_put(text, "inet_pton(AF_INET6, ");
	put_string(text, chars);
	sct_text_putf(text, sct_text_consts ? ")" : ", &%s)", name);
	sct_text_const_end(text);
}

/* Hardware addresses: 01:02:03. */
void sct_mac_print(struct sct_text *text, const uint8_t *bytes, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		sct_text_putf(text, "%s%02x", i ? ":" : "", bytes[i]);
}

/* [0x1, 0x2]; of n bytes, of which there are some more if .more. */
void sct_byte_array_print(struct sct_text *text, const uint8_t *bytes, uint32_t n, bool more)
{
	uint32_t i;

	sct_text_put(text, "[");
	for (i = 0; i < n; i++)
		sct_text_putf(text, "%s%#02x", i ? ", " : "", bytes[i]);
	sct_text_put(text, more ? ", ...]" : "]");
}

/* The beginning of an address whose family is known by its printer. */
void sct_family_print(struct sct_text *text, uint32_t family)
{
	sct_text_put(text, "{sa_family=");
	sct_text_enum(text, family, &sct_xlat_addrfams);
}

static void print_sin6_addr(struct sct_text *text, const struct sct_place *place)
{
	sct_inet6_print(text, place, "sin6_addr");
}

STRUCT_BY(sin6_addr, print_sin6_addr, { K_CHARS, STR(""), 16 });

STRUCT(sockaddr_in, { K_U16, ENUM("sa_family", addrfams) }, { K_BE16, CUSTOM("sin_port", sct_htons_print) },
       { K_BE32, CUSTOM("sin_addr", sct_inet_addr_print) });

/* Only an address that holds on one link needs to say on which. */
static void print_scope(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	const uint8_t *in6 = place->bytes + 8;
	bool of_link = (in6[0] == 0xfe && (in6[1] & 0xc0) == 0x80) || (in6[0] == 0xff && (in6[1] & 0xf) == 2);

	if (of_link)
		sct_ifindex_print(text, place, value);
	else
		sct_text_unsigned(text, (uint32_t)value);
}

STRUCT(sockaddr_in6, { K_U16, ENUM("sa_family", addrfams) }, { K_BE16, CUSTOM("sin6_port", sct_htons_print) },
       { K_BE32, CUSTOM("sin6_flowinfo", sct_htonl_print) },
       { K_STRUCT, STRUCT_IN("", sin6_addr) },
       { K_U32, CUSTOM("sin6_scope_id", print_scope) });

static void print_groups(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_putf(text, "%#08x", (uint32_t)value);
}

STRUCT(sockaddr_nl, { K_U16, ENUM("sa_family", addrfams) }, { K_U16, HEX("nl_pad"), .show = SCT_NONZERO },
       { K_S32, INT("nl_pid") }, { K_U32, CUSTOM("nl_groups", print_groups) });

/* Of a sockaddr_un, which ends where the caller says. A path that begins with a NUL is no file's. */
static void print_unix(struct sct_text *text, const struct sct_place *place)
{
	const uint8_t *path = place->bytes + FAMILY_BYTES;
	uint32_t n = place->len - FAMILY_BYTES;

	n = n < 108 ? n : 108;
	sct_family_print(text, AF_UNIX);
	if (n) {
		sct_text_put(text, *path ? ", sun_path=" : ", sun_path=@");
		if (*path)
			sct_text_quoted(text, path, strnlen((const char *)path, n), false);
		else
			sct_text_quoted(text, path + 1, n - 1, false);
	}
	sct_text_put(text, "}");
}

STRUCT_BY(sockaddr_un, print_unix, { K_CHARS, STR(""), 110 });

static void print_vsock_port(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	const char *name = sct_xlat_name(&sct_xlat_vsock_ports, value);

	(void)place;
	if (name)
		sct_text_name(text, (uint32_t)value, SCT_HEX_DIGITS, name);
	else
		sct_text_hex(text, (uint32_t)value);
}

static void print_vsock_cid(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	const char *name = sct_xlat_name(&sct_xlat_vsock_cids, value);

	(void)place;
	if (name)
		sct_text_name(text, (uint32_t)value, SCT_HEX_DIGITS, name);
	else
		sct_text_hex(text, (uint32_t)value);
}

static void print_hex_bytes(struct sct_text *text, const struct sct_place *place)
{
	sct_text_quoted_hex(text, place->bytes, place->len, false);
}

STRUCT_BY(svm_zero, print_hex_bytes, { K_CHARS, STR(""), 3 });

/* Port and id lie in the other order than they are told. */
static void print_vsock(struct sct_text *text, const struct sct_place *place)
{
	static const uint8_t order[] = { 1, 3, 2, 4, 5 };
	unsigned int i;

	sct_family_print(text, AF_VSOCK);
	for (i = 0; i < sizeof(order); i++) {
		if (place->of->members[order[i]].show == SCT_NONZERO &&
		    !memcmp(place->bytes + sct_member_at(place, order[i]), "\0\0\0", i ? 3 : 2))
			continue;
		sct_text_put(text, ", ");
		sct_member_print(text, place, order[i]);
	}
	sct_text_put(text, "}");
}

STRUCT_BY(sockaddr_vm, print_vsock, { K_U16, ENUM("sa_family", addrfams) },
	  { K_U16, HEX("svm_reserved1"), .show = SCT_NONZERO },
	  { K_U32, CUSTOM("svm_port", print_vsock_port) }, { K_U32, CUSTOM("svm_cid", print_vsock_cid) },
	  { K_U8, FLAGS("svm_flags", vsock_flags) },
	  { K_STRUCT, STRUCT_IN("svm_zero", svm_zero), .show = SCT_NONZERO });

static void print_protocol(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_put(text, "htons(");
	sct_text_enum(text, value, &sct_xlat_eth_protocols);
	sct_text_put(text, ")");
}

STRUCT(sockaddr_ll, { K_U16, ENUM("sa_family", addrfams) }, { K_BE16, CUSTOM("sll_protocol", print_protocol) },
       { K_U32, CUSTOM("sll_ifindex", sct_ifindex_print) }, { K_U16, ENUM("sll_hatype", arp_hardware) },
       { K_U8, ENUM("sll_pkttype", packet_types) }, { K_U8, UINT("sll_halen") });

/* sll_addr is as long as sll_halen says. */
static void print_packet(struct sct_text *text, const struct sct_place *place)
{
	uint32_t halen = place->bytes[11], there = place->len - 12;

	sct_text_put(text, "{");
	sct_members_print(text, place, 0, 6);
	if (halen) {
		sct_text_put(text, ", sll_addr=");
		sct_byte_array_print(text, place->bytes + 12, halen < there ? halen : there, halen > there);
	}
	sct_text_put(text, "}");
}

/* A family's addresses: print if there is no .of. */
struct family {
	uint16_t family;
	uint8_t least;		/* bytes */
	const struct sct_struct *of;
	void (*print)(struct sct_text *text, const struct sct_place *place);
};

static const struct family families[] = {
	{ AF_UNIX, 2, &sct_struct_sockaddr_un },
	{ AF_INET, 16, &sct_struct_sockaddr_in },
	{ AF_INET6, 24, &sct_struct_sockaddr_in6 },
	{ AF_NETLINK, 12, &sct_struct_sockaddr_nl },
	{ AF_PACKET, 20, &sct_struct_sockaddr_ll, print_packet },
	{ AF_VSOCK, 16, &sct_struct_sockaddr_vm },
	{ AF_BLUETOOTH, 2, NULL, sct_sockaddr_bluetooth_print },
	{ AF_AX25, 16, NULL, sct_sockaddr_ax25_print },
	{ AF_X25, 18, &sct_struct_sockaddr_x25 },
	{ AF_IPX, 16, &sct_struct_sockaddr_ipx },
	{ AF_ALG, 27, NULL, sct_sockaddr_alg_print },
	{ AF_XDP, 16, &sct_struct_sockaddr_xdp },
	{ AF_NFC, 16, NULL, sct_sockaddr_nfc_print },
	{ AF_IEEE802154, 20, NULL, sct_sockaddr_ieee802154_print },
	{ AF_RXRPC, 36, NULL, sct_sockaddr_rxrpc_print },
	{ AF_QIPCRTR, 12, &sct_struct_sockaddr_qrtr },
	{ 45 /* AF_MCTP */, 12, &sct_struct_sockaddr_mctp },
};

void sct_sockaddr_raw_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{sa_family=");
	sct_text_enum(text, sct_number_at(place->bytes, 2), &sct_xlat_addrfams);
	if (place->len > FAMILY_BYTES) {
		sct_text_put(text, ", sa_data=");
		sct_text_quoted(text, place->bytes + FAMILY_BYTES, place->len - FAMILY_BYTES, false);
	}
	sct_text_put(text, "}");
}

/* The address at the place; as the number that points to it if the length given cannot be one's. */
void sct_sockaddr_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place at = *place;
	uint16_t family;
	size_t i;

	if (place->len < FAMILY_BYTES || place->wanted > INT32_MAX ||
	    (place->len < place->wanted && place->len < MAX_BYTES)) {
		sct_text_addr(text, place->address);
		return;
	}
	family = sct_number_at(place->bytes, 2);
	at.len = place->len < MAX_BYTES ? place->len : MAX_BYTES;
	at.step = SCT_NO_STEP;
	for (i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		const struct family *f = &families[i];

		if (f->family != family || at.len < f->least)
			continue;
		at.of = f->of;
		/* The kernel does not look at what lies behind. */
		if (f->of && !f->of->print && !f->print && at.len > sct_struct_size(f->of, at.known->plan.abi))
			at.len = sct_struct_size(f->of, at.known->plan.abi);
		at.wanted = at.len;
		if (f->print)
			f->print(text, &at);
		else
			sct_struct_print(text, &at);
		return;
	}
	sct_sockaddr_raw_print(text, &at);
}
