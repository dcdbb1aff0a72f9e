// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tests of a scope: what they ask of a task, and who is there that they name.
 */
#include <linux/bsearch.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>

#include "match.h"
#include "scope.h"
#include "scope_group.h"
#include "task_attr.h"

/* A chain of processes that exit all at once, each the parent of the next. */
#define MAX_EXITING_PARENTS	64

/* Groups that name tasks: each has a set. */
#define MAX_LISTS	16

/* Text that is looked for in others, all tests together: what is not compared fast. */
#define MAX_CONTAINED_BYTES	4096

#define BY_TIME	(SCTRACE_KEY_BIT(SCTRACE_KEY_CONTAINER_NEW) | \
		 SCTRACE_KEY_BIT(SCTRACE_KEY_CONTAINER_OLD))

static bool names_task(u8 key)
{
	return key == SCTRACE_KEY_TASK || key == SCTRACE_KEY_PROCESS || key == SCTRACE_KEY_TREE;
}

static bool has_text(u8 key)
{
	return key == SCTRACE_KEY_COMM || key == SCTRACE_KEY_EXE || key == SCTRACE_KEY_CONTAINER;
}

static bool has_digits(u8 key)
{
	return key == SCTRACE_KEY_CONTAINER || key == SCTRACE_KEY_CONTAINER_NEW ||
	       key == SCTRACE_KEY_CONTAINER_OLD;
}

static bool text_passes(const struct sctrace_scope *scope, const struct sctrace_test *test,
			const char *what)
{
	return sctrace_text_matches(test->match, scope->text + test->offset, test->length, what,
				    strlen(what), false);
}

static bool comm_passes(const struct sctrace_scope *scope, const struct sctrace_test *test)
{
	char comm[TASK_COMM_LEN];

	/* Another thread may be writing it; then it is looked at again. */
	strscpy(comm, current->comm, sizeof(comm));
	return text_passes(scope, test, comm);
}

static bool exe_passes(const struct sctrace_scope *scope, const struct sctrace_test *test,
		       struct sctrace_found *found)
{
	if (!found->has_exe)
		found->exe = sctrace_task_exe(this_cpu_ptr(scope->path), PATH_MAX);
	found->has_exe = true;
	return found->exe && text_passes(scope, test, found->exe);
}

