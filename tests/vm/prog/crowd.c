/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * crowd THREADS SECONDS SEED PID [close]: threads that open, configure, map, start, change, stop and close sessions of
 * every mode, in any order, and call each other's as well. PID is a task to trace.
 *
 * What each call may say is checked; and in the end, that the module's totals of ended sessions have grown by exactly what
 * these sessions have said: how many they were, what was produced, read, lost and overwritten. With "close" no session
 * is stopped but by its end, so only what was read is known.
 *
 * Prints what is wrong, and how many sessions and calls there were.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/filter.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <uapi/sctrace.h>

#define MAX_THREADS	32
#define MAX_CPUS	16
#define PAGE		4096

static unsigned int nr_threads, nr_cpus;
static time_t end_at;
static bool only_close;
static pid_t traced;
static atomic_ulong calls, wrongs;

/* The session of a thread, for others to call. */
static struct slot {
	atomic_int fd;		/* -1: none */
	atomic_uint users;
} slots[MAX_THREADS];

struct sums {
	uint64_t sessions, produced, read, lost, overwritten;
};

struct thread {
	pthread_t handle;
	struct slot *slot;
	unsigned int seed;
	unsigned long opened;
	struct sums sums;	/* of sessions that have been started */
	/* Of the session of now. */
	int fd;
	struct sctrace_config config;
	bool known;		/* the configuration is this one */
	uint64_t read;
	struct sctrace_prod *prod[MAX_CPUS];
	struct sctrace_cons *cons[MAX_CPUS];
};

__attribute__((format(printf, 1, 2)))
static void wrong(const char *format, ...)
{
	va_list args;

	if (atomic_fetch_add(&wrongs, 1) >= 20)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

static unsigned int any(struct thread *t, unsigned int below)
{
	return rand_r(&t->seed) / 7 % below;
}

/* What a call said must be 0 or one of these errors; the list ends with 0. */
static int allowed(const char *what, long ret, ...)
{
	int got = ret < 0 ? errno : 0, err = 0;
	va_list errors;

	atomic_fetch_add(&calls, 1);
	if (!got)
		return 0;
	va_start(errors, ret);
	do
		err = va_arg(errors, int);
	while (err && err != got);
	va_end(errors);
	if (!err)
		wrong("%s: %s", what, strerror(got));
	return -got;
}

/* ---- what sessions ask for ---- */

/* Pointed to by configurations: the same for all, and never written. */
static const struct sctrace_step steps[] = {
	{ .op = SCTRACE_STEP_FD, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .max = 4096 },
	{ .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG, .index = 1, .max = 4096,
	  .flags = SCTRACE_STEP_PATH },
	{ .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_EXIT, .base = SCTRACE_BASE_ARG, .index = 1, .max = 512,
	  .len_from = SCTRACE_LEN_RESULT, .unit = 1 },
};
static const struct sctrace_plan plans[] = {
	{ .nr = SYS_openat, .nr_args = 4, .first_step = 0, .nr_steps = 2 },
	{ .nr = SYS_read, .nr_args = 3, .first_step = 2, .nr_steps = 1 },
	{ .nr = SYS_close, .nr_args = 1 },
};
static const struct sock_filter low_bits[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
	BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 1),
	BPF_STMT(BPF_RET | BPF_A, 0),
};

static void choose_filter(struct thread *t, struct sctrace_filter *filter)
{
	unsigned int i;

	*filter = (struct sctrace_filter) { .size = sizeof(*filter) };
	for (i = 0; i < SCTRACE_ABI_COUNT; i++) {
		memset(filter->calls[i], 0xff, sizeof(filter->calls[i]));
		filter->sigreturns[i] = 1;
	}
	memset(filter->results, 0xff, sizeof(filter->results));
	switch (any(t, 6)) {
	case 0: filter->flags = SCTRACE_FILTER_WHOLE; break;
	case 1: filter->flags = SCTRACE_FILTER_NO_ENTER; break;
	case 2: filter->min_duration = 1000; break;
	case 3: filter->sample = 3; break;
	case 4: filter->rate = 100; break;
	case 5:
		filter->program = (unsigned long)low_bits;
		filter->nr_insns = sizeof(low_bits) / sizeof(low_bits[0]);
		break;
	}
}

static const char text[] = "calls/usr/bin/calls";

