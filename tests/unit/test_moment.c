// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/cli/moment.c: what --since and --until take. */
#include <stdlib.h>
#include <time.h>

#include "made.h"
#include "moment.h"

#define S 1000000000ull

/* A recording of 10 s that began at 2026-11-29T23:59:55Z. */
static const struct sct_span span = { 1795996795 * S, 1795996805 * S };

static void moments_that_there_are(void **state)
{
	static const struct { const char *text; uint64_t ns; } rows[] = {
		{ "+2s", span.begin + 2 * S },
		{ "+1.5m", span.begin + 90 * S },
		{ "+0.25d", span.begin + 21600 * S },
		{ "+1h", span.begin + 3600 * S },
		{ "+300ms", span.begin + 300000000 },
		{ "+20us", span.begin + 20000 },
		{ "+7ns", span.begin + 7 },
		{ "+1.000000001s", span.begin + S + 1 },
		{ "-4s", span.end - 4 * S },
		{ "-30000d", 0 },
		{ "@1795996796", 1795996796 * S },
		{ "@1795996796.5", 1795996796 * S + S / 2 },
		{ "2026-11-29T23:59:56Z", 1795996796 * S },
		{ "2026-11-29T23:59:56.000001Z", 1795996796 * S + 1000 },
		{ "2026-11-30Z", 1795996800 * S },
		/* The reader is two hours east of that. */
		{ "2026-11-30", 1795996800 * S - 7200 * S },
		{ "2026-11-30 01:59:56", 1795996796 * S },
		{ "2026-11-30T01:59", 1795996740 * S },
		{ "01:59:57.25", 1795996797 * S + S / 4 },
		{ "23:59:57Z", 1795996797 * S },
		{ "23:58Z", 1795996680 * S },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sct_moment m;

		if (!sct_moment_parse(&m, rows[i].text))
			fail_msg("%s is refused", rows[i].text);
		if (sct_moment_realtime(&m, &span) != rows[i].ns)
			fail_msg("%s: %lu instead of %lu", rows[i].text, sct_moment_realtime(&m, &span), rows[i].ns);
	}
}

static void what_is_no_moment(void **state)
{
	static const char *const texts[] = {
		"", "+", "-", "@", "10", "10s", "+10", "+s", "+1.s", "+1x", "+1ss", "+99999999999999999999s", "+200000000d",
		"@1.", "@1x", "@99999999999", "24:00", "12:60", "23:59:60", "12", "12:3", "12:30:", "12:30x", "2026-02-30", "2026-13-01",
		"2026-11-29T", "2026-11-29T12", "2026-11-2", "1969-12-31Z", "2026-11-29T12:00ZZ", "noon",
	};
	struct sct_moment m;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(texts); i++) {
		if (sct_moment_parse(&m, texts[i]))
			fail_msg("'%s' is taken", texts[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_that_there_are),
		cmocka_unit_test(what_is_no_moment),
	};

	setenv("TZ", "EET-2", 1);
	tzset();
	return cmocka_run_group_tests_name("sctrace_moment", tests, NULL, NULL);
}
