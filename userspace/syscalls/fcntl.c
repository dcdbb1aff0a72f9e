/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fcntl(2), and fcntl64 of 32-bit programs: the command says what the argument is. */
#include <linux/fcntl.h>

#include "printers.h"
#include "structs.h"

/* Of fcntl64 only: with offsets of 64 bits. */
#define GETLK64 12
#define SETLK64 13
#define SETLKW64 14

/* Younger than many headers. */
#define DUPFD_QUERY (F_LINUX_SPECIFIC_BASE + 3)
#define CREATED_QUERY (F_LINUX_SPECIFIC_BASE + 4)
#define GETDELEG (F_LINUX_SPECIFIC_BASE + 15)
#define SETDELEG (F_LINUX_SPECIFIC_BASE + 16)

/* <linux/fcntl.h> has them for the kernel's own use only. */
#define SETSIG 10
#define GETSIG 11

/* l_pid counts only as an answer. */
#define FLOCK(offset) \
	{ K_U16, ENUM("l_type", lock_types) }, { K_U16, ENUM("l_whence", whence_codes) }, \
	{ offset, LONG("l_start") }, { offset, LONG("l_len") }
#define FLOCK_PID { K_S32, PID("l_pid") }
STRUCT(flock, FLOCK(K_KLONG));
STRUCT(flock_got, FLOCK(K_KLONG), FLOCK_PID);
STRUCT(flock64, FLOCK(K_S64));
STRUCT(flock64_got, FLOCK(K_S64), FLOCK_PID);

STRUCT(f_owner_ex, { K_S32, ENUM("type", owner_types) }, { K_S32, PID("pid") });
STRUCT(rw_hint, { K_U64, ENUM("", rw_hints) });
STRUCT(delegation, { K_U32, HEX("d_flags") }, { K_U16, ENUM("d_type", lock_types) }, { K_U16, UPPER });

#define COMMON FD("fd"), ENUM("op", fcntl_cmds)
#define ROWS(fcntl) \
	{ .name = fcntl, .args = { COMMON, HEX("arg") } }, \
	{ .name = fcntl, WHEN(1, F_GETFD), .ret = SCT_RET_FLAGS, .ret_xlat = &sct_xlat_fd_flags, \
	  .args = { COMMON } }, \
	{ .name = fcntl, WHEN(1, F_GETFL), .ret = SCT_RET_HEX, .remark = sct_getfl_remark, .args = { COMMON } }, \
	{ .name = fcntl, WHEN(1, F_GETOWN, F_GETPIPE_SZ), .args = { COMMON } }, \
	{ .name = fcntl, WHEN(1, GETSIG), .remark = sct_getsig_remark, .args = { COMMON } }, \
	{ .name = fcntl, WHEN(1, F_GETLEASE), .ret = SCT_RET_ENUM, .ret_xlat = &sct_xlat_lock_types, \
	  .args = { COMMON } }, \
	{ .name = fcntl, WHEN(1, F_GET_SEALS), .ret = SCT_RET_HEX, .remark = sct_get_seals_remark, \
	  .args = { COMMON } }, \
	{ .name = fcntl, WHEN(1, F_DUPFD, F_DUPFD_CLOEXEC), .ret = SCT_RET_FD, .args = { COMMON, LONG("arg") } }, \
	{ .name = fcntl, WHEN(1, F_SETPIPE_SZ), .args = { COMMON, LONG("arg") } }, \
	{ .name = fcntl, WHEN(1, F_SETFD), .args = { COMMON, FLAGS("arg", fd_flags) } }, \
	{ .name = fcntl, WHEN(1, F_SETFL), .args = { COMMON, OPEN_FLAGS("arg") } }, \
	{ .name = fcntl, WHEN(1, F_SETOWN), .args = { COMMON, PID("arg") } }, \
	{ .name = fcntl, WHEN(1, SETSIG), .args = { COMMON, SIGNAL("arg") } }, \
	{ .name = fcntl, WHEN(1, F_SETLEASE), .args = { COMMON, ENUM("arg", lock_types) } }, \
	{ .name = fcntl, WHEN(1, F_NOTIFY), .args = { COMMON, FLAGS("arg", notify_flags) } }, \
	{ .name = fcntl, WHEN(1, F_ADD_SEALS), .args = { COMMON, FLAGS("arg", seal_flags) } }, \
	{ .name = fcntl, WHEN(1, DUPFD_QUERY), .args = { COMMON, FD("arg") } }, \
	{ .name = fcntl, WHEN(1, CREATED_QUERY), .args = { COMMON } }, \
	{ .name = fcntl, WHEN(1, F_SETLK, F_SETLKW), .args = { COMMON, STRUCT_IN("arg", flock) } }, \
	{ .name = fcntl, WHEN(1, F_GETLK), .args = { COMMON, STRUCT_OUT("arg", flock_got) } }, \
	{ .name = fcntl, WHEN(1, F_OFD_SETLK, F_OFD_SETLKW), .args = { COMMON, STRUCT_IN("arg", flock64) } }, \
	{ .name = fcntl, WHEN(1, F_OFD_GETLK), .args = { COMMON, STRUCT_OUT("arg", flock64_got) } }, \
	{ .name = fcntl, WHEN(1, F_SETOWN_EX), .args = { COMMON, STRUCT_IN("arg", f_owner_ex) } }, \
	{ .name = fcntl, WHEN(1, F_GETOWN_EX), .args = { COMMON, STRUCT_OUT("arg", f_owner_ex) } }, \
	{ .name = fcntl, WHEN(1, F_GETOWNER_UIDS), .args = { COMMON, FIXED_OUT("arg", uid, 2) } }, \
	{ .name = fcntl, WHEN(1, F_GET_RW_HINT, F_GET_FILE_RW_HINT), \
	  .args = { COMMON, STRUCT_OUT("arg", rw_hint) } }, \
	{ .name = fcntl, WHEN(1, F_SET_RW_HINT, F_SET_FILE_RW_HINT), \
	  .args = { COMMON, STRUCT_IN("arg", rw_hint) } }, \
	{ .name = fcntl, WHEN(1, GETDELEG), .args = { COMMON, STRUCT_OUT("arg", delegation) } }, \
	{ .name = fcntl, WHEN(1, SETDELEG), .args = { COMMON, STRUCT_IN("arg", delegation) } }

static const struct sct_row rows[] = {
	ROWS("fcntl"),
	ROWS("fcntl64"),
	{ .name = "fcntl64", WHEN(1, SETLK64, SETLKW64), .args = { COMMON, STRUCT_IN("arg", flock64) } },
	{ .name = "fcntl64", WHEN(1, GETLK64), .args = { COMMON, STRUCT_OUT("arg", flock64_got) } },
};

SCT_FAMILY(fcntl);
