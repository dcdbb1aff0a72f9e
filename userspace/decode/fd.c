/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a descriptor refers to: -y, and with details -yy. It is what the kernel said at the time of the call. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <string.h>

#include "print.h"

/* What the piece of a descriptor holds. */
struct about {
	const uint8_t *path;
	size_t path_len;		/* without the mark of what has no name any more */
	bool deleted;
	uint8_t kind;			/* enum sctrace_fd_kind; 0: no more is known than the path */
	uint64_t number;
	struct sctrace_fd_socket socket; /* of a socket */
	const uint8_t *name;		/* of one of AF_UNIX, as it was bound; not ended by NUL */
	size_t name_len;
};

/* The kernel's word for a file that has no name any more. */
static void take_mark(struct about *about)
{
	static const char mark[] = " (deleted)";
	const size_t marked = sizeof(mark) - 1;

	about->deleted = about->path_len > marked &&
			 !memcmp(about->path + about->path_len - marked, mark, marked);
	if (about->deleted)
		about->path_len -= marked;
}

/* bytes: what lies behind the path's NUL, n of them. What is not right in itself is as if it were not there. */
static void take_details(struct about *about, const uint8_t *bytes, size_t n)
{
	struct sctrace_fd head;

	if (n < sizeof(head))
		return;
	memcpy(&head, bytes, sizeof(head));
	if (head.version != SCTRACE_FD_VERSION || head.bytes > n)
		return;
	if (head.kind == SCTRACE_FD_SOCKET) {
		if (head.bytes < sizeof(about->socket))
			return;
		memcpy(&about->socket, bytes, sizeof(about->socket));
		about->socket.name[sizeof(about->socket.name) - 1] = '\0';
		about->name = bytes + sizeof(about->socket);
		about->name_len = head.bytes - sizeof(about->socket);
	}
	about->kind = head.kind;
	about->number = head.number;
}

static void take(struct about *about, const struct sct_piece *piece, bool details)
{
	const uint8_t *end = details ? memchr(piece->data, '\0', piece->len) : NULL;

	*about = (struct about) { .path = piece->data, .path_len = end ? (size_t)(end - piece->data) : piece->len };
	if (end)
		take_details(about, end + 1, piece->len - about->path_len - 1);
	take_mark(about);
}

/* ---- sockets ---- */

static void print_endpoint(struct sct_text *text, const struct sctrace_fd_socket *socket, const uint8_t *address,
			   uint32_t port)
{
	char chars[INET6_ADDRSTRLEN] = "";

	inet_ntop(socket->family, address, chars, sizeof(chars));
	sct_text_putf(text, socket->family == AF_INET6 ? "[%s]:%u" : "%s:%u", chars, port);
}

/* false: it has no address yet. */
static bool print_inet(struct sct_text *text, const struct about *about)
{
	const struct sctrace_fd_socket *socket = &about->socket;

	if (!socket->local_port)
		return false;
	print_endpoint(text, socket, socket->local, socket->local_port);
	if (socket->peer_port) {
		sct_text_put(text, "->");
		print_endpoint(text, socket, socket->peer, socket->peer_port);
	}
	return true;
}

static bool print_unix(struct sct_text *text, const struct about *about)
{
	const uint8_t *name = about->name;
	bool abstract = about->name_len && !*name;
	size_t n = about->name_len - abstract;

	sct_text_unsigned(text, about->number);
	if (about->socket.peer_inode)
		sct_text_putf(text, "->%llu", (unsigned long long)about->socket.peer_inode);
	if (!about->name_len)
		return true;
	sct_text_put(text, abstract ? ",@" : ",");
	name += abstract;
	sct_text_quoted(text, name, strnlen((const char *)name, n), false);
	return true;
}

static bool print_netlink(struct sct_text *text, const struct about *about)
{
	const char *name = sct_xlat_name(&sct_xlat_netlink_protocols, about->socket.protocol);

	if (!about->socket.local_port)
		return false;
	if (name)
		sct_text_put(text, name + strlen("NETLINK_"));
	else
		sct_text_unsigned(text, about->socket.protocol);
	sct_text_putf(text, ":%u", about->socket.local_port);
	return true;
}

static bool print_inode(struct sct_text *text, const struct about *about)
{
	sct_text_unsigned(text, about->number);
	return true;
}

