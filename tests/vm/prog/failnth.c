/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * failnth SECONDS [SEED]: every call of /dev/sctrace, with each of the module's allocations and copies from and to user memory
 * failing in turn: the first, the second, …, until none is left that could. So each call of each kind of session at least
 * once, and again until SECONDS have passed. Under the kernel's checkers that takes most of an hour: with less than 300 SECONDS,
 * any of all these until they have passed, as SEED, a number, has it.
 *
 * A call must then succeed nevertheless, or say ENOMEM for memory and EFAULT for a copy; and made again it must succeed.
 * What is leaked, the kernel finds out (kmemleak). The kernel's log says what has failed (/dev/kmsg).
 *
 * Prints what is wrong, and how many failures were made. Status 77: this kernel cannot do that.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <uapi/sctrace.h>

#include "random.h"

#define PAGE		4096UL
#define RING_BYTES	SCTRACE_RING_MIN_BYTES
#define RING_LENGTH	(PAGE + 2 * RING_BYTES)
#ifdef __aarch64__
#define FUNCTION(call)	"__arm64_sys_" call
#else
#define FUNCTION(call)	"__x64_sys_" call
#endif
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

static int fail_nth, kmsg;
static pid_t traced;
static unsigned long failures, wrongs;

__attribute__((format(printf, 1, 2)))
static void wrong(const char *format, ...)
{
	va_list args;

	if (wrongs++ >= 30)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

static void give_up(const char *what)
{
	printf("%s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- kinds of sessions ---- */

#define TEXT "calls/usr/bin/calls"

struct kind {
	const char *name;
	unsigned int scope, mode, nr_tests;
	struct sctrace_test tests[4];
	bool plans, filter, paths, symbols;
	bool ends;		/* in a way of its own */
};

#define TESTS	SCTRACE_SCOPE_TESTS
#define TEXT_OF(at, n)	.offset = at, .length = n

static struct kind kinds[] = {
	{ "everything", TESTS, SCTRACE_MODE_DISCARD },
	{ "a task", TESTS | SCTRACE_SCOPE_FOLLOW, SCTRACE_MODE_LOSSLESS, 1, { { .key = SCTRACE_KEY_TASK } } },
	{ "a tree", TESTS, SCTRACE_MODE_OVERWRITE, 2, {
		{ .key = SCTRACE_KEY_TREE },
		{ .key = SCTRACE_KEY_COMM, .group = 1, TEXT_OF(0, 5) } } },
	{ "an executable", TESTS, SCTRACE_MODE_DISCARD, 1, { { .key = SCTRACE_KEY_EXE, TEXT_OF(5, 14) } } },
	{ "users and containers", TESTS | SCTRACE_SCOPE_FOLLOW, SCTRACE_MODE_DISCARD, 4, {
		{ .key = SCTRACE_KEY_UID, .high = 1000 },
		{ .key = SCTRACE_KEY_NETNS, .group = 1, .high = ~0ULL },
		{ .key = SCTRACE_KEY_CGROUP_TREE, .group = 2, .high = ~0ULL },
		{ .key = SCTRACE_KEY_CONTAINER_OLD, .group = 3, .digits = 64, .flags = SCTRACE_TEST_NOT } },
	  .ends = true },
	{ "the default", SCTRACE_SCOPE_DEFAULT, SCTRACE_MODE_DISCARD },
	{ "a filter", TESTS, SCTRACE_MODE_DISCARD, .filter = true },
	{ "plans and paths", TESTS, SCTRACE_MODE_DISCARD, .plans = true, .paths = true },
	{ "kprobes", TESTS, SCTRACE_MODE_DISCARD, .symbols = true, .ends = true },
};

static const struct sctrace_step steps[] = {
	{ .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .max = 4096 },
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 1, .max = 4096,
	  .flags = SCTRACE_STEP_PATH },
	{ .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_MAPS, .len_from = SCTRACE_LEN_MAX,
	  .max = 4096 },
};
static const struct sctrace_plan plans[] = {
	{ .nr = SYS_openat, .nr_args = 4, .nr_steps = 3 },
	{ .nr = SYS_fcntl, .nr_args = 2, .first_step = 3, .select_arg = 1, .select_mask = ~0u, .select_value = F_GETFD },
	{ .nr = SYS_fcntl, .nr_args = 3, .first_step = 3, .select_arg = 1, .select_mask = ~0u, .select_value = F_SETFD },
};
static const struct sock_filter program[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
	BPF_STMT(BPF_RET | BPF_A, 0),
};
static const struct sctrace_path path = { .match = SCTRACE_MATCH_PREFIX, .length = 4 };
static struct sctrace_symbol symbols[2];
static struct sctrace_filter filter;

static void all_calls(struct sctrace_filter *f)
{
	unsigned int i;

	*f = (struct sctrace_filter) { .size = sizeof(*f) };
	for (i = 0; i < SCTRACE_ABI_COUNT; i++)
		memset(f->calls[i], 0xff, sizeof(f->calls[i]));
	memset(f->results, 0xff, sizeof(f->results));
}

static void add_policy(struct sctrace_config *c, const struct kind *k)
{
	c->size = sizeof(*c);
	c->scope = k->scope;
	if (k->nr_tests) {
		c->tests = (unsigned long)k->tests;
		c->nr_tests = k->nr_tests;
		c->text = (unsigned long)TEXT;
		c->text_bytes = strlen(TEXT);
	}
	if (!k->filter && !k->paths)
		return;
	all_calls(&filter);
	c->filter = (unsigned long)&filter;
	if (k->filter) {
		filter.rate = 10;
		filter.min_duration = 1;
		filter.program = (unsigned long)program;
		filter.nr_insns = ARRAY_SIZE(program);
	} else {
		filter.paths = (unsigned long)&path;
		filter.nr_paths = 1;
		filter.path_text = (unsigned long)"/etc";
		filter.path_text_bytes = 4;
	}
}

static struct sctrace_config config_of(const struct kind *k)
{
	struct sctrace_config c = { .ring_bytes = RING_BYTES, .mode = k->mode };

	add_policy(&c, k);
	if (k->plans) {
		c.plans = (unsigned long)plans;
		c.nr_plans = ARRAY_SIZE(plans);
		c.steps = (unsigned long)steps;
		c.nr_steps = ARRAY_SIZE(steps);
	}
	if (k->symbols) {
		symbols[0] = (struct sctrace_symbol) { .name = FUNCTION("close") };
		symbols[1] = (struct sctrace_symbol) { .name = FUNCTION("openat") };
		c.symbols = (unsigned long)symbols;
		c.nr_symbols = ARRAY_SIZE(symbols);
	}
	return c;
}

/* ---- calls ---- */

/* Of the call that is tried now. */
static int fd = -1;
static const struct kind *kind;
static void *mapped;

static long do_open(void)
{
	fd = open(SCTRACE_DEVICE, O_RDWR | O_CLOEXEC);
	return fd;
}

static long do_close(void)
{
	long ret = close(fd);

	fd = -1;
	return ret;
}

static long do_info(void)
{
	struct sctrace_info info = { .size = sizeof(info) };

	return ioctl(fd, SCTRACE_IOC_INFO, &info);
}

static long do_config(void)
{
	struct sctrace_config c = config_of(kind);
	unsigned int i;
	long ret = ioctl(fd, SCTRACE_IOC_CONFIG, &c);

	/* Memory that is short is no reason to say that the kernel has no such function. */
	for (i = 0; !ret && i < c.nr_symbols; i++) {
		if (!symbols[i].found)
			wrong("configure %s: %s is not found", kind->name, symbols[i].name);
	}
	return ret;
}

static long do_start(void)
{
	return ioctl(fd, SCTRACE_IOC_START);
}

static long do_change(void)
{
	struct sctrace_config c = { 0 };

	add_policy(&c, kind);
	return ioctl(fd, SCTRACE_IOC_CHANGE, &c);
}

static long do_stats(void)
{
	struct sctrace_stats stats = { .size = sizeof(stats), .cpu = SCTRACE_ALL_CPUS };

	return ioctl(fd, SCTRACE_IOC_STATS, &stats);
}

static long do_room(void)
{
	return ioctl(fd, SCTRACE_IOC_ROOM);
}

static long do_stop(void)
{
	return ioctl(fd, SCTRACE_IOC_STOP);
}

static long do_poll(void)
{
	struct pollfd poller = { .fd = fd, .events = POLLIN };

	return poll(&poller, 1, 0);
}

static long do_map_ring(void)
{
	mapped = mmap(NULL, RING_LENGTH, PROT_READ, MAP_SHARED, fd, SCTRACE_MMAP_RING(0));
	return mapped == MAP_FAILED ? -1 : munmap(mapped, RING_LENGTH);
}

static long do_map_cons(void)
{
	mapped = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, SCTRACE_MMAP_CONS(0));
	return mapped == MAP_FAILED ? -1 : munmap(mapped, PAGE);
}

/* How far a session must have come for a call. */
enum state { NONE, OPEN, CONFIGURED, RUNNING, STOPPED };

static const struct call {
	const char *name;
	long (*make)(void);
	enum state state;
	enum { FIRST, ENDS, EACH } kinds;	/* of sessions: the first, those with .ends as well, or all */
} all_calls_there_are[] = {
	{ "open", do_open, NONE, FIRST },
	{ "info", do_info, OPEN, FIRST },
	{ "configure", do_config, OPEN, EACH },
	{ "map the ring", do_map_ring, CONFIGURED, FIRST },
	{ "map the reader's page", do_map_cons, CONFIGURED, FIRST },
	{ "start", do_start, CONFIGURED, EACH },
	{ "poll", do_poll, RUNNING, FIRST },
	{ "statistics", do_stats, RUNNING, FIRST },
	{ "room", do_room, RUNNING, FIRST },
	{ "change", do_change, RUNNING, EACH },
	{ "stop", do_stop, RUNNING, ENDS },
	{ "close", do_close, RUNNING, ENDS },
	{ "close after stop", do_close, STOPPED, FIRST },
};

/* Another session of the kind, that runs; -1: none. */
static int beside = -1;

static void begin_beside(void)
{
	int mine = fd;

	if (do_open() < 0 || do_config() < 0 || do_start() < 0)
		give_up("a session beside it");
	beside = fd;
	fd = mine;
}

/* A fresh session, brought to where the call needs it. That to be changed is one of the first kind. */
static void prepare(const struct call *call)
{
	const struct kind *wanted = kind;

	if (call->make == do_change)
		kind = &kinds[0];
	if (call->state >= OPEN && do_open() < 0)
		give_up("open");
	if (call->state >= CONFIGURED && do_config() < 0)
		give_up("configure");
	if (call->state >= RUNNING && do_start() < 0)
		give_up("start");
	if (call->state >= STOPPED && do_stop() < 0)
		give_up("stop");
	kind = wanted;
	/* A function's first kprobe takes no memory; the second does, and what it takes stays until both are gone. */
	if (kind->symbols)
		begin_beside();
}

static void clean_up(void)
{
	if (fd >= 0)
		do_close();
	if (beside >= 0)
		close(beside);
	beside = -1;
}

/* ---- failing ---- */

static bool write_file(const char *path, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	bool done = file >= 0 && write(file, text, strlen(text)) > 0;

	if (file >= 0)
		close(file);
	return done;
}

static bool set(const char *fault, const char *name, const char *value)
{
	char path[100];

	snprintf(path, sizeof(path), "/sys/kernel/debug/%s/%s", fault, name);
	return write_file(path, value);
}

/* Where the module's text is. What else fails on the way into it and out of it is the kernel's own business. */
static bool find_module(char *start, char *end, size_t size)
{
	FILE *file = fopen("/proc/modules", "r");
	unsigned long bytes, at;
	bool found = false;
	char line[512];

	while (file && !found && fgets(line, sizeof(line), file))
		found = sscanf(line, "sctrace %lu %*s %*s %*s %lx", &bytes, &at) == 2 && at;
	if (file)
		fclose(file);
	snprintf(start, size, "%#lx", at);
	snprintf(end, size, "%#lx", at + bytes);
	return found;
}

/*
 * The kernel warns if ftrace has no memory for a kprobe, and goes on as if it had been taken off: it is not ready for that.
 * That is not ours to find.
 */
static void spare_ftrace(const char *fault)
{
	static const char *const names[] = { "ftrace_set_filter_ip", "register_ftrace_function", "unregister_ftrace_function" };
	unsigned long at, start = ~0UL, end = 0;
	FILE *file = fopen("/proc/kallsyms", "r");
	char line[512], name[256], text[32];
	size_t i;

	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%lx %*c %255s", &at, name) != 2)
			continue;
		for (i = 0; i < ARRAY_SIZE(names); i++) {
			if (strcmp(name, names[i]))
				continue;
			start = at < start ? at : start;
			end = at > end ? at : end;
		}
	}
	if (file)
		fclose(file);
	if (!end)
		return;
	snprintf(text, sizeof(text), "%#lx", start);
	set(fault, "reject-start", text);
	snprintf(text, sizeof(text), "%#lx", end + PAGE);
	set(fault, "reject-end", text);
}

