// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * userspace/filter/where.c and what is below it: expressions are compiled, and their programs run over
 * calls made by hand.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "bpf.h"
#include "calls.h"
#include "made.h"
#include "where.h"

/* By the tables of x86_64. */
#define READ	0
#define OPEN	2
#define LSEEK	8
#define MMAP	9
#define SOCKET	41
#define KILL	62
#define OPENAT	257
#define OPENAT_32 295
#define OPEN_32	5
#define PREAD64_32 180
#define LSEEK_32 19
#define CHOWN_32 182
#define IPC_32	117

#define NATIVE	SCTRACE_ABI_NATIVE
#define COMPAT	SCTRACE_ABI_COMPAT
#define X32	SCTRACE_ABI_X32

static int setup(void **state)
{
	(void)state;
	return sct_calls_init(AUDIT_ARCH_X86_64);
}

/* What the expression says of a call. */
static bool run(const char *text, const struct sctrace_filter_data *data)
{
	struct sct_conds conds = { 0 };
	struct sock_filter *insns;
	struct sct_fault fault;
	struct sct_cond *cond;
	bool at_exit;
	uint32_t n, result;

	if (sct_where_parse(&cond, &at_exit, &conds, text, &fault))
		fail_msg("'%s': at %u: %s", text, fault.column, fault.text);
	assert_int_equal(sct_program_make(cond, &insns, &n), 0);
	result = bpf_run(insns, n, data);
	free(insns);
	sct_conds_free(&conds);
	return result;
}

struct row {
	const char *text;
	bool wanted;
	struct sctrace_filter_data data;
};

static void check(const struct row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		char inverse[300];

		if (run(rows[i].text, &rows[i].data) != rows[i].wanted)
			fail_msg("row %zu: '%s' is %d", i, rows[i].text, !rows[i].wanted);
		snprintf(inverse, sizeof(inverse), "!(%s)", rows[i].text);
		if (run(inverse, &rows[i].data) == rows[i].wanted)
			fail_msg("row %zu: '%s' is %d", i, inverse, rows[i].wanted);
	}
}

#define ARG0(value)	{ .args[0] = value }
#define CALL(a, n, ...)	{ .abi = a, .nr = n, .args = { __VA_ARGS__ } }
#define BIT31	0x80000000ull
#define BIT63	0x8000000000000000ull

