/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records into lines, wherever they come from, and what is said at the end. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "calls.h"
#include "die.h"
#include "netlink.h"
#include "stack_maps.h"
#include "task_container.h"
#include "trace.h"
#include "undecided.h"

/* What is seldom wanted stays out of the way of what is often. */
#define SELDOM __attribute__((noinline, cold))

/* ---- the output ---- */

/* A file that is read, or that records go to, is not to be made empty for lines. */
static void refuse_what_is_read(const struct sct_cli *cli)
{
	struct stat out, other;
	unsigned int i;

	if (cli->record.path && !strcmp(cli->record.path, cli->output))
		die("-o and --record have the same file '%s': give them two", cli->output);
	if (stat(cli->output, &out) < 0)
		return;
	for (i = 0; i < cli->nr_replays; i++) {
		if (!stat(cli->replays[i], &other) && S_ISREG(out.st_mode) && out.st_dev == other.st_dev &&
		    out.st_ino == other.st_ino)
			die("-o '%s' is what is to be replayed: give another file", cli->output);
	}
}

/* The same of the files of --output-separately, OUTPUT.PID. */
static void refuse_what_is_read_separately(const struct sct_cli *cli)
{
	size_t len = strlen(cli->output);
	unsigned int i;

	for (i = 0; i <= cli->nr_replays; i++) {
		const char *path = i < cli->nr_replays ? cli->replays[i] : cli->record.path;

		if (path && !strncmp(path, cli->output, len) && path[len] == '.')
			die("-o '%s' and one file for each task: '%s' could be one of these; give -o another name", cli->output, path);
	}
}

static void open_output(struct trace *t)
{
	const struct sct_cli *cli = t->cli;

	if (sct_cli_is_piped(cli)) {
		t->out.out = popen(cli->output + 1, "we");
	} else if (cli->lines.separate) {
		refuse_what_is_read_separately(cli);
		t->out.separate = sct_separate_new(cli->output, cli->lines.append);
		if (!t->out.separate)
			die("out of memory");
	} else {
		refuse_what_is_read(cli);
		t->out.out = fopen(cli->output, cli->lines.append ? "ae" : "we");
	}
	if (!t->out.out)
		die("cannot write to '%s': %s", cli->output, strerror(errno));
}

/* The same output, written for programs. */
static void open_form(struct trace *t)
{
	t->form = (struct sct_form) {
		.kind = t->cli->format,
		.out = t->out.out,
		.plans = &t->plans,
		.tasks = &t->tasks,
		.root = t->comms.root,
		.stacks = t->stacks,
	};
	sct_form_begin(&t->form);
}

/* What tasks are called is found out for who says it. A recording may be of any machine. */
static void open_comms(struct trace *t)
{
	const struct sct_cli *cli = t->cli;

	t->comms = (struct sct_comms) {
		.wanted = cli->lines.comms || cli->format || cli->summary.by == SCT_BY_PROCESS,
		.tasks = &t->tasks,
		.plans = &t->plans,
		.root = !cli->nr_replays && sct_proc_numbers_are_ours("") ? "" : NULL,
	};
	if (cli->lines.comms)
		t->out.named = &t->tasks;
}

/* A recording may be of any machine: its files are looked for here all the same, and used if they are the same ones. */
static void open_stacks(struct trace *t)
{
	const struct sct_cli *cli = t->cli;
	const struct sct_stack_options options = {
		.sources = cli->lines.stacks == SCT_STACKS_SOURCES,
		.frames = cli->lines.stack_frames,
		.root = !cli->nr_replays && sct_proc_numbers_are_ours("") ? "" : NULL,
		.ours = !cli->nr_replays,
	};

	if (!cli->lines.stacks || cli->format == SCT_FORM_CSV)
		return;
	t->stacks = sct_stacks_new(&options);
	if (!t->stacks)
		die("out of memory");
	t->maps.root = options.root;
	t->out.stacks = t->stacks;
}

