/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls on names: opening, looking at and changing what a path leads to. */
#include <sys/stat.h>

#include "printers.h"
#include "structs.h"

static const struct sct_struct sct_struct_open_how = {
	.name = "open_how", .size = 4096, .least = 24, .print = sct_open_how_print, MEMBERS(
	{ K_U64, CUSTOM("flags", sct_open_how_flags_print) }, { K_U64, CUSTOM("mode", sct_open_how_mode_print) },
	{ K_U64, FLAGS64("resolve", openat2_resolve) }) };

/* The handle itself lies behind it: as many bytes as it says, at most 128. */
#define HANDLE MEMBERS({ K_U32, UINT("handle_bytes") }, { K_S32, INT("handle_type") }), .size = 8 + 128
static const struct sct_struct sct_struct_file_handle = {
	.name = "file_handle", .print = sct_file_handle_print, HANDLE };
static const struct sct_struct sct_struct_new_file_handle = {
	.name = "file_handle", .print = sct_new_file_handle_print, HANDLE };

STRUCT_BY(statx_timestamp, sct_statx_time_print,
	{ K_S64, LONG("tv_sec") }, { K_U32, UINT("tv_nsec") }, { K_S32, UPPER });
STRUCT_BY(statx, sct_statx_print,
	{ K_U32, FLAGS("stx_mask", statx_mask) }, { K_U32, UINT("stx_blksize") },
	{ K_U64, FLAGS64("stx_attributes", statx_attr) }, { K_U32, UINT("stx_nlink") },
	{ K_U32, UID("stx_uid") }, { K_U32, UID("stx_gid") }, { K_U16, FILE_MODE("stx_mode") },
	{ K_U16, UPPER }, { K_U64, ULONG("stx_ino") }, { K_U64, ULONG("stx_size") },
	{ K_U64, ULONG("stx_blocks") }, { K_U64, FLAGS64("stx_attributes_mask", statx_attr) },
	{ K_STRUCT, STRUCT_IN("stx_atime", statx_timestamp) },
	{ K_STRUCT, STRUCT_IN("stx_btime", statx_timestamp) },
	{ K_STRUCT, STRUCT_IN("stx_ctime", statx_timestamp) },
	{ K_STRUCT, STRUCT_IN("stx_mtime", statx_timestamp) },
	{ K_U32, UINT("stx_rdev_major") }, { K_U32, UINT("stx_rdev_minor") },
	{ K_U32, UINT("stx_dev_major") }, { K_U32, UINT("stx_dev_minor") },
	{ K_U64, HEX("stx_mnt_id") }, { K_U32, UINT("stx_dio_mem_align") },
	{ K_U32, UINT("stx_dio_offset_align") }, { K_U64, HEX("stx_subvol") },
	{ K_U32, UINT("stx_atomic_write_unit_min") }, { K_U32, UINT("stx_atomic_write_unit_max") },
	{ K_U32, UINT("stx_atomic_write_segments_max") }, { K_U32, UINT("stx_dio_read_offset_align") },
	{ K_U32, UINT("stx_atomic_write_unit_max_opt") }, { K_U32, UPPER }, { K_U64, UPPER, .n = 8 });

STRUCT(ustat, { K_S32, UINT("f_tfree") }, { K_KULONG, ULONG("f_tinode") },
       { K_CHARS, UPPER, .n = 6 }, { K_CHARS, UPPER, .n = 6 });

EXTENSIBLE_STRUCT(file_attr, 24,
	{ K_U64, FLAGS64("fa_xflags", fs_xflags) }, { K_U32, UINT("fa_extsize") },
	{ K_U32, UINT("fa_nextents") }, { K_U32, UINT("fa_projid") }, { K_U32, UINT("fa_cowextsize") });

STRUCT(utimbuf, { K_KLONG, CUSTOM("actime", sct_moment_print) },
       { K_KLONG, CUSTOM("modtime", sct_moment_print) });
STRUCT_BY(utimeval, sct_utimeval_print, { K_KLONG, LONG("tv_sec") }, { K_KLONG, LONG("tv_usec") });

