/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sockets, and the names of the machine. */
#include "printers.h"
#include "structs.h"

/* An option's value; what it is, level and option tell. */
STRUCT_BY(sockopt, sct_sockopt_value_print, { K_CHARS, STR(""), 4096 });
STRUCT_BY(sock_filter, sct_bpf_insn_print, { K_U16, HEX("code") }, { K_U8, UINT("jt") }, { K_U8, UINT("jf") },
	  { K_U32, HEX("k") });
/* The same of options that may be a filter's program, which leads on. */
static const struct sct_struct sct_struct_sockopt_filter = {
	.name = "sockopt_filter",
	MEMBERS({ K_U16, UINT("len") },
		{ K_PTR, { .name = "filter", .type = SCT_ARRAY, .of = &sct_struct_sock_filter, .count = SCT_COUNT_ARG,
			   .verbose = true } }),
	.size = 4096,
	.print = sct_sockopt_value_print,
};

/* The time that the call was given; what was left of it stands behind the result. */
STRUCT_BY(mmsg_timeout, sct_mmsg_timeout_print, { K_STRUCT, STRUCT_IN("", timespec) });
STRUCT_BY(mmsg_timeout64, sct_mmsg_timeout_print, { K_STRUCT, STRUCT_IN("", timespec64) });

STRUCT_BY(hostname, sct_hostname_print, { K_CHARS, STR(""), 64 });

#define MESSAGE_IN(n, l)	{ .name = n, .type = SCT_BUF, .count = SCT_COUNT_ARG, .len = l, .message = true }
#define MESSAGE_OUT(n, l) \
	{ .name = n, .type = SCT_BUF, .count = SCT_COUNT_RESULT, .len = l, .dir = SCT_OUT, .message = true }

static const struct sct_row rows[] = {
	/* What the protocol means depends on the family. */
	{ .name = "socket", .ret = SCT_RET_FD, .args = {
		ENUM("domain", addrfams), CUSTOM("type", sct_socket_type_print),
		CUSTOM("protocol", sct_socket_protocol_print) } },
	{ .name = "socketpair", .args = {
		ENUM("domain", addrfams), CUSTOM("type", sct_socket_type_print),
		ULONG("protocol"), FIXED_OUT("sv", fd, 2) } },
	{ .name = "bind", .args = { FD("sockfd"), SIZED_IN("addr", sockaddr, 2), INT("addrlen") } },
	{ .name = "connect", .args = { FD("sockfd"), SIZED_IN("addr", sockaddr, 2), INT("addrlen") } },
	{ .name = "listen", .args = { FD("sockfd"), INT("backlog") } },
	{ .name = "accept", .ret = SCT_RET_FD, .args = {
		FD("sockfd"), SIZED_OUT_AT("addr", sockaddr, 2), STRUCT_INOUT("addrlen", socklen) } },
	{ .name = "accept4", .ret = SCT_RET_FD, .args = {
		FD("sockfd"), SIZED_OUT_AT("addr", sockaddr, 2), STRUCT_INOUT("addrlen", socklen),
		FLAGS("flags", sock_flags) } },
	{ .name = "getsockname", .args = {
		FD("sockfd"), SIZED_OUT_AT("addr", sockaddr, 2), STRUCT_INOUT("addrlen", socklen) } },
	{ .name = "getpeername", .args = {
		FD("sockfd"), SIZED_OUT_AT("addr", sockaddr, 2), STRUCT_INOUT("addrlen", socklen) } },
	{ .name = "shutdown", .args = { FD("sockfd"), ENUM("how", shutdown_modes) } },
	/* What the option means depends on the level. */
	{ .name = "setsockopt", .args = {
		FD("sockfd"), ENUM("level", socket_levels), CUSTOM("optname", sct_sockopt_name_print),
		SIZED_IN("optval", sockopt, 4), INT("optlen") } },
	/* SO_ATTACH_FILTER, SO_ATTACH_REUSEPORT_CBPF. */
	{ .name = "setsockopt", WHEN(2, 26, 51), .args = {
		FD("sockfd"), ENUM("level", socket_levels), CUSTOM("optname", sct_sockopt_name_print),
		SIZED_IN("optval", sockopt_filter, 4), INT("optlen") } },
	{ .name = "getsockopt", .args = {
		FD("sockfd"), ENUM("level", socket_levels), CUSTOM("optname", sct_sockopt_name_print),
		SIZED_OUT_AT("optval", sockopt, 4), STRUCT_INOUT("optlen", socklen) } },
	{ .name = "sendto", .args = {
		FD("sockfd"), MESSAGE_IN("buf", 2), ULONG("len"), FLAGS("flags", msg_flags),
		SIZED_IN("dest_addr", sockaddr, 5), INT("addrlen") } },
	{ .name = "recvfrom", .args = {
		FD("sockfd"), MESSAGE_OUT("buf", 2), ULONG("len"), FLAGS("flags", msg_flags),
		SIZED_OUT_AT("src_addr", sockaddr, 5), STRUCT_INOUT("addrlen", socklen) } },
	{ .name = "sendmsg", .args = {
		FD("sockfd"), STRUCT_IN("msg", msghdr_in), FLAGS("flags", msg_flags) } },
	{ .name = "recvmsg", .args = {
		FD("sockfd"), STRUCT_INOUT("msg", msghdr_out), FLAGS("flags", msg_flags) } },
	{ .name = "sendmmsg", .args = {
		FD("sockfd"), ARRAY_IN_SEEN("msgvec", mmsghdr_in, 2), UINT("vlen"),
		FLAGS("flags", msg_flags) } },
	{ .name = "recvmmsg", .remark = sct_mmsg_left_remark, .args = {
		FD("sockfd"), ARRAY_INOUT_RESULT("msgvec", mmsghdr_out, 2), UINT("vlen"), FLAGS("flags", msg_flags),
		STRUCT_INOUT("timeout", mmsg_timeout) } },
	{ .name = "recvmmsg_time64", .remark = sct_mmsg_left_remark, .args = {
		FD("sockfd"), ARRAY_INOUT_RESULT("msgvec", mmsghdr_out, 2), UINT("vlen"), FLAGS("flags", msg_flags),
		STRUCT_INOUT("timeout", mmsg_timeout64) } },
	{ .name = "sethostname", .args = { SIZED_IN("name", hostname, 1), UINT("len") } },
	{ .name = "setdomainname", .args = { SIZED_IN("name", hostname, 1), UINT("len") } },
};

SCT_FAMILY(net);
