// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/output/dump.c: descriptors, and strace's lines below a call's own. */
#include <linux/audit.h>
#include <stdlib.h>

#include "calls.h"
#include "dump.h"
#include "made.h"
#include "strace.h"

#define READ	0
#define WRITE	1
#define WRITEV	20
#define GETPID	39
#define SENDMSG	46
#define RECVMMSG 299

static bool has(const struct sct_dump_fds *set, int32_t fd)
{
	unsigned int i;

	for (i = 0; i < set->n && set->fds[i] != fd; i++)
		;
	return (i < set->n) != set->not;
}

static void descriptors(void **state)
{
	static const struct { const char *text; bool zero, three; } rows[] = {
		{ "3", false, true }, { "0,3", true, true }, { "!0", false, true }, { "all", true, true },
		{ "none", false, false }, { "!all", false, false }, { "!none", true, true },
	};
	static const char *const wrong[] = { "", ",", "3,", "x", "3x", "-1", "3-5", "!", "all,3", "2147483648" };
	struct sct_dump_fds set;
	char many[400] = "0";
	unsigned int i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_true(sct_dump_fds_parse(&set, rows[i].text));
		assert_int_equal(has(&set, 0), rows[i].zero);
		assert_int_equal(has(&set, 3), rows[i].three);
	}
	for (i = 0; i < COUNT(wrong); i++)
		assert_false(sct_dump_fds_parse(&set, wrong[i]));
	for (i = 1; i < SCT_DUMP_MAX_FDS; i++)
		strcat(many, ",7");
	assert_true(sct_dump_fds_parse(&set, many));
	strcat(many, ",7");
	assert_false(sct_dump_fds_parse(&set, many));
}

static struct sct_tasks tasks;
static struct made made;
static struct sct_record rec;

static void show(struct sct_strace *o)
{
	struct sct_event event;

	made_parse(&made, &rec);
	assert_int_equal(sct_pair(&tasks, &rec, &event), 1);
	sct_strace_event(o, &event);
	sct_pair_done(&tasks, &event);
}

/* Lines as they come out. */
struct shown {
	struct sct_strace o;
	struct sct_plan_set plans;
	char *text;
	size_t n;
};

static void begin(struct shown *shown, const struct sct_plan_options *how, const struct sct_dump *dump)
{
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	assert_int_equal(sct_plan_set_build(&shown->plans, how), 0);
	shown->o = (struct sct_strace) { .out = open_memstream(&shown->text, &shown->n), .plans = &shown->plans, .tasks = &tasks,
					 .dump = dump };
}

/* The end, too. */
static void expect(struct shown *shown, const char *lines)
{
	sct_strace_finish(&shown->o, "");
	assert_string_equal(shown->text, lines);
	fclose(shown->o.out);
	free(shown->text);
	sct_strace_free(&shown->o);
	sct_tasks_free(&tasks);
	sct_plan_set_free(&shown->plans);
}

