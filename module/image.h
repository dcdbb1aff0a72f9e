/* SPDX-License-Identifier: GPL-2.0-only */
/* What execve gave the new image. */
#ifndef SCTRACE_IMAGE_H
#define SCTRACE_IMAGE_H

#include <linux/types.h>

struct linux_binprm;

u8 *sctrace_image_write(u8 *at, u8 *end, const struct linux_binprm *bprm);

#endif
