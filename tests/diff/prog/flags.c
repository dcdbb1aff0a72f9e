// SPDX-License-Identifier: GPL-2.0-or-later
/* Arguments that are flags, bit by bit, and such as have a name for each value, one after the other. None of these calls succeeds, or does harm. */
#include <errno.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "calls.h"

/* The call with no bit in x, with each alone, and with all. */
#define EACH_BIT(x, ...)								\
	do {										\
		unsigned long x = 0;							\
		int bit_;								\
											\
		__VA_ARGS__;								\
		for (bit_ = 0; bit_ < 32; bit_++) {					\
			x = 1UL << bit_;						\
			__VA_ARGS__;							\
		}									\
		x = 0xffffffff;								\
		__VA_ARGS__;								\
	} while (0)

/* The call with each value of x up to the last, and with -1. */
#define EACH_VALUE(x, last, ...)							\
	do {										\
		long x;									\
											\
		for (x = -1; x <= (last); x++)						\
			__VA_ARGS__;							\
	} while (0)

#define NOBODY	0x7fffffff

static struct timespec past = { 1, 0 };

static void open_flags(void)
{
	EACH_BIT(flags, call(openat, NO_FD, "none", flags, 0644));
	EACH_BIT(flags, call(openat, NO_FD, "none", flags | O_RDWR | O_CLOEXEC, 0644));
	EACH_BIT(mode, call(openat, NO_FD, "none", O_CREAT, mode));
	EACH_BIT(mode, call(openat, NO_FD, "none", O_TMPFILE, mode));
}

static void openat2_flags(void)
{
	struct open_how how = { 0 };

	EACH_BIT(flags, how.flags = flags, call(openat2, NO_FD, "none", &how, sizeof(how)));
	how.flags = 0;
	EACH_BIT(resolve, how.resolve = resolve, call(openat2, NO_FD, "none", &how, sizeof(how)));
}

static void at_flags(void)
{
	EACH_BIT(flags, call(newfstatat, NO_FD, "none", BAD, flags));
	EACH_BIT(flags, call(faccessat2, NO_FD, "none", R_OK, flags));
	EACH_BIT(flags, call(fchownat, NO_FD, "none", 0, 0, flags));
	EACH_BIT(flags, call(unlinkat, NO_FD, "none", flags));
	EACH_BIT(flags, call(linkat, NO_FD, "none", NO_FD, "none", flags));
	EACH_BIT(flags, call(utimensat, NO_FD, "none", NULL, flags));
	EACH_BIT(flags, call(name_to_handle_at, NO_FD, "none", NULL, NULL, flags));
	EACH_BIT(flags, call(execveat, NO_FD, "none", NULL, NULL, flags));
}

static void access_modes(void)
{
	EACH_BIT(mode, call(faccessat, NO_FD, "none", mode));
	EACH_VALUE(mode, 8, call(faccessat, NO_FD, "none", mode));
}

static void statx_masks(void)
{
	EACH_BIT(mask, call(statx, NO_FD, "none", 0, mask, BAD));
	EACH_BIT(flags, call(statx, NO_FD, "none", flags, 0, BAD));
}

static void file_modes(void)
{
	EACH_BIT(mode, call(fchmodat, NO_FD, "none", mode));
	EACH_BIT(mode, call(mkdirat, NO_FD, "none", mode));
	EACH_VALUE(type, 16, call(mknodat, NO_FD, "none", type << 12 | 0640, 0x105));
}

static void renameat2_flags(void)
{
	EACH_BIT(flags, call(renameat2, NO_FD, "none", NO_FD, "none", flags));
}

static void seek_whence(void)
{
	EACH_VALUE(whence, 6, call(lseek, NO_FD, 0, whence));
}

static void fallocate_modes(void)
{
	EACH_BIT(mode, call(fallocate, NO_FD, mode, 0, 1));
	EACH_VALUE(advice, 8, call(fadvise64, NO_FD, 0, 1, advice));
	EACH_BIT(flags, call(sync_file_range, NO_FD, 0, 1, flags));
}

