/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events as CSV (RFC 4180), a row each: docs/JSON.md says what is in them. All fields are ASCII,
 * and none has a line's end in it.
 */
#include <inttypes.h>
#include <string.h>
#include <sys/wait.h>

#include "arg.h"
#include "calls.h"
#include "csv.h"
#include "signals.h"
#include "who.h"

#define HEADER "time,type,tid,pid,comm,name,args,result,errno,duration_ns,flags"
#define END "\r\n"

void sct_csv_header(struct sct_form *form)
{
	sct_text_put(&form->line, HEADER END);
}

/* What stands between the commas: quoted, if it must be. */
void sct_csv_field(struct sct_text *text, const char *chars, size_t n)
{
	const char *at = chars, *end, *quote;

	if (!n)
		return;
	end = chars + n;
	if (!memchr(chars, ',', n) && !memchr(chars, '"', n) && !memchr(chars, '\n', n) && !memchr(chars, '\r', n)) {
		sct_text_put_bytes(text, chars, n);
		return;
	}
	sct_text_put(text, "\"");
	while ((quote = memchr(at, '"', end - at))) {
		sct_text_put_bytes(text, at, quote + 1 - at);
		sct_text_put(text, "\"");
		at = quote + 1;
	}
	sct_text_put_bytes(text, at, end - at);
	sct_text_put(text, "\"");
}

static void put_part(struct sct_form *form)
{
	sct_csv_field(&form->line, form->part.chars, form->part.len);
	sct_text_clear(&form->part);
}

/* What sct_who() returns. comm: NULL: not known. */
void sct_csv_who(struct sct_text *text, const char *comm)
{
	struct sct_text escaped = { 0 };

	sct_text_put(text, "");		/* no comm is an empty field, not none */
	if (!comm)
		return;
	sct_text_escaped(&escaped, (const uint8_t *)comm, strlen(comm), false);
	sct_csv_field(text, escaped.chars, escaped.len);
	sct_text_free(&escaped);
}

/* The columns up to the name; task: NULL: none. */
static void begin(struct sct_form *form, const char *type, uint64_t time, struct sct_task *task)
{
	struct sct_text *line = &form->line;

	sct_form_put_time(form, time);
	sct_text_put(line, ",");
	sct_text_put(line, type);
	sct_text_put(line, ",");
	if (task)
		sct_text_unsigned(line, task->tid);
	sct_text_put(line, ",");
	if (task)
		sct_text_unsigned(line, task->tgid);
	sct_text_put(line, ",");
	if (task)
		sct_text_put(line, sct_who(form, task));
	sct_text_put(line, ",");
	sct_text_clear(&form->part);
}

/* ---- calls ---- */

static void put_args(struct sct_form *form, const struct sct_known *known)
{
	unsigned int i = known ? sct_arg_next(known, 0) : 0;

	while (known && i < known->nr_args) {
		/* The kernel was to fill it in. */
		if (!sct_arg_print(&form->part, known, i))
			sct_text_put(&form->part, "?");
		i = sct_arg_next(known, i + 1);
		if (i < known->nr_args)
			sct_text_put(&form->part, ", ");
	}
	put_part(form);
}

/* result and errno */
static void put_result(struct sct_form *form, const struct sct_form_call *call)
{
	struct sct_text *line = &form->line;
	const char *error = call->returned ? sct_form_error(call->result) : NULL;

	if (call->returned && sct_is_error(call->result)) {
		sct_text_put(line, call->flags & SCT_FORM_RESTART ? "?" : "-1");
	} else if (call->returned) {
		sct_result_print(&form->part, call->known, call->row, call->result);
		put_part(form);
	}
	sct_text_put(line, ",");
	if (error)
		sct_text_put(line, error);
	else if (call->returned && sct_is_error(call->result))
		sct_text_unsigned(line, -call->result);
}

static void put_flags(struct sct_text *line, const struct sct_form_call *call)
{
	const char *space = "";
	unsigned int i;

	for (i = 0; i < SCT_FORM_FLAGS; i++) {
		if (!(call->flags & 1u << i))
			continue;
		sct_text_put(line, space);
		sct_text_put(line, sct_form_flag_name(i));
		space = " ";
	}
	if (call->unfinished) {
		sct_text_put(line, space);
		sct_text_put(line, "unfinished");
	}
}

void sct_csv_call(struct sct_form *form, const struct sct_form_call *call)
{
	struct sct_text *line = &form->line;

	begin(form, "call", call->time, call->task);
	sct_name_print(line, call->row, call->abi, call->nr);
	sct_text_put(line, ",");
	put_args(form, call->known);
	sct_text_put(line, ",");
	put_result(form, call);
	sct_text_put(line, ",");
	if (call->returned && call->timed)
		sct_text_unsigned(line, call->duration);
	sct_text_put(line, ",");
	put_flags(line, call);
	sct_text_put(line, END);
}

/* ---- other events ---- */

static void put_signal(struct sct_form *form, const struct sctrace_rec_signal *rec)
{
	sct_signal_print(&form->line, rec->signo);
	sct_text_put(&form->line, ",");
	sct_signal_record_print(&form->part, rec);
	put_part(form);
	sct_text_put(&form->line, ",,");
}

/* How the task ends: its status, or by which signal. */
static void put_exit(struct sct_form *form, uint32_t status)
{
	struct sct_text *line = &form->line;

	if (WIFSIGNALED(status)) {
		sct_signal_print(line, WTERMSIG(status));
		sct_text_put(line, WCOREDUMP(status) ? ",core dumped,," : ",,,");
	} else {
		sct_text_put(line, ",,");
		sct_text_unsigned(line, WEXITSTATUS(status));
		sct_text_put(line, ",");
	}
}

static void put_gap(struct sct_form *form, const struct sctrace_rec_gap *rec, unsigned int cpu)
{
	sct_text_putf(&form->line, ",%" PRIu64 " records lost on CPU %u: %s,,,%" PRIu64, (uint64_t)rec->lost, cpu,
		      sct_form_cause(rec->cause), rec->until > rec->hdr.time ? (uint64_t)(rec->until - rec->hdr.time) : 0);
}

/* An event that is no call. */
void sct_csv_other(struct sct_form *form, const struct sct_event *event)
{
	const struct sctrace_hdr *hdr = event->rec->hdr;

	switch (hdr->type) {
	case SCTRACE_REC_SIGNAL:
		begin(form, "signal", hdr->time, event->task);
		put_signal(form, (const struct sctrace_rec_signal *)hdr);
		break;
	case SCTRACE_REC_TASK_EXIT:
		begin(form, "exit", hdr->time, event->task);
		put_exit(form, ((const struct sctrace_rec_task_exit *)hdr)->status);
		break;
	case SCTRACE_REC_FORK:
		begin(form, "fork", hdr->time, event->task);
		sct_text_putf(&form->line, ",,%u,", ((const struct sctrace_rec_fork *)hdr)->child_tid);
		break;
	case SCTRACE_REC_EXEC:
		begin(form, "exec", hdr->time, event->task);
		sct_text_putf(&form->line, ",,%u,", ((const struct sctrace_rec_exec *)hdr)->old_tid);
		break;
	case SCTRACE_REC_GAP:
		begin(form, "gap", hdr->time, NULL);
		put_gap(form, (const struct sctrace_rec_gap *)hdr, event->rec->cpu);
		sct_text_put(&form->line, "," END);
		return;
	default:
		return;
	}
	sct_text_put(&form->line, ",," END);
}
