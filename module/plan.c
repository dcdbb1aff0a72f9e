// SPDX-License-Identifier: GPL-2.0-only
/*
 * Capture plans: checked once, here, so that the probes need not look again.
 *
 * This file is also compiled in user space (tests/unit/): what it includes is in tests/ring/shim/.
 */
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/sort.h>

#include "plan.h"

/* ---- steps ------------------------------------------------------------------------------- */

static bool is_word(u32 bytes)
{
	return bytes == 4 || bytes == 8;
}

static bool is_enter(const struct sctrace_step *step)
{
	return step->when == SCTRACE_STEP_ENTER;
}

/* Whether it is the length in bits, and in whole words of memory. */
static bool counts_bits(const struct sctrace_step *step)
{
	return step->op == SCTRACE_STEP_BYTES && step->len_from != SCTRACE_LEN_MAX && !step->unit;
}

static bool base_ok(const struct sctrace_step *step)
{
	switch (step->base) {
	case SCTRACE_BASE_ARG:
		return step->index < 6 && !step->offset && !step->stride && !step->max_count;
	case SCTRACE_BASE_RESULT:
		return !is_enter(step) && !step->index && !step->offset && !step->stride &&
		       !step->max_count;
	case SCTRACE_BASE_CWD:
		return step->op == SCTRACE_STEP_FD && !step->index && !step->offset &&
		       !step->stride && !step->max_count;
	case SCTRACE_BASE_STACK:
	case SCTRACE_BASE_REGS:
	case SCTRACE_BASE_MAPS:
		return step->op == SCTRACE_STEP_BYTES && step->len_from == SCTRACE_LEN_MAX &&
		       is_enter(step) && !step->index && !step->stride && !step->max_count &&
		       (step->base == SCTRACE_BASE_STACK || !step->offset);
	case SCTRACE_BASE_STEP:
		if (!step->stride)
			return !step->max_count;
		return step->max_count && step->offset + step->word <= step->stride;
	default:
		return false;
	}
}

static bool word_ok(const struct sctrace_step *step)
{
	if (step->base == SCTRACE_BASE_STEP || step->op == SCTRACE_STEP_VECTOR || counts_bits(step))
		return is_word(step->word);
	return !step->word;
}

static bool length_ok(const struct sctrace_step *step)
{
	if (step->op != SCTRACE_STEP_BYTES)
		return !step->len_from && !step->len_index && !step->len_offset &&
		       !step->len_bytes && !step->unit && !step->add && !step->shift;
	if (step->shift > 31)
		return false;
	switch (step->len_from) {
	case SCTRACE_LEN_MAX:
		return !step->len_index && !step->len_offset && !step->len_bytes && !step->add &&
		       !step->shift;
	case SCTRACE_LEN_ARG:
		return step->len_index < 6 && !step->len_offset && is_word(step->len_bytes);
	case SCTRACE_LEN_RESULT:
		return !is_enter(step) && !step->len_index && !step->len_offset &&
		       !step->len_bytes;
	case SCTRACE_LEN_FIELD:
		return step->len_bytes == 1 || step->len_bytes == 2 || is_word(step->len_bytes);
	default:
		return false;
	}
}

static bool flags_ok(const struct sctrace_step *step)
{
	switch (step->flags & (step->op == SCTRACE_STEP_FD ? ~SCTRACE_STEP_DETAILS : ~0)) {
	case 0:
		return true;
	case SCTRACE_STEP_UP_TO_RESULT:
		return step->base == SCTRACE_BASE_STEP && step->len_from == SCTRACE_LEN_FIELD &&
		       !is_enter(step);
	case SCTRACE_STEP_PATH:
		return (step->op == SCTRACE_STEP_STRING || step->op == SCTRACE_STEP_FD) &&
		       is_enter(step) && !step->stride &&
		       (step->base == SCTRACE_BASE_ARG || step->base == SCTRACE_BASE_STEP);
	case SCTRACE_STEP_SHORT:
		return step->base == SCTRACE_BASE_STACK;
	case SCTRACE_STEP_PATH | SCTRACE_STEP_BELOW:
		return step->op == SCTRACE_STEP_STRING && is_enter(step) &&
		       step->base == SCTRACE_BASE_ARG;
	default:
		return false;
	}
}

