/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Extended attributes. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "setxattr", .args = {
		PATH("pathname"), STR("name"), BUF_IN("value", 3), ULONG("size"),
		FLAGS("flags", xattr_flags) } },
	{ .name = "lsetxattr", .args = {
		PATH("pathname"), STR("name"), BUF_IN("value", 3), ULONG("size"),
		FLAGS("flags", xattr_flags) } },
	{ .name = "fsetxattr", .args = {
		FD("fd"), STR("name"), BUF_IN("value", 3), ULONG("size"),
		FLAGS("flags", xattr_flags) } },
	{ .name = "getxattr", .args = {
		PATH("pathname"), STR("name"), BUF_OUT("value"), ULONG("size") } },
	{ .name = "lgetxattr", .args = {
		PATH("pathname"), STR("name"), BUF_OUT("value"), ULONG("size") } },
	{ .name = "fgetxattr", .args = { FD("fd"), STR("name"), BUF_OUT("value"), ULONG("size") } },
	{ .name = "listxattr", .args = { PATH("pathname"), BUF_OUT("list"), ULONG("size") } },
	{ .name = "llistxattr", .args = { PATH("pathname"), BUF_OUT("list"), ULONG("size") } },
	{ .name = "flistxattr", .args = { FD("fd"), BUF_OUT("list"), ULONG("size") } },
	{ .name = "removexattr", .args = { PATH("pathname"), STR("name") } },
	{ .name = "lremovexattr", .args = { PATH("pathname"), STR("name") } },
	{ .name = "fremovexattr", .args = { FD("fd"), STR("name") } },
	/* These take the value and its size in a struct xattr_args. */
	{ .name = "setxattrat", .unified_nr = 463, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_path_flags), STR("name"),
		PTR("args"), ULONG("size") } },
	{ .name = "getxattrat", .unified_nr = 464, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_path_flags), STR("name"),
		PTR("args"), ULONG("size") } },
	{ .name = "listxattrat", .unified_nr = 465, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_path_flags), BUF_OUT("list"),
		ULONG("size") } },
	{ .name = "removexattrat", .unified_nr = 466, .args = {
		DIRFD("dirfd"), PATH("pathname"), FLAGS("flags", at_path_flags), STR("name") } },
};

SCT_FAMILY(xattr);
