/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sctrace-read: opens a session, says who is to be traced, and prints what comes until nothing
 * more can come or it is told to stop.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "child.h"
#include "die.h"
#include "module.h"
#include "options.h"
#include "qualifier.h"
#include "strace.h"
#include "undecided.h"

/* While records come slower than the watermark, how often to look for them. */
#define IDLE_MS 100

static volatile sig_atomic_t stop_signal;

static void on_stop_signal(int signo)
{
	stop_signal = signo;
}

/* How far the command is. All but its execve is our own code, until that succeeds. */
enum command { HELD_BACK, IN_EXECVE, RUNNING, NOT_RUN };

struct trace {
	struct sct_cli *cli;
	struct sct_session *session;
	struct sct_filter filter;
	struct sct_hook hook;
	struct sct_plan_set plans;
	struct sct_tasks tasks;
	struct sct_strace out;
	struct sct_child child;
	enum command command;
};

/* What comes between a look at stop_signal and the wait is seen IDLE_MS later. */
static void catch_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE };
	struct sigaction action = { .sa_handler = on_stop_signal, .sa_flags = SA_RESTART };
	struct sigaction before;
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		sigaction(signals[i], NULL, &before);
		if (before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}

static void open_output(struct trace *t)
{
	const struct sct_cli *cli = t->cli;

	t->out = (struct sct_strace) {
		.out = stderr,
		.plans = &t->plans,
		.quiet = cli->quiet,
		/* strace's rule: a file with the trace of a command holds nothing but that. */
		.modes = !cli->quiet && !(cli->output && cli->command),
		.tasks = &t->tasks,
	};
	if (cli->output) {
		t->out.out = fopen(cli->output, "we");
		if (!t->out.out)
			die("cannot write to '%s': %s", cli->output, strerror(errno));
	} else {
		static char buffer[1 << 16];

		/* Line by line would be a write(2) a line; what is complete is flushed before we sleep. */
		setvbuf(stderr, buffer, _IOFBF, sizeof(buffer));
	}
}

static void die_of_configure(const struct trace *t, const struct sct_options *options, int err,
			     const struct sct_bad *bad)
{
	if (bad->array == SCTRACE_BAD_TEST && bad->index < options->nr_tests &&
	    (err == -ESRCH || err == -EOPNOTSUPP || err == -EINVAL))
		die("%s", sct_scope_refusal(&t->cli->scope, bad->index, err));
	if (err == -ESRCH)
		die("the process that the module's parameter pid= names has exited; load the module anew with another pid=");
	if (err == -ENOMEM)
		die("no memory for the rings: give a smaller --ring-kb");
	if (err == -EINVAL && bad->array == SCTRACE_BAD_FILTER)
		die("the module refuses the filter: module version %s, reader version %s",
		    sct_info(t->session)->module_version, SCTRACE_VERSION);
	if (err == -EINVAL)
		die("the module refuses the session (%d, %u): module version %s, reader version %s",
		    bad->array, bad->index, sct_info(t->session)->module_version, SCTRACE_VERSION);
	die("cannot set up the session: %s", strerror(-err));
}

static void load_calls(uint32_t audit_arch)
{
	switch (sct_calls_init(audit_arch)) {
	case -EINVAL:
		die("the module runs on a machine that this reader does not know (AUDIT_ARCH %#x): install the reader of the same version",
		    audit_arch);
	case -ENOSYS:
		die("libseccomp does not know this machine's system calls (AUDIT_ARCH %#x): install a newer libseccomp2",
		    audit_arch);
	case -ENOMEM:
		die("out of memory");
	}
}

/* The command is a task like those of -p, once it is there. */
static void add_command(struct trace *t, struct sct_scope *scope)
{
	struct sctrace_test test = { .key = t->cli->named_key, .low = t->child.pid };

	test.group = sct_scope_group(scope);
	if (!sct_scope_put(scope, &test, &(struct sct_scope_origin) { 0 }))
		die("--scope: more than %d values", SCTRACE_MAX_TESTS - 1);
}

