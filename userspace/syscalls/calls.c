/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a call's number to its row. The rows are keyed by name; which number a name has on which
 * architecture is libseccomp's knowledge, and for calls newer than the library the row's own.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"

static const struct sct_row *by_nr[SCTRACE_ABI_COUNT][SCTRACE_MAX_NR];

static const struct {
	uint32_t arch;
	uint32_t mark;		/* bits that a number of this ABI carries besides */
} abis[SCTRACE_ABI_COUNT] = {
	[SCTRACE_ABI_NATIVE] = { SCMP_ARCH_X86_64, 0 },
	[SCTRACE_ABI_COMPAT] = { SCMP_ARCH_X86, 0 },
	[SCTRACE_ABI_X32] = { SCMP_ARCH_X32, 0x40000000 },
};

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

static const struct sct_row *find_name(const char *name)
{
	struct sct_row wanted = { .name = name };
	const struct sct_row *key = &wanted;
	const struct sct_row **found = bsearch(&key, rows, nr_rows, sizeof(*rows), compare);

	return found ? *found : NULL;
}

/* What libseccomp knows. From number to name: the other way it has no numbers for i386's newer socket calls. */
static void fill_from_library(unsigned int abi)
{
	unsigned int nr;

	for (nr = 0; nr < SCTRACE_MAX_NR; nr++) {
		char *name = seccomp_syscall_resolve_num_arch(abis[abi].arch, nr | abis[abi].mark);

		if (!name)
			continue;
		by_nr[abi][nr] = find_name(name);
		free(name);
	}
}

static void fill_from_rows(unsigned int abi)
{
	size_t i;

	for (i = 0; i < nr_rows; i++) {
		unsigned int nr = rows[i]->unified_nr;

		if (abi == SCTRACE_ABI_NATIVE && rows[i]->x86_64_nr)
			nr = rows[i]->x86_64_nr;
		if (nr && !by_nr[abi][nr])
			by_nr[abi][nr] = rows[i];
	}
}

/* To be called once before the others. 0, -ENOMEM, or -ENOSYS: libseccomp does not know x86_64. */
int sct_calls_init(void)
{
	unsigned int abi;

	if (sort_rows() < 0)
		return -ENOMEM;
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		fill_from_library(abi);
		fill_from_rows(abi);
	}
	free(rows);
	return by_nr[SCTRACE_ABI_NATIVE][0] ? 0 : -ENOSYS;
}

/* The row of a call, or NULL if no row has this number. */
const struct sct_row *sct_calls_find(unsigned int abi, uint64_t nr)
{
	if (abi >= SCTRACE_ABI_COUNT || nr >= SCTRACE_MAX_NR)
		return NULL;
	return by_nr[abi][nr];
}

unsigned int sct_row_nr_args(const struct sct_row *row)
{
	unsigned int n = 0;

	while (n < SCT_MAX_ARGS && row->args[n].type != SCT_NONE)
		n++;
	return n;
}
