/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands in a line before and behind a call: times, the call's number. In strace's words and widths. */
#include <inttypes.h>
#include <stdio.h>

#include "columns.h"

#define NS_PER_S 1000000000

/* ".000123": the parts of a second, cut to digits; nothing if there are none. */
static void put_parts(struct sct_text *text, uint32_t ns, unsigned int digits)
{
	uint32_t unit = NS_PER_S;
	unsigned int i;

	if (!digits)
		return;
	for (i = 0; i < digits; i++)
		unit /= 10;
	sct_text_putf(text, ".%0*u", (int)digits, ns / unit);
}

/* The time of day changes once a second, and strftime(3) is slow. */
static void put_day(struct sct_columns *c, struct sct_text *text, time_t second)
{
	struct tm tm;

	if (!*c->day || second != c->second) {
		c->second = second;
		if (!localtime_r(&second, &tm) || !strftime(c->day, sizeof(c->day), "%T", &tm))
			snprintf(c->day, sizeof(c->day), "??:??:??");
	}
	sct_text_put(text, c->day);
}

/* Lines of calls that are shown when they have returned come with the time of their entry: one can be before the last. */
static void put_relative(struct sct_columns *c, struct sct_text *text, uint64_t time)
{
	int64_t since = c->last ? time - c->last : 0;
	uint64_t ns = since < 0 ? -(uint64_t)since : (uint64_t)since;
	char seconds[24];

	c->last = time;
	snprintf(seconds, sizeof(seconds), "%s%" PRIu64, since < 0 ? "-" : "", ns / NS_PER_S);
	sct_text_putf(text, c->clock || c->unix_time ? "(+%6s" : "%6s", seconds);
	put_parts(text, ns % NS_PER_S, c->relative_digits);
	sct_text_put(text, c->clock || c->unix_time ? ") " : " ");
}

static void put_ip(struct sct_text *text, const struct sct_column_call *call)
{
	int digits = call->word * 2;

	if (call->ip)
		sct_text_putf(text, "[%0*" PRIx64 "] ", digits, call->ip);
	else
		sct_text_putf(text, "[%.*s] ", digits, "????????????????");
}

/* time: of CLOCK_MONOTONIC, ns; with realtime added it is CLOCK_REALTIME. */
void sct_columns_before(struct sct_columns *c, struct sct_text *text, uint64_t time, int64_t realtime,
			const struct sct_column_call *call)
{
	uint64_t now = time + realtime;

	if (c->clock || c->unix_time) {
		if (c->unix_time)
			sct_text_unsigned(text, now / NS_PER_S);
		else
			put_day(c, text, now / NS_PER_S);
		put_parts(text, now % NS_PER_S, c->digits);
		sct_text_put(text, " ");
	}
	if (c->relative)
		put_relative(c, text, time);
	if (c->numbers && call->nr == UINT64_MAX)
		sct_text_put(text, "[????] ");
	else if (c->numbers)
		sct_text_putf(text, "[%4" PRIu64 "] ", call->nr);
	if (c->ips)
		put_ip(text, call);
}

/* entered: 0 if it is not known. */
void sct_columns_after(const struct sct_columns *c, struct sct_text *text, uint64_t entered, uint64_t returned)
{
	/* CPUs' clocks may differ by a little. */
	uint64_t ns = returned > entered ? returned - entered : 0;

	if (!entered) {
		sct_text_put(text, " <unavailable>");
		return;
	}
	sct_text_put(text, " <");
	sct_text_unsigned(text, ns / NS_PER_S);
	put_parts(text, ns % NS_PER_S, c->took_digits);
	sct_text_put(text, ">");
}