static void words_of_64_bits(void **state)
{
	static const struct row rows[] = {
		{ "arg0 == 0", true, ARG0(0) },
		{ "arg0 == 0", false, ARG0(1) },
		{ "arg0 == 0", false, ARG0(1ull << 32) },
		{ "arg0 == 0x100000001", true, ARG0(0x100000001) },
		{ "arg0 == 0x100000001", false, ARG0(1) },
		{ "arg0 == 0x100000001", false, ARG0(0x100000000) },
		{ "arg0 == 0x80000000", true, ARG0(BIT31) },
		{ "arg0 == 0x80000000", false, ARG0(0xffffffff80000000) },
		{ "arg0 == -0x80000000", true, ARG0(0xffffffff80000000) },
		{ "arg0 == -1", true, ARG0(UINT64_MAX) },
		{ "arg0 == -1", false, ARG0(0xffffffff) },
		{ "arg0 != -1", true, ARG0(0xffffffff) },
		{ "arg0 != -1", false, ARG0(UINT64_MAX) },
		{ "arg0 == 0x8000000000000000", true, ARG0(BIT63) },
		{ "arg0 == -0x8000000000000000", true, ARG0(BIT63) },
		{ "arg0 < 0x8000000000000000", true, ARG0(BIT63 - 1) },
		{ "arg0 < 0x8000000000000000", false, ARG0(BIT63) },
		{ "arg0 <= 0x8000000000000000", true, ARG0(BIT63) },
		{ "arg0 <= 0x8000000000000000", false, ARG0(BIT63 + 1) },
		{ "arg0 > 0x8000000000000000", false, ARG0(BIT63) },
		{ "arg0 > 0x8000000000000000", true, ARG0(UINT64_MAX) },
		{ "arg0 >= 0x100000000", true, ARG0(0x100000000) },
		{ "arg0 >= 0x100000000", false, ARG0(0xffffffff) },
		{ "arg0 > 0xffffffff", true, ARG0(0x100000000) },
		{ "arg0 > 0xffffffff", false, ARG0(0xffffffff) },
		{ "arg0 > 0", false, ARG0(0) },
		{ "arg0 > 0", true, ARG0(1ull << 32) },
		{ "0 < arg0", true, ARG0(1) },
		{ "5 >= arg0", true, ARG0(5) },
		{ "5 >= arg0", false, ARG0(6) },
		{ "arg0", true, ARG0(1ull << 32) },
		{ "arg0", true, ARG0(1) },
		{ "arg0", false, ARG0(0) },
		{ "arg0 & 0x100000001", true, ARG0(1) },
		{ "arg0 & 0x100000001", true, ARG0(1ull << 32) },
		{ "arg0 & 0x100000001", false, ARG0(0xfffffffefffffffe) },
		{ "arg0 & 1", false, ARG0(1ull << 32) },
		{ "arg0 & -1", true, ARG0(BIT63) },
		{ "0x10 & arg0", true, ARG0(0x10) },
		{ "(arg0 & 0xff000000ff) == 0x1000000002", true, ARG0(0xaa10bbbbbb02) },
		{ "(arg0 & 0xff000000ff) == 0x1000000002", false, ARG0(0xaa11bbbbbb02) },
		{ "(arg0 & 0xff000000ff) != 0x1000000002", true, ARG0(0xaa10bbbbbb03) },
		{ "(arg0 & 0xf0) > 0x20", true, ARG0(0x1030) },
		{ "(arg0 & 0xf0) > 0x20", false, ARG0(0x102f) },
		{ "arg5 == 7", true, { .args[5] = 7 } },
		{ "arg0 == 010", true, ARG0(8) },
	};

	(void)state;
	check(rows, COUNT(rows));
}

/* Of what a 32-bit program gives, the upper half of a register is nobody's. */
static void words_of_32_bit_programs(void **state)
{
	static const struct row rows[] = {
		{ "arg0 == 5", true, { .abi = COMPAT, .args[0] = 0xdead00000005 } },
		{ "arg0 == -1", true, { .abi = COMPAT, .args[0] = 0xffffffff } },
		{ "arg0 > 0xfffffffe", true, { .abi = COMPAT, .args[0] = 0xffffffff } },
		{ "arg0 == 0x100000000", false, { .abi = COMPAT, .args[0] = 0 } },
		{ "arg0 < 0x100000000", true, { .abi = COMPAT, .args[0] = UINT64_MAX } },
		{ "arg0 >= 0x100000000", false, { .abi = COMPAT, .args[0] = UINT64_MAX } },
		{ "arg0 & 0x100000000", false, { .abi = COMPAT, .args[0] = UINT64_MAX } },
		{ "arg0 == 0xdead00000005", true, { .abi = X32, .args[0] = 0xdead00000005 } },
	};

	(void)state;
	check(rows, COUNT(rows));
}

