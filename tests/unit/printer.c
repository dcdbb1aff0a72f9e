// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "calls.h"
#include "printer.h"

struct sct_strace printer;
struct sct_comms printer_comms;
struct sct_tasks *printer_tasks;
struct sct_plan_set printer_plans;
struct made printer_made;
struct sct_record printer_rec;
static char *text;
static size_t length;

/* Parses the words of a command line. The answer is valid until the next one. */
struct sct_cli *printer_parse(const char *words)
{
	static struct sct_cli cli;
	static char line[256];
	static char *argv[16];
	char *rest, *word;
	int argc = 0;

	snprintf(line, sizeof(line), "%s", words);
	argv[argc++] = "sctrace-read";
	for (word = strtok_r(line, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		argv[argc++] = word;
	argv[argc] = NULL;
	optind = 0;
	sct_cli_parse(&cli, argc, argv);
	return &cli;
}

struct sct_plan_options printer_how = { .string_limit = 32 };

int printer_setup(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	printer_tasks = calloc(1, sizeof(*printer_tasks));
	printer_tasks->follow = true;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	assert_int_equal(sct_plan_set_build(&printer_plans, &printer_how), 0);
	return 0;
}

int printer_teardown(void **state)
{
	(void)state;
	printer_clear();
	sct_plan_set_free(&printer_plans);
	sct_tasks_free(printer_tasks);
	free(printer_tasks);
	return 0;
}

/* Lines as these options want them. Times of records are ns after MOMENT. */
void printer_begin(const char *options)
{
	const struct sct_cli *cli = printer_parse(options);

	printer_plans.options.comm = cli->lines.comms ? sct_comm_put : NULL;
	printer_plans.options.tasks = printer_tasks;
	printer_comms = (struct sct_comms) {
		.wanted = cli->lines.comms,
		.tasks = printer_tasks,
		.plans = &printer_plans,
	};
	printer = (struct sct_strace) {
		.out = open_memstream(&text, &length),
		.plans = &printer_plans,
		.tasks = printer_tasks,
		.tids_first = true,
		.modes = true,
		.columns = cli->lines.columns,
		.column_shift = cli->lines.column_shift,
		.arg_names = cli->lines.arg_names,
		.unshown_signals = cli->lines.unshown_signals,
		.named = cli->lines.comms ? printer_tasks : NULL,
		.color = sct_cli_color(&cli->lines, stdin),
		.quiet_exit = cli->lines.quiet & SCT_QUIET_EXIT,
		.realtime = MOMENT - 1000 * MS,
	};
}

/* The record of a task at a time after MOMENT. */
void printer_show(uint32_t tid, uint64_t time)
{
	struct sct_event event;

	printer_made.hdr.tid = tid;
	printer_made.hdr.tgid = tid;
	printer_made.hdr.time = 1000 * MS + time;
	made_parse(&printer_made, &printer_rec);
	assert_int_equal(sct_pair(printer_tasks, &printer_rec, &event), 1);
	if (printer_comms.wanted)
		sct_comms_before(&printer_comms, &event);
	sct_strace_event(&printer, &event);
	if (printer_comms.wanted)
		sct_comms_after(&printer_comms, &event);
	sct_pair_done(printer_tasks, &event);
}

void printer_show_enter(uint32_t tid, uint64_t time, uint16_t nr)
{
	made_enter(&printer_made, nr, 0, NULL);
	printer_show(tid, time);
}

void printer_show_exit(uint32_t tid, uint64_t time, uint16_t nr, int64_t result)
{
	made_exit(&printer_made, nr, result);
	printer_show(tid, time);
}

void printer_expect(const char *lines)
{
	sct_strace_finish(&printer, " <unfinished ...>");
	fclose(printer.out);
	assert_string_equal(text, lines);
}

/* For the next one. */
void printer_clear(void)
{
	sct_strace_free(&printer);
	free(text);
	text = NULL;
}
