/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fs_struct.seq: a seqcount beside a lock up to 6.12, a seqlock by 7.2. The former may go when 6.12
 * is gone.
 */
#ifndef SCTRACE_COMPAT_FS_STRUCT_H
#define SCTRACE_COMPAT_FS_STRUCT_H

#include <linux/fs_struct.h>

/* The working directory without references: caller holds rcu_read_lock(). */
static inline void sctrace_get_pwd_rcu(struct fs_struct *fs, struct path *pwd)
{
	unsigned int seq;

#ifdef SCTRACE_HAVE_FS_SEQLOCK
	do {
		seq = read_seqbegin(&fs->seq);
		*pwd = fs->pwd;
	} while (read_seqretry(&fs->seq, seq));
#else
	do {
		seq = read_seqcount_begin(&fs->seq);
		*pwd = fs->pwd;
	} while (read_seqcount_retry(&fs->seq, seq));
#endif
}

#endif
