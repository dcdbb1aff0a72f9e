/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzzioctl SECONDS [SEED [CASES [IOCTLS]]]: ioctls of /dev/sctrace with what is right by the rules (fuzzplan.h), and with parts
 * of it replaced: lengths, counts, offsets, flags, reserved fields, pointers to nowhere, to a page's edge, to memory that
 * may not be read or written, and in some cases written to by another thread while the module copies it, which makes ioctls
 * of its own meanwhile. What the module takes is run: a worker makes calls with pointers into memory that is known, and what
 * the records hold is compared with it (fuzzcheck.h).
 *
 * What must hold: what is right is taken; an error is one of those that docs/ABI.md has, and bad_index is in the array that
 * bad_array names; every record is whole and of no memory but that named; produced = delivered + lost + overwritten.
 *
 * Prints what does not, with the case's seed: "fuzzioctl 0 SEED 1" does that case again, to the moment of the other thread.
 * It ends when SECONDS are over, and CASES (default: 1) and IOCTLS (default: 0) have been made. Then prints their numbers, as
 * "N WHAT".
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

#include "fuzzcheck.h"
#include "fuzzdesk.h"
#include "fuzzplan.h"

#define MAX_CPUS	64
#define MAX_CALLS	12
#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

static uint64_t seed;
static unsigned int nr_wrong;
static unsigned long nr_calls, nr_taken, nr_records;

static void wrong(const char *format, ...)
{
	va_list args;

	if (nr_wrong++ >= 20)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf(" (seed %lu)\n", seed);
	fflush(stdout);
}

/* ---- ioctls ---- */

/* docs/ABI.md has them. */
static const int info_errors[] = { EFAULT, EINVAL, E2BIG };
static const int config_errors[] = { EPERM, EFAULT, EINVAL, E2BIG, EBUSY, ESRCH, EOPNOTSUPP, ENOMEM };
static const int start_errors[] = { EINVAL, EBUSY, ESRCH, ENOMEM, EMFILE, EOPNOTSUPP };
static const int stop_errors[] = { EINVAL };
static const int stats_errors[] = { EFAULT, EINVAL, E2BIG, ENXIO };
static const int change_errors[] = { EPERM, EFAULT, EINVAL, E2BIG, ESRCH, EOPNOTSUPP, ENOMEM };

static const struct { unsigned long nr; const int *errors; size_t n; } ioctls[] = {
	{ SCTRACE_IOC_INFO, info_errors, COUNT(info_errors) },
	{ SCTRACE_IOC_CONFIG, config_errors, COUNT(config_errors) },
	{ SCTRACE_IOC_START, start_errors, COUNT(start_errors) },
	{ SCTRACE_IOC_STOP, stop_errors, COUNT(stop_errors) },
	{ SCTRACE_IOC_STATS, stats_errors, COUNT(stats_errors) },
	{ SCTRACE_IOC_CHANGE, change_errors, COUNT(change_errors) },
	{ SCTRACE_IOC_ROOM, stop_errors, COUNT(stop_errors) },
};

static int call(int fd, unsigned long op, const void *arg)
{
	int ret = ioctl(fd, op, arg), err = ret ? errno : 0;
	size_t i, j;

	__atomic_fetch_add(&nr_calls, 1, __ATOMIC_RELAXED);
	for (i = 0; err && i < COUNT(ioctls); i++) {
		if (_IOC_NR(ioctls[i].nr) != _IOC_NR(op))
			continue;
		for (j = 0; j < ioctls[i].n && ioctls[i].errors[j] != err; j++)
			;
		if (j == ioctls[i].n)
			wrong("ioctl %lu: %s", _IOC_NR(op), strerror(err));
	}
	if (ret > 0)
		wrong("ioctl %lu: %d", _IOC_NR(op), ret);
	return err;
}

