// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of a program's symbols: output/demangle.c, which hands them to the library of C++. */
#include "demangle.h"
#include "input.h"

/* Of what 30 references to earlier parts of it can make. */
#define MAX_DEMANGLED	(8u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *symbol = malloc(size + 3), *name;

	must(symbol);
	memcpy(symbol, "_Z", 2);
	memcpy(symbol + 2, data, size);
	symbol[size + 2] = '\0';
	name = sct_demangle(symbol);
	must(!name || strlen(name) <= MAX_DEMANGLED);
	free(name);
	free(symbol);
	return 0;
}
