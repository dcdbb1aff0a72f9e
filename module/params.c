// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module's parameters: the scope and the ring size of sessions that set none. A session takes
 * them as they are when it is configured; what is written to /sys/module/sctrace/parameters later
 * is for later sessions.
 *
 * Scope parameters are kept as text, and made into tests each time they are wanted.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpumask.h>
#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "params.h"

#define MAX_WORDS	64
#define MAX_TEXT	1024
/* The hexadecimal digits of a container's id, as Docker, Podman, containerd and CRI-O have it. */
#define CONTAINER_DIGITS	64

/* What is being made of the parameters. */
struct making {
	struct sctrace_test tests[5 * MAX_WORDS];
	u32 nr;
	u16 group;
	char text[2 * MAX_TEXT];
	u32 text_bytes;
};

static bool follow;
static unsigned int ring_kb;
/* What all rings of a session take, at most, if that is not given; and each of them. */
#define ALL_RINGS_KB	(64U << 10)
#define ONE_RING_KB	1024U

static struct sctrace_test *add(struct making *m, u8 key)
{
	struct sctrace_test *test = &m->tests[m->nr++];

	*test = (struct sctrace_test) { .key = key, .group = m->group };
	return test;
}

static void add_text(struct making *m, struct sctrace_test *test, const char *text)
{
	test->offset = m->text_bytes;
	test->length = strlen(text);
	memcpy(m->text + m->text_bytes, text, test->length);
	m->text_bytes += test->length;
}

/* ---- one word of each; -EINVAL if it is wrong, with what would be right in *@right ---- */

static int number_word(struct making *m, const char *word, u8 key, u32 min, u32 max)
{
	struct sctrace_test *test;
	u32 number;

	if (kstrtou32(word, 10, &number) || number < min || number > max)
		return -EINVAL;
	test = add(m, key);
	test->low = number;
	test->high = number;
	return 0;
}

static int pid_word(struct making *m, char *word, const char **right)
{
	*right = "process ids from 1 to 4194303";
	return number_word(m, word, SCTRACE_KEY_TASK, 1, PID_MAX_LIMIT - 1);
}

static int uid_word(struct making *m, char *word, const char **right)
{
	*right = "user ids";
	return number_word(m, word, SCTRACE_KEY_UID, 0, U32_MAX);
}

static int comm_word(struct making *m, char *word, const char **right)
{
	struct sctrace_test *test;
	bool before = *word == '*', after;
	size_t len;

	word += before;
	len = strlen(word);
	after = len && word[len - 1] == '*';
	if (after)
		word[--len] = '\0';
	*right = "command names of 1 to 15 bytes, with a * before or behind for any text";
	if (!len || len >= TASK_COMM_LEN || strchr(word, '*'))
		return -EINVAL;
	test = add(m, SCTRACE_KEY_COMM);
	test->match = before && after ? SCTRACE_MATCH_CONTAINS :
		      before ? SCTRACE_MATCH_SUFFIX :
		      after ? SCTRACE_MATCH_PREFIX : SCTRACE_MATCH_EXACT;
	add_text(m, test, word);
	return 0;
}

static int container_word(struct making *m, char *word, const char **right)
{
	size_t len = strlen(word);
	struct sctrace_test *test;

	*right = "any, new, started, or the beginning of a container's id (hexadecimal digits)";
	if (!strcmp(word, "new")) {
		test = add(m, SCTRACE_KEY_CONTAINER_NEW);
	} else if (!strcmp(word, "started")) {
		test = add(m, SCTRACE_KEY_CONTAINER_OLD);
	} else if (!strcmp(word, "any")) {
		test = add(m, SCTRACE_KEY_CONTAINER);
	} else {
		if (!len || len > CONTAINER_DIGITS || strspn(word, "0123456789abcdef") != len)
			return -EINVAL;
		test = add(m, SCTRACE_KEY_CONTAINER);
		add_text(m, test, word);
	}
	test->digits = CONTAINER_DIGITS;
	return 0;
}

static int new_word(struct making *m, char *word, const char **right)
{
	bool on;

	*right = "Y or N";
	if (kstrtobool(word, &on))
		return -EINVAL;
	if (on)
		add(m, SCTRACE_KEY_NEW);
	return 0;
}