static void fcntl_commands(void)
{
	struct flock lock = { .l_type = F_RDLCK };

	EACH_VALUE(cmd, 40, call(fcntl, NO_FD, cmd, 1));
	EACH_VALUE(cmd, 20, call(fcntl, NO_FD, 1024 + cmd, 1));
	EACH_BIT(flags, call(fcntl, NO_FD, F_SETFL, flags));
	EACH_BIT(flags, call(fcntl, NO_FD, F_SETFD, flags));
	EACH_BIT(flags, call(fcntl, NO_FD, F_NOTIFY, flags));
	EACH_BIT(flags, call(fcntl, NO_FD, F_ADD_SEALS, flags));
	EACH_VALUE(lease, 4, call(fcntl, NO_FD, F_SETLEASE, lease));
	EACH_VALUE(type, 5, lock.l_type = type, call(fcntl, NO_FD, F_SETLK, &lock));
	EACH_VALUE(whence, 5, lock.l_whence = whence, call(fcntl, NO_FD, F_OFD_SETLK, &lock));
}

static void flock_operations(void)
{
	EACH_BIT(op, call(flock, NO_FD, op));
}

static void pipe_flags(void)
{
	EACH_BIT(flags, call(pipe2, BAD, flags));
	EACH_BIT(flags, call(dup3, NO_FD, 77, flags));
	EACH_BIT(flags, call(close_range, 77, 76, flags));
}

static void splice_flags(void)
{
	EACH_BIT(flags, call(splice, NO_FD, NULL, NO_FD, NULL, 1, flags));
	EACH_BIT(flags, call(tee, NO_FD, NO_FD, 1, flags));
	EACH_BIT(flags, call(vmsplice, NO_FD, NULL, 0, flags));
	EACH_BIT(flags, call(copy_file_range, NO_FD, NULL, NO_FD, NULL, 1, flags));
}

static void rw_flags(void)
{
	EACH_BIT(flags, call(preadv2, NO_FD, NULL, 0, 0, 0, flags));
	EACH_BIT(flags, call(pwritev2, NO_FD, NULL, 0, 0, 0, flags));
}

static void mmap_flags(void)
{
	EACH_BIT(flags, call(mmap, NULL, 0, 0, flags, NO_FD, 0));
	EACH_BIT(prot, call(mmap, NULL, 0, prot, 0, NO_FD, 0));
	EACH_BIT(prot, call(mprotect, BAD, 1, prot));
}

static void memory_flags(void)
{
	EACH_BIT(flags, call(mremap, (void *)1, 1, 1, flags, BAD));
	EACH_BIT(flags, call(msync, BAD, 4096, flags));
	EACH_BIT(flags, call(mlock2, BAD, 4096, flags));
	EACH_BIT(flags, call(memfd_create, BAD, flags));
	EACH_BIT(flags, call(mlockall, flags | 1UL << 31));
	EACH_BIT(rights, call(pkey_alloc, 0xff, rights));
}

static void advices(void)
{
	EACH_VALUE(advice, 110, call(madvise, (void *)1, 1, advice));
}

static void mempolicies(void)
{
	EACH_VALUE(mode, 8, call(set_mempolicy, mode, BAD, 64));
	EACH_BIT(mode, call(set_mempolicy, mode, BAD, 64));
	EACH_BIT(flags, call(mbind, (void *)1, 1, 0, BAD, 64, flags));
	EACH_BIT(flags, call(get_mempolicy, BAD, BAD, 64, NULL, flags));
}

static void signals(void)
{
	EACH_VALUE(signo, 66, call(kill, NOBODY, signo));
	EACH_VALUE(signo, 66, call(tgkill, NOBODY, NOBODY, signo));
}

static void sigaction_flags(void)
{
	struct { void *handler; unsigned long flags; void *restorer; uint64_t mask; } act = { 0 };

	EACH_BIT(flags, act.flags = flags, call(rt_sigaction, SIGKILL, &act, NULL, 8));
	EACH_VALUE(how, 4, call(rt_sigprocmask, how, &act.mask, NULL, 4));
}

static void clone_flags(void)
{
	struct { uint64_t flags, pidfd, child, parent, exit, stack, size, tls; } args = { 0 };

	EACH_BIT(flags, call(clone, flags | CLONE_THREAD | CLONE_SIGHAND | CLONE_FS | CLONE_NEWNS, 1, 1, 1, 1));
	EACH_BIT(flags, args.flags = flags | CLONE_FS | CLONE_NEWNS, call(clone3, &args, sizeof(args)));
	EACH_BIT(flags, call(unshare, flags | 0x40));
	EACH_BIT(flags, call(setns, NO_FD, flags));
}

static void wait_options(void)
{
	EACH_BIT(options, call(wait4, NOBODY, NULL, options, NULL));
	EACH_BIT(options, call(waitid, P_PID, NOBODY, NULL, options, NULL));
	EACH_VALUE(type, 5, call(waitid, type, NOBODY, NULL, WEXITED | WNOHANG, NULL));
}

