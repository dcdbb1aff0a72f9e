/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of an expression to a tree, by C's rules of what binds tighter. What names mean is not looked at. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse.h"

/* Parentheses and signs within each other. */
#define MAX_DEPTH 100

enum token {
	T_END,
	T_NAME,
	T_NUMBER,
	T_OPEN,
	T_CLOSE,
	T_NOT,
	T_MINUS,
	T_OPERATOR,		/* of two sides: .operator */
	T_OTHER,
};

struct parser {
	const char *text;
	const char *at;			/* behind the token */
	struct sct_exprs *exprs;
	struct sct_fault *fault;
	int err;
	unsigned int depth;
	enum token token;
	const struct operator *operator;
	unsigned int column;		/* of the token */
	size_t len;
};

/* Those with a higher level bind tighter. Of two that begin alike, the longer comes first. */
static const struct operator {
	const char *text;
	enum sct_expr_kind kind;
	unsigned int level;
} operators[] = {
	{ "||", SCT_EXPR_OR, 1 },
	{ "&&", SCT_EXPR_AND, 2 },
	{ "|", SCT_EXPR_BIT_OR, 3 },
	{ "&", SCT_EXPR_BIT_AND, 4 },
	{ "==", SCT_EXPR_EQ, 5 },
	{ "!=", SCT_EXPR_NE, 5 },
	{ "<=", SCT_EXPR_LE, 6 },
	{ ">=", SCT_EXPR_GE, 6 },
	{ "<", SCT_EXPR_LT, 6 },
	{ ">", SCT_EXPR_GT, 6 },
};

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.';
}

static void read_word(struct parser *p)
{
	p->token = isdigit((unsigned char)*p->at) ? T_NUMBER : T_NAME;
	p->len = 0;
	while (in_word(p->at[p->len]))
		p->len++;
}

static void read_sign(struct parser *p)
{
	static const char signs[] = "()!-";
	static const enum token tokens[] = { T_OPEN, T_CLOSE, T_NOT, T_MINUS };
	const char *sign;
	size_t i;

	for (i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		p->len = strlen(operators[i].text);
		if (strncmp(p->at, operators[i].text, p->len))
			continue;
		p->token = T_OPERATOR;
		p->operator = &operators[i];
		return;
	}
	p->len = 1;
	sign = strchr(signs, *p->at);
	p->token = sign ? tokens[sign - signs] : T_OTHER;
}

static void advance(struct parser *p)
{
	p->at += p->len;
	while (isspace((unsigned char)*p->at))
		p->at++;
	p->column = p->at - p->text + 1;
	p->len = 0;
	if (!*p->at)
		p->token = T_END;
	else if (in_word(*p->at) && *p->at != '.')
		read_word(p);
	else
		read_sign(p);
}

static struct sct_expr *expected(struct parser *p, const char *what)
{
	if (p->err)
		return NULL;
	if (p->token == T_END)
		p->err = sct_fault_set(p->fault, p->column, "expected %s", what);
	else
		p->err = sct_fault_set(p->fault, p->column, "expected %s, not '%.*s'", what,
				       (int)(p->len < 40 ? p->len : 40), p->at);
	return NULL;
}

static struct sct_expr *make(struct parser *p, enum sct_expr_kind kind, unsigned int column, struct sct_expr *left,
			     struct sct_expr *right)
{
	struct sct_expr *e;

	if (p->err)
		return NULL;
	if (p->exprs->n == SCT_EXPR_MAX) {
		p->err = sct_fault_set(p->fault, column, "the expression is too long");
		return NULL;
	}
	e = &p->exprs->nodes[p->exprs->n++];
	*e = (struct sct_expr) { .kind = kind, .column = column, .left = left, .right = right };
	return e;
}

static struct sct_expr *parse_word(struct parser *p)
{
	struct sct_expr *e = make(p, p->token == T_NAME ? SCT_EXPR_NAME : SCT_EXPR_NUMBER, p->column, NULL, NULL);

	if (e && p->len >= sizeof(e->text))
		p->err = sct_fault_set(p->fault, p->column, "the word is too long");
	if (p->err)
		return NULL;
	memcpy(e->text, p->at, p->len);
	advance(p);
	return e;
}

static struct sct_expr *parse_binary(struct parser *p, unsigned int level);

static struct sct_expr *parse_parentheses(struct parser *p)
{
	struct sct_expr *e;

	advance(p);
	e = parse_binary(p, 1);
	if (!e)
		return NULL;
	if (p->token != T_CLOSE)
		return expected(p, "')' or an operator");
	advance(p);
	e->in_parentheses = true;
	return e;
}

static struct sct_expr *parse_operand(struct parser *p)
{
	enum sct_expr_kind kind = p->token == T_NOT ? SCT_EXPR_NOT : SCT_EXPR_NEGATIVE;
	unsigned int column = p->column;
	struct sct_expr *e = NULL;

	if (++p->depth > MAX_DEPTH) {
		if (!p->err)
			p->err = sct_fault_set(p->fault, p->column, "too many parentheses and signs within each other");
		return NULL;
	}
	switch (p->token) {
	case T_NAME:
	case T_NUMBER:
		e = parse_word(p);
		break;
	case T_OPEN:
		e = parse_parentheses(p);
		break;
	case T_NOT:
	case T_MINUS:
		advance(p);
		e = parse_operand(p);
		if (e)
			e = make(p, kind, column, e, NULL);
		break;
	default:
		e = expected(p, "a name, a number, '!', '-' or '('");
	}
	p->depth--;
	return e;
}

/* Operands with operators of this level or higher ones between them. */
static struct sct_expr *parse_binary(struct parser *p, unsigned int level)
{
	struct sct_expr *left = parse_operand(p), *right;

	while (left && p->token == T_OPERATOR && p->operator->level >= level) {
		const struct operator *o = p->operator;
		unsigned int column = p->column;

		advance(p);
		right = parse_binary(p, o->level + 1);
		left = right ? make(p, o->kind, column, left, right) : NULL;
	}
	return left;
}

/* 0, -ENOMEM, or -EINVAL and *fault. *exprs is for sct_expr_free(), always. */
int sct_expr_parse(struct sct_exprs *exprs, const char *text, struct sct_fault *fault)
{
	struct parser p = { .text = text, .at = text, .exprs = exprs, .fault = fault };

	*exprs = (struct sct_exprs) { .nodes = calloc(SCT_EXPR_MAX, sizeof(*exprs->nodes)) };
	if (!exprs->nodes)
		return -ENOMEM;
	advance(&p);
	exprs->root = parse_binary(&p, 1);
	if (exprs->root && p.token != T_END)
		expected(&p, "an operator or the end");
	return p.err;
}

void sct_expr_free(struct sct_exprs *exprs)
{
	free(exprs->nodes);
	*exprs = (struct sct_exprs) { 0 };
}
