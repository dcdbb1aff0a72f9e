/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an expression can ask of a call. Where an argument is, and how many of its bits count, the
 * rows say (userspace/syscalls), for each ABI its own.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uapi/sctrace.h>

#include "calls.h"
#include "constant.h"
#include "field.h"

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LOW 0
#define HIGH 4
#else
#define LOW 4
#define HIGH 0
#endif

#define OFFSET(member) offsetof(struct sctrace_filter_data, member)
#define WORD(member) { .low = OFFSET(member), .bits = 32 }
#define LONG_WORD(member, is) { .low = OFFSET(member) + LOW, .high = OFFSET(member) + HIGH, .bits = 64, .is_signed = is }

static const struct {
	const char *name;
	enum sct_field_kind kind;
	struct sct_where where;
} simple[] = {
	{ "nr", SCT_FIELD_CALL, WORD(nr) },
	{ "syscall", SCT_FIELD_CALL, WORD(nr) },
	{ "pid", SCT_FIELD_NUMBER, WORD(pid) },
	{ "tid", SCT_FIELD_NUMBER, WORD(tid) },
	{ "uid", SCT_FIELD_NUMBER, WORD(uid) },
	{ "gid", SCT_FIELD_NUMBER, WORD(gid) },
	{ "cpu", SCT_FIELD_NUMBER, WORD(cpu) },
	{ "random", SCT_FIELD_NUMBER, WORD(random) },
	{ "result", SCT_FIELD_RESULT, LONG_WORD(result, true) },
	{ "retval", SCT_FIELD_RESULT, LONG_WORD(result, true) },
	{ "errno", SCT_FIELD_ERRNO, { .bits = 32, .is_errno = true } },
	{ "duration", SCT_FIELD_DURATION, LONG_WORD(duration, false) },
};

/* "arg0" to "arg5": the argument's number; else -1. */
static int plain_arg(const char *name)
{
	return !strncmp(name, "arg", 3) && name[3] >= '0' && name[3] < '0' + SCT_MAX_ARGS && !name[4] ? name[3] - '0' : -1;
}

/* Whether a name is that of something to ask for, not of a number. */
bool sct_field_is(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(simple) / sizeof(simple[0]); i++) {
		if (!strcmp(simple[i].name, name))
			return true;
	}
	return strchr(name, '.') || plain_arg(name) >= 0;
}

static int add_spot(struct sct_field *field, struct sct_spot spot)
{
	struct sct_spot *spots;

	/* In doubling steps: whenever the number is a power of two, there is no more room. */
	if (!(field->nr_spots & (field->nr_spots - 1))) {
		spots = realloc(field->spots, (field->nr_spots ? field->nr_spots * 2 : 1) * sizeof(*spots));
		if (!spots)
			return -ENOMEM;
		field->spots = spots;
	}
	field->spots[field->nr_spots++] = spot;
	return 0;
}

static struct sct_where where_of(unsigned int arg, unsigned int bits, bool is_signed)
{
	uint8_t at = OFFSET(args) + arg * sizeof(uint64_t);

	return (struct sct_where) { .low = at + LOW, .high = bits == 64 ? at + HIGH : 0, .bits = bits,
				    .is_signed = is_signed };
}

static unsigned int register_bits(unsigned int abi)
{
	return abi == SCTRACE_ABI_COMPAT ? 32 : 64;
}

/* A register as it is: of whatever call, or of one. */
static int add_plain(struct sct_field *field, unsigned int arg, unsigned int abi, uint16_t nr)
{
	return add_spot(field, (struct sct_spot) { .abi = abi, .nr = nr,
						   .where = where_of(arg, register_bits(abi), false) });
}

/* at: the argument in whose register it is. */
static struct sct_where where_of_arg(const struct sct_arg *arg, unsigned int at, unsigned int abi)
{
	struct sct_where where;

	switch (arg->type) {
	case SCT_INT:
	case SCT_FD:
	case SCT_DIRFD:
	case SCT_PID:
	case SCT_SIGNAL:
	case SCT_CLOCK:
		return where_of(at, 32, true);
	case SCT_UINT:
	case SCT_HEX32:
	case SCT_FLAGS:
	case SCT_ENUM:
	case SCT_OPEN_FLAGS:
	case SCT_MODE:
	case SCT_MODE_CREAT:
	case SCT_FILE_MODE:
	case SCT_UID:
	case SCT_DEV:
	/* Only its decoder knows what it is: flags and commands, nearly all of them ints. */
	case SCT_CUSTOM:
		return where_of(at, 32, false);
	case SCT_UID16:
		return where_of(at, 16, false);
	default:
		where = where_of(at, register_bits(abi), arg->type == SCT_LONG);
		break;
	}
	if (arg->high) {
		where.high = OFFSET(args) + arg->high * sizeof(uint64_t) + LOW;
		where.bits = 64;
	}
	return where;
}

