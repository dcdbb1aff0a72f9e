/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Descriptors: making, moving, steering and syncing them. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "close", .args = { FD("fd") } },
	{ .name = "close_range", .unified_nr = 436, .args = {
		UINT("first"), UINT("last"), FLAGS("flags", close_range_flags) } },
	{ .name = "dup", .args = { FD("oldfd") } },
	{ .name = "dup2", .args = { FD("oldfd"), FD("newfd") } },
	{ .name = "dup3", .args = { FD("oldfd"), FD("newfd"), FLAGS("flags", open_flags) } },
	{ .name = "pipe", .args = { PTR("pipefd") } },
	{ .name = "pipe2", .args = { PTR("pipefd"), FLAGS("flags", open_flags) } },
	{ .name = "fcntl", .args = { FD("fd"), ENUM("op", fcntl_cmds), HEX("arg") } },
	{ .name = "ioctl", .args = { FD("fd"), ENUM("op", ioctl_cmds), HEX("argp") } },
	{ .name = "flock", .args = { FD("fd"), FLAGS("op", flock_cmds) } },
	{ .name = "lseek", .args = { FD("fd"), LONG("offset"), ENUM("whence", whence_codes) } },
	{ .name = "ftruncate", .args = { FD("fd"), LONG("length") } },
	{ .name = "fallocate", .args = {
		FD("fd"), FLAGS("mode", fallocate_flags), LONG("offset"), LONG("len") } },
	{ .name = "fadvise64", .args = {
		FD("fd"), LONG("offset"), ULONG("len"), ENUM("advice", fadvise_cmds) } },
	{ .name = "readahead", .args = { FD("fd"), LONG("offset"), ULONG("count") } },
	{ .name = "cachestat", .unified_nr = 451, .args = {
		FD("fd"), PTR("cstat_range"), PTR("cstat"), HEX("flags") } },
	{ .name = "getdents", .args = { FD("fd"), PTR("dirp"), UINT("count") } },
	{ .name = "getdents64", .args = { FD("fd"), PTR("dirp"), UINT("count") } },
	{ .name = "sync" },
	{ .name = "syncfs", .args = { FD("fd") } },
	{ .name = "fsync", .args = { FD("fd") } },
	{ .name = "fdatasync", .args = { FD("fd") } },
	{ .name = "sync_file_range", .args = {
		FD("fd"), LONG("offset"), LONG("nbytes"), FLAGS("flags", sync_file_range_flags) } },
};

SCT_FAMILY(desc);