static struct param {
	const char *name;
	int (*word)(struct making *m, char *word, const char **right);
	char text[MAX_TEXT];
} params[] = {
	{ "pid", pid_word },
	{ "uid", uid_word },
	{ "comm", comm_word },
	{ "container", container_word },
	{ "new", new_word },
};

/* Return: 0, -EINVAL (said in the log). */
static int make(struct making *m, const struct param *param, const char *value)
{
	char copy[MAX_TEXT];
	const char *right = "";
	char *rest = copy, *word;
	u32 first = m->nr;

	strscpy(copy, value, sizeof(copy));
	m->group++;
	while ((word = strsep(&rest, ",")) && (*word || rest || m->nr > first)) {
		if (m->nr - first == MAX_WORDS) {
			pr_err("%s=%s: more than %d\n", param->name, value, MAX_WORDS);
			return -EINVAL;
		}
		if (param->word(m, word, &right)) {
			pr_err("%s=%s: '%s' is wrong: must be %s\n", param->name, value, word,
			       right);
			return -EINVAL;
		}
	}
	return 0;
}

static struct making *new_making(void)
{
	return kvzalloc(sizeof(struct making), GFP_KERNEL);
}

static int set_scope_param(const char *value, const struct kernel_param *kp)
{
	struct param *param = kp->arg;
	size_t len = strcspn(value, "\n");
	char copy[MAX_TEXT];
	struct making *m;
	int err;

	if (len >= MAX_TEXT) {
		pr_err("%s=: longer than %d bytes\n", param->name, MAX_TEXT - 1);
		return -EINVAL;
	}
	memcpy(copy, value, len);
	copy[len] = '\0';
	m = new_making();
	if (!m)
		return -ENOMEM;
	err = make(m, param, copy);
	kvfree(m);
	if (!err)
		strscpy(param->text, copy, sizeof(param->text));
	return err;
}

static int get_scope_param(char *buffer, const struct kernel_param *kp)
{
	const struct param *param = kp->arg;

	return scnprintf(buffer, PAGE_SIZE, "%s\n", param->text);
}

static const struct kernel_param_ops scope_ops = { .set = set_scope_param, .get = get_scope_param };

module_param_cb(pid, &scope_ops, &params[0], 0644);
__MODULE_PARM_TYPE(pid, "array of int");
MODULE_PARM_DESC(pid, "Trace these tasks, by process or thread id, up to 64, comma-separated (default: all tasks)");
module_param_cb(uid, &scope_ops, &params[1], 0644);
__MODULE_PARM_TYPE(uid, "array of uint");
MODULE_PARM_DESC(uid, "Trace tasks of these real user ids, up to 64, comma-separated");
module_param_cb(comm, &scope_ops, &params[2], 0644);
__MODULE_PARM_TYPE(comm, "array of charp");
MODULE_PARM_DESC(comm, "Trace tasks with these command names, up to 64, comma-separated; * before or behind stands for any text");
module_param_cb(container, &scope_ops, &params[3], 0644);
__MODULE_PARM_TYPE(container, "array of charp");
MODULE_PARM_DESC(container, "Trace tasks in containers: any, new (since the start of the trace), started (before), or beginnings of ids, up to 64, comma-separated");
module_param_cb(new, &scope_ops, &params[4], 0644);
__MODULE_PARM_TYPE(new, "bool");
MODULE_PARM_DESC(new, "Trace processes that were made after the start of the trace (default: N)");

module_param(follow, bool, 0644);
MODULE_PARM_DESC(follow, "Also all that traced tasks make from then on, threads and children; with pid=, also all threads of these processes (default: N)");

static int set_ring_kb(const char *val, const struct kernel_param *kp)
{
	unsigned int kb;
	int err = kstrtouint(val, 0, &kb);

	if (err || !is_power_of_2(kb) || kb < SCTRACE_RING_MIN_BYTES >> 10 ||
	    kb > SCTRACE_RING_MAX_BYTES >> 10) {
		pr_err("ring_kb=%s: must be a power of two from %u to %u\n", val,
		       SCTRACE_RING_MIN_BYTES >> 10, SCTRACE_RING_MAX_BYTES >> 10);
		return -EINVAL;
	}
	ring_kb = kb;
	return 0;
}

static const struct kernel_param_ops ring_kb_ops = { .set = set_ring_kb, .get = param_get_uint };

