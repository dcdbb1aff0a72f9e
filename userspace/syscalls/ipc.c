/* SPDX-License-Identifier: GPL-2.0-or-later */
/* System V and POSIX message passing between processes. */
#include "printers.h"
#include "structs.h"

#define ILP32			(SCT_I386 | SCT_ARM)
#define KEY(n)			CUSTOM(n, sct_ipc_key_print)
#define PADDING(kind)		{ kind, GAP }

/* Commands: <linux/ipc.h>, <linux/sem.h>, <linux/msg.h>, <linux/shm.h>. */
enum {
	SET = 1,
	STAT = 2,
	INFO = 3,
	MSG_STAT = 11,
	MSG_INFO = 12,
	MSG_STAT_ANY = 13,
	SHM_STAT = 13,
	SHM_INFO = 14,
	SHM_STAT_ANY = 15,
	SEM_STAT = 18,
	SEM_INFO = 19,
	SEM_STAT_ANY = 20,
	CREAT = 0100,	/* of open(2)'s flags: there are a mode and attributes */
	NEW = 0x100,	/* programs of 32 bits say so if they mean the newer structs */
};

/*
 * The structs of <asm/ipcbuf.h>, <asm/sembuf.h>, <asm/msgbuf.h> and <asm/shmbuf.h>. Where a long has 32
 * bits, the upper half of a time follows it. "_first": the structs that 32-bit ABIs had first.
 */
#define PERM_MEMBERS(id, mode_kind) \
	{ K_S32, UINT("key") }, { id, UID("uid") }, { id, UID("gid") }, { id, UID("cuid") }, \
	{ id, UID("cgid") }, { mode_kind, MODE("mode") }
#define PERM_TAIL		PADDING(K_U16), PADDING(K_U16), PADDING(K_KULONG), PADDING(K_KULONG)
#define PERM(s, f) \
	static const struct sct_struct s##_32 = { .name = "ipc64_perm", .print = f, \
		MEMBERS(PERM_MEMBERS(K_U32, K_U16), PADDING(K_U16), PERM_TAIL) }; \
	static const struct sct_struct sct_struct_##s##_first = { .name = "ipc_perm", .print = f, \
		MEMBERS(PERM_MEMBERS(K_U16, K_U16), PADDING(K_U16)) }; \
	static const struct sct_struct sct_struct_##s = { .name = "ipc64_perm", .print = f, \
		MEMBERS(PERM_MEMBERS(K_U32, K_U32), PERM_TAIL), .other = &s##_32, .other_abis = ILP32 }

PERM(perm, sct_ipc_perm_print);
PERM(perm_set, sct_ipc_perm_set_print);

#define TIME(n)			{ K_KLONG, LONG(n) }
#define TIME_AND_UPPER(n)	TIME(n), PADDING(K_KLONG)

/* aarch64 has nothing behind its times. */
#define SEMID(p, time) \
	{ K_STRUCT, STRUCT_IN("sem_perm", p) }, time("sem_otime"), time("sem_ctime"), \
	{ K_KULONG, ULONG("sem_nsems") }, PADDING(K_KULONG), PADDING(K_KULONG)
static const struct sct_struct semid64_aarch64 = { .name = "semid64_ds", MEMBERS(SEMID(perm, TIME)) };
static const struct sct_struct sct_struct_semid64_ds = { .name = "semid64_ds",
	MEMBERS(SEMID(perm, TIME_AND_UPPER)), .other = &semid64_aarch64, .other_abis = SCT_AARCH64 };
STRUCT(semid_ds_first, { K_STRUCT, STRUCT_IN("sem_perm", perm_first) }, { K_LONG, LONG("sem_otime") },
       { K_LONG, LONG("sem_ctime") }, PADDING(K_PTR), PADDING(K_PTR), PADDING(K_PTR), PADDING(K_PTR),
       { K_U16, UINT("sem_nsems") });
/* To be set are only these. */
STRUCT(semid64_ds_set, { K_STRUCT, STRUCT_IN("sem_perm", perm_set) });
STRUCT(semid_ds_set_first, { K_STRUCT, STRUCT_IN("sem_perm", perm_set_first) });

#define MSQID(p, time) \
	{ K_STRUCT, STRUCT_IN("msg_perm", p) }, time("msg_stime"), time("msg_rtime"), time("msg_ctime"), \
	PADDING(K_KULONG), { K_KULONG, ULONG("msg_qnum") }, { K_KULONG, ULONG("msg_qbytes") }, \
	{ K_S32, PID("msg_lspid") }, { K_S32, PID("msg_lrpid") }, PADDING(K_KULONG), PADDING(K_KULONG)
