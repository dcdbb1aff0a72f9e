/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sock_from_file() had a place for an error up to 5.10. The shim may go when that is gone.
 */
#ifndef SCTRACE_COMPAT_SOCK_FROM_FILE_H
#define SCTRACE_COMPAT_SOCK_FROM_FILE_H

#include <linux/net.h>

/* The socket behind a file; NULL: it is another file. */
static inline struct socket *sctrace_sock_from_file(struct file *file)
{
#ifdef SCTRACE_HAVE_SOCK_FROM_FILE_ALONE
	return sock_from_file(file);
#else
	int err;

	return sock_from_file(file, &err);
#endif
}

#endif
