/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The paths of which a call must access one: -P. */
#ifndef SCT_FILTER_PATH_H
#define SCT_FILTER_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include <uapi/sctrace.h>

#include "fault.h"

int sct_path_add(struct sctrace_filter *filter, const char *path, struct sct_fault *fault);
bool sct_path_matches(const struct sctrace_filter *filter, const char *what, size_t len, bool cut);
void sct_path_free(struct sctrace_filter *filter);

#endif
