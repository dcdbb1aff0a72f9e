/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The row of a system call: its name, its arguments, and what each argument is.
 *
 * One row says everything user space knows about a call. The capture plan that the module gets
 * (plan.c) and the decoding of the line (decode/) both come from it. Rows are keyed by name;
 * numbers come from libseccomp, except for calls newer than the library, whose row carries the
 * number: from 424 on a call has the same number on all architectures
 * (include/uapi/asm-generic/unistd.h of the kernel). Where a call takes its arguments otherwise in
 * some ABI, it has another row that names this ABI; where an argument decides what the others
 * are, a row for each of its values (WHEN), beside the one for all that have none of their own.
 *
 * What an argument points to is told by a struct sct_struct, a list of members. Members are
 * arguments with a place in memory, and may themselves point to something.
 */
#ifndef SCTRACE_SYSCALL_TABLE_H
#define SCTRACE_SYSCALL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xlat.h"

#define SCT_MAX_ARGS 6

struct sct_place;
struct sct_known;
struct sct_text;

/* What an argument or member is: how it is captured and how it prints. */
enum sct_type {
	SCT_NONE,	/* no argument here: ends the list */
	SCT_HIDDEN,	/* no argument of its own: the upper word of another one, a gap, padding */
	SCT_INT,	/* 32-bit signed, decimal */
	SCT_UINT,	/* 32-bit unsigned, decimal */
	SCT_LONG,	/* word, signed, decimal (off_t, ssize_t, long) */
	SCT_ULONG,	/* word, unsigned, decimal (size_t, unsigned long) */
	SCT_HEX,	/* word, hexadecimal: masks and keys that have no names; 0 prints as 0 */
	SCT_HEX32,	/* the same of 32 bits */
	SCT_PAGES,	/* word, counts units of 4096 bytes: the bytes, hexadecimal */
	SCT_PTR,	/* address of something not captured; 0 prints as NULL */
	SCT_FD,		/* file descriptor */
	SCT_DIRFD,	/* file descriptor or AT_FDCWD */
	SCT_FLAGS,	/* bits, joined with |, names from .xlat */
	SCT_FLAGS64,	/* the same, the whole word instead of its lower 32 bits */
	SCT_ENUM,	/* one value, name from .xlat */
	SCT_ENUM64,	/* the same, the whole word instead of its lower 32 bits */
	SCT_OPEN_FLAGS,	/* O_RDONLY/O_WRONLY/O_RDWR, then bits from .xlat */
	SCT_MODE,	/* permissions, octal */
	SCT_MODE_CREAT,	/* the same, shown only if argument number .len has O_CREAT or O_TMPFILE */
	SCT_FILE_MODE,	/* the same with the type of the file: S_IFREG|0644 */
	SCT_PID,	/* process or thread id */
	SCT_UID,	/* user or group id; -1 prints as -1 */
	SCT_UID16,	/* the same of 16 bits: the calls that 32-bit ABIs had first */
	SCT_SIGNAL,	/* signal number */
	SCT_DEV,	/* device number, makedev(major, minor) */
	SCT_CLOCK,	/* clockid_t */
	SCT_CUSTOM,	/* a value that only .print can print */

	/* Pointers to what is captured. .dir says when, .count how much. */
	SCT_PATH,	/* C string that names a file: captured whole, printed uncut */
	SCT_STR,	/* C string of another kind: printed cut to the string limit, and to .n bytes if not 0 */
	SCT_BUF,	/* bytes, printed as a string */
	SCT_BUF_HEX,	/* the same, each byte in hexadecimal: random ones */
	SCT_TEXT,	/* bytes as a string, of which a NUL at the end is not shown */
	SCT_STRUCT,	/* one .of */
	SCT_ARRAY,	/* several .of */
	SCT_STRINGS,	/* vector of pointers to C strings, ended by NULL: argv */
	SCT_STRINGS_COUNT, /* the same, of which only the number is shown: envp */
};