/* What can be said of a step without its plan. */
static bool step_ok(const struct sctrace_step *step)
{
	if (step->op < SCTRACE_STEP_STRING || step->op > SCTRACE_STEP_FD)
		return false;
	if (step->when < SCTRACE_STEP_ENTER || step->when > SCTRACE_STEP_EXIT_ALWAYS)
		return false;
	if (step->op != SCTRACE_STEP_FD && (!step->max || step->max > SCTRACE_STEP_MAX_BYTES))
		return false;
	return base_ok(step) && word_ok(step) && length_ok(step) && flags_ok(step);
}

/* Whether a plan records the arguments that one of its steps needs. */
static bool args_ok(const struct sctrace_plan *plan, const struct sctrace_step *step)
{
	if (step->base == SCTRACE_BASE_ARG && step->index >= plan->nr_args)
		return false;
	return step->len_from != SCTRACE_LEN_ARG || step->len_index < plan->nr_args;
}

/* Whether step @i of a plan may take addresses or lengths from what step @from has copied. */
static bool refers_ok(const struct sctrace_step *steps, u32 i, u32 from)
{
	return from < i && is_enter(&steps[from]) == is_enter(&steps[i]) &&
	       (steps[from].op == SCTRACE_STEP_BYTES || steps[from].op == SCTRACE_STEP_VECTOR);
}

/* What a step's place in its plan decides. */
static bool place_ok(const struct sctrace_step *steps, u32 i)
{
	const struct sctrace_step *step = &steps[i];

	if (i && is_enter(step) && !is_enter(step - 1))
		return false;
	if (step->base == SCTRACE_BASE_STEP && !refers_ok(steps, i, step->index))
		return false;
	if (step->flags & SCTRACE_STEP_BELOW && (!i || step[-1].op != SCTRACE_STEP_FD))
		return false;
	return step->len_from != SCTRACE_LEN_FIELD || refers_ok(steps, i, step->len_index);
}

/* ---- plans ------------------------------------------------------------------------------- */

static bool plan_ok(const struct sctrace_plan *plan, u32 nr_steps)
{
	if (plan->nr >= SCTRACE_MAX_NR || plan->abi >= SCTRACE_ABI_COUNT || plan->nr_args > 6)
		return false;
	if (plan->nr_steps > SCTRACE_MAX_PLAN_STEPS ||
	    (u32)plan->first_step + plan->nr_steps > nr_steps)
		return false;
	if (plan->reserved[0] || plan->reserved[1] || plan->reserved[2])
		return false;
	if (!plan->select_mask)
		return !plan->select_arg && !plan->select_value;
	return plan->select_arg < 6 && !(plan->select_value & ~plan->select_mask);
}

/* Pieces that a step can make of each one of the step that it takes addresses from. */
static u32 elements_max(const struct sctrace_step *step, const struct sctrace_step *from)
{
	return step->stride ? min_t(u32, step->max_count, from->max / step->stride) : 1;
}

/* Bytes of the longest piece of a step. */
static u32 piece_max(const struct sctrace_step *step)
{
	u32 bytes = step->op == SCTRACE_STEP_FD ? PATH_MAX : step->max;

	if (step->flags & SCTRACE_STEP_DETAILS)
		bytes += SCTRACE_FD_MAX_BYTES;
	return sizeof(struct sctrace_piece) + ALIGN(bytes, 8);
}

/* Of a step of the entry: which steps have to be run if its piece is to be compared with paths. */
static u32 path_steps(const struct sctrace_step *step, u32 i)
{
	u32 steps = 0;

	if (!(step->flags & SCTRACE_STEP_PATH))
		return 0;
	steps |= 1U << i;
	if (step->flags & SCTRACE_STEP_BELOW)
		steps |= 1U << (i - 1);
	if (step->base == SCTRACE_BASE_STEP)
		steps |= 1U << step->index;
	return steps;
}

