// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a descriptor of the current task refers to, as the link in /proc/PID/fd says it.
 *
 * Some locks can be taken, all spinning: d_path() takes rename_lock and mount_lock if the tree
 * changes while it walks, and dma-buf's files have one around their name; those of sockets are in
 * fd_details.c. At a call's entry and exit the task holds none of them. With PREEMPT_RT such locks
 * sleep.
 */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/path.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "compat/fs_struct.h"
#include "fd_details.h"
#include "fd_path.h"

/*
 * As d_path() itself looks at the root: what the copy points to goes only after a grace period. A
 * reference would not do: dropping the last one of a path can sleep.
 */
static char *path_of_cwd(char *to, u32 max)
{
	struct path pwd;
	char *path;

	rcu_read_lock();
	sctrace_get_pwd_rcu(current->fs, &pwd);
	path = d_path(&pwd, to, max);
	rcu_read_unlock();
	return path;
}

/* Moves a path from the end of the room to its beginning. Return: its length. */
static int to_front(char *to, const char *path, u32 max)
{
	size_t len = strnlen(path, to + max - path);

	memmove(to, path, len);
	return len;
}

static int describe_cwd(char *to, u32 max)
{
	const char *path = path_of_cwd(to, max);

	return IS_ERR(path) ? PTR_ERR(path) : to_front(to, path, max);
}

/*
 * The reference is dropped without sleeping: if it was the last one, since another thread has
 * closed the descriptor meanwhile, the file is released by task work of this task, on its way back
 * to its program. The same happens to a file that is closed while a call of another thread uses it.
 */
static int describe_file(int fd, char *to, u32 max, bool details)
{
	u32 path_max = min_t(u32, max, PATH_MAX);
	struct file *file = fget_raw(fd);
	const char *path;
	int len;

	if (!file)
		return -EBADF;
	path = d_path(&file->f_path, to, path_max);
	if (IS_ERR(path)) {
		len = PTR_ERR(path);
	} else {
		len = to_front(to, path, path_max);
		if (details)
			len += sctrace_fd_details(file, to, len, max);
	}
	fput(file);
	return len;
}

/**
 * sctrace_fd_path() - say what a descriptor refers to
 * @fd: of the current task; AT_FDCWD: its working directory
 * @to: gets the path, or what the kernel calls a file without one (pipe:[1]); no NUL is promised
 * @max: room there, at least 1
 * @details: and what else it is, behind a NUL: a struct sctrace_fd, if there is room and one to say
 * @may_sleep: the caller may
 *
 * Context: a task at the entry or exit of a call, or later on its way back; holds no lock.
 * Return: the length; -EBADF: no such descriptor; -ENAMETOOLONG: it and a NUL do not fit; -EAGAIN:
 * it can only be found out where sleeping is allowed.
 */
int sctrace_fd_path(int fd, char *to, u32 max, bool details, bool may_sleep)
{
	if (IS_ENABLED(CONFIG_PREEMPT_RT) && !may_sleep)
		return -EAGAIN;
	if (fd == AT_FDCWD)
		return describe_cwd(to, min_t(u32, max, PATH_MAX));
	return describe_file(fd, to, max, details);
}
