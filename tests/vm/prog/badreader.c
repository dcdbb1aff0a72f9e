/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * badreader SECONDS [SEED]: a reader that does what no reader should, in every mode of a ring, while two processes
 * make calls as fast as they can. Each round is a process of its own, with four threads: two write any number to
 * every word that may be written, above all to the tail; one maps too much, too little and at wrong places, and does
 * to the mappings what can be done to memory; one calls ioctls and what else takes a descriptor, and passes that on.
 * A round ends when each thread has done its number of operations, or is killed in the middle.
 *
 * What must hold: nothing that the module writes can be mapped writable; heads only grow, and the counters say the
 * same; the two views of a ring are the same; what the reader has written to its own pages is what is there; with
 * OVERWRITE, where there is no tail to be lied about, the ring holds whole records from the oldest one to its end,
 * as many as are counted; who makes the calls goes on.
 *
 * Prints what does not, and the number of operations as "N WHAT". The same seed makes the same attempts, in each
 * thread.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <uapi/sctrace.h>

/* Of x86 alone. */
#ifndef MAP_32BIT
#define MAP_32BIT	0
#endif

#include "otherfd.h"
#include "random.h"

#define PAGE		4096u
#define RING		SCTRACE_RING_MIN_BYTES
#define WHOLE		(PAGE + 2 * RING)
#define MAX_CPUS	64
#define NR_MAKERS	2
#define WORDS		(PAGE / 8)
/* Of a thread in a round. */
#define SCRIBBLES	100000
#define ATTEMPTS	300

/* Shared with all processes. */
static struct {
	atomic_ulong calls[NR_MAKERS];
	atomic_ulong scribbles, attempts;
	atomic_uint wrong;
} *shared;

static struct sctrace_test makers[NR_MAKERS];
static uint64_t seed = 1;

/* One round's. */
static int fd, zero;
static enum sctrace_mode mode;
static bool everybody;		/* is in the scope, also who is traced by others */
static unsigned int nr_cpus;
static const struct sctrace_prod *prod[MAX_CPUS];
static uint64_t *cons[MAX_CPUS];
/* What each word was set to last by the one thread that writes it. */
static uint64_t written[MAX_CPUS][WORDS];

__attribute__((format(printf, 1, 2)))
static void wrong(const char *format, ...)
{
	va_list args;

	if (atomic_fetch_add(&shared->wrong, 1) >= 20)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf(" (seed %lu, mode %d)\n", seed, mode);
	fflush(stdout);
}

