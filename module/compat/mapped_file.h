/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Of the file behind a mapping. Since 6.8, the path that it was opened by is not ->f_path if it is
 * of a file system that lies on another, but file_user_path() (def3ae83da02); since 6.7, times have
 * accessors (077c212f0344), and the fields went. The first may go when 6.6 is gone, the second too.
 */
#ifndef SCTRACE_COMPAT_MAPPED_FILE_H
#define SCTRACE_COMPAT_MAPPED_FILE_H

#include <linux/fs.h>

#ifndef SCTRACE_HAVE_FILE_USER_PATH
static inline const struct path *file_user_path(struct file *file)
{
	return &file->f_path;
}
#endif

#ifndef SCTRACE_HAVE_INODE_GET_MTIME_SEC
static inline time64_t inode_get_mtime_sec(const struct inode *inode)
{
	return inode->i_mtime.tv_sec;
}
#endif

#endif
