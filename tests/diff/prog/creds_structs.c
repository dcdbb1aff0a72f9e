// SPDX-License-Identifier: GPL-2.0-or-later
/* Structs and variants of userspace/syscalls/creds.c. */
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "calls.h"

#ifndef SYS_lsm_get_self_attr
#define SYS_lsm_get_self_attr 459
#define SYS_lsm_set_self_attr 460
#define SYS_lsm_list_modules 461
#endif

static void getuid_calls(void)
{
	call(getuid);
	call(geteuid);
	call(getgid);
	call(getegid);
}

static void setuid_calls(void)
{
	static uint32_t id[3];

	call(getresuid, id, id + 1, id + 2);
	call(getresgid, id, id + 1, id + 2);
	call(getresuid, BAD, NULL, id);
	call(getresgid, id, id + 1, BAD);
	call(setresuid, -1, 0, -1);
	call(setresgid, -1, -1, -1);
	call(setreuid, -1, 0);
	call(setregid, 0, -1);
	call(setuid, 0);
	call(setgid, 0);
	call(setuid, -1);
	call(setfsuid, -1);
	call(setfsgid, 0);
}

static void groups_calls(void)
{
	static uint32_t many[100];
	unsigned int i;

	call(getgroups, 0, NULL);
	call(getgroups, -1, many);
	call(getgroups, 1, many);
	call(setgroups, 0, NULL);
	call(getgroups, 100, many);
	call(getgroups, 0, many);
	call(getgroups, 100, BAD);
	many[0] = -1;
	call(setgroups, 3, many);
	for (i = 0; i < 100; i++)
		many[i] = i * 1000 + 7;
	call(setgroups, 3, many);
	call(getgroups, 100, many);
	call(getgroups, 2, many);
	call(getgroups, 3, BAD);
	call(setgroups, 3, BAD);
	call(setgroups, 3, NULL);
	call(setgroups, -1, many);
	call(setgroups, 70000, many);
	call(setgroups, 3, at_edge(many, 8));
	call(setgroups, 3, at_edge(many, 6));
	for (i = 0; i < 100; i++)
		many[i] = i;
	call(setgroups, 32, many);
	call(setgroups, 33, many);
	call(getgroups, 33, many);
	call(getgroups, 100, many);
	call(setgroups, 0, many);
	call(getgroups, 100, many);
}

static void caps(void)
{
	struct __user_cap_header_struct h = { _LINUX_CAPABILITY_VERSION_3, 0 };
	static struct __user_cap_data_struct d[2];
	static const uint32_t versions[] = { _LINUX_CAPABILITY_VERSION_1, _LINUX_CAPABILITY_VERSION_2, _LINUX_CAPABILITY_VERSION_3, 0, 0x12345678 };
	unsigned int i;

	for (i = 0; i < 5; i++) {
		h.version = versions[i];
		call(capget, &h, d);
		h.version = versions[i];
		call(capget, &h, NULL);
		h.version = versions[i];
		call(capget, &h, BAD);
		h.version = versions[i];
		call(capget, &h, room_at_edge(12));
		h.version = versions[i];
		h.pid = -1;
		call(capget, &h, d);
		h.pid = 0;
	}
	call(capget, NULL, d);
	call(capget, BAD, NULL);
	h.version = _LINUX_CAPABILITY_VERSION_3;
	call(capget, at_edge(&h, 8), d);
	call(capget, edge() - 4, d);
	h.version = _LINUX_CAPABILITY_VERSION_3;
	h.pid = 77777;
	call(capset, &h, d);
	for (i = 0; i < 5; i++) {
		h.version = versions[i];
		call(capset, &h, d);
		h.version = versions[i];
		call(capset, &h, at_edge(d, 12));
		h.version = versions[i];
		call(capset, &h, BAD);
		h.version = versions[i];
		call(capset, &h, NULL);
	}
	h.version = _LINUX_CAPABILITY_VERSION_3;
	d[0] = (struct __user_cap_data_struct) { 1, 0x80000001, 0xffffffff };
	d[1] = (struct __user_cap_data_struct) { 0x100, 0x1f, 0xffffffff };
	call(capset, &h, d);
	d[0] = (struct __user_cap_data_struct) { 0, 6, 0 };
	d[1] = (struct __user_cap_data_struct) { 0, 0, 0xff00 };
	call(capset, &h, d);
	call(capset, NULL, d);
	call(capset, BAD, BAD);
}

