// SPDX-License-Identifier: GPL-2.0-or-later
/* Where stacks stand among lines (output/strace.c) and in objects (output/json.c); the options (cli/stack_options.c). */
#include <errno.h>
#include <json-c/json.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsed.h"
#include "printer.h"
#include "stack_maps.h"

#define EXECVE		59
#define RT_SIGRETURN	15
#define LINE		" > unexpected_backtracing_error [0x1234]\n"

static const struct sct_stack_options how;

static int setup(void **state)
{
	printer_how.stack_bytes = 16384;
	printer_how.ips = true;
	return printer_setup(state);
}

static int teardown(void **state)
{
	sct_stacks_free(printer.stacks);
	printer_teardown(state);
	printer_how = (struct sct_plan_options) { .string_limit = 32 };
	return 0;
}

static void begin(const char *options)
{
	printer_begin(options);
	printer.stacks = sct_stacks_new(&how);
	assert_non_null(printer.stacks);
}

static uint8_t step_of(uint16_t nr, enum sctrace_base base)
{
	struct sct_plan plan;
	uint8_t i;

	sct_plan_find(&plan, &printer_plans, 0, nr, NULL, 0);
	for (i = 0; plan.args[i] != SCT_OF_TASK || plan.steps[i].base != base; i++)
		assert_true(i < plan.nr_steps);
	return i;
}

static void add_stack(uint16_t nr, uint64_t ip, uint8_t flags)
{
	const struct sctrace_regs regs = { .ip = ip, .sp = 0x7000 };

	made_piece(&printer_made, step_of(nr, SCTRACE_BASE_REGS), flags, sizeof(regs), &regs, sizeof(regs));
	made_piece(&printer_made, step_of(nr, SCTRACE_BASE_STACK), flags, 16, "0123456789abcdef", 16);
}

static void enter(uint32_t tid, uint16_t nr, unsigned int nr_args)
{
	static const uint64_t args[6] = { 0 };

	made_enter(&printer_made, nr, nr_args, args);
	add_stack(nr, 0x1234, 0);
	printer_show(tid, 0);
}

/* ---- lines ---- */

static void steps_are_in_this_order(void **state)
{
	uint8_t registers = step_of(READ, SCTRACE_BASE_REGS), files = step_of(READ, SCTRACE_BASE_MAPS);
	struct sct_plan plan;

	(void)state;
	sct_plan_find(&plan, &printer_plans, 0, READ, NULL, 0);
	assert_int_equal(registers, 0);
	assert_int_equal(plan.steps[0].max, sizeof(struct sctrace_regs));
	assert_int_equal(plan.steps[files].max, SCTRACE_STEP_MAX_BYTES);
	assert_int_equal(plan.steps[files + 1].base, SCTRACE_BASE_STACK);
	assert_int_equal(plan.steps[files + 1].max, 16384);
	assert_int_equal(plan.steps[files + 1].flags, SCTRACE_STEP_SHORT);
	assert_int_equal(plan.steps[files + 1].when, SCTRACE_STEP_ENTER);
	assert_int_equal(plan.steps[files + 1].len_from, SCTRACE_LEN_MAX);
	/* The buffer that the kernel fills in comes behind it. */
	assert_int_equal(plan.nr_steps, files + 3);
}

static void stacks_stand_below_calls_that_are_over(void **state)
{
	(void)state;
	begin("ls");
	enter(1, GETPID, 0);
	printer_show_exit(1, 10, GETPID, 1);
	enter(1, READ, 3);
	enter(2, GETPID, 0);
	printer_show_exit(2, 20, GETPID, 2);
	printer_show_exit(1, 30, READ, -EINTR);
	made_signal(&printer_made, SIGSEGV, SI_USER);
	printer_show(1, 40);
	/* Of which nothing is known but the result, and one that was recorded without. */
	printer_show_exit(3, 50, GETPID, 3);
	printer_show_enter(3, 60, GETPID);
	printer_show_exit(3, 70, GETPID, 3);
	enter(1, EXIT_GROUP, 1);
	printer_expect("1     getpid()                          = 1\n" LINE
		       "1     read(0,  <unfinished ...>\n"
		       "2     getpid()                          = 2\n" LINE
		       "1     <... read resumed>NULL, 0)        = -1 EINTR (Interrupted system call)\n" LINE
		       "1     --- SIGSEGV {si_signo=SIGSEGV, si_code=SI_USER, si_pid=0, si_uid=0} ---\n"
		       "3     <... getpid resumed>)             = 3\n"
		       "3     getpid()                          = 3\n"
		       "1     exit_group(0)                     = ?\n" LINE);
}

