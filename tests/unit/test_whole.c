// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls that come as one record (SCTRACE_REC_CALL): as bytes (lib/record.c), as events (lib/pair.c),
 * as lines (output/strace.c).
 */
#include <errno.h>
#include <linux/audit.h>
#include <stdlib.h>

#include "calls.h"
#include "made.h"
#include "pair.h"
#include "record.h"
#include "strace.h"

/* By the tables of x86_64. */
#define READ	0
#define GETPID	39
#define FORK	57
#define EXECVE	59

static const uint64_t args[] = { 11, 12, 13, 14, 15, 16, 17 };

static struct sct_tasks *tasks;
/* The record of the last event: events point to it. */
static struct made made;
static struct sct_record rec;

static int setup(void **state)
{
	tasks = calloc(1, sizeof(*tasks));
	tasks->follow = true;
	*state = tasks;
	return 0;
}

static int teardown(void **state)
{
	sct_tasks_free(*state);
	free(*state);
	return 0;
}

/* ---- bytes ---- */

/* In memory of exactly its size, so that AddressSanitizer sees each byte too many. */
static int parse_copy(const struct made *m)
{
	struct sct_record r = { 0 };
	void *copy = malloc(m->size);
	int ret;

	memcpy(copy, m->bytes, m->size);
	ret = sct_record_parse(&r, copy, m->size);
	free(copy);
	return ret;
}

static void call_is_read(void **state)
{
	struct made m;

	(void)state;
	made_call(&m, 257, 4, args, -ENOENT, 500);
	made_piece(&m, 0, SCTRACE_PIECE_LATE, 3, "abc", 3);
	made_piece(&m, 1, 0, 2, "de", 2);
	assert_int_equal(parse_copy(&m), 0);
	made_parse(&m, &rec);
	assert_int_equal(rec.nr, 257);
	assert_int_equal(rec.result, -ENOENT);
	assert_int_equal(rec.entered, 500);
	assert_memory_equal(rec.args, args, 4 * sizeof(args[0]));
	assert_int_equal(made_count(&rec), 2);
	assert_memory_equal(made_nth(&rec, 1).data, "de", 2);
}

static void call_without_anything_is_read(void **state)
{
	struct made m;

	(void)state;
	made_call(&m, 39, 0, args, 7, 0);
	assert_int_equal(parse_copy(&m), 0);
	made_parse(&m, &rec);
	assert_int_equal(rec.result, 7);
	assert_int_equal(rec.entered, 0);
	assert_int_equal(made_count(&rec), 0);
}

static void call_number_beyond_16_bits_is_in_the_body(void **state)
{
	static const uint64_t words[] = { 0xdeadbeef00ull, 1, 2, 3, 4, 5, 6 };
	struct made m;

	(void)state;
	made_call(&m, SCTRACE_NR_NONE, 6, words, -ENOSYS, 1);
	assert_int_equal(parse_copy(&m), 0);
	made_parse(&m, &rec);
	assert_int_equal(rec.nr, 0xdeadbeef00ull);
	assert_int_equal(rec.args[0], 1);
	assert_int_equal(rec.args[5], 6);
}

static void call_of_a_32_bit_program_has_a_result_of_32_bits(void **state)
{
	struct made m;

	(void)state;
	made_call(&m, 3, 0, args, -4096, 1);
	m.hdr.abi = SCTRACE_ABI_COMPAT;
	made_parse(&m, &rec);
	assert_int_equal(rec.result, 0xfffff000);
	made_call(&m, 3, 0, args, -4095, 1);
	m.hdr.abi = SCTRACE_ABI_COMPAT;
	made_parse(&m, &rec);
	assert_int_equal(rec.result, -4095);
}

/* Only the end of the arguments, and that of a piece, may be an end of the record. */
static void call_cut_at_any_word_is_refused(void **state)
{
	struct made m;
	uint16_t words;

	(void)state;
	made_call(&m, 257, 2, args, 0, 1);
	made_piece(&m, 0, 0, 9, "123456789", 9);
	for (words = 0; words < m.size / 8; words++) {
		struct made cut = m;

		cut.hdr.words = words;
		assert_int_equal(parse_copy(&cut), words == 7 ? 0 : -EPROTO);
	}
	m.hdr.nr_args = 7;
	assert_int_equal(parse_copy(&m), -EPROTO);
}

/* ---- events ---- */