/* Of a scope: one test, or none. */
static void choose_test(struct thread *t, struct sctrace_test *test)
{
	*test = (struct sctrace_test) { 0 };
	switch (any(t, 7)) {
	case 0: test->key = SCTRACE_KEY_TASK; test->low = traced; break;
	case 1: test->key = SCTRACE_KEY_TREE; test->low = traced; break;
	case 2: test->key = SCTRACE_KEY_UID; test->high = 1000; break;
	case 3: test->key = SCTRACE_KEY_COMM; test->length = 5; break;
	case 4: test->key = SCTRACE_KEY_EXE; test->offset = 5; test->length = 14; break;
	case 5: test->key = SCTRACE_KEY_NEW; test->flags = SCTRACE_TEST_NOT; break;
	case 6: test->key = SCTRACE_KEY_CONTAINER; test->digits = 64; test->flags = SCTRACE_TEST_NOT; break;
	}
}

/* What a configuration points to. */
struct wanted {
	struct sctrace_test test;
	struct sctrace_filter filter;
	struct sctrace_symbol symbol;
};

static void choose_policy(struct thread *t, struct sctrace_config *c, struct wanted *w)
{
	c->size = sizeof(*c);
	c->scope = SCTRACE_SCOPE_TESTS | (any(t, 2) ? SCTRACE_SCOPE_FOLLOW : 0);
	choose_test(t, &w->test);
	if (any(t, 3)) {
		c->tests = (unsigned long)&w->test;
		c->nr_tests = 1;
		c->text = (unsigned long)text;
		c->text_bytes = sizeof(text) - 1;
	}
	if (any(t, 2)) {
		choose_filter(t, &w->filter);
		c->filter = (unsigned long)&w->filter;
	}
}

static struct sctrace_config choose(struct thread *t, struct wanted *w)
{
	struct sctrace_config c = { .ring_bytes = SCTRACE_RING_MIN_BYTES << any(t, 3), .mode = any(t, SCTRACE_MODE_COUNT) };

	choose_policy(t, &c, w);
	if (c.mode == SCTRACE_MODE_LOSSLESS)
		c.wait_ms = any(t, 3) * 10;
	if (any(t, 2)) {
		c.plans = (unsigned long)plans;
		c.nr_plans = sizeof(plans) / sizeof(plans[0]);
		c.steps = (unsigned long)steps;
		c.nr_steps = sizeof(steps) / sizeof(steps[0]);
	}
#ifdef __x86_64__
	if (!any(t, 8) && !(c.filter && w->filter.flags & SCTRACE_FILTER_NO_ENTER)) {
		w->symbol = (struct sctrace_symbol) { .name = "__x64_sys_close" };
		c.symbols = (unsigned long)&w->symbol;
		c.nr_symbols = 1;
	}
#endif
	return c;
}

/* ---- calls, of one's own session or another's ---- */

static int configure(struct thread *t, int fd, struct sctrace_config *c)
{
	struct wanted w;

	*c = choose(t, &w);
	return allowed("configure", ioctl(fd, SCTRACE_IOC_CONFIG, c), EBUSY, fd == t->fd ? 0 : EBADF, 0);
}

/* A filter has NO_ENTER or has not, whatever the session has: EINVAL. */
static void change(struct thread *t, int fd)
{
	struct sctrace_config c = { 0 };
	struct wanted w;

	choose_policy(t, &c, &w);
	if (any(t, 2)) {
		c.scope = SCTRACE_SCOPE_KEEP;
		c.tests = c.text = 0;
		c.nr_tests = c.text_bytes = 0;
	}
	allowed("change", ioctl(fd, SCTRACE_IOC_CHANGE, &c), EINVAL, fd == t->fd ? 0 : EBADF, 0);
}

static int ask_stats(int fd, struct sctrace_stats *stats)
{
	*stats = (struct sctrace_stats) { .size = sizeof(*stats), .cpu = SCTRACE_ALL_CPUS };
	return allowed("stats", ioctl(fd, SCTRACE_IOC_STATS, stats), EINVAL, EBADF, 0);
}

static void map_and_unmap(struct thread *t, int fd)
{
	size_t length = PAGE + 2 * (SCTRACE_RING_MIN_BYTES << any(t, 3));
	void *at = mmap(NULL, length, PROT_READ, MAP_SHARED, fd, SCTRACE_MMAP_RING(any(t, nr_cpus)));

	allowed("map", at == MAP_FAILED ? -1 : 0, EINVAL, EBADF, 0);
	if (at != MAP_FAILED)
		munmap(at, length);
}

/* A child has the file a little longer than this process. */
static void lend(int fd)
{
	struct sctrace_stats stats = { .size = sizeof(stats), .cpu = SCTRACE_ALL_CPUS };
	pid_t child = fork();

	if (!child) {
		ioctl(fd, SCTRACE_IOC_STATS, &stats);
		usleep(2000);
		_exit(0);
	}
	if (child > 0)
		waitpid(child, NULL, 0);
}

