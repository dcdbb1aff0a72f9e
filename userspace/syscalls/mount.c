/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mounts and swap. */
#include <linux/mount.h>

#include "printers.h"
#include "structs.h"

/* A mount that is moved, bound or made another kind has no type and no data; one that is changed, no type. */
#define MS_CHANGE (MS_BIND | MS_MOVE | MS_UNBINDABLE | MS_PRIVATE | MS_SLAVE | MS_SHARED)

/* Programs of old mark the flags by bits that mean something else: then these two are set too. */
#define MS_KIND (MS_REMOUNT | MS_CHANGE | 0xc0000000)

/* With each of these values or none of it, all values there can be. */
#define MS_0(x) (x), (x) | MS_BIND
#define MS_1(x) MS_0(x), MS_0((x) | MS_MOVE)
#define MS_2(x) MS_1(x), MS_1((x) | MS_UNBINDABLE)
#define MS_3(x) MS_2(x), MS_2((x) | MS_PRIVATE)
#define MS_4(x) MS_3(x), MS_3((x) | MS_SLAVE)
#define MS_5(x) MS_4(x), MS_4((x) | MS_SHARED)
#define ANY_CHANGE \
	MS_BIND, MS_0(MS_MOVE), MS_1(MS_UNBINDABLE), MS_2(MS_PRIVATE), MS_3(MS_SLAVE), MS_4(MS_SHARED)

EXTENSIBLE_STRUCT(mount_attr, 32,
	{ K_U64, FLAGS64("attr_set", mount_attr) }, { K_U64, FLAGS64("attr_clr", mount_attr) },
	{ K_U64, ENUM("propagation", mount_propagation) }, { K_U64, ULONG("userns_fd") });

/* The namespace came later, and lies behind them: size says whether it is there. */
#define MNT_ID_REQ(print_it, mnt_id, param) { \
	.name = "mnt_id_req", .size = 32, .least = 24, .print = print_it, MEMBERS( \
	{ K_U32, UINT("size") }, { K_U32, UINT("mnt_ns_fd"), .show = SCT_NONZERO }, { K_U64, mnt_id }, { K_U64, param }) }
static const struct sct_struct sct_struct_statmount_req =
	MNT_ID_REQ(sct_mnt_id_req_print, HEX("mnt_id"), FLAGS64("param", statmount_mask));
static const struct sct_struct sct_struct_listmount_req =
	MNT_ID_REQ(sct_mnt_id_req_print, CUSTOM("mnt_id", sct_mnt_id_print), HEX("param"));

/* The strings lie behind, at the offsets that members say. */
static const struct sct_struct sct_struct_statmount = {
	.name = "statmount", .size = 8192, .least = 512, .print = sct_statmount_print, MEMBERS(
	{ K_U32, UINT("size") }, { K_U32, STR("mnt_opts") }, { K_U64, FLAGS64("mask", statmount_mask) },
	{ K_U32, UINT("sb_dev_major") }, { K_U32, UINT("sb_dev_minor") }, { K_U64, ENUM("sb_magic", fs_magics) },
	{ K_U32, FLAGS("sb_flags", mount_flags) }, { K_U32, STR("fs_type") }, { K_U64, HEX("mnt_id") },
	{ K_U64, HEX("mnt_parent_id") }, { K_U32, UINT("mnt_id_old") }, { K_U32, UINT("mnt_parent_id_old") },
	{ K_U64, FLAGS64("mnt_attr", mount_attr) }, { K_U64, FLAGS64("mnt_propagation", mount_propagation) },
	{ K_U64, ULONG("mnt_peer_group") }, { K_U64, ULONG("mnt_master") }, { K_U64, ULONG("propagate_from") },
	{ K_U32, STR("mnt_root") }, { K_U32, STR("mnt_point") }, { K_U64, HEX("mnt_ns_id") },
	{ K_U32, STR("fs_subtype") }, { K_U32, STR("sb_source") }, { K_U32, UINT("opt_num") },
	{ K_U32, STRINGS("opt_array") }, { K_U32, UINT("opt_sec_num") }, { K_U32, STRINGS("opt_sec_array") },
	{ K_U64, FLAGS64("supported_mask", statmount_mask) }, { K_U32, UINT("mnt_uidmap_num") },
	{ K_U32, STRINGS("mnt_uidmap") }, { K_U32, UINT("mnt_gidmap_num") }, { K_U32, STRINGS("mnt_gidmap") },
	{ K_U64, UPPER, .n = 43 }) };

