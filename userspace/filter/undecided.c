/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls of which the module could not tell whether they access a path that is asked for: its memory
 * could not be read then. When they have returned, it has been read, and the module's rule
 * (<uapi/sctrace.h>, struct sctrace_path) is applied here. What is still not known is shown.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "path.h"
#include "undecided.h"

/* The call that is looked at, and what was copied of it: earliest first. */
struct look {
	const struct sctrace_filter *filter;
	const struct sct_call *call;
	int64_t result;
	bool returned;			/* it came as one record */
	struct sct_plan plan;
	struct sct_pieces copies[3];
};

enum answer { NO, YES, UNKNOWN };

/* NO: there is no such memory. */
static enum answer find(const struct look *l, unsigned int step, struct sct_piece *piece)
{
	enum answer answer = UNKNOWN;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		size_t at = 0;

		while (sct_piece_next(&l->copies[i], &at, piece)) {
			if (piece->step != step)
				continue;
			if (!(piece->flags & (SCTRACE_PIECE_FAULT | SCTRACE_PIECE_NULL)))
				return YES;
			/* The last one was read asleep. */
			if (i == 2 || piece->flags & SCTRACE_PIECE_NULL)
				answer = NO;
		}
	}
	return answer;
}

/* A path that the new image was made of, whose old memory is gone. */
static bool find_image(const struct look *l, struct sct_piece *piece)
{
	struct sct_pieces pieces = sct_kept_pieces(&l->call->image);
	size_t at = 0;

	while (sct_piece_next(&pieces, &at, piece)) {
		if (piece->step == SCTRACE_IMAGE_PATH)
			return true;
	}
	return false;
}

static bool has_early(const struct look *l, unsigned int step)
{
	struct sct_piece piece;
	size_t at = 0;

	while (!l->returned && sct_piece_next(&l->copies[0], &at, &piece)) {
		if (piece.step == step)
			return !(piece.flags & SCTRACE_PIECE_FAULT);
	}
	return false;
}

static bool is_argument(const struct sctrace_step *step)
{
	return step->base == SCTRACE_BASE_ARG;
}

/* Whether the words that say where it is cannot be read. */
static bool has_no_place(const struct look *l, const struct sctrace_step *step)
{
	struct sct_piece words;

	return step->base == SCTRACE_BASE_STEP && find(l, step->index, &words) == NO;
}

/* Of an FD. */
static enum answer find_fd(const struct look *l, unsigned int nr, struct sct_piece *piece)
{
	const struct sctrace_step *step = &l->plan.steps[nr];
	enum answer answer = find(l, nr, piece);

	if (answer != YES)
		return answer;
	if (piece->flags & SCTRACE_PIECE_CUT)
		return UNKNOWN;
	/* Behind the path there may be what it is. */
	piece->len = strnlen((const char *)piece->data, piece->len);
	/* What is not open any more may have been, unless the kernel has found nothing there either. */
	if (piece->flags & SCTRACE_PIECE_LATE && !piece->len && l->result != -EBADF &&
	    !(is_argument(step) && (int32_t)l->call->args[step->index] < 0))
		return UNKNOWN;
	return YES;
}

/* Whether the working directory may be another one than as the call began. */
static bool has_moved(const struct look *l)
{
	return !l->result && !strcmp(l->plan.row->name, "chdir");
}

static enum answer match(const struct look *l, const void *text, size_t len, bool cut)
{
	return len && sct_path_matches(l->filter, text, len, cut) ? YES : NO;
}

static enum answer fd_matches(const struct look *l, unsigned int nr)
{
	const struct sctrace_step *step = &l->plan.steps[nr];
	struct sct_piece piece;
	enum answer answer;

	if (is_argument(step) && (int32_t)l->call->args[step->index] == AT_FDCWD)
		return NO;
	if (has_no_place(l, step))
		return NO;
	answer = find_fd(l, nr, &piece);
	return answer == YES ? match(l, piece.data, piece.len, false) : answer;
}

