/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * Everything that sctrace.ko and its readers share: ioctls, capture plans, the layout of the
 * memory that is mapped from /dev/sctrace, and the ordering contract of the words in it. The
 * records are in sctrace_record.h.
 *
 * One open of /dev/sctrace is one session. A reader asks SCTRACE_IOC_INFO, hands over scope,
 * filter, ring size and capture plans with SCTRACE_IOC_CONFIG (once), maps the rings, and calls
 * SCTRACE_IOC_START. One ring a possible CPU. SCTRACE_IOC_CHANGE gives a session that runs another
 * scope or filter. Closing the last reference to the file ends the session.
 *
 * Ordering contract. Positions are bytes since the session's start; they only grow and never wrap.
 * The place of a position in the data area is (position & (ring_bytes - 1)).
 *
 *   word           written by                 read by  store                   load
 *   prod->head     module, on the ring's CPU  reader   A smp_store_release     B load-acquire
 *   cons->tail     reader                     module   C store-release         D smp_load_acquire
 *   prod->oldest   module, on the ring's CPU  reader   F, a write barrier      a read barrier, G
 *   prod->waiting  tasks that wait            reader   H, a full barrier       a full barrier, I
 *
 *   A pairs with B: what lies below head was written before the reader sees that head.
 *   C pairs with D: the reader has done with what lies below tail before the module writes over it.
 *   After A the module has a write barrier, E: nothing that the task stores from then on, as kernel
 *   or as program, is seen before that head. So whoever makes a record of its own because of
 *   such a store makes it after: a reader that finds that record (B) and then loads the first
 *   ring's head (B again) finds the first record too. docs/ORDERING.md says what for.
 *   F pairs with G (OVERWRITE): if the reader has copied anything that was written over what lay
 *   below oldest, it sees that oldest after it has copied. What it has copied from below there is
 *   void. H pairs with I (LOSSLESS): a task says that it waits, and then looks at the tail again;
 *   the reader stores a tail, and then looks whether anybody waits. So either the task sees that
 *   tail, or the reader sees it wait and wakes it: SCTRACE_IOC_ROOM.
 *   The litmus test of each pair is in tests/ring/. The module keeps its own copy of head and
 *   takes a tail only if it lies between the last good tail and head and is 8-byte aligned; any
 *   other value is ignored, which costs that session its own records and nobody else anything.
 */
#ifndef _UAPI_SCTRACE_H
#define _UAPI_SCTRACE_H

#include <linux/ioctl.h>
#include <linux/types.h>

#include "sctrace_record.h"

#define SCTRACE_DEVICE		"/dev/sctrace"

/* Changes when a reader built for another value could misread what follows. */
#define SCTRACE_ABI_VERSION	7

/* ---- mapped memory ---------------------------------------------------------------------- */

/*
 * mmap(2) offsets of the ring of a CPU. RING is one page (struct sctrace_prod) and then the data
 * area twice in a row, so that a record never wraps: length page + 2 * ring_bytes, PROT_READ only.
 * CONS is one page (struct sctrace_cons), readable and writable. Both need MAP_SHARED; neither is
 * to be executed. They are mapped by page frame: what pins user pages (O_DIRECT, vmsplice) cannot
 * read them in place.
 */
#define SCTRACE_MMAP_RING(cpu)	((__u64)(cpu) << 32)
#define SCTRACE_MMAP_CONS(cpu)	(((__u64)(cpu) << 32) | 0x80000000ULL)

struct sctrace_prod {
	__u64 head;		/* end of the newest record; see the ordering contract */
	__u64 oldest;		/* OVERWRITE: start of the oldest record that is there */
	__u32 waiting;		/* LOSSLESS: tasks that wait for room in this ring */
	__u32 reserved;
};

struct sctrace_cons {
	__u64 tail;		/* start of the oldest record the reader still wants */
};

