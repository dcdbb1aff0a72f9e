/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * changing ROUNDS: makes calls whose memory another thread writes to all the time: strings that have an end and then none,
 * vectors whose pointers go anywhere, and lengths up to the largest. Each round begins by close(-1000000 - ROUND), and makes
 * the six calls of round_of() after that; they all fail.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "random.h"

#define PAGE	4096

/* Two pages, behind which there is nothing. */
static char *text;
static struct iovec iov[8];
static struct msghdr msg;
static char *vector[8];
static atomic_bool stop;

static void *any_pointer(void)
{
	void *const pointers[] = { NULL, text, text + 1, text + PAGE - 3, text + 2 * PAGE - 5, text + 2 * PAGE, (void *)-1,
				   (void *)0xffff888000000000, (void *)0x800000000000, iov, &msg, vector };

	return PICK(pointers);
}

static void *change(void *arg)
{
	(void)arg;
	seed_random(1);
	while (!atomic_load(&stop)) {
		int i = below(8);

		text[below(2 * PAGE)] = seldom(3) ? 0 : below(256);
		*(void *volatile *)&iov[i].iov_base = any_pointer();
		*(volatile size_t *)&iov[i].iov_len = number();
		*(void *volatile *)&vector[i] = any_pointer();
		*(void *volatile *)&msg.msg_name = any_pointer();
		*(volatile socklen_t *)&msg.msg_namelen = number();
		*(void *volatile *)&msg.msg_iov = seldom(4) ? any_pointer() : iov;
		*(volatile size_t *)&msg.msg_iovlen = seldom(4) ? number() : below(9);
		*(void *volatile *)&msg.msg_control = any_pointer();
		*(volatile size_t *)&msg.msg_controllen = number();
	}
	return NULL;
}

static void round_of(long n)
{
	syscall(SYS_close, -1000000 - n);
	/* No folder has such a name, whatever it is. */
	syscall(SYS_chdir, text + n % PAGE);
	syscall(SYS_write, -1, text + n % PAGE, 2 * PAGE);
	syscall(SYS_writev, -1, iov, 8);
	syscall(SYS_sendmsg, -1, &msg, 0);
	syscall(SYS_execve, "/no/such/program", vector, vector);
	syscall(SYS_connect, -1, text, (int)(n * 37));
}

int main(int argc, char **argv)
{
	long rounds = argc > 1 ? atol(argv[1]) : 1000, n;
	pthread_t id;

	text = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (text == MAP_FAILED || munmap(text + 2 * PAGE, PAGE) || pthread_create(&id, NULL, change, NULL))
		return 1;
	for (n = 0; n < rounds; n++) {
		round_of(n);
		/* With one processor the other thread has its turn, too. */
		if (n % 16 == 0)
			sched_yield();
	}
	atomic_store(&stop, true);
	pthread_join(id, NULL);
	return 0;
}
