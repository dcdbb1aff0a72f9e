// SPDX-License-Identifier: GPL-2.0-or-later
/* Structs of userspace/syscalls/{file,desc,fcntl}.c, with values that are rare. */
#include <linux/openat2.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include "calls.h"

static void kinds(void)
{
	struct statx stx;
	struct stat st;

	call(openat, AT_FDCWD, "a", O_RDWR | O_CREAT, 0644);
	call(fchmodat, AT_FDCWD, "a", 06755);
	call(newfstatat, AT_FDCWD, "a", &st, 0);
	call(statx, AT_FDCWD, "a", 0x6000, STATX_ALL, &stx);
	call(statx, AT_FDCWD, "a", 0x2000, 0x1000 | STATX_BTIME, &stx);
	call(statx, AT_FDCWD, "a", 0, STATX_SIZE, &stx);
	call(newfstatat, AT_FDCWD, "/tmp", &st, 0);
	call(newfstatat, AT_FDCWD, "/dev/tty", &st, 0);
	call(mknodat, AT_FDCWD, "p", S_IFIFO | 01622, 0);
	call(newfstatat, AT_FDCWD, "p", &st, 0);
	call(mknodat, AT_FDCWD, "b", S_IFBLK | 04600, makedev(7, 300));
	call(newfstatat, AT_FDCWD, "b", &st, 0);
	call(statx, AT_FDCWD, "b", AT_SYMLINK_NOFOLLOW, STATX_TYPE, &stx);
	call(mknodat, AT_FDCWD, "q", 04644, 0);
	call(mknodat, AT_FDCWD, "r", 0, 5);
	call(fstat, call(epoll_create1, 0), &st);
#ifdef SYS_ustat
	stat("/", &st);
	call(ustat, st.st_dev, BAD);
#endif
	call(unlinkat, AT_FDCWD, "p", 0);
	call(unlinkat, AT_FDCWD, "b", 0);
	call(unlinkat, AT_FDCWD, "q", 0);
	call(unlinkat, AT_FDCWD, "r", 0);
}

static void file_systems(void)
{
	static const char *const names[] = { "/sys", "/dev", "/dev/pts", "/dev/shm", "/sys/fs/cgroup", "/proc/self/ns/net" };
	struct statfs fs;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		call(statfs, names[i], &fs);
	call(statfs, "/sys", room_at_edge(sizeof(fs)));
	call(statfs, "/sys", room_at_edge(sizeof(fs) - 1));
}

static void ways_to_open(void)
{
	struct open_how how = { .flags = O_RDONLY, .mode = 04000000 };
	char big[200] = { 0 };

	call(openat2, AT_FDCWD, "a", &how, 24);
	how = (struct open_how) { .flags = O_TMPFILE | O_WRONLY, .mode = 0 };
	call(openat2, AT_FDCWD, ".", &how, 24);
	how = (struct open_how) { .flags = O_CREAT | 3, .mode = 1ULL << 40 | 7 };
	call(openat2, AT_FDCWD, ".", &how, 24);
	call(openat2, AT_FDCWD, ".", at_edge(&how, 24), 24);
	call(openat2, AT_FDCWD, ".", at_edge(&how, 24), 25);
	call(openat2, AT_FDCWD, ".", edge() - 20, 24);
	memset(big + 30, 0xee, 150);
	call(openat2, AT_FDCWD, ".", big, 31);
	call(openat2, AT_FDCWD, ".", big, 56);
	call(openat2, AT_FDCWD, ".", big, 57);
	call(openat2, AT_FDCWD, ".", big, 190);
	call(openat2, AT_FDCWD, ".", big, 0);
}

static void handles(void)
{
	struct {
		unsigned int bytes;
		int type;
		char handle[128];
	} h = { .bytes = 16, .type = -2, .handle = "0123456789abcdef" };

	call(open_by_handle_at, AT_FDCWD, at_edge(&h, 24), O_RDONLY);
	call(open_by_handle_at, AT_FDCWD, at_edge(&h, 8), O_RDONLY);
	call(open_by_handle_at, AT_FDCWD, edge() - 4, O_RDONLY);
	h.bytes = 0;
	call(open_by_handle_at, AT_FDCWD, &h, O_RDWR);
	h.bytes = 128;
	call(open_by_handle_at, AT_FDCWD, &h, O_RDWR);
	h.bytes = 12;
	call(name_to_handle_at, AT_FDCWD, "/dev/shm", &h, &h.handle[64], 0);
	h.bytes = 12;
	call(name_to_handle_at, AT_FDCWD, "/dev/shm", &h, BAD, 0);
	h.bytes = 4;
	call(name_to_handle_at, AT_FDCWD, "/proc", &h, NULL, 0);
	call(name_to_handle_at, AT_FDCWD, "a", edge() - 4, NULL, 0x2000);
}

