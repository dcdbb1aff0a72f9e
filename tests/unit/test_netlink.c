// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/decode/netlink*.c: messages that are whole, cut, or lie about their lengths; and which descriptors are netlink's. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "calls.h"
#include "made.h"
#include "netlink.h"
#include "record.h"
#include "strace.h"

#define OPEN	2
#define CLOSE	3
#define DUP	32
#define SOCKET	41
#define SENDTO	44
#define SENDMSG	46
#define NL_FD	3

static struct sct_tasks tasks;
static struct made made;
static struct sct_record rec;
static struct sct_plan_set plans;
static struct sct_strace out;
static char *text;
static size_t text_len;

static void begin(unsigned int string_limit)
{
	struct sct_plan_options how = { .string_limit = string_limit, .netlink = sct_netlink_fds_new() };

	assert_non_null(how.netlink);
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	assert_int_equal(sct_plan_set_build(&plans, &how), 0);
	out = (struct sct_strace) { .out = open_memstream(&text, &text_len), .plans = &plans, .tasks = &tasks };
}

static void end(void)
{
	sct_strace_finish(&out, "");
	fclose(out.out);
	free(text);
	sct_strace_free(&out);
	sct_tasks_free(&tasks);
	sct_netlink_fds_free(plans.options.netlink);
	sct_plan_set_free(&plans);
}

static void show(void)
{
	struct sct_event event;

	made_parse(&made, &rec);
	assert_int_equal(sct_pair(&tasks, &rec, &event), 1);
	sct_strace_event(&out, &event);
	sct_netlink_fds_event(plans.options.netlink, &event);
	sct_pair_done(&tasks, &event);
}

static void call(unsigned int nr, unsigned int n, const uint64_t *args, int64_t result)
{
	made_call(&made, nr, n, args, result, 1);
	show();
}

static void open_netlink(void)
{
	call(SOCKET, 3, (const uint64_t[]){ AF_NETLINK, SOCK_RAW, NETLINK_ROUTE }, NL_FD);
}

/* sendto of len bytes, of which so many were captured: they lie at the end of memory of their own. The line. */
static const char *sent(int fd, const void *bytes, uint32_t len, uint32_t have)
{
	const uint64_t args[] = { fd, 0x1000, len, 0, 0, 0 };
	struct sct_event event;
	uint8_t *copy;

	made_call(&made, SENDTO, 6, args, len, 1);
	made_piece(&made, 0, have < len ? SCTRACE_PIECE_CUT : 0, len, bytes, have);
	copy = malloc(made.size);
	memcpy(copy, made.bytes, made.size);
	assert_int_equal(sct_record_parse(&rec, (void *)copy, made.size), 0);
	fflush(out.out);
	rewind(out.out);
	assert_int_equal(sct_pair(&tasks, &rec, &event), 1);
	sct_strace_event(&out, &event);
	sct_pair_done(&tasks, &event);
	free(copy);
	fflush(out.out);
	return text;
}

static void has(const char *line, const char *what)
{
	if (!strstr(line, what))
		fail_msg("'%s' is not in: %s", what, line);
}

static void lacks(const char *line, const char *what)
{
	if (strstr(line, what))
		fail_msg("'%s' is in: %s", what, line);
}

/* A request for a link, with a name, a list of names, an error and an end. */
static const struct {
	struct nlmsghdr link;
	struct ifinfomsg info;
	struct nlattr name;
	char lo[4];
	struct nlattr names, one;
	char other[4];
	struct nlmsghdr failed;
	int32_t error;
	struct nlmsghdr about;
	struct nlmsghdr done;
	int32_t nothing;
} message = {
	{ sizeof(struct nlmsghdr) + sizeof(struct ifinfomsg) + 8 + 12, RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK, 1, 2 },
	{ .ifi_family = AF_UNSPEC, .ifi_type = 1 }, { 7, IFLA_IFNAME }, "lo",
	{ 12, IFLA_PROP_LIST | NLA_F_NESTED }, { 8, IFLA_ALT_IFNAME }, "abc",
	{ 36, NLMSG_ERROR, NLM_F_CAPPED, 3, 4 }, -2, { 99, RTM_GETLINK, 0, 5, 6 },
	{ 20, NLMSG_DONE, NLM_F_MULTI, 7, 8 }, 0,
};

