/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tracepoint_is_faultable(): since 6.13. Before that every probe was called with preemption off.
 * May go when 6.12 is gone.
 */
#ifndef SCTRACE_COMPAT_FAULTABLE_H
#define SCTRACE_COMPAT_FAULTABLE_H

#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/tracepoint.h>

/* struct tracepoint's funcs are freed after a grace period of the kind that its probes run in. */
#ifdef SCTRACE_HAVE_TRACEPOINT_IS_FAULTABLE

/* <linux/rcupdate_trace.h> of some kernels does not include what it needs. */
#include <linux/srcu.h>
#include <linux/rcupdate_trace.h>

/* Around what a probe of system calls does with preemption off. */
static __always_inline void sctrace_syscall_probe_begin(void)
{
	preempt_disable_notrace();
}

static __always_inline void sctrace_syscall_probe_end(void)
{
	preempt_enable_notrace();
}

static inline void sctrace_tracepoint_funcs_lock(void)
{
	rcu_read_lock_trace();
	rcu_read_lock();
}

static inline void sctrace_tracepoint_funcs_unlock(void)
{
	rcu_read_unlock();
	rcu_read_unlock_trace();
}

#else

static inline bool tracepoint_is_faultable(struct tracepoint *tp)
{
	return false;
}

/* The tracepoint has turned it off. */
static __always_inline void sctrace_syscall_probe_begin(void)
{
}

static __always_inline void sctrace_syscall_probe_end(void)
{
}

static inline void sctrace_tracepoint_funcs_lock(void)
{
	rcu_read_lock();
}

static inline void sctrace_tracepoint_funcs_unlock(void)
{
	rcu_read_unlock();
}

#endif

#endif
