// SPDX-License-Identifier: GPL-2.0-only
/* If this does not compile, nothing does. */
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/tracepoint.h>
#include <asm/syscall.h>