static const struct sct_struct msqid64_32 = { .name = "msqid64_ds", MEMBERS(MSQID(perm, TIME_AND_UPPER)) };
static const struct sct_struct sct_struct_msqid64_ds = { .name = "msqid64_ds", MEMBERS(MSQID(perm, TIME)),
	.other = &msqid64_32, .other_abis = ILP32 };
STRUCT(msqid_ds_first, { K_STRUCT, STRUCT_IN("msg_perm", perm_first) }, PADDING(K_PTR), PADDING(K_PTR),
       { K_LONG, LONG("msg_stime") }, { K_LONG, LONG("msg_rtime") }, { K_LONG, LONG("msg_ctime") },
       PADDING(K_ULONG), PADDING(K_ULONG), PADDING(K_U16), { K_U16, UINT("msg_qnum") },
       { K_U16, UINT("msg_qbytes") }, { K_U16, UINT("msg_lspid") }, { K_U16, UINT("msg_lrpid") });
#define MSQID_SET(time) \
	{ K_STRUCT, STRUCT_IN("msg_perm", perm_set) }, time, time, time, PADDING(K_KULONG), PADDING(K_KULONG), \
	{ K_KULONG, ULONG("msg_qbytes") }
#define TWO_PADDINGS		PADDING(K_ULONG), PADDING(K_ULONG)
static const struct sct_struct msqid64_set_32 = { .name = "msqid64_ds", MEMBERS(MSQID_SET(TWO_PADDINGS)) };
static const struct sct_struct sct_struct_msqid64_ds_set = { .name = "msqid64_ds",
	MEMBERS(MSQID_SET(PADDING(K_KLONG))), .other = &msqid64_set_32, .other_abis = ILP32 };
STRUCT(msqid_ds_set_first, { K_STRUCT, STRUCT_IN("msg_perm", perm_set_first) }, PADDING(K_PTR), PADDING(K_PTR),
       PADDING(K_LONG), PADDING(K_LONG), PADDING(K_LONG), PADDING(K_ULONG), PADDING(K_ULONG), PADDING(K_U16),
       PADDING(K_U16), { K_U16, UINT("msg_qbytes") });

#define SHMID(time) \
	{ K_STRUCT, STRUCT_IN("shm_perm", perm) }, { K_KULONG, ULONG("shm_segsz") }, time("shm_atime"), \
	time("shm_dtime"), time("shm_ctime"), { K_S32, PID("shm_cpid") }, { K_S32, PID("shm_lpid") }, \
	{ K_KULONG, ULONG("shm_nattch") }, PADDING(K_KULONG), PADDING(K_KULONG)
static const struct sct_struct shmid64_32 = { .name = "shmid64_ds", MEMBERS(SHMID(TIME_AND_UPPER)),
	.print = sct_shmid_print };
static const struct sct_struct sct_struct_shmid64_ds = { .name = "shmid64_ds", MEMBERS(SHMID(TIME)),
	.print = sct_shmid_print, .other = &shmid64_32, .other_abis = ILP32 };
STRUCT_BY(shmid_ds_first, sct_shmid_print, { K_STRUCT, STRUCT_IN("shm_perm", perm_first) },
	  { K_S32, INT("shm_segsz") }, { K_LONG, LONG("shm_atime") }, { K_LONG, LONG("shm_dtime") },
	  { K_LONG, LONG("shm_ctime") }, { K_U16, UINT("shm_cpid") }, { K_U16, UINT("shm_lpid") },
	  { K_U16, UINT("shm_nattch") });
STRUCT(shmid64_ds_set, { K_STRUCT, STRUCT_IN("shm_perm", perm_set) });
STRUCT(shmid_ds_set_first, { K_STRUCT, STRUCT_IN("shm_perm", perm_set_first) });

STRUCT(seminfo, { K_S32, INT("semmap") }, { K_S32, INT("semmni") }, { K_S32, INT("semmns") },
       { K_S32, INT("semmnu") }, { K_S32, INT("semmsl") }, { K_S32, INT("semopm") }, { K_S32, INT("semume") },
       { K_S32, INT("semusz") }, { K_S32, INT("semvmx") }, { K_S32, INT("semaem") });
STRUCT(msginfo, { K_S32, INT("msgpool") }, { K_S32, INT("msgmap") }, { K_S32, INT("msgmax") },
       { K_S32, INT("msgmnb") }, { K_S32, INT("msgmni") }, { K_S32, INT("msgssz") }, { K_S32, INT("msgtql") },
       { K_U16, UINT("msgseg") });
STRUCT(shminfo64, { K_KULONG, ULONG("shmmax") }, { K_KULONG, ULONG("shmmin") }, { K_KULONG, ULONG("shmmni") },
       { K_KULONG, ULONG("shmseg") }, { K_KULONG, ULONG("shmall") });
