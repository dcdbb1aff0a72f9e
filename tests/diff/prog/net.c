// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/net.c. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>

#include "calls.h"

static struct sockaddr_un path_address(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	strncpy(a.sun_path, path, sizeof(a.sun_path) - 1);
	return a;
}

static struct sockaddr_in ipv4(const char *text, unsigned int port)
{
	return (struct sockaddr_in) { .sin_family = AF_INET, .sin_port = htons(port),
				      .sin_addr.s_addr = inet_addr(text) };
}

static void socket_calls(void)
{
	close(call(socket, AF_INET, SOCK_STREAM, 0));
	close(call(socket, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_UDP));
	close(call(socket, AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
	close(call(socket, AF_UNIX, SOCK_SEQPACKET, 0));
	close(call(socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	close(call(socket, AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT));
	call(socket, AF_INET, SOCK_RAW, 9999);
	call(socket, 99, 77, 55);
	call(socket, -1, -1, -1);
}

static void socketpair_calls(void)
{
	int sv[2];

	call(socketpair, AF_UNIX, SOCK_STREAM, 0, sv);
	close(sv[0]);
	close(sv[1]);
	call(socketpair, AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, sv);
	close(sv[0]);
	close(sv[1]);
	call(socketpair, AF_INET, SOCK_STREAM, 0, sv);
	call(socketpair, AF_UNIX, SOCK_STREAM, 0, NULL);
	call(socketpair, AF_UNIX, SOCK_STREAM, 0, BAD);
}

/* Addresses of every family that can be told from its bytes; none of these gets anywhere. */
static void addresses(void)
{
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(443), .sin6_flowinfo = htonl(7),
				   .sin6_scope_id = 3 };
	struct sockaddr_nl nl = { .nl_family = AF_NETLINK, .nl_pid = 77, .nl_groups = 0x10 };
	struct sockaddr_ll ll = { .sll_family = AF_PACKET, .sll_protocol = htons(0x800), .sll_ifindex = 1,
				  .sll_hatype = 1, .sll_pkttype = 2, .sll_halen = 6, .sll_addr = { 1, 2, 3, 4, 5, 6 } };
	struct sockaddr_vm vm = { .svm_family = AF_VSOCK, .svm_port = 1234, .svm_cid = 2 };
	struct sockaddr_in v4 = ipv4("192.0.2.1", 80);
	struct sockaddr_un un = path_address("none/socket");
	struct sockaddr_storage odd = { .ss_family = 200 };
	struct sockaddr none = { .sa_family = AF_UNSPEC };

	inet_pton(AF_INET6, "2001:db8::1", &v6.sin6_addr);
	call(connect, NO_FD, &v4, sizeof(v4));
	call(connect, NO_FD, &v4, 8);
	call(connect, NO_FD, &v4, 7);
	call(connect, NO_FD, &v6, sizeof(v6));
	call(connect, NO_FD, &v6, 24);
	call(connect, NO_FD, &v6, 20);
	call(connect, NO_FD, &un, sizeof(un));
	call(connect, NO_FD, &un, 2 + 12);
	call(connect, NO_FD, &un, 2 + 5);
	call(connect, NO_FD, &un, 3);
	call(connect, NO_FD, &un, 2);
	memset(un.sun_path, 'p', sizeof(un.sun_path));
	call(connect, NO_FD, &un, sizeof(un));
	memcpy(un.sun_path, "\0abstract\0name", 14);
	call(connect, NO_FD, &un, 2 + 14);
	call(connect, NO_FD, &nl, sizeof(nl));
	call(connect, NO_FD, &nl, 5);
	call(connect, NO_FD, &ll, sizeof(ll));
	call(connect, NO_FD, &vm, sizeof(vm));
	call(connect, NO_FD, &odd, 20);
	call(connect, NO_FD, &odd, sizeof(odd));
	call(connect, NO_FD, &odd, 200);
	call(connect, NO_FD, &none, sizeof(none));
	call(connect, NO_FD, &none, 2);
	call(connect, NO_FD, &none, 1);
	call(connect, NO_FD, &none, 0);
	call(connect, NO_FD, &none, -1);
	call(connect, NO_FD, NULL, 16);
	call(connect, NO_FD, BAD, 16);
	call(bind, NO_FD, at_edge(&v4, sizeof(v4)), sizeof(v4));
	call(bind, NO_FD, at_edge(&v4, sizeof(v4)), sizeof(v4) + 1);
	call(bind, NO_FD, &v6, sizeof(v6));
	call(bind, -1, NULL, 0);
}

static int listening(void)
{
	struct sockaddr_un me = path_address("socket");
	int s = call(socket, AF_UNIX, SOCK_STREAM, 0);

	call(bind, s, &me, sizeof(me));
	call(bind, s, &me, sizeof(me));
	call(listen, s, 5);
	call(listen, NO_FD, -1);
	return s;
}

static void connections(void)
{
	struct sockaddr_un me = path_address("socket"), peer;
	int s = listening(), c, a;
	socklen_t len = sizeof(peer);

	c = call(socket, AF_UNIX, SOCK_STREAM, 0);
	call(connect, c, &me, sizeof(me));
	a = call(accept4, s, &peer, &len, SOCK_CLOEXEC | SOCK_NONBLOCK);
	len = sizeof(peer);
	call(getsockname, a, &peer, &len);
	len = 5;
	call(getsockname, a, &peer, &len);
	len = 0;
	call(getsockname, a, &peer, &len);
	len = sizeof(peer);
	call(getpeername, c, &peer, &len);
	len = sizeof(peer);
	call(getpeername, a, &peer, &len);
	call(getpeername, s, &peer, &len);
	call(getpeername, NO_FD, NULL, NULL);
	call(getsockname, s, BAD, BAD);
	len = -1;
	call(getsockname, s, &peer, &len);
	len = 50;
	call(getsockname, s, room_at_edge(50), &len);
	call(getsockname, s, NULL, &len);
	fcntl(s, F_SETFL, O_NONBLOCK);
	len = sizeof(peer);
	call(accept, s, &peer, &len);
	call(accept, NO_FD, NULL, NULL);
	call(accept4, s, NULL, NULL, 0xff);
	call(shutdown, c, SHUT_WR);
	call(shutdown, c, SHUT_RDWR);
	call(shutdown, NO_FD, 9);
	close(a);
	c = (close(c), call(socket, AF_UNIX, SOCK_STREAM, 0));
	call(connect, c, &me, sizeof(me));
	a = call(accept, s, NULL, NULL);
	close(a);
	close(c);
	close(s);
	unlink("socket");
}

static void internet(void)
{
	struct sockaddr_in me = ipv4("127.0.0.1", 0), peer;
	socklen_t len = sizeof(peer);
	int s = call(socket, AF_INET, SOCK_DGRAM, 0), t = call(socket, AF_INET, SOCK_DGRAM, 0);
	char buf[64];

	me.sin_port = htons(51234);
	call(bind, s, &me, sizeof(me));
	call(getsockname, s, &peer, &len);
	call(sendto, s, "to itself", 9, 0, &me, sizeof(me));
	len = sizeof(peer);
	call(recvfrom, s, buf, sizeof(buf), MSG_DONTWAIT, &peer, &len);
	len = 4;
	call(recvfrom, s, buf, sizeof(buf), MSG_DONTWAIT, &peer, &len);
	call(connect, t, &me, sizeof(me));
	call(sendto, t, "connected", 9, MSG_NOSIGNAL | MSG_CONFIRM, NULL, 0);
	call(recvfrom, s, buf, 4, MSG_DONTWAIT | MSG_TRUNC, NULL, NULL);
	call(recvfrom, s, buf, 4, MSG_PEEK | MSG_DONTWAIT | 0x8000000, BAD, BAD);
	close(s);
	close(t);
}

static void datagrams(void)
{
	int sv[2];
	char buf[64];

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, sv))
		return;
	call(sendto, sv[0], "hello", 5, 0, NULL, 0);
	call(sendto, sv[0], "", 0, MSG_DONTWAIT, NULL, 0);
	call(sendto, sv[0], BAD, 10, 0, NULL, 0);
	call(sendto, NO_FD, "a longer text than is shown by default", 38, MSG_MORE, BAD, 16);
	call(recvfrom, sv[1], buf, sizeof(buf), 0, NULL, NULL);
	call(recvfrom, sv[1], buf, sizeof(buf), 0, NULL, NULL);
	call(recvfrom, sv[1], buf, sizeof(buf), MSG_DONTWAIT, NULL, NULL);
	call(recvfrom, NO_FD, NULL, 5, MSG_WAITALL, NULL, NULL);
	close(sv[0]);
	close(sv[1]);
}

/* As sendmsg and recvmsg have them: names, vectors, descriptors and credentials that are passed. */
static void messages(void)
{
	char a[10], b[20], control[256] = { 0 }, name[110];
	struct iovec out[3] = { { "first ", 6 }, { NULL, 0 }, { "second", 6 } };
	struct iovec in[2] = { { a, 10 }, { b, 20 } };
	struct msghdr msg = { .msg_iov = out, .msg_iovlen = 3 };
	struct ucred cred = { 0, 0, 0 };
	struct cmsghdr *c;
	int sv[2], one = 1;

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, sv))
		return;
	setsockopt(sv[1], SOL_SOCKET, SO_PASSCRED, &one, sizeof(one));
	call(sendmsg, sv[0], &msg, 0);
	msg.msg_control = control;
	msg.msg_controllen = CMSG_SPACE(2 * sizeof(int));
	c = CMSG_FIRSTHDR(&msg);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(2 * sizeof(int));
	memcpy(CMSG_DATA(c), (int[]) { sv[0], sv[1] }, 2 * sizeof(int));
	call(sendmsg, sv[0], &msg, MSG_DONTWAIT);
	cred.pid = getpid();
	cred.uid = getuid();
	cred.gid = getgid();
	c->cmsg_type = SCM_CREDENTIALS;
	c->cmsg_len = CMSG_LEN(sizeof(cred));
	memcpy(CMSG_DATA(c), &cred, sizeof(cred));
	msg.msg_controllen = CMSG_SPACE(sizeof(cred));
	call(sendmsg, sv[0], &msg, 0);
	c->cmsg_type = 99;
	call(sendmsg, NO_FD, &msg, 0);
	c->cmsg_level = IPPROTO_IP;
	c->cmsg_type = IP_TTL;
	call(sendmsg, NO_FD, &msg, 0);
	c->cmsg_len = 3;
	call(sendmsg, NO_FD, &msg, MSG_EOR);
	msg.msg_control = BAD;
	call(sendmsg, NO_FD, &msg, 0);

	msg = (struct msghdr) { .msg_name = name, .msg_namelen = sizeof(name), .msg_iov = in, .msg_iovlen = 2,
				.msg_control = control, .msg_controllen = sizeof(control) };
	call(recvmsg, sv[1], &msg, 0);
	msg.msg_namelen = sizeof(name);
	msg.msg_controllen = sizeof(control);
	call(recvmsg, sv[1], &msg, MSG_CMSG_CLOEXEC);
	msg.msg_controllen = 8;
	call(recvmsg, sv[1], &msg, 0);
	msg.msg_controllen = 0;
	call(recvmsg, sv[1], &msg, MSG_DONTWAIT);
	msg.msg_name = NULL;
	msg.msg_iovlen = 0;
	call(recvmsg, NO_FD, &msg, MSG_ERRQUEUE);
	call(recvmsg, sv[1], NULL, 0);
	call(recvmsg, sv[1], BAD, 0);
	call(sendmsg, sv[1], NULL, 0);
	call(sendmsg, sv[1], BAD, 0x10000000);
	msg = (struct msghdr) { .msg_name = BAD, .msg_namelen = 16, .msg_iov = BAD, .msg_iovlen = 2 };
	call(sendmsg, NO_FD, &msg, 0);
	msg = (struct msghdr) { .msg_name = &(struct sockaddr_in) { .sin_family = AF_INET }, .msg_namelen = 16,
				.msg_iov = out, .msg_iovlen = -1, .msg_flags = MSG_TRUNC };
	call(sendmsg, NO_FD, &msg, 0);
	call(sendmsg, NO_FD, at_edge(&msg, sizeof(msg)), 0);
	call(sendmsg, NO_FD, at_edge(&msg, 40), 0);
	close(sv[0]);
	close(sv[1]);
	close(5);
	close(6);
}

