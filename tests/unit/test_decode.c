// SPDX-License-Identifier: GPL-2.0-or-later
/* How arguments, results and signals print: decode/. What they say it with: test_text.c. */
#include <fcntl.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "arg.h"
#include "calls.h"
#include "made.h"
#include "signals.h"

static struct sct_text text;

static void is(const char *want)
{
	struct sct_text got = text;

	text = (struct sct_text) { 0 };
	assert_string_equal(got.chars, want);
	sct_text_free(&got);
}

static void results_print_as_strace_does(void **state)
{
	static const struct sct_row hex = { "x", .ret = SCT_RET_HEX }, oct = { "x", .ret = SCT_RET_OCT };

	(void)state;
	sct_result_print(&text, NULL, NULL, 42);
	is("42");
	sct_result_print(&text, NULL, NULL, -2);
	is("-1 ENOENT (No such file or directory)");
	sct_result_print(&text, NULL, NULL, -512);
	is("? ERESTARTSYS (To be restarted if SA_RESTART is set)");
	sct_result_print(&text, NULL, NULL, -516);
	is("? ERESTART_RESTARTBLOCK (Interrupted by signal)");
	sct_result_print(&text, NULL, NULL, -4095);
	is("-1 (errno 4095)");
	sct_result_print(&text, NULL, NULL, -4096);
	is("-4096");
	sct_result_print(&text, NULL, &hex, 0x7f0000001000);
	is("0x7f0000001000");
	sct_result_print(&text, NULL, &hex, 0);
	is("0");
	sct_result_print(&text, NULL, &oct, 022);
	is("022");
}

/* Calls of x86_64: what they have is in the rows. */
#define READ		0
#define WRITE		1
#define OPENAT		257
#define CLOCK_GETRES	229
#define MEMFD_CREATE	319

static struct sct_plan_set set;

static void use(uint32_t audit_arch)
{
	static const struct sct_plan_options options = { .string_limit = 5 };

	sct_plan_set_free(&set);
	assert_int_equal(sct_calls_init(audit_arch), 0);
	assert_int_equal(sct_plan_set_build(&set, &options), 0);
}

static int use_x86_64(void **state)
{
	(void)state;
	use(AUDIT_ARCH_X86_64);
	return 0;
}

static int free_set(void **state)
{
	(void)state;
	sct_plan_set_free(&set);
	return 0;
}

/* A record that holds one piece, of the call's first step. */
static struct sct_pieces one_piece(struct made *m, uint8_t flags, const char *bytes)
{
	struct sct_record rec;

	made_late(m);
	/* Of what could not be read there is more. */
	made_piece(m, 0, flags, strlen(bytes) + !!(flags & SCTRACE_PIECE_FAULT), bytes, strlen(bytes));
	made_parse(m, &rec);
	return rec.pieces;
}

/* Prints one argument, which has this value; bytes: what was captured at the entry, NULL: nothing. */
static bool arg_late(uint64_t nr, unsigned int i, uint64_t value, uint8_t flags, const char *bytes,
		     const struct sct_record *exit, struct sct_pieces late)
{
	struct sct_call call = { .nr = nr, .nr_args = 6 };
	struct sct_known known;
	struct made early;

	call.args[i] = value;
	if (bytes) {
		struct sct_pieces pieces = one_piece(&early, flags, bytes);

		assert_int_equal(sct_keep(&call.pieces, pieces.bytes, pieces.len), 0);
	}
	sct_known_init(&known, &set, &call, exit, late);
	if (!sct_arg_print(&text, &known, i)) {
		free(call.pieces.bytes);
		return false;
	}
	free(call.pieces.bytes);
	return true;
}

static bool arg(uint64_t nr, unsigned int i, uint64_t value, uint8_t flags, const char *bytes,
		const struct sct_record *exit)
{
	return arg_late(nr, i, value, flags, bytes, exit, (struct sct_pieces) { 0 });
}

static void path_prints_whole(void **state)
{
	(void)state;
	assert_true(arg(OPENAT, 1, 0x1000, 0, "/a/long/file/name", NULL));
	is("\"/a/long/file/name\"");
	assert_true(arg(OPENAT, 1, 0x1000, SCTRACE_PIECE_CUT, "/cut", NULL));
	is("\"/cut\"...");
	assert_true(arg(OPENAT, 1, 0, 0, NULL, NULL));
	is("NULL");
}

