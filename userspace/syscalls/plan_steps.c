/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a row to the steps of its plan: what an argument is says what is copied of it, and when. What
 * it points to is followed by its members, as deep as the rows go.
 */
#include <errno.h>
#include <limits.h>

#include "calls.h"
#include "classes.h"
#include "layout.h"
#include "plan_steps.h"

/* With nothing abbreviated: the most that calls take, IOV_MAX. */
#define ALL_ELEMENTS 1024

/* Words beside those elements in a row of descriptors: headers of control messages. */
#define WORDS_BESIDE 16

/* Pages as calls count them. */
#define PAGE_SHIFT 12

/* The plan that is being made. */
struct builder {
	struct sct_plan_set *set;
	const struct sct_plan_options *options; /* of this call */
	const struct sct_row *row;
	const struct sct_inside *inside; /* where the row's arguments are; NULL: they are the call's */
	uint8_t words_step;		/* step that has copied them, if they are words in memory */
	uint8_t abi;			/* one bit of enum sct_abi */
	uint8_t root;			/* argument whose memory is followed */
	uint32_t first;			/* the plan's first step */
	bool at_exit;
	int err;
};

/* Where the address of what is to be copied is. */
struct from {
	uint8_t base;			/* enum sctrace_base */
	uint8_t index;			/* argument or step */
	uint16_t offset;		/* BASE_STEP */
	uint16_t stride;
	uint8_t word;
	const struct sct_struct *in;	/* the struct that it is a member of; NULL: an argument */
	uint32_t in_offset;		/* of that struct in the element */
};

static unsigned int element_limit(const struct sct_plan_options *options)
{
	if (options->verbose)
		return ALL_ELEMENTS;
	return options->string_limit ? options->string_limit : 1;
}

static unsigned int at_most(unsigned long n, unsigned long limit)
{
	return n < limit ? n : limit;
}

static struct sctrace_step *add_step(struct builder *b, const struct from *from, unsigned int op)
{
	struct sct_plan_set *set = b->set;
	struct sctrace_step *step;

	if (set->nr_steps - b->first == SCTRACE_MAX_PLAN_STEPS || set->nr_steps == set->max_steps) {
		b->err = -E2BIG;
		return NULL;
	}
	set->args[set->nr_steps] = b->root;
	step = &set->steps[set->nr_steps++];
	*step = (struct sctrace_step) {
		.op = op,
		.when = b->at_exit ? SCTRACE_STEP_EXIT : SCTRACE_STEP_ENTER,
		.base = from->base,
		.index = from->index,
		.max = PATH_MAX,
	};
	if (from->base == SCTRACE_BASE_STACK)
		step->offset = from->offset;
	if (op == SCTRACE_STEP_FD && from->base != SCTRACE_BASE_CWD && b->options->fd_details)
		step->flags = SCTRACE_STEP_DETAILS;
	if (from->base == SCTRACE_BASE_STEP) {
		step->offset = from->offset;
		step->stride = from->stride;
		step->word = from->word;
		step->max_count = from->stride ? at_most(65528 / from->stride, 8191) : 0;
	}
	return step;
}

static uint8_t number_of(const struct builder *b, const struct sctrace_step *step)
{
	return step - b->set->steps - b->first;
}

static bool has_words(const struct builder *b)
{
	return b->inside && b->inside->words;
}

/* Where argument i of the row is. */
static struct from from_arg(const struct builder *b, unsigned int i)
{
	unsigned int word = sct_word_bytes(b->abi);

	if (b->row->stack)
		return (struct from) { .base = SCTRACE_BASE_STACK, .offset = b->row->stack };
	if (has_words(b))
		return (struct from) { .base = SCTRACE_BASE_STEP, .index = b->words_step, .offset = i * word,
				       .word = word };
	return (struct from) { .base = SCTRACE_BASE_ARG, .index = b->inside ? b->inside->args[i] : i };
}

/* The exit step that has copied what argument arg points to; SCT_NO_STEP: none has. */
static unsigned int exit_step_of(const struct builder *b, unsigned int arg)
{
	struct from from = from_arg(b, arg);
	uint32_t i;

	for (i = b->first; i < b->set->nr_steps; i++) {
		const struct sctrace_step *step = &b->set->steps[i];

		if (step->when != SCTRACE_STEP_ENTER && step->op == SCTRACE_STEP_BYTES &&
		    step->base == from.base && step->index == from.index && step->offset == from.offset)
			return i - b->first;
	}
	return SCT_NO_STEP;
}

/* Bytes of an argument in a register that count. */
static uint8_t register_bytes(const struct builder *b, const struct sct_arg *arg)
{
	switch (arg->type) {
	case SCT_INT:
	case SCT_UINT:
		return 4;
	default:
		return b->abi & (SCT_I386 | SCT_ARM) ? 4 : 8;
	}
}

