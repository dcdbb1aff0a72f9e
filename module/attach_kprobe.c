// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kprobe provider: the entries of one session's calls. A kprobe on the function that the kernel
 * calls for a system call costs those who make that call and nobody else, whoever is in the scope.
 *
 * The return comes from the tracepoint: a task that enters a call which is wanted is marked, and
 * the kernel looks at the mark again on the way out. A kretprobe would need a place for each task
 * that can be in a call at a time, and would miss calls without a word when these are used up.
 *
 * Context of the handler: the task at the very beginning of its call, holding no lock; preemption
 * off, and on arm64 interrupts, too. On x86 it must come by way of ftrace: as a breakpoint it would
 * be an NMI to the kernel, in which hardly any of what we call is allowed.
 *
 * Nothing that comes here is nested in another kprobe's handler, so none is missed.
 */
#include <linux/err.h>
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <asm/syscall.h>

#include "attach.h"
#include "probe.h"

/*
 * What the functions are called that take a call's registers: SYSCALL_DEFINE in the architecture's
 * <asm/syscall_wrapper.h>. A kprobe anywhere else would take for registers what is none.
 */
static const char * const prefixes[] = {
#ifdef CONFIG_X86
	"__x64_sys_", "__x64_compat_sys_", "__x32_compat_sys_", "__ia32_sys_",
	"__ia32_compat_sys_",
#elif defined(CONFIG_ARM64)
	"__arm64_sys_", "__arm64_compat_sys_",
#endif
};

struct entry_probe {
	struct kprobe kp;
	struct sctrace_session *session;
	char symbol[sizeof_field(struct sctrace_symbol, name)];
};

/**
 * struct sctrace_kprobes - the entries of one session's calls
 * @nr: how many there are
 * @pointers: to them, as the kernel wants them
 * @all: registered while the session runs
 */
struct sctrace_kprobes {
	u32 nr;
	struct kprobe *pointers[SCTRACE_MAX_SYMBOLS];
	struct entry_probe all[SCTRACE_MAX_SYMBOLS];
};

static int on_entry(struct kprobe *kp, struct pt_regs *regs)
{
	struct entry_probe *probe = container_of(kp, struct entry_probe, kp);
	struct pt_regs *call = (struct pt_regs *)regs_get_kernel_argument(regs, 0);

	/* Not something in the kernel that calls it for itself. */
	if (likely(call == task_pt_regs(current)))
		sctrace_probe_entry(probe->session, call, syscall_get_nr(current, call));
	return 0;
}

static bool is_entry_point(const struct sctrace_symbol *symbol)
{
	size_t i;

	if (strnlen(symbol->name, sizeof(symbol->name)) == sizeof(symbol->name))
		return false;
	for (i = 0; i < ARRAY_SIZE(prefixes); i++) {
		if (str_has_prefix(symbol->name, prefixes[i]))
			return true;
	}
	return false;
}

/* A kprobe that has been registered before cannot be again as it is. */
static int hook(struct entry_probe *probe, u32 flags)
{
	int err;

	memset(&probe->kp, 0, sizeof(probe->kp));
	probe->kp.symbol_name = probe->symbol;
	probe->kp.pre_handler = on_entry;
	probe->kp.flags = flags;
	err = register_kprobe(&probe->kp);
	if (err || !IS_ENABLED(CONFIG_X86) || kprobe_ftrace(&probe->kp))
		return err;
	unregister_kprobe(&probe->kp);
	return -EOPNOTSUPP;
}

/* Of sleeping spinlocks there are some in what the handler calls. */
static bool context_is_good(void)
{
	return !IS_ENABLED(CONFIG_PREEMPT_RT) || IS_ENABLED(CONFIG_X86);
}

/* Two names can be of one function. */
static bool has_address(const struct sctrace_kprobes *k, const void *address)
{
	u32 i;

	for (i = 0; i < k->nr; i++) {
		if (k->all[i].kp.addr == address)
			return true;
	}
	return false;
}

/*
 * Says whether the kernel has it and lets it be watched; if so, and it is to be, it is added.
 * Return: 0 or -ENOMEM, which says nothing of the kernel's functions.
 */
static int add(struct sctrace_kprobes *k, struct sctrace_session *s, struct sctrace_symbol *symbol)
{
	struct entry_probe *probe = &k->all[k->nr];
	int err;

	probe->session = s;
	strscpy(probe->symbol, symbol->name, sizeof(probe->symbol));
	err = context_is_good() ? hook(probe, KPROBE_FLAG_DISABLED) : -EOPNOTSUPP;
	symbol->found = !err;
	if (err)
		return err == -ENOMEM ? err : 0;
	if (symbol->flags & SCTRACE_SYMBOL_ASK || has_address(k, probe->kp.addr))
		unregister_kprobe(&probe->kp);
	else
		k->pointers[k->nr++] = &probe->kp;
	return 0;
}

/**
 * sctrace_kprobes_make() - prepare for the entries of some calls
 * @s: whose
 * @symbols: the functions; .found is filled in
 * @nr: how many, 1 .. SCTRACE_MAX_SYMBOLS
 * @bad: on -EINVAL, the index of the one to blame
 *
 * Context: may sleep.
 * Return: the kprobes, the caller's, for sctrace_kprobes_free(); -EINVAL: no function of a system
 * call; -ENOMEM.
 */
struct sctrace_kprobes *sctrace_kprobes_make(struct sctrace_session *s,
					     struct sctrace_symbol *symbols, u32 nr, u32 *bad)
{
	struct sctrace_kprobes *k;
	int err = 0;
	u32 i;

	for (i = 0; i < nr; i++) {
		*bad = i;
		if (!is_entry_point(&symbols[i]) || symbols[i].flags & ~SCTRACE_SYMBOL_ASK)
			return ERR_PTR(-EINVAL);
	}
	k = kvzalloc(sizeof(*k), GFP_KERNEL_ACCOUNT);
	if (!k)
		return ERR_PTR(-ENOMEM);
	for (i = 0; !err && i < nr; i++)
		err = add(k, s, &symbols[i]);
	/* Not until the session runs: others' kprobes on these functions would pay for them. */
	unregister_kprobes(k->pointers, k->nr);
	if (!err)
		return k;
	sctrace_kprobes_free(k);
	return ERR_PTR(err);
}

/**
 * sctrace_kprobes_free() - give back what make took
 * @k: kprobes that are not attached; NULL is fine
 *
 * Context: any.
 */
void sctrace_kprobes_free(struct sctrace_kprobes *k)
{
	kvfree(k);
}

/**
 * sctrace_kprobes_attach() - have entries told from now on
 * @k: the kprobes
 *
 * Context: may sleep.
 * Return: 0 or the kernel's error; nothing stays attached on error.
 */
int sctrace_kprobes_attach(struct sctrace_kprobes *k)
{
	u32 i;
	int err;

	for (i = 0; i < k->nr; i++) {
		err = hook(&k->all[i], 0);
		if (err) {
			unregister_kprobes(k->pointers, i);
			return err;
		}
	}
	return 0;
}

/**
 * sctrace_kprobes_detach() - have them told no more
 * @k: the kprobes, attached
 *
 * When it returns, no handler runs any more.
 *
 * Context: may sleep.
 */
void sctrace_kprobes_detach(struct sctrace_kprobes *k)
{
	unregister_kprobes(k->pointers, k->nr);
}
