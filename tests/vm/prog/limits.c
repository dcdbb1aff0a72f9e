/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * limits FIRST LAST: makes the calls of these numbers, each with many sets of arguments at limits:
 * no pointers at all, bad ones, texts and vectors that run up to memory that is not there, lengths
 * far beyond what is there. All calls of a number are made by one child: chdir("/call NUMBER"), the
 * calls, exit_group. Prints a line for each number: it, how many calls were made, and what signal
 * ended the child, if one did.
 *
 * To be harmless the children are nobody, in name spaces of their own as far as the kernel has
 * them, in a folder they cannot write to. What would stop a child, or make more of them, is not
 * called, or not with those arguments.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE		4096L
/* The lower half, taken for a number, is no file, process, signal or flag of unshare(2). */
#define BASE		0x240000000L
#define NOBODY		65534

/* Each area ends where memory ends. */
enum area { ZEROS, TEXT, ENDLESS, VECTOR, IOV, IOV_BAD, IOV_OVERLAP, MSG, NR_AREAS };

#define AREA_PAGES	4
#define AREA_STEP	((AREA_PAGES + 1) * PAGE)
#define AREA(i)		(BASE + (i) * AREA_STEP)
#define AREA_END(i)	(AREA(i) + AREA_PAGES * PAGE)

static const char text[] = "/no/such/file/is/here";

/* Addresses in the areas. An iovec begins so that 1024 of them end with memory; a text ends with it. */
#define P_ZEROS		(AREA_END(ZEROS) - PAGE)
#define P_TEXT		(AREA_END(TEXT) - (long)sizeof(text))
#define P_ENDLESS	(AREA_END(ENDLESS) - 100)
#define P_VECTOR	(AREA_END(VECTOR) - PAGE)
#define P_IOV(i)	(AREA_END(i) - 1024 * (long)sizeof(struct iovec))
#define P_MSG		(AREA_END(MSG) - (long)sizeof(struct msghdr))
#define P_UNMAPPED	AREA_END(ZEROS)
#define P_KERNEL	((long)0xffff888000000000ul)
#define P_NOT_CANONICAL	0x800000000001L
#define P_END_OF_USER	0x7ffffffff000L

#define ALL(v)		{ v, v, v, v, v, v }
#define FD(fd, p, n)	{ fd, p, n, p, n, p }
#define LENGTH(p, n)	{ p, n, p, n, p, n }
#define AT(p)		{ AT_FDCWD, p, p, p, p, p }

static const long patterns[][6] = {
	ALL(0), ALL(-1), ALL(1), ALL(P_KERNEL), ALL(P_NOT_CANONICAL), ALL(P_END_OF_USER), ALL(P_UNMAPPED),
	ALL(P_ZEROS), ALL(P_ZEROS + 1), ALL(P_ZEROS + PAGE - 1), ALL(P_TEXT), ALL(P_ENDLESS),
	ALL(P_ENDLESS + 99), ALL(P_VECTOR), ALL(P_VECTOR + 3), ALL(P_IOV(IOV)), ALL(P_MSG),

	FD(-1, P_ZEROS, 8), FD(-1, P_ZEROS, 0), FD(-1, P_IOV(IOV), 1024), FD(-1, P_IOV(IOV), 1025),
	FD(-1, P_IOV(IOV_BAD), 1024), FD(-1, P_IOV(IOV_OVERLAP), 1024), FD(-1, P_IOV(IOV), INT_MAX),
	FD(-1, P_TEXT, -1), FD(-1, P_TEXT, INT_MAX), FD(-1, P_ENDLESS, 1L << 32), FD(-1, P_MSG, 0),
	FD(-1, P_VECTOR, 8), FD(-1, P_KERNEL, -1),
	FD(0, P_IOV(IOV), 1024), FD(0, P_IOV(IOV_BAD), 1024), FD(0, P_IOV(IOV_OVERLAP), 1024),
	FD(0, P_TEXT, -1), FD(0, P_ZEROS, INT_MAX), FD(0, P_KERNEL, 100),

	LENGTH(P_ZEROS, 8), LENGTH(P_ZEROS, -1), LENGTH(P_IOV(IOV), 1024), LENGTH(P_TEXT, -1),
	LENGTH(P_ENDLESS, 1L << 32), LENGTH(P_VECTOR, 0),

	AT(P_TEXT), AT(P_ENDLESS), AT(P_VECTOR), AT(P_UNMAPPED),
};

