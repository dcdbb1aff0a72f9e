// SPDX-License-Identifier: GPL-2.0-or-later
/* Addresses of every family, options and control messages of every kind, in every length: what userspace/decode makes of them. */
#include <sys/socket.h>
#include <sys/uio.h>

#include "calls.h"

static unsigned char bytes[256];

static void fill(unsigned int family)
{
	unsigned int i;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = i;
	*(uint16_t *)bytes = family;
}

static void address(unsigned int family, unsigned int at, const void *what, unsigned int n, unsigned int len)
{
	memset(bytes, 0, sizeof(bytes));
	*(uint16_t *)bytes = family;
	memcpy(bytes + at, what, n);
	call(connect, NO_FD, bytes, len);
}

static void all_lengths(unsigned int family)
{
	static const int lengths[] = { 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 36, 72, 88, 96, 128 };
	unsigned int i;

	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		fill(family);
		call(connect, NO_FD, bytes, lengths[i]);
	}
}

static void unix_addresses(void)
{
	all_lengths(AF_UNIX);
	address(AF_UNIX, 2, "", 1, 110);
}

static void inet(void)
{
	all_lengths(AF_INET);
}

static void inet6(void)
{
	all_lengths(AF_INET6);
	address(AF_INET6, 8, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1\1", 17, 28);
	address(AF_INET6, 18, "\377\377\n\0\0\1\1", 7, 28);
}

static void netlink(void)
{
	all_lengths(AF_NETLINK);
	address(AF_NETLINK, 8, "\1", 1, 12);
}

static void packet(void)
{
	all_lengths(AF_PACKET);
	address(AF_PACKET, 2, "\x08\x06\1\0\0\0\1\0\4\6abcdef", 16, 20);
}

static void bluetooth(void)
{
	static const uint16_t psms[] = { 0, 1, 3, 0x7f, 0x80, 0x81, 0xff, 0x100, 0x1001, 0x1003, 0x10ff, 0xffff };
	unsigned int i;

	all_lengths(AF_BLUETOOTH);
	for (i = 0; i < sizeof(psms) / sizeof(psms[0]); i++)
		address(AF_BLUETOOTH, 2, &psms[i], 2, 14);
}

static void ax25(void)
{
	all_lengths(AF_AX25);
	address(AF_AX25, 2, "\x82\x84\x86\x62\x64\x66\x0a\0\0\0\1\0\0\0\xb0\xb2\x40\x40\x40\x40\0", 21, 72);
	address(AF_AX25, 2, "\x82\x84\x86\x62\x64\x66\x0a", 7, 16);
}

static void x25(void)
{
	all_lengths(AF_X25);
	address(AF_X25, 2, "123", 3, 18);
}

static void alg(void)
{
	all_lengths(AF_ALG);
	address(AF_ALG, 2, "hash", 4, 88);
}

static void vsock(void)
{
	all_lengths(AF_VSOCK);
	address(AF_VSOCK, 4, "\377\377\377\377\377\377\377\377\1", 9, 16);
}

static void qipcrtr(void)
{
	all_lengths(AF_QIPCRTR);
	address(AF_QIPCRTR, 4, "\377\377\377\377\376\377\377\377", 8, 12);
}

static void other_addresses(void)
{
	static const unsigned char own[48] = {
		[AF_UNIX] = 1, [AF_INET] = 1, [AF_INET6] = 1, [AF_NETLINK] = 1, [AF_PACKET] = 1, [AF_BLUETOOTH] = 1,
		[AF_AX25] = 1, [AF_X25] = 1, [AF_ALG] = 1, [AF_VSOCK] = 1, [AF_QIPCRTR] = 1,
	};
	unsigned int family;

	for (family = 0; family < 48; family++) {
		if (!own[family])
			all_lengths(family);
	}
}

static const int option_lengths[] = { 0, 1, 4, 8, 12, 16, 20, 40, 136 };

/* Each option of a level, in some of the lengths. */
static void options_of(int level)
{
	unsigned int option, i, length;

	fill(0x100);
	for (option = 0; option < 80; option++) {
		for (i = option % 3; i < sizeof(option_lengths) / sizeof(option_lengths[0]); i += 3) {
			length = option_lengths[i];
			call(setsockopt, NO_FD, level, option, bytes, length);
			call(getsockopt, NO_FD, level, option, bytes, &length);
		}
	}
}

/* One option in all of them. */
static void all_lengths_of(int level, int option)
{
	unsigned int i;

	for (i = 0; i < sizeof(option_lengths) / sizeof(option_lengths[0]); i++)
		call(setsockopt, NO_FD, level, option, bytes, option_lengths[i]);
}

static void socket_options(void)
{
	options_of(SOL_SOCKET);
	all_lengths_of(SOL_SOCKET, SO_LINGER);
	all_lengths_of(SOL_SOCKET, SO_ATTACH_FILTER);
}

static void ip_options(void)
{
	options_of(0);
	all_lengths_of(0, 35);
	all_lengths_of(0, 42);
}

static void tcp_options(void)
{
	options_of(6);
}

static void udp_options(void)
{
	options_of(17);
}

static void ipv6_options(void)
{
	options_of(41);
	all_lengths_of(41, 20);
}

static void raw_options(void)
{
	options_of(255);
	all_lengths_of(255, 1);
}

static void packet_options(void)
{
	options_of(263);
	all_lengths_of(263, 1);
	all_lengths_of(263, 5);
}

static void netlink_options(void)
{
	options_of(270);
}

static void sctp_options(void)
{
	options_of(132);
}

static void other_options(void)
{
	static const int levels[] = { 40, 101, 256, 257, 266, 268, 269, 271, 272, 273, 274, 275, 276, 277, 278, 279, 280, 281, 282, 283, 999 };
	unsigned int i;

	for (i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		options_of(levels[i]);
}

/* No length of -1: at that strace 6.1 does not come to an end. */
static void control_messages_of(int level)
{
	static const int lengths[] = { 0, 1, 4, 8, 12, 16, 20, 28, 48, 64 };
	struct iovec iov = { "x", 1 };
	struct cmsghdr *c = (void *)bytes;
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = c };
	unsigned int type, i;

	for (type = 0; type < 48; type++) {
		for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
			fill(0);
			c->cmsg_len = CMSG_LEN(lengths[i]);
			c->cmsg_level = level;
			c->cmsg_type = type;
			msg.msg_controllen = CMSG_SPACE(lengths[i]);
			call(sendmsg, NO_FD, &msg, 0);
		}
	}
}

