/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quotas: quotactl(2). The operation above the type in its first argument says what the others are. */
#include <linux/dqblk_xfs.h>
#include <linux/quota.h>

#include "printers.h"
#include "structs.h"

#define DQBLK \
	{ K_U64, ULONG("dqb_bhardlimit") }, { K_U64, ULONG("dqb_bsoftlimit") }, { K_U64, ULONG("dqb_curspace") }, \
	{ K_U64, ULONG("dqb_ihardlimit") }, { K_U64, ULONG("dqb_isoftlimit") }, { K_U64, ULONG("dqb_curinodes") }, \
	{ K_U64, ULONG("dqb_btime"), .show = SCT_VERBOSE }, { K_U64, ULONG("dqb_itime"), .show = SCT_VERBOSE }, \
	{ K_U32, FLAGS("dqb_valid", quota_valid), .show = SCT_VERBOSE }
STRUCT(dqblk, DQBLK);
STRUCT(nextdqblk, DQBLK, { K_U32, UID("dqb_id") });
STRUCT(dqinfo, { K_U64, ULONG("dqi_bgrace") }, { K_U64, ULONG("dqi_igrace") },
       { K_U32, FLAGS("dqi_flags", quota_info_flags) }, { K_U32, FLAGS("dqi_valid", quota_info_valid) });
STRUCT(quota_format, { K_U32, ENUM("", quota_formats) });
STRUCT(xfs_flags, { K_U32, FLAGS("", xfs_quota_flags) });
STRUCT(xfs_types, { K_U32, FLAGS("", xfs_dqblk_flags) });
STRUCT(xfs_dqblk,
	{ K_S8, INT("d_version") }, { K_U8, FLAGS("d_flags", xfs_dqblk_flags) }, { K_U16, HEX("d_fieldmask") },
	{ K_U32, UID("d_id") }, { K_U64, ULONG("d_blk_hardlimit") }, { K_U64, ULONG("d_blk_softlimit") },
	{ K_U64, ULONG("d_ino_hardlimit") }, { K_U64, ULONG("d_ino_softlimit") }, { K_U64, ULONG("d_bcount") },
	{ K_U64, ULONG("d_icount") }, { K_S32, INT("d_itimer"), .show = SCT_VERBOSE },
	{ K_S32, INT("d_btimer"), .show = SCT_VERBOSE }, { K_U16, UINT("d_iwarns"), .show = SCT_VERBOSE },
	{ K_U16, UINT("d_bwarns"), .show = SCT_VERBOSE }, { K_S8, UPPER, .n = 4 },
	{ K_U64, ULONG("d_rtb_hardlimit"), .show = SCT_VERBOSE },
	{ K_U64, ULONG("d_rtb_softlimit"), .show = SCT_VERBOSE }, { K_U64, ULONG("d_rtbcount"), .show = SCT_VERBOSE },
	{ K_S32, INT("d_rtbtimer"), .show = SCT_VERBOSE }, { K_U16, UINT("d_rtbwarns"), .show = SCT_VERBOSE },
	{ K_S16, UPPER }, { K_CHARS, UPPER, .n = 8 });
STRUCT(fs_qfilestat, { K_U64, ULONG("qfs_ino") }, { K_U64, ULONG("qfs_nblks") }, { K_U32, UINT("qfs_nextents") });
STRUCT(xfs_qstat,
	{ K_S8, INT("qs_version") }, { K_U16, FLAGS("qs_flags", xfs_quota_flags), .show = SCT_VERBOSE }, { K_S8, UPPER },
	{ K_STRUCT, STRUCT_IN("qs_uquota", fs_qfilestat), .show = SCT_VERBOSE },
	{ K_STRUCT, STRUCT_IN("qs_gquota", fs_qfilestat), .show = SCT_VERBOSE },
	{ K_U32, UINT("qs_incoredqs"), .show = SCT_VERBOSE }, { K_S32, INT("qs_btimelimit"), .show = SCT_VERBOSE },
	{ K_S32, INT("qs_itimelimit"), .show = SCT_VERBOSE }, { K_S32, INT("qs_rtbtimelimit"), .show = SCT_VERBOSE },
	{ K_U16, UINT("qs_bwarnlimit"), .show = SCT_VERBOSE }, { K_U16, UINT("qs_iwarnlimit"), .show = SCT_VERBOSE });
STRUCT(fs_qfilestatv, { K_U64, ULONG("qfs_ino") }, { K_U64, ULONG("qfs_nblks") }, { K_U32, UINT("qfs_nextents") },
       { K_U32, UPPER });