#define SCTRACE_RING_MIN_BYTES	(64U << 10)
#define SCTRACE_RING_MAX_BYTES	(64U << 20)

/* ---- capture plans ---------------------------------------------------------------------- */

/*
 * A plan says how many arguments a call has and what to copy. A call without a plan is recorded
 * with six arguments and no memory. A plan may be for only those calls of a number of which an
 * argument has a certain value, such as the command of fcntl(2).
 *
 * A plan is a list of steps, run in their order: those for the entry as the call begins, the others
 * as it returns. A step may take addresses and lengths from what an earlier step of the same
 * phase has copied. What has no room in the record is left out.
 */
enum sctrace_step_op {
	SCTRACE_STEP_STRING = 1,	/* to the NUL, at most .max bytes */
	SCTRACE_STEP_BYTES,		/* as many as .len_from and .unit say, at most .max */
	SCTRACE_STEP_VECTOR,		/* words of .word bytes to one that is 0, at most .max */
	SCTRACE_STEP_FD,		/* the path of the file behind a descriptor, or what the
					 * kernel calls it (pipe:[1], socket:[2]); of AT_FDCWD, the
					 * working directory. .max is ignored: PATH_MAX
					 */
};

enum sctrace_step_when {
	SCTRACE_STEP_ENTER = 1,		/* as the call begins; again later if it faulted */
	SCTRACE_STEP_EXIT,		/* as it returns, if the result is not an error */
	SCTRACE_STEP_EXIT_ALWAYS,	/* as it returns */
};

enum sctrace_base {
	SCTRACE_BASE_ARG = 1,	/* the address (FD: the descriptor) is argument .index */
	SCTRACE_BASE_STEP,	/* it is a word of step .index's pieces: see .offset, .stride */
	SCTRACE_BASE_RESULT,	/* it is the result: not for ENTER */
	SCTRACE_BASE_CWD,	/* it is AT_FDCWD: FD only */
	/* For BYTES with LEN_MAX, ENTER. */
	SCTRACE_BASE_STACK,	/* it is .offset bytes above the task's stack pointer. Later, the
				 * stack may be another: not tried then but with STEP_SHORT
				 */
	SCTRACE_BASE_REGS,	/* no address: the bytes are those of the task's struct
				 * sctrace_regs; later, of those that it goes on with, which on
				 * aarch64, of a call that is restarted, are before the instruction
				 */
	SCTRACE_BASE_MAPS,	/* no address: the bytes are struct sctrace_map, one behind the
				 * other, of each file that the process may execute. No piece if
				 * its last one still holds and is less than about a second old
				 */
};

enum sctrace_len_from {
	SCTRACE_LEN_MAX = 1,	/* .max itself, .unit ignored */
	SCTRACE_LEN_ARG,	/* argument number .len_index */
	SCTRACE_LEN_RESULT,	/* the call's result, 0 if that is an error; not for ENTER */
	SCTRACE_LEN_FIELD,	/* .len_bytes bytes at .len_offset of step .len_index: of the
				 * element that the address is in if that is the step .index, else
				 * of its first piece
				 */
};

struct sctrace_step {
	__u8 op;		/* enum sctrace_step_op */
	__u8 when;		/* enum sctrace_step_when */
	__u8 base;		/* enum sctrace_base */
	__u8 index;		/* argument, or step of the same plan and phase, before this one */
	__u16 offset;		/* BASE_STEP: of the address in the element. BASE_STACK */
	__u16 stride;		/* BASE_STEP: bytes of an element; 0: the piece is one element */
	__u16 max_count;	/* BASE_STEP with .stride: elements of a piece, at least 1 */
	__u16 max;		/* 1 .. SCTRACE_STEP_MAX_BYTES */
	__u8 word;		/* bytes of an address in memory: 4 or 8; BASE_STEP and VECTOR */
	__u8 flags;		/* SCTRACE_STEP_* */
	__u8 len_from;		/* enum sctrace_len_from; BYTES only, else 0 */
	__u8 len_index;
	__u16 len_offset;
	__u8 len_bytes;		/* of the length. ARG: lower 4 or 8; FIELD: 1, 2, 4 or 8 */
	__u8 shift;		/* BYTES: the length, with .add, counts what has 1 << .shift of
				 * them in one of .unit; one that is not full counts; at most 31
				 */
	__u16 unit;		/* BYTES: bytes for each one of the length; 0: the length counts
				 * bits, and whole words of .word bytes hold them
				 */
	__s16 add;		/* BYTES: to the length, before .shift and .unit count; less than
				 * 0 is 0. Not with LEN_MAX
				 */
};

