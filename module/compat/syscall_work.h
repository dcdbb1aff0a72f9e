/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The mark on a task that it goes the slow way into system calls, past the tracepoints: since 5.11
 * <linux/thread_info.h> has one name for it on all architectures. May go when 5.10 is gone.
 */
#ifndef SCTRACE_COMPAT_SYSCALL_WORK_H
#define SCTRACE_COMPAT_SYSCALL_WORK_H

#include <linux/sched.h>
#include <linux/thread_info.h>

#ifndef set_task_syscall_work
#define set_task_syscall_work(t, fl)	set_ti_thread_flag(task_thread_info(t), TIF_##fl)
#define clear_task_syscall_work(t, fl)	clear_ti_thread_flag(task_thread_info(t), TIF_##fl)
#define test_task_syscall_work(t, fl)	test_ti_thread_flag(task_thread_info(t), TIF_##fl)
#endif

#endif
