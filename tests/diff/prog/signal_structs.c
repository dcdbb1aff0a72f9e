// SPDX-License-Identifier: GPL-2.0-or-later
/* Structs and variants of userspace/syscalls/signal.c. */
#include <errno.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>

#include "calls.h"

/* The kernel's. */
struct action {
	void *handler;
	unsigned long flags;
	void *restorer;
	uint64_t mask;
};

#ifndef SS_AUTODISARM
#define SS_AUTODISARM (1U << 31)
#endif

#define RESTORER 0x04000000UL

static void handler(int signo)
{
	(void)signo;
}

static void actions(void)
{
	static struct action old, act;
	static const unsigned long flags[] = {
		0, RESTORER, SA_NOCLDSTOP | SA_NOCLDWAIT, SA_SIGINFO | SA_ONSTACK | SA_RESTART | SA_NODEFER,
		0x80000000UL, RESTORER | SA_RESETHAND, 0x400 | 0x800, 0x100, 0x12345678, ~0UL, 0x1000000,
		0x100000000UL,
	};
	unsigned int i;

	for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		act.flags = flags[i];
		act.handler = SIG_DFL;
		act.mask = i * 0x40001;
		act.restorer = (void *)0x1234;
		call(rt_sigaction, SIGUSR1, &act, &old, 8);
	}
	act.handler = SIG_IGN;
	call(rt_sigaction, SIGUSR1, &act, NULL, 8);
	act.handler = (void *)2;
	call(rt_sigaction, SIGUSR1, &act, &old, 8);
	act.handler = (void *)-1L;
	call(rt_sigaction, SIGUSR1, &act, &old, 8);
	act.handler = handler;
	act.flags = 0;
	call(rt_sigaction, SIGUSR1, NULL, &old, 8);
	call(rt_sigaction, SIGUSR1, NULL, NULL, 8);
	call(rt_sigaction, SIGUSR1, BAD, BAD, 8);
	call(rt_sigaction, SIGKILL, &act, &old, 8);
	call(rt_sigaction, 77, &act, &old, 8);
	call(rt_sigaction, 64, &act, &old, 4);
	call(rt_sigaction, 33, &act, &old, 16);
	call(rt_sigaction, 32, &act, &old, 0);
	call(rt_sigaction, 34, &act, NULL, 7);
	call(rt_sigaction, 35, &act, NULL, 128);
	call(rt_sigaction, SIGUSR2, at_edge(&act, 24), NULL, 8);
	call(rt_sigaction, SIGUSR2, at_edge(&act, 31), NULL, 8);
	call(rt_sigaction, SIGUSR2, NULL, room_at_edge(24), 8);
	act.handler = SIG_DFL;
	call(rt_sigaction, SIGUSR1, &act, NULL, 8);
	call(rt_sigaction, SIGUSR2, &act, NULL, 8);
}

static void rt_sigprocmask_calls(void)
{
	static uint64_t set, old[16];
	unsigned int i;

	for (i = 0; i <= 64; i++) {
		set = i == 64 ? ~0ULL : (1ULL << i) - 1;
		call(rt_sigprocmask, SIG_BLOCK, &set, old, 8);
		call(rt_sigprocmask, SIG_SETMASK, old, &set, 8);
	}
	set = 0;
	call(rt_sigprocmask, SIG_SETMASK, &set, NULL, 8);
	for (i = 0; i <= 17; i++)
		call(rt_sigprocmask, SIG_BLOCK, old, old, i);
	call(rt_sigprocmask, SIG_BLOCK, old, old, 128);
	call(rt_sigprocmask, SIG_BLOCK, old, old, 1UL << 33);
	call(rt_sigprocmask, 9, &set, NULL, 8);
	call(rt_sigprocmask, SIG_BLOCK, NULL, NULL, 8);
	call(rt_sigprocmask, SIG_BLOCK, BAD, BAD, 8);
	call(rt_sigprocmask, SIG_BLOCK, at_edge(&set, 7), NULL, 8);
	call(rt_sigprocmask, SIG_BLOCK, at_edge(&set, 4), NULL, 4);
	call(rt_sigprocmask, SIG_BLOCK, NULL, room_at_edge(4), 4);
	call(rt_sigprocmask, SIG_BLOCK, NULL, room_at_edge(4), 8);
}