/* The lines are strace's, but for the last one. */
static void data_are_below_the_line(void **state)
{
	static const uint64_t one[] = { 1, 0x1000, 17 }, two[] = { 2, 0x1000, 17 }, in[] = { 3, 0x1000, 100 },
			      eight[] = { 1, 0x1000, 8 }, nothing[] = { 1, 0x1000, 0 };
	static const char *const lines =
		"write(1, \"%&'(\"..., 17)                 = 17\n"
		" | 00000  25 26 27 28 29 2a 2b 2c  2d 2e 2f 30 31 32 33 7f  %&'()*+,-./0123. |\n"
		" | 00010  0a                                                .                |\n"
		"write(1, \"!\\\"#$\"..., 8)                 = 8\n"
		" | 00000  21 22 23 24 25 26 27 28                           !\"#$%&'(         |\n"
		"write(1, \"\", 0)                         = 0\n"
		"write(1, \"%&'(\"..., 17)                 = -1 EPIPE (Broken pipe)\n"
		" | 00000  25 26 27 28 29 2a 2b 2c  2d 2e 2f 30 31 32 33 7f  %&'()*+,-./0123. |\n"
		" | 00010  0a                                                .                |\n"
		"write(2, \"%&'(\"..., 17)                 = 17\n"
		"getpid()                                = 9\n"
		"read(3, \"abcd\"..., 100)                 = 5\n"
		" | 00000  61 62 63 64 65                                    abcde            |\n"
		"read(3, \"abcd\"..., 100)                 = 50\n"
		" | 00000  61 62 63 64 65                                    abcde            |\n"
		" | (5 of 50 bytes captured)\n";
	static const char bytes[] = "%&'()*+,-./0123\177\n";
	struct sct_plan_options how = { .string_limit = 4, .data = true };
	struct sct_dump dump = { .read.not = true };
	struct shown shown;

	(void)state;
	assert_true(sct_dump_fds_parse(&dump.write, "1"));
	begin(&shown, &how, &dump);
	made_enter(&made, WRITE, 3, one);
	made_piece(&made, 0, 0, 17, bytes, 17);
	show(&shown.o);
	made_exit(&made, WRITE, 17);
	show(&shown.o);
	made_call(&made, WRITE, 3, eight, 8, 1);
	made_piece(&made, 0, 0, 8, "!\"#$%&'(", 8);
	show(&shown.o);
	made_call(&made, WRITE, 3, nothing, 0, 1);
	made_piece(&made, 0, 0, 0, "", 0);
	show(&shown.o);
	made_call(&made, WRITE, 3, one, -32, 1);
	made_piece(&made, 0, 0, 17, bytes, 17);
	show(&shown.o);
	made_call(&made, WRITE, 3, two, 17, 1);
	made_piece(&made, 0, 0, 17, bytes, 17);
	show(&shown.o);
	made_call(&made, GETPID, 0, NULL, 9, 1);
	show(&shown.o);
	made_call(&made, READ, 3, in, 5, 1);
	made_piece(&made, 0, 0, 5, "abcde", 5);
	show(&shown.o);
	made_call(&made, READ, 3, in, 50, 1);
	made_piece(&made, 0, SCTRACE_PIECE_CUT, 50, "abcde", 5);
	show(&shown.o);
	expect(&shown, lines);
}

/* Also below a line of numbers, which has all before the call returns, or is whole. */
static void data_are_below_a_raw_line(void **state)
{
	static const uint64_t one[] = { 1, 0x1000, 6 }, in[] = { 3, 0x1000, 100 };
	static const __u64 raw[SCTRACE_ABI_COUNT][16] = { { 1u << READ | 1u << WRITE } };
	static const char *const lines =
		"write(0x1, 0x1000, 0x6)                 = 0x6\n"
		" | 00000  68 61 6c 6c 6f 0a                                 hallo.           |\n"
		"read(0x3, 0x1000, 0x64)                 = 0x5\n"
		" | 00000  61 62 63 64 65                                    abcde            |\n";
	struct sct_plan_options how = { .string_limit = 4, .data = true, .raw = raw, .by_set = true };
	struct sct_dump dump = { .read.not = true, .write.not = true };
	struct shown shown;

	(void)state;
	begin(&shown, &how, &dump);
	made_enter(&made, WRITE, 3, one);
	made_piece(&made, 0, 0, 6, "hallo\n", 6);
	show(&shown.o);
	made_exit(&made, WRITE, 6);
	show(&shown.o);
	made_call(&made, READ, 3, in, 5, 1);
	made_piece(&made, 0, 0, 5, "abcde", 5);
	show(&shown.o);
	expect(&shown, lines);
}