static void note_arg(struct sct_field *field, const struct sct_arg *arg)
{
	size_t i;

	for (i = 0; i < field->nr_args; i++) {
		if (field->args[i]->type == arg->type && field->args[i]->xlat == arg->xlat)
			return;
	}
	if (field->nr_args < SCT_FIELD_MAX_ARGS)
		field->args[field->nr_args++] = arg;
}

static const struct sct_arg *named_arg(const struct sct_row *row, const char *name)
{
	unsigned int i;

	for (i = 0; i < SCT_MAX_ARGS && row->args[i].type != SCT_NONE; i++) {
		if (row->args[i].type != SCT_HIDDEN && !strcmp(row->args[i].name, name))
			return &row->args[i];
	}
	return NULL;
}

/* The argument of a call of this number; its general row says where it is, others what it may be. */
static int add_call_arg(struct sct_field *field, unsigned int abi, unsigned int nr, const char *name)
{
	const struct sct_row *row = sct_calls_find(abi, nr), *variant;
	const struct sct_arg *arg = named_arg(row, name), *other;
	size_t i;

	if (arg)
		note_arg(field, arg);
	for (i = 0; (variant = sct_calls_variant(abi, nr, i)); i++) {
		other = named_arg(variant, name);
		if (!other)
			continue;
		note_arg(field, other);
		if (!arg) {
			arg = other;
			row = variant;
		}
	}
	if (!arg)
		return plain_arg(name) < 0 ? 0 : add_plain(field, plain_arg(name), abi, nr);
	return add_spot(field, (struct sct_spot) { .abi = abi, .nr = nr,
						   .where = where_of_arg(arg, arg - row->args, abi) });
}

/* The same of a call that is made through the one of this number, if its arguments are in registers. */
static int add_inner_arg(struct sct_field *field, unsigned int abi, unsigned int nr, const char *call, const char *name)
{
	const struct sct_row *variant, *inner;
	const struct sct_arg *arg;
	size_t i, v;
	int err;

	for (i = 0; (variant = sct_calls_variant(abi, nr, i)); i++) {
		if (!variant->inside.name || variant->inside.words || strcmp(variant->inside.name, call))
			continue;
		inner = sct_calls_inside(variant, sct_calls_abi(abi));
		arg = inner ? named_arg(inner, name) : NULL;
		if (!arg)
			continue;
		note_arg(field, arg);
		for (v = 0; v < variant->when.n; v++) {
			struct sct_spot spot = {
				.abi = abi,
				.nr = nr,
				.select_arg = variant->when.arg,
				.select_mask = variant->when.mask,
				.select_value = variant->when.values[v],
				.where = where_of_arg(arg, variant->inside.args[arg - inner->args], abi),
			};

			err = add_spot(field, spot);
			if (err)
				return err;
		}
	}
	return 0;
}

/* The arguments of a call, for who has asked for one that it has not. */
static int no_such_arg(const struct sct_row *row, const char *name, unsigned int column, struct sct_fault *fault)
{
	char list[160] = "";
	size_t n = 0;
	unsigned int i;

	for (i = 0; i < SCT_MAX_ARGS && row->args[i].type != SCT_NONE; i++) {
		if (row->args[i].type != SCT_HIDDEN && n < sizeof(list))
			n += snprintf(list + n, sizeof(list) - n, "%s%s", n ? ", " : "", row->args[i].name);
	}
	if (!n)
		return sct_fault_set(fault, column, "%s has no arguments", row->name);
	return sct_fault_set(fault, column, "%s has no argument '%s', but %s", row->name, name, list);
}

static int find_call_arg(struct sct_field *field, const char *whole, unsigned int column, struct sct_fault *fault)
{
	const struct sct_row *found = NULL;
	char call[64];
	const char *dot = strchr(whole, '.');
	unsigned int abi, nr;
	int err = 0;

	snprintf(call, sizeof(call), "%.*s", (int)(dot - whole), whole);
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (nr = 0; nr < SCTRACE_MAX_NR - 1 && !err; nr++) {
			const struct sct_row *row = sct_calls_find(abi, nr);

			if (!row)
				continue;
			if (strcmp(row->name, call)) {
				err = add_inner_arg(field, abi, nr, call, dot + 1);
				continue;
			}
			found = row;
			err = add_call_arg(field, abi, nr, dot + 1);
		}
	}
	if (err || field->nr_spots)
		return err;
	if (!found)
		return sct_fault_set(fault, column, "there is no system call '%s'", call);
	return no_such_arg(found, dot + 1, column + (dot - whole) + 1, fault);
}

