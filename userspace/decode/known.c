/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known of a call. Memory that could not be read when it should have been was tried again
 * later, so there may be several copies of it. Of an argument and all that it leads to, one copy
 * is taken: the earliest that is whole; else the one with most in it.
 */
#include <string.h>

#include "calls.h"
#include "known.h"
#include "layout.h"
#include "print.h"

/* How much of an argument's memory a record holds. */
struct copy {
	size_t bytes;
	bool any;
	bool whole;
};

static bool is_exit_step(const struct sctrace_step *step)
{
	return step->when != SCTRACE_STEP_ENTER;
}

static struct copy measure(const struct sct_known *known, const struct sct_pieces *pieces, unsigned int root,
			   bool at_exit)
{
	struct copy copy = { .whole = true };
	struct sct_piece piece;
	size_t at = 0;

	while (sct_piece_next(pieces, &at, &piece)) {
		if (piece.step >= known->plan.nr_steps || known->plan.args[piece.step] != root ||
		    is_exit_step(&known->plan.steps[piece.step]) != at_exit)
			continue;
		copy.any = true;
		copy.bytes += piece.len;
		if (piece.flags & SCTRACE_PIECE_FAULT)
			copy.whole = false;
	}
	return copy;
}

static void choose(struct sct_known *known, unsigned int root, bool at_exit,
		   const struct sct_pieces *const *candidates, size_t n)
{
	struct copy best = { .whole = true };
	size_t i;

	for (i = 0; i < n; i++) {
		struct copy copy;

		if (!candidates[i]->len)
			continue;
		copy = measure(known, candidates[i], root, at_exit);
		if (!copy.any)
			continue;
		if (!best.any || (!best.whole && (copy.whole || copy.bytes > best.bytes))) {
			best = copy;
			known->pieces[at_exit][root] = *candidates[i];
		}
	}
	known->whole[at_exit][root] = best.whole;
}

/*
 * The arguments of a call that was made through another one. The words in memory are those that were there at
 * the entry, or else the other call is shown: so both halves of a line are of the same call.
 */
static void find_args(struct sct_known *known, const struct sct_pieces *early)
{
	const struct sct_inside *inside = &known->plan.outer->inside;
	unsigned int n = sct_row_nr_args(known->plan.row), word = sct_word_bytes(known->plan.abi), i;
	struct sct_piece piece = { 0 };
	size_t at = 0;

	while (inside->words && sct_piece_next(early, &at, &piece) && piece.step != 0)
		;
	if (inside->words && (piece.step != 0 || piece.len != n * word)) {
		known->plan.row = known->plan.outer;
		known->plan.outer = NULL;
		known->plan.nr_steps = 0;
		return;
	}
	known->nr_args = n;
	for (i = 0; i < n; i++) {
		if (inside->words)
			known->args[i] = sct_number_at(piece.data + i * word, word);
		else
			known->args[i] = inside->args[i] < known->call->nr_args ?
					 known->call->args[inside->args[i]] : 0;
	}
}

/* Of every argument that the plan has steps for: mostly few, and no others have pieces. */
static void choose_all(struct sct_known *known, const struct sct_pieces *early, const struct sct_pieces *at_exit,
		       const struct sct_pieces *late)
{
	const struct sct_pieces *of_entry[] = { early, at_exit, late };
	const struct sct_pieces *of_exit[] = { at_exit, late };
	uint8_t chosen[2] = { 0 };	/* bits of arguments */
	unsigned int i;

	if (!early->len && !at_exit->len && !late->len)
		return;
	for (i = 0; i < known->plan.nr_steps; i++) {
		bool after = is_exit_step(&known->plan.steps[i]);
		unsigned int root = known->plan.args[i];

		if (root == SCT_OF_TASK)
			continue;
		if (chosen[after] & 1u << root)
			continue;
		chosen[after] |= 1u << root;
		if (after)
			choose(known, root, true, of_exit, 2);
		else
			choose(known, root, false, of_entry, 3);
	}
}

