/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the kernel is to call the module. The tracepoint takes every call of a marked task; tasks that are out of
 * a narrow scope lose their mark, and cost nothing. If the scope is wide and few calls are wanted, kprobes on
 * the functions of those calls cost nobody else anything.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "calls.h"
#include "die.h"
#include "entry_point.h"
#include "filter.h"
#include "hook.h"
#include "set.h"

/* With more calls, most of what tasks do would come past a kprobe, which costs more than the tracepoint does. */
#define MAX_AUTO_CALLS 16

typedef char name_t[sizeof(((struct sctrace_symbol *)0)->name)];

enum sct_hook_wish sct_hook_parse(const char *text)
{
	if (!strcmp(text, "auto"))
		return SCT_HOOK_AUTO;
	if (!strcmp(text, "tracepoint"))
		return SCT_HOOK_TRACEPOINT;
	if (!strcmp(text, "kprobe"))
		return SCT_HOOK_KPROBE;
	die("--hook: '%s' is no way to hook into the kernel; there are auto, tracepoint and kprobe", text);
}

static void because(struct sct_hook *hook, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void because(struct sct_hook *hook, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(hook->why, sizeof(hook->why), format, args);
	va_end(args);
}

static struct sctrace_symbol *find(struct sct_hook *hook, const char *name)
{
	uint32_t i;

	for (i = 0; i < hook->nr_symbols; i++) {
		if (!strcmp(hook->symbols[i].name, name))
			return &hook->symbols[i];
	}
	return NULL;
}

/* false: there are too many. One that is asked for is not hooked, unless it is to be for another reason. */
static bool put(struct sct_hook *hook, const char *name, uint32_t flags)
{
	struct sctrace_symbol *symbol = find(hook, name);

	if (!symbol) {
		if (hook->nr_symbols == SCTRACE_MAX_SYMBOLS)
			return false;
		symbol = &hook->symbols[hook->nr_symbols++];
		*symbol = (struct sctrace_symbol) { .flags = flags };
		snprintf(symbol->name, sizeof(symbol->name), "%s", name);
	}
	symbol->flags &= flags;
	return true;
}

static bool wants_others(const struct sctrace_filter *filter)
{
	unsigned int abi;

	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++) {
		if (sct_calls_abi(abi) && sct_set_has(filter->calls[abi], SCT_SET_OTHERS))
			return true;
	}
	return false;
}

/* Of one ABI. NULL, or why it cannot be done. */
static const char *put_calls(struct sct_hook *hook, const struct sctrace_filter *filter, unsigned int abi)
{
	static const char many[] = "the filter wants more calls than there can be kprobes";
	const char *mark = sct_entry_point_of_abi(abi);
	unsigned int nr, i, n, calls = 0;
	name_t names[SCT_MAX_ENTRY_POINTS];

	for (nr = 0; nr < SCTRACE_MAX_NR; nr++) {
		if (!sct_set_has(filter->calls[abi], nr))
			continue;
		calls++;
		n = sct_entry_points(names, abi, nr);
		if (!n)
			return "the filter wants a call whose function in the kernel is not known";
		for (i = 0; i < n; i++) {
			if (!put(hook, names[i], 0))
				return many;
		}
	}
	if (calls && mark && !put(hook, mark, SCTRACE_SYMBOL_ASK))
		return many;
	if (calls > hook->nr_calls)
		hook->nr_calls = calls;
	return NULL;
}

static const char *put_all(struct sct_hook *hook, const struct sct_filter *filter)
{
	const char *why = NULL;
	unsigned int abi;

	if (!filter->wanted || wants_others(&filter->filter))
		return "the filter names no calls (-e), or all but some";
	for (abi = 0; abi < SCTRACE_ABI_COUNT && !why; abi++) {
		if (sct_calls_abi(abi))
			why = put_calls(hook, &filter->filter, abi);
	}
	if (!why && !hook->nr_symbols)
		why = "the filter wants no call";
	return why;
}

/* Whether somebody has turned all kprobes off: <linux/kprobes.h>, "enabled". Not known: they are on. */
static bool kprobes_are_off(void)
{
	FILE *f = fopen("/sys/kernel/debug/kprobes/enabled", "re");
	bool off = f && fgetc(f) == '0';

	if (f)
		fclose(f);
	return off;
}

