/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cost N [CALL]: what a system call costs here: N calls of getppid, or of another one of the table
 * below, printed as ns a call: by the clock, and of this thread's own time. Under --icount 1 ns is one
 * instruction. Of "fork" a call is a child that executes a program, and its end; the child's time is ours.
 */
#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char bytes[64];
static int null_fd, zero_fd;

static double now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1e9 + ts.tv_nsec;
}

/* Of this thread and of children that have ended. */
static double own_time(void)
{
	struct rusage of;

	getrusage(RUSAGE_CHILDREN, &of);
	return now(CLOCK_THREAD_CPUTIME_ID) + (of.ru_utime.tv_sec + of.ru_stime.tv_sec) * 1e9 +
	       (of.ru_utime.tv_usec + of.ru_stime.tv_usec) * 1e3;
}

static void call_getppid(void)
{
	syscall(SYS_getppid);
}

/* A string at entry; it fails, so that no descriptor has to be closed. */
static void call_openat(void)
{
	syscall(SYS_openat, AT_FDCWD, "/nonexistent/file", O_RDONLY);
}

/* Bytes at entry. */
static void call_write(void)
{
	syscall(SYS_write, null_fd, bytes, sizeof(bytes));
}

/* Bytes at the return. */
static void call_read(void)
{
	syscall(SYS_read, zero_fd, bytes, sizeof(bytes));
}

/* Eight calls, as of a program that works with files. */
static void call_mix(void)
{
	struct stat st;
	int word = 0;
	int fd = syscall(SYS_openat, AT_FDCWD, "/etc/hostname", O_RDONLY);

	syscall(SYS_newfstatat, fd, "", &st, AT_EMPTY_PATH);
	syscall(SYS_read, fd, bytes, sizeof(bytes));
	syscall(SYS_lseek, fd, 0, SEEK_SET);
	syscall(SYS_close, fd);
	syscall(SYS_write, null_fd, bytes, sizeof(bytes));
	syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1);
	syscall(SYS_getppid);
}

static void call_fork(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		execl("/proc/self/exe", "cost", "0", NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

static const struct call {
	const char *name;
	void (*call)(void);
	int calls;
} calls[] = {
	{ "getppid", call_getppid, 1 }, { "openat", call_openat, 1 }, { "write", call_write, 1 },
	{ "read", call_read, 1 },	{ "mix", call_mix, 8 },	      { "fork", call_fork, 1 },
};

static const struct call *find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (!strcmp(calls[i].name, name))
			return &calls[i];
	}
	fprintf(stderr, "cost: no call '%s' here\n", name);
	exit(2);
}

int main(int argc, char **argv)
{
	long n = argc > 1 ? atol(argv[1]) : 100000;
	const struct call *what = find(argc > 2 ? argv[2] : "getppid");
	double wall, own;
	long i;

	if (n <= 0)
		return 0;
	null_fd = open("/dev/null", O_WRONLY);
	zero_fd = open("/dev/zero", O_RDONLY);
	wall = now(CLOCK_MONOTONIC);
	own = own_time();
	for (i = 0; i < n; i += what->calls)
		what->call();
	own = own_time() - own;
	wall = now(CLOCK_MONOTONIC) - wall;
	printf("%.0f ns a call, %.0f of them in the task\n", wall / i, own / i);
	return 0;
}