/* How this call is shown, where that is not the same for all. */
static void take_sets(struct sct_known *known, const struct sct_plan_set *set)
{
	const struct sct_plan_options *options = &set->options;
	const struct sct_call *call = known->call;

	known->raw = options->raw && sct_plan_has(options->raw, call->abi, call->nr);
	known->flat = options->followed && !sct_plan_has(options->followed, call->abi, call->nr);
	known->options = sct_plan_options_of(set, call->abi, call->nr);
}

/* What a call without arguments is told by, if it could be read. Its address is not known: here it is any. */
static void find_on_stack(struct sct_known *known)
{
	unsigned int step = sct_known_step(known, 0, false, NULL, 0);
	struct sct_piece piece;

	known->nr_args = step != SCT_NO_STEP && sct_known_piece(known, 0, false, step, 0, &piece) &&
			 !(piece.flags & SCTRACE_PIECE_FAULT);
	known->args[0] = 1;
}

/* exit: NULL if the call has not returned; late: what came after it, zeroed: nothing. All outlive *known. */
void sct_known_init(struct sct_known *known, const struct sct_plan_set *set, const struct sct_call *call,
		    const struct sct_record *exit, struct sct_pieces late)
{
	struct sct_pieces early = sct_kept_pieces(&call->pieces);
	struct sct_pieces at_exit = exit ? exit->pieces : (struct sct_pieces) { 0 };

	*known = (struct sct_known) { .options = &set->options, .call = call, .exit = exit, .late = late };
	sct_plan_find(&known->plan, set, call->abi, call->nr, call->args, call->nr_args);
	known->nr_args = call->nr_args;
	memcpy(known->args, call->args, sizeof(known->args));
	memset(known->whole, true, sizeof(known->whole));
	if (set->options.by_set)
		take_sets(known, set);
	/* Of a raw one, the arguments are the call's own; the bytes that are dumped below it are wanted all the same. */
	if (known->raw && known->plan.outer)
		return;
	if (known->plan.outer)
		find_args(known, &early);
	choose_all(known, &early, &at_exit, &late);
	if (known->plan.row && known->plan.row->stack && !known->raw)
		find_on_stack(known);
}

/* Whether the call has returned, with an error. */
bool sct_known_failed(const struct sct_known *known)
{
	return known->exit && sct_is_error(known->exit->result);
}

static bool has_base(const struct sct_known *known, const struct sctrace_step *step, unsigned int root,
		     const struct sct_place *parent, uint32_t offset)
{
	const struct sct_inside *inside = known->plan.outer ? &known->plan.outer->inside : NULL;

	if (step->op == SCTRACE_STEP_FD)
		return false;
	if (!parent && known->plan.row->stack)
		return step->base == SCTRACE_BASE_STACK;
	if (!parent && inside && inside->words)
		return step->base == SCTRACE_BASE_STEP && known->plan.args[step->index] == SCT_MAX_ARGS &&
		       step->offset == root * sct_word_bytes(known->plan.abi);
	if (!parent)
		return step->base == SCTRACE_BASE_ARG && step->index == (inside ? inside->args[root] : root);
	return step->base == SCTRACE_BASE_STEP && step->index == parent->step && step->offset == offset;
}

/*
 * The step that copies what an argument points to, or what the word at offset of the parent's element
 * points to. SCT_NO_STEP: none does.
 */
unsigned int sct_known_step(const struct sct_known *known, unsigned int root, bool at_exit,
			    const struct sct_place *parent, uint32_t offset)
{
	unsigned int i;

	for (i = 0; i < known->plan.nr_steps; i++) {
		const struct sctrace_step *step = &known->plan.steps[i];

		if (known->plan.args[i] == root && is_exit_step(step) == at_exit &&
		    has_base(known, step, root, parent, offset))
			return i;
	}
	return SCT_NO_STEP;
}

/* The step that says what a descriptor refers to. root: argument, or SCT_MAX_ARGS for the result. */
unsigned int sct_known_fd_step(const struct sct_known *known, unsigned int root)
{
	unsigned int i;

	/* Without that they are there for the filter only. */
	for (i = 0; known->options->fd_paths && i < known->plan.nr_steps; i++) {
		const struct sctrace_step *step = &known->plan.steps[i];

		if (step->op == SCTRACE_STEP_FD && known->plan.args[i] == root &&
		    step->base != SCTRACE_BASE_STEP && step->base != SCTRACE_BASE_CWD)
			return i;
	}
	return SCT_NO_STEP;
}

