/* SPDX-License-Identifier: GPL-2.0-only */
/* For module/plan.c, which tests/unit/test_plan.c asks about the reader's plans. */
#ifndef SHIM_LINUX_KERNEL_H
#define SHIM_LINUX_KERNEL_H

#include <assert.h>

#include <errno.h>

#include <linux/compiler.h>
#include <linux/types.h>

#define ALIGN(x, a)	(((x) + (a) - 1) & ~((a) - 1))

#endif
