// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * record [-dfvy] [-s N] [-r CALL] -o FILE COMMAND…: the reader's own way from records to strace's lines, with
 * records that the tracer here makes in place of the module.
 */
#include <errno.h>
#include <linux/audit.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "netlink.h"
#include "pair.h"
#include "record.h"
#include "strace.h"
#include "tracer.h"

#ifdef __x86_64__
#define MACHINE	AUDIT_ARCH_X86_64
#else
#define MACHINE	AUDIT_ARCH_AARCH64
#endif

struct trace {
	struct sct_tasks tasks;
	struct sct_strace out;
	struct sct_plan_set plans;
};

static void __attribute__((noreturn)) fail(const char *what, int err)
{
	fprintf(stderr, "%s: %s\n", what, strerror(err));
	exit(125);
}

static void print_record(void *data, const struct sctrace_hdr *hdr)
{
	struct trace *t = data;
	struct sct_event event;
	struct sct_record rec;
	int ret = sct_record_parse(&rec, hdr, hdr->words * 8);

	if (ret < 0)
		fail("sct_record_parse", -ret);
	do {
		ret = sct_pair(&t->tasks, &rec, &event);
		if (ret < 0)
			fail("sct_pair", -ret);
		if (!ret)
			continue;
		sct_strace_event(&t->out, &event);
		sct_pair_done(&t->tasks, &event);
	} while (event.again);
}

/* As a shell finds it. */
static char *find_program(char *name)
{
	static char path[4096];
	const char *dirs = getenv("PATH");

	for (; !strchr(name, '/') && dirs && *dirs; dirs += dirs[strcspn(dirs, ":")] == ':') {
		int n = strcspn(dirs, ":");
		struct stat st;

		snprintf(path, sizeof(path), "%.*s/%s", n, dirs, name);
		if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0)
			return path;
		dirs += n;
	}
	return name;
}

static void build_plans(struct sct_plan_set *set, const struct sct_plan_options *options)
{
	int err = sct_calls_init(MACHINE);

	if (!err)
		err = sct_plan_set_build(set, options);
	if (err)
		fail("the plans", -err);
}

int main(int argc, char **argv)
{
	struct trace t = { .out = { .plans = &t.plans, .tasks = &t.tasks, .quiet = true } };
	struct sct_plan_options options = { .string_limit = 32 };
	struct tracer tracer = { .record = print_record, .data = &t };
	static const struct sct_dump all = { .read.not = true, .write.not = true };
	const char *output = NULL;
	long unmade;
	int opt, status;

	while ((opt = getopt(argc, argv, "+dfo:r:s:vy")) != -1) {
		if (opt == 'd')
			options.data = true, t.out.dump = &all;
		else if (opt == 'f')
			tracer.follow = true;
		else if (opt == 'o')
			output = optarg;
		else if (opt == 'r' && (unmade = seccomp_syscall_resolve_name(optarg)) >= 0)
			tracer.unmade = &unmade, tracer.nr_unmade = 1;
		else if (opt == 's')
			options.string_limit = atoi(optarg);
		else if (opt == 'v')
			options.verbose = true;
		else if (opt == 'y')
			options.fd_paths = true;
		else
			return 2;
	}
	if (!output || !argv[optind]) {
		fprintf(stderr, "usage: record [-dfvy] [-s N] [-r CALL] -o FILE COMMAND...\n");
		return 2;
	}
	t.tasks.follow = tracer.follow;
	t.out.tids_first = tracer.follow;
	t.out.out = fopen(output, "we");
	if (!t.out.out)
		fail(output, errno);
	options.netlink = sct_netlink_fds_new();
	build_plans(&t.plans, &options);
	tracer.plans = t.plans.plans;
	tracer.nr_plans = t.plans.nr_plans;
	tracer.steps = t.plans.steps;
	argv[optind] = find_program(argv[optind]);
	status = tracer_run(&tracer, argv + optind);
	sct_strace_finish(&t.out, " <unfinished ...>");
	sct_strace_free(&t.out);
	sct_tasks_free(&t.tasks);
	sct_plan_set_free(&t.plans);
	sct_netlink_fds_free(options.netlink);
	if (fclose(t.out.out) != 0)
		fail(output, errno);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
