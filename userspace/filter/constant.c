/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names that stand for numbers: those of an argument's own list (userspace/xlat), or where it has
 * none, of all lists.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "constant.h"
#include "libc.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Beyond the highest number of an error: <linux/err.h> of the kernel. */
#define ERRNO_END 4096

/* The kernel's first real-time signal. */
#define KERNEL_SIGRTMIN 32

#define ADDRESS(list) &sct_xlat_##list,
static const struct sct_xlat *const lists[] = { SCT_XLATS(ADDRESS) };

/* Of arguments that the lists do not have because their decoders do. */
static const struct sct_name access_modes[] = {
	{ O_RDONLY, "O_RDONLY" }, { O_WRONLY, "O_WRONLY" }, { O_RDWR, "O_RDWR" }, { O_ACCMODE, "O_ACCMODE" },
};
static const struct sct_name modes[] = {
	{ S_IFMT, "S_IFMT" }, { S_IFREG, "S_IFREG" }, { S_IFDIR, "S_IFDIR" }, { S_IFCHR, "S_IFCHR" },
	{ S_IFBLK, "S_IFBLK" }, { S_IFIFO, "S_IFIFO" }, { S_IFLNK, "S_IFLNK" }, { S_IFSOCK, "S_IFSOCK" },
	{ S_ISUID, "S_ISUID" }, { S_ISGID, "S_ISGID" }, { S_ISVTX, "S_ISVTX" },
	{ S_IRWXU, "S_IRWXU" }, { S_IRUSR, "S_IRUSR" }, { S_IWUSR, "S_IWUSR" }, { S_IXUSR, "S_IXUSR" },
	{ S_IRWXG, "S_IRWXG" }, { S_IRGRP, "S_IRGRP" }, { S_IWGRP, "S_IWGRP" }, { S_IXGRP, "S_IXGRP" },
	{ S_IRWXO, "S_IRWXO" }, { S_IROTH, "S_IROTH" }, { S_IWOTH, "S_IWOTH" }, { S_IXOTH, "S_IXOTH" },
};
static const struct sct_name dirs[] = { { (uint32_t)AT_FDCWD, "AT_FDCWD" } };

static bool in_names(const struct sct_name *names, size_t n, const char *name, uint64_t *value)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (sct_name_is_here(&names[i]) && !strcmp(names[i].name, name)) {
			*value = names[i].value;
			return true;
		}
	}
	return false;
}

static bool in_list(const struct sct_xlat *list, const char *name, uint64_t *value)
{
	return list && in_names(list->names, list->n, name, value);
}

static bool in_signals(const char *name, uint64_t *value)
{
	unsigned int i;
	char *end;

	if (strncmp(name, "SIG", 3))
		return false;
	name += 3;
	if (!strcmp(name, "RTMIN")) {
		*value = KERNEL_SIGRTMIN;
		return true;
	}
	if (!strncmp(name, "RT_", 3)) {
		*value = KERNEL_SIGRTMIN + strtoul(name + 3, &end, 10);
		return name[3] >= '0' && name[3] <= '9' && !*end && *value <= 64;
	}
	if (!strcmp(name, "IO"))
		name = "POLL";
	for (i = 1; i < KERNEL_SIGRTMIN; i++) {
		const char *known = sigabbrev_np(i);

		if (known && !strcmp(known, name)) {
			*value = i;
			return true;
		}
	}
	return false;
}

/* strerrorname_np() has one name of each number. */
static const struct sct_name second_names[] = {
	{ EAGAIN, "EWOULDBLOCK" }, { EDEADLK, "EDEADLOCK" }, { ENOTSUP, "ENOTSUP" }, { EOPNOTSUPP, "EOPNOTSUPP" },
};

