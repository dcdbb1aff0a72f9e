/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One argument of a call, and its result, as text. */
#ifndef SCT_ARG_H
#define SCT_ARG_H

#include "print.h"

bool sct_arg_print(struct sct_text *text, const struct sct_known *known, unsigned int position);
unsigned int sct_arg_next(const struct sct_known *known, unsigned int i);
bool sct_result_is_plain(const struct sct_row *row, int64_t result);
void sct_result_print(struct sct_text *text, const struct sct_known *known, const struct sct_row *row,
		      int64_t result);

#endif
