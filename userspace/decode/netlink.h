/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages of netlink: a header, what is fixed of its type, and attributes, of which each may hold some. What a message
 * says of its own lengths is not believed: nothing is looked at beyond what was captured of it.
 */
#ifndef SCT_NETLINK_H
#define SCT_NETLINK_H

#include "pair.h"
#include "print.h"

/* Of a message: what the call has, and how much of it was captured. */
struct sct_nl {
	const struct sct_place *place;	/* for the printers of values; its bytes are no message's */
	const uint8_t *bytes;
	uint32_t len;
	uint32_t have;			/* at most len */
	uint8_t family;			/* of addresses: AF_INET, … */
};

/* How what an attribute holds is told; what is shorter than it should be, as bytes. */
enum sct_nl_kind {
	NL_BYTES,
	NL_STRING,	/* up to a NUL */
	NL_U8,
	NL_U16,
	NL_U32,
	NL_S32,
	NL_U64,
	NL_HTONS,
	NL_HTOBE64,
	NL_MAC,
	NL_ADDRESS,	/* of the message's family */
	NL_IFINDEX,
	NL_ENUM,	/* one of .xlat, of as many bytes as there are, at most 8 */
	NL_ENUM8,
	NL_ENUM16,
	NL_ENUM32,
	NL_NAMED32,	/* the same, of numbers that anybody may make his own */
	NL_FLAGS8,	/* bits of .xlat, of at most 8 bytes */
	NL_FLAGS16,
	NL_FLAGS32,
	NL_BITS32,	/* bits of .xlat, of any length */
	NL_STRUCT,	/* .of */
	NL_NESTED,	/* attributes of .in */
};

struct sct_nl_attrs;

struct sct_nl_attr {
	uint16_t type;
	uint8_t kind;			/* enum sct_nl_kind */
	const struct sct_xlat *xlat;
	const struct sct_struct *of;
	const struct sct_nl_attrs *in;
};

struct sct_nl_attrs {
	const struct sct_xlat *names;
	const struct sct_nl_attr *attrs;
	uint16_t n;
};

#define NL_ATTRS(name, list, ...) \
	static const struct sct_nl_attrs name = { \
		&sct_xlat_##list, (const struct sct_nl_attr[]){ __VA_ARGS__ }, \
		sizeof((const struct sct_nl_attr[]){ __VA_ARGS__ }) / sizeof(struct sct_nl_attr) }

/* What types of a protocol begin with. */
struct sct_nl_head {
	uint16_t from, to;		/* types */
	const struct sct_struct *of;	/* its first member, of one byte, is a family */
	const struct sct_nl_attrs *attrs; /* what stands behind it; NULL: nothing is told of that */
};

struct sct_nl_protocol {
	int protocol;
	const struct sct_xlat *types;
	const struct sct_xlat *(*flags)(uint16_t type); /* NULL: those that all have */
	const struct sct_nl_head *heads;
	uint8_t nr_heads;
	/* Instead of .heads, of what has nlmsg_flags and such a family. NULL: there is none. */
	const struct sct_nl_head *(*head)(uint16_t type, uint16_t flags, uint8_t family);
	bool begins_with_family;	/* types that have no head here */
};

extern const struct sct_nl_protocol sct_nl_route, sct_nl_generic, sct_nl_sock_diag, sct_nl_audit, sct_nl_xfrm;

void sct_nl_bytes_print(struct sct_text *text, const struct sct_nl *nl);
void sct_nl_attrs_print(struct sct_text *text, const struct sct_nl *nl, const struct sct_nl_attrs *attrs);
void sct_nl_named_print(struct sct_text *text, uint64_t value, const struct sct_xlat *xlat);
bool sct_nl_more(struct sct_nl *rest, const struct sct_nl *nl, uint32_t at);
bool sct_netlink_print(struct sct_text *text, const struct sct_place *place, const struct sct_piece *piece, uint32_t len);

/* More are not kept: others go. */
#define SCT_NETLINK_FDS 1024

struct sct_netlink_fd {
	uint32_t tgid;
	int32_t fd;
	int32_t protocol;
};

/* The protocols of descriptors, as far as the trace has seen them made. */
struct sct_netlink_fds {
	unsigned int n;
	unsigned int next;		/* who goes next, once all are taken */
	struct sct_netlink_fd entries[SCT_NETLINK_FDS];
};

struct sct_netlink_fds *sct_netlink_fds_new(void);
void sct_netlink_fds_free(struct sct_netlink_fds *fds);
void sct_netlink_fds_event(struct sct_netlink_fds *fds, const struct sct_event *event);
void sct_netlink_fd_made(const struct sct_known *known, int64_t fd);
int sct_netlink_fd_protocol(const struct sct_known *known);

#define SCT_NO_NETLINK	-1	/* the descriptor is not known to be one */

#endif
