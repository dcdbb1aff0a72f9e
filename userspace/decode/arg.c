/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One argument of a call, and its result, as text: strace's way of printing them. */
#include <fcntl.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "arg.h"
#include "signals.h"

/* What was captured of the argument, from the pieces of the entry or of the return; NULL: nothing. */
static const struct sct_piece *find(const struct sct_piece *pieces, unsigned int n, unsigned int arg)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (pieces[i].arg == arg)
			return &pieces[i];
	}
	return NULL;
}

/*
 * The best piece there is. *wait: it could not be read at the entry, and the call has not
 * returned yet, at which it is tried again.
 */
static const struct sct_piece *best_piece(const struct sct_known *known, unsigned int i, bool *wait)
{
	const struct sct_piece *early = find(known->call->pieces, known->call->nr_pieces, i);
	const struct sct_piece *late;

	*wait = false;
	if (!early || !(early->flags & SCTRACE_PIECE_FAULT))
		return early;
	if (!known->exit) {
		*wait = true;
		return NULL;
	}
	late = find(known->exit->pieces, known->exit->nr_pieces, i);
	return late && late->len >= early->len ? late : early;
}

/* A string or buffer that the program gave. */
static bool print_given(struct sct_text *text, const struct sct_known *known, unsigned int i,
			size_t limit, bool is_string)
{
	bool wait;
	const struct sct_piece *piece = best_piece(known, i, &wait);
	size_t shown;

	if (wait)
		return false;
	if (!piece || ((piece->flags & SCTRACE_PIECE_FAULT) && (is_string || !piece->len))) {
		sct_text_addr(text, known->call->args[i]);
		return true;
	}
	shown = piece->len < limit ? piece->len : limit;
	sct_text_quoted(text, piece->data, shown,
			shown < piece->len ||
			(piece->flags & (SCTRACE_PIECE_CUT | SCTRACE_PIECE_FAULT)));
	return true;
}

/* A buffer that the kernel filled. */
static bool print_filled(struct sct_text *text, const struct sct_known *known, unsigned int i)
{
	const struct sct_piece *piece;

	if (!known->exit)
		return false;
	piece = find(known->exit->pieces, known->exit->nr_pieces, i);
	if (known->exit->result < 0 || !piece ||
	    (!piece->len && (piece->flags & SCTRACE_PIECE_FAULT)))
		sct_text_addr(text, known->call->args[i]);
	else
		sct_text_quoted(text, piece->data,
				piece->len < known->string_limit ? piece->len : known->string_limit,
				piece->wanted > piece->len || piece->len > known->string_limit);
	return true;
}

static void print_open_flags(struct sct_text *text, uint32_t flags, const struct sct_xlat *xlat)
{
	static const char *const modes[] = { "O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE" };

	sct_text_put(text, modes[flags & O_ACCMODE]);
	if (flags & ~O_ACCMODE) {
		sct_text_put(text, "|");
		sct_text_flags(text, flags & ~O_ACCMODE, xlat);
	}
}

static void print_mode(struct sct_text *text, uint32_t mode)
{
	sct_text_putf(text, mode ? "%#03o" : "000", mode);
}

static bool creates(const struct sct_known *known, unsigned int flags_arg)
{
	return known->call->args[flags_arg] & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY));
}

/* x86_64's CPU and per-process clocks are negative numbers with a pid in them: clock_getres(2). */
static void print_clock(struct sct_text *text, int32_t clock, const struct sct_xlat *xlat)
{
	static const char *const kinds[] = { "CPUCLOCK_PROF", "CPUCLOCK_VIRT", "CPUCLOCK_SCHED" };

	if (clock >= 0)
		sct_text_enum(text, (uint32_t)clock, xlat);
	else if ((clock & 7) == 3)
		sct_text_putf(text, "FD_TO_CLOCKID(%d)", ~(clock >> 3));
	else if ((clock & 3) < 3)
		sct_text_putf(text, "MAKE_%s_CPUCLOCK(%d, %s)", clock & 4 ? "THREAD" : "PROCESS",
			      ~(clock >> 3), kinds[clock & 3]);
	else
		sct_text_putf(text, "%d", clock);
}

static void print_uid(struct sct_text *text, uint32_t id, uint32_t none)
{
	if (id == none)
		sct_text_put(text, "-1");
	else
		sct_text_putf(text, "%u", id);
}

/* The argument's value, of one word or two. */
static uint64_t value_of(const struct sct_call *call, const struct sct_arg *arg, unsigned int i)
{
	if (arg->high && arg->high < call->nr_args)
		return call->args[arg->high] << 32 | (uint32_t)call->args[i];
	/* A signed word of 32 bits. */
	if (arg->type == SCT_LONG && call->abi == SCTRACE_ABI_COMPAT)
		return (int32_t)call->args[i];
	return call->args[i];
}

