/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a command under ptrace(2) and makes the records of it that the module would make. */
#ifndef TRACER_H
#define TRACER_H

#include <stdbool.h>
#include <stdint.h>

#include <uapi/sctrace.h>

struct tracer {
	const struct sctrace_plan *plans;
	uint32_t nr_plans;
	const struct sctrace_step *steps;
	bool follow;			/* children too */
	/* Numbers of native calls that are not made: their result is 0, whatever they are given. */
	const long *unmade;
	unsigned int nr_unmade;
	/* Called with each record, which it must not keep. */
	void (*record)(void *data, const struct sctrace_hdr *hdr);
	void *data;
};

/* Records of a call that this program could have made, of any ABI: with its own memory as it is now. */
void tracer_pretend(const struct tracer *t, uint8_t abi, uint64_t nr, const uint64_t *args, long result);
int tracer_run(const struct tracer *t, char **command);

#endif
