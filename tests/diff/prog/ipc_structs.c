// SPDX-License-Identifier: GPL-2.0-or-later
/* Structs of userspace/syscalls/ipc.c, each by every command, and at the end of a page. */
#include <mqueue.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <time.h>

#include "calls.h"

#define NEW_STRUCTS 0x100	/* IPC_64 of the kernel; x86_64 refuses it */

static void semop_calls(void)
{
	struct sembuf ops[40] = { { 0, 1, 0 }, { 1, 2, SEM_UNDO }, { 2, -1, IPC_NOWAIT | SEM_UNDO | 0x400 } };
	struct timespec timeout = { 0, 1000 };
	int id = call(semget, IPC_PRIVATE, 3, IPC_CREAT | 0600);

	call(semop, id, ops, 2);
	call(semop, id, ops, 3);
	call(semop, -1, ops, 40);
	call(semop, id, NULL, 3);
	call(semop, id, BAD, 3);
	call(semop, id, ops, 0);
	call(semop, id, at_edge(ops, 6), 2);
	call(semop, id, edge() - 3, 1);
	call(semtimedop, id, ops + 2, 1, &timeout);
	call(semtimedop, id, ops + 2, 1, BAD);
	semctl(id, 0, IPC_RMID);
}

static void semctl_calls(void)
{
	unsigned short values[3] = { 1, 2, 3 };
	int id = call(semget, IPC_PRIVATE, 3, IPC_CREAT | 0600);
	struct seminfo info;
	struct semid_ds ds;

	call(semget, 0x1234, 3, 0600);
	call(semget, 0x77, -3, 0);
	call(semctl, id, 0, IPC_STAT, &ds);
	call(semctl, id, 0, NEW_STRUCTS | IPC_STAT, &ds);
	call(semctl, id, 0, NEW_STRUCTS | 999, &ds);
	call(semctl, id, 0, IPC_STAT, room_at_edge(sizeof(ds)));
	call(semctl, id, 0, GETALL, values);
	call(semctl, id, 0, SETALL, values);
	call(semctl, id, 0, IPC_INFO, &info);
	call(semctl, id, 0, SEM_INFO, &info);
	call(semctl, -1, 0, SEM_STAT, &ds);
	call(semctl, -1, 0, SEM_STAT_ANY, &ds);
	call(semctl, id, 1, SETVAL, 77);
	call(semctl, id, 1, GETVAL, 0);
	call(semctl, id, 1, GETNCNT, 0);
	call(semctl, id, 0, IPC_SET, &ds);
	call(semctl, id, 0, IPC_SET, BAD);
	call(semctl, id, 0, IPC_RMID, 0);
}

static void msgsnd_calls(void)
{
	struct { long type; char text[100]; } m = { 1, "hello" };
	int id = call(msgget, IPC_PRIVATE, IPC_CREAT | 0600);

	call(msgget, 0x99, IPC_EXCL | IPC_NOWAIT | 0x8000);
	call(msgsnd, id, &m, 5, 0);
	call(msgsnd, id, &m, 50, IPC_NOWAIT);
	call(msgsnd, id, &m, 0, MSG_NOERROR);
	call(msgsnd, id, NULL, 50, IPC_NOWAIT);
	call(msgsnd, id, BAD, 50, IPC_NOWAIT);
	call(msgsnd, id, &m, -1, IPC_NOWAIT);
	call(msgsnd, id, at_edge(&m, 16), 8, IPC_NOWAIT);
	call(msgsnd, id, edge() - 7, 1, IPC_NOWAIT);
	call(msgrcv, id, &m, 5, 0, 0);
	call(msgrcv, id, BAD, 50, 2, IPC_NOWAIT | MSG_COPY | MSG_EXCEPT | 0x100000);
	call(msgrcv, id, &m, 50, -5, 0);
	msgctl(id, IPC_RMID, NULL);
}

static void msgctl_calls(void)
{
	int id = call(msgget, IPC_PRIVATE, IPC_CREAT | 0600);
	struct msginfo info;
	struct msqid_ds ds;

	call(msgctl, id, IPC_STAT, &ds);
	call(msgctl, id, NEW_STRUCTS | IPC_STAT, &ds);
	call(msgctl, id, IPC_SET, &ds);
	call(msgctl, id, IPC_SET, NULL);
	call(msgctl, id, IPC_INFO, &info);
	call(msgctl, id, MSG_INFO, &info);
	call(msgctl, -1, MSG_STAT, &ds);
	call(msgctl, id, 77, &ds);
	call(msgctl, id, IPC_RMID, 0);
}

