/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of an expression to a tree, by C's rules of what binds tighter. */
#ifndef SCT_FILTER_PARSE_H
#define SCT_FILTER_PARSE_H

#include <stdbool.h>

#include "fault.h"

enum sct_expr_kind {
	SCT_EXPR_NAME,		/* .text */
	SCT_EXPR_NUMBER,	/* .text, as it is written */
	SCT_EXPR_NEGATIVE,	/* -left */
	SCT_EXPR_NOT,		/* !left */
	SCT_EXPR_BIT_AND,	/* left & right */
	SCT_EXPR_BIT_OR,	/* left | right */
	SCT_EXPR_EQ,		/* From here on in the order of enum sct_op. */
	SCT_EXPR_NE,
	SCT_EXPR_LT,
	SCT_EXPR_LE,
	SCT_EXPR_GT,
	SCT_EXPR_GE,
	SCT_EXPR_AND,		/* left && right */
	SCT_EXPR_OR,		/* left || right */
};

struct sct_expr {
	enum sct_expr_kind kind;
	unsigned int column;		/* of its operator, or of the word */
	bool in_parentheses;
	struct sct_expr *left, *right;
	char text[64];
};

#define SCT_EXPR_MAX 1000

struct sct_exprs {
	struct sct_expr *nodes;		/* all there are */
	unsigned int n;
	struct sct_expr *root;
};

int sct_expr_parse(struct sct_exprs *exprs, const char *text, struct sct_fault *fault);
void sct_expr_free(struct sct_exprs *exprs);

#endif
