// SPDX-License-Identifier: GPL-2.0-or-later
/* Structs and variants of userspace/syscalls/process.c: births, waits, prctl, ptrace, and the like. */
#include <errno.h>
#include <linux/kcmp.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/uio.h>
#include <sys/wait.h>
#ifdef __x86_64__
#include <asm/ldt.h>
#include <asm/prctl.h>
#endif

#include "calls.h"

#define RAW_WALL 0x40000000

static struct iovec iov(const void *base, size_t len)
{
	return (struct iovec) { (void *)base, len };
}

static void reap(pid_t pid)
{
	if (pid > 0)
		call(wait4, pid, NULL, RAW_WALL, NULL);
}

/* clone of x86 with a child that ends at once. */
static void clones(void)
{
	static int tids[4];
	pid_t pid;

	pid = call(clone, SIGCHLD, 0, 0, 0, 0);
	if (!pid)
		_exit(0);
	reap(pid);
	pid = call(clone, CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, 0, tids,
		   tids + 1, 0);
	if (!pid)
		_exit(0);
	reap(pid);
	pid = call(clone, CLONE_PIDFD | SIGUSR1, 0, tids, 0, 0);
	if (!pid)
		_exit(0);
	close(tids[0]);
	reap(pid);
	pid = call(clone, CLONE_FS | CLONE_FILES | CLONE_PARENT_SETTID, 0, BAD, BAD, 0);
	if (!pid)
		_exit(0);
	reap(pid);
	call(clone, CLONE_SIGHAND | 0x3f, 0, 0, 0, 0);
	call(clone, CLONE_THREAD | CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID, 0x1000, tids, tids, 0x1234);
	call(clone, CLONE_PIDFD | CLONE_PARENT_SETTID, 0x1000, tids, tids, 0x1234);
	call(clone, CLONE_NEWUSER | CLONE_FS, 0x1000, 0, 0, 0);
	call(clone, 0xff00000000ff | CLONE_FS | CLONE_NEWNS, NULL, NULL, NULL, NULL);
}

static void clone3s(void)
{
	static uint64_t args[32];
	static int tids[4], set[64];
	struct clone_args *a = (void *)args;
	pid_t pid;
	unsigned int i;

	call(clone3, NULL, 0);
	call(clone3, NULL, 64);
	call(clone3, BAD, 64);
	call(clone3, a, 8);
	call(clone3, a, 63);
	*a = (struct clone_args) { .flags = CLONE_PARENT_SETTID | CLONE_CHILD_SETTID, .exit_signal = SIGCHLD,
		.parent_tid = (uintptr_t)tids, .child_tid = (uintptr_t)(tids + 1) };
	pid = call(clone3, a, 64);
	if (!pid)
		_exit(0);
	reap(pid);
	*a = (struct clone_args) { .flags = CLONE_PARENT_SETTID | CLONE_PIDFD, .exit_signal = SIGCHLD,
		.parent_tid = (uintptr_t)tids, .pidfd = (uintptr_t)(tids + 2) };
	pid = call(clone3, a, sizeof(*a));
	if (!pid)
		_exit(0);
	close(tids[2]);
	reap(pid);
	*a = (struct clone_args) { .flags = CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID, .parent_tid = (uintptr_t)BAD, .child_tid = (uintptr_t)BAD, .exit_signal = SIGUSR2 };
	pid = call(clone3, a, sizeof(*a));
	if (!pid)
		_exit(0);
	reap(pid);
	*a = (struct clone_args) { .flags = CLONE_NEWTIME | CLONE_INTO_CGROUP | CLONE_SETTLS | CLONE_CLEAR_SIGHAND | CLONE_FS | 0xfULL << 40,
		.exit_signal = 300, .stack = 0x1000, .stack_size = 0x2000, .tls = 0x3000, .cgroup = 77,
		.set_tid = (uintptr_t)set, .set_tid_size = 3 };
	set[0] = 12;
	set[1] = -1;
	call(clone3, a, sizeof(*a));
	call(clone3, a, 80);
	call(clone3, a, 72);
	call(clone3, a, 64);
	call(clone3, at_edge(a, 64), 64);
	call(clone3, at_edge(a, 64), 80);
	a->set_tid_size = 64;
	call(clone3, a, sizeof(*a));
	a->set_tid_size = 1UL << 40;
	a->set_tid = (uintptr_t)BAD;
	a->pidfd = 0x4321;
	a->flags = CLONE_PIDFD;
	call(clone3, a, sizeof(*a));
	a->set_tid = 0;
	a->set_tid_size = 1;
	call(clone3, a, sizeof(*a));
	a->set_tid_size = 0;
	a->set_tid = 1;
	call(clone3, a, sizeof(*a));
	args[11] = 0x5555;
	a->cgroup = 0;
	a->flags = CLONE_SIGHAND;
	a->set_tid = 0;
	call(clone3, a, sizeof(*a) + 16);
	args[11] = 0;
	call(clone3, a, sizeof(*a) + 8);
	args[11] = 1;
	call(clone3, at_edge(args, 92), sizeof(*a) + 16);
	for (i = 0; i < 32; i++)
		args[i] = ~0ULL;
	call(clone3, args, 256);
	call(clone3, args, 8192);
}

