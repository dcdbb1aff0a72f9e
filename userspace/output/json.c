/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events as JSON, an object a line: docs/JSON.md says what is in them.
 *
 * What a program has passed reaches the line only through sct_json_string(), which writes ASCII
 * whatever it is given. Integers that others would round (beyond 2^53) are not written as such.
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "arg.h"
#include "calls.h"
#include "json.h"
#include "signals.h"
#include "who.h"

/* Integers up to here are exact wherever numbers are those of JavaScript: RFC 8259. */
#define MAX_EXACT (1ull << 53)

#define PUT(text, literal) sct_text_put_bytes(text, literal, sizeof(literal) - 1)

/* ---- values ---- */

/* Characters that stand for themselves in a string. */
static inline bool is_plain(uint8_t c)
{
	return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
}

/* With room for six characters. */
static char *put_escape(char *to, uint8_t c)
{
	static const char hex[] = "0123456789abcdef";

	*to++ = '\\';
	if (c == '"' || c == '\\') {
		*to++ = c;
		return to;
	}
	if (c <= 0x7f) {
		memcpy(to, "u00", 3);
		to[3] = hex[c >> 4];
		to[4] = hex[c & 15];
		return to + 5;
	}
	/* No character, as far as anybody knows: a byte, as strace writes it. */
	*to++ = '\\';
	*to++ = '0' + (c >> 6);
	*to++ = '0' + (c >> 3 & 7);
	*to++ = '0' + (c & 7);
	return to;
}

/* A string of these bytes: ASCII, whatever they are. Those that are none are as in a string of C. */
void sct_json_string(struct sct_text *text, const char *chars, size_t n)
{
	char *to = sct_text_room(text, 6 * n + 2);
	size_t i;

	*to++ = '"';
	for (i = 0; i < n; i++) {
		if (is_plain(chars[i]))
			*to++ = chars[i];
		else
			to = put_escape(to, chars[i]);
	}
	*to++ = '"';
	*to = '\0';
	text->len = to - text->chars;
}

/* A word from our own tables, which has nothing to escape; NULL: null. */
static void put_word(struct sct_text *text, const char *word)
{
	size_t n = word ? strlen(word) : 0;
	char *to;

	if (!word) {
		PUT(text, "null");
		return;
	}
	to = sct_text_room(text, n + 2);
	*to = '"';
	memcpy(to + 1, word, n);
	memcpy(to + 1 + n, "\"", 2);
	text->len += n + 2;
}

static void put_part(struct sct_form *form)
{
	sct_json_string(&form->line, form->part.chars, form->part.len);
}

static void put_unsigned(struct sct_text *text, uint64_t value)
{
	if (value <= MAX_EXACT)
		sct_text_unsigned(text, value);
	else
		PUT(text, "null");
}

static void put_signed(struct sct_text *text, int64_t value)
{
	if (value >= -(int64_t)MAX_EXACT && value <= (int64_t)MAX_EXACT)
		sct_text_signed(text, value);
	else
		PUT(text, "null");
}

/* A word of the machine, with all its bits. */
static void put_raw(struct sct_text *text, uint64_t value)
{
	PUT(text, "\"raw\":\"");
	if (!value)
		PUT(text, "0x");
	sct_text_hex(text, value);
	PUT(text, "\"");
}

static void put_time(struct sct_form *form, uint64_t monotonic)
{
	PUT(&form->line, "\"");
	sct_form_put_time(form, monotonic);
	PUT(&form->line, "\"");
}

static void put_bool(struct sct_text *text, bool value)
{
	if (value)
		PUT(text, "true");
	else
		PUT(text, "false");
}

/* ---- what all events have ---- */

/* "12.345678901", seconds: as a number, it would be rounded. */
static void put_monotonic(struct sct_text *text, uint64_t ns)
{
	char digits[] = ".000000000\"", *at = digits + 9;
	uint32_t rest = ns % 1000000000;

	PUT(text, "\"");
	sct_text_unsigned(text, ns / 1000000000);
	for (; rest; rest /= 10)
		*at-- = '0' + rest % 10;
	sct_text_put_bytes(text, digits, sizeof(digits) - 1);
}

/* What sct_who() returns. comm: NULL: not known; container: NULL: in none, or not known. */
void sct_json_who(struct sct_text *text, const char *comm, const struct sct_container *container)
{
	struct sct_text escaped = { 0 };

	PUT(text, ",\"comm\":");
	if (comm) {
		sct_text_escaped(&escaped, (const uint8_t *)comm, strlen(comm), false);
		sct_json_string(text, escaped.chars, escaped.len);
		sct_text_free(&escaped);
	} else {
		PUT(text, "null");
	}
	if (!container)
		return;
	PUT(text, ",\"container\":{\"id\":");
	put_word(text, container->id);
	PUT(text, ",\"name\":");
	if (*container->name)
		sct_json_string(text, container->name, strlen(container->name));
	else
		PUT(text, "null");
	PUT(text, ",\"runtime\":");
	put_word(text, container->runtime);
	PUT(text, "}");
}

