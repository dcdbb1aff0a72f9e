/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between scope_expr.c, which knows the form of an expression, and those that know its values. */
#ifndef SCT_SCOPE_EXPR_H
#define SCT_SCOPE_EXPR_H

#include "scope.h"

struct sct_expr;

struct sct_scope_key {
	const char *names;		/* separated by spaces; the first is the one that is shown */
	enum sctrace_key key;		/* of a range of numbers, or the key's only one */
	enum sctrace_key exact;		/* of one number that is to be looked up now */
	bool ordered;			/* also <, >, <=, >= and ranges */
	bool (*value)(struct sct_expr *e, const char *value);
	bool (*lookup)(const char *name, uint64_t *number); /* of numbers that have names */
	const char *expected;		/* what a value is */
	const char *kind;		/* of a namespace: its file in /proc/PID/ns; of names: whose */
	int flag;			/* of a namespace: CLONE_NEW* */
};

/* KEY OPERATOR VALUE[,VALUE], while it is read. */
struct sct_expr {
	struct sct_scope *scope;
	struct sct_scope_origin origin;
	const struct sct_scope_key *key;
	const char *at;			/* the value that is looked at, in origin.text */
	bool not;
	int group;			/* of its tests; less than 0: not made yet */
	char *error;			/* the message, if it is wrong */
};

/* The message is about the value's byte at offset. Returns false, as all do that find something wrong. */
bool sct_expr_fail(struct sct_expr *e, size_t offset, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A test of the expression's group. */
bool sct_expr_put(struct sct_expr *e, struct sctrace_test test);
bool sct_expr_put_text(struct sct_expr *e, struct sctrace_test test, const char *text, size_t len);

/* scope_value.c, scope_cgroup.c. value: one of the expression, ended by a NUL. */
bool sct_value_number(struct sct_expr *e, const char *value);
bool sct_value_limit(struct sct_expr *e, const char *value, bool above, bool itself);
bool sct_value_text(struct sct_expr *e, const char *value);
bool sct_value_namespace(struct sct_expr *e, const char *value);
bool sct_value_cgroup(struct sct_expr *e, const char *value);
bool sct_value_container(struct sct_expr *e, const char *value);
bool sct_lookup_user(const char *name, uint64_t *number);
bool sct_lookup_group(const char *name, uint64_t *number);

#endif
