/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records into lines, wherever they come from, and what is said at the end. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "calls.h"
#include "die.h"
#include "trace.h"
#include "undecided.h"

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

/* Opens it. What is wrong with it ends the program. */
void sct_show_open(struct trace *t)
{
	static char buffer[1 << 16];
	const struct sct_cli *cli = t->cli;

	t->out = (struct sct_strace) {
		.out = stderr,
		.plans = &t->plans,
		.quiet = cli->quiet,
		.tasks = &t->tasks,
	};
	if (cli->output) {
		refuse_what_is_read(cli);
		t->out.out = fopen(cli->output, "we");
		if (!t->out.out)
			die("cannot write to '%s': %s", cli->output, strerror(errno));
	}
	/* Line by line or page by page would be that many write(2); what is complete is flushed before we sleep. */
	setvbuf(t->out.out, buffer, _IOFBF, sizeof(buffer));
}

/* What follows from t->shape. */
void sct_show_shape(struct trace *t)
{
	const struct shape *shape = &t->shape;
	const struct sct_cli *cli = t->cli;

	t->tasks.follow = shape->reach == SCT_REACH_ALL;
	t->tasks.threads = shape->reach >= SCT_REACH_PROCESSES;
	t->out.tids_first = shape->reach > SCT_REACH_TASK && cli->output;
	t->out.tids_bracketed = shape->reach > SCT_REACH_TASK && !cli->output;
	t->out.tids_always = !shape->named || shape->nr_pids > 1;
	/* strace's rule: a file with the trace of a command holds nothing but that. */
	t->out.modes = !cli->quiet && !(cli->output && shape->command);
}

/* The tables of a machine. whose: "the module runs on", for a message. */
void sct_show_calls(uint32_t audit_arch, const char *whose)
{
	switch (sct_calls_init(audit_arch)) {
	case -EINVAL:
		die("%s a machine that this reader does not know (AUDIT_ARCH %#x): install the reader of the same version",
		    whose, audit_arch);
	case -ENOSYS:
		die("libseccomp does not know this machine's system calls (AUDIT_ARCH %#x): install a newer libseccomp2",
		    audit_arch);
	case -ENOMEM:
		die("out of memory");
	}
}

void sct_show_plans(struct trace *t, const struct sct_plan_options *how)
{
	int err = sct_plan_set_build(&t->plans, how);

	if (err)
		die("cannot make the plans of what to record: %s", strerror(-err));
}

void sct_show_attached(const struct trace *t)
{
	uint32_t i;

	for (i = 0; i < t->shape.nr_pids && !t->cli->quiet; i++)
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

/* Before its execve, and after one that fails, the command is our own code. Its end is told in any case. */
static bool is_ours(struct trace *t, const struct sct_event *event)
{
	unsigned int type = event->rec->hdr->type;

	if (!t->shape.command || !event->task || type == SCTRACE_REC_TASK_EXIT)
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

/* A call whose end does not come, and of which the module could not tell whether it is wanted: better shown. */
static void show_undecided(struct trace *t, struct sct_task *task)
{
	struct sctrace_hdr hdr = { .type = SCTRACE_REC_ENTER };
	struct sct_record rec = { .hdr = &hdr };
	struct sct_event event = { .rec = &rec, .task = task };

	task->undecided = false;
	if (!task->unshown)
		sct_strace_event(&t->out, &event);
}

/* What could not be written is not tried again, so it must be seen at once. */
static void check_output(const struct trace *t)
{
	if (ferror_unlocked(t->out.out))
		die("cannot write the trace: %s", strerror(errno));
}

static void show(struct trace *t, struct sct_event *event)
{
	if (event->rec->hdr->type == SCTRACE_REC_TASK_EXIT && event->task->undecided)
		show_undecided(t, event->task);
	if (!is_ours(t, event) && sct_undecided_take(t->paths, &t->plans, event))
		sct_strace_event(&t->out, event);
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

/* keep: of what the record means, nothing is shown. */
static void feed(struct trace *t, const struct sct_record *rec, bool keep)
{
	struct sct_event event;
	bool unwanted;
	int ret;

	do {
		ret = sct_pair(&t->tasks, rec, &event);
		if (ret < 0)
			die("out of memory");
		if (!ret) {
			/* It waits for its LATE. */
			event.task->unwanted = keep;
			continue;
		}
		unwanted = event.again ? event.task->unwanted : keep;
		if (unwanted && event.rec->hdr->type != SCTRACE_REC_ENTER)
			event.task->unshown = event.task->undecided = false;
		if (event.task && !unwanted)
			make_whole(&event);
		if (unwanted)
			sct_pair_done(&t->tasks, &event);
		else
			show(t, &event);
	} while (event.again);
}

void sct_show_record(struct trace *t, const struct sct_record *rec)
{
	feed(t, rec, false);
}

/* A record of a call of which nothing is shown until it ends, if then. */
void sct_show_not_yet(struct trace *t, const struct sct_record *rec)
{
	struct sct_task *task = sct_tasks_find(&t->tasks, rec->hdr->tid);
	uint8_t abi = task ? task->abi : SCTRACE_ABI_NATIVE;

	feed(t, rec, true);
	task = sct_tasks_find(&t->tasks, rec->hdr->tid);
	if (!task || rec->hdr->type != SCTRACE_REC_ENTER)
		return;
	/* Its change of ABI has not been shown either. */
	task->abi = abi;
	task->unshown = true;
	task->undecided = rec->hdr->flags & SCTRACE_HDR_UNDECIDED;
}

/* ---- the end ---- */

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
	sct_strace_finish(&t->out, by_signal ? " <detached ...>" : " <unfinished ...>");
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
	if (counts->lost)
		complain("%" PRIu64 " of %" PRIu64
			 " records lost: the rings were full; %sa larger --buffer may help",
			 counts->lost, counts->produced, t->cli->lossless ? "" : "--lossless or ");
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
	check_output(t);
	if (t->out.out != stderr && fclose(t->out.out) != 0)
		die("cannot write to '%s': %s", t->cli->output, strerror(errno));
	fflush(stderr);
	sct_strace_free(&t->out);
	sct_tasks_free(&t->tasks);
	sct_plan_set_free(&t->plans);
}
