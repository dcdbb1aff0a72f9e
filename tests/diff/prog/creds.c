// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/creds.c. What changes the identity changes it to what it is, or is refused. */
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include "calls.h"

static void getuid_calls(void)
{
	call(getuid);
	call(geteuid);
	call(getgid);
	call(getegid);
}

static void setuid_calls(void)
{
	int uid = getuid(), gid = getgid();

	call(setuid, uid);
	call(setuid, -1);
	call(setgid, gid);
	call(setgid, 0xffffffff);
}

static void setreuid_calls(void)
{
	int uid = getuid(), gid = getgid();

	call(setreuid, -1, uid);
	call(setreuid, uid, -1);
	call(setregid, -1, -1);
	call(setregid, gid, gid);
}

static void setresuid_calls(void)
{
	uint32_t r, e, s;
	int uid = getuid(), gid = getgid();

	call(setresuid, -1, -1, uid);
	call(setresuid, uid, uid, uid);
	call(setresgid, gid, -1, gid);
	call(getresuid, &r, &e, &s);
	call(getresuid, BAD, &e, NULL);
	call(getresgid, &r, &e, &s);
	call(getresgid, NULL, NULL, BAD);
}

static void setfsuid_calls(void)
{
	int uid = getuid(), gid = getgid();

	call(setfsuid, -1);
	call(setfsuid, uid);
	call(setfsgid, -1);
	call(setfsgid, gid);
}

static void groups_calls(void)
{
	uint32_t list[80];
	int i;

	for (i = 0; i < 80; i++)
		list[i] = i;
	call(getgroups, 0, NULL);
	call(getgroups, 80, list);
	call(getgroups, 80, BAD);
	call(getgroups, -1, list);
	call(setgroups, 70000, list);
	call(setgroups, -1, NULL);
	call(setgroups, 2, BAD);
	call(setgroups, 5, NULL);
}

static void capabilities(void)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2] = { { 1, 2, 4 }, { 0, 0, 0 } };

	call(capget, &head, data);
	call(capset, &head, data + 2 - 2);
	head.version = _LINUX_CAPABILITY_VERSION_1;
	head.pid = 0;
	call(capget, &head, data);
	head.version = 0x1234;
	call(capget, &head, data);
	head.version = _LINUX_CAPABILITY_VERSION_3;
	head.pid = 0x7fffffff;
	data[0] = (struct __user_cap_data_struct) { 0x1ff, 0xffffffff, 1 << 21 };
	data[1] = (struct __user_cap_data_struct) { 0xff, 1, 0xffffffff };
	call(capget, &head, data);
	call(capset, &head, data);
	call(capget, &head, NULL);
	call(capget, NULL, data);
	call(capget, BAD, BAD);
	head.pid = 0;
	call(capset, &head, NULL);
	call(capset, &head, BAD);
	call(capset, BAD, data);
}

static void add_key_calls(void)
{
	unsigned char payload[40] = "payload\0 with zeros";

	call(keyctl, KEYCTL_JOIN_SESSION_KEYRING, "sctrace-diff");
	call(add_key, "user", "sctrace-diff", payload, 20, KEY_SPEC_PROCESS_KEYRING);
	call(add_key, "user", "long", payload, 40, KEY_SPEC_THREAD_KEYRING);
	call(add_key, "none", "x", NULL, 0, 99);
	call(add_key, NULL, BAD, BAD, 5, -9);
	call(add_key, "user", "x", "p", -1, KEY_SPEC_SESSION_KEYRING);
	call(request_key, "user", "sctrace-diff", NULL, KEY_SPEC_PROCESS_KEYRING);
	call(request_key, "none", "x", "info", 0);
	call(request_key, BAD, NULL, BAD, -7);
}

