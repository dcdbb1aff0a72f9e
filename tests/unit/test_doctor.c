// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/cli/doctor.c: what no guest can be, kernels newer than any; all else is in tests/vm/cases/doctor.sh. */
#define SCTRACE_VERSION "0.0.0"
#define SCTRACE_NEWEST_KERNEL "7.3"
#include "../../userspace/cli/doctor.c"

#include "made.h"

/* The word that begins the line about a kernel. */
static void judged(const char *release, const char *machine, char *word)
{
	struct patient p = { 0 };
	int out = dup(STDOUT_FILENO);
	FILE *file = tmpfile();

	strcpy(p.uts.release, release);
	strcpy(p.uts.machine, machine);
	fflush(stdout);
	dup2(fileno(file), STDOUT_FILENO);
	look_at_kernel(&p);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	close(out);
	rewind(file);
	assert_int_equal(fscanf(file, "%15s kernel:", word), 1);
	fclose(file);
	assert_int_equal(p.nr_wrong, !strcmp(word, "WRONG"));
}

static void kernels_are_old_known_or_new(void **state)
{
	static const struct { const char *release, *machine, *word; } rows[] = {
		{ "6.12.117+deb12-amd64", "x86_64", "ok" },
		{ "5.10.0-33-arm64", "aarch64", "ok" },
		{ "7.3.4+deb14-amd64", "x86_64", "ok" },
		{ "5.9.16", "x86_64", "WRONG" },
		{ "4.19.0-27-amd64", "x86_64", "WRONG" },
		{ "7.4.0", "x86_64", "note" },
		{ "8.0.1", "aarch64", "note" },
		{ "6.12.117", "riscv64", "WRONG" },
	};
	char word[16];
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		judged(rows[i].release, rows[i].machine, word);
		assert_string_equal(word, rows[i].word);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernels_are_old_known_or_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
