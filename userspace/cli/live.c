/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A trace by the module: says who is to be traced, and reads until nothing more can come or a signal says stop. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "die.h"
#include "module.h"
#include "qualifier.h"
#include "trace.h"

/* While records come slower than the watermark, how often to look for them. */
#define IDLE_MS 100

/* Of a trace with stacks: one CPU's ring, and all of them together. */
#define STACK_RING_BYTES	(16u << 20)
#define STACK_RINGS_BYTES	(64u << 20)

volatile sig_atomic_t sct_live_signal;

static void on_stop_signal(int signo)
{
	sct_live_signal = signo;
}

/* What comes between a look at sct_live_signal and the wait is seen IDLE_MS later. */
static void catch_signals(unsigned int interruptible)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE };
	struct sigaction action = { .sa_handler = on_stop_signal, .sa_flags = SA_RESTART };
	struct sigaction before;
	size_t i;

	/* The command has been made already, and keeps its own. */
	if (interruptible >= 3)
		action.sa_handler = SIG_IGN;
	if (interruptible == 4)
		signal(SIGTSTP, SIG_IGN);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		sigaction(signals[i], NULL, &before);
		/* That is nohup(1)'s; a script's shell has the others so for what runs in the background. */
		if (signals[i] != SIGHUP || before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}

/* ns. */
int64_t sct_live_clock(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000000000ll + ts.tv_nsec;
}

/*
 * What added to CLOCK_MONOTONIC is CLOCK_REALTIME, ns. Whoever loses the processor between the looks at the two is wrong by as
 * much: of several, the one that took least counts.
 */
static int64_t realtime_offset(void)
{
	int64_t before, realtime, took, least = INT64_MAX, offset = 0;
	int i;

	for (i = 0; i < 4; i++) {
		before = sct_live_clock(CLOCK_MONOTONIC);
		realtime = sct_live_clock(CLOCK_REALTIME);
		took = sct_live_clock(CLOCK_MONOTONIC) - before;
		if (took < least) {
			least = took;
			offset = realtime - (before + took / 2);
		}
	}
	return offset;
}

/* ---- the session ---- */

static void die_of_configure(const struct trace *t, const struct sct_options *options, int err,
			     const struct sct_bad *bad)
{
	if (bad->array == SCTRACE_BAD_TEST && bad->index < options->nr_tests &&
	    (err == -ESRCH || err == -EOPNOTSUPP || err == -EINVAL))
		die("%s", sct_scope_refusal(&t->cli->scope, bad->index, err));
	if (err == -ESRCH)
		die("the process that the module's parameter pid= names has exited; load the module anew with another pid=");
	if (err == -ENOMEM)
		die("no memory for the rings: give a smaller --buffer");
	if (err == -EINVAL && bad->array == SCTRACE_BAD_FILTER)
		die("the module refuses the filter: module version %s, reader version %s",
		    sct_info(t->session)->module_version, SCTRACE_VERSION);
	if (err == -EINVAL)
		die("the module refuses the session (%d, %u): module version %s, reader version %s",
		    bad->array, bad->index, sct_info(t->session)->module_version, SCTRACE_VERSION);
	die("cannot set up the session: %s", strerror(-err));
}

/* The command is a task like those of -p, once it is there. */
static void add_command(struct trace *t, struct sct_scope *scope)
{
	struct sctrace_test test = { .key = t->cli->named_key, .low = t->child.pid };

	test.group = sct_scope_group(scope);
	if (!sct_scope_put(scope, &test, &(struct sct_scope_origin) { 0 }))
		die("--scope: more than %d values", SCTRACE_MAX_TESTS - 1);
}

/* What the output must know of the scope goes into t->shape. */
static void set_scope(struct trace *t, struct sct_options *options)
{
	struct sct_scope *scope = &t->cli->scope;
	const struct sctrace_info *info = sct_info(t->session);

	if (t->cli->command)
		add_command(t, scope);
	t->shape = (struct shape) {
		.reach = sct_scope_reach(scope),
		.command = t->cli->command,
		.pids = t->cli->pids,
		.nr_pids = t->cli->nr_pids,
		.named = scope->nr_tests ? sct_scope_names_tasks(scope) :
			 info->default_scope & (1u << SCTRACE_KEY_TASK | 1u << SCTRACE_KEY_PROCESS),
	};
	if (scope->nr_tests) {
		options->scope = scope->flags;
		options->tests = scope->tests;
		options->nr_tests = scope->nr_tests;
		options->text = scope->text;
		options->text_bytes = scope->text_bytes;
	} else if (info->default_scope == 1u << SCTRACE_KEY_TASK) {
		t->shape.reach = SCT_REACH_TASKS;
	}
	sct_show_shape(t);
}