/* Up to the name of the type, which follows. */
static void begin(struct sct_form *form)
{
	_Static_assert(SCT_JSON_VERSION == 1, "the version is written here");
	PUT(&form->line, "{\"v\":1,\"type\":");
}

static void put_when(struct sct_form *form, uint64_t monotonic)
{
	PUT(&form->line, ",\"time\":");
	put_time(form, monotonic);
	PUT(&form->line, ",\"mono\":");
	put_monotonic(&form->line, monotonic);
}

static void put_task(struct sct_form *form, struct sct_task *task)
{
	struct sct_text *line = &form->line;

	PUT(line, ",\"tid\":");
	sct_text_unsigned(line, task->tid);
	PUT(line, ",\"pid\":");
	sct_text_unsigned(line, task->tgid);
	sct_text_put(line, sct_who(form, task));
}

static void put_cpu(struct sct_form *form, unsigned int cpu)
{
	PUT(&form->line, ",\"cpu\":");
	sct_text_unsigned(&form->line, cpu);
}

/* ---- calls ---- */

/* With what the line has and the value has not: "flags=" before it. */
static void put_arg(struct sct_form *form, const struct sct_known *known, unsigned int position)
{
	const struct sct_arg *arg = sct_arg_at(known, position);
	struct sct_text *line = &form->line, *part = &form->part;
	size_t skip = arg && arg->named ? strlen(arg->name) + 1 : 0;

	PUT(line, "{\"name\":");
	put_word(line, arg ? arg->name : NULL);
	PUT(line, ",");
	if (known->plan.row && known->plan.row->stack)
		PUT(line, "\"raw\":null");
	else
		put_raw(line, sct_arg_raw(known, position));
	PUT(line, ",\"text\":");
	sct_text_clear(part);
	if (!sct_arg_print(part, known, position))
		PUT(line, "null");
	else if (skip <= part->len)
		sct_json_string(line, part->chars + skip, part->len - skip);
	else
		put_part(form);
	PUT(line, "}");
}

static void put_args(struct sct_form *form, const struct sct_known *known)
{
	struct sct_text *line = &form->line;
	unsigned int i = known ? sct_arg_next(known, 0) : 0;

	if (!known) {
		PUT(line, ",\"args\":null");
		return;
	}
	PUT(line, ",\"args\":[");
	while (i < known->nr_args) {
		put_arg(form, known, i);
		i = sct_arg_next(known, i + 1);
		if (i < known->nr_args)
			PUT(line, ",");
	}
	PUT(line, "]");
}

static void put_result(struct sct_form *form, const struct sct_form_call *call)
{
	struct sct_text *line = &form->line;

	if (!call->returned) {
		PUT(line, ",\"result\":null,\"duration_ns\":null");
		return;
	}
	PUT(line, ",\"result\":{\"value\":");
	put_signed(line, call->result);
	PUT(line, ",");
	put_raw(line, call->result);
	PUT(line, ",\"text\":");
	sct_text_clear(&form->part);
	sct_result_print(&form->part, call->known, call->row, call->result);
	put_part(form);
	PUT(line, ",\"errno\":");
	put_word(line, sct_form_error(call->result));
	PUT(line, "},\"duration_ns\":");
	if (call->timed)
		put_unsigned(line, call->duration);
	else
		PUT(line, "null");
}

static void put_flags(struct sct_text *line, unsigned int flags)
{
	const char *comma = "";
	unsigned int i;

	PUT(line, ",\"flags\":[");
	for (i = 0; i < SCT_FORM_FLAGS && flags; i++) {
		if (!(flags & 1u << i))
			continue;
		sct_text_put(line, comma);
		put_word(line, sct_form_flag_name(i));
		comma = ",";
	}
	PUT(line, "]");
}

/* What a string of C is, or there is none. */
static void put_chars(struct sct_text *text, const char *chars)
{
	if (chars)
		sct_json_string(text, chars, strlen(chars));
	else
		PUT(text, "null");
}

static void put_frame(struct sct_text *line, const struct sct_stack_frame *frame)
{
	PUT(line, "{\"path\":");
	put_chars(line, frame->path);
	PUT(line, ",\"symbol\":");
	put_chars(line, frame->place.symbol);
	PUT(line, ",\"offset\":");
	if (frame->place.symbol)
		put_unsigned(line, frame->place.offset);
	else
		PUT(line, "null");
	PUT(line, ",\"address\":");
	put_unsigned(line, frame->address);
	if (frame->place.source) {
		PUT(line, ",\"source\":");
		put_chars(line, frame->place.source);
		PUT(line, ",\"line\":");
		sct_text_signed(line, frame->place.line);
	}
	PUT(line, "}");
}

static void put_stack(struct sct_form *form, const struct sct_known *known)
{
	const struct sct_stack *stack = known ? sct_stacks_of(form->stacks, known) : NULL;
	struct sct_text *line = &form->line;
	unsigned int i;

	PUT(line, ",\"stack\":");
	if (!stack) {
		PUT(line, "null");
		return;
	}
	PUT(line, "[");
	for (i = 0; i < stack->n; i++) {
		if (i)
			PUT(line, ",");
		put_frame(line, &stack->frames[i]);
	}
	PUT(line, "]");
	if (!*stack->why)
		return;
	PUT(line, ",\"stack_end\":");
	put_chars(line, stack->why);
}