/* An int is the lower half, whatever is above. */
static void ints_are_32_bits_with_a_sign(void **state)
{
	static const struct row rows[] = {
		{ "read.fd == 3", true, CALL(NATIVE, READ, 0xdeadbeef00000003) },
		{ "read.fd == -1", true, CALL(NATIVE, READ, 0xffffffff) },
		{ "read.fd == 0xffffffff", true, CALL(NATIVE, READ, 0xffffffff) },
		{ "read.fd < 0", true, CALL(NATIVE, READ, BIT31) },
		{ "read.fd < 0", false, CALL(NATIVE, READ, 0x7fffffff) },
		{ "read.fd > -2", true, CALL(NATIVE, READ, 0xffffffff) },
		{ "read.fd > -2", true, CALL(NATIVE, READ, 0) },
		{ "read.fd > -2", false, CALL(NATIVE, READ, 0xfffffffe) },
		{ "read.fd <= -2147483648", true, CALL(NATIVE, READ, BIT31) },
		{ "read.fd <= -2147483648", false, CALL(NATIVE, READ, BIT31 + 1) },
		{ "read.fd >= 2147483647", true, CALL(NATIVE, READ, 0x7fffffff) },
		{ "read.fd >= 2147483647", false, CALL(NATIVE, READ, BIT31) },
		{ "openat.dirfd == AT_FDCWD", true, CALL(NATIVE, OPENAT, 0xffffff9c) },
		{ "openat.dirfd == AT_FDCWD", true, CALL(NATIVE, OPENAT, -100) },
	};

	(void)state;
	check(rows, COUNT(rows));
}

static void longs_have_the_bits_of_their_abi(void **state)
{
	static const struct row rows[] = {
		{ "lseek.offset < 0", true, CALL(NATIVE, LSEEK, 1, BIT63) },
		{ "lseek.offset < 0", false, CALL(NATIVE, LSEEK, 1, BIT31) },
		{ "lseek.offset < 0", true, CALL(COMPAT, LSEEK_32, 1, BIT31) },
		{ "lseek.offset > -5000000000", true, CALL(COMPAT, LSEEK_32, 1, BIT31) },
		{ "lseek.offset < -5000000000", false, CALL(COMPAT, LSEEK_32, 1, BIT31) },
		{ "lseek.offset == -1", true, CALL(COMPAT, LSEEK_32, 1, 0xffffffff) },
		{ "lseek.offset == -1", false, CALL(NATIVE, LSEEK, 1, 0xffffffff) },
		{ "lseek.offset >= -1", true, CALL(NATIVE, LSEEK, 1, UINT64_MAX) },
		{ "lseek.offset > -1", false, CALL(NATIVE, LSEEK, 1, UINT64_MAX) },
		{ "lseek.offset > -1", true, CALL(NATIVE, LSEEK, 1, 0) },
		{ "lseek.offset <= -9223372036854775808", true, CALL(NATIVE, LSEEK, 1, BIT63) },
		{ "lseek.offset <= -9223372036854775808", false, CALL(NATIVE, LSEEK, 1, BIT63 + 1) },
		{ "lseek.whence == SEEK_END", true, CALL(NATIVE, LSEEK, 1, 0, 2) },
		/* In two registers. */
		{ "pread64.offset == 0x100000002", true, CALL(COMPAT, PREAD64_32, 3, 0, 9, 2, 1) },
		{ "pread64.offset == 0x100000002", false, CALL(COMPAT, PREAD64_32, 3, 0, 9, 2, 2) },
		{ "pread64.offset == 0x100000002", true, CALL(NATIVE, 17, 3, 0, 9, 0x100000002) },
		{ "pread64.offset < 0", true, CALL(COMPAT, PREAD64_32, 3, 0, 9, 0, BIT31) },
		/* Ids of 16 bits. */
		{ "chown.owner == 5", true, CALL(COMPAT, CHOWN_32, 0, 0xabc0005) },
		{ "chown.owner == -1", true, CALL(COMPAT, CHOWN_32, 0, 0xffff) },
		{ "chown.owner == -1", true, CALL(NATIVE, 92, 0, 0xffffffff) },
		{ "chown.owner == 70000", false, CALL(COMPAT, CHOWN_32, 0, 70000) },
	};

	(void)state;
	check(rows, COUNT(rows));
}

