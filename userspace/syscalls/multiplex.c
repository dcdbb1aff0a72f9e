/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several calls behind one number: what 32-bit programs, mostly older ones, make of sockets and System V IPC. */
#include "structs.h"

/* The call's arguments are words at args. */
#define SOCKETCALL(nr, call)	{ .name = "socketcall", WHEN(0, nr), .inside = { call, .words = 2 }, \
				  .args = { ENUM("call", socketcalls), PTR("args") } }

/* The call's arguments are these of the six, of which the first is the call's number. */
#define IPC_ARGS		ENUM("call", ipccalls), INT("first"), ULONG("second"), ULONG("third"), PTR("ptr"), \
				LONG("fifth")
#define IPC(nr, call, ...)	{ .name = "ipc", WHEN(0, nr), .inside = { call, .args = { __VA_ARGS__ } }, \
				  .args = { IPC_ARGS } }
enum { FIRST = 1, SECOND, THIRD, POINTER, FIFTH };

/* In the number's upper half: without it msgrcv has two of its arguments in memory. */
#define VERSION_1		0x10000

static const struct sct_row rows[] = {
	{ .name = "socketcall", .args = { ENUM("call", socketcalls), PTR("args") } },
	SOCKETCALL(1, "socket"),
	SOCKETCALL(2, "bind"),
	SOCKETCALL(3, "connect"),
	SOCKETCALL(4, "listen"),
	SOCKETCALL(5, "accept"),
	SOCKETCALL(6, "getsockname"),
	SOCKETCALL(7, "getpeername"),
	SOCKETCALL(8, "socketpair"),
	SOCKETCALL(9, "send"),
	SOCKETCALL(10, "recv"),
	SOCKETCALL(11, "sendto"),
	SOCKETCALL(12, "recvfrom"),
	SOCKETCALL(13, "shutdown"),
	SOCKETCALL(14, "setsockopt"),
	SOCKETCALL(15, "getsockopt"),
	SOCKETCALL(16, "sendmsg"),
	SOCKETCALL(17, "recvmsg"),
	SOCKETCALL(18, "accept4"),
	SOCKETCALL(19, "recvmmsg"),
	SOCKETCALL(20, "sendmmsg"),

	/* shmat has its result in memory, semctl its last argument. */
	{ .name = "ipc", .args = { IPC_ARGS } },
	IPC(1, "semop", FIRST, POINTER, SECOND),
	IPC(2, "semget", FIRST, SECOND, THIRD),
	IPC(4, "semtimedop", FIRST, POINTER, SECOND, FIFTH),
	IPC(11, "msgsnd", FIRST, POINTER, SECOND, THIRD),
	IPC(VERSION_1 | 12, "msgrcv", FIRST, POINTER, SECOND, FIFTH, THIRD),
	IPC(13, "msgget", FIRST, SECOND),
	IPC(14, "msgctl", FIRST, SECOND, POINTER),
	IPC(22, "shmdt", POINTER),
	IPC(23, "shmget", FIRST, SECOND, THIRD),
	IPC(24, "shmctl", FIRST, SECOND, POINTER),
};

SCT_FAMILY(multiplex);