static void control(void)
{
	struct flock fl = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = 2 };
	int fd = open("a", O_RDONLY), memory = call(memfd_create, "m", 2), pipefd[2];

	call(fcntl, fd, F_GETFL);
	call(fcntl, NO_FD, F_GETFL);
	call(fcntl, NO_FD, F_GETFD);
	call(fcntl, NO_FD, F_GETLK, &fl);
	call(fcntl, fd, F_GETLK, edge() - 8);
	call(fcntl, fd, F_SETLK, edge() - 16);
	call(fcntl, fd, F_SETLKW, at_edge(&fl, sizeof(fl)));
	fl.l_type = -1;
	call(fcntl, fd, F_GETLK, &fl);
	fl.l_type = F_RDLCK;
	call(fcntl, fd, F_OFD_GETLK, &fl);
	fl.l_pid = 0;
	call(fcntl, fd, F_OFD_SETLK, &fl);
	call(fcntl, fd, F_SETOWN, -1);
	call(fcntl, fd, F_SETOWN, 1);
	call(fcntl, fd, F_GETOWN);
	call(fcntl, fd, F_SETSIG, SIGIO);
	call(fcntl, fd, F_GETSIG);
	call(fcntl, fd, F_SETSIG, 40);
	call(fcntl, fd, F_GETSIG);
	call(fcntl, memory, F_GETLEASE);
	call(fcntl, memory, F_GET_SEALS);
	call(fcntl, memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW);
	call(fcntl, memory, F_GET_SEALS);
	call(fcntl, memory, F_ADD_SEALS, 0x1000);
	call(fcntl, memory, F_ADD_SEALS, 0);
	call(pipe2, pipefd, 0);
	call(fcntl, pipefd[0], F_SETPIPE_SZ, -1);
	call(fcntl, pipefd[0], F_SETPIPE_SZ, 1UL << 33);
	call(fcntl, pipefd[0], F_SETFL, O_NONBLOCK | 0x10);
	call(fcntl, fd, F_SETFD, -1);
	call(fcntl, fd, F_SETLEASE, F_WRLCK);
	call(fcntl, fd, F_SETLEASE, 77);
	call(fcntl, fd, F_NOTIFY, 0);
	call(fcntl, fd, F_NOTIFY, 0x3f | 0x1000);
	call(fcntl, fd, F_DUPFD, 1UL << 40 | 9999);
	call(pipe2, room_at_edge(8), 0);
	call(pipe2, edge() - 4, 0);
}

static void entries(void)
{
	static char buf[65536];
	char name[64];
	int i, dir;

	mkdir("d", 0755);
	for (i = 0; i < 40; i++) {
		sprintf(name, "d/%02d\n\"%.*s", i, i, "a name of some length that grows with each file");
		close(open(name, O_CREAT | O_WRONLY, 0644));
	}
	symlink("x", "d/link");
	mkdir("d/dir", 0700);
	mknod("d/fifo", S_IFIFO | 0600, 0);
	dir = open("d", O_RDONLY | O_DIRECTORY);
	while (call(getdents64, dir, buf, 512) > 0)
		;
	call(lseek, dir, 0, SEEK_SET);
	call(getdents64, dir, buf, sizeof(buf));
#ifdef SYS_getdents
	call(lseek, dir, 0, SEEK_SET);
	while (call(getdents, dir, buf, 700) > 0)
		;
#endif
	call(lseek, dir, 0, SEEK_SET);
	call(getdents64, dir, room_at_edge(100), 4096);
	unlink("d/fifo");
	rmdir("d/dir");
	unlink("d/link");
	for (i = 0; i < 40; i++) {
		sprintf(name, "d/%02d\n\"%.*s", i, i, "a name of some length that grows with each file");
		unlink(name);
	}
	rmdir("d");
}

static void make_file(void)
{
	close(open("a", O_RDWR | O_CREAT, 0644));
}

static void remove_file(void)
{
	unlink("a");
}

static const struct family families[] = {
	{ "stat", kinds },
	{ "statfs", file_systems },
	{ "openat2", ways_to_open },
	{ "name_to_handle_at", handles },
	{ "fcntl", control },
	{ "getdents", entries },
};

PROGRAM(make_file, remove_file)
