/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One argument of a call, and its result, as text. */
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>

#include "arg.h"
#include "calls.h"
#include "layout.h"
#include "libc.h"
#include "memory.h"
#include "netlink.h"

/* Bit in the numbers that x32 programs give: <asm/unistd.h> of x86. Records come without it. */
#define X32_MARK 0x40000000

/* The call's name; of one without a row, its number. */
void sct_name_print(struct sct_text *text, const struct sct_row *row, unsigned int abi, uint64_t nr)
{
	if (row)
		sct_text_put(text, row->name);
	else
		sct_text_putf(text, "syscall_%#" PRIx64, abi == SCTRACE_ABI_X32 ? nr | X32_MARK : nr);
}

uint64_t sct_known_arg(const struct sct_known *known, unsigned int i)
{
	return i < known->nr_args ? known->args[i] : 0;
}

static bool creates(const struct sct_known *known, unsigned int flags_arg)
{
	return known->args[flags_arg] & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY));
}

/* The argument's value, of one word or two. */
static uint64_t value_of(const struct sct_known *known, const struct sct_arg *arg, unsigned int i)
{
	if (arg->high && arg->high < known->nr_args)
		return known->args[arg->high] << 32 | (uint32_t)known->args[i];
	/* A signed word of 32 bits. */
	if (arg->type == SCT_LONG && known->call->abi == SCTRACE_ABI_COMPAT)
		return (int32_t)known->args[i];
	return known->args[i];
}

/* Of the new image that came of this call, one of enum sctrace_image, its portions joined. 0: not captured. */
static size_t image(const struct sct_known *known, uint8_t what, struct sct_text *joined)
{
	struct sct_pieces pieces = sct_kept_pieces(&known->call->image);
	struct sct_piece piece;
	size_t at = 0;

	while (sct_piece_next(&pieces, &at, &piece)) {
		if (piece.step == what)
			sct_text_put_bytes(joined, piece.data, piece.len);
	}
	return joined->len;
}

static void print_image_strings(struct sct_text *text, const struct sct_known *known,
				const struct sct_text *strings)
{
	const char *at = strings->chars, *end = strings->chars + strings->len;
	unsigned int limit = known->options->string_limit, n;

	sct_text_put(text, "[");
	for (n = 0; at < end; n++) {
		size_t len = strnlen(at, end - at);

		if (n)
			sct_text_put(text, ", ");
		if (n == limit && !known->options->verbose) {
			sct_text_put(text, "...");
			break;
		}
		sct_text_quoted(text, (const uint8_t *)at, len < limit ? len : limit, len > limit);
		at += len + 1;
	}
	sct_text_put(text, "]");
}

/* Only execve(2) and execveat(2) have an argument of this kind. */
static bool is_exec(const struct sct_row *row)
{
	unsigned int i;

	for (i = 0; i < sct_row_nr_args(row); i++) {
		if (row->args[i].type == SCT_STRINGS)
			return true;
	}
	return false;
}

/* Whether an argument's memory could not be read, or was not looked at, before the old image was gone. */
static bool is_in_image(const struct sct_known *known, unsigned int i)
{
	struct sct_piece piece;
	unsigned int step;

	/* It may be another call's, if it is not known when this one began. */
	if (!known->call->image.len || !is_exec(known->plan.row))
		return false;
	step = sct_known_step(known, i, false, NULL, 0);
	if (step == SCT_NO_STEP || !known->whole[0][i])
		return !known->whole[0][i];
	/* No address: it was NULL, unless only the return was heard of. */
	return (known->args[i] || !known->call->time) && !sct_known_piece(known, i, false, step, 0, &piece);
}

/* How many there are, as sct_pointer_print() says it; without an address, as strace did once. */
static void print_image_count(struct sct_text *text, uint64_t address, const struct sct_text *strings)
{
	const char *at = strings->chars, *end = strings->chars + strings->len;
	unsigned int n = 0;

	for (; at < end; at++)
		n += !*at;
	if (address)
		sct_text_addr(text, address);
	sct_text_putf(text, address ? " /* %u var%s */" : "[/* %u var%s */]", n, n == 1 ? "" : "s");
}

