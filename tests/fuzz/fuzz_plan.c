// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Capture plans: module/plan.c checks what a reader hands over, module/capture.c and capture_lean.h run it on a
 * program's memory. Of a plan that was accepted, no step writes beyond what its record has reserved, all pieces are
 * whole, and the work is bounded. What is refused changes nothing.
 */
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <linux/uaccess.h>

#include "capture.h"
#include "capture_lean.h"
#include "input.h"
#include "memory.h"
#include "plan.h"

#define MOST_PLANS	8
#define MOST_STEPS	64

/* What a record is, besides its pieces. */
#define HEAD_BYTES(call, words)	(sizeof(struct sctrace_hdr) + (words) * sizeof(u64))

struct scene {
	u64 args[6];
	s64 result;
	u16 missing;			/* pages */
	u16 room;			/* how much of what the record may have there is */
	u8 flags;
	u8 ring_log2;
	u8 nr_plans;
	u8 nr_steps;
};

#define MAY_SLEEP	0x01
#define WHOLE		0x02
#define HAS_MAPS	0x04
#define AS_IT_IS	0x08		/* plans and steps are not mended */

/* Where the pieces of a phase have been put, for a comparison. */
struct outcome {
	u8 *memory;
	u8 *first;
	u8 *end;			/* behind the room */
	u8 *at;
};

static void check_pieces(const u8 *at, const u8 *end, const struct sctrace_call *call)
{
	unsigned int before = 0;

	must((end - at) % 8 == 0);
	while (at < end) {
		const struct sctrace_piece *piece = (const void *)at;
		const u8 *rest = (const u8 *)(piece + 1) + piece->len;

		must((size_t)(end - at) >= sizeof(*piece) && rest <= end);
		must(piece->step >= before && piece->step < call->nr_steps);
		before = piece->step;
		for (; (rest - at) % 8; rest++)
			must(!*rest);
		at = rest;
	}
}

/* The pieces make as many copies as there are of them, and what is thrown away again is bounded, too. */
static void check_work(const struct sctrace_capture *c, const struct outcome *o)
{
	size_t pieces = (o->end - o->first) / sizeof(struct sctrace_piece) + SCTRACE_MAX_PLAN_STEPS;
	size_t room = o->end - o->first;

	if (c->may_sleep)
		return;
	/* Those that failed, the rest of a vector's portion, and all that is in the record. */
	must(memory_work.bytes <= 80 * 65536UL + room + pieces * 256);
	must(memory_work.paths <= 80);
}

static struct outcome run(const struct sctrace_plans *plans, const struct sctrace_call *call,
			  const struct scene *scene, size_t head, size_t size, u32 from, u32 to, u8 flags)
{
	struct outcome o = { .memory = malloc(size) };
	unsigned long args[6];
	struct sctrace_capture c = {
		.steps = plans->steps ? plans->steps + call->first : NULL,
		.maps = scene->flags & HAS_MAPS ? (void *)&scene : NULL,
		.args = args,
		.result = scene->result,
		.flags = flags,
		.may_sleep = scene->flags & MAY_SLEEP,
		.whole = scene->flags & WHOLE,
	};

	must(o.memory);
	memcpy(args, scene->args, sizeof(args));
	memset(o.memory, 0x5a, size);
	o.first = c.first = c.at = o.memory + head;
	o.end = c.end = o.memory + size;
	memory_work = (struct memory_work) { 0 };
	sctrace_capture_steps(&c, from, to);
	o.at = c.at;
	must(c.at >= c.first && c.at <= c.end);
	check_pieces(c.first, c.at, call);
	check_work(&c, &o);
	return o;
}

/* What the lean way makes is what the other one makes, unless it gives up. */
static void compare_lean(const struct sctrace_plans *plans, const struct sctrace_call *call,
			 const struct scene *scene, const struct outcome *o, u32 from, u32 to, bool late)
{
	size_t size = o->end - o->memory, head = o->first - o->memory;
	u8 *memory = malloc(size), *end;
	unsigned long args[6];

	must(memory);
	memcpy(args, scene->args, sizeof(args));
	memset(memory, 0x5a, size);
	end = sctrace_capture_lean(plans->steps + call->first + from, from, to, args, scene->result, memory + head,
				   memory + size, late);
	if (end) {
		must(end - memory == o->at - o->memory);
		must(!memcmp(memory + head, o->first, o->at - o->first));
	}
	free(memory);
}

/* Between what must be there and what may be used. */
static size_t choose_size(const struct scene *scene, u32 sure, u32 max, size_t head)
{
	size_t size = max <= SCTRACE_RECORD_SURE_BYTES ? max : max - (scene->room * 8 % (max - sure + 1) & ~7UL);

	return size < head ? head : size;
}

