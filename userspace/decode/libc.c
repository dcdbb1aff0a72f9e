/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an older glibc lacks. */
#include "libc.h"

#if !__GLIBC_PREREQ(2, 32)

#include <signal.h>

#include "text.h"

/* glibc has it, and declares it nowhere. */
extern const char *const sys_sigabbrev[_NSIG];

const char *strerrorname_np(int error)
{
	return error > 0 ? sct_xlat_name(&sct_xlat_errno_names, error) : NULL;
}

const char *strerrordesc_np(int error)
{
	return strerrorname_np(error) ? strerror(error) : NULL;
}

const char *sigabbrev_np(int signo)
{
	return signo > 0 && signo < _NSIG ? sys_sigabbrev[signo] : NULL;
}

#endif
