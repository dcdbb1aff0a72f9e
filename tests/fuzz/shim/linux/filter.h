/* SPDX-License-Identifier: GPL-2.0-only */
/* Programs of classic BPF, checked and run as the kernel does it: program.c. */
#ifndef SHIM_LINUX_FILTER_H
#define SHIM_LINUX_FILTER_H

#include_next <linux/filter.h>

#include <linux/types.h>

struct bpf_prog;

int bpf_prog_create_from_user(struct bpf_prog **to, struct sock_fprog *from,
			      int (*check)(struct sock_filter *insns, unsigned int n), bool save);
void bpf_prog_destroy(struct bpf_prog *prog);
u32 bpf_prog_run(const struct bpf_prog *prog, const void *data);

#endif