/* Of protocols that strace knows, the names that the kernel has for them. */
static const struct protocol {
	const char *name;
	uint16_t family;
	bool (*print)(struct sct_text *text, const struct about *about);
} protocols[] = {
	{ "TCP", AF_INET, print_inet }, { "TCPv6", AF_INET6, print_inet },
	{ "UDP", AF_INET, print_inet }, { "UDPv6", AF_INET6, print_inet },
	{ "UNIX-STREAM", AF_UNIX, print_unix }, { "UNIX", AF_UNIX, print_unix },
	{ "NETLINK", AF_NETLINK, print_netlink },
	{ "RAW", AF_INET, print_inet }, { "RAWv6", AF_INET6, print_inet },
	{ "PING", AF_INET, print_inode }, { "PINGv6", AF_INET6, print_inode },
	{ "UDPLITEv6", AF_INET6, print_inet },
	{ "DCCP", AF_INET, print_inet }, { "DCCPv6", AF_INET6, print_inet },
	{ "SCTP", AF_INET, print_inode }, { "SCTPv6", AF_INET6, print_inode },
	{ "L2TP/IP", AF_INET, print_inode }, { "L2TP/IPv6", AF_INET6, print_inode },
};

/* false: its protocol is none of these. */
static bool print_socket(struct sct_text *text, const struct about *about)
{
	const struct protocol *p;

	for (p = protocols; p < protocols + sizeof(protocols) / sizeof(protocols[0]); p++) {
		if (p->family != about->socket.family || strcmp(p->name, about->socket.name))
			continue;
		sct_text_putf(text, "<%s:[", p->name);
		if (!p->print(text, about))
			print_inode(text, about);
		sct_text_put(text, "]>");
		return true;
	}
	return false;
}

/* ---- all of them ---- */

/* Between angle brackets, which it does not contain itself. */
static void print_path(struct sct_text *text, const struct about *about)
{
	sct_text_put(text, "<");
	sct_text_escaped(text, about->path, about->path_len, true);
	sct_text_put(text, about->deleted ? ">(deleted)" : ">");
}

static void print_device(struct sct_text *text, const struct about *about)
{
	sct_text_put(text, "<");
	sct_text_escaped(text, about->path, about->path_len, true);
	sct_text_putf(text, "<%s %u:%u>>", about->kind == SCTRACE_FD_CHAR ? "char" : "block",
		      (unsigned int)(about->number >> 32), (unsigned int)about->number);
}

/* As much as is shown. false: it is not shown by its kind. */
static bool print_by_kind(struct sct_text *text, const struct about *about, unsigned int shown)
{
	switch (about->kind) {
	case SCTRACE_FD_SOCKET:
		if (!(shown & SCT_FD_SOCKET))
			return false;
		if (!print_socket(text, about))
			print_path(text, about);
		return true;
	case SCTRACE_FD_CHAR:
	case SCTRACE_FD_BLOCK:
		if (!(shown & SCT_FD_DEV) || about->deleted)
			return false;
		print_device(text, about);
		return true;
	case SCTRACE_FD_PIDFD:
		if (shown & SCT_FD_PIDFD)
			sct_text_putf(text, "<pid:%llu>", (unsigned long long)about->number);
		return shown & SCT_FD_PIDFD;
	default:
		return false;
	}
}

/* What was copied of a descriptor, as the options say. */
void sct_fd_piece_print(struct sct_text *text, const struct sct_plan_options *options, const struct sct_piece *piece)
{
	unsigned int shown = options->fds_shown ? options->fds_shown : SCT_FD_ALL;
	struct about about;

	take(&about, piece, options->fd_details);
	if (about.path_len && !print_by_kind(text, &about, shown) && shown & SCT_FD_PATH)
		print_path(text, &about);
}

/* The same of the descriptor that is argument root, or with SCT_MAX_ARGS the result. */
void sct_fd_path_print(struct sct_text *text, const struct sct_known *known, unsigned int root)
{
	unsigned int step = sct_known_fd_step(known, root);
	struct sct_piece piece;

	if (step != SCT_NO_STEP && sct_known_piece(known, root, root == SCT_MAX_ARGS, step, 0, &piece))
		sct_fd_piece_print(text, known->options, &piece);
}

/* What stands for the working directory. */
void sct_cwd_print(struct sct_text *text)
{
	if (!sct_text_const(text, AT_FDCWD, SCT_DECIMAL_DIGITS))
		return;
	sct_text_put(text, "AT_FDCWD");
	sct_text_const_end(text);
}

/* A descriptor that is argument root, or with SCT_MAX_ARGS the result. */
void sct_fd_print(struct sct_text *text, const struct sct_known *known, unsigned int root, int32_t fd)
{
	bool directory = root < SCT_MAX_ARGS && known->plan.row->args[root].type == SCT_DIRFD;

	if (fd == AT_FDCWD && directory)
		sct_cwd_print(text);
	else
		sct_text_signed(text, fd);
	if (fd >= 0 || directory)
		sct_fd_path_print(text, known, root);
}
