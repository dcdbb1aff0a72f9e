// SPDX-License-Identifier: GPL-2.0-or-later
/* How arguments, results and signals print: decode/arg.c, decode/signals.c. What they say it with: test_text.c. */
#include <fcntl.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "arg.h"
#include "made.h"
#include "signals.h"

static struct sct_text text;

static void is(const char *want)
{
	assert_string_equal(text.chars, want);
	sct_text_free(&text);
}

static void results_print_as_strace_does(void **state)
{
	static const struct sct_row hex = { "x", .ret = SCT_RET_HEX }, oct = { "x", .ret = SCT_RET_OCT };

	(void)state;
	sct_result_print(&text, NULL, 42);
	is("42");
	sct_result_print(&text, NULL, -2);
	is("-1 ENOENT (No such file or directory)");
	sct_result_print(&text, NULL, -512);
	is("? ERESTARTSYS (To be restarted if SA_RESTART is set)");
	sct_result_print(&text, NULL, -516);
	is("? ERESTART_RESTARTBLOCK (Interrupted by signal)");
	sct_result_print(&text, NULL, -4095);
	is("-1 (errno 4095)");
	sct_result_print(&text, NULL, -4096);
	is("-4096");
	sct_result_print(&text, &hex, 0x7f0000001000);
	is("0x7f0000001000");
	sct_result_print(&text, &hex, 0);
	is("0");
	sct_result_print(&text, &oct, 022);
	is("022");
}

static const struct sct_row row = { "openat", .args = { DIRFD("dirfd"), PATH("pathname"), OPEN_FLAGS("flags"),
							MODE_CREAT("mode", 2) } };
static const struct sct_row buffers = { "x", .args = { STR("s"), BUF_IN("in", 2), ULONG("n"), BUF_OUT("out"),
						       CLOCK("clock") } };

/* One argument with a piece from the entry, and one from the return if late is not NULL. */
static bool arg(const struct sct_row *r, unsigned int i, uint64_t value, uint8_t flags, const char *bytes,
		const struct sct_record *exit)
{
	struct sct_call call = { .nr_args = 5, .nr_pieces = bytes ? 1 : 0 };
	struct sct_known known = { .row = r, .call = &call, .exit = exit, .string_limit = 5 };

	call.args[i] = value;
	if (bytes)
		call.pieces[0] = (struct sct_piece) { .arg = i, .flags = flags, .len = strlen(bytes),
						      .wanted = strlen(bytes), .data = (const uint8_t *)bytes };
	return sct_arg_print(&text, &known, i);
}

static void path_prints_whole(void **state)
{
	(void)state;
	assert_true(arg(&row, 1, 0x1000, 0, "/a/long/file/name", NULL));
	is("\"/a/long/file/name\"");
	assert_true(arg(&row, 1, 0x1000, SCTRACE_PIECE_CUT, "/cut", NULL));
	is("\"/cut\"...");
	assert_true(arg(&row, 1, 0, 0, NULL, NULL));
	is("NULL");
}

static void string_prints_up_to_the_limit(void **state)
{
	(void)state;
	assert_true(arg(&buffers, 0, 0x1000, 0, "12345", NULL));
	is("\"12345\"");
	assert_true(arg(&buffers, 0, 0x1000, SCTRACE_PIECE_CUT, "123456", NULL));
	is("\"12345\"...");
	assert_true(arg(&buffers, 1, 0x1000, SCTRACE_PIECE_CUT, "12345", NULL));
	is("\"12345\"...");
}

static void faulted_path_waits_for_the_return(void **state)
{
	struct sct_record exit = { .nr_pieces = 1, .pieces = { { .arg = 1, .flags = SCTRACE_PIECE_LATE, .len = 5,
								 .data = (const uint8_t *)"/late" } } };

	(void)state;
	assert_false(arg(&row, 1, 0x1000, SCTRACE_PIECE_FAULT, "", NULL));
	assert_true(arg(&row, 1, 0x1000, SCTRACE_PIECE_FAULT, "", &exit));
	is("\"/late\"");
	exit.pieces[0].flags |= SCTRACE_PIECE_FAULT;
	exit.pieces[0].len = 0;
	assert_true(arg(&row, 1, 0x1000, SCTRACE_PIECE_FAULT, "", &exit));
	is("0x1000");
}

static void filled_buffer_prints_at_the_return(void **state)
{
	struct sct_record exit = { .result = 9, .nr_pieces = 1,
				   .pieces = { { .arg = 3, .len = 5, .wanted = 9, .flags = SCTRACE_PIECE_CUT,
						 .data = (const uint8_t *)"12345" } } };

	(void)state;
	assert_false(arg(&buffers, 3, 0x1000, 0, NULL, NULL));
	assert_true(arg(&buffers, 3, 0x1000, 0, NULL, &exit));
	is("\"12345\"...");
	exit.result = -9;
	assert_true(arg(&buffers, 3, 0x1000, 0, NULL, &exit));
	is("0x1000");
}

