/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structs that several families use, and plain values behind pointers. */
#include "printers.h"
#include "structs.h"

PUBLIC_STRUCT(int, { K_S32, INT("") });
PUBLIC_STRUCT(uint, { K_U32, UINT("") });
PUBLIC_STRUCT(u64, { K_U64, ULONG("") });
PUBLIC_STRUCT(hex64, { K_U64, HEX("") });
PUBLIC_STRUCT(ulong, { K_ULONG, ULONG("") });
PUBLIC_STRUCT(loff, { K_S64, LONG("") });
PUBLIC_STRUCT(uid, { K_U32, UID("") });
PUBLIC_STRUCT(uid16, { K_U16, UID16("") });
PUBLIC_STRUCT(fd, { K_S32, FD("") });
PUBLIC_STRUCT(ptr, { K_PTR, PTR("") });

/* Bytes of a sockaddr or an option: what the program said there is room for, and what there is. */
PUBLIC_STRUCT_BY(socklen, sct_socklen_print, { K_S32, INT("") });

PUBLIC_STRUCT(timespec, { K_KLONG, LONG("tv_sec") }, { K_KLONG, ULONG("tv_nsec") });
PUBLIC_STRUCT(timespec64, { K_S64, LONG("tv_sec") }, { K_S64, ULONG("tv_nsec") });
PUBLIC_STRUCT(timeval, { K_KLONG, LONG("tv_sec") }, { K_KLONG, ULONG("tv_usec") });
PUBLIC_STRUCT(timeval64, { K_S64, LONG("tv_sec") }, { K_S64, ULONG("tv_usec") });
PUBLIC_STRUCT(itimerspec, { K_STRUCT, STRUCT_IN("it_interval", timespec) },
	      { K_STRUCT, STRUCT_IN("it_value", timespec) });
PUBLIC_STRUCT(itimerspec64, { K_STRUCT, STRUCT_IN("it_interval", timespec64) },
	      { K_STRUCT, STRUCT_IN("it_value", timespec64) });

/* As many bytes as are asked for; the kernel takes 8. */
PUBLIC_STRUCT_BY(sigset, sct_sigset_print, { K_U64, HEX("") });

PUBLIC_STRUCT(iovec, { K_PTR, BUF_IN("iov_base", 1) }, { K_ULONG, ULONG("iov_len") });
PUBLIC_STRUCT(iovec_out,
	      { K_PTR, { .name = "iov_base", .type = SCT_BUF, .count = SCT_COUNT_UP_TO_RESULT, .len = 1,
			.dir = SCT_OUT } },
	      { K_ULONG, ULONG("iov_len") });
PUBLIC_STRUCT(iovec_addr, { K_PTR, PTR("iov_base") }, { K_ULONG, ULONG("iov_len") });

/* What matters of its 128 bytes; what the fields are, the signal and its code say. */
const struct sct_struct sct_struct_siginfo = {
	.name = "siginfo",
	MEMBERS({ K_S32, INT("si_signo") }, { K_S32, INT("si_errno") }, { K_S32, INT("si_code") }),
	.size = 48,
	.print = sct_siginfo_print,
};

PUBLIC_STRUCT(rusage,
	      { K_STRUCT, STRUCT_IN("ru_utime", timeval) },
	      { K_STRUCT, STRUCT_IN("ru_stime", timeval) },
	      { K_KULONG, ULONG("ru_maxrss"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_ixrss"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_idrss"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_isrss"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_minflt"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_majflt"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_nswap"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_inblock"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_oublock"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_msgsnd"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_msgrcv"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_nsignals"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_nvcsw"), .show = SCT_VERBOSE },
	      { K_KULONG, ULONG("ru_nivcsw"), .show = SCT_VERBOSE });

/* Its members are found by name: in other ABIs they lie in another order. */
static const struct sct_struct stat_of_arm64 = { .name = "stat", .print = sct_stat_print, MEMBERS(
	{ K_ULONG, DEV("st_dev") }, { K_ULONG, ULONG("st_ino") }, { K_U32, FILE_MODE("st_mode") },
	{ K_U32, UINT("st_nlink") }, { K_U32, UID("st_uid") }, { K_U32, UID("st_gid") },
	{ K_ULONG, DEV("st_rdev") }, { K_ULONG, UPPER }, { K_LONG, LONG("st_size") },
	{ K_S32, INT("st_blksize") }, { K_S32, UPPER }, { K_LONG, LONG("st_blocks") },
	{ K_LONG, LONG("st_atime") }, { K_ULONG, ULONG("st_atime_nsec") },
	{ K_LONG, LONG("st_mtime") }, { K_ULONG, ULONG("st_mtime_nsec") },
	{ K_LONG, LONG("st_ctime") }, { K_ULONG, ULONG("st_ctime_nsec") }, { K_ULONG, UPPER }) };