static void call_anything(struct thread *t, int fd)
{
	struct sctrace_info info = { .size = sizeof(info) };
	struct pollfd poller = { .fd = fd, .events = POLLIN };
	struct sctrace_config config;
	struct sctrace_stats stats;

	switch (any(t, 9)) {
	case 0: allowed("info", ioctl(fd, SCTRACE_IOC_INFO, &info), EBADF, 0); break;
	case 1: configure(t, fd, &config); break;
	case 2: allowed("start", ioctl(fd, SCTRACE_IOC_START), EINVAL, EBUSY, EBADF, 0); break;
	case 3: allowed("stop", ioctl(fd, SCTRACE_IOC_STOP), EINVAL, EBADF, 0); break;
	case 4: ask_stats(fd, &stats); break;
	case 5: change(t, fd); break;
	case 6: allowed("room", ioctl(fd, SCTRACE_IOC_ROOM), EINVAL, EBADF, 0); break;
	case 7: map_and_unmap(t, fd); break;
	case 8: allowed("poll", poll(&poller, 1, any(t, 3)), 0); break;
	}
}

/* A descriptor of another thread may mean nothing by now, or another session: in "close" nobody is waited for. */
static void call_another(struct thread *t)
{
	struct slot *slot = &slots[any(t, nr_threads)];
	int fd;

	atomic_fetch_add(&slot->users, 1);
	fd = atomic_load(&slot->fd);
	if (fd >= 0 && slot != t->slot)
		call_anything(t, fd);
	atomic_fetch_sub(&slot->users, 1);
}

/* ---- reading ---- */

static void map_rings(struct thread *t)
{
	size_t length = PAGE + 2 * (size_t)t->config.ring_bytes;
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpus; cpu++) {
		if (!any(t, 4))
			continue;
		t->prod[cpu] = mmap(NULL, length, PROT_READ, MAP_SHARED, t->fd, SCTRACE_MMAP_RING(cpu));
		t->cons[cpu] = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, t->fd, SCTRACE_MMAP_CONS(cpu));
		if (t->prod[cpu] == MAP_FAILED || t->cons[cpu] == MAP_FAILED)
			wrong("map the ring of CPU %u: %s", cpu, strerror(errno));
	}
}

static void unmap_rings(struct thread *t)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpus; cpu++) {
		if (t->prod[cpu])
			munmap(t->prod[cpu], PAGE + 2 * (size_t)t->config.ring_bytes);
		if (t->cons[cpu])
			munmap(t->cons[cpu], PAGE);
		t->prod[cpu] = NULL;
		t->cons[cpu] = NULL;
	}
}

/* Some of what is there, or all of it. */
static void read_ring(struct thread *t, unsigned int cpu)
{
	const uint8_t *data = (const uint8_t *)t->prod[cpu] + PAGE;
	uint64_t head = __atomic_load_n(&t->prod[cpu]->head, __ATOMIC_ACQUIRE), tail = t->cons[cpu]->tail;
	unsigned int limit = any(t, 2) ? ~0u : any(t, 200);
	const struct sctrace_hdr *hdr;

	if (head - tail > t->config.ring_bytes)
		wrong("%" PRIu64 " bytes in a ring of %u", head - tail, t->config.ring_bytes);
	while (tail < head && limit--) {
		hdr = (const void *)(data + (tail & (t->config.ring_bytes - 1)));
		if (hdr->words < 3 || hdr->words * 8u > head - tail || hdr->type < 1 || hdr->type > SCTRACE_REC_CALL) {
			wrong("no record: type %u, %u words, %" PRIu64 " bytes are there", hdr->type, hdr->words,
			      head - tail);
			return;
		}
		t->read += hdr->type != SCTRACE_REC_GAP;
		tail += hdr->words * 8u;
	}
	__atomic_store_n(&t->cons[cpu]->tail, tail, __ATOMIC_RELEASE);
}

static void read_some(struct thread *t)
{
	unsigned int cpu;

	if (t->config.mode == SCTRACE_MODE_OVERWRITE)
		return;
	for (cpu = 0; cpu < nr_cpus; cpu++) {
		if (t->prod[cpu] && any(t, 3))
			read_ring(t, cpu);
	}
	allowed("room", ioctl(t->fd, SCTRACE_IOC_ROOM), 0);
}

/* ---- a session ---- */

static void use(struct thread *t)
{
	unsigned int n = any(t, 12);

	while (n--) {
		if (any(t, 4) == 0)
			call_another(t);
		else if (t->known && any(t, 2))
			read_some(t);
		else if (only_close && any(t, 30) == 0)
			lend(t->fd);
		else
			usleep(any(t, 3000));
		if (any(t, 3) == 0)
			change(t, t->fd);
	}
}