/* An argument of an execve: what the new image was given. */
static bool print_from_image(struct sct_text *text, const struct sct_known *known, const struct sct_arg *arg,
			     uint64_t address)
{
	struct sct_text joined = { 0 };
	bool found;

	switch (arg->type) {
	case SCT_PATH:
		found = image(known, SCTRACE_IMAGE_PATH, &joined);
		if (found)
			sct_text_quoted(text, (const uint8_t *)joined.chars, joined.len, false);
		break;
	case SCT_STRINGS:
		found = image(known, SCTRACE_IMAGE_ARGS, &joined);
		if (found)
			print_image_strings(text, known, &joined);
		break;
	case SCT_STRINGS_COUNT:
		found = image(known, SCTRACE_IMAGE_ENV, &joined);
		if (found && known->options->verbose)
			print_image_strings(text, known, &joined);
		else if (found)
			print_image_count(text, address, &joined);
		break;
	default:
		found = false;
	}
	sct_text_free(&joined);
	return found;
}

static bool is_shown_as_given(const struct sct_arg *arg)
{
	return arg->dir == SCT_IN || arg->dir == SCT_IN_BACK;
}

/*
 * Whether argument i can be shown: what the kernel fills in cannot before the call returns, nor what could not be read, or
 * asked of a descriptor, when the call began.
 */
static bool is_known(const struct sct_known *known, unsigned int i)
{
	const struct sct_arg *arg = known->plan.row ? &known->plan.row->args[i] : NULL;

	if (!arg || known->exit)
		return true;
	return known->whole[0][i] && (!sct_is_pointer(arg) || is_shown_as_given(arg));
}

static bool is_always(const struct sct_arg *arg)
{
	return arg->dir == SCT_OUT_ALWAYS || arg->dir == SCT_INOUT_ALWAYS;
}

static void print_pointer(struct sct_text *text, const struct sct_known *known, unsigned int i)
{
	const struct sct_arg *arg = &known->plan.row->args[i];
	struct sct_pointer p = {
		.known = known,
		.arg = arg,
		.address = known->args[i],
		.root = i,
		.at_exit = !is_shown_as_given(arg),
	};

	/* Nothing came back: what the program gave is all there is. */
	if (arg->dir == SCT_INOUT && sct_known_failed(known) && arg->count != SCT_COUNT_ARG_RESULT)
		p.at_exit = false;
	if (!p.at_exit && is_in_image(known, i) && print_from_image(text, known, arg, p.address))
		return;
	/* What the kernel did not fill in may hold what the program had there. */
	if (p.at_exit && !is_always(arg) && sct_known_failed(known))
		sct_text_addr(text, p.address);
	else
		sct_pointer_print(text, &p);
}

static void print_value(struct sct_text *text, const struct sct_known *known, unsigned int i)
{
	const struct sct_arg *arg = &known->plan.row->args[i];
	struct sct_place place = { .known = known, .root = i, .step = SCT_NO_STEP };

	sct_value_print(text, &place, arg, value_of(known, arg, i));
}

/* Which argument is shown at a position. */
static unsigned int arg_at(const struct sct_known *known, unsigned int position)
{
	const struct sct_row *row = known->plan.row;

	return row && row->order && position < sct_row_nr_args(row) ? row->order[position] : position;
}

/* What is known of the argument that the call shows at a position; NULL: nothing. */
const struct sct_arg *sct_arg_at(const struct sct_known *known, unsigned int position)
{
	return known->plan.row ? &known->plan.row->args[arg_at(known, position)] : NULL;
}

/* Its words as they are; of two, the second above the first. */
uint64_t sct_arg_raw(const struct sct_known *known, unsigned int position)
{
	const struct sct_arg *arg = sct_arg_at(known, position);
	uint64_t word = known->args[arg_at(known, position)];

	if (arg && arg->high && arg->high < known->nr_args)
		return known->args[arg->high] << 32 | (uint32_t)word;
	return word;
}

/*
 * Prints the argument that the call shows at a position. false: it is not known before the call
 * returns, and nothing was printed.
 */
bool sct_arg_print(struct sct_text *text, const struct sct_known *known, unsigned int position)
{
	unsigned int i = arg_at(known, position);
	const struct sct_arg *arg = known->plan.row ? &known->plan.row->args[i] : NULL;

	if (!is_known(known, i))
		return false;
	if (arg && arg->named) {
		sct_text_put(text, arg->name);
		sct_text_put(text, "=");
	}
	if (!arg)
		sct_text_hex(text, known->args[i]);
	else if (sct_is_pointer(arg))
		print_pointer(text, known, i);
	else if (arg->type == SCT_FD || arg->type == SCT_DIRFD)
		sct_fd_print(text, known, i, known->args[i]);
	else
		print_value(text, known, i);
	return true;
}

/* What the argument at a position is called; NULL: it has no name, or sct_arg_print() prints it. */
const char *sct_arg_name(const struct sct_known *known, unsigned int position)
{
	const struct sct_arg *arg = sct_arg_at(known, position);

	return arg && !arg->named ? arg->name : NULL;
}