static const struct sct_row rows[] = {
	{ .name = "mount", .args = {
		PATH("source"), PATH("target"), STR("filesystemtype"), CUSTOM("mountflags", sct_mount_flags_print),
		STR("data") } },
	{ .name = "mount", WHEN_MASK(3, MS_KIND, MS_5(MS_REMOUNT)), .args = {
		PATH("source"), PATH("target"), PTR("filesystemtype"), CUSTOM("mountflags", sct_mount_flags_print),
		STR("data") } },
	{ .name = "mount", WHEN_MASK(3, MS_KIND, ANY_CHANGE), .args = {
		PATH("source"), PATH("target"), PTR("filesystemtype"), CUSTOM("mountflags", sct_mount_flags_print),
		PTR("data") } },
	{ .name = "umount2", .args = { PATH("target"), FLAGS("flags", umount_flags) } },
	{ .name = "pivot_root", .args = { PATH("new_root"), PATH("put_old") } },
	{ .name = "open_tree", .unified_nr = 428, .ret = SCT_RET_FD, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", open_tree_flags) } },
	{ .name = "open_tree_attr", .unified_nr = 467, .ret = SCT_RET_FD, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", open_tree_flags), SIZED_IN("attr", mount_attr, 4),
		ULONG("size") } },
	{ .name = "move_mount", .unified_nr = 429, .args = {
		DIRFD("from_dfd"), PATH("from_pathname"), DIRFD("to_dfd"), PATH("to_pathname"),
		FLAGS("flags", move_mount_flags) } },
	{ .name = "fsopen", .unified_nr = 430, .ret = SCT_RET_FD, .args = {
		STR("fsname"), FLAGS("flags", fsopen_flags) } },
	/* What the key, the value and aux are depends on the command. */
	{ .name = "fsconfig", .unified_nr = 431, .args = {
		FD("fd"), ENUM("cmd", fsconfig_cmds), PTR("key"), PTR("value"), INT("aux") } },
	{ .name = "fsconfig", .unified_nr = 431, WHEN(1, FSCONFIG_SET_FLAG), .args = {
		FD("fd"), ENUM("cmd", fsconfig_cmds), STR("key"), PTR("value"), INT("aux") } },
	{ .name = "fsconfig", .unified_nr = 431, WHEN(1, FSCONFIG_SET_STRING), .args = {
		FD("fd"), ENUM("cmd", fsconfig_cmds), STR("key"), STR("value"), INT("aux") } },
	{ .name = "fsconfig", .unified_nr = 431, WHEN(1, FSCONFIG_SET_BINARY), .args = {
		FD("fd"), ENUM("cmd", fsconfig_cmds), STR("key"), BUF_HEX_IN("value", 4), INT("aux") } },
	{ .name = "fsconfig", .unified_nr = 431, WHEN(1, FSCONFIG_SET_PATH, FSCONFIG_SET_PATH_EMPTY), .args = {
		FD("fd"), ENUM("cmd", fsconfig_cmds), STR("key"), PATH("value"), DIRFD("aux") } },
	{ .name = "fsconfig", .unified_nr = 431, WHEN(1, FSCONFIG_SET_FD), .args = {
		FD("fd"), ENUM("cmd", fsconfig_cmds), STR("key"), PTR("value"), FD("aux") } },
	{ .name = "fsmount", .unified_nr = 432, .ret = SCT_RET_FD, .args = {
		FD("fd"), FLAGS("flags", fsmount_flags), FLAGS("attr_flags", mount_attr) } },
	{ .name = "fspick", .unified_nr = 433, .ret = SCT_RET_FD, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", fspick_flags) } },
	{ .name = "mount_setattr", .unified_nr = 442, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", mount_setattr_flags), SIZED_IN("attr", mount_attr, 4),
		ULONG("size") } },
	{ .name = "statmount", .unified_nr = 457, .args = {
		STRUCT_IN("req", statmount_req), SIZED_OUT("buf", statmount, 2), ULONG("bufsize"),
		FLAGS("flags", statmount_flags) } },
	{ .name = "listmount", .unified_nr = 458, .args = {
		STRUCT_IN("req", listmount_req), ARRAY_OUT("mnt_ids", hex64), ULONG("nr_mnt_ids"),
		FLAGS("flags", listmount_flags) } },
	{ .name = "swapon", .args = { PATH("path"), CUSTOM("swapflags", sct_swap_flags_print) } },
	{ .name = "swapoff", .args = { PATH("path") } },
	{ .name = "sysfs", .args = { INT("option"), HEX("arg1"), HEX("arg2") } },
	{ .name = "sysfs", WHEN(0, 1), .args = { INT("option"), STR("fsname") } },
	{ .name = "sysfs", WHEN(0, 2), .args = { INT("option"), UINT("fs_index"), STR_OUT("buf") } },
	{ .name = "sysfs", WHEN(0, 3), .args = { INT("option") } },
};

SCT_FAMILY(mount);
