/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls of 32-bit programs (i386, arm): those that only they make, and those that they make otherwise. */
#include "printers.h"
#include "structs.h"

#define BOTH (SCT_I386 | SCT_ARM)

#define VERBOSE			.show = SCT_VERBOSE

/* What these calls filled in before there were longer numbers: "old" in the kernel's names. */
STRUCT_BY(old_stat, sct_stat_print,
	  { K_U16, DEV("st_dev") }, { K_U16, ULONG("st_ino") }, { K_U16, FILE_MODE("st_mode") },
	  { K_U16, UINT("st_nlink") }, { K_U16, UID16("st_uid") }, { K_U16, UID16("st_gid") },
	  { K_U16, DEV("st_rdev") }, { K_ULONG, ULONG("st_size") }, { K_LONG, LONG("st_atime") },
	  { K_LONG, LONG("st_mtime") }, { K_LONG, LONG("st_ctime") });
/* One entry; its name is as long as it says. */
static const struct sct_struct sct_struct_old_dirent = {
	.name = "old_linux_dirent", .size = 266, .print = sct_old_dirent_print, .packed = BOTH, MEMBERS(
	{ K_ULONG, ULONG("d_ino") }, { K_ULONG, ULONG("d_off") }, { K_U16, UINT("d_reclen") }) };
#define NAMES(k) \
	{ K_CHARS, STR("sysname"), k }, { K_CHARS, STR("nodename"), k }, { K_CHARS, STR("release"), k, VERBOSE }, \
	{ K_CHARS, STR("version"), k, VERBOSE }, { K_CHARS, STR("machine"), k, VERBOSE }
STRUCT(old_uname, NAMES(65));
STRUCT(oldest_uname, NAMES(9));

#define OLD_MASK(n)		CUSTOM(n, sct_sigset_value_print)
STRUCT_BY(old_sigset, sct_old_sigset_print, { K_ULONG, OLD_MASK("") });

/* The rest of i386's struct sigframe from .sc.oldmask on: between the mask's two words is what was of an FPU. */
STRUCT_BY(split_sigframe, sct_split_sigframe_print,
	  { K_U32, HEX32("oldmask") }, { K_CHARS, STR("fpstate"), 628 }, { K_U32, HEX32("extramask") });
STRUCT_BY(old_sigaction, sct_old_sigaction_print,
	  { K_PTR, CUSTOM("sa_handler", sct_handler_print) }, { K_ULONG, OLD_MASK("sa_mask") },
	  { K_ULONG, FLAGS64("sa_flags", sigaction_flags) }, { K_PTR, PTR("sa_restorer") });
STRUCT_BY(wait_status, sct_wait_status_print, { K_S32, INT("") });
STRUCT(time, { K_KLONG, CUSTOM("", sct_time_print) });

