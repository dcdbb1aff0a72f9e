// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether a call accesses one of the paths that a filter asks for. The rule is in <uapi/sctrace.h>,
 * at struct sctrace_path; the reader has its own copy for what could not be decided here
 * (userspace/filter/undecided.c).
 *
 * It is asked before anything of the call is written: the steps of its plan that say paths are run
 * into room of this CPU's, so what is not wanted takes nothing of the ring. A call that is wanted
 * has its paths read twice.
 */
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "capture.h"
#include "deferred.h"
#include "match.h"
#include "path.h"
#include "plan.h"
#include "policy.h"

/**
 * struct look - at the paths of one call
 * @paths: what is asked for
 * @c: runs the steps
 * @at: behind the words that addresses are taken from; a piece of FD goes here
 * @dir: the piece of the step before, if that is an FD and was run
 * @unknown: something is not known that there is
 */
struct look {
	const struct sctrace_paths *paths;
	struct sctrace_capture c;
	u8 *at;
	struct sctrace_piece *dir;
	bool unknown;
};

static bool matches_any(const struct sctrace_paths *paths, const char *what, u32 len, bool cut)
{
	u32 i;

	for (i = 0; i < paths->nr; i++) {
		const struct sctrace_path *path = &paths->list[i];

		if (sctrace_text_matches(path->match, paths->text + path->offset, path->length,
					 what, len, cut))
			return true;
	}
	return false;
}

/* Runs a step into its place. NULL: there is no piece. */
static struct sctrace_piece *run(struct look *l, u32 step, u8 *at)
{
	l->c.at = at;
	sctrace_capture_steps(&l->c, step, step + 1);
	return l->c.at == at ? NULL : (struct sctrace_piece *)at;
}

static bool is_cwd(const struct look *l, const struct sctrace_step *step)
{
	return step->base == SCTRACE_BASE_CWD ||
	       (step->base == SCTRACE_BASE_ARG && (int)l->c.args[step->index] == AT_FDCWD);
}

static bool fd_matches(struct look *l, u32 nr)
{
	const struct sctrace_step *step = &l->c.steps[nr];

	l->dir = NULL;
	/* If only a relative path needs it, it is looked up when there is one. */
	if (!(step->flags & SCTRACE_STEP_PATH) || is_cwd(l, step))
		return false;
	l->dir = run(l, nr, l->at);
	if (!l->dir) {
		l->unknown = true;
		return false;
	}
	return matches_any(l->paths, (char *)(l->dir + 1), l->dir->len,
			   l->dir->flags & SCTRACE_PIECE_CUT);
}

/* @len: of @text, which is cut to what follows each "./". */
static const char *without_dots(const char *text, u32 *len)
{
	const char *end = text + *len;

	while (end - text >= 2 && text[0] == '.' && text[1] == '/') {
		text += 2;
		while (text < end && *text == '/')
			text++;
	}
	if (end - text == 1 && *text == '.')
		text++;
	*len = end - text;
	return text;
}

/* A relative path, which lies behind the piece of the FD it begins at: it is moved up to that. */
static bool below_matches(struct look *l, u32 nr, const char *rest, u32 len, bool cut)
{
	char *whole;
	u32 n;

	if (!l->dir)
		l->dir = run(l, nr - 1, l->at);
	if (!l->dir || l->dir->flags & SCTRACE_PIECE_FAULT) {
		l->unknown = true;
		return false;
	}
	whole = (char *)(l->dir + 1);
	n = l->dir->len;
	rest = without_dots(rest, &len);
	if (len && n && whole[n - 1] != '/')
		whole[n++] = '/';
	memmove(whole + n, rest, len);
	return matches_any(l->paths, whole, n + len, cut);
}

static bool string_matches(struct look *l, u32 nr)
{
	const struct sctrace_step *step = &l->c.steps[nr];
	bool below = step->flags & SCTRACE_STEP_BELOW;
	struct sctrace_piece *piece = run(l, nr, below ? l->at + SCTRACE_PATH_PIECE_BYTES : l->at);
	const char *text = (const char *)(piece + 1);

	if (!piece) {
		/* No room, or it is being killed; or words that say where could not be read. */
		if (step->base != SCTRACE_BASE_ARG || l->c.args[step->index])
			l->unknown |= !l->c.faulted;
		return false;
	}
	if (!piece->len)
		return false;
	if (below && *text != '/')
		return below_matches(l, nr, text, piece->len, piece->flags & SCTRACE_PIECE_CUT);
	return matches_any(l->paths, text, piece->len, piece->flags & SCTRACE_PIECE_CUT);
}

static bool step_matches(struct look *l, u32 nr)
{
	const struct sctrace_step *step = &l->c.steps[nr];

	if (step->op == SCTRACE_STEP_FD)
		return fd_matches(l, nr);
	if (step->flags & SCTRACE_STEP_PATH)
		return string_matches(l, nr);
	run(l, nr, l->at);
	l->at = l->c.at;
	return false;
}