static void shmat_calls(void)
{
	int id = call(shmget, IPC_PRIVATE, 10000, IPC_CREAT | 0600);
	int i;

	for (i = 0; i < 64; i += 9)
		call(shmget, 0x88, 10000, SHM_HUGETLB | SHM_NORESERVE | (long)i << 26 | 0600);
	call(shmdt, call(shmat, id, 0, 0));
	call(shmat, id, 0x10, SHM_RDONLY | SHM_EXEC | SHM_REMAP | 0x100);
	shmctl(id, IPC_RMID, NULL);
}

static void shmctl_calls(void)
{
	int id = call(shmget, IPC_PRIVATE, 10000, IPC_CREAT | 0600);
	struct shm_info used;
	struct shminfo info;
	struct shmid_ds ds;

	call(shmctl, id, IPC_STAT, &ds);
	call(shmctl, id, NEW_STRUCTS | IPC_STAT, &ds);
	call(shmctl, id, IPC_SET, &ds);
	call(shmctl, id, IPC_SET, BAD);
	call(shmctl, id, IPC_INFO, &info);
	call(shmctl, id, SHM_INFO, &used);
	call(shmctl, -1, SHM_STAT, &ds);
	call(shmctl, id, SHM_LOCK, 0);
	call(shmctl, id, SHM_UNLOCK, BAD);
	call(shmctl, id, IPC_RMID, 0);
}

static void mq_send_calls(void)
{
	struct mq_attr attr = { .mq_flags = O_NONBLOCK, .mq_maxmsg = 5, .mq_msgsize = 100 };
	int q = call(mq_open, "diff", O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
	struct timespec past = { 0, 0 };
	unsigned int priority;
	char text[100];

	call(mq_open, "diff2", O_RDWR | O_CREAT, 0, BAD);
	call(mq_timedsend, q, "hi", 2, 7, NULL);
	call(mq_timedsend, q, "hi", 2, 3, &past);
	call(mq_timedsend, q, "hi", 2, 3, BAD);
	call(mq_timedsend, q, BAD, 2, 3, NULL);
	call(mq_timedreceive, q, text, 100, &priority, NULL);
	call(mq_timedreceive, q, text, 100, NULL, &past);
	call(mq_timedreceive, q, text, 100, &priority, &past);
	call(mq_unlink, "diff");
	close(q);
}

static void mq_notify_calls(void)
{
	struct sigevent event = { .sigev_signo = SIGUSR1, .sigev_value.sival_ptr = (void *)0x55aa };
	struct mq_attr attr = { .mq_flags = O_NONBLOCK, .mq_maxmsg = 5, .mq_msgsize = 100 };
	int q = call(mq_open, "diff", O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
	int i;

	for (i = 0; i < 6; i++) {
		event.sigev_notify = i == 5 ? 99 : i;
		call(mq_notify, q, &event);
		call(mq_notify, q, NULL);
	}
	call(mq_unlink, "diff");
	close(q);
}

static void mq_getsetattr_calls(void)
{
	struct mq_attr attr = { .mq_flags = O_NONBLOCK, .mq_maxmsg = 5, .mq_msgsize = 100 };
	int q = call(mq_open, "diff", O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
	struct mq_attr old;

	call(mq_getsetattr, q, NULL, &old);
	call(mq_getsetattr, q, &attr, &old);
	call(mq_getsetattr, q, &attr, NULL);
	call(mq_getsetattr, q, BAD, &old);
	attr.mq_flags = 0x123456;
	call(mq_getsetattr, q, &attr, &old);
	call(mq_unlink, "diff");
	close(q);
}

static const struct family families[] = {
	{ "semop", semop_calls },
	{ "semctl", semctl_calls },
	{ "msgsnd", msgsnd_calls },
	{ "msgctl", msgctl_calls },
	{ "shmat", shmat_calls },
	{ "shmctl", shmctl_calls },
	{ "mq_send", mq_send_calls },
	{ "mq_notify", mq_notify_calls },
	{ "mq_getsetattr", mq_getsetattr_calls },
};

PROGRAM(NULL, NULL)