static void string_prints_up_to_the_limit(void **state)
{
	(void)state;
	assert_true(arg(MEMFD_CREATE, 0, 0x1000, 0, "12345", NULL));
	is("\"12345\"");
	assert_true(arg(MEMFD_CREATE, 0, 0x1000, SCTRACE_PIECE_CUT, "123456", NULL));
	is("\"12345\"...");
	assert_true(arg(WRITE, 1, 0x1000, 0, "12345", NULL));
	is("\"12345\"");
	assert_true(arg(WRITE, 1, 0x1000, 0, "123456", NULL));
	is("\"12345\"...");
	assert_true(arg(WRITE, 1, 0x1000, SCTRACE_PIECE_FAULT, "12", &(struct sct_record){ 0 }));
	is("0x1000");
}

static void faulted_path_waits_for_the_return(void **state)
{
	struct sct_record exit = { 0 };
	struct made made, made_late;

	(void)state;
	assert_false(arg(OPENAT, 1, 0x1000, SCTRACE_PIECE_FAULT, "", NULL));
	exit.pieces = one_piece(&made, SCTRACE_PIECE_LATE, "/late");
	assert_true(arg(OPENAT, 1, 0x1000, SCTRACE_PIECE_FAULT, "", &exit));
	is("\"/late\"");
	exit.pieces = one_piece(&made, SCTRACE_PIECE_LATE | SCTRACE_PIECE_FAULT, "");
	assert_true(arg(OPENAT, 1, 0x1000, SCTRACE_PIECE_FAULT, "", &exit));
	is("0x1000");
	assert_true(arg_late(OPENAT, 1, 0x1000, SCTRACE_PIECE_FAULT, "", &exit,
			     one_piece(&made_late, SCTRACE_PIECE_LATE, "/later")));
	is("\"/later\"");
}

/* As with PREEMPT_RT, or if asking for the one before has taken long. */
static void descriptor_that_could_not_be_asked_for_waits_for_the_return(void **state)
{
	static const struct sct_plan_options options = { .string_limit = 5, .fd_paths = true };
	struct sct_record exit = { 0 };
	struct made made;

	sct_plan_set_free(&set);
	assert_int_equal(sct_plan_set_build(&set, &options), 0);
	assert_true(arg(WRITE, 0, 3, 0, "/early", NULL));
	is("3</early>");
	assert_false(arg(WRITE, 0, 3, SCTRACE_PIECE_FAULT, "", NULL));
	assert_true(arg(WRITE, 0, 3, SCTRACE_PIECE_FAULT, "", &exit));
	is("3");
	assert_true(arg_late(WRITE, 0, 3, SCTRACE_PIECE_FAULT, "", &exit, one_piece(&made, SCTRACE_PIECE_LATE, "/late")));
	is("3</late>");
	use_x86_64(state);
}

/* -e raw=socketcall: nothing is read of it. */
static void arguments_of_a_raw_call_through_another_are_known_at_once(void **state)
{
	static const __u64 raw[SCTRACE_ABI_COUNT][16] = { [SCTRACE_ABI_COMPAT] = { [102 / 64] = 1ull << 102 % 64 } };
	static const struct sct_plan_options options = { .string_limit = 5, .raw = raw, .by_set = true };
	struct sct_call call = { .abi = SCTRACE_ABI_COMPAT, .nr = 102, .nr_args = 2, .args = { 1, 0x1000 } };
	struct sct_known known;

	sct_plan_set_free(&set);
	assert_int_equal(sct_plan_set_build(&set, &options), 0);
	sct_known_init(&known, &set, &call, NULL, (struct sct_pieces) { 0 });
	assert_non_null(known.plan.outer);
	assert_true(sct_arg_print(&text, &known, 0));
	sct_text_clear(&text);
	use_x86_64(state);
}

/* What was read at the entry is the truth, whatever the memory held later. */
static void early_copy_that_is_whole_is_taken(void **state)
{
	struct sct_record exit = { 0 };
	struct made made;

	(void)state;
	exit.pieces = one_piece(&made, SCTRACE_PIECE_LATE, "/changed");
	assert_true(arg(OPENAT, 1, 0x1000, 0, "/early", &exit));
	is("\"/early\"");
}

