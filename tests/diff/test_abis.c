// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls of i386, arm and x32 programs, which need no such program and no kernel that runs it: made up with memory as those
 * have it, captured by module/capture.c, decoded by the reader.
 */
#include <linux/audit.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "calls.h"
#include "pair.h"
#include "record.h"
#include "strace.h"
#include "tracer.h"

/* Memory that a pointer of 32 bits reaches, and what of it is not used yet. */
static uint8_t *low, *next;

static struct sct_plan_set set;
static struct sct_tasks tasks;
static struct sct_strace out = { .plans = &set, .tasks = &tasks, .quiet = true };

static void show(void *data, const struct sctrace_hdr *hdr)
{
	struct sct_event event;
	struct sct_record rec;

	(void)data;
	assert_int_equal(sct_record_parse(&rec, hdr, hdr->words * 8), 0);
	if (sct_pair(&tasks, &rec, &event) > 0) {
		sct_strace_event(&out, &event);
		sct_pair_done(&tasks, &event);
	}
}

static void use(uint32_t audit_arch)
{
	static const struct sct_plan_options options = { .string_limit = 32 };

	sct_plan_set_free(&set);
	assert_int_equal(sct_calls_init(audit_arch), 0);
	assert_int_equal(sct_plan_set_build(&set, &options), 0);
}

/* Bytes in low memory; each call has its memory for itself. */
static uint64_t bytes(const void *from, size_t n)
{
	next += -(uintptr_t)next & 15;
	memcpy(next, from, n);
	next += n;
	return (uintptr_t)next - n;
}

#define string(s)	bytes(s, strlen(s) + 1)
#define words(...)	bytes((const uint32_t[]){ __VA_ARGS__ }, sizeof((const uint32_t[]){ __VA_ARGS__ }))
#define halves(...)	bytes((const uint16_t[]){ __VA_ARGS__ }, sizeof((const uint16_t[]){ __VA_ARGS__ }))
#define longs(...)	bytes((const uint64_t[]){ __VA_ARGS__ }, sizeof((const uint64_t[]){ __VA_ARGS__ }))

/* want: the line, but for blanks before its " = ". */
static void line_is(uint8_t abi, uint64_t nr, const char *want, long result, const uint64_t *args)
{
	struct tracer t = { .plans = set.plans, .nr_plans = set.nr_plans, .steps = set.steps, .record = show };
	char *line, *end;
	size_t size;

	out.out = open_memstream(&line, &size);
	assert_non_null(out.out);
	tracer_pretend(&t, abi, nr, args, result);
	sct_strace_finish(&out, " <unfinished ...>");
	fclose(out.out);
	end = strstr(line, ") ");
	assert_non_null(end);
	memmove(end + 2, end + 2 + strspn(end + 2, " "), strlen(end + 2 + strspn(end + 2, " ")) + 1);
	line[strcspn(line, "\n")] = '\0';
	assert_string_equal(line, want);
	free(line);
	next = low;
}

#define ARGS(...)	((const uint64_t[6]){ __VA_ARGS__ })
#define COMPAT(nr, want, result, ...) line_is(SCTRACE_ABI_COMPAT, nr, want, result, ARGS(__VA_ARGS__))
#define X32(nr, want, result, ...) line_is(SCTRACE_ABI_X32, nr, want, result, ARGS(__VA_ARGS__))

