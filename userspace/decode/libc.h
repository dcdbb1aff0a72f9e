/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of errors and signals, which glibc has since 2.32 (<string.h>): for older ones, as Debian 11's. */
#ifndef SCT_LIBC_H
#define SCT_LIBC_H

#include <features.h>
#include <string.h>

#if !__GLIBC_PREREQ(2, 32)

/* Valid for ever. NULL: the number has none. */
const char *strerrorname_np(int error);
const char *strerrordesc_np(int error);
const char *sigabbrev_np(int signo);

#endif

#endif