static void calls_are_found_by_abi_and_number(void **state)
{
	static const struct row rows[] = {
		{ "openat.flags & O_CREAT", true, CALL(NATIVE, OPENAT, 0, 0, O_CREAT) },
		{ "openat.flags & O_CREAT", true, CALL(X32, OPENAT, 0, 0, O_CREAT) },
		{ "openat.flags & O_CREAT", true, CALL(COMPAT, OPENAT_32, 0, 0, O_CREAT) },
		{ "openat.flags & O_CREAT", false, CALL(NATIVE, OPENAT_32, 0, 0, O_CREAT) },
		{ "openat.flags & O_CREAT", false, CALL(COMPAT, OPENAT, 0, 0, O_CREAT) },
		{ "openat.flags & O_CREAT", false, CALL(NATIVE, OPENAT + 1, 0, 0, O_CREAT) },
		{ "openat.flags & O_CREAT", false, CALL(NATIVE, OPENAT - 1, 0, 0, O_CREAT) },
		{ "openat.flags & O_CREAT", false, CALL(NATIVE, SCTRACE_NR_NONE, 0, 0, O_CREAT) },
		{ "openat.flags != 0", false, CALL(NATIVE, READ, 0, 0, 1) },
		{ "openat.flags != 0", true, CALL(NATIVE, OPENAT, 0, 0, 1) },
		{ "openat.flags == 0", false, CALL(NATIVE, READ, 0, 0, 0) },
		{ "(openat.flags & O_ACCMODE) == O_RDWR", true, CALL(NATIVE, OPENAT, 0, 0, O_RDWR | O_CREAT) },
		{ "(openat.flags & O_ACCMODE) == O_RDWR", false, CALL(NATIVE, OPENAT, 0, 0, O_WRONLY) },
		{ "openat.flags & (O_CREAT | O_TRUNC)", true, CALL(NATIVE, OPENAT, 0, 0, O_TRUNC) },
		{ "openat.flags == (O_WRONLY|O_CREAT|O_TRUNC)", true,
		  CALL(NATIVE, OPENAT, 0, 0, O_WRONLY | O_CREAT | O_TRUNC) },
		{ "openat.arg2 == 64", true, CALL(NATIVE, OPENAT, 0, 0, 64) },
		{ "openat.arg5 == 64", true, CALL(NATIVE, OPENAT, 0, 0, 0, 0, 0, 64) },
		{ "openat.pathname == NULL", true, CALL(NATIVE, OPENAT) },
		{ "kill.signum == SIGKILL", true, CALL(NATIVE, KILL, 1, SIGKILL) },
		{ "kill.signum == SIGRT_1 || kill.signum == SIGIO", true, CALL(NATIVE, KILL, 1, 33) },
		{ "kill.pid < 0", true, CALL(NATIVE, KILL, 0xfffffffe, 9) },
		{ "socket.domain == AF_INET", true, CALL(NATIVE, SOCKET, 2, 1) },
		{ "socket.domain == AF_INET && socket.type & SOCK_CLOEXEC", true, CALL(NATIVE, SOCKET, 2, 1 | O_CLOEXEC) },
		{ "fcntl.op == F_SETFL && fcntl.arg & O_NONBLOCK", true, CALL(NATIVE, 72, 1, F_SETFL, O_NONBLOCK) },
		{ "ioctl.op == TCGETS", true, CALL(NATIVE, 16, 1, 0x5401) },
		{ "syscall == openat", true, CALL(NATIVE, OPENAT) },
		{ "syscall == openat", true, CALL(COMPAT, OPENAT_32) },
		{ "syscall == openat", false, CALL(COMPAT, OPENAT) },
		{ "nr != openat", true, CALL(NATIVE, OPEN) },
		{ "openat == nr", true, CALL(NATIVE, OPENAT) },
		{ "nr == 257", true, CALL(COMPAT, OPENAT) },
		{ "nr >= 257", false, CALL(NATIVE, OPENAT - 1) },
		{ "open.flags & O_CREAT || openat.flags & O_CREAT", true, CALL(COMPAT, OPEN_32, 0, O_CREAT) },
	};

	(void)state;
	check(rows, COUNT(rows));
}

