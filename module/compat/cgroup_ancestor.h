/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cgroup_ancestor(): since 6.1 it looks a table up; before, it climbs, and who makes cgroups decides
 * how far. The shim may go when 5.15 is gone.
 */
#ifndef SCTRACE_COMPAT_CGROUP_ANCESTOR_H
#define SCTRACE_COMPAT_CGROUP_ANCESTOR_H

#include <linux/cgroup.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#define SCTRACE_MAX_CLIMB	4096
#else
#define SCTRACE_MAX_CLIMB	INT_MAX
#endif

/* Caller holds rcu_read_lock(). Return: the cgroup above at @level; NULL: too far above. */
static inline struct cgroup *sctrace_cgroup_ancestor(struct cgroup *cgroup, int level)
{
	if (cgroup->level - level > SCTRACE_MAX_CLIMB)
		return NULL;
	return cgroup_ancestor(cgroup, level);
}

#endif
