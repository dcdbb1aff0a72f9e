/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moments, as dates. */
#ifndef SCT_DATE_H
#define SCT_DATE_H

#include <stdint.h>

struct sct_text;

void sct_date_print(struct sct_text *text, int64_t seconds, uint64_t part, unsigned int digits);

#endif
