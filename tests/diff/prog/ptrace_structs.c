// SPDX-License-Identifier: GPL-2.0-or-later
/* ptrace by request, of a child that is not traced by anybody else: nearly all fail, with their arguments shown. */
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#include "calls.h"

static void by_request(void)
{
	static const unsigned int requests[] = {
		PTRACE_PEEKTEXT, PTRACE_PEEKDATA, PTRACE_PEEKUSER, PTRACE_POKETEXT, PTRACE_POKEDATA,
		PTRACE_POKEUSER, PTRACE_CONT, PTRACE_KILL, PTRACE_SINGLESTEP, 12, 13, 14, 15, PTRACE_ATTACH,
		PTRACE_DETACH, 18, 19, 21, PTRACE_SYSCALL, 25, 26, 30, 31, 32, 33, 0x4200, 0x4201, 0x4202,
		0x4203, 0x4206, 0x4207, 0x4208, 0x4209, 0x420a, 0x420b, 0x420c, 0x420d, 0x420e, 0x420f, 99,
	};
	static uint64_t words[64];
	unsigned int i;

	for (i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		call(ptrace, requests[i], -1, 0, 0);
		call(ptrace, requests[i], -1, 8, SIGUSR1);
		call(ptrace, requests[i], -1, BAD, BAD);
		call(ptrace, requests[i], -1, 1, words);
	}
}

static void structs(void)
{
	static uint64_t words[64] = { SIGUSR1 };
	struct iovec iov = { words, 216 };

	call(ptrace, PTRACE_SETSIGINFO, -1, 0, words);
	call(ptrace, PTRACE_SETSIGMASK, -1, 8, words);
	call(ptrace, PTRACE_SETOPTIONS, -1, 0, 0x1000ff);
	call(ptrace, PTRACE_SEIZE, -1, 0, 1);
	call(ptrace, PTRACE_GETREGSET, -1, 1, &iov);
	call(ptrace, PTRACE_SETREGSET, -1, 0x202, &iov);
}

static const struct family families[] = {
	{ "requests", by_request },
	{ "structs", structs },
};

PROGRAM(NULL, NULL)
