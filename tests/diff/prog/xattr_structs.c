// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of userspace/syscalls/xattr.c. */
#include <linux/xattr.h>

#include "calls.h"

static char big[300];
static int fd;

static void set(void)
{
	call(setxattr, "a", "user.one", "value", 5, XATTR_CREATE);
	call(setxattr, "a", "user.nul", "value", 6, 0);
	call(setxattr, "a", "user.binary", "\1\2\0\3\377", 5, 0);
	call(setxattr, "a", "user.big", big, sizeof(big), 0);
	call(setxattr, "a", "user.empty", "", 0, 0);
	call(setxattr, "a", "user.empty", NULL, 0, XATTR_REPLACE);
	call(setxattr, "a", "user.one", "value", 5, XATTR_CREATE);
	call(setxattr, "a", "user.none", "v", 1, XATTR_REPLACE);
	call(setxattr, "a", "user.none", BAD, 5, 0);
	call(setxattr, "a", "user.none", NULL, 5, 0);
	call(setxattr, "a", BAD, "x", 1, 0x77);
	call(setxattr, "a", NULL, NULL, 0, 0x80);
	call(setxattr, NULL, big, big, sizeof(big), 3);
	call(setxattr, "none", "user.edge", big + sizeof(big) - 33, 33, 0);
	call(setxattr, "none", "user.edge", big + sizeof(big) - 34, 34, 0);
	call(lsetxattr, "a", "user.two", "second", 6, 0);
	call(lsetxattr, BAD, "user.two", at_edge("12345", 5), 5, 0);
	call(lsetxattr, BAD, "user.two", edge() - 3, 5, 0);
	call(fsetxattr, fd, "user.three", "a\"b\n", 4, 0);
	call(fsetxattr, NO_FD, "user.three", "x", 1, 0);
}

static void set_some(void)
{
	syscall(SYS_setxattr, "a", "user.one", "value", 5, 0);
	syscall(SYS_setxattr, "a", "user.nul", "value", 6, 0);
	syscall(SYS_setxattr, "a", "user.binary", "\1\2\0\3\377", 5, 0);
	syscall(SYS_setxattr, "a", "user.big", big, sizeof(big), 0);
	syscall(SYS_setxattr, "a", "user.empty", "", 0, 0);
	syscall(SYS_setxattr, "a", "user.two", "second", 6, 0);
	syscall(SYS_setxattr, "a", "user.three", "a\"b\n", 4, 0);
}

static void get(void)
{
	char value[400];

	set_some();
	call(getxattr, "a", "user.one", value, sizeof(value));
	call(getxattr, "a", "user.nul", value, sizeof(value));
	call(getxattr, "a", "user.binary", value, sizeof(value));
	call(getxattr, "a", "user.big", value, sizeof(value));
	call(getxattr, "a", "user.empty", value, sizeof(value));
	call(getxattr, "a", "user.one", NULL, 0);
	call(getxattr, "a", "user.one", value, 0);
	call(getxattr, "a", "user.one", value, 2);
	call(getxattr, "a", "user.one", BAD, 100);
	call(getxattr, "a", "user.none", value, sizeof(value));
	call(getxattr, NULL, BAD, NULL, -1);
	call(lgetxattr, "a", "user.two", value, sizeof(value));
	call(lgetxattr, "none", "user.two", value, sizeof(value));
	call(fgetxattr, fd, "user.three", value, sizeof(value));
	call(fgetxattr, NO_FD, "user.three", value, sizeof(value));
}

static void list(void)
{
	char names[400];

	set_some();
	call(listxattr, "a", names, sizeof(names));
	call(listxattr, "a", NULL, 0);
	call(listxattr, "a", names, 0);
	call(listxattr, "a", names, 3);
	call(listxattr, "a", BAD, 300);
	call(listxattr, "none", names, sizeof(names));
	call(llistxattr, "a", names, sizeof(names));
	call(llistxattr, NULL, NULL, -1);
	call(flistxattr, fd, names, sizeof(names));
	call(flistxattr, NO_FD, names, sizeof(names));
}

static void drop(void)
{
	char names[400];

	set_some();
	call(removexattr, "a", "user.big");
	call(removexattr, "a", "user.none");
	call(removexattr, NULL, BAD);
	call(lremovexattr, "a", "user.two");
	call(lremovexattr, "a", big);
	call(fremovexattr, fd, "user.three");
	call(fremovexattr, NO_FD, NULL);
	call(removexattr, "a", "user.nul");
	call(removexattr, "a", "user.binary");
	call(removexattr, "a", "user.empty");
	call(flistxattr, fd, names, sizeof(names));
	call(removexattr, "a", "user.one");
	call(flistxattr, fd, names, sizeof(names));
}

static void make_file(void)
{
	memset(big, 'b', sizeof(big) - 1);
	fd = open("a", O_RDWR | O_CREAT, 0644);
}

static void remove_file(void)
{
	close(fd);
	unlink("a");
}

static const struct family families[] = {
	{ "setxattr", set },
	{ "getxattr", get },
	{ "listxattr", list },
	{ "removexattr", drop },
};

PROGRAM(make_file, remove_file)