/* Whether capture_lean.h runs it. */
static bool is_lean(const struct sctrace_step *step)
{
	if (step->base != SCTRACE_BASE_ARG || step->flags & SCTRACE_STEP_UP_TO_RESULT)
		return false;
	if (step->op == SCTRACE_STEP_STRING)
		return true;
	if (step->op != SCTRACE_STEP_BYTES || step->len_from == SCTRACE_LEN_FIELD)
		return false;
	return step->len_from == SCTRACE_LEN_MAX ||
	       (step->unit == 1 && !step->add && !step->shift);
}

/* What a record of @bytes begins with. */
static u64 first_word(u8 type, const struct sctrace_plan *plan, u32 bytes)
{
	struct sctrace_hdr hdr = {
		.words = bytes / 8,
		.type = type,
		.abi = plan->abi,
		.nr = plan->nr,
		.nr_args = type == SCTRACE_REC_EXIT ? 0 : plan->nr_args,
	};
	u64 word;

	memcpy(&word, &hdr, sizeof(word));
	return word;
}

/* Fills in one call by a plan and its steps, all of which are right. */
static void compile(struct sctrace_call *call, const struct sctrace_plan *plan,
		    const struct sctrace_step *steps, u32 record_max)
{
	u64 enter = sizeof(struct sctrace_hdr) + plan->nr_args * sizeof(u64);
	u64 exit = sizeof(struct sctrace_hdr) + sizeof(u64);
	u32 pieces[SCTRACE_MAX_PLAN_STEPS];
	u32 i;

	call->enter = first_word(SCTRACE_REC_ENTER, plan, enter);
	call->exit = first_word(SCTRACE_REC_EXIT, plan, exit);
	call->whole = first_word(SCTRACE_REC_CALL, plan,
				 sizeof(struct sctrace_rec_call) + plan->nr_args * sizeof(u64));
	call->nr_args = plan->nr_args;
	call->nr_enter = 0;
	call->nr_steps = plan->nr_steps;
	call->first = plan->first_step;
	call->path_steps = 0;
	call->lean_enter = true;
	call->lean_exit = true;
	for (i = 0; i < plan->nr_steps; i++) {
		const struct sctrace_step *step = &steps[plan->first_step + i];
		u64 bytes;

		pieces[i] = 1;
		if (step->base == SCTRACE_BASE_STEP) {
			const struct sctrace_step *from = &steps[plan->first_step + step->index];

			/* More do not fit into a record; and so the products stay in 64 bits. */
			pieces[i] = min_t(u64, record_max, (u64)pieces[step->index] *
							   elements_max(step, from));
		}
		bytes = (u64)pieces[i] * piece_max(step);
		exit += bytes;
		if (!is_lean(step)) {
			call->lean_enter &= !is_enter(step);
			call->lean_exit &= is_enter(step);
		}
		if (is_enter(step)) {
			call->nr_enter++;
			enter += bytes;
			call->path_steps |= path_steps(step, i);
		}
	}
	call->enter_max = min_t(u64, enter, record_max);
	call->exit_max = min_t(u64, exit, record_max);
	call->enter_sure = max_t(u32, SCTRACE_ENTER_LEAST_BYTES,
				 min_t(u32, call->enter_max, SCTRACE_RECORD_SURE_BYTES));
	call->exit_sure = min_t(u32, call->exit_max, SCTRACE_RECORD_SURE_BYTES);
	call->whole_sure = min_t(u32, sctrace_plan_whole_max(record_max, call->exit_max),
				 SCTRACE_RECORD_SURE_BYTES);
}

/* ---- variants ---------------------------------------------------------------------------- */

static int compare_variants(const void *a, const void *b)
{
	const struct sctrace_variant *one = a, *other = b;

	if (one->call.select != other->call.select)
		return one->call.select < other->call.select ? -1 : 1;
	if (one->value != other->value)
		return one->value < other->value ? -1 : 1;
	return one->plan < other->plan ? -1 : 1;
}