static void pidfd_flags(void)
{
	EACH_BIT(flags, call(pidfd_open, -1, flags));
	EACH_BIT(flags, call(pidfd_getfd, NO_FD, 0, flags));
	EACH_BIT(flags, call(pidfd_send_signal, NO_FD, SIGTERM, NULL, flags));
	EACH_BIT(flags, call(process_madvise, NO_FD, NULL, 0, 0, flags));
}

static void socket_domains(void)
{
	EACH_VALUE(domain, 47, call(socket, domain, 0xf, 0));
	EACH_VALUE(domain, 47, call(socket, domain, 0xf, 3));
	EACH_VALUE(domain, 47, call(socketpair, domain, SOCK_STREAM, 0, NULL));
}

static void socket_types(void)
{
	EACH_VALUE(type, 16, call(socket, 77, type, 0));
	EACH_BIT(type, call(socket, 77, type | SOCK_STREAM, 0));
}

static void socket_protocols(void)
{
	static const int domains[] = {
		AF_INET, AF_INET6, AF_NETLINK, AF_BLUETOOTH, AF_CAN, AF_SMC, AF_CAIF, AF_PACKET, AF_AX25, AF_IRDA, AF_NFC,
	};
	unsigned int i;

	for (i = 0; i < sizeof(domains) / sizeof(domains[0]); i++)
		EACH_VALUE(protocol, 270, call(socket, domains[i], 0xf, protocol));
}

static void message_flags(void)
{
	struct msghdr msg = { 0 };

	EACH_BIT(flags, call(sendto, NO_FD, NULL, 0, flags, NULL, 0));
	EACH_BIT(flags, call(recvfrom, NO_FD, NULL, 0, flags, NULL, NULL));
	EACH_BIT(flags, call(sendmsg, NO_FD, &msg, flags));
	EACH_BIT(flags, msg.msg_flags = flags, call(sendmsg, NO_FD, &msg, 0));
	EACH_VALUE(how, 4, call(shutdown, NO_FD, how));
	EACH_BIT(flags, call(accept4, NO_FD, NULL, NULL, flags));
}

static void option_levels(void)
{
	EACH_VALUE(level, 300, call(setsockopt, NO_FD, level, 1, NULL, 0));
	EACH_VALUE(level, 300, call(getsockopt, NO_FD, level, 0, NULL, NULL));
}

static void poll_events(void)
{
	struct { int fd; short events, revents; } fd = { NO_FD, 0, 0 };

	EACH_BIT(events, fd.events = events, fd.revents = 0, call(poll, &fd, 1, 0));
}

static void epoll_events(void)
{
	struct { uint32_t events; uint64_t data; } __attribute__((packed)) event = { 0, 1 };

	EACH_BIT(events, event.events = events, call(epoll_ctl, NO_FD, 1, 0, &event));
	EACH_VALUE(op, 5, call(epoll_ctl, NO_FD, op, 0, &event));
	EACH_BIT(flags, call(epoll_create1, flags | 0x40));
	EACH_BIT(flags, call(eventfd2, 0, flags | 0x40));
	EACH_BIT(flags, call(signalfd4, NO_FD, NULL, 8, flags));
	EACH_BIT(flags, call(timerfd_create, 77, flags));
	EACH_BIT(flags, call(timerfd_settime, NO_FD, flags, NULL, NULL));
}

static void notify_flags(void)
{
	EACH_BIT(flags, call(inotify_init1, flags | 0x40));
	EACH_BIT(mask, call(inotify_add_watch, NO_FD, "none", mask));
	EACH_BIT(flags, call(fanotify_init, flags | 0x80000000, 0));
	EACH_BIT(flags, call(fanotify_init, 0x80000000, flags));
	EACH_BIT(flags, call(fanotify_mark, NO_FD, flags, 0, NO_FD, "none"));
	EACH_BIT(mask, call(fanotify_mark, NO_FD, 1, mask, NO_FD, "none"));
}

static void futex_operations(void)
{
	static uint32_t word = 1;

	EACH_VALUE(op, 20, call(futex, (void *)1, op, 2, &past, &word, 3));
	EACH_VALUE(op, 20, call(futex, (void *)1, op | FUTEX_PRIVATE_FLAG, 2, &past, &word, 3));
	EACH_VALUE(op, 20, call(futex, (void *)1, op | FUTEX_CLOCK_REALTIME, 2, &past, &word, 3));
	EACH_VALUE(op, 16, call(futex, (void *)1, FUTEX_WAKE_OP, 1, 1, &word, op << 28 | 1 << 24 | 5 << 12 | 7));
	EACH_VALUE(cmp, 16, call(futex, (void *)1, FUTEX_WAKE_OP, 1, 1, &word, cmp << 24 | 5 << 12 | 7));
}

