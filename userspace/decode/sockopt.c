/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options of sockets: what a number means depends on the level, and what the value is on both. */
#include <string.h>
#include <sys/socket.h>

#include "layout.h"
#include "printers.h"
#include "sockaddr.h"
#include "structs.h"

/* Linux 5.14; the installed headers may be older. */
#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE	71
#endif
#ifndef SO_BUF_LOCK
#define SO_BUF_LOCK	72
#endif

/* Levels that are in no header that can be had together with the others. */
enum { LEVEL_IP = 0, LEVEL_TCP = 6, LEVEL_UDP = 17, LEVEL_IPV6 = 41, LEVEL_SCTP = 132, LEVEL_RAW = 255,
       LEVEL_VSOCK = 40, LEVEL_VSOCK_NEW = 287, LEVEL_PACKET = 263, LEVEL_NETLINK = 270 };

struct level {
	int32_t level;
	const struct sct_xlat *names;
	const struct sct_xlat *set;	/* of numbers that are something else for getsockopt; NULL: none */
	const struct sct_xlat *get;
};

static const struct level levels[] = {
	{ SOL_SOCKET, &sct_xlat_sock_options, NULL, &sct_xlat_sock_get_options },
	{ LEVEL_IP, &sct_xlat_sock_ip_options, &sct_xlat_sock_ip_set_options, &sct_xlat_sock_ip_get_options },
	{ LEVEL_IPV6, &sct_xlat_sock_ipv6_options, &sct_xlat_sock_ipv6_set_options,
	  &sct_xlat_sock_ipv6_get_options },
	{ LEVEL_TCP, &sct_xlat_sock_tcp_options },
	{ LEVEL_UDP, &sct_xlat_sock_udp_options },
	{ LEVEL_VSOCK, &sct_xlat_sock_vsock_options },
	{ LEVEL_VSOCK_NEW, &sct_xlat_sock_vsock_options },
	{ LEVEL_SCTP, &sct_xlat_sock_sctp_options },
	{ LEVEL_RAW, &sct_xlat_sock_raw_options },
	{ LEVEL_PACKET, &sct_xlat_sock_packet_options },
	{ LEVEL_NETLINK, &sct_xlat_sock_netlink_options },
	{ 101, &sct_xlat_sock_can_raw_options },
	{ 256, &sct_xlat_sock_ipx_options },
	{ 257, &sct_xlat_sock_ax25_options },
	{ 266, &sct_xlat_sock_irda_options },
	{ 268, &sct_xlat_sock_llc_options },
	{ 269, &sct_xlat_sock_dccp_options },
	{ 271, &sct_xlat_sock_tipc_options },
	{ 272, &sct_xlat_sock_rxrpc_options },
	{ 273, &sct_xlat_sock_pppol2tp_options },
	{ 274, &sct_xlat_sock_bluetooth_options },
	{ 275, &sct_xlat_sock_pnpipe_options },
	{ 276, &sct_xlat_sock_rds_options },
	{ 277, &sct_xlat_sock_iucv_options },
	{ 278, &sct_xlat_sock_caif_options },
	{ 279, &sct_xlat_sock_alg_options },
	{ 280, &sct_xlat_sock_nfc_llcp_options },
	{ 281, &sct_xlat_sock_kcm_options },
	{ 282, &sct_xlat_sock_tls_options },
	{ 283, &sct_xlat_sock_xdp_options },
};

/* Of the call that the place is in. */
static bool is_get(const struct sct_place *place)
{
	return place->known->plan.row->args[3].dir == SCT_OUT;
}

static int32_t level_of(const struct sct_place *place)
{
	return sct_known_arg(place->known, 1);
}

static uint32_t option_of(const struct sct_place *place)
{
	return sct_known_arg(place->known, 2);
}

void sct_sockopt_name_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	const struct sct_xlat *other;
	size_t i = 0;

	while (i < sizeof(levels) / sizeof(levels[0]) && levels[i].level != level_of(place))
		i++;
	if (i == sizeof(levels) / sizeof(levels[0])) {
		sct_text_unsigned(text, (uint32_t)value);
		return;
	}
	other = is_get(place) ? levels[i].get : levels[i].set;
	if (other && sct_xlat_name(other, (uint32_t)value))
		sct_text_enum(text, (uint32_t)value, other);
	else
		sct_text_enum(text, (uint32_t)value, levels[i].names);
}