static void values_print_by_their_type(void **state)
{
	(void)state;
	arg(&row, 0, (uint32_t)AT_FDCWD, 0, NULL, NULL);
	is("AT_FDCWD");
	arg(&row, 0, 3, 0, NULL, NULL);
	is("3");
	arg(&row, 2, O_RDWR | O_CLOEXEC, 0, NULL, NULL);
	is("O_RDWR|O_CLOEXEC");
	arg(&row, 3, 0640, 0, NULL, NULL);
	is("0640");
	arg(&row, 3, 0, 0, NULL, NULL);
	is("000");
	arg(&buffers, 4, CLOCK_MONOTONIC, 0, NULL, NULL);
	is("CLOCK_MONOTONIC");
	arg(&buffers, 4, (uint32_t)~(5 << 3 | 1), 0, NULL, NULL);
	is("MAKE_THREAD_CPUCLOCK(5, CPUCLOCK_SCHED)");
	arg(NULL, 0, 0x77, 0, NULL, NULL);
	is("0x77");
}

static void mode_is_shown_with_o_creat_only(void **state)
{
	struct sct_call call = { .nr_args = 4 };
	struct sct_known known = { .row = &row, .call = &call };

	(void)state;
	assert_int_equal(sct_arg_next(&known, 3), 4);
	call.args[2] = O_CREAT;
	assert_int_equal(sct_arg_next(&known, 3), 3);
	call.args[2] = O_DIRECTORY;
	assert_int_equal(sct_arg_next(&known, 3), 4);
	call.args[2] = O_TMPFILE;
	assert_int_equal(sct_arg_next(&known, 3), 3);
}

/* The shown arguments of a call that has the words a0 … a5. */
static void call_is(unsigned int abi, uint64_t nr, const char *want, uint64_t a0, uint64_t a1, uint64_t a2,
		    uint64_t a3, uint64_t a4, uint64_t a5)
{
	struct sct_call call = { .nr = nr, .abi = abi, .nr_args = 6, .args = { a0, a1, a2, a3, a4, a5 } };
	struct sct_record exit = { .result = 0 };
	struct sct_known known = { .row = sct_calls_find(abi, nr), .call = &call, .exit = &exit };
	unsigned int i;

	assert_non_null(known.row);
	sct_text_put(&text, known.row->name);
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
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	NATIVE(56, "clone CLONE_VM 0x1 0x2 0x3 0x4", 0x100, 1, 2, 3, 4, 0);
	NATIVE(8, "lseek 3 -4294967297 SEEK_END", 3, -4294967297, 2, 0, 0, 0);
	NATIVE(105, "setuid 65535", 0xffff, 0, 0, 0, 0, 0);
	NATIVE(327, "preadv2 3 0x1 2 -1 RWF_NOWAIT", 3, 1, 2, -1, 77, 8);
	NATIVE(9, "mmap NULL 4096 PROT_READ MAP_SHARED 3 0x1000", 0, 4096, 1, 1, 3, 4096);
	assert_int_equal(sct_calls_init(AUDIT_ARCH_AARCH64), 0);
	NATIVE(220, "clone CLONE_VM 0x1 0x2 0x3 0x4", 0x100, 1, 2, 3, 4, 0);
	assert_string_equal(sct_calls_find(SCTRACE_ABI_NATIVE, 220)->args[3].name, "tls");
	NATIVE(223, "fadvise64 3 4294967296 1 POSIX_FADV_WILLNEED", 3, 4294967296, 1, 3, 0, 0);
}

static void calls_of_x32_programs(void **state)
{
	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	X32(8, "lseek 3 -4294967297 SEEK_END", 3, -4294967297, 2, 0, 0, 0);
	X32(17, "pread64 3 0x10 5 4294967296", 3, 0x10, 5, 4294967296, 0, 0);
	X32(546, "preadv2 3 0x1 2 4294967296 RWF_NOWAIT", 3, 1, 2, 4294967296, 8, 0);
	assert_string_equal(sct_calls_find(SCTRACE_ABI_X32, 56)->args[3].name, "child_tidptr");
}

/* Words are of 32 bits, a value of 64 comes in two. */
static void calls_of_i386_programs(void **state)
{
	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
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
	assert_int_equal(sct_calls_init(AUDIT_ARCH_AARCH64), 0);
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
	uint64_t addr = 0x10;
	uint32_t child[] = { 77, 1000, 3 };

	(void)state;
	memcpy(rec.fields, &addr, sizeof(addr));
	sct_siginfo_print(&text, &rec);
	is("{si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=0x10}");
	rec = (struct sctrace_rec_signal) { .signo = SIGCHLD, .code = CLD_EXITED };
	memcpy(rec.fields, child, sizeof(child));
	sct_siginfo_print(&text, &rec);
	is("{si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=77, si_uid=1000, si_status=3, si_utime=0, si_stime=0}");
	rec = (struct sctrace_rec_signal) { .signo = SIGCHLD, .code = CLD_KILLED };
	child[2] = SIGTERM;
	memcpy(rec.fields, child, sizeof(child));
	sct_siginfo_print(&text, &rec);
	is("{si_signo=SIGCHLD, si_code=CLD_KILLED, si_pid=77, si_uid=1000, si_status=SIGTERM, si_utime=0, si_stime=0}");
	rec = (struct sctrace_rec_signal) { .signo = SIGINT, .code = SI_KERNEL };
	sct_siginfo_print(&text, &rec);
	is("{si_signo=SIGINT, si_code=SI_KERNEL}");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_print_as_strace_does),
		cmocka_unit_test(path_prints_whole),
		cmocka_unit_test(string_prints_up_to_the_limit),
		cmocka_unit_test(faulted_path_waits_for_the_return),
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

	return cmocka_run_group_tests_name("sctrace_decode", tests, NULL, NULL);
}
