/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes a known sequence of calls and writes the lines that the trace of them must have, to the
 * file argv[1].
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "expect.h"

/* The C library's is 0 where it is not needed. */
#ifdef __aarch64__
#define KERNEL_O_LARGEFILE 0400000
#else
#define KERNEL_O_LARGEFILE 0100000
#endif

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
	line(res(ret), "fcntl(%ld, F_SETFD, FD_CLOEXEC", fd);
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
	long fd, ret;

	ret = CALL(mkdirat, AT_FDCWD, "known.dir", 0755);
	line(res(ret), "mkdirat(AT_FDCWD, \"known.dir\", 0755");
	ret = CALL(renameat2, AT_FDCWD, "known.tmp", AT_FDCWD, "known.dir/moved", 0);
	line(res(ret), "renameat2(AT_FDCWD, \"known.tmp\", AT_FDCWD, \"known.dir/moved\", 0");
	ret = CALL(symlinkat, "moved", AT_FDCWD, "known.dir/link");
	line(res(ret), "symlinkat(\"moved\", AT_FDCWD, \"known.dir/link\"");
	ret = CALL(readlinkat, AT_FDCWD, "known.dir/link", buf, sizeof(buf));
	line(res(ret), "readlinkat(AT_FDCWD, \"known.dir/link\", \"moved\", 64");
	ret = CALL(faccessat, AT_FDCWD, "known.dir/moved", R_OK | W_OK);
	line(res(ret), "faccessat(AT_FDCWD, \"known.dir/moved\", R_OK|W_OK");
	ret = CALL(faccessat, AT_FDCWD, "known.dir", F_OK);
	line(res(ret), "faccessat(AT_FDCWD, \"known.dir\", F_OK");
	ret = CALL(fchmodat, AT_FDCWD, "known.dir/moved", 0);
	line(res(ret), "fchmodat(AT_FDCWD, \"known.dir/moved\", 000");
	ret = CALL(unlinkat, AT_FDCWD, "known.dir/link", 0);
	line(res(ret), "unlinkat(AT_FDCWD, \"known.dir/link\", 0");
	fd = CALL(openat, AT_FDCWD, "known.dir", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | KERNEL_O_LARGEFILE);
	line(res(fd), "openat(AT_FDCWD, \"known.dir\", O_RDONLY|O_LARGEFILE|O_NOFOLLOW|O_DIRECTORY");
	ret = CALL(close, fd);
	line(res(ret), "close(%ld", fd);
	ret = CALL(openat, AT_FDCWD, "known.dir", O_WRONLY | O_DIRECT);
	line(res(ret), "openat(AT_FDCWD, \"known.dir\", O_WRONLY|O_DIRECT");
	ret = CALL(unlinkat, AT_FDCWD, "known.dir/moved", 0);
	line(res(ret), "unlinkat(AT_FDCWD, \"known.dir/moved\", 0");
	ret = CALL(unlinkat, AT_FDCWD, "known.dir", AT_REMOVEDIR);
	line(res(ret), "unlinkat(AT_FDCWD, \"known.dir\", AT_REMOVEDIR");
	ret = CALL(umask, 027);
	line("022", "umask(027");
	ret = CALL(umask, 022);
	line("027", "umask(022");
	(void)ret;
}

/* The same without a folder to begin from: young architectures lack these calls. */
static void old_paths(void)
{
#ifdef SYS_access
	char buf[64];
	long ret;

	ret = CALL(mkdir, "known.dir", 0755);
	line(res(ret), "mkdir(\"known.dir\", 0755");
	ret = CALL(symlink, "moved", "known.dir/link");
	line(res(ret), "symlink(\"moved\", \"known.dir/link\"");
	ret = CALL(readlink, "known.dir/link", buf, sizeof(buf));
	line(res(ret), "readlink(\"known.dir/link\", \"moved\", 64");
	ret = CALL(rename, "known.dir/link", "known.dir/other");
	line(res(ret), "rename(\"known.dir/link\", \"known.dir/other\"");
	ret = CALL(access, "known.dir", R_OK | W_OK);
	line(res(ret), "access(\"known.dir\", R_OK|W_OK");
	ret = CALL(access, "known.dir", F_OK);
	line(res(ret), "access(\"known.dir\", F_OK");
	ret = CALL(chmod, "known.dir", 0);
	line(res(ret), "chmod(\"known.dir\", 000");
	ret = CALL(unlink, "known.dir/other");
	line(res(ret), "unlink(\"known.dir/other\"");
	ret = CALL(rmdir, "known.dir");
	line(res(ret), "rmdir(\"known.dir\"");
#endif
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
	ret = CALL(faccessat, AT_FDCWD, end - 6, F_OK);
	line(res(ret), "faccessat(AT_FDCWD, \"/edge\", F_OK");
	memcpy(end - 6, "/edge!", 6);
	ret = CALL(faccessat, AT_FDCWD, end - 6, F_OK);
	line(res(ret), "faccessat(AT_FDCWD, %p, F_OK", (void *)(end - 6));
	ret = CALL(faccessat, AT_FDCWD, NULL, F_OK);
	line(res(ret), "faccessat(AT_FDCWD, NULL, F_OK");
	ret = CALL(faccessat, AT_FDCWD, (void *)1, F_OK);
	line(res(ret), "faccessat(AT_FDCWD, 0x1, F_OK");
	ret = CALL(faccessat, AT_FDCWD, (void *)0xffff888000000000ul, F_OK);
	line(res(ret), "faccessat(AT_FDCWD, 0xffff888000000000, F_OK");
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
	ret = CALL(faccessat, AT_FDCWD, name, F_OK);
	line(res(ret), "faccessat(AT_FDCWD, \"%s\", F_OK", name);
	name[4000] = 'n';
	name[5999] = '\0';
	ret = CALL(faccessat, AT_FDCWD, name, F_OK);
	line(res(ret), "faccessat(AT_FDCWD, \"%.4095s\"..., F_OK", name);
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

	block_two();
	sigaction(SIGUSR1, &action, NULL);
	begin();
	ret = CALL(getpid);
	line(res(ret), "getpid(");
	ret = CALL(kill, pid, 0);
	line(res(ret), "kill(%ld, 0", pid);
	ret = CALL(kill, pid, SIGUSR1);
	line(res(ret), "kill(%ld, SIGUSR1", pid);
	add("--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=%ld, si_uid=0} ---\n", pid);
	line(res(ret), "rt_sigreturn({mask=[HUP RT_2]}");
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
	end();
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	begin();
	files();
	paths();
	old_paths();
	memory();
	long_paths();
	end();
	others();
	return !save(argv[1]);
}
