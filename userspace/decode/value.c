/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values that a register or a member holds, as text: strace's way of printing them. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "libc.h"
#include "print.h"
#include "printers.h"
#include "signals.h"

/* O_RDWR|O_CREAT: the access mode, then the bits. */
void sct_open_flags_print(struct sct_text *text, uint64_t flags)
{
	static const char *const modes[] = { "O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE" };
	/* Behind a mode no comment tells what the number is. */
	struct sct_xlat bits = { .names = sct_xlat_open_flags.names, .n = sct_xlat_open_flags.n };

	if (!sct_text_const(text, flags, SCT_HEX_DIGITS))
		return;
	sct_text_put(text, modes[flags & O_ACCMODE]);
	if (flags & ~(uint64_t)O_ACCMODE) {
		sct_text_put(text, "|");
		sct_text_flags(text, flags & ~(uint64_t)O_ACCMODE, &bits);
	}
	sct_text_const_end(text);
}

/* As wide as the kernel's umode_t. */
static void print_mode(struct sct_text *text, uint16_t mode)
{
	sct_text_putf(text, mode ? "%#03o" : "000", mode);
}

/* S_IFREG|S_ISUID|0644: stat(2). */
static void print_file_mode(struct sct_text *text, uint16_t mode)
{
	static const char *const types[] = {
		[S_IFIFO >> 12] = "S_IFIFO", [S_IFCHR >> 12] = "S_IFCHR", [S_IFDIR >> 12] = "S_IFDIR",
		[S_IFBLK >> 12] = "S_IFBLK", [S_IFREG >> 12] = "S_IFREG", [S_IFLNK >> 12] = "S_IFLNK",
		[S_IFSOCK >> 12] = "S_IFSOCK", [15] = NULL,
	};
	const char *type = types[(mode & S_IFMT) >> 12];

	if (!type && (mode & S_IFMT)) {
		print_mode(text, mode);
		return;
	}
	if (!sct_text_const(text, mode, SCT_OCTAL_DIGITS))
		return;
	sct_text_putf(text, "%s%s%s%s%s", type ? type : "", type ? "|" : "", mode & S_ISUID ? "S_ISUID|" : "",
		      mode & S_ISGID ? "S_ISGID|" : "", mode & S_ISVTX ? "S_ISVTX|" : "");
	print_mode(text, mode & ~(S_IFMT | S_ISUID | S_ISGID | S_ISVTX));
	sct_text_const_end(text);
}

/* x86_64's CPU and per-process clocks are negative numbers with a pid in them: clock_getres(2). */
static void print_clock(struct sct_text *text, int32_t clock, const struct sct_xlat *xlat)
{
	static const char *const kinds[] = { "CPUCLOCK_PROF", "CPUCLOCK_VIRT", "CPUCLOCK_SCHED" };

	/* The last of the numbers is no CPU's and no descriptor's. */
	if (clock >= 0 || (clock & 7) == 7) {
		sct_text_enum(text, (uint32_t)clock, xlat);
		return;
	}
	if (!sct_text_const(text, clock, SCT_DECIMAL_DIGITS))
		return;
	if ((clock & 7) == 3)
		sct_text_putf(text, "FD_TO_CLOCKID(%d)", ~(clock >> 3));
	else
		sct_text_putf(text, "MAKE_%s_CPUCLOCK(%d, %s)", clock & 4 ? "THREAD" : "PROCESS",
			      ~(clock >> 3), kinds[clock & 3]);
	sct_text_const_end(text);
}

static void print_uid(struct sct_text *text, uint32_t id, uint32_t none)
{
	if (id == none)
		sct_text_put(text, "-1");
	else
		sct_text_unsigned(text, id);
}

/* With what the task is called behind it, if that is wanted. */
static __attribute__((noinline)) void print_pid(struct sct_text *text, const struct sct_place *place, int32_t pid)
{
	const struct sct_plan_options *options = place->known->options;

	sct_text_signed(text, pid);
	if (options->comm)
		options->comm(text, options->tasks, pid);
}

/* place: of the struct whose member it is, or with .of NULL of the argument. */
void sct_value_print(struct sct_text *text, const struct sct_place *place, const struct sct_arg *arg,
		     uint64_t value)
{
	switch (arg->type) {
	case SCT_INT:
	case SCT_FD:
		sct_text_signed(text, (int32_t)value);
		break;
	case SCT_PID:
		print_pid(text, place, value);
		break;
	case SCT_UINT:
		sct_text_unsigned(text, (uint32_t)value);
		break;
	case SCT_LONG:
		sct_text_signed(text, value);
		break;
	case SCT_ULONG:
		sct_text_unsigned(text, value);
		break;
	case SCT_HEX:
		sct_text_hex(text, value);
		break;
	case SCT_HEX32:
		sct_text_hex(text, (uint32_t)value);
		break;
	case SCT_PAGES:
		sct_text_hex(text, value << 12);
		break;
	case SCT_DIRFD:
		if ((int32_t)value == AT_FDCWD)
			sct_cwd_print(text);
		else
			sct_text_signed(text, (int32_t)value);
		break;
	case SCT_FLAGS:
		sct_text_flags(text, (uint32_t)value, arg->xlat);
		break;
	case SCT_FLAGS64:
		sct_text_flags(text, value, arg->xlat);
		break;
	case SCT_ENUM:
		sct_text_enum(text, (uint32_t)value, arg->xlat);
		break;
	case SCT_ENUM64:
		sct_text_enum(text, value, arg->xlat);
		break;
	case SCT_OPEN_FLAGS:
		sct_open_flags_print(text, (uint32_t)value);
		break;
	case SCT_MODE:
	case SCT_MODE_CREAT:
		print_mode(text, value);
		break;
	case SCT_UID:
		print_uid(text, value, UINT32_MAX);
		break;
	case SCT_UID16:
		print_uid(text, (uint16_t)value, UINT16_MAX);
		break;
	case SCT_FILE_MODE:
		print_file_mode(text, value);
		break;
	case SCT_CUSTOM:
		arg->print(text, place, value);
		break;
	case SCT_SIGNAL:
		sct_signal_print(text, value);
		break;
	case SCT_DEV:
		if (!sct_text_const(text, value, SCT_HEX_DIGITS))
			break;
		sct_text_putf(text, "makedev(%#x, %#x)", major(value), minor(value));
		sct_text_const_end(text);
		break;
	case SCT_CLOCK:
		print_clock(text, value, arg->xlat);
		break;
	default:
		sct_text_addr(text, value);
		break;
	}
}

/* A number, or an error by its name: what became of a page, or of a call that a filter answers. */
void sct_minus_errno_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	int32_t error = value;
	const char *name = sct_is_error(error) ? strerrorname_np(-error) : NULL;

	(void)place;
	if (!name) {
		sct_text_signed(text, error);
		return;
	}
	sct_text_put(text, "-");
	sct_text_put(text, name);
}
