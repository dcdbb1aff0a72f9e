/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Conditions: made, kept in a list that frees them. */
#include <stdlib.h>
#include <string.h>

#include "cond.h"

static struct sct_cond *make(struct sct_conds *conds, enum sct_cond_kind kind)
{
	struct sct_cond *c = calloc(1, sizeof(*c));

	if (!c) {
		conds->failed = true;
		return NULL;
	}
	c->kind = kind;
	c->older = conds->newest;
	conds->newest = c;
	return c;
}

static struct sct_cond *join(struct sct_conds *conds, enum sct_cond_kind kind, struct sct_cond *a,
			     struct sct_cond *b)
{
	struct sct_cond *c = make(conds, kind);

	if (c) {
		c->left = a;
		c->right = b;
	}
	return c;
}

/* Either may be NULL: the other alone. */
struct sct_cond *sct_cond_and(struct sct_conds *conds, struct sct_cond *a, struct sct_cond *b)
{
	return a && b ? join(conds, SCT_COND_AND, a, b) : a ? a : b;
}

struct sct_cond *sct_cond_or(struct sct_conds *conds, struct sct_cond *a, struct sct_cond *b)
{
	return a && b ? join(conds, SCT_COND_OR, a, b) : a ? a : b;
}

struct sct_cond *sct_cond_not(struct sct_conds *conds, struct sct_cond *a)
{
	return join(conds, SCT_COND_NOT, a, NULL);
}

static void *copy(struct sct_conds *conds, const void *from, size_t bytes)
{
	void *to = malloc(bytes ? bytes : 1);

	if (!to)
		conds->failed = true;
	else if (bytes)
		memcpy(to, from, bytes);
	return to;
}

/* One of the spots is this call and its value compares so. compare: NULL if spots have no values. Both are copied. */
struct sct_cond *sct_cond_spots(struct sct_conds *conds, const struct sct_spot *spots, size_t n,
				const struct sct_compare *compare)
{
	struct sct_cond *c = make(conds, SCT_COND_SPOTS);

	if (!c)
		return NULL;
	c->spots = copy(conds, spots, n * sizeof(*spots));
	c->nr_spots = n;
	if (compare) {
		c->compare = *compare;
		c->numbers = copy(conds, compare->numbers, compare->nr_numbers * sizeof(*c->numbers));
		c->compare.numbers = c->numbers;
	}
	return c;
}

void sct_conds_free(struct sct_conds *conds)
{
	while (conds->newest) {
		struct sct_cond *c = conds->newest;

		conds->newest = c->older;
		free(c->spots);
		free(c->numbers);
		free(c);
	}
}
