// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/sctrace: checks what comes in, then calls session.c and run.c.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/security.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "chardev.h"
#include "compat/syscall_abi.h"
#include "params.h"
#include "room.h"
#include "session.h"
#include "totals.h"

/*
 * Whoever may open this sees all tasks and their memory, so the right is checked here and does
 * not depend on the file's mode. capable() asks in the initial user namespace: root of a
 * container has no right.
 */
static int may_trace(void)
{
	if (!capable(CAP_SYS_ADMIN) && !(capable(CAP_PERFMON) && capable(CAP_SYS_PTRACE)))
		return -EPERM;
	return security_locked_down(LOCKDOWN_PERF);
}

static int sctrace_open(struct inode *inode, struct file *file)
{
	int err = may_trace();

	if (err)
		return err;
	file->private_data = sctrace_session_open();
	if (!file->private_data)
		return -ENOMEM;
	return stream_open(inode, file);
}

static int sctrace_release(struct inode *inode, struct file *file)
{
	sctrace_session_close(file->private_data);
	return 0;
}

static int sctrace_mmap(struct file *file, struct vm_area_struct *vma)
{
	u64 offset = (u64)vma->vm_pgoff << PAGE_SHIFT;
	u32 cpu = offset >> 32;

	if (offset == SCTRACE_MMAP_RING(cpu))
		return sctrace_session_map(file->private_data, cpu, false, vma);
	if (offset == SCTRACE_MMAP_CONS(cpu))
		return sctrace_session_map(file->private_data, cpu, true, vma);
	return -ENXIO;
}

static __poll_t sctrace_poll(struct file *file, poll_table *wait)
{
	return sctrace_session_poll(file->private_data, file, wait);
}

/* Every structure begins with its size as the caller knows it. */
static int copy_in(void *to, size_t size, const void __user *from)
{
	u32 user_size;

	if (get_user(user_size, (const u32 __user *)from))
		return -EFAULT;
	if (user_size < sizeof(user_size) || user_size > PAGE_SIZE)
		return -EINVAL;
	return copy_struct_from_user(to, size, from, user_size);
}

static int copy_out(void __user *to, const void *from, size_t size)
{
	u32 user_size = *(const u32 *)from;

	return copy_to_user(to, from, min_t(size_t, user_size, size)) ? -EFAULT : 0;
}

static int ioctl_info(void __user *user)
{
	struct sctrace_info info;
	int err = copy_in(&info, sizeof(info), user);

	if (err)
		return err;
	info = (struct sctrace_info) {
		.size = info.size,
		.abi_version = SCTRACE_ABI_VERSION,
		.nr_cpus = nr_cpu_ids,
		.page_bytes = PAGE_SIZE,
		.audit_arch = SCTRACE_AUDIT_ARCH,
		.default_ring_bytes = sctrace_default_ring_bytes(),
		.default_scope = sctrace_default_keys(),
	};
	strscpy(info.module_version, THIS_MODULE->version ?: "", sizeof(info.module_version));
	return copy_out(user, &info, sizeof(info));
}

/* A file that was given away before it had a session's configuration is no right to choose one. */
static int ioctl_config(struct sctrace_session *s, void __user *user)
{
	struct sctrace_config config;
	int err = may_trace();

	if (!err)
		err = copy_in(&config, sizeof(config), user);
	/* The answer goes there, too: who cannot take it is told before there is one. */
	if (!err)
		err = copy_out(user, &config, sizeof(config));
	if (err)
		return err;
	err = sctrace_session_configure(s, &config);
	/* Who has made it unwritable meanwhile has a session all the same. */
	return copy_out(user, &config, sizeof(config)) && err ? -EFAULT : err;
}

/* Whoever was given the file of a session that runs may read what it was made for, and no more. */
static int ioctl_change(struct sctrace_session *s, void __user *user)
{
	struct sctrace_config config;
	int err = may_trace();

	if (!err)
		err = copy_in(&config, sizeof(config), user);
	if (err)
		return err;
	err = sctrace_session_change(s, &config);
	/* Only what is wrong, so that nothing can fail once it has changed. */
	return err ? copy_out(user, &config, sizeof(config)) ?: err : 0;
}

static int ioctl_stats(struct sctrace_session *s, void __user *user)
{
	struct sctrace_stats stats;
	int err = copy_in(&stats, sizeof(stats), user);

	if (!err)
		err = sctrace_session_stats(s, &stats);
	return err ?: copy_out(user, &stats, sizeof(stats));
}

static long sctrace_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct sctrace_session *s = file->private_data;
	void __user *user = (void __user *)arg;

	/* The size in the number is the caller's: structures may grow. */
	if (_IOC_TYPE(cmd) != SCTRACE_IOC_MAGIC)
		return -ENOTTY;
	switch (_IOC_NR(cmd)) {
	case _IOC_NR(SCTRACE_IOC_INFO):
		return ioctl_info(user);
	case _IOC_NR(SCTRACE_IOC_CONFIG):
		return ioctl_config(s, user);
	case _IOC_NR(SCTRACE_IOC_CHANGE):
		return ioctl_change(s, user);
	case _IOC_NR(SCTRACE_IOC_START):
		return sctrace_session_start(s);
	case _IOC_NR(SCTRACE_IOC_STOP):
		return sctrace_session_stop(s);
	case _IOC_NR(SCTRACE_IOC_STATS):
		return ioctl_stats(s, user);
	case _IOC_NR(SCTRACE_IOC_ROOM):
		return sctrace_session_came_on(s);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations sctrace_fops = {
	.owner = THIS_MODULE,
	.open = sctrace_open,
	.release = sctrace_release,
	.mmap = sctrace_mmap,
	.poll = sctrace_poll,
	.unlocked_ioctl = sctrace_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

static struct miscdevice sctrace_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "sctrace",
	.fops = &sctrace_fops,
	.mode = 0600,
	.groups = sctrace_totals_groups,
};

/**
 * sctrace_chardev_register() - make /dev/sctrace appear
 *
 * Return: 0 or the kernel's error.
 */
int sctrace_chardev_register(void)
{
	return misc_register(&sctrace_device);
}

/**
 * sctrace_chardev_unregister() - make /dev/sctrace go
 *
 * No file is open: each holds the module.
 */
void sctrace_chardev_unregister(void)
{
	misc_deregister(&sctrace_device);
}