static void filled_buffer_prints_at_the_return(void **state)
{
	struct sct_record exit = { .result = 9 };
	struct made made;

	(void)state;
	assert_false(arg(READ, 1, 0x1000, 0, NULL, NULL));
	made_late(&made);
	made_piece(&made, 0, SCTRACE_PIECE_CUT, 9, "12345", 5);
	made_parse(&made, &exit);
	exit.result = 9;
	assert_true(arg(READ, 1, 0x1000, 0, NULL, &exit));
	is("\"12345\"...");
	exit.result = -9;
	assert_true(arg(READ, 1, 0x1000, 0, NULL, &exit));
	is("0x1000");
}

static void values_print_by_their_type(void **state)
{
	(void)state;
	arg(OPENAT, 0, (uint32_t)AT_FDCWD, 0, NULL, NULL);
	is("AT_FDCWD");
	arg(OPENAT, 0, 3, 0, NULL, NULL);
	is("3");
	arg(OPENAT, 2, O_RDWR | O_CLOEXEC, 0, NULL, NULL);
	is("O_RDWR|O_CLOEXEC");
	arg(OPENAT, 3, 0640, 0, NULL, NULL);
	is("0640");
	arg(OPENAT, 3, 0, 0, NULL, NULL);
	is("000");
	arg(CLOCK_GETRES, 0, CLOCK_MONOTONIC, 0, NULL, NULL);
	is("CLOCK_MONOTONIC");
	arg(CLOCK_GETRES, 0, (uint32_t)~(5 << 3 | 1), 0, NULL, NULL);
	is("MAKE_THREAD_CPUCLOCK(5, CPUCLOCK_SCHED)");
	arg(1000, 0, 0x77, 0, NULL, NULL);
	is("0x77");
}

/* Whether openat's mode is shown with these flags. */
static bool shows_mode(uint64_t flags)
{
	struct sct_call call = { .nr = OPENAT, .nr_args = 4, .args = { 0, 0, flags } };
	struct sct_known known;

	sct_known_init(&known, &set, &call, NULL, (struct sct_pieces) { 0 });
	return sct_arg_next(&known, 3) == 3;
}

static void mode_is_shown_with_o_creat_only(void **state)
{
	(void)state;
	assert_false(shows_mode(O_RDONLY));
	assert_true(shows_mode(O_CREAT));
	assert_false(shows_mode(O_DIRECTORY));
	assert_true(shows_mode(O_TMPFILE));
}

/* The shown arguments of a call that has the words a0 … a5. */
static void call_is(unsigned int abi, uint64_t nr, const char *want, uint64_t a0, uint64_t a1, uint64_t a2,
		    uint64_t a3, uint64_t a4, uint64_t a5)
{
	struct sct_call call = { .nr = nr, .abi = abi, .nr_args = 6, .args = { a0, a1, a2, a3, a4, a5 } };
	struct sct_record exit = { .result = 0 };
	struct sct_known known;
	unsigned int i;

	sct_known_init(&known, &set, &call, &exit, (struct sct_pieces) { 0 });
	assert_non_null(known.plan.row);
	sct_text_put(&text, known.plan.row->name);
	for (i = sct_arg_next(&known, 0); i < 6; i = sct_arg_next(&known, i + 1)) {
		sct_text_put(&text, " ");
		assert_true(sct_arg_print(&text, &known, i));
	}
	is(want);
}

#define NATIVE(nr, want, ...)	call_is(SCTRACE_ABI_NATIVE, nr, want, __VA_ARGS__)
#define COMPAT(nr, want, ...)	call_is(SCTRACE_ABI_COMPAT, nr, want, __VA_ARGS__)
#define X32(nr, want, ...)	call_is(SCTRACE_ABI_X32, nr, want, __VA_ARGS__)

static void calls_of_64_bit_programs(void **state)
{
	(void)state;
	use(AUDIT_ARCH_X86_64);
	NATIVE(56, "clone child_stack=0x1 flags=CLONE_VM", 0x100, 1, 2, 3, 4, 0);
	NATIVE(8, "lseek 3 -4294967297 SEEK_END", 3, -4294967297, 2, 0, 0, 0);
	NATIVE(105, "setuid 65535", 0xffff, 0, 0, 0, 0, 0);
	NATIVE(327, "preadv2 3 0x1 2 -1 RWF_NOWAIT", 3, 1, 2, -1, 77, 8);
	NATIVE(9, "mmap NULL 4096 PROT_READ MAP_SHARED 3 0x1000", 0, 4096, 1, 1, 3, 4096);
	use(AUDIT_ARCH_AARCH64);
	NATIVE(220, "clone child_stack=0x1 flags=CLONE_VM", 0x100, 1, 2, 3, 4, 0);
	assert_string_equal(sct_calls_find(SCTRACE_ABI_NATIVE, 220)->args[3].name, "tls");
	NATIVE(223, "fadvise64 3 4294967296 1 POSIX_FADV_WILLNEED", 3, 4294967296, 1, 3, 0, 0);
}