static bool is_shown(const struct sct_known *known, unsigned int i)
{
	const struct sct_arg *arg = known->plan.row ? &known->plan.row->args[i] : NULL;

	if (!arg)
		return true;
	if (arg->if_bits && !(sct_known_arg(known, arg->if_arg) & arg->if_bits))
		return false;
	switch (arg->type) {
	/* Recorded beyond the call's own: a number that no plan can have. */
	case SCT_NONE:
	case SCT_HIDDEN:
		return false;
	case SCT_MODE_CREAT:
		return creates(known, arg->len);
	default:
		return true;
	}
}

/* The first position from i on at which the call shows an argument; its number of arguments: it shows no more. */
unsigned int sct_arg_next(const struct sct_known *known, unsigned int i)
{
	while (i < known->nr_args && !is_shown(known, arg_at(known, i)))
		i++;
	return i;
}

/*
 * Results with which a call that a signal interrupted asks for being made again: <linux/errno.h>
 * of the kernel. A program never sees them.
 */
static const struct restart {
	int64_t result;
	const char *name;
	const char *text;
} restarts[] = {
	{ -512, "ERESTARTSYS", "To be restarted if SA_RESTART is set" },
	{ -513, "ERESTARTNOINTR", "To be restarted" },
	{ -514, "ERESTARTNOHAND", "To be restarted if no handler" },
	{ -516, "ERESTART_RESTARTBLOCK", "Interrupted by signal" },
};

static const struct restart *restart_of(int64_t result)
{
	size_t i;

	/* Mostly. */
	if (result > restarts[0].result)
		return NULL;
	for (i = 0; i < sizeof(restarts) / sizeof(restarts[0]); i++) {
		if (restarts[i].result == result)
			return &restarts[i];
	}
	return NULL;
}

/* The name of such a result; NULL: it is none. */
const char *sct_restart_name(int64_t result)
{
	const struct restart *restart = restart_of(result);

	return restart ? restart->name : NULL;
}

static void print_error(struct sct_text *text, int error)
{
	const char *name = strerrorname_np(error);

	if (!name) {
		sct_text_putf(text, "-1 (errno %d)", error);
		return;
	}
	sct_text_put(text, "-1 ");
	sct_text_put(text, name);
	sct_text_put(text, " (");
	sct_text_put(text, strerrordesc_np(error));
	sct_text_put(text, ")");
}

static void print_result(struct sct_text *text, const struct sct_known *known, const struct sct_row *row,
			 int64_t result)
{
	unsigned int before;

	switch (row ? row->ret : SCT_RET_DEC) {
	case SCT_RET_HEX:
		sct_text_hex(text, result);
		break;
	case SCT_RET_OCT:
		sct_text_putf(text, result ? "%#03llo" : "000", (unsigned long long)result);
		break;
	case SCT_RET_FLAGS:
		sct_text_putf(text, result ? "%#llx (flags " : "0", (unsigned long long)result);
		if (result) {
			before = sct_text_names_only();
			sct_text_flags(text, result, row->ret_xlat);
			sct_text_names_only_end(before);
			sct_text_put(text, ")");
		}
		break;
	case SCT_RET_ENUM:
		sct_text_putf(text, result ? "%#llx (" : "0 (", (unsigned long long)result);
		before = sct_text_names_only();
		sct_text_enum(text, result, row->ret_xlat);
		sct_text_names_only_end(before);
		sct_text_put(text, ")");
		break;
	case SCT_RET_FD:
		if (known && known->options->netlink)
			sct_netlink_fd_made(known, result);
		sct_text_signed(text, result);
		if (known)
			sct_fd_path_print(text, known, SCT_MAX_ARGS);
		break;
	default:
		sct_text_signed(text, result);
		break;
	}
}

/* Whether what stands behind the "= " is the result alone, which takes nothing else of the call to print. */
bool sct_result_is_plain(const struct sct_row *row, int64_t result)
{
	return sct_is_error(result) || !row || (!row->remark && row->ret != SCT_RET_FD);
}

/* What stands behind the "= ". known: NULL if the entry was not seen, or the result is plain; row may be NULL. */
void sct_result_print(struct sct_text *text, const struct sct_known *known, const struct sct_row *row,
		      int64_t result)
{
	const struct restart *restart = restart_of(result);

	if (restart) {
		sct_text_putf(text, "? %s (%s)", restart->name, restart->text);
	} else if (sct_is_error(result)) {
		print_error(text, -result);
	} else {
		print_result(text, known, row, result);
		if (known && row && row->remark) {
			unsigned int before = sct_text_names_only();

			row->remark(text, known);
			sct_text_names_only_end(before);
		}
	}
}
