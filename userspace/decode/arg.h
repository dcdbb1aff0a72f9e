/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One argument of a call, and its result, as text. */
#ifndef SCT_ARG_H
#define SCT_ARG_H

#include "calls.h"
#include "task.h"
#include "text.h"

/* What is known of a call when an argument is to be printed. */
struct sct_known {
	const struct sct_row *row;	/* NULL: no row has this number */
	const struct sct_call *call;
	const struct sct_record *exit;	/* NULL: it has not returned yet */
	unsigned int string_limit;	/* bytes shown of what is not a file name */
};

bool sct_arg_print(struct sct_text *text, const struct sct_known *known, unsigned int i);
unsigned int sct_arg_next(const struct sct_known *known, unsigned int i);
void sct_result_print(struct sct_text *text, const struct sct_row *row, int64_t result);

#endif