/* Opens it. What is wrong with it ends the program. */
void sct_show_open(struct trace *t)
{
	static char buffer[1 << 16];
	const struct sct_cli *cli = t->cli;

	sct_cli_apply_decode(cli);
	t->out = (struct sct_strace) {
		.out = cli->format ? stdout : stderr,
		.plans = &t->plans,
		.dump = cli->decode.dumps ? &cli->decode.dump : NULL,
		.tasks = &t->tasks,
		.columns = cli->lines.columns,
		.column_shift = cli->lines.column_shift,
		.quiet = cli->lines.quiet & SCT_QUIET_ATTACH,
		.quiet_exit = cli->lines.quiet & SCT_QUIET_EXIT,
		.quiet_superseded = cli->lines.quiet & SCT_QUIET_SUPERSEDED,
		.arg_names = cli->lines.arg_names,
		.unshown_signals = cli->lines.unshown_signals,
	};
	if (cli->output)
		open_output(t);
	t->out.color = sct_cli_color(&cli->lines, cli->lines.separate ? NULL : t->out.out);
	/* Line by line or page by page would be that many write(2); what is complete is flushed before we sleep. */
	setvbuf(t->out.out, buffer, _IOFBF, sizeof(buffer));
	open_comms(t);
	open_stacks(t);
	open_form(t);
	t->summing = sct_summing_new(cli, &t->out, &t->comms);
}

/* What follows from t->shape. */
void sct_show_shape(struct trace *t)
{
	const struct shape *shape = &t->shape;
	const struct sct_cli *cli = t->cli;
	bool several;

	t->form.realtime = t->out.realtime;
	t->tasks.follow = shape->reach == SCT_REACH_ALL;
	t->tasks.makes_tasks = sct_calls_makes_tasks;
	t->tasks.threads = shape->reach >= SCT_REACH_PROCESSES;
	several = cli->lines.always_pid || (shape->reach > SCT_REACH_TASK && !cli->lines.separate);
	t->out.tids_first = several && cli->output;
	t->out.tids_bracketed = several && !cli->output;
	t->out.tids_always = cli->lines.always_pid || !shape->named || shape->nr_pids > 1;
	/* strace's rule: a file with the trace of a command holds nothing but that. */
	t->out.quiet |= cli->output && shape->command;
	t->out.modes = !(cli->lines.quiet & SCT_QUIET_PERSONALITY) && !(cli->output && shape->command);
}

/* The tables of a machine. whose: "the module runs on", for a message; status: to exit with. */
void sct_show_calls(uint32_t audit_arch, const char *whose, int status)
{
	switch (sct_calls_init(audit_arch)) {
	case -EINVAL:
		die_with(status, "%s a machine that this reader does not know (AUDIT_ARCH %#x): install the reader of the same version",
			 whose, audit_arch);
	case -ENOSYS:
		die_with(status, "libseccomp does not know this machine's system calls (AUDIT_ARCH %#x): install a newer libseccomp2",
			 audit_arch);
	case -ENOMEM:
		die("out of memory");
	}
}

void sct_show_plans(struct trace *t, const struct sct_plan_options *how)
{
	struct sct_plan_options options = *how;
	int err;

	sct_cli_plan_options(t->cli, &options);
	if (t->cli->lines.comms) {
		options.comm = sct_comm_put;
		options.tasks = &t->tasks;
	}
	options.netlink = sct_netlink_fds_new();
	if (!options.netlink)
		die("out of memory");
	err = sct_plan_set_build(&t->plans, &options);
	if (err)
		die("cannot make the plans of what to record: %s", strerror(-err));
}

void sct_show_attached(const struct trace *t)
{
	uint32_t i;

	for (i = 0; i < t->shape.nr_pids && !t->out.quiet; i++)
		complain("Process %d attached", t->shape.pids[i]);
	fflush(stderr);
}

/* ---- events ---- */

static bool is_call_of(const struct sct_record *rec, const char *name)
{
	const struct sct_row *row = sct_calls_find(rec->hdr->abi, rec->nr);

	return row && !strcmp(row->name, name);
}

/* The first that comes of the command: a filter or a scope can leave out the execve. */
static bool first_is_ours(struct trace *t, const struct sct_event *event)
{
	const struct sct_record *rec = event->rec;
	bool returned = rec->hdr->type == SCTRACE_REC_CALL || event->whole;

	/* The return of the read that it has waited in for its start. */
	if ((event->orphan || (rec->hdr->type == SCTRACE_REC_CALL && !rec->entered)) && is_call_of(rec, "read"))
		return true;
	t->command = RUNNING;
	if ((rec->hdr->type == SCTRACE_REC_ENTER || returned) && is_call_of(rec, "execve"))
		t->command = !returned ? IN_EXECVE : sct_is_error(rec->result) ? NOT_RUN : RUNNING;
	return false;
}