/* INFO, STATS and numbers that there are not. */
static void call_small(int fd)
{
	char bytes[PAGE + 64];
	unsigned long op;
	uint32_t *words = (void *)(seldom(2) ? SLOT(SMALL) + BLOCK_BYTES - 4 * below(40) : bytes);

	if ((char *)words == bytes || (char *)words < SLOT(SMALL) + BLOCK_BYTES - 8) {
		words[0] = seldom(3) ? number() : seldom(2) ? sizeof(struct sctrace_stats) : sizeof(struct sctrace_info);
		words[1] = seldom(3) ? number() : below(4) - 1;
	}
	if (seldom(8))
		words = (void *)bad_pointer();
	call(fd, seldom(2) ? SCTRACE_IOC_INFO : SCTRACE_IOC_STATS, words);
	op = _IOC(below(4), seldom(4) ? below(256) : SCTRACE_IOC_MAGIC, 7 + below(249), below(1 << 14));
	if (seldom(4) && !ioctl(fd, op, words))
		wrong("an ioctl that there is not");
}

/* ---- the other thread ---- */

#define RESTS	(-1)

static struct {
	atomic_int fd;		/* RESTS: none; anything else below 0: look at stop */
	atomic_bool busy;
	atomic_bool stop;
} other = { .fd = RESTS };