static void socketcall_is_the_call_that_it_makes(void **state)
{
	const uint8_t ipv4[] = { 2, 0, 0, 80, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };

	(void)state;
	use(AUDIT_ARCH_X86_64);
	COMPAT(102, "socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3", 3, 1, words(1, 0x80001, 0));
	COMPAT(102, "bind(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0", 0,
	       2, words(3, bytes(ipv4, 16), 16));
	COMPAT(102, "accept(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(\"127.0.0.1\")}, [16]) = 4",
	       4, 5, words(3, bytes(ipv4, 16), words(16)));
	COMPAT(102, "accept(3, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)", -11, 5, words(3, 0, 0));
	COMPAT(102, "socketpair(AF_UNIX, SOCK_STREAM, 0, [5, 6]) = 0", 0, 8, words(1, 1, 0, words(5, 6)));
	COMPAT(102, "send(3, \"hello\", 5, MSG_DONTWAIT) = 5", 5, 9, words(3, string("hello"), 5, 0x40));
	COMPAT(102, "recv(3, \"he\", 5, 0) = 2", 2, 10, words(3, string("hello"), 5, 0));
	COMPAT(102, "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0", 0, 14, words(3, 1, 2, words(1), 4));
	COMPAT(102, "getsockopt(3, SOL_SOCKET, SO_TYPE, [1], [4]) = 0", 0, 15, words(3, 1, 3, words(1), words(4)));
	COMPAT(102, "sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"ab\", iov_len=2}], msg_iovlen=1, "
	       "msg_controllen=0, msg_flags=0}, 0) = 2", 2,
	       16, words(3, words(0, 0, words(string("ab"), 2), 1, 0, 0, 0), 0));
	/* There is no such call; and its arguments cannot be read. */
	COMPAT(102, "socketcall(0x63 /* SYS_??? */, 0x10) = -1 EINVAL (Invalid argument)", -22, 99, 0x10);
	COMPAT(102, "socketcall(SYS_SOCKET, 0x10) = -1 EFAULT (Bad address)", -14, 1, 0x10);
	COMPAT(102, "socketcall(SYS_SOCKET, NULL) = -1 EFAULT (Bad address)", -14, 1, 0);
}

static void ipc_is_the_call_that_it_makes(void **state)
{
	(void)state;
	use(AUDIT_ARCH_X86_64);
	COMPAT(117, "semop(7, [{sem_num=0, sem_op=-1, sem_flg=SEM_UNDO}], 1) = 0", 0,
	       1, 7, 1, 0, halves(0, 0xffff, 0x1000), 0);
	COMPAT(117, "semget(IPC_PRIVATE, 2, IPC_CREAT|0600) = 1", 1, 2, 0, 2, 01600, 0, 0);
	COMPAT(117, "semtimedop(7, [{sem_num=1, sem_op=1, sem_flg=0}], 1, {tv_sec=5, tv_nsec=6}) = 0", 0,
	       4, 7, 1, 0, halves(1, 1, 0), words(5, 6));
	COMPAT(117, "msgsnd(3, {mtype=1, mtext=\"abc\"}, 3, IPC_NOWAIT) = 0", 0,
	       11, 3, 3, 04000, bytes("\1\0\0\0abc", 7), 0);
	COMPAT(117, "msgrcv(3, {mtype=1, mtext=\"ab\"}, 9, 5, 0) = 2", 2,
	       0x10000 | 12, 3, 9, 0, bytes("\1\0\0\0abc", 7), 5);
	COMPAT(117, "shmdt(0x1000) = 0", 0, 22, 0, 0, 0, 0x1000, 0);
	COMPAT(117, "ipc(SHMAT, 3, 0, 4096, NULL, 0) = 0", 0, 21, 3, 0, 4096, 0, 0);
}

/* Their arguments are words, too. */
static void mmap_and_select_of_i386(void **state)
{
	(void)state;
	use(AUDIT_ARCH_X86_64);
	COMPAT(90, "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0xf7000000", 0xf7000000,
	       words(0, 4096, 1, 0x22, 0xffffffff, 0));
	COMPAT(82, "select(4, [3], NULL, NULL, {tv_sec=1, tv_usec=2}) = 0 (Timeout)", 0,
	       words(4, words(8), 0, 0, words(1, 2)));
	COMPAT(192, "mmap2(NULL, 4096, PROT_READ, MAP_SHARED|MAP_POPULATE, 3, 0x2000) = 0xf7000000", 0xf7000000,
	       0, 4096, 1, 0x8001, 3, 2);
}