static void need(const char *what, long ret)
{
	if (ret >= 0)
		return;
	printf("%s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- who is traced ---- */

static void make_calls(int i)
{
	static char bytes[8192];
	unsigned long n;

	memset(bytes, 'a' + i, sizeof(bytes));
	/* Records of every length. */
	for (n = 0;; n++) {
		syscall(SYS_write, -1, bytes, n * 37 % sizeof(bytes));
		atomic_fetch_add(&shared->calls[i], 1);
	}
}

static void start_makers(void)
{
	int i;

	for (i = 0; i < NR_MAKERS; i++) {
		pid_t pid = fork();

		need("fork", pid);
		if (!pid)
			make_calls(i);
		makers[i].key = SCTRACE_KEY_TASK;
		makers[i].low = pid;
	}
}

/* Whatever a reader has done: a hang here is a fault. */
static void wait_for_makers(void)
{
	unsigned long since[NR_MAKERS];
	int i;

	for (i = 0; i < NR_MAKERS; i++)
		since[i] = atomic_load(&shared->calls[i]);
	for (i = 0; i < NR_MAKERS; i++) {
		while (atomic_load(&shared->calls[i]) < since[i] + 2)
			usleep(1000);
	}
}

/* ---- words that a reader may write ---- */

static uint64_t bad_tail(unsigned int cpu)
{
	uint64_t head = prod[cpu]->head, at = cons[cpu][0];
	const uint64_t chosen[] = {
		0, head, head + 8, head - 8, head + 1, head - 1, head + RING, head - RING, head + RING + 8, ~head, head << 32,
		head | 1ull << 63, at + 8, at - 8, at + 1, at + RING, (at + head) / 2, ((at + head) / 2) & ~7ull, UINT64_MAX,
		UINT64_MAX - 7, 1ull << 63,
	};

	return seldom(4) ? number() : PICK(chosen);
}

/* @arg: which half of the words is this thread's. */
static void *scribble(void *arg)
{
	unsigned int half = (uintptr_t)arg, cpu, word;
	uint64_t value;
	long n;

	seed_random(seed * 8 + half);
	for (n = 0; n < SCRIBBLES; n++) {
		cpu = below(nr_cpus);
		if (!cons[cpu])
			continue;
		/* The tail is word 0, and both threads write that. */
		word = seldom(3) ? below(WORDS / 2) * 2 + half : 0;
		value = word ? number() : bad_tail(cpu);
		__atomic_store_n(&cons[cpu][word], value, __ATOMIC_RELEASE);
		if (word)
			written[cpu][word] = value;
	}
	atomic_fetch_add(&shared->scribbles, n);
	return NULL;
}

/* ---- mappings ---- */

struct attempt {
	size_t length;
	int prot, flags;
	uint64_t offset;
};

static struct attempt any_attempt(void)
{
	const size_t lengths[] = { PAGE, WHOLE, WHOLE - PAGE, WHOLE + PAGE, 2 * PAGE, RING, 2 * RING, PAGE + RING, 1,
				   WHOLE - 1, PAGE + 1, 1ul << 30 };
	const int flags[] = { MAP_SHARED, MAP_SHARED, MAP_SHARED, MAP_PRIVATE, MAP_SHARED_VALIDATE, MAP_SHARED | MAP_POPULATE,
			      MAP_SHARED | MAP_LOCKED, MAP_PRIVATE | MAP_POPULATE, MAP_SHARED_VALIDATE | MAP_SYNC,
			      MAP_SHARED | MAP_NORESERVE, MAP_PRIVATE | MAP_GROWSDOWN, MAP_SHARED | MAP_32BIT };
	uint64_t cpu = seldom(8) ? number() : below(nr_cpus);
	const uint64_t ring = SCTRACE_MMAP_RING(cpu), page = SCTRACE_MMAP_CONS(cpu);
	const uint64_t offsets[] = { ring, ring, page, page, ring + PAGE, page + PAGE, page - PAGE, number() & -(uint64_t)PAGE };

	return (struct attempt) { PICK(lengths), below(8), PICK(flags), PICK(offsets) };
}

static bool is_ring(const struct attempt *a)
{
	return !(a->offset & 0xffffffff);
}

/* The module looks at whole pages. */
static bool is_allowed(const struct attempt *a)
{
	size_t length = (a->length + PAGE - 1) & -(size_t)PAGE;

	if ((a->flags & MAP_TYPE) == MAP_PRIVATE || a->prot & PROT_EXEC || a->offset >> 32 >= nr_cpus)
		return false;
	if (is_ring(a))
		return length == WHOLE && !(a->prot & PROT_WRITE);
	return (a->offset & 0xffffffff) == 0x80000000 && length == PAGE;
}

/* Page-aligned parts of a mapping. */
static void *part(char *at, size_t length, size_t *n)
{
	size_t pages = length / PAGE, first = below(pages);

	*n = (1 + below(pages - first)) * (size_t)PAGE;
	return at + first * PAGE;
}

static void try_uffd(void *at, size_t n)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .range = { (uintptr_t)at, n }, .mode = 1 + below(3) };
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC);

	if (uffd < 0)
		return;
	if (!ioctl(uffd, UFFDIO_API, &api) && !ioctl(uffd, UFFDIO_REGISTER, &reg))
		wrong("userfaultfd took a mapping");
	close(uffd);
}

/* A child has none of the mappings, whatever was asked for. */
static void try_fork(char *at)
{
	int status;
	pid_t pid;

	madvise(at, PAGE, MADV_DOFORK);
	pid = fork();
	if (!pid) {
		unsigned char there;

		_exit(mincore(at, PAGE, &there) == 0);
	}
	if (pid > 0 && waitpid(pid, &status, 0) == pid && status)
		wrong("a child has the mapping, or dies of looking");
}