/* What the output must know of the scope. Return: whether all tasks in it are named, or made by such. */
static bool set_scope(struct trace *t, struct sct_options *options)
{
	struct sct_scope *scope = &t->cli->scope;
	const struct sctrace_info *info = sct_info(t->session);
	enum sct_scope_reach reach;
	bool named;

	if (t->cli->command)
		add_command(t, scope);
	reach = sct_scope_reach(scope);
	named = scope->nr_tests ? sct_scope_names_tasks(scope) :
		info->default_scope & (1u << SCTRACE_KEY_TASK | 1u << SCTRACE_KEY_PROCESS);
	if (scope->nr_tests) {
		options->scope = scope->flags;
		options->tests = scope->tests;
		options->nr_tests = scope->nr_tests;
		options->text = scope->text;
		options->text_bytes = scope->text_bytes;
	} else if (info->default_scope == 1u << SCTRACE_KEY_TASK) {
		reach = SCT_REACH_TASKS;
	}
	t->tasks.follow = reach == SCT_REACH_ALL;
	t->tasks.threads = reach >= SCT_REACH_PROCESSES;
	t->out.tids_first = reach > SCT_REACH_TASK && t->cli->output;
	t->out.tids_bracketed = reach > SCT_REACH_TASK && !t->cli->output;
	t->out.tids_always = !named || t->cli->nr_pids > 1;
	return named;
}

/* What each CPU's ring has of all that there is. */
static uint32_t share_of(uint64_t bytes, uint32_t nr_cpus)
{
	uint64_t share = bytes / nr_cpus;

	if (share < SCTRACE_RING_MIN_BYTES)
		die("--buffer: %" PRIu64 " KiB are too few: %u CPUs take at least %u each", bytes >> 10, nr_cpus,
		    SCTRACE_RING_MIN_BYTES >> 10);
	if (share > SCTRACE_RING_MAX_BYTES)
		return SCTRACE_RING_MAX_BYTES;
	return 1u << (31 - __builtin_clz(share));
}

static void configure(struct trace *t)
{
	const struct sct_cli *cli = t->cli;
	struct sct_options options = { .scope = SCTRACE_SCOPE_DEFAULT, .ring_bytes = cli->ring_bytes };
	struct sct_plan_options how = {
		.string_limit = cli->string_limit,
		.verbose = cli->verbose,
		.fd_paths = cli->fd_paths,
		.paths = cli->filter.nr_paths,
	};
	struct sct_bad bad = { 0 };
	bool named;
	int err;

	named = set_scope(t, &options);
	sct_hook_choose(&t->hook, cli->hook, &t->filter, named);
	options.symbols = t->hook.symbols;
	options.nr_symbols = t->hook.nr_symbols;
	err = sct_plan_set_build(&t->plans, &how);
	if (err)
		die("cannot make the plans of what to record: %s", strerror(-err));
	if (t->filter.wanted)
		options.filter = &t->filter.filter;
	if (cli->buffer_bytes)
		options.ring_bytes = share_of(cli->buffer_bytes, sct_info(t->session)->nr_cpus);
	if (cli->lossless)
		options.mode = SCTRACE_MODE_LOSSLESS;
	options.wait_ms = cli->wait_ms;
	options.plans = t->plans.plans;
	options.nr_plans = t->plans.nr_plans;
	options.steps = t->plans.steps;
	options.nr_steps = t->plans.nr_steps;
	err = sct_configure(t->session, &options, &bad);
	if (!err && !sct_hook_is_complete(&t->hook, cli->hook, &t->filter)) {
		/* A session is configured once. */
		sct_close(t->session);
		t->session = sct_module_open();
		options.nr_symbols = 0;
		err = sct_configure(t->session, &options, &bad);
	}
	if (err)
		die_of_configure(t, &options, err, &bad);
	if (cli->explain)
		sct_hook_explain(&t->hook);
}