static void clock_names(void)
{
	struct timespec ts;

	EACH_VALUE(clock, 20, call(clock_getres, clock, NULL));
	EACH_VALUE(clock, 20, call(clock_settime, clock, BAD));
	EACH_VALUE(clock, 20, call(timer_create, clock, BAD, NULL));
	EACH_BIT(flags, call(clock_nanosleep, 77, flags, &past, &ts));
	EACH_BIT(flags, call(timer_settime, (void *)77, flags, NULL, NULL));
	EACH_VALUE(which, 4, call(getitimer, which, BAD));
}

static void scheduling(void)
{
	EACH_VALUE(policy, 9, call(sched_get_priority_max, policy));
	EACH_VALUE(policy, 9, call(sched_setscheduler, NOBODY, policy, NULL));
	EACH_VALUE(which, 4, call(getpriority, which, NOBODY));
	EACH_VALUE(which, 5, call(ioprio_get, which, NOBODY));
	EACH_VALUE(class, 8, call(ioprio_set, 1, NOBODY, class << 13 | 5));
}

static void resources(void)
{
	struct rlimit rl = { 1024, 2048 };

	EACH_VALUE(resource, 18, call(prlimit64, NOBODY, resource, &rl, NULL));
	EACH_VALUE(resource, 18, call(getrlimit, resource, BAD));
	EACH_VALUE(who, 3, call(getrusage, who, BAD));
	EACH_BIT(limit, rl.rlim_cur = limit << 4, rl.rlim_max = limit << 10, call(prlimit64, NOBODY, RLIMIT_AS, &rl, NULL));
}

static void mount_flags(void)
{
	EACH_BIT(flags, call(mount, "none", "none", "none", flags, "none"));
	EACH_BIT(flags, call(umount2, "none", flags));
	EACH_BIT(flags, call(swapon, "none", flags));
}

static void new_mount_flags(void)
{
	struct mount_attr attr = { 0 };

	EACH_BIT(flags, call(open_tree, NO_FD, "none", flags));
	EACH_BIT(flags, call(move_mount, NO_FD, "none", NO_FD, "none", flags));
	EACH_BIT(flags, call(fsopen, BAD, flags));
	EACH_VALUE(cmd, 10, call(fsconfig, NO_FD, cmd, "key", "value", 0));
	EACH_BIT(flags, call(fsmount, NO_FD, flags, 0));
	EACH_BIT(flags, call(fsmount, NO_FD, 0, flags));
	EACH_BIT(flags, call(fspick, NO_FD, "none", flags));
	EACH_BIT(flags, call(mount_setattr, NO_FD, "none", flags, NULL, 0));
	EACH_BIT(flags, attr.attr_set = flags, call(mount_setattr, NO_FD, "none", 0, &attr, sizeof(attr)));
	attr.attr_set = 0;
	EACH_BIT(flags, attr.propagation = flags, call(mount_setattr, NO_FD, "none", 0, &attr, sizeof(attr)));
}

static void capabilities(void)
{
	struct { uint32_t version; int pid; } head = { 0x20080522, NOBODY };
	struct { uint32_t effective, permitted, inheritable; } data[2] = { 0 };

	EACH_BIT(caps, data[0].effective = caps, call(capset, &head, data));
	data[0].effective = 0;
	EACH_BIT(caps, data[1].permitted = caps, call(capset, &head, data));
}

static void key_permissions(void)
{
	EACH_VALUE(op, 40, call(keyctl, op, BAD, BAD, BAD, BAD));
	EACH_BIT(perm, call(keyctl, 5, 0x7ffffffe, perm));
}

static void seccomp_flags(void)
{
	uint32_t action;

	EACH_VALUE(op, 6, call(seccomp, op, 0xff, BAD));
	EACH_BIT(flags, call(seccomp, 1, flags, NULL));
	EACH_BIT(bit, action = bit, call(seccomp, 2, 0, &action));
}

