/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scope expressions: KEY OPERATOR VALUE[,VALUE]…, or a word. The values of a key, also of several
 * expressions, are one group of tests; every other operator makes a group of its own.
 */
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "container.h"
#include "die.h"
#include "scope_expr.h"

#define NAMESPACE(word, key_, kind_, flag_) { \
	.names = word, .key = key_, .value = sct_value_namespace, .kind = kind_, .flag = flag_, \
	.expected = "the number of a namespace, " kind_ ":[number], or a path such as /proc/PID/ns/" kind_ }

static const struct sct_scope_key keys[] = {
	{ .names = "pid p", .key = SCTRACE_KEY_PID, .exact = SCTRACE_KEY_PROCESS, .ordered = true,
	  .value = sct_value_number, .expected = "a process's number, or new" },
	{ .names = "tid", .key = SCTRACE_KEY_TID, .exact = SCTRACE_KEY_TASK, .ordered = true,
	  .value = sct_value_number, .expected = "a thread's number" },
	{ .names = "tree", .key = SCTRACE_KEY_TREE, .exact = SCTRACE_KEY_TREE,
	  .value = sct_value_number, .expected = "a process's number" },
	{ .names = "uid u", .key = SCTRACE_KEY_UID, .ordered = true, .value = sct_value_number,
	  .lookup = sct_lookup_user, .expected = "a number or a user's name", .kind = "user" },
	{ .names = "gid", .key = SCTRACE_KEY_GID, .ordered = true, .value = sct_value_number,
	  .lookup = sct_lookup_group, .expected = "a number or a group's name", .kind = "group" },
	{ .names = "comm", .key = SCTRACE_KEY_COMM, .value = sct_value_text,
	  .expected = "a task's name, with or without a * at its ends" },
	{ .names = "exe exec executable bin binary", .key = SCTRACE_KEY_EXE, .value = sct_value_text,
	  .expected = "a path that begins with /, or with a *" },
	NAMESPACE("mntns", SCTRACE_KEY_MNTNS, "mnt", CLONE_NEWNS),
	NAMESPACE("pidns", SCTRACE_KEY_PIDNS, "pid", CLONE_NEWPID),
	NAMESPACE("userns", SCTRACE_KEY_USERNS, "user", CLONE_NEWUSER),
	NAMESPACE("netns", SCTRACE_KEY_NETNS, "net", CLONE_NEWNET),
	NAMESPACE("utsns", SCTRACE_KEY_UTSNS, "uts", CLONE_NEWUTS),
	{ .names = "cgroup", .key = SCTRACE_KEY_CGROUP, .value = sct_value_cgroup,
	  .expected = "a path that begins with /, or an id" },
	{ .names = "container c", .key = SCTRACE_KEY_CONTAINER, .value = sct_value_container,
	  .expected = "a container's id or name, or new, or started" },
};

static bool vfail(struct sct_expr *e, size_t column, const char *format, va_list args)
{
	char *reason;

	if (vasprintf(&reason, format, args) < 0)
		die("out of memory");
	e->origin.column = column;
	e->error = sct_scope_message(&e->origin, reason);
	free(reason);
	return false;
}

bool sct_expr_fail(struct sct_expr *e, size_t offset, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfail(e, e->at - e->origin.text + offset + 1, format, args);
	va_end(args);
	return false;
}

static bool add(struct sct_expr *e, struct sctrace_test test, const char *text, size_t len)
{
	if (e->group < 0)
		e->group = e->not ? sct_scope_group(e->scope) :
				    sct_scope_values_group(e->scope, e->key->key);
	test.group = e->group;
	test.flags = e->not ? SCTRACE_TEST_NOT : 0;
	e->origin.column = e->at - e->origin.text + 1;
	if (text ? sct_scope_put_text(e->scope, test, text, len, &e->origin) :
		   sct_scope_put(e->scope, &test, &e->origin))
		return true;
	return sct_expr_fail(e, 0, "there are more than %d values, or they are too long", SCTRACE_MAX_TESTS);
}

bool sct_expr_put(struct sct_expr *e, struct sctrace_test test)
{
	return add(e, test, NULL, 0);
}