static void run_call(const struct sctrace_plans *plans, const struct sctrace_call *call, const struct scene *scene)
{
	size_t enter_head = HEAD_BYTES(call, call->nr_args), exit_head = HEAD_BYTES(call, 1);
	struct outcome o;

	must(call->enter_max <= plans->record_max && call->exit_max <= plans->record_max);
	must(call->enter_max >= enter_head && call->exit_max >= exit_head);
	must(call->enter_sure <= plans->record_max && call->exit_sure <= call->exit_max);
	must(call->nr_enter <= call->nr_steps && call->nr_steps <= SCTRACE_MAX_PLAN_STEPS);

	o = run(plans, call, scene, enter_head,
		choose_size(scene, call->enter_sure, call->enter_max, enter_head), 0, call->nr_enter, 0);
	if (call->lean_enter && call->nr_steps && !(scene->flags & MAY_SLEEP))
		compare_lean(plans, call, scene, &o, 0, call->nr_enter, false);
	free(o.memory);
	o = run(plans, call, scene, exit_head,
		choose_size(scene, call->exit_sure, call->exit_max, exit_head), call->nr_enter, call->nr_steps, 0);
	if (call->lean_exit && call->nr_steps && !(scene->flags & MAY_SLEEP))
		compare_lean(plans, call, scene, &o, call->nr_enter, call->nr_steps, false);
	free(o.memory);
	o = run(plans, call, scene, exit_head,
		choose_size(scene, call->exit_sure, call->exit_max, exit_head), 0, call->nr_enter,
		SCTRACE_PIECE_LATE);
	free(o.memory);
}

/* More room than a record may ever need changes nothing, if no limit has cut what it needs. */
static void check_max_is_enough(const struct sctrace_plans *plans, const struct sctrace_call *call,
				const struct scene *scene)
{
	size_t head = HEAD_BYTES(call, call->nr_args);
	struct outcome o, more;

	if (call->enter_max >= plans->record_max || scene->flags & HAS_MAPS)
		return;
	o = run(plans, call, scene, head, call->enter_max, 0, call->nr_enter, 0);
	more = run(plans, call, scene, head, call->enter_max + 16384, 0, call->nr_enter, 0);
	must(o.at - o.first == more.at - more.first && !memcmp(o.first, more.first, o.at - o.first));
	free(o.memory);
	free(more.memory);
}

static void run_plans(const struct sctrace_plans *plans, const struct sctrace_plan *list, unsigned int nr,
		      const struct scene *scene)
{
	const struct sctrace_call *call;
	unsigned long args[6];
	unsigned int i;

	for (i = 0; i < nr; i++) {
		memcpy(args, scene->args, sizeof(args));
		call = sctrace_plan_find(plans, list[i].abi, list[i].nr);
		if (list[i].select_mask) {
			must(call->select);
			args[list[i].select_arg] = list[i].select_value;
			call = sctrace_plan_variant(plans, call, args);
			must(call->first == list[i].first_step && call->nr_steps == list[i].nr_steps);
		}
		run_call(plans, call, scene);
		check_max_is_enough(plans, call, scene);
	}
	call = sctrace_plan_find(plans, 0, (unsigned long)scene->args[0]);
	if (call->select)
		call = sctrace_plan_variant(plans, call, args);
	must(call->nr_args <= 6);
}

/* ---- what bytes say is mostly refused for one thing: nearer to what is accepted ---- */

static void mend_base(struct sctrace_step *step, u32 i)
{
	step->base = 1 + step->base % SCTRACE_BASE_MAPS;
	if (step->base > SCTRACE_BASE_CWD) {
		step->op = SCTRACE_STEP_BYTES;
		step->len_from = SCTRACE_LEN_MAX;
	} else if (step->base == SCTRACE_BASE_CWD) {
		step->op = SCTRACE_STEP_FD;
	}
	if (step->base == SCTRACE_BASE_STEP) {
		step->index %= i ? i : 1;
		step->max_count = step->stride ? step->max_count | 1 : 0;
		step->word = 4 << step->word % 2;
		if (step->stride)
			step->offset %= step->stride;
		return;
	}
	step->index = step->base == SCTRACE_BASE_ARG ? step->index % 6 : 0;
	step->stride = step->max_count = 0;
	step->word = step->op == SCTRACE_STEP_VECTOR || !step->unit ? 4 << step->word % 2 : 0;
	if (step->base != SCTRACE_BASE_STACK)
		step->offset = 0;
}

