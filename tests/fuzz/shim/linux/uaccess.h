/* SPDX-License-Identifier: GPL-2.0-only */
/* What more of the module takes from user memory than module/capture.c. Whose memory it is: memory.h. */
#ifndef SHIM_FUZZ_LINUX_UACCESS_H
#define SHIM_FUZZ_LINUX_UACCESS_H

#include_next <linux/uaccess.h>

#include <linux/err.h>

#define u64_to_user_ptr(address)	((void *)(unsigned long)(address))

#define user_access_begin(from, n)	access_ok(from, n)
#define user_access_end()		((void)0)
#define unsafe_get_user(to, from, fault) do { \
	const void *_from = (from); \
	unsigned long _word; \
	if (!access_ok(_from, sizeof(_word)) || raw_copy_from_user(&_word, _from, sizeof(_word))) \
		goto fault; \
	(to) = _word; \
} while (0)
#define get_user(to, from) \
	(!access_ok(from, sizeof(to)) || raw_copy_from_user(&(to), from, sizeof(to)) ? -EFAULT : 0)

int copy_struct_from_user(void *to, size_t size, const void *from, size_t user_size);
void *vmemdup_user(const void *from, size_t size);

#endif
