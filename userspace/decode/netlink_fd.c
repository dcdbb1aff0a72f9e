/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which descriptors are netlink's, and of which protocol: what socket(2) has made in the sight of the trace. A process has few,
 * most have none. One is gone once it is closed, its process ends or executes, or a call returns its number for another, as far as
 * that is in the trace.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "calls.h"
#include "netlink.h"

/* NULL: memory is short. */
struct sct_netlink_fds *sct_netlink_fds_new(void)
{
	return calloc(1, sizeof(struct sct_netlink_fds));
}

void sct_netlink_fds_free(struct sct_netlink_fds *fds)
{
	free(fds);
}

static struct sct_netlink_fd *find(struct sct_netlink_fds *fds, uint32_t tgid, int32_t fd)
{
	unsigned int i;

	for (i = 0; i < fds->n; i++) {
		if (fds->entries[i].fd == fd && fds->entries[i].tgid == tgid)
			return &fds->entries[i];
	}
	return NULL;
}

static void set(struct sct_netlink_fds *fds, uint32_t tgid, int32_t fd, int32_t protocol)
{
	struct sct_netlink_fd *entry = find(fds, tgid, fd);

	if (!entry && fds->n < SCT_NETLINK_FDS) {
		entry = &fds->entries[fds->n++];
	} else if (!entry) {
		entry = &fds->entries[fds->next];
		fds->next = (fds->next + 1) % SCT_NETLINK_FDS;
	}
	*entry = (struct sct_netlink_fd) { tgid, fd, protocol };
}

static bool duplicates(const struct sct_row *row)
{
	return !strcmp(row->name, "dup") || !strcmp(row->name, "dup2") || !strcmp(row->name, "dup3") ||
	       !strcmp(row->name, "fcntl") || !strcmp(row->name, "fcntl64");
}

static void drop(struct sct_netlink_fds *fds, struct sct_netlink_fd *entry)
{
	*entry = fds->entries[--fds->n];
	if (fds->next >= fds->n)
		fds->next = 0;
}

static void drop_all(struct sct_netlink_fds *fds, uint32_t tgid)
{
	unsigned int i = fds->n;

	while (i--) {
		if (fds->entries[i].tgid == tgid)
			drop(fds, &fds->entries[i]);
	}
}

static bool is_close(const struct sct_event *event)
{
	const struct sct_row *row = sct_calls_find(event->task->call.abi, event->task->call.nr);

	return !event->orphan && row && !strcmp(row->name, "close") && event->task->call.nr_args;
}

/* Something has happened; it has been shown. */
void sct_netlink_fds_event(struct sct_netlink_fds *fds, const struct sct_event *event)
{
	const struct sctrace_hdr *hdr = event->rec->hdr;
	struct sct_netlink_fd *entry;

	if (hdr->type == SCTRACE_REC_EXEC || (hdr->type == SCTRACE_REC_TASK_EXIT && hdr->tid == hdr->tgid))
		drop_all(fds, hdr->tgid);
	if (hdr->type != SCTRACE_REC_EXIT && hdr->type != SCTRACE_REC_CALL)
		return;
	entry = event->rec->result == 0 && is_close(event) ? find(fds, hdr->tgid, event->task->call.args[0]) : NULL;
	if (entry)
		drop(fds, entry);
}

/* A call has returned a new descriptor. */
void sct_netlink_fd_made(const struct sct_known *known, int64_t fd)
{
	struct sct_netlink_fds *fds = known->options->netlink;
	const struct sct_row *row = known->plan.row;
	uint32_t tgid = known->call->tgid;
	struct sct_netlink_fd *entry;

	if (!strcmp(row->name, "socket") && sct_known_arg(known, 0) == AF_NETLINK) {
		set(fds, tgid, fd, sct_known_arg(known, 2));
		return;
	}
	if (!fds->n)
		return;
	entry = duplicates(row) ? find(fds, tgid, sct_known_arg(known, 0)) : NULL;
	if (entry) {
		set(fds, tgid, fd, entry->protocol);
		return;
	}
	entry = find(fds, tgid, fd);
	if (entry)
		drop(fds, entry);
}

/* Of the descriptor that is the call's first argument. */
int sct_netlink_fd_protocol(const struct sct_known *known)
{
	struct sct_netlink_fds *fds = known->options->netlink;
	struct sct_netlink_fd *entry = fds && fds->n ? find(fds, known->call->tgid, sct_known_arg(known, 0)) : NULL;

	return entry ? entry->protocol : SCT_NO_NETLINK;
}