bool sct_expr_put_text(struct sct_expr *e, struct sctrace_test test, const char *text, size_t len)
{
	return add(e, test, text, len);
}

static bool has_name(const char *names, const char *word, size_t len)
{
	while (*names) {
		size_t n = strcspn(names, " ");

		if (n == len && !memcmp(names, word, len))
			return true;
		names += n + (names[n] == ' ');
	}
	return false;
}

/* The word at the expression's beginning. */
static bool find_key(struct sct_expr *e, size_t len)
{
	char known[256] = "";
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		size_t used = strlen(known);

		if (has_name(keys[i].names, e->at, len)) {
			e->key = &keys[i];
			return true;
		}
		snprintf(known + used, sizeof(known) - used, "%.*s, ", (int)strcspn(keys[i].names, " "),
			 keys[i].names);
	}
	if (len == 3 && !memcmp(e->at, "uts", 3))
		return sct_expr_fail(e, 0, "a host's name cannot be looked for; expected utsns=NUMBER (readlink /proc/PID/ns/uts)");
	if (*e->at == '!')
		return sct_expr_fail(e, 0, "expected a key: only container can have ! before it; others have != behind them, as in uid!=0");
	return sct_expr_fail(e, 0, "expected one of the keys %snot-container, follow", known);
}

/* What is a word alone. 1: it was one; 0: no; -1: it is wrong. */
static int read_word(struct sct_expr *e, size_t len)
{
	const char *text = e->at;
	bool container = has_name("container c", text, len) && !text[len];

	e->not = has_name("not-container !container", text, len);
	if (container || (e->not && !text[len])) {
		/* A group of its own: in a container, and a new one. */
		e->group = sct_scope_group(e->scope);
		return sct_expr_put_text(e, (struct sctrace_test) { .key = SCTRACE_KEY_CONTAINER,
								    .digits = SCT_CONTAINER_DIGITS },
					 "", 0) ? 1 : -1;
	}
	if (!e->not && !has_name("follow", text, len))
		return 0;
	if (text[len]) {
		sct_expr_fail(e, len, "expected nothing behind %.*s", (int)len, text);
		return -1;
	}
	e->scope->flags |= SCTRACE_SCOPE_FOLLOW;
	return 1;
}

/* A value for each comma, and one more. */
static bool read_values(struct sct_expr *e, const char *list)
{
	for (;; list++) {
		size_t len = strcspn(list, ",");
		char *value;
		bool good;

		e->at = list;
		if (!len)
			return sct_expr_fail(e, 0, "expected %s", e->key->expected);
		value = strndup(list, len);
		if (!value)
			die("out of memory");
		good = e->key->value(e, value);
		free(value);
		list += len;
		if (!good || !*list)
			return good;
	}
}

static bool read_limit(struct sct_expr *e, const char *limit, bool above, bool itself)
{
	e->at = limit;
	e->group = sct_scope_group(e->scope);
	return sct_value_limit(e, limit, above, itself);
}

/* The operator and what follows it. */
static bool read_rest(struct sct_expr *e, const char *rest)
{
	bool itself = *rest && rest[1] == '=';

	if (*rest == '=')
		return read_values(e, rest + 1);
	e->not = *rest == '!' && itself;
	if (e->not)
		return read_values(e, rest + 2);
	if ((*rest == '<' || *rest == '>') && e->key->ordered)
		return read_limit(e, rest + 1 + itself, *rest == '>', itself);
	e->at = rest;
	return sct_expr_fail(e, 0, "expected %s", e->key->ordered ? "=, !=, <, >, <= or >=" : "= or !=");
}

/*
 * Adds what the text says, which must stay as long as the scope. NULL, or the message on what is
 * wrong with it, which is the caller's to free.
 */
char *sct_scope_parse(struct sct_scope *scope, const char *option, const char *text)
{
	struct sct_expr e = {
		.scope = scope,
		.origin = { .option = option, .text = text },
		.at = text,
		.group = -1,
	};
	size_t len = *text == '!';
	int word;

	len += strspn(text + len, "abcdefghijklmnopqrstuvwxyz-");
	word = read_word(&e, len);
	if (!word && find_key(&e, len))
		read_rest(&e, text + len);
	return e.error;
}