static void set_up(void)
{
	static const char *const faults[] = { "failslab", "fail_page_alloc", "fail_usercopy" };
	char start[32], end[32];
	size_t i;

	fail_nth = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fail_nth < 0 || kmsg < 0 || !set("failslab", "ignore-gfp-wait", "N") ||
	    !set("fail_page_alloc", "ignore-gfp-wait", "N") || !set("fail_page_alloc", "min-order", "0"))
		exit(77);
	set("fail_page_alloc", "ignore-gfp-highmem", "N");
	set("failslab", "cache-filter", "N");
	if (!find_module(start, end, sizeof(start)))
		give_up("find the module");
	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		/* A line that says what has failed, and no stack. */
		if (!set(faults[i], "verbose", "1"))
			exit(77);
		if (set(faults[i], "require-start", start) && set(faults[i], "require-end", end))
			set(faults[i], "stacktrace-depth", "32");
		spare_ftrace(faults[i]);
	}
}

/* What the kernel says has failed. */
static bool log_says(const char *text)
{
	char record[2048];
	bool found = false;
	ssize_t got;

	while ((got = read(kmsg, record, sizeof(record) - 1)) > 0 || errno == EPIPE) {
		record[got > 0 ? got : 0] = '\0';
		found |= strstr(record, text) != NULL;
	}
	return found;
}

