/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses of the families that are seen seldom. */
#include <string.h>
#include <sys/socket.h>

#include "layout.h"
#include "sockaddr.h"

static void print_htons_hex(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_putf(text, "htonl(%#x)", (uint32_t)value);
}

static void print_node(struct sct_text *text, const struct sct_place *place)
{
	sct_byte_array_print(text, place->bytes, place->len, false);
}

static void print_hex2(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_text_putf(text, "%#02x", (uint32_t)value);
}

STRUCT_BY(sipx_node, print_node, { K_CHARS, STR(""), 6 });
PUBLIC_STRUCT(sockaddr_ipx, { K_U16, ENUM("sa_family", addrfams) },
	      { K_BE16, CUSTOM("sipx_port", sct_htons_print) },
	      { K_BE32, CUSTOM("sipx_network", print_htons_hex) }, { K_STRUCT, STRUCT_IN("sipx_node", sipx_node) },
	      { K_U8, CUSTOM("sipx_type", print_hex2) }, { K_U8, HEX("sipx_zero"), .show = SCT_NONZERO });

STRUCT(x25_address, { K_CHARS, STR("x25_addr"), 16 });
PUBLIC_STRUCT(sockaddr_x25, { K_U16, ENUM("sa_family", addrfams) },
	      { K_STRUCT, STRUCT_IN("sx25_addr", x25_address) });

PUBLIC_STRUCT(sockaddr_xdp, { K_U16, ENUM("sa_family", addrfams) }, { K_U16, FLAGS("sxdp_flags", xdp_flags) },
	      { K_U32, CUSTOM("sxdp_ifindex", sct_ifindex_print) }, { K_U32, UINT("sxdp_queue_id") },
	      { K_U32, HEX("sxdp_shared_umem_fd") });

static void print_named(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat)
{
	const char *name = sct_xlat_name(xlat, value);

	if (name)
		sct_text_name(text, (uint32_t)value, SCT_HEX_DIGITS, name);
	else
		sct_text_hex(text, (uint32_t)value);
}

static void print_qrtr_node(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_named(text, value, &sct_xlat_qrtr_nodes);
}

static void print_qrtr_port(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_named(text, value, &sct_xlat_qrtr_ports);
}

PUBLIC_STRUCT(sockaddr_qrtr, { K_U16, ENUM("sa_family", addrfams) },
	      { K_U32, CUSTOM("sq_node", print_qrtr_node) }, { K_U32, CUSTOM("sq_port", print_qrtr_port) });

STRUCT(mctp_addr, { K_U8, HEX("s_addr") });
PUBLIC_STRUCT(sockaddr_mctp, { K_U16, ENUM("sa_family", addrfams) },
	      { K_U16, HEX("__smctp_pad0"), .show = SCT_NONZERO }, { K_U32, HEX("smctp_network") },
	      { K_STRUCT, STRUCT_IN("smctp_addr", mctp_addr) }, { K_U8, HEX("smctp_type") },
	      { K_U8, HEX("smctp_tag") }, { K_U8, HEX("__smctp_pad1"), .show = SCT_NONZERO });

/* Numbers of which some have names and those above a certain one are counted from it. */
static void print_psm(struct sct_text *text, uint16_t psm)
{
	const char *name = sct_xlat_name(&sct_xlat_l2cap_psms, psm);

	sct_text_put(text, "htobs(");
	if (name)
		sct_text_name(text, psm, SCT_HEX_DIGITS, name);
	else if (psm > 0x1001)
		sct_text_putf(text, "L2CAP_PSM_DYN_START+%u", psm - 0x1001);
	else if (psm > 0x80 && psm < 0xff)
		sct_text_putf(text, "L2CAP_PSM_LE_DYN_START+%u", psm - 0x80);
	else
		sct_text_enum(text, psm, &sct_xlat_l2cap_psms);
	sct_text_put(text, ")");
}

static void print_cid(struct sct_text *text, uint16_t cid)
{
	const char *name = sct_xlat_name(&sct_xlat_l2cap_cids, cid);

	sct_text_put(text, "htobs(");
	if (name)
		sct_text_name(text, cid, SCT_HEX_DIGITS, name);
	else if (cid > 0x40)
		sct_text_putf(text, "L2CAP_CID_DYN_START+%u", cid - 0x40);
	else
		sct_text_enum(text, cid, &sct_xlat_l2cap_cids);
	sct_text_put(text, ")");
}

