// SPDX-License-Identifier: GPL-2.0-only
#include <linux/cgroup.h>

static inline struct cgroup *probe(const struct cgroup *cgroup)
{
	return cgroup->ancestors[0];
}