/* Of a command that does not run: is_ours(). */
static bool is_ours_yet(struct trace *t, const struct sct_event *event)
{
	unsigned int type = event->rec->hdr->type;

	if (!event->task || type == SCTRACE_REC_TASK_EXIT)
		return false;
	switch (t->command) {
	case HELD_BACK:
		return first_is_ours(t, event);
	case IN_EXECVE:
		if (type == SCTRACE_REC_EXIT)
			t->command = sct_is_error(event->rec->result) ? NOT_RUN : RUNNING;
		/* Its return was lost. */
		else if (type == SCTRACE_REC_ENTER)
			t->command = RUNNING;
		return false;
	case NOT_RUN:
		return true;
	default:
		return false;
	}
}

/* Before its execve, and after one that fails, the command is our own code. Its end is told in any case. */
static inline bool is_ours(struct trace *t, const struct sct_event *event)
{
	return t->shape.command && t->command != RUNNING && is_ours_yet(t, event);
}

/* Counts it. Return: whether it is shown, too. */
static SELDOM bool sum_up(struct trace *t, const struct sct_event *event)
{
	const struct sct_record *rec = event->rec;

	if (!sct_summing_event(t->summing, event))
		return false;
	if (rec->hdr->type != SCTRACE_REC_EXIT && rec->hdr->type != SCTRACE_REC_CALL)
		return true;
	return !t->filter.lines_by_status || sct_filter_has_result(t->filter.line_results, rec->result);
}

/* The one place where it is decided what an event becomes. */
static inline void use_event(struct trace *t, const struct sct_event *event)
{
	if (__builtin_expect(t->summing != NULL, 0) && !sum_up(t, event))
		return;
	if (t->form.kind)
		sct_form_event(&t->form, event);
	else
		sct_strace_event(&t->out, event);
}

static SELDOM void use_named(struct trace *t, const struct sct_event *event)
{
	sct_comms_before(&t->comms, event);
	use_event(t, event);
	sct_comms_after(&t->comms, event);
}

static inline void put_event(struct trace *t, const struct sct_event *event)
{
	if (__builtin_expect(t->comms.wanted, 0))
		use_named(t, event);
	else
		use_event(t, event);
}

/* Nothing more will be put; why: for the line that lacks its end. */
static void put_end(struct trace *t, const char *why)
{
	if (t->form.kind)
		sct_form_finish(&t->form);
	else
		sct_strace_finish(&t->out, why);
	sct_summing_finish(t->summing);
}

/* A call whose end does not come, and of which the module could not tell whether it is wanted: better shown. */
static void show_undecided(struct trace *t, struct sct_task *task)
{
	struct sctrace_hdr hdr = { .type = SCTRACE_REC_ENTER };
	struct sct_record rec = { .hdr = &hdr };
	struct sct_event event = { .rec = &rec, .task = task };

	task->undecided = false;
	if (!task->unshown)
		put_event(t, &event);
}

/* It is told once; who reads the records goes on or not. then: what becomes of the trace. */
static SELDOM void fail_output(struct trace *t, int error, const char *then)
{
	const char *path = t->cli->output ? t->cli->output : t->cli->format ? "standard output" : "standard error";

	if (t->cli->nr_replays)
		die("cannot write to '%s': %s", path, strerror(error));
	if (!t->unwritable)
		complain("cannot write to '%s': %s%s", path, strerror(error), then);
	t->unwritable = true;
}

static SELDOM void look_at_output(struct trace *t)
{
	int error = sct_strace_error(&t->out);

	if (error)
		fail_output(t, error, t->capture ? "; what comes is recorded, but not shown" :
			    t->shape.command ? "; nothing more is shown, and the command goes on" : "; the trace ends");
}

/* What could not be written is not tried again, so it must be seen at once. */
static inline void check_output(struct trace *t)
{
	if (t->out.separate || ferror_unlocked(t->out.out))
		look_at_output(t);
}

/* --syscall-limit */
bool sct_show_is_enough(const struct trace *t)
{
	return t->cli->end.calls && t->out.calls >= t->cli->end.calls;
}

