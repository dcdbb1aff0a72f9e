/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moments of a recording, in the words of journalctl and of our own gaps and dumps. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "moment.h"

#define S 1000000000ull

/* So many digits, two or four. false: they are not there. */
static bool take_digits(const char **at, unsigned int n, int *value)
{
	*value = 0;
	while (n--) {
		if (**at < '0' || **at > '9')
			return false;
		*value = *value * 10 + *(*at)++ - '0';
	}
	return true;
}

/* "", or ".5": ns. */
static bool take_fraction(const char **at, uint64_t *ns)
{
	uint64_t step = S;

	*ns = 0;
	if (**at != '.')
		return true;
	if (*++*at < '0' || **at > '9')
		return false;
	for (; **at >= '0' && **at <= '9'; (*at)++) {
		step /= 10;
		*ns += (**at - '0') * step;
	}
	return true;
}

/* A number that may have a fraction, of a unit of so many ns. false: it is too large, too. */
static bool take_amount(const char **at, uint64_t *whole, uint64_t *part)
{
	char *end;

	if (**at < '0' || **at > '9')
		return false;
	*whole = strtoull(*at, &end, 10);
	*at = end;
	return *whole < 1ull << 40 && take_fraction(at, part);
}

/* "10s", "1.5m", "300ms"; without a unit, seconds. false: it is none, or too long. */
bool sct_length_parse(const char *text, uint64_t *ns)
{
	static const struct { const char *name; uint64_t ns; } units[] = {
		{ "ns", 1 }, { "us", 1000 }, { "ms", 1000000 }, { "s", S }, { "m", 60 * S }, { "min", 60 * S },
		{ "h", 3600 * S }, { "d", 86400 * S },
	};
	uint64_t whole, part;
	size_t i;

	if (!take_amount(&text, &whole, &part))
		return false;
	if (!*text)
		text = "s";
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (!strcmp(text, units[i].name) && !__builtin_mul_overflow(whole, units[i].ns, &whole)) {
			/* A fraction of a day, in billionths, would not fit. */
			*ns = whole + (units[i].ns < S ? part * units[i].ns / S : part * (units[i].ns / S));
			return *ns < INT64_MAX;
		}
	}
	return false;
}

/* "04:36", "04:36:12", "04:36:12.5"; ns of the day. */
static bool take_clock(const char **at, struct tm *tm, uint64_t *ns)
{
	*ns = 0;
	if (!take_digits(at, 2, &tm->tm_hour) || *(*at)++ != ':' || !take_digits(at, 2, &tm->tm_min))
		return false;
	if (**at == ':') {
		++*at;
		if (!take_digits(at, 2, &tm->tm_sec) || !take_fraction(at, ns))
			return false;
	}
	return tm->tm_hour < 24 && tm->tm_min < 60 && tm->tm_sec < 60;
}

/* "Z", and nothing behind. */
static bool take_zone(const char *at, bool *utc)
{
	*utc = *at == 'Z';
	return !at[*utc];
}

/* ns of CLOCK_REALTIME. false: there is no such day, or it is before 1970. */
static bool date_of(struct tm tm, bool utc, uint64_t part, uint64_t *ns)
{
	struct tm made = tm;
	time_t seconds;

	made.tm_isdst = -1;
	seconds = utc ? timegm(&made) : mktime(&made);
	/* A 31st of February has become something else. */
	if (seconds < 0 || made.tm_mday != tm.tm_mday || made.tm_mon != tm.tm_mon)
		return false;
	*ns = seconds * S + part;
	return true;
}

/* "2026-11-29", with a time behind a T or a blank. */
static bool parse_date(const char *at, struct sct_moment *m)
{
	struct tm tm = { 0 };
	uint64_t part = 0;

	if (!take_digits(&at, 4, &tm.tm_year) || *at++ != '-' || !take_digits(&at, 2, &tm.tm_mon) || *at++ != '-' ||
	    !take_digits(&at, 2, &tm.tm_mday))
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	if ((*at == 'T' || *at == ' ') && (at++, !take_clock(&at, &tm, &part)))
		return false;
	m->kind = SCT_MOMENT_DATE;
	return take_zone(at, &m->utc) && date_of(tm, m->utc, part, &m->ns);
}

static bool parse_clock(const char *at, struct sct_moment *m)
{
	struct tm tm = { 0 };
	uint64_t part;

	if (!take_clock(&at, &tm, &part))
		return false;
	m->kind = SCT_MOMENT_CLOCK;
	m->ns = (tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec) * S + part;
	return take_zone(at, &m->utc);
}

/* false: it is none. */
bool sct_moment_parse(struct sct_moment *m, const char *text)
{
	uint64_t whole, part;
	const char *at = text + 1;

	*m = (struct sct_moment) { 0 };
	switch (*text) {
	case '+':
	case '-':
		m->kind = *text == '+' ? SCT_MOMENT_AFTER_BEGIN : SCT_MOMENT_BEFORE_END;
		return at[strspn(at, "0123456789.")] && sct_length_parse(at, &m->ns);
	case '@':
		m->kind = SCT_MOMENT_DATE;
		if (!take_amount(&at, &whole, &part) || *at || whole > UINT64_MAX / S - 1)
			return false;
		m->ns = whole * S + part;
		return true;
	default:
		return parse_date(text, m) || parse_clock(text, m);
	}
}

/* CLOCK_REALTIME, ns. */
uint64_t sct_moment_realtime(const struct sct_moment *m, const struct sct_span *span)
{
	time_t begin = span->begin / S;
	uint64_t ns;
	struct tm tm;

	switch (m->kind) {
	case SCT_MOMENT_CLOCK:
		if (!(m->utc ? gmtime_r(&begin, &tm) : localtime_r(&begin, &tm)))
			return 0;
		tm.tm_hour = m->ns / S / 3600;
		tm.tm_min = m->ns / S / 60 % 60;
		tm.tm_sec = m->ns / S % 60;
		return date_of(tm, m->utc, m->ns % S, &ns) ? ns : 0;
	case SCT_MOMENT_AFTER_BEGIN:
		return span->begin + m->ns;
	case SCT_MOMENT_BEFORE_END:
		return span->end > m->ns ? span->end - m->ns : 0;
	default:
		return m->ns;
	}
}
