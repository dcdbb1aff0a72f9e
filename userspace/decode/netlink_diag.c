/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NETLINK_SOCK_DIAG: sockets asked about and told of, of AF_INET, AF_INET6 and AF_UNIX. */
#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>

#include "layout.h"
#include "netlink.h"
#include "sockaddr.h"
#include "structs.h"
#include "syscall_table.h"

static void print_request(struct sct_text *text, const struct sct_place *place);
static void print_socket(struct sct_text *text, const struct sct_place *place);

/* Bits that are numbered by an enumeration: 1<<NAME, or 1<<(NAME-1). */
static void print_bits(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat, unsigned int from)
{
	uint64_t rest = value;
	const char *sep = "";
	unsigned int i;

	if (!value || !sct_text_const(text, value, SCT_HEX_DIGITS)) {
		sct_text_put(text, value ? "" : "0");
		return;
	}
	for (i = 0; i < 32; i++) {
		const char *name = sct_xlat_name(xlat, i + from);

		if (!(value >> i & 1) || !name)
			continue;
		sct_text_putf(text, from ? "%s1<<(%s-%u)" : "%s1<<%s", sep, name, from);
		rest &= ~(1ull << i);
		sep = "|";
	}
	if (rest)
		sct_text_putf(text, "%s%#llx", sep, (unsigned long long)rest);
	sct_text_const_end(text);
}

static void print_ext(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_bits(text, value, &sct_xlat_inet_diag_attrs, 1);
}

static void print_states(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	print_bits(text, value, &sct_xlat_tcp_states, 0);
}

/* struct inet_diag_sockid: addresses are the family's. */
STRUCT(sockid, { K_BE16, CUSTOM("idiag_sport", sct_htons_print) }, { K_BE16, CUSTOM("idiag_dport", sct_htons_print) },
       { K_U32, UPPER, .n = 4 }, { K_U32, UPPER, .n = 4 }, { K_U32, CUSTOM("idiag_if", sct_ifindex_print) },
       { K_U32, UINT("idiag_cookie"), .n = 2 });
STRUCT_BY(inet_diag_req, print_request, { K_U8, ENUM("sdiag_family", addrfams) },
	  { K_U8, ENUM("sdiag_protocol", inet_protocols) }, { K_U8, CUSTOM("idiag_ext", print_ext) }, { K_U8, UPPER },
	  { K_U32, CUSTOM("idiag_states", print_states) }, { K_STRUCT, STRUCT_IN("id", sockid) });
STRUCT_BY(inet_diag_msg, print_socket, { K_U8, ENUM("idiag_family", addrfams) }, { K_U8, ENUM("idiag_state", tcp_states) },
	  { K_U8, UINT("idiag_timer") }, { K_U8, UINT("idiag_retrans") }, { K_STRUCT, STRUCT_IN("id", sockid) },
	  { K_U32, UINT("idiag_expires") }, { K_U32, UINT("idiag_rqueue") }, { K_U32, UINT("idiag_wqueue") },
	  { K_U32, UINT("idiag_uid") }, { K_U32, UINT("idiag_inode") });
STRUCT(unix_diag_req, { K_U8, ENUM("sdiag_family", addrfams) }, { K_U8, UINT("sdiag_protocol") }, { K_U16, UPPER },
       { K_U32, CUSTOM("udiag_states", print_states) }, { K_U32, UINT("udiag_ino") },
       { K_U32, FLAGS("udiag_show", unix_diag_show) }, { K_U32, UINT("udiag_cookie"), .n = 2 });
STRUCT(unix_diag_msg, { K_U8, ENUM("udiag_family", addrfams) }, { K_U8, ENUM("udiag_type", socket_types) },
       { K_U8, ENUM("udiag_state", tcp_states) }, { K_U8, UPPER }, { K_U32, UINT("udiag_ino") },
       { K_U32, UINT("udiag_cookie"), .n = 2 });
STRUCT(inet_diag_meminfo, { K_U32, UINT("idiag_rmem") }, { K_U32, UINT("idiag_wmem") }, { K_U32, UINT("idiag_fmem") },
       { K_U32, UINT("idiag_tmem") });
STRUCT(unix_diag_rqlen, { K_U32, UINT("udiag_rqueue") }, { K_U32, UINT("udiag_wqueue") });

