// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a scope can ask of the current task: ids, namespaces, cgroup, container, executable.
 *
 * All of it belongs to the task itself and changes only by its own calls, but for its cgroup, which
 * is read under RCU.
 */
#include <linux/cgroup.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/minmax.h>
#include <linux/nsproxy.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/user_namespace.h>
#include <linux/utsname.h>
#include <net/net_namespace.h>

#include "compat/exe_file.h"
#include "compat/mnt_ns.h"
#include "task_attr.h"

/* Where a struct mnt_namespace has its number; -1: not known. */
static int mnt_ns_offset __ro_after_init = -1;

/**
 * sctrace_task_attr_init() - see what this kernel lets us know
 *
 * Context: module init.
 */
void sctrace_task_attr_init(void)
{
	mnt_ns_offset = sctrace_mnt_ns_find();
}

/**
 * sctrace_task_attr_can() - whether this kernel can be asked for
 * @key: enum sctrace_key
 *
 * Return: whether it can.
 */
bool sctrace_task_attr_can(u8 key)
{
	switch (key) {
	case SCTRACE_KEY_MNTNS:
		return mnt_ns_offset >= 0;
	case SCTRACE_KEY_NETNS:
		return IS_ENABLED(CONFIG_NET);
	case SCTRACE_KEY_EXE:
		/* d_path() takes locks that sleep there: see fd_path.c. */
		return !IS_ENABLED(CONFIG_PREEMPT_RT);
	case SCTRACE_KEY_CGROUP:
	case SCTRACE_KEY_CGROUP_TREE:
	case SCTRACE_KEY_CONTAINER:
	case SCTRACE_KEY_CONTAINER_NEW:
	case SCTRACE_KEY_CONTAINER_OLD:
		return IS_ENABLED(CONFIG_CGROUPS);
	default:
		return true;
	}
}

static u32 mnt_ns_inum(const struct mnt_namespace *ns)
{
	return ((const struct ns_common *)((const u8 *)ns + mnt_ns_offset))->inum;
}

/* A task that is past exit_task_namespaces() has none: number 0 is nobody's. */
static u64 namespace_number(u8 key)
{
	const struct nsproxy *ns = current->nsproxy;

	if (!ns)
		return 0;
	switch (key) {
	case SCTRACE_KEY_MNTNS:
		return mnt_ns_inum(ns->mnt_ns);
	case SCTRACE_KEY_NETNS:
		return ns->net_ns->ns.inum;
	default:
		return ns->uts_ns->ns.inum;
	}
}

/**
 * sctrace_task_number() - a number of the current task
 * @key: one of enum sctrace_key that is a range of numbers, but for cgroups
 *
 * Context: any.
 * Return: the number, of the initial namespaces.
 */
u64 sctrace_task_number(u8 key)
{
	switch (key) {
	case SCTRACE_KEY_TID:
		return current->pid;
	case SCTRACE_KEY_PID:
		return current->tgid;
	case SCTRACE_KEY_UID:
		return __kuid_val(current_real_cred()->uid);
	case SCTRACE_KEY_GID:
		return __kgid_val(current_real_cred()->gid);
	case SCTRACE_KEY_PIDNS:
		return task_active_pid_ns(current)->ns.inum;
	case SCTRACE_KEY_USERNS:
		return current_real_cred()->user_ns->ns.inum;
	default:
		return namespace_number(key);
	}
}

/**
 * sctrace_task_exe() - the path of what the current task runs
 * @buffer: room for it
 * @size: bytes there
 *
 * Context: preemption off; no lock held.
 * Return: the path, ended by NUL, somewhere in @buffer, or NULL: none, or too long. That a file has
 * been deleted meanwhile is not said.
 */
const char *sctrace_task_exe(char *buffer, u32 size)
{
	static const char deleted[] = " (deleted)";
	struct file *file;
	char *path, *end;

	if (!current->mm)
		return NULL;
	file = sctrace_exe_file(current->mm);
	if (!file)
		return NULL;
	path = d_path(&file->f_path, buffer, size);
	if (IS_ERR(path)) {
		path = NULL;
	} else if (d_unlinked(file->f_path.dentry)) {
		end = buffer + size - sizeof(deleted);
		if (end > path && !strcmp(end, deleted))
			*end = '\0';
	}
	/* If it was the last reference, the file is released by task work: see fd_path.c. */
	fput(file);
	return path;
}