static void add_key_calls(void)
{
	static char bytes[] = "payload of a key that is longer than thirty-two bytes";
	long ring;

	call(add_key, "keyring", "sctrace-test", NULL, 0, -2);
	ring = call(add_key, "keyring", "of the test", NULL, 0, KEY_SPEC_PROCESS_KEYRING);
	call(add_key, "user", "sctrace:key", bytes, sizeof(bytes), KEY_SPEC_PROCESS_KEYRING);
	call(add_key, "user", "sctrace:key", bytes, 5, ring);
	call(add_key, BAD, BAD, BAD, 5, 77);
	call(add_key, NULL, NULL, NULL, -1, -99);
	call(add_key, "user", "a description longer than thirty-two characters, by far", BAD, 1, -8);
	call(request_key, "user", "sctrace:key", NULL, 0);
	call(request_key, "user", "sctrace:none", "info", KEY_SPEC_PROCESS_KEYRING);
	call(request_key, BAD, NULL, BAD, -3);
}

static void keyctl_calls(void)
{
	static char bytes[] = "payload of a key that is longer than thirty-two bytes", out[256];
	struct iovec iov[3] = { { bytes, 10 }, { bytes, 50 }, { BAD, 3 } };
	struct keyctl_dh_params dh = { .private = 1, .prime = -2, .base = 3 };
	struct keyctl_kdf_params kdf = { .hashname = "sha256", .otherinfo = bytes, .otherinfolen = 40 };
	struct keyctl_pkey_params pk = { .key_id = 5, .in_len = 6, .out_len = 7 };
	struct keyctl_pkey_query pq;
	static const int ids[] = { -1, -2, -3, -4, -5, -6, -7, -8, -9, 0, 5, 0x7fffffff };
	unsigned int i;
	long ring = call(add_key, "keyring", "of the test", NULL, 0, KEY_SPEC_PROCESS_KEYRING);
	long key = call(add_key, "user", "sctrace:key", bytes, sizeof(bytes), KEY_SPEC_PROCESS_KEYRING);

	for (i = 0; i < 12; i++) {
		call(keyctl, KEYCTL_GET_KEYRING_ID, ids[i], 0);
		call(keyctl, KEYCTL_GET_KEYRING_ID, ids[i], 1);
	}
	call(keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
	call(keyctl, KEYCTL_JOIN_SESSION_KEYRING, "name");
	call(keyctl, KEYCTL_JOIN_SESSION_KEYRING, BAD);
	call(keyctl, KEYCTL_UPDATE, key, bytes, 7);
	call(keyctl, KEYCTL_UPDATE, key, BAD, 7);
	call(keyctl, KEYCTL_UPDATE, -1, NULL, 0);
	call(keyctl, KEYCTL_DESCRIBE, key, out, sizeof(out));
	call(keyctl, KEYCTL_DESCRIBE, key, out, 5);
	call(keyctl, KEYCTL_DESCRIBE, key, NULL, 0);
	call(keyctl, KEYCTL_DESCRIBE, key, BAD, 50);
	call(keyctl, KEYCTL_CLEAR, ring);
	call(keyctl, KEYCTL_LINK, key, ring);
	call(keyctl, KEYCTL_UNLINK, key, ring);
	call(keyctl, KEYCTL_SEARCH, ring, "user", "desc", 0);
	call(keyctl, KEYCTL_SEARCH, -3, BAD, NULL, -2);
	call(keyctl, KEYCTL_READ, key, out, sizeof(out));
	call(keyctl, KEYCTL_READ, key, out, 5);
	call(keyctl, KEYCTL_READ, ring, out, sizeof(out));
	call(keyctl, KEYCTL_READ, key, NULL, 0);
	call(keyctl, KEYCTL_CHOWN, key, 0, -1);
	call(keyctl, KEYCTL_CHOWN, key, -1, 0);
	call(keyctl, KEYCTL_SETPERM, key, 0x3f3f0000);
	call(keyctl, KEYCTL_SETPERM, key, 0x3f010203);
	call(keyctl, KEYCTL_SETPERM, key, 0xffffffff);
	call(keyctl, KEYCTL_SETPERM, key, 0x80808080);
	call(keyctl, KEYCTL_SETPERM, key, 0);
	call(keyctl, KEYCTL_INSTANTIATE, 7, bytes, 10, -3);
	call(keyctl, KEYCTL_INSTANTIATE, 7, NULL, 0, 0);
	call(keyctl, KEYCTL_NEGATE, 7, 30, -1);
	call(keyctl, KEYCTL_SET_REQKEY_KEYRING, -1);
	call(keyctl, KEYCTL_SET_REQKEY_KEYRING, 3);
	call(keyctl, KEYCTL_SET_REQKEY_KEYRING, 0);
	call(keyctl, KEYCTL_SET_REQKEY_KEYRING, 77);
	call(keyctl, KEYCTL_SET_TIMEOUT, key, 1000);
	call(keyctl, KEYCTL_ASSUME_AUTHORITY, 0);
	call(keyctl, KEYCTL_ASSUME_AUTHORITY, 7);
	call(keyctl, KEYCTL_GET_SECURITY, key, out, sizeof(out));
	call(keyctl, KEYCTL_GET_SECURITY, key, BAD, 5);
	call(keyctl, KEYCTL_SESSION_TO_PARENT);
	call(keyctl, KEYCTL_REJECT, 7, 30, 129, -1);
	call(keyctl, KEYCTL_REJECT, 7, -1, 9999, 0);
	call(keyctl, KEYCTL_INSTANTIATE_IOV, 7, iov, 2, -2);
	call(keyctl, KEYCTL_INSTANTIATE_IOV, 7, iov, 3, -2);
	call(keyctl, KEYCTL_INSTANTIATE_IOV, 7, BAD, 3, -2);
	call(keyctl, KEYCTL_INVALIDATE, 7);
	call(keyctl, KEYCTL_GET_PERSISTENT, -1, ring);
	call(keyctl, KEYCTL_GET_PERSISTENT, 1000, -2);
	call(keyctl, KEYCTL_DH_COMPUTE, &dh, out, sizeof(out), NULL);
	call(keyctl, KEYCTL_DH_COMPUTE, &dh, out, sizeof(out), &kdf);
	kdf.hashname = BAD;
	kdf.otherinfo = BAD;
	kdf.__spare[0] = 5;
	call(keyctl, KEYCTL_DH_COMPUTE, BAD, BAD, 7, &kdf);
	call(keyctl, KEYCTL_DH_COMPUTE, NULL, NULL, 7, BAD);
	call(keyctl, KEYCTL_PKEY_QUERY, key, 0, "enc=raw", &pq);
	call(keyctl, KEYCTL_PKEY_QUERY, key, 1, BAD, BAD);
	call(keyctl, KEYCTL_PKEY_ENCRYPT, &pk, "enc", bytes, out);
	call(keyctl, KEYCTL_PKEY_DECRYPT, &pk, "enc", bytes, out);
	call(keyctl, KEYCTL_PKEY_SIGN, &pk, "enc", bytes, out);
	call(keyctl, KEYCTL_PKEY_VERIFY, &pk, "enc", bytes, out);
	call(keyctl, KEYCTL_PKEY_VERIFY, BAD, NULL, BAD, BAD);
	call(keyctl, KEYCTL_RESTRICT_KEYRING, ring, "asym", "builtin");
	call(keyctl, KEYCTL_RESTRICT_KEYRING, -1, NULL, NULL);
	call(keyctl, KEYCTL_MOVE, key, ring, -2, 1);
	call(keyctl, KEYCTL_MOVE, key, ring, -2, 0xf0);
	call(keyctl, KEYCTL_CAPABILITIES, out, 2);
	call(keyctl, KEYCTL_CAPABILITIES, out, 1);
	call(keyctl, KEYCTL_CAPABILITIES, out, 10);
	call(keyctl, KEYCTL_CAPABILITIES, BAD, 10);
	call(keyctl, KEYCTL_WATCH_KEY, key, 99, 5);
	call(keyctl, KEYCTL_WATCH_KEY, -2, -1, -1);
	call(keyctl, 77, 1, 2, 3, 4);
	call(keyctl, KEYCTL_REVOKE, key);
}

static void filters(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0xc000003e, 0, 1),
		BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
		BPF_STMT(BPF_LDX | BPF_W | BPF_IMM, 7),
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0),
		BPF_STMT(BPF_ALU | BPF_NEG, 5),
		BPF_STMT(BPF_MISC | BPF_TAX, 0),
		BPF_STMT(BPF_MISC | BPF_TXA, 6),
		BPF_STMT(BPF_ST, 1),
		BPF_STMT(BPF_STX, 2),
		BPF_STMT(BPF_LD | BPF_MEM, 2),
		BPF_STMT(BPF_LD | BPF_B | BPF_IND, 0xfffff000),
		BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 1),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_X, 3, 1, 2),
		BPF_STMT(BPF_RET | BPF_A, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 5),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE | 0x77),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, 0x12345678),
		BPF_STMT(0xffff, 0x12345678),
		BPF_STMT(0x1f8, 0x7),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { 22, code }, empty = { 0, NULL }, bad = { 3, BAD }, big = { 60000, code };
	static uint32_t action[2] = { SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_ERRNO };
	static uint16_t sizes[3];
	pid_t pid;

	call(seccomp, SECCOMP_SET_MODE_STRICT, 1, NULL);
	call(seccomp, SECCOMP_SET_MODE_STRICT, 0, BAD);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0xff, &prog);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0x1000, &empty);
	call(seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_LOG, &bad);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0x80, &big);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0, BAD);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0, at_edge(&prog, 16));
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0, at_edge(&prog, 12));
	prog.filter = at_edge(code, 24);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog);
	prog.filter = at_edge(code, 20);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog);
	call(seccomp, SECCOMP_GET_ACTION_AVAIL, 0, action);
	call(seccomp, SECCOMP_GET_ACTION_AVAIL, 1, action + 1);
	action[0] = SECCOMP_RET_TRACE | 0x55;
	call(seccomp, SECCOMP_GET_ACTION_AVAIL, 0, action);
	action[0] = 0x11220000;
	call(seccomp, SECCOMP_GET_ACTION_AVAIL, 0, action);
	call(seccomp, SECCOMP_GET_ACTION_AVAIL, 0, BAD);
	call(seccomp, SECCOMP_GET_NOTIF_SIZES, 0, sizes);
	call(seccomp, SECCOMP_GET_NOTIF_SIZES, 1, sizes);
	call(seccomp, SECCOMP_GET_NOTIF_SIZES, 0, BAD);
	call(seccomp, 77, 1, BAD);
	call(prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &empty);
	call(prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &bad);
	pid = fork();
	if (!pid) {
		static struct sock_filter all[] = { BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
		struct sock_fprog p = { 1, all };

		prog.filter = code;
		call(prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog);
		call(prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		call(prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &p);
		call(seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &p);
		call(prctl, PR_GET_SECCOMP);
		call(seccomp, SECCOMP_SET_MODE_STRICT, 0, NULL);
		for (;;)
			call(exit, 0);
	}
	waitpid(pid, NULL, 0);
}

static void landlocks(void)
{
	static uint64_t attr[4] = { 0x1fff, 3, 3, 9 };
	static struct landlock_path_beneath_attr rule = { .allowed_access = 0xff, .parent_fd = 99 };
	static struct { uint64_t access, port; } port = { 3, 443 };
	int fd;

	call(landlock_create_ruleset, NULL, 0, 1);
	call(landlock_create_ruleset, NULL, 0, 2);
	call(landlock_create_ruleset, NULL, 0, 0xf0);
	fd = call(landlock_create_ruleset, attr, 8, 0);
	call(landlock_create_ruleset, attr, 7, 0);
	call(landlock_create_ruleset, attr, 16, 0);
	call(landlock_create_ruleset, attr, 24, 0);
	call(landlock_create_ruleset, attr, 32, 0);
	attr[0] = ~0ULL;
	call(landlock_create_ruleset, attr, 8, 0);
	attr[0] = 0;
	call(landlock_create_ruleset, attr, 8, 0);
	attr[0] = 0xff00000000000000;
	call(landlock_create_ruleset, attr, 8, 0);
	call(landlock_create_ruleset, BAD, 8, 0);
	call(landlock_create_ruleset, at_edge(attr, 8), 8, 0);
	call(landlock_create_ruleset, at_edge(attr, 8), 16, 0);
	call(landlock_add_rule, fd, 1, &rule, 0);
	call(landlock_add_rule, 99, 1, at_edge(&rule, 12), 0);
	call(landlock_add_rule, -1, 1, BAD, 1);
	call(landlock_add_rule, -1, 1, NULL, 1);
	call(landlock_add_rule, fd, 2, &port, 0);
	call(landlock_add_rule, fd, 77, &port, 0);
	call(landlock_restrict_self, 99, 0);
	call(landlock_restrict_self, 99, 7);
}

static void lsms(void)
{
	static uint64_t ids[8], ctx[64];
	static uint32_t size = sizeof(ids);

	call(lsm_list_modules, ids, &size, 0);
	call(lsm_list_modules, BAD, BAD, 7);
	size = 4;
	call(lsm_list_modules, ids, &size, 0);
	size = sizeof(ctx);
	call(lsm_get_self_attr, 100, ctx, &size, 0);
	call(lsm_set_self_attr, 100, ctx, 32, 0);
}

static const struct family families[] = {
	{ "getuid", getuid_calls },
	{ "setuid", setuid_calls },
	{ "groups", groups_calls },
	{ "capabilities", caps },
	{ "add_key", add_key_calls },
	{ "keyctl", keyctl_calls },
	{ "seccomp", filters },
	{ "landlock", landlocks },
	{ "lsm", lsms },
};

PROGRAM(NULL, NULL)