/* What would make a second mapping of more, or of what is not its own. @at's mapping may be elsewhere after it. */
static char *try_mremap(char *at, size_t length)
{
	const size_t sizes[] = { length, length + PAGE, 2 * length, length - PAGE, PAGE };
	const int flags[] = { 0, MREMAP_MAYMOVE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP };
	size_t old = seldom(4) ? 0 : length, new = PICK(sizes);
	int how = PICK(flags);
	char *moved;

	if (!new || old > length)
		return at;
	moved = mremap(at, old, new, how);
	if (moved == MAP_FAILED)
		return at;
	if (new > length || !old || (how & MREMAP_DONTUNMAP && moved != at))
		wrong("mremap of %zu to %zu bytes, flags %d, succeeds", old, new, how);
	munmap(moved, new);
	return MAP_FAILED;
}

static void use_mapping(const struct attempt *a, char *at)
{
	size_t length = (a->length + PAGE - 1) & -(size_t)PAGE, n;
	static const int advices[] = { MADV_NORMAL, MADV_RANDOM, MADV_WILLNEED, MADV_DONTNEED, MADV_FREE, MADV_REMOVE,
				       MADV_DOFORK, MADV_MERGEABLE, MADV_HUGEPAGE, MADV_DODUMP, MADV_WIPEONFORK, MADV_COLD,
				       MADV_PAGEOUT, MADV_POPULATE_READ, MADV_POPULATE_WRITE, 25 /* MADV_COLLAPSE */ };
	char copy[64];
	struct iovec to = { copy, sizeof(copy) }, from = { part(at, length, &n), sizeof(copy) };
	void *p;

	p = part(at, length, &n);
	if (!mprotect(p, n, PROT_READ | PROT_EXEC))
		wrong("a mapping can be made executable");
	if (is_ring(a)) {
		if (!mprotect(p, n, PROT_READ | PROT_WRITE))
			wrong("a ring can be made writable");
		if (!mprotect(p, n, PROT_WRITE))
			wrong("a ring can be made writable only");
		if (!madvise(p, n, MADV_POPULATE_WRITE))
			wrong("a ring can be written to");
		/* The kernel writes there for us, if it may. */
		if (read(zero, p, 8) > 0)
			wrong("read(2) into a ring succeeds");
	}
	p = part(at, length, &n);
	madvise(p, n, PICK(advices));
	mlock(p, n);
	munlock(p, n);
	msync(p, n, MS_SYNC | MS_INVALIDATE);
	process_vm_readv(getpid(), &to, 1, &from, 1, 0);
	if (is_ring(a) && process_vm_writev(getpid(), &to, 1, &from, 1, 0) > 0)
		wrong("process_vm_writev into a ring succeeds");
	syscall(SYS_remap_file_pages, p, n, 0, below(40), 0);
	if (seldom(4))
		try_uffd(p, n);
	if (seldom(30))
		try_fork(at);
	mprotect(p, n, below(8) & (is_ring(a) ? ~PROT_WRITE : ~0));
	if (seldom(3))
		munmap(p, n);
	else if (seldom(3) && try_mremap(at, length) == MAP_FAILED)
		return;
	munmap(at, length);
}

static void *map_badly(void *arg)
{
	struct attempt a;
	char *at;
	int n;

	seed_random(seed * 8 + (uintptr_t)arg);
	for (n = 0; n < ATTEMPTS; n++) {
		a = any_attempt();
		at = mmap(NULL, a.length, a.prot, a.flags, fd, a.offset);
		if (at == MAP_FAILED)
			continue;
		if (!is_allowed(&a))
			wrong("mapped: %zu bytes at %#lx, prot %d, flags %#x", a.length, a.offset, a.prot, a.flags);
		else
			use_mapping(&a, at);
	}
	atomic_fetch_add(&shared->attempts, n);
	return NULL;
}

/* ---- the descriptor ---- */

static struct sctrace_config configuration(void)
{
	static struct sctrace_step step = { .op = SCTRACE_STEP_BYTES, .when = SCTRACE_STEP_ENTER, .base = SCTRACE_BASE_ARG,
					    .index = 1, .max = 8192, .len_from = SCTRACE_LEN_ARG, .len_index = 2,
					    .len_bytes = 8, .unit = 1 };
	static struct sctrace_plan plan = { .nr = SYS_write, .nr_args = 3, .nr_steps = 1 };

