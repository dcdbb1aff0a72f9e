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

static void addresses(void)
{
	static const int lengths[] = { 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 36, 72, 88, 96, 128 };
	static const uint16_t psms[] = { 0, 1, 3, 0x7f, 0x80, 0x81, 0xff, 0x100, 0x1001, 0x1003, 0x10ff, 0xffff };
	unsigned int family, i;

	for (family = 0; family < 48; family++) {
		for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
			fill(family);
			call(connect, NO_FD, bytes, lengths[i]);
		}
	}
	for (i = 0; i < sizeof(psms) / sizeof(psms[0]); i++)
		address(AF_BLUETOOTH, 2, &psms[i], 2, 14);
	address(AF_AX25, 2, "\x82\x84\x86\x62\x64\x66\x0a\0\0\0\1\0\0\0\xb0\xb2\x40\x40\x40\x40\0", 21, 72);
	address(AF_AX25, 2, "\x82\x84\x86\x62\x64\x66\x0a", 7, 16);
	address(AF_X25, 2, "123", 3, 18);
	address(AF_ALG, 2, "hash", 4, 88);
	address(AF_VSOCK, 4, "\377\377\377\377\377\377\377\377\1", 9, 16);
	address(AF_NETLINK, 8, "\1", 1, 12);
	address(AF_INET6, 8, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1\1", 17, 28);
	address(AF_INET6, 18, "\377\377\n\0\0\1\1", 7, 28);
	address(AF_PACKET, 2, "\x08\x06\1\0\0\0\1\0\4\6abcdef", 16, 20);
	address(AF_QIPCRTR, 4, "\377\377\377\377\376\377\377\377", 8, 12);
	address(AF_UNIX, 2, "", 1, 110);
}

static void options(void)
{
	static const int levels[] = { SOL_SOCKET, 0, 6, 17, 41, 255, 263, 270, 40, 132, 274, 279, 282, 283, 999 };
	static const int lengths[] = { 0, 1, 4, 8, 12, 16, 20, 40, 136 };
	unsigned int level, option, i, length;

	fill(0x100);
	for (level = 0; level < sizeof(levels) / sizeof(levels[0]); level++) {
		for (option = 0; option < 80; option++) {
			i = option % 3;
			for (; i < sizeof(lengths) / sizeof(lengths[0]); i += 3) {
				length = lengths[i];
				call(setsockopt, NO_FD, levels[level], option, bytes, length);
				call(getsockopt, NO_FD, levels[level], option, bytes, &length);
			}
		}
	}
	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		call(setsockopt, NO_FD, SOL_SOCKET, SO_LINGER, bytes, lengths[i]);
		call(setsockopt, NO_FD, SOL_SOCKET, SO_ATTACH_FILTER, bytes, lengths[i]);
		call(setsockopt, NO_FD, 0, 35, bytes, lengths[i]);
		call(setsockopt, NO_FD, 41, 20, bytes, lengths[i]);
		call(setsockopt, NO_FD, 0, 42, bytes, lengths[i]);
		call(setsockopt, NO_FD, 263, 1, bytes, lengths[i]);
		call(setsockopt, NO_FD, 263, 5, bytes, lengths[i]);
		call(setsockopt, NO_FD, 255, 1, bytes, lengths[i]);
	}
}

/* No length of -1: at that strace 6.1 does not come to an end. */
static void control_messages(void)
{
	static const int levels[] = { SOL_SOCKET, 0, 41, 12345 };
	static const int lengths[] = { 0, 1, 4, 8, 12, 16, 20, 28, 48, 64 };
	struct iovec iov = { "x", 1 };
	struct cmsghdr *c = (void *)bytes;
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = c };
	unsigned int level, type, i;

	for (level = 0; level < sizeof(levels) / sizeof(levels[0]); level++) {
		for (type = 0; type < 48; type++) {
			for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
				fill(0);
				c->cmsg_len = CMSG_LEN(lengths[i]);
				c->cmsg_level = levels[level];
				c->cmsg_type = type;
				msg.msg_controllen = CMSG_SPACE(lengths[i]);
				call(sendmsg, NO_FD, &msg, 0);
			}
		}
	}
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

int main(void)
{
	addresses();
	options();
	control_messages();
	return 0;
}
