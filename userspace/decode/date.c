/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moments, as dates behind the number that they are. */
#include <stdio.h>
#include <time.h>

#include "date.h"
#include "text.h"

/* A time of CLOCK_REALTIME, ns, in the same words wherever it is read. */
void sct_date_utc(char date[SCT_DATE_UTC], uint64_t realtime)
{
	time_t seconds = realtime / 1000000000;
	struct tm tm;
	size_t n = 0;

	if (gmtime_r(&seconds, &tm))
		n = strftime(date, SCT_DATE_UTC, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(date + n, SCT_DATE_UTC - n, ".%06uZ", (unsigned int)(realtime % 1000000000 / 1000));
}

/*
 * The comment with a moment's date, in the reader's time zone. part: of the second, of so many
 * digits. Nothing if it is no moment or the epoch itself.
 */
void sct_date_print(struct sct_text *text, int64_t seconds, uint64_t part, unsigned int digits)
{
	static const uint32_t parts[] = { [0] = 1, [6] = 1000000, [9] = 1000000000 };
	time_t moment = seconds;
	char date[64], zone[16];
	struct tm tm;

	if ((!seconds && !part) || part >= parts[digits] || !localtime_r(&moment, &tm) ||
	    !strftime(date, sizeof(date), "%FT%T", &tm) || !strftime(zone, sizeof(zone), "%z", &tm))
		return;
	sct_text_putf(text, " /* %s", date);
	if (part)
		sct_text_putf(text, ".%0*llu", (int)digits, (unsigned long long)part);
	sct_text_putf(text, "%s */", zone);
}