/* When memory is captured, and so when it can be shown. */
enum sct_dir {
	SCT_IN,		/* given to the kernel: at entry */
	SCT_OUT,	/* filled in by the kernel: at the return, if that is no error */
	SCT_OUT_ALWAYS,	/* the same, also if it is one */
	SCT_INOUT,	/* both; decoders see the one of the return, unless they ask for the other */
	SCT_INOUT_ALWAYS, /* the same, also if it is an error */
	SCT_IN_BACK,	/* shown as given; what the return made of it is for the row's .remark */
};

/* How many there are: of bytes for BUF and TEXT, of elements for ARRAY, of bytes for STRUCT. */
enum sct_count {
	SCT_COUNT_ONE,		/* STRUCT: its own size */
	SCT_COUNT_FIXED,	/* .n of them */
	SCT_COUNT_ARG,		/* argument (in a struct: member) number .len says */
	SCT_COUNT_BYTES,	/* the same, in bytes also for STRUCT and ARRAY */
	SCT_COUNT_BITS,		/* the same, in bits, of which whole words are there */
	SCT_COUNT_PAGES,	/* the same, in bytes, of which each page begun has one */
	SCT_COUNT_RESULT,	/* the call's result says */
	SCT_COUNT_RESULT_BYTES,	/* the same, in bytes also for STRUCT and ARRAY */
	SCT_COUNT_AT,		/* the int that argument number .len points to, at the return; bytes */
	SCT_COUNT_TAIL,		/* STRUCT: its own size and the bytes behind it, as argument number .len says */
	SCT_COUNT_TAIL_RESULT,	/* the same, as the result says */
	SCT_COUNT_CALL_ARG,	/* argument number .len of the call says; of a member of a struct */
	SCT_COUNT_ARG_RESULT,	/* INOUT: at entry as ARG, at the return as RESULT */
	SCT_COUNT_UP_TO_RESULT,	/* member number .len, of all elements together as much as the result */
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
	SCT_RET_FD,	/* a new file descriptor */
	SCT_RET_FLAGS,	/* hexadecimal, and names from .ret_xlat: "0x1 (flags FD_CLOEXEC)" */
	SCT_RET_ENUM,	/* the same of one value: "0x2 (F_UNLCK)" */
};

/*
 * "Word" is a register's: 64 bits, in i386 and arm 32. There a 64-bit value comes in two words, of
 * which this is the lower one. x32 has 64-bit registers, and the kernel reads them whole.
 */
struct sct_arg {
	const char *name;		/* as the man page calls it */
	uint8_t type;			/* enum sct_type */
	uint8_t len;			/* argument or member number (from 0) that .type or .count refers to */
	uint8_t high;			/* argument number of the upper word, for LONG, ULONG and FLAGS64; 0: none */
	uint8_t dir;			/* enum sct_dir; pointers */
	uint8_t count;			/* enum sct_count; BUF, STRUCT, ARRAY */
	uint16_t n;			/* COUNT_FIXED, STR */
	int8_t add;			/* COUNT_ARG, COUNT_BYTES, COUNT_BITS: to what the argument says */
	uint8_t if_arg;			/* with .if_bits: shown only if argument .if_arg has one of these bits */
	bool verbose;			/* a member: followed and shown with -v only, else its address */
	bool message;			/* BUF: what a socket sends or gets */
	bool named;			/* an argument that is shown as name=value */
	uint32_t if_bits;		/* 0: always shown */
	const struct sct_xlat *xlat;	/* names, for FLAGS*, ENUM* and OPEN_FLAGS */
	const struct sct_struct *of;	/* STRUCT, ARRAY: what is there */
	void (*print)(struct sct_text *text, const struct sct_place *place, uint64_t value); /* CUSTOM */
};

/* How a member lies in memory: its bytes and its alignment in each ABI (layout.c). */
enum sct_kind {
	K_S8 = 1,
	K_U8,
	K_S16,
	K_U16,
	K_S32,
	K_U32,
	K_S64,
	K_U64,
	K_LONG,	/* long, ssize_t: 8 bytes, in 32-bit ABIs and x32 4 */
	K_ULONG,	/* unsigned long, size_t */
	K_KLONG,	/* __kernel_long_t: as LONG, but 8 bytes in x32 (time_t, off_t) */
	K_KULONG,
	K_PTR,	/* a pointer */
	K_BE16,	/* of network byte order */
	K_BE32,
	K_CHARS,	/* .n bytes in the struct: a C string, unless .arg says otherwise */
	K_STRUCT,	/* .n (0: one) of .arg.of, in the struct itself */
};