/* The same of a descriptor that is the member at offset of the struct at the place. */
unsigned int sct_known_member_fd_step(const struct sct_place *place, uint32_t offset)
{
	const struct sct_plan *plan = &place->known->plan;
	unsigned int i;

	for (i = 0; place->step != SCT_NO_STEP && i < plan->nr_steps; i++) {
		const struct sctrace_step *step = &plan->steps[i];

		if (step->op == SCTRACE_STEP_FD && step->base == SCTRACE_BASE_STEP &&
		    is_exit_step(step) == place->at_exit && step->index == place->step &&
		    step->offset == place->offset + offset)
			return i;
	}
	return SCT_NO_STEP;
}

/* What a step has copied, the ordinal-th time. false: nothing. */
bool sct_known_piece(const struct sct_known *known, unsigned int root, bool at_exit, unsigned int step,
		     uint32_t ordinal, struct sct_piece *piece)
{
	size_t at = 0;

	while (sct_piece_next(&known->pieces[at_exit][root], &at, piece)) {
		if (piece->step == step && !ordinal--)
			return true;
	}
	return false;
}

/* Whether a call goes on elsewhere than where it was made. */
static bool jumps(const struct sct_row *row)
{
	return row->stack || sct_row_executes(row);
}

static bool find_piece(const struct sct_pieces *pieces, unsigned int step, struct sct_piece *piece)
{
	size_t at = 0;

	while (sct_piece_next(pieces, &at, piece)) {
		if (piece->step == step)
			return true;
	}
	return false;
}

/*
 * What was copied of the task that makes the call, by the step of this base: as it made it, if that could be read
 * then. false: nothing, or what is of where the task goes on, if that is elsewhere.
 */
bool sct_known_of_task(const struct sct_known *known, enum sctrace_base base, struct sct_piece *piece)
{
	struct sct_pieces early = sct_kept_pieces(&known->call->pieces);
	unsigned int i;

	for (i = 0; i < known->plan.nr_steps; i++) {
		if (known->plan.args[i] == SCT_OF_TASK && known->plan.steps[i].base == base)
			break;
	}
	if (i == known->plan.nr_steps)
		return false;
	if (find_piece(&early, i, piece) && !(piece->flags & SCTRACE_PIECE_FAULT && !piece->len))
		return !(piece->flags & SCTRACE_PIECE_LATE && jumps(known->plan.row) && !sct_known_failed(known));
	if (jumps(known->plan.row) && !sct_known_failed(known))
		return false;
	return (known->exit && find_piece(&known->exit->pieces, i, piece)) || find_piece(&known->late, i, piece);
}

/* Where in the program the call was made: behind its instruction. 0: that was not recorded. */
uint64_t sct_known_ip(const struct sct_known *known)
{
	struct sct_piece piece;

	if (!sct_known_of_task(known, SCTRACE_BASE_REGS, &piece) || piece.len < sizeof(uint64_t))
		return 0;
	return sct_number_at(piece.data, sizeof(uint64_t));
}

/* How many pieces a step makes of one piece of the step that it follows. */
static uint32_t elements(const struct sctrace_step *step, const struct sct_piece *piece)
{
	uint32_t n;

	if (!step->stride)
		return step->offset + step->word <= piece->len ? 1 : 0;
	n = piece->len / step->stride;
	return n < step->max_count ? n : step->max_count;
}

/*
 * Which of a step's pieces is that of the parent's element. Pieces come in the order of the
 * elements that they are of.
 */
uint32_t sct_known_ordinal(const struct sct_place *parent, unsigned int step)
{
	const struct sct_known *known = parent->known;
	uint32_t ordinal = 0, n = 0;
	struct sct_piece piece;
	size_t at = 0;

	while (n < parent->ordinal &&
	       sct_piece_next(&known->pieces[parent->at_exit][parent->root], &at, &piece)) {
		if (piece.step != parent->step)
			continue;
		ordinal += elements(&known->plan.steps[step], &piece);
		n++;
	}
	return ordinal + parent->element;
}
