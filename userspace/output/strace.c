/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events as the lines that strace prints.
 *
 * A call's line begins with its entry and ends with its return. If another task's line comes in
 * between, the first is ended with <unfinished ...> and taken up again with <... NAME resumed>.
 * Arguments are printed as soon as they are known: those that the kernel fills in, at the return.
 * A call that comes as one record is one whole line.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "arg.h"
#include "args.h"
#include "calls.h"
#include "comm.h"
#include "date.h"
#include "signals.h"
#include "stream.h"

/* SGR sequences of ECMA-48, as terminals know them. */
#define CALL_COLOR	"\33[36m"
#define ERROR_COLOR	"\33[31m"
#define SIGNAL_COLOR	"\33[33m"
#define END_COLOR	"\33[35m"
#define NO_COLOR	"\33[m"

/* What is seldom asked for is kept out of where it is called from, whose loop wants all registers. */
#define SELDOM __attribute__((noinline, cold))

static SELDOM void change_color(struct sct_strace *o, const char *color)
{
	sct_text_put(&o->line, color);
	o->unseen += strlen(color);
}

/* What follows has this colour. */
static inline void put_color(struct sct_strace *o, const char *color)
{
	if (o->color)
		change_color(o, color);
}

static inline void put_name(struct sct_strace *o, const struct sct_row *row, unsigned int abi, uint64_t nr)
{
	put_color(o, CALL_COLOR);
	/* Mostly there is a row. */
	if (row)
		sct_text_put(&o->line, row->name);
	else
		sct_name_print(&o->line, NULL, abi, nr);
	put_color(o, NO_COLOR);
}

/* Writes what of the line is not written yet: its column counts on. */
static void write_out(struct sct_strace *o)
{
	sct_text_write(&o->line, &o->written, o->out);
}

static void end_line(struct sct_strace *o, const char *end)
{
	sct_text_put(&o->line, end);
	sct_text_put(&o->line, "\n");
	write_out(o);
	sct_text_clear(&o->line);
	o->unseen = 0;
	o->written = 0;
	o->open_tid = 0;
}