/* When a member is shown. */
enum sct_show {
	SCT_ALWAYS,
	SCT_VERBOSE,	/* with -v only; where one is left out, the struct ends with "..." */
	SCT_NONZERO,	/* only if it is not 0 */
	SCT_TOGETHER,	/* always; to printers: whenever the member before it is */
};

struct sct_member {
	uint8_t kind;			/* enum sct_kind */
	struct sct_arg arg;		/* its name and what it is; pointers of kind PTR or U64 */
	uint16_t n;			/* how many in a row; 0: one, not an array */
	uint8_t show;			/* enum sct_show */
};

/*
 * A struct, or with a single member without a name a plain value: an array of ints is an array of
 * such.
 */
struct sct_struct {
	const char *name;		/* as in C, without "struct" */
	const struct sct_member *members;
	uint8_t nr_members;
	uint8_t packed;			/* of enum sct_abi: where its members are not aligned */
	uint16_t size;			/* bytes to capture, if more than the members take; else 0. What
					 * cannot be read of those behind the members is left out.
					 */
	uint16_t least;			/* with fewer bytes it is none, and its address is shown */
	/*
	 * Prints it whole, braces and all, instead of the members' list; NULL: the list. What
	 * there is of it: place->bytes, place->len.
	 */
	void (*print)(struct sct_text *text, const struct sct_place *place);
	const struct sct_struct *other;	/* the one for the ABIs in .other_abis; it may have another */
	uint8_t other_abis;
};

/* Values of the argument that decides which row a call has. */
struct sct_values {
	uint8_t arg;
	uint32_t mask;			/* which of its lower 32 bits count; 0: there is no such argument */
	const uint32_t *values;
	uint16_t n;
};

/*
 * For the calls that are made through a number which several share: by the row of which name they
 * are to be read, and where the arguments are that this row means.
 */
struct sct_inside {
	const char *name;		/* NULL: the call is none of these */
	uint8_t words;			/* 1 + number of the argument that points to them, words in a row; or 0: */
	uint8_t args[SCT_MAX_ARGS];	/* they are these arguments */
};

struct sct_row {
	const char *name;		/* as in the kernel's syscall table */
	uint16_t unified_nr;		/* 0, or the number in all its ABIs if libseccomp may not know it yet */
	uint8_t abis;			/* of enum sct_abi: the only ones it is for; 0: all without a row of their own */
	uint8_t ret;			/* enum sct_ret */
	const struct sct_xlat *ret_xlat; /* RET_FLAGS, RET_ENUM */
	struct sct_values when;		/* WHEN: only for these */
	struct sct_inside inside;	/* another call; .args are shown if that one's cannot be read */
	const uint8_t *order;		/* all arguments, as they are shown; NULL: as they are */
	uint16_t stack;			/* not 0: it has no arguments, but so many bytes above the stack pointer is what the
					 * only one of .args is
					 */
	/* Text behind the result, with a space before it: " (Timeout)"; NULL: none. Not after an error. */
	void (*remark)(struct sct_text *text, const struct sct_known *known);
	struct sct_arg args[SCT_MAX_ARGS];
};