STRUCT(shminfo_first, { K_S32, INT("shmmax") }, { K_S32, INT("shmmin") }, { K_S32, INT("shmmni") },
       { K_S32, INT("shmseg") }, { K_S32, INT("shmall") });
STRUCT(shm_info, { K_S32, INT("used_ids") }, { K_KULONG, ULONG("shm_tot") }, { K_KULONG, ULONG("shm_rss") },
       { K_KULONG, ULONG("shm_swp") }, { K_KULONG, ULONG("swap_attempts") },
       { K_KULONG, ULONG("swap_successes") });

STRUCT(sembuf, { K_U16, UINT("sem_num") }, { K_S16, INT("sem_op") }, { K_U16, FLAGS("sem_flg", sem_flags) });

/* Of a message the number only; what is behind it is of the call's length. */
STRUCT_BY(msgbuf, sct_msgbuf_print, { K_KLONG, LONG("mtype") });
#define MSGBUF_IN(n, l)		{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_msgbuf, \
				  .count = SCT_COUNT_TAIL, .len = l }
#define MSGBUF_OUT(n)		{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_msgbuf, \
				  .count = SCT_COUNT_TAIL_RESULT, .dir = SCT_OUT }

STRUCT(mq_attr, { K_KLONG, FLAGS64("mq_flags", mq_attr_flags) }, { K_KLONG, LONG("mq_maxmsg") },
       { K_KLONG, LONG("mq_msgsize") }, { K_KLONG, LONG("mq_curmsgs") }, { K_KLONG, GAP, 4 });
/* The same at mq_open, where its flags mean nothing. */
STRUCT(mq_attr_open, { K_KLONG, HEX("mq_flags") }, { K_KLONG, LONG("mq_maxmsg") },
       { K_KLONG, LONG("mq_msgsize") }, { K_KLONG, LONG("mq_curmsgs") }, { K_KLONG, GAP, 4 });

#define SEMCTL(p)		{ INT("semid"), INT("semnum"), CUSTOM("op", sct_semctl_cmd_print), p }
#define MSGCTL(p)		{ INT("msqid"), CUSTOM("op", sct_msgctl_cmd_print), p }
#define SHMCTL(p)		{ INT("shmid"), CUSTOM("op", sct_shmctl_cmd_print), p }