/* The same of a line that has been in a colour. */
static void end_colored(struct sct_strace *o, const char *end)
{
	sct_text_put(&o->line, end);
	put_color(o, NO_COLOR);
	end_line(o, "");
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
static void put_bracketed(struct sct_strace *o, uint32_t tid)
{
	struct sct_text *text = &o->line;
	uint32_t wide;

	sct_text_put(text, "[pid ");
	for (wide = 10000; wide > 1 && tid < wide; wide /= 10)
		sct_text_put(text, " ");
	sct_text_unsigned(text, tid);
	if (o->named)
		sct_comm_put(text, o->named, tid);
	sct_text_put(text, "] ");
}

static void begin_with_tid(struct sct_strace *o, uint32_t tid)
{
	interrupt(o, " <unfinished ...>");
	notice(o);
	if (o->tids_first) {
		sct_text_unsigned(&o->line, tid);
		if (o->named)
			sct_comm_put(&o->line, o->named, tid);
		sct_text_pad(&o->line, 5);
		sct_text_put(&o->line, " ");
	} else if (o->tids_bracketed && (o->tids_always || o->tasks->nr > 1)) {
		put_bracketed(o, tid);
	}
}

static SELDOM void put_columns(struct sct_strace *o, const struct sct_task *task, uint64_t time, uint64_t nr, uint64_t ip)
{
	const struct sct_column_call call = { nr, ip, task->abi == SCTRACE_ABI_NATIVE ? 8 : 4 };

	sct_columns_before(&o->columns, &o->line, time, o->realtime, &call);
}

/*
 * Of which time (CLOCK_MONOTONIC, ns) the line is, which call the task has made last, and, if it is of that call, from where
 * (0: not known).
 */
static inline void begin_line(struct sct_strace *o, const struct sct_task *task, uint64_t time, uint64_t nr, uint64_t ip)
{
	begin_with_tid(o, task->tid);
	if (__builtin_expect(o->columns.before, 0))
		put_columns(o, task, time, nr, ip);
}

/* Prints arguments from the first that is not out yet to the first that is not known yet. */
static void put_args(struct sct_strace *o, struct sct_task *task, const struct sct_known *known)
{
	unsigned int i;

	if (known->raw) {
		sct_args_put_raw(&o->line, task, known, o->arg_names);
		return;
	}
	if (o->arg_names) {
		sct_args_put_named(&o->line, task, known);
		return;
	}
	i = sct_arg_next(known, task->args_shown);
	while (i < known->nr_args && sct_arg_print(&o->line, known, i)) {
		i = sct_arg_next(known, i + 1);
		/* The separator stands as soon as it is sure that something follows. */
		if (i < known->nr_args)
			sct_text_put(&o->line, ", ");
	}
	task->args_shown = i;
}

static SELDOM void put_dump(struct sct_strace *o, const struct sct_known *known)
{
	sct_dump_print(&o->line, o->dump, known);
	write_out(o);
	sct_text_clear(&o->line);
	o->written = 0;
}

static SELDOM void put_stack(struct sct_strace *o, const struct sct_known *known)
{
	const struct sct_stack *stack = sct_stacks_of(o->stacks, known);

	if (!stack)
		return;
	sct_stack_print(&o->line, stack);
	write_out(o);
	sct_text_clear(&o->line);
	o->written = 0;
}

static SELDOM void put_dressed(struct sct_strace *o, const struct sct_known *known, const struct sct_row *row, int64_t result)
{
	bool is_error = sct_is_error(result);

	if (is_error)
		put_color(o, ERROR_COLOR);
	sct_result_print(&o->line, known, row, result);
	if (is_error)
		put_color(o, NO_COLOR);
	else if (o->named && sct_comms_is_pid(row))
		sct_comm_put(&o->line, o->named, result);
}

/* rec: of the return. entered: time of the entry; 0: not known. */
static void put_result(struct sct_strace *o, const struct sct_known *known, const struct sct_row *row,
		       const struct sct_record *rec, uint64_t entered)
{
	sct_text_put(&o->line, ") ");
	sct_text_pad(&o->line, SCT_RESULT_COLUMN + o->column_shift + o->unseen);
	sct_text_put(&o->line, "= ");
	/* Of a call whose beginning is not known, nothing but whether it is shown raw. */
	if (known && !known->exit)
		known = known->raw && !sct_is_error(rec->result) ? known : NULL;
	if (known && known->raw && !sct_is_error(rec->result))
		sct_text_hex(&o->line, rec->result);
	else if (o->color || o->named)
		put_dressed(o, known, row, rec->result);
	else
		sct_result_print(&o->line, known, row, rec->result);
	if (o->columns.took)
		sct_columns_after(&o->columns, &o->line, entered, rec->hdr->time);
	o->calls++;
	end_line(o, "");
	if (known && o->dump && known->exit)
		put_dump(o, known);
	if (known && o->stacks && known->exit)
		put_stack(o, known);
}

/* Of a call of which only the return was heard, that is the nearest. */
static inline uint64_t call_time(const struct sct_event *event)
{
	return event->task->call.time ? event->task->call.time : event->rec->hdr->time;
}

/* The task has begun to make calls of another ABI. */
void sct_strace_mode(struct sct_strace *o, const struct sct_event *event)
{
	static const char *const modes[] = { "64 bit", "32 bit", "x32" };
	const struct sct_task *task = event->task;

	if (!o->modes)
		return;
	begin_line(o, task, call_time(event), task->call.nr, 0);
	sct_text_putf(&o->line, "[ Process PID=%u runs in %s mode. ]", task->tid, modes[task->abi]);
	end_line(o, "");
}

/* The line up to the first argument that is not known. */
static void begin_call(struct sct_strace *o, const struct sct_event *event, const struct sct_known *known)
{
	struct sct_task *task = event->task;

	if (event->abi_changed)
		sct_strace_mode(o, event);
	task->ip_shown = o->columns.ips ? sct_known_ip(known) : 0;
	begin_line(o, task, call_time(event), task->call.nr, task->ip_shown);
	put_name(o, known->plan.row, task->call.abi, task->call.nr);
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
		sct_text_pad(&o->line, SCT_RESULT_COLUMN + o->column_shift + o->unseen);
		o->calls++;
		end_line(o, "= ?");
		if (o->stacks)
			put_stack(o, &known);
		task->in_call = false;
		return;
	}
	o->open_tid = task->tid;
}

static __attribute__((noinline)) void take_up(struct sct_strace *o, const struct sct_event *event,
					      const struct sct_row *row, unsigned int abi, uint64_t nr)
{
	begin_line(o, event->task, event->rec->hdr->time, nr, event->orphan ? 0 : event->task->ip_shown);
	sct_text_put(&o->line, "<... ");
	put_name(o, row, abi, nr);
	sct_text_put(&o->line, " resumed>");
}

/* The line of the task's call, at the place where it was left. */
static inline void resume_line(struct sct_strace *o, const struct sct_event *event, const struct sct_row *row,
			       unsigned int abi, uint64_t nr)
{
	if (o->open_tid != event->task->tid)
		take_up(o, event, row, abi, nr);
}