static void waits(void)
{
	static char rusage[144];
	static siginfo_t info;
	static int status;
	/* Which of several SIGCHLD comes would be a matter of time. */
	struct sigaction only_ends = { .sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP };
	pid_t pid;
	int i;

	sigaction(SIGCHLD, &only_ends, NULL);
	call(wait4, -1, &status, 0, rusage);
	call(wait4, 0, NULL, WNOHANG | WUNTRACED | WCONTINUED, NULL);
	call(wait4, -77, BAD, __WCLONE | __WALL | __WNOTHREAD | 0x100, BAD);
	call(waitid, P_ALL, 0, &info, WEXITED, rusage);
	call(waitid, P_PID, getpid(), NULL, WEXITED | WSTOPPED | WNOHANG | WNOWAIT, NULL);
	call(waitid, 17, -1, BAD, 0, BAD);
	call(waitid, P_PIDFD, 99, BAD, WEXITED, BAD);
	for (i = 0; i < 8; i++) {
		pid = call(fork);
		if (!pid) {
			if (i < 2)
				_exit(i * 42);
			if (i == 4)
				raise(SIGSTOP);
			else
				kill(getpid(), i == 3 ? SIGKILL : SIGTERM);
			for (;;)
				pause();
		}
		if (i == 4) {
			call(wait4, pid, &status, WUNTRACED, rusage);
			kill(pid, SIGCONT);
			call(wait4, pid, &status, WCONTINUED, rusage);
			kill(pid, SIGTERM);
		}
		if (i == 5) {
			call(waitid, P_PID, pid, &info, WEXITED | WNOWAIT, rusage);
			call(wait4, pid, at_edge(&status, 4), 0, at_edge(rusage, 144));
		} else if (i == 6) {
			call(wait4, pid, BAD, 0, BAD);
			call(wait4, pid, BAD, 0, BAD);
		} else if (i == 7) {
			call(waitid, P_PID, pid, at_edge(&info, 128), WEXITED, NULL);
		} else {
			call(wait4, pid, &status, 0, NULL);
		}
	}
	pid = call(fork);
	if (!pid)
		for (;;)
			pause();
	call(wait4, pid, &status, WNOHANG, rusage);
	call(waitid, P_PID, pid, &info, WEXITED | WNOHANG, rusage);
	kill(pid, SIGKILL);
	call(waitid, P_PID, pid, NULL, WEXITED | WNOWAIT, rusage);
	call(waitid, P_PID, pid, &info, WEXITED, rusage);
#ifdef SYS_vfork
	pid = vfork();
	if (!pid)
		_exit(3);
	call(wait4, pid, &status, 0, NULL);
#endif
}

static void prctl_to_memory(void)
{
	static const unsigned int ints_out[] = {
		PR_GET_PDEATHSIG, PR_GET_UNALIGN, PR_GET_FPEMU, PR_GET_FPEXC, PR_GET_ENDIAN, PR_GET_TSC,
		PR_GET_CHILD_SUBREAPER, PR_GET_TID_ADDRESS,
	};
	static unsigned long word;
	unsigned int i;

	for (i = 0; i < sizeof(ints_out) / sizeof(ints_out[0]); i++) {
		call(prctl, ints_out[i], &word, 0, 0, 0);
		call(prctl, ints_out[i], BAD, 1, 2, 3);
		call(prctl, ints_out[i], NULL, 1, 2, 3);
	}
}