static int compare_ids(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

/* Names are looked through once for all tests. With preemption off, what is found stays. */
static bool container_passes(const struct sctrace_scope *scope, const struct sctrace_test *test,
			     struct sctrace_found *found)
{
	bool old;

	if (found->container_digits != test->digits) {
		rcu_read_lock();
		found->container = sctrace_task_container(test->digits, &found->container_id);
		rcu_read_unlock();
		found->container_digits = test->digits;
	}
	if (!found->container)
		return false;
	if (test->key == SCTRACE_KEY_CONTAINER)
		return !strncmp(found->container, scope->text + test->offset, test->length);
	old = scope->nr_containers && bsearch(&found->container_id, scope->containers,
					      scope->nr_containers, sizeof(u64), compare_ids);
	return old == (test->key == SCTRACE_KEY_CONTAINER_OLD);
}

static bool test_passes(const struct sctrace_scope *scope, const struct sctrace_test *test,
			struct sctrace_found *found)
{
	u64 number;

	switch (test->key) {
	case SCTRACE_KEY_COMM:
		return comm_passes(scope, test);
	case SCTRACE_KEY_EXE:
		return exe_passes(scope, test, found);
	case SCTRACE_KEY_CONTAINER:
	case SCTRACE_KEY_CONTAINER_NEW:
	case SCTRACE_KEY_CONTAINER_OLD:
		return container_passes(scope, test, found);
	case SCTRACE_KEY_CGROUP:
	case SCTRACE_KEY_CGROUP_TREE:
		return sctrace_task_in_cgroup(test->low, test->high,
					      test->key == SCTRACE_KEY_CGROUP_TREE);
	case SCTRACE_KEY_NEW:
		return current->group_leader->start_time >= scope->since;
	default:
		number = sctrace_task_number(test->key);
		return number >= test->low && number <= test->high;
	}
}

/**
 * sctrace_group_passes() - whether a task passes one of a group's tests
 * @scope: populated
 * @group: one of its
 * @task: current, unless all tests of the scope name tasks
 * @found: zeroed before the first group
 *
 * Context: preemption off; no lock held.
 * Return: whether it does; what that means depends on @not.
 */
bool sctrace_group_passes(const struct sctrace_scope *scope, const struct sctrace_group *group,
			  const struct task_struct *task, struct sctrace_found *found)
{
	u32 i;

	if (group->list && sctrace_members_has(&group->members, task->pid))
		return true;
	for (i = group->first; i < group->first + group->nr; i++) {
		if (!names_task(scope->tests[i].key) &&
		    test_passes(scope, &scope->tests[i], found))
			return true;
	}
	return false;
}

/* ---- beginning and end ---- */

static bool test_is_good(const struct sctrace_test *test, u32 text_bytes)
{
	if (!test->key || test->key >= SCTRACE_KEY_COUNT || test->flags & ~SCTRACE_TEST_NOT ||
	    test->match >= SCTRACE_MATCH_COUNT || test->reserved)
		return false;
	if (test->low > test->high && !names_task(test->key))
		return false;
	if (test->match && test->key != SCTRACE_KEY_COMM && test->key != SCTRACE_KEY_EXE)
		return false;
	if (has_digits(test->key) != !!test->digits || test->digits > 128)
		return false;
	if (!has_text(test->key))
		return !test->length && !test->offset;
	return test->length < PATH_MAX && test->offset <= text_bytes &&
	       test->length <= text_bytes - test->offset;
}

/* @before: NULL for the first. */
static bool follows_well(const struct sctrace_test *before, const struct sctrace_test *test)
{
	return !before || test->group > before->group ||
	       (test->group == before->group && test->flags == before->flags);
}

/* Counts the groups. Return: 0, -EINVAL or -EOPNOTSUPP; with *@bad. */
static int check_tests(struct sctrace_scope *scope, u32 text_bytes, u32 *bad)
{
	const struct sctrace_test *test, *before = NULL;
	u32 i, contained = 0;

	for (i = 0; i < scope->nr_tests; i++, before = test) {
		test = &scope->tests[i];
		*bad = i;
		if (!test_is_good(test, text_bytes) || !follows_well(before, test))
			return -EINVAL;
		if (!sctrace_task_attr_can(test->key))
			return -EOPNOTSUPP;
		scope->asks |= SCTRACE_KEY_BIT(test->key);
		if (SCTRACE_KEY_BIT(test->key) & BY_TIME) {
			if (scope->digits && scope->digits != test->digits)
				return -EINVAL;
			scope->digits = test->digits;
		}
		if (test->match == SCTRACE_MATCH_CONTAINS)
			contained += test->length;
		if (contained > MAX_CONTAINED_BYTES)
			return -EINVAL;
		if (!before || before->group != test->group)
			scope->nr_groups++;
	}
	return 0;
}

static struct pid *find_pid_ref(u64 nr, bool initial_ns)
{
	struct pid *pid;

	if (nr >= PID_MAX_LIMIT)
		return NULL;
	rcu_read_lock();
	pid = get_pid(initial_ns ? find_pid_ns(nr, &init_pid_ns) : find_vpid(nr));
	rcu_read_unlock();
	return pid;
}

/* The tasks are looked up now, so that an id which is given to another later does no harm. */
static int group_look_up(struct sctrace_scope *scope, struct sctrace_group *group, bool initial_ns,
			 u32 *bad)
{
	int err = sctrace_members_init(&group->members);
	u32 i;

	if (err)
		return err;
	group->pids = kvcalloc(group->nr, sizeof(*group->pids), GFP_KERNEL_ACCOUNT);
	if (!group->pids)
		return -ENOMEM;
	for (i = 0; i < group->nr; i++) {
		const struct sctrace_test *test = &scope->tests[group->first + i];

		*bad = group->first + i;
		if (!names_task(test->key))
			continue;
		if (test->key != group->list)
			return -EINVAL;
		group->pids[i] = find_pid_ref(test->low, initial_ns);
		if (!group->pids[i])
			return -ESRCH;
	}
	return 0;
}

static int make_groups(struct sctrace_scope *scope, bool initial_ns, u32 *bad)
{
	struct sctrace_group *group;
	u32 i = 0, n, lists = 0;
	int err;

	scope->groups = kvcalloc(scope->nr_groups, sizeof(*scope->groups), GFP_KERNEL_ACCOUNT);
	if (!scope->groups)
		return -ENOMEM;
	for (n = 0; n < scope->nr_groups; n++) {
		group = &scope->groups[n];
		group->first = i;
		group->not = scope->tests[i].flags & SCTRACE_TEST_NOT;
		group->names_all = !group->not;
		for (; i < scope->nr_tests; i++) {
			if (scope->tests[i].group != scope->tests[group->first].group)
				break;
			if (names_task(scope->tests[i].key))
				group->list = scope->tests[i].key;
			else
				group->names_all = false;
		}
		group->nr = i - group->first;
		scope->closed |= group->names_all;
		*bad = group->first;
		if (group->list && ++lists > MAX_LISTS)
			return -EINVAL;
		err = group->list ? group_look_up(scope, group, initial_ns, bad) : 0;
		if (err)
			return err;
	}
	return 0;
}

/**
 * sctrace_groups_init() - check the tests of a scope and put them into groups
 * @scope: with its tests and text
 * @request: what they came in
 * @bad: on -EINVAL, -ESRCH and -EOPNOTSUPP, the index of the test that is to blame
 *
 * Context: may sleep.
 * Return: 0 or the error; on error sctrace_groups_free() is to be called.
 */
int sctrace_groups_init(struct sctrace_scope *scope, const struct sctrace_scope_request *request,
			u32 *bad)
{
	int err = check_tests(scope, request->text_bytes, bad);

	return err || !scope->nr_groups ? err : make_groups(scope, request->initial_ns, bad);
}

/**
 * sctrace_groups_free() - give back what init took
 * @scope: one that no probe uses any more
 */
void sctrace_groups_free(struct sctrace_scope *scope)
{
	struct sctrace_group *group;
	u32 i;

	for (; scope->groups && scope->nr_groups; scope->nr_groups--) {
		group = &scope->groups[scope->nr_groups - 1];
		for (i = 0; group->pids && i < group->nr; i++)
			put_pid(group->pids[i]);
		kvfree(group->pids);
		sctrace_pidset_free(&group->members.tids);
	}
	kvfree(scope->groups);
}

/* The reader's own process is never in. */
static void add_named(const struct sctrace_scope *scope, struct sctrace_members *members,
		      struct task_struct *task)
{
	if (task_tgid(task) != scope->owner)
		sctrace_members_add_alive(members, task);
}

/*
 * All threads of a process.
 *
 * The list grows at its end only, so a thread that the pass misses was made by one that was in
 * already, and the fork probe sees to it. A second pass to be safe, and no more: the traced process
 * must not decide how long this takes.
 */
static void add_threads(const struct sctrace_scope *scope, struct sctrace_members *members,
			struct task_struct *leader)
{
	struct task_struct *thread;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		for_each_thread(leader, thread)
			add_named(scope, members, thread);
	}
}