static const struct sct_row rows[] = {
	/* Offsets of 64 bits come in two words. */
	{ .name = "_llseek", .args = {
		FD("fd"), UPPER, LONG_LONG("offset", 1), STRUCT_OUT("result", loff), ENUM("whence", whence_codes) } },
	{ .name = "pread64", .abis = SCT_I386, .args = {
		FD("fd"), BUF_OUT("buf"), ULONG("count"), LONG_LONG("offset", 4), UPPER } },
	{ .name = "pread64", .abis = SCT_ARM, .args = {
		FD("fd"), BUF_OUT("buf"), ULONG("count"), GAP, LONG_LONG("offset", 5), UPPER } },
	{ .name = "pwrite64", .abis = SCT_I386, .args = {
		FD("fd"), BUF_IN("buf", 2), ULONG("count"), LONG_LONG("offset", 4), UPPER } },
	{ .name = "pwrite64", .abis = SCT_ARM, .args = {
		FD("fd"), BUF_IN("buf", 2), ULONG("count"), GAP, LONG_LONG("offset", 5), UPPER } },
	{ .name = "preadv", .abis = BOTH, .args = {
		FD("fd"), ARRAY_INOUT("iov", iovec_out, 2), ULONG("iovcnt"), LONG_LONG("offset", 4), UPPER } },
	{ .name = "pwritev", .abis = BOTH, .args = {
		FD("fd"), ARRAY_IN("iov", iovec, 2), ULONG("iovcnt"), LONG_LONG("offset", 4), UPPER } },
	{ .name = "preadv2", .abis = BOTH, .args = {
		FD("fd"), ARRAY_INOUT("iov", iovec_out, 2), ULONG("iovcnt"), LONG_LONG("offset", 4), UPPER,
		FLAGS("flags", rwf_flags) } },
	{ .name = "pwritev2", .abis = BOTH, .args = {
		FD("fd"), ARRAY_IN("iov", iovec, 2), ULONG("iovcnt"), LONG_LONG("offset", 4), UPPER,
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
	{ .name = "stat64", .args = { PATH("pathname"), STRUCT_OUT("statbuf", stat64) } },
	{ .name = "lstat64", .args = { PATH("pathname"), STRUCT_OUT("statbuf", stat64) } },
	{ .name = "fstat64", .args = { FD("fd"), STRUCT_OUT("statbuf", stat64) } },
	{ .name = "fstatat64", .args = {
		DIRFD("dirfd"), PATH("pathname"), STRUCT_OUT("statbuf", stat64), FLAGS("flags", at_flags) } },
	{ .name = "statfs64", .args = { PATH("pathname"), ULONG("size"), STRUCT_OUT("buf", statfs64) } },
	{ .name = "fstatfs64", .args = { FD("fd"), ULONG("size"), STRUCT_OUT("buf", statfs64) } },
	{ .name = "sendfile64", .args = {
		FD("out_fd"), FD("in_fd"), STRUCT_INOUT("offset", moved), ULONG("count") } },
	{ .name = "oldstat", .args = { PATH("pathname"), STRUCT_OUT("statbuf", old_stat) } },
	{ .name = "oldlstat", .args = { PATH("pathname"), STRUCT_OUT("statbuf", old_stat) } },
	{ .name = "oldfstat", .args = { FD("fd"), STRUCT_OUT("statbuf", old_stat) } },
	{ .name = "readdir", .args = { FD("fd"), STRUCT_OUT("dirp", old_dirent), UINT("count") } },
	{ .name = "umount", .args = { PATH("path") } },
	{ .name = "mmap2", .ret = SCT_RET_HEX, .args = {
		PTR("addr"), ULONG("length"), FLAGS("prot", mmap_prot), CUSTOM("flags", sct_mmap_flags_print),
		FD("fd"), PAGES("offset") } },
	/* i386's first forms of these two take all arguments in a struct. */
	{ .name = "mmap", .abis = SCT_I386, .inside = { "mmap", .words = 1 }, .ret = SCT_RET_HEX, .args = { PTR("args") } },
	{ .name = "select", .abis = SCT_I386, .inside = { "select", .words = 1 }, .args = { PTR("args") } },
	{ .name = "_newselect", .remark = sct_select_remark, .args = {
		INT("nfds"), BITS_IN_BACK("readfds", fd_set, 0), BITS_IN_BACK("writefds", fd_set, 0),
		BITS_IN_BACK("exceptfds", fd_set, 0), STRUCT_IN_BACK("timeout", timeval) } },

	/* Sockets that other machines have in socketcall or as sendto and recvfrom. */
	{ .name = "send", .args = {
		FD("sockfd"), BUF_IN("buf", 2), ULONG("len"), FLAGS("flags", msg_flags) } },
	{ .name = "recv", .args = {
		FD("sockfd"), BUF_OUT_UP_TO("buf", 2), ULONG("len"), FLAGS("flags", msg_flags) } },

	/* Processes and signals. */
	{ .name = "waitpid", .args = {
		PID("pid"), STRUCT_OUT("status", wait_status), FLAGS("options", wait_options) } },
	{ .name = "nice", .args = { INT("increment") } },
	{ .name = "signal", .ret = SCT_RET_HEX, .remark = sct_handler_remark, .args = {
		SIGNAL("signum"), CUSTOM("handler", sct_handler_print) } },
	{ .name = "sigaction", .args = {
		SIGNAL("signum"), STRUCT_IN("act", old_sigaction), STRUCT_OUT("oldact", old_sigaction) } },
	{ .name = "sigprocmask", .args = {
		ENUM("how", sigprocmask_how), STRUCT_IN("set", old_sigset), STRUCT_OUT("oldset", old_sigset) } },
	{ .name = "sigpending", .args = { STRUCT_OUT("set", old_sigset) } },
	{ .name = "sigsuspend", .args = { GAP, GAP, OLD_MASK("mask") } },
	{ .name = "sigreturn", .abis = SCT_I386, .stack = 80, .args = { STRUCT_IN("frame", split_sigframe) } },
	{ .name = "sigreturn", .abis = SCT_ARM, .stack = 104, .args = { STRUCT_IN("frame", sigframe) } },
	{ .name = "sgetmask", .ret = SCT_RET_HEX, .remark = sct_mask_remark },
	{ .name = "ssetmask", .ret = SCT_RET_HEX, .remark = sct_old_mask_remark, .args = { OLD_MASK("newmask") } },
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
	{ .name = "getresuid", .abis = BOTH, .args = {
		STRUCT_OUT("ruid", uid16), STRUCT_OUT("euid", uid16), STRUCT_OUT("suid", uid16) } },
	{ .name = "getresgid", .abis = BOTH, .args = {
		STRUCT_OUT("rgid", uid16), STRUCT_OUT("egid", uid16), STRUCT_OUT("sgid", uid16) } },
	{ .name = "getgroups", .abis = BOTH, .args = { INT("size"), ARRAY_OUT("list", uid16) } },
	{ .name = "setgroups", .abis = BOTH, .args = { INT("size"), ARRAY_IN("list", uid16, 0) } },
	{ .name = "getuid32" },
	{ .name = "getgid32" },
	{ .name = "geteuid32" },
	{ .name = "getegid32" },
	{ .name = "setuid32", .args = { UID("uid") } },
	{ .name = "setgid32", .args = { UID("gid") } },
	{ .name = "setreuid32", .args = { UID("ruid"), UID("euid") } },
	{ .name = "setregid32", .args = { UID("rgid"), UID("egid") } },
	{ .name = "getresuid32", .args = {
		STRUCT_OUT("ruid", uid), STRUCT_OUT("euid", uid), STRUCT_OUT("suid", uid) } },
	{ .name = "setresuid32", .args = { UID("ruid"), UID("euid"), UID("suid") } },
	{ .name = "getresgid32", .args = {
		STRUCT_OUT("rgid", uid), STRUCT_OUT("egid", uid), STRUCT_OUT("sgid", uid) } },
	{ .name = "setresgid32", .args = { UID("rgid"), UID("egid"), UID("sgid") } },
	{ .name = "setfsuid32", .args = { UID("fsuid") } },
	{ .name = "setfsgid32", .args = { UID("fsgid") } },
	{ .name = "getgroups32", .args = { INT("size"), ARRAY_OUT("list", uid) } },
	{ .name = "setgroups32", .args = { INT("size"), ARRAY_IN("list", uid, 0) } },
	{ .name = "chown32", .args = { PATH("pathname"), UID("owner"), UID("group") } },
	{ .name = "lchown32", .args = { PATH("pathname"), UID("owner"), UID("group") } },
	{ .name = "fchown32", .args = { FD("fd"), UID("owner"), UID("group") } },

	/* Times of 64 bits; the calls without the suffix have 32. */
	{ .name = "stime", .args = { STRUCT_IN("tloc", time) } },
	{ .name = "clock_gettime64", .args = { CLOCK("clockid"), STRUCT_OUT("tp", timespec64) } },
	{ .name = "clock_settime64", .args = { CLOCK("clockid"), STRUCT_IN("tp", timespec64) } },
	{ .name = "clock_adjtime64", .remark = sct_adjtimex_remark, .args = {
		CLOCK("clockid"), STRUCT_OUT("buf", timex64) } },
	{ .name = "clock_getres_time64", .args = { CLOCK("clockid"), STRUCT_OUT("tp", timespec64) } },
	{ .name = "clock_nanosleep_time64", .args = {
		CLOCK("clockid"), FLAGS("flags", timer_flags), STRUCT_IN("request", timespec64),
		STRUCT_OUT_ALWAYS("remain", timespec64_left) } },
	{ .name = "clock_nanosleep_time64", WHEN_MASK(1, 1, 1), .args = {
		CLOCK("clockid"), FLAGS("flags", timer_flags), STRUCT_IN("request", timespec64), PTR("remain") } },
	{ .name = "timer_gettime64", .args = { INT("timerid"), STRUCT_OUT("curr_value", itimerspec64) } },
	{ .name = "timer_settime64", .args = {
		INT("timerid"), FLAGS("flags", timer_flags), STRUCT_IN("new_value", itimerspec64),
		STRUCT_OUT("old_value", itimerspec64) } },
	{ .name = "timerfd_gettime64", .args = { FD("fd"), STRUCT_OUT("curr_value", itimerspec64) } },
	{ .name = "timerfd_settime64", .args = {
		FD("fd"), FLAGS("flags", timerfd_flags), STRUCT_IN("new_value", itimerspec64),
		STRUCT_OUT("old_value", itimerspec64) } },
	{ .name = "utimensat_time64", .args = {
		DIRFD("dirfd"), PATH("pathname"), FIXED_IN("times", utimespec64, 2), FLAGS("flags", at_flags) } },
	{ .name = "pselect6_time64", .remark = sct_select_remark, .args = {
		INT("nfds"), BITS_IN_BACK("readfds", fd_set, 0), BITS_IN_BACK("writefds", fd_set, 0),
		BITS_IN_BACK("exceptfds", fd_set, 0), STRUCT_IN_BACK("timeout", timespec64),
		STRUCT_IN("sig", sigset_arg) } },
	{ .name = "ppoll_time64", .remark = sct_ppoll_remark, .args = {
		ARRAY_IN_BACK("fds", pollfd, 1), UINT("nfds"), STRUCT_IN_BACK("tmo_p", timespec64),
		SIZED_IN("sigmask", sigset, 4), ULONG("sigsetsize") } },
	{ .name = "io_pgetevents_time64", .args = {
		PTR("ctx_id"), LONG("min_nr"), LONG("nr"), ARRAY_OUT("events", io_event),
		STRUCT_IN("timeout", timespec64), STRUCT_IN("sig", sigset_arg) } },
	{ .name = "rt_sigtimedwait_time64", .remark = sct_signal_remark, .args = {
		SIZED_IN("set", sigset, 3), STRUCT_OUT("info", siginfo), STRUCT_IN("timeout", timespec64),
		ULONG("sigsetsize") } },
	{ .name = "sched_rr_get_interval_time64", .args = { PID("pid"), STRUCT_OUT("tp", timespec64) } },

	/* The machine. */
	{ .name = "olduname", .args = { STRUCT_OUT("buf", old_uname) } },
	{ .name = "oldolduname", .args = { STRUCT_OUT("buf", oldest_uname) } },
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
