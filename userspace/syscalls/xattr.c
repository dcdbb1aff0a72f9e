/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Extended attributes. */
#include "structs.h"

/* The value lies elsewhere: given to the kernel, or filled in by it. */
EXTENSIBLE_STRUCT(xattr_args, 16,
	{ K_U64, TEXT_IN("value", 1) }, { K_U32, UINT("size") }, { K_U32, FLAGS("flags", xattr_flags) });
EXTENSIBLE_STRUCT(xattr_args_out, 16,
	{ K_U64, TEXT_OUT("value") }, { K_U32, UINT("size") }, { K_U32, FLAGS("flags", xattr_flags) });

static const struct sct_row rows[] = {
	{ .name = "setxattr", .args = {
		PATH("pathname"), STR("name"), TEXT_IN("value", 3), ULONG("size"),
		FLAGS("flags", xattr_flags) } },
	{ .name = "lsetxattr", .args = {
		PATH("pathname"), STR("name"), TEXT_IN("value", 3), ULONG("size"),
		FLAGS("flags", xattr_flags) } },
	{ .name = "fsetxattr", .args = {
		FD("fd"), STR("name"), TEXT_IN("value", 3), ULONG("size"),
		FLAGS("flags", xattr_flags) } },
	{ .name = "getxattr", .args = {
		PATH("pathname"), STR("name"), TEXT_OUT("value"), ULONG("size") } },
	{ .name = "lgetxattr", .args = {
		PATH("pathname"), STR("name"), TEXT_OUT("value"), ULONG("size") } },
	{ .name = "fgetxattr", .args = { FD("fd"), STR("name"), TEXT_OUT("value"), ULONG("size") } },
	/* With no room the kernel says how much it takes. */
	{ .name = "listxattr", .args = { PATH("pathname"), BUF_OUT("list"), ULONG("size") } },
	{ .name = "listxattr", WHEN(2, 0), .args = { PATH("pathname"), PTR("list"), ULONG("size") } },
	{ .name = "llistxattr", .args = { PATH("pathname"), BUF_OUT("list"), ULONG("size") } },
	{ .name = "llistxattr", WHEN(2, 0), .args = { PATH("pathname"), PTR("list"), ULONG("size") } },
	{ .name = "flistxattr", .args = { FD("fd"), BUF_OUT("list"), ULONG("size") } },
	{ .name = "flistxattr", WHEN(2, 0), .args = { FD("fd"), PTR("list"), ULONG("size") } },
	{ .name = "removexattr", .args = { PATH("pathname"), STR("name") } },
	{ .name = "lremovexattr", .args = { PATH("pathname"), STR("name") } },
	{ .name = "fremovexattr", .args = { FD("fd"), STR("name") } },
	/* These take the value and its size in a struct xattr_args. */
	{ .name = "setxattrat", .unified_nr = 463, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_path_flags), STR("name"),
		SIZED_IN("args", xattr_args, 5), ULONG("size") } },
	{ .name = "getxattrat", .unified_nr = 464, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_path_flags), STR("name"),
		SIZED_OUT("args", xattr_args_out, 5), ULONG("size") } },
	{ .name = "listxattrat", .unified_nr = 465, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_path_flags), BUF_OUT("list"),
		ULONG("size") } },
	{ .name = "listxattrat", .unified_nr = 465, WHEN(4, 0), .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_path_flags), PTR("list"),
		ULONG("size") } },
	{ .name = "removexattrat", .unified_nr = 466, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_path_flags), STR("name") } },
};

SCT_FAMILY(xattr);
