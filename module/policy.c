// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a session asks for, made of what its reader has handed over.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "params.h"
#include "policy.h"

/**
 * sctrace_copy_array() - copy an array of the caller's
 * @from: its address there
 * @n: how many elements
 * @size: bytes of each
 *
 * Context: may sleep.
 * Return: it, for kvfree(); NULL if it is empty; -EFAULT, -ENOMEM.
 */
void *sctrace_copy_array(u64 from, size_t n, size_t size)
{
	return n ? vmemdup_user(u64_to_user_ptr(from), array_size(n, size)) : NULL;
}

static struct sctrace_scope *make_scope(const struct sctrace_scope_request *request,
					struct sctrace_config *config,
					struct sctrace_states *states, struct pid *owner,
					u32 bad_array)
{
	u32 bad = 0;
	struct sctrace_scope *scope = sctrace_scope_make(request, states, owner, &bad);
	long err = IS_ERR(scope) ? PTR_ERR(scope) : 0;

	if (err == -EINVAL || err == -ESRCH || err == -EOPNOTSUPP) {
		config->bad_array = bad_array;
		config->bad_index = bad;
	}
	return scope;
}

static struct sctrace_scope *scope_of_tests(struct sctrace_config *config,
					    struct sctrace_states *states,
					    struct pid *owner)
{
	struct sctrace_scope_request request = {
		.nr_tests = config->nr_tests,
		.text_bytes = config->text_bytes,
		.follow = config->scope & SCTRACE_SCOPE_FOLLOW,
	};

	if (config->nr_tests > SCTRACE_MAX_TESTS || config->text_bytes > SCTRACE_MAX_TEXT_BYTES)
		return ERR_PTR(-EINVAL);
	request.tests = sctrace_copy_array(config->tests, config->nr_tests, sizeof(*request.tests));
	if (IS_ERR(request.tests))
		return ERR_CAST(request.tests);
	request.text = sctrace_copy_array(config->text, config->text_bytes, 1);
	if (IS_ERR(request.text)) {
		kvfree(request.tests);
		return ERR_CAST(request.text);
	}
	return make_scope(&request, config, states, owner, SCTRACE_BAD_TEST);
}

static struct sctrace_scope *default_scope(struct sctrace_config *config,
					   struct sctrace_states *states, struct pid *owner)
{
	struct sctrace_scope_request request;
	int err = sctrace_default_scope(&request);

	return err ? ERR_PTR(err) :
		     make_scope(&request, config, states, owner, SCTRACE_BAD_PARAM);
}

static struct sctrace_scope *get_scope(struct sctrace_config *config,
				       struct sctrace_states *states,
				       struct sctrace_policy *before)
{
	/* Whoever changes a session, its reader stays the same. */
	struct pid *owner = before ? before->scope->owner : task_tgid(current);

	switch (config->scope) {
	case SCTRACE_SCOPE_DEFAULT:
		return default_scope(config, states, owner);
	case SCTRACE_SCOPE_TESTS:
	case SCTRACE_SCOPE_TESTS | SCTRACE_SCOPE_FOLLOW:
		return scope_of_tests(config, states, owner);
	case SCTRACE_SCOPE_KEEP:
		if (!before)
			return ERR_PTR(-EINVAL);
		before->scope->users++;
		return before->scope;
	default:
		return ERR_PTR(-EINVAL);
	}
}

/* @before: of the policy that is to be replaced, or NULL. */
static int init_filter(struct sctrace_call_filter *filter, const struct sctrace_plans *plans,
		       struct sctrace_config *config, const struct sctrace_call_filter *before)
{
	struct sctrace_filter *from;
	u32 size;
	int err;

	if (!config->filter) {
		if (!before || !before->no_enter)
			return 0;
		config->bad_array = SCTRACE_BAD_FILTER;
		return -EINVAL;
	}
	if (get_user(size, (const u32 __user *)u64_to_user_ptr(config->filter)))
		return -EFAULT;
	if (size < sizeof(size) || size > PAGE_SIZE)
		return -EINVAL;
	from = kzalloc(sizeof(*from), GFP_KERNEL_ACCOUNT);
	if (!from)
		return -ENOMEM;
	err = copy_struct_from_user(from, sizeof(*from), u64_to_user_ptr(config->filter), size);
	if (!err)
		err = sctrace_filter_init(filter, plans, from);
	if (!err && before && before->no_enter != filter->no_enter)
		err = -EINVAL;
	if (err == -EINVAL)
		config->bad_array = SCTRACE_BAD_FILTER;
	kfree(from);
	return err;
}

/**
 * sctrace_policy_make() - make a policy
 * @config: what is asked for; bad_* are filled in
 * @plans: the session's
 * @states: the session's states of all tasks
 * @before: the policy that this one is to replace, or NULL
 *
 * Context: may sleep; the session's lock is held.
 * Return: the policy, the caller's, for sctrace_policy_free(); or an error of
 * sctrace_session_configure().
 */
struct sctrace_policy *sctrace_policy_make(struct sctrace_config *config,
					   const struct sctrace_plans *plans,
					   struct sctrace_states *states,
					   struct sctrace_policy *before)
{
	struct sctrace_policy *policy = kzalloc(sizeof(*policy), GFP_KERNEL_ACCOUNT);
	struct sctrace_scope *scope;
	int err;

	if (!policy)
		return ERR_PTR(-ENOMEM);
	policy->before = before;
	policy->in = before ? SCTRACE_TASK_INS & ~before->in : SCTRACE_TASK_IN;
	scope = get_scope(config, states, before);
	if (IS_ERR(scope)) {
		kfree(policy);
		return ERR_CAST(scope);
	}
	policy->scope = scope;
	err = init_filter(&policy->filter, plans, config, before ? &before->filter : NULL);
	policy->filter.plain = !policy->filter.some && !policy->filter.detailed;
	if (!err)
		return policy;
	sctrace_policy_free(policy);
	return ERR_PTR(err);
}

/**
 * sctrace_policy_free() - give back what it took
 * @policy: one that no probe uses any more; NULL is fine
 *
 * Context: may sleep; the session's lock is held, or nobody else has the session any more.
 */
void sctrace_policy_free(struct sctrace_policy *policy)
{
	if (!policy)
		return;
	sctrace_filter_free(&policy->filter);
	sctrace_scope_put(policy->scope);
	kfree(policy);
}