static void calls_of_x32_programs(void **state)
{
	(void)state;
	use(AUDIT_ARCH_X86_64);
	X32(8, "lseek 3 -4294967297 SEEK_END", 3, -4294967297, 2, 0, 0, 0);
	X32(17, "pread64 3 0x10 5 4294967296", 3, 0x10, 5, 4294967296, 0, 0);
	X32(546, "preadv2 3 0x1 2 4294967296 RWF_NOWAIT", 3, 1, 2, 4294967296, 8, 0);
	assert_string_equal(sct_calls_find(SCTRACE_ABI_X32, 56)->args[3].name, "child_tidptr");
}

/* Words are of 32 bits, a value of 64 comes in two. */
static void calls_of_i386_programs(void **state)
{
	(void)state;
	use(AUDIT_ARCH_X86_64);
	COMPAT(19, "lseek 3 -5 SEEK_END", 3, 0xfffffffb, 2, 0, 0, 0);
	COMPAT(140, "_llseek 3 -4294967297 0x1 SEEK_SET", 3, 0xfffffffe, 0xffffffff, 1, 0, 0);
	COMPAT(180, "pread64 3 0x10 5 8589934593", 3, 0x10, 5, 1, 2, 0);
	COMPAT(193, "truncate64 NULL 4294967297", 0, 1, 1, 0, 0, 0);
	COMPAT(225, "readahead 3 4294967297 9", 3, 1, 1, 9, 0, 0);
	COMPAT(250, "fadvise64 3 4294967297 9 POSIX_FADV_WILLNEED", 3, 1, 1, 9, 3, 0);
	COMPAT(272, "fadvise64_64 3 4294967297 8589934592 POSIX_FADV_WILLNEED", 3, 1, 1, 0, 2, 3);
	COMPAT(314, "sync_file_range 3 1 -1 SYNC_FILE_RANGE_WRITE", 3, 1, 0, 0xffffffff, 0xffffffff, 2);
	COMPAT(324, "fallocate 3 FALLOC_FL_KEEP_SIZE 4294967296 4294967297", 3, 1, 0, 1, 1, 1);
	COMPAT(333, "preadv 3 0x1 2 4294967297", 3, 1, 2, 1, 1, 0);
	COMPAT(378, "preadv2 3 0x1 2 -1 RWF_NOWAIT", 3, 1, 2, 0xffffffff, 0xffffffff, 8);
	COMPAT(339, "fanotify_mark 3 FAN_MARK_ADD FAN_OPEN|0x8000000000000000 AT_FDCWD NULL", 3, 1, 0x20,
	       0x80000000, 0xffffff9c, 0);
	COMPAT(192, "mmap2 NULL 4096 PROT_READ MAP_SHARED 3 0xffffffff000", 0, 4096, 1, 1, 3, 0xffffffff);
	/* Their arguments cannot be read. */
	COMPAT(90, "mmap 0x1000", 0x1000, 0, 0, 0, 0, 0);
	COMPAT(82, "select 0x1000", 0x1000, 0, 0, 0, 0, 0);
	COMPAT(203, "setreuid32 -1 65535", 0xffffffff, 0xffff, 0, 0, 0, 0);
	COMPAT(70, "setreuid -1 7", 0xffff, 0x10007, 0, 0, 0, 0);
	assert_string_equal(sct_calls_find(SCTRACE_ABI_COMPAT, 120)->args[3].name, "tls");
}

