// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/file.c. */
#include <linux/openat2.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <time.h>
#include <utime.h>

#include "calls.h"

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#define RENAME_WHITEOUT 4
#endif

static char long_path[4200];
static int fd, dir;

#ifdef SYS_open
static void open_calls(void)
{
	close(call(open, "a", O_RDWR | O_CREAT | O_TRUNC, 0644));
	close(call(open, "a", O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
	close(call(open, "a", O_WRONLY | O_APPEND | O_NONBLOCK | O_SYNC));
	call(open, "none", O_RDONLY);
	call(open, NULL, O_RDONLY);
	call(open, BAD, O_RDWR);
	call(open, "", O_RDONLY);
	close(call(creat, "a", 0600));
	call(creat, "no/a", 07777);
	call(creat, NULL, 0);
}
#endif

static void openat_calls(void)
{
	close(call(openat, AT_FDCWD, "a", O_RDWR | O_CREAT, 0644));
	close(call(openat, AT_FDCWD, ".", O_RDONLY | O_DIRECTORY));
	close(call(openat, AT_FDCWD, ".", O_RDWR | O_TMPFILE, 0600));
	close(call(openat, AT_FDCWD, ".", O_PATH));
	call(openat, AT_FDCWD, "a", O_RDWR | O_CREAT | O_EXCL, 0444);
	call(openat, AT_FDCWD, "a", 0xfffffffc, 0777);
	call(openat, AT_FDCWD, "a", 3, 0777);
	call(openat, NO_FD, "a", O_RDONLY | O_DIRECT | O_NOATIME);
	call(openat, -1, "no\n\t\"\\\001\377e", O_RDONLY | O_ASYNC | O_DSYNC | O_NOCTTY);
	call(openat, AT_FDCWD, NULL, O_RDONLY);
	call(openat, AT_FDCWD, BAD, O_WRONLY);
	call(openat, AT_FDCWD, string_at_edge("at the edge"), O_RDONLY);
	memset(edge() - 4, 'x', 4);
	call(openat, AT_FDCWD, edge() - 4, O_RDONLY);
	call(openat, AT_FDCWD, long_path, O_RDONLY);
}

static void openat2_calls(void)
{
	struct open_how how = { .flags = O_RDWR | O_CREAT, .mode = 0640, .resolve = RESOLVE_BENEATH };
	char big_how[64] = { 0 };

	close(call(openat2, AT_FDCWD, "a", &how, sizeof(how)));
	how.flags = O_PATH | O_CLOEXEC;
	how.mode = 0;
	how.resolve = RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_IN_ROOT |
		      RESOLVE_CACHED;
	call(openat2, AT_FDCWD, "a", &how, sizeof(how));
	how.flags = 1ULL << 40;
	how.resolve = 1ULL << 50;
	call(openat2, AT_FDCWD, "a", &how, sizeof(how));
	how = (struct open_how) { .flags = O_RDONLY };
	memcpy(big_how, &how, sizeof(how));
	close(call(openat2, AT_FDCWD, "a", big_how, 32));
	big_how[30] = 1;
	call(openat2, AT_FDCWD, "a", big_how, 32);
	call(openat2, AT_FDCWD, "a", &how, 8);
	call(openat2, AT_FDCWD, "a", NULL, sizeof(how));
	call(openat2, AT_FDCWD, "a", BAD, sizeof(how));
}

static void name_to_handle_at_calls(void)
{
	struct {
		struct file_handle head;
		unsigned char room[128];
	} h = { .head.handle_bytes = 128 };
	int mount_id = -1;

	call(name_to_handle_at, AT_FDCWD, "a", &h, &mount_id, 0);
	close(call(open_by_handle_at, dir, &h, O_RDONLY));
	h.head.handle_bytes = 0;
	call(name_to_handle_at, AT_FDCWD, "a", &h, &mount_id, AT_SYMLINK_FOLLOW);
	h.head.handle_bytes = 4096;
	call(name_to_handle_at, AT_FDCWD, "a", &h, &mount_id, AT_EMPTY_PATH);
	call(name_to_handle_at, AT_FDCWD, NULL, NULL, NULL, 0x10000);
	call(name_to_handle_at, AT_FDCWD, "a", BAD, BAD, 0);
	call(open_by_handle_at, NO_FD, &h, O_RDWR);
	h.head.handle_bytes = 8;
	h.head.handle_type = 77;
	memcpy(h.head.f_handle, "\1\2\3\4\5\6\7\10", 8);
	call(open_by_handle_at, dir, &h, O_RDWR | O_NONBLOCK);
	call(open_by_handle_at, dir, NULL, 0);
}

#ifdef SYS_access
static void access_calls(void)
{
	call(access, "a", F_OK);
	call(access, "a", R_OK | W_OK | X_OK);
	call(access, "none", R_OK);
	call(access, "a", 0xff);
	call(access, NULL, 0);
}
#endif

static void faccessat_calls(void)
{
	call(faccessat, AT_FDCWD, "a", R_OK);
	call(faccessat, NO_FD, "a", X_OK);
	call(faccessat, AT_FDCWD, BAD, 8);
	call(faccessat2, AT_FDCWD, "a", W_OK, AT_EACCESS);
	call(faccessat2, AT_FDCWD, "a", F_OK, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
	call(faccessat2, AT_FDCWD, "a", F_OK, 0x4001);
}

#ifdef SYS_stat
static void stat_calls(void)
{
	struct stat st;

	call(stat, "a", &st);
	call(stat, "/dev/null", &st);
	call(stat, "none", &st);
	call(stat, "a", NULL);
	call(stat, NULL, BAD);
	call(lstat, "link", &st);
	call(lstat, ".", &st);
	call(lstat, "a", BAD);
	call(lstat, "/proc/self/exe", room_at_edge(sizeof(st)));
}
#endif

static void fstat_calls(void)
{
	struct stat st;

	call(fstat, fd, &st);
	call(fstat, 0, &st);
	call(fstat, NO_FD, &st);
	call(fstat, fd, NULL);
	call(fstat, fd, room_at_edge(sizeof(st)));
}

#ifdef SYS_newfstatat
static void newfstatat_calls(void)
{
	struct stat st;

	call(newfstatat, AT_FDCWD, "a", &st, 0);
	call(newfstatat, fd, "", &st, AT_EMPTY_PATH);
	call(newfstatat, AT_FDCWD, "link", &st, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT);
	call(newfstatat, NO_FD, "a", &st, 0x80000000);
	call(newfstatat, AT_FDCWD, "a", BAD, 0);
}
#endif

static void statx_calls(void)
{
	struct statx stx;

	call(statx, AT_FDCWD, "a", AT_STATX_SYNC_AS_STAT, STATX_BASIC_STATS, &stx);
	call(statx, fd, "", AT_EMPTY_PATH | AT_STATX_FORCE_SYNC, STATX_ALL, &stx);
	call(statx, AT_FDCWD, "/dev/null", AT_STATX_DONT_SYNC | AT_SYMLINK_NOFOLLOW, STATX_TYPE | STATX_MODE, &stx);
	call(statx, AT_FDCWD, "a", 0, 0, &stx);
	call(statx, AT_FDCWD, "none", 0, STATX_SIZE, &stx);
	call(statx, AT_FDCWD, "a", 0x8000, 0x80000000, &stx);
	call(statx, AT_FDCWD, "a", 0, STATX_MTIME, NULL);
	call(statx, AT_FDCWD, NULL, 0, STATX_INO, BAD);
}

static void statfs_calls(void)
{
	struct statfs fs;

	call(statfs, "/proc", &fs);
	call(statfs, ".", &fs);
	call(statfs, "none", &fs);
	call(statfs, "/", NULL);
	call(statfs, NULL, BAD);
	call(fstatfs, fd, &fs);
	call(fstatfs, NO_FD, &fs);
	call(fstatfs, fd, BAD);
}

#ifdef SYS_ustat
static void ustat_calls(void)
{
	char u[64];

	call(ustat, makedev(0, 77), u);
	call(ustat, 0x0801, NULL);
}
#endif

static void chmod_calls(void)
{
#ifdef SYS_chmod
	call(chmod, "a", 0600);
	call(chmod, "a", 07777);
	call(chmod, "none", 0);
	call(chmod, NULL, 0xffff);
#endif
	call(fchmod, fd, 0644);
	call(fchmod, NO_FD, 04755);
	call(fchmodat, AT_FDCWD, "a", 0640);
	call(fchmodat, NO_FD, "a", S_ISVTX | 01);
	call(fchmodat, AT_FDCWD, BAD, 0);
}

static void chown_calls(void)
{
#ifdef SYS_chmod
	call(chown, "a", -1, -1);
	call(chown, "none", 1000, 1000);
	call(chown, NULL, 0, 0xffffffff);
	call(lchown, "link", -1, -1);
	call(lchown, BAD, 1, 2);
#endif
	call(fchown, fd, -1, -1);
	call(fchown, NO_FD, 0, 0);
	call(fchownat, AT_FDCWD, "a", -1, -1, 0);
	call(fchownat, AT_FDCWD, "link", -1, -1, AT_SYMLINK_NOFOLLOW);
	call(fchownat, fd, "", -1, -1, AT_EMPTY_PATH);
	call(fchownat, AT_FDCWD, NULL, 65534, 65534, 0x40000000);
}

static void umask_calls(void)
{
	umask(call(umask, 022));
	umask(call(umask, 0));
	umask(call(umask, 07777));
}

static void truncate_calls(void)
{
#ifdef SYS_truncate
	call(truncate, "a", 4096);
	call(truncate, "a", 0);
	call(truncate, "a", -1);
	call(truncate, "none", 1L << 40);
	call(truncate, BAD, 1);
#endif
}

#ifdef SYS_utime
static void utime_calls(void)
{
	struct utimbuf ut = { 1000000000, 1700000000 };

	call(utime, "a", &ut);
	call(utime, "a", NULL);
	ut.actime = -1;
	call(utime, "a", &ut);
	call(utime, NULL, BAD);
}

static void utimes_calls(void)
{
	struct timeval tv[2] = { { 1000000000, 5 }, { 1700000000, 999999 } };

	call(utimes, "a", tv);
	call(utimes, "a", NULL);
	call(utimes, "none", BAD);
	call(futimesat, AT_FDCWD, "a", tv);
	call(futimesat, NO_FD, "a", NULL);
	call(futimesat, AT_FDCWD, NULL, BAD);
	tv[1].tv_usec = 1000000;
	call(utimes, "a", tv);
	call(futimesat, AT_FDCWD, "a", at_edge(tv, sizeof(tv)));
	call(futimesat, AT_FDCWD, "a", at_edge(tv, sizeof(tv[0])));
}
#endif

static void utimensat_calls(void)
{
	struct timespec ts[2] = { { 1000000000, 5 }, { 1700000000, 999999999 } };

	call(utimensat, AT_FDCWD, "a", ts, 0);
	call(utimensat, AT_FDCWD, "link", ts, AT_SYMLINK_NOFOLLOW);
	call(utimensat, AT_FDCWD, "a", NULL, 0);
	ts[0].tv_nsec = UTIME_NOW;
	ts[1].tv_nsec = UTIME_OMIT;
	call(utimensat, AT_FDCWD, "a", ts, 0);
	ts[0].tv_nsec = UTIME_OMIT;
	call(utimensat, NO_FD, "a", ts, 0);
	ts[0].tv_sec = -1;
	ts[0].tv_nsec = 0x123456789;
	call(utimensat, AT_FDCWD, "none", ts, 0x1000);
	call(utimensat, AT_FDCWD, NULL, BAD, 0);
	call(utimensat, AT_FDCWD, "a", at_edge(ts, sizeof(ts)), 0);
	call(utimensat, AT_FDCWD, "a", at_edge(ts, sizeof(ts[0])), 0);
}

static void mkdir_calls(void)
{
#ifdef SYS_mkdir
	call(mkdir, "d", 0755);
	call(mkdir, "d", 01777);
	call(mkdir, NULL, 0);
	call(rmdir, "d");
	call(rmdir, "none");
	call(rmdir, BAD);
#endif
	call(mkdirat, AT_FDCWD, "d", 0700);
	call(mkdirat, dir, "d/e", 02755);
	call(mkdirat, NO_FD, "d", 0);
	rmdir("d/e");
	rmdir("d");
}

static void mknod_calls(void)
{
#ifdef SYS_mkdir
	call(mknod, "fifo", S_IFIFO | 0600, 0);
	call(mknod, "fifo", S_IFREG | 0644, 0);
	call(mknod, "none/c", S_IFCHR | 0666, makedev(1, 3));
	call(mknod, "none/b", S_IFBLK | 0660, makedev(259, 70000));
	call(mknod, "none/s", S_IFSOCK, makedev(1, 3));
	call(mknod, NULL, 0170000 | 07777, -1);
#endif
	call(mknodat, AT_FDCWD, "f", S_IFREG | 0644, 0);
	call(mknodat, dir, "none/c", S_IFCHR | 0666, makedev(10, 200));
	call(mknodat, NO_FD, BAD, S_IFIFO, 0);
	unlink("fifo");
	unlink("f");
}

static void unlink_calls(void)
{
	mkdir("d", 0700);
	mkdir("d/e", 0700);
	close(creat("fifo", 0600));
	close(creat("f", 0600));
#ifdef SYS_mkdir
	call(unlink, "fifo");
	call(unlink, "none");
	call(unlink, NULL);
#endif
	call(unlinkat, AT_FDCWD, "f", 0);
	call(unlinkat, dir, "d/e", AT_REMOVEDIR);
	call(unlinkat, AT_FDCWD, "d", 0);
	call(unlinkat, AT_FDCWD, "d", AT_REMOVEDIR);
	call(unlinkat, AT_FDCWD, NULL, 0x77);
	unlink("fifo");
}

static void rename_calls(void)
{
#ifdef SYS_mkdir
	call(rename, "a", "b");
	call(rename, "b", "a");
	call(rename, "none", NULL);
#endif
#ifdef SYS_renameat
	call(renameat, AT_FDCWD, "a", dir, "b");
	call(renameat, dir, "b", AT_FDCWD, "a");
	call(renameat, NO_FD, NULL, NO_FD, BAD);
#endif
	call(renameat2, AT_FDCWD, "a", dir, "b", RENAME_NOREPLACE);
	call(renameat2, AT_FDCWD, "b", AT_FDCWD, "a", 0);
	call(renameat2, AT_FDCWD, "a", AT_FDCWD, "none", RENAME_EXCHANGE);
	call(renameat2, AT_FDCWD, "none", -1, "b", RENAME_WHITEOUT | 0x10);
}

static void link_calls(void)
{
#ifdef SYS_mkdir
	call(link, "a", "b");
	call(link, BAD, "b");
#endif
	call(linkat, AT_FDCWD, "a", dir, "b", 0);
	call(linkat, AT_FDCWD, "a", AT_FDCWD, "b", AT_SYMLINK_FOLLOW);
	call(linkat, dir, "", NO_FD, "b", AT_EMPTY_PATH);
	call(linkat, AT_FDCWD, NULL, AT_FDCWD, BAD, 3);
	unlink("b");
}

static void symlink_calls(void)
{
#ifdef SYS_mkdir
	call(symlink, "target", "s");
	call(symlink, "a", "s");
	call(symlink, NULL, BAD);
#endif
	call(symlinkat, "target", AT_FDCWD, "s");
	call(symlinkat, "", dir, "t");
	call(symlinkat, BAD, NO_FD, NULL);
	unlink("s");
}

static void readlink_calls(void)
{
	char buf[4096];

	symlink("target", "s");
#ifdef SYS_mkdir
	call(readlink, "s", buf, sizeof(buf));
	call(readlink, "s", buf, 3);
	call(readlink, "a", buf, sizeof(buf));
	call(readlink, "s", BAD, 100);
	call(readlink, "s", buf, 0);
	call(readlink, NULL, NULL, -1);
#endif
	call(readlinkat, AT_FDCWD, "s", buf, sizeof(buf));
	call(readlinkat, dir, "s", buf, 6);
	call(readlinkat, dir, "s", room_at_edge(6), 4096);
	call(readlinkat, NO_FD, "s", buf, 10);
	call(readlinkat, AT_FDCWD, "s", NULL, 10);
	unlink("s");
}

static void getcwd_calls(void)
{
	char buf[4096];

	call(getcwd, buf, sizeof(buf));
	call(getcwd, buf, 2);
	call(getcwd, NULL, 0);
	call(getcwd, BAD, 4096);
	chdir("/");
	call(getcwd, buf, sizeof(buf));
	fchdir(dir);
}

static void chdir_calls(void)
{
	call(chdir, "/");
	call(fchdir, dir);
	call(fchdir, NO_FD);
	call(chdir, "none");
	call(chdir, NULL);
}

static void chroot_calls(void)
{
	call(chroot, "none");
	call(chroot, BAD);
}

#ifdef SYS_lookup_dcookie
static void lookup_dcookie_calls(void)
{
	char buf[4096];

	call(lookup_dcookie, 0x1234567890abcdef, buf, sizeof(buf));
	call(lookup_dcookie, 0, NULL, 0);
}
#endif

static void make_files(void)
{
	memset(long_path, 'l', sizeof(long_path) - 1);
	fd = open("a", O_RDWR | O_CREAT, 0644);
	dir = open(".", O_RDONLY | O_DIRECTORY);
	symlink("a", "link");
}

static void remove_files(void)
{
	unlink("link");
	unlink("a");
	close(dir);
	close(fd);
}

static const struct family families[] = {
#ifdef SYS_open
	{ "open", open_calls },
#endif
	{ "openat", openat_calls },
	{ "openat2", openat2_calls },
	{ "name_to_handle_at", name_to_handle_at_calls },
#ifdef SYS_access
	{ "access", access_calls },
#endif
	{ "faccessat", faccessat_calls },
#ifdef SYS_stat
	{ "stat", stat_calls },
#endif
	{ "fstat", fstat_calls },
#ifdef SYS_newfstatat
	{ "newfstatat", newfstatat_calls },
#endif
	{ "statx", statx_calls },
	{ "statfs", statfs_calls },
#ifdef SYS_ustat
	{ "ustat", ustat_calls },
#endif
	{ "chmod", chmod_calls },
	{ "chown", chown_calls },
	{ "umask", umask_calls },
	{ "truncate", truncate_calls },
#ifdef SYS_utime
	{ "utime", utime_calls },
	{ "utimes", utimes_calls },
#endif
	{ "utimensat", utimensat_calls },
	{ "mkdir", mkdir_calls },
	{ "mknod", mknod_calls },
	{ "unlink", unlink_calls },
	{ "rename", rename_calls },
	{ "link", link_calls },
	{ "symlink", symlink_calls },
	{ "readlink", readlink_calls },
	{ "getcwd", getcwd_calls },
	{ "chdir", chdir_calls },
	{ "chroot", chroot_calls },
#ifdef SYS_lookup_dcookie
	{ "lookup_dcookie", lookup_dcookie_calls },
#endif
};

PROGRAM(make_files, remove_files)
