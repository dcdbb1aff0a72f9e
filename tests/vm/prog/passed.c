/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What somebody without rights can do with a descriptor of /dev/sctrace that root has opened and passed on: of a session
 * that has no configuration yet, ask INFO; of one that runs, read what it was made for, and stop it. Run as root; prints a
 * line for each thing that is not so.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <uapi/sctrace.h>

#include "must.h"

#define NOBODY	65534
#define RING	SCTRACE_RING_MIN_BYTES

static struct sctrace_test somebody = { .key = SCTRACE_KEY_TASK };

static struct sctrace_config config(unsigned int scope)
{
	return (struct sctrace_config) {
		.size = sizeof(struct sctrace_config), .scope = scope, .ring_bytes = RING,
		.tests = (unsigned long)&somebody, .nr_tests = scope == SCTRACE_SCOPE_TESTS,
	};
}

static void send_fd(int socket, int fd)
{
	char space[CMSG_SPACE(sizeof(int))] = { 0 }, byte = 0;
	struct iovec iov = { &byte, 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof(space) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	must("pass the descriptor on", sendmsg(socket, &msg, 0), 0);
	close(fd);
}

static int receive_fd(int socket)
{
	char space[CMSG_SPACE(sizeof(int))] = { 0 }, byte;
	struct iovec iov = { &byte, 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof(space) };
	int fd = -1;

	if (recvmsg(socket, &msg, 0) == 1)
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&msg)), sizeof(fd));
	return fd;
}

static void *map(int fd, size_t length, int prot, __u64 offset)
{
	return mmap(NULL, length, prot, MAP_SHARED, fd, offset);
}

static void use_new(int fd)
{
	struct sctrace_info info = { .size = sizeof(info) };
	struct sctrace_config c = config(SCTRACE_SCOPE_TESTS), everybody = c;

	everybody.nr_tests = 0;
	must("ask of a new session", ioctl(fd, SCTRACE_IOC_INFO, &info), 0);
	must("configure for one task", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EPERM);
	must("configure for everybody", ioctl(fd, SCTRACE_IOC_CONFIG, &everybody), EPERM);
	must("start what has no configuration", ioctl(fd, SCTRACE_IOC_START), EINVAL);
	must("map it", map(fd, 4096 + 2 * RING, PROT_READ, SCTRACE_MMAP_RING(0)) == MAP_FAILED ? -1 : 0, EINVAL);
}

static void use_running(int fd)
{
	struct sctrace_stats stats = { .size = sizeof(stats), .cpu = SCTRACE_ALL_CPUS };
	struct sctrace_config c = config(SCTRACE_SCOPE_TESTS), keep = config(SCTRACE_SCOPE_KEEP);

	must("configure what runs", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EPERM);
	must("give it another scope", ioctl(fd, SCTRACE_IOC_CHANGE, &c), EPERM);
	keep.ring_bytes = 0;
	must("give it another filter", ioctl(fd, SCTRACE_IOC_CHANGE, &keep), EPERM);
	must("map the ring", map(fd, 4096 + 2 * RING, PROT_READ, SCTRACE_MMAP_RING(0)) == MAP_FAILED ? -1 : 0, 0);
	must("map the reader's page",
	     map(fd, 4096, PROT_READ | PROT_WRITE, SCTRACE_MMAP_CONS(0)) == MAP_FAILED ? -1 : 0, 0);
	must("say that there is room", ioctl(fd, SCTRACE_IOC_ROOM), 0);
	must("ask for counts", ioctl(fd, SCTRACE_IOC_STATS, &stats), 0);
	must("something is recorded", stats.produced ? 0 : -1, 0);
	must("stop it", ioctl(fd, SCTRACE_IOC_STOP), 0);
	must("start it again", ioctl(fd, SCTRACE_IOC_START), EBUSY);
}

static int open_device(void)
{
	int fd = open(SCTRACE_DEVICE, O_RDWR | O_CLOEXEC);

	must("open as root", fd, 0);
	return fd;
}

/* Who has no rights, and gets them all by the socket. */
static int use_all(int socket)
{
	must("become nobody", syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY), 0);
	must("open as nobody", open(SCTRACE_DEVICE, O_RDWR), EACCES);
	use_new(receive_fd(socket));
	use_running(receive_fd(socket));
	return failures != 0;
}

int main(void)
{
	struct sctrace_config c = config(SCTRACE_SCOPE_TESTS);
	struct sctrace_stats stats = { .size = sizeof(stats), .cpu = SCTRACE_ALL_CPUS };
	int pair[2], fd, status = 1;
	pid_t pid, traced;

	must("sockets", socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		status = use_all(pair[1]);
		fflush(stdout);
		_exit(status);
	}
	/* A process of its own is traced: the one that configures is left out. */
	traced = fork();
	if (!traced) {
		for (;;)
			usleep(1000);
	}
	somebody.low = traced;
	send_fd(pair[0], open_device());
	fd = open_device();
	must("configure as root", ioctl(fd, SCTRACE_IOC_CONFIG, &c), 0);
	must("start as root", ioctl(fd, SCTRACE_IOC_START), 0);
	while (!ioctl(fd, SCTRACE_IOC_STATS, &stats) && !stats.produced)
		usleep(1000);
	send_fd(pair[0], fd);
	waitpid(pid, &status, 0);
	kill(traced, SIGKILL);
	return failures || status;
}
