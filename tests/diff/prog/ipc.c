// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/ipc.c. What it makes is its own and goes again. */
#include <mqueue.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <time.h>

#include "calls.h"

#define KEY	0x5c7ace01
#define IPC_64	0x100

#ifndef SEM_STAT_ANY
#define SEM_STAT_ANY 20
#define MSG_STAT_ANY 13
#define SHM_STAT_ANY 15
#endif

static const struct timespec soon = { 0, 1000 }, odd = { -1, 2000000000 };

static void semget_calls(void)
{
	int id = call(semget, IPC_PRIVATE, 3, IPC_CREAT | 0600);

	call(semget, KEY, 0, 0);
	call(semget, KEY, -1, IPC_CREAT | IPC_EXCL | 0777);
	semctl(id, 0, IPC_RMID);
}

static void semctl_calls(void)
{
	struct semid_ds ds;
	struct seminfo info;
	unsigned short values[3] = { 1, 2, 3 };
	int id = call(semget, IPC_PRIVATE, 3, IPC_CREAT | 0600);

	call(semctl, id, 0, SETALL, values);
	call(semctl, id, 0, GETALL, values);
	call(semctl, id, 1, SETVAL, 5);
	call(semctl, id, 1, GETVAL, 0);
	call(semctl, id, 1, GETPID, 0);
	call(semctl, id, 1, GETNCNT, 0);
	call(semctl, id, 1, GETZCNT, 0);
	call(semctl, id, 0, IPC_STAT, &ds);
	call(semctl, id, 0, IPC_STAT | IPC_64, &ds);
	ds.sem_perm.mode = 0640;
	call(semctl, id, 0, IPC_SET, &ds);
	call(semctl, id, 0, IPC_STAT, BAD);
	call(semctl, 0x7fffffff, 0, SEM_INFO, &info);
	call(semctl, 0, 0, IPC_INFO, NULL);
	call(semctl, 0x7fffffff, 0, SEM_STAT, &ds);
	call(semctl, 0x7fffffff, 0, SEM_STAT_ANY, BAD);
	call(semctl, id, 77, 99, 5);
	call(semctl, id, 0, IPC_RMID, 0);
	call(semctl, id, 0, IPC_RMID, 0);
}

static void semop_calls(void)
{
	struct sembuf ops[3] = { { 0, 1, 0 }, { 1, -1, IPC_NOWAIT | SEM_UNDO }, { 2, 0, 0x77 | IPC_NOWAIT } };
	unsigned short values[3] = { 1, 5, 3 };
	int id = call(semget, IPC_PRIVATE, 3, IPC_CREAT | 0600);

	call(semctl, id, 0, SETALL, values);
	call(semop, id, ops, 2);
	call(semop, id, ops, 1);
	call(semop, id, ops + 1, 2);
	call(semop, id, NULL, 1);
	call(semop, id, BAD, 2);
	call(semop, -1, ops, 0);
	call(semop, -1, ops, -1);
	call(semtimedop, id, ops, 1, &soon);
	call(semtimedop, id, ops + 2, 1, &soon);
	call(semtimedop, id, ops, 1, &odd);
	call(semtimedop, id, ops, 1, NULL);
	call(semtimedop, -1, BAD, 1, BAD);
	semctl(id, 0, IPC_RMID);
}

static void msgget_calls(void)
{
	int id = call(msgget, IPC_PRIVATE, IPC_CREAT | 0600);

	call(msgget, KEY, 0);
	call(msgget, KEY, 0xfdff);
	msgctl(id, IPC_RMID, NULL);
}

static void msgsnd_calls(void)
{
	struct {
		long type;
		char text[64];
	} msg = { 7, "a message" };
	int id = call(msgget, IPC_PRIVATE, IPC_CREAT | 0600);

	call(msgsnd, id, &msg, 10, 0);
	call(msgsnd, id, &msg, 40, IPC_NOWAIT);
	call(msgsnd, id, &msg, 0, 0);
	call(msgsnd, id, &msg, -1, 0);
	call(msgsnd, id, NULL, 5, 0);
	call(msgsnd, id, BAD, 5, 0x77);
	call(msgrcv, id, &msg, 64, 7, 0);
	call(msgrcv, id, &msg, 5, 0, MSG_NOERROR);
	call(msgrcv, id, &msg, 64, -9, IPC_NOWAIT | MSG_EXCEPT);
	call(msgrcv, id, &msg, 64, 0, IPC_NOWAIT);
	call(msgrcv, id, BAD, 64, 0, IPC_NOWAIT | 0x100000);
	msgctl(id, IPC_RMID, NULL);
}

static void msgctl_calls(void)
{
	struct msqid_ds ds;
	struct msginfo info;
	int id = call(msgget, IPC_PRIVATE, IPC_CREAT | 0600);

	call(msgctl, id, IPC_STAT, &ds);
	call(msgctl, id, IPC_SET, &ds);
	call(msgctl, id, IPC_STAT, BAD);
	call(msgctl, id, IPC_SET, NULL);
	call(msgctl, 0, IPC_INFO, &info);
	call(msgctl, 0, MSG_INFO, &info);
	call(msgctl, 0x7fffffff, MSG_STAT, &ds);
	call(msgctl, 0x7fffffff, MSG_STAT_ANY, &ds);
	call(msgctl, id, 99, &ds);
	call(msgctl, id, IPC_RMID, NULL);
	call(msgctl, -1, IPC_RMID, NULL);
}

