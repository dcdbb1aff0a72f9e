/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The functions of the kernel that system calls arrive in, as SYSCALL_DEFINE and COMPAT_SYSCALL_DEFINE name
 * them (<linux/syscalls.h>, the architecture's <asm/syscall_wrapper.h>): a prefix and, mostly, the call's own
 * name. The others are from the kernel's tables: arch/x86/entry/syscalls/syscall_64.tbl and syscall_32.tbl,
 * arch/arm64's for 32-bit programs.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "calls.h"
#include "entry_point.h"

/* One call in some ABIs (enum sct_abi). */
struct odd {
	uint8_t abis;
	const char *call;
	const char *function;
};

static const struct odd odds[] = {
	{ SCT_X86_64 | SCT_X32, "fstat", "newfstat" },
	{ SCT_X86_64 | SCT_X32, "lstat", "newlstat" },
	{ SCT_X86_64 | SCT_X32, "stat", "newstat" },
	{ SCT_AARCH64, "fadvise64", "fadvise64_64" },
	{ SCT_AARCH64, "fstat", "newfstat" },
	{ SCT_AARCH64, "personality", "arm64_personality" },
	{ SCT_X86_64 | SCT_X32 | SCT_AARCH64, "sendfile", "sendfile64" },
	{ SCT_X86_64 | SCT_X32 | SCT_AARCH64 | SCT_I386 | SCT_ARM, "umount2", "umount" },
	{ SCT_X86_64 | SCT_X32 | SCT_AARCH64 | SCT_I386 | SCT_ARM, "uname", "newuname" },

	{ SCT_X32, "preadv", "preadv64" },
	{ SCT_X32, "preadv2", "preadv64v2" },
	{ SCT_X32, "pwritev", "pwritev64" },
	{ SCT_X32, "pwritev2", "pwritev64v2" },
	{ SCT_X32, "recvmmsg", "recvmmsg_time64" },
	{ SCT_X32, "rt_sigreturn", "x32_rt_sigreturn" },
	{ SCT_X32, "rt_sigtimedwait", "rt_sigtimedwait_time64" },

	/* What 32-bit programs' tables have alike. */
	{ SCT_I386 | SCT_ARM, "_llseek", "llseek" },
	{ SCT_I386 | SCT_ARM, "_newselect", "select" },
	{ SCT_I386 | SCT_ARM, "adjtimex", "adjtimex_time32" },
	{ SCT_I386 | SCT_ARM, "clock_adjtime", "clock_adjtime32" },
	{ SCT_I386 | SCT_ARM, "clock_adjtime64", "clock_adjtime" },
	{ SCT_I386 | SCT_ARM, "clock_getres", "clock_getres_time32" },
	{ SCT_I386 | SCT_ARM, "clock_getres_time64", "clock_getres" },
	{ SCT_I386 | SCT_ARM, "clock_gettime", "clock_gettime32" },
	{ SCT_I386 | SCT_ARM, "clock_gettime64", "clock_gettime" },
	{ SCT_I386 | SCT_ARM, "clock_nanosleep", "clock_nanosleep_time32" },
	{ SCT_I386 | SCT_ARM, "clock_nanosleep_time64", "clock_nanosleep" },
	{ SCT_I386 | SCT_ARM, "clock_settime", "clock_settime32" },
	{ SCT_I386 | SCT_ARM, "clock_settime64", "clock_settime" },
	{ SCT_I386 | SCT_ARM, "fstat", "newfstat" },
	{ SCT_I386 | SCT_ARM, "futex", "futex_time32" },
	{ SCT_I386 | SCT_ARM, "futex_time64", "futex" },
	{ SCT_I386 | SCT_ARM, "futimesat", "futimesat_time32" },
	{ SCT_I386 | SCT_ARM, "io_getevents", "io_getevents_time32" },
	{ SCT_I386 | SCT_ARM, "lstat", "newlstat" },
	{ SCT_I386 | SCT_ARM, "mq_timedreceive", "mq_timedreceive_time32" },
	{ SCT_I386 | SCT_ARM, "mq_timedreceive_time64", "mq_timedreceive" },
	{ SCT_I386 | SCT_ARM, "mq_timedsend", "mq_timedsend_time32" },
	{ SCT_I386 | SCT_ARM, "mq_timedsend_time64", "mq_timedsend" },
	{ SCT_I386 | SCT_ARM, "nanosleep", "nanosleep_time32" },
	{ SCT_I386 | SCT_ARM, "ppoll", "ppoll_time32" },
	{ SCT_I386 | SCT_ARM, "pselect6", "pselect6_time32" },
	{ SCT_I386 | SCT_ARM, "recvmmsg", "recvmmsg_time32" },
	{ SCT_I386 | SCT_ARM, "rt_sigtimedwait", "rt_sigtimedwait_time32" },
	{ SCT_I386 | SCT_ARM, "sched_rr_get_interval", "sched_rr_get_interval_time32" },
	{ SCT_I386 | SCT_ARM, "sched_rr_get_interval_time64", "sched_rr_get_interval" },
	{ SCT_I386 | SCT_ARM, "semtimedop", "semtimedop_time32" },
	{ SCT_I386 | SCT_ARM, "semtimedop_time64", "semtimedop" },
	{ SCT_I386 | SCT_ARM, "stat", "newstat" },
	{ SCT_I386 | SCT_ARM, "timer_gettime", "timer_gettime32" },
	{ SCT_I386 | SCT_ARM, "timer_gettime64", "timer_gettime" },
	{ SCT_I386 | SCT_ARM, "timer_settime", "timer_settime32" },
	{ SCT_I386 | SCT_ARM, "timer_settime64", "timer_settime" },
	{ SCT_I386 | SCT_ARM, "timerfd_gettime", "timerfd_gettime32" },
	{ SCT_I386 | SCT_ARM, "timerfd_gettime64", "timerfd_gettime" },
	{ SCT_I386 | SCT_ARM, "timerfd_settime", "timerfd_settime32" },
	{ SCT_I386 | SCT_ARM, "timerfd_settime64", "timerfd_settime" },
	{ SCT_I386 | SCT_ARM, "ugetrlimit", "getrlimit" },
	{ SCT_I386 | SCT_ARM, "utimensat", "utimensat_time32" },
	{ SCT_I386 | SCT_ARM, "utimensat_time64", "utimensat" },

	{ SCT_I386 | SCT_ARM, "chown", "chown16" },
	{ SCT_I386 | SCT_ARM, "chown32", "chown" },
	{ SCT_I386 | SCT_ARM, "fchown", "fchown16" },
	{ SCT_I386 | SCT_ARM, "fchown32", "fchown" },
	{ SCT_I386 | SCT_ARM, "getegid", "getegid16" },
	{ SCT_I386 | SCT_ARM, "getegid32", "getegid" },
	{ SCT_I386 | SCT_ARM, "geteuid", "geteuid16" },
	{ SCT_I386 | SCT_ARM, "geteuid32", "geteuid" },
	{ SCT_I386 | SCT_ARM, "getgid", "getgid16" },
	{ SCT_I386 | SCT_ARM, "getgid32", "getgid" },
	{ SCT_I386 | SCT_ARM, "getgroups", "getgroups16" },
	{ SCT_I386 | SCT_ARM, "getgroups32", "getgroups" },
	{ SCT_I386 | SCT_ARM, "getresgid", "getresgid16" },
	{ SCT_I386 | SCT_ARM, "getresgid32", "getresgid" },
	{ SCT_I386 | SCT_ARM, "getresuid", "getresuid16" },
	{ SCT_I386 | SCT_ARM, "getresuid32", "getresuid" },
	{ SCT_I386 | SCT_ARM, "getuid", "getuid16" },
	{ SCT_I386 | SCT_ARM, "getuid32", "getuid" },
	{ SCT_I386 | SCT_ARM, "lchown", "lchown16" },
	{ SCT_I386 | SCT_ARM, "lchown32", "lchown" },
	{ SCT_I386 | SCT_ARM, "setfsgid", "setfsgid16" },
	{ SCT_I386 | SCT_ARM, "setfsgid32", "setfsgid" },
	{ SCT_I386 | SCT_ARM, "setfsuid", "setfsuid16" },
	{ SCT_I386 | SCT_ARM, "setfsuid32", "setfsuid" },
	{ SCT_I386 | SCT_ARM, "setgid", "setgid16" },
	{ SCT_I386 | SCT_ARM, "setgid32", "setgid" },
	{ SCT_I386 | SCT_ARM, "setgroups", "setgroups16" },
	{ SCT_I386 | SCT_ARM, "setgroups32", "setgroups" },
	{ SCT_I386 | SCT_ARM, "setregid", "setregid16" },
	{ SCT_I386 | SCT_ARM, "setregid32", "setregid" },
	{ SCT_I386 | SCT_ARM, "setresgid", "setresgid16" },
	{ SCT_I386 | SCT_ARM, "setresgid32", "setresgid" },
	{ SCT_I386 | SCT_ARM, "setresuid", "setresuid16" },
	{ SCT_I386 | SCT_ARM, "setresuid32", "setresuid" },
	{ SCT_I386 | SCT_ARM, "setreuid", "setreuid16" },
	{ SCT_I386 | SCT_ARM, "setreuid32", "setreuid" },
	{ SCT_I386 | SCT_ARM, "setuid", "setuid16" },
	{ SCT_I386 | SCT_ARM, "setuid32", "setuid" },

	{ SCT_I386, "clone", "ia32_clone" },
	{ SCT_I386, "fadvise64", "ia32_fadvise64" },
	{ SCT_I386, "fadvise64_64", "ia32_fadvise64_64" },
	{ SCT_I386, "fallocate", "ia32_fallocate" },
	{ SCT_I386, "fcntl", "fcntl64" },
	{ SCT_I386, "fstat64", "ia32_fstat64" },
	{ SCT_I386, "fstatat64", "ia32_fstatat64" },
	{ SCT_I386, "ftruncate64", "ia32_ftruncate64" },
	{ SCT_I386, "getrlimit", "old_getrlimit" },
	{ SCT_I386, "lstat64", "ia32_lstat64" },
	{ SCT_I386, "mmap", "ia32_mmap" },
	{ SCT_I386, "mmap2", "mmap_pgoff" },
	{ SCT_I386, "oldfstat", "fstat" },
	{ SCT_I386, "oldlstat", "lstat" },
	{ SCT_I386, "oldolduname", "olduname" },
	{ SCT_I386, "oldstat", "stat" },
	{ SCT_I386, "olduname", "uname" },
	{ SCT_I386, "pread64", "ia32_pread64" },
	{ SCT_I386, "pwrite64", "ia32_pwrite64" },
	{ SCT_I386, "readahead", "ia32_readahead" },
	{ SCT_I386, "readdir", "old_readdir" },
	{ SCT_I386, "select", "old_select" },
	{ SCT_I386, "stat64", "ia32_stat64" },
	{ SCT_I386, "stime", "stime32" },
	{ SCT_I386, "sync_file_range", "ia32_sync_file_range" },
	{ SCT_I386, "time", "time32" },
	{ SCT_I386, "truncate64", "ia32_truncate64" },
	{ SCT_I386, "umount", "oldumount" },
	{ SCT_I386, "utime", "utime32" },
	{ SCT_I386, "utimes", "utimes_time32" },

	{ SCT_ARM, "arm_fadvise64_64", "aarch32_fadvise64_64" },
	{ SCT_ARM, "arm_sync_file_range", "aarch32_sync_file_range2" },
	{ SCT_ARM, "fallocate", "aarch32_fallocate" },
	{ SCT_ARM, "fstatfs64", "aarch32_fstatfs64" },
	{ SCT_ARM, "ftruncate64", "aarch32_ftruncate64" },
	{ SCT_ARM, "mmap2", "aarch32_mmap2" },
	{ SCT_ARM, "msgctl", "old_msgctl" },
	{ SCT_ARM, "pread64", "aarch32_pread64" },
	{ SCT_ARM, "pwrite64", "aarch32_pwrite64" },
	{ SCT_ARM, "readahead", "aarch32_readahead" },
	{ SCT_ARM, "semctl", "old_semctl" },
	{ SCT_ARM, "shmctl", "old_shmctl" },
	{ SCT_ARM, "statfs64", "aarch32_statfs64" },
	{ SCT_ARM, "sync_file_range2", "aarch32_sync_file_range2" },
	{ SCT_ARM, "truncate64", "aarch32_truncate64" },
	{ SCT_ARM, "utimes", "utimes_time32" },
};

static const struct {
	uint8_t abi;
	const char *prefixes[SCT_MAX_ENTRY_POINTS];
	const char *mark;		/* see sct_entry_point_of_abi() */
} abis[] = {
	{ SCT_X86_64, { "__x64_sys_" }, NULL },
	{ SCT_I386, { "__ia32_compat_sys_", "__ia32_sys_" }, "__ia32_compat_sys_ioctl" },
	{ SCT_X32, { "__x64_compat_sys_", "__x64_sys_" }, "__x64_compat_sys_ioctl" },
	{ SCT_AARCH64, { "__arm64_sys_" }, NULL },
	{ SCT_ARM, { "__arm64_compat_sys_", "__arm64_sys_" }, "__arm64_compat_sys_ioctl" },
};

static const char *function_of(const char *call, uint8_t abi)
{
	size_t i;

	for (i = 0; i < sizeof(odds) / sizeof(odds[0]); i++) {
		if (odds[i].abis & abi && !strcmp(odds[i].call, call))
			return odds[i].function;
	}
	return call;
}

unsigned int sct_entry_points(char names[][sizeof(((struct sctrace_symbol *)0)->name)], unsigned int abi,
			      unsigned int nr)
{
	const struct sct_row *row = sct_calls_find(abi, nr);
	uint8_t kind = sct_calls_abi(abi);
	unsigned int n = 0, p;
	size_t i;

	if (!row)
		return 0;
	for (i = 0; i < sizeof(abis) / sizeof(abis[0]); i++) {
		for (p = 0; abis[i].abi == kind && p < SCT_MAX_ENTRY_POINTS && abis[i].prefixes[p]; p++) {
			int len = snprintf(names[n], sizeof(*names), "%s%s", abis[i].prefixes[p],
					   function_of(row->name, kind));

			if (len >= (int)sizeof(*names))
				return 0;
			n++;
		}
	}
	return n;
}

const char *sct_entry_point_of_abi(unsigned int abi)
{
	size_t i;

	for (i = 0; i < sizeof(abis) / sizeof(abis[0]); i++) {
		if (abis[i].abi == sct_calls_abi(abi))
			return abis[i].mark;
	}
	return NULL;
}
