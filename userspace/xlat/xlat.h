/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Constants and their names. Each list (NAME.list) is a list of names; xlat.awk makes C of it and
 * the compiler takes the values from the installed UAPI headers. Declarations of all lists are in
 * the generated xlat_decls.h.
 *
 * A list's lines:
 *	include <linux/foo.h>	a header that defines the names; may be repeated
 *	unknown FOO_???		what stands in the comment for a value without a name
 *	FOO_BAR			a name (macro); left out if the headers lack it
 *	FOO_NEW 0x40		a name with the value to use if the headers lack it
 *	enum FOO_OLD		a name that is an enumerator in headers of every age: the preprocessor
 *				cannot look for it, so younger enumerators are given a value instead
 *	x86 FOO_BAR 0x40	a name that only this machine has, or has with this value: x86_64, i386, x32
 *	arm FOO_BAR 0x40	or arm64, arm. So a recording is read by the names of its own machine
 *	A|B or 21<<A		an expression of names, without blanks; left out if one is lacking
 *	# text			a comment
 * Order counts: for flags, several bits under one name come before the single bits.
 */
#ifndef SCTRACE_XLAT_H
#define SCTRACE_XLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sct_machine { SCT_ON_X86 = 1, SCT_ON_ARM };

/* Whose calls are shown: sct_calls_init(). */
extern enum sct_machine sct_xlat_machine;

struct sct_name {
	uint64_t value;
	const char *name;
	uint8_t machine;		/* enum sct_machine; 0: all */
};

static inline bool sct_name_is_here(const struct sct_name *name)
{
	return !name->machine || name->machine == sct_xlat_machine;
}

struct sct_xlat {
	const char *unknown;		/* "FOO_???", printed in a comment for what has no name */
	const struct sct_name *names;
	size_t n;
};

#include "xlat_decls.h"

#endif
