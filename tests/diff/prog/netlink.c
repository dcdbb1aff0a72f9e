// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Messages of netlink: good ones, cut ones, and such as lie about their lengths. What is only to be looked at is sent with MSG_OOB,
 * which netlink refuses before it does anything.
 */
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "calls.h"

static union {
	struct nlmsghdr header;
	unsigned char bytes[1024];
} message;

static int fd;

/* So many bytes of it, which says that it has len. */
static void show(int type, int flags, unsigned int bytes, unsigned int len)
{
	message.header.nlmsg_len = len;
	message.header.nlmsg_type = type;
	message.header.nlmsg_flags = flags;
	message.header.nlmsg_seq = 7;
	message.header.nlmsg_pid = -5;
	call(sendto, fd, message.bytes, bytes, MSG_OOB, NULL, 0);
}

static void fill(void)
{
	unsigned int i;

	memset(&message, 0, sizeof(message));
	for (i = NLMSG_HDRLEN; i < sizeof(message); i++)
		message.bytes[i] = i - 15;
}

static void headers(void)
{
	static const unsigned int types[] = { 0, 1, 2, 3, 4, 15, RTM_NEWLINK, RTM_DELLINK, RTM_GETLINK, RTM_SETLINK, RTM_NEWADDR, RTM_DELADDR,
					      RTM_GETADDR, RTM_NEWROUTE, RTM_DELROUTE, RTM_GETROUTE, RTM_NEWNEIGH, RTM_GETNEIGH,
					      RTM_NEWRULE, RTM_GETRULE, RTM_NEWQDISC, RTM_GETQDISC, RTM_NEWTCLASS, RTM_GETTFILTER,
					      RTM_GETMULTICAST, RTM_GETANYCAST };
	static const unsigned int lengths[] = { 0, 1, 4, 15, 16, 17, 18, 19, 20, 24, 28, 29, 31, 32, 33, 36, 37, 38, 40, 44, 60 };
	unsigned int i, k;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		fill();
		show(types[i], 0xffff, 16, 16);
		for (k = 0; k < sizeof(lengths) / sizeof(lengths[0]); k++)
			show(types[i], 1, lengths[k], lengths[k]);
		memset(&message, 0, sizeof(message));
		show(types[i], 1, 16, 16);
		show(types[i], 1, 17, 17);
		show(types[i], 1, 60, 60);
	}
}

static void lies(void)
{
	static const unsigned int bytes[] = { 16, 17, 20, 32, 33, 36, 60, 64, 100 }, len[] = { 0, 4, 15, 16, 17, 20, 33, 36, 99, 0xffffffff };
	unsigned int i, k;

	for (i = 0; i < sizeof(bytes) / sizeof(bytes[0]); i++) {
		for (k = 0; k < sizeof(len) / sizeof(len[0]); k++) {
			fill();
			show(RTM_NEWLINK, 0, bytes[i], len[k]);
			memset(&message, 0, sizeof(message));
			show(RTM_NEWADDR, 0, bytes[i], len[k]);
		}
	}
	call(sendto, fd, BAD, 40, MSG_OOB, NULL, 0);
	call(sendto, fd, NULL, 0, MSG_OOB, NULL, 0);
}

static void errors(void)
{
	static const int numbers[] = { 0, -2, 5, -5000, 0x80000000 };
	static const unsigned int lengths[] = { 16, 18, 20, 22, 36, 37, 40, 44, 52, 60, 61, 80 }, inner[] = { 0, 16, 18, 36, 40, 90 };
	struct nlmsghdr *about = (void *)(message.bytes + NLMSG_HDRLEN + 4);
	unsigned int i, k, flags;

	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		for (k = 0; k < sizeof(inner) / sizeof(inner[0]); k++) {
			for (flags = 0; flags < 4; flags++) {
				memset(&message, 0, sizeof(message));
				memcpy(message.bytes + NLMSG_HDRLEN, &numbers[k % 5], 4);
				about->nlmsg_len = inner[k];
				about->nlmsg_type = RTM_NEWADDR;
				message.bytes[60] = 8;
				message.bytes[62] = 1;
				show(NLMSG_ERROR, flags << 8, lengths[i], lengths[i]);
			}
		}
	}
	memset(&message, 0, sizeof(message));
	about->nlmsg_len = 60;
	about->nlmsg_type = NLMSG_ERROR;
	show(NLMSG_ERROR, 0, 80, 80);
	show(NLMSG_DONE, NLM_F_MULTI, 20, 20);
	show(NLMSG_DONE, NLM_F_MULTI, 24, 24);
}