/* ipc's first argument says which call it is. */
static void calls_made_through_another_are_found(void **state)
{
	static const struct row rows[] = {
		{ "semget.nsems == 4", true, CALL(COMPAT, IPC_32, 2, 1, 4) },
		{ "semget.nsems == 4", false, CALL(COMPAT, IPC_32, 13, 1, 4) },
		{ "semget.nsems == 4", true, CALL(NATIVE, 64, 1, 4) },
		{ "semget.nsems == 4", true, CALL(COMPAT, 393, 1, 4) },
	};

	(void)state;
	check(rows, COUNT(rows));
}

static void tasks_and_results(void **state)
{
	static const struct row rows[] = {
		{ "uid == 1000", true, { .uid = 1000 } },
		{ "uid != 0", false, { .uid = 0 } },
		{ "gid == -1", true, { .gid = UINT32_MAX } },
		{ "pid == 5 && tid == 6", true, { .pid = 5, .tid = 6 } },
		{ "cpu >= 4", false, { .cpu = 3 } },
		{ "random < 0x80000000", true, { .random = 0x7fffffff } },
		{ "random < 0x80000000", false, { .random = 0x80000000 } },
		{ "!(random & 0xff)", true, { .random = 0x100 } },
		{ "result < 0", true, { .result = -1 } },
		{ "result < 0", false, { .result = INT64_MAX } },
		{ "retval >= 4096", true, { .result = 4096 } },
		{ "retval >= 4096", false, { .result = -4096 } },
		{ "result == -ENOENT", true, { .result = -ENOENT } },
		{ "result == 0xfffffff0", true, { .abi = COMPAT, .result = 0xfffffff0 } },
		{ "errno == ENOENT", true, { .result = -ENOENT } },
		{ "errno == ENOENT", false, { .result = ENOENT } },
		{ "errno == ENOENT", false, { .result = 0 } },
		{ "errno", true, { .result = -4095 } },
		{ "errno", false, { .result = -4096 } },
		{ "errno == 0", true, { .result = -4096 } },
		{ "errno == 0", true, { .result = 0xfffffffffffffff & ~0xfffull } },
		{ "errno == 4095", true, { .result = -4095 } },
		{ "errno > EPERM", true, { .result = -EAGAIN } },
		{ "errno == EWOULDBLOCK", true, { .result = -EAGAIN } },
		{ "errno & 1", true, { .result = -EPERM } },
		{ "duration > 10ms", true, { .duration = 10000001 } },
		{ "duration > 10ms", false, { .duration = 10000000 } },
		{ "duration >= 1.5s", true, { .duration = 1500000000 } },
		{ "duration < 5s", true, { .duration = 4999999999 } },
		{ "duration < 5s", false, { .duration = 5000000000 } },
		{ "duration == 0", true, { .duration = 0 } },
	};

	(void)state;
	check(rows, COUNT(rows));
}

static void operators_bind_as_in_c(void **state)
{
	static const struct row rows[] = {
		{ "uid == 1 || uid == 2 && gid == 3", true, { .uid = 1, .gid = 0 } },
		{ "(uid == 1 || uid == 2) && gid == 3", false, { .uid = 1, .gid = 0 } },
		{ "uid == 1 && gid == 1 || uid == 2", true, { .uid = 2 } },
		{ "!uid && gid", true, { .uid = 0, .gid = 1 } },
		{ "!(uid && gid)", true, { .uid = 1, .gid = 0 } },
		{ "!!uid", true, { .uid = 1 } },
		{ "uid&1&&gid", true, { .uid = 1, .gid = 1 } },
		{ "  uid==1  ", true, { .uid = 1 } },
		{ "((uid)) == ((1))", true, { .uid = 1 } },
		{ "!uid || !(gid == 4) && !(pid & 1)", true, { .uid = 1, .gid = 5, .pid = 2 } },
	};

	(void)state;
	check(rows, COUNT(rows));
}

