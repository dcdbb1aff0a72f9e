/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/* The records in the rings of /dev/sctrace. Part of sctrace.h, which says the rest. */
#ifndef _UAPI_SCTRACE_RECORD_H
#define _UAPI_SCTRACE_RECORD_H

#include <linux/types.h>

enum sctrace_record_type {
	SCTRACE_REC_ENTER = 1,	/* header, [__u64 nr,] __u64 args[nr_args], pieces */
	SCTRACE_REC_EXIT,	/* header, __s64 result, pieces */
	SCTRACE_REC_FORK,	/* struct sctrace_rec_fork; by the parent, before the child runs */
	SCTRACE_REC_EXEC,	/* struct sctrace_rec_exec, pieces; new image in place */
	SCTRACE_REC_TASK_EXIT,	/* struct sctrace_rec_task_exit; the last record of a task */
	SCTRACE_REC_SIGNAL,	/* struct sctrace_rec_signal; about to be delivered */
	SCTRACE_REC_GAP,	/* struct sctrace_rec_gap; records are missing here */
	SCTRACE_REC_LATE,	/* header, pieces; belongs to the task's EXIT or CALL before */
	SCTRACE_REC_CALL,	/* struct sctrace_rec_call, [__u64 nr,] __u64 args[nr_args], pieces;
				 * instead of ENTER and EXIT: see struct sctrace_filter
				 */
};

/*
 * How the call was made: sctrace_hdr.abi. What that means depends on sctrace_info.audit_arch. The
 * result of a COMPAT call is a negative errno, or 32 bits with zeros above.
 */
enum sctrace_abi {
	SCTRACE_ABI_NATIVE,	/* x86_64; aarch64 */
	SCTRACE_ABI_COMPAT,	/* i386; arm (EABI) */
	SCTRACE_ABI_X32,	/* x32, nr without __X32_SYSCALL_BIT; never on aarch64 */
	SCTRACE_ABI_COUNT
};

/*
 * Number that stands for "not in 16 bits" (arm's private calls, and nonsense). In ENTER the true
 * number is then the first word of the body and six arguments follow it; in EXIT the number is
 * no longer known (sigreturn wipes it), and the record ends the task's open call.
 */
#define SCTRACE_NR_NONE		0xffff

/* Every record begins so and lies 8-byte aligned. */
struct sctrace_hdr {
	__u16 words;		/* length of the whole record, in 8-byte words */
	__u8 type;		/* enum sctrace_record_type */
	__u8 abi;		/* enum sctrace_abi; ENTER and EXIT */
	__u16 nr;		/* system call; ENTER and EXIT */
	__u8 nr_args;		/* ENTER: arguments in the body */
	__u8 flags;		/* SCTRACE_HDR_* */
	__u32 tid;		/* of the task, in the initial pid namespace */
	__u32 tgid;		/* its process */
	__u64 time;		/* CLOCK_MONOTONIC, ns */
};

/*
 * EXIT: some memory could not be read without sleeping. It is read again before the task returns to
 * its program, and comes in a LATE record: the task's next one, unless the session stops before.
 */
#define SCTRACE_HDR_LATE_FOLLOWS	0x01
/*
 * ENTER, CALL: the filter has paths, and it could not be told whether the call accesses one of
 * them: a path could not be read without sleeping. The reader compares once it has been read, by
 * the rule at struct sctrace_path.
 */
#define SCTRACE_HDR_UNDECIDED		0x02

/*
 * What a step of the call's plan has copied: this, then len bytes, then padding to 8. A C string
 * comes without its NUL.
 *
 * A step whose address is an argument makes one piece, or none if the address is NULL. A step whose
 * address lies in the pieces of another step makes one for each element of these, in their order;
 * where the address is NULL, an empty one with SCTRACE_PIECE_NULL. So a piece is told by its step
 * and by how many of the same step came before it. If the record has no more room, the rest is
 * missing.
 */
struct sctrace_piece {
	__u16 len;		/* bytes that follow */
	__u8 step;		/* number in the plan; in EXEC: enum sctrace_image */
	__u8 flags;		/* SCTRACE_PIECE_* */
	__u32 wanted;		/* bytes the call names, before cutting, UINT32_MAX if more than
				 * that; 0 for a STRING or VECTOR of which the end was not seen
				 */
};

#define SCTRACE_PIECE_CUT	0x01	/* longer than the step's limit, or than the record */
#define SCTRACE_PIECE_FAULT	0x02	/* memory after these bytes could not be read */
#define SCTRACE_PIECE_LATE	0x04	/* an entry step, run when the call had returned */
#define SCTRACE_PIECE_NULL	0x08	/* the address is NULL */

/* Of a task as it makes a call: SCTRACE_BASE_REGS. */
struct sctrace_regs {
	__u64 ip;		/* behind the instruction that makes the call */
	__u64 sp;		/* stack pointer */
	/*
	 * What unwinding takes, in DWARF's order. x86_64: rax, rdx, rcx, rbx, rsi, rdi, rbp, rsp,
	 * r8 to r15, of a 32-bit program the lower halves; rax is what the kernel is to return.
	 * aarch64: x0 to x30. The rest is 0.
	 */
	__u64 general[31];
};