/* Each attribute that a type may have, of all lengths that mean something. */
static void attributes(int type, unsigned int head, int family, unsigned int from, unsigned int to)
{
	static const unsigned int lengths[] = { 0, 3, 4, 5, 6, 8, 10, 12, 14, 20, 36, 100, 204 };
	unsigned int at = NLMSG_HDRLEN + NLMSG_ALIGN(head), i, k;

	for (i = from; i <= to; i++) {
		for (k = 0; k < sizeof(lengths) / sizeof(lengths[0]); k++) {
			struct nlattr *attr = (void *)(message.bytes + at);
			unsigned int len = at + (lengths[k] < 4 ? 4 : lengths[k]);

			fill();
			memset(message.bytes + NLMSG_HDRLEN, 0, head);
			message.bytes[NLMSG_HDRLEN] = family;
			attr->nla_len = lengths[k];
			attr->nla_type = i;
			show(type, 0, len, len);
		}
	}
}

/* Other protocols: requests and answers of each length, and then attributes. */
static void diag(int family, unsigned int head, unsigned int last)
{
	static const unsigned int lengths[] = { 20, 24, 39, 40, 41, 44, 71, 72, 73, 76, 87, 88, 90, 92, 99, 120 };
	unsigned int i, flags;

	for (flags = 0; flags <= NLM_F_REQUEST; flags += NLM_F_REQUEST) {
		for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
			fill();
			message.bytes[NLMSG_HDRLEN] = family;
			show(20, flags, lengths[i], lengths[i]);
			memset(message.bytes + NLMSG_HDRLEN, 0, 500);
			message.bytes[NLMSG_HDRLEN] = family;
			show(20, flags, lengths[i], lengths[i]);
		}
	}
	attributes(20, head, family, 0, last);
}

static void others(void)
{
	static const struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	static const int protocols[] = { NETLINK_GENERIC, NETLINK_AUDIT, NETLINK_KOBJECT_UEVENT, NETLINK_XFRM, NETLINK_USERSOCK };
	static const int types[] = { 1, 2, 3, 15, 16, 1000, 1001, 1112, 1300, 1327, 2000 }, xfrm[] = { 17, 18, 19, 20, 21, 22, 24, 25, 26, 27, 28, 30, 31, 32, 33, 34, 35, 36, 37, 38 };
	int route = fd;
	unsigned int i, k;

	for (i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		fd = call(socket, AF_NETLINK, SOCK_RAW, protocols[i]);
		call(bind, fd, &any, sizeof(any));
		fill();
		for (k = 0; k < sizeof(types) / sizeof(types[0]); k++) {
			show(types[k], 0xffff, 16, 16);
			show(types[k], 0, 24, 24);
		}
		for (k = 0; protocols[i] == NETLINK_XFRM && k < sizeof(xfrm) / sizeof(xfrm[0]); k++)
			show(xfrm[k], 0xffff, 24, 24);
		call(close, fd);
	}
	fd = call(socket, AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
	call(bind, fd, &any, sizeof(any));
	diag(AF_INET, 72, 22);
	diag(AF_INET6, 72, 3);
	diag(AF_UNIX, 16, 8);
	call(close, fd);
	fd = route;
}

static void lists(void)
{
	unsigned int at = NLMSG_HDRLEN + sizeof(struct ifinfomsg), i;

	memset(&message, 0, sizeof(message));
	for (i = 0; i < 8; i++) {
		struct nlattr *attr = (void *)(message.bytes + at);

		attr->nla_len = 5 + i;
		attr->nla_type = i % 4 == 3 ? IFLA_IFNAME | NLA_F_NESTED : i % 4 == 2 ? IFLA_MTU | NLA_F_NET_BYTEORDER : IFLA_ALLMULTI;
		memset(attr + 1, 'a' + i, 1 + i);
		at += NLA_ALIGN(attr->nla_len);
		show(RTM_NEWLINK, 0, at, at);
		show(RTM_NEWLINK, 0, at + 3, at + 3);
		show(RTM_NEWLINK, 0, at + 20, at);
		show(RTM_NEWLINK, 0, at - 2, at - 2);
	}
	call(sendto, NO_FD, message.bytes, at, 0, NULL, 0);
}

static void vectors(void)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct iovec iov[] = { { &message, 32 }, { "hello", 5 }, { message.bytes, 1000 } };
	struct msghdr named = { .msg_name = &kernel, .msg_namelen = sizeof(kernel), .msg_iov = iov, .msg_iovlen = 3 };
	struct msghdr unnamed = { .msg_iov = iov, .msg_iovlen = 3 };
	struct mmsghdr several[] = { { .msg_hdr = named }, { .msg_hdr = unnamed }, { .msg_hdr = named } };

	fill();
	show(RTM_NEWADDR, 0, 24, 24);
	call(sendmsg, fd, &named, MSG_OOB);
	call(sendmsg, fd, &unnamed, MSG_OOB);
	call(sendmsg, NO_FD, &named, 0);
	call(sendmmsg, fd, several, 3, MSG_OOB);
	call(sendto, fd, message.bytes, 24, MSG_OOB, &kernel, sizeof(kernel));
	call(writev, fd, iov, 0);
}

