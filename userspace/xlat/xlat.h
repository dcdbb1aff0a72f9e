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
 *	A|B or 21<<A		an expression of names, without blanks; left out if one is lacking
 *	# text			a comment
 * Order counts: for flags, several bits under one name come before the single bits.
 */
#ifndef SCTRACE_XLAT_H
#define SCTRACE_XLAT_H

#include <stddef.h>
#include <stdint.h>

struct sct_name {
	uint64_t value;
	const char *name;
};

struct sct_xlat {
	const char *unknown;		/* "FOO_???", printed in a comment for what has no name */
	const struct sct_name *names;
	size_t n;
};

#include "xlat_decls.h"

#endif
