/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Getting at the device, and saying why not. */
#include <errno.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <libkmod.h>

#include "die.h"
#include "module.h"

static const char *kernel_release(void)
{
	static struct utsname uts;

	uname(&uts);
	return uts.release;
}

static void die_of_load(int err) __attribute__((noreturn));

/* err: positive, as the kernel gave it for loading the module. init_module(2) and kernel/module/. */
static void die_of_load(int err)
{
	switch (err) {
	case EPERM:
		if (geteuid() == 0)
			die("loading the module sctrace is forbidden on this machine (lockdown, or modules_disabled); see dmesg");
		die("the module sctrace is not loaded, and loading it needs root: sudo modprobe sctrace");
	case ENOEXEC:
		die("the module sctrace was built for another kernel than %s: sudo dkms autoinstall, or make install",
		    kernel_release());
	case ENOKEY:
	case EKEYREJECTED:
		die("the kernel refused the module sctrace: its signature is missing or its key not enrolled (Secure Boot); sign it, or enrol the DKMS key with mokutil --import");
	case EOPNOTSUPP:
		die("kernel %s has no system call tracepoints, which sctrace needs (CONFIG_FTRACE_SYSCALLS); see dmesg",
		    kernel_release());
	case ESRCH:
		die("the module sctrace did not load: the process that its parameter pid= names does not exist; see modprobe.d and dmesg");
	case EINVAL:
		die("the module sctrace did not load: a parameter in modprobe.d is wrong; dmesg says which");
	default:
		die("the module sctrace did not load: %s; dmesg may say why", strerror(err));
	}
}

static void load(void)
{
	struct kmod_ctx *ctx = kmod_new(NULL, NULL);
	struct kmod_list *found = NULL;
	struct kmod_module *mod;
	int err;

	if (!ctx)
		die("cannot look for the module sctrace in /lib/modules/%s", kernel_release());
	err = kmod_module_new_from_lookup(ctx, "sctrace", &found);
	if (err < 0 || !found)
		die("the module sctrace is not installed for kernel %s: make install, or sudo dkms install sctrace",
		    kernel_release());
	mod = kmod_module_get_module(found);
	err = kmod_module_probe_insert_module(mod, 0, NULL, NULL, NULL, NULL);
	kmod_module_unref(mod);
	kmod_module_unref_list(found);
	kmod_unref(ctx);
	if (err < 0)
		die_of_load(-err);
}

/* udev makes the node, a moment after the module is there. */
static int open_patiently(struct sct_session **session)
{
	int err = -ENOENT;
	int tries;

	for (tries = 0; tries < 100 && err == -ENOENT; tries++) {
		if (tries)
			usleep(20000);
		err = sct_open(session);
	}
	return err;
}

static int open_or_load(struct sct_session **session)
{
	int err = sct_open(session);

	if (err != -ENOENT && err != -ENXIO && err != -ENODEV)
		return err;
	load();
	return open_patiently(session);
}

struct sct_session *sct_module_open(void)
{
	struct sct_session *session;
	int err = open_or_load(&session);

	switch (err) {
	case 0:
		return session;
	case -EPERM:
		if (geteuid() == 0)
			die("%s: refused: root of a container has no right to trace, and lockdown in confidentiality mode forbids it to everyone",
			    SCTRACE_DEVICE);
		die("%s: no permission: tracing needs root, or CAP_PERFMON and CAP_SYS_PTRACE", SCTRACE_DEVICE);
	case -EACCES:
		die("%s: its mode does not let this user open it: trace as root, or with CAP_PERFMON and CAP_SYS_PTRACE once chgrp and chmod, or a udev rule's GROUP and MODE, let you",
		    SCTRACE_DEVICE);
	case -EPROTO:
		die("the loaded module speaks interface %u, this reader %u: update the %s; after that, rmmod sctrace && modprobe sctrace",
		    sct_module_abi(), SCTRACE_ABI_VERSION,
		    sct_module_abi() < SCTRACE_ABI_VERSION ? "module" : "reader");
	case -ENOENT:
		die("the module is loaded but %s did not appear: is /dev a devtmpfs, and does udev run?",
		    SCTRACE_DEVICE);
	default:
		die("%s: %s", SCTRACE_DEVICE, strerror(-err));
	}
}
