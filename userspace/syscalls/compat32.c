/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls that only 32-bit programs make (i386, arm). */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	/* Files: offsets come in two words, the lower first (arm puts the pair in an even register). */
	{ .name = "_llseek", .args = {
		FD("fd"), HEX("offset_high"), HEX("offset_low"), PTR("result"),
		ENUM("whence", whence_codes) } },
	{ .name = "truncate64", .args = { PATH("path"), HEX("length_low"), HEX("length_high") } },
	{ .name = "ftruncate64", .args = { FD("fd"), HEX("length_low"), HEX("length_high") } },
	{ .name = "fadvise64_64", .args = {
		FD("fd"), HEX("offset_low"), HEX("offset_high"), HEX("len_low"), HEX("len_high"),
		ENUM("advice", fadvise_cmds) } },
	{ .name = "arm_fadvise64_64", .args = {
		FD("fd"), ENUM("advice", fadvise_cmds), HEX("offset_low"), HEX("offset_high"),
		HEX("len_low"), HEX("len_high") } },
	{ .name = "arm_sync_file_range", .args = {
		FD("fd"), FLAGS("flags", sync_file_range_flags), HEX("offset_low"),
		HEX("offset_high"), HEX("nbytes_low"), HEX("nbytes_high") } },
	{ .name = "sync_file_range2", .args = {
		FD("fd"), FLAGS("flags", sync_file_range_flags), HEX("offset_low"),
		HEX("offset_high"), HEX("nbytes_low"), HEX("nbytes_high") } },
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
		FD("fd"), HEX("pgoffset") } },
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

	/* Ids of 32 bits; the calls without the suffix have 16. */
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