/* ---- values ---- */

STRUCT(linger, { K_S32, INT("l_onoff") }, { K_S32, INT("l_linger") });
STRUCT(ucred, { K_S32, PID("pid") }, { K_U32, UID("uid") }, { K_U32, UID("gid") });
STRUCT(ip_mreq, { K_BE32, CUSTOM("imr_multiaddr", sct_inet_addr_print) },
       { K_BE32, CUSTOM("imr_interface", sct_inet_addr_print) });

static void print_multicast(struct sct_text *text, const struct sct_place *place)
{
	sct_inet6_print(text, place, "ipv6mr_multiaddr");
}

STRUCT_BY(ipv6mr_multiaddr, print_multicast, { K_CHARS, STR(""), 16 });
STRUCT(ipv6_mreq, { K_STRUCT, STRUCT_IN("", ipv6mr_multiaddr) },
       { K_U32, CUSTOM("ipv6mr_interface", sct_ifindex_print) });
/* The address has the alignment of a word. */
STRUCT(aligned_sockaddr, { K_ULONG, HEX("") });
STRUCT(group_req, { K_U32, CUSTOM("gr_interface", sct_ifindex_print) },
       { K_STRUCT, STRUCT_IN("gr_group", aligned_sockaddr) });
STRUCT(tpacket_req, { K_U32, UINT("tp_block_size") }, { K_U32, UINT("tp_block_nr") },
       { K_U32, UINT("tp_frame_size") }, { K_U32, UINT("tp_frame_nr") });
STRUCT(tpacket_stats, { K_U32, UINT("tp_packets") }, { K_U32, UINT("tp_drops") },
       { K_U32, UINT("tp_freeze_q_cnt") });
static void print_string(struct sct_text *text, const struct sct_place *place)
{
	uint32_t limit = place->known->options->string_limit, n = place->len < limit ? place->len : limit;

	sct_text_quoted(text, place->bytes, n, n < place->wanted);
}

static void print_int(struct sct_text *text, const struct sct_place *place)
{
	sct_text_putf(text, "[%d]", (int32_t)sct_number_at(place->bytes, 4));
}

/* A struct that may be cut short, as the kernel gives it: the member that it ends in comes as bytes. */
static void print_cut(struct sct_text *text, const struct sct_place *place, const struct sct_struct *of)
{
	struct sct_place at = *place;
	uint32_t n = place->len / 4;

	at.of = of;
	sct_text_put(text, "{");
	n = n < of->nr_members ? n : of->nr_members;
	sct_members_print(text, &at, 0, n);
	if (n < of->nr_members && place->len % 4) {
		sct_text_putf(text, "%s%s=", n ? ", " : "", of->members[n].arg.name);
		sct_text_quoted_hex(text, place->bytes + n * 4, place->len % 4, false);
	}
	sct_text_put(text, "}");
}

static void print_whole(struct sct_text *text, const struct sct_place *place, const struct sct_struct *of)
{
	if (place->len < sct_struct_size(of, place->known->plan.abi))
		sct_text_addr(text, place->address);
	else
		sct_bytes_print(text, place, of, place->bytes, place->len);
}

static void print_group(struct sct_text *text, const struct sct_place *place)
{
	uint32_t at = sct_member_offset(&sct_struct_group_req, 1, place->known->plan.abi);

	if (place->len < at + 128) {
		sct_text_addr(text, place->address);
		return;
	}
	sct_text_put(text, "{gr_interface=");
	sct_ifindex_print(text, place, sct_number_at(place->bytes, 4));
	sct_text_put(text, ", gr_group=");
	sct_bytes_print(text, place, &sct_struct_sockaddr, place->bytes + at, 128);
	sct_text_put(text, "}");
}

