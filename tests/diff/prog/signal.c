// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/signal.c, and signals that come. */
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>

#include "calls.h"

/* As the kernel has it. */
struct action {
	void *handler;
	unsigned long flags;
	void *restorer;
	uint64_t mask;
};

#define RESTORER	0x04000000UL
#define BIT(signo)	(1UL << ((signo) - 1))

static void handler(int signo)
{
	(void)signo;
}

static void actions(void)
{
	struct action old, a = { SIG_IGN, 0, NULL, 0 };

	signal(SIGUSR1, SIG_DFL);
	call(rt_sigaction, SIGUSR1, NULL, &old, 8);
	call(rt_sigaction, SIGUSR1, &a, &old, 8);
	a = (struct action) { SIG_DFL, SA_RESTART | SA_NODEFER, NULL, BIT(SIGINT) | BIT(SIGTERM) };
	call(rt_sigaction, SIGUSR1, &a, &old, 8);
	a = (struct action) { (void *)0x12345678, SA_SIGINFO | SA_ONSTACK | SA_RESETHAND | RESTORER,
			      (void *)0x23456789, BIT(34) | BIT(64) };
	call(rt_sigaction, 64, &a, NULL, 8);
	call(rt_sigaction, 64, NULL, &old, 8);
	a = (struct action) { SIG_ERR, 0xff000000, NULL, -1UL };
	call(rt_sigaction, SIGRTMIN, &a, &old, 8);
	a = (struct action) { SIG_DFL, 0, NULL, ~BIT(SIGHUP) };
	call(rt_sigaction, SIGRTMIN, &a, &old, 8);
	call(rt_sigaction, SIGKILL, &a, NULL, 8);
	call(rt_sigaction, 0, NULL, NULL, 8);
	call(rt_sigaction, 65, &a, &old, 8);
	call(rt_sigaction, -1, NULL, &old, 8);
	call(rt_sigaction, SIGUSR1, BAD, BAD, 8);
	call(rt_sigaction, SIGUSR1, NULL, BAD, 8);
	call(rt_sigaction, SIGUSR1, &a, NULL, 16);
}

static void masks(void)
{
	uint64_t set = BIT(SIGUSR2) | BIT(SIGCHLD), old, full = -1UL;

	call(rt_sigprocmask, SIG_BLOCK, &set, &old, 8);
	call(rt_sigprocmask, SIG_UNBLOCK, &set, NULL, 8);
	call(rt_sigprocmask, SIG_SETMASK, NULL, &old, 8);
	call(rt_sigprocmask, SIG_SETMASK, &full, &old, 8);
	full = ~BIT(SIGUSR1);
	call(rt_sigprocmask, SIG_SETMASK, &full, &old, 8);
	call(rt_sigprocmask, SIG_SETMASK, &old, NULL, 8);
	set = 0;
	call(rt_sigprocmask, SIG_SETMASK, &set, &old, 8);
	call(rt_sigprocmask, 99, &set, &old, 8);
	call(rt_sigprocmask, SIG_BLOCK, NULL, NULL, 8);
	call(rt_sigprocmask, SIG_BLOCK, BAD, NULL, 8);
	call(rt_sigprocmask, SIG_BLOCK, NULL, BAD, 8);
	call(rt_sigprocmask, SIG_BLOCK, &set, &old, 4);
}

static void kill_calls(void)
{
	int pid = getpid();

	call(kill, pid, SIGUSR1);
	call(kill, pid, 0);
	call(kill, INT32_MAX, SIGKILL);
	call(kill, INT32_MAX, 99);
	call(kill, pid, -1);
	call(tkill, pid, SIGUSR1);
	call(tkill, -1, SIGRTMAX);
	call(tgkill, pid, pid, SIGUSR1);
	call(tgkill, pid, INT32_MAX, SIGRTMIN + 3);
	call(tgkill, -1, -1, 1000);
}

/* As sigqueue(3) has it. */
static siginfo_t queued(void)
{
	siginfo_t info = { .si_signo = SIGUSR1, .si_code = SI_QUEUE };

	info.si_pid = 1;
	info.si_uid = 2;
	info.si_int = 3;
	return info;
}

static void rt_sigqueueinfo_calls(void)
{
	int pid = getpid();
	siginfo_t info = queued();

	call(rt_sigqueueinfo, pid, SIGUSR1, &info);
	call(rt_sigqueueinfo, pid, SIGRTMIN + 1, &info);
	info.si_code = SI_TIMER;
	call(rt_sigqueueinfo, INT32_MAX, SIGUSR1, &info);
	info.si_code = 5;
	call(rt_sigqueueinfo, INT32_MAX, SIGUSR1, &info);
	info.si_code = SI_USER;
	call(rt_sigqueueinfo, INT32_MAX, 77, &info);
	call(rt_sigqueueinfo, pid, SIGUSR1, NULL);
	call(rt_sigqueueinfo, pid, SIGUSR1, BAD);
	info.si_code = SI_QUEUE;
	call(rt_tgsigqueueinfo, pid, pid, SIGUSR1, &info);
	call(rt_tgsigqueueinfo, pid, INT32_MAX, SIGUSR1, NULL);
}