static const struct sct_row rows[] = {
	{ .name = "open", .ret = SCT_RET_FD, .args = {
		PATH("pathname"), OPEN_FLAGS("flags"), MODE_CREAT("mode", 1) } },
	{ .name = "openat", .ret = SCT_RET_FD, .args = {
		DIRFD("dirfd"), PATH("pathname"), OPEN_FLAGS("flags"), MODE_CREAT("mode", 2) } },
	{ .name = "openat2", .unified_nr = 437, .ret = SCT_RET_FD, .args = {
		DIRFD("dirfd"), PATH("pathname"), SIZED_IN("how", open_how, 3), ULONG("size") } },
	{ .name = "creat", .ret = SCT_RET_FD, .args = { PATH("pathname"), MODE("mode") } },
	{ .name = "name_to_handle_at", .args = {
		DIRFD("dirfd"), PATH("pathname"), STRUCT_INOUT_ALWAYS("handle", new_file_handle),
		STRUCT_OUT("mount_id", int), FLAGS("flags", name_to_handle_flags) } },
	/* AT_HANDLE_MNT_ID_UNIQUE. */
	{ .name = "name_to_handle_at", WHEN_MASK(4, 1, 1), .args = {
		DIRFD("dirfd"), PATH("pathname"), STRUCT_INOUT_ALWAYS("handle", new_file_handle),
		STRUCT_OUT("mount_id", u64), FLAGS("flags", name_to_handle_flags) } },
	{ .name = "open_by_handle_at", .ret = SCT_RET_FD, .args = {
		FD("mount_fd"), STRUCT_IN("handle", file_handle), OPEN_FLAGS("flags") } },

	{ .name = "access", .args = { PATH("pathname"), FLAGS("mode", access_modes) } },
	{ .name = "faccessat", .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("mode", access_modes) } },
	{ .name = "faccessat2", .unified_nr = 439, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("mode", access_modes),
		FLAGS("flags", faccessat_flags) } },

	{ .name = "stat", .args = { PATH("pathname"), STRUCT_OUT("statbuf", stat) } },
	{ .name = "lstat", .args = { PATH("pathname"), STRUCT_OUT("statbuf", stat) } },
	{ .name = "fstat", .args = { FD("fd"), STRUCT_OUT("statbuf", stat) } },
	{ .name = "newfstatat", .args = {
		DIRFD("dirfd"), PATH("pathname"), STRUCT_OUT("statbuf", stat), FLAGS("flags", at_flags) } },
	{ .name = "statx", .args = {
		DIRFD("dirfd"), PATH("pathname"), CUSTOM("flags", sct_statx_flags_print),
		FLAGS("mask", statx_mask), STRUCT_OUT("statxbuf", statx) } },
	{ .name = "statfs", .args = { PATH("pathname"), STRUCT_OUT("buf", statfs) } },
	{ .name = "fstatfs", .args = { FD("fd"), STRUCT_OUT("buf", statfs) } },
	{ .name = "ustat", .args = { DEV("dev"), STRUCT_OUT("ubuf", ustat) } },
	{ .name = "file_getattr", .unified_nr = 468, .args = {
		DIRFD("dirfd"), PATH("pathname"), SIZED_OUT("attr", file_attr, 3), ULONG("size"),
		FLAGS("flags", at_path_flags) } },
	{ .name = "file_setattr", .unified_nr = 469, .args = {
		DIRFD("dirfd"), PATH("pathname"), SIZED_IN("attr", file_attr, 3), ULONG("size"),
		FLAGS("flags", at_path_flags) } },

	{ .name = "chmod", .args = { PATH("pathname"), MODE("mode") } },
	{ .name = "fchmod", .args = { FD("fd"), MODE("mode") } },
	{ .name = "fchmodat", .args = { DIRFD("dirfd"), PATH("pathname"), MODE("mode") } },
	{ .name = "fchmodat2", .unified_nr = 452, .args = {
		DIRFD("dirfd"), PATH("pathname"), MODE("mode"), FLAGS("flags", at_path_flags) } },
	{ .name = "chown", .args = { PATH("pathname"), UID("owner"), UID("group") } },
	{ .name = "lchown", .args = { PATH("pathname"), UID("owner"), UID("group") } },
	{ .name = "fchown", .args = { FD("fd"), UID("owner"), UID("group") } },
	{ .name = "fchownat", .args = {
		DIRFD("dirfd"), PATH("pathname"), UID("owner"), UID("group"),
		FLAGS("flags", at_flags) } },
	{ .name = "umask", .ret = SCT_RET_OCT, .args = { MODE("mask") } },

	{ .name = "utime", .args = { PATH("filename"), STRUCT_IN("times", utimbuf) } },
	{ .name = "utimes", .args = { PATH("pathname"), FIXED_IN("times", utimeval, 2) } },
	{ .name = "futimesat", .args = {
		DIRFD("dirfd"), PATH("pathname"), FIXED_IN("times", utimeval, 2) } },
	{ .name = "utimensat", .args = {
		DIRFD("dirfd"), PATH("pathname"), FIXED_IN("times", utimespec, 2), FLAGS("flags", at_flags) } },
	{ .name = "truncate", .args = { PATH("path"), ULONG("length") } },

	{ .name = "mkdir", .args = { PATH("pathname"), MODE("mode") } },
	{ .name = "mkdirat", .args = { DIRFD("dirfd"), PATH("pathname"), MODE("mode") } },
	{ .name = "rmdir", .args = { PATH("path") } },
	/* Only a device has a number. */
	{ .name = "mknod", .args = { PATH("pathname"), FILE_MODE("mode") } },
	{ .name = "mknod", WHEN_MASK(1, S_IFMT, S_IFCHR, S_IFBLK), .args = {
		PATH("pathname"), FILE_MODE("mode"), DEV("dev") } },
	{ .name = "mknodat", .args = { DIRFD("dirfd"), PATH("pathname"), FILE_MODE("mode") } },
	{ .name = "mknodat", WHEN_MASK(2, S_IFMT, S_IFCHR, S_IFBLK), .args = {
		DIRFD("dirfd"), PATH("pathname"), FILE_MODE("mode"), DEV("dev") } },
	{ .name = "unlink", .args = { PATH("path") } },
	{ .name = "unlinkat", .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_flags) } },
	{ .name = "rename", .args = { PATH("oldpath"), PATH("newpath") } },
	{ .name = "renameat", .args = {
		DIRFD("olddirfd"), PATH("oldpath"), DIRFD("newdirfd"), PATH("newpath") } },
	{ .name = "renameat2", .args = {
		DIRFD("olddirfd"), PATH("oldpath"), DIRFD("newdirfd"), PATH("newpath"),
		FLAGS("flags", rename_flags) } },
	{ .name = "link", .args = { PATH("oldpath"), PATH("newpath") } },
	{ .name = "linkat", .args = {
		DIRFD("olddirfd"), PATH("oldpath"), DIRFD("newdirfd"), PATH("newpath"),
		FLAGS("flags", at_flags) } },
	{ .name = "symlink", .args = { PATH("oldpath"), PATH("newpath") } },
	{ .name = "symlinkat", .args = { PATH("target"), DIRFD("newdirfd"), PATH("linkpath") } },
	{ .name = "readlink", .args = { PATH("pathname"), BUF_OUT("buf"), ULONG("bufsiz") } },
	{ .name = "readlinkat", .args = {
		DIRFD("dirfd"), PATH("pathname"), BUF_OUT("buf"), ULONG("bufsiz") } },

	{ .name = "chdir", .args = { PATH("path") } },
	{ .name = "fchdir", .args = { FD("fd") } },
	{ .name = "getcwd", .args = { PATH_OUT("buf"), ULONG("size") } },
	{ .name = "chroot", .args = { PATH("path") } },
	{ .name = "lookup_dcookie", .args = { ULONG("cookie"), BUF_OUT("buffer"), ULONG("len") } },
};

SCT_FAMILY(file);
