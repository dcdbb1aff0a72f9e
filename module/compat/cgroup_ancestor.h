/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is above a cgroup: since 6.1 there is a table of the cgroups, before one of their ids, and
 * cgroup_ancestor() climbs; who makes cgroups decides how far. The shim may go when 5.15 is gone.
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

/* Caller holds rcu_read_lock(). @level: of the cgroup or above. */
static inline u64 sctrace_cgroup_ancestor_id(const struct cgroup *cgroup, int level)
{
#ifdef SCTRACE_HAVE_CGROUP_ANCESTORS
	return cgroup_id(cgroup->ancestors[level]);
#else
	return cgroup->ancestor_ids[level];
#endif
}

#endif