#ifdef CONFIG_CGROUPS

#include "compat/cgroup_ancestor.h"

/*
 * The directories of version 2 are not renamed, so a name lives as long as its node; which the
 * annotation of newer kernels is not for.
 */
static const char *cgroup_name_of(const struct cgroup *cgroup)
{
	return (const char __force *)READ_ONCE(cgroup->kn->name);
}

/* A run of exactly this many hexadecimal digits. */
static const char *find_run(const char *name, u8 digits)
{
	const char *begin = name;

	for (;; name++) {
		if ((*name >= '0' && *name <= '9') || (*name >= 'a' && *name <= 'f'))
			continue;
		if (name - begin == digits)
			return begin;
		if (!*name)
			return NULL;
		begin = name + 1;
	}
}

/*
 * Below so many others no cgroup is a container's, and below so many none is looked at for what it
 * is in: whoever has been given a cgroup may make others in it as deep as they like, and we look
 * with preemption off.
 */
#define MAX_CONTAINER_LEVEL	32
#define MAX_TREE_LEVEL		256

/*
 * Whose container a cgroup is, by its name. Caller holds rcu_read_lock(). @id gets the id of the
 * cgroup that has the name.
 */
static const char *container_of_cgroup(struct cgroup *cgroup, u8 digits, u64 *id)
{
	const char *found;

	if (cgroup->level > MAX_CONTAINER_LEVEL)
		cgroup = sctrace_cgroup_ancestor(cgroup, MAX_CONTAINER_LEVEL);
	for (; cgroup && cgroup_parent(cgroup); cgroup = cgroup_parent(cgroup)) {
		found = find_run(cgroup_name_of(cgroup), digits);
		if (!found)
			continue;
		*id = cgroup_id(cgroup);
		return found;
	}
	return NULL;
}

static bool has_own_namespaces(void)
{
	const struct nsproxy *ns = current->nsproxy;

	return task_active_pid_ns(current) != &init_pid_ns ||
	       (ns && ns->mnt_ns != init_task.nsproxy->mnt_ns);
}

/**
 * sctrace_task_container() - the container of the current task
 * @digits: how many hexadecimal digits an id has
 * @id: gets the id of the container's cgroup
 *
 * Context: the caller holds rcu_read_lock().
 * Return: where the digits begin, in the cgroup's name; valid in the RCU section. NULL: it is in
 * none.
 */
const char *sctrace_task_container(u8 digits, u64 *id)
{
	return has_own_namespaces() ?
	       container_of_cgroup(task_dfl_cgroup(current), digits, id) : NULL;
}

/**
 * sctrace_task_container_cgroup() - what may be the container of any task
 * @task: it; its namespaces are not asked
 * @digits: how many hexadecimal digits an id has
 *
 * Context: the caller holds rcu_read_lock().
 * Return: the id of the container's cgroup, or 0
 */
u64 sctrace_task_container_cgroup(struct task_struct *task, u8 digits)
{
	u64 id;

	return container_of_cgroup(task_dfl_cgroup(task), digits, &id) ? id : 0;
}

static bool is_between(u64 id, u64 low, u64 high)
{
	return id >= low && id <= high;
}

/**
 * sctrace_task_in_cgroup() - whether the current task's cgroup is one of these
 * @low: the lowest id
 * @high: the highest
 * @subtree: or one above it, of the first 256 levels
 *
 * Context: any.
 * Return: whether it is.
 */
bool sctrace_task_in_cgroup(u64 low, u64 high, bool subtree)
{
	struct cgroup *cgroup;
	int level = -1;
	bool in;

	rcu_read_lock();
	cgroup = task_dfl_cgroup(current);
	in = is_between(cgroup_id(cgroup), low, high);
	if (subtree)
		level = min(cgroup->level - 1, MAX_TREE_LEVEL);
	for (; level >= 0 && !in; level--)
		in = is_between(sctrace_cgroup_ancestor_id(cgroup, level), low, high);
	rcu_read_unlock();
	return in;
}

#else

const char *sctrace_task_container(u8 digits, u64 *id)
{
	return NULL;
}

u64 sctrace_task_container_cgroup(struct task_struct *task, u8 digits)
{
	return 0;
}

bool sctrace_task_in_cgroup(u64 low, u64 high, bool subtree)
{
	return false;
}

#endif
