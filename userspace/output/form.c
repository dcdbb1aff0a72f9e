/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events for programs to read: what is told, and when. */
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "arg.h"
#include "calls.h"
#include "csv.h"
#include "form.h"
#include "json.h"
#include "libc.h"
#include "who.h"

/* ---- words that both have ---- */

/* The name of the flag 1 << i. */
const char *sct_form_flag_name(unsigned int i)
{
	static const char *const names[SCT_FORM_FLAGS] = { "cut", "late", "unreadable", "orphan", "lost", "restart" };

	return names[i];
}

/* The error's name; NULL: it is none, or has none. */
const char *sct_form_error(int64_t result)
{
	const char *restart = sct_restart_name(result);

	if (restart || !sct_is_error(result))
		return restart;
	return strerrorname_np(-result);
}

const char *sct_form_abi(unsigned int abi)
{
	switch (sct_calls_abi(abi)) {
	case SCT_X86_64:
		return "x86_64";
	case SCT_I386:
		return "i386";
	case SCT_X32:
		return "x32";
	case SCT_AARCH64:
		return "aarch64";
	case SCT_ARM:
		return "arm";
	default:
		return "unknown";
	}
}

/* Of enum sctrace_gap_cause. */
const char *sct_form_cause(uint32_t cause)
{
	return cause == SCTRACE_GAP_FULL ? "full" : "unknown";
}

/* 2026-11-29T04:36:12.000001234Z. A second has many events: its date is written once. */
void sct_form_put_time(struct sct_form *form, uint64_t monotonic)
{
	uint64_t realtime = monotonic + form->realtime, second = realtime / 1000000000;
	uint32_t rest = realtime % 1000000000;
	char digits[] = "000000000Z", *at;
	time_t whole = second;
	struct tm tm;

	if (second != form->second || !*form->date) {
		if (!gmtime_r(&whole, &tm) || !strftime(form->date, sizeof(form->date), "%Y-%m-%dT%H:%M:%S.", &tm))
			return;
		form->second = second;
	}
	sct_text_put(&form->line, form->date);
	for (at = digits + 8; rest; at--) {
		*at = '0' + rest % 10;
		rest /= 10;
	}
	sct_text_put_bytes(&form->line, digits, sizeof(digits) - 1);
}

/* ---- calls ---- */

static void put_line(struct sct_form *form)
{
	fwrite_unlocked(form->line.chars, 1, form->line.len, form->out);
	sct_text_clear(&form->line);
}

static void put_call(struct sct_form *form, const struct sct_form_call *call)
{
	if (form->kind == SCT_FORM_JSON)
		sct_json_call(form, call);
	else
		sct_csv_call(form, call);
	put_line(form);
}

static bool is_within(const struct sct_piece *piece, const struct sct_pieces *pieces)
{
	return pieces->len && piece->data >= pieces->bytes && piece->data <= pieces->bytes + pieces->len;
}

/* What is to be said of the memory that is shown: how it was read. */
static unsigned int memory_flags(const struct sct_known *known, const struct sct_pieces *late)
{
	unsigned int when, root, flags = 0;
	struct sct_piece piece;
	size_t at;

	for (when = 0; when < 2; when++) {
		for (root = 0; root <= SCT_MAX_ARGS; root++) {
			if (!known->pieces[when][root].len)
				continue;
			if (!known->whole[when][root])
				flags |= SCT_FORM_UNREADABLE;
			at = 0;
			while (sct_piece_next(&known->pieces[when][root], &at, &piece)) {
				if (piece.step >= known->plan.nr_steps || known->plan.args[piece.step] != root)
					continue;
				if (piece.flags & SCTRACE_PIECE_CUT)
					flags |= SCT_FORM_CUT;
				if (piece.flags & SCTRACE_PIECE_LATE || is_within(&piece, late))
					flags |= SCT_FORM_LATE;
			}
		}
	}
	return flags;
}

/* The call that the task is in. exit: its return, NULL if there is none; late: what came after that. */
static void tell(struct sct_form *form, struct sct_task *task, const struct sct_record *exit,
		 struct sct_pieces late, struct sct_form_call *call)
{
	const struct sct_call *of = &task->call;
	struct sct_known known;

	sct_known_init(&known, form->plans, of, exit, late);
	call->task = task;
	call->known = &known;
	call->row = known.plan.row;
	call->nr = of->nr;
	call->abi = of->abi;
	call->timed = of->time;
	call->time = of->time;
	call->returned = exit;
	if (known.plan.nr_steps)
		call->flags |= memory_flags(&known, &late);
	if (exit) {
		call->result = exit->result;
		call->cpu = exit->cpu;
		if (!call->timed)
			call->time = exit->hdr->time;
		else if (exit->hdr->time > of->time)
			call->duration = exit->hdr->time - of->time;
		if (sct_restart_name(exit->result))
			call->flags |= SCT_FORM_RESTART;
	}
	put_call(form, call);
	task->told = false;
}