static void forget_pid(struct sct_cli *cli, int32_t pid)
{
	uint32_t i = 0;

	while (cli->pids[i] != pid)
		i++;
	memmove(cli->pids + i, cli->pids + i + 1, (--cli->nr_pids - i) * sizeof(*cli->pids));
}

/* Of several that -p names, one that is gone is told of, and the others are traced: strace's way. false: it is not that. */
static bool drop_gone(struct trace *t, const struct sct_bad *bad)
{
	struct sct_scope *scope = &t->cli->scope;
	char *refusal;
	int32_t pid;

	if (t->cli->nr_pids < 2 || bad->array != SCTRACE_BAD_TEST || bad->index >= scope->nr_tests)
		return false;
	refusal = sct_scope_refusal(scope, bad->index, -ESRCH);
	pid = scope->tests[bad->index].low;
	if (sct_scope_drop_attached(scope, bad->index)) {
		complain("%s", refusal);
		forget_pid(t->cli, pid);
		pid = 0;
	}
	free(refusal);
	return !pid;
}

/* Each time the module names one that it does not find. */
static int try_configure(struct trace *t, struct sct_options *options, struct sct_bad *bad)
{
	int err;

	while ((err = sct_configure(t->session, options, bad)) == -ESRCH && drop_gone(t, bad))
		set_scope(t, options);
	return err;
}

/* What each CPU's ring has of all that there is. */
static uint32_t share_of(const char *option, uint64_t bytes, uint32_t nr_cpus)
{
	uint64_t share = bytes / nr_cpus;

	if (share < SCTRACE_RING_MIN_BYTES)
		die("%s: %" PRIu64 " KiB are too few: %u CPUs take at least %u each", option, bytes >> 10, nr_cpus,
		    SCTRACE_RING_MIN_BYTES >> 10);
	if (share > SCTRACE_RING_MAX_BYTES)
		die("%s: %" PRIu64 " MiB are too many: %u CPUs take at most %u each", option, bytes >> 20, nr_cpus,
		    SCTRACE_RING_MAX_BYTES >> 20);
	return 1u << (31 - __builtin_clz(share));
}

/* Stacks are long, and unwinding takes its time. 0: the module's default is more. */
static uint32_t ring_for_stacks(const struct sctrace_info *info)
{
	uint32_t share = STACK_RINGS_BYTES / info->nr_cpus;

	if (share > STACK_RING_BYTES)
		share = STACK_RING_BYTES;
	return share <= info->default_ring_bytes ? 0 : 1u << (31 - __builtin_clz(share));
}

static void configure(struct trace *t)
{
	const struct sct_cli *cli = t->cli;
	struct sct_options options = { .scope = SCTRACE_SCOPE_DEFAULT, .ring_bytes = cli->ring_bytes };
	struct sct_plan_options how = {
		.string_limit = cli->string_limit,
		.verbose = cli->verbose,
		.fd_paths = cli->fd_paths,
		.fd_details = sct_cli_fd_details(cli),
		.fds_shown = cli->fds,
		.paths = cli->filter.nr_paths,
		.counted = cli->summary.only && !cli->record.path && !cli->filter.nr_paths,
		.images = cli->summary.by == SCT_BY_PROCESS,
		.ips = cli->lines.columns.ips,
		.stack_bytes = cli->lines.stacks ? cli->lines.stack_bytes : 0,
	};
	struct sct_bad bad = { 0 };
	int err;

	set_scope(t, &options);
	sct_hook_choose(&t->hook, cli->hook, &t->filter, t->shape.named);
	options.symbols = t->hook.symbols;
	options.nr_symbols = t->hook.nr_symbols;
	sct_show_plans(t, &how);
	if (t->filter.wanted)
		options.filter = &t->filter.filter;
	if (how.stack_bytes && !options.ring_bytes)
		options.ring_bytes = ring_for_stacks(sct_info(t->session));
	if (cli->buffer_bytes)
		options.ring_bytes = share_of("--buffer", cli->buffer_bytes, sct_info(t->session)->nr_cpus);
	if (cli->flight.bytes) {
		options.ring_bytes = share_of("--flight", cli->flight.bytes, sct_info(t->session)->nr_cpus);
		options.mode = SCTRACE_MODE_OVERWRITE;
	}
	if (cli->lossless)
		options.mode = SCTRACE_MODE_LOSSLESS;
	options.wait_ms = cli->wait_ms;
	options.plans = t->plans.plans;
	options.nr_plans = t->plans.nr_plans;
	options.steps = t->plans.steps;
	options.nr_steps = t->plans.nr_steps;
	err = try_configure(t, &options, &bad);
	if (!err && !sct_hook_is_complete(&t->hook, cli->hook, &t->filter)) {
		/* A session is configured once. */
		sct_close(t->session);
		t->session = sct_module_open();
		options.nr_symbols = 0;
		err = try_configure(t, &options, &bad);
	}
	if (err)
		die_of_configure(t, &options, err, &bad);
	if (cli->flight.bytes)
		sct_flight_prepare(t, &options);
	if (cli->explain)
		sct_hook_explain(&t->hook);
}

