/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of errors, for a libc that has none: they are glibc's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "libc.h"
#include "text.h"
#include "xlat.h"

static void errors_have_the_names_of_glibc(void **state)
{
	int error;

	(void)state;
	for (error = 1; error < 4096; error++) {
		const char *want = strerrorname_np(error), *name = sct_xlat_name(&sct_xlat_errno_names, error);

		if (want)
			assert_string_equal(name ? name : "none", want);
		else
			assert_null(name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_have_the_names_of_glibc),
	};

	return cmocka_run_group_tests_name("sctrace_libc", tests, NULL, NULL);
}
