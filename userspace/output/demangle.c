/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of C++. Who has such programs has their library, too, which knows: it is taken when there is a first one. */
#include <dlfcn.h>
#include <string.h>

#include "demangle.h"

/* Names are the program's. What is longer than any that people write would only take its time. */
#define MAX_LENGTH 2048

typedef char *demangler(const char *symbol, char *buffer, size_t *size, int *status);

static demangler *find(void)
{
	static demangler *found;
	static int looked;
	void *library;

	if (looked++)
		return found;
	library = dlopen("libstdc++.so.6", RTLD_NOW | RTLD_LOCAL);
	if (library)
		found = (demangler *)dlsym(library, "__cxa_demangle");
	return found;
}

/* The caller's to free. NULL: it is no such name, or nobody is here who knows. */
char *sct_demangle(const char *symbol)
{
	demangler *demangle;
	int status;

	if (strncmp(symbol, "_Z", 2) || strlen(symbol) > MAX_LENGTH)
		return NULL;
	demangle = find();
	return demangle ? demangle(symbol, NULL, NULL, &status) : NULL;
}