static void pidfd_send_signal_calls(void)
{
	int pid = getpid(), fd = syscall(SYS_pidfd_open, pid, 0);
	siginfo_t info = queued();

	call(pidfd_send_signal, fd, SIGUSR1, NULL, 0);
	call(pidfd_send_signal, fd, SIGUSR1, &info, 0);
	call(pidfd_send_signal, NO_FD, SIGTERM, BAD, 7);
	call(pidfd_send_signal, fd, 0, NULL, 0x77);
	close(fd);
}

static void waited_for(void)
{
	uint64_t set = BIT(SIGUSR1) | BIT(SIGUSR2), none = 0, pending;
	struct timespec soon = { 0, 1000 }, odd = { -1, 2000000000 };
	siginfo_t info;

	call(rt_sigprocmask, SIG_BLOCK, &set, NULL, 8);
	call(rt_sigpending, &pending, 8);
	call(kill, getpid(), SIGUSR1);
	call(rt_sigpending, &pending, 8);
	call(rt_sigpending, &pending, 4);
	call(rt_sigpending, BAD, 8);
	call(rt_sigpending, &pending, 99);
	call(rt_sigtimedwait, &set, &info, NULL, 8);
	call(rt_sigtimedwait, &set, &info, &soon, 8);
	call(kill, getpid(), SIGUSR1);
	call(rt_sigtimedwait, &set, NULL, &soon, 8);
	call(rt_sigtimedwait, &set, &info, &odd, 8);
	call(rt_sigtimedwait, NULL, BAD, BAD, 8);
	call(rt_sigtimedwait, BAD, NULL, NULL, 3);
	call(kill, getpid(), SIGUSR1);
	call(rt_sigsuspend, &none, 8);
	call(rt_sigsuspend, BAD, 8);
	call(rt_sigsuspend, &set, 16);
	call(rt_sigprocmask, SIG_UNBLOCK, &set, NULL, 8);
}

static void stacks(void)
{
	static char room[65536];
	stack_t s = { .ss_sp = room, .ss_size = sizeof(room) }, old;

	call(sigaltstack, &s, &old);
	call(sigaltstack, NULL, &old);
	s.ss_flags = SS_DISABLE;
	call(sigaltstack, &s, NULL);
	s.ss_flags = 0x80000000;
	call(sigaltstack, &s, &old);
	s.ss_flags = 0x77;
	s.ss_size = 5;
	call(sigaltstack, &s, &old);
	call(sigaltstack, BAD, BAD);
	call(sigaltstack, NULL, NULL);
}

/* Faults, each with what the kernel knows of it; the handler goes on behind. */
static void go_on(int signo, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)signo;
	(void)info;
#ifdef __x86_64__
	/* The two bytes of `ud2' and of `mov %al, (%rdx)'. */
	uc->uc_mcontext.gregs[REG_RIP] += 2;
#else
	uc->uc_mcontext.pc += 4;
#endif
}

static void faults(void)
{
	struct sigaction a = { .sa_sigaction = go_on, .sa_flags = SA_SIGINFO };

	sigaction(SIGSEGV, &a, NULL);
	sigaction(SIGILL, &a, NULL);
#ifdef __x86_64__
	__asm__ volatile("ud2");
	__asm__ volatile("movb %%al, (%%rdx)" : : "d"(BAD) : "memory");
	__asm__ volatile("movb %%al, (%%rdx)" : : "d"(0) : "memory");
#else
	__asm__ volatile("udf #0");
	__asm__ volatile("strb w0, [%0]" : : "r"(BAD) : "memory");
#endif
}

static void paused(void)
{
	struct sigaction a = { .sa_handler = handler };
	int child;

	call(restart_syscall);
#ifdef SYS_pause
	sigaction(SIGALRM, &a, NULL);
	child = interrupt_when_asleep(SIGALRM);
	call(pause);
	interrupted(child);
#endif
}

static void killed(void)
{
	signal(SIGTERM, SIG_DFL);
	call(kill, getpid(), SIGTERM);
}

static void take_signals(void)
{
	struct sigaction real = { .sa_handler = handler };

	sigaction(SIGUSR1, &real, NULL);
	real.sa_flags = SA_SIGINFO;
	sigaction(SIGRTMIN + 1, &real, NULL);
}

static const struct family families[] = {
	{ "rt_sigaction", actions },
	{ "rt_sigprocmask", masks },
	{ "kill", kill_calls },
	{ "rt_sigqueueinfo", rt_sigqueueinfo_calls },
	{ "pidfd_send_signal", pidfd_send_signal_calls },
	{ "rt_sigtimedwait", waited_for },
	{ "sigaltstack", stacks },
	{ "fault", faults },
	{ "pause", paused },
	{ "killed", killed },
};

PROGRAM(take_signals, NULL)
