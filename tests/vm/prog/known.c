/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes a known sequence of calls and writes the lines that the trace of them must have, to the
 * file argv[1]. The sequence lies between two chdir() calls that fail, by which the test finds it
 * in the trace.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char expected[1 << 20];
static size_t used;

static void add(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	used += vsnprintf(expected + used, sizeof(expected) - used, format, args);
	va_end(args);
}

/* The line of a call: what stands before the result, padded to strace's column, and the result. */
static void line(const char *result, const char *format, ...)
{
	char call[9000];
	va_list args;

	va_start(args, format);
	vsnprintf(call, sizeof(call), format, args);
	va_end(args);
	strcat(call, ") ");
	add("%-40s= %s\n", call, result);
}

static const char *res(long ret)
{
	static char text[100];

	if (ret == -1)
		snprintf(text, sizeof(text), "-1 %s (%s)", strerrorname_np(errno), strerror(errno));
	else
		snprintf(text, sizeof(text), "%ld", ret);
	return text;
}

static const char *addr(long ret)
{
	static char text[40];

	snprintf(text, sizeof(text), "%#lx", (unsigned long)ret);
	return text;
}

static long call(long nr, long a, long b, long c, long d, long e, long f)
{
	return syscall(nr, a, b, c, d, e, f);
}

