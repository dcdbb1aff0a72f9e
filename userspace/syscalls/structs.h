/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structs that several families use (structs.c), and plain values behind pointers. */
#ifndef SCT_STRUCTS_H
#define SCT_STRUCTS_H

#include "syscall_table.h"

/* Plain values: an array of ints is an array of these. */
extern const struct sct_struct sct_struct_int;
extern const struct sct_struct sct_struct_uint;
extern const struct sct_struct sct_struct_u64;
extern const struct sct_struct sct_struct_hex64;
extern const struct sct_struct sct_struct_ulong;
extern const struct sct_struct sct_struct_loff;
extern const struct sct_struct sct_struct_uid;
extern const struct sct_struct sct_struct_uid16;
extern const struct sct_struct sct_struct_fd;
extern const struct sct_struct sct_struct_ptr;
extern const struct sct_struct sct_struct_socklen;	/* in and out: [128 => 16] */

extern const struct sct_struct sct_struct_timespec;
extern const struct sct_struct sct_struct_timespec64;	/* of 64 bits in every ABI */
extern const struct sct_struct sct_struct_timeval;
extern const struct sct_struct sct_struct_timeval64;
extern const struct sct_struct sct_struct_sock_fprog;
extern const struct sct_struct sct_struct_itimerspec;
extern const struct sct_struct sct_struct_itimerspec64;
extern const struct sct_struct sct_struct_sigset;
extern const struct sct_struct sct_struct_siginfo;
extern const struct sct_struct sct_struct_sigframe;	/* of what a handler returns to, the mask */
extern const struct sct_struct sct_struct_sigevent;
extern const struct sct_struct sct_struct_rusage;
extern const struct sct_struct sct_struct_seccomp_insn;	/* of BPF programs */
extern const struct sct_struct sct_struct_sock_fprog;	/* one that is seccomp's */

extern const struct sct_struct sct_struct_iovec;	/* iov_base is a buffer given to the kernel */
extern const struct sct_struct sct_struct_iovec_out;	/* one that the kernel fills: the result's bytes */
extern const struct sct_struct sct_struct_iovec_addr;	/* one of which only the address is shown */
extern const struct sct_struct sct_struct_sockaddr;
extern const struct sct_struct sct_struct_msghdr_in;	/* given to the kernel */
extern const struct sct_struct sct_struct_msghdr_out;	/* its buffers are filled in: the result's bytes */
extern const struct sct_struct sct_struct_mmsghdr_in;
extern const struct sct_struct sct_struct_mmsghdr_out;

/* Files: stat and statfs as each ABI has them, and their forms for 32-bit programs of younger age. */
extern const struct sct_struct sct_struct_stat;
extern const struct sct_struct sct_struct_stat64;
extern const struct sct_struct sct_struct_statfs;
extern const struct sct_struct sct_struct_statfs64;
extern const struct sct_struct sct_struct_utimespec;	/* of utimensat: UTIME_NOW, or with a date */
extern const struct sct_struct sct_struct_utimespec64;

extern const struct sct_struct sct_struct_timespec_left;
extern const struct sct_struct sct_struct_timespec64_left;
extern const struct sct_struct sct_struct_timex;
extern const struct sct_struct sct_struct_timex64;
extern const struct sct_struct sct_struct_pollfd;
extern const struct sct_struct sct_struct_fd_set;
extern const struct sct_struct sct_struct_sigset_arg;	/* of pselect6 and io_pgetevents */
extern const struct sct_struct sct_struct_io_event;
extern const struct sct_struct sct_struct_cpu_set;
extern const struct sct_struct sct_struct_moved;		/* [1 => 5] */
extern const struct sct_struct sct_struct_moved_long;
extern const struct sct_struct sct_struct_user_regs;
extern const struct sct_struct sct_struct_user_fpregs;

#endif