/* Members of struct sockid, and where the struct lies in the other two. */
enum { SPORT, DPORT, SRC, DST, IF, COOKIE };
enum { REQ_ID = 5, MSG_ID = 4 };

static void print_address(struct sct_text *text, const struct sct_place *id, unsigned int member, const char *name, uint8_t family)
{
	struct sct_place at = *id;

	at.bytes += sct_member_at(id, member);
	at.len = 16;
	sct_text_put(text, ", ");
	if (family == AF_INET6) {
		sct_inet6_print(text, &at, name);
		return;
	}
	sct_text_putf(text, "%s=", name);
	if (family == AF_INET)
		sct_inet_addr_print(text, &at, ntohl(sct_number_at(at.bytes, 4)));
	else
		sct_text_quoted_hex(text, at.bytes, 16, false);
}

/* All of it is there. */
static void print_id(struct sct_text *text, const struct sct_place *place, unsigned int member)
{
	struct sct_place id;

	if (!sct_member_place(&id, place, member))
		return;
	sct_text_put(text, ", id={");
	sct_members_print(text, &id, SPORT, DPORT + 1);
	print_address(text, &id, SRC, "idiag_src", *place->bytes);
	print_address(text, &id, DST, "idiag_dst", *place->bytes);
	sct_text_put(text, ", ");
	sct_members_print(text, &id, IF, COOKIE + 1);
	sct_text_put(text, "}");
}

static void print_request(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	sct_members_print(text, place, 0, REQ_ID);
	print_id(text, place, REQ_ID);
	sct_text_put(text, "}");
}

static void print_socket(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	sct_members_print(text, place, 0, MSG_ID);
	print_id(text, place, MSG_ID);
	sct_text_put(text, ", ");
	sct_members_print(text, place, MSG_ID + 1, place->of->nr_members);
	sct_text_put(text, "}");
}

static const struct sct_nl_attrs inet_req_attrs = { .names = &sct_xlat_inet_diag_req_attrs };
NL_ATTRS(inet_attrs, inet_diag_attrs,
	 { INET_DIAG_MEMINFO, NL_STRUCT, .of = &sct_struct_inet_diag_meminfo }, { INET_DIAG_CONG, NL_STRING },
	 { INET_DIAG_TOS, NL_U8 }, { INET_DIAG_TCLASS, NL_U8 }, { INET_DIAG_SHUTDOWN, NL_U8 },
	 { INET_DIAG_PROTOCOL, NL_ENUM, &sct_xlat_inet_protocols }, { INET_DIAG_SKV6ONLY, NL_U8 }, { INET_DIAG_MARK, NL_U32 },
	 { INET_DIAG_CLASS_ID, NL_U32 }, { INET_DIAG_CGROUP_ID, NL_U64 });
NL_ATTRS(unix_attrs, unix_diag_attrs,
	 { UNIX_DIAG_NAME, NL_STRING }, { UNIX_DIAG_PEER, NL_U32 }, { UNIX_DIAG_SHUTDOWN, NL_U8 },
	 { UNIX_DIAG_RQLEN, NL_STRUCT, .of = &sct_struct_unix_diag_rqlen }, { UNIX_DIAG_UID, NL_U32 });

/* Answers have not the flag of requests. */
static const struct sct_nl_head *head(uint16_t type, uint16_t flags, uint8_t family)
{
	static const struct sct_nl_head inet[] = { { .of = &sct_struct_inet_diag_msg, .attrs = &inet_attrs },
						   { .of = &sct_struct_inet_diag_req, .attrs = &inet_req_attrs } };
	static const struct sct_nl_head local[] = { { .of = &sct_struct_unix_diag_msg, .attrs = &unix_attrs },
						    { .of = &sct_struct_unix_diag_req } };

	if (type != SOCK_DIAG_BY_FAMILY && type != SOCK_DESTROY)
		return NULL;
	if (family == AF_UNIX)
		return &local[flags & NLM_F_REQUEST];
	return family == AF_INET || family == AF_INET6 ? &inet[flags & NLM_F_REQUEST] : NULL;
}

static const struct sct_xlat *get_flags(uint16_t type)
{
	(void)type;
	return &sct_xlat_nlmsg_get_flags;
}

const struct sct_nl_protocol sct_nl_sock_diag = { NETLINK_SOCK_DIAG, &sct_xlat_sock_diag_types, get_flags, .head = head };
