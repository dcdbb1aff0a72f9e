/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tree of an expression to conditions: which side of a comparison is asked for, and what the
 * names on the other side mean to it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "constant.h"
#include "field.h"
#include "parse.h"
#include "where.h"

struct where {
	struct sct_conds *conds;
	struct sct_fault *fault;
	bool at_exit;
	int err;
};

/* One side of a comparison: a field, perhaps with a mask. */
struct value {
	const struct sct_expr *field;
	const struct sct_expr *mask;
};

static bool is_compare(const struct sct_expr *e)
{
	return e->kind >= SCT_EXPR_EQ && e->kind <= SCT_EXPR_GE;
}

/* Whether it can only be true or false. */
static bool is_condition(const struct sct_expr *e)
{
	return is_compare(e) || e->kind == SCT_EXPR_NOT || e->kind == SCT_EXPR_AND || e->kind == SCT_EXPR_OR;
}

static bool is_field(const struct sct_expr *e)
{
	return e->kind == SCT_EXPR_NAME && sct_field_is(e->text);
}

/* A field, or one of which a mask's bits are taken. */
static bool is_value(const struct sct_expr *e, struct value *value)
{
	*value = (struct value) { 0 };
	if (is_field(e)) {
		value->field = e;
	} else if (e->kind == SCT_EXPR_BIT_AND && (is_field(e->left) || is_field(e->right))) {
		value->field = is_field(e->left) ? e->left : e->right;
		value->mask = is_field(e->left) ? e->right : e->left;
	}
	return value->field;
}

static struct sct_cond *fail(struct where *w, unsigned int column, const char *text)
{
	if (!w->err)
		w->err = sct_fault_set(w->fault, column, "%s", text);
	return NULL;
}

/* ---- numbers ---- */

static void parse_number(struct where *w, const struct sct_field *field, const struct sct_expr *e,
			 struct sct_number *number)
{
	uint64_t ns;
	char *end;

	*number = (struct sct_number) { 0 };
	if (field->kind == SCT_FIELD_DURATION) {
		if (!sct_duration_parse(e->text, NULL, &ns))
			w->err = sct_fault_set(w->fault, e->column, "'%s' is no duration; write 100ns, 20us, 1.5ms or 2s",
					       e->text);
		number->bits = ns;
		return;
	}
	errno = 0;
	number->bits = strtoull(e->text, &end, 0);
	if (!*end && !errno)
		return;
	if (!*end)
		w->err = sct_fault_set(w->fault, e->column, "'%s' has more than 64 bits", e->text);
	else if (sct_duration_parse(e->text, NULL, &ns))
		w->err = sct_fault_set(w->fault, e->column, "'%s' is a duration, and only 'duration' is one", e->text);
	else
		w->err = sct_fault_set(w->fault, e->column, "'%s' is no number", e->text);
}

static void parse_constant(struct where *w, const struct sct_field *field, const struct sct_expr *e,
			   struct sct_number *number)
{
	struct sct_number other;

	switch (e->kind) {
	case SCT_EXPR_NAME:
		if (is_field(e))
			w->err = sct_fault_set(w->fault, e->column, "expected a number or its name, not '%s'", e->text);
		else
			w->err = sct_field_constant(field, e->text, e->column, number, w->fault);
		return;
	case SCT_EXPR_NUMBER:
		parse_number(w, field, e, number);
		return;
	case SCT_EXPR_NEGATIVE:
		if (e->left->kind == SCT_EXPR_NEGATIVE) {
			w->err = sct_fault_set(w->fault, e->left->column, "expected a number or its name");
			return;
		}
		parse_constant(w, field, e->left, number);
		if (w->err)
			return;
		if (number->negative || number->bits > 1ull << 63) {
			w->err = sct_fault_set(w->fault, e->column, "the number is below what 64 bits hold");
			return;
		}
		number->negative = number->bits;
		number->bits = -number->bits;
		return;
	case SCT_EXPR_BIT_OR:
		parse_constant(w, field, e->left, number);
		if (w->err)
			return;
		parse_constant(w, field, e->right, &other);
		number->bits |= other.bits;
		number->negative = number->negative || other.negative;
		return;
	default:
		w->err = sct_fault_set(w->fault, e->column, "expected a number or its name");
	}
}

/* ---- comparisons ---- */

/* Where a constant begins, for a message about it. */
static unsigned int column_of(const struct sct_expr *e)
{
	while (e->kind == SCT_EXPR_BIT_OR)
		e = e->left;
	return e->column;
}

/* A comparison that has the same outcome always is a mistake. */
static void check_open(struct where *w, const struct sct_field *field, const struct sct_compare *compare,
		       const char *name, unsigned int column)
{
	enum sct_foregone foregone = SCT_IS_OPEN;
	size_t i;

	for (i = 0; i < field->nr_spots; i++) {
		foregone = sct_compare_foregone(&field->spots[i].where, compare);
		if (foregone == SCT_IS_OPEN)
			return;
	}
	w->err = sct_fault_set(w->fault, column, "this is %s true: '%s' has no room for the number, or no sign",
			       foregone == SCT_IS_ALWAYS ? "always" : "never", name);
}

static void note_phase(struct where *w, const struct sct_field *field)
{
	if (field->kind == SCT_FIELD_RESULT || field->kind == SCT_FIELD_ERRNO || field->kind == SCT_FIELD_DURATION)
		w->at_exit = true;
	w->conds->timed |= field->kind == SCT_FIELD_DURATION;
}

/* Which call it is, by name. */
static struct sct_cond *compare_call(struct where *w, enum sct_op op, const struct sct_expr *name)
{
	struct sct_field field;
	struct sct_cond *cond = NULL;