static enum answer below_matches(const struct look *l, unsigned int nr, const struct sct_piece *string)
{
	const char *rest = (const char *)string->data, *end = rest + string->len;
	char whole[2 * PATH_MAX + 2];
	struct sct_piece directory;
	enum answer answer = find_fd(l, nr - 1, &directory);
	size_t n;

	if (answer != YES)
		return answer;
	if (directory.flags & SCTRACE_PIECE_LATE && has_moved(l))
		return UNKNOWN;
	n = directory.len < PATH_MAX ? directory.len : PATH_MAX;
	memcpy(whole, directory.data, n);
	while (end - rest >= 2 && rest[0] == '.' && rest[1] == '/') {
		rest += 2;
		while (rest < end && *rest == '/')
			rest++;
	}
	if (end - rest == 1 && *rest == '.')
		rest++;
	if (rest < end && n && whole[n - 1] != '/')
		whole[n++] = '/';
	if (end - rest > PATH_MAX)
		end = rest + PATH_MAX;
	memcpy(whole + n, rest, end - rest);
	return match(l, whole, n + (end - rest), string->flags & SCTRACE_PIECE_CUT);
}

static enum answer string_matches(const struct look *l, unsigned int nr)
{
	const struct sctrace_step *step = &l->plan.steps[nr];
	struct sct_piece piece;
	enum answer answer;

	if ((is_argument(step) && !l->call->args[step->index]) || has_no_place(l, step))
		return NO;
	if (!has_early(l, nr) && find_image(l, &piece)) {
		/* What execveat makes of a descriptor and a path. */
		if (piece.len >= 8 && !memcmp(piece.data, "/dev/fd/", 8))
			return UNKNOWN;
	} else {
		answer = find(l, nr, &piece);
		if (answer != YES)
			return answer;
		/* The record had no room for it. */
		if (piece.flags & SCTRACE_PIECE_CUT && piece.len < step->max)
			return UNKNOWN;
	}
	if (!piece.len)
		return NO;
	if (step->flags & SCTRACE_STEP_BELOW && *piece.data != '/')
		return below_matches(l, nr, &piece);
	return match(l, piece.data, piece.len, piece.flags & SCTRACE_PIECE_CUT);
}

/*
 * Whether a call that has returned is to be shown, of which the module could not tell. ret: its EXIT or CALL;
 * late: what came after that.
 */
bool sct_undecided_wanted(const struct sctrace_filter *filter, const struct sct_plan_set *set,
			  const struct sct_call *call, const struct sct_record *ret, struct sct_pieces late)
{
	struct look l = {
		.filter = filter,
		.call = call,
		.result = ret->result,
		.returned = ret->hdr->type == SCTRACE_REC_CALL,
		.copies = { sct_kept_pieces(&call->pieces), ret->pieces, late },
	};
	unsigned int i;

	sct_plan_find(&l.plan, set, call->abi, call->nr, call->args, call->nr_args);
	for (i = 0; i < l.plan.nr_steps; i++) {
		const struct sctrace_step *step = &l.plan.steps[i];

		if (!(step->flags & SCTRACE_STEP_PATH))
			continue;
		if ((step->op == SCTRACE_STEP_FD ? fd_matches(&l, i) : string_matches(&l, i)) != NO)
			return true;
	}
	return false;
}

/*
 * Whether the event is to be shown now. An entry that is not decided about waits for its return; that
 * is then the whole call.
 */
bool sct_undecided_take(const struct sctrace_filter *filter, const struct sct_plan_set *set, struct sct_event *event)
{
	const struct sctrace_hdr *hdr = event->rec->hdr;
	struct sct_task *task = event->task;

	switch (hdr->type) {
	case SCTRACE_REC_ENTER:
		task->undecided = hdr->flags & SCTRACE_HDR_UNDECIDED;
		return !task->undecided;
	case SCTRACE_REC_EXIT:
		if (!task->undecided)
			return true;
		task->undecided = false;
		event->whole = !event->orphan;
		break;
	case SCTRACE_REC_CALL:
		if (!(hdr->flags & SCTRACE_HDR_UNDECIDED))
			return true;
		break;
	default:
		return true;
	}
	return event->orphan || sct_undecided_wanted(filter, set, &task->call, event->rec, event->late);
}