static void shmget_calls(void)
{
	int id = call(shmget, IPC_PRIVATE, 8192, IPC_CREAT | 0600);

	call(shmget, KEY, 0, 0);
	call(shmget, KEY, 4096, SHM_HUGETLB | SHM_NORESERVE | IPC_EXCL | 0777);
	shmctl(id, IPC_RMID, NULL);
}

static void shmat_calls(void)
{
	int id = call(shmget, IPC_PRIVATE, 8192, IPC_CREAT | 0600);

	call(shmat, id, (void *)0x40000000, 0);
	call(shmat, id, NULL, SHM_RDONLY);
	call(shmat, id, (void *)0x40000001, 0);
	call(shmat, id, (void *)0x40010001, SHM_RND | SHM_EXEC);
	call(shmat, -1, BAD, 0x77);
	call(shmdt, (void *)0x40000000);
	call(shmdt, BAD);
	shmctl(id, IPC_RMID, NULL);
}

static void shmctl_calls(void)
{
	struct shmid_ds ds;
	struct shminfo info;
	struct shm_info used;
	int id = call(shmget, IPC_PRIVATE, 8192, IPC_CREAT | 0600);

	call(shmctl, id, IPC_STAT, &ds);
	call(shmctl, id, IPC_SET, &ds);
	call(shmctl, id, IPC_STAT, BAD);
	call(shmctl, 0, IPC_INFO, &info);
	call(shmctl, 0, SHM_INFO, &used);
	call(shmctl, 0x7fffffff, SHM_STAT, &ds);
	call(shmctl, 0x7fffffff, SHM_STAT_ANY, NULL);
	call(shmctl, id, SHM_LOCK, NULL);
	call(shmctl, id, SHM_UNLOCK, NULL);
	call(shmctl, id, 99, &ds);
	call(shmctl, id, IPC_RMID, NULL);
	call(shmctl, -1, IPC_RMID, NULL);
}

static void mq_open_calls(void)
{
	struct mq_attr odd_attr = { .mq_flags = -1, .mq_maxmsg = -2, .mq_msgsize = -3, .mq_curmsgs = -4 };
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = 64 };
	int q = call(mq_open, "sctrace-diff", O_RDWR | O_CREAT | O_NONBLOCK, 0600, &attr);

	call(mq_open, "none", O_RDONLY | O_CLOEXEC);
	call(mq_open, "none", O_RDWR | O_CREAT, 0600, &odd_attr);
	call(mq_open, "none", O_RDWR | O_CREAT | O_EXCL, 0777, BAD);
	call(mq_open, NULL, O_WRONLY, 0, NULL);
	call(mq_unlink, "sctrace-diff");
	call(mq_unlink, "none");
	call(mq_unlink, NULL);
	close(q);
}

static void mq_send_calls(void)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = 64 };
	int q = call(mq_open, "sctrace-diff", O_RDWR | O_CREAT | O_NONBLOCK, 0600, &attr);
	unsigned int prio = 0;
	char buf[64];

	call(mq_timedsend, q, "message", 7, 3, NULL);
	call(mq_timedsend, q, "longer than the usual limit of a string", 39, 0, &soon);
	call(mq_timedsend, q, "message", 65, 99999, &odd);
	call(mq_timedsend, NO_FD, BAD, 5, 0, BAD);
	call(mq_timedreceive, q, buf, 64, &prio, NULL);
	call(mq_timedreceive, q, buf, 64, NULL, &soon);
	call(mq_timedreceive, q, buf, 64, &prio, &soon);
	call(mq_timedreceive, q, buf, 5, &prio, &odd);
	call(mq_timedreceive, NO_FD, BAD, 64, BAD, BAD);
	call(mq_unlink, "sctrace-diff");
	close(q);
}

static void mq_notify_calls(void)
{
	struct sigevent none = { .sigev_notify = SIGEV_NONE };
	struct sigevent by_signal = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = 64 };
	int q = call(mq_open, "sctrace-diff", O_RDWR | O_CREAT | O_NONBLOCK, 0600, &attr);

	call(mq_notify, q, &none);
	call(mq_notify, q, NULL);
	call(mq_notify, q, &by_signal);
	call(mq_notify, NO_FD, BAD);
	call(mq_unlink, "sctrace-diff");
	close(q);
}

static void mq_getsetattr_calls(void)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = 64 };
	int q = call(mq_open, "sctrace-diff", O_RDWR | O_CREAT | O_NONBLOCK, 0600, &attr);
	struct mq_attr got;

	call(mq_getsetattr, q, NULL, &got);
	attr.mq_flags = O_NONBLOCK;
	call(mq_getsetattr, q, &attr, &got);
	attr.mq_flags = 0x77;
	call(mq_getsetattr, q, &attr, NULL);
	call(mq_getsetattr, NO_FD, BAD, BAD);
	call(mq_unlink, "sctrace-diff");
	close(q);
}

static const struct family families[] = {
	{ "semget", semget_calls },
	{ "semctl", semctl_calls },
	{ "semop", semop_calls },
	{ "msgget", msgget_calls },
	{ "msgsnd", msgsnd_calls },
	{ "msgctl", msgctl_calls },
	{ "shmget", shmget_calls },
	{ "shmat", shmat_calls },
	{ "shmctl", shmctl_calls },
	{ "mq_open", mq_open_calls },
	{ "mq_send", mq_send_calls },
	{ "mq_notify", mq_notify_calls },
	{ "mq_getsetattr", mq_getsetattr_calls },
};

PROGRAM(NULL, NULL)