/* Jumps farther than a conditional one reaches. */
static void long_expressions_jump_far(void **state)
{
	struct sctrace_filter_data data = CALL(NATIVE, OPENAT, 0, 0, 7);
	char text[8000] = "openat.flags == 1000";
	size_t n = strlen(text), i;

	(void)state;
	for (i = 0; i < 90; i++)
		n += snprintf(text + n, sizeof(text) - n, " || openat.flags == %zu", i + 10);
	assert_false(run(text, &data));
	data.args[2] = 99;
	assert_true(run(text, &data));
	data.args[2] = 10;
	assert_true(run(text, &data));
	data.args[2] = 1000;
	assert_true(run(text, &data));
	data.abi = COMPAT;
	assert_false(run(text, &data));
}

static void too_long_a_program_is_told(void **state)
{
	char text[8000] = "pread64.offset == 1000";
	size_t n = strlen(text), i;
	struct sct_conds conds = { 0 };
	struct sock_filter *insns;
	struct sct_fault fault;
	struct sct_cond *cond;
	bool at_exit;
	uint32_t insn_count;

	(void)state;
	for (i = 0; i < 240; i++)
		n += snprintf(text + n, sizeof(text) - n, " || pread64.offset == %zu", i);
	assert_int_equal(sct_where_parse(&cond, &at_exit, &conds, text, &fault), 0);
	assert_int_equal(sct_program_make(cond, &insns, &insn_count), -E2BIG);
	assert_true(insn_count > BPF_MAXINSNS);
	assert_null(insns);
	sct_conds_free(&conds);
}

static void what_is_known_at_the_return_is_noted(void **state)
{
	static const struct { const char *text; bool at_exit; } rows[] = {
		{ "openat.flags & O_CREAT && uid != 0", false }, { "random < 5", false },
		{ "uid == 0 || result < 0", true }, { "!(errno == ENOENT)", true }, { "duration > 1ms", true },
	};
	struct sct_fault fault;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sct_conds conds = { 0 };
		struct sct_cond *cond;
		bool at_exit;

		assert_int_equal(sct_where_parse(&cond, &at_exit, &conds, rows[i].text, &fault), 0);
		assert_int_equal(at_exit, rows[i].at_exit);
		sct_conds_free(&conds);
	}
}