static void arm(unsigned int nth)
{
	char text[16];

	lseek(kmsg, 0, SEEK_END);
	snprintf(text, sizeof(text), "%u", nth);
	if (pwrite(fail_nth, text, strlen(text), 0) < 0)
		give_up("arm");
}

/* Return: whether something has failed. What reads and writes this may itself be what fails, if the call was not. */
static bool disarm(void)
{
	char text[16] = "";
	bool failed = pread(fail_nth, text, sizeof(text) - 1, 0) > 0 && !atoi(text);

	while (pwrite(fail_nth, "0", 1, 0) < 0)
		;
	return failed;
}

/* What must be so after a call of which something has failed. */
static void check(const struct call *call, unsigned int nth, long ret, int err)
{
	bool copy = log_says("name fail_usercopy");

	failures++;
	if (ret < 0 && err != (copy ? EFAULT : ENOMEM))
		wrong("%s (%s), %s %u fails: %s", call->name, kind->name, copy ? "copy" : "allocation", nth, strerror(err));
	if (ret >= 0 || call->make == do_close)
		return;
	ret = call->make();
	if (ret < 0)
		wrong("%s (%s), again after %s %u has failed: %s", call->name, kind->name, copy ? "copy" : "allocation",
		      nth, strerror(errno));
}