/* BASE_STEP with LEN_FIELD, exit: all pieces together have as many bytes as the result says. */
#define SCTRACE_STEP_UP_TO_RESULT	0x01
/*
 * STRING and FD, ENTER, BASE_ARG or BASE_STEP without .stride: its piece is compared with the
 * filter's paths.
 */
#define SCTRACE_STEP_PATH		0x02
/* With PATH, STRING: a relative path begins at what the step before it says, which is an FD. */
#define SCTRACE_STEP_BELOW		0x04
/*
 * FD: and what it is besides: if that is a device, a process or a socket, a NUL and a struct
 * sctrace_fd follow the path in the same piece. If they have no room, the path is alone.
 */
#define SCTRACE_STEP_DETAILS		0x08
/*
 * BASE_STACK: it may end before .max bytes, as a stack's outermost pages do. That is no fault, and
 * its piece is not looked for again. As a call of which nothing was recorded at the entry
 * returns, it is read then.
 */
#define SCTRACE_STEP_SHORT		0x10

#define SCTRACE_STEP_MAX_BYTES	65528

/*
 * Steps of one plan lie together, those for ENTER before the others, and take no arguments but
 * those that it records. Plans of one call that are for certain values all have the same
 * .select_arg and .select_mask, no two the same .select_value.
 */
struct sctrace_plan {
	__u16 nr;		/* < SCTRACE_MAX_NR */
	__u8 abi;		/* enum sctrace_abi */
	__u8 nr_args;		/* 0 .. 6 */
	__u16 first_step;
	__u16 nr_steps;		/* 0 .. SCTRACE_MAX_PLAN_STEPS */
	__u8 select_arg;	/* argument that decides; only if .select_mask is not 0 */
	__u8 reserved[3];
	__u32 select_mask;	/* which of its lower 32 bits; 0: for calls that no other has */
	__u32 select_value;	/* what these bits must be */
};

#define SCTRACE_MAX_NR		1024
#define SCTRACE_MAX_PLAN_STEPS	32
#define SCTRACE_MAX_STEPS	32768
#define SCTRACE_MAX_PLANS	16384

/* A call's record is at most a quarter of its ring, and never longer than this. */
#define SCTRACE_RECORD_MAX_BYTES	(256U << 10)

/* ---- ioctls ----------------------------------------------------------------------------- */

/*
 * Structures grow at their end only; .size is the caller's sizeof. A larger one with a
 * non-zero tail that the module does not know is refused with E2BIG, a smaller one is read as if
 * filled up with zeros.
 */

struct sctrace_info {
	__u32 size;
	__u32 abi_version;	/* SCTRACE_ABI_VERSION of the module */
	__u32 nr_cpus;		/* rings have the numbers 0 .. nr_cpus - 1; some may be missing */
	__u32 page_bytes;
	__u32 audit_arch;	/* AUDIT_ARCH_* of SCTRACE_ABI_NATIVE (<linux/audit.h>) */
	__u32 default_ring_bytes;
	__u32 default_scope;	/* what the module's parameters ask of a task:
				 * 1 << enum sctrace_key; bit 0: follow=
				 */
	__u32 reserved;
	char module_version[32];
};