static void messages_are_told(void **state)
{
	const char *line;

	(void)state;
	begin(1000);
	open_netlink();
	line = sent(NL_FD, &message, sizeof(message), sizeof(message));
	has(line, "sendto(3, [[{nlmsg_len=52, nlmsg_type=RTM_GETLINK, nlmsg_flags=NLM_F_REQUEST|NLM_F_ACK, nlmsg_seq=1, nlmsg_pid=2}, "
		  "{ifi_family=AF_UNSPEC, ifi_type=ARPHRD_ETHER, ifi_index=0, ifi_flags=0, ifi_change=0}, "
		  "[[{nla_len=7, nla_type=IFLA_IFNAME}, \"lo\"], [{nla_len=12, nla_type=NLA_F_NESTED|IFLA_PROP_LIST}, "
		  "[{nla_len=8, nla_type=IFLA_ALT_IFNAME}, \"abc\"]]]], "
		  "[{nlmsg_len=36, nlmsg_type=NLMSG_ERROR, nlmsg_flags=NLM_F_CAPPED, nlmsg_seq=3, nlmsg_pid=4}, "
		  "{error=-ENOENT, msg={nlmsg_len=99, nlmsg_type=RTM_GETLINK, nlmsg_flags=0, nlmsg_seq=5, nlmsg_pid=6}}], "
		  "[{nlmsg_len=20, nlmsg_type=NLMSG_DONE, nlmsg_flags=NLM_F_MULTI, nlmsg_seq=7, nlmsg_pid=8}, 0]], 108, 0, NULL, 0)");
	end();
}

/* What was not captured is not told: "..." stands there. */
static void what_was_cut(void **state)
{
	static const struct { uint32_t have; const char *line; } rows[] = {
		{ 0, "sendto(3, ..., 108" },
		{ 15, "sendto(3, ..., 108" },
		{ 16, "nlmsg_pid=2}, ...], ...], 108" },
		{ 20, "nlmsg_pid=2}, {ifi_family=AF_UNSPEC, ...}], ...], 108" },
		{ 32, "ifi_change=0}, ...], ...], 108" },
		{ 36, "ifi_change=0}, [[{nla_len=7, nla_type=IFLA_IFNAME}, ...], ...]], ...], 108" },
		{ 40, "\"lo\"], ...]], ...], 108" },
		{ 48, "nla_type=NLA_F_NESTED|IFLA_PROP_LIST}, [{nla_len=8, nla_type=IFLA_ALT_IFNAME}, ...]]]], ...], 108" },
		{ 52, "\"abc\"]]]], ...], 108" },
		{ 72, "nlmsg_pid=4}, " },
	};
	unsigned int i;

	(void)state;
	begin(1000);
	open_netlink();
	for (i = 0; i < COUNT(rows); i++)
		has(sent(NL_FD, &message, sizeof(message), rows[i].have), rows[i].line);
	end();
}

/* Any word of it may be anything, and any part of it may be all there is: nothing else is looked at. */
static void hostile_lengths(void **state)
{
	static const uint16_t words[] = { 0, 1, 3, 4, 5, 16, 17, 0x7fff, 0x8000, 0xfffc, 0xffff };
	uint8_t bytes[sizeof(message)];
	unsigned int at, i, have;

	(void)state;
	begin(1000);
	open_netlink();
	for (have = 0; have <= sizeof(message); have++) {
		sent(NL_FD, &message, have, have);
		sent(NL_FD, &message, sizeof(message), have);
		sent(NL_FD, &message, UINT32_MAX, have);
	}
	for (at = 0; at < sizeof(message); at += 2) {
		for (i = 0; i < COUNT(words); i++) {
			memcpy(bytes, &message, sizeof(message));
			memcpy(bytes + at, &words[i], 2);
			sent(NL_FD, bytes, sizeof(message), sizeof(message));
			sent(NL_FD, bytes, sizeof(message), 60);
			if (at + 4 <= sizeof(message))
				memcpy(bytes + at + 2, &words[i], 2);
			sent(NL_FD, bytes, sizeof(message), sizeof(message));
		}
	}
	end();
}

/* Heads and attributes of every protocol, of all types, families and lengths. */
static void hostile_types(void **state)
{
	static const int protocols[] = { NETLINK_ROUTE, NETLINK_SOCK_DIAG, NETLINK_XFRM, NETLINK_AUDIT, NETLINK_GENERIC, NETLINK_NETFILTER };
	static const uint8_t families[] = { AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6, 255 };
	uint8_t bytes[160];
	unsigned int p, type, f, len;

	(void)state;
	begin(8);
	for (p = 0; p < COUNT(protocols); p++) {
		call(SOCKET, 3, (const uint64_t[]){ AF_NETLINK, SOCK_RAW, protocols[p] }, NL_FD);
		for (type = 0; type < 124; type++) {
			for (f = 0; f < COUNT(families); f++) {
				for (len = 16; len <= sizeof(bytes); len += 12) {
					const struct nlmsghdr header = { len, type, (len & 4) != 0 };

					memset(bytes, 1 + f, sizeof(bytes));
					memcpy(bytes, &header, sizeof(header));
					bytes[16] = families[f];
					sent(NL_FD, bytes, len, len);
					sent(NL_FD, bytes, len, len - 7 > 16 ? len - 7 : 16);
				}
			}
		}
	}
	end();
}