static void length_from_number(struct builder *b, struct sctrace_step *step, const struct sct_arg *arg,
			       const struct from *from)
{
	if (!from->in || arg->count == SCT_COUNT_CALL_ARG) {
		struct from number = from_arg(b, arg->len);

		step->len_from = has_words(b) ? SCTRACE_LEN_FIELD : SCTRACE_LEN_ARG;
		step->len_index = number.index;
		step->len_offset = number.offset;
		step->len_bytes = has_words(b) ? number.word : register_bytes(b, &b->row->args[arg->len]);
		return;
	}
	step->len_from = SCTRACE_LEN_FIELD;
	step->len_index = from->index;
	step->len_offset = from->in_offset + sct_member_offset(from->in, arg->len, b->abi);
	step->len_bytes = sct_kind_bytes(&from->in->members[arg->len], b->abi);
}

/* size: bytes of one element; 1 for BUF. */
static void set_length(struct builder *b, struct sctrace_step *step, const struct sct_arg *arg,
		       const struct from *from, uint32_t size)
{
	bool in_bytes = arg->count == SCT_COUNT_BYTES || arg->count == SCT_COUNT_RESULT_BYTES ||
			arg->count == SCT_COUNT_AT;

	step->unit = in_bytes ? 1 : size;
	step->add = arg->add;
	switch (arg->count) {
	case SCT_COUNT_ONE:
	case SCT_COUNT_FIXED:
		step->len_from = SCTRACE_LEN_MAX;
		step->max = at_most(size * (arg->count == SCT_COUNT_ONE ? 1 : arg->n), SCTRACE_STEP_MAX_BYTES);
		step->unit = 0;
		break;
	case SCT_COUNT_ARG:
	case SCT_COUNT_CALL_ARG:
	case SCT_COUNT_BYTES:
		length_from_number(b, step, arg, from);
		break;
	case SCT_COUNT_BITS:
		length_from_number(b, step, arg, from);
		step->unit = 0;
		step->word = sct_word_bytes(b->abi);
		break;
	case SCT_COUNT_PAGES:
		length_from_number(b, step, arg, from);
		step->shift = PAGE_SHIFT;
		break;
	case SCT_COUNT_TAIL:
	case SCT_COUNT_TAIL_RESULT:
		step->unit = 1;
		step->add = size;
		step->max = at_most(size + b->options->string_limit, SCTRACE_STEP_MAX_BYTES);
		if (arg->count == SCT_COUNT_TAIL)
			length_from_number(b, step, arg, from);
		else
			step->len_from = SCTRACE_LEN_RESULT;
		break;
	case SCT_COUNT_UP_TO_RESULT:
		length_from_number(b, step, arg, from);
		step->flags |= SCTRACE_STEP_UP_TO_RESULT;
		break;
	case SCT_COUNT_ARG_RESULT:
		if (!b->at_exit) {
			length_from_number(b, step, arg, from);
			break;
		}
		/* fallthrough */
	case SCT_COUNT_RESULT:
	case SCT_COUNT_RESULT_BYTES:
		step->len_from = SCTRACE_LEN_RESULT;
		break;
	case SCT_COUNT_AT:
		step->len_from = SCTRACE_LEN_FIELD;
		step->len_index = exit_step_of(b, arg->len);
		step->len_bytes = 4;
		if (step->len_index == SCT_NO_STEP)
			b->err = -EINVAL;
		break;
	}
}

static bool is_fd(const struct sct_arg *arg)
{
	return arg->type == SCT_FD || arg->type == SCT_DIRFD;
}

/* An argument that is a descriptor, what it refers to. */
static void add_fd(struct builder *b, const struct from *from)
{
	const struct sct_plan_options *options = b->options;
	struct sctrace_step *step = options->fd_paths || options->paths ? add_step(b, from, SCTRACE_STEP_FD) : NULL;

	if (step && options->paths)
		step->flags |= SCTRACE_STEP_PATH;
}

/* A file name. If it is relative, the directory counts that is the argument before it, or the working directory. */
static void add_path(struct builder *b, const struct from *from)
{
	bool compared = b->options->paths && !b->at_exit && !from->in;
	bool below = compared && from->base == SCTRACE_BASE_ARG;
	struct sctrace_step *step;

	if (below && (!b->root || b->row->args[b->root - 1].type != SCT_DIRFD)) {
		struct from cwd = { .base = SCTRACE_BASE_CWD };
		uint8_t root = b->root;

		/* It is no argument's. */
		b->root = SCT_MAX_ARGS;
		add_step(b, &cwd, SCTRACE_STEP_FD);
		b->root = root;
	}
	step = add_step(b, from, SCTRACE_STEP_STRING);
	if (step && compared)
		step->flags = SCTRACE_STEP_PATH | (below ? SCTRACE_STEP_BELOW : 0);
}

