// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a descriptor of the current task refers to, as the link in /proc/PID/fd says it.
 *
 * Two locks can be taken, both spinning: d_path() takes rename_lock and mount_lock if the tree
 * changes while it walks, and dma-buf's files have one around their name. At a call's entry and
 * exit the task holds none of them. With PREEMPT_RT such locks sleep.
 */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/path.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "compat/fs_struct.h"
#include "fd_path.h"

/*
 * The reference is dropped without sleeping: if it was the last one, since another thread has
 * closed the descriptor meanwhile, the file is released by task work of this task, on its way back
 * to its program. The same happens to a file that is closed while a call of another thread uses it.
 */
static char *path_of_file(int fd, char *to, u32 max)
{
	struct file *file = fget_raw(fd);
	char *path;

	if (!file)
		return ERR_PTR(-EBADF);
	path = d_path(&file->f_path, to, max);
	fput(file);
	return path;
}

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

/**
 * sctrace_fd_path() - say what a descriptor refers to
 * @fd: of the current task; AT_FDCWD: its working directory
 * @to: gets the path, or what the kernel calls a file without one (pipe:[1]); no NUL is promised
 * @max: room there, at least 1
 * @may_sleep: the caller may
 *
 * Context: a task at the entry or exit of a call, or later on its way back; holds no lock.
 * Return: the length; -EBADF: no such descriptor; -ENAMETOOLONG: it and a NUL do not fit; -EAGAIN:
 * it can only be found out where sleeping is allowed.
 */
int sctrace_fd_path(int fd, char *to, u32 max, bool may_sleep)
{
	char *path;
	size_t len;

	if (IS_ENABLED(CONFIG_PREEMPT_RT) && !may_sleep)
		return -EAGAIN;
	path = fd == AT_FDCWD ? path_of_cwd(to, max) : path_of_file(fd, to, max);
	if (IS_ERR(path))
		return PTR_ERR(path);
	/* It stands at the end. */
	len = strnlen(path, to + max - path);
	memmove(to, path, len);
	return len;
}