/* The select of a plan's call, made by its first plan. Return: false if this one has another. */
static bool join_select(struct sctrace_plans *plans, const struct sctrace_plan *plan,
			u32 *nr_selects)
{
	struct sctrace_call *call = &plans->calls[plan->abi][plan->nr];
	struct sctrace_select *select;

	if (!call->select) {
		call->select = ++*nr_selects;
		select = &plans->selects[call->select - 1];
		select->mask = plan->select_mask;
		select->arg = plan->select_arg;
	}
	select = &plans->selects[call->select - 1];
	select->nr++;
	return select->mask == plan->select_mask && select->arg == plan->select_arg;
}

/* Sorts the variants and tells each select where its own are. Return: false if two are the same. */
static bool order_variants(struct sctrace_plans *plans, u32 nr_variants, u32 *bad)
{
	struct sctrace_variant *variants = plans->variants;
	u32 i;

	sort(variants, nr_variants, sizeof(*variants), compare_variants, NULL);
	for (i = 0; i < nr_variants; i++) {
		if (!i || variants[i].call.select != variants[i - 1].call.select) {
			plans->selects[variants[i].call.select - 1].first = i;
		} else if (variants[i].value == variants[i - 1].value) {
			*bad = variants[i].plan;
			return false;
		}
	}
	return true;
}

/**
 * sctrace_plan_variant() - what to record of a call that its arguments decide about
 * @plans: the session's
 * @call: the general plan; its select is not 0
 * @args: the call's six arguments
 *
 * Context: any.
 * Return: the variant for these arguments, or @call itself.
 */
const struct sctrace_call *sctrace_plan_variant(const struct sctrace_plans *plans,
						const struct sctrace_call *call,
						const unsigned long *args)
{
	const struct sctrace_select *select = &plans->selects[call->select - 1];
	const struct sctrace_variant *variants = &plans->variants[select->first];
	u32 value = (u32)args[select->arg] & select->mask;
	u32 low = 0, high = select->nr;

	while (low < high) {
		u32 middle = (low + high) / 2;

		if (variants[middle].value == value)
			return &variants[middle].call;
		if (variants[middle].value < value)
			low = middle + 1;
		else
			high = middle;
	}
	return call;
}

/* ---- all of them ------------------------------------------------------------------------- */

struct bad {
	u32 array;
	u32 index;
};

static int complain(struct bad *bad, enum sctrace_bad_array array, u32 index)
{
	bad->array = array;
	bad->index = index;
	return -EINVAL;
}

static int check(const struct sctrace_plan *list, u32 nr_plans, const struct sctrace_step *steps,
		 u32 nr_steps, struct bad *bad)
{
	u32 i, j;

	for (i = 0; i < nr_steps; i++) {
		if (!step_ok(&steps[i]))
			return complain(bad, SCTRACE_BAD_STEP, i);
	}
	for (i = 0; i < nr_plans; i++) {
		if (!plan_ok(&list[i], nr_steps))
			return complain(bad, SCTRACE_BAD_PLAN, i);
		for (j = 0; j < list[i].nr_steps; j++) {
			if (!place_ok(&steps[list[i].first_step], j) ||
			    !args_ok(&list[i], &steps[list[i].first_step + j]))
				return complain(bad, SCTRACE_BAD_STEP, list[i].first_step + j);
		}
	}
	return 0;
}

static int alloc(struct sctrace_plans *plans, u32 nr_variants)
{
	plans->calls = kvcalloc(SCTRACE_ABI_COUNT, sizeof(*plans->calls), GFP_KERNEL);
	if (!plans->calls)
		return -ENOMEM;
	if (!nr_variants)
		return 0;
	plans->selects = kvcalloc(nr_variants, sizeof(*plans->selects), GFP_KERNEL);
	plans->variants = kvcalloc(nr_variants, sizeof(*plans->variants), GFP_KERNEL);
	return plans->selects && plans->variants ? 0 : -ENOMEM;
}