static void tell_other(int fd)
{
	atomic_store(&other.fd, fd);
	syscall(SYS_futex, &other.fd, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void *disturb(void *arg)
{
	int fd;

	seed_random((uintptr_t)arg);
	while (!atomic_load(&other.stop)) {
		atomic_store(&other.busy, true);
		fd = atomic_load(&other.fd);
		if (fd < 0) {
			atomic_store(&other.busy, false);
			syscall(SYS_futex, &other.fd, FUTEX_WAIT_PRIVATE, RESTS, NULL, NULL, 0);
			continue;
		}
		switch (below(16)) {
		case 0:
			call(fd, SCTRACE_IOC_ROOM, NULL);
			break;
		case 1:
			call(fd, SCTRACE_IOC_START, NULL);
			break;
		case 2:
			if (seldom(20))
				call(fd, SCTRACE_IOC_STOP, NULL);
			break;
		case 3:
			call(fd, seldom(2) ? SCTRACE_IOC_CONFIG : SCTRACE_IOC_CHANGE, desk[CONFIG].at);
			break;
		default:
			/* It keeps its place in memory, whatever it does to what is there. */
			change_word();
		}
		atomic_store(&other.busy, false);
	}
	return NULL;
}

static void disturb_begin(int fd)
{
	if (fd != RESTS) {
		tell_other(fd);
		return;
	}
	atomic_store(&other.fd, RESTS);
	while (atomic_load(&other.busy))
		;
}

/* ---- the worker ---- */

static struct job {
	int n;
	long calls[MAX_CALLS][7];
} *job;
static int worker, to_worker, from_worker;

static void work(int in, int out)
{
	char byte;
	int i;

	cpu_set_t one;

	/* Then the ring of that CPU has its records in their order. */
	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof(one), &one);
	prctl(PR_SET_NAME, "fuzzioctl");
	while (read(in, &byte, 1) == 1) {
		make_cold();
		for (i = 0; i < job->n; i++) {
			const long *c = job->calls[i];

			syscall(c[0], c[1], c[2], c[3], c[4], c[5], c[6]);
		}
		write(out, &byte, 1);
	}
	_exit(0);
}

static bool start_worker(void)
{
	int in[2], out[2];

	job = mmap(NULL, sizeof(*job), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (job == MAP_FAILED || pipe(in) || pipe(out))
		return false;
	worker = fork();
	if (!worker) {
		close(in[1]);
		work(in[0], out[1]);
	}
	to_worker = in[1];
	from_worker = out[0];
	return worker > 0;
}

static void make_job(void)
{
	int i, j;

	job->n = 1 + below(MAX_CALLS);
	for (i = 0; i < job->n; i++) {
		job->calls[i][0] = PICK(harmless);
		for (j = 1; j < 7; j++)
			job->calls[i][j] = seldom(4) ? number() : any_address();
	}
}

/* ---- what comes ---- */

static struct {
	int fd;
	bool alone;		/* nobody has written to what the module was given: it is known what that is */
	bool overwrite;
	uint32_t ring_bytes;
	unsigned int nr_cpus;
	const struct sctrace_prod *prod[MAX_CPUS];
	uint64_t *tail[MAX_CPUS];
	uint64_t at[MAX_CPUS];
	uint64_t delivered, in_gaps;
	struct known_call call;
	struct rules rules;
} s;

static bool map_rings(void)
{
	struct sctrace_info info = { .size = sizeof(info) };
	unsigned int i;

	if (call(s.fd, SCTRACE_IOC_INFO, &info))
		return false;
	s.nr_cpus = info.nr_cpus < MAX_CPUS ? info.nr_cpus : MAX_CPUS;
	for (i = 0; i < s.nr_cpus; i++) {
		void *ring = mmap(NULL, PAGE + 2ul * s.ring_bytes, PROT_READ, MAP_SHARED, s.fd, SCTRACE_MMAP_RING(i));
		void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, s.fd, SCTRACE_MMAP_CONS(i));

		if (ring == MAP_FAILED || page == MAP_FAILED) {
			wrong("cannot map ring %u: %s", i, strerror(errno));
			return false;
		}
		s.prod[i] = ring;
		s.tail[i] = page;
	}
	return true;
}

static void unmap_rings(void)
{
	unsigned int i;

	for (i = 0; i < s.nr_cpus; i++) {
		if (s.prod[i])
			munmap((void *)s.prod[i], PAGE + 2ul * s.ring_bytes);
		if (s.tail[i])
			munmap(s.tail[i], PAGE);
	}
}

static void take(const struct sctrace_hdr *hdr)
{
	nr_records++;
	if (hdr->type == SCTRACE_REC_GAP) {
		s.in_gaps += ((const struct sctrace_rec_gap *)hdr)->lost;
		s.call.known = false;
		return;
	}
	s.delivered++;
	check_record(hdr, hdr->tid == (uint32_t)worker, &s.call, &s.rules);
}

/* The records of one CPU after those of the other: all of the worker's are on one. */
static void drain_ring(unsigned int cpu)
{
	const uint8_t *data = (const uint8_t *)s.prod[cpu] + PAGE;
	uint64_t head = __atomic_load_n(&s.prod[cpu]->head, __ATOMIC_ACQUIRE);

	while (s.at[cpu] < head) {
		const struct sctrace_hdr *hdr = (const void *)(data + (s.at[cpu] & (s.ring_bytes - 1)));

		if (hdr->words * 8u < sizeof(*hdr) || hdr->words * 8u > head - s.at[cpu] || !hdr->type ||
		    hdr->type > SCTRACE_REC_CALL) {
			wrong("no record at %lu of %lu: %u words, type %u", s.at[cpu], head, hdr->words, hdr->type);
			s.at[cpu] = head;
			return;
		}
		take(hdr);
		s.at[cpu] += hdr->words * 8u;
	}
	__atomic_store_n(s.tail[cpu], head, __ATOMIC_RELEASE);
}

static void drain(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < s.nr_cpus; cpu++) {
		if (s.alone)
			drain_ring(cpu);
		else
			*s.tail[cpu] = s.prod[cpu]->head;
	}
	call(s.fd, SCTRACE_IOC_ROOM, NULL);
}

/* The worker may wait for room, and must not for ever. */
static void let_work(void)
{
	struct pollfd p = { .fd = from_worker, .events = POLLIN };
	char byte = 0;

	make_job();
	write(to_worker, &byte, 1);
	while (poll(&p, 1, 1) != 1) {
		if (!s.overwrite)
			drain();
	}
	read(from_worker, &byte, 1);
}