/* What the record in `made` means, by this task. */
static int pair_as(uint32_t tid, struct sct_event *event)
{
	made.hdr.tid = tid;
	made_parse(&made, &rec);
	return sct_pair(tasks, &rec, event);
}

static void fork_by(uint32_t tid, uint32_t child)
{
	struct sct_event event;

	made_fork(&made, child, child);
	assert_int_equal(pair_as(tid, &event), 1);
	sct_pair_done(tasks, &event);
}

static const uint64_t call_args[] = { 5, 6, 7 };

static void call_is_one_event(void **state)
{
	struct sct_event event;

	(void)state;
	made_call(&made, READ, 3, call_args, 9, 500);
	made_piece(&made, 1, SCTRACE_PIECE_LATE, 4, "text", 4);
	assert_int_equal(pair_as(1, &event), 1);
	assert_false(event.orphan);
	assert_false(event.abandoned);
	assert_false(event.again);
	assert_int_equal(event.rec->result, 9);
	assert_int_equal(event.task->call.nr, READ);
	assert_int_equal(event.task->call.time, 500);
	assert_int_equal(event.task->call.nr_args, 3);
	assert_int_equal(event.task->call.args[2], 7);
	assert_int_equal(event.task->args_shown, 0);
	sct_pair_done(tasks, &event);
	assert_false(event.task->in_call);
}

static void call_after_call_abandons_nothing(void **state)
{
	struct sct_event event;

	(void)state;
	made_call(&made, READ, 0, NULL, 0, 1);
	assert_int_equal(pair_as(1, &event), 1);
	sct_pair_done(tasks, &event);
	made_call(&made, GETPID, 0, NULL, 0, 1);
	made.hdr.abi = SCTRACE_ABI_COMPAT;
	assert_int_equal(pair_as(1, &event), 1);
	assert_false(event.abandoned);
	assert_true(event.abi_changed);
	assert_int_equal(event.task->call.nr, GETPID);
}

static void call_waits_for_what_comes_late(void **state)
{
	struct sct_event event;
	struct sct_record late = { 0 };

	(void)state;
	made_call(&made, READ, 3, call_args, 5, 1);
	made.hdr.flags = SCTRACE_HDR_LATE_FOLLOWS;
	assert_int_equal(pair_as(1, &event), 0);
	made_late(&made);
	made_piece(&made, 0, SCTRACE_PIECE_LATE, 4, "late", 4);
	assert_int_equal(pair_as(1, &event), 1);
	assert_int_equal(event.rec->hdr->type, SCTRACE_REC_CALL);
	assert_int_equal(event.rec->result, 5);
	assert_int_equal(event.task->call.args[0], 5);
	late.pieces = event.late;
	assert_memory_equal(made_nth(&late, 0).data, "late", 4);
	sct_pair_done(tasks, &event);
	assert_false(event.task->in_call);
}

static void call_whose_late_was_lost_comes_before_the_next_record(void **state)
{
	struct sct_event event;

	(void)state;
	made_call(&made, READ, 0, NULL, 6, 1);
	made.hdr.flags = SCTRACE_HDR_LATE_FOLLOWS;
	assert_int_equal(pair_as(1, &event), 0);
	made_call(&made, GETPID, 0, NULL, 7, 1);
	assert_int_equal(pair_as(1, &event), 1);
	assert_true(event.again);
	assert_int_equal(event.rec->result, 6);
	assert_int_equal(event.task->call.nr, READ);
	sct_pair_done(tasks, &event);
	assert_int_equal(sct_pair(tasks, &rec, &event), 1);
	assert_int_equal(event.rec->result, 7);
	assert_false(event.abandoned);
}

/* The child's way out of its maker's fork has no entry of its own; its own calls have. */
static bool is_fork(unsigned int abi, uint64_t nr)
{
	return abi == SCTRACE_ABI_NATIVE && nr == FORK;
}

/* Without times of entries: only what makes tasks can be how it was made. */
static void first_call_of_a_newborn_is_told_from_its_birth(void **state)
{
	struct sct_event event;

	(void)state;
	tasks->makes_tasks = is_fork;
	fork_by(1, 2);
	made_call(&made, FORK, 0, NULL, 0, 0);
	assert_int_equal(pair_as(2, &event), 0);
	fork_by(1, 3);
	made_call(&made, GETPID, 0, NULL, 0, 0);
	assert_int_equal(pair_as(3, &event), 1);
	sct_pair_done(tasks, &event);
	fork_by(1, 4);
	made_exec(&made, 4);
	assert_int_equal(pair_as(4, &event), 1);
	made_call(&made, FORK, 0, NULL, 7, 0);
	assert_int_equal(pair_as(4, &event), 1);
	sct_pair_done(tasks, &event);
	/* A task of its own, which it is the maker of. */
	fork_by(1, 5);
	made_call(&made, FORK, 0, NULL, 7, 0);
	assert_int_equal(pair_as(5, &event), 1);
}