static void start(struct trace *t)
{
	uint32_t i;
	int err = sct_start(t->session);

	if (err == -ESRCH)
		die("every task to be traced has exited");
	if (err == -EMFILE)
		die("cannot start the trace: 64 run already, and no more can; end one of them");
	if (err)
		die("cannot start the trace: %s", strerror(-err));
	if (t->cli->command) {
		sct_child_go(&t->child);
		return;
	}
	for (i = 0; i < t->cli->nr_pids && !t->cli->quiet; i++)
		complain("Process %d attached", t->cli->pids[i]);
	fflush(stderr);
}

static bool is_call_of(const struct sct_record *rec, const char *name)
{
	const struct sct_row *row = sct_calls_find(rec->hdr->abi, rec->nr);

	return row && !strcmp(row->name, name);
}

/* The first that comes of the command: a filter or a scope can leave out the execve. */
static bool first_is_ours(struct trace *t, const struct sct_event *event)
{
	const struct sct_record *rec = event->rec;
	bool returned = rec->hdr->type == SCTRACE_REC_CALL;

	/* The return of the read that it has waited in for its start. */
	if ((event->orphan || (returned && !rec->entered)) && is_call_of(rec, "read"))
		return true;
	t->command = RUNNING;
	if ((rec->hdr->type == SCTRACE_REC_ENTER || returned) && is_call_of(rec, "execve"))
		t->command = !returned ? IN_EXECVE : sct_is_error(rec->result) ? NOT_RUN : RUNNING;
	return false;
}

/* Before its execve, and after one that fails, the command is our own code. Its end is told in any case. */
static bool is_ours(struct trace *t, const struct sct_event *event)
{
	unsigned int type = event->rec->hdr->type;

	if (!t->cli->command || !event->task || type == SCTRACE_REC_TASK_EXIT)
		return false;
	switch (t->command) {
	case HELD_BACK:
		return first_is_ours(t, event);
	case IN_EXECVE:
		if (type == SCTRACE_REC_EXIT)
			t->command = sct_is_error(event->rec->result) ? NOT_RUN : RUNNING;
		/* Its return was lost. */
		else if (type == SCTRACE_REC_ENTER)
			t->command = RUNNING;
		return false;
	case NOT_RUN:
		return true;
	default:
		return false;
	}
}

/* A call whose end does not come, and of which the module could not tell whether it is wanted: better shown. */
static void show_undecided(struct trace *t, struct sct_task *task)
{
	struct sctrace_hdr hdr = { .type = SCTRACE_REC_ENTER };
	struct sct_record rec = { .hdr = &hdr };
	struct sct_event event = { .rec = &rec, .task = task };

	task->undecided = false;
	sct_strace_event(&t->out, &event);
}

static void show(struct trace *t, struct sct_event *event)
{
	if (event->rec->hdr->type == SCTRACE_REC_TASK_EXIT && event->task->undecided)
		show_undecided(t, event->task);
	if (!is_ours(t, event) && sct_undecided_take(&t->filter.filter, &t->plans, event))
		sct_strace_event(&t->out, event);
	sct_pair_done(&t->tasks, event);
	if (ferror(t->out.out))
		die("cannot write the trace: %s", strerror(errno));
}

/* Prints all there is now. */
static void drain(struct trace *t)
{
	struct sct_record rec;
	struct sct_event event;
	int ret;

	while ((ret = sct_next(t->session, &rec)) > 0) {
		do {
			ret = sct_pair(&t->tasks, &rec, &event);
			if (ret > 0)
				show(t, &event);
			else if (ret < 0)
				die("out of memory");
		} while (event.again);
	}
	if (ret == -EPROTO)
		die("a ring holds what is no record: module version %s, reader version %s",
		    sct_info(t->session)->module_version, SCTRACE_VERSION);
	sct_strace_flush(&t->out);
}

