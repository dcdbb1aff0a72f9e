/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --flight: the newest records are kept, and go into a file when something happens. */
#ifndef SCT_FLIGHT_H
#define SCT_FLIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include <sctrace/sctrace.h>

struct trace;

struct sct_cli_flight {
	uint64_t bytes;			/* --flight; 0: not given */
	uint64_t after_ns;		/* --dump-after */
	/* --dump-on */
	bool exit;
	uint64_t signals;		/* bit n - 1: signal n */
	const char *slow;
	const char *where;
	uint32_t max;			/* --dump-max; 0: not given */
};

void sct_flight_filters(const struct sct_cli_flight *flight);
void sct_flight_prepare(struct trace *t, const struct sct_options *options);
void sct_flight_start(void);
void sct_flight_follow(struct trace *t);
void sct_flight_end(struct trace *t);

#endif
