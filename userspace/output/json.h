/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events as JSON: docs/JSON.md. */
#ifndef SCT_OUTPUT_JSON_H
#define SCT_OUTPUT_JSON_H

#include "container.h"
#include "form.h"

/* Of the objects' layout: a field that goes or comes to mean something else is a new version. */
#define SCT_JSON_VERSION 1

void sct_json_string(struct sct_text *text, const char *chars, size_t n);
void sct_json_who(struct sct_text *text, const char *comm, const struct sct_container *container);
void sct_json_call(struct sct_form *form, const struct sct_form_call *call);
void sct_json_other(struct sct_form *form, const struct sct_event *event);

#endif