/* A pair begins in an even register. */
static void calls_of_arm_programs(void **state)
{
	(void)state;
	use(AUDIT_ARCH_AARCH64);
	COMPAT(140, "_llseek 3 4294967297 0x1 SEEK_SET", 3, 1, 1, 1, 0, 0);
	COMPAT(180, "pread64 3 0x10 5 8589934593", 3, 0x10, 5, 77, 1, 2);
	COMPAT(193, "truncate64 NULL 4294967297", 0, 77, 1, 1, 0, 0);
	COMPAT(194, "ftruncate64 3 4294967297", 3, 77, 1, 1, 0, 0);
	COMPAT(225, "readahead 3 4294967297 9", 3, 77, 1, 1, 9, 0);
	COMPAT(270, "arm_fadvise64_64 3 POSIX_FADV_WILLNEED 4294967297 8589934592", 3, 3, 1, 1, 0, 2);
	COMPAT(361, "preadv 3 0x1 2 4294967297", 3, 1, 2, 1, 1, 0);
	COMPAT(352, "fallocate 3 FALLOC_FL_KEEP_SIZE 4294967296 4294967297", 3, 1, 0, 1, 1, 1);
	COMPAT(0x0f0005, "set_tls 0x1000", 0x1000, 1, 2, 3, 4, 5);
	COMPAT(0x0f0002, "cacheflush 0x1000 0x2000 0", 0x1000, 0x2000, 0, 3, 4, 5);
	assert_string_equal(sct_calls_find(SCTRACE_ABI_COMPAT, 120)->args[3].name, "tls");
}

static void signals_print_by_name(void **state)
{
	(void)state;
	sct_signal_print(&text, SIGTERM);
	is("SIGTERM");
	sct_signal_print(&text, SIGIO);
	is("SIGIO");
	sct_signal_print(&text, 32);
	is("SIGRTMIN");
	sct_signal_print(&text, 34);
	is("SIGRT_2");
	sct_signal_print(&text, 99);
	is("99");
}

static void siginfo_prints_the_fields_of_its_kind(void **state)
{
	struct sctrace_rec_signal rec = { .signo = SIGSEGV, .code = SEGV_MAPERR };
	uint64_t addr = 0x10, ticks[] = { 3, 114 };
	uint32_t child[] = { 77, 1000, 3 };

	(void)state;
	memcpy(rec.fields, &addr, sizeof(addr));
	sct_signal_record_print(&text, &rec);
	is("{si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=0x10}");
	rec = (struct sctrace_rec_signal) { .signo = SIGCHLD, .code = CLD_EXITED };
	memcpy(rec.fields, child, sizeof(child));
	sct_signal_record_print(&text, &rec);
	is("{si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=77, si_uid=1000, si_status=3, si_utime=0, si_stime=0}");
	memcpy(rec.fields + 16, ticks, sizeof(ticks));
	sct_signal_record_print(&text, &rec);
	is("{si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=77, si_uid=1000, si_status=3, si_utime=3 /* 0.03 s */, "
	   "si_stime=114 /* 1.14 s */}");
	rec = (struct sctrace_rec_signal) { .signo = SIGCHLD, .code = CLD_KILLED };
	child[2] = SIGTERM;
	memcpy(rec.fields, child, sizeof(child));
	sct_signal_record_print(&text, &rec);
	is("{si_signo=SIGCHLD, si_code=CLD_KILLED, si_pid=77, si_uid=1000, si_status=SIGTERM, si_utime=0, si_stime=0}");
	rec = (struct sctrace_rec_signal) { .signo = SIGINT, .code = SI_KERNEL };
	sct_signal_record_print(&text, &rec);
	is("{si_signo=SIGINT, si_code=SI_KERNEL}");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_print_as_strace_does),
		cmocka_unit_test(path_prints_whole),
		cmocka_unit_test(string_prints_up_to_the_limit),
		cmocka_unit_test(faulted_path_waits_for_the_return),
		cmocka_unit_test(descriptor_that_could_not_be_asked_for_waits_for_the_return),
		cmocka_unit_test(arguments_of_a_raw_call_through_another_are_known_at_once),
		cmocka_unit_test(early_copy_that_is_whole_is_taken),
		cmocka_unit_test(filled_buffer_prints_at_the_return),
		cmocka_unit_test(values_print_by_their_type),
		cmocka_unit_test(mode_is_shown_with_o_creat_only),
		cmocka_unit_test(calls_of_64_bit_programs),
		cmocka_unit_test(calls_of_x32_programs),
		cmocka_unit_test(calls_of_i386_programs),
		cmocka_unit_test(calls_of_arm_programs),
		cmocka_unit_test(signals_print_by_name),
		cmocka_unit_test(siginfo_prints_the_fields_of_its_kind),
	};

	return cmocka_run_group_tests_name("sctrace_decode", tests, use_x86_64, free_set);
}
