/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values of scope expressions: numbers, names of users, texts, namespaces, containers. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "container.h"
#include "scope_expr.h"

/* What the kernel keeps of a task's name: TASK_COMM_LEN without the NUL. */
#define COMM_BYTES	15
#define MAX_PID		4194303
#define DIGITS		"0123456789"
/* From so many digits on, it is a container's id whatever others are called: run times show ids so. */
#define SHORT_ID_DIGITS	12

bool sct_lookup_user(const char *name, uint64_t *number)
{
	const struct passwd *user = getpwnam(name);

	if (user)
		*number = user->pw_uid;
	return user;
}

bool sct_lookup_group(const char *name, uint64_t *number)
{
	const struct group *group = getgrnam(name);

	if (group)
		*number = group->gr_gid;
	return group;
}

static bool is_task(const struct sct_expr *e)
{
	return e->key->exact;
}

static uint64_t highest(const struct sct_expr *e)
{
	return is_task(e) ? MAX_PID : UINT32_MAX - 1;
}

/* The digits at value + offset; there are some. */
static bool parse_digits(struct sct_expr *e, const char *value, size_t offset, uint64_t min, uint64_t max,
			 uint64_t *number)
{
	errno = 0;
	*number = strtoull(value + offset, NULL, 10);
	if (errno || *number < min || *number > max)
		return sct_expr_fail(e, offset, "expected a number from %" PRIu64 " to %" PRIu64, min, max);
	return true;
}

static bool parse_name(struct sct_expr *e, const char *value, uint64_t *number)
{
	if (e->key->lookup && e->key->lookup(value, number))
		return true;
	if (e->key->lookup && (isalnum((unsigned char)*value) || *value == '_'))
		return sct_expr_fail(e, 0, "there is no %s '%s'", e->key->kind, value);
	return sct_expr_fail(e, 0, "expected %s", e->key->expected);
}

/* FROM-TO */
static bool put_range(struct sct_expr *e, const char *value, size_t dash)
{
	struct sctrace_test test = { .key = e->key->key };
	uint64_t low, high;

	if (!parse_digits(e, value, 0, 0, highest(e), &low) ||
	    !parse_digits(e, value, dash + 1, low, highest(e), &high))
		return false;
	test.low = low;
	test.high = high;
	return sct_expr_put(e, test);
}

bool sct_value_number(struct sct_expr *e, const char *value)
{
	struct sctrace_test test = { .key = e->key->key };
	size_t digits = strspn(value, DIGITS);
	uint64_t number;

	if (e->key->key == SCTRACE_KEY_PID && !strcmp(value, "new")) {
		test.key = SCTRACE_KEY_NEW;
		return sct_expr_put(e, test);
	}
	if (e->key->ordered && digits && value[digits] == '-' && value[digits + 1] &&
	    !value[digits + 1 + strspn(value + digits + 1, DIGITS)])
		return put_range(e, value, digits);
	if (!(value[digits] ? parse_name(e, value, &number) :
			      parse_digits(e, value, 0, is_task(e), highest(e), &number)))
		return false;
	test.low = number;
	/* Looked up now; "not these" is a matter of numbers, but for trees. */
	if (is_task(e) && (!e->not || e->key->exact == e->key->key))
		test.key = e->key->exact;
	else
		test.high = number;
	return sct_expr_put(e, test);
}

/* Of < and so on. */
bool sct_value_limit(struct sct_expr *e, const char *value, bool above, bool itself)
{
	struct sctrace_test test = { .key = e->key->key };
	size_t digits = strspn(value, DIGITS), comma = strcspn(value, ",");
	uint64_t number, high = highest(e);

	if (value[comma])
		return sct_expr_fail(e, comma, "expected the end: <, >, <= and >= take one number");
	if (!*value || (value[digits] && !e->key->lookup))
		return sct_expr_fail(e, 0, "expected %s", e->key->lookup ? e->key->expected : "a number");
	if (!(value[digits] ? parse_name(e, value, &number) :
			      parse_digits(e, value, 0, 0, high, &number)))
		return false;
	if (!itself && number == (above ? high : 0))
		return sct_expr_fail(e, 0, "nothing is %s %" PRIu64, above ? "above" : "below", number);
	test.low = above ? number + !itself : 0;
	test.high = above ? high : number - !itself;
	return sct_expr_put(e, test);
}