static void show(struct trace *t, struct sct_event *event)
{
	if (event->rec->hdr->type == SCTRACE_REC_TASK_EXIT && event->task->undecided)
		show_undecided(t, event->task);
	if (!is_ours(t, event) && sct_undecided_take(t->paths, &t->plans, event))
		put_event(t, event);
	if (__builtin_expect(t->plans.options.netlink->n, 0))
		sct_netlink_fds_event(t->plans.options.netlink, event);
	sct_pair_done(&t->tasks, event);
	check_output(t);
}

/* A call of which nothing was shown at its entry is one whole line. */
static void make_whole(struct sct_event *event)
{
	struct sct_task *task = event->task;

	if (event->rec->hdr->type != SCTRACE_REC_EXIT || !task->unshown)
		return;
	task->unshown = false;
	if (event->orphan)
		return;
	event->whole = true;
	event->abi_changed = task->call.abi != task->abi;
	task->abi = task->call.abi;
}

static SELDOM bool note_maps(struct trace *t, const struct sct_record *rec, const struct sct_event *event)
{
	return !sct_stack_maps_event(&t->maps, &t->plans, rec, event);
}

/* keep: of what the record means nothing is shown, for now or at all. */
static void feed(struct trace *t, const struct sct_record *rec, bool keep)
{
	bool unwanted;
	struct sct_event event;
	int ret;

	do {
		if (t->form.kind)
			sct_form_before(&t->form, rec);
		ret = sct_pair(&t->tasks, rec, &event);
		if (ret < 0 || (__builtin_expect(t->stacks != NULL, 0) && !note_maps(t, rec, &event)))
			die("out of memory");
		if (!ret) {
			/* It waits for its LATE. */
			event.task->unwanted = keep;
			continue;
		}
		unwanted = event.again ? event.task->unwanted : keep;
		if (unwanted && (event.rec->hdr->type == SCTRACE_REC_EXIT || event.rec->hdr->type == SCTRACE_REC_CALL))
			event.task->unshown = event.task->undecided = false;
		if (event.task && !unwanted)
			make_whole(&event);
		if (unwanted) {
			/* Of an execve that is not shown, it is known all the same that the command runs. */
			is_ours(t, &event);
			sct_pair_done(&t->tasks, &event);
		} else {
			show(t, &event);
		}
	} while (event.again && !sct_show_is_enough(t));
}

/* The end of a sigreturn of which nothing else is known. There is no call -1, which comes to its end in another way. */
static bool is_sigreturn(const struct sct_record *rec)
{
	return rec->hdr->type == SCTRACE_REC_CALL && !rec->entered && rec->nr == UINT64_MAX && rec->result != -ENOSYS;
}

static void show_sigreturn(struct trace *t, const struct sct_record *rec)
{
	struct sct_record named = *rec;

	named.nr = sct_calls_sigreturn(rec->hdr->abi);
	feed(t, &named, false);
}

/* Most of what -c gets: no event need be made of it. While the command is our own code, it is not counted. */
static bool is_only_counted(struct trace *t, const struct sct_record *rec)
{
	return !(t->shape.command && t->command != RUNNING) && sct_summing_record(t->summing, &t->tasks, rec);
}

void sct_show_record(struct trace *t, const struct sct_record *rec)
{
	if (__builtin_expect(t->summing != NULL, 0) && is_only_counted(t, rec))
		return;
	if (is_sigreturn(rec))
		show_sigreturn(t, rec);
	else
		feed(t, rec, false);
}

static void feed_unshown(struct trace *t, const struct sct_record *rec)
{
	struct sct_task *task = sct_tasks_find(&t->tasks, rec->hdr->tid);
	uint8_t abi = task ? task->abi : SCTRACE_ABI_NATIVE;

	feed(t, rec, true);
	task = sct_tasks_find(&t->tasks, rec->hdr->tid);
	/* Its change of ABI has not been shown either. */
	if (task)
		task->abi = abi;
	if (!task || rec->hdr->type != SCTRACE_REC_ENTER)
		return;
	task->unshown = true;
	task->undecided = rec->hdr->flags & SCTRACE_HDR_UNDECIDED;
}

