/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The arguments of a call in another way than strace shows them of itself: as numbers, with their names. */
#ifndef SCT_OUTPUT_ARGS_H
#define SCT_OUTPUT_ARGS_H

#include "known.h"
#include "pair.h"
#include "text.h"

void sct_args_put_raw(struct sct_text *line, struct sct_task *task, const struct sct_known *known, bool names);
void sct_args_put_named(struct sct_text *line, struct sct_task *task, const struct sct_known *known);

#endif