/* From here on nobody else calls it. Adds up what it says of itself. */
static void account(struct thread *t)
{
	struct sctrace_stats stats;

	atomic_store(&t->slot->fd, -1);
	while (!only_close && atomic_load(&t->slot->users))
		sched_yield();
	t->sums.read += t->read;
	if (only_close || allowed("stop", ioctl(t->fd, SCTRACE_IOC_STOP), EINVAL, 0))
		return;
	if (ask_stats(t->fd, &stats))
		return;
	t->sums.sessions++;
	t->sums.produced += stats.produced;
	t->sums.lost += stats.lost;
	t->sums.overwritten += stats.overwritten;
	/* And what comes from its rings after the end is the same. */
	if (t->known && any(t, 2)) {
		t->sums.read -= t->read;
		read_some(t);
		t->sums.read += t->read;
	}
}

static void one_session(struct thread *t)
{
	t->read = 0;
	t->fd = open(SCTRACE_DEVICE, O_RDWR | O_CLOEXEC);
	if (allowed("open", t->fd, 0))
		return;
	t->opened++;
	atomic_store(&t->slot->fd, t->fd);
	if (any(t, 10) == 0)
		call_anything(t, t->fd);
	t->known = configure(t, t->fd, &t->config) == 0;
	if (t->known)
		map_rings(t);
	if (any(t, 4))
		allowed("start", ioctl(t->fd, SCTRACE_IOC_START), EINVAL, EBUSY, 0);
	use(t);
	account(t);
	/* A mapping keeps the session: it ends with whichever goes last. */
	if (any(t, 2)) {
		close(t->fd);
		usleep(any(t, 1000));
		unmap_rings(t);
	} else {
		unmap_rings(t);
		close(t->fd);
	}
}

static void *run(void *arg)
{
	struct thread *t = arg;

	while (time(NULL) < end_at)
		one_session(t);
	return NULL;
}

/* ---- the module's totals ---- */

static struct sums ended(void)
{
	FILE *file = fopen("/sys/class/misc/sctrace/ended", "r");
	struct sums sums = { 0 };
	uint64_t value;
	char name[32];

	while (file && fscanf(file, "%31s %" SCNu64, name, &value) == 2) {
		if (!strcmp(name, "sessions"))
			sums.sessions = value;
		else if (!strcmp(name, "produced"))
			sums.produced = value;
		else if (!strcmp(name, "read"))
			sums.read = value;
		else if (!strcmp(name, "lost"))
			sums.lost = value;
		else if (!strcmp(name, "overwritten"))
			sums.overwritten = value;
	}
	if (file)
		fclose(file);
	return sums;
}

static void compare(const char *what, uint64_t said, uint64_t before, uint64_t after)
{
	if (after - before != said)
		wrong("%s: the sessions have said %" PRIu64 ", the totals have grown by %" PRIu64, what, said, after - before);
}

int main(int argc, char **argv)
{
	static struct thread threads[MAX_THREADS];
	struct sums before, after, sums = { 0 };
	unsigned long opened = 0;
	unsigned int i;

	if (argc < 5)
		return 2;
	nr_threads = atoi(argv[1]);
	end_at = time(NULL) + atoi(argv[2]);
	traced = atoi(argv[4]);
	only_close = argc > 5;
	nr_cpus = sysconf(_SC_NPROCESSORS_CONF);
	if (nr_threads < 1 || nr_threads > MAX_THREADS || nr_cpus > MAX_CPUS)
		return 2;
	before = ended();
	for (i = 0; i < nr_threads; i++)
		atomic_store(&slots[i].fd, -1);
	for (i = 0; i < nr_threads; i++) {
		threads[i].seed = atoi(argv[3]) + i;
		threads[i].slot = &slots[i];
		pthread_create(&threads[i].handle, NULL, run, &threads[i]);
	}
	for (i = 0; i < nr_threads; i++) {
		pthread_join(threads[i].handle, NULL);
		opened += threads[i].opened;
		sums.sessions += threads[i].sums.sessions;
		sums.produced += threads[i].sums.produced;
		sums.read += threads[i].sums.read;
		sums.lost += threads[i].sums.lost;
		sums.overwritten += threads[i].sums.overwritten;
	}
	after = ended();
	compare("read", sums.read, before.read, after.read);
	if (!only_close) {
		compare("sessions", sums.sessions, before.sessions, after.sessions);
		compare("produced", sums.produced, before.produced, after.produced);
		compare("lost", sums.lost, before.lost, after.lost);
		compare("overwritten", sums.overwritten, before.overwritten, after.overwritten);
	}
	printf("%lu sessions, %lu calls, %" PRIu64 " records, %" PRIu64 " read\n", opened, atomic_load(&calls),
	       after.produced - before.produced, after.read - before.read);
	return atomic_load(&wrongs) != 0;
}
