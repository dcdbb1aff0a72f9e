/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What <asm/syscall.h> does not say in the same way on all architectures: which table a system
 * call's number belongs to, which arguments it is entered with, how a 32-bit program's result
 * looks.
 */
#ifndef SCTRACE_COMPAT_SYSCALL_ABI_H
#define SCTRACE_COMPAT_SYSCALL_ABI_H

#include <linux/audit.h>
#include <linux/compat.h>
#include <linux/err.h>
#include <asm/syscall.h>
#include <asm/unistd.h>

#include <uapi/sctrace.h>

#if defined(CONFIG_X86_64)

#define SCTRACE_AUDIT_ARCH	AUDIT_ARCH_X86_64

/* Of the call that current is in. Removes the mark that x32 puts into the number. */
static inline u8 sctrace_syscall_abi(long *nr)
{
	if (in_ia32_syscall())
		return SCTRACE_ABI_COMPAT;
	if (*nr < 0 || !(*nr & __X32_SYSCALL_BIT))
		return SCTRACE_ABI_NATIVE;
	*nr &= ~__X32_SYSCALL_BIT;
	return SCTRACE_ABI_X32;
}

/* Whether the call that current is in is one of the machine's own table, which has @nr. */
static __always_inline bool sctrace_syscall_is_plain(unsigned long nr)
{
	return !in_ia32_syscall() && nr < SCTRACE_MAX_NR;
}

/* Those of the call that current is about to make. */
static inline void sctrace_syscall_entry_arguments(struct pt_regs *regs, unsigned long *args)
{
	syscall_get_arguments(current, regs, args);
}

#elif defined(CONFIG_ARM64)

#define SCTRACE_AUDIT_ARCH	AUDIT_ARCH_AARCH64

/* Of the call that current is in. */
static inline u8 sctrace_syscall_abi(long *nr)
{
	return is_compat_task() ? SCTRACE_ABI_COMPAT : SCTRACE_ABI_NATIVE;
}

/* Whether the call that current is in is one of the machine's own table, which has @nr. */
static __always_inline bool sctrace_syscall_is_plain(unsigned long nr)
{
	return !is_compat_task() && nr < SCTRACE_MAX_NR;
}

/*
 * Those of the call that current is about to make: with the first register itself, not with its
 * copy for restarts, which a ptracer or seccomp that changes the register may leave as it was. With
 * a number of -1 there is no call, and its result is in the register already.
 */
static inline void sctrace_syscall_entry_arguments(struct pt_regs *regs, unsigned long *args)
{
	syscall_get_arguments(current, regs, args);
	if (regs->syscallno != NO_SYSCALL)
		args[0] = regs->regs[0];
}

#else
#error "sctrace runs on x86_64 and arm64 kernels; this one is for another architecture"
#endif

/*
 * Of a 32-bit program the lower half of the register counts. On x86 the rest is what the kernel's
 * function returned, a long; on arm64 the tracepoint fills it up with zeros or with the sign,
 * depending on the kernel. Here only an error is negative, and an address above 2 GiB is not.
 */
static inline long sctrace_syscall_result(u8 abi, long result)
{
	if (abi != SCTRACE_ABI_COMPAT)
		return result;
	return IS_ERR_VALUE((long)(s32)result) ? (long)(s32)result : (long)(u32)result;
}

#endif
