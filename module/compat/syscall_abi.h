/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What <asm/syscall.h> does not say in the same way on all architectures: which table a system
 * call's number belongs to, and how a 32-bit program's result looks.
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

/* The register holds what the call returned, a long, for 32-bit programs as well. */
static inline long sctrace_syscall_result(u8 abi, long result)
{
	return result;
}

#elif defined(CONFIG_ARM64)

#define SCTRACE_AUDIT_ARCH	AUDIT_ARCH_AARCH64

/* Of the call that current is in. */
static inline u8 sctrace_syscall_abi(long *nr)
{
	return is_compat_task() ? SCTRACE_ABI_COMPAT : SCTRACE_ABI_NATIVE;
}

/*
 * Of a 32-bit program the register holds the lower half, and whether the tracepoint fills it up
 * with zeros or with its sign depends on the kernel (5.14 and some stable ones before it: the
 * sign). The lower half tells either way; as elsewhere, only an error is negative, and an
 * address above 2 GiB is not.
 */
static inline long sctrace_syscall_result(u8 abi, long result)
{
	if (abi != SCTRACE_ABI_COMPAT)
		return result;
	return IS_ERR_VALUE((long)(s32)result) ? (long)(s32)result : (long)(u32)result;
}

#else
#error "sctrace runs on x86_64 and arm64 kernels; this one is for another architecture"
#endif

#endif
