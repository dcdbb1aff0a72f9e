/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a filter's program here, as the kernel does there. */
#ifndef SCT_BPF_H
#define SCT_BPF_H

#include <stdbool.h>
#include <stdint.h>

#include <uapi/sctrace.h>

bool sct_bpf_loads(const struct sctrace_filter *filter, uint32_t offset);
bool sct_bpf_wants(const struct sctrace_filter *filter, const struct sctrace_filter_data *data);

#endif