/* Scope: exactly one of DEFAULT, TESTS and KEEP. */
#define SCTRACE_SCOPE_DEFAULT	0x01	/* what the module's parameters say */
#define SCTRACE_SCOPE_TESTS	0x02	/* .tests; without any, every task */
/* CHANGE only: the scope stays as it is, with all whom it has followed so far. */
#define SCTRACE_SCOPE_KEEP	0x04
/* With TESTS: and whatever a task of the scope makes from now on: threads, children, theirs. */
#define SCTRACE_SCOPE_FOLLOW	0x10

/*
 * Who is traced. The reader's own process never is. A task is in the scope if it passes every group
 * of tests; it passes a group if it passes one of its tests, with SCTRACE_TEST_NOT if it passes
 * none. A group is a run of tests with the same .group. It is decided when the task makes its first
 * call, and again when something changes that a test asks for.
 *
 * Numbers are those of the initial namespaces but for TASK, PROCESS and TREE, which are of the
 * caller's pid namespace.
 */
enum sctrace_key {
	/*
	 * .low is a thread or process id. They are looked up when the session is configured and
	 * mean these tasks, not others that get their numbers later. Of a session with such a group
	 * (and not NOT), poll(2) says POLLHUP when none of them is left, nor of those it follows.
	 */
	SCTRACE_KEY_TASK = 1,	/* this thread alone */
	SCTRACE_KEY_PROCESS,	/* the process with all its threads */
	SCTRACE_KEY_TREE,	/* and its children, theirs, and so on; those to come as well */
	/* From .low to .high, both included. */
	SCTRACE_KEY_TID,
	SCTRACE_KEY_PID,
	SCTRACE_KEY_UID,	/* real */
	SCTRACE_KEY_GID,	/* real */
	SCTRACE_KEY_PIDNS,	/* inode numbers of /proc/PID/ns/pid and so on */
	SCTRACE_KEY_MNTNS,
	SCTRACE_KEY_USERNS,
	SCTRACE_KEY_NETNS,
	SCTRACE_KEY_UTSNS,
	SCTRACE_KEY_CGROUP,	/* id of the cgroup (version 2): inode number of its directory */
	SCTRACE_KEY_CGROUP_TREE, /* the same of this cgroup or one above */
	/* Text of .length bytes at .offset of the session's text; .match says how. */
	SCTRACE_KEY_COMM,
	SCTRACE_KEY_EXE,	/* path of the executable, as the task's own root sees it */
	/*
	 * A task is in a container if a mount or pid namespace of its is not the initial one, and
	 * its cgroup (version 2) or one above has a name with a run of exactly .digits lower-case
	 * hexadecimal digits: the innermost such run is the container's id.
	 */
	SCTRACE_KEY_CONTAINER,	/* text: begins the id; empty: any container */
	/* No value. */
	SCTRACE_KEY_CONTAINER_NEW,	/* .digits; in a container without tasks at the start */
	SCTRACE_KEY_CONTAINER_OLD,	/* .digits; in one that had tasks at the start */
	SCTRACE_KEY_NEW,	/* the process was made after the start */
	SCTRACE_KEY_COUNT
};

enum sctrace_match {
	SCTRACE_MATCH_EXACT,
	SCTRACE_MATCH_PREFIX,
	SCTRACE_MATCH_SUFFIX,
	SCTRACE_MATCH_CONTAINS,
	SCTRACE_MATCH_COUNT
};

struct sctrace_test {
	__u8 key;		/* enum sctrace_key */
	__u8 flags;		/* SCTRACE_TEST_*; the same in all tests of a group */
	__u8 match;		/* enum sctrace_match; COMM and EXE, else 0 */
	__u8 digits;		/* CONTAINER*: 1 .. 128, else 0 */
	__u16 group;		/* never less than that of the test before */
	__u16 length;		/* text: bytes, at most PATH_MAX - 1; else 0 */
	__u32 offset;		/* text */
	__u32 reserved;
	__u64 low;
	__u64 high;
};