/* An error in an error in an error: there is an end to it. */
/* All the memory there may be, and a message as long: the next one does not begin where it does. */
static void longest_message_is_one(void **state)
{
	struct nlmsghdr header = { .nlmsg_type = RTM_GETLINK };
	unsigned int i;

	(void)state;
	begin(1000);
	open_netlink();
	for (i = 1; i <= 8; i++) {
		header.nlmsg_len = -i;
		lacks(sent(NL_FD, &header, UINT32_MAX, sizeof(header)), "}, {");
	}
	end();
}

static void errors_in_errors(void **state)
{
	uint8_t bytes[4000];
	unsigned int at;
	const char *line;

	(void)state;
	for (at = 0; at < sizeof(bytes); at += 20) {
		const struct nlmsghdr header = { sizeof(bytes) - at, NLMSG_ERROR };

		memcpy(bytes + at, &header, sizeof(header));
		memset(bytes + at + 16, 0, 4);
	}
	begin(10);
	open_netlink();
	line = sent(NL_FD, bytes, sizeof(bytes), sizeof(bytes));
	for (at = 0; (line = strstr(line, "{error=0, msg=")); at++)
		line++;
	assert_int_equal(at, 16);
	end();
}

/* The number of a socket of netlink that is another's by now; one that was duplicated; one of another process. */
static void descriptors(void **state)
{
	(void)state;
	begin(1000);
	lacks(sent(NL_FD, &message, 20, 20), "nlmsg_len");
	open_netlink();
	has(sent(NL_FD, &message, 20, 20), "nlmsg_len");
	call(DUP, 1, (const uint64_t[]){ NL_FD }, 7);
	has(sent(7, &message, 20, 20), "nlmsg_type=RTM_GETLINK");
	call(DUP, 1, (const uint64_t[]){ NL_FD }, -24);
	call(OPEN, 2, (const uint64_t[]){ 0x1000, 0 }, NL_FD);
	lacks(sent(NL_FD, &message, 20, 20), "nlmsg_len");
	has(sent(7, &message, 20, 20), "nlmsg_type=RTM_GETLINK");
	call(SOCKET, 3, (const uint64_t[]){ AF_UNIX, SOCK_DGRAM, 0 }, 7);
	lacks(sent(7, &message, 20, 20), "nlmsg_len");
	call(SOCKET, 3, (const uint64_t[]){ AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG }, 7);
	has(sent(7, &message, 20, 20), "nlmsg_type=TCPDIAG_GETSOCK");
	call(SOCKET, 3, (const uint64_t[]){ AF_NETLINK, SOCK_RAW, 99 }, 7);
	has(sent(7, &message, 20, 20), "nlmsg_type=0x12 /* NLMSG_??? */");
	end();
}

/* More than are kept: the oldest are forgotten, no others. */
/* Others get the numbers, by calls that do not return them. */
static void descriptors_come_to_their_ends(void **state)
{
	(void)state;
	begin(1000);
	open_netlink();
	call(CLOSE, 1, (const uint64_t[]){ NL_FD }, -EBADF);
	call(CLOSE, 1, (const uint64_t[]){ NL_FD + 1 }, 0);
	has(sent(NL_FD, &message, 20, 20), "nlmsg_len");
	call(CLOSE, 1, (const uint64_t[]){ NL_FD }, 0);
	lacks(sent(NL_FD, &message, 20, 20), "nlmsg_len");
	open_netlink();
	made_exec(&made, TID);
	show();
	lacks(sent(NL_FD, &message, 20, 20), "nlmsg_len");
	open_netlink();
	/* A thread's end is not its process's. */
	made_task_exit(&made, 0);
	show();
	has(sent(NL_FD, &message, 20, 20), "nlmsg_len");
	made_task_exit(&made, 0);
	made.hdr.tid = TGID;
	show();
	lacks(sent(NL_FD, &message, 20, 20), "nlmsg_len");
	end();
}

static void many_descriptors(void **state)
{
	unsigned int i;

	(void)state;
	begin(1000);
	for (i = 0; i < 1030; i++)
		call(SOCKET, 3, (const uint64_t[]){ AF_NETLINK, SOCK_RAW, NETLINK_ROUTE }, i);
	lacks(sent(0, &message, 20, 20), "nlmsg_len");
	lacks(sent(5, &message, 20, 20), "nlmsg_len");
	has(sent(6, &message, 20, 20), "nlmsg_len");
	has(sent(1029, &message, 20, 20), "nlmsg_len");
	for (i = 0; i < 1030; i++)
		call(DUP, 1, (const uint64_t[]){ 5000 }, i);
	lacks(sent(1029, &message, 20, 20), "nlmsg_len");
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_are_told),
		cmocka_unit_test(what_was_cut),
		cmocka_unit_test(hostile_lengths),
		cmocka_unit_test(hostile_types),
		cmocka_unit_test(longest_message_is_one),
		cmocka_unit_test(errors_in_errors),
		cmocka_unit_test(descriptors),
		cmocka_unit_test(descriptors_come_to_their_ends),
		cmocka_unit_test(many_descriptors),
	};

	return cmocka_run_group_tests_name("sctrace_netlink", tests, NULL, NULL);
}