static void the_same_registers_say_where_calls_were_made(void **state)
{
	(void)state;
	begin("-i ls");
	enter(1, GETPID, 0);
	printer_show_exit(1, 10, GETPID, 1);
	printer_expect("1     [0000000000001234] getpid()       = 1\n" LINE);
}

/* A call that comes in one record: what was read as it returned is of where the task goes on. */
static void calls_that_go_on_elsewhere(void **state)
{
	static const uint64_t args[6] = { 0 };

	(void)state;
	begin("ls");
	made_call(&printer_made, GETPID, 0, NULL, 1, 1);
	add_stack(GETPID, 0x1234, SCTRACE_PIECE_LATE);
	printer_show(1, 0);
	made_call(&printer_made, EXECVE, 3, args, 0, 1);
	add_stack(EXECVE, 0x1234, SCTRACE_PIECE_LATE);
	printer_show(1, 1);
	made_call(&printer_made, EXECVE, 3, args, -ENOENT, 1);
	add_stack(EXECVE, 0x1234, SCTRACE_PIECE_LATE);
	printer_show(1, 2);
	made_call(&printer_made, RT_SIGRETURN, 0, NULL, 0, 1);
	add_stack(RT_SIGRETURN, 0x1234, SCTRACE_PIECE_LATE);
	printer_show(1, 3);
	enter(1, EXECVE, 3);
	printer_show_exit(1, 5, EXECVE, 0);
	printer_expect("1     getpid()                          = 1\n" LINE
		       "1     execve(NULL, NULL, NULL)          = 0\n"
		       "1     execve(NULL, NULL, NULL)          = -1 ENOENT (No such file or directory)\n" LINE
		       "1     rt_sigreturn()                    = 0\n"
		       "1     execve(NULL, NULL, NULL)          = 0\n" LINE);
}

/* ---- objects ---- */

static struct json_object *object_of(char *line)
{
	struct json_object *object = json_tokener_parse(line);

	if (!object)
		fail_msg("no JSON: %s", line);
	return object;
}

static void stacks_are_in_objects_of_calls(void **state)
{
	const struct sctrace_regs regs = { .ip = 0x1234 };
	struct { struct sctrace_map map; char path[16]; } files = {
		{ .start = 0x1000, .end = 0x2000, .offset = 0x300, .bytes = sizeof(files) }, "/a\"\n\xff",
	};
	struct json_object *object, *stack, *frame;
	struct sct_task_maps maps = { 0 };
	struct sct_event event;
	struct sct_form form;
	char *text;
	size_t len;

	(void)state;
	printer_begin("ls");
	printer.stacks = sct_stacks_new(&how);
	form = (struct sct_form) { .kind = SCT_FORM_JSON, .out = open_memstream(&text, &len), .plans = &printer_plans,
				   .tasks = printer_tasks, .stacks = printer.stacks };
	made_call(&printer_made, GETPID, 0, NULL, 1, 1);
	made_piece(&printer_made, step_of(GETPID, SCTRACE_BASE_REGS), 0, sizeof(regs), &regs, sizeof(regs));
	made_piece(&printer_made, step_of(GETPID, SCTRACE_BASE_MAPS), 0, sizeof(files), &files, sizeof(files));
	made_piece(&printer_made, step_of(GETPID, SCTRACE_BASE_STACK), SCTRACE_PIECE_CUT, 64, "", 0);
	made_parse(&printer_made, &printer_rec);
	assert_int_equal(sct_pair(printer_tasks, &printer_rec, &event), 1);
	assert_int_equal(sct_stack_maps_event(&maps, &printer_plans, &printer_rec, &event), 0);
	sct_form_event(&form, &event);
	sct_pair_done(printer_tasks, &event);
	fflush(form.out);
	object = object_of(text);
	assert_true(json_object_object_get_ex(object, "stack", &stack));
	assert_int_equal(json_object_array_length(stack), 1);
	frame = json_object_array_get_idx(stack, 0);
	assert_string_equal(json_object_to_json_string_ext(frame, JSON_C_TO_STRING_NOSLASHESCAPE),
			    "{\"path\":\"/a\\\"\\n\\\\377\",\"symbol\":null,\"offset\":null,\"address\":1332}");
	assert_true(json_object_object_get_ex(object, "stack_end", &frame));
	assert_non_null(strstr(json_object_get_string(frame), "not as it was"));
	/* Bytes of memory are not cut by that. */
	assert_true(json_object_object_get_ex(object, "flags", &frame));
	assert_int_equal(json_object_array_length(frame), 0);
	json_object_put(object);
	sct_form_free(&form);
	fclose(form.out);
	free(text);
	fclose(printer.out);
	sct_task_maps_free(&maps);
}

