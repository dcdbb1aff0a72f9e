// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * init: PID 1 of a test guest. It loads the modules that reach the disks, mounts a Debian user
 * land, runs one command and reports how that went.
 *
 * In the initramfs, from make-kernel and run:
 *   /boot/order, /boot/NAME.ko	the modules to load first, in order
 *   /sctrace/			the built tree, with sctrace.ko
 *   /run/argv			the command, each argument ended by NUL
 *   /run/load			if there: load sctrace.ko with the parameters it holds
 *   /run/share			if there: a 9p share named "share" is to be mounted
 *
 * To the host, three virtio ports: the command's output, its errors, and a verdict in lines:
 *   begun			the guest is up, and the command starts now
 *   status N			the command's exit status, 128 + signal if it was killed
 *   fault TEXT			something that fails the run whatever the command said
 *   end			the verdict is complete; without it the guest died on the way
 * None of these goes through the console, which a broken kernel may fill, or fail to write to.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DEVICE_WAIT_S	120	/* emulated devices on a machine that is busy with other guests */
#define LEFTOVER_WAIT_S	30
#define UNLOAD_WAIT_S	30

static int control_port = -1;
static int out_port = -1;
static int err_port = -1;

/* ---- words to the host ---- */

static void write_all(int fd, const char *data, size_t size)
{
	while (size > 0) {
		ssize_t done = write(fd, data, size);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return;
		data += done;
		size -= done;
	}
}

