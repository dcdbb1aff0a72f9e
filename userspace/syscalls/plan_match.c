/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plans of another reader, by which records were made. Where they are not ours, pieces are not what our rows
 * would take them for: then they are left alone, and pointers are shown as the addresses that they are.
 */
#include <string.h>

#include "calls.h"
#include "plan_match.h"

/* The plans of one call, which lie together. */
struct group {
	const struct sctrace_plan *plans;
	const struct sctrace_step *steps;
	uint32_t n;
};

/* first: from 1 on; 0: there is none. */
static struct group group_at(const struct sctrace_plan *plans, uint32_t nr_plans, const struct sctrace_step *steps,
			     uint32_t first)
{
	struct group group = { .steps = steps };

	if (!first)
		return group;
	group.plans = plans += first - 1;
	nr_plans -= first - 1;
	while (group.n < nr_plans && plans[group.n].abi == plans->abi && plans[group.n].nr == plans->nr)
		group.n++;
	return group;
}

static bool are_same(const struct group *a, const struct group *b)
{
	uint32_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++) {
		struct sctrace_plan x = a->plans[i], y = b->plans[i];

		if (x.nr_steps != y.nr_steps || memcmp(a->steps + x.first_step, b->steps + y.first_step,
						       x.nr_steps * sizeof(*a->steps)))
			return false;
		x.first_step = y.first_step = 0;
		if (memcmp(&x, &y, sizeof(x)))
			return false;
	}
	return true;
}

/* Where the plans of each call begin in a list, from 1 on; 0: it has none. */
struct places {
	uint32_t first[SCTRACE_ABI_COUNT][SCTRACE_MAX_NR];
};

static void find_places(struct places *places, const struct sctrace_plan *plans, uint32_t n)
{
	uint32_t i = n;

	memset(places, 0, sizeof(*places));
	while (i--)
		places->first[plans[i].abi][plans[i].nr] = i + 1;
}

/*
 * Leaves steps only to those calls of which the plans are the same. Return: how many others there are of which
 * something was recorded; *example: the name of one.
 */
unsigned int sct_plan_set_match(struct sct_plan_set *set, const struct sctrace_plan *plans, uint32_t nr_plans,
				const struct sctrace_step *steps, const char **example)
{
	unsigned int abi, nr, n = 0;
	struct places theirs;

	find_places(&theirs, plans, nr_plans);
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (nr = 0; nr < SCTRACE_MAX_NR; nr++) {
			struct group a = group_at(set->plans, set->nr_plans, set->steps, set->first[abi][nr]);
			struct group b = group_at(plans, nr_plans, steps, theirs.first[abi][nr]);
			const struct sct_row *row;
			uint32_t i;

			if (are_same(&a, &b))
				continue;
			for (i = 0; i < a.n; i++)
				set->plans[a.plans - set->plans + i].nr_steps = 0;
			row = sct_calls_find(abi, nr);
			*example = row ? row->name : "one without a name";
			n++;
		}
	}
	return n;
}