static void landlock_rights(void)
{
	struct { uint64_t fs, net, scoped; } attr = { 0 };
	struct { uint64_t access; int fd; } __attribute__((packed)) beneath = { 0, NO_FD };

	EACH_BIT(rights, attr.fs = rights, call(landlock_create_ruleset, &attr, 8, 0x80));
	EACH_BIT(rights, beneath.access = rights, call(landlock_add_rule, NO_FD, 1, &beneath, 0));
	EACH_BIT(flags, call(landlock_restrict_self, NO_FD, flags));
}

static void ipc_flags(void)
{
	EACH_BIT(flags, call(semget, 0x77, -1, flags));
	EACH_BIT(flags, call(shmget, 0x77, 0, flags | 1));
	EACH_BIT(flags, call(shmat, -1, NULL, flags));
	EACH_BIT(flags, call(msgrcv, -1, NULL, 0, 0, flags));
	EACH_BIT(flags, call(mq_open, "none", flags | 0x800000, 0, NULL));
	EACH_VALUE(cmd, 25, call(semctl, -1, 0, cmd, BAD));
	EACH_VALUE(cmd, 25, call(msgctl, -1, cmd, BAD));
	EACH_VALUE(cmd, 25, call(shmctl, -1, cmd, BAD));
}

static void random_flags(void)
{
	EACH_BIT(flags, call(getrandom, BAD, 1, flags));
	EACH_BIT(flags, call(membarrier, -1, flags, 0));
	EACH_BIT(cmd, call(membarrier, cmd | 0x40000000, 0, 0));
	EACH_BIT(flags, call(userfaultfd, flags | 0x40));
	EACH_BIT(flags, call(perf_event_open, NULL, 0, 0, 0, flags));
	EACH_VALUE(type, 12, call(syslog, type, BAD, -1));
}

static void module_flags(void)
{
	EACH_BIT(flags, call(finit_module, NO_FD, "", flags));
	EACH_BIT(flags, call(delete_module, BAD, flags));
	EACH_BIT(flags, call(kexec_load, 0, 1, BAD, flags));
	EACH_BIT(flags, call(kexec_file_load, NO_FD, NO_FD, 0, NULL, flags));
}

static void kcmp_types(void)
{
	EACH_VALUE(type, 10, call(kcmp, NOBODY, NOBODY, type, 1, 2));
	EACH_VALUE(op, 10, call(bpf, op | 0x40, BAD, 4));
	EACH_VALUE(op, 5, call(quotactl, (0x800000 + op) << 8, "none", 0, BAD));
}

static void personalities(void)
{
	EACH_BIT(bits, call(personality, bits | 0x33));
	call(personality, 0);
}

/* What a rejected key gives has the name of an error. */
static void errors(void)
{
	EACH_VALUE(error, 140, call(keyctl, 19, 1, 30, error, 0));
}

static const struct family families[] = {
	{ "openat", open_flags },
	{ "openat2", openat2_flags },
	{ "at", at_flags },
	{ "access", access_modes },
	{ "statx", statx_masks },
	{ "mode", file_modes },
	{ "renameat2", renameat2_flags },
	{ "lseek", seek_whence },
	{ "fallocate", fallocate_modes },
	{ "fcntl", fcntl_commands },
	{ "flock", flock_operations },
	{ "pipe2", pipe_flags },
	{ "splice", splice_flags },
	{ "preadv2", rw_flags },
	{ "mmap", mmap_flags },
	{ "memory", memory_flags },
	{ "madvise", advices },
	{ "mempolicy", mempolicies },
	{ "signal", signals },
	{ "rt_sigaction", sigaction_flags },
	{ "clone", clone_flags },
	{ "wait", wait_options },
	{ "pidfd", pidfd_flags },
	{ "socket_domain", socket_domains },
	{ "socket_type", socket_types },
	{ "socket_protocol", socket_protocols },
	{ "message", message_flags },
	{ "option_level", option_levels },
	{ "poll", poll_events },
	{ "epoll", epoll_events },
	{ "notify", notify_flags },
	{ "futex", futex_operations },
	{ "clock", clock_names },
	{ "sched", scheduling },
	{ "rlimit", resources },
	{ "mount", mount_flags },
	{ "new_mount", new_mount_flags },
	{ "capability", capabilities },
	{ "keyctl", key_permissions },
	{ "seccomp", seccomp_flags },
	{ "landlock", landlock_rights },
	{ "ipc", ipc_flags },
	{ "random", random_flags },
	{ "module", module_flags },
	{ "kcmp", kcmp_types },
	{ "personality", personalities },
	{ "error", errors },
};

PROGRAM(NULL, NULL)
