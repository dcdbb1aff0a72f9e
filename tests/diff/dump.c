// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dump [-f] COMMAND…: each record that the module would make of the command, as it is: header,
 * arguments, pieces. The few plans here are made by hand, one a kind of step.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "tracer.h"

static const struct sctrace_step steps[] = {
	/* openat: 0 */
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 1, .max = 4096 },
	/* execve: 1 */
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 0, .max = 4096 },
	{ .op = SCTRACE_STEP_VECTOR, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 1, .word = 8,
	  .max = 32768 },
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_STEP, .index = 1, .word = 8,
	  .stride = 8, .max_count = 4096, .max = 4096 },
	/* writev: 4 */
	{ .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 1, .max = 16384,
	  .len_from = SCTRACE_LEN_ARG, .len_index = 2, .len_bytes = 8, .unit = 16 },
	{ .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_STEP, .index = 0, .word = 8,
	  .stride = 16, .max_count = 1024, .max = 32, .len_from = SCTRACE_LEN_FIELD, .len_index = 0,
	  .len_offset = 8, .len_bytes = 8, .unit = 1 },
	/* readv: 6 */
	{ .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_ARG, .index = 1, .max = 16384,
	  .len_from = SCTRACE_LEN_ARG, .len_index = 2, .len_bytes = 8, .unit = 16 },
	{ .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_STEP, .index = 0, .word = 8,
	  .stride = 16, .max_count = 1024, .max = 32, .flags = SCTRACE_STEP_UP_TO_RESULT,
	  .len_from = SCTRACE_LEN_FIELD, .len_index = 0, .len_offset = 8, .len_bytes = 8, .unit = 1 },
	/* read: 8 */
	{ .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_ARG, .index = 1, .max = 32,
	  .len_from = SCTRACE_LEN_RESULT, .unit = 1 },
	/* close: 9 */
	{ .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 0, .max = 1 },
};

static const struct sctrace_plan plans[] = {
	{ .nr = SYS_openat, .nr_args = 4, .first_step = 0, .nr_steps = 1 },
	{ .nr = SYS_execve, .nr_args = 3, .first_step = 1, .nr_steps = 3 },
	{ .nr = SYS_writev, .nr_args = 3, .first_step = 4, .nr_steps = 2 },
	{ .nr = SYS_readv, .nr_args = 3, .first_step = 6, .nr_steps = 2 },
	{ .nr = SYS_read, .nr_args = 3, .first_step = 8, .nr_steps = 1 },
	{ .nr = SYS_close, .nr_args = 1, .first_step = 9, .nr_steps = 1 },
};

static void print_pieces(const uint8_t *at, const uint8_t *end)
{
	while (at < end) {
		const struct sctrace_piece *piece = (const void *)at;
		const uint8_t *bytes = (const uint8_t *)(piece + 1);
		unsigned int i;

		printf("\tstep %u flags %#x len %u wanted %u \"", piece->step, piece->flags, piece->len,
		       piece->wanted);
		for (i = 0; i < piece->len; i++)
			printf(isprint(bytes[i]) ? "%c" : "\\x%02x", bytes[i]);
		printf("\"\n");
		at = bytes + ((piece->len + 7) & ~7);
	}
}

static void print_record(void *data, const struct sctrace_hdr *hdr)
{
	static const char *const names[] = {
		[SCTRACE_REC_ENTER] = "ENTER", [SCTRACE_REC_EXIT] = "EXIT", [SCTRACE_REC_FORK] = "FORK",
		[SCTRACE_REC_EXEC] = "EXEC", [SCTRACE_REC_TASK_EXIT] = "TASK_EXIT",
		[SCTRACE_REC_SIGNAL] = "SIGNAL",
	};
	const uint64_t *word = (const uint64_t *)(hdr + 1);
	const uint8_t *end = (const uint8_t *)hdr + hdr->words * 8;
	unsigned int i;

	(void)data;
	printf("%u/%u %s", hdr->tgid, hdr->tid, names[hdr->type]);
	if (hdr->type == SCTRACE_REC_ENTER) {
		printf(" abi %u nr %u (", hdr->abi, hdr->nr);
		if (hdr->nr == SCTRACE_NR_NONE)
			printf("number %#" PRIx64 " ", *word++);
		for (i = 0; i < hdr->nr_args; i++)
			printf("%s%#" PRIx64, i ? ", " : "", *word++);
		printf(")\n");
		print_pieces((const uint8_t *)word, end);
	} else if (hdr->type == SCTRACE_REC_EXIT) {
		printf(" abi %u nr %u = %" PRId64 "\n", hdr->abi, hdr->nr, (int64_t)*word);
		print_pieces((const uint8_t *)(word + 1), end);
	} else {
		for (; (const uint8_t *)word < end; word++)
			printf(" %016" PRIx64, *word);
		printf("\n");
	}
}

int main(int argc, char **argv)
{
	struct tracer t = {
		.plans = plans,
		.nr_plans = sizeof(plans) / sizeof(plans[0]),
		.steps = steps,
		.record = print_record,
	};
	int first = 1, status;

	if (argc > 1 && !strcmp(argv[1], "-f")) {
		t.follow = true;
		first++;
	}
	if (first >= argc) {
		fprintf(stderr, "usage: dump [-f] COMMAND...\n");
		return 2;
	}
	status = tracer_run(&t, argv + first);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
