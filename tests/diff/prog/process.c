// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls of userspace/syscalls/process.c. Its children are waited for at once. A family traces one of
 * them itself, which works only if nobody else does: run it without -f to see that.
 */
#include <elf.h>
#include <errno.h>
#include <linux/kcmp.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <sched.h>
#include <signal.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#ifdef __x86_64__
#include <asm/ldt.h>
#include <asm/prctl.h>
#endif

#include "calls.h"

static void wait_for(int pid)
{
	int status;

	call(wait4, pid, &status, 0, NULL);
}

/* A child that stays until it is killed; made so that the parent need not wait to find it asleep. */
static int sleeping_child(void)
{
	int pid = call_nr(SYS_clone, SIGCHLD, 0, 0, 0, 0);

	if (pid == 0) {
		for (;;)
			call(ppoll, NULL, 0, NULL, NULL, 8);
	}
	return pid;
}

static void wait_calls(void)
{
	int child = sleeping_child();
	/* Which of several SIGCHLD comes would be a matter of time. */
	struct sigaction only_ends = { .sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP };
	struct rusage ru;
	siginfo_t info;
	int status = 0;

	sigaction(SIGCHLD, &only_ends, NULL);
	call(wait4, child, &status, WNOHANG, NULL);
	call(wait4, -1, NULL, WNOHANG | WUNTRACED | WCONTINUED | __WALL, NULL);
	call(wait4, 0, NULL, 0x12345678, NULL);
	call(wait4, INT32_MIN, BAD, WNOHANG, BAD);
	call(waitid, P_PID, child, &info, WEXITED | WNOHANG, NULL);
	call(waitid, P_ALL, 0, NULL, WEXITED | WSTOPPED | WNOHANG | WNOWAIT, NULL);
	call(waitid, P_PGID, 0, &info, WEXITED | WNOHANG, &ru);
	call(waitid, P_PIDFD, NO_FD, BAD, WEXITED, NULL);
	call(waitid, 99, -1, NULL, 0, BAD);
	call(kill, child, SIGSTOP);
	call(waitid, P_PID, child, &info, WSTOPPED, NULL);
	call(kill, child, SIGCONT);
	call(wait4, child, &status, WCONTINUED, NULL);
	call(kill, child, SIGTERM);
	call(waitid, P_PID, child, &info, WEXITED | WNOWAIT, &ru);
	call(wait4, child, &status, 0, &ru);
	call(wait4, child, &status, 0, NULL);
}