static void call_that_a_newborn_did_not_enter_means_nothing(void **state)
{
	struct sct_event event;

	(void)state;
	fork_by(1, 2);
	made_call(&made, FORK, 0, NULL, 0, 0);
	assert_int_equal(pair_as(2, &event), 0);
	made_call(&made, GETPID, 0, NULL, 0, 0);
	assert_int_equal(pair_as(2, &event), 1);
	fork_by(1, 3);
	made_call(&made, GETPID, 0, NULL, 0, 1);
	assert_int_equal(pair_as(3, &event), 1);
}

/* made.c's records are of the time 1000000. */
static size_t image_after_call(uint32_t tid, uint64_t entered)
{
	struct sct_event event;

	made_exec(&made, tid);
	made_piece(&made, SCTRACE_IMAGE_PATH, 0, 4, "/bin", 4);
	assert_int_equal(pair_as(tid, &event), 1);
	sct_pair_done(tasks, &event);
	made_call(&made, EXECVE, 0, NULL, 0, entered);
	assert_int_equal(pair_as(tid, &event), 1);
	sct_pair_done(tasks, &event);
	return event.task->call.image.len;
}

static void call_of_exec_keeps_what_the_new_image_was_given(void **state)
{
	struct sct_event event;

	(void)state;
	assert_int_equal(image_after_call(1, 999999), 16);
	made_call(&made, GETPID, 0, NULL, 0, 1000001);
	assert_int_equal(pair_as(1, &event), 1);
	assert_int_equal(event.task->call.image.len, 0);
	/* The exec's own was not wanted, so this is of another call. */
	assert_int_equal(image_after_call(2, 1000001), 0);
	assert_int_equal(image_after_call(3, 0), 16);
}

/* ---- lines ---- */

/* A trace of several tasks, whose lines go to *text. */
static struct sct_strace printer(struct sct_plan_set *plans, char **text, size_t *n)
{
	struct sct_plan_options how = { .string_limit = 32 };

	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	assert_int_equal(sct_plan_set_build(plans, &how), 0);
	return (struct sct_strace) { .out = open_memstream(text, n), .plans = plans, .tasks = tasks,
				     .tids_first = true, .modes = true };
}

static void show(struct sct_strace *o, uint32_t tid)
{
	struct sct_event event;

	assert_int_equal(pair_as(tid, &event), 1);
	sct_strace_event(o, &event);
	sct_pair_done(tasks, &event);
}

/* The lines are strace's with -e raw=read,exit_group -e verbose=none. */
static void call_as_it_is_wanted(void **state)
{
	static const uint64_t read_args[] = { 0xffffffff, 0x1000, 100 }, poll_args[] = { 0x2000, 1, 0 };
	static const char *const lines =
		"1     read(0xffffffff, 0x1000, 0x64)    = 0x1f\n"
		"1     read(0xffffffff, 0x1000, 0x64)    = -1 EBADF (Bad file descriptor)\n"
		"1     read(0xffffffff, 0x1000, 0x64)    = 0x1f\n"
		"1     <... read resumed>)               = 0x20\n"
		"1     poll(0x2000, 1, 0)                = 1\n"
		"1     getpid()                          = 31\n"
		"1     exit_group(0)                     = ?\n";
	static const struct { uint32_t fd; uint16_t events, revents; } found = { 5, 1, 1 };
	__u64 raw[SCTRACE_ABI_COUNT][16] = { { 1ull << READ } }, followed[SCTRACE_ABI_COUNT][16] = { 0 };
	static const uint64_t zero;
	struct sct_plan_set plans;
	struct sct_strace o;
	char *text = NULL;
	size_t n;

	(void)state;
	raw[SCTRACE_ABI_NATIVE][231 / 64] |= 1ull << 231 % 64;
	o = printer(&plans, &text, &n);
	plans.options.raw = raw;
	plans.options.followed = followed;
	plans.options.by_set = true;
	made_call(&made, READ, 3, read_args, 31, 1);
	made_piece(&made, 0, 0, 3, "abc", 3);
	show(&o, 1);
	made_call(&made, READ, 3, read_args, -EBADF, 1);
	show(&o, 1);
	made_enter(&made, READ, 3, read_args);
	show(&o, 1);
	made_exit(&made, READ, 31);
	show(&o, 1);
	/* Its entry was not seen. */
	made_exit(&made, READ, 32);
	show(&o, 1);
	made_call(&made, 7, 3, poll_args, 1, 1);
	made_piece(&made, 0, 0, 8, &found, 8);
	made_piece(&made, 1, 0, 8, &found, 8);
	show(&o, 1);
	made_call(&made, GETPID, 0, NULL, 31, 1);
	show(&o, 1);
	made_enter(&made, 231, 1, &zero);
	show(&o, 1);
	sct_strace_finish(&o, " <unfinished ...>");
	assert_string_equal(text, lines);
	fclose(o.out);
	free(text);
	sct_strace_free(&o);
	sct_plan_set_free(&plans);
}