static void check_end(void)
{
	struct sctrace_stats st = { .size = sizeof(st), .cpu = SCTRACE_ALL_CPUS };
	unsigned int i;

	if (call(s.fd, SCTRACE_IOC_STATS, &st))
		return;
	for (i = 0; s.overwrite && i < s.nr_cpus; i++)
		s.at[i] = s.prod[i]->oldest;
	drain();
	if (st.produced != s.delivered + st.lost + st.overwritten)
		wrong("produced %llu, delivered %lu, lost %llu, overwritten %llu", st.produced, s.delivered, st.lost, st.overwritten);
	if (st.lost != s.in_gaps)
		wrong("lost %llu, in gaps %lu", st.lost, s.in_gaps);
}

/* ---- a case ---- */

/* What the module says is wrong must be something that there is. */
static void check_bad(int err, const struct sctrace_config *c)
{
	const uint32_t n[] = { 1, UINT32_MAX, c->nr_tests, c->nr_plans, c->nr_steps, 1, c->nr_symbols };

	if (c->bad_array >= COUNT(n))
		wrong("bad_array is %u", c->bad_array);
	else if (err && c->bad_array && c->bad_index >= n[c->bad_array])
		wrong("bad_array is %u, bad_index %u", c->bad_array, c->bad_index);
}

/* What the module has been given. Plans and steps that lie where they did are there as it has read them. */
static void take_rules(void)
{
	const struct sctrace_config *c = config_there();
	static struct sctrace_plan plans[MAX_PLANS];
	static struct sctrace_step steps[MAX_STEPS];

	s.ring_bytes = c->ring_bytes;
	s.overwrite = c->mode == SCTRACE_MODE_OVERWRITE;
	s.rules = (struct rules) { .plans = plans, .nr_plans = c->nr_plans, .steps = steps };
	if (c->plans != (uintptr_t)desk[PLANS].at || c->steps != (uintptr_t)desk[STEPS].at || c->nr_plans > MAX_PLANS ||
	    c->nr_steps > MAX_STEPS)
		return;
	s.rules.known = true;
	memcpy(plans, desk[PLANS].at, c->nr_plans * sizeof(*plans));
	memcpy(steps, desk[STEPS].at, c->nr_steps * sizeof(*steps));
}

/* What was given is not known any more. */
static void find_ring_bytes(void)
{
	void *at = MAP_FAILED;

	for (s.ring_bytes = SCTRACE_RING_MIN_BYTES; s.ring_bytes <= SCTRACE_RING_MAX_BYTES; s.ring_bytes *= 2) {
		at = mmap(NULL, PAGE + 2ul * s.ring_bytes, PROT_READ, MAP_SHARED, s.fd, SCTRACE_MMAP_RING(0));
		if (at != MAP_FAILED)
			break;
	}
	if (at == MAP_FAILED)
		s.ring_bytes = 0;
	else
		munmap(at, PAGE + 2ul * s.ring_bytes);
}

/* One in so many changes is right as it is. */
#define SOUND_CHANGES	8

/* @spoilt: it is surely refused. */
static void change(bool spoilt)
{
	struct sctrace_config *c = &wish.config;

	make_wish(&wish, worker);
	*c = (struct sctrace_config) { .size = sizeof(*c), .scope = c->scope, .nr_tests = c->nr_tests,
				       .text_bytes = c->text_bytes };
	if (seldom(3)) {
		c->scope = SCTRACE_SCOPE_KEEP;
		c->nr_tests = 0;
	}
	lay_out(&wish);
	if (spoilt || !seldom(SOUND_CHANGES))
		mutate();
	if (spoilt)
		spoil_change();
	disturb_begin(s.alone ? RESTS : s.fd);
	nr_taken += !call(s.fd, SCTRACE_IOC_CHANGE, desk[CONFIG].at);
	disturb_begin(RESTS);
}