static const struct sct_struct stat_of_32_bits = { .name = "stat", .print = sct_stat_print, MEMBERS(
	{ K_U32, DEV("st_dev") }, { K_U32, ULONG("st_ino") }, { K_U16, FILE_MODE("st_mode") },
	{ K_U16, UINT("st_nlink") }, { K_U16, UID("st_uid") }, { K_U16, UID("st_gid") },
	{ K_U32, DEV("st_rdev") }, { K_U32, ULONG("st_size") }, { K_U32, ULONG("st_blksize") },
	{ K_U32, ULONG("st_blocks") }, { K_S32, LONG("st_atime") }, { K_U32, ULONG("st_atime_nsec") },
	{ K_S32, LONG("st_mtime") }, { K_U32, ULONG("st_mtime_nsec") },
	{ K_S32, LONG("st_ctime") }, { K_U32, ULONG("st_ctime_nsec") }, { K_U32, UPPER, .n = 2 }),
	.other = &stat_of_arm64, .other_abis = SCT_AARCH64 };
const struct sct_struct sct_struct_stat = { .name = "stat", .print = sct_stat_print, MEMBERS(
	{ K_KULONG, DEV("st_dev") }, { K_KULONG, ULONG("st_ino") }, { K_KULONG, ULONG("st_nlink") },
	{ K_U32, FILE_MODE("st_mode") }, { K_U32, UID("st_uid") }, { K_U32, UID("st_gid") }, { K_U32, UPPER },
	{ K_KULONG, DEV("st_rdev") }, { K_KLONG, LONG("st_size") }, { K_KLONG, ULONG("st_blksize") },
	{ K_KLONG, ULONG("st_blocks") }, { K_KLONG, LONG("st_atime") }, { K_KULONG, ULONG("st_atime_nsec") },
	{ K_KLONG, LONG("st_mtime") }, { K_KULONG, ULONG("st_mtime_nsec") },
	{ K_KLONG, LONG("st_ctime") }, { K_KULONG, ULONG("st_ctime_nsec") }, { K_U64, UPPER, .n = 3 }),
	.other = &stat_of_32_bits, .other_abis = SCT_I386 | SCT_ARM | SCT_AARCH64 };

/* i386's and arm's; the inode is there once more, of 32 bits. */
PUBLIC_STRUCT_BY(stat64, sct_stat_print,
	{ K_U64, DEV("st_dev") }, { K_U32, UPPER }, { K_ULONG, UPPER }, { K_U32, FILE_MODE("st_mode") },
	{ K_U32, UINT("st_nlink") }, { K_ULONG, UID("st_uid") }, { K_ULONG, UID("st_gid") },
	{ K_U64, DEV("st_rdev") }, { K_U32, UPPER }, { K_S64, LONG("st_size") },
	{ K_ULONG, ULONG("st_blksize") }, { K_U64, ULONG("st_blocks") },
	{ K_LONG, LONG("st_atime") }, { K_ULONG, ULONG("st_atime_nsec") },
	{ K_LONG, LONG("st_mtime") }, { K_ULONG, ULONG("st_mtime_nsec") },
	{ K_LONG, LONG("st_ctime") }, { K_ULONG, ULONG("st_ctime_nsec") }, { K_U64, ULONG("st_ino") });

STRUCT(fsid, { K_U32, HEX("val"), .n = 2 });
PUBLIC_STRUCT(statfs,
	{ K_KULONG, ENUM("f_type", fs_magics) }, { K_KULONG, ULONG("f_bsize") },
	{ K_KULONG, ULONG("f_blocks") }, { K_KULONG, ULONG("f_bfree") }, { K_KULONG, ULONG("f_bavail") },
	{ K_KULONG, ULONG("f_files") }, { K_KULONG, ULONG("f_ffree") },
	{ K_STRUCT, STRUCT_IN("f_fsid", fsid) }, { K_KULONG, ULONG("f_namelen") },
	{ K_KULONG, ULONG("f_frsize") }, { K_KULONG, FLAGS("f_flags", statfs_flags) },
	{ K_KULONG, UPPER, .n = 4 });
