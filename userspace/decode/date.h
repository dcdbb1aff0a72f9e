/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moments, as dates. */
#ifndef SCT_DATE_H
#define SCT_DATE_H

#include <stdint.h>

struct sct_text;

/* "2026-11-29T04:36:12.000001Z": bytes, with the NUL, for any time of 64 bits. */
#define SCT_DATE_UTC	40

void sct_date_utc(char date[SCT_DATE_UTC], uint64_t realtime);
void sct_date_print(struct sct_text *text, int64_t seconds, uint64_t part, unsigned int digits);

#endif
