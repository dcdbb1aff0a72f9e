// SPDX-License-Identifier: GPL-2.0-or-later
/* Structs of userspace/syscalls/mount.c, given to calls that cannot succeed. */
#include <linux/dqblk_xfs.h>
#include <linux/mount.h>
#include <linux/quota.h>
#include <sys/swap.h>

#include "calls.h"

static char big[300];

static void mount_calls(void)
{
	call(mount, "none", "no/where", "tmpfs", 0, "size=1m");
	call(mount, "none", "no/where", "tmpfs", 1 | 2 | 4 | 8, big);
	call(mount, "none", "no/where", big, 0xc0ed0000 | 1, NULL);
	call(mount, "none", "no/where", "ignored", 32, "data");
	call(mount, "none", "no/where", "ignored", 4096 | 16384, "data");
	call(mount, "none", "no/where", "ignored", 8192, "data");
	call(mount, "none", "no/where", "ignored", 1UL << 18, "data");
	call(mount, "none", "no/where", "ignored", 1UL << 19 | 16384, "data");
	call(mount, NULL, "no/where", NULL, 1UL << 17, NULL);
	call(mount, "none", "no/where", NULL, 0xffffffff, NULL);
	call(mount, BAD, BAD, BAD, 1UL << 40, BAD);
	call(mount, "none", "no/where", "proc", 32, 0x1234);
	call(umount2, "no/where", 0);
	call(umount2, "no/where", 1 | 2 | 4 | 8);
	call(umount2, NULL, 0x70);
	call(pivot_root, "no", "where");
	call(pivot_root, BAD, NULL);
}

static void open_tree_calls(void)
{
	int fd;

	fd = call(open_tree, AT_FDCWD, ".", OPEN_TREE_CLOEXEC);
	close(fd);
	call(open_tree, AT_FDCWD, "none", OPEN_TREE_CLONE | AT_RECURSIVE | AT_SYMLINK_NOFOLLOW);
	call(open_tree, NO_FD, BAD, 0x70000000);
}

static void move_mount_calls(void)
{
	call(move_mount, AT_FDCWD, "none", AT_FDCWD, "no/where", 0);
	call(move_mount, NO_FD, "", -1, NULL, MOVE_MOUNT_F_SYMLINKS | MOVE_MOUNT_T_EMPTY_PATH | 0x1000);
}