/* Raw, so that the C library neither adds nor changes anything. Missing arguments are 0. */
#define CALL6(nr, a, b, c, d, e, f, ...) \
	call(SYS_##nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define CALL(nr, ...) CALL6(nr, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

static void files(void)
{
	static const char odd[] = "a\tb\n\1\0012\"\\\0end\200\377";
	char long_text[100], buf[64];
	long fd, ret;

	memset(long_text, 'x', sizeof(long_text));
	ret = CALL(openat, AT_FDCWD, "/nonexistent/file", O_RDONLY | O_CLOEXEC);
	line(res(ret), "openat(AT_FDCWD, \"/nonexistent/file\", O_RDONLY|O_CLOEXEC");
	fd = CALL(openat, AT_FDCWD, "known.tmp", O_RDWR | O_CREAT | O_TRUNC, 0640);
	line(res(fd), "openat(AT_FDCWD, \"known.tmp\", O_RDWR|O_CREAT|O_TRUNC, 0640");
	ret = CALL(write, fd, odd, sizeof(odd) - 1);
	line(res(ret), "write(%ld, \"a\\tb\\n\\1\\0012\\\"\\\\\\0end\\200\\377\", %zu", fd,
	     sizeof(odd) - 1);
	ret = CALL(write, fd, long_text, sizeof(long_text));
	line(res(ret), "write(%ld, \"%.32s\"..., 100", fd, long_text);
	ret = CALL(write, fd, long_text, 0);
	line(res(ret), "write(%ld, \"\", 0", fd);
	ret = CALL(lseek, fd, -6, SEEK_END);
	line(res(ret), "lseek(%ld, -6, SEEK_END", fd);
	ret = CALL(read, fd, buf, sizeof(buf));
	line(res(ret), "read(%ld, \"xxxxxx\", 64", fd);
	ret = CALL(read, fd, buf, sizeof(buf));
	line(res(ret), "read(%ld, \"\", 64", fd);
	ret = CALL(pread64, fd, buf, 3, 0);
	line(res(ret), "pread64(%ld, \"a\\tb\", 3, 0", fd);
	ret = CALL(fcntl, fd, F_SETFD, FD_CLOEXEC);
	line(res(ret), "fcntl(%ld, F_SETFD, 0x1", fd);
	ret = CALL(dup3, fd, 100, O_CLOEXEC);
	line(res(ret), "dup3(%ld, 100, O_CLOEXEC", fd);
	ret = CALL(close, 100);
	line(res(ret), "close(100");
	ret = CALL(close, 100);
	line(res(ret), "close(100");
	ret = CALL(close, fd);
	line(res(ret), "close(%ld", fd);
}

static void paths(void)
{
	char buf[64];
	long ret;

	ret = CALL(mkdir, "known.dir", 0755);
	line(res(ret), "mkdir(\"known.dir\", 0755");
	ret = CALL(rename, "known.tmp", "known.dir/moved");
	line(res(ret), "rename(\"known.tmp\", \"known.dir/moved\"");
	ret = CALL(symlink, "moved", "known.dir/link");
	line(res(ret), "symlink(\"moved\", \"known.dir/link\"");
	ret = CALL(readlink, "known.dir/link", buf, sizeof(buf));
	line(res(ret), "readlink(\"known.dir/link\", \"moved\", 64");
	ret = CALL(access, "known.dir/moved", R_OK | W_OK);
	line(res(ret), "access(\"known.dir/moved\", R_OK|W_OK");
	ret = CALL(access, "known.dir", F_OK);
	line(res(ret), "access(\"known.dir\", F_OK");
	ret = CALL(chmod, "known.dir/moved", 0);
	line(res(ret), "chmod(\"known.dir/moved\", 000");
	ret = CALL(unlink, "known.dir/link");
	line(res(ret), "unlink(\"known.dir/link\"");
	ret = CALL(unlinkat, AT_FDCWD, "known.dir/moved", 0);
	line(res(ret), "unlinkat(AT_FDCWD, \"known.dir/moved\", 0");
	ret = CALL(rmdir, "known.dir");
	line(res(ret), "rmdir(\"known.dir\"");
	ret = CALL(umask, 027);
	line("022", "umask(027");
	ret = CALL(umask, 022);
	line("027", "umask(022");
	(void)ret;
}

static void memory(void)
{
	long page, ret;
	char *end;

	page = CALL(mmap, NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	line(addr(page), "mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0");
	ret = CALL(munmap, page + 4096, 4096);
	line(res(ret), "munmap(%#lx, 4096", page + 4096);
	/* A name that ends with the last byte before memory that is not there, and one that does not end. */
	end = (char *)page + 4096;
	memcpy(end - 6, "/edge", 6);
	ret = CALL(access, end - 6, F_OK);
	line(res(ret), "access(\"/edge\", F_OK");
	memcpy(end - 6, "/edge!", 6);
	ret = CALL(access, end - 6, F_OK);
	line(res(ret), "access(%p, F_OK", (void *)(end - 6));
	ret = CALL(access, NULL, F_OK);
	line(res(ret), "access(NULL, F_OK");
	ret = CALL(access, (void *)1, F_OK);
	line(res(ret), "access(0x1, F_OK");
	ret = CALL(access, (void *)0xffff888000000000ul, F_OK);
	line(res(ret), "access(0xffff888000000000, F_OK");
	ret = CALL(mprotect, page, 4096, PROT_NONE);
	line(res(ret), "mprotect(%#lx, 4096, PROT_NONE", page);
	ret = CALL(madvise, page, 4096, MADV_DONTNEED);
	line(res(ret), "madvise(%#lx, 4096, MADV_DONTNEED", page);
	ret = CALL(munmap, page, 4096);
	line(res(ret), "munmap(%#lx, 4096", page);
}

static void long_paths(void)
{
	char *name = malloc(6000);
	long ret;

	memset(name, 'n', 6000);
	name[4000] = '\0';
	ret = CALL(access, name, F_OK);
	line(res(ret), "access(\"%s\", F_OK", name);
	name[4000] = 'n';
	name[5999] = '\0';
	ret = CALL(access, name, F_OK);
	line(res(ret), "access(\"%.4096s\"..., F_OK", name);
	free(name);
}

static void handler(int signo)
{
	(void)signo;
}

static void others(void)
{
	struct sigaction action = { .sa_handler = handler };
	long pid = getpid();
	long fd, ret;

	sigaction(SIGUSR1, &action, NULL);
	chdir("/begin of the known calls");
	ret = CALL(getpid);
	line(res(ret), "getpid(");
	ret = CALL(kill, pid, 0);
	line(res(ret), "kill(%ld, 0", pid);
	ret = CALL(kill, pid, SIGUSR1);
	line(res(ret), "kill(%ld, SIGUSR1", pid);
	add("--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=%ld, si_uid=0} ---\n", pid);
	line(res(ret), "rt_sigreturn(");
	fd = CALL(socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	line(res(fd), "socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0");
	ret = CALL(shutdown, fd, SHUT_RDWR);
	line(res(ret), "shutdown(%ld, SHUT_RDWR", fd);
	ret = call(999, 1, 2, 3, 4, 5, 6);
	line(res(ret), "syscall_0x3e7(0x1, 0x2, 0x3, 0x4, 0x5, 0x6");
	ret = call(70000, 1, 2, 3, 4, 5, 0);
	line(res(ret), "syscall_0x11170(0x1, 0x2, 0x3, 0x4, 0x5, 0");
	ret = CALL(openat, -1, "relative", O_PATH);
	line(res(ret), "openat(-1, \"relative\", O_RDONLY|O_PATH");
	chdir("/end of the known calls");
}

int main(int argc, char **argv)
{
	int fd;

	if (argc != 2)
		return 2;
	chdir("/begin of the known calls");
	files();
	paths();
	memory();
	long_paths();
	chdir("/end of the known calls");
	others();
	fd = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
	return fd < 0 || write(fd, expected, used) != (ssize_t)used;
}