static void follow_trace(struct trace *t)
{
	struct sct_event event;
	struct sct_task *task;
	int ret = SCT_WAIT_READY;

	while (ret != SCT_WAIT_ENDED && !stop_signal) {
		drain(t);
		ret = sct_wait(t->session, IDLE_MS);
		if (ret < 0)
			die("waiting for records: %s", strerror(-ret));
	}
	ret = sct_stop(t->session);
	if (ret < 0)
		die("cannot stop the trace: %s", strerror(-ret));
	/* Rounds end where not all is known yet; after the stop all is, and one round takes it. */
	drain(t);
	while (sct_pair_rest(&t->tasks, &event) > 0)
		show(t, &event);
	while ((task = sct_tasks_undecided(&t->tasks)))
		show_undecided(t, task);
	sct_strace_finish(&t->out, stop_signal ? " <detached ...>" : " <unfinished ...>");
}

/* Who has said how many calls are wanted is told how many there were besides. */
static void report_left_out(const struct trace *t, const struct sct_counts *counts)
{
	if (t->cli->quiet)
		return;
	if (counts->left_out)
		complain("%" PRIu64 " calls left out by --sample", counts->left_out);
	if (counts->limited)
		complain("%" PRIu64 " calls left out by --rate", counts->limited);
}

/* Loss is always told of; that there was none, to who breaks off. Return: whether the books balance. */
static bool report_counts(struct trace *t)
{
	struct sct_counts counts;
	int err = sct_counts(t->session, &counts);

	if (err < 0) {
		complain("cannot tell what was lost: %s", strerror(-err));
		return false;
	}
	if (counts.produced != counts.delivered + counts.lost) {
		complain("the books do not balance: %" PRIu64 " records made, %" PRIu64 " read, %" PRIu64
			 " lost; please report this",
			 counts.produced, counts.delivered, counts.lost);
		return false;
	}
	if (counts.lost)
		complain("%" PRIu64 " of %" PRIu64
			 " records lost: the rings were full; a larger --ring-kb or -o FILE may help",
			 counts.lost, counts.produced);
	if (counts.given_up)
		complain("tasks gave up waiting %" PRIu64 " times, when this program stood still for %u s: see --lossless",
			 counts.given_up, t->cli->wait_ms / 1000);
	if (!counts.lost && stop_signal && !t->cli->quiet)
		complain("%" PRIu64 " records, none lost", counts.produced);
	report_left_out(t, &counts);
	return true;
}

/* Ends as the signal would have ended us. */
static void end_by(int signo) __attribute__((noreturn));

static void end_by(int signo)
{
	signal(signo, SIG_DFL);
	raise(signo);
	_exit(128 + signo);
}

/* The command's status becomes ours, also if a signal ended it. */
static int command_status(struct trace *t)
{
	int status;

	while (waitpid(t->child.pid, &status, 0) < 0) {
		if (errno != EINTR)
			die("waiting for the command: %s", strerror(errno));
	}
	sct_child_tell(&t->child);
	if (WIFSIGNALED(status))
		end_by(WTERMSIG(status));
	return WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
	struct sct_cli cli;
	struct trace t = { .cli = &cli };
	bool balanced;

	sct_cli_parse(&cli, argc, argv);
	t.session = sct_module_open();
	load_calls(sct_info(t.session)->audit_arch);
	/* Before the output, which a mistake in the filter should leave as it is. */
	sct_cli_filter(&t.filter, &cli.filter);
	open_output(&t);
	if (cli.command)
		sct_child_start(&t.child, cli.command);
	configure(&t);
	catch_signals();
	start(&t);
	follow_trace(&t);
	balanced = report_counts(&t);
	if (t.out.out != stderr && fclose(t.out.out) != 0)
		die("cannot write to '%s': %s", cli.output, strerror(errno));
	fflush(stderr);
	sct_strace_free(&t.out);
	sct_tasks_free(&t.tasks);
	sct_plan_set_free(&t.plans);
	sct_scope_free(&cli.scope);
	sct_filter_free(&t.filter);
	sct_close(t.session);
	if (stop_signal)
		end_by(stop_signal);
	if (!balanced)
		return 1;
	return cli.command ? command_status(&t) : 0;
}
