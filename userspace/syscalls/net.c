/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sockets, and the names of the machine. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	/* What the protocol means depends on the family. */
	{ .name = "socket", .args = {
		ENUM("domain", addrfams), FLAGS("type", socket_types), INT("protocol") } },
	{ .name = "socketpair", .args = {
		ENUM("domain", addrfams), FLAGS("type", socket_types), INT("protocol"), PTR("sv") } },
	{ .name = "bind", .args = { FD("sockfd"), PTR("addr"), INT("addrlen") } },
	{ .name = "connect", .args = { FD("sockfd"), PTR("addr"), INT("addrlen") } },
	{ .name = "listen", .args = { FD("sockfd"), INT("backlog") } },
	{ .name = "accept", .args = { FD("sockfd"), PTR("addr"), PTR("addrlen") } },
	{ .name = "accept4", .args = {
		FD("sockfd"), PTR("addr"), PTR("addrlen"), FLAGS("flags", sock_flags) } },
	{ .name = "getsockname", .args = { FD("sockfd"), PTR("addr"), PTR("addrlen") } },
	{ .name = "getpeername", .args = { FD("sockfd"), PTR("addr"), PTR("addrlen") } },
	{ .name = "shutdown", .args = { FD("sockfd"), ENUM("how", shutdown_modes) } },
	/* What the option means depends on the level. */
	{ .name = "setsockopt", .args = {
		FD("sockfd"), ENUM("level", socket_levels), INT("optname"), PTR("optval"),
		INT("optlen") } },
	{ .name = "getsockopt", .args = {
		FD("sockfd"), ENUM("level", socket_levels), INT("optname"), PTR("optval"),
		PTR("optlen") } },
	{ .name = "sendto", .args = {
		FD("sockfd"), BUF_IN("buf", 2), ULONG("len"), FLAGS("flags", msg_flags),
		PTR("dest_addr"), INT("addrlen") } },
	{ .name = "recvfrom", .args = {
		FD("sockfd"), BUF_OUT("buf"), ULONG("len"), FLAGS("flags", msg_flags),
		PTR("src_addr"), PTR("addrlen") } },
	{ .name = "sendmsg", .args = { FD("sockfd"), PTR("msg"), FLAGS("flags", msg_flags) } },
	{ .name = "recvmsg", .args = { FD("sockfd"), PTR("msg"), FLAGS("flags", msg_flags) } },
	{ .name = "sendmmsg", .args = {
		FD("sockfd"), PTR("msgvec"), UINT("vlen"), FLAGS("flags", msg_flags) } },
	{ .name = "recvmmsg", .args = {
		FD("sockfd"), PTR("msgvec"), UINT("vlen"), FLAGS("flags", msg_flags), PTR("timeout") } },
	{ .name = "sethostname", .args = { BUF_IN("name", 1), INT("len") } },
	{ .name = "setdomainname", .args = { BUF_IN("name", 1), INT("len") } },
};

SCT_FAMILY(net);
