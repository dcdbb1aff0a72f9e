/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands in a line before and behind a call: times, the call's number. */
#ifndef SCT_COLUMNS_H
#define SCT_COLUMNS_H

#include <time.h>

#include "text.h"

/* Zeroed: nothing. Digits are those of a second's parts: 0, 3, 6 or 9. */
struct sct_columns {
	bool before;			/* one of the five that follow */
	bool clock;			/* the time of day */
	bool unix_time;			/* seconds since 1970 */
	bool relative;			/* since the line before */
	bool numbers;			/* the call's number */
	bool ips;			/* the address of the instruction behind the one that makes it */
	bool took;			/* behind the result: how long the call took */
	uint8_t digits, relative_digits, took_digits;
	uint64_t last;			/* CLOCK_MONOTONIC of the line before, ns; 0: there was none */
	time_t second;			/* whose time of day is in day */
	char day[16];			/* "14:43:15"; "": none yet */
};

/* Of which call a line is. */
struct sct_column_call {
	uint64_t nr;			/* UINT64_MAX: of none */
	uint64_t ip;			/* 0: not known */
	unsigned int word;		/* bytes of the task's addresses: 4 or 8 */
};

void sct_columns_before(struct sct_columns *c, struct sct_text *text, uint64_t time, int64_t realtime,
			const struct sct_column_call *call);
void sct_columns_after(const struct sct_columns *c, struct sct_text *text, uint64_t entered, uint64_t returned);

#endif
