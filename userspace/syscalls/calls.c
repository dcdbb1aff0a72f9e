/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a call's number to its row. The rows are keyed by name; which number a name has in which
 * ABI is libseccomp's knowledge, and for calls newer than the library the row's own.
 */
#include <errno.h>
#include <linux/audit.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"

static const struct sct_row *by_nr[SCTRACE_ABI_COUNT][SCTRACE_MAX_NR];

/* arm's private calls lie outside of its table: <asm/unistd.h> of arm, __ARM_NR_BASE. */
#define ARM_PRIVATE_BASE 0x0f0000
#define ARM_PRIVATE_COUNT 16

static const struct sct_row *arm_private[ARM_PRIVATE_COUNT];

/* What a call's enum sctrace_abi means on a machine. */
struct abi {
	uint8_t kind;		/* one bit of enum sct_abi; 0: there is no such call */
	uint32_t arch;		/* libseccomp's word for it */
	uint32_t mark;		/* bits that libseccomp wants a number to carry besides */
};

enum sct_machine sct_xlat_machine;

static const struct machine {
	uint32_t audit_arch;
	enum sct_machine names;
	struct abi abis[SCTRACE_ABI_COUNT];
} machines[] = {
	{ AUDIT_ARCH_X86_64, SCT_ON_X86, {
		[SCTRACE_ABI_NATIVE] = { SCT_X86_64, SCMP_ARCH_X86_64, 0 },
		[SCTRACE_ABI_COMPAT] = { SCT_I386, SCMP_ARCH_X86, 0 },
		[SCTRACE_ABI_X32] = { SCT_X32, SCMP_ARCH_X32, 0x40000000 } } },
	{ AUDIT_ARCH_AARCH64, SCT_ON_ARM, {
		[SCTRACE_ABI_NATIVE] = { SCT_AARCH64, SCMP_ARCH_AARCH64, 0 },
		[SCTRACE_ABI_COMPAT] = { SCT_ARM, SCMP_ARCH_ARM, 0 } } },
};

static const struct machine *machine;

/* All rows, by name. */
static const struct sct_row **rows;
static size_t nr_rows;

static int compare(const void *a, const void *b)
{
	return strcmp((*(const struct sct_row *const *)a)->name, (*(const struct sct_row *const *)b)->name);
}

static int sort_rows(void)
{
	const struct sct_family *const *family;
	size_t i;

	free(rows);
	nr_rows = 0;
	for (family = sct_families; *family; family++)
		nr_rows += (*family)->n;
	rows = calloc(nr_rows, sizeof(*rows));
	if (!rows)
		return -ENOMEM;
	nr_rows = 0;
	for (family = sct_families; *family; family++) {
		for (i = 0; i < (*family)->n; i++)
			rows[nr_rows++] = &(*family)->rows[i];
	}
	qsort(rows, nr_rows, sizeof(*rows), compare);
	return 0;
}

/* The first row of that name, of those that lie together; NULL: there is none. */
static const struct sct_row **first_of_name(const char *name)
{
	struct sct_row wanted = { .name = name };
	const struct sct_row *key = &wanted;
	const struct sct_row **at = bsearch(&key, rows, nr_rows, sizeof(*rows), compare);

	while (at && at > rows && !strcmp(at[-1]->name, name))
		at--;
	return at;
}

/*
 * The row of that name which is for this ABI; else the one for all that have none of their own. Not
 * one that is for certain values of an argument only; inner: not one that is another call.
 */
static const struct sct_row *find_name(const char *name, uint8_t kind, bool inner)
{
	const struct sct_row **at = first_of_name(name), *general = NULL;

	if (!at)
		return NULL;
	for (; at < rows + nr_rows && !strcmp((*at)->name, name); at++) {
		if ((*at)->when.mask || (inner && (*at)->inside.name))
			continue;
		if ((*at)->abis & kind)
			return *at;
		if (!(*at)->abis)
			general = *at;
	}
	return general;
}

/* From number to name: the other way the library has no numbers for i386's newer socket calls. */
static const struct sct_row *ask_library(const struct abi *abi, unsigned int nr)
{
	char *name = seccomp_syscall_resolve_num_arch(abi->arch, nr | abi->mark);
	const struct sct_row *row = name ? find_name(name, abi->kind, false) : NULL;

	free(name);
	return row;
}

static void fill_from_rows(const struct sct_row **table, uint8_t kind)
{
	size_t i;

	for (i = 0; i < nr_rows; i++) {
		unsigned int nr = rows[i]->unified_nr;

		if (nr && !rows[i]->when.mask && !table[nr] && (!rows[i]->abis || (rows[i]->abis & kind)))
			table[nr] = rows[i];
	}
}

static void fill(const struct sct_row **table, const struct abi *abi)
{
	unsigned int nr;

	for (nr = 0; nr < SCTRACE_MAX_NR; nr++)
		table[nr] = abi->kind ? ask_library(abi, nr) : NULL;
	if (abi->kind)
		fill_from_rows(table, abi->kind);
}

