/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of C++. Who has such programs has their library, too, which knows: it is taken when there is a first one. */
#include <dlfcn.h>
#include <string.h>

#include "demangle.h"

/*
 * Names are the program's. What is longer than any that people write would only take its time; and each reference to an
 * earlier part of a name can double what is written.
 */
#define MAX_LENGTH	2048
#define MAX_REFERENCES	30

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

/* To a substitution or a parameter of a template: S_, S0_, T_. */
static unsigned int references(const char *symbol)
{
	unsigned int n = 0;

	for (; *symbol; symbol++) {
		if (*symbol == 'S' || *symbol == 'T')
			n += symbol[1 + strspn(symbol + 1, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '_';
	}
	return n;
}

/* The caller's to free. NULL: it is no such name, or nobody is here who knows. */
char *sct_demangle(const char *symbol)
{
	demangler *demangle;
	int status;

	if (strncmp(symbol, "_Z", 2) || strlen(symbol) > MAX_LENGTH || references(symbol) > MAX_REFERENCES)
		return NULL;
	demangle = find();
	return demangle ? demangle(symbol, NULL, NULL, &status) : NULL;
}