static void keyctl_calls(void)
{
	char buf[128];
	long key;

	call(keyctl, KEYCTL_JOIN_SESSION_KEYRING, "sctrace-diff");
	key = call(add_key, "user", "sctrace-diff", "payload\0 with zeros", 20, KEY_SPEC_PROCESS_KEYRING);
	call(keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_PROCESS_KEYRING, 1);
	call(keyctl, KEYCTL_DESCRIBE, key, buf, sizeof(buf));
	call(keyctl, KEYCTL_READ, key, buf, sizeof(buf));
	call(keyctl, KEYCTL_READ, key, buf, 3);
	call(keyctl, KEYCTL_UPDATE, key, "new", 3);
	call(keyctl, KEYCTL_SETPERM, key, 0x3f3f0000);
	call(keyctl, KEYCTL_CHOWN, key, -1, -1);
	call(keyctl, KEYCTL_SET_TIMEOUT, key, 1000);
	call(keyctl, KEYCTL_SEARCH, KEY_SPEC_PROCESS_KEYRING, "user", "none", 0);
	call(keyctl, KEYCTL_LINK, key, 99);
	call(keyctl, KEYCTL_UNLINK, key, KEY_SPEC_PROCESS_KEYRING);
	call(keyctl, KEYCTL_REVOKE, 99);
	call(keyctl, KEYCTL_CLEAR, KEY_SPEC_THREAD_KEYRING);
	call(keyctl, KEYCTL_SET_REQKEY_KEYRING, 0);
	call(keyctl, KEYCTL_GET_SECURITY, KEY_SPEC_PROCESS_KEYRING, buf, 5);
	call(keyctl, 999, 1, 2, 3, 4);
	call(keyctl, -1, BAD, BAD, BAD, BAD);
}

static void seccomp_calls(void)
{
	struct sock_filter code[] = { { 0x20, 0, 0, 0 }, { 0x15, 0, 1, 59 }, { 0x06, 0, 0, 0x7fff0000 }, { 0x06, 0, 0, 0x7fff0000 } };
	struct sock_fprog prog = { 4, code }, none = { 0, NULL }, bad = { 5, BAD };
	uint32_t action = SECCOMP_RET_KILL_THREAD, odd = 0x12340000;
	uint16_t sizes[3];

	call(seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action);
	call(seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &odd);
	call(seccomp, SECCOMP_GET_ACTION_AVAIL, 0, BAD);
	call(seccomp, SECCOMP_GET_NOTIF_SIZES, 0, sizes);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0x8000, &prog);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0, &none);
	call(seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_LOG, &bad);
	call(seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL);
	call(seccomp, SECCOMP_SET_MODE_STRICT, 1, NULL);
	call(seccomp, 99, 0xff, BAD);
}

static void landlock(void)
{
	struct landlock_ruleset_attr attr = { .handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE };
	struct landlock_path_beneath_attr beneath = { .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE, .parent_fd = NO_FD };
	int fd = call(landlock_create_ruleset, &attr, sizeof(attr), 0);

	call(landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	attr.handled_access_fs = -1UL;
	call(landlock_create_ruleset, &attr, sizeof(attr), 0);
	call(landlock_create_ruleset, &attr, 3, 0);
	call(landlock_create_ruleset, NULL, 8, 0x80);
	call(landlock_create_ruleset, BAD, 8, 0);
	call(landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
	call(landlock_add_rule, fd, 99, &beneath, 7);
	call(landlock_add_rule, NO_FD, LANDLOCK_RULE_PATH_BENEATH, NULL, 0);
	call(landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, BAD, 0);
	call(landlock_restrict_self, NO_FD, 0);
	call(landlock_restrict_self, fd, 0x80);
	if (fd >= 0)
		close(fd);
}

static const struct family families[] = {
	{ "getuid", getuid_calls },
	{ "setuid", setuid_calls },
	{ "setreuid", setreuid_calls },
	{ "setresuid", setresuid_calls },
	{ "setfsuid", setfsuid_calls },
	{ "groups", groups_calls },
	{ "capabilities", capabilities },
	{ "add_key", add_key_calls },
	{ "keyctl", keyctl_calls },
	{ "seccomp", seccomp_calls },
	{ "landlock", landlock },
};

PROGRAM(NULL, NULL)