/* This row is for calls whose argument number a has one of the values. Its name has a general row too. */
#define WHEN(a, ...)		WHEN_MASK(a, 0xffffffff, __VA_ARGS__)
/* The same with only the bits of m looked at; all rows of a name have the same a and m. */
#define WHEN_MASK(a, m, ...) \
	.when = { a, m, (const uint32_t[]){ __VA_ARGS__ }, \
		  sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t) }

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
#define HEX32(n)		{ .name = n, .type = SCT_HEX32 }
#define PAGES(n)		{ .name = n, .type = SCT_PAGES }
#define PTR(n)			{ .name = n, .type = SCT_PTR }
#define FD(n)			{ .name = n, .type = SCT_FD }
#define DIRFD(n)		{ .name = n, .type = SCT_DIRFD }
#define FLAGS(n, x)		{ .name = n, .type = SCT_FLAGS, .xlat = &sct_xlat_##x }
#define FLAGS64(n, x)		{ .name = n, .type = SCT_FLAGS64, .xlat = &sct_xlat_##x }
#define FLAGS_LONG_LONG(n, x, h) { .name = n, .type = SCT_FLAGS64, .xlat = &sct_xlat_##x, .high = h }
#define ENUM(n, x)		{ .name = n, .type = SCT_ENUM, .xlat = &sct_xlat_##x }
#define ENUM64(n, x)		{ .name = n, .type = SCT_ENUM64, .xlat = &sct_xlat_##x }
#define OPEN_FLAGS(n)		{ .name = n, .type = SCT_OPEN_FLAGS, .xlat = &sct_xlat_open_flags }
#define MODE(n)			{ .name = n, .type = SCT_MODE }
#define MODE_CREAT(n, f)	{ .name = n, .type = SCT_MODE_CREAT, .len = f }
#define FILE_MODE(n)		{ .name = n, .type = SCT_FILE_MODE }
#define PID(n)			{ .name = n, .type = SCT_PID }
#define UID(n)			{ .name = n, .type = SCT_UID }
#define UID16(n)		{ .name = n, .type = SCT_UID16 }
#define SIGNAL(n)		{ .name = n, .type = SCT_SIGNAL }
#define DEV(n)			{ .name = n, .type = SCT_DEV }
#define CLOCK(n)		{ .name = n, .type = SCT_CLOCK, .xlat = &sct_xlat_clocks }
#define CUSTOM(n, f)		{ .name = n, .type = SCT_CUSTOM, .print = f }