bool sct_errno_find(const char *name, struct sct_number *number)
{
	unsigned int i;

	*number = (struct sct_number) { 0 };
	if (in_names(second_names, COUNT(second_names), name, &number->bits))
		return true;
	for (i = 1; i < ERRNO_END; i++) {
		const char *known = strerrorname_np(i);

		if (known && !strcmp(known, name)) {
			number->bits = i;
			return true;
		}
	}
	return false;
}

/* In whatever list. Those of 32-bit programs only differ from others of their names. */
static enum sct_constant_result in_any(const char *name, uint64_t *value)
{
	bool found = in_signals(name, value) || in_names(access_modes, COUNT(access_modes), name, value) ||
		     in_names(modes, COUNT(modes), name, value) || in_names(dirs, COUNT(dirs), name, value);
	uint64_t other;
	size_t i;

	for (i = 0; i < COUNT(lists); i++) {
		if (lists[i] == &sct_xlat_ioctl_cmds32 || !in_list(lists[i], name, &other))
			continue;
		if (found && other != *value)
			return SCT_CONSTANT_AMBIGUOUS;
		*value = other;
		found = true;
	}
	return found ? SCT_CONSTANT_FOUND : SCT_CONSTANT_UNKNOWN;
}

/* What a name means to an argument of a call; arg: NULL: to a word of which nothing is known. */
enum sct_constant_result sct_constant_find(const struct sct_arg *arg, const char *name, struct sct_number *number)
{
	enum sct_constant_result result = SCT_CONSTANT_UNKNOWN;
	bool found = false;

	*number = (struct sct_number) { 0 };
	if (!strcmp(name, "NULL"))
		return SCT_CONSTANT_FOUND;
	switch (arg ? arg->type : SCT_NONE) {
	case SCT_OPEN_FLAGS:
		found = in_names(access_modes, COUNT(access_modes), name, &number->bits) ||
			in_list(arg->xlat, name, &number->bits);
		break;
	case SCT_MODE:
	case SCT_MODE_CREAT:
	case SCT_FILE_MODE:
		found = in_names(modes, COUNT(modes), name, &number->bits);
		break;
	case SCT_DIRFD:
		found = in_names(dirs, COUNT(dirs), name, &number->bits);
		break;
	case SCT_SIGNAL:
		found = in_signals(name, &number->bits);
		break;
	default:
		if (!arg || !arg->xlat)
			result = in_any(name, &number->bits);
		else
			found = in_list(arg->xlat, name, &number->bits);
		break;
	}
	return found ? SCT_CONSTANT_FOUND : result;
}

static bool unit_ns(const char *unit, uint64_t *ns)
{
	static const struct sct_name units[] = {
		{ 1, "ns" }, { 1000, "us" }, { 1000000, "ms" }, { 1000000000, "s" },
	};

	return in_names(units, COUNT(units), unit, ns);
}

/* "10ms", "1.5s"; unit: that of a text that names none; NULL: it must. false: it is none, or too long. */
bool sct_duration_parse(const char *text, const char *unit, uint64_t *ns)
{
	uint64_t whole = 0, part = 0, scale, step;
	bool fits = true;

	if (*text < '0' || *text > '9')
		return false;
	for (; *text >= '0' && *text <= '9'; text++) {
		fits = fits && !__builtin_mul_overflow(whole, 10, &whole) &&
		       !__builtin_add_overflow(whole, *text - '0', &whole);
	}
	scale = 1000000000;
	if (*text == '.' && text[1] >= '0' && text[1] <= '9') {
		for (text++; *text >= '0' && *text <= '9'; text++) {
			scale /= 10;
			part += (*text - '0') * scale;
		}
	}
	if (!*text && !unit && !whole && !part)
		unit = "ns";
	if (!unit_ns(*text ? text : unit ? unit : "", &step))
		return false;
	/* part counts billionths of the unit. */
	part = step == 1000000000 ? part : part * step / 1000000000;
	return fits && !__builtin_mul_overflow(whole, step, &whole) && !__builtin_add_overflow(whole, part, ns);
}
