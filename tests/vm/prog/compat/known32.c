/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The known calls of a 32-bit program: i386, x32 or arm, whichever it is built for. Makes them,
 * writes the lines that the trace of them must have to the file argv[1], and becomes the program
 * argv[2] if there is one.
 */
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "../expect.h"

/* What a register takes: x32's have 64 bits, and the C library's syscall() passes them whole. */
#ifdef __x86_64__
typedef long long word;
#else
typedef long word;
#endif

static long call(long nr, word a, word b, word c, word d, word e, word f)
{
	return syscall(nr, a, b, c, d, e, f);
}

/* Raw. Arguments left out are 0; a pointer needs a P(), lest it be extended as a signed number. */
#define CALL6(nr, a, b, c, d, e, f, ...) \
	call(nr, (word)(a), (word)(b), (word)(c), (word)(d), (word)(e), (word)(f))
#define NUMBER(nr, ...) CALL6(nr, __VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define CALL(name, ...) NUMBER(SYS_##name, __VA_ARGS__)
#define P(pointer) ((uintptr_t)(pointer))

#define FILE_NAME "known32.tmp"

#ifdef __arm__
#define KERNEL_O_LARGEFILE 0400000
#else
#define KERNEL_O_LARGEFILE 0100000
#endif

/* Flags, negative numbers, words that are no address: the same in all three. */
static void common(void)
{
	char buf[64];
	long fd, ret;

	fd = CALL(open, P(FILE_NAME), O_RDWR | O_CREAT | O_TRUNC | KERNEL_O_LARGEFILE, 0640);
	line(res(fd), "open(\"" FILE_NAME "\", O_RDWR|O_CREAT|O_TRUNC|O_LARGEFILE, 0640");
	ret = CALL(openat, AT_FDCWD, P("."), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	line(res(ret), "openat(AT_FDCWD, \".\", O_RDONLY|O_NOFOLLOW|O_DIRECTORY");
	ret = CALL(close, ret);
	line(res(ret), "close(%ld", fd + 1);
	ret = CALL(openat, -1, P("relative"), O_PATH);
	line(res(ret), "openat(-1, \"relative\", O_RDONLY|O_PATH");
	ret = CALL(write, fd, P("a\tb\0c"), 5);
	line(res(ret), "write(%ld, \"a\\tb\\0c\", 5", fd);
	ret = CALL(write, -1, 0, 0xfffffffful);
	line(res(ret), "write(-1, NULL, 4294967295");
	ret = CALL(write, fd, 0xffffff00ul, 3);
	line(res(ret), "write(%ld, 0xffffff00, 3", fd);
	ret = CALL(lseek, fd, -4, SEEK_END);
	line(res(ret), "lseek(%ld, -4, SEEK_END", fd);
	ret = CALL(read, fd, P(buf), sizeof(buf));
	line(res(ret), "read(%ld, \"\\tb\\0c\", 64", fd);
	ret = CALL(access, P("/nonexistent"), R_OK);
	line(res(ret), "access(\"/nonexistent\", R_OK");
	ret = CALL(access, 0, F_OK);
	line(res(ret), "access(NULL, F_OK");
	ret = CALL(readlink, P("/proc/self/fd/nothing"), P(buf), 64);
	line(res(ret), "readlink(\"/proc/self/fd/nothing\", %p, 64", (void *)buf);
	ret = CALL(ioctl, fd, FIOCLEX, 0);
	line(res(ret), "ioctl(%ld, FIOCLEX", fd);
	ret = CALL(fallocate, fd, 1, 0, 0, 0, 0);
	line(res(ret), "fallocate(%ld, FALLOC_FL_KEEP_SIZE, 0, 0", fd);
	ret = CALL(clone, CLONE_THREAD, 0, 0, 0, 0);
	line(res(ret), "clone(child_stack=NULL, flags=CLONE_THREAD");
	ret = CALL(wait4, -1, 0, WNOHANG, 0);
	line(res(ret), "wait4(-1, NULL, WNOHANG, NULL");
	ret = CALL(socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	line(res(ret), "socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0");
	ret = CALL(close, ret);
	line(res(ret), "close(%ld", fd + 1);
	ret = CALL(umask, 027);
	line("022", "umask(027");
	ret = CALL(umask, 022);
	line("027", "umask(022");
	ret = CALL(unlink, P(FILE_NAME));
	line(res(ret), "unlink(\"" FILE_NAME "\"");
	ret = CALL(close, fd);
	line(res(ret), "close(%ld", fd);
}

/* Names on pages of a file mapping that are not in memory, at an address that differs from run to run. */
static void cold(void)
{
	enum { PAGES = 8 };
	int fd = open("cold32.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *map;
	long ret;
	int i;

	if (fd < 0 || ftruncate(fd, PAGES * 4096L))
		exit(1);
	for (i = 0; i < PAGES; i++) {
		char name[32];

		if (pwrite(fd, name, sprintf(name, "/cold32/%d", i), i * 4096L) < 0)
			exit(1);
	}
	map = mmap(NULL, PAGES * 4096L, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED || madvise(map, PAGES * 4096L, MADV_RANDOM))
		exit(1);
	close(fd);
	begin();
	for (i = 0; i < PAGES; i++) {
		ret = CALL(access, P(map + i * 4096), F_OK);
		line(res(ret), "access(\"/cold32/%d\", F_OK", i);
	}
	end();
}

static sigjmp_buf back;
static char *volatile nowhere = (char *)16;

static void handler(int signo)
{
	(void)signo;
}

static void handler_info(int signo, siginfo_t *info, void *context)
{
	(void)signo;
	(void)info;
	(void)context;
}

static void handler_back(int signo)
{
	(void)signo;
	siglongjmp(back, 1);
}

static void signals(void)
{
	struct sigaction plain = { .sa_handler = handler };
	struct sigaction info = { .sa_sigaction = handler_info, .sa_flags = SA_SIGINFO };
	struct sigaction jumps = { .sa_handler = handler_back, .sa_flags = SA_NODEFER };
	siginfo_t value = { .si_signo = SIGUSR2, .si_code = SI_QUEUE };
	long pid = getpid();
	long ret;

	value.si_pid = pid;
	value.si_int = -2;
	sigaction(SIGUSR1, &plain, NULL);
	sigaction(SIGUSR2, &info, NULL);
	sigaction(SIGSEGV, &jumps, NULL);
	block_two();
	begin();
	ret = CALL(kill, pid, SIGUSR1);
	line(res(ret), "kill(%ld, SIGUSR1", pid);
	add("--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=%ld, si_uid=0} ---\n", pid);
#ifdef SYS_sigreturn
	line(res(ret), "sigreturn({mask=[HUP RT_2]}");
#else
	line(res(ret), "rt_sigreturn({mask=[HUP RT_2]}");
#endif
	ret = CALL(rt_sigqueueinfo, pid, SIGUSR2, P(&value));
	line(res(ret), "rt_sigqueueinfo(%ld, SIGUSR2, {si_signo=SIGUSR2, si_code=SI_QUEUE, si_pid=%ld, si_uid=0, si_int=-2, si_ptr=0xfffffffe}",
	     pid, pid);
	add("--- SIGUSR2 {si_signo=SIGUSR2, si_code=SI_QUEUE, si_pid=%ld, si_uid=0, si_int=-2, si_ptr=0xfffffffe} ---\n",
	    pid);
	line(res(ret), "rt_sigreturn({mask=[HUP RT_2]}");
	if (!sigsetjmp(back, 0))
		*nowhere = 0;
	add("--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=0x10} ---\n");
	ret = CALL(getpid, 0);
	line(res(ret), "getpid(");
	end();
}

static void unknown_numbers(void)
{
	long ret;

#ifdef __x86_64__
	ret = NUMBER(0x40000000 + 999, 1, -2, 3, 4, 5, 6);
	line(res(ret), "syscall_0x400003e7(0x1, 0xfffffffffffffffe, 0x3, 0x4, 0x5, 0x6");
#else
	ret = NUMBER(999, 1, -2, 3, 4, 5, 6);
	line(res(ret), "syscall_0x3e7(0x1, 0xfffffffe, 0x3, 0x4, 0x5, 0x6");
	ret = NUMBER(70000, 1, -2, 3, 4, 5, 0);
	line(res(ret), "syscall_0x11170(0x1, 0xfffffffe, 0x3, 0x4, 0x5, 0");
#endif
}

#ifdef __x86_64__
/* Values of 64 bits in one register, and numbers above 512 for what a 64-bit program does otherwise. */
static void own(void)
{
	char buf[64];
	long fd, ret;

	fd = CALL(open, P(FILE_NAME), O_RDWR | O_CREAT | O_TRUNC, 0640);
	line(res(fd), "open(\"" FILE_NAME "\", O_RDWR|O_CREAT|O_TRUNC, 0640");
	ret = CALL(ftruncate, fd, 0x100000005);
	line(res(ret), "ftruncate(%ld, 4294967301", fd);
	ret = CALL(pwrite64, fd, P("far"), 3, 0x100000003);
	line(res(ret), "pwrite64(%ld, \"far\", 3, 4294967299", fd);
	ret = CALL(pread64, fd, P(buf), 2, 0x100000004);
	line(res(ret), "pread64(%ld, \"ar\", 2, 4294967300", fd);
	ret = CALL(pread64, fd, P(buf), 2, -1);
	line(res(ret), "pread64(%ld, %p, 2, -1", fd, (void *)buf);
	ret = CALL(lseek, fd, 0x100000003, SEEK_SET);
	line("4294967299", "lseek(%ld, 4294967299, SEEK_SET", fd);
	ret = CALL(readv, fd, P(buf), 0);
	line(res(ret), "readv(%ld, [], 0", fd);
	ret = CALL(preadv, fd, P(buf), 0, 0x300000007);
	line(res(ret), "preadv(%ld, [], 0, 12884901895", fd);
	ret = CALL(preadv2, fd, P(buf), 0, 0x300000007, 8);
	line(res(ret), "preadv2(%ld, [], 0, 12884901895, RWF_NOWAIT", fd);
	ret = CALL(pwritev, -1, 0, 1, 0);
	line(res(ret), "pwritev(-1, NULL, 1, 0");
	ret = CALL(rt_sigaction, SIGUSR1, 0, 0, 5);
	line(res(ret), "rt_sigaction(SIGUSR1, NULL, NULL, 5");
	ret = CALL(waitid, P_ALL, 0, 0, WEXITED | WNOHANG, 0);
	line(res(ret), "waitid(P_ALL, 0, NULL, WNOHANG|WEXITED, NULL");
	ret = CALL(setsockopt, -1, SOL_SOCKET, SO_DEBUG, 0, 4);
	line(res(ret), "setsockopt(-1, SOL_SOCKET, SO_DEBUG, NULL, 4");
	ret = CALL(recvfrom, -1, P(buf), 64, MSG_DONTWAIT, 0, 0);
	line(res(ret), "recvfrom(-1, %p, 64, MSG_DONTWAIT, NULL, NULL", (void *)buf);
	ret = CALL(mmap, 0, 4096, PROT_READ, MAP_SHARED, fd, 0x100000000);
	line(addr(ret), "mmap(NULL, 4096, PROT_READ, MAP_SHARED, %ld, 0x100000000", fd);
	munmap((void *)P(ret), 4096);
	line("0", "munmap(%s, 4096", addr(ret));
	ret = CALL(unlink, P(FILE_NAME));
	line(res(ret), "unlink(\"" FILE_NAME "\"");
	ret = CALL(close, fd);
	line(res(ret), "close(%ld", fd);
}
#else
/* Values of 64 bits in two words; arm begins a pair in an even register, whatever is in the one before. */
#ifdef __arm__
#define PAIR(low, high) 77, low, high
#else
#define PAIR(low, high) low, high
#endif

static void offsets(long fd)
{
	char buf[64];
	long long pos;
	long ret;

	ret = CALL(ftruncate64, fd, PAIR(5, 1));
	line(res(ret), "ftruncate64(%ld, 4294967301", fd);
	ret = CALL(truncate64, P(FILE_NAME), PAIR(0, 2));
	line(res(ret), "truncate64(\"" FILE_NAME "\", 8589934592");
	ret = CALL(truncate64, P(FILE_NAME), PAIR(-1, -1));
	line(res(ret), "truncate64(\"" FILE_NAME "\", -1");
	ret = CALL(pwrite64, fd, P("far"), 3, PAIR(3, 1));
	line(res(ret), "pwrite64(%ld, \"far\", 3, 4294967299", fd);
	ret = CALL(pread64, fd, P(buf), 2, PAIR(4, 1));
	line(res(ret), "pread64(%ld, \"ar\", 2, 4294967300", fd);
	ret = CALL(pread64, fd, P(buf), 2, PAIR(-1, -1));
	line(res(ret), "pread64(%ld, %p, 2, -1", fd, (void *)buf);
	ret = CALL(preadv, fd, P(buf), 0, 7, 3);
	line(res(ret), "preadv(%ld, [], 0, 12884901895", fd);
	ret = CALL(readahead, fd, PAIR(0, 1), 4096);
	line(res(ret), "readahead(%ld, 4294967296, 4096", fd);
	ret = CALL(fallocate, fd, 1, 0, 1, 1, 0);
	line(res(ret), "fallocate(%ld, FALLOC_FL_KEEP_SIZE, 4294967296, 1", fd);
	ret = CALL(fanotify_mark, -1, 1, 0x20, 0x80000000, AT_FDCWD, P("/"));
	line(res(ret), "fanotify_mark(-1, FAN_MARK_ADD, FAN_OPEN|0x8000000000000000, AT_FDCWD, \"/\"");
	ret = CALL(_llseek, fd, 1, 0x80000000, P(&pos), SEEK_SET);
	line(res(ret), "_llseek(%ld, 6442450944, [6442450944], SEEK_SET", fd);
	ret = CALL(_llseek, fd, -1, -5, P(&pos), SEEK_SET);
	line(res(ret), "_llseek(%ld, -5, %p, SEEK_SET", fd, (void *)&pos);
	/* 6442450944 is more than lseek can return: the program gets the lower half. */
	ret = CALL(lseek, fd, 0, SEEK_CUR);
	line("2147483648", "lseek(%ld, 0, SEEK_CUR", fd);
	ret = CALL(mmap2, 0, 4096, PROT_READ, MAP_SHARED, fd, 0x100000);
	line(addr(ret), "mmap2(NULL, 4096, PROT_READ, MAP_SHARED, %ld, 0x100000000", fd);
	munmap((void *)ret, 4096);
	line("0", "munmap(%s, 4096", addr(ret));
}

#ifdef __i386__
static void only_here(long fd)
{
	long pid = getpid();
	char buf[64];
	long ret;

	line(res(pid), "getpid(");
	/* glibc enters the kernel by way of the vDSO; this is the other way. */
	asm volatile("int $0x80" : "=a"(ret) : "a"(SYS_access), "b"("/nonexistent"), "c"(F_OK) : "memory");
	errno = -ret;
	line(res(-1), "access(\"/nonexistent\", F_OK");
	ret = CALL(fadvise64, fd, 0, 1, 4096, POSIX_FADV_WILLNEED);
	line(res(ret), "fadvise64(%ld, 4294967296, 4096, POSIX_FADV_WILLNEED", fd);
	ret = CALL(fadvise64_64, fd, 1, 1, 0, 1, POSIX_FADV_WILLNEED);
	line(res(ret), "fadvise64_64(%ld, 4294967297, 4294967296, POSIX_FADV_WILLNEED", fd);
	ret = CALL(sync_file_range, fd, 0, 1, 4096, 0, 2);
	line(res(ret), "sync_file_range(%ld, 4294967296, 4096, SYNC_FILE_RANGE_WRITE", fd);
	ret = CALL(socketcall, 1, 0);
	line(res(ret), "socketcall(SYS_SOCKET, NULL");
	ret = CALL(waitpid, -1, 0, WNOHANG);
	line(res(ret), "waitpid(-1, NULL, WNOHANG");
	ret = CALL(mmap, 0);
	line(res(ret), "mmap(NULL");
	ret = CALL(select, 0);
	line(res(ret), "select(NULL");
	ret = CALL(umount, P("/nonexistent"));
	line(res(ret), "umount(\"/nonexistent\"");
	ret = CALL(oldstat, P("/nonexistent"), P(buf));
	line(res(ret), "oldstat(\"/nonexistent\", %p", (void *)buf);
}
#else
static void only_here(long fd)
{
	void *tls = __builtin_thread_pointer();
	char buf[64];
	long ret;

	ret = NUMBER(__ARM_NR_set_tls, P(tls), 2, 3, 4, 5, 6);
	line(res(ret), "set_tls(%p", tls);
	ret = NUMBER(__ARM_NR_cacheflush, P(buf), P(buf + 64), 0, 4, 5, 6);
	line(res(ret), "cacheflush(%p, %p, 0", (void *)buf, (void *)(buf + 64));
	ret = NUMBER(__ARM_NR_cacheflush, P(buf + 64), P(buf), 0, 4, 5, 6);
	line(res(ret), "cacheflush(%p, %p, 0", (void *)(buf + 64), (void *)buf);
	/* Above __ARM_NR_BASE, but no call. */
	ret = NUMBER(0x0f0700, 1, 2, 3, 4, 5, 6);
	line(res(ret), "syscall_0xf0700(0x1, 0x2, 0x3, 0x4, 0x5, 0x6");
	ret = CALL(arm_fadvise64_64, fd, POSIX_FADV_WILLNEED, 1, 1, 0, 1);
	line(res(ret), "arm_fadvise64_64(%ld, POSIX_FADV_WILLNEED, 4294967297, 4294967296", fd);
	ret = CALL(arm_sync_file_range, fd, 2, 0, 1, 4096, 0);
	line(res(ret), "arm_sync_file_range(%ld, SYNC_FILE_RANGE_WRITE, 4294967296, 4096", fd);
	ret = CALL(send, -1, P("text"), 4, MSG_DONTWAIT);
	line(res(ret), "send(-1, \"text\", 4, MSG_DONTWAIT");
}
#endif

static void own(void)
{
	char buf[64];
	long fd, ret;

	fd = CALL(open, P(FILE_NAME), O_RDWR | O_CREAT | O_TRUNC | KERNEL_O_LARGEFILE, 0640);
	line(res(fd), "open(\"" FILE_NAME "\", O_RDWR|O_CREAT|O_TRUNC|O_LARGEFILE, 0640");
	offsets(fd);
	only_here(fd);
	ret = CALL(fcntl64, fd, F_SETFD, FD_CLOEXEC);
	line(res(ret), "fcntl64(%ld, F_SETFD, FD_CLOEXEC", fd);
	ret = CALL(stat64, P("/nonexistent"), P(buf));
	line(res(ret), "stat64(\"/nonexistent\", %p", (void *)buf);
	ret = CALL(fstat64, -1, P(buf));
	line(res(ret), "fstat64(-1, %p", (void *)buf);
	ret = CALL(ugetrlimit, RLIMIT_NOFILE, 0);
	line(res(ret), "ugetrlimit(RLIMIT_NOFILE, NULL");
	ret = CALL(getuid32, 0);
	line(res(ret), "getuid32(");
	ret = CALL(setreuid32, -1, -1);
	line(res(ret), "setreuid32(-1, -1");
	ret = CALL(setreuid, 0xffff, 0xffff);
	line(res(ret), "setreuid(-1, -1");
	ret = CALL(fchown, fd, 0xffff, 7);
	line(res(ret), "fchown(%ld, -1, 7", fd);
	ret = CALL(fchown32, fd, -1, 0xffff);
	line(res(ret), "fchown32(%ld, -1, 65535", fd);
	ret = CALL(clock_gettime64, 1, 0);
	line(res(ret), "clock_gettime64(CLOCK_MONOTONIC, NULL");
	ret = CALL(_newselect, -1, 0, 0, 0, 0);
	line(res(ret), "_newselect(-1, NULL, NULL, NULL, NULL");
	ret = CALL(unlink, P(FILE_NAME));
	line(res(ret), "unlink(\"" FILE_NAME "\"");
	ret = CALL(close, fd);
	line(res(ret), "close(%ld", fd);
}
#endif

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	begin();
	common();
	own();
	unknown_numbers();
	end();
	cold();
	signals();
	if (!save(argv[1]))
		return 1;
	if (argc > 2)
		execvp(argv[2], argv + 2);
	return argc > 2;
}
