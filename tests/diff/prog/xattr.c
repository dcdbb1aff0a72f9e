// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/xattr.c. */
#include <sys/xattr.h>

#include "calls.h"

static int fd;

static void make_files(void)
{
	fd = open("a", O_RDWR | O_CREAT, 0644);
	symlink("a", "link");
}

static void remove_files(void)
{
	close(fd);
	unlink("link");
	unlink("a");
}

static void set_some(void)
{
	syscall(SYS_setxattr, "a", "user.one", "value", 5, 0);
	syscall(SYS_setxattr, "a", "user.long", "a value that is longer than is shown", 36, 0);
	syscall(SYS_fsetxattr, fd, "user.four", "value", 5, 0);
}

static void set(void)
{
	call(setxattr, "a", "user.one", "value", 5, 0);
	call(setxattr, "a", "user.one", "\0\1\2", 3, XATTR_REPLACE);
	call(setxattr, "a", "user.one", "again", 5, XATTR_CREATE);
	call(setxattr, "a", "user.long", "a value that is longer than is shown", 36, 0);
	call(setxattr, "a", "none", "v", 1, 0xff);
	call(setxattr, NULL, BAD, NULL, 10, 0);
	call(setxattr, "a", "user.two", BAD, 10, 0);
	call(setxattr, "a", "user.two", NULL, 0, 0);
	call(lsetxattr, "link", "user.one", "value", 5, 0);
	call(lsetxattr, "a", "user.three", "v", -1, 0);
	call(fsetxattr, fd, "user.four", "value", 5, 0);
	call(fsetxattr, NO_FD, "user.four", string_at_edge("edge"), 5, XATTR_CREATE | XATTR_REPLACE);
}

static void get(void)
{
	char buf[256];

	set_some();
	call(getxattr, "a", "user.one", buf, sizeof(buf));
	call(getxattr, "a", "user.long", buf, sizeof(buf));
	call(getxattr, "a", "user.long", buf, 3);
	call(getxattr, "a", "user.long", NULL, 0);
	call(getxattr, "a", "user.none", buf, sizeof(buf));
	call(getxattr, "a", "user.one", BAD, 100);
	call(getxattr, NULL, NULL, NULL, -1);
	call(lgetxattr, "link", "user.one", buf, sizeof(buf));
	call(lgetxattr, "a", "user.one", buf, sizeof(buf));
	call(fgetxattr, fd, "user.four", buf, sizeof(buf));
	call(fgetxattr, NO_FD, BAD, buf, 5);
}

static void list(void)
{
	char buf[256];

	set_some();
	call(listxattr, "a", buf, sizeof(buf));
	call(listxattr, "a", buf, 3);
	call(listxattr, "a", NULL, 0);
	call(listxattr, "none", buf, sizeof(buf));
	call(llistxattr, "link", buf, sizeof(buf));
	call(llistxattr, "a", BAD, sizeof(buf));
	call(flistxattr, fd, buf, sizeof(buf));
	call(flistxattr, NO_FD, NULL, -1);
}

static void drop(void)
{
	set_some();
	call(removexattr, "a", "user.one");
	call(removexattr, "a", "user.none");
	call(removexattr, NULL, BAD);
	call(lremovexattr, "link", "user.one");
	call(lremovexattr, BAD, "");
	call(fremovexattr, fd, "user.four");
	call(fremovexattr, NO_FD, NULL);
}

static const struct family families[] = {
	{ "setxattr", set },
	{ "getxattr", get },
	{ "listxattr", list },
	{ "removexattr", drop },
};

PROGRAM(make_files, remove_files)