static void mistakes_are_told_with_their_column(void **state)
{
	static const struct { const char *text; unsigned int column; const char *words; } rows[] = {
		{ "", 1, "expected a name, a number" },
		{ "uid == 1 &&", 12, "expected a name, a number" },
		{ "x &&", 5, "expected a name, a number" },
		{ "uid == ", 8, "expected a name, a number" },
		{ "uid 5", 5, "expected an operator or the end, not '5'" },
		{ "(uid == 5", 10, "expected ')'" },
		{ "uid == 5)", 9, "expected an operator or the end, not ')'" },
		{ "uid == \"root\"", 8, "not '\"'" },
		{ "uid = 5", 5, "not '='" },
		{ "uid == 5 + 1", 10, "not '+'" },
		{ "x == 5", 3, "neither side" },
		{ "x", 1, "expected something of a call" },
		{ "5", 1, "expected a comparison" },
		{ "5 == 5", 3, "neither side" },
		{ "uid == gid", 8, "expected a number or its name, not 'gid'" },
		{ "uid == root", 8, "'root' is no value" },
		{ "opnat.flags == 1", 1, "there is no system call 'opnat'" },
		{ "openat.flagz == 1", 8, "openat has no argument 'flagz', but dirfd, pathname, flags, mode" },
		{ "getpid.x == 1", 8, "getpid has no arguments" },
		{ "openat.flags & O_CREATE", 16, "'O_CREATE' is no value" },
		{ "openat.flags & SIGKILL", 16, "'SIGKILL' is no value" },
		{ "openat.flags & O_CREAT == 0", 14, "parentheses" },
		{ "uid == 1 & gid == 2", 10, "parentheses" },
		{ "uid | 1", 5, "neither side" },
		{ "0 < uid < 5", 9, "true or false" },
		{ "uid == (gid == 1)", 5, "true or false" },
		{ "uid < -1", 7, "never true" },
		{ "uid > -1", 7, "always true" },
		{ "read.fd < 5000000000", 11, "always true" },
		{ "uid == 4294967296", 8, "never true" },
		{ "uid & 0x100000000", 7, "never true" },
		{ "uid == 18446744073709551616", 8, "more than 64 bits" },
		{ "uid == -9223372036854775809", 8, "below what 64 bits hold" },
		{ "uid == 5x", 8, "'5x' is no number" },
		{ "uid == 08", 8, "'08' is no number" },
		{ "uid == 5ms", 8, "is a duration" },
		{ "duration > 5", 12, "'5' is no duration" },
		{ "duration > 5m", 12, "'5m' is no duration" },
		{ "duration > 99999999999s", 12, "is no duration" },
		{ "syscall == opnat", 12, "there is no system call 'opnat'" },
		{ "syscall < openat", 11, "only be compared with == and !=" },
		{ "set_tls.tls == 1", 1, "there is no system call 'set_tls'" },
		{ "socketcall.nonsense == 1", 12, "but call, args" },
		{ "uid == --5", 9, "expected a number" },
		{ "!", 2, "expected a name, a number" },
	};
	char deep[300];
	size_t i;

	(void)state;
	for (i = 0; i <= COUNT(rows); i++) {
		const char *text = i < COUNT(rows) ? rows[i].text : deep;
		struct sct_conds conds = { 0 };
		struct sct_fault fault = { 0 };
		struct sct_cond *cond;
		bool at_exit;

		memset(deep, '(', sizeof(deep) - 1);
		deep[sizeof(deep) - 1] = '\0';
		if (sct_where_parse(&cond, &at_exit, &conds, text, &fault) != -EINVAL)
			fail_msg("'%s' is accepted", text);
		if (i == COUNT(rows))
			assert_int_equal(fault.column, 101);
		else if (fault.column != rows[i].column || !strstr(fault.text, rows[i].words))
			fail_msg("'%s': at %u: %s", text, fault.column, fault.text);
		sct_conds_free(&conds);
	}
}

/* On another machine names have other numbers, and x32 is not there. */
static void each_machine_has_its_own_numbers(void **state)
{
	struct sctrace_filter_data native = CALL(NATIVE, 56, 0, 0, O_CREAT), compat = CALL(COMPAT, 322, 0, 0, O_CREAT),
				   x32 = CALL(X32, OPENAT, 0, 0, O_CREAT);

	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_AARCH64), 0);
	assert_true(run("openat.flags & O_CREAT", &native));
	assert_true(run("openat.flags & O_CREAT", &compat));
	assert_false(run("openat.flags & O_CREAT", &x32));
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(words_of_64_bits),
		cmocka_unit_test(words_of_32_bit_programs),
		cmocka_unit_test(ints_are_32_bits_with_a_sign),
		cmocka_unit_test(longs_have_the_bits_of_their_abi),
		cmocka_unit_test(calls_are_found_by_abi_and_number),
		cmocka_unit_test(calls_made_through_another_are_found),
		cmocka_unit_test(tasks_and_results),
		cmocka_unit_test(operators_bind_as_in_c),
		cmocka_unit_test(long_expressions_jump_far),
		cmocka_unit_test(too_long_a_program_is_told),
		cmocka_unit_test(what_is_known_at_the_return_is_noted),
		cmocka_unit_test(mistakes_are_told_with_their_column),
		cmocka_unit_test(each_machine_has_its_own_numbers),
	};

	return cmocka_run_group_tests_name("sctrace_where", cases, setup, NULL);
}
