// SPDX-License-Identifier: GPL-2.0-or-later
/* What times(2) fills in. The call is not made: the answers are made here. */
#include <sys/times.h>

#include "calls.h"

static void ticks(void)
{
	static const long ticks[] = { 0, 1, 99, 100, 114, 360000, 1L << 40, -1, -100 };
	struct tms tms;
	unsigned int i;

	for (i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++) {
		tms = (struct tms) { ticks[i], 5, 0, ticks[i] };
		call(times, &tms);
	}
}

static const struct family families[] = {
	{ "times", ticks, "-r times" },
};

PROGRAM(NULL, NULL)
