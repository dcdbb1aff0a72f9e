/* SPDX-License-Identifier: GPL-2.0-only */
/* Nobody guesses here. */
#ifndef SHIM_LINUX_NOSPEC_H
#define SHIM_LINUX_NOSPEC_H

#define array_index_nospec(index, size)	(index)
#define barrier_nospec()		((void)0)

#endif