static void many_messages(void)
{
	char a[3][16];
	struct iovec out[3] = { { "one", 3 }, { "two", 3 }, { "three", 5 } };
	struct iovec in[3] = { { a[0], 16 }, { a[1], 2 }, { a[2], 16 } };
	struct mmsghdr send[3] = { 0 }, recv[3] = { 0 };
	struct timespec ts = { 0, 1000 };
	int sv[2], i;

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, sv))
		return;
	for (i = 0; i < 3; i++) {
		send[i].msg_hdr = (struct msghdr) { .msg_iov = &out[i], .msg_iovlen = 1 };
		recv[i].msg_hdr = (struct msghdr) { .msg_iov = &in[i], .msg_iovlen = 1 };
	}
	send[1].msg_hdr.msg_iov = out;
	send[1].msg_hdr.msg_iovlen = 3;
	call(sendmmsg, sv[0], send, 3, 0);
	call(sendmmsg, sv[0], send, 0, MSG_DONTWAIT);
	call(sendmmsg, NO_FD, send, 2, 0);
	call(sendmmsg, sv[0], NULL, 1, 0);
	call(sendmmsg, sv[0], BAD, 1, 0);
	call(recvmmsg, sv[1], recv, 3, MSG_DONTWAIT, NULL);
	call(recvmmsg, sv[1], recv, 3, MSG_DONTWAIT, &ts);
	call(sendmmsg, sv[0], send, 1, 0);
	ts.tv_sec = 1;
	call(recvmmsg, sv[1], recv, 3, MSG_DONTWAIT | MSG_WAITFORONE, &ts);
	call(recvmmsg, NO_FD, recv, 3, 0, BAD);
	call(recvmmsg, sv[1], NULL, 2, MSG_DONTWAIT, NULL);
	ts.tv_nsec = -1;
	call(recvmmsg, sv[1], recv, 1, 0, &ts);
	close(sv[0]);
	close(sv[1]);
}

