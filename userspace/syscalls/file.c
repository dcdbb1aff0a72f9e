/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls on names: opening, looking at and changing what a path leads to. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "open", .args = {
		PATH("pathname"), OPEN_FLAGS("flags"), MODE_CREAT("mode", 1) } },
	{ .name = "openat", .args = {
		DIRFD("dirfd"), PATH("pathname"), OPEN_FLAGS("flags"), MODE_CREAT("mode", 2) } },
	{ .name = "openat2", .unified_nr = 437, .args = {
		DIRFD("dirfd"), PATH("pathname"), PTR("how"), ULONG("size") } },
	{ .name = "creat", .args = { PATH("pathname"), MODE("mode") } },
	{ .name = "name_to_handle_at", .args = {
		DIRFD("dirfd"), PATH("pathname"), PTR("handle"), PTR("mount_id"),
		FLAGS("flags", name_to_handle_flags) } },
	{ .name = "open_by_handle_at", .args = {
		DIRFD("mount_fd"), PTR("handle"), OPEN_FLAGS("flags") } },

	{ .name = "access", .args = { PATH("pathname"), FLAGS("mode", access_modes) } },
	{ .name = "faccessat", .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("mode", access_modes) } },
	{ .name = "faccessat2", .unified_nr = 439, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("mode", access_modes),
		FLAGS("flags", faccessat_flags) } },

	{ .name = "stat", .args = { PATH("pathname"), PTR("statbuf") } },
	{ .name = "lstat", .args = { PATH("pathname"), PTR("statbuf") } },
	{ .name = "fstat", .args = { FD("fd"), PTR("statbuf") } },
	{ .name = "newfstatat", .args = {
		DIRFD("dirfd"), PATH("pathname"), PTR("statbuf"), FLAGS("flags", at_flags) } },
	{ .name = "statx", .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_statx_flags),
		FLAGS("mask", statx_mask), PTR("statxbuf") } },
	{ .name = "statfs", .args = { PATH("pathname"), PTR("buf") } },
	{ .name = "fstatfs", .args = { FD("fd"), PTR("buf") } },
	{ .name = "ustat", .args = { DEV("dev"), PTR("ubuf") } },
	{ .name = "file_getattr", .unified_nr = 468, .args = {
		DIRFD("dirfd"), PATH("pathname"), PTR("attr"), ULONG("size"),
		FLAGS("flags", at_path_flags) } },
	{ .name = "file_setattr", .unified_nr = 469, .args = {
		DIRFD("dirfd"), PATH("pathname"), PTR("attr"), ULONG("size"),
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

	{ .name = "utime", .args = { PATH("filename"), PTR("times") } },
	{ .name = "utimes", .args = { PATH("pathname"), PTR("times") } },
	{ .name = "futimesat", .args = { DIRFD("dirfd"), PATH("pathname"), PTR("times") } },
	{ .name = "utimensat", .args = {
		DIRFD("dirfd"), PATH("pathname"), PTR("times"), FLAGS("flags", at_flags) } },
	{ .name = "truncate", .args = { PATH("path"), LONG("length") } },

	{ .name = "mkdir", .args = { PATH("pathname"), MODE("mode") } },
	{ .name = "mkdirat", .args = { DIRFD("dirfd"), PATH("pathname"), MODE("mode") } },
	{ .name = "rmdir", .args = { PATH("path") } },
	{ .name = "mknod", .args = { PATH("pathname"), MODE("mode"), DEV("dev") } },
	{ .name = "mknodat", .args = {
		DIRFD("dirfd"), PATH("pathname"), MODE("mode"), DEV("dev") } },
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
	{ .name = "getcwd", .args = { BUF_OUT("buf"), ULONG("size") } },
	{ .name = "chroot", .args = { PATH("path") } },
	{ .name = "lookup_dcookie", .args = { ULONG("cookie"), BUF_OUT("buffer"), ULONG("len") } },
};

SCT_FAMILY(file);