static void put_call(struct sct_strace *o, const struct sct_event *event)
{
	struct sct_known known;

	sct_known_init(&known, o->plans, &event->task->call, event->rec, event->late);
	begin_call(o, event, &known);
	put_result(o, &known, known.plan.row, event->rec, event->task->call.time);
}

/* More than the result may be to be told of a call whose arguments are out. */
static bool is_special(const struct sct_strace *o)
{
	return o->plans->options.by_set || o->dump || o->stacks;
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
		resume_line(o, event, row, hdr->abi, event->rec->nr);
		known = (struct sct_known) { 0 };
		known.raw = o->plans->options.raw && sct_plan_has(o->plans->options.raw, hdr->abi, event->rec->nr);
		put_result(o, known.raw ? &known : NULL, row, event->rec, 0);
		return;
	}
	/* Mostly all but the result is out. */
	if (task->all_shown && sct_result_is_plain(task->row_shown, event->rec->result) && !is_special(o)) {
		row = task->row_shown;
		resume_line(o, event, row, task->call.abi, task->call.nr);
		put_result(o, NULL, row, event->rec, task->call.time);
		return;
	}
	sct_known_init(&known, o->plans, &task->call, event->rec, event->late);
	row = known.plan.row;
	resume_line(o, event, row, task->call.abi, task->call.nr);
	put_args(o, task, &known);
	put_result(o, &known, row, event->rec, task->call.time);
}

static bool is_unshown(const struct sct_strace *o, uint32_t signo)
{
	return signo >= 1 && signo <= 64 && o->unshown_signals & 1ull << (signo - 1);
}

static void put_signal(struct sct_strace *o, const struct sct_event *event)
{
	const struct sctrace_rec_signal *rec = (const struct sctrace_rec_signal *)event->rec->hdr;

	/* The end of the task says it. */
	if (rec->signo == SIGKILL || is_unshown(o, rec->signo))
		return;
	begin_line(o, event->task, rec->hdr.time, event->task->call.nr, 0);
	put_color(o, SIGNAL_COLOR);
	sct_text_put(&o->line, "--- ");
	sct_signal_name_print(&o->line, rec->signo);
	sct_text_put(&o->line, " ");
	sct_signal_record_print(&o->line, rec);
	end_colored(o, " ---");
}

static void put_task_exit(struct sct_strace *o, const struct sct_event *event)
{
	const struct sctrace_rec_task_exit *rec = (const struct sctrace_rec_task_exit *)event->rec->hdr;
	uint32_t status = rec->status;

	if (WIFSIGNALED(status) ? is_unshown(o, WTERMSIG(status)) : o->quiet_exit)
		return;
	begin_line(o, event->task, rec->hdr.time, event->task->call.nr, 0);
	put_color(o, END_COLOR);
	if (WIFSIGNALED(status)) {
		sct_text_put(&o->line, "+++ killed by ");
		sct_signal_name_print(&o->line, WTERMSIG(status));
		end_colored(o, WCOREDUMP(status) ? " (core dumped) +++" : " +++");
	} else {
		sct_text_putf(&o->line, "+++ exited with %d", WEXITSTATUS(status));
		end_colored(o, " +++");
	}
}

static const char *why_lost(uint32_t cause)
{
	return cause == SCTRACE_GAP_FULL ? "the ring was full" : "of a cause that this reader does not know";
}

static struct sct_gap gap_of(const struct sct_event *event)
{
	const struct sctrace_rec_gap *rec = (const struct sctrace_rec_gap *)event->rec->hdr;

	return (struct sct_gap) { 1, rec->lost, rec->hdr.time, rec->until, event->rec->cpu, rec->cause };
}

/* How many, since when and for how long, and why. */
static void put_gap(struct sct_strace *o, const struct sct_gap *gap)
{
	static const struct sct_column_call no_call = { .nr = UINT64_MAX, .word = 8 };
	char when[SCT_DATE_UTC];

	sct_date_utc(when, gap->since + o->realtime);
	interrupt(o, " <unfinished ...>");
	if (o->columns.before)
		sct_columns_before(&o->columns, &o->line, gap->since, o->realtime, &no_call);
	put_color(o, ERROR_COLOR);
	sct_text_putf(&o->line, "--- %" PRIu64 " records lost", gap->lost);
	if (gap->n > 1)
		sct_text_putf(&o->line, " in %u gaps", gap->n);
	if (gap->cpu == UINT32_MAX)
		sct_text_put(&o->line, " on several CPUs");
	else
		sct_text_putf(&o->line, " on CPU %u", gap->cpu);
	sct_text_putf(&o->line, " since %s, in %.3f ms: %s", when, (gap->until - gap->since) / 1e6, why_lost(gap->cause));
	end_colored(o, " ---");
}

