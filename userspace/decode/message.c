/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What sendmsg, recvmsg and their likes are given: struct msghdr, and the control messages in it. */
#include <netinet/in.h>
#include <sys/socket.h>

#include "layout.h"
#include "printers.h"
#include "sockaddr.h"
#include "structs.h"

/* Members of struct msghdr. */
enum { NAME, NAMELEN, IOV, IOVLEN, CONTROL, CONTROLLEN, FLAGS };

/* The room for the address, as the program said it before the kernel changed it. */
static bool room_for_name(const struct sct_place *place, int32_t *room)
{
	uint32_t size = sct_struct_size(place->known->plan.row->args[place->root].of, place->known->plan.abi);
	uint32_t at = place->element * size + sct_member_at(place, NAMELEN);
	struct sct_place entry;

	if (!place->at_exit || !sct_pointer_place(&entry, place->known, place->root, false) ||
	    at + 4 > entry.len)
		return false;
	*room = sct_number_at(entry.bytes + at, 4);
	return true;
}

static void print_name(struct sct_text *text, const struct sct_place *place)
{
	int32_t len = sct_member_value(place, NAMELEN), room = len;
	struct sct_place at = *place;
	uint64_t rest;

	room_for_name(place, &room);
	rest = (uint32_t)(len < room ? len : room);
	at.rest = &rest;
	sct_member_print(text, &at, NAME);
	if (room != len)
		sct_text_putf(text, ", msg_namelen=%d => %d", room, len);
	else
		sct_text_putf(text, ", msg_namelen=%d", len);
}

/* So many that they would reach beyond the end of memory are not looked at. */
static void print_iov(struct sct_text *text, const struct sct_place *place)
{
	uint64_t most = UINT64_MAX / (2 * sct_word_bytes(place->known->plan.abi));

	if (sct_member_value(place, IOVLEN) <= most) {
		sct_member_print(text, place, IOV);
		return;
	}
	sct_text_put(text, "msg_iov=");
	sct_text_addr(text, sct_member_value(place, IOV));
}

static void print_header(struct sct_text *text, const struct sct_place *place, uint64_t *data)
{
	struct sct_place at = *place;

	at.rest = NULL;
	sct_text_put(text, "{");
	print_name(text, &at);
	sct_text_put(text, ", ");
	at.rest = data;
	print_iov(text, &at);
	at.rest = NULL;
	sct_text_put(text, ", ");
	sct_member_print(text, &at, IOVLEN);
	sct_text_put(text, ", ");
	if (sct_member_value(&at, CONTROLLEN)) {
		sct_member_print(text, &at, CONTROL);
		sct_text_put(text, ", ");
	}
	sct_members_print(text, &at, CONTROLLEN, FLAGS + 1);
	sct_text_put(text, "}");
}

/* Of a recvmsg that has failed there is nothing but the room that it had for an address. */
void sct_msghdr_print(struct sct_text *text, const struct sct_place *place)
{
	bool receives = place->known->plan.row->args[place->root].dir == SCT_INOUT;

	if (!sct_member_is_there(place, FLAGS))
		sct_text_addr(text, place->address);
	else if (receives && sct_known_failed(place->known))
		sct_text_putf(text, "{msg_namelen=%d}", (int32_t)sct_member_value(place, NAMELEN));
	else
		print_header(text, place, NULL);
}

/* msg_len is the kernel's to fill in, of the messages that it has dealt with. */
void sct_mmsghdr_print(struct sct_text *text, const struct sct_place *place)
{
	bool done = place->at_exit && place->known->exit && place->known->exit->result > (int64_t)place->element;
	bool receives = place->known->plan.row->args[place->root].count == SCT_COUNT_ARG_RESULT;
	uint64_t len = sct_member_value(place, 1);
	struct sct_place header;

	if (!sct_member_place(&header, place, 0) || !sct_member_is_there(place, 1)) {
		sct_text_addr(text, place->address);
		return;
	}
	sct_text_put(text, "{msg_hdr=");
	print_header(text, &header, receives ? &len : NULL);
	if (done) {
		sct_text_put(text, ", ");
		sct_member_print(text, place, 1);
	}
	sct_text_put(text, "}");
}

/* The time that recvmmsg was given, which it has changed since. */
void sct_mmsg_timeout_print(struct sct_text *text, const struct sct_place *place)
{
	struct sct_place entry;

	if (place->at_exit && sct_pointer_place(&entry, place->known, place->root, false))
		sct_members_print(text, &entry, 0, 1);
	else
		sct_members_print(text, place, 0, 1);
}

void sct_mmsg_left_remark(struct sct_text *text, const struct sct_known *known)
{
	struct sct_place left;

	if (!known->exit->result) {
		sct_text_put(text, " (Timeout)");
	} else if (sct_pointer_place(&left, known, 4, true)) {
		sct_text_put(text, " (left ");
		sct_members_print(text, &left, 0, 1);
		sct_text_put(text, ")");
	}
}

/* ---- control messages ---- */

