/* SPDX-License-Identifier: GPL-2.0-only */
/* IS_ERR_VALUE() is in the kernel.h here. */
#include <linux/kernel.h>
