/* SPDX-License-Identifier: GPL-2.0-only */
/* As a ring fills up: the reader is woken, and in a lossless session tasks wait for it. */
#ifndef SCTRACE_ROOM_H
#define SCTRACE_ROOM_H

#include <linux/types.h>

struct sctrace_config;
struct sctrace_ring;
struct sctrace_room;
struct sctrace_session;
struct sctrace_stats;

struct sctrace_room *sctrace_room_alloc(const struct sctrace_config *config);
void sctrace_room_free(struct sctrace_room *room);
void sctrace_room_attend(struct sctrace_session *s, struct sctrace_ring *ring);
void sctrace_room_attend_return(struct sctrace_session *s, struct sctrace_ring *ring);
void sctrace_room_wait(struct sctrace_session *s);
void sctrace_room_lost(struct sctrace_session *s, const struct sctrace_ring *ring);
void sctrace_room_came_on(struct sctrace_room *room);
void sctrace_room_open(struct sctrace_room *room);
void sctrace_room_close(struct sctrace_room *room);
void sctrace_room_stats(const struct sctrace_room *room, struct sctrace_stats *stats);

#endif
