/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls of 32-bit programs (i386, arm): those that only they make, and those that they make otherwise. */
#include "syscall_table.h"

#define BOTH (SCT_I386 | SCT_ARM)

static const struct sct_row rows[] = {
	/* Offsets of 64 bits come in two words. */
	{ .name = "_llseek", .args = {
		FD("fd"), UPPER, LONG_LONG("offset", 1), PTR("result"), ENUM("whence", whence_codes) } },
	{ .name = "pread64", .abis = SCT_I386, .args = {
		FD("fd"), BUF_OUT("buf"), ULONG("count"), LONG_LONG("offset", 4), UPPER } },
	{ .name = "pread64", .abis = SCT_ARM, .args = {
		FD("fd"), BUF_OUT("buf"), ULONG("count"), GAP, LONG_LONG("offset", 5), UPPER } },
	{ .name = "pwrite64", .abis = SCT_I386, .args = {
		FD("fd"), BUF_IN("buf", 2), ULONG("count"), LONG_LONG("offset", 4), UPPER } },
	{ .name = "pwrite64", .abis = SCT_ARM, .args = {
		FD("fd"), BUF_IN("buf", 2), ULONG("count"), GAP, LONG_LONG("offset", 5), UPPER } },
	{ .name = "preadv", .abis = BOTH, .args = {
		FD("fd"), PTR("iov"), ULONG("iovcnt"), LONG_LONG("offset", 4), UPPER } },
	{ .name = "pwritev", .abis = BOTH, .args = {
		FD("fd"), PTR("iov"), ULONG("iovcnt"), LONG_LONG("offset", 4), UPPER } },
	{ .name = "preadv2", .abis = BOTH, .args = {
		FD("fd"), PTR("iov"), ULONG("iovcnt"), LONG_LONG("offset", 4), UPPER,
		FLAGS("flags", rwf_flags) } },
	{ .name = "pwritev2", .abis = BOTH, .args = {
		FD("fd"), PTR("iov"), ULONG("iovcnt"), LONG_LONG("offset", 4), UPPER,
		FLAGS("flags", rwf_flags) } },
	{ .name = "readahead", .abis = SCT_I386, .args = {
		FD("fd"), LONG_LONG("offset", 2), UPPER, ULONG("count") } },
	{ .name = "readahead", .abis = SCT_ARM, .args = {
		FD("fd"), GAP, LONG_LONG("offset", 3), UPPER, ULONG("count") } },
	{ .name = "truncate64", .abis = SCT_I386, .args = {
		PATH("path"), LONG_LONG("length", 2), UPPER } },
	{ .name = "truncate64", .abis = SCT_ARM, .args = {
		PATH("path"), GAP, LONG_LONG("length", 3), UPPER } },
	{ .name = "ftruncate64", .abis = SCT_I386, .args = {
		FD("fd"), LONG_LONG("length", 2), UPPER } },
	{ .name = "ftruncate64", .abis = SCT_ARM, .args = {
		FD("fd"), GAP, LONG_LONG("length", 3), UPPER } },
	{ .name = "fallocate", .abis = BOTH, .args = {
		FD("fd"), FLAGS("mode", fallocate_flags), LONG_LONG("offset", 3), UPPER,
		LONG_LONG("len", 5), UPPER } },
	{ .name = "fadvise64", .abis = SCT_I386, .args = {
		FD("fd"), LONG_LONG("offset", 2), UPPER, ULONG("len"), ENUM("advice", fadvise_cmds) } },
	{ .name = "fadvise64_64", .args = {
		FD("fd"), LONG_LONG("offset", 2), UPPER, LONG_LONG("len", 4), UPPER,
		ENUM("advice", fadvise_cmds) } },
	{ .name = "arm_fadvise64_64", .args = {
		FD("fd"), ENUM("advice", fadvise_cmds), LONG_LONG("offset", 3), UPPER,
		LONG_LONG("len", 5), UPPER } },
	{ .name = "sync_file_range", .abis = SCT_I386, .args = {
		FD("fd"), LONG_LONG("offset", 2), UPPER, LONG_LONG("nbytes", 4), UPPER,
		FLAGS("flags", sync_file_range_flags) } },
	{ .name = "arm_sync_file_range", .args = {
		FD("fd"), FLAGS("flags", sync_file_range_flags), LONG_LONG("offset", 3), UPPER,
		LONG_LONG("nbytes", 5), UPPER } },
	/* Its other name. */
	{ .name = "sync_file_range2", .args = {
		FD("fd"), FLAGS("flags", sync_file_range_flags), LONG_LONG("offset", 3), UPPER,
		LONG_LONG("nbytes", 5), UPPER } },
	{ .name = "fanotify_mark", .abis = BOTH, .args = {
		FD("fanotify_fd"), FLAGS("flags", fanotify_mark_flags),
		FLAGS_LONG_LONG("mask", fanotify_mask, 3), UPPER, DIRFD("dirfd"), PATH("pathname") } },
	{ .name = "lookup_dcookie", .abis = BOTH, .args = {
		ULONG_LONG("cookie", 1), UPPER, BUF_OUT("buffer"), ULONG("len") } },

	/* Files. */
	{ .name = "stat64", .args = { PATH("pathname"), PTR("statbuf") } },
	{ .name = "lstat64", .args = { PATH("pathname"), PTR("statbuf") } },
	{ .name = "fstat64", .args = { FD("fd"), PTR("statbuf") } },
	{ .name = "fstatat64", .args = {
		DIRFD("dirfd"), PATH("pathname"), PTR("statbuf"), FLAGS("flags", at_flags) } },
	{ .name = "statfs64", .args = { PATH("pathname"), ULONG("size"), PTR("buf") } },
	{ .name = "fstatfs64", .args = { FD("fd"), ULONG("size"), PTR("buf") } },
	{ .name = "fcntl64", .args = { FD("fd"), ENUM("op", fcntl_cmds), HEX("arg") } },
	{ .name = "sendfile64", .args = {
		FD("out_fd"), FD("in_fd"), PTR("offset"), ULONG("count") } },
	{ .name = "oldstat", .args = { PATH("pathname"), PTR("statbuf") } },
	{ .name = "oldlstat", .args = { PATH("pathname"), PTR("statbuf") } },
	{ .name = "oldfstat", .args = { FD("fd"), PTR("statbuf") } },
	{ .name = "readdir", .args = { FD("fd"), PTR("dirp"), UINT("count") } },
	{ .name = "umount", .args = { PATH("path") } },
	{ .name = "mmap2", .ret = SCT_RET_HEX, .args = {
		PTR("addr"), ULONG("length"), FLAGS("prot", mmap_prot), FLAGS("flags", mmap_flags),
		FD("fd"), PAGES("offset") } },
	/* i386's first forms of these two take all arguments in a struct. */
	{ .name = "mmap", .abis = SCT_I386, .ret = SCT_RET_HEX, .args = { PTR("args") } },
	{ .name = "select", .abis = SCT_I386, .args = { PTR("args") } },
	{ .name = "_newselect", .args = {
		INT("nfds"), PTR("readfds"), PTR("writefds"), PTR("exceptfds"), PTR("timeout") } },

	/* Several calls behind one number. */
	{ .name = "socketcall", .args = { ENUM("call", socketcalls), PTR("args") } },
	{ .name = "ipc", .args = {
		ENUM("call", ipccalls), INT("first"), ULONG("second"), ULONG("third"), PTR("ptr"),
		LONG("fifth") } },

	/* Sockets that other machines have in socketcall or as sendto and recvfrom. */
	{ .name = "send", .args = {
		FD("sockfd"), BUF_IN("buf", 2), ULONG("len"), FLAGS("flags", msg_flags) } },
	{ .name = "recv", .args = {
		FD("sockfd"), BUF_OUT("buf"), ULONG("len"), FLAGS("flags", msg_flags) } },

	/* Processes and signals. */
	{ .name = "waitpid", .args = {
		PID("pid"), PTR("status"), FLAGS("options", wait_options) } },
	{ .name = "nice", .args = { INT("increment") } },
	{ .name = "signal", .args = { SIGNAL("signum"), PTR("handler") } },
	{ .name = "sigaction", .args = { SIGNAL("signum"), PTR("act"), PTR("oldact") } },
	{ .name = "sigprocmask", .args = {
		ENUM("how", sigprocmask_how), PTR("set"), PTR("oldset") } },
	{ .name = "sigpending", .args = { PTR("set") } },
	{ .name = "sigsuspend", .args = { INT("unused1"), INT("unused2"), HEX("mask") } },
	{ .name = "sigreturn" },
	{ .name = "sgetmask", .ret = SCT_RET_HEX },
	{ .name = "ssetmask", .ret = SCT_RET_HEX, .args = { HEX("newmask") } },
	{ .name = "ugetrlimit", .args = { ENUM("resource", rlimit_resources), PTR("rlim") } },
	{ .name = "vm86old", .args = { PTR("info") } },
	{ .name = "vm86", .args = { ULONG("fn"), PTR("v86") } },

	/* Ids of 16 bits, and the calls that came for those of 32. */
	{ .name = "setuid", .abis = BOTH, .args = { UID16("uid") } },
	{ .name = "setgid", .abis = BOTH, .args = { UID16("gid") } },
	{ .name = "setreuid", .abis = BOTH, .args = { UID16("ruid"), UID16("euid") } },
	{ .name = "setregid", .abis = BOTH, .args = { UID16("rgid"), UID16("egid") } },
	{ .name = "setresuid", .abis = BOTH, .args = { UID16("ruid"), UID16("euid"), UID16("suid") } },
	{ .name = "setresgid", .abis = BOTH, .args = { UID16("rgid"), UID16("egid"), UID16("sgid") } },
	{ .name = "setfsuid", .abis = BOTH, .args = { UID16("fsuid") } },
	{ .name = "setfsgid", .abis = BOTH, .args = { UID16("fsgid") } },
	{ .name = "chown", .abis = BOTH, .args = { PATH("pathname"), UID16("owner"), UID16("group") } },
	{ .name = "lchown", .abis = BOTH, .args = { PATH("pathname"), UID16("owner"), UID16("group") } },
	{ .name = "fchown", .abis = BOTH, .args = { FD("fd"), UID16("owner"), UID16("group") } },
	{ .name = "getuid32" },
	{ .name = "getgid32" },
	{ .name = "geteuid32" },
	{ .name = "getegid32" },
	{ .name = "setuid32", .args = { UID("uid") } },
	{ .name = "setgid32", .args = { UID("gid") } },
	{ .name = "setreuid32", .args = { UID("ruid"), UID("euid") } },
	{ .name = "setregid32", .args = { UID("rgid"), UID("egid") } },
	{ .name = "getresuid32", .args = { PTR("ruid"), PTR("euid"), PTR("suid") } },
	{ .name = "setresuid32", .args = { UID("ruid"), UID("euid"), UID("suid") } },
	{ .name = "getresgid32", .args = { PTR("rgid"), PTR("egid"), PTR("sgid") } },
	{ .name = "setresgid32", .args = { UID("rgid"), UID("egid"), UID("sgid") } },
	{ .name = "setfsuid32", .args = { UID("fsuid") } },
	{ .name = "setfsgid32", .args = { UID("fsgid") } },
	{ .name = "getgroups32", .args = { INT("size"), PTR("list") } },
	{ .name = "setgroups32", .args = { INT("size"), PTR("list") } },
	{ .name = "chown32", .args = { PATH("pathname"), UID("owner"), UID("group") } },
	{ .name = "lchown32", .args = { PATH("pathname"), UID("owner"), UID("group") } },
	{ .name = "fchown32", .args = { FD("fd"), UID("owner"), UID("group") } },

	/* Times of 64 bits; the calls without the suffix have 32. */
	{ .name = "stime", .args = { PTR("tloc") } },
	{ .name = "clock_gettime64", .args = { CLOCK("clockid"), PTR("tp") } },
	{ .name = "clock_settime64", .args = { CLOCK("clockid"), PTR("tp") } },
	{ .name = "clock_adjtime64", .args = { CLOCK("clockid"), PTR("buf") } },
	{ .name = "clock_getres_time64", .args = { CLOCK("clockid"), PTR("tp") } },
	{ .name = "clock_nanosleep_time64", .args = {
		CLOCK("clockid"), FLAGS("flags", timer_flags), PTR("request"), PTR("remain") } },
	{ .name = "timer_gettime64", .args = { INT("timerid"), PTR("curr_value") } },
	{ .name = "timer_settime64", .args = {
		INT("timerid"), FLAGS("flags", timer_flags), PTR("new_value"), PTR("old_value") } },
	{ .name = "timerfd_gettime64", .args = { FD("fd"), PTR("curr_value") } },
	{ .name = "timerfd_settime64", .args = {
		FD("fd"), FLAGS("flags", timerfd_flags), PTR("new_value"), PTR("old_value") } },
	{ .name = "utimensat_time64", .args = {
		DIRFD("dirfd"), PATH("pathname"), PTR("times"), FLAGS("flags", at_flags) } },
	{ .name = "pselect6_time64", .args = {
		INT("nfds"), PTR("readfds"), PTR("writefds"), PTR("exceptfds"), PTR("timeout"),
		PTR("sig") } },
	{ .name = "ppoll_time64", .args = {
		PTR("fds"), UINT("nfds"), PTR("tmo_p"), PTR("sigmask"), ULONG("sigsetsize") } },
	{ .name = "io_pgetevents_time64", .args = {
		HEX("ctx_id"), LONG("min_nr"), LONG("nr"), PTR("events"), PTR("timeout"), PTR("sig") } },
	{ .name = "recvmmsg_time64", .args = {
		FD("sockfd"), PTR("msgvec"), UINT("vlen"), FLAGS("flags", msg_flags), PTR("timeout") } },
	{ .name = "mq_timedsend_time64", .args = {
		FD("mqdes"), BUF_IN("msg_ptr", 2), ULONG("msg_len"), UINT("msg_prio"),
		PTR("abs_timeout") } },
	{ .name = "mq_timedreceive_time64", .args = {
		FD("mqdes"), BUF_OUT("msg_ptr"), ULONG("msg_len"), PTR("msg_prio"),
		PTR("abs_timeout") } },
	{ .name = "semtimedop_time64", .args = {
		INT("semid"), PTR("sops"), UINT("nsops"), PTR("timeout") } },
	{ .name = "rt_sigtimedwait_time64", .args = {
		PTR("set"), PTR("info"), PTR("timeout"), ULONG("sigsetsize") } },
	{ .name = "futex_time64", .args = {
		PTR("uaddr"), ENUM("futex_op", futex_ops), UINT("val"), PTR("timeout"),
		PTR("uaddr2"), HEX("val3") } },
	{ .name = "sched_rr_get_interval_time64", .args = { PID("pid"), PTR("tp") } },

	/* The machine. */
	{ .name = "olduname", .args = { PTR("buf") } },
	{ .name = "oldolduname", .args = { PTR("buf") } },
	{ .name = "bdflush", .args = { INT("func"), LONG("data") } },
	{ .name = "pciconfig_iobase", .args = { LONG("which"), ULONG("bus"), ULONG("devfn") } },
	{ .name = "pciconfig_read", .args = {
		ULONG("bus"), ULONG("devfn"), ULONG("off"), ULONG("len"), PTR("buf") } },
	{ .name = "pciconfig_write", .args = {
		ULONG("bus"), ULONG("devfn"), ULONG("off"), ULONG("len"), PTR("buf") } },

	/* arm's own, above 0x0f0000. */
	{ .name = "breakpoint" },
	{ .name = "cacheflush", .args = { PTR("start"), PTR("end"), HEX("flags") } },
	{ .name = "usr26" },
	{ .name = "usr32" },
	{ .name = "set_tls", .args = { PTR("tls") } },
	{ .name = "get_tls", .ret = SCT_RET_HEX },

	/* Numbers of i386 kept for calls that Linux has not or no longer. */
	{ .name = "break" },
	{ .name = "ftime" },
	{ .name = "gtty", .args = { INT("fd"), PTR("buf") } },
	{ .name = "idle" },
	{ .name = "lock" },
	{ .name = "mpx" },
	{ .name = "prof" },
	{ .name = "profil", .args = {
		PTR("buf"), ULONG("bufsiz"), ULONG("offset"), UINT("scale") } },
	{ .name = "stty", .args = { INT("fd"), PTR("buf") } },
	{ .name = "ulimit", .args = { INT("cmd"), LONG("newlimit") } },
};

SCT_FAMILY(compat32);