const struct sct_struct sct_struct_statfs64 = { .name = "statfs64", .packed = SCT_I386 | SCT_ARM, MEMBERS(
	{ K_U32, ENUM("f_type", fs_magics) }, { K_U32, ULONG("f_bsize") },
	{ K_U64, ULONG("f_blocks") }, { K_U64, ULONG("f_bfree") }, { K_U64, ULONG("f_bavail") },
	{ K_U64, ULONG("f_files") }, { K_U64, ULONG("f_ffree") },
	{ K_STRUCT, STRUCT_IN("f_fsid", fsid) }, { K_U32, ULONG("f_namelen") },
	{ K_U32, ULONG("f_frsize") }, { K_U32, FLAGS("f_flags", statfs_flags) }, { K_U32, UPPER, .n = 4 }) };

PUBLIC_STRUCT_BY(utimespec, sct_utimespec_print, { K_KLONG, LONG("tv_sec") }, { K_KLONG, LONG("tv_nsec") });
PUBLIC_STRUCT_BY(utimespec64, sct_utimespec_print, { K_S64, LONG("tv_sec") }, { K_S64, LONG("tv_nsec") });

PUBLIC_STRUCT_BY(sigevent, sct_sigevent_print,
	{ K_PTR, PTR("sigev_value") }, { K_S32, SIGNAL("sigev_signo") },
	{ K_S32, ENUM("sigev_notify", sigev_notify) }, { K_PTR, PTR("sigev_notify_function") },
	{ K_PTR, PTR("sigev_notify_attributes") });

/* What is left of a time to sleep; there is such only if a signal came in between. */
PUBLIC_STRUCT_BY(timespec_left, sct_timespec_left_print, { K_KLONG, LONG("tv_sec") }, { K_KLONG, ULONG("tv_nsec") });
PUBLIC_STRUCT_BY(timespec64_left, sct_timespec_left_print, { K_S64, LONG("tv_sec") }, { K_S64, ULONG("tv_nsec") });

#define TIMEX(word, gap, time) \
	{ K_U32, FLAGS("modes", adjtimex_modes) }, gap { word, LONG("offset") }, { word, LONG("freq") }, \
	{ word, LONG("maxerror") }, { word, LONG("esterror") }, { K_S32, FLAGS("status", adjtimex_status) }, gap \
	{ word, LONG("constant") }, { word, LONG("precision") }, { word, LONG("tolerance") }, \
	{ K_STRUCT, STRUCT_IN("time", time) }, { word, LONG("tick") }, { word, LONG("ppsfreq") }, \
	{ word, LONG("jitter") }, { K_S32, INT("shift") }, gap { word, LONG("stabil") }, { word, LONG("jitcnt") }, \
	{ word, LONG("calcnt") }, { word, LONG("errcnt") }, { word, LONG("stbcnt") }, { K_S32, INT("tai") }, \
	{ K_S32, UPPER, .n = 11 }
#define NO_GAP
#define FOUR_BYTES { K_S32, UPPER },
PUBLIC_STRUCT(timex, TIMEX(K_KLONG, NO_GAP, timeval));
PUBLIC_STRUCT(timex64, TIMEX(K_S64, FOUR_BYTES, timeval64));

PUBLIC_STRUCT_BY(pollfd, sct_pollfd_print,
	{ K_S32, FD("fd") }, { K_U16, FLAGS("events", poll_events) }, { K_U16, FLAGS("revents", poll_events) });

/* As many bits as select(2) is told. */
PUBLIC_STRUCT_BY(fd_set, sct_fd_set_print, { K_U8, UINT(""), .n = 8192 });

/* x32 makes these calls with words of 64 bits. */
static const struct sct_struct sigset_arg_of_x32 = { .name = "sigset_arg", MEMBERS(
	{ K_U64, SIZED_IN("sigmask", sigset, 1) }, { K_U64, ULONG("sigsetsize") }) };
const struct sct_struct sct_struct_sigset_arg = { .name = "sigset_arg", MEMBERS(
	{ K_PTR, SIZED_IN("sigmask", sigset, 1) }, { K_ULONG, ULONG("sigsetsize") }),
	.other = &sigset_arg_of_x32, .other_abis = SCT_X32 };
PUBLIC_STRUCT(io_event,
	{ K_U64, HEX("data") }, { K_U64, HEX("obj") }, { K_S64, LONG("res") }, { K_S64, LONG("res2") });

