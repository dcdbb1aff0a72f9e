/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events as the lines that strace prints.
 *
 * A call's line begins with its entry and ends with its return. If another task's line comes in
 * between, the first is ended with <unfinished ...> and taken up again with <... NAME resumed>.
 * Arguments are printed as soon as they are known: those that the kernel fills in, at the return.
 * A call that comes as one record is one whole line.
 */
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "arg.h"
#include "calls.h"
#include "signals.h"
#include "strace.h"

/* The column of "= ". */
#define RESULT_COLUMN 40

/* Bit in the numbers that x32 programs give: <asm/unistd.h> of x86. Records come without it. */
#define X32_MARK 0x40000000

static void put_name(struct sct_text *text, const struct sct_row *row, unsigned int abi, uint64_t nr)
{
	if (row)
		sct_text_put(text, row->name);
	else
		sct_text_putf(text, "syscall_%#" PRIx64, abi == SCTRACE_ABI_X32 ? nr | X32_MARK : nr);
}

/* Writes what of the line is not written yet: its column counts on. */
static void write_out(struct sct_strace *o)
{
	fwrite_unlocked(o->line.chars + o->written, 1, o->line.len - o->written, o->out);
	o->written = o->line.len;
}

static void end_line(struct sct_strace *o, const char *end)
{
	sct_text_put(&o->line, end);
	sct_text_put(&o->line, "\n");
	write_out(o);
	sct_text_clear(&o->line);
	o->written = 0;
	o->open_tid = 0;
}

/* Leaves whatever line is open. */
static void interrupt(struct sct_strace *o, const char *why)
{
	if (o->open_tid)
		end_line(o, why);
}

static void notice(struct sct_strace *o)
{
	if (o->notice_tid && !o->quiet)
		fprintf(stderr, "sctrace-read: Process %u attached\n", o->notice_tid);
	o->notice_tid = 0;
}

/* "[pid %5u] " */
static void put_bracketed(struct sct_text *text, uint32_t tid)
{
	uint32_t wide;

	sct_text_put(text, "[pid ");
	for (wide = 10000; wide > 1 && tid < wide; wide /= 10)
		sct_text_put(text, " ");
	sct_text_unsigned(text, tid);
	sct_text_put(text, "] ");
}

static void begin_line(struct sct_strace *o, uint32_t tid)
{
	interrupt(o, " <unfinished ...>");
	notice(o);
	if (o->tids_first) {
		sct_text_unsigned(&o->line, tid);
		sct_text_pad(&o->line, 5);
		sct_text_put(&o->line, " ");
	} else if (o->tids_bracketed && (o->tids_always || o->tasks->nr > 1)) {
		put_bracketed(&o->line, tid);
	}
}

/* Prints arguments from the first that is not out yet to the first that is not known yet. */
static void put_args(struct sct_strace *o, struct sct_task *task, const struct sct_known *known)
{
	unsigned int i = sct_arg_next(known, task->args_shown);

	while (i < known->nr_args && sct_arg_print(&o->line, known, i)) {
		i = sct_arg_next(known, i + 1);
		/* The separator stands as soon as it is sure that something follows. */
		if (i < known->nr_args)
			sct_text_put(&o->line, ", ");
	}
	task->args_shown = i;
}

static void put_result(struct sct_strace *o, const struct sct_known *known, const struct sct_row *row,
		       int64_t result)
{
	sct_text_put(&o->line, ") ");
	sct_text_pad(&o->line, RESULT_COLUMN);
	sct_text_put(&o->line, "= ");
	sct_result_print(&o->line, known, row, result);
	end_line(o, "");
}

static void put_mode(struct sct_strace *o, const struct sct_task *task)
{
	static const char *const modes[] = { "64 bit", "32 bit", "x32" };

	begin_line(o, task->tid);
	sct_text_putf(&o->line, "[ Process PID=%u runs in %s mode. ]", task->tid, modes[task->abi]);
	end_line(o, "");
}

/* The line up to the first argument that is not known. */
static void begin_call(struct sct_strace *o, const struct sct_event *event, const struct sct_known *known)
{
	struct sct_task *task = event->task;

	if (event->abi_changed && o->modes)
		put_mode(o, task);
	begin_line(o, task->tid);
	put_name(&o->line, known->plan.row, task->call.abi, task->call.nr);
	sct_text_put(&o->line, "(");
	put_args(o, task, known);
}

static void enter(struct sct_strace *o, const struct sct_event *event)
{
	struct sct_task *task = event->task;
	const struct sct_row *row;
	struct sct_known known;

	sct_known_init(&known, o->plans, &task->call, NULL, (struct sct_pieces) { 0 });
	row = known.plan.row;
	begin_call(o, event, &known);
	task->row_shown = row;
	task->all_shown = task->args_shown == known.nr_args;
	if (row && row->ret == SCT_RET_NONE) {
		sct_text_put(&o->line, ") ");
		sct_text_pad(&o->line, RESULT_COLUMN);
		end_line(o, "= ?");
		task->in_call = false;
		return;
	}
	o->open_tid = task->tid;
}

/* The line of the task's call, at the place where it was left. */
static void resume_line(struct sct_strace *o, uint32_t tid, const struct sct_row *row, unsigned int abi,
			uint64_t nr)
{
	if (o->open_tid == tid)
		return;
	begin_line(o, tid);
	sct_text_put(&o->line, "<... ");
	put_name(&o->line, row, abi, nr);
	sct_text_put(&o->line, " resumed>");
}

static void put_call(struct sct_strace *o, const struct sct_event *event)
{
	struct sct_known known;

	sct_known_init(&known, o->plans, &event->task->call, event->rec, event->late);
	begin_call(o, event, &known);
	put_result(o, &known, known.plan.row, event->rec->result);
}