/* What has no memory behind it, or none that is captured. */
static void print_value(struct sct_text *text, const struct sct_arg *arg, uint64_t value)
{
	switch (arg->type) {
	case SCT_INT:
	case SCT_FD:
	case SCT_PID:
		sct_text_putf(text, "%d", (int32_t)value);
		break;
	case SCT_UINT:
		sct_text_putf(text, "%u", (uint32_t)value);
		break;
	case SCT_LONG:
		sct_text_putf(text, "%lld", (long long)value);
		break;
	case SCT_ULONG:
		sct_text_putf(text, "%llu", (unsigned long long)value);
		break;
	case SCT_HEX:
		sct_text_putf(text, "%#llx", (unsigned long long)value);
		break;
	case SCT_PAGES:
		sct_text_putf(text, "%#llx", (unsigned long long)value << 12);
		break;
	case SCT_DIRFD:
		if ((int32_t)value == AT_FDCWD)
			sct_text_put(text, "AT_FDCWD");
		else
			sct_text_putf(text, "%d", (int32_t)value);
		break;
	case SCT_FLAGS:
		sct_text_flags(text, (uint32_t)value, arg->xlat);
		break;
	case SCT_FLAGS64:
		sct_text_flags(text, value, arg->xlat);
		break;
	case SCT_ENUM:
		sct_text_enum(text, (uint32_t)value, arg->xlat);
		break;
	case SCT_OPEN_FLAGS:
		print_open_flags(text, value, arg->xlat);
		break;
	case SCT_MODE:
	case SCT_MODE_CREAT:
		print_mode(text, value);
		break;
	case SCT_UID:
		print_uid(text, value, UINT32_MAX);
		break;
	case SCT_UID16:
		print_uid(text, (uint16_t)value, UINT16_MAX);
		break;
	case SCT_SIGNAL:
		sct_signal_print(text, value);
		break;
	case SCT_DEV:
		sct_text_putf(text, "makedev(%#x, %#x)", major(value), minor(value));
		break;
	case SCT_CLOCK:
		print_clock(text, value, arg->xlat);
		break;
	default:
		sct_text_addr(text, value);
		break;
	}
}

/*
 * Prints argument i of the call, which it shows. false: it is not known before the call
 * returns, and nothing was printed.
 */
bool sct_arg_print(struct sct_text *text, const struct sct_known *known, unsigned int i)
{
	const struct sct_arg *arg = known->row ? &known->row->args[i] : NULL;

	if (!arg) {
		sct_text_putf(text, "%#llx", (unsigned long long)known->call->args[i]);
		return true;
	}
	switch (arg->type) {
	case SCT_PATH:
		return print_given(text, known, i, SIZE_MAX, true);
	case SCT_STR:
		return print_given(text, known, i, known->string_limit, true);
	case SCT_BUF_IN:
		return print_given(text, known, i, known->string_limit, false);
	case SCT_BUF_OUT:
		return print_filled(text, known, i);
	default:
		print_value(text, arg, value_of(known->call, arg, i));
		return true;
	}
}

static bool is_shown(const struct sct_known *known, unsigned int i)
{
	if (!known->row)
		return true;
	switch (known->row->args[i].type) {
	/* Recorded beyond the call's own: a number that no plan can have. */
	case SCT_NONE:
	case SCT_HIDDEN:
		return false;
	case SCT_MODE_CREAT:
		return creates(known, known->row->args[i].len);
	default:
		return true;
	}
}

/* The first argument from i on that the call shows; its number of arguments if it shows no more. */
unsigned int sct_arg_next(const struct sct_known *known, unsigned int i)
{
	while (i < known->call->nr_args && !is_shown(known, i))
		i++;
	return i;
}

/*
 * Results with which a call that a signal interrupted asks for being made again: <linux/errno.h>
 * of the kernel. A program never sees them.
 */
static const char *restart_text(int64_t result)
{
	switch (result) {
	case -512:
		return "? ERESTARTSYS (To be restarted if SA_RESTART is set)";
	case -513:
		return "? ERESTARTNOINTR (To be restarted)";
	case -514:
		return "? ERESTARTNOHAND (To be restarted if no handler)";
	case -516:
		return "? ERESTART_RESTARTBLOCK (Interrupted by signal)";
	default:
		return NULL;
	}
}

/* What stands behind the "= ". row may be NULL. */
void sct_result_print(struct sct_text *text, const struct sct_row *row, int64_t result)
{
	const char *restart = restart_text(result);

	if (restart) {
		sct_text_put(text, restart);
	} else if (result < 0 && result >= -4095) {
		const char *name = strerrorname_np(-result);

		if (name)
			sct_text_putf(text, "-1 %s (%s)", name, strerrordesc_np(-result));
		else
			sct_text_putf(text, "-1 (errno %d)", (int)-result);
	} else if (row && row->ret == SCT_RET_HEX) {
		sct_text_putf(text, result ? "%#llx" : "0", (unsigned long long)result);
	} else if (row && row->ret == SCT_RET_OCT) {
		print_mode(text, result);
	} else {
		sct_text_putf(text, "%lld", (long long)result);
	}
}