static void prctl_gets(void)
{
	static const unsigned int gets[] = {
		PR_GET_DUMPABLE, PR_GET_KEEPCAPS, PR_GET_TIMING, PR_GET_SECCOMP, PR_GET_SECUREBITS,
		PR_GET_TIMERSLACK, PR_GET_NO_NEW_PRIVS, PR_GET_THP_DISABLE, PR_MCE_KILL_GET,
		PR_TASK_PERF_EVENTS_DISABLE, PR_TASK_PERF_EVENTS_ENABLE, PR_GET_FP_MODE, PR_SVE_GET_VL,
		PR_MPX_ENABLE_MANAGEMENT, PR_MPX_DISABLE_MANAGEMENT, PR_GET_TAGGED_ADDR_CTRL,
		PR_GET_IO_FLUSHER, PR_PAC_GET_ENABLED_KEYS, PR_SME_GET_VL,
	};
	unsigned int i;

	for (i = 0; i < sizeof(gets) / sizeof(gets[0]); i++) {
		call(prctl, gets[i], 0, 0, 0, 0);
		call(prctl, gets[i], 1, 2, 3, 4);
	}
}

static void prctl_sets(void)
{
	static const unsigned int sets[] = {
		PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_UNALIGN, PR_SET_KEEPCAPS, PR_SET_FPEMU,
		PR_SET_FPEXC, PR_SET_TIMING, PR_SET_ENDIAN, PR_CAPBSET_READ, PR_CAPBSET_DROP, PR_SET_TSC,
		PR_SET_SECUREBITS, PR_SET_TIMERSLACK, PR_MCE_KILL, PR_SET_CHILD_SUBREAPER,
		PR_SET_THP_DISABLE, PR_SET_FP_MODE, PR_CAP_AMBIENT, PR_SVE_SET_VL,
		PR_GET_SPECULATION_CTRL, PR_SET_SPECULATION_CTRL, PR_PAC_RESET_KEYS,
		PR_SET_TAGGED_ADDR_CTRL, PR_SET_IO_FLUSHER,
		PR_PAC_SET_ENABLED_KEYS, PR_SCHED_CORE, PR_SME_SET_VL, PR_SET_PTRACER,
		PR_SET_MM, PR_SET_VMA, 99,
	};
	static const unsigned long values[] = { 0, 1, 2, 3, 5, 38, 0x7fff, 0xdeadbeef, ~0UL };
	unsigned int i, k;

	for (i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		for (k = 0; k < sizeof(values) / sizeof(values[0]); k++) {
			call(prctl, sets[i], values[k], 1, 2, 3);
			call(prctl, sets[i], values[k], values[k], 0, 0xffffffff11111111);
		}
	}
}

static void prctl_name(void)
{
	static char name[32];

	call(prctl, PR_SET_NAME, "short");
	call(prctl, PR_SET_NAME, "longer than the fifteen characters");
	call(prctl, PR_SET_NAME, "123456789012345");
	call(prctl, PR_SET_NAME, "1234567890123456");
	call(prctl, PR_SET_NAME, string_at_edge("edge"));
	call(prctl, PR_SET_NAME, edge() - 3);
	call(prctl, PR_SET_NAME, BAD);
	call(prctl, PR_SET_NAME, NULL);
	call(prctl, PR_GET_NAME, name);
	call(prctl, PR_GET_NAME, BAD);
}

static void prctl_mm(void)
{
	static unsigned long word, aux[64];

	call(prctl, PR_SET_MM, PR_SET_MM_START_CODE, 0x1000, 0, 0);
	call(prctl, PR_SET_MM, PR_SET_MM_MAP_SIZE, &word, 0, 0);
	call(prctl, PR_SET_MM, PR_SET_MM_MAP_SIZE, BAD, 0, 0);
	call(prctl, PR_SET_MM, PR_SET_MM_MAP, &word, 4, 0);
	call(prctl, PR_SET_MM, PR_SET_MM_AUXV, aux, 16, 0);
	call(prctl, PR_SET_MM, PR_SET_MM_EXE_FILE, 99, 0, 0);
	call(prctl, PR_SET_MM, 0, 1, 2, 3);
	call(prctl, PR_SET_MM, PR_SET_MM_BRK, 0, 0, 0);
}

