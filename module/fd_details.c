// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a file is besides its path: a device, a process, a socket with its addresses.
 *
 * The caller holds a reference to the file, and with it what is read here. Its inode stays, and its
 * numbers never change. A socket is taken apart by the release of its file alone: until then
 * sock->sk is the same, and the struct sock and the struct proto that it was made by are there.
 *
 * No lock of a socket's (lock_sock) is taken: it sleeps. Addresses of the internet families are
 * words that are read one by one, as inet_diag does it for ss(8). Two locks can be taken, both
 * spinning: a UNIX socket's state lock, which keeps its peer, and the table's of netlink, by
 * getsockname of that family. No task holds one of them at a call's entry or exit, and nothing
 * of ours is taken inside.
 */
#include <linux/fs.h>
#include <linux/in6.h>
#include <linux/kdev_t.h>
#include <linux/net.h>
#include <linux/netlink.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/un.h>
#include <net/af_unix.h>
#include <net/inet_sock.h>
#include <net/sock.h>

#include <uapi/sctrace.h>

#include "compat/sock_from_file.h"
#include "fd_details.h"

/* Nothing between the members that would be copied as it was on the stack. */
static_assert(sizeof(struct sctrace_fd_socket) == 104);

/* ---- processes --------------------------------------------------------------------------- */

/*
 * The number of a process if that is what @guess is: if the kernel's table of processes has this
 * very pointer under the number that is read there. Whatever else it is, no more than these four
 * bytes are read, by a copy that may fault.
 */
static u32 pid_behind(const struct pid *guess)
{
	struct pid *found;
	int nr;

	if (!guess || copy_from_kernel_nofault(&nr, &guess->numbers[0].nr, sizeof(nr)) || nr <= 0)
		return 0;
	rcu_read_lock();
	found = find_pid_ns(nr, &init_pid_ns);
	rcu_read_unlock();
	return found == guess ? nr : 0;
}

/*
 * No function that tells a pidfd's process is exported. The struct pid is the file's own up to 6.8,
 * its inode's from 6.9 on: whichever it is, pid_behind() says. A pidfd has no other name, and a
 * path begins with a slash. Of a process that is gone, the table knows nothing.
 */
static u32 pid_of(const struct file *file, const char *path, u32 path_len)
{
	static const char name[] = "anon_inode:[pidfd]";
	const u32 len = sizeof(name) - 1;

	if (path_len != len || memcmp(path, name, len))
		return 0;
	return pid_behind(file->private_data) ?: pid_behind(file_inode(file)->i_private);
}

/* ---- sockets ----------------------------------------------------------------------------- */

/*
 * inet_num, and not inet_sport, which may keep a port that the socket had. That a socket of
 * AF_INET6 becomes one of AF_INET (IPV6_ADDRFORM) moves none of these words.
 */
static void tell_inet(struct sctrace_fd_socket *to, const struct sock *sk)
{
	to->local_port = READ_ONCE(inet_sk(sk)->inet_num);
	to->peer_port = ntohs(READ_ONCE(inet_sk(sk)->inet_dport));
	if (to->family == AF_INET) {
		__be32 local = READ_ONCE(inet_sk(sk)->inet_rcv_saddr);
		__be32 peer = READ_ONCE(inet_sk(sk)->inet_daddr);

		memcpy(to->local, &local, sizeof(local));
		memcpy(to->peer, &peer, sizeof(peer));
		return;
	}
#if IS_ENABLED(CONFIG_IPV6)
	memcpy(to->local, &sk->sk_v6_rcv_saddr, sizeof(to->local));
	memcpy(to->peer, &sk->sk_v6_daddr, sizeof(to->peer));
#endif
}

/*
 * The state lock keeps the peer: a socket has a reference to it as long as it says so under this
 * lock. The peer's own file may be closed meanwhile: its sk_socket is cleared first, by
 * sock_orphan(), and the inode, which has the struct socket in it, is freed after a grace period,
 * by sock_free_inode(). So what is seen there is there until rcu_read_unlock().
 */
static u64 unix_peer_inode(struct sock *sk)
{
	struct socket *other;
	struct sock *peer;
	u64 inode;

	rcu_read_lock();
	unix_state_lock(sk);
	peer = unix_sk(sk)->peer;
	other = peer ? READ_ONCE(peer->sk_socket) : NULL;
	inode = other ? SOCK_INODE(other)->i_ino : 0;
	unix_state_unlock(sk);
	rcu_read_unlock();
	return inode;
}