static void run(void)
{
	int jobs = 1 + below(3), changes;

	if (!s.ring_bytes || !map_rings())
		return;
	/* If not alone, the other thread may have been first. */
	if (call(s.fd, SCTRACE_IOC_START, NULL) && s.alone)
		return;
	while (jobs--) {
		let_work();
		for (changes = jobs && seldom(3) ? below(40) : 0; changes; changes--)
			change(false);
		for (changes = below(2000); changes; changes--)
			change(true);
		if (seldom(3))
			call_small(s.fd);
	}
	if (!call(s.fd, SCTRACE_IOC_STOP, NULL) && s.alone)
		check_end();
}

/* Return: whether the session has what it needs, as far as is known here. */
static bool configure(void)
{
	bool astray = seldom(50), whole;
	const struct sctrace_config *c;
	int err;

	disturb_begin(s.alone ? RESTS : s.fd);
	err = call(s.fd, SCTRACE_IOC_CONFIG, astray ? (void *)bad_pointer() : desk[CONFIG].at);
	disturb_begin(RESTS);
	nr_taken += !err;
	if (!s.alone)
		return true;
	c = config_there();
	whole = !astray && c->size >= sizeof(*c) && c->size <= PAGE;
	if (whole && (err == EINVAL || err == ESRCH))
		check_bad(err, c);
	if (!mutated && !astray && err && err != ENOMEM && err != EOPNOTSUPP)
		wrong("what is right is refused: %s, array %u, index %u", strerror(err), c->bad_array, c->bad_index);
	if (!err && whole)
		take_rules();
	else
		s.alone = err;
	return !err;
}

/* What is taken takes as long as a hundred that are not: if many are wanted, more of these. */
static unsigned int most_tries = 1000;

static void one_case(void)
{
	unsigned int tries, more;

	memset(&s, 0, sizeof(s));
	seed_random(seed);
	s.fd = open(SCTRACE_DEVICE, O_RDWR | O_CLOEXEC);
	if (s.fd < 0) {
		wrong("open: %s", strerror(errno));
		return;
	}
	/* After an error the session is as before. */
	for (tries = 1 + (seldom(4) ? below(12) : below(most_tries)); tries; tries--) {
		make_wish(&wish, worker);
		lay_out(&wish);
		mutated = tries > 1 || seldom(3);
		if (mutated)
			mutate();
		for (more = tries > 12 ? below(8) : 0; more; more--)
			mutate();
		if (tries > 12)
			spoil();
		call_small(s.fd);
		s.alone = tries > 1 || !seldom(4);
		if (configure())
			break;
	}
	if (!s.alone)
		find_ring_bytes();
	/* A start and a stop take as long as a thousand ioctls that are refused. */
	if (tries && seldom(8))
		run();
	unmap_rings();
	close(s.fd);
}

static void crash(int signo)
{
	wrong("%s", strsignal(signo));
	_exit(1);
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 10);
	unsigned long cases = argc > 3 ? strtoul(argv[3], NULL, 0) : 1, calls = argc > 4 ? strtoul(argv[4], NULL, 0) : 0, n;
	pthread_t thread;

	if (calls)
		most_tries = 10000;
	seed = argc > 2 ? strtoul(argv[2], NULL, 0) : 1;
	setvbuf(stdout, NULL, _IOLBF, 0);
	seed_random(0);
	if (!make_arena() || !make_desk() || !start_worker() ||
	    pthread_create(&thread, NULL, disturb, (void *)(uintptr_t)seed)) {
		perror("fuzzioctl");
		return 1;
	}
	signal(SIGSEGV, crash);
	signal(SIGBUS, crash);
	for (n = 0; n < cases || nr_calls < calls || time(NULL) < end; n++, seed++)
		one_case();
	atomic_store(&other.stop, true);
	tell_other(RESTS - 1);
	pthread_join(thread, NULL);
	kill(worker, SIGKILL);
	if (n > 100 && !nr_records)
		wrong("no session has had a record");
	printf("%lu ioctls in %lu cases, %lu taken, %lu records\n", nr_calls, n, nr_taken, nr_records);
	return nr_wrong != 0;
}