#define SCTRACE_TEST_NOT	0x01

#define SCTRACE_MAX_TESTS	1024
#define SCTRACE_MAX_TEXT_BYTES	(1U << 20)

/*
 * A path that a call may access: text of .length bytes at .offset of the filter's .path_text.
 *
 * With paths only such calls are recorded of which a step with SCTRACE_STEP_PATH has a piece that
 * matches one of them; none without such a step. It is decided as the call begins. The rule:
 *
 *   FD      the piece itself. An argument that is AT_FDCWD is not compared.
 *   STRING  the piece, if it begins with "/" or the step is not BELOW. Else the piece of the step
 *           before it, a "/" unless that ends with one or is empty, and the string without what
 *           "./" it begins with; if nothing is left of it, or ".", the step before alone.
 *
 * Nothing else is resolved: neither "..", nor links, nor "//". Of a piece that was cut, what there
 * is can be begun by a text (PREFIX) or contain it. A piece that is empty, or whose memory cannot
 * be read at all, matches nothing.
 */
struct sctrace_path {
	__u8 match;		/* enum sctrace_match */
	__u8 reserved;
	__u16 length;		/* 1 .. PATH_MAX - 1 */
	__u32 offset;
};

#define SCTRACE_MAX_PATHS		64
#define SCTRACE_MAX_PATH_TEXT_BYTES	(SCTRACE_MAX_PATHS * 4096U)
/* Of CONTAINS, all together: what is not compared fast. */
#define SCTRACE_MAX_CONTAINED_BYTES	1024

/*
 * What is recorded of the tasks in the scope. Records of their life (FORK, EXEC, TASK_EXIT, SIGNAL)
 * are, always.
 *
 * What depends on how a call ends (.results, .min_duration, a program that looks at its result) is
 * known as it returns, so with it, as with SCTRACE_FILTER_WHOLE, a call makes one record, CALL,
 * then. Its entry pieces are read then, too, and marked LATE. A call that does not return (exit,
 * a task that is killed) makes none.
 */
struct sctrace_filter {
	__u32 size;
	__u32 flags;		/* SCTRACE_FILTER_* */
	/*
	 * By enum sctrace_abi: bit nr % 64 of word nr / 64 is call nr. The last bit is for all
	 * others. A sigreturn has no number any more as it returns: whether an EXIT of it is wanted
	 * is .sigreturns.
	 */
	__u64 calls[SCTRACE_ABI_COUNT][16];
	__u8 sigreturns[SCTRACE_ABI_COUNT];
	__u8 reserved[5];
	/* Bit 0: success; bit n: error n (errno(3)); bit 191: errors from 191 on. */
	__u64 results[3];
	__u64 min_duration;	/* ns between entry and return. If the entry's time is not known,
				 * the call is recorded
				 */
	__u64 program;		/* pointer to struct sock_filter[nr_insns], see
				 * sctrace_filter_data; 0: none
				 */
	__u32 nr_insns;
	__u32 sample;		/* of the calls on a CPU that pass all else, one in so many;
				 * 0: all
				 */
	__u32 rate;		/* of these, how many of a task in each second of CLOCK_MONOTONIC
				 * that they begin in, or with CALL return in; 0: all
				 */
	__u32 reserved2;
	__u64 paths;		/* pointer to struct sctrace_path[nr_paths] */
	__u64 path_text;	/* pointer to path_text_bytes bytes */
	__u32 nr_paths;		/* 0: whatever they access */
	__u32 path_text_bytes;
};

#define SCTRACE_MAX_RATE	1000000	/* of .rate */

#define SCTRACE_FILTER_WHOLE	0x01	/* CALL instead of ENTER and EXIT */
#define SCTRACE_FILTER_AT_EXIT	0x02	/* the program looks at the result or duration */
/*
 * CALL, of which nothing is heard as it begins: its .entered is 0, and its arguments are those of
 * the registers as it returns. It costs a call the least. Not with .paths, .min_duration or
 * symbols. A CHANGE must give a filter that has it, if CONFIG's had it, and else must not: EINVAL.
 * It is judged as of its return: after a CHANGE, the call of a task that returns first still by the
 * old scope and filter, whenever it began.
 */