static void show_constants(struct sct_strace *o)
{
	static const uint64_t open_args[] = { (uint32_t)-100, 0x1000, 0x80241, 0600 }, kill_args[] = { 5, 9 },
			      mmap_args[] = { 0, 4096, 0, 0x22, (uint32_t)-1, 0 }, fcntl_args[] = { 3, 3 };

	made_call(&made, 257, 4, open_args, 3, 1);
	made_piece(&made, 0, 0, 2, "/x", 2);
	show(o, 1);
	made_call(&made, 9, 6, mmap_args, 0x7000, 1);
	show(o, 1);
	made_call(&made, 62, 2, kill_args, 0, 1);
	show(o, 1);
	made_call(&made, 72, 2, fcntl_args, 0x8002, 1);
	show(o, 1);
	made_task_exit(&made, 9);
	show(o, 1);
}

/* The lines are strace's with -X raw and with -X verbose. */
static void call_with_its_constants_as_numbers(void **state)
{
	static const char *const lines =
		"1     openat(-100, \"/x\", 0x80241, 0600) = 3\n"
		"1     mmap(NULL, 4096, 0, 0x22, -1, 0)  = 0x7000\n"
		"1     kill(5, 9)                        = 0\n"
		"1     fcntl(3, 0x3)                     = 0x8002 (flags O_RDWR|O_LARGEFILE)\n"
		"1     +++ killed by SIGKILL +++\n"
		"1     openat(-100 /* AT_FDCWD */, \"/x\", 0x80241 /* O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC */, 0600) = 3\n"
		"1     mmap(NULL, 4096, 0 /* PROT_NONE */, 0x22 /* MAP_PRIVATE|MAP_ANONYMOUS */, -1, 0) = 0x7000\n"
		"1     kill(5, 9 /* SIGKILL */)          = 0\n"
		"1     fcntl(3, 0x3 /* F_GETFL */)       = 0x8002 (flags O_RDWR|O_LARGEFILE)\n"
		"1     +++ killed by SIGKILL +++\n";
	struct sct_plan_set plans;
	struct sct_strace o;
	char *text = NULL;
	size_t n;

	(void)state;
	o = printer(&plans, &text, &n);
	sct_text_consts_as(SCT_CONSTS_NUMBERS);
	show_constants(&o);
	sct_text_consts_as(SCT_CONSTS_BOTH);
	show_constants(&o);
	sct_text_consts_as(SCT_CONSTS_NAMES);
	sct_strace_finish(&o, "");
	assert_string_equal(text, lines);
	fclose(o.out);
	free(text);
	sct_strace_free(&o);
	sct_plan_set_free(&plans);
}

static void call_is_a_whole_line(void **state)
{
	static const uint64_t read_args[] = { 3, 0x1000, 100 };
	static const char *const lines =
		"1     read(3, \"abc\", 100)               = 3\n"
		"2     getpid()                          = 7\n"
		"1     read(3, 0x1000, 100)              = -1 EINTR (Interrupted system call)\n"
		"1     [ Process PID=1 runs in 32 bit mode. ]\n"
		"1     getpid()                          = 8\n";
	struct sct_plan_set plans;
	struct sct_strace o;
	char *text = NULL;
	size_t n;

	(void)state;
	o = printer(&plans, &text, &n);
	made_call(&made, READ, 3, read_args, 3, 1);
	made_piece(&made, 0, 0, 3, "abc", 3);
	show(&o, 1);
	made_call(&made, GETPID, 0, NULL, 7, 1);
	show(&o, 2);
	made_call(&made, READ, 3, read_args, -EINTR, 1);
	show(&o, 1);
	made_call(&made, 20, 0, NULL, 8, 1);
	made.hdr.abi = SCTRACE_ABI_COMPAT;
	show(&o, 1);
	sct_strace_finish(&o, " <unfinished ...>");
	assert_string_equal(text, lines);
	fclose(o.out);
	free(text);
	sct_strace_free(&o);
	sct_plan_set_free(&plans);
}

