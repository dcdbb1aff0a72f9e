/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Descriptors: making, moving and syncing them. fcntl.c has what steers them. */
#include "printers.h"
#include "structs.h"

STRUCT(cachestat_range, { K_U64, ULONG("off") }, { K_U64, ULONG("len") });
STRUCT(cachestat, { K_U64, ULONG("nr_cache") }, { K_U64, ULONG("nr_dirty") }, { K_U64, ULONG("nr_writeback") },
       { K_U64, ULONG("nr_evicted") }, { K_U64, ULONG("nr_recently_evicted") });

/* As many as the result says, one behind the other; all are needed to count them. */
static const struct sct_struct sct_struct_linux_dirent = {
	.name = "linux_dirent", .size = 65528, .print = sct_dirents_print, MEMBERS(
	{ K_KULONG, ULONG("d_ino") }, { K_KULONG, ULONG("d_off") }, { K_U16, UINT("d_reclen") },
	{ K_CHARS, STR("d_name"), .n = 1 }) };
static const struct sct_struct sct_struct_linux_dirent64 = {
	.name = "linux_dirent64", .size = 65528, .print = sct_dirents64_print, MEMBERS(
	{ K_U64, ULONG("d_ino") }, { K_S64, LONG("d_off") }, { K_U16, UINT("d_reclen") },
	{ K_U8, ENUM("d_type", dirent_types) }, { K_CHARS, STR("d_name"), .n = 1 }) };

static const struct sct_row rows[] = {
	{ .name = "close", .args = { FD("fd") } },
	{ .name = "close_range", .unified_nr = 436, .args = {
		UINT("first"), UINT("last"), FLAGS("flags", close_range_flags) } },
	{ .name = "dup", .ret = SCT_RET_FD, .args = { FD("oldfd") } },
	{ .name = "dup2", .ret = SCT_RET_FD, .args = { FD("oldfd"), FD("newfd") } },
	{ .name = "dup3", .ret = SCT_RET_FD, .args = { FD("oldfd"), FD("newfd"), FLAGS("flags", open_flags) } },
	{ .name = "pipe", .args = { FIXED_OUT("pipefd", fd, 2) } },
	{ .name = "pipe2", .args = { FIXED_OUT("pipefd", fd, 2), FLAGS("flags", open_flags) } },
	{ .name = "flock", .args = { FD("fd"), FLAGS("op", flock_cmds) } },
	{ .name = "lseek", .args = { FD("fd"), LONG("offset"), ENUM("whence", whence_codes) } },
	{ .name = "ftruncate", .args = { FD("fd"), ULONG("length") } },
	{ .name = "fallocate", .args = {
		FD("fd"), FLAGS("mode", fallocate_flags), LONG("offset"), LONG("len") } },
	{ .name = "fadvise64", .args = {
		FD("fd"), LONG("offset"), ULONG("len"), ENUM("advice", fadvise_cmds) } },
	{ .name = "readahead", .args = { FD("fd"), LONG("offset"), ULONG("count") } },
	{ .name = "cachestat", .unified_nr = 451, .args = {
		FD("fd"), STRUCT_IN("cstat_range", cachestat_range), STRUCT_OUT("cstat", cachestat),
		HEX("flags") } },
	{ .name = "getdents", .args = { FD("fd"), RESULT_OUT("dirp", linux_dirent), UINT("count") } },
	{ .name = "getdents64", .args = {
		FD("fd"), RESULT_OUT("dirp", linux_dirent64), UINT("count") } },
	{ .name = "sync" },
	{ .name = "syncfs", .args = { FD("fd") } },
	{ .name = "fsync", .args = { FD("fd") } },
	{ .name = "fdatasync", .args = { FD("fd") } },
	{ .name = "sync_file_range", .args = {
		FD("fd"), LONG("offset"), LONG("nbytes"), FLAGS("flags", sync_file_range_flags) } },
};

SCT_FAMILY(desc);