/* ---- --drop-privileges ---- */

/* Of a session that has been started, the kernel asks nobody for a right. A command is ours to signal, whoever runs it. */
static void drop_privileges(const struct sct_cli *cli)
{
	const char *user = cli->drop.given;
	int error;

	if (!user)
		return;
	error = sct_user_become_for_good(&cli->drop, cli->command && !cli->how.apart);
	if (error)
		die("--drop-privileges: cannot become '%s': %s", user, strerror(error));
	/* These files are opened by that user. */
	if (cli->flight.bytes)
		sct_recorder_check_folder(cli->record.path, "dumps of --flight", user);
	if (sct_recorder_has_parts(&cli->record))
		sct_recorder_check_folder(cli->record.path, "parts of --record", user);
	if (cli->lines.separate)
		sct_recorder_check_folder(cli->output, "the tasks' files of -o", user);
}

/* By a process of its own: what will be refused then is refused before there is a file. */
static void try_to_drop_privileges(const struct sct_cli *cli)
{
	int status = 0;
	pid_t pid;

	if (!cli->drop.given)
		return;
	fflush(NULL);
	pid = fork();
	if (pid < 0)
		die("cannot make a process: %s", strerror(errno));
	if (!pid) {
		drop_privileges(cli);
		_exit(0);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (status)
		exit(1);
}

/* The first part, too, is that user's: of root's, in a sticky folder, they could not get rid. */
static bool records_without_privileges(const struct sct_cli *cli)
{
	return cli->drop.given && sct_recorder_has_parts(&cli->record);
}

/* ---- the start ---- */

static void start(struct trace *t)
{
	int err;

	if (t->cli->flight.bytes)
		sct_flight_start();
	err = sct_start(t->session);

	if (err == -ESRCH)
		die("every task to be traced has exited");
	if (err == -EMFILE)
		die("cannot start the trace: 64 run already, and no more can; end one of them");
	if (err)
		die("cannot start the trace: %s", strerror(-err));
	if (!t->cli->command)
		sct_show_attached(t);
	drop_privileges(t->cli);
	if (records_without_privileges(t->cli))
		sct_recorder_begin(t);
	if (t->cli->command)
		sct_child_go(&t->child);
}

/* ---- records ---- */

/* Prints all there is now. */
static void drain(struct trace *t)
{
	struct sct_record rec;
	int ret;

	while ((ret = sct_next(t->session, &rec))) {
		if (ret < 0)
			sct_recorder_failed(t, ret);
		/* What comes behind the limit is read for the books. */
		if (ret < 0 || t->detached || t->unwritable)
			continue;
		sct_show_record(t, &rec);
		t->detached = sct_show_is_enough(t);
	}
	sct_show_flush(t);
}

/* All there is now; lines that are recorded as well go into the file by themselves. */
static void take(struct trace *t)
{
	if (!t->text && t->capture)
		sct_recorder_take(t);
	if (t->text || !t->capture)
		drain(t);
}

/* For how long to wait for records, ms. */
static int patience(const struct trace *t)
{
	int64_t left;

	if (!t->end)
		return IDLE_MS;
	left = (int64_t)(t->end - sct_live_clock(CLOCK_MONOTONIC)) / 1000000 + 1;
	return left < 1 ? 1 : left < IDLE_MS ? left : IDLE_MS;
}

static bool is_over(const struct trace *t)
{
	/* A command is traced to its end, as by strace, whether or not anybody sees it. */
	if (t->unwritable && !t->cli->command && !t->capture)
		return true;
	return t->detached || sct_live_signal || (t->end && (uint64_t)sct_live_clock(CLOCK_MONOTONIC) >= t->end);
}

/* Lines that are open belong to calls that go on. */
static void finish(struct trace *t, bool ended)
{
	bool limited = t->detached;

	t->detached = limited || (!ended && !sct_live_signal);
	if (t->unwritable)
		return;
	if (limited)
		sct_show_detach(t);
	else
		sct_show_finish(t, !ended);
}

static void follow_trace(struct trace *t)
{
	bool ended;
	int ret = SCT_WAIT_READY;

	if (t->cli->flight.bytes) {
		sct_flight_follow(t);
		ret = SCT_WAIT_ENDED;
	}
	if (t->cli->end.ns)
		t->end = sct_live_clock(CLOCK_MONOTONIC) + t->cli->end.ns;
	while (ret != SCT_WAIT_ENDED && !is_over(t)) {
		take(t);
		if (is_over(t))
			break;
		sct_summing_tick(t->summing, sct_live_clock(CLOCK_MONOTONIC));
		ret = sct_wait(t->session, sct_summing_wait_ms(t->summing, sct_live_clock(CLOCK_MONOTONIC), patience(t)));
		if (ret < 0)
			die("waiting for records: %s", strerror(-ret));
	}
	ended = ret == SCT_WAIT_ENDED;
	ret = sct_stop(t->session);
	if (ret < 0)
		die("cannot stop the trace: %s", strerror(-ret));
	if (t->cli->flight.bytes) {
		sct_flight_end(t);
		return;
	}
	/* Rounds end where not all is known yet; after the stop all is, and one round takes it. */
	take(t);
	finish(t, ended && !sct_live_signal);
}

/* ---- the end ---- */

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
	(void)sct_child_tell(&t->child);
	if (WIFSIGNALED(status))
		end_by(WTERMSIG(status));
	return WEXITSTATUS(status);
}