/* Data of one of them. */
struct data {
	const uint8_t *bytes;
	uint32_t len;
};

STRUCT(ucred, { K_S32, PID("pid") }, { K_U32, UID("uid") }, { K_U32, UID("gid") });
STRUCT(in_pktinfo, { K_U32, CUSTOM("ipi_ifindex", sct_ifindex_print) },
       { K_BE32, CUSTOM("ipi_spec_dst", sct_inet_addr_print) }, { K_BE32, CUSTOM("ipi_addr", sct_inet_addr_print) });
STRUCT(sock_extended_err, { K_U32, UINT("ee_errno") }, { K_U8, UINT("ee_origin") }, { K_U8, UINT("ee_type") },
       { K_U8, UINT("ee_code") }, { K_U8, GAP }, { K_U32, UINT("ee_info") },
       { K_U32, UINT("ee_data") });

/* How the data of a type is told. */
enum form { INTS = 1, FDS, BYTES, STRING, CREDENTIALS, TIMEVAL, TIMESPEC, TIMESTAMPING, PKTINFO, ERROR, ADDRESS };

struct cmsg_type {
	int32_t level;
	int32_t type;
	enum form form;
	bool of64;		/* times have 64 bits in every ABI */
};

static const struct cmsg_type types[] = {
	{ SOL_SOCKET, SCM_RIGHTS, FDS },
	{ SOL_SOCKET, SCM_CREDENTIALS, CREDENTIALS },
	{ SOL_SOCKET, 3 /* SCM_SECURITY */, STRING },
	{ SOL_SOCKET, SO_TIMESTAMP_OLD, TIMEVAL },
	{ SOL_SOCKET, SO_TIMESTAMPNS_OLD, TIMESPEC },
	{ SOL_SOCKET, SO_TIMESTAMPING_OLD, TIMESTAMPING },
	{ SOL_SOCKET, SO_RXQ_OVFL, INTS },
	{ SOL_SOCKET, SO_TIMESTAMP_NEW, TIMEVAL, true },
	{ SOL_SOCKET, SO_TIMESTAMPNS_NEW, TIMESPEC, true },
	{ SOL_SOCKET, SO_TIMESTAMPING_NEW, TIMESTAMPING, true },
	{ SOL_IP, 1 /* IP_TOS */, BYTES },
	{ SOL_IP, 2 /* IP_TTL */, INTS },
	{ SOL_IP, 3 /* SCM_SECURITY */, STRING },
	{ SOL_IP, 6 /* IP_RECVOPTS */, BYTES },
	{ SOL_IP, 7 /* IP_RETOPTS */, BYTES },
	{ SOL_IP, 8 /* IP_PKTINFO */, PKTINFO },
	{ SOL_IP, 11 /* IP_RECVERR */, ERROR },
	{ SOL_IP, 20 /* IP_ORIGDSTADDR */, ADDRESS },
	{ SOL_IP, 23 /* IP_CHECKSUM */, INTS },
};

static void print_struct(struct sct_text *text, const struct sct_place *place, const struct sct_struct *of,
			 const struct data *data)
{
	sct_bytes_print(text, place, of, data->bytes, sct_struct_size(of, place->known->plan.abi));
}

/* A descriptor that lies in the control messages: with -y, each word of these has been looked up as one. */
static void print_fd(struct sct_text *text, const struct sct_place *place, const uint8_t *bytes)
{
	unsigned int step = sct_known_member_fd_step(place, 0);
	int32_t fd = sct_number_at(bytes, 4);
	struct sct_place at = *place;
	struct sct_piece piece;

	sct_text_putf(text, "%d", fd);
	at.element = (bytes - place->bytes) / 4;
	if (fd >= 0 && step != SCT_NO_STEP && at.element < place->known->plan.steps[step].max_count &&
	    sct_known_piece(place->known, place->root, place->at_exit, step, sct_known_ordinal(&at, step), &piece))
		sct_fd_piece_print(text, place->known->options, &piece);
}

static void print_ints(struct sct_text *text, const struct sct_place *place, const struct data *data, bool fds)
{
	uint32_t n = data->len / 4, limit = place->known->options->string_limit, i;

	sct_text_put(text, "[");
	for (i = 0; i < n; i++) {
		sct_text_put(text, i ? ", " : "");
		if (i >= limit && !place->known->options->verbose) {
			sct_text_put(text, "...");
			break;
		}
		if (fds)
			print_fd(text, place, data->bytes + i * 4);
		else
			sct_text_putf(text, "%d", (int32_t)sct_number_at(data->bytes + i * 4, 4));
	}
	sct_text_put(text, "]");
}

static void print_bytes(struct sct_text *text, const struct sct_place *place, const struct data *data)
{
	uint32_t limit = place->known->options->verbose ? UINT32_MAX : place->known->options->string_limit;

	sct_byte_array_print(text, data->bytes, data->len < limit ? data->len : limit, data->len > limit);
}