/* The path was read at the return, with the rest; the buffer only later. */
static void call_shows_what_its_entry_and_its_late_have_read(void **state)
{
	static const uint64_t open_args[] = { 0xffffff9c, 0x1000, 0, 0 };
	struct sct_plan_set plans;
	struct sct_strace o;
	struct sct_event event;
	char *text = NULL;
	size_t n;

	(void)state;
	o = printer(&plans, &text, &n);
	made_call(&made, 257, 4, open_args, 3, 1);
	made_piece(&made, 0, SCTRACE_PIECE_LATE | SCTRACE_PIECE_FAULT, 0, NULL, 0);
	made.hdr.flags = SCTRACE_HDR_LATE_FOLLOWS;
	assert_int_equal(pair_as(1, &event), 0);
	made_late(&made);
	made_piece(&made, 0, SCTRACE_PIECE_LATE, 9, "/etc/motd", 9);
	show(&o, 1);
	made_call(&made, 257, 4, open_args, 4, 1);
	made_piece(&made, 0, SCTRACE_PIECE_LATE, 4, "/tmp", 4);
	show(&o, 1);
	sct_strace_finish(&o, "");
	assert_string_equal(text, "1     openat(AT_FDCWD, \"/etc/motd\", O_RDONLY) = 3\n"
				  "1     openat(AT_FDCWD, \"/tmp\", O_RDONLY) = 4\n");
	fclose(o.out);
	free(text);
	sct_strace_free(&o);
	sct_plan_set_free(&plans);
}

/* The words of a socketcall are in memory, and were read with the rest. */
static void call_through_another_is_shown_as_itself(void **state)
{
	static const uint32_t words[] = { 2, 1, 0 };
	static const uint64_t socketcall_args[] = { 1, 0x1000 };
	struct sct_plan_set plans;
	struct sct_strace o;
	char *text = NULL;
	size_t n;

	(void)state;
	o = printer(&plans, &text, &n);
	o.modes = false;
	made_call(&made, 102, 2, socketcall_args, 3, 1);
	made.hdr.abi = SCTRACE_ABI_COMPAT;
	made_piece(&made, 0, SCTRACE_PIECE_LATE, 12, words, 12);
	show(&o, 1);
	sct_strace_finish(&o, "");
	assert_string_equal(text, "1     socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3\n");
	fclose(o.out);
	free(text);
	sct_strace_free(&o);
	sct_plan_set_free(&plans);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test_setup_teardown(call_is_read, setup, teardown),
		cmocka_unit_test_setup_teardown(call_without_anything_is_read, setup, teardown),
		cmocka_unit_test_setup_teardown(call_number_beyond_16_bits_is_in_the_body, setup, teardown),
		cmocka_unit_test_setup_teardown(call_of_a_32_bit_program_has_a_result_of_32_bits, setup, teardown),
		cmocka_unit_test_setup_teardown(call_cut_at_any_word_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(call_is_one_event, setup, teardown),
		cmocka_unit_test_setup_teardown(call_after_call_abandons_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(call_waits_for_what_comes_late, setup, teardown),
		cmocka_unit_test_setup_teardown(call_whose_late_was_lost_comes_before_the_next_record, setup, teardown),
		cmocka_unit_test_setup_teardown(first_call_of_a_newborn_is_told_from_its_birth, setup, teardown),
		cmocka_unit_test_setup_teardown(call_that_a_newborn_did_not_enter_means_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(call_of_exec_keeps_what_the_new_image_was_given, setup, teardown),
		cmocka_unit_test_setup_teardown(call_as_it_is_wanted, setup, teardown),
		cmocka_unit_test_setup_teardown(call_with_its_constants_as_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(call_is_a_whole_line, setup, teardown),
		cmocka_unit_test_setup_teardown(call_shows_what_its_entry_and_its_late_have_read, setup, teardown),
		cmocka_unit_test_setup_teardown(call_through_another_is_shown_as_itself, setup, teardown),
	};

	return cmocka_run_group_tests_name("sctrace_whole", cases, NULL, NULL);
}