#define NR_PATTERNS	(sizeof(patterns) / sizeof(patterns[0]))

/* Never made. */
static const int never[] = {
	SYS_exit, SYS_exit_group, SYS_rt_sigreturn,
#ifdef SYS_fork
	SYS_fork, SYS_vfork, SYS_pause,
#endif
#ifdef __x86_64__
	335, 336,		/* uretprobe, uprobe: kill whoever is not a probed program */
#endif
};

/* Made with this argument only. */
static const struct {
	int nr, arg;
	long value;
} fixed[] = {
	/* memory: nothing of ours goes */
	{ SYS_munmap, 1, 0 }, { SYS_mremap, 3, -1 }, { SYS_mprotect, 1, 0 }, { SYS_pkey_mprotect, 1, 0 },
	{ SYS_madvise, 1, 0 }, { SYS_mmap, 3, MAP_PRIVATE }, { 462 /* mseal */, 1, 0 },
	/* tasks: none is made, signalled or traced */
	{ SYS_clone, 0, CLONE_SIGHAND }, { SYS_clone3, 1, -1 }, { SYS_ptrace, 0, -1 }, { SYS_seccomp, 0, -1 },
	{ SYS_kill, 1, 0 }, { SYS_tkill, 1, 0 }, { SYS_tgkill, 2, 0 }, { SYS_rt_sigqueueinfo, 1, 0 },
	{ SYS_rt_tgsigqueueinfo, 2, 0 }, { SYS_pidfd_send_signal, 1, 0 },
	/* time: none is spent, and its limit stays */
	{ SYS_setrlimit, 0, RLIMIT_CORE },
	{ SYS_pselect6, 4, P_ZEROS }, { SYS_ppoll, 2, P_ZEROS }, { SYS_futex, 3, P_ZEROS },
	{ SYS_msgrcv, 4, IPC_NOWAIT }, { SYS_msgsnd, 3, IPC_NOWAIT }, { SYS_semop, 2, 0 },
	{ SYS_futex_waitv, 3, P_ZEROS }, { 455 /* futex_wait */, 4, P_ZEROS }, { SYS_rt_sigsuspend, 1, 0 },
#ifdef SYS_select
	{ SYS_select, 4, P_ZEROS }, { SYS_poll, 2, 0 },
	/* Not the 1 s of 1: the processor can stand still for that long. */
	{ SYS_alarm, 0, 200 },
#endif
};

static long *made;		/* shared with the child */
static char pristine[NR_AREAS][AREA_PAGES * PAGE];

/* ---- memory ---- */

/* At the address that an area's byte has in its pristine copy. */
static void *copy_of(enum area area, long address)
{
	return pristine[area] + (address - AREA(area));
}

static void fill_iov(enum area area)
{
	struct iovec *iov = copy_of(area, P_IOV(area));
	int i;

	for (i = 0; i < 1024; i++) {
		iov[i].iov_base = (void *)(area == IOV_OVERLAP ? P_IOV(area) + i : P_TEXT);
		iov[i].iov_len = area == IOV_OVERLAP ? 64 : sizeof(text);
	}
	if (area == IOV_BAD)
		iov[512].iov_base = (void *)P_KERNEL;
}

static void fill_pristine(void)
{
	struct msghdr bad = {
		.msg_name = (void *)P_KERNEL, .msg_namelen = INT_MAX, .msg_iov = (void *)P_UNMAPPED,
		.msg_iovlen = 1024, .msg_control = (void *)P_NOT_CANONICAL, .msg_controllen = SIZE_MAX,
	};
	long *vector = copy_of(VECTOR, P_VECTOR);
	size_t i;

	memcpy(copy_of(TEXT, P_TEXT), text, sizeof(text));
	memset(pristine[ENDLESS], 'x', sizeof(pristine[ENDLESS]));
	for (i = 0; i < PAGE / sizeof(long); i++)
		vector[i] = P_TEXT;
	fill_iov(IOV);
	fill_iov(IOV_BAD);
	fill_iov(IOV_OVERLAP);
	memcpy(copy_of(MSG, P_MSG), &bad, sizeof(bad));
}

