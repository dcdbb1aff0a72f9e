// SPDX-License-Identifier: GPL-2.0-only
/*
 * sctrace_kunit.ko: the units of the module, to be run in a kernel that has KUnit. They run as it
 * is loaded; what has come of them is in /sys/kernel/debug/kunit/sctrace_*.
 */
#include <linux/module.h>

MODULE_DESCRIPTION("Units of the system call tracer sctrace");
MODULE_AUTHOR("The sctrace authors");
MODULE_LICENSE("GPL");
