/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events as CSV: RFC 4180, and docs/JSON.md. */
#ifndef SCT_OUTPUT_CSV_H
#define SCT_OUTPUT_CSV_H

#include "form.h"

void sct_csv_header(struct sct_form *form);
void sct_csv_field(struct sct_text *text, const char *chars, size_t n);
void sct_csv_who(struct sct_text *text, const char *comm);
void sct_csv_call(struct sct_form *form, const struct sct_form_call *call);
void sct_csv_other(struct sct_form *form, const struct sct_event *event);

#endif