static enum sctrace_verdict look(const struct sctrace_paths *paths,
				 const struct sctrace_plans *plans,
				 const struct sctrace_syscall *call, u8 *room,
				 bool may_sleep)
{
	struct look l = {
		.paths = paths,
		.c = {
			.steps = plans->steps + call->call->first,
			.args = call->args,
			.first = room,
			.end = room + SCTRACE_PATH_ROOM_BYTES,
			.may_sleep = may_sleep,
			.paths_only = true,
		},
		.at = room,
	};
	u32 i;

	for (i = 0; i < call->call->nr_enter; i++) {
		if (call->call->path_steps >> i & 1 && step_matches(&l, i))
			return SCTRACE_WANTED;
	}
	/* What cannot be read asleep either is no path. */
	if (l.unknown || (l.c.faulted && !may_sleep))
		return SCTRACE_UNDECIDED;
	return SCTRACE_UNWANTED;
}

/**
 * sctrace_path_look() - whether a call accesses one of the paths
 * @paths: there are some
 * @plans: the session's
 * @call: what current is about to do
 *
 * Context: the entry probe; preemption off.
 * Return: SCTRACE_UNDECIDED if it takes sleeping.
 */
enum sctrace_verdict sctrace_path_look(const struct sctrace_paths *paths,
				       const struct sctrace_plans *plans,
				       const struct sctrace_syscall *call)
{
	return look(paths, plans, call, this_cpu_ptr(paths->room), false);
}

/**
 * sctrace_path_look_asleep() - the same where page faults can be served
 * @paths: there are some
 * @plans: the session's
 * @call: what current is about to do
 * @room: SCTRACE_PATH_ROOM_BYTES, 8-byte aligned
 *
 * Context: the entry probe, where it may sleep.
 * Return: SCTRACE_UNDECIDED if the task is being killed.
 */
enum sctrace_verdict sctrace_path_look_asleep(const struct sctrace_paths *paths,
					      const struct sctrace_plans *plans,
					      const struct sctrace_syscall *call, u8 *room)
{
	return look(paths, plans, call, room, true);
}

/* ---- beginning and end ---- */

static bool path_is_good(const struct sctrace_path *path, u32 text_bytes)
{
	return path->match < SCTRACE_MATCH_COUNT && !path->reserved && path->length &&
	       path->length < PATH_MAX && path->offset <= text_bytes &&
	       path->length <= text_bytes - path->offset;
}

static bool are_good(const struct sctrace_paths *paths, u32 text_bytes)
{
	u32 contained = 0, i;

	for (i = 0; i < paths->nr; i++) {
		if (!path_is_good(&paths->list[i], text_bytes))
			return false;
		if (paths->list[i].match == SCTRACE_MATCH_CONTAINS)
			contained += paths->list[i].length;
	}
	return contained <= SCTRACE_MAX_CONTAINED_BYTES;
}

static int fill(struct sctrace_paths *paths, const struct sctrace_filter *from)
{
	void *copied;

	copied = sctrace_copy_array(from->paths, from->nr_paths, sizeof(*paths->list));
	if (IS_ERR(copied))
		return PTR_ERR(copied);
	paths->list = copied;
	copied = sctrace_copy_array(from->path_text, from->path_text_bytes, 1);
	if (IS_ERR(copied))
		return PTR_ERR(copied);
	paths->text = copied;
	paths->nr = from->nr_paths;
	if (!are_good(paths, from->path_text_bytes))
		return -EINVAL;
	paths->room = __alloc_percpu(SCTRACE_PATH_ROOM_BYTES, sizeof(u64));
	return paths->room ? 0 : -ENOMEM;
}

/**
 * sctrace_paths_make() - take the paths over that a filter asks for
 * @from: the filter
 *
 * Context: may sleep.
 * Return: the paths, for sctrace_paths_put(); NULL if it asks for none; -EINVAL, -EFAULT, -ENOMEM.
 */
struct sctrace_paths *sctrace_paths_make(const struct sctrace_filter *from)
{
	struct sctrace_paths *paths;
	int err;

	if (!from->nr_paths)
		return from->path_text_bytes ? ERR_PTR(-EINVAL) : NULL;
	if (from->nr_paths > SCTRACE_MAX_PATHS || !from->path_text_bytes ||
	    from->path_text_bytes > SCTRACE_MAX_PATH_TEXT_BYTES)
		return ERR_PTR(-EINVAL);
	paths = kzalloc(sizeof(*paths), GFP_KERNEL_ACCOUNT);
	if (!paths)
		return ERR_PTR(-ENOMEM);
	refcount_set(&paths->refs, 1);
	err = fill(paths, from);
	if (!err)
		return paths;
	sctrace_paths_put(paths);
	return ERR_PTR(err);
}

/**
 * sctrace_paths_get() - keep paths for a task that is going to sleep at its call's entry
 * @paths: the filter's; NULL is fine
 *
 * Context: preemption off since the filter was found.
 * Return: @paths
 */
struct sctrace_paths *sctrace_paths_get(struct sctrace_paths *paths)
{
	if (paths)
		refcount_inc(&paths->refs);
	return paths;
}

/**
 * sctrace_paths_put() - give a reference back
 * @paths: if it was the last, no probe uses them any more; NULL is fine
 *
 * Context: may sleep.
 */
void sctrace_paths_put(struct sctrace_paths *paths)
{
	if (!paths || !refcount_dec_and_test(&paths->refs))
		return;
	kvfree(paths->list);
	kvfree(paths->text);
	free_percpu(paths->room);
	kfree(paths);
}
