// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/mount.c. Nothing gets mounted where others could see it. */
#include <linux/mount.h>
#include <linux/quota.h>
#include <sched.h>

#include "calls.h"

#ifndef MS_BIND
#define MS_RDONLY 1
#define MS_NOSUID 2
#define MS_REMOUNT 32
#define MS_BIND 4096
#define MS_REC 16384
#define MS_PRIVATE (1 << 18)
#endif

/* A file system of our own, in no tree. */
static int fs, m;

static void make_mount(void)
{
	fs = call(fsopen, "tmpfs", FSOPEN_CLOEXEC);
	call(fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	m = call(fsmount, fs, FSMOUNT_CLOEXEC, 0);
}

static void drop_mount(void)
{
	if (m >= 0)
		close(m);
	if (fs >= 0)
		close(fs);
}

static void fsopen_calls(void)
{
	int fs = call(fsopen, "tmpfs", FSOPEN_CLOEXEC);

	call(fsopen, "none", 0);
	call(fsopen, NULL, 0x77);
	call(fsconfig, fs, FSCONFIG_SET_STRING, "size", "1m", 0);
	call(fsconfig, fs, FSCONFIG_SET_STRING, "none", "value", 0);
	call(fsconfig, fs, FSCONFIG_SET_FLAG, "ro", NULL, 0);
	call(fsconfig, fs, FSCONFIG_SET_BINARY, "key", "binary\0value", 12);
	call(fsconfig, fs, FSCONFIG_SET_PATH, "key", "/none", AT_FDCWD);
	call(fsconfig, fs, FSCONFIG_SET_PATH_EMPTY, "key", "", NO_FD);
	call(fsconfig, fs, FSCONFIG_SET_FD, "key", NULL, NO_FD);
	call(fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	call(fsconfig, fs, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0);
	call(fsconfig, NO_FD, 99, BAD, BAD, 7);
	if (fs >= 0)
		close(fs);
}

static void fsmount_calls(void)
{
	int fs = call(fsopen, "tmpfs", FSOPEN_CLOEXEC), m;

	call(fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	m = call(fsmount, fs, FSMOUNT_CLOEXEC, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV);
	call(fsmount, NO_FD, 0x77, -1);
	if (m >= 0)
		close(m);
	if (fs >= 0)
		close(fs);
}

static void mount_setattr_calls(void)
{
	struct mount_attr attr = { .attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOEXEC, .propagation = MS_PRIVATE,
				   .userns_fd = NO_FD };

	call(mount_setattr, m, "", AT_EMPTY_PATH | AT_RECURSIVE, &attr, sizeof(attr));
	attr.attr_clr = MOUNT_ATTR__ATIME;
	attr.attr_set = MOUNT_ATTR_NOATIME | MOUNT_ATTR_IDMAP;
	call(mount_setattr, m, "", AT_EMPTY_PATH, &attr, sizeof(attr));
	attr.attr_set = -1UL;
	call(mount_setattr, NO_FD, "none", 0x80000000, &attr, sizeof(attr));
	call(mount_setattr, AT_FDCWD, "none", 0, &attr, 5);
	call(mount_setattr, AT_FDCWD, NULL, 0, NULL, 32);
	call(mount_setattr, AT_FDCWD, BAD, 0, BAD, 32);
}

static void move_mount_calls(void)
{
	call(move_mount, m, "", AT_FDCWD, "none", MOVE_MOUNT_F_EMPTY_PATH);
	call(move_mount, NO_FD, NULL, NO_FD, BAD, 0xffff);
}

static void open_tree_calls(void)
{
	close(call(open_tree, m, "", AT_EMPTY_PATH | OPEN_TREE_CLOEXEC));
	call(open_tree, AT_FDCWD, "none", OPEN_TREE_CLONE | AT_RECURSIVE | AT_NO_AUTOMOUNT);
	call(open_tree, NO_FD, NULL, 0x77);
}

static void fspick_calls(void)
{
	close(call(fspick, AT_FDCWD, "none", FSPICK_CLOEXEC));
	call(fspick, NO_FD, "", FSPICK_EMPTY_PATH | FSPICK_SYMLINK_NOFOLLOW | 0x80);
	call(fspick, AT_FDCWD, BAD, 0);
}

static void mount_calls(void)
{
	call(mount, "source", "none", "tmpfs", MS_RDONLY | MS_NOSUID, "size=1m,mode=0700");
	call(mount, "source", "none", NULL, MS_BIND | MS_REC, NULL);
	call(mount, NULL, "none", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, "data");
	call(mount, "none", "none", "none", MS_PRIVATE | MS_REC, BAD);
	call(mount, BAD, NULL, BAD, 0xc0ed0000 | 0x80000000, NULL);
	call(umount2, "none", 1 | 2 | 8);
	call(umount2, NULL, 0x77);
	call(umount2, "none", 0);
}

static void pivot_root_calls(void)
{
	call(pivot_root, "none", "other");
	call(pivot_root, NULL, BAD);
}

static void swapon_calls(void)
{
	call(swapon, "none", 0x8000 | 5);
	call(swapon, BAD, 0x10000 | 0x20000 | 0xff000000);
	call(swapoff, "none");
	call(swapoff, NULL);
}

static void quotactl_calls(void)
{
	char buf[512];

	call(quotactl, QCMD(Q_GETFMT, USRQUOTA), "/dev/none", 0, buf);
	call(quotactl, QCMD(Q_GETQUOTA, GRPQUOTA), "/dev/none", 77, buf);
	call(quotactl, QCMD(Q_QUOTAON, USRQUOTA), "/dev/none", 2, "file");
	call(quotactl, QCMD(Q_SETQUOTA, PRJQUOTA), NULL, -1, BAD);
	call(quotactl, QCMD(Q_SYNC, USRQUOTA), NULL, 0, NULL);
	call(quotactl, 0x12345678, BAD, 5, NULL);
	call(quotactl_fd, NO_FD, QCMD(Q_GETINFO, USRQUOTA), 0, buf);
	call(quotactl_fd, NO_FD, QCMD(Q_QUOTAOFF, GRPQUOTA), 0, NULL);
}

#ifdef SYS_sysfs
static void sysfs_calls(void)
{
	char buf[512];

	call(sysfs, 1, "proc");
	call(sysfs, 1, "none");
	call(sysfs, 2, 9999, buf);
	call(sysfs, 3);
	call(sysfs, 99, BAD, BAD);
}
#endif

static const struct family families[] = {
	{ "fsopen", fsopen_calls },
	{ "fsmount", fsmount_calls },
	{ "mount_setattr", mount_setattr_calls },
	{ "move_mount", move_mount_calls },
	{ "open_tree", open_tree_calls },
	{ "fspick", fspick_calls },
	{ "mount", mount_calls },
	{ "pivot_root", pivot_root_calls },
	{ "swapon", swapon_calls },
	{ "quotactl", quotactl_calls },
#ifdef SYS_sysfs
	{ "sysfs", sysfs_calls },
#endif
};

PROGRAM(make_mount, drop_mount)
