/* SPDX-License-Identifier: GPL-2.0-only */
/* What a descriptor of the current task refers to. */
#ifndef SCTRACE_FD_PATH_H
#define SCTRACE_FD_PATH_H

#include <linux/types.h>

int sctrace_fd_path(int fd, char *to, u32 max, bool details, bool may_sleep);

#endif
