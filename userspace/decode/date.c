/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moments, as dates behind the number that they are. */
#include <time.h>

#include "date.h"
#include "text.h"

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
