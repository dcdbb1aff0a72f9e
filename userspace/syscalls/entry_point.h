/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The functions of the kernel that system calls arrive in. */
#ifndef SCT_ENTRY_POINT_H
#define SCT_ENTRY_POINT_H

#include <uapi/sctrace.h>

/* Functions that one call can arrive in: the kernel has one of them, or several that are not all used. */
#define SCT_MAX_ENTRY_POINTS 2

/*
 * Writes the names, ended by NULs, of what the call with this number may arrive in. After sct_calls_init().
 * Return: how many; 0: the call is not known, or one of its own cannot be watched.
 */
unsigned int sct_entry_points(char names[][sizeof(((struct sctrace_symbol *)0)->name)], unsigned int abi,
			      unsigned int nr);

/* A function that is there if the kernel has the ABI at all; NULL: it always has. */
const char *sct_entry_point_of_abi(unsigned int abi);

#endif
