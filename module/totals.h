/* SPDX-License-Identifier: GPL-2.0-only */
/* What has become of the records of all sessions that have ended. */
#ifndef SCTRACE_TOTALS_H
#define SCTRACE_TOTALS_H

struct attribute_group;
struct sctrace_session;

extern const struct attribute_group *sctrace_totals_groups[];

void sctrace_totals_add(struct sctrace_session *s);
void sctrace_totals_say(void);

#endif