static void fsopen_calls(void)
{
	call(fsopen, "no such", 0);
	call(fsopen, "no such", FSOPEN_CLOEXEC);
	call(fsopen, NULL, 0x70);
	call(fsopen, BAD, 0);
	call(fsconfig, NO_FD, FSCONFIG_SET_FLAG, "ro", NULL, 0);
	call(fsconfig, NO_FD, FSCONFIG_SET_STRING, "source", "tmpfs", 0);
	call(fsconfig, NO_FD, FSCONFIG_SET_STRING, "source", big, 5);
	call(fsconfig, NO_FD, FSCONFIG_SET_BINARY, "blob", "\1\2\3\0ab", 6);
	call(fsconfig, NO_FD, FSCONFIG_SET_BINARY, "blob", big, 299);
	call(fsconfig, NO_FD, FSCONFIG_SET_PATH, "dir", "/some/where", AT_FDCWD);
	call(fsconfig, NO_FD, FSCONFIG_SET_PATH_EMPTY, "dir", "", 5);
	call(fsconfig, NO_FD, FSCONFIG_SET_FD, "fd", NULL, 3);
	call(fsconfig, NO_FD, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	call(fsconfig, NO_FD, FSCONFIG_CMD_RECONFIGURE, "a", "b", 7);
	call(fsconfig, NO_FD, 99, "key", "value", 7);
	call(fsconfig, NO_FD, FSCONFIG_SET_STRING, BAD, BAD, 0);
	call(fsconfig, NO_FD, FSCONFIG_SET_BINARY, big, BAD, 8);
}

static void fsmount_calls(void)
{
	call(fsmount, NO_FD, 0, 0);
	call(fsmount, NO_FD, FSMOUNT_CLOEXEC, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOATIME);
	call(fsmount, NO_FD, 0x70, 0x7f000000);
	call(fspick, AT_FDCWD, "none", FSPICK_CLOEXEC | FSPICK_NO_AUTOMOUNT);
	call(fspick, NO_FD, NULL, 0x700);
}

static void mount_setattr_calls(void)
{
	struct mount_attr attr = { .attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID,
				   .attr_clr = MOUNT_ATTR__ATIME, .propagation = 1UL << 18, .userns_fd = 77 };
	char long_attr[200] = { 0 };

	call(mount_setattr, AT_FDCWD, "none", 0, &attr, sizeof(attr));
	call(mount_setattr, AT_FDCWD, "none", AT_RECURSIVE | AT_EMPTY_PATH, at_edge(&attr, sizeof(attr)), sizeof(attr));
	attr = (struct mount_attr) { .attr_set = MOUNT_ATTR_STRICTATIME | MOUNT_ATTR_IDMAP, .attr_clr = 1UL << 40,
				     .propagation = 3, .userns_fd = -1UL };
	call(mount_setattr, NO_FD, "", 0x10, &attr, sizeof(attr));
	call(mount_setattr, AT_FDCWD, "none", 0, &attr, 31);
	call(mount_setattr, AT_FDCWD, "none", 0, BAD, 32);
	call(mount_setattr, AT_FDCWD, "none", 0, NULL, 0);
	call(mount_setattr, AT_FDCWD, "none", 0, edge() - 16, 32);
	call(mount_setattr, AT_FDCWD, "none", 0, at_edge(&attr, sizeof(attr)), 40);
	call(mount_setattr, AT_FDCWD, "none", 0, at_edge(&attr, sizeof(attr)), 4097);
	call(mount_setattr, AT_FDCWD, "none", 0, long_attr, sizeof(long_attr));
	memset(long_attr + 32, 7, 40);
	call(mount_setattr, AT_FDCWD, "none", 0, long_attr, 64);
	call(mount_setattr, AT_FDCWD, "none", 0, long_attr, 65);
	call(mount_setattr, AT_FDCWD, "none", 0, long_attr, sizeof(long_attr));
}

static void quotas(void)
{
	struct if_dqblk blk = { 1, 2, 3, 4, 5, 6, 1700000000, 1600000000, QIF_BLIMITS | QIF_ITIME };
	struct if_dqinfo info = { 7, 8, DQF_ROOT_SQUASH, IIF_BGRACE | IIF_FLAGS };
	struct fs_disk_quota xfs = { .d_version = 1, .d_flags = FS_USER_QUOTA, .d_fieldmask = FS_DQ_ISOFT, .d_id = 5,
				     .d_blk_hardlimit = 1, .d_blk_softlimit = 2, .d_ino_hardlimit = 3, .d_ino_softlimit = 4,
				     .d_bcount = 5, .d_icount = 6, .d_itimer = 7, .d_btimer = -8, .d_iwarns = 9,
				     .d_bwarns = 10, .d_rtb_hardlimit = 11, .d_rtb_softlimit = 12, .d_rtbcount = 13,
				     .d_rtbtimer = 14, .d_rtbwarns = 15 };
	uint32_t flags = FS_QUOTA_UDQ_ACCT | FS_QUOTA_PDQ_ENFD;
	uint64_t room[64] = { 0 };

	call(quotactl, QCMD(Q_SYNC, USRQUOTA), NULL, 0, NULL);
	call(quotactl, QCMD(Q_SYNC, 7), "/dev/none", 3, BAD);
	call(quotactl, QCMD(Q_QUOTAON, USRQUOTA), "/dev/none", QFMT_VFS_V0, "no/where");
	call(quotactl, QCMD(Q_QUOTAON, GRPQUOTA), "/dev/none", 99, BAD);
	call(quotactl, QCMD(Q_QUOTAOFF, PRJQUOTA), "/dev/none", 1, room);
	call(quotactl, QCMD(Q_GETFMT, USRQUOTA), "/dev/none", 1, room);
	call(quotactl, QCMD(Q_GETINFO, USRQUOTA), "/dev/none", 1, room);
	call(quotactl, QCMD(Q_SETINFO, USRQUOTA), "/dev/none", 1, &info);
	call(quotactl, QCMD(Q_SETINFO, USRQUOTA), NULL, -1, BAD);
	call(quotactl, QCMD(Q_GETQUOTA, USRQUOTA), "/dev/none", 1000, room);
	call(quotactl, QCMD(Q_SETQUOTA, GRPQUOTA), "/dev/none", -1, &blk);
	call(quotactl, QCMD(Q_SETQUOTA, GRPQUOTA), BAD, 5, NULL);
	call(quotactl, QCMD(Q_GETNEXTQUOTA, USRQUOTA), "/dev/none", 5, room);
	call(quotactl, QCMD(Q_XQUOTAON, USRQUOTA), "/dev/none", 0, &flags);
	call(quotactl, QCMD(Q_XQUOTAOFF, USRQUOTA), "/dev/none", 7, BAD);
	call(quotactl, QCMD(Q_XQUOTARM, USRQUOTA), "/dev/none", 7, &flags);
	call(quotactl, QCMD(Q_XGETQUOTA, USRQUOTA), "/dev/none", 7, room);
	call(quotactl, QCMD(Q_XGETNEXTQUOTA, USRQUOTA), "/dev/none", 7, room);
	call(quotactl, QCMD(Q_XSETQLIM, USRQUOTA), "/dev/none", 7, &xfs);
	xfs.d_flags = 0x70;
	call(quotactl, QCMD(Q_XSETQLIM, USRQUOTA), "/dev/none", 7, &xfs);
	call(quotactl, QCMD(Q_XGETQSTAT, USRQUOTA), "/dev/none", 7, room);
	call(quotactl, QCMD(Q_XGETQSTATV, USRQUOTA), "/dev/none", 7, room);
	call(quotactl, QCMD(Q_XQUOTASYNC, USRQUOTA), "/dev/none", 7, room);
	call(quotactl, QCMD(0x123, 9), "/dev/none", 7, room);
	call(quotactl, -1, "/dev/none", -1, 0);
	call(quotactl_fd, NO_FD, QCMD(Q_SETQUOTA, USRQUOTA), 12, &blk);
	call(quotactl_fd, NO_FD, QCMD(Q_QUOTAON, USRQUOTA), QFMT_VFS_V1, "path");
	call(quotactl_fd, NO_FD, QCMD(Q_SYNC, USRQUOTA), 0, NULL);
}

static void swapon_calls(void)
{
	call(swapon, "none", 0);
	call(swapon, "none", SWAP_FLAG_PREFER | 5);
	call(swapon, "none", SWAP_FLAG_PREFER | SWAP_FLAG_DISCARD | 0x7fff);
	call(swapon, "none", 7);
	call(swapon, NULL, 0xff000000);
	call(swapoff, "none");
	call(swapoff, BAD);
}

#ifdef SYS_sysfs
static void sysfs_calls(void)
{
	char name[64];

	call(sysfs, 1, "proc");
	call(sysfs, 1, BAD);
	call(sysfs, 2, 0, name);
	call(sysfs, 2, 9999, name);
	call(sysfs, 3);
	call(sysfs, 9, 1, 2);
}
#endif

static void fill(void)
{
	memset(big, 'b', sizeof(big) - 1);
}

static const struct family families[] = {
	{ "mount", mount_calls },
	{ "open_tree", open_tree_calls },
	{ "move_mount", move_mount_calls },
	{ "fsopen", fsopen_calls },
	{ "fsmount", fsmount_calls },
	{ "mount_setattr", mount_setattr_calls },
	{ "quotactl", quotas },
	{ "swapon", swapon_calls },
#ifdef SYS_sysfs
	{ "sysfs", sysfs_calls },
#endif
};

PROGRAM(fill, NULL)