static void socket_messages(void)
{
	control_messages_of(SOL_SOCKET);
}

static void ip_messages(void)
{
	control_messages_of(0);
}

static void other_messages(void)
{
	control_messages_of(41);
	control_messages_of(12345);
}

static void cut_messages(void)
{
	struct iovec iov = { "x", 1 };
	struct cmsghdr *c = (void *)bytes;
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = c };
	unsigned int i;

	memset(bytes, 0, sizeof(bytes));
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(8);
	for (i = 0; i < 70; i++) {
		msg.msg_controllen = i;
		call(sendmsg, NO_FD, &msg, 0);
	}
	c->cmsg_len = 100;
	call(sendmsg, NO_FD, &msg, 0);
	c->cmsg_len = 3;
	msg.msg_controllen = sizeof(*c);
	call(sendmsg, NO_FD, &msg, 0);
	msg.msg_controllen = 0;
	msg.msg_name = bytes;
	msg.msg_namelen = 100;
	call(sendmsg, NO_FD, &msg, 0);
	msg.msg_namelen = -1;
	msg.msg_iov = NULL;
	call(sendmsg, NO_FD, &msg, 0);
	msg.msg_iov = (void *)16;
	call(sendmsg, NO_FD, &msg, 0);
}

static const struct family families[] = {
	{ "af_unix", unix_addresses },
	{ "af_inet", inet },
	{ "af_inet6", inet6 },
	{ "af_netlink", netlink },
	{ "af_packet", packet },
	{ "af_bluetooth", bluetooth },
	{ "af_ax25", ax25 },
	{ "af_x25", x25 },
	{ "af_alg", alg },
	{ "af_vsock", vsock },
	{ "af_qipcrtr", qipcrtr },
	{ "af_others", other_addresses },
	{ "sol_socket", socket_options },
	{ "sol_ip", ip_options },
	{ "sol_tcp", tcp_options },
	{ "sol_udp", udp_options },
	{ "sol_ipv6", ipv6_options },
	{ "sol_raw", raw_options },
	{ "sol_packet", packet_options },
	{ "sol_netlink", netlink_options },
	{ "sol_sctp", sctp_options },
	{ "sol_others", other_options },
	{ "scm_socket", socket_messages },
	{ "scm_ip", ip_messages },
	{ "scm_others", other_messages },
	{ "scm_cut", cut_messages },
};

PROGRAM(NULL, NULL)
