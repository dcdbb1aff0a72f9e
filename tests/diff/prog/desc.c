// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/desc.c, but ioctl: that is ioctl.c here. */
#include <linux/fs.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "calls.h"

#ifndef F_SETSIG
#define F_SETSIG 10
#define F_GETSIG 11
#endif
#ifndef F_OFD_GETLK
#define F_OFD_GETLK 36
#define F_OFD_SETLK 37
#define F_OFD_SETLKW 38
#endif
#ifndef F_GET_RW_HINT
#define F_GET_RW_HINT 1035
#define F_SET_RW_HINT 1036
#define F_GET_FILE_RW_HINT 1037
#define F_SET_FILE_RW_HINT 1038
#endif
#ifndef F_GETOWNER_UIDS
#define F_GETOWNER_UIDS 17
#endif

static int fd;

static void close_calls(void)
{
	call(close, NO_FD);
	call(close, -1);
	call(close_range, 90, 95, 0);
	call(close_range, 100, ~0U, 4);
	call(close_range, 10, 5, 2);
	call(close_range, 50, 60, 0xf0);
}

static void dup_calls(void)
{
	close(call(dup, fd));
	call(dup, NO_FD);
#ifdef SYS_dup2
	call(dup2, fd, 40);
	call(dup2, fd, fd);
	call(dup2, NO_FD, 3);
	call(dup2, fd, -1);
	close(40);
#endif
	call(dup3, fd, 40, O_CLOEXEC);
	call(dup3, fd, fd, 0);
	call(dup3, NO_FD, 40, 0x1234);
	close(40);
}

static void pipe_calls(void)
{
	int fds[2];

#ifdef SYS_dup2
	call(pipe, fds);
	close(fds[0]);
	close(fds[1]);
	call(pipe, NULL);
	call(pipe, BAD);
#endif
	call(pipe2, fds, 0);
	close(fds[0]);
	close(fds[1]);
	call(pipe2, fds, O_CLOEXEC | O_NONBLOCK | O_DIRECT);
	close(fds[0]);
	close(fds[1]);
	call(pipe2, fds, 077);
	call(pipe2, NULL, O_NONBLOCK);
}

static void control(void)
{
	struct flock fl = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 10, .l_len = 20 };
	struct f_owner_ex owner = { .type = 1, .pid = 0 };
	uint64_t hint = 2;
	uint32_t uids[2];
	int pipefd[2];

	call(fcntl, fd, F_GETFD);
	call(fcntl, fd, F_SETFD, FD_CLOEXEC);
	call(fcntl, fd, F_GETFD);
	call(fcntl, fd, F_SETFD, 0x12);
	call(fcntl, fd, F_SETFD, 0);
	call(fcntl, fd, F_GETFL);
	call(fcntl, fd, F_SETFL, O_APPEND | O_NONBLOCK);
	call(fcntl, fd, F_GETFL);
	call(fcntl, fd, F_SETFL, 0);
	close(call(fcntl, fd, F_DUPFD, 50));
	close(call(fcntl, fd, F_DUPFD_CLOEXEC, 60));
	call(fcntl, fd, F_DUPFD, -1);
	call(fcntl, NO_FD, F_DUPFD, 0);
	call(fcntl, fd, F_SETLK, &fl);
	call(fcntl, fd, F_GETLK, &fl);
	fl = (struct flock) { .l_type = F_UNLCK, .l_whence = SEEK_END, .l_start = -5 };
	call(fcntl, fd, F_SETLKW, &fl);
	fl = (struct flock) { .l_type = 9, .l_whence = 7, .l_start = 1L << 40, .l_len = -1, .l_pid = 7 };
	call(fcntl, fd, F_SETLK, &fl);
	call(fcntl, fd, F_GETLK, NULL);
	call(fcntl, fd, F_SETLK, BAD);
	fl = (struct flock) { .l_type = F_RDLCK, .l_whence = SEEK_CUR };
	call(fcntl, fd, F_OFD_SETLK, &fl);
	call(fcntl, fd, F_OFD_GETLK, &fl);
	fl = (struct flock) { .l_type = F_UNLCK };
	call(fcntl, fd, F_OFD_SETLKW, at_edge(&fl, sizeof(fl)));
	call(fcntl, fd, F_GETOWN);
	call(fcntl, fd, F_SETOWN, 0);
	call(fcntl, fd, F_SETOWN_EX, &owner);
	call(fcntl, fd, F_GETOWN_EX, &owner);
	owner.type = 9;
	call(fcntl, fd, F_SETOWN_EX, &owner);
	call(fcntl, fd, F_SETOWN_EX, NULL);
	call(fcntl, fd, F_GETOWN_EX, BAD);
	call(fcntl, fd, F_GETOWNER_UIDS, uids);
	call(fcntl, fd, F_GETSIG);
	call(fcntl, fd, F_SETSIG, SIGUSR1);
	call(fcntl, fd, F_SETSIG, 0);
	call(fcntl, fd, F_SETSIG, 100);
	call(fcntl, fd, F_GETLEASE);
	call(fcntl, fd, F_SETLEASE, F_RDLCK);
	call(fcntl, fd, F_SETLEASE, F_UNLCK);
	call(fcntl, fd, F_NOTIFY, 0x1 | 0x80000000);
	if (call(pipe2, pipefd, 0) == 0) {
		call(fcntl, pipefd[1], F_GETPIPE_SZ);
		call(fcntl, pipefd[1], F_SETPIPE_SZ, 8192);
		close(pipefd[0]);
		close(pipefd[1]);
	}
	call(fcntl, fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
	call(fcntl, fd, F_GET_SEALS);
	call(fcntl, fd, F_SET_RW_HINT, &hint);
	call(fcntl, fd, F_GET_RW_HINT, &hint);
	hint = 77;
	call(fcntl, fd, F_SET_RW_HINT, &hint);
	call(fcntl, fd, F_SET_FILE_RW_HINT, BAD);
	call(fcntl, fd, F_GET_FILE_RW_HINT, NULL);
	call(fcntl, fd, 12345, 0x123456789abc);
	call(fcntl, fd, -1, -1);
}