static void rt_sigpending_calls(void)
{
	static uint64_t set, old[16];

	call(rt_sigpending, old, 8);
	call(rt_sigpending, old, 4);
	call(rt_sigpending, old, 16);
	call(rt_sigpending, BAD, 8);
	call(rt_sigpending, NULL, 8);
	call(rt_sigpending, NULL, 0);
	call(rt_sigsuspend, &set, 4);
	call(rt_sigsuspend, NULL, 8);
	call(rt_sigsuspend, BAD, 8);
	call(rt_sigsuspend, &set, 9);
}

static void blocked(uint64_t set, int how)
{
	call(rt_sigprocmask, how, &set, NULL, 8);
}

#define BIT(s) (1ULL << ((s) - 1))

static void waits(void)
{
	static siginfo_t info;
	struct timespec now = { 0, 1 }, bad = { -1, -1 };
	uint64_t set = BIT(SIGUSR1) | BIT(SIGALRM) | BIT(SIGCHLD) | BIT(34) | BIT(SIGIO) | BIT(SIGSYS);

	blocked(set, SIG_BLOCK);
	call(rt_sigtimedwait, &set, &info, &now, 8);
	call(rt_sigtimedwait, &set, NULL, &bad, 8);
	call(rt_sigtimedwait, BAD, BAD, BAD, 8);
	call(rt_sigtimedwait, NULL, NULL, NULL, 8);
	call(rt_sigtimedwait, &set, &info, &now, 4);
	kill(getpid(), SIGUSR1);
	call(rt_sigpending, &info, 8);
	call(rt_sigtimedwait, &set, &info, &now, 8);
	syscall(SYS_tkill, getpid(), SIGUSR1);
	call(rt_sigtimedwait, &set, &info, NULL, 8);
	kill(getpid(), SIGUSR1);
	call(rt_sigtimedwait, &set, BAD, NULL, 8);
	kill(getpid(), SIGUSR1);
	call(rt_sigtimedwait, &set, NULL, NULL, 8);
	kill(getpid(), 34);
	call(rt_sigtimedwait, &set, NULL, NULL, 8);
	blocked(set, SIG_UNBLOCK);
}

static void rt_sigqueueinfo_calls(void)
{
	static const int codes[] = { SI_USER, SI_QUEUE, SI_TIMER, SI_MESGQ, SI_ASYNCIO, SI_SIGIO, SI_TKILL, -7, -60, -99, SI_KERNEL, 1, 2, 3, 4, 5, 6, 7, 99 };
	static const int signals[] = { SIGUSR1, SIGCHLD, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGIO, SIGSYS, 34, 0, 99 };
	static union { siginfo_t info; unsigned char bytes[128]; } u;
	unsigned int i, k;

	signal(34, SIG_IGN);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		for (k = 0; k < sizeof(codes) / sizeof(codes[0]); k++) {
			memset(&u, 0, sizeof(u));
			u.info.si_signo = signals[i];
			u.info.si_errno = k % 3 ? 0 : k;
			u.info.si_code = codes[k];
			memset(u.bytes + 16, k & 1 ? 0 : 1, 48);
			call(rt_sigqueueinfo, -1, signals[i], &u);
			u.bytes[25] = 9;
			call(rt_sigqueueinfo, -1, signals[i], &u);
			memset(u.bytes + 16, 0xff, 48);
			u.info.si_errno = 99999;
			call(rt_sigqueueinfo, -1, signals[i], &u);
		}
	}
	u.info.si_signo = 34;
	u.info.si_code = SI_QUEUE;
	call(rt_sigqueueinfo, getpid(), 34, &u);
	call(rt_sigqueueinfo, getpid(), 34, BAD);
	call(rt_sigqueueinfo, getpid(), 34, NULL);
	call(rt_sigqueueinfo, getpid(), 34, at_edge(&u, 128));
	call(rt_tgsigqueueinfo, getpid(), gettid(), 34, &u);
	call(rt_tgsigqueueinfo, -1, 0, 77, BAD);
}