#define SCTRACE_FILTER_NO_ENTER	0x04

/*
 * What a filter's program sees. It is classic BPF (<linux/filter.h>): loads are BPF_LD | BPF_W |
 * BPF_ABS with an offset in this, a multiple of 4, or BPF_LD | BPF_W | BPF_IMM and from BPF_MEM;
 * words are in the machine's byte order, so of a __u64 on a little-endian machine the lower half
 * comes first. It returns 0 if the call is not wanted.
 */
struct sctrace_filter_data {
	__u64 args[6];
	__s64 result;		/* with SCTRACE_FILTER_AT_EXIT, else 0 */
	__u64 duration;		/* ns; with SCTRACE_FILTER_AT_EXIT, if known, else 0 */
	__u32 nr;		/* SCTRACE_NR_NONE: others */
	__u32 abi;		/* enum sctrace_abi */
	__u32 tid;
	__u32 pid;
	__u32 uid;		/* real, of the initial user namespace */
	__u32 gid;
	__u32 cpu;
	__u32 random;		/* hashed from the time: not for secrets */
};

/*
 * A function that the kernel calls for a system call, as its SYSCALL_DEFINE names it:
 * __x64_sys_openat, __ia32_compat_sys_openat, __arm64_sys_openat. With such ones a session hears of
 * the calls that come past kprobes on them and of no others, and no other call costs anything, of
 * whatever task. Page faults cannot be served at the entry then; what the kernel refuses before the
 * function (seccomp) is not seen.
 */
struct sctrace_symbol {
	char name[56];		/* ended by a NUL */
	__u32 flags;		/* SCTRACE_SYMBOL_* */
	__u32 found;		/* out: 1: the kernel has it and lets it be watched; else 0, and it
				 * is left out
				 */
};

#define SCTRACE_SYMBOL_ASK	0x01	/* only whether it would be found */

#define SCTRACE_MAX_SYMBOLS	96

struct sctrace_config {
	__u32 size;
	__u32 scope;		/* SCTRACE_SCOPE_* */
	__u32 ring_bytes;	/* of each ring: a power of two; 0: the module's default.
				 * Out: what it is
				 */
	__u32 watermark;	/* unread bytes of a ring at which poll(2) says POLLIN;
				 * at most a quarter of it; 0: an eighth
				 */
	__u64 tests;		/* pointer to struct sctrace_test[nr_tests] */
	__u64 text;		/* pointer to text_bytes bytes */
	__u64 filter;		/* pointer to struct sctrace_filter; 0: every call */
	__u64 plans;		/* pointer to struct sctrace_plan[nr_plans] */
	__u64 steps;		/* pointer to struct sctrace_step[nr_steps] */
	__u32 nr_tests;
	__u32 text_bytes;
	__u32 nr_plans;
	__u32 nr_steps;
	__u32 bad_index;	/* out, with EINVAL or ESRCH: index in bad_array's array */
	__u32 bad_array;	/* out: enum sctrace_bad_array */
	__u64 symbols;		/* pointer to struct sctrace_symbol[nr_symbols] */
	__u32 nr_symbols;	/* 0: calls are told by the kernel's tracepoint */
	__u32 mode;		/* enum sctrace_mode */
	__u32 wait_ms;		/* LOSSLESS: for how long tasks wait for a reader that does not come
				 * on; 0: for as long as it takes
				 */
	__u32 reserved;
};