/* Pointers. In their names: IN is read at entry, OUT at the return, INOUT at both. */
#define PATH(n)			{ .name = n, .type = SCT_PATH }
#define PATH_OUT(n)		{ .name = n, .type = SCT_PATH, .dir = SCT_OUT }
#define STR(n)			{ .name = n, .type = SCT_STR }
#define STR_MAX(name_, k)	{ .name = name_, .type = SCT_STR, .n = k }
#define STR_OUT(n)		{ .name = n, .type = SCT_STR, .dir = SCT_OUT }
#define STRINGS(n)		{ .name = n, .type = SCT_STRINGS }
#define STRINGS_COUNT(n)	{ .name = n, .type = SCT_STRINGS_COUNT }
/* Bytes: of a length that argument l says; that the result says; of a fixed number. */
#define BUF_IN(n, l)		{ .name = n, .type = SCT_BUF, .count = SCT_COUNT_ARG, .len = l }
#define BUF_OUT(n)		{ .name = n, .type = SCT_BUF, .count = SCT_COUNT_RESULT, .dir = SCT_OUT }
/* As the result says, but not more than argument l: a datagram's length may be told that did not fit. */
#define BUF_OUT_UP_TO(n, l)	{ .name = n, .type = SCT_BUF, .count = SCT_COUNT_RESULT, .len = l, .dir = SCT_OUT }
#define BUF_OUT_LEN(n, l)	{ .name = n, .type = SCT_BUF, .count = SCT_COUNT_ARG, .len = l, .dir = SCT_OUT }
#define BUF_HEX_IN(n, l)	{ .name = n, .type = SCT_BUF_HEX, .count = SCT_COUNT_ARG, .len = l }
#define TEXT_IN(n, l)		{ .name = n, .type = SCT_TEXT, .count = SCT_COUNT_ARG, .len = l }
#define TEXT_OUT(n)		{ .name = n, .type = SCT_TEXT, .count = SCT_COUNT_RESULT, .dir = SCT_OUT }
/* One struct s; the same with a size that argument l says. */
#define STRUCT_IN(n, s)		{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s }
#define STRUCT_OUT(n, s)	{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s, .dir = SCT_OUT }
#define STRUCT_OUT_ALWAYS(n, s)	{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s, .dir = SCT_OUT_ALWAYS }
#define STRUCT_INOUT(n, s)	{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s, .dir = SCT_INOUT }
#define STRUCT_INOUT_ALWAYS(n, s) { .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s, .dir = SCT_INOUT_ALWAYS }
#define SIZED_IN(n, s, l)	{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_BYTES, .len = l }
#define SIZED_OUT(n, s, l)	{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_BYTES, .len = l, .dir = SCT_OUT }
/* As given; the call's .remark tells what came back. */
#define STRUCT_IN_BACK(n, s)	{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s, .dir = SCT_IN_BACK }
#define BITS_IN_BACK(n, s, l)	{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_BITS, .len = l, .dir = SCT_IN_BACK }
#define ARRAY_IN_BACK(n, s, l)	{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_ARG, .len = l, .dir = SCT_IN_BACK }
/* The same, its size being the int that argument l points to. */
#define SIZED_OUT_AT(n, s, l)	{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_AT, .len = l, .dir = SCT_OUT }
/* As many bytes of one or of several s as the result says. */
#define RESULT_OUT(n, s)	{ .name = n, .type = SCT_STRUCT, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_RESULT_BYTES, .dir = SCT_OUT }
/* Several s: as many as argument l says; as the result says; k. */
#define ARRAY_IN(n, s, l)	{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_ARG, .len = l }
#define ARRAY_IN_CALL(n, s, l)	{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_CALL_ARG, .len = l }
#define ARRAY_INOUT(n, s, l)	{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_ARG, .len = l, .dir = SCT_INOUT }
#define ARRAY_OUT_LEN(n, s, l)	{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_ARG, .len = l, .dir = SCT_OUT }
#define ARRAY_OUT(n, s)		{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_RESULT, .dir = SCT_OUT }
/* The same; the call leaves something in them, so they are shown as they are at its return. */
#define ARRAY_IN_SEEN(n, s, l)	{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_ARG, .len = l, .dir = SCT_INOUT }
/* Several s: as many as argument l says are given, and as many as the result says are filled in. */
#define ARRAY_INOUT_RESULT(n, s, l)	{ .name = n, .type = SCT_ARRAY, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_ARG_RESULT, .len = l, .dir = SCT_INOUT }
#define FIXED_IN(a, s, k)	{ .name = a, .type = SCT_ARRAY, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_FIXED, .n = k }
#define FIXED_OUT(a, s, k)	{ .name = a, .type = SCT_ARRAY, .of = &sct_struct_##s, \
				  .count = SCT_COUNT_FIXED, .n = k, .dir = SCT_OUT }

/* A struct by its members: for one file; PUBLIC_ for all (declared in structs.h). */
#define MEMBERS(...) \
	.members = (const struct sct_member[]){ __VA_ARGS__ }, \
	.nr_members = sizeof((const struct sct_member[]){ __VA_ARGS__ }) / sizeof(struct sct_member)
#define STRUCT(s, ...) \
	static const struct sct_struct sct_struct_##s = { .name = #s, MEMBERS(__VA_ARGS__) }
#define PUBLIC_STRUCT(s, ...) \
	const struct sct_struct sct_struct_##s = { .name = #s, MEMBERS(__VA_ARGS__) }
/* The same, printed by the function f: its members say what to capture, and may serve the function. */
#define STRUCT_BY(s, f, ...) \
	static const struct sct_struct sct_struct_##s = { .name = #s, MEMBERS(__VA_ARGS__), .print = f }
#define PUBLIC_STRUCT_BY(s, f, ...) \
	const struct sct_struct sct_struct_##s = { .name = #s, MEMBERS(__VA_ARGS__), .print = f }

/*
 * A struct that comes with its size (SIZED_IN) and has grown since: least is what it had at first. Of
 * bytes that are newer than the members, those are shown that are not all 0.
 */
#define EXTENSIBLE_STRUCT(s, first, ...) \
	static const struct sct_struct sct_struct_##s = { \
		.name = #s, MEMBERS(__VA_ARGS__), .size = 4096, .least = first }

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