/* What is missing of vectors: a buffer that could not be read, one that was cut, one that there was no room for, the rest. */
static void vectors_are_below_the_line(void **state)
{
	static const uint64_t args[] = { 1, 0x1000, 5 }, iov[] = { 0x2000, 5, 0x3000, 6, 0x4000, 7, 0x5000, 8 };
	static const char *const lines =
		"writev(1, [{iov_base=\"abcde\", iov_len=5}, {iov_base=0x3000, iov_len=6}, {iov_base=\"12\"..., iov_len=7}, "
		"{iov_base=0x5000, iov_len=8}, ...], 5) = 26\n"
		" * 5 bytes in buffer 0\n"
		" | 00000  61 62 63 64 65                                    abcde            |\n"
		" * 6 bytes in buffer 1\n"
		" * 7 bytes in buffer 2\n"
		" | 00000  31 32                                             12               |\n"
		" | (2 of 7 bytes captured)\n"
		" * 8 bytes in buffer 3\n"
		" | (0 of 8 bytes captured)\n"
		" * (4 of 5 buffers captured)\n";
	struct sct_plan_options how = { .string_limit = 32, .data = true };
	struct sct_dump dump = { .write.not = true };
	struct shown shown;

	(void)state;
	begin(&shown, &how, &dump);
	made_call(&made, WRITEV, 3, args, 26, 1);
	made_piece(&made, 0, SCTRACE_PIECE_CUT, 80, iov, 64);
	made_piece(&made, 1, 0, 5, "abcde", 5);
	made_piece(&made, 1, SCTRACE_PIECE_FAULT, 6, "", 0);
	made_piece(&made, 1, SCTRACE_PIECE_CUT, 7, "12", 2);
	show(&shown.o);
	expect(&shown, lines);
}

/* As much as a step can have, of these calls only. */
static void data_are_captured(void **state)
{
	static const struct { unsigned int nr; bool data; } rows[] = {
		{ READ, true }, { WRITE, true }, { 17, true }, { 44, true }, { 45, true }, { 318, false },
	};
	struct sct_plan_options how = { .string_limit = 32, .data = true };
	struct sct_plan_set plans;
	unsigned int i;

	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	assert_int_equal(sct_plan_set_build(&plans, &how), 0);
	for (i = 0; i < COUNT(rows); i++) {
		static const uint64_t args[6];
		unsigned int buffer = rows[i].data ? 1 : 0, at = 0;
		struct sct_plan plan;

		sct_plan_find(&plan, &plans, SCTRACE_ABI_NATIVE, rows[i].nr, args, 6);
		while (at < plan.nr_steps && plan.args[at] != buffer)
			at++;
		assert_true(at < plan.nr_steps);
		assert_int_equal(plan.steps[at].max, rows[i].data ? SCTRACE_STEP_MAX_BYTES : 32);
	}
	sct_plan_set_free(&plans);
}

/* Of vectors: all that a call can have. Of a vector that the kernel fills in, nothing before it has. */
static void vectors_are_captured(void **state)
{
	static const struct { unsigned int nr, elements; } rows[] = { { WRITEV, 1024 }, { SENDMSG, 1024 }, { RECVMMSG, 1024 }, { 310, 4 } };
	struct sct_plan_options how = { .string_limit = 4, .data = true };
	struct sct_plan_set plans;
	unsigned int i, at;

	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	assert_int_equal(sct_plan_set_build(&plans, &how), 0);
	for (i = 0; i < COUNT(rows); i++) {
		static const uint64_t args[6];
		unsigned int vectors = 0;
		struct sct_plan plan;

		sct_plan_find(&plan, &plans, SCTRACE_ABI_NATIVE, rows[i].nr, args, 6);
		for (at = 0; at + 1 < plan.nr_steps; at++) {
			const struct sctrace_step *step = &plan.steps[at], *buffer = step + 1;

			if (step->unit != 16 || buffer->base != SCTRACE_BASE_STEP || buffer->index != at)
				continue;
			assert_int_equal(step->max, rows[i].elements * 16);
			assert_int_equal(buffer->max, rows[i].elements == 1024 ? SCTRACE_STEP_MAX_BYTES : 4);
			vectors++;
		}
		assert_int_equal(vectors, 1);
	}
	sct_plan_set_free(&plans);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(descriptors),
		cmocka_unit_test(data_are_below_the_line),
		cmocka_unit_test(data_are_below_a_raw_line),
		cmocka_unit_test(vectors_are_below_the_line),
		cmocka_unit_test(data_are_captured),
		cmocka_unit_test(vectors_are_captured),
	};

	return cmocka_run_group_tests_name("sctrace_dump", tests, NULL, NULL);
}