	return (struct sctrace_config) {
		.size = sizeof(struct sctrace_config), .scope = SCTRACE_SCOPE_TESTS, .ring_bytes = RING,
		.tests = (uintptr_t)makers, .nr_tests = everybody ? 0 : NR_MAKERS, .plans = (uintptr_t)&plan, .nr_plans = 1,
		.steps = (uintptr_t)&step, .nr_steps = 1, .mode = mode,
		.wait_ms = mode == SCTRACE_MODE_LOSSLESS ? 50 : 0,
	};
}

static void change(void)
{
	struct sctrace_config c = { .size = sizeof(c), .scope = SCTRACE_SCOPE_KEEP };

	if (seldom(2)) {
		c.scope = SCTRACE_SCOPE_TESTS;
		c.tests = (uintptr_t)makers;
		c.nr_tests = below(NR_MAKERS + 1);
	}
	ioctl(fd, SCTRACE_IOC_CHANGE, &c);
}

static void look_at_stats(void)
{
	struct sctrace_stats s = { .size = sizeof(s), .cpu = seldom(2) ? SCTRACE_ALL_CPUS : below(nr_cpus) };

	if (!ioctl(fd, SCTRACE_IOC_STATS, &s) && (s.lost > s.produced || s.overwritten > s.produced))
		wrong("produced %llu, lost %llu, overwritten %llu", s.produced, s.lost, s.overwritten);
}

