/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's ways to user memory. Whose memory it is: user_memory.h. */
#ifndef SHIM_LINUX_UACCESS_H
#define SHIM_LINUX_UACCESS_H

#include <linux/types.h>

#ifndef __user
#define __user
#endif

/* Both served: what is not in memory is brought there. */
#define pagefault_disable()	((void)0)
#define pagefault_enable()	((void)0)

bool access_ok(const void __user *from, unsigned long n);
unsigned long raw_copy_from_user(void *to, const void __user *from, unsigned long n);
long strncpy_from_user(char *to, const char __user *from, long n);

#endif