static void setsockopt_calls(void)
{
	struct sock_filter code[] = { { 0x28, 0, 0, 12 }, { 0x15, 0, 1, 0x800 }, { 6, 0, 0, 65535 }, { 6, 0, 0, 0 } };
	struct sock_fprog prog = { 4, code };
	struct linger linger = { 1, 10 };
	struct timeval tv = { 5, 500000 };
	int s = socket(AF_INET, SOCK_STREAM, 0), value = 1;
	struct ip_mreq mreq = { .imr_multiaddr.s_addr = inet_addr("224.0.0.251") };

	call(setsockopt, s, SOL_SOCKET, SO_REUSEADDR, &value, sizeof(value));
	call(setsockopt, s, SOL_SOCKET, SO_KEEPALIVE, &value, 1);
	call(setsockopt, s, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	call(setsockopt, s, SOL_SOCKET, SO_LINGER, &linger, 3);
	call(setsockopt, s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	call(setsockopt, s, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog));
	call(setsockopt, s, SOL_SOCKET, SO_DETACH_FILTER, NULL, 0);
	call(setsockopt, s, SOL_SOCKET, SO_BINDTODEVICE, "none", 5);
	call(setsockopt, s, SOL_SOCKET, 9999, &value, sizeof(value));
	call(setsockopt, s, SOL_SOCKET, SO_SNDBUF, BAD, 4);
	call(setsockopt, s, SOL_SOCKET, SO_SNDBUF, NULL, 4);
	call(setsockopt, s, SOL_SOCKET, SO_RCVBUF, &value, -1);
	call(setsockopt, s, IPPROTO_TCP, TCP_NODELAY, &value, sizeof(value));
	call(setsockopt, s, IPPROTO_TCP, TCP_CONGESTION, "none", 4);
	call(setsockopt, s, IPPROTO_IP, IP_TOS, &value, sizeof(value));
	call(setsockopt, NO_FD, IPPROTO_IP, IP_ADD_MEMBERSHIP, &mreq, sizeof(mreq));
	call(setsockopt, NO_FD, IPPROTO_IPV6, IPV6_V6ONLY, &value, sizeof(value));
	call(setsockopt, NO_FD, SOL_NETLINK, NETLINK_PKTINFO, &value, sizeof(value));
	call(setsockopt, NO_FD, SOL_PACKET, PACKET_VERSION, &value, sizeof(value));
	call(setsockopt, NO_FD, 12345, 678, "bytes", 5);
}

static void getsockopt_calls(void)
{
	struct linger linger = { 1, 10 };
	struct timeval tv = { 5, 500000 };
	int s = socket(AF_INET, SOCK_STREAM, 0), u = socket(AF_UNIX, SOCK_STREAM, 0), value = 1;
	struct ucred cred;
	struct tcp_info info;
	char name[32] = "lo";
	socklen_t len = sizeof(value);

	setsockopt(s, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	call(getsockopt, s, SOL_SOCKET, SO_TYPE, &value, &len);
	call(getsockopt, s, SOL_SOCKET, SO_ERROR, &value, &len);
	len = 2;
	call(getsockopt, s, SOL_SOCKET, SO_DOMAIN, &value, &len);
	len = sizeof(linger);
	call(getsockopt, s, SOL_SOCKET, SO_LINGER, &linger, &len);
	len = sizeof(tv);
	call(getsockopt, s, SOL_SOCKET, SO_RCVTIMEO, &tv, &len);
	len = sizeof(cred);
	call(getsockopt, u, SOL_SOCKET, SO_PEERCRED, &cred, &len);
	len = sizeof(name);
	call(getsockopt, s, SOL_SOCKET, SO_BINDTODEVICE, name, &len);
	len = 8;
	call(getsockopt, s, IPPROTO_TCP, TCP_INFO, &info, &len);
	len = sizeof(name);
	call(getsockopt, s, IPPROTO_TCP, TCP_CONGESTION, name, &len);
	len = 4;
	call(getsockopt, s, IPPROTO_IP, IP_TTL, &value, &len);
	call(getsockopt, s, SOL_SOCKET, 9999, &value, &len);
	call(getsockopt, s, SOL_SOCKET, SO_TYPE, NULL, &len);
	call(getsockopt, s, SOL_SOCKET, SO_TYPE, &value, NULL);
	call(getsockopt, NO_FD, 12345, 678, BAD, BAD);
	len = -1;
	call(getsockopt, s, SOL_SOCKET, SO_TYPE, &value, &len);
	close(s);
	close(u);
}

static void netlink(void)
{
	struct {
		struct nlmsghdr head;
		char body[16];
	} request = { .head = { .nlmsg_len = 32, .nlmsg_type = 18, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
				.nlmsg_seq = 1 } };
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

	call(sendto, NO_FD, &request, sizeof(request), 0, &kernel, sizeof(kernel));
}

static void sethostname_calls(void)
{
	call(sethostname, BAD, 5);
	call(sethostname, "none", -1);
	call(setdomainname, NULL, 5);
	call(setdomainname, "a name too long", 500);
}

static const struct family families[] = {
	{ "socket", socket_calls },
	{ "socketpair", socketpair_calls },
	{ "addresses", addresses },
	{ "connections", connections },
	{ "internet", internet },
	{ "datagrams", datagrams },
	{ "messages", messages },
	{ "many_messages", many_messages },
	{ "setsockopt", setsockopt_calls },
	{ "getsockopt", getsockopt_calls },
	{ "netlink", netlink },
	{ "sethostname", sethostname_calls },
};

PROGRAM(NULL, NULL)
