/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The filter's options on the command line: strace's -e, and what is wrong with any of them. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "die.h"
#include "qualifier.h"

static bool is_one_of(const char *name, size_t len, const char *const *names)
{
	for (; *names; names++) {
		if (strlen(*names) == len && !strncmp(name, *names, len))
			return true;
	}
	return false;
}

/* Takes what -e is given: NAME=VALUE, or a set of calls alone. */
void sct_cli_qualifier(struct sct_filter_options *options, const char *text)
{
	static const char *const trace[] = { "trace", "t", NULL };
	static const char *const status[] = { "status", NULL };
	static const char *const fds[] = { "fd", "fds", "trace-fd", "trace-fds", NULL };
	size_t len = strcspn(text, "=");
	const char *value = text[len] ? text + len + 1 : text;

	/* In an expression there may be a "=", but not before its "/". */
	if (value == text || memchr(text, '/', len) || is_one_of(text, len, trace)) {
		options->calls = memchr(text, '/', len) ? text : value;
		options->calls_option = "-e trace";
	} else if (is_one_of(text, len, status)) {
		options->status = value;
		options->status_option = "-e status";
	} else if (is_one_of(text, len, fds)) {
		options->fds = value;
		options->fds_option = "-e fd";
	} else {
		die("-e '%s': '%.*s' is not known here; there are trace=, status=, fd=, abbrev=, raw=, read=, verbose=, write=, signal=, quiet=, decode-fds= and decode-pids=",
		    text, (int)len, text);
	}
}

/* *filter is for sct_filter_free(). Ends the program with the reason if the options are wrong. */
void sct_cli_filter(struct sct_filter *filter, const struct sct_filter_options *options)
{
	const char *option, *value;
	struct sct_fault fault;
	int err = sct_filter_build(filter, options, &option, &value, &fault);

	if (err == -EINVAL && fault.column)
		die("%s '%s': at %u: %s", option, value, fault.column, fault.text);
	if (err == -EINVAL)
		die("%s '%s': %s", option, value, fault.text);
	if (err)
		die("out of memory");
}

/* The same of an expression that another option was given, behind a word: --dump-on 'where=EXPR'. */
void sct_cli_where(struct sct_filter *filter, const char *expr, const char *as, const char *word)
{
	struct sct_filter_options options = { .where = expr };
	const char *option, *value;
	struct sct_fault fault;
	int err = sct_filter_build(filter, &options, &option, &value, &fault);

	if (err == -EINVAL)
		die("%s '%s%s': at %zu: %s", as, word, expr, strlen(word) + (fault.column ? fault.column : 1), fault.text);
	if (err)
		die("out of memory");
}
