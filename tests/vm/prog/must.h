/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a call must give: a line for each that does not, and their number. */
#ifndef PROG_MUST_H
#define PROG_MUST_H

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int failures;

static void must(const char *what, long ret, int want)
{
	int got = ret < 0 ? errno : 0;

	if (got == want)
		return;
	printf("%s: %s instead of %s\n", what, strerror(got), strerror(want));
	failures++;
}

#endif
