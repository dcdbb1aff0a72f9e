/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who a process is and what it may do: ids, capabilities, keys, sandboxes. */
#include <linux/keyctl.h>
#include <linux/seccomp.h>

#include "printers.h"
#include "structs.h"

/* Operations that the installed headers may be too old for. */
#ifndef KEYCTL_WATCH_KEY
#define KEYCTL_WATCH_KEY 32
#endif

STRUCT(cap_header, { K_U32, ENUM("version", cap_versions) }, { K_S32, INT("pid") });

/* One or two of three words. */
static const struct sct_struct sct_struct_cap_data = {
	.name = "cap_data",
	MEMBERS({ K_U32, HEX("effective") }, { K_U32, HEX("permitted") }, { K_U32, HEX("inheritable") }),
	.size = 24,
	.print = sct_cap_data_print,
};

#define KEY(n)	CUSTOM(n, sct_key_print)
#define OPTION	ENUM("operation", keyctl_ops)

STRUCT(dh_params, { K_S32, KEY("private") }, { K_S32, KEY("prime") }, { K_S32, KEY("base") });
STRUCT(kdf_params, { K_PTR, STR("hashname") }, { K_PTR, BUF_IN("otherinfo", 2) },
       { K_U32, UINT("otherinfolen") }, { K_U32, HEX("__spare"), .n = 8, .show = SCT_NONZERO });
STRUCT(pkey_params, { K_S32, KEY("key_id") }, { K_U32, UINT("in_len") }, { K_U32, UINT("out_len") },
       { K_U32, HEX("__spare"), .n = 7, .show = SCT_NONZERO });
STRUCT(pkey_verify_params, { K_S32, KEY("key_id") }, { K_U32, UINT("in_len") }, { K_U32, UINT("in2_len") },
       { K_U32, HEX("__spare"), .n = 7, .show = SCT_NONZERO });
STRUCT(pkey_query, { K_U32, FLAGS("supported_ops", keyctl_pkey_ops) }, { K_U32, UINT("key_size") },
       { K_U16, UINT("max_data_size") }, { K_U16, UINT("max_sig_size") }, { K_U16, UINT("max_enc_size") },
       { K_U16, UINT("max_dec_size") }, { K_U32, HEX("__spare"), .n = 10, .show = SCT_NONZERO });
STRUCT_BY(key_capabilities, sct_key_capabilities_print, { K_U8, HEX(""), .n = 2 });

/* Text or bytes: the result says how many there would be, and may be more than there is room for. */
static const struct sct_struct sct_struct_key_bytes = {
	.name = "key_bytes",
	MEMBERS({ K_U8, HEX("") }),
	.size = 4096,
	.print = sct_key_bytes_print,
};

STRUCT(seccomp_action, { K_U32, ENUM("", seccomp_actions) });
STRUCT(seccomp_notif_sizes, { K_U16, UINT("seccomp_notif") }, { K_U16, UINT("seccomp_notif_resp") },
       { K_U16, UINT("seccomp_data") });

STRUCT_BY(landlock_ruleset, sct_landlock_ruleset_print,
	  { K_U64, FLAGS64("handled_access_fs", landlock_access_fs) },
	  { K_U64, FLAGS64("handled_access_net", landlock_access_net) },
	  { K_U64, FLAGS64("scoped", landlock_scopes) });
static const struct sct_struct sct_struct_landlock_path = {
	.name = "landlock_path_beneath_attr",
	MEMBERS({ K_U64, FLAGS64("allowed_access", landlock_access_fs) }, { K_S32, FD("parent_fd") }),
	.packed = 0xff,
};
STRUCT(landlock_port, { K_U64, FLAGS64("allowed_access", landlock_access_net) }, { K_U64, ULONG("port") });

STRUCT(lsm_id, { K_U64, ENUM("", lsm_ids) });
STRUCT(lsm_ctx, { K_U64, ENUM("id", lsm_ids) }, { K_U64, HEX("flags") }, { K_U64, ULONG("len") },
       { K_U64, ULONG("ctx_len") });

#define THREE_OUT(a, b, c)	{ STRUCT_OUT(a, uid), STRUCT_OUT(b, uid), STRUCT_OUT(c, uid) }