/* What to ask of the module. Ends the program if a wish cannot be fulfilled. */
void sct_hook_choose(struct sct_hook *hook, enum sct_hook_wish wish, const struct sct_filter *filter,
		     bool tasks_are_named)
{
	const char *why;

	*hook = (struct sct_hook) { 0 };
	if (wish == SCT_HOOK_TRACEPOINT) {
		because(hook, "it was asked for");
		return;
	}
	if (filter->filter.flags & SCTRACE_FILTER_NO_ENTER) {
		if (wish == SCT_HOOK_KPROBE)
			die("--hook=kprobe: kprobes tell of calls as they begin, which --no-enter does not want; leave one of them out");
		because(hook, "with --no-enter only returns are told");
		return;
	}
	if (wish == SCT_HOOK_AUTO && tasks_are_named) {
		because(hook, "the scope names its tasks, and no others come there");
		return;
	}
	why = put_all(hook, filter);
	if (why && wish == SCT_HOOK_KPROBE)
		die("--hook=kprobe: %s; name the few that are wanted with -e", why);
	if (!why && kprobes_are_off()) {
		if (wish == SCT_HOOK_KPROBE)
			die("--hook=kprobe: kprobes are turned off; echo 1 >/sys/kernel/debug/kprobes/enabled turns them on");
		why = "kprobes are turned off (/sys/kernel/debug/kprobes/enabled)";
	}
	if (!why && wish == SCT_HOOK_AUTO && hook->nr_calls > MAX_AUTO_CALLS)
		why = "the filter wants too many calls for kprobes to be cheaper";
	if (why) {
		hook->nr_symbols = 0;
		because(hook, "%s", why);
		return;
	}
	because(hook, "%s", wish == SCT_HOOK_KPROBE ? "it was asked for" :
		"the filter wants few calls, and others cost nothing so, whoever makes them");
}

/* The call that the module could hook nothing for, or NULL. */
static const char *call_without(struct sct_hook *hook, const struct sctrace_filter *filter, unsigned int abi)
{
	const char *mark = sct_entry_point_of_abi(abi);
	name_t names[SCT_MAX_ENTRY_POINTS];
	unsigned int nr, i, n;
	bool found;

	for (nr = 0; nr < SCTRACE_MAX_NR; nr++) {
		if (!sct_set_has(filter->calls[abi], nr))
			continue;
		n = sct_entry_points(names, abi, nr);
		for (i = 0, found = false; i < n; i++)
			found |= find(hook, names[i])->found;
		/* A kernel without this kind of programs has nothing to be missed. */
		if (!found && (!mark || find(hook, mark)->found))
			return sct_calls_find(abi, nr)->name;
	}
	return NULL;
}

/*
 * Whether the module hooks all that is wanted, once it has said what it found. If not: the program ends if it
 * was wished for, else the tracepoint is to be taken.
 */
bool sct_hook_is_complete(struct sct_hook *hook, enum sct_hook_wish wish, const struct sct_filter *filter)
{
	const char *call = NULL;
	unsigned int abi;

	for (abi = 0; hook->nr_symbols && abi < SCTRACE_ABI_COUNT && !call; abi++) {
		if (sct_calls_abi(abi))
			call = call_without(hook, &filter->filter, abi);
	}
	if (!call)
		return true;
	if (wish == SCT_HOOK_KPROBE)
		die("--hook=kprobe: this kernel has no function for %s that can be watched; leave it out, or take --hook=tracepoint",
		    call);
	hook->nr_symbols = 0;
	because(hook, "this kernel has no function for %s that can be watched by a kprobe", call);
	return false;
}

/* --explain. */
void sct_hook_explain(const struct sct_hook *hook)
{
	const char *separator = " on ";
	uint32_t i;

	fprintf(stderr, "sctrace-read: hook: %s", hook->nr_symbols ? "kprobes" : "tracepoint");
	for (i = 0; i < hook->nr_symbols; i++) {
		if (!hook->symbols[i].found || hook->symbols[i].flags & SCTRACE_SYMBOL_ASK)
			continue;
		fprintf(stderr, "%s%s", separator, hook->symbols[i].name);
		separator = ", ";
	}
	fprintf(stderr, ": %s\n", hook->why);
}