/* Return: whether there was an nth thing that could fail. */
static bool fail_nth_of(const struct call *call, unsigned int nth)
{
	bool failed;
	long ret;
	int err;

	prepare(call);
	arm(nth);
	ret = call->make();
	err = errno;
	failed = disarm();
	if (failed)
		check(call, nth, ret, err);
	else if (ret < 0)
		wrong("%s (%s), without a failure: %s", call->name, kind->name, strerror(err));
	clean_up();
	return failed;
}

/* Whether the call can be made in a session of the kind, and is another one than in those of the first. */
static bool goes_with_kind(const struct call *call)
{
	if (kind != kinds && call->kinds != EACH && !(call->kinds == ENDS && kind->ends))
		return false;
	/* What nothing can be changed to. */
	return call->make != do_change || !(kind->symbols || kind->plans);
}

static void pass(void)
{
	const struct call *call;
	unsigned long before;
	unsigned int nth;

	for (kind = kinds; kind < kinds + ARRAY_SIZE(kinds); kind++) {
		for (call = all_calls_there_are; call < all_calls_there_are + ARRAY_SIZE(all_calls_there_are); call++) {
			if (!goes_with_kind(call))
				continue;
			before = failures;
			for (nth = 1; fail_nth_of(call, nth); nth++)
				;
			printf("%s (%s): %lu\n", call->name, kind->name, failures - before);
		}
	}
}

/* Most calls have no more that can fail; the others' further ones are for a pass. */
#define MOST_HAVE	40

static void any_until(time_t end)
{
	const struct call *call;

	while (time(NULL) < end) {
		kind = &PICK(kinds);
		call = &PICK(all_calls_there_are);
		if (goes_with_kind(call))
			fail_nth_of(call, 1 + below(MOST_HAVE));
	}
}

int main(int argc, char **argv)
{
	unsigned int seconds = argc > 1 ? atoi(argv[1]) : 0, passes = 0;
	time_t end = time(NULL) + seconds;

	traced = fork();
	if (!traced) {
		for (;;)
			pause();
	}
	kinds[1].tests[0].low = traced;
	kinds[2].tests[0].low = traced;
	set_up();
	seed_random(argc > 2 ? strtoul(argv[2], NULL, 0) : 1);
	if (seconds < 300)
		any_until(end);
	else
		do {
			pass();
			passes++;
		} while (time(NULL) < end);
	kill(traced, SIGKILL);
	printf("%lu failures, %u passes\n", failures, passes);
	return wrongs != 0;
}
