// SPDX-License-Identifier: GPL-2.0-only
/*
 * sctrace.ko: module parameters, init and exit.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/log2.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>

#include "attach.h"
#include "chardev.h"
#include "compat/tested.h"
#include "session.h"

#define MAX_PARAM_PIDS	64

static int pid[MAX_PARAM_PIDS];
static unsigned int nr_pids;
static bool follow;
static unsigned int ring_kb = 1024;

static int set_pid(const char *val, const struct kernel_param *kp)
{
	int err = param_array_ops.set(val, kp);
	unsigned int i;

	for (i = 0; !err && i < nr_pids; i++) {
		if (pid[i] >= 1 && pid[i] < PID_MAX_LIMIT)
			continue;
		pr_err("pid=%d: a process id lies between 1 and %d\n", pid[i],
		       (int)PID_MAX_LIMIT - 1);
		err = -EINVAL;
	}
	return err;
}

static int get_pid_list(char *buffer, const struct kernel_param *kp)
{
	return param_array_ops.get(buffer, kp);
}

static const struct kernel_param_ops pid_ops = { .set = set_pid, .get = get_pid_list };

static const struct kparam_array pid_array = {
	.max = MAX_PARAM_PIDS,
	.elemsize = sizeof(pid[0]),
	.num = &nr_pids,
	.ops = &param_ops_int,
	.elem = pid,
};

__module_param_call(MODULE_PARAM_PREFIX, pid, &pid_ops, .arr = &pid_array, 0444, -1, 0);
__MODULE_PARM_TYPE(pid, "array of int");
MODULE_PARM_DESC(pid, "Trace these tasks, by process or thread id, up to 64, comma-separated (default: all tasks)");

module_param(follow, bool, 0444);
MODULE_PARM_DESC(follow, "With pid=: also all threads of these processes, and all children from now on (default: N)");

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

module_param_cb(ring_kb, &ring_kb_ops, &ring_kb, 0444);
__MODULE_PARM_TYPE(ring_kb, "uint");
MODULE_PARM_DESC(ring_kb, "Size of each CPU's ring in KiB, a power of two from 64 to 65536, for sessions that set none (default: 1024)");

/**
 * sctrace_defaults() - the parameters, as a session wants them
 */
struct sctrace_defaults sctrace_defaults(void)
{
	return (struct sctrace_defaults) {
		.ring_bytes = ring_kb << 10,
		.nr_pids = nr_pids,
		.pids = pid,
		.follow = follow,
	};
}

static int check_pids(void)
{
	unsigned int i;
	int err = 0;

	rcu_read_lock();
	for (i = 0; i < nr_pids && !err; i++) {
		if (find_pid_ns(pid[i], &init_pid_ns))
			continue;
		pr_err("pid=%d: no such process\n", pid[i]);
		err = -ESRCH;
	}
	rcu_read_unlock();
	return err;
}

static int __init sctrace_init(void)
{
	int err = check_pids();

	if (err)
		return err;
	sctrace_say_if_untried();
	if (follow && !nr_pids)
		pr_info("follow= has no effect without pid=: all tasks are traced\n");
	err = sctrace_attach_init();
	if (err)
		return err;
	return sctrace_chardev_register();
}

static void __exit sctrace_exit(void)
{
	sctrace_chardev_unregister();
	sctrace_attach_exit();
}

module_init(sctrace_init);
module_exit(sctrace_exit);

MODULE_DESCRIPTION("System call tracer: per-CPU rings behind /dev/sctrace");
MODULE_AUTHOR("The sctrace authors");
MODULE_VERSION(SCTRACE_VERSION);
MODULE_LICENSE("GPL");