/* Of exactly this size. The address is as long as it says, and has room for 8 bytes. */
static void print_packet_mreq(struct sct_text *text, const struct sct_place *place)
{
	uint32_t n;

	if (place->len != 16) {
		sct_text_addr(text, place->address);
		return;
	}
	n = sct_number_at(place->bytes + 6, 2);
	sct_text_put(text, "{mr_ifindex=");
	sct_ifindex_print(text, place, sct_number_at(place->bytes, 4));
	sct_text_put(text, ", mr_type=");
	sct_text_enum(text, sct_number_at(place->bytes + 4, 2), &sct_xlat_packet_mr_types);
	sct_text_putf(text, ", mr_alen=%u, mr_address=", n);
	sct_mac_print(text, place->bytes + 8, n < 8 ? n : 8);
	sct_text_put(text, "}");
}

/* A set of message types; of the most of them, those that are missing. */
static void print_icmp_filter(struct sct_text *text, const struct sct_place *place)
{
	uint32_t n = place->len < 4 ? place->len : 4, set = UINT32_MAX, i;
	bool all_but, any = false;

	memcpy(&set, place->bytes, n);
	all_but = __builtin_popcount(set) >= 32 * 2 / 3;
	if (all_but)
		set = ~set;
	sct_text_put(text, all_but ? "~[" : "[");
	for (i = 0; i < 32; i++) {
		if (!(set >> i & 1))
			continue;
		sct_text_put(text, any ? " " : "");
		sct_text_enum(text, i, &sct_xlat_icmp_types);
		any = true;
	}
	sct_text_put(text, "]");
}

static void print_memberships(struct sct_text *text, const struct sct_place *place)
{
	uint32_t limit = place->known->options->verbose ? UINT32_MAX : place->known->options->string_limit;
	uint32_t n = place->len / 4, i;

	sct_text_put(text, "[");
	for (i = 0; i < n && i < limit; i++)
		sct_text_putf(text, "%s%u", i ? ", " : "", (uint32_t)sct_number_at(place->bytes + i * 4, 4));
	sct_text_put(text, i < n ? ", ...]" : "]");
}

/* Options of SOL_SOCKET that are one int, however long the program says that it is. */
static bool is_int(uint32_t option, bool get)
{
	switch (option) {
	case SO_ERROR:
		return get;
	case SO_TYPE:
	case SO_PEERCRED:
	case SO_RCVTIMEO_OLD:
	case SO_SNDTIMEO_OLD:
	case SO_SECURITY_AUTHENTICATION:
	case SO_SECURITY_ENCRYPTION_TRANSPORT:
	case SO_SECURITY_ENCRYPTION_NETWORK:
	case SO_BINDTODEVICE:
	case SO_PEERNAME:
	case SO_PEERSEC:
	case SO_PROTOCOL:
	case SO_DOMAIN:
	case SO_MAX_PACING_RATE:
	case SO_BPF_EXTENSIONS:
	case SO_ATTACH_BPF:
	case SO_ATTACH_REUSEPORT_CBPF:
	case SO_ATTACH_REUSEPORT_EBPF:
	case SO_MEMINFO:
	case SO_COOKIE:
	case SO_PEERGROUPS:
	case SO_TXTIME:
	case SO_BINDTOIFINDEX:
	case SO_RCVTIMEO_NEW:
	case SO_SNDTIMEO_NEW:
	case SO_NETNS_COOKIE:
	case SO_BUF_LOCK:
		return false;
	default:
		return sct_xlat_name(&sct_xlat_sock_options, option);
	}
}

static void print_txrehash(struct sct_text *text, const struct sct_place *place)
{
	int32_t value = sct_number_at(place->bytes, 4);
	const char *name = sct_xlat_name(&sct_xlat_sock_txrehash, (uint32_t)value);

	sct_text_put(text, "[");
	if (name)
		sct_text_name(text, (uint32_t)value, SCT_HEX_DIGITS, name);
	else
		sct_text_putf(text, "%d /* SOCK_TXREHASH_??? */", value);
	sct_text_put(text, "]");
}

