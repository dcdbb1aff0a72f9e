/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mounts, swap and quota. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "mount", .args = {
		PATH("source"), PATH("target"), STR("filesystemtype"),
		FLAGS("mountflags", mount_flags), STR("data") } },
	{ .name = "umount2", .args = { PATH("target"), FLAGS("flags", umount_flags) } },
	{ .name = "pivot_root", .args = { PATH("new_root"), PATH("put_old") } },
	{ .name = "open_tree", .unified_nr = 428, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", open_tree_flags) } },
	{ .name = "open_tree_attr", .unified_nr = 467, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", open_tree_flags), PTR("attr"),
		ULONG("size") } },
	{ .name = "move_mount", .unified_nr = 429, .args = {
		DIRFD("from_dfd"), PATH("from_pathname"), DIRFD("to_dfd"), PATH("to_pathname"),
		FLAGS("flags", move_mount_flags) } },
	{ .name = "fsopen", .unified_nr = 430, .args = {
		STR("fsname"), FLAGS("flags", fsopen_flags) } },
	/* What the value is depends on the command. */
	{ .name = "fsconfig", .unified_nr = 431, .args = {
		FD("fd"), ENUM("cmd", fsconfig_cmds), STR("key"), PTR("value"), INT("aux") } },
	{ .name = "fsmount", .unified_nr = 432, .args = {
		FD("fd"), FLAGS("flags", fsmount_flags), FLAGS("attr_flags", mount_attr) } },
	{ .name = "fspick", .unified_nr = 433, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", fspick_flags) } },
	{ .name = "mount_setattr", .unified_nr = 442, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", mount_setattr_flags), PTR("attr"),
		ULONG("size") } },
	{ .name = "statmount", .unified_nr = 457, .args = {
		PTR("req"), PTR("buf"), ULONG("bufsize"), FLAGS("flags", statmount_flags) } },
	{ .name = "listmount", .unified_nr = 458, .args = {
		PTR("req"), PTR("mnt_ids"), ULONG("nr_mnt_ids"), FLAGS("flags", listmount_flags) } },
	{ .name = "swapon", .args = { PATH("path"), FLAGS("swapflags", swap_flags) } },
	{ .name = "swapoff", .args = { PATH("path") } },
	/* The command is made of an operation and a type of quota. */
	{ .name = "quotactl", .args = { HEX("op"), PATH("special"), UID("id"), PTR("addr") } },
	{ .name = "quotactl_fd", .unified_nr = 443, .args = {
		FD("fd"), HEX("op"), UID("id"), PTR("addr") } },
	{ .name = "sysfs", .args = { INT("option"), HEX("arg1"), HEX("arg2") } },
};

SCT_FAMILY(mount);