/* A record of a call of which nothing is shown until it ends, if then. */
void sct_show_not_yet(struct trace *t, const struct sct_record *rec)
{
	feed_unshown(t, rec);
}

/* A record from before what is to be shown: of a call that it begins, the line comes when it ends. */
void sct_show_past(struct trace *t, const struct sct_record *rec)
{
	if (rec->hdr->type != SCTRACE_REC_GAP)
		feed_unshown(t, rec);
}

/* ---- the end ---- */

/* There is more, but nobody wants to see it. Calls that go on belong to what comes then. */
void sct_show_break_off(struct trace *t)
{
	put_end(t, " <unfinished ...>");
}

/* The same, where who is traced goes on without us. */
void sct_show_detach(struct trace *t)
{
	put_end(t, " <detached ...>");
}

/* No record will come any more. */
void sct_show_finish(struct trace *t, bool by_signal)
{
	struct sct_event event;
	struct sct_task *task;

	while (sct_pair_rest(&t->tasks, &event) > 0) {
		if (event.task->unwanted) {
			sct_pair_done(&t->tasks, &event);
			continue;
		}
		make_whole(&event);
		show(t, &event);
	}
	while ((task = sct_tasks_undecided(&t->tasks)))
		show_undecided(t, task);
	put_end(t, by_signal ? " <detached ...>" : " <unfinished ...>");
}

/* Who has said how many calls are wanted is told how many there were besides. */
static void report_left_out(const struct trace *t, const struct sct_counts *counts)
{
	if (t->cli->quiet)
		return;
	if (counts->left_out)
		complain("%" PRIu64 " calls left out by --sample", counts->left_out);
	if (counts->limited)
		complain("%" PRIu64 " calls left out by --rate", counts->limited);
}

/* Loss is always told of; that there was none, to who breaks off. Return: whether the books balance. */
bool sct_show_counts(const struct trace *t, const struct sct_counts *counts, bool by_signal)
{
	if (counts->produced != counts->delivered + counts->lost + counts->overwritten) {
		complain("the books do not balance: %" PRIu64 " records made, %" PRIu64 " read, %" PRIu64
			 " lost; please report this",
			 counts->produced, counts->delivered, counts->lost);
		return false;
	}
	/* Of what a recording lacks, nobody knows whether a filter would have wanted it. */
	if (counts->lost)
		complain("%" PRIu64 " of %" PRIu64
			 " records lost%s: the rings were full; %sa larger --buffer may help",
			 counts->lost, counts->produced,
			 t->cli->nr_replays && t->filter.wanted ? ", those included that the filter leaves out" : "",
			 t->cli->lossless ? "" : "--lossless or ");
	if (counts->given_up)
		complain("tasks gave up waiting %" PRIu64 " times, when this program stood still for %u s: see --lossless",
			 counts->given_up, t->cli->wait_ms / 1000);
	if (!counts->lost && by_signal && !t->cli->quiet)
		complain("%" PRIu64 " records, none lost", counts->produced);
	report_left_out(t, counts);
	return true;
}

/* What is complete goes out. */
void sct_show_flush(struct trace *t)
{
	if (t->unwritable)
		return;
	sct_strace_flush(&t->out);
	check_output(t);
}

/* Return: the exit status, with --strict, if records were lost. */
int sct_show_lost(void)
{
	complain("--strict: records were lost, so the exit status is %d", STATUS_LOST);
	return STATUS_LOST;
}

/* Closes the output. */
void sct_show_close(struct trace *t)
{
	bool failed = false;
	int error;

	error = sct_strace_error(&t->out);
	if (error)
		fail_output(t, error, "");
	if (sct_cli_is_piped(t->cli))
		failed = pclose(t->out.out) < 0;
	else if (t->out.out != stderr && !t->cli->lines.separate)
		failed = fclose(t->out.out);
	if (failed)
		fail_output(t, errno, "");
	fflush(stderr);
	error = sct_strace_free(&t->out);
	if (error)
		fail_output(t, error, "");
	sct_form_free(&t->form);
	sct_summing_free(t->summing);
	sct_stacks_free(t->stacks);
	sct_task_maps_free(&t->maps);
	sct_tasks_free(&t->tasks);
	sct_netlink_fds_free(t->plans.options.netlink);
	sct_plan_set_free(&t->plans);
}