/**
 * struct sctrace_map - a part of a file that a process may execute: SCTRACE_BASE_MAPS
 * @start: address of its first byte
 * @end: address behind its last one
 * @offset: where in the file the first byte is
 * @file_bytes: the file's size. Of SCTRACE_MAP_VDSO: bytes of its image, which follow the path and
 *	its NUL and padding to 8: of a program that lies below 4 GiB, as a 32-bit one does; else 0
 * @file_mtime: when it was last written, s since 1970. Size and time tell another file of that path
 * @bytes: all of this, with path, image and padding to 8
 * @flags: SCTRACE_MAP_*
 * @path: as the task's own root sees it, with a NUL; as /proc/PID/maps has it
 */
struct sctrace_map {
	__u64 start;
	__u64 end;
	__u64 offset;
	__u64 file_bytes;
	__s64 file_mtime;
	__u32 bytes;
	__u32 flags;
	char path[];
};

#define SCTRACE_MAP_VDSO	0x01	/* the kernel's own: no file; the path is "[vdso]" */

enum sctrace_fd_kind {
	SCTRACE_FD_CHAR = 1,	/* .number: major << 32 | minor */
	SCTRACE_FD_BLOCK,	/* the same */
	SCTRACE_FD_PIDFD,	/* .number: of the process, in the initial pid namespace */
	SCTRACE_FD_SOCKET,	/* struct sctrace_fd_socket; .number: of its inode */
};

#define SCTRACE_FD_VERSION	1

/**
 * struct sctrace_fd - what a descriptor refers to, besides a path
 * @version: SCTRACE_FD_VERSION
 * @kind: enum sctrace_fd_kind
 * @bytes: all of it, with what the kind has behind this
 * @reserved: 0
 * @number: by @kind
 *
 * It stands behind a path and its NUL, and so at any address.
 */
struct sctrace_fd {
	__u8 version;
	__u8 kind;
	__u16 bytes;
	__u32 reserved;
	__u64 number;
};

/**
 * struct sctrace_fd_socket - a socket, as it was at that moment
 * @fd: see there
 * @family: AF_*
 * @type: SOCK_*
 * @protocol: as socket(2) was given it, or what 0 meant
 * @reserved: 0
 * @name: what the kernel calls the protocol: TCP, UDPv6, UNIX-STREAM; ends with a NUL
 * @local: AF_INET: 4 bytes; AF_INET6: 16; of others, zeros
 * @peer: the same of the other side
 * @local_port: AF_INET, AF_INET6: 0 if it has none; AF_NETLINK: its port id, 0 if not bound
 * @peer_port: AF_INET, AF_INET6: 0 if it is not connected
 * @peer_inode: AF_UNIX: of the socket that it is connected to; 0: of none, or that has none
 *
 * Of AF_UNIX, the name that it is bound to follows, if it is: its sun_path, at most 108 bytes.
 * Another thread may be changing addresses meanwhile: they are each whole words, but may be of
 * before and after.
 */
struct sctrace_fd_socket {
	struct sctrace_fd fd;
	__u16 family;
	__u16 type;
	__u16 protocol;
	__u16 reserved;
	char name[32];
	__u8 local[16];
	__u8 peer[16];
	__u32 local_port;
	__u32 peer_port;
	__u64 peer_inode;
};

/* What can follow a path, with the NUL between them. */
#define SCTRACE_FD_MAX_BYTES	(1 + sizeof(struct sctrace_fd_socket) + 108)

/*
 * Pieces of EXEC: what the new image was given, for a task whose execve had arguments that could
 * not be read at its entry. Each may come in several pieces in a row, to be joined.
 */
enum sctrace_image {
	SCTRACE_IMAGE_PATH,	/* the path, as execve was given it */
	SCTRACE_IMAGE_ARGS,	/* strings with their NULs; a script's begin with its interpreter */
	SCTRACE_IMAGE_ENV,	/* the same */
};

struct sctrace_rec_fork {
	struct sctrace_hdr hdr;
	__u32 child_tid;
	__u32 child_tgid;	/* equals hdr.tgid for a thread */
};

struct sctrace_rec_exec {
	struct sctrace_hdr hdr;
	__u32 old_tid;		/* differs from hdr.tid if a thread that is no leader called exec */
	__u32 reserved;
};

struct sctrace_rec_task_exit {
	struct sctrace_hdr hdr;
	__u32 status;		/* as wait(2) gives it */
	__u32 reserved;
};

struct sctrace_rec_signal {
	struct sctrace_hdr hdr;
	__u32 signo;
	__s32 code;		/* si_code */
	__s32 error;		/* si_errno */
	__u32 reserved;
	__u8 fields[32];	/* the kernel's union _sifields: <asm-generic/siginfo.h> */
};

/* As a call returns: all of it. hdr.time is the time of the return. */
struct sctrace_rec_call {
	struct sctrace_hdr hdr;
	__s64 result;
	__u64 entered;		/* time of the entry; 0: not known */
};

enum sctrace_gap_cause {
	SCTRACE_GAP_FULL = 1,	/* the ring had no room */
};

/* hdr.time is the time of the first record missing; tid and tgid are 0. */
struct sctrace_rec_gap {
	struct sctrace_hdr hdr;
	__u64 lost;		/* records missing */
	__u64 until;		/* time of the last one missing, ns */
	__u32 cause;		/* enum sctrace_gap_cause */
	__u32 reserved;
};

#endif /* _UAPI_SCTRACE_RECORD_H */