/* Names are the traced program's. */
static void names_that_are_no_text_are_in_octal(void **state)
{
	static const struct { const char *path, *shown; } rows[] = {
		{ "/usr/bin/\303\251\342\202\254\360\237\220\247", "/usr/bin/\303\251\342\202\254\360\237\220\247" },
		{ "/a\033[1m\n\177", "/a\\033[1m\\012\\177" },
		{ "\302\233\302\240", "\\302\\233\302\240" },
		{ "\233x\377", "\\233x\\377" },
		{ "\303", "\\303" },
		{ "\342\202", "\\342\\202" },
		{ "\300\257\340\200\257", "\\300\\257\\340\\200\\257" },
		{ "\355\240\200\364\220\200\200", "\\355\\240\\200\\364\\220\\200\\200" },
	};
	static struct sct_stack stack = { .n = 1 };
	struct sct_text text = { 0 };
	char want[100];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		stack.frames[0] = (struct sct_stack_frame) { .path = rows[i].path, .address = 1 };
		sct_text_clear(&text);
		sct_stack_print(&text, &stack);
		snprintf(want, sizeof(want), " > %s() [0x1]\n", rows[i].shown);
		if (text.len != strlen(want) || memcmp(text.chars, want, text.len))
			fail_msg("%s is shown as %.*s", rows[i].shown, (int)text.len, text.chars);
	}
	sct_text_free(&text);
}

/* ---- options ---- */

static void options_that_ask_for_stacks(void **state)
{
	static const struct { const char *options; enum sct_cli_stacks stacks; unsigned int bytes, frames; } rows[] = {
		{ "ls", SCT_STACKS_NONE, 16384, 0 },
		{ "-k ls", SCT_STACKS_SYMBOLS, 16384, 0 },
		{ "-kk ls", SCT_STACKS_SOURCES, 16384, 0 },
		{ "-k -k -k ls", SCT_STACKS_SOURCES, 16384, 0 },
		{ "--stack-traces ls", SCT_STACKS_SYMBOLS, 16384, 0 },
		{ "--stack-trace=source ls", SCT_STACKS_SOURCES, 16384, 0 },
		{ "--stack-trace=symbol --stack-size=1k ls", SCT_STACKS_SYMBOLS, 1024, 0 },
		{ "-k --stack-size=1K ls", SCT_STACKS_SYMBOLS, 1024, 0 },
		{ "-k --stack-size=65528 ls", SCT_STACKS_SYMBOLS, 65528, 0 },
		{ "-k --stack-size=2047 ls", SCT_STACKS_SYMBOLS, 2040, 0 },
		{ "-k --stack-trace-frame-limit=5 ls", SCT_STACKS_SYMBOLS, 16384, 5 },
		{ "-k --stack-trace-frame-limit=5000 ls", SCT_STACKS_SYMBOLS, 16384, 256 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct sct_cli_lines *lines = &printer_parse(rows[i].options)->lines;

		if (lines->stacks != rows[i].stacks || lines->stack_bytes != rows[i].bytes ||
		    lines->stack_frames != rows[i].frames)
			fail_msg("%s: %d, %u, %u", rows[i].options, lines->stacks, lines->stack_bytes,
				 lines->stack_frames);
	}
}

static void options_that_are_refused(void **state)
{
	(void)state;
	parsed_refused("--stack-trace=lines ls", "--stack-trace: 'lines' is not known; write symbol or source");
	parsed_refused("--stack-size=4K ls", "--stack-size: without -k, nothing is taken of stacks; give -k");
	parsed_refused("-k --stack-size=1023 ls", "--stack-size: '1023' is not from 1024 to 65528 bytes");
	parsed_refused("-k --stack-size=64K ls", "--stack-size: '64K' is not from 1024 to 65528 bytes");
	parsed_refused("-k --stack-size=much ls",
		       "--stack-size: 'much' is no size; write a number of bytes, or with K, as in 32K");
	parsed_refused("-k --stack-trace-frame-limit=0 ls", "--stack-trace-frame-limit: '0' is not a number from 1 on");
	parsed_refused("-k --stack-trace-frame-limit=-1 ls",
		       "--stack-trace-frame-limit: '-1' is not a number from 1 on");
	parsed_refused("-k --stack-size=4K --replay f",
		       "--stack-size and --replay: a replay shows what was recorded; give it when you record");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
		CASE(steps_are_in_this_order),
		CASE(stacks_stand_below_calls_that_are_over),
		CASE(the_same_registers_say_where_calls_were_made),
		CASE(calls_that_go_on_elsewhere),
		CASE(stacks_are_in_objects_of_calls),
		cmocka_unit_test(names_that_are_no_text_are_in_octal),
		cmocka_unit_test(options_that_ask_for_stacks),
		cmocka_unit_test(options_that_are_refused),
	};

	return cmocka_run_group_tests_name("sctrace_stack_lines", cases, NULL, NULL);
}
