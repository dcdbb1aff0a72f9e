/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hog PID: takes memory until the process has ended. It gives it all back by its own end. Status 0: it has. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PIECE	(1 << 20)

int main(int argc, char **argv)
{
	/* Readable when it has ended; asking takes no memory. */
	struct pollfd poller = { .events = POLLIN };
	void *piece;

	if (argc != 2)
		return 2;
	poller.fd = syscall(SYS_pidfd_open, atoi(argv[1]), 0);
	if (poller.fd < 0)
		return 1;
	while (poll(&poller, 1, 0) == 0) {
		piece = mmap(NULL, PIECE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (piece == MAP_FAILED)
			usleep(1000);
		else
			memset(piece, 1, PIECE);
	}
	return 0;
}