static void fill_private(const struct abi *abi)
{
	unsigned int i;

	for (i = 0; i < ARM_PRIVATE_COUNT; i++)
		arm_private[i] = abi->kind == SCT_ARM ? ask_library(abi, ARM_PRIVATE_BASE + i) : NULL;
}

/*
 * To be called before the others: the calls of a machine, by struct sctrace_info's audit_arch. 0,
 * -ENOMEM, -EINVAL: no such machine is known here, or -ENOSYS: libseccomp does not know it.
 */
int sct_calls_init(uint32_t audit_arch)
{
	const struct machine *m = machines, *end = machines + sizeof(machines) / sizeof(machines[0]);
	unsigned int abi;

	while (m < end && m->audit_arch != audit_arch)
		m++;
	if (m == end)
		return -EINVAL;
	if (sort_rows() < 0)
		return -ENOMEM;
	machine = m;
	sct_xlat_machine = m->names;
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++)
		fill(by_nr[abi], &m->abis[abi]);
	fill_private(&m->abis[SCTRACE_ABI_COMPAT]);
	return by_nr[SCTRACE_ABI_NATIVE][0] ? 0 : -ENOSYS;
}

/* The row of a call, or NULL if no row has this number. */
const struct sct_row *sct_calls_find(unsigned int abi, uint64_t nr)
{
	if (abi == SCTRACE_ABI_COMPAT && nr >= ARM_PRIVATE_BASE && nr < ARM_PRIVATE_BASE + ARM_PRIVATE_COUNT)
		return arm_private[nr - ARM_PRIVATE_BASE];
	if (abi >= SCTRACE_ABI_COUNT || nr >= SCTRACE_MAX_NR)
		return NULL;
	return by_nr[abi][nr];
}

/* The row of the call that is made through row, in an ABI (one bit of enum sct_abi); NULL: there is none. */
const struct sct_row *sct_calls_inside(const struct sct_row *row, uint8_t kind)
{
	return row->inside.name ? find_name(row->inside.name, kind, true) : NULL;
}

/* Of the rows of a call that are for certain values of an argument, the i-th, or NULL if there are fewer. */
const struct sct_row *sct_calls_variant(unsigned int abi, uint64_t nr, size_t i)
{
	const struct sct_row *row = sct_calls_find(abi, nr);
	const struct sct_row **at = row ? first_of_name(row->name) : NULL;

	for (; at && at < rows + nr_rows && !strcmp((*at)->name, row->name); at++) {
		if (!(*at)->when.mask || ((*at)->abis && !((*at)->abis & sct_calls_abi(abi))))
			continue;
		if (!i--)
			return *at;
	}
	return NULL;
}

/* The bit of enum sct_abi that an enum sctrace_abi stands for on this machine; 0: there is no such ABI. */
uint8_t sct_calls_abi(unsigned int abi)
{
	return abi < SCTRACE_ABI_COUNT && machine ? machine->abis[abi].kind : 0;
}

/* What number a sigreturn had before it wiped that out: of an ABI that has two, rt_sigreturn's. UINT64_MAX: there is none. */
uint64_t sct_calls_sigreturn(unsigned int abi)
{
	int nr = sct_calls_abi(abi) ? seccomp_syscall_resolve_name_arch(machine->abis[abi].arch, "rt_sigreturn") : -1;

	return nr < 0 ? UINT64_MAX : nr & ~machine->abis[abi].mark;
}

/* Whether a call is one from which both a task and the one that it has made return. */
bool sct_calls_makes_tasks(unsigned int abi, uint64_t nr)
{
	static const char *const names[] = { "clone", "clone3", "fork", "vfork" };
	const struct sct_row *row = sct_calls_find(abi, nr);
	size_t i;

	for (i = 0; row && i < sizeof(names) / sizeof(names[0]); i++) {
		if (!strcmp(row->name, names[i]))
			return true;
	}
	return false;
}

/* The name of a call of one of this machine's ABIs, told by its AUDIT_ARCH_; NULL: it has none. */
const char *sct_calls_name(uint32_t audit_arch, uint32_t nr)
{
	static const struct { uint32_t audit_arch; uint8_t kind; } kinds[] = {
		{ AUDIT_ARCH_X86_64, SCT_X86_64 }, { AUDIT_ARCH_I386, SCT_I386 },
		{ AUDIT_ARCH_AARCH64, SCT_AARCH64 }, { AUDIT_ARCH_ARM, SCT_ARM },
	};
	unsigned int abi;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
			const struct sct_row *row = kinds[i].audit_arch == audit_arch && sct_calls_abi(abi) == kinds[i].kind ?
						    sct_calls_find(abi, nr) : NULL;

			if (row)
				return row->name;
		}
	}
	return NULL;
}

/* Whether it gives the process another program. row: NULL: not known to. */
bool sct_row_executes(const struct sct_row *row)
{
	return row && (!strcmp(row->name, "execve") || !strcmp(row->name, "execveat"));
}

unsigned int sct_row_nr_args(const struct sct_row *row)
{
	unsigned int n = 0;

	while (n < SCT_MAX_ARGS && row->args[n].type != SCT_NONE)
		n++;
	return n;
}