/* As many bytes as the kernel has for its CPUs. */
PUBLIC_STRUCT_BY(cpu_set, sct_cpu_set_print, { K_U8, UINT(""), .n = 1024 });

/* A position before and after. */
PUBLIC_STRUCT_BY(moved, sct_moved_print, { K_S64, LONG("") });
PUBLIC_STRUCT_BY(moved_long, sct_moved_print, { K_KLONG, LONG("") });
PUBLIC_STRUCT_BY(seccomp_insn, sct_seccomp_insn_print, { K_U16, HEX("code") }, { K_U8, UINT("jt") },
		 { K_U8, UINT("jf") }, { K_U32, HEX("k") });
PUBLIC_STRUCT_BY(sock_fprog, sct_sock_fprog_print,
		 { K_U16, UINT("len") }, { K_PTR, ARRAY_IN("filter", seccomp_insn, 0) });
/* Of any family, as long as its length says. */
PUBLIC_STRUCT_BY(sockaddr, sct_sockaddr_print, { K_CHARS, STR(""), 128 });

/*
 * Control messages: more than the kernel takes by default is not looked at. Where descriptors lie in them
 * only their headers say, so any word may be one; the printer takes those that are.
 */
STRUCT_BY(cmsgs, sct_cmsgs_print, { K_S32, FD(""), 5120 });

/* Of messages. */
STRUCT(iovec_sent,
       { K_PTR, { .name = "iov_base", .type = SCT_BUF, .count = SCT_COUNT_ARG, .len = 1, .message = true } },
       { K_ULONG, ULONG("iov_len") });
STRUCT(iovec_got,
       { K_PTR, { .name = "iov_base", .type = SCT_BUF, .count = SCT_COUNT_UP_TO_RESULT, .len = 1, .dir = SCT_OUT,
		.message = true } },
       { K_ULONG, ULONG("iov_len") });

/* An iovec that is filled in: by as much as msg_len says, which is known beside it. */
STRUCT(iovec_filled,
       { K_PTR, { .name = "iov_base", .type = SCT_BUF, .count = SCT_COUNT_ARG, .len = 1, .dir = SCT_OUT,
		.message = true } },
       { K_ULONG, ULONG("iov_len") });

PUBLIC_STRUCT_BY(msghdr_in, sct_msghdr_print,
		 { K_PTR, SIZED_IN("msg_name", sockaddr, 1) }, { K_S32, INT("msg_namelen") },
		 { K_PTR, ARRAY_IN("msg_iov", iovec_sent, 3) }, { K_ULONG, ULONG("msg_iovlen") },
		 { K_PTR, SIZED_IN("msg_control", cmsgs, 5) }, { K_ULONG, ULONG("msg_controllen") },
		 { K_U32, FLAGS("msg_flags", msg_flags) });
PUBLIC_STRUCT_BY(msghdr_out, sct_msghdr_print,
		 { K_PTR, SIZED_OUT("msg_name", sockaddr, 1) }, { K_S32, INT("msg_namelen") },
		 { K_PTR, ARRAY_OUT_LEN("msg_iov", iovec_got, 3) }, { K_ULONG, ULONG("msg_iovlen") },
		 { K_PTR, SIZED_OUT("msg_control", cmsgs, 5) }, { K_ULONG, ULONG("msg_controllen") },
		 { K_U32, FLAGS("msg_flags", msg_flags) });
STRUCT_BY(msghdr_filled, sct_msghdr_print,
	  { K_PTR, SIZED_OUT("msg_name", sockaddr, 1) }, { K_S32, INT("msg_namelen") },
	  { K_PTR, ARRAY_OUT_LEN("msg_iov", iovec_filled, 3) }, { K_ULONG, ULONG("msg_iovlen") },
	  { K_PTR, SIZED_OUT("msg_control", cmsgs, 5) }, { K_ULONG, ULONG("msg_controllen") },
	  { K_U32, FLAGS("msg_flags", msg_flags) });
PUBLIC_STRUCT_BY(mmsghdr_in, sct_mmsghdr_print,
		 { K_STRUCT, STRUCT_IN("msg_hdr", msghdr_in) }, { K_U32, UINT("msg_len") });
PUBLIC_STRUCT_BY(mmsghdr_out, sct_mmsghdr_print,
		 { K_STRUCT, STRUCT_IN("msg_hdr", msghdr_filled) }, { K_U32, UINT("msg_len") });
