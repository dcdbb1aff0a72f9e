/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The row of a system call: its name, its arguments, and what each argument is.
 *
 * One row says everything user space knows about a call. The capture plan that the module gets
 * (plan.c) and the decoding of the line (decode/) both come from it. Rows are keyed by name;
 * numbers come from libseccomp, except for calls newer than the library, whose row carries the
 * number: from 424 on a call has the same number on all architectures
 * (include/uapi/asm-generic/unistd.h of the kernel). Where a call takes its arguments otherwise in
 * some ABI, it has another row that names this ABI.
 */
#ifndef SCTRACE_SYSCALL_TABLE_H
#define SCTRACE_SYSCALL_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "xlat.h"

#define SCT_MAX_ARGS 6

/* What an argument is: how it is captured and how it prints. */
enum sct_type {
	SCT_NONE,	/* no argument here: ends the list */
	SCT_HIDDEN,	/* no argument of its own: the upper word of another one, or a gap */
	SCT_INT,	/* 32-bit signed, decimal */
	SCT_UINT,	/* 32-bit unsigned, decimal */
	SCT_LONG,	/* word, signed, decimal (off_t, ssize_t, long) */
	SCT_ULONG,	/* word, unsigned, decimal (size_t, unsigned long) */
	SCT_HEX,	/* word, hexadecimal: masks and keys that have no names; 0 prints as 0 */
	SCT_PAGES,	/* word, counts units of 4096 bytes: the bytes, hexadecimal */
	SCT_PTR,	/* address of something not captured; 0 prints as NULL */
	SCT_FD,		/* file descriptor */
	SCT_DIRFD,	/* file descriptor or AT_FDCWD */
	SCT_PATH,	/* C string that names a file: captured whole, printed uncut */
	SCT_STR,	/* C string of another kind: printed cut to the string limit */
	SCT_BUF_IN,	/* bytes given to the kernel; length is the argument number .len */
	SCT_BUF_OUT,	/* bytes the kernel wrote; length is the call's result */
	SCT_FLAGS,	/* bits, joined with |, names from .xlat */
	SCT_FLAGS64,	/* the same, the whole word instead of its lower 32 bits */
	SCT_ENUM,	/* one value, name from .xlat */
	SCT_OPEN_FLAGS,	/* O_RDONLY/O_WRONLY/O_RDWR, then bits from .xlat */
	SCT_MODE,	/* file mode, octal */
	SCT_MODE_CREAT,	/* the same, shown only if argument number .len has O_CREAT or O_TMPFILE */
	SCT_PID,	/* process or thread id */
	SCT_UID,	/* user or group id; -1 prints as -1 */
	SCT_UID16,	/* the same of 16 bits: the calls that 32-bit ABIs had first */
	SCT_SIGNAL,	/* signal number */
	SCT_DEV,	/* device number, makedev(major, minor) */
	SCT_CLOCK,	/* clockid_t */
};

/* By whose rules a call is made. Bits: a row may be for several. */
enum sct_abi {
	SCT_X86_64 = 0x01,
	SCT_I386 = 0x02,
	SCT_X32 = 0x04,
	SCT_AARCH64 = 0x08,
	SCT_ARM = 0x10,		/* EABI */
};

/* How the result prints. */
enum sct_ret {
	SCT_RET_DEC,	/* signed decimal */
	SCT_RET_HEX,	/* address or mask */
	SCT_RET_OCT,	/* file mode */
	SCT_RET_NONE,	/* the call does not return */
};

/*
 * "Word" is a register's: 64 bits, in i386 and arm 32. There a 64-bit value comes in two words, of
 * which this is the lower one. x32 has 64-bit registers, and the kernel reads them whole.
 */
struct sct_arg {
	const char *name;		/* as the man page calls it */
	uint8_t type;			/* enum sct_type */
	uint8_t len;			/* argument number (from 0) that .type refers to */
	uint8_t high;			/* argument number of the upper word, for LONG, ULONG and FLAGS64; 0: none */
	const struct sct_xlat *xlat;	/* names, for FLAGS*, ENUM and OPEN_FLAGS */
};

struct sct_row {
	const char *name;		/* as in the kernel's syscall table */
	uint16_t unified_nr;		/* 0, or the number in all its ABIs if libseccomp may not know it yet */
	uint8_t abis;			/* of enum sct_abi: the only ones it is for; 0: all without a row of their own */
	uint8_t ret;			/* enum sct_ret */
	struct sct_arg args[SCT_MAX_ARGS];
};

/* Words for the rows; each takes the argument's name first, but these two. */
#define UPPER			{ .name = "", .type = SCT_HIDDEN }	/* half of the argument that names it */
#define GAP			{ .name = "", .type = SCT_HIDDEN }	/* arm has pairs begin in even registers */
#define INT(n)			{ .name = n, .type = SCT_INT }
#define UINT(n)			{ .name = n, .type = SCT_UINT }
#define LONG(n)			{ .name = n, .type = SCT_LONG }
#define ULONG(n)		{ .name = n, .type = SCT_ULONG }
#define LONG_LONG(n, h)		{ .name = n, .type = SCT_LONG, .high = h }
#define ULONG_LONG(n, h)	{ .name = n, .type = SCT_ULONG, .high = h }
#define HEX(n)			{ .name = n, .type = SCT_HEX }
#define PAGES(n)		{ .name = n, .type = SCT_PAGES }
#define PTR(n)			{ .name = n, .type = SCT_PTR }
#define FD(n)			{ .name = n, .type = SCT_FD }
#define DIRFD(n)		{ .name = n, .type = SCT_DIRFD }
#define PATH(n)			{ .name = n, .type = SCT_PATH }
#define STR(n)			{ .name = n, .type = SCT_STR }
#define BUF_IN(n, l)		{ .name = n, .type = SCT_BUF_IN, .len = l }
#define BUF_OUT(n)		{ .name = n, .type = SCT_BUF_OUT }
#define FLAGS(n, x)		{ .name = n, .type = SCT_FLAGS, .xlat = &sct_xlat_##x }
#define FLAGS64(n, x)		{ .name = n, .type = SCT_FLAGS64, .xlat = &sct_xlat_##x }
#define FLAGS_LONG_LONG(n, x, h) { .name = n, .type = SCT_FLAGS64, .xlat = &sct_xlat_##x, .high = h }
#define ENUM(n, x)		{ .name = n, .type = SCT_ENUM, .xlat = &sct_xlat_##x }
#define OPEN_FLAGS(n)		{ .name = n, .type = SCT_OPEN_FLAGS, .xlat = &sct_xlat_open_flags }
#define MODE(n)			{ .name = n, .type = SCT_MODE }
#define MODE_CREAT(n, f)	{ .name = n, .type = SCT_MODE_CREAT, .len = f }
#define PID(n)			{ .name = n, .type = SCT_PID }
#define UID(n)			{ .name = n, .type = SCT_UID }
#define UID16(n)		{ .name = n, .type = SCT_UID16 }
#define SIGNAL(n)		{ .name = n, .type = SCT_SIGNAL }
#define DEV(n)			{ .name = n, .type = SCT_DEV }
#define CLOCK(n)		{ .name = n, .type = SCT_CLOCK, .xlat = &sct_xlat_clocks }

/* A family: the rows of one file. */
struct sct_family {
	const char *name;
	const struct sct_row *rows;
	size_t n;
};

#define SCT_FAMILY(family) \
	const struct sct_family sct_family_##family = { \
		#family, rows, sizeof(rows) / sizeof(rows[0]) }

/* All families, ended by NULL (families.c). */
extern const struct sct_family *const sct_families[];

#endif
