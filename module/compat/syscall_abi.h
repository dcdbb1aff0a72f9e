/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which table a system call's number belongs to: the one thing about it that <asm/syscall.h> does
 * not say in the same way on all architectures.
 */
#ifndef SCTRACE_COMPAT_SYSCALL_ABI_H
#define SCTRACE_COMPAT_SYSCALL_ABI_H

#include <linux/audit.h>
#include <linux/compat.h>
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

#else
#error "sctrace: this architecture is not supported yet (x86_64 is)"
#endif

#endif
