/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who is to be traced, as the command line says it: the tests that the module is given, and what
 * each of them came from.
 */
#ifndef SCT_SCOPE_H
#define SCT_SCOPE_H

#include <stdbool.h>
#include <stdint.h>

#include <uapi/sctrace.h>

/* What a test came from, for messages. Zeroed: the command. */
struct sct_scope_origin {
	const char *option;		/* "--scope" */
	const char *text;		/* its value, of the command line; NULL: the test's number */
	unsigned int column;		/* in text, from 1 */
};

/* Zeroed, but for .root: nobody has said anything. */
struct sct_scope {
	struct sctrace_test *tests;	/* those of a group in a row */
	struct sct_scope_origin *origins; /* of each test */
	uint32_t nr_tests;
	char *text;			/* of the tests, without NULs */
	uint32_t text_bytes;
	uint32_t flags;			/* SCTRACE_SCOPE_TESTS, SCTRACE_SCOPE_FOLLOW */
	uint16_t nr_groups;
	uint16_t values[SCTRACE_KEY_COUNT]; /* one more than the group of the values of a key; 0: none */
	const char *root;		/* where the files of the machine are: "", but for tests */
};

/* Which tasks can be in it, from fewer to more. */
enum sct_scope_reach {
	SCT_REACH_TASK,			/* one that is there now */
	SCT_REACH_TASKS,		/* several */
	SCT_REACH_PROCESSES,		/* and threads to come */
	SCT_REACH_ALL,			/* and processes to come */
};

/* scope.c. Memory that is short ends the program. */
uint16_t sct_scope_group(struct sct_scope *scope);
uint16_t sct_scope_values_group(struct sct_scope *scope, enum sctrace_key key);
bool sct_scope_put(struct sct_scope *scope, const struct sctrace_test *test,
		   const struct sct_scope_origin *origin);
bool sct_scope_put_text(struct sct_scope *scope, struct sctrace_test test, const char *text,
			size_t len, const struct sct_scope_origin *origin);
bool sct_scope_drop_attached(struct sct_scope *scope, uint32_t index);
enum sct_scope_reach sct_scope_reach(const struct sct_scope *scope);
bool sct_scope_names_tasks(const struct sct_scope *scope);
char *sct_scope_message(const struct sct_scope_origin *origin, const char *reason);
char *sct_scope_refusal(const struct sct_scope *scope, uint32_t index, int err);
void sct_scope_free(struct sct_scope *scope);

/* scope_expr.c */
char *sct_scope_parse(struct sct_scope *scope, const char *option, const char *text);

#endif