static const struct sct_row rows[] = {
	{ .name = "semget", .args = { KEY("key"), INT("nsems"), CUSTOM("semflg", sct_ipc_flags_print) } },
	{ .name = "semop", .args = { INT("semid"), ARRAY_IN("sops", sembuf, 2), UINT("nsops") } },
	{ .name = "semtimedop", .args = {
		INT("semid"), ARRAY_IN("sops", sembuf, 2), UINT("nsops"), STRUCT_IN("timeout", timespec) } },
	{ .name = "semtimedop_time64", .args = {
		INT("semid"), ARRAY_IN("sops", sembuf, 2), UINT("nsops"), STRUCT_IN("timeout", timespec64) } },
	{ .name = "semctl", .args = SEMCTL(PTR("arg")) },
	{ .name = "semctl", WHEN(2, STAT, SEM_STAT, SEM_STAT_ANY, NEW | STAT, NEW | SEM_STAT, NEW | SEM_STAT_ANY),
	  .args = SEMCTL(STRUCT_OUT("arg", semid64_ds)) },
	{ .name = "semctl", WHEN(2, SET, NEW | SET), .args = SEMCTL(STRUCT_IN("arg", semid64_ds_set)) },
	{ .name = "semctl", WHEN(2, INFO, SEM_INFO, NEW | INFO, NEW | SEM_INFO),
	  .args = SEMCTL(STRUCT_OUT("arg", seminfo)) },
	{ .name = "semctl", .abis = ILP32, WHEN(2, STAT, SEM_STAT, SEM_STAT_ANY),
	  .args = SEMCTL(STRUCT_OUT("arg", semid_ds_first)) },
	{ .name = "semctl", .abis = ILP32, WHEN(2, SET), .args = SEMCTL(STRUCT_IN("arg", semid_ds_set_first)) },

	{ .name = "msgget", .args = { KEY("key"), CUSTOM("msgflg", sct_ipc_flags_print) } },
	{ .name = "msgsnd", .args = {
		INT("msqid"), MSGBUF_IN("msgp", 2), ULONG("msgsz"), FLAGS("msgflg", ipc_msg_flags) } },
	{ .name = "msgrcv", .args = {
		INT("msqid"), MSGBUF_OUT("msgp"), ULONG("msgsz"), LONG("msgtyp"),
		FLAGS("msgflg", ipc_msg_flags) } },
	{ .name = "msgctl", .args = MSGCTL(PTR("buf")) },
	{ .name = "msgctl", WHEN(1, STAT, MSG_STAT, MSG_STAT_ANY, NEW | STAT, NEW | MSG_STAT, NEW | MSG_STAT_ANY),
	  .args = MSGCTL(STRUCT_OUT("buf", msqid64_ds)) },
	{ .name = "msgctl", WHEN(1, SET, NEW | SET), .args = MSGCTL(STRUCT_IN("buf", msqid64_ds_set)) },
	{ .name = "msgctl", WHEN(1, INFO, MSG_INFO, NEW | INFO, NEW | MSG_INFO),
	  .args = MSGCTL(STRUCT_OUT("buf", msginfo)) },
	{ .name = "msgctl", .abis = ILP32, WHEN(1, STAT, MSG_STAT, MSG_STAT_ANY),
	  .args = MSGCTL(STRUCT_OUT("buf", msqid_ds_first)) },
	{ .name = "msgctl", .abis = ILP32, WHEN(1, SET), .args = MSGCTL(STRUCT_IN("buf", msqid_ds_set_first)) },

	{ .name = "shmget", .args = { KEY("key"), ULONG("size"), CUSTOM("shmflg", sct_shm_flags_print) } },
	{ .name = "shmat", .ret = SCT_RET_HEX, .args = {
		INT("shmid"), PTR("shmaddr"), FLAGS("shmflg", shmat_flags) } },
	{ .name = "shmdt", .args = { PTR("shmaddr") } },
	{ .name = "shmctl", .args = SHMCTL(PTR("buf")) },
	{ .name = "shmctl", WHEN(1, STAT, SHM_STAT, SHM_STAT_ANY, NEW | STAT, NEW | SHM_STAT, NEW | SHM_STAT_ANY),
	  .args = SHMCTL(STRUCT_OUT("buf", shmid64_ds)) },
	{ .name = "shmctl", WHEN(1, SET, NEW | SET), .args = SHMCTL(STRUCT_IN("buf", shmid64_ds_set)) },
	{ .name = "shmctl", WHEN(1, INFO, NEW | INFO), .args = SHMCTL(STRUCT_OUT("buf", shminfo64)) },
	{ .name = "shmctl", WHEN(1, SHM_INFO, NEW | SHM_INFO), .args = SHMCTL(STRUCT_OUT("buf", shm_info)) },
	{ .name = "shmctl", .abis = ILP32, WHEN(1, STAT, SHM_STAT, SHM_STAT_ANY),
	  .args = SHMCTL(STRUCT_OUT("buf", shmid_ds_first)) },
	{ .name = "shmctl", .abis = ILP32, WHEN(1, SET), .args = SHMCTL(STRUCT_IN("buf", shmid_ds_set_first)) },
	/* The first struct's numbers are ints. */
	{ .name = "shmctl", .abis = ILP32, WHEN(1, INFO), .args = SHMCTL(STRUCT_OUT("buf", shminfo_first)) },

	{ .name = "mq_open", .ret = SCT_RET_FD, .args = {
		PATH("name"), OPEN_FLAGS("flags") } },
	{ .name = "mq_open", WHEN_MASK(1, CREAT, CREAT), .ret = SCT_RET_FD, .args = {
		PATH("name"), OPEN_FLAGS("flags"), MODE("mode"), STRUCT_IN("attr", mq_attr_open) } },
	{ .name = "mq_unlink", .args = { PATH("path") } },
	{ .name = "mq_timedsend", .args = {
		FD("mqdes"), BUF_IN("msg_ptr", 2), ULONG("msg_len"), UINT("msg_prio"),
		STRUCT_IN("abs_timeout", timespec) } },
	{ .name = "mq_timedreceive", .args = {
		FD("mqdes"), BUF_OUT("msg_ptr"), ULONG("msg_len"), STRUCT_OUT("msg_prio", uint),
		STRUCT_IN("abs_timeout", timespec) } },
	{ .name = "mq_timedsend_time64", .args = {
		FD("mqdes"), BUF_IN("msg_ptr", 2), ULONG("msg_len"), UINT("msg_prio"),
		STRUCT_IN("abs_timeout", timespec64) } },
	{ .name = "mq_timedreceive_time64", .args = {
		FD("mqdes"), BUF_OUT("msg_ptr"), ULONG("msg_len"), STRUCT_OUT("msg_prio", uint),
		STRUCT_IN("abs_timeout", timespec64) } },
	{ .name = "mq_notify", .args = { FD("mqdes"), STRUCT_IN("sevp", sigevent) } },
	{ .name = "mq_getsetattr", .args = {
		FD("mqdes"), STRUCT_IN("newattr", mq_attr), STRUCT_OUT("oldattr", mq_attr) } },
};

SCT_FAMILY(ipc);
