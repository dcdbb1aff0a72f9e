// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <linux/audit.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "calls.h"
#include "netlink.h"
#include "records.h"
#include "shown.h"
#include "trace.h"

#define MOST_LINES	16

/* Of what a byte of records becomes: a word of flags is 64 names, a frame of a stack has a path. */
#define TIMES_LONGER	1024
#define AND_LONGER	(256u << 10)

/* A command line, taken apart once. */
struct line {
	char *words;			/* which cli points into */
	struct sct_cli cli;
	struct sct_plan_set plans;
	bool made;
};

static struct line made[MOST_LINES];
static char path[32];
static int output = -1;

static void parse(struct line *l, const char *words)
{
	char *argv[32] = { (char *)"sctrace-read" }, *rest, *word;
	static char *no_files[] = { (char *)"/none", NULL };
	int argc = 1;

	l->words = strdup(words);
	for (word = strtok_r(l->words, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		argv[argc++] = word;
	optind = 0;
	sct_cli_parse(&l->cli, argc, argv);
	l->cli.output = path;
	/* As of a recording: this machine's tasks are not asked. */
	l->cli.replays = no_files;
	l->cli.nr_replays = 1;
}

static void make(struct line *l, const char *words)
{
	struct trace t = { .cli = &l->cli };

	if (output < 0) {
		setenv("TZ", "UTC", 1);
		output = memfd_create("shown", MFD_CLOEXEC);
		must(output >= 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", output);
		must(!sct_calls_init(AUDIT_ARCH_X86_64));
	}
	parse(l, words);
	sct_show_plans(&t, &(struct sct_plan_options) {
		.string_limit = l->cli.string_limit,
		.verbose = l->cli.verbose,
		.fd_paths = l->cli.fd_paths,
		.fd_details = sct_cli_fd_details(&l->cli),
		.fds_shown = l->cli.fds,
		.ips = l->cli.lines.columns.ips,
		.stack_bytes = l->cli.lines.stacks ? 1024 : 0,
	});
	l->plans = t.plans;
	l->made = true;
}

/* All of sct_show_close() but for the plans, which are for the next input, too. */
static void finish(struct trace *t)
{
	must(!sct_strace_error(&t->out));
	must(!fclose(t->out.out));
	must(!sct_strace_free(&t->out));
	sct_form_free(&t->form);
	sct_summing_free(t->summing);
	sct_stacks_free(t->stacks);
	sct_task_maps_free(&t->maps);
	sct_tasks_free(&t->tasks);
}

/* Neither of ASCII nor of U+0080 to U+009F: what a terminal obeys. Newlines are ours, of CSV with a return; ESC of colours. */
static void check_characters(const char *text, size_t len, bool color)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t i;

	for (i = 0; i < len; i++) {
		must(at[i] >= ' ' || at[i] == '\n' || (at[i] == '\r' && at[i + 1] == '\n') || (color && at[i] == 033));
		must(at[i] != 0x7f);
		must(at[i] != 0xc2 || i + 1 == len || (at[i + 1] & 0xe0) != 0x80);
	}
}

static const char *read_output(size_t *len)
{
	static char *text;
	struct stat st;

	must(!fstat(output, &st));
	free(text);
	text = malloc(st.st_size + 1);
	must(text && pread(output, text, st.st_size, 0) == st.st_size);
	text[st.st_size] = '\0';
	*len = st.st_size;
	return text;
}

static void begin(struct trace *t, struct line *l)
{
	*t = (struct trace) { .cli = &l->cli, .shape = { .reach = SCT_REACH_ALL } };
	sct_show_open(t);
	t->plans = l->plans;
	t->plans.options.netlink->n = t->plans.options.netlink->next = 0;
	t->plans.options.tasks = t->plans.full.tasks = &t->tasks;
	sct_show_shape(t);
	sct_summing_begin(t->summing, 0);
}

const char *shown(const char *const *lines, unsigned int nr_lines, const uint8_t *data, size_t size, size_t *len)
{
	struct input in = { data, size };
	unsigned int choice = input_byte(&in) % nr_lines, nr = 0;
	struct line *l = &made[choice];
	struct sct_record rec;
	struct trace t;
	const char *text;
	uint8_t *bytes;

	if (!l->made)
		make(l, lines[choice]);
	begin(&t, l);
	for (; (bytes = records_next(&in, &rec)); nr++) {
		sct_show_record(&t, &rec);
		free(bytes);
	}
	sct_show_finish(&t, false);
	finish(&t);
	text = read_output(len);
	check_characters(text, *len, t.out.color);
	must(*len <= AND_LONGER + TIMES_LONGER * size);
	return text;
}