/* Which of Bluetooth's protocols it is for, the length tells. */
void sct_sockaddr_bluetooth_print(struct sct_text *text, const struct sct_place *place)
{
	const uint8_t *b = place->bytes;

	switch (place->len) {
	case 4:
	case 6:
		sct_family_print(text, AF_BLUETOOTH);
		sct_text_putf(text, ", hci_dev=htobs(%u)", (uint16_t)sct_number_at(b + 2, 2));
		if (place->len == 6) {
			sct_text_put(text, ", hci_channel=");
			sct_text_enum(text, sct_number_at(b + 4, 2), &sct_xlat_hci_channels);
		}
		break;
	case 8:
		sct_family_print(text, AF_BLUETOOTH);
		sct_text_put(text, ", sco_bdaddr=");
		sct_mac_print(text, b + 2, 6);
		break;
	case 10:
		sct_family_print(text, AF_BLUETOOTH);
		sct_text_put(text, ", rc_bdaddr=");
		sct_mac_print(text, b + 2, 6);
		sct_text_putf(text, ", rc_channel=%u", b[8]);
		break;
	case 12:
	case 14:
		sct_family_print(text, AF_BLUETOOTH);
		sct_text_put(text, ", l2_psm=");
		print_psm(text, sct_number_at(b + 2, 2));
		sct_text_put(text, ", l2_bdaddr=");
		sct_mac_print(text, b + 4, 6);
		sct_text_put(text, ", l2_cid=");
		print_cid(text, sct_number_at(b + 10, 2));
		if (place->len == 14) {
			sct_text_put(text, ", l2_bdaddr_type=");
			sct_text_enum(text, b[12], &sct_xlat_bdaddr_types);
		}
		break;
	default:
		sct_sockaddr_raw_print(text, place);
		return;
	}
	sct_text_put(text, "}");
}

/* Call sign and SSID: each letter is shifted by one bit. false: it is none, and nothing was printed. */
static bool print_callsign(struct sct_text *text, const uint8_t *call)
{
	char chars[7] = { 0 };
	unsigned int i, n = 0;

	for (i = 0; i < 6; i++) {
		char c = call[i] >> 1;

		if ((call[i] & 1) || !((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ') ||
		    (c != ' ' && n != i))
			return false;
		if (c != ' ')
			chars[n++] = c;
	}
	if ((call[6] & 1) || call[6] >> 5)
		return false;
	sct_text_putf(text, "%s-%u", n ? chars : "*", call[6] >> 1);
	return true;
}

static void print_ax25_call(struct sct_text *text, const uint8_t *call)
{
	char chars[7] = { 0 };
	unsigned int i;

	if (print_callsign(text, call))
		return;
	sct_text_put(text, "{ax25_call=");
	sct_text_quoted_hex(text, call, 7, false);
	sct_text_put(text, "}");
	for (i = 0; i < 6; i++) {
		chars[i] = call[i] >> 1;
		if (chars[i] < ' ' || chars[i] > '~')
			return;
	}
	sct_text_putf(text, " /* %s-%u */", chars, call[6] >> 1 & 0xf);
}

/* With digipeaters behind it, as many as it says and its length has room for. */
void sct_sockaddr_ax25_print(struct sct_text *text, const struct sct_place *place)
{
	int32_t said = sct_number_at(place->bytes + 12, 4);
	uint32_t there = (place->len - 16) / 7, n, i;
	bool full = place->len > 16 || said;

	sct_family_print(text, AF_AX25);
	sct_text_put(text, full ? ", fsa_ax25={sax25_call=" : ", sax25_call=");
	print_ax25_call(text, place->bytes + 2);
	sct_text_putf(text, ", sax25_ndigis=%d%s", said, full ? "}" : "");
	if (said) {
		n = said < 0 || said > 8 ? 8 : said;
		sct_text_put(text, ", fsa_digipeater=[");
		for (i = 0; i < n && i < there; i++) {
			sct_text_put(text, i ? ", " : "");
			print_ax25_call(text, place->bytes + 16 + i * 7);
		}
		if (n > there)
			sct_text_put(text, there ? ", ..." : "...");
		sct_text_put(text, "]");
		/* Part of one more, or what no address has room for. */
		if (place->len > 16 + 8 * 7 || (n > there && (place->len - 16) % 7))
			sct_text_put(text, ", ...");
	}
	sct_text_put(text, "}");
}

static void print_alg_flags(struct sct_text *text, const uint8_t *bytes)
{
	uint32_t flags = sct_number_at(bytes, 4);

	sct_text_putf(text, "%#x", flags);
	if (flags & 0x1000) {
		sct_text_put(text, " /* ");
		sct_text_flags(text, flags, &sct_xlat_crypto_alg_flags);
		sct_text_put(text, " */");
	} else if (flags) {
		sct_text_put(text, " /* CRYPTO_ALG_??? */");
	}
}

static void print_cstring(struct sct_text *text, const uint8_t *bytes, uint32_t size)
{
	uint32_t n = strnlen((const char *)bytes, size);

	sct_text_quoted(text, bytes, n < size ? n : size - 1, n == size);
}

/* The name of the algorithm ends where the caller says. */
void sct_sockaddr_alg_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{sa_family=AF_ALG, salg_type=");
	print_cstring(text, place->bytes + 2, 14);
	sct_text_put(text, ", salg_feat=");
	print_alg_flags(text, place->bytes + 16);
	sct_text_put(text, ", salg_mask=");
	print_alg_flags(text, place->bytes + 20);
	sct_text_put(text, ", salg_name=");
	print_cstring(text, place->bytes + 24, place->len - 24);
	sct_text_put(text, "}");
}

STRUCT(sockaddr_nfc, { K_U16, ENUM("sa_family", addrfams) }, { K_U32, CUSTOM("dev_idx", sct_ifindex_print) },
       { K_U32, HEX("target_idx") }, { K_U32, ENUM("nfc_protocol", nfc_protocols) },
       { K_U8, HEX("dsap") }, { K_U8, HEX("ssap") }, { K_CHARS, BUF_IN("service_name", 0), 63 },
       { K_ULONG, ULONG("service_name_len") });

/* The longer form is that of the link layer's sockets. */
void sct_sockaddr_nfc_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place at = *place;
	uint32_t size = sct_member_offset(&sct_struct_sockaddr_nfc, 7, place->known->plan.abi) +
			sct_word_bytes(place->known->plan.abi);

	at.of = &sct_struct_sockaddr_nfc;
	sct_text_put(text, "{");
	sct_members_print(text, &at, 0, 4);
	if (place->len >= size) {
		uint64_t n = sct_member_value(&at, 7);

		sct_text_put(text, ", ");
		sct_members_print(text, &at, 4, 6);
		sct_text_put(text, ", service_name=");
		sct_text_quoted(text, place->bytes + 18, n < 63 ? n : 63, false);
		sct_text_putf(text, ", service_name_len=%llu", (unsigned long long)n);
	} else if (place->len > 16) {
		sct_text_put(text, ", ...");
	}
	sct_text_put(text, "}");
}

void sct_sockaddr_ieee802154_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t type = sct_number_at(place->bytes + 4, 4);
	const char *name = sct_xlat_name(&sct_xlat_ieee802154_addrs, type);

	sct_text_putf(text, "{sa_family=AF_IEEE802154, addr={addr_type=%#x /* %s */, pan_id=%#x", type,
		      name ? name : "IEEE802154_ADDR_???", (uint16_t)sct_number_at(place->bytes + 8, 2));
	if (type == 2) {
		sct_text_putf(text, ", short_addr=%#x", (uint16_t)sct_number_at(place->bytes + 10, 2));
	} else if (type) {
		sct_text_put(text, ", hwaddr=");
		sct_mac_print(text, place->bytes + 10, 8);
	}
	sct_text_put(text, "}}");
}

