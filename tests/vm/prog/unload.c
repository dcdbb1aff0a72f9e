/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unload MODULE: asks the kernel to unload it, without a look whether anybody uses it, again and again until it is gone.
 * Prints how many times that was refused. Status 1: for another reason than that it is in use.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	unsigned long refused = 0;

	if (argc != 2)
		return 2;
	while (syscall(SYS_delete_module, argv[1], O_NONBLOCK)) {
		if (errno != EWOULDBLOCK && errno != EBUSY) {
			printf("%s\n", strerror(errno));
			return 1;
		}
		refused++;
		/* Not so fast that nobody else has a processor. */
		usleep(100);
	}
	printf("%lu\n", refused);
	return 0;
}