/*
 * A name is given once and stays until the socket is destroyed. Return: its length; 0: it has none.
 */
static u32 unix_name(const struct sock *sk, const char **name)
{
	/* Pairs with smp_store_release() in bind and connect (net/unix/af_unix.c). */
	const struct unix_address *address = smp_load_acquire(&unix_sk(sk)->addr);
	int len;

	if (!address)
		return 0;
	*name = address->name->sun_path;
	len = address->len - (int)offsetof(struct sockaddr_un, sun_path);
	return clamp_t(int, len, 0, sizeof(address->name->sun_path));
}

/* Of all families' functions of this kind, that of netlink takes no lock that sleeps. */
static u32 netlink_port(struct socket *sock)
{
	struct sockaddr_storage address = { 0 };

	if (kernel_getsockname(sock, (struct sockaddr *)&address) < 0)
		return 0;
	return ((struct sockaddr_nl *)&address)->nl_pid;
}

/* A kernel without CONFIG_NET has no such function. */
static struct socket *socket_of(struct file *file)
{
	return IS_ENABLED(CONFIG_NET) ? sctrace_sock_from_file(file) : NULL;
}

/*
 * Its number is the file's: a socket of SMC that falls back to TCP is another than the file was
 * made with. Return: what follows @to, in *@name, so many bytes.
 */
static u32 tell_socket(struct sctrace_fd_socket *to, const struct file *file, struct socket *sock,
		       struct sock *sk, const char **name)
{
	*to = (struct sctrace_fd_socket) {
		.fd = { .kind = SCTRACE_FD_SOCKET, .number = file_inode(file)->i_ino },
		.family = READ_ONCE(sk->sk_family),
		.type = sk->sk_type,
		.protocol = sk->sk_protocol,
	};
	strscpy(to->name, sk->sk_prot_creator->name, sizeof(to->name));
	switch (to->family) {
	case AF_INET:
	case AF_INET6:
		tell_inet(to, sk);
		return 0;
	case AF_NETLINK:
		to->local_port = netlink_port(sock);
		return 0;
	case AF_UNIX:
		to->peer_inode = unix_peer_inode(sk);
		return unix_name(sk, name);
	default:
		return 0;
	}
}

/* ---- all of them ------------------------------------------------------------------------- */

/* Return: the kind; 0: none of these. */
static u8 kind_of(const struct file *file, const char *path, u32 path_len, u64 *number)
{
	const struct inode *inode = file_inode(file);

	if (S_ISCHR(inode->i_mode) || S_ISBLK(inode->i_mode)) {
		*number = (u64)MAJOR(inode->i_rdev) << 32 | MINOR(inode->i_rdev);
		return S_ISCHR(inode->i_mode) ? SCTRACE_FD_CHAR : SCTRACE_FD_BLOCK;
	}
	*number = pid_of(file, path, path_len);
	return *number ? SCTRACE_FD_PIDFD : 0;
}

/**
 * sctrace_fd_details() - say behind a path what the file is
 * @file: the caller has a reference
 * @to: the path
 * @path_len: its length
 * @max: room from its beginning
 *
 * Context: as sctrace_fd_path(), which says when it may be called.
 * Return: bytes written behind the path: a NUL and a struct sctrace_fd; 0: nothing more is to be
 * said, or there is no room for it.
 */
u32 sctrace_fd_details(struct file *file, char *to, u32 path_len, u32 max)
{
	struct socket *sock = socket_of(file);
	struct sock *sk = sock ? READ_ONCE(sock->sk) : NULL;
	struct sctrace_fd_socket about;
	const char *name = NULL;
	u32 head = sizeof(about.fd), name_len = 0;

	if (sk) {
		head = sizeof(about);
		name_len = tell_socket(&about, file, sock, sk, &name);
	} else {
		about.fd = (struct sctrace_fd) { 0 };
		about.fd.kind = kind_of(file, to, path_len, &about.fd.number);
		if (!about.fd.kind)
			return 0;
	}
	if (path_len + 1 + head + name_len > max)
		return 0;
	about.fd.version = SCTRACE_FD_VERSION;
	about.fd.bytes = head + name_len;
	to += path_len;
	*to++ = '\0';
	memcpy(to, &about, head);
	if (name_len)
		memcpy(to + head, name, name_len);
	return 1 + head + name_len;
}
