/* SPDX-License-Identifier: GPL-2.0-only */
/* What a file is besides its path. */
#ifndef SCTRACE_FD_DETAILS_H
#define SCTRACE_FD_DETAILS_H

#include <linux/types.h>

struct file;

u32 sctrace_fd_details(struct file *file, char *to, u32 path_len, u32 max);

#endif