static const struct sct_row rows[] = {
	{ .name = "getuid" },
	{ .name = "geteuid" },
	{ .name = "getgid" },
	{ .name = "getegid" },
	{ .name = "setuid", .args = { UID("uid") } },
	{ .name = "setgid", .args = { UID("gid") } },
	{ .name = "setreuid", .args = { UID("ruid"), UID("euid") } },
	{ .name = "setregid", .args = { UID("rgid"), UID("egid") } },
	{ .name = "getresuid", .args = THREE_OUT("ruid", "euid", "suid") },
	{ .name = "setresuid", .args = { UID("ruid"), UID("euid"), UID("suid") } },
	{ .name = "getresgid", .args = THREE_OUT("rgid", "egid", "sgid") },
	{ .name = "setresgid", .args = { UID("rgid"), UID("egid"), UID("sgid") } },
	{ .name = "setfsuid", .args = { UID("fsuid") } },
	{ .name = "setfsgid", .args = { UID("fsgid") } },
	{ .name = "getgroups", .args = { INT("size"), ARRAY_OUT("list", uid) } },
	{ .name = "setgroups", .args = { INT("size"), ARRAY_IN("list", uid, 0) } },
	{ .name = "capget", .args = {
		STRUCT_IN("hdrp", cap_header), STRUCT_OUT("datap", cap_data) } },
	{ .name = "capset", .args = {
		STRUCT_IN("hdrp", cap_header), STRUCT_IN("datap", cap_data) } },

	{ .name = "add_key", .args = {
		STR("type"), STR("description"), BUF_IN("payload", 3), ULONG("plen"), KEY("keyring") } },
	{ .name = "request_key", .args = {
		STR("type"), STR("description"), STR("callout_info"), KEY("dest_keyring") } },
	{ .name = "keyctl", .args = { OPTION, HEX("arg2"), HEX("arg3"), HEX("arg4"), HEX("arg5") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_SESSION_TO_PARENT), .args = { OPTION } },
	{ .name = "keyctl", WHEN(0, KEYCTL_REVOKE, KEYCTL_CLEAR, KEYCTL_INVALIDATE, KEYCTL_ASSUME_AUTHORITY),
	  .args = { OPTION, KEY("key") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_LINK, KEYCTL_UNLINK), .args = {
		OPTION, KEY("key"), KEY("keyring") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_GET_PERSISTENT), .args = { OPTION, UID("uid"), KEY("keyring") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_GET_KEYRING_ID), .args = { OPTION, KEY("key"), INT("create") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_JOIN_SESSION_KEYRING), .args = { OPTION, STR("name") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_UPDATE), .args = {
		OPTION, KEY("key"), BUF_IN("payload", 3), ULONG("plen") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_CHOWN), .args = { OPTION, KEY("key"), UID("uid"), UID("gid") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_SETPERM), .args = { OPTION, KEY("key"), FLAGS("perm", key_perms) } },
	{ .name = "keyctl", WHEN(0, KEYCTL_DESCRIBE, KEYCTL_READ, KEYCTL_GET_SECURITY), .args = {
		OPTION, KEY("key"), SIZED_OUT("buffer", key_bytes, 3), ULONG("buflen") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_SEARCH), .args = {
		OPTION, KEY("keyring"), STR("type"), STR("description"), KEY("dest_keyring") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_INSTANTIATE), .args = {
		OPTION, KEY("key"), BUF_IN("payload", 3), ULONG("plen"), KEY("keyring") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_INSTANTIATE_IOV), .args = {
		OPTION, KEY("key"), ARRAY_IN("iov", iovec, 3), ULONG("iovcnt"), KEY("keyring") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_NEGATE), .args = {
		OPTION, KEY("key"), UINT("timeout"), KEY("keyring") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_REJECT), .args = {
		OPTION, KEY("key"), UINT("timeout"), CUSTOM("error", sct_key_error_print), KEY("keyring") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_SET_REQKEY_KEYRING), .args = {
		OPTION, CUSTOM("reqkey_defl", sct_key_reqkey_print) } },
	{ .name = "keyctl", WHEN(0, KEYCTL_SET_TIMEOUT), .args = { OPTION, KEY("key"), UINT("timeout") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_DH_COMPUTE), .args = {
		OPTION, STRUCT_IN("params", dh_params), BUF_OUT("buffer"), ULONG("buflen"),
		STRUCT_IN("kdf", kdf_params) } },
	{ .name = "keyctl", WHEN(0, KEYCTL_PKEY_QUERY), .args = {
		OPTION, KEY("key"), HEX("reserved"), STR("info"), STRUCT_OUT("result", pkey_query) } },
	{ .name = "keyctl", WHEN(0, KEYCTL_PKEY_ENCRYPT, KEYCTL_PKEY_DECRYPT, KEYCTL_PKEY_SIGN), .args = {
		OPTION, STRUCT_IN("params", pkey_params), STR("info"), PTR("in"), BUF_OUT("out") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_PKEY_VERIFY), .args = {
		OPTION, STRUCT_IN("params", pkey_verify_params), STR("info"), PTR("in"), PTR("in2") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_RESTRICT_KEYRING), .args = {
		OPTION, KEY("keyring"), STR("type"), STR("restriction") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_MOVE), .args = {
		OPTION, KEY("key"), KEY("from"), KEY("to"), FLAGS("flags", keyctl_move_flags) } },
	{ .name = "keyctl", WHEN(0, KEYCTL_CAPABILITIES), .args = {
		OPTION, SIZED_OUT("buffer", key_capabilities, 2), ULONG("buflen") } },
	{ .name = "keyctl", WHEN(0, KEYCTL_WATCH_KEY), .args = {
		OPTION, KEY("key"), FD("fd"), INT("watch_id") } },

	{ .name = "seccomp", .args = {
		ENUM("operation", seccomp_ops), HEX("flags"), PTR("args") } },
	{ .name = "seccomp", WHEN(0, SECCOMP_SET_MODE_FILTER), .args = {
		ENUM("operation", seccomp_ops), FLAGS("flags", seccomp_flags), STRUCT_IN("args", sock_fprog) } },
	{ .name = "seccomp", WHEN(0, SECCOMP_GET_ACTION_AVAIL), .args = {
		ENUM("operation", seccomp_ops), HEX("flags"), STRUCT_IN("args", seccomp_action) } },
	{ .name = "seccomp", WHEN(0, SECCOMP_GET_NOTIF_SIZES), .args = {
		ENUM("operation", seccomp_ops), HEX("flags"), STRUCT_OUT("args", seccomp_notif_sizes) } },
	{ .name = "landlock_create_ruleset", .unified_nr = 444, .args = {
		SIZED_IN("attr", landlock_ruleset, 1), ULONG("size"), FLAGS("flags", landlock_create_flags) } },
	{ .name = "landlock_add_rule", .unified_nr = 445, .args = {
		FD("ruleset_fd"), ENUM("rule_type", landlock_rule_types), PTR("rule_attr"),
		HEX("flags") } },
	{ .name = "landlock_add_rule", WHEN(1, 1), .args = {
		FD("ruleset_fd"), ENUM("rule_type", landlock_rule_types), STRUCT_IN("rule_attr", landlock_path),
		HEX("flags") } },
	{ .name = "landlock_add_rule", WHEN(1, 2), .args = {
		FD("ruleset_fd"), ENUM("rule_type", landlock_rule_types), STRUCT_IN("rule_attr", landlock_port),
		HEX("flags") } },
	{ .name = "landlock_restrict_self", .unified_nr = 446, .args = {
		FD("ruleset_fd"), FLAGS("flags", landlock_restrict_flags) } },
	{ .name = "lsm_get_self_attr", .unified_nr = 459, .args = {
		ENUM("attr", lsm_attrs), STRUCT_OUT("ctx", lsm_ctx), STRUCT_INOUT("size", socklen), FLAGS("flags", lsm_flags) } },
	{ .name = "lsm_set_self_attr", .unified_nr = 460, .args = {
		ENUM("attr", lsm_attrs), STRUCT_IN("ctx", lsm_ctx), UINT("size"), HEX("flags") } },
	{ .name = "lsm_list_modules", .unified_nr = 461, .args = {
		ARRAY_OUT("ids", lsm_id), STRUCT_INOUT("size", socklen), HEX("flags") } },
};

SCT_FAMILY(creds);
