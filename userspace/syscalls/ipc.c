/* SPDX-License-Identifier: GPL-2.0-or-later */
/* System V and POSIX message passing between processes. */
#include "syscall_table.h"

static const struct sct_row rows[] = {
	{ .name = "semget", .args = { HEX("key"), INT("nsems"), FLAGS("semflg", ipc_flags) } },
	{ .name = "semop", .args = { INT("semid"), PTR("sops"), UINT("nsops") } },
	{ .name = "semtimedop", .args = {
		INT("semid"), PTR("sops"), UINT("nsops"), PTR("timeout") } },
	{ .name = "semctl", .args = {
		INT("semid"), INT("semnum"), ENUM("op", semctl_cmds), HEX("arg") } },
	{ .name = "msgget", .args = { HEX("key"), FLAGS("msgflg", ipc_flags) } },
	{ .name = "msgsnd", .args = {
		INT("msqid"), PTR("msgp"), ULONG("msgsz"), FLAGS("msgflg", ipc_msg_flags) } },
	{ .name = "msgrcv", .args = {
		INT("msqid"), PTR("msgp"), ULONG("msgsz"), LONG("msgtyp"),
		FLAGS("msgflg", ipc_msg_flags) } },
	{ .name = "msgctl", .args = { INT("msqid"), ENUM("op", msgctl_cmds), PTR("buf") } },
	{ .name = "shmget", .args = { HEX("key"), ULONG("size"), FLAGS("shmflg", shm_flags) } },
	{ .name = "shmat", .ret = SCT_RET_HEX, .args = {
		INT("shmid"), PTR("shmaddr"), FLAGS("shmflg", shmat_flags) } },
	{ .name = "shmdt", .args = { PTR("shmaddr") } },
	{ .name = "shmctl", .args = { INT("shmid"), ENUM("op", shmctl_cmds), PTR("buf") } },

	{ .name = "mq_open", .args = {
		PATH("name"), OPEN_FLAGS("flags"), MODE_CREAT("mode", 1), PTR("attr") } },
	{ .name = "mq_unlink", .args = { PATH("path") } },
	{ .name = "mq_timedsend", .args = {
		FD("mqdes"), BUF_IN("msg_ptr", 2), ULONG("msg_len"), UINT("msg_prio"),
		PTR("abs_timeout") } },
	{ .name = "mq_timedreceive", .args = {
		FD("mqdes"), BUF_OUT("msg_ptr"), ULONG("msg_len"), PTR("msg_prio"),
		PTR("abs_timeout") } },
	{ .name = "mq_notify", .args = { FD("mqdes"), PTR("sevp") } },
	{ .name = "mq_getsetattr", .args = { FD("mqdes"), PTR("newattr"), PTR("oldattr") } },
};

SCT_FAMILY(ipc);
