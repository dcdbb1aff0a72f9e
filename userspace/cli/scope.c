/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tests of a scope, in the order that the module wants, and the messages about them. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "scope.h"

/* A group of its own: it must be passed whatever the others are. */
uint16_t sct_scope_group(struct sct_scope *scope)
{
	return scope->nr_groups++;
}

/* The group of the values of a key, one of which must be passed. */
uint16_t sct_scope_values_group(struct sct_scope *scope, enum sctrace_key key)
{
	if (!scope->values[key])
		scope->values[key] = sct_scope_group(scope) + 1;
	return scope->values[key] - 1;
}

static void *grow(void *array, size_t nr, size_t size)
{
	array = realloc(array, nr * size);
	if (!array)
		die("out of memory");
	return array;
}

/* Puts the test behind those of its group. false: there are too many. */
bool sct_scope_put(struct sct_scope *scope, const struct sctrace_test *test,
		   const struct sct_scope_origin *origin)
{
	uint32_t nr = scope->nr_tests, at = nr;

	if (nr == SCTRACE_MAX_TESTS)
		return false;
	scope->tests = grow(scope->tests, nr + 1, sizeof(*scope->tests));
	scope->origins = grow(scope->origins, nr + 1, sizeof(*scope->origins));
	while (at && scope->tests[at - 1].group > test->group)
		at--;
	memmove(scope->tests + at + 1, scope->tests + at, (nr - at) * sizeof(*scope->tests));
	memmove(scope->origins + at + 1, scope->origins + at, (nr - at) * sizeof(*scope->origins));
	scope->tests[at] = *test;
	scope->origins[at] = *origin;
	scope->nr_tests++;
	scope->flags |= SCTRACE_SCOPE_TESTS;
	return true;
}

/* The same of a test for a text, shorter than PATH_MAX. */
bool sct_scope_put_text(struct sct_scope *scope, struct sctrace_test test, const char *text,
			size_t len, const struct sct_scope_origin *origin)
{
	if (len > SCTRACE_MAX_TEXT_BYTES - scope->text_bytes)
		return false;
	test.length = len;
	if (len) {
		test.offset = scope->text_bytes;
		scope->text = grow(scope->text, scope->text_bytes + len, 1);
		memcpy(scope->text + scope->text_bytes, text, len);
		scope->text_bytes += len;
	}
	return sct_scope_put(scope, &test, origin);
}

/* Takes the test of a -p out, to go on with the others. false: it is no -p's. */
bool sct_scope_drop_attached(struct sct_scope *scope, uint32_t index)
{
	const struct sct_scope_origin *origin = &scope->origins[index];
	uint32_t behind = scope->nr_tests - index - 1;

	if (!origin->option || origin->text)
		return false;
	memmove(scope->tests + index, scope->tests + index + 1, behind * sizeof(*scope->tests));
	memmove(scope->origins + index, scope->origins + index + 1, behind * sizeof(*scope->origins));
	scope->nr_tests--;
	return true;
}

/* Of the n tests of a group. */
static enum sct_scope_reach group_reach(const struct sctrace_test *tests, uint32_t n)
{
	enum sct_scope_reach reach = n > 1 ? SCT_REACH_TASKS : SCT_REACH_TASK;
	uint32_t i;

	for (i = 0; i < n; i++) {
		if (tests[i].key == SCTRACE_KEY_PROCESS && !(tests[i].flags & SCTRACE_TEST_NOT))
			reach = SCT_REACH_PROCESSES;
		else if (tests[i].key != SCTRACE_KEY_TASK || tests[i].flags & SCTRACE_TEST_NOT)
			return SCT_REACH_ALL;
	}
	return reach;
}

static bool is_named(const struct sctrace_test *test)
{
	return !(test->flags & SCTRACE_TEST_NOT) &&
	       (test->key == SCTRACE_KEY_TASK || test->key == SCTRACE_KEY_PROCESS || test->key == SCTRACE_KEY_TREE);
}

/* Whether nobody can be in it but tasks that are named, and what these make. */
bool sct_scope_names_tasks(const struct sct_scope *scope)
{
	uint32_t i = 0;

	while (i < scope->nr_tests) {
		uint16_t group = scope->tests[i].group;
		bool all = true;

		for (; i < scope->nr_tests && scope->tests[i].group == group; i++)
			all &= is_named(&scope->tests[i]);
		if (all)
			return true;
	}
	return false;
}

/* A task must pass every group: the narrowest says it, unless what the tasks start is followed. */
enum sct_scope_reach sct_scope_reach(const struct sct_scope *scope)
{
	enum sct_scope_reach reach = SCT_REACH_ALL;
	uint32_t i = 0;

	if (scope->flags & SCTRACE_SCOPE_FOLLOW)
		return SCT_REACH_ALL;
	while (i < scope->nr_tests) {
		uint32_t first = i;
		enum sct_scope_reach one;

		while (i < scope->nr_tests && scope->tests[i].group == scope->tests[first].group)
			i++;
		one = group_reach(scope->tests + first, i - first);
		if (one < reach)
			reach = one;
	}
	return reach;
}

/* What a kernel without the means for it cannot tell. */
static const char *key_subject(unsigned int key)
{
	switch (key) {
	case SCTRACE_KEY_PIDNS:
	case SCTRACE_KEY_MNTNS:
	case SCTRACE_KEY_USERNS:
	case SCTRACE_KEY_NETNS:
	case SCTRACE_KEY_UTSNS:
		return "a task's namespace of this kind";
	case SCTRACE_KEY_CGROUP:
	case SCTRACE_KEY_CGROUP_TREE:
		return "a task's cgroup";
	case SCTRACE_KEY_EXE:
		return "the path of a task's executable";
	case SCTRACE_KEY_CONTAINER:
	case SCTRACE_KEY_CONTAINER_NEW:
	case SCTRACE_KEY_CONTAINER_OLD:
		return "a task's container";
	default:
		return "this of a task";
	}
}

/* A line about a place of the command line, one whatever the text holds; the caller's to free. */
char *sct_scope_message(const struct sct_scope_origin *origin, const char *reason)
{
	char *message, *c;

	if (asprintf(&message, "%s '%s': at %u: %s", origin->option, origin->text, origin->column,
		     reason) < 0)
		die("out of memory");
	for (c = message; *c; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	}
	return message;
}

/* Why sct_configure() has refused a test, in a line; the caller's to free. err: a negative errno. */
char *sct_scope_refusal(const struct sct_scope *scope, uint32_t index, int err)
{
	const struct sctrace_test *test = &scope->tests[index];
	const struct sct_scope_origin *origin = &scope->origins[index];
	char reason[128];
	char *message;

	if (err == -ESRCH)
		snprintf(reason, sizeof(reason), "no such process");
	else if (err == -EOPNOTSUPP)
		snprintf(reason, sizeof(reason), "this kernel cannot tell %s", key_subject(test->key));
	else
		snprintf(reason, sizeof(reason), "the module refuses this: %s", strerror(-err));
	if (origin->text)
		return sct_scope_message(origin, reason);
	if (asprintf(&message, "%s %" PRIu64 ": %s",
		     origin->option ? origin->option : "the command, process", (uint64_t)test->low,
		     reason) < 0)
		die("out of memory");
	return message;
}

void sct_scope_free(struct sct_scope *scope)
{
	free(scope->tests);
	free(scope->origins);
	free(scope->text);
}
