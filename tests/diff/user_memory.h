/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The memory and the files that module/capture.c sees, which in the kernel are those of current. */
#ifndef USER_MEMORY_H
#define USER_MEMORY_H

#include <stdint.h>
#include <sys/types.h>

/* The task: our own, or one that is stopped. Set before each sctrace_capture_steps(). */
extern pid_t user_tid;

struct sctrace_regs;

/* Its registers; NULL: those that it has, stopped by ptrace. */
extern const struct sctrace_regs *user_regs;

/* What sctrace_maps_tell() answers here: with 1, these bytes; where sleeping is allowed, never an error. */
struct sctrace_maps {
	const void *bytes;
	uint32_t len;
	int answer;
};

#endif
