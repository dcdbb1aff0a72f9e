/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a filter's program, as the kernel would. */
#ifndef UNIT_BPF_H
#define UNIT_BPF_H

#include <stdint.h>

#include <linux/filter.h>
#include <uapi/sctrace.h>

uint32_t bpf_run(const struct sock_filter *insns, uint32_t n, const struct sctrace_filter_data *data);

#endif