static void leave(struct sct_strace *o, const struct sct_event *event)
{
	struct sct_task *task = event->task;
	const struct sctrace_hdr *hdr = event->rec->hdr;
	const struct sct_row *row;
	struct sct_known known;

	if (event->orphan) {
		/* The call began before the trace did, or in a gap. */
		row = sct_calls_find(hdr->abi, event->rec->nr);
		interrupt(o, " <unfinished ...>");
		resume_line(o, task->tid, row, hdr->abi, event->rec->nr);
		put_result(o, NULL, row, event->rec->result);
		return;
	}
	/* Mostly all but the result is out. */
	if (task->all_shown && sct_result_is_plain(task->row_shown, event->rec->result)) {
		row = task->row_shown;
		resume_line(o, task->tid, row, task->call.abi, task->call.nr);
		put_result(o, NULL, row, event->rec->result);
		return;
	}
	sct_known_init(&known, o->plans, &task->call, event->rec, event->late);
	row = known.plan.row;
	resume_line(o, task->tid, row, task->call.abi, task->call.nr);
	put_args(o, task, &known);
	put_result(o, &known, row, event->rec->result);
}

static void put_signal(struct sct_strace *o, const struct sct_event *event)
{
	const struct sctrace_rec_signal *rec = (const struct sctrace_rec_signal *)event->rec->hdr;

	/* The end of the task says it. */
	if (rec->signo == SIGKILL)
		return;
	begin_line(o, event->task->tid);
	sct_text_put(&o->line, "--- ");
	sct_signal_print(&o->line, rec->signo);
	sct_text_put(&o->line, " ");
	sct_signal_record_print(&o->line, rec);
	end_line(o, " ---");
}

static void put_task_exit(struct sct_strace *o, const struct sct_event *event)
{
	const struct sctrace_rec_task_exit *rec = (const struct sctrace_rec_task_exit *)event->rec->hdr;
	uint32_t status = rec->status;

	begin_line(o, event->task->tid);
	if (WIFSIGNALED(status)) {
		sct_text_put(&o->line, "+++ killed by ");
		sct_signal_print(&o->line, WTERMSIG(status));
		end_line(o, WCOREDUMP(status) ? " (core dumped) +++" : " +++");
	} else {
		sct_text_putf(&o->line, "+++ exited with %d", WEXITSTATUS(status));
		end_line(o, " +++");
	}
}

static void put_exec(struct sct_strace *o, const struct sct_event *event)
{
	const struct sctrace_rec_exec *rec = (const struct sctrace_rec_exec *)event->rec->hdr;

	if (rec->old_tid == rec->hdr.tid)
		return;
	begin_line(o, rec->hdr.tid);
	sct_text_putf(&o->line, "+++ superseded by execve in pid %u", rec->old_tid);
	end_line(o, " +++");
}

static const char *why_lost(uint32_t cause)
{
	return cause == SCTRACE_GAP_FULL ? "the ring was full" : "of a cause that this reader does not know";
}

/* How many, since when and for how long, and why. The same words wherever it is read: UTC. */
static void put_gap(struct sct_strace *o, const struct sct_event *event)
{
	const struct sctrace_rec_gap *rec = (const struct sctrace_rec_gap *)event->rec->hdr;
	uint64_t since = rec->hdr.time + o->realtime;
	time_t seconds = since / 1000000000;
	char when[40] = "";
	struct tm tm;

	if (gmtime_r(&seconds, &tm))
		strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%S", &tm);
	interrupt(o, " <unfinished ...>");
	sct_text_putf(&o->line, "--- %" PRIu64 " records lost on CPU %u since %s.%06uZ, in %.3f ms: %s",
		      (uint64_t)rec->lost, event->rec->cpu, when, (unsigned int)(since % 1000000000 / 1000),
		      (rec->until - rec->hdr.time) / 1e6, why_lost(rec->cause));
	end_line(o, " ---");
}

/* Prints one event. A line that waits for its end stays with us: sct_strace_flush(). */
void sct_strace_event(struct sct_strace *o, const struct sct_event *event)
{
	const struct sctrace_rec_fork *fork;

	switch (event->rec->hdr->type) {
	case SCTRACE_REC_ENTER:
		enter(o, event);
		break;
	case SCTRACE_REC_EXIT:
		if (event->whole)
			put_call(o, event);
		else
			leave(o, event);
		break;
	case SCTRACE_REC_CALL:
		put_call(o, event);
		break;
	case SCTRACE_REC_FORK:
		fork = (const struct sctrace_rec_fork *)event->rec->hdr;
		notice(o);
		if (sct_tasks_takes(o->tasks, fork))
			o->notice_tid = fork->child_tid;
		break;
	case SCTRACE_REC_EXEC:
		put_exec(o, event);
		break;
	case SCTRACE_REC_TASK_EXIT:
		put_task_exit(o, event);
		break;
	case SCTRACE_REC_SIGNAL:
		put_signal(o, event);
		break;
	case SCTRACE_REC_GAP:
		put_gap(o, event);
		break;
	}
}

/* Shows what there is, also of a line that waits for its end. */
void sct_strace_flush(struct sct_strace *o)
{
	if (o->open_tid)
		write_out(o);
	fflush(o->out);
}

/* Nothing more will come: ends the open line with why. */
void sct_strace_finish(struct sct_strace *o, const char *why)
{
	interrupt(o, why);
	notice(o);
	fflush(o->out);
}

void sct_strace_free(struct sct_strace *o)
{
	sct_text_free(&o->line);
}