static void structs_of_32_bits(void **state)
{
	uint8_t stat64[96] = { [16] = 0xa4, 0x81, [44] = 77 };

	(void)state;
	use(AUDIT_ARCH_X86_64);
	COMPAT(162, "nanosleep({tv_sec=1, tv_nsec=2}, NULL) = 0", 0, words(1, 2), 0);
	COMPAT(407, "clock_nanosleep_time64(CLOCK_MONOTONIC, 0, {tv_sec=1, tv_nsec=2}, NULL) = 0", 0,
	       1, 0, longs(1, 2), 0);
	COMPAT(146, "writev(1, [{iov_base=\"ab\", iov_len=2}, {iov_base=NULL, iov_len=0}], 2) = 2", 2,
	       1, words(string("ab"), 2, 0, 0), 2);
	COMPAT(140, "_llseek(3, 4294967297, [4294967297], SEEK_SET) = 0", 0, 3, 1, 1, longs(4294967297), 0);
	COMPAT(195, "stat64(\"/f\", {st_mode=S_IFREG|0644, st_size=77, ...}) = 0", 0,
	       string("/f"), bytes(stat64, sizeof(stat64)));
	COMPAT(106, "stat(\"/f\", {st_mode=S_IFREG|0644, st_size=77, ...}) = 0", 0,
	       string("/f"), words(1, 2, 0x181a4, 0, 0, 77, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
	COMPAT(18, "oldstat(\"/f\", {st_mode=S_IFREG|0644, st_size=77, ...}) = 0", 0,
	       string("/f"), halves(1, 2, 0x81a4, 1, 0, 0, 0, 0, 77, 0, 0, 0, 0, 0, 0, 0));
	COMPAT(89, "readdir(3, {d_ino=5, d_off=6, d_reclen=3, d_name=\"abc\"}, 1) = 1", 1,
	       3, bytes("\5\0\0\0\6\0\0\0\3\0abc\0", 14), 1);
	COMPAT(7, "waitpid(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], WNOHANG) = 9", 9, 0xffffffff, words(0x300), 1);
	COMPAT(67, "sigaction(SIGINT, {sa_handler=SIG_IGN, sa_mask=[HUP], sa_flags=SA_RESTART}, NULL) = 0", 0,
	       2, words(1, 1, 0x10000000, 0), 0);
	COMPAT(126, "sigprocmask(SIG_BLOCK, [INT], []) = 0", 0, 0, words(2), words(0));
	COMPAT(72, "sigsuspend([HUP]) = ? ERESTARTNOHAND (To be restarted if no handler)", -514, 0, 0, 1);
	COMPAT(68, "sgetmask() = 0x1 (mask [HUP])", 1);
	COMPAT(69, "ssetmask([INT]) = 0 (old mask [])", 0, 2);
	COMPAT(48, "signal(SIGINT, SIG_DFL) = 0x1 (SIG_IGN)", 1, 2, 0);
	COMPAT(80, "getgroups(3, [1, 2]) = 2", 2, 3, halves(1, 2, 3));
	COMPAT(205, "getgroups32(3, [1, 2]) = 2", 2, 3, words(1, 2, 3));
	COMPAT(165, "getresuid([1], [2], [-1]) = 0", 0, halves(1), halves(2), halves(65535));
	COMPAT(209, "getresuid32([1], [2], [3]) = 0", 0, words(1), words(2), words(3));
	COMPAT(25, "stime([0]) = -1 EPERM (Operation not permitted)", -1, words(0));
	COMPAT(59, "oldolduname({sysname=\"Linux\", nodename=\"a\", ...}) = 0", 0,
	       bytes("Linux\0\0\0\0a\0\0\0\0\0\0\0\0b\0\0\0\0\0\0\0\0c\0\0\0\0\0\0\0\0d\0\0\0\0\0\0\0\0", 45));
	COMPAT(396, "shmctl(3, IPC_64|IPC_STAT, {shm_perm={uid=1, gid=2, mode=0600, key=9, cuid=3, cgid=4}, "
	       "shm_segsz=4096, shm_cpid=10, shm_lpid=11, shm_nattch=1, shm_atime=5, shm_dtime=6, shm_ctime=7}) = 0", 0,
	       3, 0x102, words(9, 1, 2, 3, 4, 0600, 0, 0, 0, 4096, 5, 0, 6, 0, 7, 0, 10, 11, 1, 0, 0));
	COMPAT(402, "msgctl(3, IPC_STAT, {msg_perm={uid=1, gid=2, mode=0600, key=9, cuid=3, cgid=4}, msg_stime=5, "
	       "msg_rtime=6, msg_ctime=7, msg_qnum=8, msg_qbytes=9, msg_lspid=10, msg_lrpid=11}) = 0", 0,
	       3, 2, halves(9, 0, 1, 2, 3, 4, 0600, 0, 0, 0, 0, 0, 5, 0, 6, 0, 7, 0, 0, 0, 0, 0, 0, 8, 9, 10, 11));
	COMPAT(279, "mq_timedsend(3, \"ab\", 2, 1, {tv_sec=1, tv_nsec=2}) = 0", 0, 3, string("ab"), 2, 1, words(1, 2));
	COMPAT(418, "mq_timedsend_time64(3, \"ab\", 2, 1, {tv_sec=1, tv_nsec=2}) = 0", 0,
	       3, string("ab"), 2, 1, longs(1, 2));
	COMPAT(357, "bpf(BPF_OBJ_GET, {pathname=\"/p\", bpf_fd=0, file_flags=0}, 16) = 3", 3, 7,
	       longs(string("/p"), 0), 16);
	COMPAT(283, "kexec_load(0x10, 1, [{buf=0x1, bufsz=2, mem=0x3, memsz=4}], KEXEC_ARCH_386) = 0", 0,
	       0x10, 1, words(1, 2, 3, 4), 0x30000);
}

static void structs_of_x32(void **state)
{
	(void)state;
	use(AUDIT_ARCH_X86_64);
	X32(35, "nanosleep({tv_sec=1, tv_nsec=2}, NULL) = 0", 0, longs(1, 2), 0);
	X32(516, "writev(1, [{iov_base=\"ab\", iov_len=2}], 1) = 2", 2, 1, words(string("ab"), 2), 1);
	X32(512, "rt_sigaction(SIGINT, {sa_handler=SIG_IGN, sa_mask=[HUP], sa_flags=SA_RESTART}, NULL, 8) = 0", 0,
	    2, words(1, 0x10000000, 0, 1, 0), 0, 8);
	X32(270, "pselect6(4, [3], NULL, NULL, {tv_sec=1, tv_nsec=2}, {sigmask=[HUP], sigsetsize=8}) = 0 (Timeout)", 0,
	    4, longs(8), 0, 0, longs(1, 2), longs(longs(1), 8));
	X32(69, "msgsnd(3, {mtype=1, mtext=\"abc\"}, 3, 0) = 0", 0, 3, bytes("\1\0\0\0\0\0\0\0abc", 11), 3, 0);
	X32(66, "semctl(3, 0, IPC_STAT, {sem_perm={uid=1, gid=2, mode=0600, key=9, cuid=3, cgid=4}, sem_otime=5, "
	    "sem_ctime=6, sem_nsems=7}) = 0", 0,
	    3, 0, 2, words(9, 1, 2, 3, 4, 0600, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0));
}

static void structs_of_arm(void **state)
{
	uint8_t stat64[104] = { [16] = 0xa4, 0x81, [48] = 77 };

	(void)state;
	use(AUDIT_ARCH_AARCH64);
	COMPAT(195, "stat64(\"/f\", {st_mode=S_IFREG|0644, st_size=77, ...}) = 0", 0,
	       string("/f"), bytes(stat64, sizeof(stat64)));
	COMPAT(300, "semctl(3, 0, IPC_64|IPC_STAT, {sem_perm={uid=1, gid=2, mode=0600, key=9, cuid=3, cgid=4}, "
	       "sem_otime=5, sem_ctime=6, sem_nsems=7}) = 0", 0,
	       3, 0, 0x102, words(9, 1, 2, 3, 4, 0600, 0, 0, 0, 5, 0, 6, 0, 7, 0, 0));
	line_is(SCTRACE_ABI_NATIVE, 191, "semctl(3, 0, IPC_STAT, {sem_perm={uid=1, gid=2, mode=0600, key=9, cuid=3, cgid=4}, "
		"sem_otime=5, sem_ctime=6, sem_nsems=7}) = 0", 0,
		ARGS(3, 0, 2, words(9, 1, 2, 3, 4, 0600, 0, 0, 0, 0, 0, 0, 5, 0, 6, 0, 7, 0, 0, 0, 0, 0)));
}

static int make_memory(void **state)
{
	(void)state;
	low = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	next = low;
	return low == MAP_FAILED ? -1 : 0;
}

static int free_all(void **state)
{
	(void)state;
	sct_plan_set_free(&set);
	sct_tasks_free(&tasks);
	sct_strace_free(&out);
	return 0;
}

int main(void)
{
	const struct CMUnitTest cases[] = {
		cmocka_unit_test(socketcall_is_the_call_that_it_makes),
		cmocka_unit_test(ipc_is_the_call_that_it_makes),
		cmocka_unit_test(mmap_and_select_of_i386),
		cmocka_unit_test(structs_of_32_bits),
		cmocka_unit_test(structs_of_x32),
		cmocka_unit_test(structs_of_arm),
	};

	return cmocka_run_group_tests_name("abis", cases, make_memory, free_all);
}
