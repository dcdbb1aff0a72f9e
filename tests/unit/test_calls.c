// SPDX-License-Identifier: GPL-2.0-or-later
/* Every call of every ABI has its row: syscalls/calls.c. */
#include <errno.h>
#include <linux/audit.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <asm/unistd.h>

#include "calls.h"
#include "made.h"

#if defined(__x86_64__)
#define HERE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define HERE AUDIT_ARCH_AARCH64
#endif

static const struct {
	const char *name;
	unsigned int nr;
} numbers[] = {
#include "numbers.h"
};

static void must_be(unsigned int abi, unsigned int nr, const char *name)
{
	const struct sct_row *row = sct_calls_find(abi, nr);

	if (!row || strcmp(row->name, name))
		fail_msg("%s (%u): row %s", name, nr, row ? row->name : "missing");
}

static void every_number_of_the_headers_here_has_its_row(void **state)
{
	size_t i;

	(void)state;
	assert_int_equal(sct_calls_init(HERE), 0);
	assert_true(COUNT(numbers) > 290);
	for (i = 0; i < COUNT(numbers); i++)
		must_be(SCTRACE_ABI_NATIVE, numbers[i].nr, numbers[i].name);
}

/* How many calls the library knows in an ABI; each must have its row. */
static unsigned int check_library(unsigned int abi, uint32_t arch, unsigned int mark)
{
	unsigned int nr, n = 0;

	for (nr = 0; nr < SCTRACE_MAX_NR; nr++) {
		char *name = seccomp_syscall_resolve_num_arch(arch, nr | mark);

		if (!name)
			continue;
		must_be(abi, nr, name);
		free(name);
		n++;
	}
	return n;
}

static void every_number_of_the_library_has_its_row(void **state)
{
	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	assert_true(check_library(SCTRACE_ABI_NATIVE, SCMP_ARCH_X86_64, 0) > 350);
	assert_true(check_library(SCTRACE_ABI_COMPAT, SCMP_ARCH_X86, 0) > 420);
	assert_true(check_library(SCTRACE_ABI_X32, SCMP_ARCH_X32, 0x40000000) > 330);
	assert_int_equal(sct_calls_init(AUDIT_ARCH_AARCH64), 0);
	assert_true(check_library(SCTRACE_ABI_NATIVE, SCMP_ARCH_AARCH64, 0) > 290);
	assert_true(check_library(SCTRACE_ABI_COMPAT, SCMP_ARCH_ARM, 0) > 390);
}

static void numbers_newer_than_the_library_have_rows(void **state)
{
	(void)state;
	sct_calls_init(AUDIT_ARCH_X86_64);
	must_be(SCTRACE_ABI_NATIVE, 462, "mseal");
	must_be(SCTRACE_ABI_NATIVE, 335, "uretprobe");
	must_be(SCTRACE_ABI_COMPAT, 469, "file_setattr");
	must_be(SCTRACE_ABI_X32, 470, "listns");
	sct_calls_init(AUDIT_ARCH_AARCH64);
	must_be(SCTRACE_ABI_NATIVE, 462, "mseal");
	must_be(SCTRACE_ABI_COMPAT, 469, "file_setattr");
}

/* What is one call on one machine is another or none on the next. */
static void each_abi_has_its_own_numbers(void **state)
{
	(void)state;
	sct_calls_init(AUDIT_ARCH_X86_64);
	must_be(SCTRACE_ABI_NATIVE, 0, "read");
	must_be(SCTRACE_ABI_COMPAT, 3, "read");
	must_be(SCTRACE_ABI_COMPAT, 359, "socket");
	must_be(SCTRACE_ABI_X32, 0, "read");
	must_be(SCTRACE_ABI_X32, 515, "readv");
	assert_null(sct_calls_find(SCTRACE_ABI_NATIVE, 515));
	sct_calls_init(AUDIT_ARCH_AARCH64);
	must_be(SCTRACE_ABI_NATIVE, 63, "read");
	must_be(SCTRACE_ABI_COMPAT, 3, "read");
	must_be(SCTRACE_ABI_COMPAT, 281, "socket");
	assert_null(sct_calls_find(SCTRACE_ABI_X32, 0));
	assert_null(sct_calls_find(SCTRACE_ABI_NATIVE, 335));
}

static void arms_private_calls_have_rows(void **state)
{
	(void)state;
	sct_calls_init(AUDIT_ARCH_AARCH64);
	must_be(SCTRACE_ABI_COMPAT, 0x0f0001, "breakpoint");
	must_be(SCTRACE_ABI_COMPAT, 0x0f0002, "cacheflush");
	must_be(SCTRACE_ABI_COMPAT, 0x0f0005, "set_tls");
	must_be(SCTRACE_ABI_COMPAT, 0x0f0006, "get_tls");
	assert_null(sct_calls_find(SCTRACE_ABI_COMPAT, 0x0f0000));
	assert_null(sct_calls_find(SCTRACE_ABI_COMPAT, 0x0f0010));
	assert_null(sct_calls_find(SCTRACE_ABI_NATIVE, 0x0f0005));
	sct_calls_init(AUDIT_ARCH_X86_64);
	assert_null(sct_calls_find(SCTRACE_ABI_COMPAT, 0x0f0005));
}

static void numbers_of_no_call_have_none(void **state)
{
	(void)state;
	sct_calls_init(AUDIT_ARCH_X86_64);
	assert_null(sct_calls_find(SCTRACE_ABI_NATIVE, 1000));
	assert_null(sct_calls_find(SCTRACE_ABI_NATIVE, UINT64_MAX));
	assert_null(sct_calls_find(SCTRACE_ABI_COUNT, 0));
}

static void machine_of_another_kind_is_refused(void **state)
{
	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_S390X), -EINVAL);
	assert_int_equal(sct_calls_init(0), -EINVAL);
}

static void a_sigreturn_has_a_number_in_each_abi(void **state)
{
	unsigned int abi;

	(void)state;
	assert_int_equal(sct_calls_init(AUDIT_ARCH_X86_64), 0);
	for (abi = 0; abi < SCTRACE_ABI_COUNT; abi++)
		assert_string_equal(sct_calls_find(abi, sct_calls_sigreturn(abi))->name, "rt_sigreturn");
	assert_int_equal(sct_calls_init(AUDIT_ARCH_AARCH64), 0);
	assert_string_equal(sct_calls_find(SCTRACE_ABI_COMPAT, sct_calls_sigreturn(SCTRACE_ABI_COMPAT))->name, "rt_sigreturn");
	assert_int_equal(sct_calls_sigreturn(SCTRACE_ABI_X32), UINT64_MAX);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sigreturn_has_a_number_in_each_abi),
		cmocka_unit_test(every_number_of_the_headers_here_has_its_row),
		cmocka_unit_test(every_number_of_the_library_has_its_row),
		cmocka_unit_test(numbers_newer_than_the_library_have_rows),
		cmocka_unit_test(each_abi_has_its_own_numbers),
		cmocka_unit_test(arms_private_calls_have_rows),
		cmocka_unit_test(numbers_of_no_call_have_none),
		cmocka_unit_test(machine_of_another_kind_is_refused),
	};

	return cmocka_run_group_tests_name("sctrace_calls", tests, NULL, NULL);
}