/* What was lost since the last line of the task whose stream is in use, before its next one. */
static void put_missed(struct sct_strace *o)
{
	if (!o->stream->missed.n)
		return;
	put_gap(o, &o->stream->missed);
	o->stream->missed.n = 0;
}

/* A thread goes on under another number: so does its file. */
static void move_stream(struct sct_strace *o, uint32_t from, uint32_t to)
{
	char why[48];

	if (!sct_stream_use(o, from))
		return;
	put_missed(o);
	snprintf(why, sizeof(why), " <pid changed to %u ...>", to);
	interrupt(o, why);
	sct_stream_leave(o);
	sct_separate_close(o->separate, from);
	sct_stream_use(o, to);
}

static void put_exec(struct sct_strace *o, const struct sct_event *event)
{
	const struct sctrace_rec_exec *rec = (const struct sctrace_rec_exec *)event->rec->hdr;

	if (rec->old_tid == rec->hdr.tid)
		return;
	if (o->separate)
		move_stream(o, rec->old_tid, rec->hdr.tid);
	if (o->quiet_superseded)
		return;
	begin_line(o, event->task, rec->hdr.time, event->task->call.nr, 0);
	put_color(o, END_COLOR);
	sct_text_putf(&o->line, "+++ superseded by execve in pid %u", rec->old_tid);
	end_colored(o, " +++");
}

static inline __attribute__((always_inline)) void put_event(struct sct_strace *o, const struct sct_event *event)
{
	const struct sctrace_rec_fork *fork;
	struct sct_gap gap;

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
		gap = gap_of(event);
		put_gap(o, &gap);
		break;
	}
}

/* Each task has its file; what is missing may be of any. */
static void put_separately(struct sct_strace *o, const struct sct_event *event)
{
	if (!event->task) {
		sct_separate_put_gap(o->separate, gap_of(event));
		return;
	}
	if (!sct_stream_use(o, event->rec->hdr->type == SCTRACE_REC_EXEC ? event->rec->hdr->tid : event->task->tid))
		return;
	put_missed(o);
	put_event(o, event);
	if (event->rec->hdr->type == SCTRACE_REC_TASK_EXIT) {
		interrupt(o, " <unfinished ...>");
		sct_stream_leave(o);
		sct_separate_close(o->separate, event->task->tid);
	}
}

/* Prints one event. A line that waits for its end stays with us: sct_strace_flush(). */
void sct_strace_event(struct sct_strace *o, const struct sct_event *event)
{
	if (o->separate)
		put_separately(o, event);
	else
		put_event(o, event);
}

/* Shows what there is, also of a line that waits for its end. */
void sct_strace_flush(struct sct_strace *o)
{
	if (o->separate) {
		sct_stream_leave(o);
		sct_separate_flush(o->separate);
		fflush(stderr);
		return;
	}
	if (o->open_tid)
		write_out(o);
	fflush(o->out);
}

struct finish {
	struct sct_strace *o;
	const char *why;
};

static void finish_there(struct sct_stream *stream, void *closure)
{
	const struct finish *finish = closure;

	if ((!stream->missed.n && !stream->open_tid) || !sct_stream_use(finish->o, stream->tid))
		return;
	put_missed(finish->o);
	interrupt(finish->o, finish->why);
}

/* Nothing more will come: ends the open line with why. */
void sct_strace_finish(struct sct_strace *o, const char *why)
{
	struct finish finish = { o, why };

	if (o->separate) {
		sct_stream_leave(o);
		sct_separate_each(o->separate, finish_there, &finish);
		notice(o);
		sct_strace_flush(o);
		return;
	}
	interrupt(o, why);
	notice(o);
	fflush(o->out);
}

/* errno of what could not be written, which is not tried again; 0: all was. */
int sct_strace_error(const struct sct_strace *o)
{
	if (o->separate)
		return sct_separate_error(o->separate);
	return ferror_unlocked(o->out) ? errno ? errno : EIO : 0;
}

/* errno of what could not be written to separate files until their end; 0. */
int sct_strace_free(struct sct_strace *o)
{
	int error = 0;

	if (o->separate) {
		sct_stream_leave(o);
		error = sct_separate_free(o->separate);
	}
	sct_text_free(&o->line);
	return error;
}
