/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signals by name, and what is known of one that is delivered. */
#ifndef SCT_SIGNALS_H
#define SCT_SIGNALS_H

#include <uapi/sctrace.h>

#include "text.h"

void sct_signal_name_print(struct sct_text *text, uint32_t signo);
void sct_signal_print(struct sct_text *text, uint32_t signo);
void sct_signal_record_print(struct sct_text *text, const struct sctrace_rec_signal *rec);

#endif
