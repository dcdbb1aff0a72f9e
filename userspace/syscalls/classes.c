/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which calls belong to which of strace's classes: as strace 6.1 has it, and its later versions for
 * calls that are younger. Two classes follow from the rows: %file has what takes a path, %desc
 * what takes a descriptor; their lists say what is besides, or is not for all that.
 */
#include <string.h>

#include "classes.h"

static const struct {
	uint32_t class;
	const char *names;		/* each between blanks */
} lists[] = {
	{ SCT_CLASS_PROCESS,
	  " clone clone3 execve execveat exit exit_group fork kill pidfd_send_signal rt_sigqueueinfo"
	  " rt_tgsigqueueinfo tgkill tkill vfork wait4 waitid waitpid " },
	{ SCT_CLASS_NETWORK,
	  " accept accept4 bind connect getpeername getpmsg getsockname getsockopt listen putpmsg recv recvfrom"
	  " recvmmsg recvmmsg_time64 recvmsg send sendfile sendfile64 sendmmsg sendmsg sendto setsockopt shutdown"
	  " socket socketpair " },
	{ SCT_CLASS_SIGNAL,
	  " io_uring_enter kill pause pidfd_send_signal rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo"
	  " rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo sgetmask sigaction"
	  " sigaltstack signal signalfd signalfd4 sigpending sigprocmask sigreturn sigsuspend ssetmask tgkill tkill " },
	{ SCT_CLASS_IPC,
	  " msgctl msgget msgrcv msgsnd semctl semget semop semtimedop semtimedop_time64 shmat shmctl shmdt shmget " },
	{ SCT_CLASS_MEMORY,
	  " brk get_mempolicy io_destroy io_setup io_uring_register madvise map_shadow_stack mbind migrate_pages"
	  " mincore mlock mlock2 mlockall mmap mmap2 move_pages mprotect mremap mseal msync munlock munlockall munmap"
	  " pkey_mprotect remap_file_pages set_mempolicy set_mempolicy_home_node shmat shmdt " },
	{ SCT_CLASS_CREDS,
	  " capget capset getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getresgid"
	  " getresgid32 getresuid getresuid32 getuid getuid32 prctl setfsgid setfsgid32 setfsuid setfsuid32 setgid"
	  " setgid32 setgroups setgroups32 setregid setregid32 setresgid setresgid32 setresuid setresuid32 setreuid"
	  " setreuid32 setuid setuid32 " },
	{ SCT_CLASS_STAT, " oldstat stat stat64 " },
	{ SCT_CLASS_LSTAT, " lstat lstat64 oldlstat " },
	{ SCT_CLASS_FSTAT, " fstat fstat64 fstatat64 newfstatat oldfstat statx " },
	{ SCT_CLASS_STATFS, " statfs statfs64 " },
	{ SCT_CLASS_FSTATFS, " fstatfs fstatfs64 " },
	{ SCT_CLASS_USTAT, " ustat " },
	{ SCT_CLASS_CLOCK,
	  " adjtimex clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64"
	  " clock_settime clock_settime64 gettimeofday settimeofday stime time " },
	{ SCT_CLASS_PURE,
	  " get_tls getegid getegid32 geteuid geteuid32 getgid getgid32 getpgrp getpid getppid gettid getuid getuid32 " },
	/* Its command says what its arguments are. */
	{ SCT_CLASS_FILE, " fsconfig " },
	{ SCT_CLASS_DESC,
	  " bpf creat epoll_create epoll_create1 eventfd eventfd2 fanotify_init fsopen inotify_init inotify_init1"
	  " io_uring_setup landlock_create_ruleset memfd_create memfd_secret mq_open open pidfd_open pipe pipe2 poll"
	  " ppoll ppoll_time64 pselect6 pselect6_time64 _newselect select sendfile sendfile64 timerfd_create"
	  " userfaultfd " },
};

/* Those of which an argument is a path or descriptor, but which do not belong there. */
static const char no_file[] = " mq_open mq_unlink quotactl_fd ";
static const char no_desc[] = " keyctl ";

