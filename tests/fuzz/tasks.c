// SPDX-License-Identifier: GPL-2.0-or-later
/* The tasks that a scope can ask about, and what the files that are not here say of them. */
#include "input.h"
#include "kernel_api.h"
#include "focus.h"
#include "states.h"
#include "task_attr.h"
#include "tasks.h"

struct task_struct shim_tasks[SHIM_TASKS];
struct pid_namespace init_pid_ns;
const struct cred shim_cred = { .uid = 1000, .gid = 1000 };
static struct pid numbers[SHIM_TASKS];
static u64 now;

bool sctrace_focus_on;

/* A process of two threads, its child, and a kernel thread. */
void tasks_begin(const char *comm)
{
	static const struct task_struct like[SHIM_TASKS] = {
		{ .pid = 100, .tgid = 100, .start_time = 5 },
		{ .pid = 101, .tgid = 100, .start_time = 6, .flags = PF_EXITING },
		{ .pid = 102, .tgid = 102, .start_time = 7 },
		{ .pid = 2, .tgid = 2, .flags = PF_KTHREAD },
	};
	unsigned int i;

	now = 1000;
	for (i = 0; i < SHIM_TASKS; i++) {
		shim_tasks[i] = like[i];
		shim_tasks[i].group_leader = &shim_tasks[i == 1 ? 0 : i];
		shim_tasks[i].real_parent = &shim_tasks[i == 2 ? 1 : i];
		memcpy(shim_tasks[i].comm, comm, TASK_COMM_LEN - 1);
		numbers[i] = (struct pid) { .refs = 1, .task = &shim_tasks[i] };
		shim_tasks[i].number = &numbers[i];
	}
}

/* Whoever has taken a number has given it back. */
void tasks_end(void)
{
	unsigned int i;

	for (i = 0; i < SHIM_TASKS; i++)
		must(numbers[i].refs == 1);
}

struct pid *find_vpid(int nr)
{
	unsigned int i;

	for (i = 0; i < SHIM_TASKS; i++) {
		if (shim_tasks[i].pid == nr)
			return &numbers[i];
	}
	return NULL;
}

u64 ktime_get_ns(void)
{
	return now += 1000;
}

void sctrace_focus_want(struct task_struct *task)
{
	must(!(task->flags & PF_KTHREAD));
}

void sctrace_focus_drop_current(void)
{
}

/* ---- what they are asked ---- */

bool sctrace_task_attr_can(u8 key)
{
	must(key && key < SCTRACE_KEY_COUNT);
	return key != SCTRACE_KEY_TID;
}

u64 sctrace_task_number(u8 key)
{
	return key * 100;
}

bool sctrace_task_in_cgroup(u64 low, u64 high, bool subtree)
{
	must(low <= high);
	return subtree || low <= 7;
}

const char *sctrace_task_exe(char *buffer, u32 size)
{
	strscpy(buffer, "/usr/bin/program", size);
	return buffer;
}

const char *sctrace_task_container(u8 digits, u64 *id)
{
	static char text[160];

	must(digits && digits <= 128);
	memset(text, 'a', digits);
	text[digits] = '\0';
	*id = digits;
	return digits % 2 ? text : NULL;
}

u64 sctrace_task_container_cgroup(struct task_struct *task, u8 digits)
{
	return task->pid % 2 ? digits : 0;
}
