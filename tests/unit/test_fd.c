// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/decode/fd.c: what is shown of a descriptor, and what of a piece that is not right. */
#include <stdlib.h>
#include <sys/socket.h>

#include "made.h"
#include "print.h"

/* What a piece holds. */
struct held {
	const char *path;
	union {
		struct sctrace_fd fd;
		struct sctrace_fd_socket socket; /* if .fd.kind is such */
	};
	const char *name;		/* behind it */
	size_t name_len;
};

#define KIND(of, n)	.fd = { .kind = SCTRACE_FD_##of, .number = n }
#define SOCK(inode, of, called, ...)	\
	.socket = { .fd = { .kind = SCTRACE_FD_SOCKET, .number = inode }, .family = of, .name = called, __VA_ARGS__ }
#define SIX(...) { [15] = 1 __VA_ARGS__ }

static const struct {
	struct held held;
	const char *text;
	const char *without[4];		/* not shown: SCT_FD_PATH, _SOCKET, _DEV, _PIDFD; NULL: as .text */
} rows[] = {
	{ { "/etc" }, "</etc>", { "" } },
	{ { "/x (deleted)" }, "</x>(deleted)", { "" } },
	{ { "/dev/null", KIND(CHAR, 1ull << 32 | 3) }, "</dev/null<char 1:3>>", { NULL, NULL, "</dev/null>" } },
	{ { "/b>", KIND(BLOCK, 0xfffull << 32 | 0xfffff) }, "</b\\76<block 4095:1048575>>", { NULL, NULL, "</b\\76>" } },
	{ { "/n (deleted)", KIND(CHAR, 1ull << 32 | 3) }, "</n>(deleted)", { "" } },
	{ { "anon_inode:[pidfd]", KIND(PIDFD, 77) }, "<pid:77>", { NULL, NULL, NULL, "<anon_inode:[pidfd]>" } },
	{ { "socket:[9]", SOCK(9, AF_INET, "TCP") }, "<TCP:[9]>" },
	{ { "socket:[9]", SOCK(9, AF_INET, "TCP", .local = { 127, 0, 0, 1 }, .local_port = 80) }, "<TCP:[127.0.0.1:80]>" },
	{ { "socket:[9]", SOCK(9, AF_INET, "UDP", .local = { 127, 0, 0, 1 }, .local_port = 65535, .peer = { 10, 1 },
			       .peer_port = 53) }, "<UDP:[127.0.0.1:65535->10.1.0.0:53]>" },
	/* Its own port is gone. */
	{ { "socket:[9]", SOCK(9, AF_INET, "TCP", .peer = { 10, 1 }, .peer_port = 53) }, "<TCP:[9]>" },
	{ { "socket:[9]", SOCK(9, AF_INET6, "TCPv6", .local = SIX(), .local_port = 1, .peer = SIX(, [0] = 0xfe),
			       .peer_port = 2) }, "<TCPv6:[[::1]:1->[fe00::1]:2]>" },
	{ { "socket:[9]", SOCK(9, AF_INET6, "TCPv6", .local = { [10] = 255, 255, 127, 0, 0, 1 }, .local_port = 1) },
	  "<TCPv6:[[::ffff:127.0.0.1]:1]>" },
	{ { "socket:[9]", SOCK(9, AF_UNIX, "UNIX") }, "<UNIX:[9]>" },
	{ { "socket:[9]", SOCK(9, AF_UNIX, "UNIX-STREAM", .peer_inode = 10) }, "<UNIX-STREAM:[9->10]>" },
	{ { "socket:[9]", SOCK(9, AF_UNIX, "UNIX-STREAM", .peer_inode = 10), "/a\"\n", 4 }, "<UNIX-STREAM:[9->10,\"/a\\\"\\n\"]>" },
	{ { "socket:[9]", SOCK(9, AF_UNIX, "UNIX"), "\0x\1\0y", 5 }, "<UNIX:[9,@\"x\\1\"]>" },
	{ { "socket:[9]", SOCK(9, AF_UNIX, "UNIX"), "\0", 1 }, "<UNIX:[9,@\"\"]>" },
	{ { "socket:[9]", SOCK(9, AF_NETLINK, "NETLINK", .protocol = 15) }, "<NETLINK:[9]>" },
	{ { "socket:[9]", SOCK(9, AF_NETLINK, "NETLINK", .protocol = 15, .local_port = 4294967295u) },
	  "<NETLINK:[KOBJECT_UEVENT:4294967295]>" },
	{ { "socket:[9]", SOCK(9, AF_NETLINK, "NETLINK", .protocol = 31, .local_port = 5) }, "<NETLINK:[31:5]>" },
	{ { "socket:[9]", SOCK(9, AF_INET, "RAW", .local_port = 255) }, "<RAW:[0.0.0.0:255]>" },
	{ { "socket:[9]", SOCK(9, AF_INET, "PING", .local_port = 255) }, "<PING:[9]>" },
	/* strace knows neither. */
	{ { "socket:[9]", SOCK(9, AF_PACKET, "PACKET") }, "<socket:[9]>" },
	{ { "socket:[9]", SOCK(9, AF_PACKET, "TCP") }, "<socket:[9]>" },
	{ { "socket:[9]", .fd = { .kind = 99, .number = 3 } }, "<socket:[9]>", { "" } },
};

static struct sct_text text;