/* Another process gets the descriptor, and uses it while this one may be closing its own. */
static void pass_on(void)
{
	char space[CMSG_SPACE(sizeof(int))] = { 0 }, byte = 0;
	struct iovec iov = { &byte, 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof(space) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return;
	pid = fork();
	if (!pid) {
		close(fd);
		if (recvmsg(pair[1], &msg, 0) == 1) {
			memcpy(&fd, CMSG_DATA(c), sizeof(fd));
			mmap(NULL, WHOLE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, SCTRACE_MMAP_RING(0));
			mmap(NULL, WHOLE, PROT_READ, MAP_SHARED, fd, SCTRACE_MMAP_RING(0));
			look_at_stats();
			ioctl(fd, SCTRACE_IOC_ROOM);
		}
		_exit(0);
	}
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	sendmsg(pair[0], &msg, 0);
	close(pair[0]);
	close(pair[1]);
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

static void *call_badly(void *arg)
{
	int n, copy;

	seed_random(seed * 8 + (uintptr_t)arg);
	for (n = 0; n < ATTEMPTS; n++) {
		switch (below(8)) {
		case 0:
			change();
			break;
		case 1:
			copy = dup(fd);
			ioctl(copy, SCTRACE_IOC_ROOM);
			close(copy);
			break;
		case 2:
			if (seldom(10))
				pass_on();
			break;
		case 3:
			other_calls(fd, prod[0]);
			break;
		case 4:
			if (seldom(100))
				ioctl(fd, SCTRACE_IOC_STOP);
			break;
		default:
			look_at_stats();
		}
	}
	atomic_fetch_add(&shared->attempts, n);
	return NULL;
}

/* ---- what must hold after it ---- */

/* From the oldest record on, each one of a length that can be. Return: how many, gaps left out. */
static uint64_t walk(unsigned int cpu)
{
	const uint8_t *data = (const uint8_t *)prod[cpu] + PAGE;
	uint64_t at = prod[cpu]->oldest, head = prod[cpu]->head, n = 0;

	while (at < head) {
		const struct sctrace_hdr *hdr = (const void *)(data + (at & (RING - 1)));

		if (hdr->words * 8u < sizeof(*hdr) || hdr->words * 8u > head - at || !hdr->type ||
		    hdr->type > SCTRACE_REC_CALL) {
			wrong("no record at %lu of %lu: %u words, type %u", at, head, hdr->words, hdr->type);
			break;
		}
		n += hdr->type != SCTRACE_REC_GAP;
		at += hdr->words * 8u;
	}
	return n;
}

static void check_ring(unsigned int cpu, uint64_t head_before)
{
	struct sctrace_stats s = { .size = sizeof(s), .cpu = cpu };
	const uint8_t *data = (const uint8_t *)prod[cpu] + PAGE;
	unsigned int word;

	need("stats", ioctl(fd, SCTRACE_IOC_STATS, &s));
	if (s.bytes != prod[cpu]->head || s.bytes < head_before)
		wrong("the head is %llu, was %lu, and %llu bytes are counted", prod[cpu]->head, head_before, s.bytes);
	if (memcmp(data, data + RING, RING))
		wrong("the two views of a ring differ");
	if (mode == SCTRACE_MODE_OVERWRITE && walk(cpu) != s.produced - s.overwritten)
		wrong("%lu records, and %llu - %llu are counted", walk(cpu), s.produced, s.overwritten);
	for (word = 1; word < WORDS; word++) {
		if (cons[cpu][word] != written[cpu][word])
			wrong("word %u of the reader's page has changed", word);
	}
}

static void map_rings(void)
{
	struct sctrace_info info = { .size = sizeof(info) };
	unsigned int cpu;

	need("info", ioctl(fd, SCTRACE_IOC_INFO, &info));
	nr_cpus = info.nr_cpus < MAX_CPUS ? info.nr_cpus : MAX_CPUS;
	for (cpu = 0; cpu < nr_cpus; cpu++) {
		void *ring = mmap(NULL, WHOLE, PROT_READ, MAP_SHARED, fd, SCTRACE_MMAP_RING(cpu));
		void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, SCTRACE_MMAP_CONS(cpu));

		if (ring == MAP_FAILED || page == MAP_FAILED)
			continue;
		prod[cpu] = ring;
		cons[cpu] = page;
	}
}

static void play_round(void)
{
	static void *(*const threads[])(void *) = { scribble, scribble, map_badly, call_badly };
	struct sctrace_config config = configuration();
	uint64_t head[MAX_CPUS] = { 0 };
	unsigned int cpu, i;
	pthread_t ids[4];

	fd = open(SCTRACE_DEVICE, O_RDWR | O_CLOEXEC);
	need("open", fd);
	zero = open("/dev/zero", O_RDONLY);
	need("configure", ioctl(fd, SCTRACE_IOC_CONFIG, &config));
	map_rings();
	need("start", ioctl(fd, SCTRACE_IOC_START));
	for (i = 0; i < 4; i++)
		need("thread", -pthread_create(&ids[i], NULL, threads[i], (void *)(uintptr_t)i));
	for (i = 0; i < 4; i++)
		pthread_join(ids[i], NULL);
	for (cpu = 0; cpu < nr_cpus; cpu++)
		head[cpu] = prod[cpu] ? prod[cpu]->head : 0;
	need("stop", ioctl(fd, SCTRACE_IOC_STOP));
	for (cpu = 0; cpu < nr_cpus; cpu++) {
		if (prod[cpu])
			check_ring(cpu, head[cpu]);
	}
	/* Which goes first, file or mappings, is as it comes. */
	if (seldom(2))
		close(fd);
	exit(0);
}

static void one_round(unsigned int nr)
{
	pid_t pid;
	int status;

	mode = nr % SCTRACE_MODE_COUNT;
	seed_random(seed);
	everybody = below(2);
	pid = fork();
	need("fork", pid);
	if (!pid)
		play_round();
	if (nr % 4 == 3) {
		usleep(below(200000));
		kill(pid, SIGKILL);
	}
	waitpid(pid, &status, 0);
	if (status && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL && nr % 4 == 3))
		wrong("the reader ended with status %#x", status);
	wait_for_makers();
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 10);
	unsigned int nr = 0;
	int i;

	if (argc > 2)
		seed = strtoul(argv[2], NULL, 0);
	setvbuf(stdout, NULL, _IOLBF, 0);
	shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return 1;
	start_makers();
	do {
		one_round(nr++);
		seed++;
	} while (time(NULL) < end || nr < SCTRACE_MODE_COUNT);
	for (i = 0; i < NR_MAKERS; i++)
		kill(makers[i].low, SIGKILL);
	printf("%lu words written, %lu calls, in %u rounds\n", atomic_load(&shared->scribbles),
	       atomic_load(&shared->attempts), nr);
	return atomic_load(&shared->wrong) != 0;
}
