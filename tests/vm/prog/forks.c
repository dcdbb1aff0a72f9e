/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes argv[1] children, one after the other. Each makes two calls: chdir("/fork"), and exit. */
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	long n = argc > 1 ? atol(argv[1]) : 0;

	while (n-- > 0) {
		/* Not fork(3): the C library's makes a call of its own in the child. */
		long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

		if (!pid) {
			syscall(SYS_chdir, "/fork");
			syscall(SYS_exit_group, 0);
		}
		if (pid < 0 || waitpid(pid, NULL, 0) != pid)
			return 1;
	}
	return 0;
}
