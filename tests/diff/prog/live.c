// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls that succeed, as programs make them: a program that becomes another, a terminal, connections of the internet. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <termios.h>

#include "calls.h"

/* What becomes another program becomes one without families to run: it ends at once. */
static void becomes_another(void)
{
	static char *argv[] = { "another name", "--list", NULL }, *envp[] = { "ONLY=this", NULL };
	int status, pid = fork();

	if (pid == 0) {
		call(execve, "/proc/self/exe", argv, envp);
		call(exit_group, 99);
	}
	call(wait4, pid, &status, 0, NULL);
}

static void becomes_another_by_descriptor(void)
{
	static char *argv[] = { "x", "--list", NULL }, *envp[] = { NULL };
	int status, pid = fork();

	if (pid == 0) {
		int fd = call(openat, AT_FDCWD, "/proc/self/exe", O_RDONLY | O_CLOEXEC);

		call(execveat, fd, "", argv, envp, AT_EMPTY_PATH);
		call(exit_group, 99);
	}
	call(wait4, pid, &status, 0, NULL);
}

static void ends(void)
{
	static const int signals[] = { SIGHUP, SIGTERM, SIGUSR1, 34 };
	unsigned int i;
	int status, pid;

	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		pid = fork();
		if (pid == 0) {
			call(kill, getpid(), signals[i]);
			call(exit_group, 1);
		}
		call(wait4, pid, &status, 0, NULL);
	}
}

static void terminal(void)
{
	struct termios tio;
	struct winsize ws = { 24, 80, 0, 0 };
	char buf[64];
	unsigned int nr;
	int unlock = 0, slave, master = call(openat, AT_FDCWD, "/dev/ptmx", O_RDWR | O_NOCTTY);

	call(ioctl, master, TIOCSPTLCK, &unlock);
	call(ioctl, master, TIOCGPTN, &nr);
	slave = call(ioctl, master, TIOCGPTPEER, O_RDWR | O_NOCTTY);
	call(ioctl, slave, TCGETS, &tio);
	tio.c_lflag &= ~(ICANON | ECHO);
	tio.c_cc[VMIN] = 1;
	call(ioctl, slave, TCSETSW, &tio);
	call(ioctl, slave, TCGETS, &tio);
	call(ioctl, master, TIOCSWINSZ, &ws);
	call(ioctl, slave, TIOCGWINSZ, &ws);
	call(write, slave, "to the master", 13);
	call(read, master, buf, sizeof(buf));
	call(ioctl, slave, TCFLSH, TCIOFLUSH);
	close(slave);
	close(master);
}

/* A server and its client in one, by addresses of one family. */
static void stream(const struct sockaddr *any, socklen_t size)
{
	struct sockaddr_storage me;
	socklen_t len = sizeof(me);
	char buf[64];
	int s = call(socket, any->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0), c, a;

	call(bind, s, any, size);
	call(listen, s, 5);
	call(getsockname, s, &me, &len);
	c = call(socket, any->sa_family, SOCK_STREAM, IPPROTO_TCP);
	call(connect, c, &me, size);
	/* The peer's port is any. */
	a = call(accept4, s, NULL, NULL, SOCK_CLOEXEC);
	call(sendto, c, "a request", 9, MSG_NOSIGNAL, NULL, 0);
	call(recvfrom, a, buf, sizeof(buf), 0, NULL, NULL);
	call(shutdown, c, SHUT_WR);
	call(recvfrom, a, buf, sizeof(buf), 0, NULL, NULL);
	close(a);
	close(c);
	close(s);
}

static void tcp(void)
{
	struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(51235), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	stream((void *)&any, sizeof(any));
}

static void refused(void)
{
	struct sockaddr_in none = { .sin_family = AF_INET, .sin_port = htons(1), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int c = call(socket, AF_INET, SOCK_STREAM, 0);

	call(connect, c, &none, sizeof(none));
	close(c);
}

static void events(void)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.u32 = 7 }, got[4];
	int e = call(epoll_create1, EPOLL_CLOEXEC), fd = call(eventfd2, 0, EFD_NONBLOCK);
	uint64_t value = 5;

	call(epoll_ctl, e, EPOLL_CTL_ADD, fd, &ev);
	call(write, fd, &value, 8);
	call(epoll_pwait, e, got, 4, -1, NULL, 8);
	call(read, fd, &value, 8);
	call(read, fd, &value, 8);
	call(epoll_pwait, e, got, 4, 0, NULL, 8);
	close(fd);
	close(e);
}

static void timer_expires(void)
{
	struct itimerspec soon = { .it_value = { 0, 1 } };
	int fd = call(timerfd_create, CLOCK_MONOTONIC, 0);
	uint64_t value;

	call(timerfd_settime, fd, 0, &soon, NULL);
	call(read, fd, &value, 8);
	close(fd);
}

static void watch(void)
{
	char buf[256];
	int n = call(inotify_init1, IN_NONBLOCK);

	call(inotify_add_watch, n, ".", IN_CREATE | IN_DELETE);
	close(open("seen", O_CREAT | O_WRONLY, 0600));
	call(read, n, buf, sizeof(buf));
	unlink("seen");
	call(read, n, buf, sizeof(buf));
	close(n);
}

static void copies(void)
{
	int from = open("/proc/self/exe", O_RDONLY), to = open("copy", O_CREAT | O_RDWR, 0600);
	struct stat st;

	call(fstat, to, &st);
	call(sendfile, to, from, NULL, 4096);
	call(copy_file_range, to, &(loff_t){ 0 }, to, &(loff_t){ 8192 }, 4096, 0);
	call(fallocate, to, 0, 0, 16384);
	call(lseek, to, 0, SEEK_END);
	close(from);
	close(to);
	unlink("copy");
}

static const struct family families[] = {
	{ "execve", becomes_another, "-f" },
	{ "execveat", becomes_another_by_descriptor, "-f" },
	{ "ends", ends, "-f" },
	{ "terminal", terminal },
	{ "tcp", tcp },
	{ "refused", refused },
	{ "eventfd", events },
	{ "timerfd", timer_expires },
	{ "inotify", watch },
	{ "copies", copies },
};

PROGRAM(NULL, NULL)