static void mend_length(struct sctrace_step *step, u32 i)
{
	if (step->op != SCTRACE_STEP_BYTES) {
		step->len_from = step->len_index = step->len_offset = step->len_bytes = 0;
		step->unit = step->add = step->shift = 0;
		return;
	}
	step->len_from = 1 + (step->len_from - 1u) % SCTRACE_LEN_FIELD;
	step->shift %= 32;
	step->len_bytes = step->len_from == SCTRACE_LEN_ARG ? 4 << step->len_bytes % 2 :
			  step->len_from == SCTRACE_LEN_FIELD ? 1 << step->len_bytes % 4 : 0;
	if (step->len_from == SCTRACE_LEN_FIELD)
		step->len_index %= i ? i : 1;
	else
		step->len_offset = 0;
	if (step->len_from == SCTRACE_LEN_ARG)
		step->len_index %= 6;
	else if (step->len_from != SCTRACE_LEN_FIELD)
		step->len_index = 0;
	if (step->len_from == SCTRACE_LEN_MAX)
		step->add = step->shift = 0;
}

static void mend_steps(struct sctrace_step *steps, u32 nr)
{
	u32 i;

	for (i = 0; i < nr; i++) {
		struct sctrace_step *step = &steps[i];

		step->op = 1 + step->op % SCTRACE_STEP_FD;
		step->when = i && steps[i - 1].when != SCTRACE_STEP_ENTER ? 2 + step->when % 2 : 1 + step->when % 8 / 6;
		step->max = step->max ? min_t(u32, step->max, SCTRACE_STEP_MAX_BYTES) : 1;
		mend_base(step, i);
		mend_length(step, i);
		if (step->flags % 4)
			step->flags = 0;
		if (step->op == SCTRACE_STEP_FD && step->flags)
			step->flags = SCTRACE_STEP_DETAILS;
	}
}

static void mend_plans(struct sctrace_plan *list, u32 nr, u32 nr_steps)
{
	u32 i;

	for (i = 0; i < nr; i++) {
		struct sctrace_plan *plan = &list[i];

		plan->nr %= SCTRACE_MAX_NR;
		plan->abi %= SCTRACE_ABI_COUNT;
		plan->nr_args = plan->nr_args % 8 ? 6 : plan->nr_args % 7;
		plan->first_step %= nr_steps + 1;
		plan->nr_steps = min_t(u32, nr_steps - plan->first_step, plan->nr_steps % (SCTRACE_MAX_PLAN_STEPS + 1));
		memset(plan->reserved, 0, sizeof(plan->reserved));
		plan->select_arg = plan->select_mask ? plan->select_arg % 6 : 0;
		plan->select_value &= plan->select_mask;
	}
}

static void check_refusal(const struct sctrace_plans *plans, u32 bad_array, u32 bad, const struct scene *scene)
{
	static const struct sctrace_plans none;

	must(!memcmp(plans, &none, sizeof(none)));
	must(bad_array == SCTRACE_BAD_PLAN || bad_array == SCTRACE_BAD_STEP);
	must(bad < (bad_array == SCTRACE_BAD_PLAN ? scene->nr_plans : scene->nr_steps));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct sctrace_plan list[MOST_PLANS], *given;
	struct sctrace_step steps[MOST_STEPS], *taken;
	struct sctrace_plans plans = { 0 };
	u32 bad_array = 0, bad = 0;
	struct scene scene;
	int err;

	input_take(&in, &scene, sizeof(scene));
	scene.nr_plans %= MOST_PLANS + 1;
	scene.nr_steps %= MOST_STEPS + 1;
	input_take(&in, list, scene.nr_plans * sizeof(*list));
	input_take(&in, steps, scene.nr_steps * sizeof(*steps));
	if (!(scene.flags & AS_IT_IS)) {
		mend_steps(steps, scene.nr_steps);
		mend_plans(list, scene.nr_plans, scene.nr_steps);
	}
	memory_set(in.at, in.left, scene.missing);
	given = input_copy(list, scene.nr_plans * sizeof(*list));
	taken = scene.nr_steps ? input_copy(steps, scene.nr_steps * sizeof(*steps)) : NULL;
	err = sctrace_plan_init(&plans, given, scene.nr_plans, taken, scene.nr_steps,
				SCTRACE_RING_MIN_BYTES << scene.ring_log2 % 11, &bad_array, &bad);
	must(!scene.nr_plans || !memcmp(given, list, scene.nr_plans * sizeof(*list)));
	must(!scene.nr_steps || !memcmp(taken, steps, scene.nr_steps * sizeof(*steps)));
	if (!err) {
		run_plans(&plans, list, scene.nr_plans, &scene);
		sctrace_plan_free(&plans);
	} else {
		must(err == -EINVAL);
		check_refusal(&plans, bad_array, bad, &scene);
		free(taken);
	}
	free(given);
	return 0;
}