/* A call that no plan is for: six arguments and no memory. */
static void fill_calls(struct sctrace_plans *plans)
{
	struct sctrace_plan none = { .nr_args = 6 };
	u32 abi, nr;

	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		none.abi = abi;
		for (nr = 0; nr < SCTRACE_MAX_NR; nr++) {
			none.nr = nr;
			compile(&plans->calls[abi][nr], &none, NULL, plans->record_max);
		}
		none.nr = SCTRACE_NR_NONE;
		compile(&plans->others[abi], &none, NULL, plans->record_max);
		/* The number may need a word of its own. */
		plans->others[abi].enter_max += sizeof(u64);
		plans->sigreturns[abi] = plans->others[abi];
	}
}

static int lay_out(struct sctrace_plans *plans, const struct sctrace_plan *list, u32 nr_plans,
		   const struct sctrace_step *steps, struct bad *bad)
{
	u32 nr_selects = 0, nr_variants = 0, i;

	for (i = 0; i < nr_plans; i++) {
		struct sctrace_call *call = &plans->calls[list[i].abi][list[i].nr];

		if (list[i].select_mask) {
			struct sctrace_variant *variant = &plans->variants[nr_variants++];

			if (!join_select(plans, &list[i], &nr_selects))
				return complain(bad, SCTRACE_BAD_PLAN, i);
			variant->value = list[i].select_value;
			variant->plan = i;
			variant->call.select = call->select;
			call = &variant->call;
		}
		compile(call, &list[i], steps, plans->record_max);
		if (call->path_steps)
			plans->calls[list[i].abi][list[i].nr].has_paths = true;
	}
	if (!order_variants(plans, nr_variants, &i))
		return complain(bad, SCTRACE_BAD_PLAN, i);
	return 0;
}

static u32 count_variants(const struct sctrace_plan *list, u32 nr_plans)
{
	u32 n = 0, i;

	for (i = 0; i < nr_plans; i++)
		n += !!list[i].select_mask;
	return n;
}

/**
 * sctrace_plan_init() - check plans and lay them out for the probes
 * @plans: zeroed; owns @steps after success, as sctrace_plan_free() expects
 * @list: the plans; several general ones for the same call: the last one counts
 * @nr_plans: how many
 * @steps: their steps, from kvmalloc(); NULL if there are none
 * @nr_steps: how many
 * @ring_bytes: size of the session's rings, which limits its records
 * @bad_array: on -EINVAL, which array is wrong
 * @bad_index: on -EINVAL, the index in it
 *
 * A plan whose pieces could be more than a record holds is fine: what has no room is left out.
 *
 * Context: may sleep.
 * Return: 0, -EINVAL or -ENOMEM; on error @plans is zeroed.
 */
int sctrace_plan_init(struct sctrace_plans *plans, const struct sctrace_plan *list, u32 nr_plans,
		      const struct sctrace_step *steps, u32 nr_steps, u32 ring_bytes,
		      u32 *bad_array, u32 *bad_index)
{
	struct bad bad = { 0 };
	int err;

	err = check(list, nr_plans, steps, nr_steps, &bad);
	if (!err)
		err = alloc(plans, count_variants(list, nr_plans));
	if (!err) {
		plans->record_max = min_t(u32, ring_bytes / 4, SCTRACE_RECORD_MAX_BYTES);
		fill_calls(plans);
		err = lay_out(plans, list, nr_plans, steps, &bad);
	}
	if (err) {
		sctrace_plan_free(plans);
		if (err == -EINVAL) {
			*bad_array = bad.array;
			*bad_index = bad.index;
		}
		return err;
	}
	plans->steps = (struct sctrace_step *)steps;
	return 0;
}

/**
 * sctrace_plan_free() - give back what init took
 * @plans: ones that no probe uses any more; zeroed is fine
 */
void sctrace_plan_free(struct sctrace_plans *plans)
{
	kvfree(plans->calls);
	kvfree(plans->steps);
	kvfree(plans->selects);
	kvfree(plans->variants);
	*plans = (struct sctrace_plans) { 0 };
}