/* NAME, NAME*, *NAME, *NAME* */
bool sct_value_text(struct sct_expr *e, const char *value)
{
	struct sctrace_test test = { .key = e->key->key };
	size_t len = strlen(value);
	bool open = *value == '*', cut = len > open && value[len - 1] == '*';
	const char *text = value + open;
	const char *star;

	len -= open + cut;
	star = memchr(text, '*', len);
	if (!len)
		return sct_expr_fail(e, 0, "expected more than a *");
	if (star)
		return sct_expr_fail(e, star - value, "a * can stand only at the beginning and at the end");
	if (test.key == SCTRACE_KEY_COMM && len > COMM_BYTES)
		return sct_expr_fail(e, open + COMM_BYTES,
				     "expected the end: the kernel keeps %d bytes of a task's name, '%.*s'",
				     COMM_BYTES, COMM_BYTES, text);
	if (test.key == SCTRACE_KEY_EXE && !open && *text != '/')
		return sct_expr_fail(e, 0, "expected %s", e->key->expected);
	if (len >= PATH_MAX)
		return sct_expr_fail(e, open + PATH_MAX - 1, "expected the end: a path has at most %d bytes",
				     PATH_MAX - 1);
	if (open)
		test.match = cut ? SCTRACE_MATCH_CONTAINS : SCTRACE_MATCH_SUFFIX;
	else
		test.match = cut ? SCTRACE_MATCH_PREFIX : SCTRACE_MATCH_EXACT;
	return sct_expr_put_text(e, test, text, len);
}

/* Whether the file is a namespace of the key's kind. 0, -ENOTTY if not, or why it cannot be told. */
static int stat_namespace(const struct sct_scope_key *key, const char *path, uint64_t *number)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct statfs fs;
	struct stat st;
	int err = 0;

	if (fd < 0)
		return -errno;
	if (fstatfs(fd, &fs) < 0 || fstat(fd, &st) < 0)
		err = -errno;
	else if (fs.f_type != NSFS_MAGIC || ioctl(fd, NS_GET_NSTYPE) != key->flag)
		err = -ENOTTY;
	else
		*number = st.st_ino;
	close(fd);
	return err;
}

/* NUMBER, KIND:[NUMBER] or a path. */
bool sct_value_namespace(struct sct_expr *e, const char *value)
{
	const char *kind = e->key->kind;
	size_t begin = 0, digits, n = strlen(kind);
	struct sctrace_test test = { .key = e->key->key };
	uint64_t number = 0;

	if (*value == '/') {
		int err = stat_namespace(e->key, value, &number);

		if (err == -ENOTTY)
			return sct_expr_fail(e, 0, "this is no %s namespace", kind);
		if (err)
			return sct_expr_fail(e, 0, "cannot open '%s': %s", value, strerror(-err));
	} else {
		if (!strncmp(value, kind, n) && !strncmp(value + n, ":[", 2))
			begin = n + 2;
		digits = strspn(value + begin, DIGITS);
		if (!digits || strcmp(value + begin + digits, begin ? "]" : ""))
			return sct_expr_fail(e, 0, "expected %s", e->key->expected);
		if (!parse_digits(e, value, begin, 1, UINT32_MAX, &number))
			return false;
	}
	test.low = number;
	test.high = number;
	return sct_expr_put(e, test);
}

struct named {
	struct sct_expr *e;
	const char *name;
	unsigned int found;
	bool failed;
};

static bool put_id(struct sct_expr *e, const char *id)
{
	return sct_expr_put_text(e, (struct sctrace_test) { .key = SCTRACE_KEY_CONTAINER,
							    .digits = SCT_CONTAINER_DIGITS },
				 id, strlen(id));
}

static bool put_if_named(void *arg, const struct sct_container *container)
{
	struct named *named = arg;

	if (strcmp(container->name, named->name))
		return false;
	named->found++;
	named->failed = !put_id(named->e, container->id);
	return named->failed;
}

/* new, started, an id or its beginning, or a name: all containers that have it. */
bool sct_value_container(struct sct_expr *e, const char *value)
{
	struct sctrace_test test = { .digits = SCT_CONTAINER_DIGITS };
	struct named named = { .e = e, .name = value };
	size_t len = strlen(value);
	bool id = len <= SCT_CONTAINER_DIGITS && !value[strspn(value, DIGITS "abcdef")];

	if (!strcmp(value, "new") || !strcmp(value, "started")) {
		test.key = *value == 'n' ? SCTRACE_KEY_CONTAINER_NEW : SCTRACE_KEY_CONTAINER_OLD;
		return sct_expr_put(e, test);
	}
	if (id && len >= SHORT_ID_DIGITS)
		return put_id(e, value);
	if (sct_containers_each(e->scope->root, put_if_named, &named))
		return sct_expr_fail(e, 0, "out of memory");
	if (named.found)
		return !named.failed;
	if (id)
		return put_id(e, value);
	return sct_expr_fail(e, 0, "no container here is called '%s', and it is no id: 1 to %d of 0-9, a-f", value,
			     SCT_CONTAINER_DIGITS);
}