module_param_cb(ring_kb, &ring_kb_ops, &ring_kb, 0644);
__MODULE_PARM_TYPE(ring_kb, "uint");
MODULE_PARM_DESC(ring_kb, "Size of each CPU's ring in KiB, a power of two from 64 to 65536, for sessions that set none (default: 1024; of more than 64 CPUs less, 65536 in all)");

/**
 * sctrace_default_ring_bytes() - the parameter ring_kb=
 *
 * Return: bytes
 */
u32 sctrace_default_ring_bytes(void)
{
	return READ_ONCE(ring_kb) << 10;
}

/* All scope parameters. Return: the caller's, to be freed, or NULL. */
static struct making *make_all(void)
{
	struct making *m = new_making();
	size_t i;
	u32 n;

	if (!m)
		return NULL;
	kernel_param_lock(THIS_MODULE);
	for (i = 0; i < ARRAY_SIZE(params); i++)
		make(m, &params[i], params[i].text);
	for (n = 0; follow && n < m->nr; n++) {
		if (m->tests[n].key == SCTRACE_KEY_TASK)
			m->tests[n].key = SCTRACE_KEY_PROCESS;
	}
	kernel_param_unlock(THIS_MODULE);
	return m;
}

/**
 * sctrace_default_keys() - what the parameters ask of a task
 *
 * Context: may sleep.
 * Return: (1 << enum sctrace_key) of all; bit 0 for follow=
 */
u32 sctrace_default_keys(void)
{
	struct making *m = make_all();
	u32 keys = READ_ONCE(follow), i;

	for (i = 0; m && i < m->nr; i++)
		keys |= 1u << m->tests[i].key;
	kvfree(m);
	return keys;
}

/* NULL if it is empty, or if there is no memory. */
static void *copy(const void *from, size_t bytes)
{
	void *to = bytes ? kvmalloc(bytes, GFP_KERNEL_ACCOUNT) : NULL;

	return to ? memcpy(to, from, bytes) : NULL;
}

/**
 * sctrace_default_scope() - the parameters, as a request
 * @request: filled in; its arrays are the caller's
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM
 */
int sctrace_default_scope(struct sctrace_scope_request *request)
{
	struct making *m = make_all();

	if (!m)
		return -ENOMEM;
	*request = (struct sctrace_scope_request) {
		.tests = copy(m->tests, m->nr * sizeof(*m->tests)),
		.nr_tests = m->nr,
		.text = copy(m->text, m->text_bytes),
		.text_bytes = m->text_bytes,
		.follow = READ_ONCE(follow),
		.initial_ns = true,
	};
	kvfree(m);
	if ((request->nr_tests && !request->tests) || (request->text_bytes && !request->text)) {
		kvfree(request->tests);
		kvfree(request->text);
		return -ENOMEM;
	}
	return 0;
}

/* A machine of many CPUs is not to give a session a good part of its memory unasked. */
static void choose_ring_kb(void)
{
	u32 each = rounddown_pow_of_two(max(ALL_RINGS_KB / num_possible_cpus(), 1U));

	if (!ring_kb)
		ring_kb = clamp_t(u32, each, SCTRACE_RING_MIN_BYTES >> 10, ONE_RING_KB);
}

/**
 * sctrace_params_check() - whether the parameters name something that is there, and what is not
 * given
 *
 * Context: module init.
 * Return: 0, -ESRCH (a process that does not exist; said in the log), -ENOMEM
 */
int sctrace_params_check(void)
{
	struct making *m = make_all();
	int err = 0;
	u32 i;

	choose_ring_kb();
	if (!m)
		return -ENOMEM;
	rcu_read_lock();
	for (i = 0; i < m->nr && !err; i++) {
		if ((m->tests[i].key != SCTRACE_KEY_TASK &&
		     m->tests[i].key != SCTRACE_KEY_PROCESS) ||
		    find_pid_ns(m->tests[i].low, &init_pid_ns))
			continue;
		pr_err("pid=%d: no such process\n", (int)m->tests[i].low);
		err = -ESRCH;
	}
	rcu_read_unlock();
	if (follow && !m->nr)
		pr_info("follow= has no effect without pid=, uid=, comm=, container= or new=: all tasks are traced\n");
	kvfree(m);
	return err;
}