STRUCT(xfs_qstatv,
	{ K_S8, INT("qs_version") }, { K_U8, UPPER }, { K_U16, FLAGS("qs_flags", xfs_quota_flags), .show = SCT_VERBOSE },
	{ K_U32, UINT("qs_incoredqs"), .show = SCT_VERBOSE },
	{ K_STRUCT, STRUCT_IN("qs_uquota", fs_qfilestatv), .show = SCT_VERBOSE },
	{ K_STRUCT, STRUCT_IN("qs_gquota", fs_qfilestatv), .show = SCT_VERBOSE },
	{ K_STRUCT, STRUCT_IN("qs_pquota", fs_qfilestatv), .show = SCT_VERBOSE },
	{ K_S32, INT("qs_btimelimit"), .show = SCT_VERBOSE }, { K_S32, INT("qs_itimelimit"), .show = SCT_VERBOSE },
	{ K_S32, INT("qs_rtbtimelimit"), .show = SCT_VERBOSE }, { K_U16, UINT("qs_bwarnlimit"), .show = SCT_VERBOSE },
	{ K_U16, UINT("qs_iwarnlimit"), .show = SCT_VERBOSE }, { K_U16, UINT("qs_rtbwarnlimit"), .show = SCT_NONZERO },
	{ K_U16, UPPER }, { K_U32, UPPER }, { K_U64, UPPER, .n = 7 });

/* An operation, as it stands above the type. */
#define OP(op) ((uint32_t)(op) << 8)
#define WHEN_OP(arg, ...) WHEN_MASK(arg, 0xffffff00, __VA_ARGS__)
#define NO_ID UPPER

/* arg: number of the operation's argument; head: two arguments. */
#define ROWS(row, arg, ...) \
	{ row, .args = { __VA_ARGS__, UID("id"), PTR("addr") } }, \
	{ row, WHEN_OP(arg, OP(Q_SYNC), OP(Q_QUOTAOFF), OP(Q_XQUOTASYNC)), .args = { __VA_ARGS__ } }, \
	{ row, WHEN_OP(arg, OP(Q_QUOTAON)), .args = { __VA_ARGS__, ENUM("id", quota_formats), PATH("addr") } }, \
	{ row, WHEN_OP(arg, OP(Q_GETFMT)), .args = { __VA_ARGS__, NO_ID, STRUCT_OUT("addr", quota_format) } }, \
	{ row, WHEN_OP(arg, OP(Q_GETINFO)), .args = { __VA_ARGS__, NO_ID, STRUCT_OUT("addr", dqinfo) } }, \
	{ row, WHEN_OP(arg, OP(Q_SETINFO)), .args = { __VA_ARGS__, NO_ID, STRUCT_IN("addr", dqinfo) } }, \
	{ row, WHEN_OP(arg, OP(Q_GETQUOTA)), .args = { __VA_ARGS__, UID("id"), STRUCT_OUT("addr", dqblk) } }, \
	{ row, WHEN_OP(arg, OP(Q_SETQUOTA)), .args = { __VA_ARGS__, UID("id"), STRUCT_IN("addr", dqblk) } }, \
	{ row, WHEN_OP(arg, OP(Q_GETNEXTQUOTA)), .args = { \
		__VA_ARGS__, UID("id"), STRUCT_OUT("addr", nextdqblk) } }, \
	{ row, WHEN_OP(arg, OP(Q_XQUOTAON), OP(Q_XQUOTAOFF)), .args = { \
		__VA_ARGS__, NO_ID, STRUCT_IN("addr", xfs_flags) } }, \
	{ row, WHEN_OP(arg, OP(Q_XQUOTARM)), .args = { __VA_ARGS__, NO_ID, STRUCT_IN("addr", xfs_types) } }, \
	{ row, WHEN_OP(arg, OP(Q_XGETQUOTA), OP(Q_XGETNEXTQUOTA)), .args = { \
		__VA_ARGS__, UID("id"), STRUCT_OUT("addr", xfs_dqblk) } }, \
	{ row, WHEN_OP(arg, OP(Q_XSETQLIM)), .args = { __VA_ARGS__, UID("id"), STRUCT_IN("addr", xfs_dqblk) } }, \
	{ row, WHEN_OP(arg, OP(Q_XGETQSTAT)), .args = { __VA_ARGS__, NO_ID, STRUCT_OUT("addr", xfs_qstat) } }, \
	{ row, WHEN_OP(arg, OP(Q_XGETQSTATV)), .args = { __VA_ARGS__, NO_ID, STRUCT_OUT("addr", xfs_qstatv) } }

#define QUOTACTL .name = "quotactl"
#define QUOTACTL_FD .name = "quotactl_fd", .unified_nr = 443

static const struct sct_row rows[] = {
	ROWS(QUOTACTL, 0, CUSTOM("op", sct_quota_op_print), PATH("special")),
	ROWS(QUOTACTL_FD, 1, FD("fd"), CUSTOM("op", sct_quota_op_print)),
};

SCT_FAMILY(quota);
