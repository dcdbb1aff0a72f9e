/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the filter's options, as a user writes them, to what SCTRACE_IOC_CONFIG wants. */
#ifndef SCT_FILTER_H
#define SCT_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include <uapi/sctrace.h>

#include "fault.h"

/* Texts as they are given; NULL: not given. They must outlive this. */
struct sct_filter_options {
	const char *calls_option;	/* how .calls was given, for messages: "-e trace" */
	const char *calls;
	const char *status_option;
	const char *status;
	const char *fds_option;
	const char *fds;
	const char *errnos;		/* --errno */
	const char *min_duration;	/* --min-duration */
	const char **paths;		/* -P */
	unsigned int nr_paths;
	const char *sample;		/* --sample */
	const char *rate;		/* --rate */
	const char *where;		/* --where */
	bool counted;			/* there is a summary: it counts all calls, as strace's, whatever the status is */
	bool whole;			/* --whole */
	bool no_enter;			/* --no-enter */
};

struct sct_filter {
	bool wanted;			/* an option was given */
	bool lines_by_status;		/* .filter lets calls through that are counted, but of which no lines are wanted */
	__u64 line_results[3];		/* then those whose lines are, as in .filter.results */
	struct sctrace_filter filter;
};

int sct_filter_build(struct sct_filter *f, const struct sct_filter_options *options, const char **option,
		     const char **value, struct sct_fault *fault);
bool sct_filter_has_result(const __u64 *results, int64_t result);
void sct_filter_free(struct sct_filter *f);

#endif
