/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who a process is and what it may do: ids, capabilities, keys, sandboxes. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "getuid" },
	{ .name = "geteuid" },
	{ .name = "getgid" },
	{ .name = "getegid" },
	{ .name = "setuid", .args = { UID("uid") } },
	{ .name = "setgid", .args = { UID("gid") } },
	{ .name = "setreuid", .args = { UID("ruid"), UID("euid") } },
	{ .name = "setregid", .args = { UID("rgid"), UID("egid") } },
	{ .name = "getresuid", .args = { PTR("ruid"), PTR("euid"), PTR("suid") } },
	{ .name = "setresuid", .args = { UID("ruid"), UID("euid"), UID("suid") } },
	{ .name = "getresgid", .args = { PTR("rgid"), PTR("egid"), PTR("sgid") } },
	{ .name = "setresgid", .args = { UID("rgid"), UID("egid"), UID("sgid") } },
	{ .name = "setfsuid", .args = { UID("fsuid") } },
	{ .name = "setfsgid", .args = { UID("fsgid") } },
	{ .name = "getgroups", .args = { INT("size"), PTR("list") } },
	{ .name = "setgroups", .args = { INT("size"), PTR("list") } },
	{ .name = "capget", .args = { PTR("hdrp"), PTR("datap") } },
	{ .name = "capset", .args = { PTR("hdrp"), PTR("datap") } },

	{ .name = "add_key", .args = {
		STR("type"), STR("description"), BUF_IN("payload", 3), ULONG("plen"), INT("keyring") } },
	{ .name = "request_key", .args = {
		STR("type"), STR("description"), STR("callout_info"), INT("dest_keyring") } },
	{ .name = "keyctl", .args = {
		ENUM("operation", keyctl_ops), HEX("arg2"), HEX("arg3"), HEX("arg4"), HEX("arg5") } },

	/* The meaning of the flags depends on the operation; the names are those of a filter. */
	{ .name = "seccomp", .args = {
		ENUM("operation", seccomp_ops), FLAGS("flags", seccomp_flags), PTR("args") } },
	{ .name = "landlock_create_ruleset", .unified_nr = 444, .args = {
		PTR("attr"), ULONG("size"), FLAGS("flags", landlock_create_flags) } },
	{ .name = "landlock_add_rule", .unified_nr = 445, .args = {
		FD("ruleset_fd"), ENUM("rule_type", landlock_rule_types), PTR("rule_attr"),
		FLAGS("flags", landlock_rule_flags) } },
	{ .name = "landlock_restrict_self", .unified_nr = 446, .args = {
		FD("ruleset_fd"), FLAGS("flags", landlock_restrict_flags) } },
	{ .name = "lsm_get_self_attr", .unified_nr = 459, .args = {
		ENUM("attr", lsm_attrs), PTR("ctx"), PTR("size"), FLAGS("flags", lsm_flags) } },
	{ .name = "lsm_set_self_attr", .unified_nr = 460, .args = {
		ENUM("attr", lsm_attrs), PTR("ctx"), UINT("size"), HEX("flags") } },
	{ .name = "lsm_list_modules", .unified_nr = 461, .args = {
		PTR("ids"), PTR("size"), HEX("flags") } },
};

SCT_FAMILY(creds);