/*
 * Return: whether a task is to be in if its parent is, which comes before it in the list of tasks.
 * A parent that is just exiting is not in, but can still have its children.
 */
static bool descends(const struct sctrace_members *members, const struct task_struct *task)
{
	const struct task_struct *up = task;
	unsigned int steps;

	for (steps = 0; steps < MAX_EXITING_PARENTS; steps++) {
		up = rcu_dereference(up->real_parent);
		if (sctrace_members_has(members, up->pid))
			return true;
		if (!(READ_ONCE(up->flags) & PF_EXITING))
			return false;
	}
	return false;
}

/* All that descend from those that are in, two passes as above. */
static void add_descendants(const struct sctrace_scope *scope, struct sctrace_members *members)
{
	struct task_struct *process, *thread;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		rcu_read_lock();
		for_each_process_thread(process, thread) {
			if (descends(members, thread))
				add_named(scope, members, thread);
		}
		rcu_read_unlock();
		cond_resched();
	}
}

/**
 * sctrace_group_populate() - put the tasks in that are named and there
 * @scope: one whose session is seen by the probes already
 * @group: one of its, with @list
 *
 * Context: may sleep.
 */
void sctrace_group_populate(const struct sctrace_scope *scope, struct sctrace_group *group)
{
	struct task_struct *task;
	u32 i;

	for (i = 0; i < group->nr; i++) {
		rcu_read_lock();
		task = group->pids[i] ? pid_task(group->pids[i], PIDTYPE_PID) : NULL;
		if (task && group->list == SCTRACE_KEY_TASK)
			add_named(scope, &group->members, task);
		/* Once for a process, however often and by whichever thread it is named. */
		else if (task && !sctrace_members_has(&group->members, task->pid))
			add_threads(scope, &group->members, task);
		rcu_read_unlock();
		cond_resched();
	}
	if (group->list == SCTRACE_KEY_TREE)
		add_descendants(scope, &group->members);
}

/* Return: how many ids were put into @ids, which has room for @max of them, or would have been. */
static size_t list_containers(u8 digits, u64 *ids, size_t max)
{
	struct task_struct *process;
	size_t n = 0;
	u64 id;

	rcu_read_lock();
	for_each_process(process) {
		id = sctrace_task_container_cgroup(process, digits);
		if (!id)
			continue;
		if (n < max)
			ids[n] = id;
		n++;
	}
	rcu_read_unlock();
	return n;
}

/**
 * sctrace_groups_note_containers() - remember the containers that are there
 * @scope: one that asks whether a container is new; of others nothing is noted
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM
 */
int sctrace_groups_note_containers(struct sctrace_scope *scope)
{
	size_t max = 0, n;

	if (!scope->digits)
		return 0;
	/* Until there is room for all: between counting and listing there may be more. */
	while ((n = list_containers(scope->digits, scope->containers, max)) > max) {
		kvfree(scope->containers);
		max = n + n / 4 + 16;
		scope->containers = kvmalloc_array(max, sizeof(u64), GFP_KERNEL_ACCOUNT);
		if (!scope->containers)
			return -ENOMEM;
	}
	if (n)
		sort(scope->containers, n, sizeof(u64), compare_ids, NULL);
	scope->nr_containers = n;
	return 0;
}
