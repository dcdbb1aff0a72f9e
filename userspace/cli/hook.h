/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the kernel is to call the module: which way is taken, and why. */
#ifndef SCT_HOOK_H
#define SCT_HOOK_H

#include <stdbool.h>

#include <uapi/sctrace.h>

struct sct_filter;
struct sct_scope;

enum sct_hook_wish { SCT_HOOK_AUTO, SCT_HOOK_TRACEPOINT, SCT_HOOK_KPROBE };

struct sct_hook {
	struct sctrace_symbol symbols[SCTRACE_MAX_SYMBOLS]; /* for sct_options; .found comes back */
	uint32_t nr_symbols;		/* 0: the tracepoint */
	uint32_t nr_calls;		/* that the symbols are of, by name */
	char why[256];			/* of the way that is taken */
};

enum sct_hook_wish sct_hook_parse(const char *text);
void sct_hook_choose(struct sct_hook *hook, enum sct_hook_wish wish, const struct sct_filter *filter,
		     bool tasks_are_named);
bool sct_hook_is_complete(struct sct_hook *hook, enum sct_hook_wish wish, const struct sct_filter *filter);
void sct_hook_explain(const struct sct_hook *hook);

#endif