static size_t size_of(const struct held *held)
{
	return held->fd.kind == SCTRACE_FD_SOCKET ? sizeof(held->socket) : sizeof(held->fd);
}

/* Makes the bytes of a piece, in memory of their exact length, for free(). */
static uint8_t *make(const struct held *held, uint16_t *len)
{
	size_t n = strlen(held->path), head = held->fd.kind ? size_of(held) : 0;
	struct sctrace_fd_socket socket = held->socket;
	uint8_t *bytes;

	*len = n + (head ? 1 + head + held->name_len : 0);
	bytes = malloc(*len);
	assert_non_null(bytes);
	memcpy(bytes, held->path, n);
	if (!head)
		return bytes;
	socket.fd.version = SCTRACE_FD_VERSION;
	socket.fd.bytes = head + held->name_len;
	bytes[n] = '\0';
	memcpy(bytes + n + 1, &socket, head);
	if (held->name_len)
		memcpy(bytes + n + 1 + head, held->name, held->name_len);
	return bytes;
}

static const char *print(const uint8_t *bytes, uint16_t len, bool details, unsigned int shown)
{
	struct sct_plan_options options = { .fd_paths = true, .fd_details = details, .fds_shown = shown };
	struct sct_piece piece = { .data = bytes, .len = len };

	sct_text_clear(&text);
	sct_text_put(&text, "");
	sct_fd_piece_print(&text, &options, &piece);
	return text.chars;
}

/* What is shown of it without one of these bits. */
static const char *without(size_t i, size_t bit)
{
	if (rows[i].without[bit])
		return rows[i].without[bit];
	return rows[i].held.fd.kind == SCTRACE_FD_SOCKET && bit == 1 ? "<socket:[9]>" : rows[i].text;
}

static void piece_print_of_each_kind(void **state)
{
	static const unsigned int bits[] = { SCT_FD_PATH, SCT_FD_SOCKET, SCT_FD_DEV, SCT_FD_PIDFD };
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		uint16_t len;
		uint8_t *bytes = make(&rows[i].held, &len);

		assert_string_equal(print(bytes, len, true, 0), rows[i].text);
		assert_string_equal(print(bytes, len, true, SCT_FD_NOTHING), "");
		for (j = 0; j < COUNT(bits); j++)
			assert_string_equal(print(bytes, len, true, SCT_FD_ALL & ~bits[j]), without(i, j));
		free(bytes);
	}
}

/* The path alone was asked for: all bytes are its. */
static void piece_print_of_a_path_alone(void **state)
{
	(void)state;
	assert_string_equal(print((const uint8_t *)"/x", 2, false, 0), "</x>");
	assert_string_equal(print((const uint8_t *)"/x\0\1\1", 5, false, 0), "</x\\0\\1\\1>");
	assert_string_equal(print((const uint8_t *)"", 0, false, 0), "");
	assert_string_equal(print((const uint8_t *)"", 0, true, 0), "");
	assert_string_equal(print((const uint8_t *)"\0\0", 2, true, 0), "");
}

/* Of every length that it could have been cut to, nothing beyond is looked at (AddressSanitizer says so). */
static void piece_print_of_one_that_is_cut(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct held *held = &rows[i].held;
		size_t path_len = strlen(held->path);
		uint16_t len, n;
		uint8_t *bytes = make(held, &len);

		for (n = path_len; n < len; n++) {
			uint8_t *cut = malloc(n);

			assert_non_null(cut);
			memcpy(cut, bytes, n);
			/* The length that it gives itself is more than there is. */
			assert_memory_equal(print(cut, n, true, 0) + 1, held->path, 2);
			free(cut);
		}
		free(bytes);
	}
}

/* Whatever is in it. */
static void piece_print_of_any_bytes(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		uint16_t len, at;
		uint8_t *bytes = make(&rows[i].held, &len);

		for (at = 0; at < len; at++) {
			static const uint8_t others[] = { 0, 1, 0x7f, 0x80, 0xff };
			uint8_t was = bytes[at];
			size_t j;

			for (j = 0; j < COUNT(others); j++) {
				bytes[at] = others[j];
				print(bytes, len, true, 0);
			}
			bytes[at] = was;
		}
		free(bytes);
	}
}

static void piece_print_of_another_version(void **state)
{
	struct held held = { "/dev/null", KIND(CHAR, 1ull << 32 | 3) };
	uint16_t len;
	uint8_t *bytes = make(&held, &len);

	(void)state;
	bytes[sizeof("/dev/null")]++;
	assert_string_equal(print(bytes, len, true, 0), "</dev/null>");
	free(bytes);
	/* A socket that is too short to be one, and the lengths that it could say. */
	held = (struct held) { "socket:[9]", SOCK(9, AF_UNIX, "UNIX") };
	bytes = make(&held, &len);
	bytes[sizeof("socket:[9]") + offsetof(struct sctrace_fd, bytes)]--;
	assert_string_equal(print(bytes, len, true, 0), "<socket:[9]>");
	free(bytes);
}

static int free_text(void **state)
{
	(void)state;
	sct_text_free(&text);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(piece_print_of_each_kind),
		cmocka_unit_test(piece_print_of_a_path_alone),
		cmocka_unit_test(piece_print_of_one_that_is_cut),
		cmocka_unit_test(piece_print_of_any_bytes),
		cmocka_unit_test(piece_print_of_another_version),
	};

	return cmocka_run_group_tests_name("sctrace_fd", tests, NULL, free_text);
}