static void prctl_ambient(void)
{
	call(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, 13, 0, 0);
	call(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 77, 0, 0);
	call(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, 0, 1, 2);
	call(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	call(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 4);
}

static void prctl_vma(void)
{
	call(prctl, PR_SET_VMA, PR_SET_VMA_ANON_NAME, 0x10000, 0x1000, "a name");
	call(prctl, PR_SET_VMA, PR_SET_VMA_ANON_NAME, 0x10000, 0x1000, NULL);
	call(prctl, PR_SET_VMA, PR_SET_VMA_ANON_NAME, 0x10000, 0x1000, BAD);
	call(prctl, PR_SET_VMA, PR_SET_VMA_ANON_NAME, 0x10000, 0x1000,
	     "a name so long that it is longer than what is allowed, which is eighty characters with the NUL");
	call(prctl, PR_SET_VMA, 7, 0x10000, 0x1000, 0x2000);
}

static void prctl_speculation(void)
{
	call(prctl, PR_GET_SPECULATION_CTRL, PR_SPEC_STORE_BYPASS, 0, 0, 0);
	call(prctl, PR_GET_SPECULATION_CTRL, PR_SPEC_INDIRECT_BRANCH, 0, 0, 0);
	call(prctl, PR_GET_SPECULATION_CTRL, PR_SPEC_L1D_FLUSH, 0, 0, 0);
	call(prctl, PR_SET_SPECULATION_CTRL, PR_SPEC_STORE_BYPASS, PR_SPEC_ENABLE, 0, 0);
	call(prctl, PR_SET_SPECULATION_CTRL, PR_SPEC_STORE_BYPASS, PR_SPEC_DISABLE_NOEXEC, 0, 1);
}

static void prctl_mce(void)
{
	call(prctl, PR_MCE_KILL, PR_MCE_KILL_SET, PR_MCE_KILL_EARLY, 0, 0);
	call(prctl, PR_MCE_KILL, PR_MCE_KILL_CLEAR, 0, 0, 0);
	call(prctl, PR_MCE_KILL, PR_MCE_KILL_SET, 9, 1, 0);
	call(prctl, PR_MCE_KILL_GET, 0, 0, 0, 0);
}

static void prctl_sched_core(void)
{
	static unsigned long word;

	call(prctl, PR_SCHED_CORE, PR_SCHED_CORE_GET, getpid(), 0, &word);
	call(prctl, PR_SCHED_CORE, PR_SCHED_CORE_SHARE_TO, 1, 1, 0);
	call(prctl, PR_SCHED_CORE, 9, 1, 2, 0);
}

static void prctl_dispatch(void)
{
	call(prctl, PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, -1, 0x1000, -1);
	call(prctl, PR_SET_SYSCALL_USER_DISPATCH, 7, 1, 2, 3);
	call(prctl, PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_OFF, 0, 0, 0);
}

static void prctl_seccomp(void)
{
	call(prctl, PR_SET_SECCOMP, 2, BAD, 0, 0);
	call(prctl, PR_SET_SECCOMP, 2, NULL, 0, 0);
	call(prctl, PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0);
	call(prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	call(prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
}

static void prctl_others(void)
{
	static unsigned long word;

	call(prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
	call(prctl, PR_SET_PTRACER, getpid(), 0, 0, 0);
	call(prctl, PR_SET_PTRACER, -1, 0, 0, 0);
	call(prctl, PR_SET_SECUREBITS, 0xff, 0, 0, 0);
	call(prctl, PR_SET_SECUREBITS, 0, 0, 0, 0);
	call(prctl, PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
	call(prctl, PR_GET_PDEATHSIG, &word, 0, 0, 0);
	call(prctl, PR_SET_PDEATHSIG, 0, 0, 0, 0);
}

static void personality_calls(void)
{
	call(personality, 0xffffffff);
	call(personality, 0);
	call(personality, 0xffffffff);
	call(personality, 0x0040000 | 0x0004000);
	call(personality, 8 | 0x8000000);
	call(personality, 0xffffff);
	call(personality, 0xffffffff);
	call(personality, 0x33);
	call(personality, 0);
}

#ifdef SYS_arch_prctl
static void arch_prctl_calls(void)
{
	static unsigned long word;

	call(arch_prctl, ARCH_GET_FS, &word);
	call(arch_prctl, ARCH_GET_FS, BAD);
	call(arch_prctl, ARCH_GET_GS, &word);
	call(arch_prctl, ARCH_SET_GS, 0);
	call(arch_prctl, ARCH_SET_GS, -1L);
	call(arch_prctl, ARCH_GET_CPUID, 0);
	call(arch_prctl, ARCH_SET_CPUID, 1);
	call(arch_prctl, ARCH_GET_XCOMP_SUPP, &word);
	call(arch_prctl, ARCH_GET_XCOMP_PERM, &word);
	call(arch_prctl, ARCH_GET_XCOMP_PERM, BAD);
	call(arch_prctl, ARCH_REQ_XCOMP_PERM, 17);
	call(arch_prctl, ARCH_REQ_XCOMP_PERM, 18);
	call(arch_prctl, ARCH_GET_XCOMP_GUEST_PERM, &word);
	call(arch_prctl, ARCH_REQ_XCOMP_GUEST_PERM, 99);
	call(arch_prctl, 0x2001, 0);
	call(arch_prctl, 0x3001, &word);
	call(arch_prctl, 0x1234, 5);
}
#endif

#ifdef __x86_64__
static void thread_area_calls(void)
{
	struct user_desc desc = { .entry_number = -1, .base_addr = 0x1000, .limit = 0xfffff, .seg_32bit = 1,
				  .contents = 2, .limit_in_pages = 1, .useable = 1 };

	call(set_thread_area, &desc);
	call(set_thread_area, NULL);
	call(set_thread_area, BAD);
	call(get_thread_area, &desc);
	desc.entry_number = 12;
	call(get_thread_area, &desc);
	call(get_thread_area, BAD);
	call(set_thread_area, at_edge(&desc, sizeof(desc)));
	call(set_thread_area, edge() - 8);
}
#endif

#ifdef __x86_64__
static void modify_ldt_calls(void)
{
	struct user_desc desc = { .entry_number = 12, .base_addr = 0x1000, .limit = 0xfffff, .seg_32bit = 1,
				  .contents = 2, .limit_in_pages = 1, .useable = 1 };
	static struct user_desc many[3];
	int last = -1;

	call(modify_ldt, 0, many, sizeof(many));
	call(modify_ldt, 2, many, sizeof(many));
	call(modify_ldt, 1, &desc, sizeof(desc));
	call(modify_ldt, 1, &desc, 8);
	desc.entry_number = 0;
	desc.lm = 1;
	desc.read_exec_only = 1;
	desc.seg_not_present = 1;
	call(modify_ldt, 17, &desc, sizeof(desc));
	call(modify_ldt, 0, many, sizeof(many));
	call(modify_ldt, 1, BAD, sizeof(desc));
	call(modify_ldt, 17, NULL, sizeof(desc));
	call(modify_ldt, last, &desc, ~0UL);
}
#endif

static void robust_list_calls(void)
{
	static long head[3];
	static void *got;
	static size_t len;

	call(set_robust_list, head, 24);
	call(set_robust_list, NULL, 23);
	call(get_robust_list, 0, &got, &len);
	call(get_robust_list, 0x7fffffff, &got, &len);
	call(get_robust_list, 0, BAD, BAD);
	call(get_robust_list, 0, NULL, NULL);
	call(set_tid_address, NULL);
	call(set_tid_address, &len);
}

static void rseq_calls(void)
{
	static struct { uint32_t words[8]; } __attribute__((aligned(32))) area;

	call(rseq, &area, 32, 0, 0x53053053);
	call(rseq, BAD, 32, 0, 0);
	call(rseq, NULL, 4096, 0, 1);
}

static void process_vm_calls(void)
{
	static char bytes[64] = "some bytes to be copied by the kernel, more than the limit", to[64];
	struct iovec here[4] = { iov(bytes, 10), iov(bytes + 3, 50), iov(NULL, 0), iov(BAD, 4) };
	struct iovec there[4] = { iov(to, 30), iov(to + 30, 30), iov(BAD, 1), iov(NULL, 2) };
	pid_t pid = getpid();

	call(process_vm_writev, pid, here, 2, there, 2, 0);
	call(process_vm_readv, pid, there, 2, here, 2, 0);
	call(process_vm_readv, pid, there, 1, here, 2, 0);
	call(process_vm_readv, pid, there, 4, here, 4, 0);
	call(process_vm_writev, pid, here, 4, there, 4, 7);
	call(process_vm_writev, pid, NULL, 4, BAD, 4, 0);
	call(process_vm_readv, pid, BAD, 4, NULL, 4, 0);
	call(process_vm_readv, pid, at_edge(here, 24), 2, at_edge(there, 24), 2, 0);
	call(process_vm_readv, -1, here, 0, there, 0, 0);
}

static void kcmp_calls(void)
{
	pid_t pid = getpid();

	call(kcmp, pid, pid, KCMP_VM, 0, 1);
	call(kcmp, pid, pid, KCMP_FILES, 0, 1);
	call(kcmp, pid, pid, KCMP_SYSVSEM, 4, 5);
	call(kcmp, pid, -1, KCMP_TYPES, 4, 5);
	{
		struct kcmp_epoll_slot slot = { 3, 4, 5 };

		call(kcmp, pid, pid, KCMP_EPOLL_TFD, 0, &slot);
		call(kcmp, pid, pid, KCMP_EPOLL_TFD, 0, NULL);
		call(kcmp, pid, pid, KCMP_EPOLL_TFD, 0, BAD);
		call(kcmp, pid, pid, KCMP_EPOLL_TFD, 0, at_edge(&slot, 12));
		call(kcmp, pid, pid, KCMP_EPOLL_TFD, 0, edge() - 4);
	}
	call(kcmp, pid, pid, 99, 1, 2);
}

static void pidfd_calls(void)
{
	pid_t pid = getpid();
	int fd = call(pidfd_open, pid, 0);

	close(call(pidfd_getfd, fd, 0, 0));
	call(pidfd_getfd, fd, 99, 5);
	call(pidfd_getfd, 99, -1, 0);
	call(pidfd_open, -1, O_NONBLOCK);
	call(pidfd_open, 0, 1);
	call(process_mrelease, 99, 0);
	call(process_mrelease, -1, 0xff);
	close(fd);
}

static void setns_calls(void)
{
	int fd = call(pidfd_open, getpid(), 0);

	call(setns, fd, 0);
	call(setns, fd, CLONE_NEWNS | CLONE_NEWTIME);
	call(setns, 99, CLONE_NEWNET);
	call(setns, 0, 1);
	close(fd);
}

static void unshare_calls(void)
{
	call(unshare, 0);
	call(unshare, CLONE_FS | CLONE_FILES);
	call(unshare, CLONE_NEWTIME | 0x1);
	call(unshare, CLONE_THREAD);
	call(unshare, 0xff);
}

static void execve_calls(void)
{
	static char *argv[] = { "a", "b", "c", NULL }, *envp[] = { "X=1", "Y=2", NULL };

	call(execveat, AT_FDCWD, "/nowhere", argv, envp, 0);
	call(execveat, 99, "nowhere", NULL, NULL, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW);
	call(execveat, 99, BAD, BAD, BAD, 0x77);
	argv[1] = BAD;
	call(execve, "/nowhere", argv, envp);
	call(execve, "/nowhere", at_edge(argv, 16), at_edge(envp, 16));
}

static void ignore_signals(void)
{
	signal(SIGUSR1, SIG_IGN);
	signal(SIGUSR2, SIG_IGN);
}

static const struct family families[] = {
	{ "clone", clones },
	{ "clone3", clone3s },
	{ "wait", waits },
	{ "personality", personality_calls },
#ifdef SYS_arch_prctl
	{ "arch_prctl", arch_prctl_calls },
	{ "thread_area", thread_area_calls },
	{ "modify_ldt", modify_ldt_calls },
#endif
	{ "robust_list", robust_list_calls },
	{ "rseq", rseq_calls },
	{ "process_vm", process_vm_calls },
	{ "kcmp", kcmp_calls },
	{ "pidfd", pidfd_calls },
	{ "setns", setns_calls },
	{ "unshare", unshare_calls },
	{ "execve", execve_calls },
	{ "prctl_to_memory", prctl_to_memory },
	{ "prctl_gets", prctl_gets },
	{ "prctl_sets", prctl_sets },
	{ "prctl_name", prctl_name },
	{ "prctl_mm", prctl_mm },
	{ "prctl_ambient", prctl_ambient },
	{ "prctl_vma", prctl_vma },
	{ "prctl_speculation", prctl_speculation },
	{ "prctl_mce", prctl_mce },
	{ "prctl_sched_core", prctl_sched_core },
	{ "prctl_dispatch", prctl_dispatch },
	{ "prctl_seccomp", prctl_seccomp },
	{ "prctl_others", prctl_others },
};

PROGRAM(ignore_signals, NULL)