static void lseek_calls(void)
{
	call(lseek, fd, 0, SEEK_SET);
	call(lseek, fd, -10, SEEK_END);
	call(lseek, fd, 1L << 40, SEEK_CUR);
	call(lseek, fd, 0, SEEK_DATA);
	call(lseek, fd, 5, SEEK_HOLE);
	call(lseek, fd, 5, 99);
	call(lseek, NO_FD, -1, 0);
}

static void truncate_calls(void)
{
	call(ftruncate, fd, 100000);
	call(ftruncate, fd, -5);
	call(ftruncate, NO_FD, 1L << 50);
	call(fallocate, fd, 0, 0, 8192);
	call(fallocate, fd, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, 4096, 4096);
	call(fallocate, fd, FALLOC_FL_ZERO_RANGE, 0, 4096);
	call(fallocate, fd, 0x8000, -1, -1);
}

static void fadvise64_calls(void)
{
	call(fadvise64, fd, 0, 4096, 0);
	call(fadvise64, fd, 4096, 0, 4);
	call(fadvise64, fd, -1, 1L << 40, 99);
	call(fadvise64, NO_FD, 0, 0, 3);
	call(readahead, fd, 0, 4096);
	call(readahead, NO_FD, -1, -1);
}

static void flock_calls(void)
{
	call(flock, fd, LOCK_SH);
	call(flock, fd, LOCK_EX | LOCK_NB);
	call(flock, fd, LOCK_UN);
	call(flock, NO_FD, 0x55);
}

static void sync_calls(void)
{
	call(sync);
	call(syncfs, fd);
	call(syncfs, NO_FD);
	call(fsync, fd);
	call(fsync, NO_FD);
	call(fdatasync, fd);
	call(fdatasync, -1);
	call(sync_file_range, fd, 0, 4096, 1 | 2 | 4);
	call(sync_file_range, fd, -1, 1L << 40, 0x70);
	call(sync_file_range, NO_FD, 0, 0, 0);
}

static void entries(void)
{
	char buf[1024];
	int dir;

	mkdir("d", 0755);
	close(open("d/file", O_CREAT | O_WRONLY, 0644));
	dir = open("d", O_RDONLY | O_DIRECTORY);
	call(getdents64, dir, buf, sizeof(buf));
	call(getdents64, dir, buf, sizeof(buf));
	lseek(dir, 0, SEEK_SET);
	call(getdents64, dir, buf, 24);
	call(getdents64, dir, buf, 3);
	call(getdents64, dir, BAD, 1024);
	call(getdents64, fd, buf, 1024);
	call(getdents64, NO_FD, NULL, -1);
#ifdef SYS_getdents
	lseek(dir, 0, SEEK_SET);
	call(getdents, dir, buf, sizeof(buf));
	call(getdents, dir, buf, sizeof(buf));
	lseek(dir, 0, SEEK_SET);
	call(getdents, dir, NULL, 1024);
	call(getdents, NO_FD, buf, 7);
#endif
	close(dir);
	unlink("d/file");
	rmdir("d");
}

static void open_file(void)
{
	fd = open("a", O_RDWR | O_CREAT, 0644);
}

static void close_file(void)
{
	close(fd);
	unlink("a");
}

static const struct family families[] = {
	{ "close", close_calls },
	{ "dup", dup_calls },
	{ "pipe", pipe_calls },
	{ "fcntl", control },
	{ "lseek", lseek_calls },
	{ "truncate", truncate_calls },
	{ "fadvise64", fadvise64_calls },
	{ "flock", flock_calls },
	{ "sync", sync_calls },
	{ "getdents", entries },
};

PROGRAM(open_file, close_file)
