// SPDX-License-Identifier: GPL-2.0-or-later
/* ptrace's register sets, of a child that has stopped: all of them, parts, and lengths that are none. */
#include <elf.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "calls.h"

static const unsigned int lengths[] = { 0, 1, 4, 7, 8, 12, 16, 24, 28, 32, 36, 40, 100, 200, 216, 220, 224, 416, 512, 520, 4096 };

static void regset(int request, int child, unsigned long kind, void *data, size_t len)
{
	struct iovec iov = { data, len };

	call(ptrace, request, child, kind, &iov);
}

static void register_sets(void)
{
	static char regs[4096], fpregs[4096];
	int child = fork();
	unsigned int i;

	if (!child) {
		call(ptrace, PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		_exit(0);
	}
	waitpid(child, NULL, 0);
#ifdef __x86_64__
	call(ptrace, PTRACE_GETREGS, child, 5, regs);
	call(ptrace, PTRACE_SETREGS, child, 0, regs);
	call(ptrace, PTRACE_GETREGS, child, 0, BAD);
	call(ptrace, PTRACE_SETREGS, child, 0, BAD);
	call(ptrace, PTRACE_GETFPREGS, child, 0, fpregs);
	call(ptrace, PTRACE_SETFPREGS, child, 5, fpregs);
	call(ptrace, PTRACE_GETFPREGS, child, 0, BAD);
	call(ptrace, PTRACE_SETFPREGS, child, 0, BAD);
	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		regset(PTRACE_GETREGSET, child, NT_PRSTATUS, regs, lengths[i]);
		regset(PTRACE_SETREGSET, child, NT_PRSTATUS, regs, lengths[i]);
		regset(PTRACE_GETREGSET, child, NT_FPREGSET, fpregs, lengths[i]);
		regset(PTRACE_SETREGSET, child, NT_FPREGSET, fpregs, lengths[i]);
	}
#endif
	regset(PTRACE_GETREGSET, child, NT_X86_XSTATE, fpregs, 4096);
	regset(PTRACE_GETREGSET, child, 77, fpregs, 4096);
	regset(PTRACE_GETREGSET, child, -1, fpregs, 8);
	regset(PTRACE_GETREGSET, child, NT_PRSTATUS, BAD, 8);
	regset(PTRACE_SETREGSET, child, NT_PRSTATUS, BAD, 8);
	call(ptrace, PTRACE_GETREGSET, child, NT_PRSTATUS, BAD);
	call(ptrace, PTRACE_SETREGSET, child, NT_PRSTATUS, BAD);
	call(ptrace, PTRACE_SETREGSET, child, NT_PRSTATUS, 0);
	regset(PTRACE_GETREGSET, -1, NT_PRSTATUS, regs, 216);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static const struct family families[] = {
	{ "register_sets", register_sets },
};

PROGRAM(NULL, NULL)