void sct_json_call(struct sct_form *form, const struct sct_form_call *call)
{
	struct sct_text *line = &form->line;

	begin(form);
	PUT(line, "\"call\"");
	put_when(form, call->time);
	put_task(form, call->task);
	if (call->returned)
		put_cpu(form, call->cpu);
	else
		PUT(line, ",\"cpu\":null");
	PUT(line, ",\"abi\":");
	put_word(line, sct_form_abi(call->abi));
	PUT(line, ",\"nr\":");
	put_unsigned(line, call->nr);
	PUT(line, ",\"name\":");
	if (call->row) {
		put_word(line, call->row->name);
	} else {
		sct_text_clear(&form->part);
		sct_name_print(&form->part, NULL, call->abi, call->nr);
		put_part(form);
	}
	put_args(form, call->known);
	put_result(form, call);
	put_flags(line, call->flags);
	if (form->stacks)
		put_stack(form, call->known);
	if (call->unfinished)
		PUT(line, ",\"unfinished\":true");
	PUT(line, "}\n");
}

/* ---- other events ---- */

static void put_signal_name(struct sct_form *form, uint32_t signo)
{
	sct_text_clear(&form->part);
	sct_signal_name_print(&form->part, signo);
	put_part(form);
}

static void put_signal(struct sct_form *form, const struct sctrace_rec_signal *rec)
{
	struct sct_text *line = &form->line;

	PUT(line, ",\"signal\":");
	put_signal_name(form, rec->signo);
	PUT(line, ",\"signo\":");
	sct_text_unsigned(line, rec->signo);
	PUT(line, ",\"code\":");
	sct_text_signed(line, rec->code);
	PUT(line, ",\"text\":");
	sct_text_clear(&form->part);
	sct_signal_record_print(&form->part, rec);
	put_part(form);
}

static void put_exit(struct sct_form *form, uint32_t status)
{
	struct sct_text *line = &form->line;

	if (!WIFSIGNALED(status)) {
		PUT(line, ",\"status\":");
		sct_text_unsigned(line, WEXITSTATUS(status));
		PUT(line, ",\"signal\":null,\"core_dumped\":false");
		return;
	}
	PUT(line, ",\"status\":null,\"signal\":");
	put_signal_name(form, WTERMSIG(status));
	PUT(line, ",\"core_dumped\":");
	put_bool(line, WCOREDUMP(status));
}

static void put_fork(struct sct_form *form, const struct sctrace_rec_fork *rec)
{
	struct sct_text *line = &form->line;

	PUT(line, ",\"child_tid\":");
	sct_text_unsigned(line, rec->child_tid);
	PUT(line, ",\"child_pid\":");
	sct_text_unsigned(line, rec->child_tgid);
	PUT(line, ",\"thread\":");
	put_bool(line, rec->child_tgid == rec->hdr.tgid);
	PUT(line, ",\"traced\":");
	put_bool(line, sct_tasks_takes(form->tasks, rec));
}

static void put_gap(struct sct_form *form, const struct sctrace_rec_gap *rec)
{
	struct sct_text *line = &form->line;

	PUT(line, ",\"lost\":");
	put_unsigned(line, rec->lost);
	PUT(line, ",\"until\":");
	put_time(form, rec->until);
	PUT(line, ",\"cause\":");
	put_word(line, sct_form_cause(rec->cause));
}

/* An event that is no call. */
void sct_json_other(struct sct_form *form, const struct sct_event *event)
{
	static const char *const types[] = {
		[SCTRACE_REC_FORK] = "fork", [SCTRACE_REC_EXEC] = "exec", [SCTRACE_REC_TASK_EXIT] = "exit",
		[SCTRACE_REC_SIGNAL] = "signal", [SCTRACE_REC_GAP] = "gap",
	};
	const struct sctrace_hdr *hdr = event->rec->hdr;
	struct sct_text *line = &form->line;

	if (hdr->type >= sizeof(types) / sizeof(types[0]) || !types[hdr->type])
		return;
	begin(form);
	put_word(line, types[hdr->type]);
	put_when(form, hdr->time);
	if (event->task)
		put_task(form, event->task);
	put_cpu(form, event->rec->cpu);
	switch (hdr->type) {
	case SCTRACE_REC_SIGNAL:
		put_signal(form, (const struct sctrace_rec_signal *)hdr);
		break;
	case SCTRACE_REC_TASK_EXIT:
		put_exit(form, ((const struct sctrace_rec_task_exit *)hdr)->status);
		break;
	case SCTRACE_REC_FORK:
		put_fork(form, (const struct sctrace_rec_fork *)hdr);
		break;
	case SCTRACE_REC_EXEC:
		PUT(line, ",\"old_tid\":");
		sct_text_unsigned(line, ((const struct sctrace_rec_exec *)hdr)->old_tid);
		break;
	case SCTRACE_REC_GAP:
		put_gap(form, (const struct sctrace_rec_gap *)hdr);
		break;
	}
	PUT(line, "}\n");
}
