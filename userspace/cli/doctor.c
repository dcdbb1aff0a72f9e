/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --doctor: what a trace needs, looked at from the kernel up to the device.
 *
 * Everything is asked of the running system, by what the kernel tells in /proc and /sys (proc(5), sysfs(5),
 * Documentation/admin-guide) and by libkmod, and not of its build configuration, which need not be there.
 */
#include <errno.h>
#include <glob.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <libkmod.h>
#include <linux/capability.h>
#include <sctrace/sctrace.h>

#include "doctor.h"

/* PROC_USER_INIT_INO, linux/proc_ns.h of the kernel. */
#define INITIAL_USER_NS "user:[4026531837]"

/* Good to know; an answer that asks for something; what keeps this user from tracing. */
enum level { FINE, NOTE, WRONG };

struct patient {
	struct utsname uts;
	unsigned int nr_wrong;
	bool loaded;			/* the module, into this kernel */
	bool signed_only;		/* the kernel takes no other module */
	bool may_load;
	char file_version[64];		/* of the module's file for this kernel; empty: there is none */
	char file_src[64];
};

static void say(struct patient *p, enum level level, const char *what, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void say(struct patient *p, enum level level, const char *what, const char *format, ...)
{
	static const char *const words[] = { "ok", "note", "WRONG" };
	va_list args;

	p->nr_wrong += level == WRONG;
	printf("%-6s%s: ", words[level], what);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

/* The first line of a file, without its end. false: it cannot be read. */
static bool first_line(const char *path, char *line, size_t size)
{
	FILE *file = fopen(path, "re");
	bool read = file && fgets(line, size, file);

	if (file)
		fclose(file);
	if (!read)
		return false;
	line[strcspn(line, "\n")] = '\0';
	return true;
}

/* The value of a line "NAME: VALUE" of /proc/self/status, as a hexadecimal number. */
static unsigned long long status_word(const char *name)
{
	FILE *file = fopen("/proc/self/status", "re");
	unsigned long long value = 0;
	size_t length = strlen(name);
	char line[256];

	while (file && fgets(line, sizeof(line), file)) {
		if (!strncmp(line, name, length) && line[length] == ':')
			value = strtoull(line + length + 1, NULL, 16);
	}
	if (file)
		fclose(file);
	return value;
}

static void look_at_kernel(struct patient *p)
{
	unsigned int major = 0, minor = 0, newest_major = 0, newest_minor = 0;

	sscanf(p->uts.release, "%u.%u", &major, &minor);
	sscanf(SCTRACE_NEWEST_KERNEL, "%u.%u", &newest_major, &newest_minor);
	if (strcmp(p->uts.machine, "x86_64") && strcmp(p->uts.machine, "aarch64"))
		say(p, WRONG, "kernel", "%s is for %s, and the module for x86_64 and aarch64", p->uts.release, p->uts.machine);
	else if (major < 5 || (major == 5 && minor < 10))
		say(p, WRONG, "kernel", "%s is older than 5.10, the oldest that the module is for", p->uts.release);
	else if (major > newest_major || (major == newest_major && minor > newest_minor))
		say(p, NOTE, "kernel", "%s is newer than %s, the newest that this version was tried on: look for a newer sctrace",
		    p->uts.release, SCTRACE_NEWEST_KERNEL);
	else
		say(p, FINE, "kernel", "%s, %s", p->uts.release, p->uts.machine);
}

/* As the module asks: module/chardev.c. */
static void look_at_rights(struct patient *p)
{
	unsigned long long caps = status_word("CapEff");
	char user_ns[64];
	ssize_t n = readlink("/proc/self/ns/user", user_ns, sizeof(user_ns) - 1);

	/* A kernel without user namespaces has no such link. */
	user_ns[n > 0 ? n : 0] = '\0';
#define HAS(cap) (caps >> (cap) & 1)
	p->may_load = HAS(CAP_SYS_MODULE);
	if (*user_ns && strcmp(user_ns, INITIAL_USER_NS))
		say(p, WRONG, "rights", "this is a user namespace of its own, a container's perhaps, which has no right to trace: go to the host");
	else if (HAS(CAP_SYS_ADMIN) || (HAS(CAP_PERFMON) && HAS(CAP_SYS_PTRACE)))
		say(p, FINE, "rights", "this user may trace");
	else
		say(p, WRONG, "rights", "tracing needs root, or CAP_PERFMON and CAP_SYS_PTRACE: sudo sctrace-read");
#undef HAS
}

/* Which of "none [integrity] confidentiality" is in force: kernel_lockdown(7). */
static void look_at_lockdown(struct patient *p)
{
	char line[128], *in_force, *end;

	if (!first_line("/sys/kernel/security/lockdown", line, sizeof(line))) {
		say(p, FINE, "lockdown", "not told of (no lockdown in this kernel, or /sys/kernel/security is not mounted)");
		return;
	}
	in_force = strchr(line, '[');
	end = in_force ? strchr(in_force, ']') : NULL;
	if (!end)
		return;
	*end = '\0';
	in_force++;
	if (!strcmp(in_force, "confidentiality")) {
		say(p, WRONG, "lockdown", "confidentiality, which forbids tracing to everyone until the next boot: boot without lockdown=confidentiality");
	} else if (!strcmp(in_force, "integrity")) {
		p->signed_only = true;
		say(p, FINE, "lockdown", "integrity: modules need a signature (see the module)");
	} else {
		say(p, FINE, "lockdown", "%s", in_force);
	}
}

static void look_at_loading(struct patient *p)
{
	char line[16];

	p->loaded = !access("/sys/module/sctrace", F_OK);
	if (first_line("/sys/module/module/parameters/sig_enforce", line, sizeof(line)) && *line == 'Y')
		p->signed_only = true;
	if (access("/proc/modules", F_OK))
		say(p, WRONG, "modules", "this kernel takes none (CONFIG_MODULES): boot one of the distribution's");
	else if (p->loaded)
		say(p, FINE, "modules", "sctrace is loaded");
	else if (first_line("/proc/sys/kernel/modules_disabled", line, sizeof(line)) && *line == '1')
		say(p, WRONG, "modules", "none can be loaded until the next boot (kernel.modules_disabled is 1): see sysctl.d");
	else if (!p->may_load)
		say(p, WRONG, "modules", "sctrace is not loaded, and loading it needs root: sudo modprobe sctrace");
	else
		say(p, FINE, "modules", "can be loaded%s", p->signed_only ? ", if signed" : "");
}

/* Which of the kernel's own functions there are: names are told to everyone. A tracepoint's calls its probes. */
static void look_at_hooks(struct patient *p)
{
	static const char *const names[] = { "__traceiter_sys_enter", "__traceiter_sys_exit", "register_kprobe" };
	bool there[3] = { false }, any = false;
	FILE *file = fopen("/proc/kallsyms", "re");
	char line[512], name[256];
	size_t i;

	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%*s %*s %255s", name) != 1)
			continue;
		any = true;
		for (i = 0; i < 3; i++)
			there[i] |= !strcmp(name, names[i]);
	}
	if (file)
		fclose(file);
	if (!any)
		say(p, NOTE, "tracepoints", "not known, as /proc/kallsyms cannot be read; the kernel needs CONFIG_FTRACE_SYSCALLS");
	else if (!there[0] || !there[1])
		say(p, WRONG, "tracepoints", "this kernel has none of system calls (CONFIG_FTRACE_SYSCALLS): boot one of the distribution's");
	else
		say(p, FINE, "tracepoints", "of system calls are there");
	if (!any)
		return;
	if (!there[2])
		say(p, NOTE, "kprobes", "this kernel has none (CONFIG_KPROBES): no --hook=kprobe, and no scope by user, namespace, container or name");
	else if (first_line("/sys/kernel/debug/kprobes/enabled", line, sizeof(line)) && *line == '0')
		say(p, NOTE, "kprobes", "are switched off, so that a scope by user, namespace, container or name misses changes: echo 1 >/sys/kernel/debug/kprobes/enabled");
	else
		say(p, FINE, "kprobes", "are there");
}

static void look_at_headers(struct patient *p)
{
	char path[512];

	snprintf(path, sizeof(path), "/lib/modules/%s/build/Makefile", p->uts.release);
	if (access(path, R_OK))
		say(p, NOTE, "headers", "none for this kernel, without which its module cannot be built here: apt-get install linux-headers-%s",
		    p->uts.release);
	else
		say(p, FINE, "headers", "/lib/modules/%s/build", p->uts.release);
}

/* What DKMS keeps: dkms(8), /var/lib/dkms/MODULE/VERSION/KERNEL/ARCH/module/. */
static void look_at_dkms(struct patient *p)
{
	char pattern[512];
	glob_t built = { 0 }, logs = { 0 };

	if (access("/var/lib/dkms/sctrace", F_OK)) {
		say(p, NOTE, "DKMS", "does not know sctrace, so that nothing builds the module for the next kernel: apt-get install dkms, then make install");
		return;
	}
	snprintf(pattern, sizeof(pattern), "/var/lib/dkms/sctrace/*/%s/*/module/sctrace.ko*", p->uts.release);
	if (!glob(pattern, 0, NULL, &built))
		say(p, FINE, "DKMS", "%s", built.gl_pathv[0]);
	else if (!glob("/var/lib/dkms/sctrace/*/build/make.log", 0, NULL, &logs))
		say(p, NOTE, "DKMS", "has sctrace, but not for this kernel: sudo dkms autoinstall; why it did not build is in %s", logs.gl_pathv[0]);
	else
		say(p, NOTE, "DKMS", "has sctrace, but has not built it for this kernel: sudo dkms autoinstall");
	globfree(&built);
	globfree(&logs);
}

/* The words that modinfo prints of a file. */
struct module_words {
	char version[64], src[64], vermagic[256], signer[256];
	bool is_signed;
};

/* Return: 0 or a negative errno. */
static int read_words(struct kmod_module *mod, struct module_words *words)
{
	struct kmod_list *list = NULL, *at;
	int err = kmod_module_get_info(mod, &list);

	if (err < 0)
		return err;
	kmod_list_foreach(at, list) {
		const char *key = kmod_module_info_get_key(at), *value = kmod_module_info_get_value(at);

		if (!strcmp(key, "version"))
			snprintf(words->version, sizeof(words->version), "%s", value);
		else if (!strcmp(key, "srcversion"))
			snprintf(words->src, sizeof(words->src), "%s", value);
		else if (!strcmp(key, "vermagic"))
			snprintf(words->vermagic, sizeof(words->vermagic), "%s", value);
		else if (!strcmp(key, "signer"))
			snprintf(words->signer, sizeof(words->signer), "%s", value);
		else if (!strcmp(key, "sig_id"))
			words->is_signed = true;
	}
	kmod_module_info_free_list(list);
	return 0;
}

static void judge_file(struct patient *p, struct kmod_module *mod)
{
	struct module_words words = { 0 };
	const char *path = kmod_module_get_path(mod);
	int err = read_words(mod, &words);

	if (err < 0) {
		say(p, p->loaded ? NOTE : WRONG, "module", "%s cannot be read: %s; make install", path, strerror(-err));
		return;
	}
	snprintf(p->file_version, sizeof(p->file_version), "%s", words.version);
	snprintf(p->file_src, sizeof(p->file_src), "%s", words.src);
	words.vermagic[strcspn(words.vermagic, " ")] = '\0';
	if (strcmp(words.vermagic, p->uts.release))
		say(p, p->loaded ? NOTE : WRONG, "module", "%s was built for %s: sudo dkms autoinstall, or make install", path, words.vermagic);
	else if (p->signed_only && !words.is_signed)
		say(p, p->loaded ? NOTE : WRONG, "module", "%s has no signature, and this kernel takes no other: sign it, as DKMS from 3.0 on does, and enrol the key: mokutil --import /var/lib/dkms/mok.pub",
		    path);
	else if (strcmp(words.version, SCTRACE_VERSION))
		say(p, NOTE, "module", "%s is version %s, and this reader %s: make install", path, words.version, SCTRACE_VERSION);
	else
		say(p, FINE, "module", "%s, version %s%s%s%s", path, words.version, *words.signer ? ", signed by " : "", words.signer,
		    p->signed_only ? ", whose key must be enrolled (mokutil --test-key)" : "");
}

/* Of modprobe.d(5). */
static void judge_settings(struct patient *p, struct kmod_module *mod)
{
	const char *options = kmod_module_get_options(mod), *instead = kmod_module_get_install_commands(mod);

	if (instead)
		say(p, p->loaded ? NOTE : WRONG, "modprobe.d", "in place of loading sctrace, this is done: %s", instead);
	if (options)
		say(p, FINE, "modprobe.d", "sctrace is loaded with %s", options);
}

static void say_not_installed(struct patient *p)
{
	say(p, p->loaded ? NOTE : WRONG, "module", "not installed for kernel %s: make install, or sudo dkms install sctrace", p->uts.release);
}

static void look_at_module(struct patient *p)
{
	struct kmod_ctx *ctx = kmod_new(NULL, NULL);
	struct kmod_list *found = NULL;
	struct kmod_module *mod;

	if (ctx && kmod_module_new_from_lookup(ctx, "sctrace", &found) >= 0 && found) {
		mod = kmod_module_get_module(found);
		if (kmod_module_get_path(mod))
			judge_file(p, mod);
		else
			say_not_installed(p);
		judge_settings(p, mod);
		kmod_module_unref(mod);
		kmod_module_unref_list(found);
	} else {
		say_not_installed(p);
	}
	if (ctx)
		kmod_unref(ctx);
}

static void look_at_loaded(struct patient *p)
{
	char version[64] = "", src[64] = "";

	if (!p->loaded)
		return;
	first_line("/sys/module/sctrace/version", version, sizeof(version));
	first_line("/sys/module/sctrace/srcversion", src, sizeof(src));
	if (*p->file_src && strcmp(src, p->file_src))
		say(p, NOTE, "loaded", "version %s, another build than the installed file's %s: sudo rmmod sctrace && sudo modprobe sctrace", version,
		    p->file_version);
	else
		say(p, FINE, "loaded", "version %s", version);
}

static void look_at_device(struct patient *p)
{
	struct sct_session *session;
	struct stat st;
	int err;

	if (!p->loaded) {
		say(p, FINE, "device", "%s comes with the module, which the first trace loads", SCTRACE_DEVICE);
		return;
	}
	if (stat(SCTRACE_DEVICE, &st)) {
		say(p, WRONG, "device", "the module is loaded, but %s is not there: is /dev a devtmpfs, and does udev run?", SCTRACE_DEVICE);
		return;
	}
	err = sct_open(&session);
	if (!err) {
		say(p, FINE, "device", "%s, mode %o, interface %u", SCTRACE_DEVICE, st.st_mode & 07777, sct_module_abi());
		sct_close(session);
	} else if (err == -EACCES) {
		say(p, WRONG, "device", "%s has mode %o, which does not let this user open it: trace as root; what a udev rule can do is in sctrace-read(1)",
		    SCTRACE_DEVICE, st.st_mode & 07777);
	} else if (err == -EPROTO) {
		say(p, WRONG, "device", "the loaded module speaks interface %u, this reader %u: update the %s", sct_module_abi(),
		    SCTRACE_ABI_VERSION, sct_module_abi() < SCTRACE_ABI_VERSION ? "module" : "reader");
	} else if (err == -EPERM) {
		say(p, WRONG, "device", "%s is refused, for want of rights or by lockdown: see there", SCTRACE_DEVICE);
	} else {
		say(p, WRONG, "device", "%s cannot be opened: %s", SCTRACE_DEVICE, strerror(-err));
	}
}

int sct_doctor(void)
{
	struct patient p = { 0 };

	uname(&p.uts);
	printf("%-6ssctrace-read: version %s, interface %d\n", "ok", SCTRACE_VERSION, SCTRACE_ABI_VERSION);
	look_at_kernel(&p);
	look_at_rights(&p);
	look_at_lockdown(&p);
	look_at_loading(&p);
	look_at_hooks(&p);
	look_at_headers(&p);
	look_at_dkms(&p);
	look_at_module(&p);
	look_at_loaded(&p);
	look_at_device(&p);
	if (p.nr_wrong)
		printf("What is WRONG keeps this user from tracing.\n");
	else
		printf("Nothing keeps this user from tracing.\n");
	return p.nr_wrong != 0;
}
