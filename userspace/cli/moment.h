/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moments of a recording, as --since and --until name them. */
#ifndef SCT_MOMENT_H
#define SCT_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

enum sct_moment_kind {
	SCT_MOMENT_NONE,		/* not given */
	SCT_MOMENT_DATE,		/* .ns of CLOCK_REALTIME */
	SCT_MOMENT_CLOCK,		/* .ns of the day when the recording began */
	SCT_MOMENT_AFTER_BEGIN,		/* .ns after the recording's beginning */
	SCT_MOMENT_BEFORE_END,		/* .ns before its end */
};

struct sct_moment {
	enum sct_moment_kind kind;
	bool utc;			/* CLOCK: of the day in UTC, else in the reader's time zone */
	uint64_t ns;
};

/* When a recording was, CLOCK_REALTIME, ns. */
struct sct_span {
	uint64_t begin, end;
};

bool sct_length_parse(const char *text, uint64_t *ns);
bool sct_moment_parse(struct sct_moment *moment, const char *text);
uint64_t sct_moment_realtime(const struct sct_moment *moment, const struct sct_span *span);

#endif