	if (sct_field_calls(&field, name->text))
		w->err = -ENOMEM;
	else if (op != SCT_EQ && op != SCT_NE)
		fail(w, name->column, "names of calls can only be compared with == and !=");
	else if (!field.nr_spots)
		w->err = sct_fault_set(w->fault, name->column, "there is no system call '%s'", name->text);
	else
		cond = sct_cond_spots(w->conds, field.spots, field.nr_spots, NULL);
	sct_field_free(&field);
	return cond && op == SCT_NE ? sct_cond_not(w->conds, cond) : cond;
}

static struct sct_cond *compare_field(struct where *w, const struct sct_field *field, const struct value *value,
				      enum sct_op op, const struct sct_expr *constant)
{
	struct sct_number number = { 0 };
	struct sct_compare compare = { .op = op, .numbers = &number, .nr_numbers = 1 };

	if (value->mask) {
		compare.masked = true;
		parse_constant(w, field, value->mask, &compare.mask);
	}
	if (constant && !w->err)
		parse_constant(w, field, constant, &number);
	/* Nothing but the value itself: any of its bits. */
	if (!w->err && (constant || value->mask))
		check_open(w, field, &compare, value->field->text, column_of(constant ? constant : value->mask));
	if (w->err)
		return NULL;
	note_phase(w, field);
	return sct_cond_spots(w->conds, field->spots, field->nr_spots, &compare);
}

/* constant: NULL: whether the value is not 0. */
static struct sct_cond *compare_value(struct where *w, const struct value *value, enum sct_op op,
				      const struct sct_expr *constant)
{
	struct sct_cond *cond = NULL;
	struct sct_field field;

	w->err = sct_field_find(&field, value->field->text, value->field->column, w->fault);
	if (!w->err && field.kind == SCT_FIELD_CALL && !value->mask && constant && constant->kind == SCT_EXPR_NAME &&
	    !is_field(constant))
		cond = compare_call(w, op, constant);
	else if (!w->err)
		cond = compare_field(w, &field, value, op, constant);
	sct_field_free(&field);
	return cond;
}

static enum sct_op turned(enum sct_op op)
{
	static const enum sct_op ops[] = { [SCT_EQ] = SCT_EQ, [SCT_NE] = SCT_NE, [SCT_LT] = SCT_GT,
					   [SCT_LE] = SCT_GE, [SCT_GT] = SCT_LT, [SCT_GE] = SCT_LE };

	return ops[op];
}

static struct sct_cond *compare_sides(struct where *w, const struct sct_expr *e)
{
	enum sct_op op = SCT_EQ + (e->kind - SCT_EXPR_EQ);
	struct value value;

	if (is_condition(e->left))
		return fail(w, e->column, "what stands before it is true or false, not a value");
	if (is_condition(e->right))
		return fail(w, e->column, "what follows is true or false, not a value");
	if (is_value(e->left, &value))
		return compare_value(w, &value, op, e->right);
	if (is_value(e->right, &value))
		return compare_value(w, &value, turned(op), e->left);
	return fail(w, e->column, "neither side is something of a call, such as openat.flags, arg0 or uid");
}

static struct sct_cond *make_cond(struct where *w, const struct sct_expr *e);

/* Operands of && and ||, left to right, without as many calls within each other. */
static struct sct_cond *join(struct where *w, const struct sct_expr *e)
{
	struct sct_cond *left = make_cond(w, e->left), *right = w->err ? NULL : make_cond(w, e->right);

	if (w->err)
		return NULL;
	return e->kind == SCT_EXPR_AND ? sct_cond_and(w->conds, left, right) : sct_cond_or(w->conds, left, right);
}

/* "a & B == C" is C's for a & (B == C). */
static bool lacks_parentheses(const struct sct_expr *e)
{
	return (is_compare(e->left) && !e->left->in_parentheses) || (is_compare(e->right) && !e->right->in_parentheses);
}

static struct sct_cond *make_cond(struct where *w, const struct sct_expr *e)
{
	struct sct_cond *cond;
	struct value value;

	switch (e->kind) {
	case SCT_EXPR_AND:
	case SCT_EXPR_OR:
		return join(w, e);
	case SCT_EXPR_NOT:
		cond = make_cond(w, e->left);
		return w->err ? NULL : sct_cond_not(w->conds, cond);
	case SCT_EXPR_BIT_AND:
	case SCT_EXPR_BIT_OR:
		if (lacks_parentheses(e))
			return fail(w, e->column, "put it in parentheses with its sides, or use && or ||");
		if (is_value(e, &value))
			return compare_value(w, &value, SCT_BITS, NULL);
		return fail(w, e->column, "neither side is something of a call, or both are conditions: use && or ||");
	default:
		break;
	}
	if (is_compare(e))
		return compare_sides(w, e);
	if (is_value(e, &value))
		return compare_value(w, &value, SCT_NE, NULL);
	return fail(w, e->column, e->kind == SCT_EXPR_NAME ?
		    "expected something of a call, such as openat.flags, arg0 or uid" : "expected a comparison");
}

/*
 * The condition that a text says, by sct_calls_init()'s tables. *at_exit: it needs what is only
 * known as a call returns. 0, -ENOMEM, or -EINVAL and *fault.
 */
int sct_where_parse(struct sct_cond **cond, bool *at_exit, struct sct_conds *conds, const char *text,
		    struct sct_fault *fault)
{
	struct where w = { .conds = conds, .fault = fault };
	struct sct_exprs exprs;

	*cond = NULL;
	w.err = sct_expr_parse(&exprs, text, fault);
	if (!w.err)
		*cond = make_cond(&w, exprs.root);
	if (!w.err && conds->failed)
		w.err = -ENOMEM;
	sct_expr_free(&exprs);
	*at_exit = w.at_exit;
	return w.err;
}