static void report(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void report(const char *format, ...)
{
	char line[1024];
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(line, sizeof(line) - 1, format, args);
	va_end(args);
	if (size > (int)sizeof(line) - 2)
		size = sizeof(line) - 2;
	line[size++] = '\n';
	write_all(control_port >= 0 ? control_port : STDERR_FILENO, line, size);
}

/*
 * The kernel takes a write to a port and lets the device have it later; a port is writable again
 * when the host has all of it. Power must not go off before.
 */
static void drain_port(int port)
{
	struct pollfd poller = { .fd = port, .events = POLLOUT };

	if (port >= 0)
		poll(&poller, 1, DEVICE_WAIT_S * 1000);
}

static void power_off(void)
{
	drain_port(out_port);
	drain_port(err_port);
	report("end");
	drain_port(control_port);
	sync();
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

static void fatal(const char *what, const char *which)
{
	report("fault cannot %s %s: %s", what, which, strerror(errno));
	power_off();
}

/* ---- small tools ---- */

static void sleep_ms(long ms)
{
	struct timespec time = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

static time_t now_s(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

/* The whole of a file, with a NUL after it; NULL if it cannot be read. */
static char *read_file(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t room = 4096, used = 0;
	char *data;
	ssize_t got;

	if (fd < 0)
		return NULL;
	data = malloc(room);
	while (data && (got = read(fd, data + used, room - used - 1)) > 0) {
		used += got;
		if (room - used < 2048)
			data = realloc(data, room *= 2);
	}
	close(fd);
	if (!data)
		return NULL;
	data[used] = '\0';
	if (size)
		*size = used;
	return data;
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	write_all(fd, text, strlen(text));
	close(fd);
}

static void mount_or_die(const char *source, const char *target, const char *type, unsigned long flags,
			 const char *options)
{
	mkdir(target, 0755);
	if (mount(source, target, type, flags, options) < 0)
		fatal("mount", target);
}

/* For what a kernel may have been built without. */
static void mount_if_there(const char *type, const char *target, const char *options)
{
	mkdir(target, 0755);
	mount(type, target, type, 0, options);
}

/* ---- start: devices, file systems ---- */

static int load_module(const char *path, const char *params)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int error = 0;

	if (fd < 0)
		return -errno;
	if (syscall(SYS_finit_module, fd, params, 0) < 0 && errno != EEXIST)
		error = -errno;
	close(fd);
	return error;
}

static void load_boot_modules(void)
{
	char *list = read_file("/boot/order", NULL);
	char *name, *rest = list;
	char path[PATH_MAX];

	if (!list)
		fatal("read", "/boot/order");
	while ((name = strsep(&rest, "\n")) != NULL) {
		if (!*name)
			continue;
		snprintf(path, sizeof(path), "/boot/%s", name);
		errno = -load_module(path, "");
		/* A module for a processor other than this one. */
		if (errno && errno != ENODEV)
			fatal("load", path);
	}
	free(list);
}

/* The device node of the port that the host named so, or -1 if it is not there (yet). */
static int open_named_port(const char *wanted)
{
	DIR *ports = opendir("/sys/class/virtio-ports");
	struct dirent *entry;
	char path[PATH_MAX];
	int fd = -1;

	if (!ports)
		return -1;
	while (fd < 0 && (entry = readdir(ports)) != NULL) {
		char *name;

		snprintf(path, sizeof(path), "/sys/class/virtio-ports/%s/name", entry->d_name);
		name = read_file(path, NULL);
		if (name && !strncmp(name, wanted, strlen(wanted)) && name[strlen(wanted)] == '\n') {
			snprintf(path, sizeof(path), "/dev/%s", entry->d_name);
			fd = open(path, O_WRONLY | O_CLOEXEC);
		}
		free(name);
	}
	closedir(ports);
	return fd;
}

/* Ports appear some time after their driver is loaded. */
static int open_port(const char *name)
{
	time_t deadline = now_s() + DEVICE_WAIT_S;
	int fd;

	while ((fd = open_named_port(name)) < 0) {
		if (now_s() > deadline) {
			errno = ETIMEDOUT;
			fatal("open port", name);
		}
		sleep_ms(10);
	}
	return fd;
}

static void mount_initramfs(void)
{
	mount_or_die("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount_or_die("proc", "/proc", "proc", 0, NULL);
	mount_or_die("sysfs", "/sys", "sysfs", 0, NULL);
}

/* The user land and the kernel's modules, both read-only and shared with other guests, under one writable layer. */
static void mount_root(void)
{
	mount_or_die("/dev/vda", "/userland", "ext4", MS_RDONLY, NULL);
	mount_or_die("/dev/vdb", "/modules", "ext4", MS_RDONLY, NULL);
	mount_or_die("tmpfs", "/layer", "tmpfs", 0, "size=75%,mode=0755");
	mkdir("/layer/upper", 0755);
	mkdir("/layer/work", 0755);
	mount_or_die("overlay", "/root", "overlay", 0,
		     "lowerdir=/modules:/userland,upperdir=/layer/upper,workdir=/layer/work");
	mount_or_die("/sctrace", "/root/sctrace", NULL, MS_BIND, NULL);
	if (access("/run/share", F_OK) == 0)
		mount_or_die("share", "/root/share", "9p", 0,
			     "trans=virtio,version=9p2000.L,msize=524288,cache=mmap");
}

static void enter_root(void)
{
	mount_or_die("/dev", "/root/dev", NULL, MS_MOVE, NULL);
	mount_or_die("/proc", "/root/proc", NULL, MS_MOVE, NULL);
	mount_or_die("/sys", "/root/sys", NULL, MS_MOVE, NULL);
	if (chdir("/root") < 0 || mount(".", "/", NULL, MS_MOVE, NULL) < 0 || chroot(".") < 0 || chdir("/root") < 0)
		fatal("enter", "/root");
}

static void mount_the_rest(void)
{
	mount_or_die("tmpfs", "/run", "tmpfs", 0, "mode=0755");
	mount_or_die("tmpfs", "/tmp", "tmpfs", 0, "mode=1777");
	mount_or_die("tmpfs", "/dev/shm", "tmpfs", 0, "mode=1777");
	mount_or_die("devpts", "/dev/pts", "devpts", 0, "gid=5,mode=620,ptmxmode=666");
	mount_if_there("tracefs", "/sys/kernel/tracing", NULL);
	mount_if_there("debugfs", "/sys/kernel/debug", NULL);
	mount_if_there("securityfs", "/sys/kernel/security", NULL);
	mount_if_there("cgroup2", "/sys/fs/cgroup", NULL);
	mount_if_there("bpf", "/sys/fs/bpf", NULL);
	if (symlink("/proc/self/fd", "/dev/fd") < 0 || symlink("/proc/self/fd/0", "/dev/stdin") < 0 ||
	    symlink("/proc/self/fd/1", "/dev/stdout") < 0 || symlink("/proc/self/fd/2", "/dev/stderr") < 0)
		fatal("link", "/dev/fd");
}

static void start_loopback(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 && errno == EAFNOSUPPORT)
		return;	/* a kernel without IP */

	if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &request) < 0)
		fatal("see", "lo");
	request.ifr_flags |= IFF_UP;
	if (ioctl(fd, SIOCSIFFLAGS, &request) < 0)
		fatal("start", "lo");
	close(fd);
}

/* ---- the command ---- */

static char **read_argv(void)
{
	size_t size, count = 0, at;
	char *text = read_file("/run/argv", &size);
	char **argv;

	if (!text)
		fatal("read", "/run/argv");
	for (at = 0; at < size; at++)
		count += text[at] == '\0';
	argv = calloc(count + 1, sizeof(*argv));
	if (!argv)
		fatal("read", "/run/argv");
	for (at = 0, count = 0; at < size; at += strlen(text + at) + 1)
		argv[count++] = text + at;
	return argv;
}

/* In the child. What it says on the way to the command goes where the command's errors go. */
static void become_command(char **argv, int out, int err)
{
	static char *environment[] = {
		"PATH=/sctrace/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "USER=root", "LOGNAME=root",
		"SHELL=/bin/bash", "LANG=C.UTF-8", "TERM=dumb", NULL,
	};
	struct rlimit files = { .rlim_cur = 1024, .rlim_max = 524288 };
	int null = open("/dev/null", O_RDONLY);
	sigset_t none;

	setsid();
	setrlimit(RLIMIT_NOFILE, &files);
	dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	if (null > STDERR_FILENO)
		close(null);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	environ = environment;
	execvp(argv[0], argv);
	fprintf(stderr, "sctrace-vm: cannot run %s: %s\n", argv[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

/* Reaps all who died; true if the command was among them. */
static bool reap(pid_t command, int *status, bool *childless)
{
	bool ended = false;
	pid_t pid;
	int how;

	while ((pid = waitpid(-1, &how, WNOHANG)) > 0) {
		if (pid == command) {
			*status = how;
			ended = true;
		}
	}
	*childless = pid < 0 && errno == ECHILD;
	return ended;
}

/* Passes on what there is; false at the end of the stream. */
static bool relay(int from, int port)
{
	static char buffer[65536];
	ssize_t got = read(from, buffer, sizeof(buffer));

	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (got <= 0)
		return false;
	write_all(port, buffer, got);
	return true;
}

/*
 * Feeds both ports until the command has ended and, killed with it, everything it left behind.
 * Pipes stand between the command and the ports because a port can only be opened once: through a
 * pipe, `echo > /dev/stderr` works. Returns the command's wait status.
 */
static int attend(pid_t command, int signals, int out, int err)
{
	struct pollfd pollers[] = {
		{ .fd = signals, .events = POLLIN },
		{ .fd = out, .events = POLLIN },
		{ .fd = err, .events = POLLIN },
	};
	bool ended = false, childless = false;
	struct signalfd_siginfo ignored;
	time_t deadline = 0;
	int status = 0;

	while (!ended || !childless || pollers[1].fd >= 0 || pollers[2].fd >= 0) {
		poll(pollers, 3, ended ? 100 : -1);
		if (pollers[0].revents && read(signals, &ignored, sizeof(ignored)) < 0)
			fatal("read", "signals");
		if (pollers[1].revents && !relay(out, out_port))
			pollers[1].fd = -1;
		if (pollers[2].revents && !relay(err, err_port))
			pollers[2].fd = -1;
		if (reap(command, &status, &childless)) {
			ended = true;
			deadline = now_s() + LEFTOVER_WAIT_S;
		}
		if (!ended)
			continue;
		/* Again each time round: a process may have been born while the last signal went out. */
		if (!childless)
			kill(-1, SIGKILL);
		if (now_s() > deadline) {
			report("fault processes left by the command could not be killed within %d s", LEFTOVER_WAIT_S);
			break;
		}
	}
	return status;
}

static void run_command(char **argv)
{
	int out[2], err[2], signals, status;
	sigset_t child;
	pid_t pid;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	signals = signalfd(-1, &child, SFD_CLOEXEC);
	if (signals < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0)
		fatal("make", "pipes");
	report("begun");
	pid = fork();
	if (pid < 0)
		fatal("fork for", argv[0]);
	if (pid == 0)
		become_command(argv, out[1], err[1]);
	close(out[1]);
	close(err[1]);
	status = attend(pid, signals, out[0], err[0]);
	report("status %d", WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

/* ---- sctrace ---- */

static void load_sctrace(const char *params)
{
	int error = load_module("/sctrace/sctrace.ko", params);

	if (!error)
		return;
	errno = -error;
	fatal("load", "sctrace.ko");
}

/* The name of the last loaded module of ours, in a static buffer; NULL if none is loaded. */
static const char *loaded_module(void)
{
	static char name[64];
	char *modules = read_file("/proc/modules", NULL);
	char *line, *rest = modules;
	bool found = false;

	while (!found && (line = strsep(&rest, "\n")) != NULL)
		found = sscanf(line, "%63s", name) == 1 && !strncmp(name, "sctrace", 7);
	free(modules);
	return found ? name : NULL;
}

/* Whoever loaded it, it must go: with all its users dead nothing may hold it for long. */
static void unload_sctrace(void)
{
	time_t deadline = now_s() + UNLOAD_WAIT_S;
	const char *name;

	while ((name = loaded_module()) != NULL) {
		if (syscall(SYS_delete_module, name, O_NONBLOCK) == 0)
			continue;
		if ((errno != EBUSY && errno != EAGAIN && errno != EWOULDBLOCK) || now_s() > deadline) {
			report("fault cannot unload %s: %s", name, strerror(errno));
			return;
		}
		sleep_ms(100);
	}
}

/* On a kernel that looks for leaks: let it look, and put what it finds into the kernel's log. */
static void report_leaks(void)
{
	static const char kmemleak[] = "/sys/kernel/debug/kmemleak";
	char *found;

	if (access(kmemleak, F_OK) < 0)
		return;
	/* Memory just freed or just allocated is only judged right by a second look. */
	write_file(kmemleak, "scan");
	sleep_ms(5500);
	write_file(kmemleak, "scan");
	found = read_file(kmemleak, NULL);
	if (found && *found)
		write_file("/dev/kmsg", found);
	free(found);
}

int main(void)
{
	char *params, **argv;

	mount_initramfs();
	load_boot_modules();
	control_port = open_port("sctrace.control");
	out_port = open_port("sctrace.out");
	err_port = open_port("sctrace.err");
	params = read_file("/run/load", NULL);
	argv = read_argv();
	mount_root();
	enter_root();
	mount_the_rest();
	start_loopback();
	if (sethostname("sctrace-vm", 10) < 0)
		fatal("set", "host name");
	/* Boot is over: from here on, all of the kernel's log to the console. */
	write_file("/proc/sys/kernel/printk", "8 4 1 7");
	if (params)
		load_sctrace(params);
	run_command(argv);
	unload_sctrace();
	report_leaks();
	power_off();
}