/* The task's call, of which no return will be seen; flags: why, if there is something to say. */
static void tell_unfinished(struct sct_form *form, struct sct_task *task, unsigned int flags)
{
	struct sct_form_call call = { .unfinished = true, .flags = flags };

	if (task->in_call && task->told)
		tell(form, task, NULL, (struct sct_pieces) { 0 }, &call);
}

static void enter(struct sct_form *form, const struct sct_event *event)
{
	struct sct_task *task = event->task;
	struct sct_form_call call = { 0 };
	const struct sct_row *row = sct_calls_find(task->call.abi, task->call.nr);

	task->told = true;
	/* It ends the task, of which more is told. */
	if (row && row->ret == SCT_RET_NONE) {
		tell(form, task, NULL, (struct sct_pieces) { 0 }, &call);
		task->in_call = false;
	}
}

/* Of a call that began before the trace did, or in a gap. */
static void tell_orphan(struct sct_form *form, const struct sct_event *event)
{
	const struct sct_record *rec = event->rec;
	struct sct_form_call call = {
		.task = event->task,
		.row = sct_calls_find(rec->hdr->abi, rec->nr),
		.nr = rec->nr,
		.abi = rec->hdr->abi,
		.cpu = rec->cpu,
		.time = rec->hdr->time,
		.returned = true,
		.result = rec->result,
		.flags = SCT_FORM_ORPHAN | (sct_restart_name(rec->result) ? SCT_FORM_RESTART : 0),
	};

	tell_unfinished(form, event->task, SCT_FORM_LOST);
	put_call(form, &call);
}

static void leave(struct sct_form *form, const struct sct_event *event)
{
	struct sct_form_call call = { 0 };

	if (event->orphan)
		tell_orphan(form, event);
	else
		tell(form, event->task, event->rec, event->late, &call);
}

/* ---- events ---- */

/* A record is to be paired: it may make a call forgotten of which it says nothing itself. */
void sct_form_before(struct sct_form *form, const struct sct_record *rec)
{
	const struct sctrace_hdr *hdr = rec->hdr;
	struct sct_task *task = NULL;

	if (hdr->type == SCTRACE_REC_ENTER || hdr->type == SCTRACE_REC_CALL)
		task = sct_tasks_find(form->tasks, hdr->tid);
	else if (hdr->type == SCTRACE_REC_FORK)
		task = sct_tasks_find(form->tasks, ((const struct sctrace_rec_fork *)hdr)->child_tid);
	else if (hdr->type == SCTRACE_REC_EXEC && ((const struct sctrace_rec_exec *)hdr)->old_tid != hdr->tid)
		task = sct_tasks_find(form->tasks, hdr->tid);
	/* What is held back comes first, and may be the return. */
	if (task && !task->held)
		tell_unfinished(form, task, SCT_FORM_LOST);
}

void sct_form_event(struct sct_form *form, const struct sct_event *event)
{
	switch (event->rec->hdr->type) {
	case SCTRACE_REC_ENTER:
		enter(form, event);
		return;
	case SCTRACE_REC_EXIT:
	case SCTRACE_REC_CALL:
		leave(form, event);
		return;
	case SCTRACE_REC_FORK:
		sct_who_forked(form, event);
		break;
	/* The end of the task says it; who sent it is not known. */
	case SCTRACE_REC_SIGNAL:
		if (((const struct sctrace_rec_signal *)event->rec->hdr)->signo == SIGKILL)
			return;
		break;
	case SCTRACE_REC_TASK_EXIT:
		tell_unfinished(form, event->task, 0);
		break;
	}
	if (form->kind == SCT_FORM_JSON)
		sct_json_other(form, event);
	else
		sct_csv_other(form, event);
	put_line(form);
}

void sct_form_begin(struct sct_form *form)
{
	struct stat st;

	if (form->kind != SCT_FORM_CSV)
		return;
	/* With -A it may be there already. */
	if (!fstat(fileno(form->out), &st) && S_ISREG(st.st_mode) && st.st_size)
		return;
	sct_csv_header(form);
	put_line(form);
}

static void tell_last(struct sct_task *task, void *form)
{
	tell_unfinished(form, task, 0);
}

/* Nothing more will come: tells of the calls that go on. */
void sct_form_finish(struct sct_form *form)
{
	sct_tasks_each(form->tasks, tell_last, form);
	fflush(form->out);
}

void sct_form_free(struct sct_form *form)
{
	sct_text_free(&form->line);
	sct_text_free(&form->part);
	sct_who_free(form);
}
