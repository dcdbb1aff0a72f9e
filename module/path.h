/* SPDX-License-Identifier: GPL-2.0-only */
/* The paths that a filter asks for, and whether a call accesses one of them. */
#ifndef SCTRACE_PATH_H
#define SCTRACE_PATH_H

#include <linux/limits.h>
#include <linux/refcount.h>
#include <linux/types.h>

#include <uapi/sctrace.h>

struct sctrace_plans;
struct sctrace_syscall;

#define SCTRACE_PATH_PIECE_BYTES	((u32)sizeof(struct sctrace_piece) + PATH_MAX)

/* Room to look at a call's paths in: words that say where they are, an FD's piece, a STRING's. */
#define SCTRACE_PATH_ROOM_BYTES		(256 + 2 * SCTRACE_PATH_PIECE_BYTES)

enum sctrace_verdict {
	SCTRACE_UNDECIDED,
	SCTRACE_WANTED,
	SCTRACE_UNWANTED,
};

/**
 * struct sctrace_paths - those of one filter
 * @refs: the filter's and one of each task that sleeps at a call's entry
 * @nr: how many
 * @list: all
 * @text: theirs
 * @room: a CPU's, to look at a call's paths in
 */
struct sctrace_paths {
	refcount_t refs;
	u32 nr;
	struct sctrace_path *list;
	char *text;
	u8 __percpu *room;
};

struct sctrace_paths *sctrace_paths_make(const struct sctrace_filter *from);
struct sctrace_paths *sctrace_paths_get(struct sctrace_paths *paths);
void sctrace_paths_put(struct sctrace_paths *paths);
enum sctrace_verdict sctrace_path_look(const struct sctrace_paths *paths,
				       const struct sctrace_plans *plans,
				       const struct sctrace_syscall *call);
enum sctrace_verdict sctrace_path_look_asleep(const struct sctrace_paths *paths,
					      const struct sctrace_plans *plans,
					      const struct sctrace_syscall *call, u8 *room);

#endif