/* What the service is carried by is an address of its own, without the family's name before it. */
static void print_transport(struct sct_text *text, const uint8_t *b, uint32_t said, uint32_t there)
{
	uint16_t family = sct_number_at(b, 2);
	uint32_t n = said < there ? said : there;

	n = n > 2 ? n - 2 : 0;
	if (family == AF_INET && said >= 16) {
		sct_text_putf(text, "{sin={sin_family=AF_INET, sin_port=htons(%u), sin_addr=", b[2] << 8 | b[3]);
		sct_inet_addr_print(text, NULL, __builtin_bswap32(sct_number_at(b + 4, 4)));
		sct_text_put(text, "}}");
	} else if (family == AF_INET6) {
		sct_text_put(text, "{sin6={sin6_family=AF_INET6, ");
		sct_text_quoted(text, b + 2, n, false);
		sct_text_put(text, "}}");
	} else {
		sct_text_put(text, "{family=");
		sct_text_enum(text, family, &sct_xlat_addrfams);
		sct_text_put(text, ", ");
		sct_text_quoted(text, b + 2, n, false);
		sct_text_put(text, "}");
	}
}

void sct_sockaddr_rxrpc_print(struct sct_text *text, const struct sct_place *place)
{
	static const char *const services[] = { NULL, "CM_SERVICE" };
	const uint8_t *b = place->bytes;
	uint16_t service = sct_number_at(b + 2, 2), said = sct_number_at(b + 6, 2);

	sct_text_putf(text, "{sa_family=AF_RXRPC, srx_service=%#x /* %s */, transport_type=", service,
		      service == 1 ? services[1] : "???_SERVICE");
	sct_text_enum(text, sct_number_at(b + 4, 2), &sct_xlat_socket_types);
	sct_text_putf(text, ", transport_len=%u, transport=", said);
	print_transport(text, b + 8, said, place->len - 8);
	sct_text_put(text, "}");
}