static void follow(struct builder *b, const struct sct_arg *arg, const struct from *from);

/* A member that is a descriptor, or a row of such with which the only struct of its piece begins. */
static void follow_fd(struct builder *b, const struct sct_member *m, const struct from *from)
{
	struct from each = *from;
	struct sctrace_step *step;

	if (m->n && (from->stride || from->offset))
		return;
	if (m->n)
		each.stride = each.word;
	step = add_step(b, &each, SCTRACE_STEP_FD);
	if (step && m->n)
		step->max_count = at_most(element_limit(b->options) + WORDS_BESIDE, m->n);
}

/* What the members of a struct that step has copied point to. stride: of the elements; 0: there is one. */
static void follow_members(struct builder *b, const struct sct_struct *s, uint8_t step, uint16_t stride,
			   uint32_t at)
{
	struct sct_layout layout;
	unsigned int i;

	s = sct_struct_in(s, b->abi);
	sct_layout_begin(&layout, s, b->abi);
	for (i = 0; i < s->nr_members && !b->err; i++) {
		const struct sct_member *m = &s->members[i];
		uint32_t offset = at + sct_layout_next(&layout, m);
		struct from from = {
			.base = SCTRACE_BASE_STEP,
			.index = step,
			.offset = offset,
			.stride = stride,
			.word = sct_kind_bytes(m, b->abi),
			.in = s,
			.in_offset = at,
		};

		if (m->kind == K_STRUCT && !m->n)
			follow_members(b, m->arg.of, step, stride, offset);
		else if ((m->kind == K_PTR || m->kind == K_U64) && sct_is_pointer(&m->arg) &&
			 (m->arg.dir == SCT_IN || b->at_exit) && (!m->arg.verbose || b->options->verbose))
			follow(b, &m->arg, &from);
		else if (b->options->fd_paths && is_fd(&m->arg) && from.word >= 4)
			follow_fd(b, m, &from);
	}
}

static void follow_strings(struct builder *b, const struct sct_arg *arg, const struct from *from)
{
	struct sctrace_step *step = add_step(b, from, SCTRACE_STEP_VECTOR);
	struct from strings = { .base = SCTRACE_BASE_STEP };

	if (!step)
		return;
	step->word = sct_word_bytes(b->abi);
	step->max = SCTRACE_STEP_MAX_BYTES;
	if (arg->type == SCT_STRINGS_COUNT && !b->options->verbose)
		return;
	strings.index = number_of(b, step);
	strings.stride = step->word;
	strings.word = step->word;
	add_step(b, &strings, SCTRACE_STEP_STRING);
}

/* What is followed are the data of the call, and all of them are wanted. */
static bool is_all_data(const struct builder *b)
{
	return b->options->data && b->root == 1 && b->at_exit == (b->row->args[1].dir != SCT_IN) &&
	       sct_row_data(b->row) != SCT_DATA_NONE;
}

/* A remark picks what it shows from all of them. */
static unsigned int elements_of(const struct builder *b, const struct sct_arg *arg)
{
	if (is_all_data(b))
		return ALL_ELEMENTS;
	return arg->dir == SCT_IN_BACK && b->at_exit ? ALL_ELEMENTS : element_limit(b->options);
}

static void follow(struct builder *b, const struct sct_arg *arg, const struct from *from)
{
	unsigned int limit = b->options->string_limit;
	struct sctrace_step *step;
	uint32_t size;

	switch (arg->type) {
	case SCT_PATH:
		add_path(b, from);
		return;
	case SCT_STR:
		step = add_step(b, from, SCTRACE_STEP_STRING);
		if (step)
			step->max = arg->n ? at_most(arg->n, limit + 1) : limit + 1;
		return;
	case SCT_STRINGS:
	case SCT_STRINGS_COUNT:
		follow_strings(b, arg, from);
		return;
	}
	step = add_step(b, from, SCTRACE_STEP_BYTES);
	if (!step)
		return;
	if ((arg->dir == SCT_OUT_ALWAYS || arg->dir == SCT_INOUT_ALWAYS) && b->at_exit)
		step->when = SCTRACE_STEP_EXIT_ALWAYS;
	if (arg->type == SCT_BUF || arg->type == SCT_BUF_HEX || arg->type == SCT_TEXT) {
		step->max = limit ? limit : 1;
		if (is_all_data(b))
			step->max = SCTRACE_STEP_MAX_BYTES;
		set_length(b, step, arg, from, 1);
		return;
	}
	size = sct_struct_size(arg->of, b->abi);
	step->max = at_most(arg->type == SCT_STRUCT ? size : (unsigned long)size * elements_of(b, arg),
			    SCTRACE_STEP_MAX_BYTES);
	set_length(b, step, arg, from, size);
	follow_members(b, arg->of, number_of(b, step), arg->type == SCT_ARRAY ? size : 0, 0);
}

