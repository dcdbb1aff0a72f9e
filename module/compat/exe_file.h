/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * get_file_rcu(): since 6.7 it takes the place where the pointer is, before the pointer. May go
 * when 6.6 is gone.
 */
#ifndef SCTRACE_COMPAT_EXE_FILE_H
#define SCTRACE_COMPAT_EXE_FILE_H

#include <linux/fs.h>
#include <linux/mm_types.h>
#include <linux/rcupdate.h>

/* The file that a process runs, with a reference, or NULL. Does not sleep. */
static inline struct file *sctrace_exe_file(struct mm_struct *mm)
{
	struct file *file;

	rcu_read_lock();
#ifdef SCTRACE_HAVE_GET_FILE_RCU_PLACE
	file = get_file_rcu(&mm->exe_file);
#else
	file = rcu_dereference(mm->exe_file);
	if (file && !get_file_rcu(file))
		file = NULL;
#endif
	rcu_read_unlock();
	return file;
}

#endif
