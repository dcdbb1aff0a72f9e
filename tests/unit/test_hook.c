// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/cli/hook.c and syscalls/entry_point.c: which way is taken, and the kernel's functions of calls. */
#include <linux/audit.h>
#include <stdlib.h>
#include <string.h>

#include "../ring/cmocka_all.h"
#include "calls.h"
#include "entry_point.h"
#include "filter.h"
#include "hook.h"

static struct sct_filter filter_of(const char *calls)
{
	struct sct_filter_options options = { .calls = calls, .calls_option = "-e trace" };
	const char *option, *value;
	struct sct_fault fault;
	struct sct_filter f;

	assert_int_equal(sct_filter_build(&f, &options, &option, &value, &fault), 0);
	return f;
}

static void choose(struct sct_hook *hook, enum sct_hook_wish wish, const char *calls, bool named)
{
	struct sct_filter f = filter_of(calls);

	sct_hook_choose(hook, wish, &f, named);
	sct_filter_free(&f);
}

static const struct sctrace_symbol *symbol(const struct sct_hook *hook, const char *name)
{
	uint32_t i;

	for (i = 0; i < hook->nr_symbols; i++) {
		if (!strcmp(hook->symbols[i].name, name))
			return &hook->symbols[i];
	}
	return NULL;
}

static void few_calls_of_many_tasks_take_kprobes(void **state)
{
	struct sct_hook hook;

	(void)state;
	choose(&hook, SCT_HOOK_AUTO, "openat,uname", false);
	assert_int_equal(hook.nr_calls, 2);
	assert_non_null(symbol(&hook, "__x64_sys_openat"));
	assert_non_null(symbol(&hook, "__ia32_compat_sys_openat"));
	assert_non_null(symbol(&hook, "__x64_sys_newuname"));
	assert_null(symbol(&hook, "__x64_sys_uname"));
	/* Whether there are programs of these kinds at all. */
	assert_int_equal(symbol(&hook, "__ia32_compat_sys_ioctl")->flags, SCTRACE_SYMBOL_ASK);
	/* One that is wanted, too, is not only asked for. */
	choose(&hook, SCT_HOOK_AUTO, "ioctl", false);
	assert_int_equal(symbol(&hook, "__ia32_compat_sys_ioctl")->flags, 0);
	/* As many as auto takes have room. */
	choose(&hook, SCT_HOOK_AUTO, "openat,open,execve,execveat,clone,clone3,fork,vfork,kill,tkill,tgkill,"
	       "connect,accept,accept4,bind,ptrace", false);
	assert_int_not_equal(hook.nr_symbols, 0);
}

static void others_take_the_tracepoint(void **state)
{
	static const char *const sets[] = { "all", "!openat", "none", "%file", "1000", "openat,1000" };
	struct sct_hook hook;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		choose(&hook, SCT_HOOK_AUTO, sets[i], false);
		assert_int_equal(hook.nr_symbols, 0);
		assert_true(*hook.why);
	}
	choose(&hook, SCT_HOOK_AUTO, "openat", true);
	assert_int_equal(hook.nr_symbols, 0);
	choose(&hook, SCT_HOOK_TRACEPOINT, "openat", false);
	assert_int_equal(hook.nr_symbols, 0);
	choose(&hook, SCT_HOOK_KPROBE, "openat", true);
	assert_int_not_equal(hook.nr_symbols, 0);
}

static void find_all(struct sct_hook *hook, const char *but)
{
	uint32_t i;

	for (i = 0; i < hook->nr_symbols; i++)
		hook->symbols[i].found = !strstr(hook->symbols[i].name, but);
}

static void what_the_kernel_lacks_decides(void **state)
{
	struct sct_filter f = filter_of("openat");
	struct sct_hook hook;

	(void)state;
	sct_hook_choose(&hook, SCT_HOOK_AUTO, &f, false);
	find_all(&hook, "nothing");
	assert_true(sct_hook_is_complete(&hook, SCT_HOOK_AUTO, &f));
	/* No 32-bit programs, none of x32. */
	find_all(&hook, "compat");
	assert_true(sct_hook_is_complete(&hook, SCT_HOOK_AUTO, &f));
	/* There are 32-bit programs, and no function of theirs for it. */
	find_all(&hook, "__ia32_compat_sys_openat");
	assert_true(sct_hook_is_complete(&hook, SCT_HOOK_AUTO, &f));
	find_all(&hook, "sys_openat");
	assert_false(sct_hook_is_complete(&hook, SCT_HOOK_AUTO, &f));
	assert_int_equal(hook.nr_symbols, 0);
	assert_non_null(strstr(hook.why, "openat"));
	sct_filter_free(&f);
}

static bool arrives_in(unsigned int abi, const char *call, const char *function)
{
	char names[SCT_MAX_ENTRY_POINTS][sizeof(((struct sctrace_symbol *)0)->name)];
	const struct sct_row *row;
	unsigned int nr, i, n;

	for (nr = 0; nr < SCTRACE_MAX_NR; nr++) {
		row = sct_calls_find(abi, nr);
		if (!row || strcmp(row->name, call))
			continue;
		n = sct_entry_points(names, abi, nr);
		for (i = 0; i < n; i++) {
			if (!strcmp(names[i], function))
				return true;
		}
		return false;
	}
	fail_msg("no number for %s", call);
	return false;
}

/* Where a wrong function would be found as well, so that nothing but silence would tell. */
static void functions_that_have_other_names(void **state)
{
	(void)state;
	assert_true(arrives_in(SCTRACE_ABI_COMPAT, "getuid", "__ia32_sys_getuid16"));
	assert_false(arrives_in(SCTRACE_ABI_COMPAT, "getuid", "__ia32_sys_getuid"));
	assert_true(arrives_in(SCTRACE_ABI_COMPAT, "getuid32", "__ia32_sys_getuid"));
	assert_true(arrives_in(SCTRACE_ABI_COMPAT, "fcntl", "__ia32_compat_sys_fcntl64"));
	assert_true(arrives_in(SCTRACE_ABI_COMPAT, "futex", "__ia32_sys_futex_time32"));
	assert_true(arrives_in(SCTRACE_ABI_COMPAT, "select", "__ia32_compat_sys_old_select"));
	assert_true(arrives_in(SCTRACE_ABI_X32, "recvmmsg", "__x64_compat_sys_recvmmsg_time64"));
	assert_true(arrives_in(SCTRACE_ABI_NATIVE, "sendfile", "__x64_sys_sendfile64"));
	assert_int_equal(sct_calls_init(AUDIT_ARCH_AARCH64), 0);
	assert_true(arrives_in(SCTRACE_ABI_NATIVE, "personality", "__arm64_sys_arm64_personality"));
	assert_true(arrives_in(SCTRACE_ABI_COMPAT, "semctl", "__arm64_compat_sys_old_semctl"));
	assert_true(arrives_in(SCTRACE_ABI_COMPAT, "mmap2", "__arm64_compat_sys_aarch32_mmap2"));
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_calls_of_many_tasks_take_kprobes),
		cmocka_unit_test(others_take_the_tracepoint),
		cmocka_unit_test(what_the_kernel_lacks_decides),
		cmocka_unit_test(functions_that_have_other_names),
	};

	if (sct_calls_init(AUDIT_ARCH_X86_64) < 0)
		return 1;
	return cmocka_run_group_tests_name("sctrace_hook", tests, NULL, NULL);
}
