/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * badptr same: calls with memory of every kind that cannot be read, or not to its end: not mapped, PROT_NONE, behind the end of
 * a file, below a stack that grows, in a huge page that there is none for, no user's address at all, and strings, vectors and
 * buffers that begin well and end there. What is printed of them is the same under any tracer.
 *
 * badptr missing FILE [THREADS BYTES]: memory that userfaultfd never gives, BYTES of it (default: 16), in a call that does not
 * look at it: whoever reads it for us waits for ever. FILE is made when that begins, in each of THREADS (default: 1).
 */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE	4096l
/* Each kind has two pages: a good one, and behind it a bad one. */
#define AT(n)	(0x300000000l + (n) * 16 * PAGE)

enum kind { UNMAPPED, NONE, GONE, GROWS, HUGE_PAGE, NR_KINDS };

static long map(long at, long size, int prot, int flags, int fd)
{
	return (long)mmap((void *)at, size, prot, flags | MAP_FIXED_NOREPLACE, fd, 0);
}

/* Return: where its bad page begins. */
static long make(enum kind kind)
{
	int flags = MAP_PRIVATE | MAP_ANONYMOUS, rw = PROT_READ | PROT_WRITE, file;
	long at = AT(kind);

	switch (kind) {
	case NONE:
		map(at + PAGE, PAGE, PROT_NONE, flags, -1);
		break;
	case GONE:
		file = memfd_create("gone", 0);
		ftruncate(file, PAGE);
		map(at, 2 * PAGE, rw, MAP_SHARED, file);
		break;
	case HUGE_PAGE:
		/* There may be none in this machine: then it is one that is not mapped. */
		map(0x380000000l, 2l << 20, rw, flags | MAP_HUGETLB | MAP_NORESERVE, -1);
		break;
	default:
		break;
	}
	if (kind != GONE)
		map(at, PAGE, rw, flags | (kind == GROWS ? MAP_GROWSDOWN : 0), -1);
	memset((void *)at, 'x', PAGE);
	/* Below what grows, too. */
	return kind == GROWS ? at - PAGE : kind == HUGE_PAGE ? 0x380000000l : at + PAGE;
}

static void call_with(long bad)
{
	struct iovec iov[2] = { { (void *)bad, 16 }, { (void *)(bad - 8), 16 } };
	struct msghdr msg = { .msg_iov = (void *)(bad - 8), .msg_iovlen = 2 };
	long *vector = (void *)(bad - 3 * (long)sizeof(long));
	char *argv[] = { (char *)bad, NULL };

	chdir((char *)bad);
	write(-1, (void *)bad, 16);
	writev(-1, iov, 2);
	sendmsg(-1, (void *)bad, 0);
	execve("/no/such/program", argv, (char **)bad);
	execve((char *)bad, (char **)bad, (char **)bad);
	if (bad < AT(0) || bad > AT(NR_KINDS) || (bad / PAGE) % 16 == 15)
		return;
	/* What begins on the good page. */
	chdir((char *)bad - 20);
	writev(-1, (void *)(bad - 16), 2);
	sendmsg(-1, &msg, 0);
	vector[0] = vector[1] = vector[2] = bad - 8;
	execve("/no/such/program", (char **)vector, NULL);
}

static void call_all(void)
{
	static const long never[] = { 1, 4095, -1, -4096, 0x7ffffffff000, 0x800000000000, 0x8000000000000000, 0xffff888000000000,
				      0xffffffff81000000, 0xffffffffff600000 };
	size_t i;

	for (i = 0; i < NR_KINDS; i++)
		call_with(make(i));
	for (i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		call_with(never[i]);
}

static struct {
	char *at;
	long bytes;
} missing;

static void *give(void *arg)
{
	struct iovec iov = { missing.at, missing.bytes };

	(void)arg;
	syscall(SYS_writev, -1, &iov, 1);
	return NULL;
}

static int wait_for_ever(const char *file, int threads, long bytes)
{
	struct uffdio_api api = { .api = UFFD_API };
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC);
	long all = (bytes + PAGE - 1) / PAGE * PAGE;
	char *at = mmap(NULL, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct uffdio_register reg = { .range = { (uintptr_t)at, all }, .mode = UFFDIO_REGISTER_MODE_MISSING };
	pthread_t id;

	if (uffd < 0 || ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg)) {
		perror("badptr: userfaultfd");
		return 2;
	}
	missing.at = at;
	missing.bytes = bytes;
	while (--threads > 0) {
		if (pthread_create(&id, NULL, give, NULL))
			return 2;
	}
	close(open(file, O_CREAT | O_WRONLY, 0600));
	give(NULL);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "missing"))
		return wait_for_ever(argv[2], argc > 3 ? atoi(argv[3]) : 1, argc > 4 ? atol(argv[4]) : 16);
	call_all();
	return 0;
}
