/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inode number of a mount namespace, of which modules know neither the structure nor
 * from_mnt_ns(). Its struct ns_common is the first member, up to 5.10 the second; which one, is
 * seen when the module is loaded.
 */
#ifndef SCTRACE_COMPAT_MNT_NS_H
#define SCTRACE_COMPAT_MNT_NS_H

#include <linux/ns_common.h>
#include <linux/nsproxy.h>
#include <linux/proc_ns.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static inline bool sctrace_mnt_ns_is_at(const struct ns_common *ns)
{
	const struct proc_ns_operations *ops;
	const char *name;
	char text[4];

	return !copy_from_kernel_nofault(&ops, &ns->ops, sizeof(ops)) &&
	       !copy_from_kernel_nofault(&name, &ops->name, sizeof(name)) &&
	       !copy_from_kernel_nofault(text, name, sizeof(text)) &&
	       !memcmp(text, "mnt", sizeof(text));
}

/*
 * Return: where it is in struct mnt_namespace, in bytes; -1: not found, so it cannot be asked for.
 */
static inline int sctrace_mnt_ns_find(void)
{
	const u8 *ns = (const u8 *)init_task.nsproxy->mnt_ns;
	int offset;

	for (offset = 0; offset <= 8; offset += 8) {
		if (sctrace_mnt_ns_is_at((const struct ns_common *)(ns + offset)))
			return offset;
	}
	return -1;
}

#endif
