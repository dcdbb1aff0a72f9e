/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a call's number to its row. The rows are keyed by name; which number a name has on which
 * architecture is libseccomp's knowledge, and for calls newer than the library the row's own.
 */
#include <errno.h>
#include <seccomp.h>

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

static int resolve(const struct sct_row *row, unsigned int abi)
{
	int nr = seccomp_syscall_resolve_name_arch(abis[abi].arch, row->name);

	/* Negative: unknown to the library, or not a call of this architecture. */
	if (nr >= 0)
		return nr & ~abis[abi].mark;
	return row->unified_nr ? row->unified_nr : -1;
}

static void add_row(const struct sct_row *row)
{
	unsigned int abi;

	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		int nr = resolve(row, abi);

		if (nr >= 0 && nr < SCTRACE_MAX_NR)
			by_nr[abi][nr] = row;
	}
}

/* To be called once before the others. */
int sct_calls_init(void)
{
	const struct sct_family *const *family;
	size_t i;

	for (family = sct_families; *family; family++) {
		for (i = 0; i < (*family)->n; i++)
			add_row(&(*family)->rows[i]);
	}
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