/* true: it was printed; false: it is as options are that have no form of their own. */
static bool print_of_socket(struct sct_text *text, const struct sct_place *place, uint32_t option)
{
	bool get = is_get(place);

	if (option == SO_LINGER) {
		if (get)
			print_cut(text, place, &sct_struct_linger);
		else
			print_whole(text, place, &sct_struct_linger);
	} else if (option == SO_PEERCRED && get) {
		print_cut(text, place, &sct_struct_ucred);
	} else if (option == SO_ATTACH_FILTER && get) {
		sct_text_addr(text, place->address);
	} else if (option == SO_ATTACH_FILTER || (option == SO_ATTACH_REUSEPORT_CBPF && !get)) {
		if (place->wanted == sct_struct_size(&sct_struct_sock_fprog, place->known->plan.abi))
			sct_sock_fprog_print(text, place);
		else
			sct_text_addr(text, place->address);
	} else if (is_int(option, get)) {
		if (place->len >= 4 && option == 74 /* SO_TXREHASH */)
			print_txrehash(text, place);
		else if (place->len >= 4)
			print_int(text, place);
		else if (get)
			sct_text_quoted_hex(text, place->bytes, place->len, false);
		else
			sct_text_addr(text, place->address);
	} else {
		return false;
	}
	return true;
}

static bool print_of_ip(struct sct_text *text, const struct sct_place *place, int32_t level, uint32_t option)
{
	if (is_get(place))
		return false;
	if (option == 42 /* MCAST_JOIN_GROUP */ || option == 45 /* MCAST_LEAVE_GROUP */)
		print_group(text, place);
	else if (level == LEVEL_IP && (option == 35 || option == 36) /* IP_ADD_MEMBERSHIP, DROP */)
		print_whole(text, place, &sct_struct_ip_mreq);
	else if (level == LEVEL_IPV6 && (option == 20 || option == 21 || option == 27 || option == 28))
		print_whole(text, place, &sct_struct_ipv6_mreq);
	else
		return false;
	return true;
}

static bool print_of_packet(struct sct_text *text, const struct sct_place *place, uint32_t option)
{
	if (is_get(place)) {
		if (option != 6 /* PACKET_STATISTICS */)
			return false;
		print_cut(text, place, &sct_struct_tpacket_stats);
	} else if (option == 5 || option == 13 /* PACKET_RX_RING, PACKET_TX_RING */) {
		if (place->len == 16)
			print_whole(text, place, &sct_struct_tpacket_req);
		else
			sct_text_addr(text, place->address);
	} else if (option == 1 || option == 2 /* PACKET_ADD_MEMBERSHIP, PACKET_DROP_MEMBERSHIP */) {
		print_packet_mreq(text, place);
	} else {
		return false;
	}
	return true;
}

static void print_of_netlink(struct sct_text *text, const struct sct_place *place, uint32_t option)
{
	bool get = is_get(place);

	if (get && option == 9 /* NETLINK_LIST_MEMBERSHIPS */)
		print_memberships(text, place);
	else if (place->len >= 4)
		print_int(text, place);
	else
		sct_text_addr(text, place->address);
}

static bool print_of_level(struct sct_text *text, const struct sct_place *place)
{
	uint32_t option = option_of(place);

	switch (level_of(place)) {
	case SOL_SOCKET:
		return print_of_socket(text, place, option);
	case LEVEL_IP:
	case LEVEL_IPV6:
		return print_of_ip(text, place, level_of(place), option);
	case LEVEL_PACKET:
		return print_of_packet(text, place, option);
	case LEVEL_NETLINK:
		print_of_netlink(text, place, option);
		return true;
	case LEVEL_RAW:
		if (option != 1 /* ICMP_FILTER */)
			return false;
		if (place->len)
			print_icmp_filter(text, place);
		else
			sct_text_addr(text, place->address);
		return true;
	default:
		return false;
	}
}

void sct_sockopt_value_print(struct sct_text *text, const struct sct_place *place)
{
	if (place->wanted > INT32_MAX || (!place->len && is_get(place)))
		sct_text_addr(text, place->address);
	else if (print_of_level(text, place))
		return;
	else if (place->wanted == 4 && place->len >= 4)
		print_int(text, place);
	else
		print_string(text, place);
}
