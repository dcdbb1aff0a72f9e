/* SPDX-License-Identifier: GPL-2.0-only */
/* For module/rate.c. */
#ifndef SHIM_LINUX_MATH64_H
#define SHIM_LINUX_MATH64_H

#define div_u64(n, by)		((n) / (by))

#endif