static bool has(const char *names, const char *name)
{
	size_t len = strlen(name);
	const char *at;

	for (at = strstr(names, name); at; at = strstr(at + 1, name)) {
		if (at[-1] == ' ' && at[len] == ' ')
			return true;
	}
	return false;
}

static uint32_t classes_by_arguments(const struct sct_row *row)
{
	uint32_t classes = 0;
	unsigned int i;

	for (i = 0; i < SCT_MAX_ARGS && row->args[i].type != SCT_NONE; i++) {
		if (row->args[i].type == SCT_PATH)
			classes |= SCT_CLASS_FILE;
		if (row->args[i].type == SCT_FD || row->args[i].type == SCT_DIRFD)
			classes |= SCT_CLASS_DESC;
	}
	if (has(no_file, row->name))
		classes &= ~SCT_CLASS_FILE;
	if (has(no_desc, row->name))
		classes &= ~SCT_CLASS_DESC;
	return classes;
}

/* The bits of enum sct_class that a call belongs to. row: the one without WHEN. */
uint32_t sct_row_classes(const struct sct_row *row)
{
	uint32_t classes = classes_by_arguments(row), listed = 0;
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (has(lists[i].names, row->name))
			listed |= lists[i].class;
	}
	/* A socket's calls are the network's. */
	if (listed & SCT_CLASS_NETWORK)
		classes &= ~SCT_CLASS_DESC;
	return classes | listed;
}

/* The classes that a name, as in trace=NAME, stands for; 0: it is none. Older ones need no "%". */
uint32_t sct_class_find(const char *name)
{
	static const struct {
		const char *name;
		uint32_t classes;
		bool bare;
	} names[] = {
		{ "%file", SCT_CLASS_FILE, true },
		{ "%process", SCT_CLASS_PROCESS, true },
		{ "%network", SCT_CLASS_NETWORK, true },
		{ "%net", SCT_CLASS_NETWORK, false },
		{ "%signal", SCT_CLASS_SIGNAL, true },
		{ "%ipc", SCT_CLASS_IPC, true },
		{ "%desc", SCT_CLASS_DESC, true },
		{ "%memory", SCT_CLASS_MEMORY, true },
		{ "%creds", SCT_CLASS_CREDS, false },
		{ "%stat", SCT_CLASS_STAT, false },
		{ "%lstat", SCT_CLASS_LSTAT, false },
		{ "%fstat", SCT_CLASS_FSTAT, false },
		{ "%%stat", SCT_CLASS_STAT | SCT_CLASS_LSTAT | SCT_CLASS_FSTAT, false },
		{ "%statfs", SCT_CLASS_STATFS, false },
		{ "%fstatfs", SCT_CLASS_FSTATFS, false },
		{ "%%statfs", SCT_CLASS_STATFS | SCT_CLASS_FSTATFS | SCT_CLASS_USTAT, false },
		{ "%clock", SCT_CLASS_CLOCK, false },
		{ "%pure", SCT_CLASS_PURE, false },
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!strcmp(name, names[i].name) || (names[i].bare && !strcmp(name, names[i].name + 1)))
			return names[i].classes;
	}
	return 0;
}

/*
 * Data of a descriptor, the first argument: bytes at the second one, as many as the result or the third argument says;
 * or vectors of buffers; or what has such, messages.
 */
enum sct_data sct_row_data(const struct sct_row *row)
{
	if (has(" mq_timedreceive mq_timedreceive_time64 pread64 preadv preadv2 read readv recv recvfrom recvmmsg"
		" recvmmsg_time64 recvmsg ", row->name))
		return SCT_DATA_READ;
	if (has(" mq_timedsend mq_timedsend_time64 pwrite64 pwritev pwritev2 send sendmmsg sendmsg sendto vmsplice write"
		" writev ", row->name))
		return SCT_DATA_WRITE;
	return SCT_DATA_NONE;
}

/* Of these: whether it has a row of struct mmsghdr. */
bool sct_row_has_messages(const struct sct_row *row)
{
	return has(" recvmmsg recvmmsg_time64 sendmmsg ", row->name);
}
