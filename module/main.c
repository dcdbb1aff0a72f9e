// SPDX-License-Identifier: GPL-2.0-only
/*
 * sctrace.ko: init and exit.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

#include "attach.h"
#include "chardev.h"
#include "compat/tested.h"
#include "params.h"
#include "states.h"
#include "task_attr.h"
#include "totals.h"

static int __init sctrace_init(void)
{
	int err = sctrace_params_check();

	if (err)
		return err;
	sctrace_say_if_untried();
	sctrace_task_attr_init();
	err = sctrace_attach_init();
	if (err)
		return err;
	err = sctrace_states_init();
	if (err)
		return err;
	err = sctrace_chardev_register();
	if (err)
		sctrace_states_exit();
	return err;
}

static void __exit sctrace_exit(void)
{
	sctrace_chardev_unregister();
	sctrace_attach_exit();
	sctrace_states_exit();
	sctrace_totals_say();
}

module_init(sctrace_init);
module_exit(sctrace_exit);

MODULE_DESCRIPTION("System call tracer: per-CPU rings behind /dev/sctrace");
MODULE_AUTHOR("The sctrace authors");
MODULE_VERSION(SCTRACE_VERSION);
MODULE_LICENSE("GPL");