static void exit_with(int status)
{
	int pid = call_nr(SYS_clone, SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		call(exit_group, status);
	wait_for(pid);
}

static void exits(void)
{
	exit_with(0);
	exit_with(255);
	exit_with(-1);
}

#ifdef SYS_fork
static void forks(void)
{
	int pid;

	pid = call(fork);
	if (pid == 0)
		call(exit, 7);
	wait_for(pid);
	pid = syscall(SYS_vfork, 0, 0, 0, 0, 0, 0) == 0 ? (syscall(SYS_exit, 8), 0) : -1;
	wait_for(pid);
}
#endif

static void clones(void)
{
	int tid = 0, pid;

	pid = call(clone, CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, 0, &tid, &tid, 0);
	if (pid == 0)
		call(exit, 0);
	wait_for(pid);
	call(clone, CLONE_THREAD | SIGUSR1, 0x1000, NULL, NULL, 0);
	call(clone, CLONE_FS | CLONE_NEWNS, BAD, BAD, BAD, BAD);
}

static void clone3s(void)
{
	struct clone_args args = { .exit_signal = SIGCHLD };
	uint64_t big[16] = { 0 };
	int pidfd = -1, tid = 0, pid;

	pid = call(clone3, &args, sizeof(args));
	if (pid == 0)
		call(exit, 0);
	wait_for(pid);
	args.flags = CLONE_PIDFD | CLONE_PARENT_SETTID;
	args.pidfd = (uintptr_t)&pidfd;
	args.parent_tid = (uintptr_t)&tid;
	pid = call(clone3, &args, sizeof(args));
	if (pid == 0)
		call(exit, 0);
	wait_for(pid);
	close(pidfd);
	args.flags = CLONE_SIGHAND | CLONE_THREAD;
	args.stack = 0x1000;
	args.stack_size = 0x2000;
	args.tls = 0x7000;
	call(clone3, &args, sizeof(args));
	args = (struct clone_args) { .exit_signal = 77, .set_tid = (uintptr_t)&tid, .set_tid_size = 1 };
	call(clone3, &args, sizeof(args));
	call(clone3, &args, CLONE_ARGS_SIZE_VER0);
	call(clone3, &args, 7);
	memcpy(big, &args, sizeof(args));
	big[15] = 1;
	call(clone3, big, sizeof(big));
	call(clone3, NULL, sizeof(args));
	call(clone3, BAD, sizeof(args));
}

static void execves(void)
{
	static char *many[300];
	char *argv[] = { "name", "second", "", "with \"quotes\" and \n", NULL }, *envp[] = { "A=1", "B=", NULL };
	char *bad[] = { "good", BAD, NULL };
	unsigned long args[3];
	int i;

	for (i = 0; i < 299; i++)
		many[i] = "argument";
	call(execve, "none", argv, envp);
	call(execve, "none", NULL, NULL);
	call(execve, "none", BAD, BAD);
	call(execve, "none", bad, envp);
	call(execve, NULL, argv, envp);
	call(execve, BAD, argv, bad);
	call(execve, "none", argv + 4, envp + 2);
	call(execve, "none", many, many);
	args[0] = (uintptr_t)argv[0];
	args[1] = (uintptr_t)argv[1];
	call(execve, "none", at_edge(args, 2 * sizeof(args[0])), envp);
}

static void execveats(void)
{
	char *argv[] = { "name", "second", "", "with \"quotes\" and \n", NULL }, *envp[] = { "A=1", "B=", NULL };
	int fd = open(".", O_PATH | O_DIRECTORY);

	call(execveat, AT_FDCWD, "none", argv, envp, 0);
	call(execveat, fd, "none", argv, NULL, AT_SYMLINK_NOFOLLOW);
	call(execveat, NO_FD, "", argv, envp, AT_EMPTY_PATH);
	call(execveat, AT_FDCWD, BAD, BAD, BAD, 0x8888);
	close(fd);
}

#ifdef SYS_uselib
static void uselibs(void)
{
	call(uselib, "none");
	call(uselib, NULL);
}
#endif

static void identities(void)
{
	call(getpid);
	call(gettid);
	call(getppid);
	call(getpgid, 0);
	call(getpgid, -1);
#ifdef SYS_getpgrp
	call(getpgrp);
#endif
	call(getsid, 0);
	call(getsid, INT32_MAX);
	call(setpgid, 0, 0);
	call(setpgid, -1, -1);
	call(setpgid, INT32_MAX, 5);
	call(setsid);
}

static void robust_lists(void)
{
	size_t length;
	void *head;

	call(set_tid_address, NULL);
	call(set_robust_list, BAD, 24);
	call(set_robust_list, NULL, 5);
	call(get_robust_list, 0, &head, &length);
	call(get_robust_list, 0, NULL, BAD);
	call(get_robust_list, INT32_MAX, &head, &length);
	call(set_robust_list, NULL, 24);
}

static void rseqs(void)
{
	call(rseq, BAD, 32, 0, 0x53053053);
	call(rseq, NULL, 0, 1, 0);
}

static void prctls(void)
{
	char name[17] = "fixed name", buf[64];
	int value = 0;
	struct { unsigned short len; void *filter; } fprog = { 1, BAD };

	call(prctl, PR_GET_NAME, name);
	call(prctl, PR_SET_NAME, "differs");
	call(prctl, PR_SET_NAME, "much longer than fifteen bytes");
	call(prctl, PR_SET_NAME, BAD);
	call(prctl, PR_GET_NAME, NULL);
	call(prctl, PR_SET_PDEATHSIG, SIGTERM);
	call(prctl, PR_GET_PDEATHSIG, &value);
	call(prctl, PR_SET_PDEATHSIG, 0);
	call(prctl, PR_SET_PDEATHSIG, 100);
	call(prctl, PR_GET_DUMPABLE);
	call(prctl, PR_SET_DUMPABLE, 1);
	call(prctl, PR_SET_DUMPABLE, 7);
	call(prctl, PR_GET_KEEPCAPS);
	call(prctl, PR_SET_KEEPCAPS, 0);
	call(prctl, PR_GET_TIMING);
	call(prctl, PR_SET_TIMING, 5);
	call(prctl, PR_GET_SECCOMP);
	call(prctl, PR_SET_SECCOMP, 2, &fprog);
	call(prctl, PR_SET_SECCOMP, 99, NULL);
	call(prctl, PR_CAPBSET_READ, 0);
	call(prctl, PR_CAPBSET_READ, 21);
	call(prctl, PR_CAPBSET_DROP, 99);
	call(prctl, PR_GET_TSC, &value);
	call(prctl, PR_SET_TSC, 1);
	call(prctl, PR_SET_TSC, 9);
	call(prctl, PR_GET_SECUREBITS);
	call(prctl, PR_SET_SECUREBITS, 0xffff);
	call(prctl, PR_GET_TIMERSLACK);
	call(prctl, PR_SET_TIMERSLACK, 60000);
	call(prctl, PR_MCE_KILL, PR_MCE_KILL_SET, PR_MCE_KILL_DEFAULT, 0, 0);
	call(prctl, PR_MCE_KILL, 9, 9, 9, 9);
	call(prctl, PR_MCE_KILL_GET, 0, 0, 0, 0);
	call(prctl, PR_SET_MM, PR_SET_MM_START_CODE, 1, 0, 0);
	call(prctl, PR_SET_MM, 99, BAD, 5, 0);
	call(prctl, PR_SET_CHILD_SUBREAPER, 1);
	call(prctl, PR_GET_CHILD_SUBREAPER, &value);
	call(prctl, PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0);
	call(prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
	call(prctl, PR_GET_TID_ADDRESS, buf);
	call(prctl, PR_SET_THP_DISABLE, 1, 0, 0, 0);
	call(prctl, PR_GET_THP_DISABLE, 0, 0, 0, 0);
	call(prctl, PR_SET_PTRACER, -1);
	call(prctl, PR_SET_PTRACER, 0);
	call(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, 12, 0, 0);
	call(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	call(prctl, PR_CAP_AMBIENT, 9, 99, 0, 0);
	call(prctl, PR_GET_SPECULATION_CTRL, PR_SPEC_STORE_BYPASS, 0, 0, 0);
	call(prctl, PR_SET_SPECULATION_CTRL, 77, PR_SPEC_DISABLE, 0, 0);
	call(prctl, PR_SET_IO_FLUSHER, 0, 0, 0, 0);
	call(prctl, PR_GET_IO_FLUSHER, 0, 0, 0, 0);
	call(prctl, PR_GET_UNALIGN, &value);
	call(prctl, PR_GET_FPEMU, &value);
	call(prctl, PR_GET_ENDIAN, &value);
	call(prctl, PR_SET_VMA, 0, 0x20000000, 4096, "named");
	call(prctl, PR_SCHED_CORE, 0, 0, 0, BAD);
	call(prctl, 12345, 0x11, 0x22, 0x33, 0x44);
	call(prctl, -1, -1, -1, -1, -1);
}

static void personalities(void)
{
	int old;

	old = call(personality, 0xffffffff);
	call(personality, PER_LINUX32 | ADDR_NO_RANDOMIZE);
	call(personality, 0x12345678);
	call(personality, old);
}

#ifdef SYS_arch_prctl
static void arch_prctls(void)
{
	char buf[64];

	call(arch_prctl, ARCH_GET_FS, buf);
	call(arch_prctl, ARCH_GET_GS, buf);
	call(arch_prctl, ARCH_SET_GS, 0);
	call(arch_prctl, ARCH_GET_FS, BAD);
	call(arch_prctl, 0x1011, 0);
	call(arch_prctl, 0x77777, NULL);
}
#endif

static void trace(int child)
{
	struct user_regs_struct user;
	struct iovec regs = { &user, sizeof(user) };
	unsigned long message;
	siginfo_t info;

	call(ptrace, PTRACE_INTERRUPT, child, 0, 0);
	wait_for(child);
	call(ptrace, PTRACE_GETSIGINFO, child, 0, &info);
	call(ptrace, PTRACE_GETEVENTMSG, child, 0, &message);
	call(ptrace, PTRACE_GETEVENTMSG, child, 0, NULL);
	call(ptrace, PTRACE_GETREGSET, child, NT_PRSTATUS, &regs);
	call(ptrace, PTRACE_PEEKUSER, child, 8, &message);
	call(ptrace, PTRACE_PEEKTEXT, child, BAD, &message);
	call(ptrace, PTRACE_POKEDATA, child, BAD, 77);
	call(ptrace, PTRACE_DETACH, child, 0, SIGCONT);
}

static void process_vm(void)
{
	char mine[16] = "mine", theirs[16] = "theirs";
	struct iovec local[2] = { { mine, 4 }, { mine + 4, 8 } }, remote[2] = { { theirs, 8 }, { BAD, 10 } };
	int self = getpid(), child = sleeping_child();

	call(process_vm_readv, self, local, 2, remote, 1, 0);
	call(process_vm_readv, child, local, 1, remote, 2, 0);
	call(process_vm_readv, self, NULL, 1, BAD, 1, 0);
	call(process_vm_writev, self, local, 1, remote, 1, 0);
	call(process_vm_writev, INT32_MAX, local, 2, remote, 2, 7);
	call(process_vm_writev, self, local, -1, remote, 0, 0);
	call(kill, child, SIGKILL);
	wait_for(child);
}

static void kcmps(void)
{
	int self = getpid(), child = sleeping_child();

	call(kcmp, self, self, KCMP_FILE, 1, 2);
	call(kcmp, self, self, KCMP_VM, 5, 6);
	call(kcmp, self, child, KCMP_FS, 0, 0);
	call(kcmp, self, self, KCMP_EPOLL_TFD, 0, BAD);
	call(kcmp, -1, -1, 99, -1, -1);
	call(kill, child, SIGKILL);
	wait_for(child);
}

static void ptraces(void)
{
	int self = getpid(), child = sleeping_child();

	call(ptrace, PTRACE_PEEKDATA, self, BAD, BAD);
	call(ptrace, PTRACE_SETOPTIONS, INT32_MAX, 0, 0xff000000);
	if (call(ptrace, PTRACE_SEIZE, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) == 0)
		trace(child);
	call(ptrace, 0x9999, child, 1, 2);
	call(kill, child, SIGKILL);
	wait_for(child);
}

static void process_descriptors(void)
{
	int child = sleeping_child(), fd = call(pidfd_open, child, 0);

	call(pidfd_open, INT32_MAX, 0);
	call(pidfd_open, child, O_NONBLOCK | 0x10);
	close(call(pidfd_getfd, fd, 0, 0));
	call(pidfd_getfd, fd, NO_FD, 0);
	call(pidfd_getfd, NO_FD, -1, 5);
	call(process_mrelease, fd, 0);
	call(process_mrelease, NO_FD, 7);
	close(fd);
	call(kill, child, SIGKILL);
	wait_for(child);
}

static void unshares(void)
{
	call(unshare, CLONE_FS | CLONE_FILES);
	call(unshare, 0);
	call(unshare, 0x1ff);
}

static void setnss(void)
{
	int fd = open("/proc/self/ns/uts", O_RDONLY);

	call(setns, NO_FD, CLONE_NEWUTS);
	call(setns, fd, CLONE_NEWNET | CLONE_NEWPID);
	call(setns, fd, 0x5);
	close(fd);
}

#ifdef __x86_64__
static void segments(void)
{
	struct user_desc desc = { .entry_number = -1, .base_addr = 0x1000, .limit = 0xfffff, .seg_32bit = 1,
				  .limit_in_pages = 1, .useable = 1 };

	call(modify_ldt, 0, &desc, 0);
	call(modify_ldt, 1, &desc, sizeof(desc));
	desc.entry_number = 1;
	call(modify_ldt, 17, &desc, sizeof(desc));
	call(modify_ldt, 1, &desc, 3);
	call(modify_ldt, 2, NULL, 0);
	call(modify_ldt, 99, BAD, 16);
	call(set_thread_area, &desc);
	call(set_thread_area, NULL);
	call(get_thread_area, &desc);
	call(get_thread_area, BAD);
}
#endif

static const struct family families[] = {
	{ "pidfd", process_descriptors },
	{ "process_vm", process_vm },
	{ "kcmp", kcmps },
	{ "ptrace", ptraces },
	{ "wait", wait_calls },
	{ "exit", exits },
#ifdef SYS_fork
	{ "fork", forks },
#endif
	{ "clone", clones },
	{ "clone3", clone3s },
	{ "execve", execves },
	{ "execveat", execveats },
#ifdef SYS_uselib
	{ "uselib", uselibs },
#endif
	{ "getpid", identities },
	{ "robust_list", robust_lists },
	{ "rseq", rseqs },
	{ "prctl", prctls },
	{ "personality", personalities },
#ifdef SYS_arch_prctl
	{ "arch_prctl", arch_prctls },
#endif
	{ "unshare", unshares },
	{ "setns", setnss },
#ifdef __x86_64__
	{ "segments", segments },
#endif
};

PROGRAM(NULL, NULL)
