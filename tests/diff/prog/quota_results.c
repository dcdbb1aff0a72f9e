// SPDX-License-Identifier: GPL-2.0-or-later
/* What quotactl(2) fills in. No file system here has quotas: a filter lets the calls succeed, and the answers are made here. */
#include <linux/dqblk_xfs.h>
#include <linux/filter.h>
#include <linux/quota.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include "calls.h"

static void let_quotactl_succeed(void)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_quotactl, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_quotactl_fd, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = { sizeof(steps) / sizeof(steps[0]), steps };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter))
		exit(1);
}

static void ask(unsigned int op, void *answer)
{
	call(quotactl, QCMD(op, USRQUOTA), "/dev/none", 1000, answer);
	call(quotactl, QCMD(op, GRPQUOTA), "/dev/none", 1000, BAD);
	call(quotactl_fd, 3, QCMD(op, USRQUOTA), 1000, answer);
}

static void quotas(void)
{
	struct if_nextdqblk blk = { 1, 2, 3, 4, 5, 6, 7, 8, QIF_SPACE | 0x100, 9 };
	struct if_dqinfo info = { 1, 2, 4, 7 };
	unsigned int format = QFMT_VFS_V1;

	ask(Q_GETFMT, &format);
	ask(Q_GETINFO, &info);
	ask(Q_GETQUOTA, &blk);
	ask(Q_GETNEXTQUOTA, &blk);
}

static void xfs_quotas(void)
{
	struct fs_disk_quota xfs = { .d_version = 1, .d_flags = FS_GROUP_QUOTA, .d_id = 2, .d_iwarns = 3, .d_rtbcount = 4 };
	struct fs_quota_stat stat = { .qs_version = 1, .qs_flags = FS_QUOTA_GDQ_ACCT, .qs_uquota = { 1, 2, 3 },
				      .qs_gquota = { 4, 5, 6 }, .qs_incoredqs = 7, .qs_btimelimit = -8,
				      .qs_itimelimit = 9, .qs_rtbtimelimit = 10, .qs_bwarnlimit = 11,
				      .qs_iwarnlimit = 12 };
	struct fs_quota_statv statv = { .qs_version = FS_QSTATV_VERSION1, .qs_flags = 0x40, .qs_incoredqs = 1,
					.qs_uquota = { 1, 2, 3 }, .qs_gquota = { 4, 5, 6 },
					.qs_pquota = { 7, 8, 9 }, .qs_btimelimit = 10, .qs_itimelimit = 11,
					.qs_rtbtimelimit = 12, .qs_bwarnlimit = 13, .qs_iwarnlimit = 14 };

	ask(Q_XGETQUOTA, &xfs);
	ask(Q_XGETNEXTQUOTA, &xfs);
	ask(Q_XGETQSTAT, &stat);
	ask(Q_XGETQSTATV, &statv);
}

static const struct family families[] = {
	{ "quota", quotas },
	{ "xfs_quota", xfs_quotas },
};

PROGRAM(let_quotactl_succeed, NULL)