/* What happens when a ring is full. */
enum sctrace_mode {
	SCTRACE_MODE_DISCARD,	/* the record is lost; a GAP says so */
	/*
	 * The same. But before that, from half of the ring on, a task of which a call returns waits
	 * on its way back to its program until the reader has come on. One that ends does not, nor
	 * one that a signal, a stop, a tracer or a freezer wants, nor readers, nor the process
	 * group of this one unless a test names its tasks. When the reader has not come on for
	 * .wait_ms, nobody waits until it does. It is the process that calls CONFIG.
	 */
	SCTRACE_MODE_LOSSLESS,
	/*
	 * The oldest records go. There is nothing to wait for, and no tail: while the session runs,
	 * sct_snapshot() of libsctrace shows how to copy what is there.
	 */
	SCTRACE_MODE_OVERWRITE,
	SCTRACE_MODE_COUNT
};

enum sctrace_bad_array {
	SCTRACE_BAD_NONE,
	SCTRACE_BAD_PARAM,	/* of the module; index: of the test made of it */
	SCTRACE_BAD_TEST,
	SCTRACE_BAD_PLAN,
	SCTRACE_BAD_STEP,
	SCTRACE_BAD_FILTER,	/* index: 0; EINVAL of the program as well */
	SCTRACE_BAD_SYMBOL,
};

/* Of one ring, or of all if cpu is SCTRACE_ALL_CPUS. Exact once the session is stopped. */
struct sctrace_stats {
	__u32 size;
	__u32 cpu;		/* in */
	__u64 produced;		/* records that probes made: in the ring, lost or overwritten */
	__u64 lost;		/* of these, how many are missing; each is in a gap record */
	__u64 bytes;		/* position of head */
	__u64 left_out;		/* calls that the filter's .sample left out, on all CPUs */
	__u32 running;		/* 1 between start and stop */
	__u32 tasks;		/* tasks that TASK, PROCESS, TREE or FOLLOW has in the scope now */
	__u64 limited;		/* calls that the filter's .rate left out, on all CPUs */
	__u64 overwritten;	/* OVERWRITE: of .produced, how many are not there any more */
	__u64 waits;		/* LOSSLESS: how many times a task has waited, on all CPUs */
	__u64 given_up;		/* of these, how many times for .wait_ms, in vain */
};

#define SCTRACE_ALL_CPUS	0xffffffffU

#define SCTRACE_IOC_MAGIC	0xE7

/* Any time. */
#define SCTRACE_IOC_INFO	_IOWR(SCTRACE_IOC_MAGIC, 0, struct sctrace_info)
/* Once a session: EBUSY after. EINVAL/ESRCH: see bad_*. ENOMEM. EPERM: as of open. */
#define SCTRACE_IOC_CONFIG	_IOWR(SCTRACE_IOC_MAGIC, 1, struct sctrace_config)
/* Once a session, after CONFIG: EINVAL before it, EBUSY after. */
#define SCTRACE_IOC_START	_IO(SCTRACE_IOC_MAGIC, 2)
/* Returns when no probe of this session runs any more and all its gap records are written. */
#define SCTRACE_IOC_STOP	_IO(SCTRACE_IOC_MAGIC, 3)
#define SCTRACE_IOC_STATS	_IOWR(SCTRACE_IOC_MAGIC, 4, struct sctrace_stats)
/*
 * While the session runs: another scope, another filter or both, as of CONFIG. All else is 0 and
 * stays as it is. A filter of 0 lets every call pass. Every record is judged by the old scope and
 * filter or by the new ones, and the end of a call of which the task was in the old scope by the
 * old ones, unless there is a second change meanwhile. What a new scope calls new is so since the
 * change. After an error nothing has changed. EINVAL, ESRCH: see bad_*, or it does not run. ENOMEM.
 */
#define SCTRACE_IOC_CHANGE	_IOWR(SCTRACE_IOC_MAGIC, 5, struct sctrace_config)
/* The reader has come on, and prod->waiting was not 0: whoever finds room now waits no more. */
#define SCTRACE_IOC_ROOM	_IO(SCTRACE_IOC_MAGIC, 6)

#endif /* _UAPI_SCTRACE_H */
