/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One argument of a call, and its result, as text. */
#ifndef SCT_ARG_H
#define SCT_ARG_H

#include "print.h"

void sct_name_print(struct sct_text *text, const struct sct_row *row, unsigned int abi, uint64_t nr);
const struct sct_arg *sct_arg_at(const struct sct_known *known, unsigned int position);
uint64_t sct_arg_raw(const struct sct_known *known, unsigned int position);
bool sct_arg_print(struct sct_text *text, const struct sct_known *known, unsigned int position);
const char *sct_arg_name(const struct sct_known *known, unsigned int position);
unsigned int sct_arg_next(const struct sct_known *known, unsigned int i);
const char *sct_restart_name(int64_t result);
bool sct_result_is_plain(const struct sct_row *row, int64_t result);
void sct_result_print(struct sct_text *text, const struct sct_known *known, const struct sct_row *row,
		      int64_t result);

#endif
