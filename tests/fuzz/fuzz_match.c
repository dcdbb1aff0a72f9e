// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Heads of capture files, by lib/capture_head.c, and the plans in them beside ours, by syscalls/plan_match.c. The input chooses how
 * many of our own plans and steps a head has, and paths, tasks and text behind them; then it changes bytes of all that.
 */
#include <linux/audit.h>
#include <stdbool.h>

#include "calls.h"
#include "capture_head.h"
#include "input.h"
#include "plan.h"
#include "plan_match.h"

#define MOST_PATHS	8
#define MOST_PIDS	8
#define MOST_TEXT	64

static struct sct_plan_set ours;
static uint16_t *nr_steps;		/* of each of our plans: a match takes them away */

static void make_ours(void)
{
	uint32_t i;

	must(!sct_calls_init(AUDIT_ARCH_X86_64));
	must(!sct_plan_set_build(&ours, &(struct sct_plan_options) { .string_limit = 32 }));
	nr_steps = calloc(ours.nr_plans, sizeof(*nr_steps));
	for (i = 0; i < ours.nr_plans; i++)
		nr_steps[i] = ours.plans[i].nr_steps;
}

static void restore_ours(void)
{
	uint32_t i;

	for (i = 0; i < ours.nr_plans; i++)
		ours.plans[i].nr_steps = nr_steps[i];
}

static void append(uint8_t **to, const void *bytes, size_t n)
{
	memcpy(*to, bytes, n);
	*to += n;
}

/* A head and its lists, *len bytes of memory of its own. */
static uint8_t *make_head(struct input *in, size_t *len)
{
	struct sct_capture_head head = { .size = sizeof(head), .nr_cpus = 1, .audit_arch = AUDIT_ARCH_X86_64 };
	struct sctrace_path paths[MOST_PATHS];
	int32_t pids[MOST_PIDS];
	char text[MOST_TEXT];
	uint16_t plans, steps;
	uint8_t *content, *at;

	input_take(in, &plans, sizeof(plans));
	input_take(in, &steps, sizeof(steps));
	head.nr_plans = ours.nr_plans - plans % (ours.nr_plans + 1);
	head.nr_steps = ours.nr_steps - steps % (ours.nr_steps + 1);
	head.nr_paths = input_byte(in) % (MOST_PATHS + 1);
	head.nr_pids = input_byte(in) % (MOST_PIDS + 1);
	head.path_text_bytes = input_byte(in) % (MOST_TEXT + 1);
	input_take(in, paths, head.nr_paths * sizeof(*paths));
	input_take(in, pids, head.nr_pids * sizeof(*pids));
	input_take(in, text, head.path_text_bytes);
	*len = sizeof(head) + head.nr_plans * sizeof(*ours.plans) + head.nr_steps * sizeof(*ours.steps) +
	       head.nr_paths * sizeof(*paths) + head.nr_pids * sizeof(*pids) + head.path_text_bytes;
	at = content = malloc(*len);
	must(content);
	append(&at, &head, sizeof(head));
	append(&at, ours.plans, head.nr_plans * sizeof(*ours.plans));
	append(&at, ours.steps, head.nr_steps * sizeof(*ours.steps));
	append(&at, paths, head.nr_paths * sizeof(*paths));
	append(&at, pids, head.nr_pids * sizeof(*pids));
	append(&at, text, head.path_text_bytes);
	return content;
}

/* Return: whether any was. */
static bool change_bytes(struct input *in, uint8_t *content, size_t len)
{
	struct {
		uint32_t at;
		uint8_t value;
	} __attribute__((packed)) change;
	bool changed = false;

	while (in->left >= sizeof(change)) {
		input_take(in, &change, sizeof(change));
		content[change.at % len] = change.value;
		changed = true;
	}
	return changed;
}

static bool same_steps(const struct sctrace_plan *ours_plan, const struct sct_capture_info *info, const struct sctrace_plan *theirs)
{
	return theirs->nr_steps == ours_plan->nr_steps && !memcmp(ours.steps + ours_plan->first_step, info->steps + theirs->first_step,
								  theirs->nr_steps * sizeof(*ours.steps));
}

static bool same_choice(const struct sctrace_plan *a, const struct sctrace_plan *b)
{
	return a->abi == b->abi && a->nr == b->nr && a->nr_args == b->nr_args && a->select_arg == b->select_arg &&
	       a->select_mask == b->select_mask && a->select_value == b->select_value;
}

/* A call keeps all its steps, or none; those that are kept are what the head has. Return: how many plans have lost theirs. */
static unsigned int check_match(const struct sct_capture_info *info)
{
	uint32_t i, j, n = info->head.nr_plans;
	unsigned int lost = 0;

	for (i = 0; i < ours.nr_plans; i++) {
		const struct sctrace_plan *p = &ours.plans[i];

		must(!p->nr_steps || p->nr_steps == nr_steps[i]);
		lost += p->nr_steps != nr_steps[i];
		/* Most lie where they do in ours. */
		for (j = 0; p->nr_steps && j < n; j++) {
			const struct sctrace_plan *q = &info->plans[(i + j) % n];

			if (same_choice(p, q) && same_steps(p, info, q))
				break;
		}
		must(!p->nr_steps || j < n);
	}
	return lost;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct sct_capture_info info = { 0 };
	const char *example = NULL;
	unsigned int n, lost;
	uint8_t *content;
	bool changed;
	uint32_t i;
	size_t len;

	if (!ours.nr_plans)
		make_ours();
	content = make_head(&in, &len);
	changed = change_bytes(&in, content, len);
	memcpy(&info.head, content, sizeof(info.head));
	if (sct_capture_head_check(&info, content, len)) {
		for (i = 0; i < info.head.nr_paths; i++)
			must((size_t)info.paths[i].offset + info.paths[i].length <= info.head.path_text_bytes);
		n = sct_plan_set_match(&ours, info.plans, info.head.nr_plans, info.steps, &example);
		must(!n == !example);
		lost = check_match(&info);
		/* All of ours, as they are. */
		if (!changed && info.head.nr_plans == ours.nr_plans && info.head.nr_steps == ours.nr_steps)
			must(!n && !lost);
		restore_ours();
	}
	free(content);
	return 0;
}