static int find_plain(struct sct_field *field, unsigned int arg)
{
	unsigned int abi;
	int err = 0;

	for (abi = 0; abi < SCTRACE_ABI_COUNT && !err; abi++) {
		if (sct_calls_abi(abi))
			err = add_plain(field, arg, abi, SCT_ANY_NR);
	}
	return err;
}

/* What the name asks for. 0, -ENOMEM, or -EINVAL and *fault; *field is for sct_field_free(), always. */
int sct_field_find(struct sct_field *field, const char *name, unsigned int column, struct sct_fault *fault)
{
	size_t i;

	*field = (struct sct_field) { .kind = SCT_FIELD_ARG };
	for (i = 0; i < sizeof(simple) / sizeof(simple[0]); i++) {
		if (strcmp(simple[i].name, name))
			continue;
		field->kind = simple[i].kind;
		return add_spot(field, (struct sct_spot) { .abi = SCT_ANY_ABI, .nr = SCT_ANY_NR,
							   .where = simple[i].where });
	}
	if (strchr(name, '.'))
		return find_call_arg(field, name, column, fault);
	return find_plain(field, plain_arg(name));
}

static int find_name(const struct sct_field *field, const char *name, struct sct_number *number)
{
	int result = SCT_CONSTANT_UNKNOWN;
	size_t i;

	if (field->kind == SCT_FIELD_RESULT || field->kind == SCT_FIELD_ERRNO)
		return sct_errno_find(name, number) ? SCT_CONSTANT_FOUND : SCT_CONSTANT_UNKNOWN;
	if (field->kind != SCT_FIELD_ARG)
		return SCT_CONSTANT_UNKNOWN;
	if (!field->nr_args)
		return sct_constant_find(NULL, name, number);
	for (i = 0; i < field->nr_args && result != SCT_CONSTANT_FOUND; i++)
		result = sct_constant_find(field->args[i], name, number);
	return result;
}

/* What a name means where it is compared with the field. */
int sct_field_constant(const struct sct_field *field, const char *name, unsigned int column,
		       struct sct_number *number, struct sct_fault *fault)
{
	switch (find_name(field, name, number)) {
	case SCT_CONSTANT_FOUND:
		return 0;
	case SCT_CONSTANT_AMBIGUOUS:
		return sct_fault_set(fault, column, "'%s' has several values; give the number", name);
	default:
		return sct_fault_set(fault, column, "'%s' is no value that is known here", name);
	}
}

/* The calls of that name, in all ABIs; *field has no spots if there is none. 0 or -ENOMEM. */
int sct_field_calls(struct sct_field *field, const char *call)
{
	unsigned int abi, nr;
	int err = 0;

	*field = (struct sct_field) { .kind = SCT_FIELD_CALL };
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (nr = 0; nr < SCTRACE_MAX_NR - 1 && !err; nr++) {
			const struct sct_row *row = sct_calls_find(abi, nr);

			if (row && !strcmp(row->name, call))
				err = add_spot(field, (struct sct_spot) { .abi = abi, .nr = nr });
		}
	}
	return err;
}

/* All arguments that are file descriptors. 0 or -ENOMEM. */
int sct_field_descriptors(struct sct_field *field)
{
	unsigned int abi, nr, i;
	int err = 0;

	*field = (struct sct_field) { .kind = SCT_FIELD_ARG };
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		for (nr = 0; nr < SCTRACE_MAX_NR - 1; nr++) {
			const struct sct_row *row = sct_calls_find(abi, nr);

			for (i = 0; row && i < SCT_MAX_ARGS && row->args[i].type != SCT_NONE && !err; i++) {
				if (row->args[i].type == SCT_FD || row->args[i].type == SCT_DIRFD)
					err = add_spot(field, (struct sct_spot) {
						.abi = abi, .nr = nr, .where = where_of(i, 32, true) });
			}
		}
	}
	return err;
}

void sct_field_free(struct sct_field *field)
{
	free(field->spots);
	field->spots = NULL;
	field->nr_spots = 0;
}
