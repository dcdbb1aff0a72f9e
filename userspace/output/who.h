/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How JSON and CSV say what a task is called, and in which container it is. */
#ifndef SCT_OUTPUT_WHO_H
#define SCT_OUTPUT_WHO_H

#include "form.h"

const char *sct_who(struct sct_form *form, struct sct_task *task);
void sct_who_forked(struct sct_form *form, const struct sct_event *event);
void sct_who_free(struct sct_form *form);

#endif