static bool map_areas(void)
{
	int i;

	for (i = 0; i < NR_AREAS; i++) {
		if (mmap((void *)AREA(i), AREA_PAGES * PAGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != (void *)AREA(i))
			return false;
	}
	made = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return made != MAP_FAILED;
}

/* A call may have written to them. Only the vectors of iovecs are longer than a page. */
static void refill(void)
{
	int i;

	for (i = 0; i < NR_AREAS; i++) {
		long start = i >= IOV && i <= IOV_OVERLAP ? AREA(i) : AREA_END(i) - PAGE;

		memcpy((void *)start, copy_of(i, start), AREA_END(i) - start);
	}
}

/* ---- calls ---- */

static bool is_made(int nr)
{
	size_t i;

	for (i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		if (never[i] == nr)
			return false;
	}
	return true;
}

/* An iovec taken for a time is some centuries. */
static bool sleeps(int nr, const long *args)
{
	return (nr == SYS_nanosleep && args[0] == P_IOV(IOV)) ||
	       (nr == SYS_clock_nanosleep && args[2] == P_IOV(IOV));
}

static void make_calls(int nr)
{
	size_t i, j;

	for (i = 0; i < NR_PATTERNS; i++) {
		long a[6];

		memcpy(a, patterns[i], sizeof(a));
		for (j = 0; j < sizeof(fixed) / sizeof(fixed[0]); j++) {
			if (fixed[j].nr == nr)
				a[fixed[j].arg] = fixed[j].value;
		}
		if (sleeps(nr, a))
			continue;
		refill();
		++*made;
		syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
	}
}

/* Little more memory than there is now, no core file, nothing to write to, an end should a call not return. */
static void restrict_child(void)
{
	struct rlimit memory = { .rlim_cur = 256 << 20, .rlim_max = 256 << 20 }, none = { 0 };

	if (setrlimit(RLIMIT_AS, &memory) || setrlimit(RLIMIT_CORE, &none) ||
	    syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) || syscall(SYS_setgroups, 0, NULL) ||
	    syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		_exit(2);
	dup2(STDIN_FILENO, STDOUT_FILENO);
	dup2(STDIN_FILENO, STDERR_FILENO);
	alarm(200);
}

static bool run_child(int nr)
{
	char mark[32];
	int status;
	pid_t pid;

	*made = 0;
	sprintf(mark, "/call %d", nr);
	pid = fork();
	if (pid == 0) {
		restrict_child();
		chdir(mark);
		make_calls(nr);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return false;
	printf("%d %ld", nr, *made);
	if (WIFSIGNALED(status))
		printf(" SIG%s", sigabbrev_np(WTERMSIG(status)));
	putchar('\n');
	return WIFSIGNALED(status) ? WTERMSIG(status) != SIGALRM : WEXITSTATUS(status) == 0;
}

static int run_all(int first, int last)
{
	int nr, status = 0;

	for (nr = first; nr <= last; nr++) {
		if (is_made(nr) && !run_child(nr)) {
			fprintf(stderr, "call %d: cannot be made, or does not return\n", nr);
			status = 1;
		}
	}
	return status;
}

/* ---- surroundings ---- */

static void enter_new_spaces(void)
{
	static const int spaces[] = { CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWPID };
	size_t i;

	for (i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		unshare(spaces[i]);
}

int main(int argc, char **argv)
{
	static char folder[] = "/tmp/limits.XXXXXX";
	int status = -1;
	pid_t pid;

	if (argc != 3 || geteuid() != 0) {
		fprintf(stderr, "usage: limits FIRST LAST, as root\n");
		return 2;
	}
	close(STDIN_FILENO);
	if (open("/dev/null", O_RDWR) != 0 || !map_areas() || !mkdtemp(folder) || chmod(folder, 0555) ||
	    chdir(folder)) {
		perror("limits");
		return 2;
	}
	fill_pristine();
	umask(0);
	enter_new_spaces();
	/* The first child of a new space of processes is the one that the others need. */
	pid = fork();
	if (pid == 0) {
		status = run_all(atoi(argv[1]), atoi(argv[2]));
		_exit(fflush(stdout) ? 1 : status);
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
	if (rmdir(folder)) {
		perror(folder);
		return 1;
	}
	return status != 0;
}