static bool is_of_phase(const struct builder *b, const struct sct_arg *arg)
{
	switch (arg->dir) {
	case SCT_IN:
		return !b->at_exit;
	case SCT_INOUT:
	case SCT_INOUT_ALWAYS:
	case SCT_IN_BACK:
		return true;
	default:
		return b->at_exit;
	}
}

/* What a descriptor refers to that the call returns. */
static void add_result_step(struct builder *b)
{
	struct from from = { .base = SCTRACE_BASE_RESULT };

	b->root = SCT_MAX_ARGS;
	if (b->options->fd_paths && b->row->ret == SCT_RET_FD)
		add_step(b, &from, SCTRACE_STEP_FD);
}

/* Bytes of the task, as it makes the call, of which there is no address. */
static void add_of_task(struct builder *b, unsigned int base, size_t max)
{
	struct from from = { .base = base };
	struct sctrace_step *step;

	b->root = SCT_OF_TASK;
	step = add_step(b, &from, SCTRACE_STEP_BYTES);
	if (!step)
		return;
	step->len_from = SCTRACE_LEN_MAX;
	step->max = max;
	if (base == SCTRACE_BASE_STACK)
		step->flags = SCTRACE_STEP_SHORT;
}

/* Where in its program the task is. */
static void add_registers(struct builder *b)
{
	if (b->options->stack_bytes)
		add_of_task(b, SCTRACE_BASE_REGS, sizeof(struct sctrace_regs));
	else if (b->options->ips)
		add_of_task(b, SCTRACE_BASE_REGS, sizeof(((struct sctrace_regs *)0)->ip));
}

/* How it has come there. */
static void add_stack(struct builder *b)
{
	if (!b->options->stack_bytes)
		return;
	add_of_task(b, SCTRACE_BASE_MAPS, SCTRACE_STEP_MAX_BYTES);
	add_of_task(b, SCTRACE_BASE_STACK, b->options->stack_bytes);
}

/* counted_at: those whose length is what another argument points to, or the others. */
static void add_steps(struct builder *b, bool counted_at)
{
	unsigned int n = sct_row_nr_args(b->row);

	for (b->root = 0; b->root < n && !b->err; b->root++) {
		const struct sct_arg *arg = &b->row->args[b->root];
		struct from from = from_arg(b, b->root);

		if (is_fd(arg) && !b->at_exit && !counted_at)
			add_fd(b, &from);
		else if (sct_is_pointer(arg) && is_of_phase(b, arg) &&
		    (arg->count == SCT_COUNT_AT) == counted_at)
			follow(b, arg, &from);
	}
}

/* The arguments, where they are words in memory: the first step of each phase. */
static void add_words(struct builder *b)
{
	struct from from = { .base = SCTRACE_BASE_ARG };
	struct sctrace_step *step;

	if (!has_words(b))
		return;
	b->root = SCT_MAX_ARGS;
	from.index = b->inside->words - 1;
	step = add_step(b, &from, SCTRACE_STEP_BYTES);
	if (!step)
		return;
	if (b->at_exit)
		step->when = SCTRACE_STEP_EXIT_ALWAYS;
	step->len_from = SCTRACE_LEN_MAX;
	step->max = sct_row_nr_args(b->row) * sct_word_bytes(b->abi);
	b->words_step = number_of(b, step);
}

/* Puts the steps of a plan by this row behind those of the set. 0; -E2BIG, -EINVAL: as sct_plan_set_build(). */
int sct_plan_add_steps(struct sct_plan_set *set, unsigned int abi, unsigned int nr, const struct sct_row *row)
{
	struct builder b = {
		.set = set,
		.options = sct_plan_options_of(set, abi, nr),
		.row = row,
		.abi = sct_calls_abi(abi),
		.first = set->nr_steps,
	};
	const struct sct_row *inner = sct_calls_inside(row, b.abi);

	if (inner) {
		b.row = inner;
		b.inside = &row->inside;
	}
	for (b.at_exit = false;; b.at_exit = true) {
		add_words(&b);
		/* First of the others: it has room in any record. */
		if (!b.at_exit)
			add_registers(&b);
		add_steps(&b, false);
		add_steps(&b, true);
		if (b.at_exit)
			break;
		add_stack(&b);
	}
	add_result_step(&b);
	return b.err;
}