/* What the kernel answers. */
static void answers(int type)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	static char room[16384];
	socklen_t len = sizeof(kernel);
	struct iovec iov = { room, sizeof(room) };
	struct msghdr to = { .msg_name = &kernel, .msg_namelen = sizeof(kernel), .msg_iov = &iov, .msg_iovlen = 1 };

	memset(&message, 0, sizeof(message));
	message.header.nlmsg_len = 24;
	message.header.nlmsg_type = type;
	message.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	call(sendto, fd, message.bytes, 24, 0, NULL, 0);
	call(recvfrom, fd, room, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT, NULL, NULL);
	call(recvfrom, fd, room, sizeof(room), MSG_PEEK | MSG_DONTWAIT, NULL, NULL);
	call(recvfrom, fd, room, sizeof(room), MSG_PEEK | MSG_DONTWAIT, &kernel, &len);
	call(recvmsg, fd, &to, MSG_DONTWAIT);
	call(recvmsg, fd, &to, MSG_DONTWAIT);
	call(recvmsg, fd, &to, MSG_DONTWAIT);
}

static void open_route(void)
{
	static const struct sockaddr_nl any = { .nl_family = AF_NETLINK };

	fd = call(socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	/* Before this strace does not know the protocol. */
	call(bind, fd, &any, sizeof(any));
}

static void close_route(void)
{
	call(close, fd);
}

static void links(void)
{
	attributes(RTM_NEWLINK, sizeof(struct ifinfomsg), AF_UNSPEC, 0, 62);
}

static void addresses(void)
{
	attributes(RTM_NEWADDR, sizeof(struct ifaddrmsg), AF_INET, 0, 13);
	attributes(RTM_NEWADDR, sizeof(struct ifaddrmsg), AF_INET6, 0, 3);
	attributes(RTM_NEWADDR, sizeof(struct ifaddrmsg), AF_UNIX, 0, 3);
}

static void routes(void)
{
	attributes(RTM_NEWROUTE, sizeof(struct rtmsg), AF_INET, 0, 32);
	attributes(RTM_NEWROUTE, sizeof(struct rtmsg), AF_INET6, 0, 6);
}

static void neighbours(void)
{
	attributes(RTM_NEWNEIGH, sizeof(struct ndmsg), AF_INET, 0, 18);
}

static void rules(void)
{
	attributes(RTM_NEWRULE, sizeof(struct fib_rule_hdr), AF_INET6, 0, 25);
}

static void answers_of_the_kernel(void)
{
	answers(RTM_GETADDR);
	answers(RTM_GETRULE);
}

/* A copy of the descriptor is of the same protocol; another socket with the same number is not. */
static void descriptors(void)
{
	int copy = call(dup, fd), other;

	call(close, fd);
	fd = copy;
	show(RTM_GETADDR, 1, 24, 24);
	other = call(socket, AF_UNIX, SOCK_DGRAM, 0);
	call(sendto, other, message.bytes, 24, MSG_OOB, NULL, 0);
	call(close, other);
}

static const struct family families[] = {
	{ "headers", headers, "-s 4096" },
	{ "lengths", lies, "-s 4096" },
	{ "errors", errors, "-s 4096" },
	{ "link", links, "-s 4096" },
	{ "addr", addresses, "-s 4096" },
	{ "route", routes, "-s 4096" },
	{ "neigh", neighbours, "-s 4096" },
	{ "rule", rules, "-s 4096" },
	{ "lists", lists, "-s 4096" },
	{ "protocols", others, "-s 4096" },
	{ "vectors", vectors, "-s 4096" },
	{ "answers", answers_of_the_kernel, "-s 4096" },
	{ "descriptors", descriptors, "-s 4096" },
};

PROGRAM(open_route, close_route)