/* Return: whether the books balance. */
static bool close_books(struct trace *t, struct sct_counts *counts)
{
	int err = sct_counts(t->session, counts);

	if (err < 0) {
		complain("cannot tell what was lost: %s", strerror(-err));
		return false;
	}
	if (t->capture)
		sct_recorder_close(t, counts);
	/* What of the last records went into the file is not known. */
	else if (t->unrecorded && !t->text)
		return true;
	return sct_show_counts(t, counts, sct_live_signal);
}

/* The exit status. */
int sct_live_run(struct trace *t)
{
	struct sct_cli *cli = t->cli;
	struct sct_counts counts = { 0 };
	bool balanced;

	/* Before there is anything that the command would have of it. */
	if (cli->command && cli->how.apart)
		sct_child_start(&t->child, cli->command, &cli->how);
	t->session = sct_module_open();
	sct_show_calls(sct_info(t->session)->audit_arch, "the module runs on", 1);
	/* Before the output, which a mistake in the filter should leave as it is. */
	sct_cli_filter(&t->filter, &cli->filter);
	sct_flight_filters(&cli->flight);
	t->paths = &t->filter.filter;
	t->text = !cli->record.path || cli->output || cli->summary.wanted;
	if (sct_recorder_has_parts(&cli->record))
		sct_recorder_refuse_other_parts(cli->record.path);
	try_to_drop_privileges(cli);
	sct_show_open(t);
	t->out.realtime = realtime_offset();
	if (cli->command && !cli->how.apart)
		sct_child_start(&t->child, cli->command, &cli->how);
	configure(t);
	t->began = sct_live_clock(CLOCK_MONOTONIC);
	if (cli->record.path && !cli->flight.bytes && !records_without_privileges(cli))
		sct_recorder_begin(t);
	catch_signals(cli->interruptible);
	start(t);
	sct_summing_begin(t->summing, sct_live_clock(CLOCK_MONOTONIC));
	follow_trace(t);
	balanced = close_books(t, &counts);
	sct_show_close(t);
	sct_filter_free(&t->filter);
	sct_close(t->session);
	if (sct_live_signal && cli->command && !cli->how.apart)
		sct_child_signal(&t->child, sct_live_signal);
	if (cli->strict && counts.lost)
		return sct_show_lost();
	if (sct_live_signal && !(sct_live_signal == SIGPIPE && (t->unwritable || t->unrecorded)))
		end_by(sct_live_signal);
	if (!balanced)
		return 1;
	if (!cli->command)
		return t->unwritable || t->unrecorded;
	/* Whoever waits for a command that we are not the parent of has its status from itself. */
	return t->detached || cli->how.apart ? sct_child_tell(&t->child) : command_status(t);
}