static void pidfd_send_signal_calls(void)
{
	static union { siginfo_t info; unsigned char bytes[128]; } u;
	int fd = syscall(SYS_pidfd_open, getpid(), 0);

	signal(34, SIG_IGN);
	u.info.si_signo = 34;
	u.info.si_errno = 99999;
	u.info.si_code = SI_QUEUE;
	memset(u.bytes + 16, 0xff, 48);
	call(pidfd_send_signal, fd, 0, NULL, 0);
	call(pidfd_send_signal, fd, 34, &u, 0);
	call(pidfd_send_signal, fd, 34, &u, 3);
	call(pidfd_send_signal, 99, 35, BAD, 0x70);
	close(fd);
}

static void kill_calls(void)
{
	call(kill, -1, 99);
	call(kill, getpid(), 0);
	call(tkill, getpid(), 0);
	call(tgkill, getpid(), -1, SIGTERM);
	call(tgkill, 0, 0, 65);
}

static void stacks(void)
{
	static char room[65536];
	stack_t ss = { .ss_sp = room, .ss_size = sizeof(room) }, old;

	call(sigaltstack, &ss, &old);
	call(sigaltstack, NULL, &old);
	ss.ss_flags = SS_AUTODISARM;
	call(sigaltstack, &ss, &old);
	ss.ss_flags = SS_ONSTACK;
	call(sigaltstack, &ss, &old);
	ss.ss_flags = SS_DISABLE;
	call(sigaltstack, &ss, &old);
	ss.ss_flags = 0x1230;
	call(sigaltstack, &ss, &old);
	ss.ss_flags = SS_AUTODISARM | SS_DISABLE | 8;
	ss.ss_sp = NULL;
	call(sigaltstack, &ss, &old);
	call(sigaltstack, BAD, BAD);
	call(sigaltstack, NULL, NULL);
	call(sigaltstack, at_edge(&ss, sizeof(ss)), NULL);
	call(sigaltstack, at_edge(&ss, 16), NULL);
}

static void returns(void)
{
	struct sigaction act = { .sa_handler = handler, .sa_flags = SA_RESTART };
	struct timespec long_time = { 300, 0 };
	uint64_t none = 0;
	int child;

	sigemptyset(&act.sa_mask);
	sigaddset(&act.sa_mask, SIGUSR2);
	sigaction(SIGALRM, &act, NULL);
	sigaction(SIGUSR1, &act, NULL);
	kill(getpid(), SIGUSR1);
	blocked(BIT(SIGHUP) | BIT(SIGUSR2), SIG_BLOCK);
	kill(getpid(), SIGUSR1);
	child = interrupt_when_asleep(SIGALRM);
	call(nanosleep, &long_time, NULL);
	interrupted(child);
	child = interrupt_when_asleep(SIGALRM);
	call(rt_sigsuspend, &none, 8);
	interrupted(child);
#ifdef SYS_pause
	child = interrupt_when_asleep(SIGALRM);
	call(pause);
	interrupted(child);
#endif
	call(restart_syscall);
	blocked(BIT(SIGHUP) | BIT(SIGUSR2), SIG_UNBLOCK);
}

static const struct family families[] = {
	{ "rt_sigaction", actions },
	{ "rt_sigprocmask", rt_sigprocmask_calls },
	{ "rt_sigpending", rt_sigpending_calls },
	{ "rt_sigtimedwait", waits },
	{ "rt_sigqueueinfo", rt_sigqueueinfo_calls },
	{ "pidfd_send_signal", pidfd_send_signal_calls },
	{ "kill", kill_calls },
	{ "sigaltstack", stacks },
	{ "rt_sigreturn", returns },
};

PROGRAM(NULL, NULL)