static const struct sct_struct *struct_of(const struct cmsg_type *type)
{
	switch (type->form) {
	case CREDENTIALS:
		return &sct_struct_ucred;
	case TIMEVAL:
		return type->of64 ? &sct_struct_timeval64 : &sct_struct_timeval;
	case TIMESPEC:
	case TIMESTAMPING:
		return type->of64 ? &sct_struct_timespec64 : &sct_struct_timespec;
	case PKTINFO:
		return &sct_struct_in_pktinfo;
	default:
		return NULL;
	}
}

/* Bytes without which it cannot be told. */
static uint32_t least(const struct cmsg_type *type, uint8_t abi)
{
	switch (type->form) {
	case INTS:
	case FDS:
		return 4;
	case ERROR:
		return 32;
	case ADDRESS:
		return 16;
	case TIMESTAMPING:
		return 3 * sct_struct_size(struct_of(type), abi);
	default:
		return struct_of(type) ? sct_struct_size(struct_of(type), abi) : 1;
	}
}

static void print_error(struct sct_text *text, const struct sct_place *place, const struct data *data)
{
	struct sct_place at = *place;

	at.of = &sct_struct_sock_extended_err;
	at.bytes = data->bytes;
	at.len = data->len;
	sct_text_put(text, "{");
	sct_members_print(text, &at, 0, 7);
	sct_text_put(text, ", offender=");
	sct_bytes_print(text, place, &sct_struct_sockaddr, data->bytes + 16, 16);
	sct_text_put(text, "}");
}

static void print_data(struct sct_text *text, const struct sct_place *place, const struct cmsg_type *type,
		       const struct data *data)
{
	uint32_t bytes = least(type, place->known->plan.abi);

	if (data->len < bytes) {
		/* A time that is cut short is said to be one. */
		if (data->len && type->form >= TIMEVAL && type->form <= TIMESTAMPING)
			sct_text_put(text, ", cmsg_data=???");
		return;
	}
	sct_text_put(text, ", cmsg_data=");
	switch (type->form) {
	case INTS:
	case FDS:
		print_ints(text, place, data, type->form == FDS);
		break;
	case BYTES:
		print_bytes(text, place, data);
		break;
	case STRING:
		sct_text_quoted(text, data->bytes, data->len, false);
		break;
	case TIMESTAMPING:
		sct_array_print(text, place, struct_of(type), data->bytes, bytes);
		break;
	case ERROR:
		print_error(text, place, data);
		break;
	case ADDRESS:
		sct_bytes_print(text, place, &sct_struct_sockaddr, data->bytes, data->len);
		break;
	default:
		print_struct(text, place, struct_of(type), data);
		break;
	}
}

static void print_type(struct sct_text *text, int32_t level, int32_t type)
{
	const char *name = sct_xlat_name(&sct_xlat_socket_levels, (uint32_t)level);

	sct_text_put(text, ", cmsg_level=");
	if (name)
		sct_text_name(text, (uint32_t)level, SCT_HEX_DIGITS, name);
	else
		sct_text_putf(text, "%#x /* SOL_??? */", level);
	sct_text_put(text, ", cmsg_type=");
	if (level == SOL_SOCKET)
		sct_text_enum(text, (uint32_t)type, &sct_xlat_cmsg_socket_types);
	else if (level == SOL_IP)
		sct_text_enum(text, (uint32_t)type, &sct_xlat_cmsg_ip_types);
	else
		sct_text_putf(text, "%#x", type);
}

/* One message, of which there are n bytes. */
static void print_one(struct sct_text *text, const struct sct_place *place, const uint8_t *bytes, uint32_t n,
		      uint64_t len)
{
	uint32_t head = sct_word_bytes(place->known->plan.abi) + 8;
	int32_t level = sct_number_at(bytes + head - 8, 4), type = sct_number_at(bytes + head - 4, 4);
	struct data data = { .bytes = bytes + head };
	size_t i;

	sct_text_putf(text, "{cmsg_len=%llu", (unsigned long long)len);
	print_type(text, level, type);
	if (len > head)
		data.len = (len < n ? len : n) - head;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i].level == level && types[i].type == type)
			print_data(text, place, &types[i], &data);
	}
	sct_text_put(text, "}");
}

/* All that lie in the buffer, one behind the other. */
void sct_cmsgs_print(struct sct_text *text, const struct sct_place *place)
{
	uint32_t word = sct_word_bytes(place->known->plan.abi), head = word + 8, at = 0;

	if (place->len < head) {
		sct_text_addr(text, place->address);
		return;
	}
	sct_text_put(text, "[");
	while (place->len - at >= head) {
		uint64_t len = sct_number_at(place->bytes + at, word), step;

		sct_text_put(text, at ? ", " : "");
		print_one(text, place, place->bytes + at, place->len - at, len);
		/* Where the next one is cannot be told. */
		if (len < head) {
			at += head;
			break;
		}
		step = len > place->len ? place->len : (len + word - 1) / word * word;
		at += step < place->len - at ? step : place->len - at;
	}
	if (at < place->len)
		sct_text_putf(text, ", ... /* %#llx */", (unsigned long long)place->address + at);
	sct_text_put(text, "]");
}
