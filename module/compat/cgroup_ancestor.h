/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cgroup_ancestor(): since 6.1 it looks a table up; before, it climbs, and who makes cgroups
 * decides how far. The shim may go when 5.15 is gone.
 */
#ifndef SCTRACE_COMPAT_CGROUP_ANCESTOR_H
#define SCTRACE_COMPAT_CGROUP_ANCESTOR_H

#include <linux/cgroup.h>

#define SCTRACE_MAX_CLIMB	4096

/* Caller holds rcu_read_lock(). Return: the cgroup above at @level; NULL: too far above. */
static inline struct cgroup *sctrace_cgroup_ancestor(struct cgroup *cgroup, int level)
{
#ifndef SCTRACE_HAVE_CGROUP_ANCESTORS
	if (cgroup->level - level > SCTRACE_MAX_CLIMB)
		return NULL;
#endif
	return cgroup_ancestor(cgroup, level);
}

#endif
