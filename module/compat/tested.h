/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which kernels this version was tried on (docs/COMPAT.md). Older ones are refused. For newer ones
 * there is a word at build and at load, since what the compiler cannot see may have changed.
 */
#ifndef SCTRACE_COMPAT_TESTED_H
#define SCTRACE_COMPAT_TESTED_H

#include <linux/printk.h>
#include <linux/stringify.h>
#include <linux/version.h>
#include <generated/utsrelease.h>

#define SCTRACE_NEWEST_MAJOR	7
#define SCTRACE_NEWEST_MINOR	3

/* Without the version's last part: stable kernels have more of them than it has room for. */
#define SCTRACE_KERNEL_SERIES	(LINUX_VERSION_CODE >> 8)

#if SCTRACE_KERNEL_SERIES < (5 << 8 | 10)
#error "sctrace needs Linux 5.10 or newer"
#endif

#define SCTRACE_UNTRIED \
	"Linux " UTS_RELEASE " is newer than those this version was tried on (up to " \
	__stringify(SCTRACE_NEWEST_MAJOR) "." __stringify(SCTRACE_NEWEST_MINOR) \
	"): look for a newer sctrace"

#if SCTRACE_KERNEL_SERIES > (SCTRACE_NEWEST_MAJOR << 8 | SCTRACE_NEWEST_MINOR)
#pragma message("sctrace: " SCTRACE_UNTRIED)
#define sctrace_say_if_untried()	pr_notice(SCTRACE_UNTRIED "\n")
#else
#define sctrace_say_if_untried()	do { } while (0)
#endif

#endif
